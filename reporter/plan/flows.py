"""Starts and ends of one stock: told together where a section tells both of one period.

Where it tells only one of them, the other is a phrase beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.facts import Fact
from reporter.plan.choose import budget_of, choose
from reporter.plan.material import Material, Series
from reporter.plan.nouns import LeftOut, MessageGroup
from reporter.plan.told import Told
from reporter.rules import Message
from reporter.sources import Section


def with_flows(material: Material, section: Section) -> tuple[Material, tuple[LeftOut, ...]]:
    """`material` with the starts and ends of a stock either told together or apart, and the rest.

    Neither is said where the stock's own make-up gives the same two figures.
    """
    totals = {measure.indicator for measure in section.measures if not measure.breakdown}
    together = set() if section.buckets else totals
    messages = dict(material.messages)
    left: list[LeftOut] = []
    for code in totals:
        series = (code, "", "")
        spare = [m for m in material.about(series) if _spare(material, m, together)]
        left += [LeftOut(m.fact, m.rule.id, "starts and ends are told otherwise") for m in spare]
        if spare:
            messages[series] = tuple(m for m in material.about(series) if m not in spare)
    return replace(material, messages=messages), tuple(left)


def _spare(material: Material, message: Message, totals: set[str]) -> bool:
    """Whether a message about starts and ends is not for this section to tell."""
    fact = message.fact
    if not _of_flows(fact):
        return False
    if _made_up(material, fact):
        return True
    codes = fact.indicator, str(getattr(fact, "other", ""))
    present = [material.present((code, "", "")) for code in codes]
    told = tuple(level and level.value for level in present) == _figures(fact)
    together = told and totals.issuperset(codes)
    return together != (message.rule.role == "sentence")


def _of_flows(fact: Fact) -> bool:
    return fact.kind == "relation" and bool(getattr(fact, "stock", ""))


def _figures(fact: Fact) -> tuple[float | None, float | None]:
    """How many started and how many ended."""
    return fact.value, getattr(fact, "other_value", None)


def _made_up(material: Material, fact: Fact) -> bool:
    """Whether the make-up of the stock, which is told, gives the figures of `fact`."""
    series: Series = (str(getattr(fact, "stock", "")), "", "")
    told = choose(material.about(series), material.brief, budget_of(material.brief, stress=False))
    return any(
        tuple(abs(part.contribution) for part in getattr(message.fact, "parts", ()))
        == _figures(fact)
        for message in told.said
        if message.fact.kind == "driver"
    )


def joined(tellings: Sequence[Told]) -> list[Told]:
    """`tellings` with the ends in one group with the starts, where they are told together."""
    result = list(tellings)
    for place, told in enumerate(tellings):
        for group in told.groups:
            lead = next((m for m in group.messages if _leads(m)), None)
            if lead is None:
                continue
            code = str(getattr(lead.fact, "other", ""))
            at = next((n for n, each in enumerate(result) if _tells(each, code)), None)
            if at is not None:
                ends = next(g for g in result[at].groups if _about(g, code))
                rest = [m for m in group.messages if m is not lead]
                both = replace(group, messages=(lead, *rest, *ends.messages))
                result[place] = _with(result[place], group, both)
                result[at] = _with(result[at], ends, None)
    return result


def _leads(message: Message) -> bool:
    return _of_flows(message.fact) and message.rule.role == "sentence"


def _about(group: MessageGroup, code: str) -> bool:
    return (group.indicator, group.breakdown) == (code, "")


def _tells(told: Told, code: str) -> bool:
    return any(_about(group, code) for group in told.groups)


def _with(told: Told, old: MessageGroup, new: MessageGroup | None) -> Told:
    """`told` with `new` in the place of `old`."""
    groups = [new if group is old else group for group in told.groups]
    return replace(told, groups=tuple(group for group in groups if group is not None))
