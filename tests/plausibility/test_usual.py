"""Doubts that are none: chance, breaks, Covid, what moved or is missing everywhere; and the order
in which those that are left are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reporter.plausibility import look_through
from reporter.problems import Place, Problem
from tests.facts.making import dataset, indicator, row, series
from tests.plausibility.test_plausibility import PERCENT, commission, doubts

STEADY = [100, 104, 99, 103, 101]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([10, 12, 9, 11, 10, 19], []),  # counts of so few differ so much by chance
        ([100, 104, 99, 103, 101, 180], [("jump", 7)]),
    ],
)
def test_counts_of_few_move_by_chance(values: list[float], found: list[tuple[str, int]]) -> None:
    assert doubts(series("m", "2019-01", list(values)), m=indicator()) == found


@pytest.mark.parametrize(("base", "found"), [(20, []), (2000, [("jump", 7)])])
def test_percentages_of_few_move_by_chance(base: int, found: list[tuple[str, int]]) -> None:
    rows = [
        row("m", f"2019-{month:02d}", value, numerator=value * base / 100, denominator=base)
        for month, value in enumerate([50, 55, 50, 55, 50, 75], 1)
    ]
    assert doubts(rows, m=PERCENT) == found


def test_a_step_over_a_break_is_no_jump() -> None:
    rows = series("m", "2019-01", [*STEADY, 180])
    rows[-1] |= {"status": "break"}
    assert doubts(rows, m=indicator()) == []


def test_a_step_in_the_time_of_covid_is_no_jump() -> None:
    rows = series("m", "2019-12", [*STEADY, 180])
    assert doubts(rows, period="2020-05", m=indicator()) == []


def others(moves: list[float]) -> list[dict[str, Any]]:
    """Authorities of which each moves by its number in the last month."""
    rows = []
    for at, move in enumerate(moves):
        rows += [
            it | {"area": f"There {at:02d}"}
            for it in series("m", "2019-01", [*STEADY, STEADY[-1] + move])
        ]
    return rows


def test_a_step_that_many_authorities_make_is_none_to_stop_at() -> None:
    own = series("m", "2019-01", [*STEADY, 180])
    assert doubts([*own, *others([90.0] * 5 + [1.0] * 25)], m=indicator()) == []
    assert doubts([*own, *others([1.0] * 30)], m=indicator()) == [("jump", 7)]
    # Of so few, nothing is concluded.
    assert doubts([*own, *others([90.0] * 5)], m=indicator()) == [("jump", 7)]


def test_a_figure_that_a_country_lacks_too_is_no_gap() -> None:
    values = [*range(100, 115), None, *range(115, 117)]
    own = series("m", "2018-01", list(values))
    there = [it | {"area": "England"} for it in series("m", "2018-01", list(values))]
    whole = [it | {"area": "England"} for it in series("m", "2018-01", [1000] * 18)]
    assert doubts([*own, *there], m=indicator()) == []
    assert doubts([*own, *whole], m=indicator()) == [("gap", 17)]


def test_a_figure_of_which_a_country_has_no_newer_is_not_old() -> None:
    own = series("m", "2018-10", [5, 6, 7])
    there = [it | {"area": "England"} for it in own]
    assert doubts([*own, *there], m=indicator()) == []
    older = [it | {"area": "England"} for it in series("m", "2018-06", [5, 6])]
    assert doubts([*own, *older], m=indicator()) == [("old-figure", 4)]


def test_the_gravest_doubts_come_first_and_those_of_others_together() -> None:
    rows = series("m", "2018-10", [*STEADY, 180, 101])
    rows += [it | {"area": "England"} for it in series("m", "2019-04", [1, 2, 3])]
    made = dataset(rows, m=indicator())
    told = [
        Problem(Place.of("observations.csv", row=at), code, "it is odd", "Look.", "warning")
        for at, code in ((2, "above-100"), (3, "above-100"), (9, "not-the-sum"),
                         (10, "not-the-sum"), (11, "not-the-sum"))
    ]  # fmt: skip
    found = look_through(commission(replace(made, warnings=tuple(told))))
    assert [(it.code, it.place.row) for it in found] == [
        ("above-100", 2), ("above-100", 3), ("jump", 7), ("not-the-sum", 11),
    ]  # fmt: skip
    assert found[-1].what.endswith("so it is in 2 more rows of the measure")


def test_a_figure_that_an_earlier_paper_gave_otherwise() -> None:
    rows = series("m", "2019-05", [24.04, 31])
    told = dataset(series("m", "2019-05", [26, 31.4]), m=indicator()).observations
    made = replace(commission(dataset(rows, m=indicator())), earlier=told.assign(source="May.json"))
    (found,) = look_through(made)
    assert (found.code, found.place.row) == ("told-otherwise", 2)
    assert "now 24, and 26 in May.json" in found.what
