"""A measure of the outline to its message groups: one a series and period, or parallel members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.facts import Fact
from reporter.plan.choose import Budget, Choice, budget_of, choose
from reporter.plan.material import Material, Series, heaviest_first, series_of
from reporter.plan.members import alike, standouts
from reporter.plan.nouns import LeftOut, MessageGroup
from reporter.rules import Message
from reporter.sources import Measure, parse_period

_PARALLEL = {"brief": 1, "standard": 1, "full": 2}
"""How many sets of like messages about a breakdown's members are said."""
_STANDOUTS = {"brief": 0, "standard": 1, "full": 2}
"""How many members that stand out are spoken of alone, beyond what is said of all."""

_FIGURES = ("level", "share", "caveat")
"""Kinds that give a member's figure and not how it moved."""
_SPREADS = ("range", "average")
"""Kinds that tell both ends of a figure that is stated as a range."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a measure of the outline, what is not, and the prompts that it raises."""

    groups: tuple[MessageGroup, ...]
    left: tuple[LeftOut, ...] = ()
    prompts: tuple[Message, ...] = ()

    def __add__(self, other: Told) -> Told:
        return Told(
            self.groups + other.groups, self.left + other.left, self.prompts + other.prompts
        )


NOTHING = Told(())


def tell(material: Material, measure: Measure, in_table: bool = False) -> Told:
    """What is said of `measure`; a measure without any message is left out as missing.

    Where a table of the same section shows its figures (`in_table`), one comparison over time and
    one comparator are said; the table has the others.
    """
    if measure.breakdown:
        told = _tell_breakdown(material, measure)
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
    """Whether `fact` holds its figure to a target, or is a material change for better or worse."""
    if fact.kind == "target":
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
            told += _as_group(series, choice)
        elif _older(messages[0], main[0]) and material.brief.length != "full":
            why = "an older figure, of another kind of period"
            told += Told((), tuple(LeftOut(m.fact, m.rule.id, why) for m in messages))
        else:
            choice = choose(messages, material.brief, _half(budget))
            told += _as_group(series, _with_rate(material, measure, choice, alone=False))
    return told


def _same_period(one: Fact, other: Fact) -> bool:
    return (one.period, one.period_type) == (other.period, other.period_type)


def _older(message: Message, than: Message) -> bool:
    """Whether the figure of `message` was out of date when that of `than` was taken."""
    return parse_period(message.fact.period).end < parse_period(than.fact.period).end


def _half(budget: Budget) -> Budget:
    return replace(budget, messages=max(1, budget.messages // 2), comparators=1, times=1)


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


def _as_group(series: Series, choice: Choice) -> Told:
    groups = (MessageGroup(*series, messages=choice.said),) if choice.said else ()
    return Told(groups, choice.left, choice.prompts)


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


def _tell_breakdown(material: Material, measure: Measure) -> Told:
    """The breakdown as a whole, then its members: side by side if alike, else one group each."""
    whole = (measure.indicator, measure.breakdown, "")
    budget = budget_of(material.brief, measure.stress)
    members = material.members(measure)
    about = [
        message
        for member in members
        for message in material.about((measure.indicator, measure.breakdown, member))
    ]
    spreads = [m for m in about if m.fact.kind == "range"]
    about = [m for m in about if m not in spreads]
    parted = _parted(material, measure, budget)
    figures = [m for m in about if not parted or m.fact.kind in _FIGURES]
    sets = alike(figures)[: _PARALLEL[material.brief.length] + measure.stress]
    told = _tell_whole(material, measure, budget, sets, spreads)
    declared = material.dataset.catalogue.breakdowns.get(measure.breakdown)
    spread = any(m.fact.kind in _SPREADS for group in told.groups for m in group.messages)
    if spread and declared and declared.ends_of:
        left = tuple(LeftOut(m.fact, m.rule.id, "said as a range") for m in about)
        return told + Told((), left)
    if not sets:
        return told + _tell_members(material, measure, members, budget)
    spoken = [message for messages in sets for message in messages]
    beyond = standouts(about, spoken)[: _STANDOUTS[material.brief.length]]
    told, make_up = _apart(told)
    groups = [MessageGroup(*whole, messages=messages, parallel=True) for messages in sets]
    groups += make_up.groups
    groups += [MessageGroup(*series_of(pair[1].fact), messages=pair) for pair in beyond]
    spoken += [message for pair in beyond for message in pair]
    prompts = tuple(m for m in about if m.rule.role == "prompt")
    left = tuple(
        LeftOut(m.fact, m.rule.id, "length budget")
        for m in about
        if m not in spoken and m not in prompts
    )
    return told + Told(tuple(groups), left, heaviest_first(prompts))


def _parted(material: Material, measure: Measure, budget: Budget) -> bool:
    """Whether the change of the whole is told by what each member has added to it."""
    about = material.about((measure.indicator, measure.breakdown, ""))
    said = choose(about, material.brief, budget).said if not measure.categories else ()
    return any(
        m.fact.kind == "driver" and getattr(m.fact, "identity_holds", False)
        and getattr(m.fact, "pattern", "") != "mostly_one"
        for m in said
    )  # fmt: skip


def _apart(told: Told) -> tuple[Told, Told]:
    """What is told of a breakdown as a whole, and what its change is made of: that comes after the
    figures of its members.
    """
    first, after = [], []
    for group in told.groups:
        drivers = tuple(m for m in group.messages if m.fact.kind == "driver")
        others = tuple(m for m in group.messages if m.fact.kind != "driver")
        first += [replace(group, messages=others)] if others else []
        after += [replace(group, messages=drivers)] if drivers else []
    return replace(told, groups=tuple(first)), Told(tuple(after))


def _tell_whole(
    material: Material,
    measure: Measure,
    budget: Budget,
    sets: Sequence[Sequence[Message]],
    spreads: Sequence[Message],
) -> Told:
    """What is said of the breakdown as a whole; nothing where only some members are asked for.

    Its range goes where the sets of messages about members state both its ends.
    """
    whole = (measure.indicator, measure.breakdown, "")
    about = [*material.about(whole), *spreads]
    if measure.categories:
        why = "only some members are asked for"
        return Told((), tuple(LeftOut(m.fact, m.rule.id, why) for m in about))
    declared = material.dataset.catalogue.breakdowns.get(measure.breakdown)
    named = {m.fact.category for messages in sets for m in messages}
    if declared is not None and declared.ends_of:
        named = set()
    repeats = [m for m in about if named and _ends_of(m.fact) <= named]
    choice = choose([m for m in about if m not in repeats], material.brief, budget)
    left = tuple(LeftOut(m.fact, m.rule.id, "the members' own figures are said") for m in repeats)
    return _as_group(whole, replace(choice, left=choice.left + left))


def _ends_of(fact: Fact) -> set[str]:
    """The members at both ends of a range; of another fact a name that no member has."""
    if fact.kind != "range":
        return {""}
    return {*getattr(fact, "lowest", ()), *getattr(fact, "highest", ())}


def _tell_members(
    material: Material, measure: Measure, members: Sequence[str], budget: Budget
) -> Told:
    told = NOTHING
    for member in members:
        series = (measure.indicator, measure.breakdown, member)
        choice = choose(material.about(series), material.brief, _half(budget))
        told += _as_group(series, choice)
    return told
