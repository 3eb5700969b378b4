"""Figures that are changes themselves, plans for a year under way, and what a part is part of."""

from __future__ import annotations

from typing import Any

from reporter.facts import compute_facts
from reporter.sources import Dataset
from tests.facts.making import dataset, indicator, question, row, series, years


def facts(data: Dataset, kind: str, period: str = "2019-05") -> tuple[Any, ...]:
    return compute_facts(data, question(period)).objects(kind)


def test_a_published_change_is_a_change_without_a_base_and_no_level() -> None:
    fields = {"polarity": "low_good", "unit": "percent", "change_on": "same_period_last_year"}
    data = dataset(years("a", 2017, [-12, -20]), a=indicator(**fields))
    (change,) = facts(data, "change")
    assert (change.base_label, change.base_value) == ("same_period_last_year", None)
    assert (change.value, change.result, change.percent) == (-20.0, -20.0, -20.0)
    assert (change.direction, change.judgement, change.material) == ("down", "better", False)
    assert facts(data, "level") == ()


def test_a_published_change_in_number_has_no_percentage() -> None:
    data = dataset([row("a", "2019-05", 7)], a=indicator(change_on="previous_period"))
    (change,) = facts(data, "change")
    assert (change.direction, change.percent, change.result_unit) == ("up", None, "count")


def test_a_forecast_for_a_year_under_way_is_used_and_an_outturn_is_not() -> None:
    rows = [
        *years("plan", 2018, [90]),
        *years("plan", 2019, [100], status="forecast"),
        *years("plan", 2020, [110], status="forecast"),
        *years("outturn", 2019, [120]),
    ]
    data = dataset(rows, plan=indicator(), outturn=indicator())
    (level,) = facts(data, "level")
    assert (level.indicator, level.period, level.value) == ("plan", "2019/20", 100.0)
    assert (level.current, level.status) == (True, "forecast")


def test_a_category_is_part_of_its_own_total_before_that_of_another_measure() -> None:
    high: dict[str, Any] = {"breakdown": "risk", "category": "High"}
    rows = [
        *series("all", "2019-05", [40]),
        *series("risk", "2019-05", [20]),
        *series("risk", "2019-05", [15], **high),
    ]
    found = facts(dataset(rows, all=indicator(), risk=indicator(share_of="all")), "share")
    shares = {(share.category, share.whole): share.share for share in found}
    assert shares == {("", 40.0): 50.0, ("High", 20.0): 75.0}


def test_a_category_without_a_total_is_part_of_the_same_category_elsewhere() -> None:
    north: dict[str, Any] = {"breakdown": "team", "category": "North"}
    rows = [*series("checked", "2019-05", [6], **north), *series("good", "2019-05", [3], **north)]
    data = dataset(rows, checked=indicator(), good=indicator(share_of="checked"))
    (share,) = facts(data, "share")
    assert (share.indicator, share.whole, share.share) == ("good", 6.0, 50.0)
