"""Verdicts: higher, lower or similar, each by exactly one declared method (1.8.2).

`none` in the catalogue means the tolerance band of the unit; `ci` an interval against a fixed
value, or a two-sample test between two periods; `spc` the four rules on the run of figures, which
speak of the latest move only. Where what a method needs is not there, the tolerance band serves
(1.8.3).
"""

from __future__ import annotations

import numpy as np

from reporter.facts.columns import Words, words
from reporter.facts.intervals import proportions_differ, rate_interval, rates_differ, wilson
from reporter.facts.measures import within_tolerance
from reporter.facts.panel import Bools, Floats, Ints, Panel, pick
from reporter.facts.runs import latest_causes, spc_runs


def change_verdicts(panel: Panel, at: Ints, base: Ints, latest: bool) -> Words:
    """The verdict on each change from `base` to `at`; `latest`: from the period before."""
    value, earlier = panel.value_at(at), panel.value_at(base)
    similar = within_tolerance(panel, panel.units(at), value, earlier)
    for test, tested in _two_samples(panel, at, base):
        similar[tested] = ~test
    causes = np.full(len(at), -1, np.int64)
    if latest:
        able, first = spc_runs(panel, at)
        chosen = np.flatnonzero(able)
        if len(chosen):
            causes[chosen], _, _ = latest_causes(panel, at[chosen], first[chosen])
    return _band(value, earlier, similar, causes)


def _two_samples(panel: Panel, at: Ints, base: Ints) -> list[tuple[Bools, Ints]]:
    """Whether the two figures differ by test, and the rows that could be tested."""
    found = []
    for unit, test in (("percent", proportions_differ), ("rate", rates_differ)):
        rows = np.flatnonzero(_countable(panel, at, unit) & _countable(panel, base, unit))
        if len(rows):
            counts = [
                pick(column, of[rows])
                for of in (at, base)
                for column in (panel.points.numerator, panel.points.denominator)
            ]
            z = panel.thresholds["confidence_z"]
            found.append((test(counts[0], counts[1], counts[2], counts[3], z), rows))
    return found


def _countable(panel: Panel, at: Ints, unit: str) -> Bools:
    """Whether a figure declares intervals and has the counts that they need."""
    x, n = pick(panel.points.numerator, at), pick(panel.points.denominator, at)
    sound = (panel.methods(at) == "ci") & (panel.units(at) == unit) & (x >= 0) & (n > 0)
    return np.asarray(sound & (x <= n) if unit == "percent" else sound)


def level_verdicts(panel: Panel, at: Ints, against: Floats) -> Words:
    """The verdict on each figure at `at` held against a fixed value, such as a comparator's.

    By interval: the area's own 95% limits against the value; touching it is similar (2.8.1).
    """
    value = panel.value_at(at)
    similar = within_tolerance(panel, panel.units(at), value, against)
    lower, upper, rows = own_intervals(panel, at)
    similar[rows] = (lower <= against[rows]) & (upper >= against[rows])
    return _band(value, against, similar, np.full(len(at), -1, np.int64))


def own_intervals(panel: Panel, at: Ints) -> tuple[Floats, Floats, Ints]:
    """Limits of the figures that declare intervals and have counts, and which rows those are."""
    z = panel.thresholds["confidence_z"]
    percent = np.flatnonzero(_countable(panel, at, "percent"))
    rate = np.flatnonzero(_countable(panel, at, "rate"))
    x, n = pick(panel.points.numerator, at), pick(panel.points.denominator, at)
    low, high = wilson(x[percent], n[percent], z)
    per = panel.per(at[rate])
    rate_low, rate_high = rate_interval(x[rate], n[rate], per, z)
    rows = np.concatenate([percent, rate])
    return np.concatenate([100 * low, rate_low]), np.concatenate([100 * high, rate_high]), rows


def _band(value: Floats, other: Floats, similar: Bools, causes: Ints) -> Words:
    unknown = np.isnan(value) | np.isnan(other)
    return words(
        len(value), "similar",
        (~similar & (value > other), "higher"),
        (~similar & (value < other), "lower"),
        (causes == 0, "common_cause"),
        (causes > 0, "special_cause"),
        (unknown, "none"),
    )  # fmt: skip
