"""Control charts (XmR, or p' where denominators differ) of one series: average, limits, signals.

Limits and signals are the facts room's; here they become lines, clipped to what can be (STANDARDS
2.1.5). A stretch begins where a gap or break ends, or where the catalogue declares that the process
changed, never of itself (2.4). Where the figures do not allow a control chart, the reason comes
back in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reporter.facts import (
    TRIAL_POINTS,
    UNSUITABLE,
    Limits,
    laney_limits,
    special_causes,
    xmr_limits,
)
from reporter.plan.limits import Limited, fault_of
from reporter.plan.lines import target_points
from reporter.plan.material import Material, Series
from reporter.plan.nouns import Caution, LinePlan, PointPlan, RebasePlan
from reporter.plan.series import Counted, History
from reporter.sources import Indicator, Measure, Rebase, parse_period

ENOUGH_RUN = 5
"""The fewest points that limits, even trial limits, are drawn for: sources say five to thirty."""
SETTLED_POINTS = 20
"""Limits on fewer points may still move (STANDARDS 2.3.1)."""
MOST_SPREAD = 2.0
"""How far denominators of percentages may differ, the largest by the smallest (2.3.3)."""
RARE = 5.0
"""Fewer events a period than these, on average, and one more or less is the whole move."""
Floats = NDArray[np.float64]
_Role = Literal["limit", "centre"]
Points = tuple[PointPlan, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A stretch of one process: its points with their signals marked, limits and rules."""

    points: Points
    limits: Limits | None = None
    rule: int = 0
    signal: str = ""


def control(material: Material, history: History, measure: Measure) -> Limited | str:
    """The control chart of `measure`: its figures, their average and limits, signals marked.

    Limits stand over the latest unbroken run of figures only, as the verdicts of the facts do.
    """
    series = (measure.indicator, "", "")
    indicator = material.indicator(measure.indicator)
    kind = history.now.get(series, ("", ""))[1]
    if kind in UNSUITABLE:
        return "yearly, cumulative and rolling figures are not fit for control limits"
    points = history.points(series)
    first = history.run(points)
    counts = history.counts(series, material.brief.area, history.basis(series))
    rebased = tuple(_rebases(points[first:], indicator.rebased, kind))
    runs = _cut(points[first:], rebased)
    uneven = any(_uneven(_held(run, counts), indicator) for run in runs)
    for one in _held(points[first:], counts) if uneven else ():
        if fault := fault_of(one, 100.0, "percent"):
            return f"its denominators differ more than twofold, and one of its figures {fault}"
    stretches = [_judge(run, _held(run, counts) if uneven else (), indicator) for run in runs]
    if not any(stretch.limits for stretch in stretches):
        return "too few figures without a gap or break for control limits"
    last = stretches[-1]
    area = material.brief.area
    marked = tuple(point for stretch in stretches for point in stretch.points)
    own = LinePlan(measure.indicator, area, "", "", "own", (*points[:first], *marked))
    lines = [own, *_levels(own, stretches, rebased, indicator)]
    if target := target_points(material, series, own.points):
        lines.append(LinePlan(measure.indicator, area, "", "", "target", target))
    held = _held(last.points, counts)
    cautions = (*(("uneven",) if uneven else ()), *_cautions(last.points, held, indicator, kind))
    verdict = (last.signal or "common") if _is_judged(material, series) else ""
    return Limited(
        tuple(lines),
        "" if "trial" in cautions else verdict,
        0 if "trial" in cautions else last.rule,
        cautions,
        rebased,
    )


def _rebases(run: Points, declared: Sequence[Rebase], kind: str) -> Iterator[RebasePlan]:
    """The declared changes that fall within `run`, each with the first period after it."""
    for change in declared:
        after = [_begins(point.period, kind) >= change.since for point in run]
        if any(after) and not all(after):
            yield RebasePlan(run[after.index(True)].period, change)


def _begins(key: str, kind: str) -> date:
    """The day from which a figure tells of a process: a count at a date tells of that date."""
    period = parse_period(key)
    return period.end if kind == "snapshot" else period.start


def _cut(run: Points, rebased: Sequence[RebasePlan]) -> list[Points]:
    """`run` in stretches, the later ones beginning with the periods of `rebased`."""
    keys = [point.period for point in run]
    starts = sorted({0, *(keys.index(each.period) for each in rebased)})
    return [run[a:b] for a, b in zip(starts, [*starts[1:], len(run)], strict=True)]


def _held(run: Points, counts: Mapping[str, Counted]) -> list[Counted]:
    return [counts[point.period] for point in run if point.period in counts]


def _judge(run: Points, uneven: Sequence[Counted], indicator: Indicator) -> _Judged:
    """The limits and signals of `run`; point by point for counts that are `uneven`."""
    if len(run) < ENOUGH_RUN:
        return _Judged(run)
    values = np.array([[point.value for point in run]], dtype=np.float64)
    limits = xmr_limits(values)
    if uneven:
        limits = laney_limits(
            np.array([one.numerator for one in uneven], dtype=np.float64),
            np.array([one.denominator for one in uneven], dtype=np.float64),
        )
    rules, moves = special_causes(values, limits)
    good = {"high_good": 1, "low_good": -1}.get(indicator.polarity, 0)
    signals = [_signal(rule, move * good) for rule, move in zip(rules[0], moves[0], strict=True)]
    marked = tuple(
        point._replace(mark=" ".join(filter(None, (point.mark, signal))))
        for point, signal in zip(run, signals, strict=True)
    )
    return _Judged(marked, limits, int(rules[0][-1]), signals[-1])


def _signal(rule: int, worth: int) -> str:
    if not rule:
        return ""
    return {1: "improvement", -1: "concern"}.get(int(worth), "signal")


def _levels(
    own: LinePlan, stretches: Sequence[_Judged], rebased: Sequence[RebasePlan], indicator: Indicator
) -> Iterator[LinePlan]:
    """The average and the two limits over each stretch, clipped to what can be; the latest last."""
    values = np.array([p.value for p in own.points if p.value is not None], dtype=np.float64)
    within = _range(indicator, values)
    ends = [each.period for each in rebased]
    for stretch, until in zip(stretches, [*ends, ""], strict=True):
        if stretch.limits is None:
            continue
        flat: tuple[tuple[_Role, str, Floats], ...] = (
            ("centre", "", stretch.limits.mean), ("limit", "upper", stretch.limits.upper),
            ("limit", "lower", stretch.limits.lower),
        )  # fmt: skip
        for role, name, level in flat:
            clipped = np.broadcast_to(np.clip(level[0], *within), len(stretch.points)).tolist()
            pairs = zip(stretch.points, clipped, strict=True)
            points = tuple(PointPlan(point.period, value) for point, value in pairs)
            yield LinePlan(own.indicator, own.area, "", name, role, points, until)


def _range(indicator: Indicator, values: Floats) -> tuple[float, float]:
    """What a figure can be: a percentage 0 to 100, all else not below zero unless it has been."""
    low = -np.inf if values.min() < 0 or indicator.unit == "money" else 0.0
    high = 100.0 if indicator.unit == "percent" and values.max() <= 100 else np.inf
    return low, high


def _is_judged(material: Material, series: Series) -> bool:
    """Whether the facts judge the latest move by its limits: only then may words do so."""
    return any(
        getattr(fact, "verdict", "") in ("common_cause", "special_cause")
        for fact in material.of_kind(series, "change")
    )


def _uneven(held: Sequence[Counted], indicator: Indicator) -> bool:
    """Whether the denominators of percentages differ more than one pair of limits allows."""
    known = [one.denominator for one in held if one.denominator and one.denominator > 0]
    return indicator.unit == "percent" and bool(known) and max(known) > MOST_SPREAD * min(known)


def _cautions(
    run: Points, held: Sequence[Counted], indicator: Indicator, kind: str
) -> Iterator[Caution]:
    if len(run) < TRIAL_POINTS:
        yield "trial"
    elif len(run) < SETTLED_POINTS:
        yield "few"
    if kind == "snapshot":
        yield "stock"
    events = [
        size
        for one in held
        if (size := one.value if indicator.unit == "count" else one.numerator) is not None
    ]
    if events and sum(events) / len(events) < RARE:
        yield "rare"
