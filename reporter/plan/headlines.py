"""The headline points of the whole paper: what a member who reads no further must know.

At most six, a measure once (STANDARDS 1.2.5): what is furthest from its target, what improved and
what worsened most, and the largest changes in what nobody judges; what the author stresses first.
"""

from __future__ import annotations

from collections.abc import Iterator

from reporter.facts import Fact
from reporter.plan.material import Material, Series, series_of
from reporter.plan.nouns import MessageGroup
from reporter.rules import Message
from reporter.sources import Measure, Section

MOST = 6
"""Points that a reader takes in at once."""
EACH = {"worse": 2, "better": 2, "not_judged": 1}
"""How many of the largest changes of each judgement."""
_LONG = ("same_period_last_year", "baseline", "year_end", "previous_period")
"""Bases of a change in the order in which a headline takes them: the longer view first."""


def headlines(material: Material, worst: Message | None) -> list[MessageGroup]:
    """The points as groups of one sentence each, beside the missed target (`worst`), if any."""
    named = [
        measure
        for section in material.brief.outline
        for measure in every_measure(section)
        if not measure.breakdown
    ]
    measures = {measure.indicator: measure for measure in named}
    # A table may name again, without stress, what its section stresses.
    stressed = {measure.indicator for measure in named if measure.stress}
    points: list[Message] = [worst] if worst is not None else []
    changes = [change for code in measures for change in _changes(material, (code, "", ""))]
    for judgement, most in EACH.items():
        told = {point.fact.indicator for point in points}
        found = [
            change
            for change in changes
            if change.fact.judgement == judgement and change.fact.indicator not in told
        ]
        found.sort(key=lambda m: (m.fact.indicator not in stressed, -_size(m.fact)))
        points += found[:most]
    return [
        MessageGroup(*series_of(point.fact), messages=(point,))
        for point in points[:MOST]
        if point is not worst
    ]


def every_measure(section: Section) -> Iterator[Measure]:
    """The measures of a section, of its tables and of the sections in it."""
    yield from section.measures
    yield from (measure for table in section.tables for measure in table.measures)
    for inner in section.sections:
        yield from every_measure(inner)


def _changes(material: Material, series: Series) -> list[Message]:
    """The material changes of the present figure that a headline would tell: one a judgement."""
    present = material.present(series)
    found = [
        message
        for message in material.about(series)
        if message.fact.kind == "change"
        and message.rule.role == "modifier"
        and getattr(message.fact, "material", False)
        and getattr(message.fact, "base_label", "") in _LONG
        and present is not None
        and (message.fact.period, message.fact.period_type) == (present.period, present.period_type)
    ]
    found.sort(key=lambda message: _LONG.index(getattr(message.fact, "base_label", "")))
    return list({message.fact.judgement: message for message in reversed(found)}.values())


def _size(fact: Fact) -> float:
    """How large a change is in proportion to where it started; 0 where a figure below zero, such as
    a progress score, has no proportion.
    """
    if not fact.base_value or min(fact.base_value, fact.value or 0.0) < 0:
        return 0.0
    return abs((fact.result or 0.0) / fact.base_value)
