"""Charts to plans: those that the brief asks for, and one a section where the figures allow one.

A chart is planned from figures alone; its look and its words are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reporter.plan.breaks import is_broken
from reporter.plan.control import control
from reporter.plan.limits import Limited, funnel
from reporter.plan.lines import MAKERS, bars, course, filled, parted, side_by_side
from reporter.plan.material import Material, Series
from reporter.plan.nouns import BreakPlan, ChartPlan, LinePlan
from reporter.plan.series import History
from reporter.rules import Message
from reporter.sources import ChartBrief, Measure, Section

ENOUGH_POINTS = 4
"""A line of fewer points shows no course that the sentence does not."""
ENOUGH_BARS = 3
SPOKEN = 2
"""Messages that the alternative text of a chart states."""

Spoken = Mapping[Series, Sequence[Message]]
"""What the section's sentences say, by series: the alternative text keeps to the same."""


def chosen_chart(
    material: Material, history: History, section: Section, spoken: Spoken
) -> ChartPlan | None:
    """The chart that the product chooses for a section; None where no figures allow one."""
    totals = [measure for measure in section.measures if not measure.breakdown]
    by_weight = sorted(totals, key=lambda m: (not m.stress, -_weight(material, m)))
    for measure in by_weight:
        if material.indicator(measure.indicator).method == "spc":
            found = control(material, history, measure)
            if isinstance(found, Limited) and not found.trial:
                return _limited(material, history, "xmr", found, spoken)
        lines = course(material, history, measure, material.brief.comparators)
        if filled(lines[:1]) >= ENOUGH_POINTS:
            return _chart(material, history, *_line_or_columns(lines), spoken)
    for measure in section.measures:
        if measure.breakdown:
            lines = bars(material, history, measure)
            if len(lines) >= ENOUGH_BARS:
                return _chart(material, history, "bars", lines, spoken)
    for measure in by_weight:
        lines = side_by_side(material, measure, material.brief.comparators)
        if len(lines) >= ENOUGH_BARS:
            return _chart(material, history, "bars", lines, spoken)
    return None


def briefed_chart(
    material: Material, history: History, section: Section, wanted: ChartBrief, spoken: Spoken
) -> ChartPlan | str:
    """The chart that the brief asks for; or why the figures allow none."""
    measures = wanted.measures or section.measures[:1]
    comparators = wanted.comparators or material.brief.comparators
    if wanted.kind in ("xmr", "funnel"):
        if not measures or measures[0].breakdown or len(measures) > 1:
            return f"the {wanted.kind} chart shows one measure without a breakdown"
        if wanted.kind == "xmr":
            found = control(material, history, measures[0])
        else:
            found = funnel(material, history, measures[0], comparators)
        if isinstance(found, str):
            return found
        return _limited(material, history, wanted.kind, found, spoken, wanted.caption)
    lines = MAKERS[wanted.kind](material, history, measures, comparators)
    if not lines:
        return f"too few figures for the {wanted.kind} chart"
    kind: str = wanted.kind
    if kind == "line" and lines[0].role == "own":
        kind, lines = _line_or_columns(lines)
    return _chart(material, history, kind, lines, spoken, wanted.caption)


def _limited(
    material: Material,
    history: History,
    kind: str,
    found: Limited,
    spoken: Spoken,
    caption: str = "",
) -> ChartPlan:
    plan = _chart(material, history, kind, found.lines, spoken, caption)
    return replace(
        plan, verdict=found.verdict, rule=found.rule, cautions=found.cautions, rebased=found.rebased
    )


def _weight(material: Material, measure: Measure) -> float:
    about = material.about((measure.indicator, "", ""))
    return about[0].weight if about else 0.0


def _line_or_columns(lines: tuple[LinePlan, ...]) -> tuple[str, tuple[LinePlan, ...]]:
    """A line chart where most figures of the first line follow on one another; else a column a
    figure, of that line alone: a line through few and far figures would be a course made up.
    """
    points = lines[0].points
    pairs = pairwise(points)
    joined = sum(one.value is not None and two.value is not None for one, two in pairs)
    if 2 * joined >= filled(lines[:1]) - 1:
        return "line", lines
    known = tuple(point for point in points if point.value is not None)
    return "bars", (replace(lines[0], points=known),)


def _chart(
    material: Material,
    history: History,
    kind: str,
    lines: tuple[LinePlan, ...],
    spoken: Spoken,
    caption: str = "",
) -> ChartPlan:
    first = lines[0]
    unit = material.indicator(first.indicator)
    drawn = [(line.indicator, line.breakdown, line.category) for line in lines]
    whole = (first.indicator, first.breakdown, "")
    return ChartPlan(
        kind=kind,
        caption=caption,
        lines=parted(lines) if kind == "line" else lines,
        messages=_stated(material, (*dict.fromkeys([*drawn, whole]),), spoken),
        unit=unit.unit,
        decimals=unit.decimals,
        breaks=_breaks(history, lines),
    )


def _breaks(history: History, lines: Sequence[LinePlan]) -> tuple[BreakPlan, ...]:
    """What may not be compared of the figures of all `lines` over time, each told once."""
    found = [
        each
        for line in lines
        if len(line.points) > 1 and is_broken(line.points)
        for each in history.breaks(
            (line.indicator, line.breakdown, line.category),
            line.area,
            {point.period for point in line.points},
        )
    ]
    return tuple(dict.fromkeys(found))


def _stated(material: Material, series: Iterable[Series], spoken: Spoken) -> tuple[Message, ...]:
    """The heaviest messages about what is drawn: those that the section says before any other."""
    drawn = tuple(series)
    said = [message for one in drawn for message in spoken.get(one, ())]
    known = [message for one in drawn for message in material.about(one)]
    every = [m for m in (said or known) if m.rule.role not in ("prompt", "note")]
    usable = [m for m in every if m.fact.kind != "driver"] or every  # a make-up is long to hear
    ranked = sorted(usable, key=lambda m: (m.rule.role != "headline", -m.weight))
    return tuple(ranked[:SPOKEN])
