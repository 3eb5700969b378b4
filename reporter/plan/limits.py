"""Charts with limits of chance: control charts (XmR) of one series, funnels of one period's areas.

Limits and signals are the facts room's; here they become lines, clipped to what can be (STANDARDS
2.1.5). Where the figures do not allow such a chart, the reason comes back in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reporter.facts import (
    TRIAL_POINTS,
    UNSUITABLE,
    Z95,
    Z998,
    Limits,
    proportion_limits,
    proportion_places,
    rate_limits,
    rate_places,
    special_causes,
    xmr_limits,
)
from reporter.plan.lines import target_points
from reporter.plan.material import Material, Series
from reporter.plan.nouns import LinePlan, PointPlan
from reporter.plan.series import Counted, History
from reporter.sources import Indicator, Measure

ENOUGH_RUN = 5
"""The fewest points that limits, even trial limits, are drawn for: sources say five to thirty."""
ENOUGH_AREAS = 5
FUNNEL_STEPS = 40
"""Places at which the curved limits of a funnel are worked out."""
ROUNDED = 0.02
"""How far a figure may lie from its numerator by its denominator and still be rounding."""
Floats = NDArray[np.float64]
_Role = Literal["limit", "centre"]
_LEVELS = (("95", Z95), ("99.8", Z998))
_PLACES = ("", "far_")


@dataclass(frozen=True, slots=True)
class Limited:
    """The lines of a chart with limits, and what they allow to be said: see `ChartPlan`."""

    lines: tuple[LinePlan, ...]
    verdict: str
    trial: bool = False


def control(material: Material, history: History, measure: Measure) -> Limited | str:
    """The control chart of `measure`: its figures, their average and limits, signals marked.

    Limits stand over the latest unbroken run of figures only, as the verdicts of the facts do.
    """
    series = (measure.indicator, "", "")
    if history.now.get(series, ("", ""))[1] in UNSUITABLE:
        return "yearly, cumulative and rolling figures are not fit for control limits"
    points = history.points(series)
    first = history.run(series, points)
    run = points[first:]
    if len(run) < ENOUGH_RUN:
        return "too few figures without a gap or break for control limits"
    values = np.array([[point.value for point in run]], dtype=np.float64)
    limits = xmr_limits(values)
    rules, moves = special_causes(values, limits)
    indicator = material.indicator(measure.indicator)
    good = {"high_good": 1, "low_good": -1}.get(indicator.polarity, 0)
    signals = [_signal(rule, move * good) for rule, move in zip(rules[0], moves[0], strict=True)]
    marked = [
        replace(point, mark=" ".join(filter(None, (point.mark, signal))))
        for point, signal in zip(run, signals, strict=True)
    ]
    area = material.brief.area
    own = LinePlan(measure.indicator, area, "", "", "own", (*points[:first], *marked))
    lines = [own, *_flat(own, [point.period for point in run], limits, _range(indicator, values))]
    target = target_points(material, series, own.points)
    if target:
        lines.append(LinePlan(measure.indicator, area, "", "", "target", target))
    verdict = (signals[-1] or "common") if _judged(material, series) else ""
    return Limited(tuple(lines), verdict, trial=len(run) < TRIAL_POINTS)


def _flat(
    own: LinePlan, periods: Sequence[str], limits: Limits, within: tuple[float, float]
) -> list[LinePlan]:
    """The average and the two limits over `periods`, clipped to what can be."""
    lines = []
    flat: tuple[tuple[_Role, str, Floats], ...] = (
        ("centre", "", limits.mean), ("limit", "upper", limits.upper),
        ("limit", "lower", limits.lower),
    )  # fmt: skip
    for role, name, level in flat:
        value = float(np.clip(level[0], *within))
        points = tuple(PointPlan(period, value) for period in periods)
        lines.append(LinePlan(own.indicator, own.area, "", name, role, points))
    return lines


def _signal(rule: int, worth: int) -> str:
    if not rule:
        return ""
    return {1: "improvement", -1: "concern"}.get(int(worth), "signal")


def _judged(material: Material, series: Series) -> bool:
    """Whether the facts judge the latest move by its limits: only then may words do so."""
    return any(
        getattr(fact, "verdict", "") in ("common_cause", "special_cause")
        for fact in material.of_kind(series, "change")
    )


def _range(indicator: Indicator, values: Floats) -> tuple[float, float]:
    """What a figure can be: a percentage 0 to 100, all else not below zero unless it has been."""
    low = -np.inf if values.min() < 0 or indicator.unit == "money" else 0.0
    high = 100.0 if indicator.unit == "percent" and values.max() <= 100 else np.inf
    return low, high


def funnel(
    material: Material, history: History, measure: Measure, comparators: Sequence[str]
) -> Limited | str:
    """Areas over their denominators at the latest period that enough of them share, with limits."""
    series = (measure.indicator, "", "")
    indicator = material.indicator(measure.indicator)
    scale = {"percent": 100.0, "rate": float(indicator.per)}.get(indicator.unit, 0.0)
    if not scale:
        return "a funnel chart needs a percentage or a rate"
    found = _shared(material, history, series, comparators)
    if isinstance(found, str):
        return found
    period, held = found
    for area, counted in sorted(held.items()):
        if fault := _fault(counted, scale, indicator.unit):
            return f"the funnel chart needs sound counts of every area: {area} {fault}"
    own = material.brief.area
    events = np.array([counted.numerator for counted in held.values()], dtype=np.float64)
    of = np.array([counted.denominator for counted in held.values()], dtype=np.float64)
    baseline = float(events.sum() / of.sum())
    lines = [
        LinePlan(measure.indicator, area, "", "", "own" if area == own else "member",
                 (PointPlan(period, counted.value, counted.mark, counted.denominator),))
        for area, counted in held.items()
    ]  # fmt: skip
    lines += _curves(measure.indicator, own, period, baseline, of, scale)
    places = proportion_places if indicator.unit == "percent" else rate_places
    mine = list(held).index(own)
    place = int(places(events[mine], of[mine], baseline))
    side = "above" if events[mine] / of[mine] > baseline else "below"
    verdict = f"{_PLACES[place - 1]}{side}" if place else "within"
    return Limited(tuple(lines), verdict)


def _fault(counted: Counted, scale: float, unit: str) -> str:
    """What is wrong with an area's counts for a funnel; empty where nothing is."""
    value, events, of = counted.value, counted.numerator, counted.denominator
    if value is None or events is None or of is None or of <= 0:
        return "has no numerator or denominator"
    if events < 0 or (unit == "percent" and events > of):
        return "has a numerator that cannot be"
    if abs(events / of * scale - value) > ROUNDED * max(abs(value), 1.0):
        return "has a figure that is not its numerator by its denominator"
    return ""


def _shared(
    material: Material, history: History, series: Series, comparators: Sequence[str]
) -> tuple[str, dict[str, Counted]] | str:
    """The latest period with the area's figure and those of enough others, and all of them."""
    groups, areas = material.dataset.areas.peer_groups, material.dataset.areas.areas
    members = [area for name in comparators if name in groups for area in groups[name].members]
    members = members or [name for name, area in areas.items() if area.kind == "authority"]
    own = material.brief.area
    basis = history.basis(series)
    counts = {area: history.counts(series, area, basis) for area in dict.fromkeys([own, *members])}
    for period in reversed(counts[own]):
        held = {area: found[period] for area, found in counts.items() if period in found}
        if len(held) >= max(ENOUGH_AREAS, len(counts) / 2):
            return period, held
    return f"fewer than {ENOUGH_AREAS} areas have a figure for the same period"


def _curves(
    code: str, own: str, period: str, baseline: float, of: Floats, scale: float
) -> list[LinePlan]:
    """The average of the areas and the two pairs of limits, over all denominators there are."""
    spare = (of.max() - of.min()) * 0.05 or of.max() * 0.05
    across = np.linspace(max(of.min() - spare, of.min() / 2), of.max() + spare, FUNNEL_STEPS)
    limits = proportion_limits if scale == 100.0 else rate_limits
    flat = np.full(FUNNEL_STEPS, baseline * scale)
    curves: list[tuple[_Role, str, Floats]] = [("centre", "", flat)]
    for level, z in _LEVELS:
        lower, upper = limits(baseline, across, z)
        curves += [("limit", f"{level} upper", upper * scale),
                   ("limit", f"{level} lower", lower * scale)]  # fmt: skip
    return [
        LinePlan(code, own, "", name, role, tuple(
            PointPlan(period, float(value), of=float(n))
            for value, n in zip(values, across, strict=True)
        ))
        for role, name, values in curves
    ]  # fmt: skip
