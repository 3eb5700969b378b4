"""Whether a figure is on course for its target by the day that the target runs to."""

from __future__ import annotations

import numpy as np

from reporter.facts.columns import Words, words
from reporter.facts.measures import EXTENSIVE_UNITS
from reporter.facts.panel import Floats, Ints, Panel
from reporter.facts.runs import back
from reporter.rounding import without_dust_array

YEAR = 366
"""A target is for a year if its last day is at most this many days ahead."""


def on_course(panel: Panel, at: Ints, wanted: Floats, until: Ints) -> Words:
    """yes or no, where the run so far allows a projection; else unknown.

    A year to date that adds up is scaled by the months gone by. Any other figure is carried on
    along the straight line (least squares) through at least `course_points` figures since the year
    began.
    """
    ahead = until - panel.points.end[at]
    open_year = (ahead > 0) & (ahead < YEAR)
    types = np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]
    adds_up = (types == "ytd") & np.isin(panel.units(at), EXTENSIVE_UNITS)
    months = np.maximum(panel.points.months[at], 1)
    projected = np.where(adds_up, panel.value_at(at) * 12 / months, np.nan)
    line = ~adds_up & (types != "year") & ~np.isin(panel.units(at), ("count", "money", "tonnes"))
    line |= types == "snapshot"
    projected = np.where(line, _carried_on(panel, at, until), projected)
    projected = np.where(open_year, without_dust_array(projected), np.nan)
    shown = panel.show(projected, at)
    sign = panel.sign(at)
    known = ~np.isnan(shown) & ~np.isnan(wanted) & (sign != 0)
    good = known & (sign * (shown - wanted) >= 0)
    return words(len(at), "unknown", (known, "no"), (good, "yes"))


def _carried_on(panel: Panel, at: Ints, until: Ints) -> Floats:
    """The least-squares line through this year's figures, at the day `until`; NaN with too few."""
    first = panel.run_start[at]
    year_began = until - YEAR
    count, x_sum, y_sum, xx, xy = (np.zeros(len(at)) for _ in range(5))
    for steps in range(13):
        earlier = back(panel, at, first, steps)
        inside = (earlier >= 0) & (panel.points.end[np.maximum(earlier, 0)] > year_began)
        x = np.where(inside, panel.points.end[np.maximum(earlier, 0)] - until, 0).astype(np.float64)
        y = np.where(inside, panel.value_at(earlier), 0.0)
        count, x_sum, y_sum = count + inside, x_sum + x, y_sum + y
        xx, xy = xx + x * x, xy + x * y
    spread = count * xx - x_sum**2
    enough = (count >= panel.thresholds["course_points"]) & (spread > 0)
    slope = (count * xy - x_sum * y_sum) / np.where(enough, spread, np.nan)
    return (y_sum - slope * x_sum) / np.where(enough, count, np.nan)  # the line where x is 0
