"""Streak: what the run of figures up to the present does.

rising, falling: every step of one sign (1.8.4), `length` the number of steps. stable: the largest
and smallest within tolerance of one another; fluctuating: at least two reversals and no trend;
back_at: the figure shown now was last shown some points ago, with others in between. `length` is
then the number of points. seasonal: the movement since the period before is that of this time of
year in each of `length` years. A streak never crosses a break, a missing figure or a period
left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reporter.facts.columns import Words, direction_words, judgement_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.intervals import rate_interval, wilson
from reporter.facts.measures import difference, result_units, within_tolerance
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.runs import back, latest_causes, spc_runs
from reporter.facts.table import Table, make_table, named_period
from reporter.facts.trend import recent_trend

OVERLAPPING = ("rolling_6m", "rolling_12m", "ytd")
"""Period types whose neighbours share most of their data: their steps make no run (1.10.4)."""
STEADY_TYPES = ("month", "quarter")
"""Period types in which a time of year shows."""


def streaks(panel: Panel) -> list[Table]:
    """A table a pattern; the runs of met and missed targets are in `target_streaks`."""
    at = panel.current
    first = panel.run_start[at]
    steps = _steps(panel, at, first)
    calm = _stable_since(panel, at, first)
    return [
        *_steady(panel, at, steps),
        _stable(panel, at, calm),
        _fluctuating(panel, at, first, calm),
        _back_at(panel, at, first),
        _seasonal(panel, at),
    ]


def _types(panel: Panel, at: Ints) -> NDArray[np.str_]:
    return np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]


def _steps(panel: Panel, at: Ints, first: Ints) -> Ints:
    """How many steps in a row up to each point are of one sign; negative where they fall."""
    shown = panel.shown
    earlier = np.maximum(panel.every() - 1, 0)
    sign = np.where(panel.joined, np.sign(difference(shown, shown[earlier])), 0).astype(np.int64)
    fresh = np.r_[True, sign[1:] != sign[:-1]][: len(sign)] | (sign == 0)
    starts = np.maximum.accumulate(np.where(fresh, panel.every(), 0))
    return (sign * (panel.every() - starts + 1))[at]


def _steady(panel: Panel, at: Ints, steps: Ints) -> list[Table]:
    tables = []
    for sign, pattern in ((1, "rising"), (-1, "falling")):
        held = steps * sign >= panel.thresholds["streak_steps"]
        held &= ~np.isin(_types(panel, at), OVERLAPPING)
        own, length = at[held], np.abs(steps[held])
        tables.append(_table(panel, pattern, own, own - length, length, own - length))
    return tables


def _stable_since(panel: Panel, at: Ints, first: Ints) -> Ints:
    """The first point of the longest run up to each within tolerance; the point itself if none."""
    low, high, start = panel.value_at(at), panel.value_at(at), at.copy()
    units = panel.units(at)
    open_ = np.ones(len(at), bool)
    for steps in range(1, panel.thresholds.whole("stable_points_most")):
        earlier = back(panel, at, first, steps)
        value = panel.value_at(earlier)
        lower, higher = np.fmin(low, value), np.fmax(high, value)
        open_ &= (earlier >= 0) & within_tolerance(panel, units, higher, lower)
        if not open_.any():
            break
        low, high = np.where(open_, lower, low), np.where(open_, higher, high)
        start = np.where(open_, earlier, start)
    return start


def _stable(panel: Panel, at: Ints, since: Ints) -> Table:
    length = at - since + 1
    held = (length >= panel.thresholds["stable_points"]) & ~_signals(panel, at)
    return _table(panel, "stable", at[held], since[held], length[held], since[held])


def _signals(panel: Panel, at: Ints) -> Bools:
    """Whether a special cause marks the present figure, where XmR is declared."""
    able, first = spc_runs(panel, at)
    chosen = np.flatnonzero(able)
    found = np.zeros(len(at), bool)
    if len(chosen):
        found[chosen] = latest_causes(panel, at[chosen], first[chosen])[0] > 0
    return found


def _fluctuating(panel: Panel, at: Ints, first: Ints, calm: Ints) -> Table:
    """At least two reversals among the last points, no trend, and no long enough stable run."""
    points = panel.thresholds.whole("fluctuating_points")
    long = at - first + 1 >= points
    stable = at - calm + 1 >= panel.thresholds["stable_points"]
    reversals = np.zeros(len(at), np.int64)
    last = np.zeros(len(at))
    for steps in range(points - 1):
        later, earlier = back(panel, at, first, steps), back(panel, at, first, steps + 1)
        move = np.nan_to_num(np.sign(difference(panel.shown_at(later), panel.shown_at(earlier))))
        reversals += move * last < 0
        last = np.where(move != 0, move, last)
    enough = reversals >= panel.thresholds["fluctuating_reversals"]
    held = long & ~stable & enough & ~np.isin(trends(panel, at), (1, -1))
    start = at[held] - points + 1
    return _table(panel, "fluctuating", at[held], start, np.full(len(start), points), start)


def _back_at(panel: Panel, at: Ints, first: Ints) -> Table:
    """Points whose figure as shown was last shown at least `back_at_points` points ago."""
    least = panel.thresholds.whole("back_at_points")
    found = np.full(len(at), NONE, np.int64)
    away = np.zeros(len(at), bool)
    units = panel.units(at)
    for steps in range(1, panel.thresholds.whole("lookback_points")):
        earlier = back(panel, at, first, steps)
        same = panel.shown_at(earlier) == panel.shown_at(at)
        found = np.where((found < 0) & same & away & (steps >= least), earlier, found)
        near = within_tolerance(panel, units, panel.value_at(earlier), panel.value_at(at))
        away = (away | ((earlier >= 0) & ~near)) & ~(same & (found < 0))
    held = found >= 0
    own, then = at[held], found[held]
    return _table(panel, "back_at", own, then, own - then + 1, then)


def _seasonal(panel: Panel, at: Ints) -> Table:
    """The same sign of step at this time of year, in the present and each of the years before."""
    wanted = panel.thresholds.whole("seasonal_years")
    types = _types(panel, at)
    year, sign, length = at.copy(), np.zeros(len(at)), np.zeros(len(at), np.int64)
    open_ = np.isin(types, STEADY_TYPES)
    base = at.copy()
    for _ in range(wanted + 7):
        known = (year >= 0) & panel.joined[np.maximum(year, 0)]
        step = np.sign(difference(panel.shown_at(year), panel.shown_at(panel.before_or_none(year))))
        step = np.where(known, np.nan_to_num(step), 0)
        sign = np.where(length == 0, step, sign)
        open_ &= (step != 0) & (step == sign)
        length += open_
        base = np.where(open_, year, base)
        year = np.where(open_, panel.year_before(np.maximum(year, 0)), NONE)
    held = length >= wanted
    own = at[held]
    return _table(panel, "seasonal", own, base[held] - 1, length[held], panel.before(own))


def trends(panel: Panel, at: Ints) -> Ints:
    """The recent trend of single-year percentages and rates with counts: 1, -1, 0; -2 unknown.

    The five latest figures of a series without a break; refused where one has a numerator equal to
    its denominator (2.8.6).
    """
    points = panel.thresholds.whole("trend_points")
    types = _types(panel, at)
    places = at[:, None] - np.arange(points - 1, -1, -1)[None, :]
    inside = places[:, 0] >= panel.first_of_segment(at)
    safe = np.maximum(places, 0)
    x, n = panel.points.numerator[safe], panel.points.denominator[safe]
    sound = inside & (types == "year") & ((x >= 0) & (n > 0) & (x < n)).all(axis=1)
    found = np.where(np.isin(panel.units(at), ("percent", "rate")), 0, -2)
    rows = np.flatnonzero(sound & (found == 0))
    found[~sound] = -2
    if len(rows):
        percent = (panel.units(at[rows]) == "percent")[:, None]
        per = panel.per(at[rows])[:, None]
        low, high = (
            np.where(percent, 100 * share, rate)
            for share, rate in zip(
                wilson(x[rows], n[rows]), rate_interval(x[rows], n[rows], per), strict=True
            )
        )
        critical = panel.thresholds["trend_chi_square"]
        found[rows] = recent_trend(panel.points.value[safe[rows]], low, high, critical)[0]
    return found


def trend_words(found: Ints) -> Words:
    """The recent trend in a word."""
    return words(
        len(found), "none",
        (found == 1, "increasing"), (found == -1, "decreasing"), (found == -2, "unknown"),
    )  # fmt: skip


def extent(panel: Panel, first: Ints, at: Ints) -> tuple[Floats, Floats]:
    """The smallest and largest value of each run."""
    if not len(at):
        return np.zeros(0), np.zeros(0)
    edges = np.column_stack([first, at + 1]).ravel()
    padded = np.r_[panel.points.value, np.nan]
    low, high = (method.reduceat(padded, edges)[::2] for method in (np.fmin, np.fmax))
    return low, high


def _table(panel: Panel, pattern: str, at: Ints, first: Ints, length: Ints, base: Ints) -> Table:
    low, high = extent(panel, first, at)
    shown = difference(panel.shown_at(at), panel.shown_at(base))
    own: dict[str, Any] = {"trend": trend_words(trends(panel, at))}
    return make_table(
        panel, "streak", at, Evidence(points=(at, base), runs=((first, at),)),
        pattern=pattern,
        length=length,
        low=low,
        high=high,
        **named_period(panel, base, "base"),
        base_value=panel.value_at(base),
        result=difference(panel.value_at(at), panel.value_at(base)),
        result_unit=result_units(panel.units(at)),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
        **own,
    )  # fmt: skip
