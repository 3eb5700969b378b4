"""A base carries its own kind of period, and no part of the present period may be its own base."""

from __future__ import annotations

from typing import Any

from reporter.facts import compute_facts
from reporter.sources import Dataset
from tests.facts.making import dataset, indicator, question, row


def facts(data: Dataset, kind: str, period: str) -> tuple[Any, ...]:
    return compute_facts(data, question(period)).objects(kind)


def test_a_year_to_march_beside_a_year_to_september() -> None:
    rows = [
        row("m", "2015/16", 90, period_type="year"),
        row("m", "2016-09", 95, period_type="rolling_12m"),
    ]
    found = facts(dataset(rows, m=indicator(unit="percent", any_length=True)), "change", "2016-09")
    assert {(fact.period_type, fact.base_period_type) for fact in found} == {
        ("rolling_12m", "year")
    }


def test_a_year_is_no_base_for_its_own_last_months() -> None:
    rows = [
        row("m", "2018-06..2019-05", 200, period_type="window"),
        row("m", "2019-01..2019-05", 184, period_type="window"),
    ]
    data = dataset(rows, m=indicator(unit="average", each="year", any_length=True))
    [part] = facts(data, "change", "2019-05")
    assert part.base_label == "whole_stretch"
    assert (part.value, part.base_value, part.direction) == (184, 200, "down")
    levels = facts(data, "level", "2019-05")
    assert [(fact.value, fact.current) for fact in levels] == [(184, True), (200, True)]
    assert facts(data, "peak_trough", "2019-05") == ()


def test_a_years_average_is_no_low_among_months() -> None:
    rows = [row("m", "2017/18", 62, period_type="year")]
    rows += [row("m", f"2018-{month:02d}", value) for month, value in ((8, 97), (9, 96), (10, 99))]
    data = dataset(rows, m=indicator(unit="percent", any_length=True))
    (low,) = facts(data, "peak_trough", "2018-10")
    assert (low.extreme, low.base_value) == ("low", 96)
