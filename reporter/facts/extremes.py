"""Peak_trough and record: how far from a peak or a low, and the highest or lowest since when.

Both read figures as shown and need enough points. They stay within a segment, never across a break
or a suppressed figure: that may be the highest or lowest of all.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from reporter.facts.columns import direction_words, judgement_words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, percent_change, result_units
from reporter.facts.panel import NONE, Bools, Ints, Panel
from reporter.facts.table import Table, make_table, named_period, period_words


def peaks_and_lows(panel: Panel) -> list[Table]:
    """Down from the peak, and up from the low, of the last `lookback_points` points.

    The extreme is the latest of the points that show it; nothing is said where the present figure
    is itself the extreme, or where there are fewer than `peak_points` points of like length.
    """
    return [_extreme(panel, "peak"), _extreme(panel, "low")]


def _extreme(panel: Panel, extreme: Literal["peak", "low"]) -> Table:
    sign = 1 if extreme == "peak" else -1
    at = panel.current
    first = np.maximum(panel.first_in_sight(at), at - panel.thresholds.whole("lookback_points") + 1)
    best, best_shown = at.copy(), sign * panel.shown_at(at)
    looked_at = np.ones(len(at), np.int64)
    for back in range(1, panel.thresholds.whole("lookback_points")):
        earlier = at - back
        inside = earlier >= first
        inside &= _of_like_length(panel, np.maximum(earlier, 0), at)
        looked_at += inside
        shown = np.where(inside, sign * panel.shown_at(np.where(inside, earlier, NONE)), -np.inf)
        higher = shown > best_shown
        best, best_shown = np.where(higher, earlier, best), np.where(higher, shown, best_shown)
    told = (best != at) & (looked_at >= panel.thresholds["peak_points"])
    at, best, first = at[told], best[told], first[told]
    value, peak = panel.value_at(at), panel.value_at(best)
    shown = difference(panel.shown_at(at), panel.shown_at(best))
    units = panel.units(at)
    least = panel.thresholds["percent_base_minimum"]
    return make_table(
        panel,
        "peak_trough",
        at,
        Evidence(points=(at, best), runs=((first, at),)),
        extreme=extreme,
        **named_period(panel, best, "base"),
        base_value=peak,
        result=difference(value, peak),
        result_unit=result_units(units),
        percent=percent_change(value, peak, units, least),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
        lookback=at - first + 1,
        first_period=period_words(panel, first),
    )


def _of_like_length(panel: Panel, earlier: Ints, at: Ints) -> Bools:
    """Whether an earlier figure is of about as long a stretch as the present one, and ends before.

    A year's average is no low among months, even where the two may be compared (`any_length`).
    """
    points = panel.points
    own, other = (np.maximum(points.end[x] - points.start[x] + 1, 1) for x in (at, earlier))
    longer, shorter = np.maximum(own, other), np.minimum(own, other)
    alike = longer <= panel.thresholds["like_length"] * shorter
    alike |= points.period_type[earlier] == points.period_type[at]
    alike &= points.end[earlier] < points.end[at]
    return np.asarray(alike)


def records(panel: Panel) -> list[Table]:
    """The highest and the lowest since `base_period`: the last time it was as high or low, or the
    start.

    `points` is how many earlier figures in a row it passes, `years` the whole years since the base,
    and `on_record` whether no figure since the start of the comparable series is as high or low.
    """
    return [_record(panel, "highest"), _record(panel, "lowest")]


def _record(panel: Panel, extreme: Literal["highest", "lowest"]) -> Table:
    at = panel.current
    first = panel.first_in_sight(at)
    rival = last_rival(panel, at, first, 1 if extreme == "highest" else -1)
    on_record = rival < 0
    base = np.where(on_record, first, rival)
    passed = np.where(on_record, at - first, at - rival - 1)
    told = passed >= panel.thresholds["record_points"]
    at, base, on_record, passed = at[told], base[told], on_record[told], passed[told]
    value, base_value = panel.value_at(at), panel.value_at(base)
    shown = difference(panel.shown_at(at), panel.shown_at(base))
    good = np.full(len(at), 1.0 if extreme == "highest" else -1.0)
    return make_table(
        panel,
        "record",
        at,
        Evidence(points=(at, base), runs=((base, at),)),
        extreme=extreme,
        **named_period(panel, base, "base"),
        base_value=base_value,
        result=difference(value, base_value),
        result_unit=result_units(panel.units(at)),
        direction=direction_words(shown),
        judgement=judgement_words(good, panel.sign(at)),
        points=passed,
        years=whole_years(panel, base, at),
        on_record=on_record,
    )


def last_rival(panel: Panel, at: Ints, first: Ints, sign: int) -> Ints:
    """The last point from `first` to before `at` that is as high (sign 1) or low (-1) as shown;
    else -1.
    """
    lengths = at - first
    owner = np.repeat(np.arange(len(at)), lengths)
    begin = np.repeat(first - np.r_[0, np.cumsum(lengths)[:-1]][: len(at)], lengths)
    earlier = np.arange(int(lengths.sum())) + begin
    rivals: Bools = sign * panel.shown[earlier] >= sign * panel.shown[at[owner]]
    found = np.full(len(at), NONE, np.int64)
    np.maximum.at(found, owner[rivals], earlier[rivals])
    return found


def whole_years(panel: Panel, earlier: Ints, later: Ints) -> Ints:
    """Whole years between the ends of two figures' periods, by calendar month."""
    months = [
        panel.points.end[at].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        for at in (earlier, later)
    ]
    return (months[1] - months[0]) // 12
