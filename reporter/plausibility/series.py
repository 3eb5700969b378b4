"""Doubts about a series over time: jumps, gaps, wrong units, two figures for one date, old ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean, median

import numpy as np

from reporter.plausibility.courses import Courses, points_of
from reporter.plausibility.layout import Bools, Ints
from reporter.plausibility.looking import Figures, doubt
from reporter.plausibility.nouns import Point, Series
from reporter.plausibility.usual import is_usual
from reporter.problems import Problem
from reporter.sources import parse_period

RANGES = 4
"""A jump is beyond the usual only where so many other steps say what is usual."""
BEYOND = 3.267
"""The upper limit of a moving range by its mean (Shewhart's D4 for two points; STANDARDS 2.2)."""
LEAST = 0.25
"""A jump matters where it is so much of the usual level."""
RECENT = 3
"""Jumps are looked for among so many of the latest steps."""
HUNDRED = 100.0
WITHIN = 1e-6
"""What is looked for first, in whole columns, may be so much too generous."""
COPIED = 5
"""So many measures that repeat the last period's figure look copied."""
MOST_OF = 0.8


def check_series(figures: Figures) -> Iterator[Problem]:
    """Every doubt that the order of the figures in time gives."""
    for series, points in figures.series(_may_slip(figures) | _may_jump(figures.courses)):
        slips = list(_unit_slips(figures, series, points))
        yield from slips or _jumps(figures, series, points)
    yield from _gaps(figures)
    yield from _two_for_one(figures)
    yield from _old(figures)
    yield from _copied(figures)


def _may_slip(figures: Figures) -> Bools:
    """Whether any figure of each series of percentages is a fraction of one."""
    courses, entries = figures.courses, figures.catalogue.indicators
    percent = [entries[series.indicator].unit == "percent" for series in courses.series]
    return courses.any_of((courses.value > 0) & (courses.value <= 1)) & np.array(percent, np.bool_)


def _may_jump(courses: Courses) -> Bools:
    """Whether one of the latest steps of each series is large beside the others.

    A little too many rather than too few: sums of floating numbers are as exact as `WITHIN`.
    """
    found = np.zeros(len(courses.series), np.bool_)
    if not len(courses.series):
        return found
    steps = np.abs(np.diff(courses.value, prepend=0.0))
    steps[courses.starts] = 0.0
    total = np.add.reduceat(steps, courses.starts)
    for back in range(RECENT):
        own = steps[courses.back(back)]
        after = steps[courses.back(back - 1)] if back else np.zeros_like(own)
        after = np.where(after > own / 2, after, 0.0)
        others = total - own - after
        number = np.maximum(courses.length - 2 - (after > 0), 1)
        found |= own * (1 + WITHIN) > others / number * BEYOND
        found |= (own > 0) & (others <= WITHIN * total)
    return found & (courses.length - 1 > RANGES)


def _jumps(figures: Figures, series: Series, points: Sequence[Point]) -> Iterator[Problem]:
    """Steps among the latest that are beyond the upper limit of the others' moving range.

    A figure that jumps and comes back is one doubt, at the figure.
    """
    values = [point.value for point in points]
    steps = [abs(after - before) for before, after in pairwise(values)]
    if len(steps) <= RANGES:
        return
    level = median(abs(value) for value in values)
    told = -1
    for at in range(max(0, len(steps) - RECENT), len(steps)):
        back = at + 1 < len(steps) and steps[at + 1] > steps[at] / 2
        others = steps[:at] + steps[at + 1 + back :]
        large = steps[at] > max(fmean(others) * BEYOND, LEAST * level) and at - 1 != told
        if large and not is_usual(figures, series, points[at], points[at + 1]):
            told = at
            what = (
                f"{points[at + 1].value:.6g}, after {points[at].value:.6g}, is a larger step than "
                "the others of its series"
            )
            fix = "Check it; if it is right, members will ask why."
            yield doubt(figures, points[at + 1].row, "jump", what, fix)


def _unit_slips(figures: Figures, series: Series, points: Sequence[Point]) -> Iterator[Problem]:
    """A percentage written as a fraction of one among percentages."""
    unit = figures.catalogue.indicators[series.indicator].unit
    if unit != "percent" or len(points) <= RANGES:
        return
    middle = median(point.value for point in points)
    for point in points:
        value = point.value
        if 0 < value <= 1 < middle / 5 and 0.5 < value * HUNDRED / middle < 2:
            what = f"{figures.text(point.row)} looks like a fraction of 1 among percentages"
            fix = f"Write {value * HUNDRED:.10g} if that is what is meant."
            yield doubt(figures, point.row, "unit-slip", what, fix)


def _gaps(figures: Figures) -> Iterator[Problem]:
    """Figures that are missing within otherwise regular series, those of one gap told together."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    courses = figures.courses
    months = figures.layout.end[courses.rows].astype("datetime64[M]").astype(np.int64)
    for at in np.flatnonzero(_may_have_gap(courses, months)).tolist():
        first = int(courses.starts[at])
        after = _gap(months[first : courses.stops[at]].tolist())
        if not after:
            continue
        at_gap = courses.rows[first + after - 1 : first + after + 1]
        one, other = points_of(figures.layout, at_gap)
        if not figures.elsewhere.lack(courses.series[at], one.end, other.end):
            found[one.period, other.period].append(other.row)
    for (before, since), rows in found.items():
        more = f", and of {len(rows) - 1} other series" if len(rows) > 1 else ""
        what = f"there is no figure between {before} and {since} here{more}"
        fix = "Add it, or x where it is not available."
        yield doubt(figures, rows[0], "gap", what, fix)


def _may_have_gap(courses: Courses, months: Ints) -> Bools:
    """Whether the steps in time of each series, with points enough, are not all alike."""
    change = np.zeros(len(months), np.bool_)
    change[2:] = np.diff(months, n=2) != 0
    change[courses.starts] = False
    change[np.minimum(courses.starts + 1, len(months) - 1)] = False
    return courses.any_of(change) & (courses.length > RANGES)


def _gap(months: Sequence[int]) -> int:
    """The position after the one gap of a regular series; 0 where there is none, or more.

    A month that the year before does not have either (schools in August) is no gap.
    """
    steps = [after - before for before, after in pairwise(months)]
    if len(steps) < RANGES:
        return 0
    usual = int(median(steps))
    odd = [at for at, step in enumerate(steps) if step > usual]
    if not usual or len(odd) != 1 or odd[0] < 2 or steps[odd[0]] % usual:
        return 0
    lost = months[odd[0]] + usual
    return odd[0] + 1 if usual == 12 or lost - 12 in months else 0


def _two_for_one(figures: Figures) -> Iterator[Problem]:
    """A snapshot and the month that ends with it, of one measure, that differ."""
    courses = figures.courses
    at_month = {
        series._replace(basis="snapshot"): at
        for at, series in enumerate(courses.series)
        if series.basis == "month"
    }
    twice = np.array([series in at_month for series in courses.series], np.bool_)
    for series, points in figures.series(twice):
        by_end = {point.end: point for point in courses.points(at_month[series])}
        for point in points:
            if (month := by_end.get(point.end)) and _differ(figures, point, month):
                texts = figures.text(point.row), figures.text(month.row)
                what = f"the figure at that date is {texts[0]}, and that for the month {texts[1]}"
                fix = "Check them; if one is for a longer period, say so in `period_type`."
                yield doubt(figures, point.row, "two-figures", what, fix)


def _differ(figures: Figures, one: Point, other: Point) -> bool:
    """Whether two figures differ by more than the rounding of the coarser of them."""
    decimals = int(figures.layout.decimals[[one.row, other.row]].min())
    return abs(one.value - other.value) > 0.5 * 10.0**-decimals * (1 + 1e-9)


def _old(figures: Figures) -> Iterator[Problem]:
    """Measures whose latest figure is older than their own rhythm explains, by its period.

    What a country has no newer figure of either, nobody has published since.
    """
    period = parse_period(figures.brief.period)
    totals: dict[str, list[int]] = defaultdict(list)
    for at, series in enumerate(figures.courses.series):
        if not series.breakdown:
            totals[series.indicator].append(at)
    courses, layout = figures.courses, figures.layout
    found: dict[str, list[int]] = defaultdict(list)
    last = courses.rows[courses.stops - 1]
    start, end = layout.start[last].tolist(), layout.end[last].tolist()
    for lots in totals.values():
        latest = max(lots, key=end.__getitem__)
        row, until = int(last[latest]), end[latest]
        usual = max((until - start[latest]).days, (period.end - period.start).days)
        days = (period.end - until).days
        if days <= _due(usual) or days <= _due(max(usual, _rhythm(courses, lots))):
            continue
        theirs = figures.elsewhere.countries(courses.series[latest])
        if not any(max(by_end) == until for by_end in theirs):
            found[layout.texts["period"].at(row)].append(row)
    for rows in found.values():
        others = f"{len(rows) - 1} other measure{'s' if len(rows) > 2 else ''}"
        more = f", as for {others}" if len(rows) > 1 else ""
        what = f"this is the latest figure{more}, and the report is about {figures.brief.period}"
        fix = "Add the newer figure, or leave the measure out if there is none."
        yield doubt(figures, rows[0], "old-figure", what, fix)


def _due(usual: int) -> int:
    """Days after which the next figure is due; that of a year may come a year after it."""
    return usual * (2 if usual > 300 else 1) + 31


def _rhythm(courses: Courses, lots: Sequence[int]) -> int:
    """The usual number of days between the figures of some series together."""
    own = [courses.rows[courses.starts[at] : courses.stops[at]] for at in lots]
    gaps = np.diff(np.unique(courses.layout.end[np.concatenate(own)])).astype(np.int64)
    return int(np.median(gaps)) if len(gaps) else 0


def _copied(figures: Figures) -> Iterator[Problem]:
    """A period in which most measures repeat the figure before: a column that was copied."""
    courses = figures.courses
    found: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    last, before = courses.value[courses.back(0)], courses.value[courses.back(1)]
    asked = (courses.length > 1) & (last != 0)
    asked &= np.array([not series.breakdown for series in courses.series], np.bool_)
    rows = courses.rows[courses.stops[asked] - 1].tolist()
    for equal, row in zip((last == before)[asked].tolist(), rows, strict=True):
        found[figures.layout.texts["period"].at(row)].append((equal, row))
    for pairs in found.values():
        same = [row for equal, row in pairs if equal]
        if len(same) >= COPIED and len(same) > MOST_OF * len(pairs):
            what = f"{len(same)} of {len(pairs)} measures have the figure of the period before"
            fix = "Check that the column is not a copy of the last one."
            yield doubt(figures, min(same), "copied", what, fix)
