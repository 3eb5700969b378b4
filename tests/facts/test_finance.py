"""Variances, sums and the cost of changes on figures worked by hand."""

from __future__ import annotations

from typing import Any

from reporter.facts import Source, compute_facts
from reporter.sources import Dataset
from tests.facts.making import dataset, indicator, question, row, since, years

MONEY: dict[str, Any] = {"unit": "money", "polarity": "low_good"}


def facts(data: Dataset, period: str = "2018/19", **asked: Any) -> tuple[Any, ...]:
    return compute_facts(data, question(period, **asked)).objects("finance")


def test_an_outturn_is_held_against_the_budget_of_its_own_head() -> None:
    fostering: dict[str, Any] = {"breakdown": "head", "category": "Fostering"}
    rows = [
        *years("budget", 2018, [4_000_000], **fostering),
        *years("budget", 2018, [9_000_000], breakdown="head", category="Staff"),
        *years("outturn", 2018, [4_500_000], status="provisional", **fostering),
    ]
    data = dataset(
        rows, budget=indicator(unit="money"), outturn=indicator(budget="budget", **MONEY)
    )
    (variance,) = [fact for fact in facts(data) if fact.aspect == "variance"]
    assert (variance.indicator, variance.category) == ("outturn", "Fostering")
    assert (variance.comparator, variance.comparator_value) == ("budget", 4_000_000.0)
    assert (variance.value, variance.result, variance.variance) == (
        4_500_000.0,
        500_000.0,
        500_000.0,
    )
    assert (variance.percent, variance.direction, variance.judgement) == (12.5, "up", "worse")
    assert variance.status == "provisional"
    assert variance.sources == (Source("observations.csv", 4), Source("observations.csv", 2))


def test_a_variance_given_as_such_keeps_its_figure_and_its_budget() -> None:
    rows = [*years("budget", 2018, [500]), *years("gap", 2018, [-60]), *years("out", 2018, [440])]
    catalogue = {
        "budget": indicator(unit="money"),
        "gap": indicator(budget="budget", outturn="out", **MONEY),
        "out": indicator(budget="budget", **MONEY),
    }
    found = {fact.indicator: fact for fact in facts(dataset(rows, **catalogue))}
    assert (found["gap"].aspect, found["gap"].value, found["gap"].comparator_value) == (
        "amount",
        -60,
        500,
    )
    assert (found["out"].aspect, found["out"].variance) == ("variance", -60)
    assert (found["budget"].aspect, found["budget"].comparator) == ("amount", "")


def test_a_budget_of_another_year_is_no_budget() -> None:
    rows = [*years("budget", 2017, [500]), *years("out", 2018, [440])]
    data = dataset(rows, budget=indicator(unit="money"), out=indicator(budget="budget", **MONEY))
    assert {fact.aspect for fact in facts(data)} == {"amount"}


def test_a_change_at_the_yearly_cost_of_one() -> None:
    homes: dict[str, Any] = {"period_type": "snapshot"}
    rows = [
        row("homes", "2018-11", 49, **homes),
        row("homes", "2019-05", 57, **homes),
        *years("cost", 2018, [170_000]),
    ]
    data = dataset(rows, homes=indicator(unit_cost="cost"), cost=indicator(unit="money"))
    found = facts(data, "2019-05", baselines=(since("inspection", "2018-11"),))
    (cost,) = [fact for fact in found if fact.aspect == "unit_cost_change"]
    assert (cost.value, cost.base_value, cost.base_period) == (57.0, 49.0, "2018-11")
    assert (cost.unit_cost, cost.result, cost.direction) == (170_000.0, 1_360_000.0, "up")


def test_figures_other_than_money_are_no_finance() -> None:
    assert facts(dataset(years("a", 2018, [7]), a=indicator())) == ()
