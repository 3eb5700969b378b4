"""What equations leave open: sums of sums, everybody and nobody, rates and their populations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reporter.disclosure import Policy, load_policy, protect
from reporter.disclosure.audit import Shown, given_away
from reporter.disclosure.bounds import System
from reporter.disclosure.ruled import ruled_cells
from reporter.sums import Sum
from tests.disclosure.test_disclosure import RULES, shown
from tests.facts.making import dataset, indicator, row


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy([RULES])


def system(matrix: list[list[int]], right: list[float], most: float = np.inf) -> System:
    size = len(matrix[0])
    return System(
        tuple(range(size)), np.array(matrix, float), np.array(right, float), np.zeros(len(right)),
        np.zeros(size), np.full(size, most),
    )  # fmt: skip


def test_the_ends_of_what_is_left_open() -> None:
    two = system([[1, 1]], [10.0])
    assert list(two.told({0: (0, 10), 1: (2, 8)})) == []
    assert list(two.told({0: (0, 11)})) == [0]
    assert list(two.told({0: (-1, 5)})) == [0]
    assert list(system([[1, 1]], [10.0], most=6).told({0: (1, 5)})) == [0]


def test_figures_that_contradict_each_other_tell_nearly_as_much() -> None:
    assert list(system([[1, 0], [1, 0]], [3.0, 3.5]).told({0: (1, 5)})) == [0]


def test_what_several_equations_settle_together() -> None:
    # a + b, b + c and c + a: none alone tells anything.
    ring = system([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [5, 6, 7])
    assert list(ring.settled()) == [0, 1, 2]
    square = system([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]], [5, 6, 7])
    assert list(square.settled()) == []


def test_a_publishers_figure_that_sums_of_sums_give_away(policy: Policy) -> None:
    """Of a, b and c, the publisher shows what each two of them make: none alone tells anything."""
    rows = [row("plans", f"2019-0{at}", value) for at, value in enumerate("ccc", 1)]
    rows += [row("plans", f"2018-0{at}", value) for at, value in enumerate((5, 6, 7), 1)]
    made = dataset(rows, plans=indicator())
    ruled = ruled_cells(made, policy, "")
    none = np.zeros(6, bool)
    month = {cell.start: at for at, cell in enumerate(ruled.cells.all)}
    *pairs, first, second, third = (month[key] for key in sorted(month))
    shown = Shown(ruled, ruled.secret, np.zeros(6), none)
    sums = [
        Sum(pairs[0], (first, second)),
        Sum(pairs[1], (second, third)),
        Sum(pairs[2], (third, first)),
    ]
    assert list(given_away(shown, sums)) == sorted([first, second, third])
    assert list(given_away(shown, sums[:2])) == []
    rounded = replace(shown, rounded=np.full(6, 2.5))
    assert list(given_away(rounded, sums)) == []


def test_a_rate_tells_what_the_population_makes_of_it(policy: Policy) -> None:
    rows = [
        row("rate", "2019-05", 1.1),
        row("rate", "2019-04", 11.0),
        row("people", "2019-04", 28000, period_type="snapshot"),
    ]
    rate = indicator(unit="rate", per=10000, population="people", disclosure="local")
    protected = protect(dataset(rows, rate=rate, people=indicator()), policy)
    assert shown(protected) == [None, 11, 28000]
    far = [*rows[:2], row("people", "2015-04", 28000, period_type="snapshot")]
    protected = protect(dataset(far, rate=rate, people=indicator()), policy)
    assert shown(protected) == [1.1, 11, 28000]


@pytest.mark.parametrize(
    ("rule", "figures", "hidden"),
    [
        ("everybody_of: 20", (100.0, 15, 15), True),
        ("everybody_of: 20", (0.0, 0, 15), True),
        ("everybody_of: 20", (100.0, 30, 30), False),
        ("everybody_of: 20", (40.0, 6, 15), False),
        ("rest: hidden", (95.0, 57, 60), True),
        ("rest: hidden", (90.0, 54, 60), False),
        ("rest: hidden", (100.0, 60, 60), False),
        ("rest: shown", (95.0, 57, 60), False),
    ],
)
def test_all_none_and_nearly_all_of_a_group(
    tmp_path: Path, rule: str, figures: tuple[float, int, int], hidden: bool
) -> None:
    text = f"ours: {{about: Ours., largest: 5, {rule}}}\n"
    (tmp_path / "disclosure.yaml").write_text(text, encoding="utf-8")
    value, top, base = figures
    rows = [row("late", "2019-05", value, numerator=top, denominator=base)]
    made = dataset(rows, late=indicator(unit="percent", disclosure="ours"))
    protected = protect(made, load_policy([RULES, tmp_path]))
    assert shown(protected) == [None if hidden else value]


def test_none_of_a_small_group_is_not_worked_out_from_the_sum(policy: Policy) -> None:
    """0 of 4 is hidden for its whole; the others and the total would tell that it is 0."""
    rows = [
        row("late", "2019-05", 50.0, numerator=20, denominator=40),
        row("late", "2019-05", 0.0, numerator=0, denominator=4, breakdown="t", category="a"),
        row("late", "2019-05", 55.6, numerator=20, denominator=36, breakdown="t", category="b"),
    ]
    made = dataset(rows, late=indicator(unit="percent", decimals=1, disclosure="local"))
    assert shown(protect(made, policy)) == [50, None, None]
