"""Funnels: the areas of one period over their denominators, between limits of chance.

Limits are the facts room's; here they become lines. Where the figures do not allow such a chart,
the reason comes back in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reporter.facts import (
    Z95,
    Z998,
    proportion_limits,
    proportion_places,
    rate_limits,
    rate_places,
)
from reporter.plan.material import Material, Series
from reporter.plan.nouns import Caution, LinePlan, PointPlan, RebasePlan
from reporter.plan.series import Counted, History
from reporter.sources import Measure

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
    rule: int = 0
    cautions: tuple[Caution, ...] = ()
    rebased: tuple[RebasePlan, ...] = ()

    @property
    def trial(self) -> bool:
        """Whether its limits rest on too few points to be judged by."""
        return "trial" in self.cautions


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
        if fault := fault_of(counted, scale, indicator.unit):
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


def fault_of(counted: Counted, scale: float, unit: str) -> str:
    """What is wrong with the counts behind a figure, for limits; empty where nothing is."""
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
