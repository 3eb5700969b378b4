"""The lines of each kind of chart: which series, over which periods, in which role.

Out come lines of figures, gaps and targets; empty where the figures allow none. Which chart a
section gets, and what it says, is chosen elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from reporter.facts import Fact
from reporter.plan.breaks import BREAK
from reporter.plan.figures import Basis
from reporter.plan.material import Material, Series
from reporter.plan.nouns import LinePlan, LineRole, PointPlan
from reporter.plan.series import History
from reporter.plan.tables import series_in
from reporter.sources import Measure, parse_period

YEAR_OF_MONTHS = 13
"""Points of a composition at most: the last twelve months and the same month a year before."""


def parted(lines: Sequence[LinePlan]) -> tuple[LinePlan, ...]:
    """`lines` from their latest break on, and after all of them what they were before it, stretch
    by stretch: no line leads over a break.
    """
    latest: list[LinePlan] = []
    earlier: list[LinePlan] = []
    for line in lines:
        starts = [i for i, point in enumerate(line.points) if i and BREAK in point.mark.split()]
        for first, end in pairwise([0, *starts]):
            stretch = replace(line, points=line.points[first:end], until=line.points[end].period)
            earlier += [stretch] if filled([stretch]) else []
        latest.append(replace(line, points=line.points[max([0, *starts]) :]))
    return (*latest, *earlier)


def filled(lines: Sequence[LinePlan]) -> int:
    """How many figures `lines` hold; gaps do not count."""
    return sum(point.value is not None for line in lines for point in line.points)


def course(
    material: Material, history: History, measure: Measure, comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """The area's own line, its comparators' of the same basis, and the target if there is one."""
    series = (measure.indicator, "", "")
    basis = history.basis(series)
    own = LinePlan(measure.indicator, material.brief.area, "", "", "own", history.points(series))
    others = [
        LinePlan(
            measure.indicator, name, "", "", "comparator",
            _others_points(material, history, series, name, basis),
        )
        for name in comparators
        if name != material.brief.area
    ]  # fmt: skip
    lines = [own, *(line for line in others if filled([line]) > 1)]
    target = target_points(material, series, own.points)
    if target:
        lines.append(LinePlan(measure.indicator, material.brief.area, "", "", "target", target))
    return tuple(lines)


def _others_points(
    material: Material, history: History, series: Series, name: str, basis: Basis
) -> tuple[PointPlan, ...]:
    """A comparator's own figures; for similar authorities that have none, those worked out here."""
    points = history.points(series, name, basis)
    group = material.dataset.areas.peer_groups.get(name)
    if group is None or group.of != material.brief.area or any(p.value is not None for p in points):
        return points
    members = sorted({member for member in group.members if member != group.of})
    return history.middle(series, members, basis, group.statistic == "median")


def target_points(
    material: Material, series: Series, points: Sequence[PointPlan]
) -> tuple[PointPlan, ...]:
    """The target in force in each period of `points`; empty where none was."""
    targets = material.dataset.targets
    if targets.empty:
        return ()
    about = targets[
        (targets["indicator"] == series[0])
        & (targets["breakdown"] == series[1])
        & (targets["category"] == series[2])
        & (targets["area"].isin(["", material.brief.area]))
    ].to_dict("records")
    if not about:
        return ()
    held = tuple(PointPlan(point.period, _target_at(about, point.period)) for point in points)
    return held if any(point.value is not None for point in held) else ()


def _target_at(targets: Sequence[Mapping[Hashable, Any]], period: str) -> float | None:
    end = pd.Timestamp(parse_period(period).end)
    for row in targets:
        after = pd.isna(row["start"]) or row["start"] <= end
        before = pd.isna(row["end"]) or end <= row["end"]
        value = row["upper"] if pd.isna(row["target"]) else row["target"]
        if after and before and not pd.isna(value):
            return float(value)
    return None


def bars(material: Material, history: History, measure: Measure) -> tuple[LinePlan, ...]:
    """A bar a member at the report's period: members without a figure then are gaps, not zeros."""
    lines = []
    for series in series_in(material, measure):
        points = history.points(series)
        now = history.now.get(series)
        last = [point for point in points if now is None or point.period == now[0]][-1:]
        if last:
            lines.append(
                LinePlan(series[0], material.brief.area, *series[1:], "member", tuple(last))
            )
    present = {line.points[0].period for line in lines}
    latest = max(present, default="")
    return tuple(line for line in lines if line.points[0].period == latest)


def side_by_side(
    material: Material, measure: Measure, comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """The area's own figure and each comparator's, as the facts hold them against each other."""
    series = (measure.indicator, "", "")
    held: dict[str, Fact] = {}
    for fact in material.of_kind(series, "comparator"):
        held.setdefault(fact.comparator, fact)
    order = [name for name in comparators if name in held]
    if not order:
        return ()
    own = held[order[0]]
    lines = [_bar(measure.indicator, own.area, "own", own.period, own.value)]
    for name in order:
        fact = held[name]
        if (fact.period, fact.period_type) == (own.period, own.period_type):
            period = fact.comparator_period or fact.period
            lines.append(_bar(measure.indicator, name, "comparator", period, fact.comparator_value))
    return tuple(lines)


def _bar(indicator: str, area: str, role: LineRole, period: str, value: float | None) -> LinePlan:
    return LinePlan(indicator, area, "", "", role, (PointPlan(period, value),))


Maker = Callable[[Material, History, Sequence[Measure], Sequence[str]], tuple[LinePlan, ...]]


def _make_line(
    material: Material, history: History, measures: Sequence[Measure], comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """One measure with its comparators and target, or several measures or members."""
    if len(measures) == 1 and not measures[0].breakdown:
        lines = course(material, history, measures[0], comparators)
        return lines if filled(lines[:1]) > 1 else ()
    area = material.brief.area
    lines = tuple(
        LinePlan(series[0], area, *series[1:], "member", history.points(series))
        for measure in measures
        for series in series_in(material, measure)
    )
    return tuple(line for line in lines if filled([line]) > 1)


def _make_composition(
    material: Material, history: History, measures: Sequence[Measure], comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """The parts of a whole over time, a year and its base at most."""
    area = material.brief.area
    lines = [
        LinePlan(series[0], area, *series[1:], "member", history.points(series)[-YEAR_OF_MONTHS:])
        for measure in measures
        for series in series_in(material, measure)
    ]
    return tuple(line for line in lines if filled([line]))


def _make_peers(
    material: Material, history: History, measures: Sequence[Measure], comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """The area among its peers at one period: each peer's own figure, else the published ones."""
    code = measures[0].indicator
    series = (code, "", "")
    groups = material.dataset.areas.peer_groups
    members = [area for name in comparators if name in groups for area in groups[name].members]
    points = [point for point in history.points(series) if point.value is not None]
    if not points or not members:
        return side_by_side(material, measures[0], comparators)
    areas = dict.fromkeys([material.brief.area, *members])
    basis = history.basis(series)
    held = {
        area: {point.period: point.value for point in history.points(series, area, basis)}
        for area in areas
    }
    period = max(
        (point.period for point in points),
        key=lambda key: (sum(key in found for found in held.values()) > 1, _end(key)),
    )
    return tuple(
        _bar(code, area, "own" if area == material.brief.area else "member", period,
             found.get(period))
        for area, found in held.items()
    )  # fmt: skip


def _end(key: str) -> int:
    return parse_period(key).end.toordinal()


def _make_bars(
    material: Material, history: History, measures: Sequence[Measure], comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """Members of a breakdown, own value against comparators, or several measures."""
    if len(measures) == 1 and not measures[0].breakdown:
        return side_by_side(material, measures[0], comparators)
    return tuple(line for measure in measures for line in bars(material, history, measure))


def _make_flows(
    material: Material, history: History, measures: Sequence[Measure], comparators: Sequence[str]
) -> tuple[LinePlan, ...]:
    """The stock's starts and ends, line by line."""
    flows = material.indicator(measures[0].indicator).flows if measures else None
    if flows is None:
        return ()
    area = material.brief.area
    pair = [
        LinePlan(code, area, "", "", "member", history.points((code, "", "")))
        for code in (flows.starts, flows.ends)
    ]
    return tuple(pair) if all(filled([line]) > 1 for line in pair) else ()


MAKERS: Mapping[str, Maker] = {
    "line": _make_line,
    "bars": _make_bars,
    "peers": _make_peers,
    "composition": _make_composition,
    "range": _make_bars,
    "flows": _make_flows,
}
