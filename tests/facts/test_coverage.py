"""How many measures have no figure, or an old one only: counted where that is much of a paper."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import CountSummary, Question, compute_facts, coverage
from tests.facts.making import dataset, indicator, row, standard_thresholds
from tests.plausibility.test_plausibility import commission

THRESHOLDS = standard_thresholds()
NOW, OLD = "2019-05", "2015-05"


def counted(periods: list[Any]) -> dict[str, CountSummary]:
    """The counts of measures with one figure each, of that month; None for a suppressed one."""
    rows = [
        row(f"m{at}", period or NOW, 40 + at if period else "c")
        for at, period in enumerate(periods)
    ]
    made = commission(dataset(rows, **{f"m{at}": indicator() for at in range(len(periods))}))
    facts = compute_facts(made.dataset, Question.of(made.brief, THRESHOLDS)).of("Here")
    return {fact.what: fact for fact in coverage(made.brief, facts, THRESHOLDS)}


def test_measures_without_a_figure_and_with_old_ones_are_counted_and_named() -> None:
    found = counted([NOW, NOW, NOW, None, OLD])
    assert {what: fact.members for what, fact in found.items()} == {
        "without_figure": ("m3",), "old_figure": ("m4",),
    }  # fmt: skip
    assert {(fact.result, fact.denominator) for fact in found.values()} == {(1.0, 5.0)}
    rows = {source.row for source in found["without_figure"].sources}
    assert rows == {2, 3, 4, 6}  # what there is a figure of


@pytest.mark.parametrize("periods", [[NOW] * 4 + [None], [NOW] * 9 + [OLD], [None, OLD, OLD, None]])
def test_a_few_are_not_worth_a_word(periods: list[Any]) -> None:
    assert counted(periods) == {}


def test_an_area_that_is_no_more() -> None:
    assert counted([OLD] * 6)["old_figure"].result == 6
    assert counted([None] * 6)["without_figure"].sources == ()
