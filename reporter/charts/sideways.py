"""Charts with a row a name: peers ranked as bars, the members of a breakdown as dots. All from
zero.

Ranked rows run from the highest figure to the lowest, what has none last; others keep the plan's
order, since age groups have one of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reporter.charts.letters import height_of, text_width, wrapped
from reporter.charts.marks import Boxes, Dots, Stroke, Words
from reporter.charts.sheet import Sheet
from reporter.charts.style import FOCUS, GRID, HATCHES, INK, OTHERS, PALETTE, QUIET
from reporter.charts.ticks import last_shown, level_value_ticks, value_limits
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart

NAME_LIMIT = 150.0
_KEY = 16.0
_BAR = 13.5  # points that a bar is thick, however many lines its name has
_BESIDE = 4.0  # points between a bar and its figure
_DASHES = ((4.0, 3.0), (1.0, 1.5))


def draw_ranked(chart: Chart) -> Sheet:
    """Bars from the highest figure to the lowest."""
    return draw_rows(chart, ranked=True)


def draw_rows(chart: Chart, ranked: bool = False) -> Sheet:
    """A bar a series, ours marked by its colour and bold name; targets stand across as lines."""
    rows = _Rows(chart, ("own", "member", "comparator"), ranked)
    sheet = rows.sheet
    member = OTHERS if any(line.role == "own" for line in chart.plan.lines) else FOCUS
    for i, name, middle in rows:
        line, value = chart.plan.lines[i], rows.last[i]
        zero, end = sheet.x(0.0), sheet.x(value or 0.0)
        if value is not None:
            colour = {"own": FOCUS, "comparator": PALETTE[1]}.get(line.role, member)
            hatch = HATCHES[1] if line.role == "comparator" else ""
            place = (min(zero, end), middle - _BAR / 2, abs(end - zero), _BAR)
            sheet.put(Boxes((place,), colour, QUIET, 0.8, hatch, of=name))
        words = Words(max(zero, end) + _BESIDE, middle, rows.end(i), middle=True, plate=True)
        sheet.put(words)
    rows.lines_across()
    return sheet


def draw_range(chart: Chart) -> Sheet:
    """Dots by size; a hollow dot is the first figure where there are two or more."""
    rows = _Rows(chart, ("member",), ranked=True)
    sheet = rows.sheet
    for i, name, middle in rows:
        sheet.put(Stroke(((sheet.left, middle), (sheet.right, middle)), GRID, 0.7))
        first, last = _first(chart.plan.lines[i]), rows.last[i]
        if first is not None and last is not None:
            then, now = (sheet.x(first), middle), (sheet.x(last), middle)
            sheet.put(Stroke((then, now), FOCUS, 1.2))
            sheet.put(Dots((then,), "o", 6, "#FFFFFF", FOCUS))
        if last is not None:
            sheet.put(Dots(((sheet.x(last), middle),), "o", 7, FOCUS, FOCUS, of=name))
        sheet.put(Words(sheet.right + _BESIDE, middle, rows.end(i), middle=True))
    rows.lines_across()
    return sheet


def _last_of(points: Sequence[PointPlan]) -> float | None:
    return points[-1].value if points else None


def _first(line: LinePlan) -> float | None:
    return line.points[0].value if len(line.points) > 1 else None


class _Rows:
    """The sheet with its names; iterates over (line, name, middle) of each row."""

    def __init__(self, chart: Chart, roles: tuple[str, ...], ranked: bool) -> None:
        lines = chart.plan.lines
        self.chart = chart
        self.last = [_last_of(line.points) for line in lines]
        self.order = [i for i, line in enumerate(lines) if line.role in roles]
        if ranked:
            self.order.sort(key=lambda i: (self.last[i] is None, -(self.last[i] or 0.0)))
        across = [i for i in range(len(lines)) if i not in self.order]
        self.across = [(i, value) for i in across if (value := self.last[i]) is not None]
        self.names = [wrapped(chart.line_labels[i], NAME_LIMIT, bold=True) for i in self.order]
        self.heights = [height_of(name) + 8 for name in self.names]
        self.sheet = self._sheet()

    def _sheet(self) -> Sheet:
        chart = self.chart
        values = [p.value for line in chart.plan.lines for p in line.points if p.value is not None]
        low, high = value_limits(values, from_zero=True)
        rows = [row for name in self.names for row in name.split("\n")]
        left = max((text_width(row, bold=True) for row in rows), default=0.0) + 10
        right = max((text_width(self.end(i)) for i in self.order), default=0.0) + 10
        pairs = any(_first(chart.plan.lines[i]) is not None for i in self.order)
        notes = [*chart.notes, *([chart.words.ends] if pairs else [])]
        key = _KEY if self.across else 0.0
        below = 36 if chart.value_label else 20
        sheet = Sheet(chart, sum(self.heights), left, right, below, notes, key)
        sheet.across = (low, high)
        level_value_ticks(sheet, chart)
        if chart.value_label:
            sheet.base_label(chart.value_label[:1].upper() + chart.value_label[1:])
        return sheet

    def __iter__(self) -> Any:
        at = self.sheet.top
        for i, name, height in zip(self.order, self.names, self.heights, strict=True):
            middle = at + height / 2
            own = self.chart.plan.lines[i].role == "own"
            self.sheet.put(
                Words(self.sheet.left - 6, middle, name, bold=own, side="right", middle=True)
            )
            yield i, name, middle
            at += height

    def end(self, i: int) -> str:
        """The figure at the end of a row, or that there is none."""
        chart = self.chart
        return chart.words.no_figure if self.last[i] is None else last_shown(chart, i)

    def lines_across(self) -> None:
        """Targets and our own figure as upright lines over all rows, named in a key above."""
        sheet, x = self.sheet, 0.0
        for turn, (i, value) in enumerate(self.across):
            own = self.chart.plan.lines[i].role == "own"
            dash = () if own else _DASHES[turn % 2]
            at, middle = sheet.x(value), sheet.key_at + 7
            sheet.put(Stroke(((at, sheet.top), (at, sheet.floor)), INK, 1.5, dash))
            sheet.put(Stroke(((x, middle), (x + 24, middle)), INK, 1.5, dash))
            words = f"{self.chart.line_labels[i]} {last_shown(self.chart, i)}"
            sheet.key_text(x + 28, middle, words)
            x += text_width(words) + 44
