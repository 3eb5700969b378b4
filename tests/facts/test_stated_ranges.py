"""Figures that are stated as a range, and stretches that end together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reporter.facts import compute_facts
from reporter.sources import Breakdown, Dataset
from tests.facts.making import dataset, indicator, question, row

ENDS = {"stated_range": Breakdown(label="Range", ends_of="figure")}


def stated(period: str, low: float, high: float) -> list[dict[str, Any]]:
    return [
        row("m", period, value, breakdown="stated_range", category=end)
        for end, value in (("low", low), ("high", high))
    ]


def told(rows: list[dict[str, Any]], kind: str, **fields: Any) -> tuple[Any, ...]:
    data: Dataset = dataset(rows, m=indicator(unit="average", **fields))
    catalogue = replace(data.catalogue, breakdowns=ENDS)
    return compute_facts(replace(data, catalogue=catalogue), question("2019-05")).objects(kind)


def test_a_range_is_held_against_a_figure_and_a_figure_against_a_range() -> None:
    rows = [*stated("2019-05", 170, 180), row("m", "2019-03", 250), *stated("2018-11", 128, 135)]
    found = {fact.base_label: fact for fact in told(rows, "change") if fact.high is not None}
    before, first = found["previous_period"], found["first_of_series"]
    assert (before.value, before.high, before.base_value, before.direction) == (
        170,
        180,
        250,
        "down",
    )
    assert before.base_high is None
    assert (first.base_value, first.base_high, first.direction) == (128, 135, "up")
    assert {fact.category for fact in found.values()} == {""}


def test_ranges_that_overlap_are_not_compared() -> None:
    rows = [*stated("2019-05", 170, 180), *stated("2018-11", 160, 175)]
    assert [fact for fact in told(rows, "change") if fact.high is not None] == []


def test_a_weekly_average_stated_as_a_range_is_an_average() -> None:
    made = told(stated("2019-05", 170, 180), "average", each="week")
    [fact] = [each for each in made if not each.category]
    assert (fact.value, fact.low, fact.high, fact.mean) == (170, 170, 180, None)
    assert told(stated("2019-05", 170, 180), "range", each="week") == ()
    [spread] = told(stated("2019-05", 170, 180), "range")
    assert (spread.lowest_value, spread.highest_value) == (170, 180)
