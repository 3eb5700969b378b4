"""Runs: the unbroken stretch of figures that leads up to a point, as squares and as lags."""

from __future__ import annotations

import numpy as np

from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.xmr import Limits, special_causes, xmr_limits

UNSUITABLE = ("year", "rolling_6m", "rolling_12m", "ytd")
"""Period types that do not feed XmR: too few points, or points that share their data (1.10.4)."""


def back(panel: Panel, at: Ints, first: Ints, steps: int) -> Ints:
    """The point `steps` before each, not before `first`; else -1."""
    earlier = at - steps
    return np.where(earlier >= first, earlier, NONE)


def square_of(panel: Panel, first: Ints, at: Ints) -> Floats:
    """The values of each run from `first` to `at`, a row a run, filled up with NaN at its end."""
    lengths = at - first + 1
    width = int(lengths.max(initial=0))
    places = first[:, None] + np.arange(width)[None, :]
    inside = np.arange(width)[None, :] < lengths[:, None]
    safe = np.where(inside, places, 0)
    return np.where(inside, panel.points.value[safe] if len(at) else 0.0, np.nan)


def spc_runs(panel: Panel, at: Ints) -> tuple[Bools, Ints]:
    """Which points may be judged by XmR, and the first point of each one's run.

    The indicator must declare it, the run must be long enough, its period type suitable, and the
    denominators of percentages fairly constant where they are known (2.3). A change of the process
    that the catalogue declares starts a run anew (2.4).
    """
    first = np.maximum(panel.run_start[at], _process_start(panel)[at])
    types = np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]
    able = (panel.methods(at) == "spc") & ~np.isin(types, UNSUITABLE)
    able &= at - first + 1 >= panel.thresholds["spc_points"]
    chosen = np.flatnonzero(able)
    if len(chosen):
        span = _denominator_span(panel, first[chosen], at[chosen])
        able[chosen] &= ~(span > panel.thresholds["spc_denominator_ratio"])
    return able, first


def _process_start(panel: Panel) -> Ints:
    """The first figure of each one's process, by the changes that the catalogue declares."""
    points = panel.points
    changes = np.zeros(len(points.end), np.int64)
    snapshot = np.array(panel.names["period_type"], dtype=str)[points.period_type] == "snapshot"
    for code, name in enumerate(panel.names["indicator"]):
        if rebased := panel.dataset.catalogue.indicators[name].rebased:
            days = np.array([each.since for each in rebased], "datetime64[D]").astype(np.int64)
            begins = np.where(snapshot, points.end, points.start)
            found = np.searchsorted(days, begins, side="right")
            changes = np.where(points.indicator == code, found, changes)
    places = np.arange(len(changes))
    new = np.r_[True, (changes[1:] != changes[:-1]) | (panel.series[1:] != panel.series[:-1])]
    return np.maximum.accumulate(np.where(new[: len(places)], places, 0))


def _denominator_span(panel: Panel, first: Ints, at: Ints) -> Floats:
    """The largest denominator of each run by the smallest; NaN where none is known."""
    lengths = at - first + 1
    owner = np.repeat(np.arange(len(at)), lengths)
    places = np.arange(int(lengths.sum())) - np.repeat(
        np.cumsum(lengths) - lengths - first, lengths
    )
    of = panel.points.denominator[places]
    low, high = np.full(len(at), np.nan), np.full(len(at), np.nan)
    np.fmin.at(low, owner, of)
    np.fmax.at(high, owner, of)
    return high / np.where(low > 0, low, np.nan)


def latest_causes(panel: Panel, at: Ints, first: Ints) -> tuple[Ints, Ints, Limits]:
    """The rule that the last point of each run breaks (0: none), its direction, the limits."""
    values = square_of(panel, first, at)
    limits = xmr_limits(values)
    rule, direction = special_causes(values, limits)
    last = (np.arange(len(at)), at - first)
    return rule[last], direction[last], limits
