"""An area that is no more, or was not before: how far its figures go, where its source goes on."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import CountSummary, lifetime
from tests.facts.making import dataset, indicator, row, standard_thresholds
from tests.plausibility.test_plausibility import commission

THRESHOLDS = standard_thresholds()
YEARS = [f"{year}-05" for year in range(2014, 2020)]


def counted(*there: range, gap: str = "x") -> dict[str, CountSummary]:
    """The counts of measures, each with a figure in these of six years and none in the others."""
    rows: list[Any] = [
        row(f"m{at}", period, 40 + at if year in years else gap)
        for at, years in enumerate(there)
        for year, period in enumerate(YEARS)
    ]
    made = commission(dataset(rows, **{f"m{at}": indicator() for at in range(len(there))}))
    found = lifetime(made.brief, made.dataset.observations, THRESHOLDS)
    return {fact.what: fact for fact in found}


def test_figures_that_end_years_before_their_source() -> None:
    (ended,) = counted(*[range(3)] * 4, range(4), range(6)).values()
    assert (ended.what, ended.result, ended.denominator) == ("ended", 4, 6)
    assert (ended.base_period, ended.members) == ("2016-05", ("m0", "m1", "m2", "m3"))
    assert {source.row for source in ended.sources} == {4, 10, 16, 22}  # the last figure of each


def test_figures_that_begin_years_after_their_source() -> None:
    (begun,) = counted(*[range(4, 6)] * 5).values()
    assert (begun.what, begun.result, begun.base_period) == ("begun", 5, "2018-05")
    assert {source.row for source in begun.sources} == {6, 12, 18, 24, 30}


@pytest.mark.parametrize(
    "there",
    [
        [range(6)] * 5,
        [range(5)] * 5,  # a year behind, as published figures are
        [range(1, 6)] * 5,
        [range(3)] * 3 + [range(6)] * 3,  # half of them: gaps, not an end
        [range(3)] * 4,  # too few measures to speak of
    ],
)
def test_gaps_here_and_there_are_not_worth_a_word(there: list[range]) -> None:
    assert counted(*there) == {}


def test_what_is_hidden_or_was_never_counted_for_the_area_ends_nothing() -> None:
    assert counted(*[range(3)] * 5, gap="c") == {}
    assert counted(*[range(0)] * 5) == {}
