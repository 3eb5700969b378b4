"""Measures of a section, or members of one, without a figure: told together, after the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.plan.nouns import MessageGroup
from reporter.plan.told import Told

SEVERAL = 2
ENOUGH = 3
"""Of so many measures it is said shorter that none of them has a figure."""
MEMBERS = 3
"""So many members of a breakdown are told together; fewer stand with the others."""
REASONS = ("not_available", "not_applicable", "missing", "unreliable")


def together(tellings: Sequence[Told]) -> list[Told]:
    """`tellings` with the measures that have no figure for one period in one group, and so the
    members of a breakdown: the last.
    """
    lots: dict[tuple[str, ...], list[MessageGroup]] = {}
    for group in (group for told in tellings for group in told.groups if _is_missing(group)):
        fact = group.messages[0].fact
        of = (group.indicator, group.breakdown) if group.breakdown else ()
        lots.setdefault((fact.period, fact.period_type, *of), []).append(group)
    several = [
        lot for lot in lots.values() if len(lot) >= (MEMBERS if lot[0].breakdown else SEVERAL)
    ]
    if not several:
        return list(tellings)
    moved = [group for lot in several for group in lot]
    kept = [
        replace(told, groups=tuple(group for group in told.groups if group not in moved))
        for told in tellings
    ]
    return [*kept, Told(tuple(_one(lot, kept) for lot in several))]


def _is_missing(group: MessageGroup) -> bool:
    """Whether all that `group` says is that there is no figure."""
    first, *rest = group.messages
    note = first.rule.role == "note" and first.fact.kind == "caveat"
    lacking = first.fact.value is None and getattr(first.fact, "reason", "") in REASONS
    return not rest and note and lacking


def _one(lot: Sequence[MessageGroup], kept: Sequence[Told]) -> MessageGroup:
    """The measures of `lot` as one group; `every` where only older figures of them are told."""
    told = {group.indicator for each in kept for group in each.groups}
    codes = {group.indicator for group in lot}
    every = len(codes) >= ENOUGH and told == codes
    messages = tuple(group.messages[0] for group in lot)
    return replace(lot[0], category="", messages=messages, every=every)
