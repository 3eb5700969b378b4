"""A measure of the outline to its message groups: one a series and period, or parallel members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.facts import Fact
from reporter.plan.breakdowns import tell_breakdown
from reporter.plan.choose import Choice, budget_of, choose
from reporter.plan.material import Material
from reporter.plan.nouns import LeftOut
from reporter.plan.told import NOTHING, Told, as_group, half
from reporter.rules import Message
from reporter.sources import Measure, parse_period


def tell(material: Material, measure: Measure, in_table: bool = False) -> Told:
    """What is said of `measure`; a measure without any message is left out as missing.

    Where a table of the same section shows its figures (`in_table`), one comparison over time and
    one comparator are said; the table has the others.
    """
    if measure.breakdown:
        told = tell_breakdown(material, measure)
    else:
        told = _tell_total(material, measure, in_table)
    if material.brief.length == "brief" and not measure.stress:
        told = _if_judged(told)
    if told.groups or told.left:
        return told
    series = (measure.indicator, measure.breakdown, "")
    known = material.of_kind(series, "level")
    fact = known[-1] if known else material.missing(measure)
    why = "no rule speaks of its figure" if known else "no figure for the report's period"
    return Told((), (LeftOut(fact, "", why),))


def _if_judged(told: Told) -> Told:
    """What a brief paper keeps of a measure that is not stressed: all, or nothing unjudged."""
    said = [message for group in told.groups for message in group.messages]
    if any(_judged(message.fact) for message in said):
        return told
    why = "length budget: a brief paper tells what is judged or stressed"
    left = tuple(LeftOut(m.fact, m.rule.id, why) for m in (*said, *told.prompts))
    return Told((), told.left + left)


def _judged(fact: Fact) -> bool:
    """Whether `fact` holds its figure to a target, is of money, on which a paper about a budget
    turns, or is a material change for better or worse.
    """
    if fact.kind in ("target", "finance"):
        return True
    return fact.judgement in ("better", "worse") and getattr(fact, "material", False)


def _tell_total(material: Material, measure: Measure, in_table: bool) -> Told:
    """The measure itself, with the rate that goes with it in the same group."""
    series = (measure.indicator, "", "")
    budget = budget_of(material.brief, measure.stress)
    if in_table and not measure.stress:
        budget = replace(budget, comparators=1, times=1)
    told = NOTHING
    present = material.present(series)
    lots = _by_basis(material.about(series))
    main = next((lot for lot in lots if present and _same_period(lot[0].fact, present)), None)
    main = main or next(iter(lots), ())
    for messages in lots:
        if messages is main:
            choice = _with_rate(material, measure, choose(main, material.brief, budget))
            told += as_group(series, choice)
        elif _is_past(material, messages[0], main[0]):
            why = "an older figure, of another kind of period"
            told += Told((), tuple(LeftOut(m.fact, m.rule.id, why) for m in messages))
        else:
            choice = choose(messages, material.brief, half(budget))
            choice = _with_rate(material, measure, choice, alone=False)
            told += _unless_told(as_group(series, choice), told)
    return told


def _is_past(material: Material, message: Message, main: Message) -> bool:
    """Whether the figure of `message` is left to the past: a full paper tells older figures too,
    but not the year so far as it was some months ago.
    """
    same_kind = message.fact.period_type == main.fact.period_type
    return _older(message, main) and (same_kind or material.brief.length != "full")


def _unless_told(more: Told, told: Told) -> Told:
    """`more`, unless it gives no more than a figure that `told` gives beside another."""
    said = [m.fact for group in told.groups for m in group.messages if m.fact.kind == "change"]
    known = {(fact.base_period, fact.base_period_type, fact.base_value) for fact in said}
    messages = [m for group in more.groups for m in group.messages]
    if not messages or any(
        m.fact.kind != "level" or (m.fact.period, m.fact.period_type, m.fact.value) not in known
        for m in messages
    ):
        return more
    why = "said beside another figure of the measure"
    left = tuple(LeftOut(m.fact, m.rule.id, why) for m in messages)
    return replace(more, groups=(), left=more.left + left)


def _same_period(one: Fact, other: Fact) -> bool:
    return (one.period, one.period_type) == (other.period, other.period_type)


def _older(message: Message, than: Message) -> bool:
    """Whether the figure of `message` was out of date when that of `than` was taken."""
    return parse_period(message.fact.period).end < parse_period(than.fact.period).end


def _by_basis(messages: Sequence[Message]) -> list[tuple[Message, ...]]:
    """Messages apart by period and period type: the latest first, then the weightiest or longest.

    A monthly and a six-month figure of one measure each need a sentence with their period.
    """
    apart: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        apart.setdefault((message.fact.period, message.fact.period_type), []).append(message)
    weight: dict[tuple[int, str], float] = {}
    for (period, kind), found in apart.items():
        ends = parse_period(period).end.toordinal(), kind
        weight[ends] = max(weight.get(ends, 0.0), found[0].weight)

    def place(key: tuple[str, str]) -> tuple[float, ...]:
        period = parse_period(key[0])
        end = period.end.toordinal()
        return -end, -weight[end, key[1]], period.start.toordinal()

    return [tuple(apart[key]) for key in sorted(apart, key=place)]


def _with_rate(material: Material, measure: Measure, choice: Choice, alone: bool = True) -> Choice:
    """`choice` and, behind its opening, level and comparators of the rate that goes with it.

    Beside a first group about the measure (not `alone`) the rate has its level only.
    """
    rate = material.indicator(measure.indicator).rate
    if not rate or not choice.said:
        return choice
    about = material.about((rate, "", ""))
    opening = choice.said[0].fact
    wanted = [
        m for m in about if m.fact.kind in ("level", "comparator") and m.rule.role != "prompt"
    ]
    same_time = [m for m in wanted if m.fact.period == opening.period]
    if not alone:
        same_time = [m for m in same_time if m.fact.kind == "level"]
    same_time = same_time or (wanted if alone else [])
    budget = budget_of(material.brief, measure.stress)
    room = replace(budget, messages=1 + budget.comparators, times=0, notes=0)
    taken = choose(same_time, material.brief, room)
    said = (choice.said[0], *taken.said, *choice.said[1:])
    passed_over = tuple(
        LeftOut(m.fact, m.rule.id, f"the rate stands with {measure.indicator}")
        for m in about
        if alone and m.fact.period != opening.period and m not in same_time
    )
    return Choice(said, choice.left + taken.left + passed_over, choice.prompts)
