"""Average and annualised: the recent level over windows, typical ranges, and figures scaled to a
year.

Cumulative and rolling figures are never averaged, and percentages and rates only with their counts:
the sum of numerators by the sum of denominators (1.10.5).
"""

from __future__ import annotations

import numpy as np

from reporter.facts.evidence import Evidence
from reporter.facts.measures import EXTENSIVE_UNITS, result_units
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel, pick
from reporter.facts.runs import back
from reporter.facts.table import Table, make_table, period_words
from reporter.rounding import without_dust_array

WINDOWS: dict[str, tuple[int, ...]] = {
    "week": (4, 13), "month": (3, 6, 12), "quarter": (4,), "year": (3, 5), "snapshot": (3, 6, 12),
}  # fmt: skip
"""Points over which figures of each period type are averaged."""
UNSOUND = ("ytd", "rolling_6m", "rolling_12m")
MONTHS = 12


def averages(panel: Panel) -> list[Table]:
    """The mean of the last points over each window, and the typical range of the points before.

    An indicator with `each` is an average over its own period: one fact with a window of one.
    `low` and `high` are the smallest and largest figure of the window; of a typical range, the 10th
    and 90th percentile (nearest figure) of all earlier figures in the run.
    """
    tables = [
        table
        for period_type, windows in WINDOWS.items()
        for window in windows
        if (table := _window(panel, period_type, window)) is not None
    ]
    more = (_itself(panel), _typical(panel))
    return [*tables, *(table for table in more if table is not None)]


def averageable(panel: Panel, at: Ints) -> Bools:
    """Whether the figures of a series may be averaged as they stand."""
    sound = np.isin(panel.units(at), EXTENSIVE_UNITS) & ~np.isin(_types(panel, at), UNSOUND)
    return np.asarray(sound & ~_is_average(panel, at))


def _is_average(panel: Panel, at: Ints) -> Bools:
    """Whether a figure is an average over its period already: 62 a week in May."""
    return np.asarray(panel.of_indicator("each", at).astype(str) != "")


def _itself(panel: Panel) -> Table | None:
    """Figures that are averages over their own period: a window of one."""
    at = panel.current[_is_average(panel, panel.current)]
    value = panel.value_at(at)
    return _table(panel, at, at, at, 1, value, value, value, False) if len(at) else None


def _types(panel: Panel, at: Ints) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    return np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]


def _window(panel: Panel, period_type: str, window: int) -> Table | None:
    at = panel.current[_types(panel, panel.current) == period_type]
    first = panel.run_start[at]
    start = back(panel, at, first, window - 1)
    at, start = at[start >= 0], start[start >= 0]
    mean, low, high = window_figures(panel, at, window)
    held = ~np.isnan(mean)
    at, start, mean, low, high = at[held], start[held], mean[held], low[held], high[held]
    return _table(panel, at, start, at, window, mean, low, high, False) if len(at) else None


def window_figures(panel: Panel, at: Ints, window: int) -> tuple[Floats, Floats, Floats]:
    """Mean, lowest and highest of the `window` points up to each; NaN where they may not be
    averaged.
    """
    places = at[:, None] - np.arange(window)[None, :]
    values = panel.value_at(places)
    x, n = pick(panel.points.numerator, places), pick(panel.points.denominator, places)
    pooled = x.sum(axis=1) / np.where(n.sum(axis=1) > 0, n.sum(axis=1), np.nan)
    units = panel.units(at)
    weighted = np.where(units == "percent", 100 * pooled, pooled * panel.per(at))
    parts = np.isin(units, ("percent", "rate")) & ~np.isin(_types(panel, at), UNSOUND)
    mean = np.where(averageable(panel, at), values.mean(axis=1), np.nan)
    mean = np.where(parts, weighted, mean)
    return without_dust_array(mean), values.min(axis=1), values.max(axis=1)


def _typical(panel: Panel) -> Table | None:
    at = panel.current
    at = at[averageable(panel, at)]
    first = panel.run_start[at]
    held = at - first >= panel.thresholds["typical_points"]
    at, first = at[held], first[held]
    if not len(at):
        return None
    lengths = at - first
    places = first[:, None] + np.arange(int(lengths.max()))[None, :]
    inside = np.arange(places.shape[1])[None, :] < lengths[:, None]
    values = np.sort(
        np.where(inside, panel.value_at(np.where(inside, places, NONE)), np.nan), axis=1
    )
    rows = np.arange(len(at))
    low, high = (values[rows, np.ceil(part * lengths).astype(np.int64) - 1] for part in (0.1, 0.9))
    mean = without_dust_array(np.nansum(values, axis=1) / lengths)
    return _table(panel, at, first, at - 1, lengths, mean, low, high, True)


def _table(
    panel: Panel, at: Ints, first: Ints, last: Ints, window: Ints | int, mean: Floats, low: Floats,
    high: Floats, typical: bool,
) -> Table:  # fmt: skip
    return make_table(
        panel, "average", at, Evidence(points=(at,), runs=((first, last),)),
        window=window,
        mean=mean,
        low=low,
        high=high,
        first_period=period_words(panel, first),
        typical=typical,
        result=mean,
        result_unit=panel.units(at),
    )  # fmt: skip


def annualised(panel: Panel) -> list[Table]:
    """Counts of part of a year scaled to twelve months; rates, which are per year and people
    already.

    A rate keeps its own figure, with `per` people: a rate over a month, window or rolling year is
    published annualised, and is not scaled again. A snapshot's rate is of a stock: factor 1 too.
    """
    return [table for make in (_scaled, _rates) if (table := make(panel)) is not None]


def _scaled(panel: Panel) -> Table | None:
    at = panel.current
    factor = year_factor(panel, at)
    units = panel.units(at)
    # Money is often of a full year already, whatever its period; a change is no flow.
    flow = np.isin(units, EXTENSIVE_UNITS) & (units != "money") & (factor > 1)
    flow &= panel.of_indicator("change_on", at).astype(str) == ""
    at, factor = at[flow], factor[flow]
    if not len(at):
        return None
    return make_table(
        panel, "annualised", at, Evidence(points=(at,)),
        result=without_dust_array(panel.value_at(at) * factor),
        result_unit=panel.units(at),
        factor=factor,
        per=0,
    )  # fmt: skip


def year_factor(panel: Panel, at: Ints) -> Floats:
    """How many of its periods make a year: 12 by months, 52 for a week; NaN for a moment.

    An average over its period that is already per week or month (`each`) scales by that instead.
    """
    months = panel.points.months[at]
    week = (months == 0) & (panel.points.end[at] - panel.points.start[at] == 6)
    factor = np.where(months > 0, MONTHS / np.maximum(months, 1), np.where(week, 52.0, np.nan))
    each = panel.of_indicator("each", at).astype(str)
    for unit, times in (("week", 52.0), ("month", 12.0), ("quarter", 4.0), ("year", 1.0)):
        factor = np.where(each == unit, times, factor)
    snapshot = (_types(panel, at) == "snapshot") & (each == "")
    return np.where(snapshot, np.nan, factor)


def _rates(panel: Panel) -> Table | None:
    at = panel.current[panel.units(panel.current) == "rate"]
    if not len(at):
        return None
    return make_table(
        panel, "annualised", at, Evidence(points=(at,)),
        result=panel.value_at(at),
        result_unit=result_units(panel.units(at)),
        factor=1.0,
        per=panel.per(at).astype(np.int64),
    )  # fmt: skip
