"""What a chart of Word's own is made of: names down, series across, a figure or a gap each.

Pure figures and words: no XML, no workbook. The same choices as the pictures make (ranked rows,
our own marked, starts beside ends), so that both say one thing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart
from reporter.rounding import without_dust
from reporter.sources import parse_period

CUT_BELOW = 0.6  # a line starts at zero unless its lowest is more than this share of its highest
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class Column:
    """A series: its name, role and a figure (None: a gap) for each name of the grid.

    `shown` are the words of its figures, as the text of the paper has them.
    """

    name: str
    role: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    marks: tuple[str, ...] = ()
    until: str = ""
    place: int = 0
    """Among the columns; of what a line was before a break, the place of the line itself."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A chart as a sheet of figures. `roles` are those of the rows where each row is an area.

    `dates` are the months that the names name, where all are months: they stand as far apart in
    the chart as in time.
    """

    shape: Literal["lines", "columns", "stack", "rows", "scatter"]
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    roles: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()

    @property
    def figures(self) -> tuple[float, ...]:
        """All figures there are, gaps left out."""
        return tuple(v for column in self.columns for v in column.values if v is not None)


def grid_of(chart: Chart) -> Grid:
    """`chart` as a grid: rows where each line has one figure, else periods down."""
    kind, lines = chart.plan.kind, chart.plan.lines
    if kind in ("peers", "range") or (kind == "bars" and all(len(x.points) <= 1 for x in lines)):
        return _rows(chart, ranked=kind != "bars")
    periods = ordered_periods(lines)
    columns = tuple(
        _column(line, label, shown, periods, place)
        for line, label, shown, place in zip(
            lines, chart.line_labels, chart.shown, places_of(lines), strict=True
        )
    )
    shape: Literal["lines", "columns", "stack"] = "lines"
    if kind == "composition":
        shape = "stack"
    elif kind == "bars" or (kind == "flows" and not chart.plan.drawn_as_lines):
        shape = "columns"
    known = [parse_period(period) for period in periods]
    months = all(period.kind == "month" for period in known)
    dates = tuple(period.start for period in known) if months else ()
    return Grid(shape, chart.period_labels, columns, dates=dates)


def places_of(lines: Sequence[LinePlan]) -> list[int]:
    """The place of each line; of what a line was before a break, that of the line itself."""
    names = [(x.indicator, x.area, x.breakdown, x.category, x.role) for x in lines]
    return [
        names.index(name) if x.until else at
        for at, (name, x) in enumerate(zip(names, lines, strict=True))
    ]


def ordered_periods(lines: Iterable[LinePlan]) -> list[str]:
    """The distinct periods of all lines in time order, as `Chart.period_labels` names them."""
    keys = dict.fromkeys(point.period for line in lines for point in line.points)
    return sorted(keys, key=lambda key: (parse_period(key).end, parse_period(key).start))


def evenly_spaced(periods: Sequence[str]) -> bool:
    """Whether as many months (or, for days and weeks, days) lie between any two neighbours."""
    ends = [parse_period(key).end for key in periods]
    months = [end.year * 12 + end.month for end in ends]
    days = [end.toordinal() for end in ends]
    steps = ({b - a for a, b in pairwise(x)} for x in (months, days))
    return any(len(step) <= 1 and 0 not in step for step in steps)


def _column(
    line: LinePlan, label: str, shown: Sequence[str], periods: Sequence[str], place: int
) -> Column:
    held = {point.period: point for point in line.points}
    said = dict(zip(held, shown, strict=True))
    points = [held.get(period, PointPlan(period, None)) for period in periods]
    return Column(
        label,
        line.role,
        tuple(_clean(point.value) for point in points),
        tuple(said.get(period, "") for period in periods),
        tuple(point.mark for point in points),
        line.until,
        place,
    )


def _clean(value: float | None) -> float | None:
    """What an author should find in a cell: 15.1, not 15.100000000000001."""
    return None if value is None else without_dust(value)


def _rows(chart: Chart, ranked: bool) -> Grid:
    """A row a line: members in the plan's order or ranked, what is held against them after."""
    lines, labels = chart.plan.lines, chart.line_labels
    last = [_clean(line.points[-1].value) if line.points else None for line in lines]
    first = [_clean(line.points[0].value) if len(line.points) > 1 else None for line in lines]
    aside = ("target", "limit", "centre", "own") if chart.plan.kind == "range" else ("target",)
    order = [i for i, line in enumerate(lines) if line.role not in aside]
    if ranked:
        order.sort(key=lambda i: (last[i] is None, -(last[i] or 0.0)))
    order += [i for i, line in enumerate(lines) if line.role in aside]
    names = tuple(
        labels[i] if last[i] is not None else f"{labels[i]}: {chart.words.no_figure}" for i in order
    )
    now = chart.period_labels[-1] if chart.period_labels else chart.value_label
    said = [words[-1] if words else "" for words in chart.shown]
    columns = [Column(now, "own", tuple(last[i] for i in order), tuple(said[i] for i in order))]
    if any(value is not None for value in first):
        before = tuple(chart.shown[i][0] if first[i] is not None else "" for i in order)
        name = chart.period_labels[0]
        columns.insert(0, Column(name, "before", tuple(first[i] for i in order), before))
    return Grid("rows", names, tuple(columns), tuple(lines[i].role for i in order))


@dataclass(frozen=True, slots=True)
class Scale:
    """The value axis: where it starts and ends, its step and decimals."""

    low: float
    high: float
    step: float
    decimals: int


def scale_of(grid: Grid, unit: str, decimals: int) -> Scale:
    """From zero, unless it is a line whose figures are far above it; below zero where they are."""
    heights = grid.figures
    if grid.shape == "stack":
        values = [column.values for column in grid.columns]
        sums = (sum(v or 0.0 for v in row) for row in zip(*values, strict=True))
        heights = tuple(sums)
    high, low = max([0.0, *heights]), min([0.0, *heights])
    lowest = min(heights, default=0.0)
    if grid.shape in ("lines", "scatter") and 0 < CUT_BELOW * high < lowest < high:
        low = max(lowest - (high - lowest) * 0.25, 0.0)
    elif grid.shape == "rows" and low < 0:
        low -= (high - low) * 0.25  # room for the figures left of the bars
    elif grid.shape == "columns" and low < 0:
        low -= (high - low) * 0.08
    wide = grid.shape == "rows" and high - low > 10_000
    step = _step((high - low) / (3 if wide else 5), whole=decimals == 0)
    start = math.floor(low / step + _DUST) * step
    room = 0.03 * (high - low) if grid.shape in ("lines", "columns", "scatter") else 0.0
    end = max(math.ceil((high + room) / step - _DUST) * step, start + step)
    if unit == "percent" and 80 < high <= 100.5:
        end = 100.0
    shown = next((d for d in range(4) if abs(step - round(step, d)) < 1e-9), 4)
    return Scale(without_dust(start), without_dust(end), step, shown)


def round_scale(low: float, high: float, steps: int) -> Scale:
    """An axis of whole numbers round `low` to `high`, in about so many steps."""
    step = _step((high - low) / steps, whole=True)
    start, end = math.floor(low / step) * step, math.ceil(high / step) * step
    return Scale(start, max(end, start + step), step, 0)


def _step(least: float, whole: bool) -> float:
    """The smallest round number that is at least `least`; a whole one if `whole`."""
    least = max(least or 0.2, 1.0 if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(least))
    steps = (times * power for times in _STEPS)
    return next(s for s in steps if s >= least * (1 - 1e-9) and not (whole and s % 1))
