"""Measures of a section without a figure are told together, after those that have one."""

from __future__ import annotations

from typing import Any

from reporter.sources import Measure
from tests.plan.test_plan import groups, planned


def caveat(make: Any, code: str, period: str = "2018-06") -> Any:
    return make.message(
        make.fact("caveat", code, value=None, reason="not_available", period=period), role="note"
    )


def test_they_stand_in_one_group_behind_the_rest(make: Any) -> None:
    known = make.message(make.fact("level", "visits", value=82.0), role="headline")
    lacking = [caveat(make, code) for code in ("plans", "referrals")]
    plan = planned(
        make, *lacking, known, outline=[make.section("plans", "referrals", "visits", heading="All")]
    )
    told = [[m.fact.indicator for m in group.messages] for group in groups(plan)]
    assert told == [["visits"], ["plans", "referrals"]]


def test_one_alone_and_one_of_another_period_keep_their_places(make: Any) -> None:
    lacking = [caveat(make, "plans"), caveat(make, "referrals", "2017-06")]
    plan = planned(make, *lacking, outline=[make.section("plans", "referrals", heading="All")])
    told = [[m.fact.indicator for m in group.messages] for group in groups(plan)]
    assert told == [["plans"], ["referrals"]]


def test_where_older_figures_of_all_are_told_none_has_one(make: Any) -> None:
    codes = ["plans", "referrals", "visits"]
    old = [
        make.message(make.fact("level", code, value=82.0, period="2016-05"), role="headline")
        for code in codes
    ]
    lacking = [caveat(make, code) for code in codes]
    outline = [make.section(*codes, heading="All")]
    last = groups(planned(make, *old, *lacking, outline=outline))[-1]
    assert (len(last.messages), last.every) == (3, True)
    assert not groups(planned(make, *old[1:], *lacking, outline=outline))[-1].every
    assert not groups(planned(make, *lacking, outline=outline))[-1].every


def test_three_members_without_a_figure_are_one_group_and_two_stand_alone(make: Any) -> None:
    def told(*teams: str) -> list[int]:
        lacking = [
            make.message(
                make.fact("caveat", "visits", value=None, reason="not_available",
                          breakdown="team", category=team), role="note",
            )
            for team in teams
        ]  # fmt: skip
        measure = Measure(indicator="visits", breakdown="team")
        outline = [make.section(heading="All", measures=(measure,))]
        return [len(each.messages) for each in groups(planned(make, *lacking, outline=outline))]

    assert told("North", "South", "West") == [3]
    assert told("North", "South") == [1, 1]
