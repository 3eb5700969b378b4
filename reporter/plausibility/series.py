"""Doubts about a series over time: jumps, gaps, wrong units, two figures for one date, old ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import fmean, median

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
COPIED = 5
"""So many measures that repeat the last period's figure look copied."""
MOST_OF = 0.8


def check_series(figures: Figures) -> Iterator[Problem]:
    """Every doubt that the order of the figures in time gives."""
    for series, points in figures.series.items():
        slips = list(_unit_slips(figures, series, points))
        yield from slips or _jumps(figures, series, points)
    yield from _gaps(figures)
    yield from _two_for_one(figures)
    yield from _old(figures)
    yield from _copied(figures)


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
    for series, points in figures.series.items():
        after = _gap([_month(point.end) for point in points])
        if after and not _lacks_everywhere(figures, series, points[after - 1], points[after]):
            ends = points[after - 1].period, points[after].period
            found[ends].append(points[after].row)
    for (before, since), rows in found.items():
        more = f", and of {len(rows) - 1} other series" if len(rows) > 1 else ""
        what = f"there is no figure between {before} and {since} here{more}"
        fix = "Add it, or x where it is not available."
        yield doubt(figures, rows[0], "gap", what, fix)


def _lacks_everywhere(figures: Figures, series: Series, before: Point, since: Point) -> bool:
    """Whether a country has the figures before and after a gap, and none between either."""
    return any(
        {before.end, since.end} <= by_end.keys()
        and not any(before.end < end < since.end for end in by_end)
        for by_end in figures.elsewhere.countries(series)
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month


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
    for series, points in figures.series.items():
        months = figures.series.get(series._replace(basis="month"), ())
        if series.basis != "snapshot" or not months:
            continue
        by_end = {point.end: point for point in months}
        for point in points:
            if (month := by_end.get(point.end)) and _differ(figures, point, month):
                texts = figures.text(point.row), figures.text(month.row)
                what = f"the figure at that date is {texts[0]}, and that for the month {texts[1]}"
                fix = "Check them; if one is for a longer period, say so in `period_type`."
                yield doubt(figures, point.row, "two-figures", what, fix)


def _differ(figures: Figures, one: Point, other: Point) -> bool:
    """Whether two figures differ by more than the rounding of the coarser of them."""
    decimals = min(len(figures.text(it.row).partition(".")[2]) for it in (one, other))
    return abs(one.value - other.value) > 0.5 * 10.0**-decimals * (1 + 1e-9)


def _totals(figures: Figures) -> Mapping[str, dict[Series, tuple[Point, ...]]]:
    """The series of each measure that are not about a member of a breakdown."""
    found: dict[str, dict[Series, tuple[Point, ...]]] = defaultdict(dict)
    for series, points in figures.series.items():
        if not series.breakdown:
            found[series.indicator][series] = points
    return found


def _old(figures: Figures) -> Iterator[Problem]:
    """Measures whose latest figure is older than their own rhythm explains, by its period.

    A year's figure may come a year after it. What a country has no newer figure of either, nobody
    has published since.
    """
    period = parse_period(figures.brief.period)
    found: dict[str, list[int]] = defaultdict(list)
    for lots in _totals(figures).values():
        series = max(lots, key=lambda series: lots[series][-1].end)
        latest = lots[series][-1]
        ends = sorted({point.end for points in lots.values() for point in points})
        gaps = [(after - before).days for before, after in pairwise(ends)]
        lengths = ((it.end - it.start).days for it in (latest, period))
        usual = max(*lengths, int(median(gaps)) if gaps else 0)
        due = usual * (2 if usual > 300 else 1) + 31
        late = (period.end - latest.end).days > due
        theirs = figures.elsewhere.countries(series) if late else ()
        if late and not any(max(by_end) == latest.end for by_end in theirs):
            found[latest.period].append(latest.row)
    for rows in found.values():
        others = f"{len(rows) - 1} other measure{'s' if len(rows) > 2 else ''}"
        more = f", as for {others}" if len(rows) > 1 else ""
        what = f"this is the latest figure{more}, and the report is about {figures.brief.period}"
        fix = "Add the newer figure, or leave the measure out if there is none."
        yield doubt(figures, rows[0], "old-figure", what, fix)


def _copied(figures: Figures) -> Iterator[Problem]:
    """A period in which most measures repeat the figure before: a column that was copied."""
    found: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    for lots in _totals(figures).values():
        for points in lots.values():
            if len(points) > 1 and points[-1].value:
                equal = points[-1].value == points[-2].value
                found[points[-1].period].append((equal, points[-1].row))
    for pairs in found.values():
        same = [row for equal, row in pairs if equal]
        if len(same) >= COPIED and len(same) > MOST_OF * len(pairs):
            what = f"{len(same)} of {len(pairs)} measures have the figure of the period before"
            fix = "Check that the column is not a copy of the last one."
            yield doubt(figures, min(same), "copied", what, fix)
