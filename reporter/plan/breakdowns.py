"""A measure by its breakdown: what holds of the whole, then its members side by side or each alone.

Four or more members of which a rate moved the same way are told by their spread and that movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.facts import Fact
from reporter.plan.choose import Budget, budget_of, choose
from reporter.plan.material import Material, heaviest_first, series_of
from reporter.plan.members import alike, standouts
from reporter.plan.nouns import LeftOut, MessageGroup
from reporter.plan.told import NOTHING, Told, as_group, half
from reporter.rules import Message
from reporter.sources import Measure

_PARALLEL = {"brief": 1, "standard": 1, "full": 2}
"""How many sets of like messages about a breakdown's members are said."""
_STANDOUTS = {"brief": 0, "standard": 1, "full": 2}
"""How many members that stand out are spoken of alone, beyond what is said of all."""

_FIGURES = ("level", "share", "caveat")
"""Kinds that give a member's figure and not how it moved."""
_AFTER = ("driver", "gap")
"""Kinds that follow the members' figures."""
_SPREADS = ("range", "average")
"""Kinds that tell both ends of a figure that is stated as a range."""


def tell_breakdown(material: Material, measure: Measure) -> Told:
    """The breakdown as a whole, then its members: side by side if alike, else one group each."""
    whole = (measure.indicator, measure.breakdown, "")
    budget = budget_of(material.brief, measure.stress)
    members = material.members(measure)
    about = [
        message
        for member in members
        for message in material.about((measure.indicator, measure.breakdown, member))
    ]
    spreads = [m for m in about if m.fact.kind == "range" or _moving_gap(m.fact)]
    about = [m for m in about if m not in spreads]
    parted = _parted(material, measure, budget)
    figures = [m for m in about if not parted or m.fact.kind in _FIGURES]
    sets = alike(figures)[: _PARALLEL[material.brief.length] + measure.stress]
    spread = _spread(material, measure, sets)
    if spread:
        why = "told by the spread of the members and how they all moved"
        prompts = tuple(m for m in about if m.rule.role == "prompt")
        rest = [m for m in (*about, *material.about(whole)) if m not in spread]
        left = tuple(LeftOut(m.fact, m.rule.id, why) for m in rest if m not in prompts)
        return Told((MessageGroup(*whole, messages=spread),), left, heaviest_first(prompts))
    told = _tell_whole(material, measure, budget, sets, spreads)
    declared = material.dataset.catalogue.breakdowns.get(measure.breakdown)
    ends = any(m.fact.kind in _SPREADS for group in told.groups for m in group.messages)
    if ends and declared and declared.ends_of:
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


def _moving_gap(fact: Fact) -> bool:
    """Whether `fact` is a gap that has widened or narrowed: of others the figures tell enough."""
    return getattr(fact, "movement", "") in ("widening", "narrowing")


def _spread(
    material: Material, measure: Measure, sets: Sequence[Sequence[Message]]
) -> tuple[Message, ...]:
    """The range over all members and the changes of each, where all moved the same way since the
    same time; nothing where they did not, or where a full paper lists them.
    """
    if measure.categories or material.brief.length == "full" or not sets:
        return ()
    whole = (measure.indicator, measure.breakdown, "")
    ranges = [m for m in material.about(whole) if m.fact.kind == "range"]
    ways = {(m.fact.direction, m.fact.base_period) for m in sets[0] if m.fact.kind == "change"}
    if not ranges or len(ways) != 1 or next(iter(ways))[0] not in ("up", "down"):
        return ()
    every = {m.fact.category for m in sets[0] if m.fact.kind == "change"}
    told = len(every) == getattr(ranges[0].fact, "units", 0)
    return (ranges[0], *(m for m in sets[0] if m.fact.kind == "change")) if told else ()


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
    """What is told of a breakdown as a whole; and what its change is made of, and the gap between
    two members, which come after the members' figures.
    """
    first, after = [], []
    for group in told.groups:
        drivers = tuple(m for m in group.messages if m.fact.kind in _AFTER)
        others = tuple(m for m in group.messages if m.fact.kind not in _AFTER)
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
    return as_group(whole, replace(choice, left=choice.left + left))


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
        choice = choose(material.about(series), material.brief, half(budget))
        told += as_group(series, choice)
    return told
