"""The planner says the heaviest first, nothing twice, and why the rest is left out."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.plan import (
    AuthorText,
    DocumentPlan,
    MessageGroup,
    ParagraphPlan,
    PromptPlan,
    plan_report,
)
from reporter.sources import Measure


def groups(plan: DocumentPlan) -> list[MessageGroup]:
    blocks = plan.sections[0].blocks
    return [group for b in blocks if isinstance(b, ParagraphPlan) for group in b.groups]


def said(plan: DocumentPlan) -> list[list[str]]:
    return [[m.rule.id for m in group.messages] for group in groups(plan)]


def planned(make: Any, *messages: Any, facts: Any = (), **brief: Any) -> DocumentPlan:
    outline = brief.pop("outline", None) or [make.section("plans", "visits", "referrals")]
    commission = make.commission(*outline, **brief)
    known = [*facts, *(message.fact for message in messages)]
    return plan_report(commission, known, messages)


def test_the_heaviest_headline_opens_and_modifiers_hang_on_it(make: Any) -> None:
    level = make.message(make.fact("level", value=429.0), "headline", 40)
    low = make.message(
        make.fact("peak_trough", value=429.0, base_period="2018-07", base_value=257.0)
    )
    target = make.message(make.fact("target", value=429.0, comparator="target"), "predicate", 90)
    plan = planned(make, target, level, low)
    assert said(plan) == [["level-headline", "peak_trough-2018-07", "target-target"]]


def test_a_change_and_a_low_from_one_base_collapse_into_the_heavier(make: Any) -> None:
    level = make.message(make.fact("level", value=429.0), "headline", 40)
    low = make.message(
        make.fact("peak_trough", value=429.0, base_period="2018-07", base_value=257.0), weight=70
    )
    since = make.message(make.change("2018-07", 257.0, base_label="baseline"), weight=60)
    plan = planned(make, level, low, since)
    assert said(plan) == [["level-headline", "peak_trough-2018-07"]]
    assert [(item.rule, item.why) for item in plan.left_out if item.rule] == [
        ("change-2018-07", "the same comparison is said by peak_trough-2018-07"),
    ]


def test_a_level_is_not_said_again_after_a_change_that_states_it(make: Any) -> None:
    moved = make.message(make.change("2019-04", 392.0), "headline", 80)
    level = make.message(make.fact("level", value=429.0), "headline", 40)
    plan = planned(make, moved, level)
    assert said(plan) == [["change-2019-04"]]


@pytest.mark.parametrize(("length", "count"), [("brief", 2), ("standard", 4), ("full", 6)])
def test_the_length_of_the_brief_bounds_a_measure(make: Any, length: str, count: int) -> None:
    about = [
        make.message(make.fact("level", value=1.0), "headline", 90),
        make.message(make.change("2019-04", 2.0, judgement="worse", material=True), weight=80),
        make.message(make.change("2018-05", 3.0), weight=70),
        make.message(make.change("2018-11", 3.0), weight=60),
        make.message(make.fact("comparator", value=1.0, comparator="England"), weight=50),
        make.message(make.fact("comparator", value=1.0, comparator="London"), weight=49),
        make.message(make.fact("comparator", value=1.0, comparator="Similar"), weight=48),
    ]
    plan = planned(make, *about, length=length)
    assert len(said(plan)[0]) == count
    left = [item.why for item in plan.left_out if item.rule]
    assert len(left) == len(about) - count
    assert all(why.startswith("length budget") for why in left)


def test_comparators_follow_the_brief_whatever_they_weigh(make: Any) -> None:
    about = [
        make.message(make.fact("level", value=1.0), "headline", 90),
        make.message(make.fact("comparator", comparator="England"), weight=80),
        make.message(make.fact("comparator", comparator="Region"), weight=70),
        make.message(make.fact("comparator", comparator="Similar"), weight=60),
    ]
    plan = planned(make, *about, comparators=("Similar", "England", "Region"))
    assert said(plan) == [["level-headline", "comparator-Similar", "comparator-England"]]


def test_a_count_carries_its_rate_which_is_then_not_said_alone(make: Any) -> None:
    count = make.message(make.fact("level", value=429.0), "headline", 60, "count")
    rate = make.message(make.fact("level", "plans_rate", value=149.0), "headline", 60, "rate")
    median = make.message(
        make.fact("comparator", "plans_rate", value=149.0, comparator="Similar"), "predicate"
    )
    moved = make.message(make.change("2019-04", 140.0, indicator="plans_rate", value=149.0))
    outline = [make.section("plans", "plans_rate")]
    plan = planned(make, count, rate, median, moved, outline=outline, comparators=("Similar",))
    assert said(plan) == [["count", "rate", "comparator-Similar"]]
    assert [item.rule for item in plan.left_out] == ["change-2019-04"]


def test_like_messages_about_members_stand_side_by_side(make: Any) -> None:
    members = [
        make.message(make.fact("level", value=n, breakdown="age", category=name), "headline", n)
        for n, name in enumerate(["5 to 9", "0 to 4"], start=40)
    ]
    outline = [make.section(Measure(indicator="plans", breakdown="age"))]
    (group,) = groups(planned(make, *members, outline=outline))
    assert group.parallel
    assert [m.fact.category for m in group.messages] == ["0 to 4", "5 to 9"]


def test_related_measures_share_a_paragraph_and_long_ones_do_not(make: Any) -> None:
    def about(code: str) -> list[Any]:
        return [
            make.message(make.fact("level", code, value=1.0), "headline", 60, f"{code}-level"),
            make.message(make.fact("target", code, comparator="target"), "predicate", 50, "t"),
            make.message(make.fact("num_denom", code), "predicate", 40, "n"),
        ]

    outline = [make.section("plans", "starts", "referrals")]
    messages = [*about("plans"), *about("starts"), *about("referrals")]
    plan = planned(make, *messages, outline=outline)
    lots = [[g.indicator for g in b.groups] for b in plan.sections[0].blocks]  # type: ignore[union-attr]
    assert lots == [["plans", "starts"], ["referrals"]]


def test_buckets_follow_the_judgement_of_what_is_said(make: Any) -> None:
    def moved(code: str, judgement: str, material: bool) -> Any:
        changed = make.change(
            "2019-04", 2.0, indicator=code, judgement=judgement, material=material
        )
        return make.message(changed, "headline", 60, code)

    messages = [
        moved("plans", "worse", True),
        moved("visits", "better", True),
        moved("referrals", "better", False),
        make.message(make.fact("level", "ends", value=1.0), "headline", 60, "ends"),
    ]
    outline = [make.section("plans", "visits", "referrals", "ends", buckets=True)]
    blocks = planned(make, *messages, outline=outline).sections[0].blocks
    assert [(b.bucket, b.groups[0].indicator) for b in blocks] == [  # type: ignore[union-attr]
        ("better", "visits"), ("same", "referrals"), ("worse", "plans"), ("not_judged", "ends"),
    ]  # fmt: skip


def test_one_prompt_follows_its_paragraph_and_the_next_is_left_out(make: Any) -> None:
    level = make.message(make.fact("level", value=1.0), "headline", 60)
    first = make.message(make.change("2019-04", 2.0), "prompt", 50, "ask-first")
    second = make.message(make.change("2018-04", 2.0), "prompt", 40, "ask-second")
    said = [
        make.message(make.change("2019-04", 2.0), "modifier", 45, "since-april"),
        make.message(make.change("2018-04", 2.0), "modifier", 44, "since-last-april"),
    ]
    plan = planned(make, second, level, first, *said)
    blocks = plan.sections[0].blocks
    assert [type(block) for block in blocks] == [ParagraphPlan, PromptPlan]
    assert blocks[1] == PromptPlan(first)
    assert [(item.rule, item.why) for item in plan.left_out if item.rule] == [
        ("ask-second", "enough prompts in this section"),
    ]


def test_a_change_that_no_sentence_states_raises_no_question(make: Any) -> None:
    level = make.message(make.fact("level", value=1.0), "headline", 60)
    prompt = make.message(make.change("2019-04", 2.0), "prompt", 50, "ask")
    blocks = planned(make, level, prompt).sections[0].blocks
    assert [type(block) for block in blocks] == [ParagraphPlan]


def counted(make: Any, what: str, result: float, of: float, **given: Any) -> Any:
    scope = {"breakdown": "section", "category": "Plans", **given}
    fact = make.fact("count_summary", "", what=what, result=result, denominator=of, **scope)
    return make.message(fact, "predicate", 60, what)


def test_a_summary_counts_targets_once_and_movements_of_its_own_section(make: Any) -> None:
    messages = [
        counted(make, "met", 5.0, 16.0), counted(make, "missed", 11.0, 16.0),
        counted(make, "between", 4.0, 16.0), counted(make, "below", 7.0, 16.0),
        counted(make, "red", 7.0, 16.0), counted(make, "better", 3.0, 12.0),
        counted(make, "worse", 2.0, 2.0),
        make.message(
            make.fact("count_summary", "", result=9.0, denominator=40.0), "predicate", 60, "whole"
        ),
    ]  # fmt: skip
    outline = [make.section("plans", "visits", summary=True, text=("Ours.",))]
    plan = planned(make, *messages, outline=outline)
    text, summary = plan.sections[0].blocks
    assert text == AuthorText("Ours.")
    assert [m.rule.id for m in summary.groups[0].messages] == ["met", "between", "below", "better"]  # type: ignore[union-attr]
    assert {item.rule: item.why for item in plan.left_out if item.rule} == {
        "missed": "the section's summary counts otherwise",
        "red": "the section's summary counts otherwise",
        "worse": "the section's summary counts otherwise",
        "whole": "no section of the outline asks for it",
    }


def test_a_summary_counts_ranks_among_one_group_and_never_of_two(make: Any) -> None:
    messages = [
        counted(make, "best_quarter", 2.0, 6.0, comparator="England"),
        counted(make, "worst_quarter", 1.0, 6.0, comparator="Neighbours"),
        counted(make, "best_quarter", 1.0, 2.0, comparator="Region"),
    ]
    outline = [make.section("plans", "visits", summary=True)]
    (summary,) = planned(make, *messages, outline=outline).sections[0].blocks
    said = summary.groups[0].messages  # type: ignore[union-attr]
    assert [(m.rule.id, m.fact.comparator) for m in said] == [("best_quarter", "England")]


def test_a_summary_counts_only_the_met_where_targets_are_of_two_sorts(make: Any) -> None:
    messages = [counted(make, "met", 5.0, 16.0), counted(make, "below", 7.0, 9.0)]
    outline = [make.section("plans", "visits", summary=True)]
    (summary,) = planned(make, *messages, outline=outline).sections[0].blocks
    assert [m.rule.id for m in summary.groups[0].messages] == ["met"]  # type: ignore[union-attr]


def test_a_measure_without_figures_is_left_out_by_name(make: Any) -> None:
    plan = planned(make, outline=[make.section("plans")])
    (item,) = plan.left_out
    assert (item.fact.kind, item.fact.indicator) == ("caveat", "plans")
    assert item.why == "no figure for the report's period"


def test_every_message_is_said_or_left_out_once(make: Any) -> None:
    messages = [
        make.message(make.fact(kind, code, value=1.0, base_period=base), role, weight, f"{code}{n}")
        for code in ("plans", "visits", "ends")
        for n, (kind, base, role, weight) in enumerate(
            [
                ("level", "", "headline", 50), ("change", "2019-04", "headline", 70),
                ("change", "2018-05", "modifier", 60), ("record", "2018-05", "modifier", 60),
                ("caveat", "", "note", 20), ("caveat", "", "note", 10), ("rank", "", "contrast", 5),
            ]
        )
        if kind != "rank"
    ]  # fmt: skip
    plan = planned(make, *messages)
    placed = [rule for group in said(plan) for rule in group]
    left = [item.rule for item in plan.left_out if item.rule]
    assert sorted(placed + left) == sorted(m.rule.id for m in messages)


def _of_member(make: Any, kind: str, name: str, role: str, weight: float, **given: Any) -> Any:
    return make.message(make.fact(kind, breakdown="age", category=name, **given), role, weight)


def test_members_are_no_bare_list_where_their_shares_say_the_figures_too(make: Any) -> None:
    names = ["0 to 4", "5 to 9"]
    levels = [_of_member(make, "level", n, "headline", 60, value=20.0) for n in names]
    shares = [_of_member(make, "share", n, "modifier", 40, value=20.0) for n in names]
    outline = [make.section(Measure(indicator="plans", breakdown="age"))]
    (group,) = groups(planned(make, *levels, *shares, outline=outline))
    assert {m.fact.kind for m in group.messages} == {"share"}


def test_a_member_that_stands_out_is_spoken_of_with_its_figure(make: Any) -> None:
    names = ["0 to 4", "5 to 9"]
    levels = [_of_member(make, "level", n, "headline", 60, value=20.0) for n in names]
    above = _of_member(make, "comparator", "5 to 9", "modifier", 30, comparator="England")
    outline = [make.section(Measure(indicator="plans", breakdown="age"))]
    both, alone = groups(planned(make, *levels, above, outline=outline))
    assert both.parallel
    assert (alone.category, [m.fact.kind for m in alone.messages]) == (
        "5 to 9", ["level", "comparator"],
    )  # fmt: skip


def test_a_share_that_a_percentage_states_is_not_worked_out_again(make: Any) -> None:
    count = make.message(make.fact("level", "starts", value=56.0), "headline")
    worked = make.message(make.fact("share", "starts", value=56.0, result=9.6), rule="worked-out")
    percent = make.message(make.fact("level", "starts_pct", value=10.0, unit="percent"), "headline")
    plan = planned(make, count, worked, percent, outline=[make.section("starts", "starts_pct")])
    assert "worked-out" not in {rule for group in said(plan) for rule in group}
    assert ("worked-out", "the section gives this share as a percentage") in {
        (item.rule, item.why) for item in plan.left_out
    }


def test_the_summary_names_the_measure_furthest_from_its_target(make: Any) -> None:
    near = make.fact("target", "plans", value=80.0, comparator_value=90.0, result=-10.0)
    far = make.fact("target", "visits", value=40.0, comparator_value=90.0, result=-50.0)
    outline = [make.section("plans", "visits", summary=True)]
    met = counted(make, "met", 1.0, 3.0)
    messages = [met, make.message(near, "predicate"), make.message(far, "predicate")]
    plan = planned(make, *messages, outline=outline)
    summary = plan.sections[0].blocks[0]
    assert [m.fact.indicator for m in summary.groups[0].messages] == ["", "visits"]  # type: ignore[union-attr]


def test_the_papers_own_summary_has_its_counts_and_then_a_point_a_measure(make: Any) -> None:
    missed = make.fact("target", "visits", value=40.0, comparator_value=90.0, result=-50.0)
    moves = {
        code: make.change("2018-05", base, indicator=code, judgement=judgement, material=True)
        for code, base, judgement in (
            ("plans", 300.0, "worse"), ("referrals", 400.0, "worse"), ("starts", 200.0, "better"),
        )
    }  # fmt: skip
    levels = [make.fact("level", code, value=429.0) for code in moves]
    counts = [counted(make, what, 2.0, 4.0, breakdown="", category="") for what in ("met", "worse")]
    points = [make.message(fact) for fact in (missed, *moves.values())]
    plan = planned(
        make, *counts, *points, facts=levels,
        outline=[
            make.section(heading="Headlines", summary="report"),
            make.section("plans", "referrals", "starts", "visits", heading="All"),
        ],
    )  # fmt: skip
    paragraphs = [b for b in plan.sections[0].blocks if isinstance(b, ParagraphPlan)]
    assert {block.about for block in paragraphs} == {"summary"}
    told = [[m.fact.indicator for g in block.groups for m in g.messages] for block in paragraphs]
    assert told == [["", "visits"], ["", "plans", "referrals"], ["starts"]]


def test_a_brief_paper_tells_what_is_judged_or_stressed(make: Any) -> None:
    judged = make.change("2018-05", 300.0, judgement="worse", material=True)
    plain = make.change("2018-05", 300.0, indicator="referrals", material=True)
    messages = [make.message(judged), make.message(plain)]
    plan = planned(make, *messages, length="brief")
    assert [group.indicator for group in groups(plan)] == ["plans"]
    assert {(item.fact.indicator, item.why) for item in plan.left_out if item.rule} == {
        ("referrals", "length budget: a brief paper tells what is judged or stressed")
    }
    spent = make.fact("finance", "referrals", value=9.0, unit="money", aspect="variance")
    plan = planned(make, make.message(judged), make.message(spent), length="brief")
    assert [group.indicator for group in groups(plan)] == ["plans", "referrals"]
    stressed = [make.section("plans", Measure(indicator="referrals", stress=True))]
    plan = planned(make, *messages, length="brief", outline=stressed)
    assert [group.indicator for group in groups(plan)] == ["plans", "referrals"]
