"""Declared breaks: no comparison over time leads across one, or to a figure that is set apart."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import Caveat, Fact, compute_facts
from reporter.sources import Break, Dataset
from tests.facts.making import dataset, indicator, question, row, years

SINCE = Break(since="2019/20", why="the definition was changed", source="A release")
APART = Break(apart=("2020/21", "2021/22"), why="schools awarded the grades", source="A note")
OVER_TIME = ("change", "peak_trough", "record", "streak")


def facts_of(data: Dataset, period: str = "2024/25", area: str = "Here") -> list[Fact]:
    return list(compute_facts(data, question(period)).of(area))


def caveats(found: list[Fact]) -> list[Caveat]:
    return [fact for fact in found if isinstance(fact, Caveat)]


def bases(found: list[Fact]) -> set[str]:
    return {fact.base_period for fact in found if fact.kind in OVER_TIME}


def made(values: list[Any], *breaks: Break, first: int = 2015) -> Dataset:
    return dataset(years("a", first, values), a=indicator(breaks=breaks))


def test_nothing_is_compared_across_a_declared_break() -> None:
    found = facts_of(made([90, 80, 70, 60, 10, 20, 30, 40, 50, 60], SINCE))
    assert min(bases(found)) == "2019/20"
    (told,) = caveats(found)
    assert (told.reason, told.base_period, told.points) == ("break", "2019/20", 6)
    assert (told.why, told.declared_by) == ("the definition was changed", "A release")


def test_it_is_what_a_mark_in_the_data_does() -> None:
    values = [90, 80, 70, 60, 10, 20, 30, 40, 50, 60]
    marked = years("a", 2015, values)
    marked[4]["status"] = "break"
    own = facts_of(dataset(marked, a=indicator()))
    declared = facts_of(made(values, SINCE))
    assert [f for f in own if f.kind in OVER_TIME and f.status == ""] == [
        f for f in declared if f.kind in OVER_TIME and f.base_period != "2019/20"
    ]
    assert caveats(own)[0].why == ""


def test_a_mark_holds_although_its_figure_is_missing() -> None:
    rows = years("a", 2019, [10, 20, "x", 80, 90, 95])
    rows[2]["status"] = "break"
    assert bases(facts_of(dataset(rows, a=indicator()))) == {"2022/23", "2023/24"}


def test_a_break_before_all_figures_is_not_told() -> None:
    found = facts_of(made([10, 20, 30], SINCE, first=2022))
    assert not caveats(found)
    assert bases(found) == {"2022/23", "2023/24"}


def test_figures_on_both_sides_of_those_set_apart_are_compared() -> None:
    found = facts_of(made([40, 41, 42, 99, 98, 44, 47, 50], APART, first=2017))
    labels = {f.base_label: f.base_period for f in found if f.kind == "change"}  # type: ignore[attr-defined]
    assert labels == {
        "previous_period": "2023/24", "same_period_last_year": "2023/24",
        "first_of_series": "2017/18",
    }  # fmt: skip
    (told,) = caveats(found)
    assert (told.reason, told.set_apart, told.points) == ("apart", ("2020/21", "2021/22"), 3)
    assert told.why == "schools awarded the grades"
    assert [source.row for source in told.sources] == [9, 5]


def test_nothing_is_a_record_or_a_run_over_figures_set_apart() -> None:
    found = facts_of(made([40, 41, 42, 99, 98, 44, 47, 50], APART, first=2017))
    assert not [f for f in found if f.kind in ("record", "peak_trough") and f.base_period < "2022"]
    assert not [f for f in found if f.kind == "streak" and f.base_period < "2022"]


def test_the_figure_before_those_set_apart_is_the_base_and_no_hole_is_told() -> None:
    found = facts_of(made([40, 41, 42, 99, 98, 44], APART, first=2017), "2022/23")
    changes = [f for f in found if f.kind == "change"]
    assert {f.base_period for f in changes} == {"2019/20", "2017/18"}
    assert [told.reason for told in caveats(found)] == ["apart"]


def test_a_present_figure_that_stands_apart_is_told_alone() -> None:
    found = facts_of(made([40, 41, 42, 99, 98], APART, first=2017), "2021/22")
    assert {f.period for f in found if f.kind == "level"} == {"2021/22"}
    assert not [f for f in found if f.kind in OVER_TIME]
    (told,) = caveats(found)
    assert (told.reason, told.set_apart, told.points) == ("apart", ("2021/22",), 1)


def test_comparators_ranks_and_their_movements_keep_to_what_compares() -> None:
    rows = [
        one
        for turn, area in enumerate(["Here", "There", "Elsewhere", "Nowhere"])
        for one in years("a", 2018, [40 + turn, 42 - turn, 99, 98, 44 + turn, 45], area=area)
    ]
    data = dataset(rows, a=indicator(unit="percent", polarity="high_good", breaks=(APART,)))
    found = facts_of(data, "2021/22")
    for fact in found:
        if fact.kind == "rank":
            assert (fact.period, fact.base_period) == ("2021/22", "")
    later = [fact for fact in facts_of(data, "2022/23") if fact.kind == "rank"]
    assert {(fact.period, fact.base_period) for fact in later} <= {("2022/23", "2019/20")}


def test_a_comparator_of_another_era_is_no_stand_in() -> None:
    rows = [*years("p", 2018, [10, 20, 30]), *years("p", 2017, [11, 21], area="England")]
    of = {"unit": "percent"}
    with_break = dataset(rows, p=indicator(breaks=(SINCE,), **of))
    without = dataset(rows, p=indicator(**of))
    kinds = [
        {
            fact.kind
            for fact in compute_facts(data, question("2020/21", comparators=("England",))).of(
                "Here"
            )
        }
        for data in (without, with_break)
    ]
    assert "comparator" in kinds[0]
    assert "comparator" not in kinds[1]


@pytest.mark.parametrize(
    ("kind", "period"), [("rolling_12m", "2019-06"), ("snapshot", "2019-06"), ("month", "2019-06")]
)
def test_the_first_new_figure_is_that_of_the_period_named(kind: str, period: str) -> None:
    rows = [row("a", f"2019-{month:02d}", month, period_type=kind) for month in range(3, 9)]
    given = Break(since=period, why="new")
    found = facts_of(dataset(rows, a=indicator(breaks=(given,))), "2019-08")
    (told,) = caveats(found)
    assert told.base_period == period


def test_a_rate_of_conversion_is_not_held_against_one_of_another_era() -> None:
    rows = [*years("contacts", 2018, [100, 200]), *years("referrals", 2018, [50, 80])]
    base_rates = []
    for breaks in ((), (SINCE,)):
        data = dataset(
            rows,
            contacts=indicator(breaks=breaks),
            referrals=indicator(conversion_from="contacts"),
        )
        (found,) = (f for f in facts_of(data, "2019/20") if f.kind == "conversion")
        base_rates.append(found.base_rate)  # type: ignore[attr-defined]
    assert base_rates == [50.0, None]
