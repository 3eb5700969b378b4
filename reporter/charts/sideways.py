"""Charts with a row a name: peers ranked as bars, the members of a breakdown as dots. All from
zero.

Ranked rows run from the highest figure to the lowest, what has none last; others keep the plan's
order, since age groups have one of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.lines import Line2D

from reporter.charts.grids import NO_FIGURE
from reporter.charts.nouns import Picture
from reporter.charts.sheet import Sheet, shown_value, value_limits, value_ticks
from reporter.charts.style import (
    FOCUS,
    GRID,
    HATCHES,
    INK,
    OTHERS,
    PALETTE,
    QUIET,
    WIDTH,
    height_of,
    text_width,
    wrapped,
)
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart

NAME_LIMIT = 150.0
_KEY = 16.0
_DASHES: tuple[Any, ...] = ((0, (4, 3)), (0, (1, 1.5)))
_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


def draw_ranked(chart: Chart) -> Picture:
    """Bars from the highest figure to the lowest."""
    return draw_rows(chart, ranked=True)


def draw_rows(chart: Chart, ranked: bool = False) -> Picture:
    """A bar a series, ours marked by its colour and bold name; targets stand across as lines."""
    rows = _Rows(chart, ("own", "member", "comparator"), ranked)
    axes = rows.sheet.axes
    for i, name, middle, height in rows:
        line, value = chart.plan.lines[i], rows.last[i]
        if value is not None:
            colour = {"own": FOCUS, "comparator": PALETTE[1]}.get(line.role, OTHERS)
            hatch = HATCHES[1] if line.role == "comparator" else ""
            axes.barh(middle, value, height=height - 7, color=colour, edgecolor=QUIET,
                      linewidth=0.8, hatch=hatch, label=name)  # fmt: skip
        at = max(value or 0.0, 0.0)
        axes.annotate(rows.end(i), (at, middle), xytext=(4, 0), textcoords="offset points",
                      va="center", annotation_clip=False, bbox=_WHITE, zorder=5)  # fmt: skip
    rows.lines_across()
    return rows.sheet.picture()


def draw_range(chart: Chart) -> Picture:
    """Dots by size; a hollow dot is the first figure where there are two or more."""
    rows = _Rows(chart, ("member",), ranked=True)
    axes = rows.sheet.axes
    for i, name, middle, _ in rows:
        axes.axhline(middle, color=GRID, linewidth=0.7)
        first, last = _first(chart.plan.lines[i]), rows.last[i]
        if first is not None and last is not None:
            axes.plot([first, last], [middle, middle], color=FOCUS, linewidth=1.2)
            axes.plot([first], [middle], marker="o", markersize=6, markerfacecolor="white",
                      markeredgecolor=FOCUS, linestyle="none")  # fmt: skip
        if last is not None:
            axes.plot([last], [middle], marker="o", markersize=7, color=FOCUS, linestyle="none",
                      label=name)  # fmt: skip
        axes.annotate(rows.end(i), (1, middle), xycoords=("axes fraction", "data"), xytext=(4, 0),
                      textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip
    rows.lines_across()
    return rows.sheet.picture()


def _last_of(points: Sequence[PointPlan]) -> float | None:
    return points[-1].value if points else None


def _first(line: LinePlan) -> float | None:
    return line.points[0].value if len(line.points) > 1 else None


class _Rows:
    """The sheet with its names; iterates over (line, name, middle, height) of each row."""

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
        notes = []
        if any(_first(chart.plan.lines[i]) is not None for i in self.order):
            first, last = chart.period_labels[0], chart.period_labels[-1]
            notes = [f"Hollow dots: {first}. Full dots: {last}."]
        key = _KEY if self.across else 0.0
        below = 36 if chart.value_label else 20
        sheet = Sheet(chart, sum(self.heights), left, right, below, notes, key)
        sheet.axes.set_xlim(low, high)
        sheet.axes.set_ylim(sum(self.heights) or 1.0, 0)
        value_ticks(sheet, chart, low, high, upright=False)
        sheet.axes.set_xlabel(chart.value_label[:1].upper() + chart.value_label[1:])
        sheet.axes.set_yticks([])
        return sheet

    def __iter__(self) -> Any:
        at = 0.0
        for i, name, height in zip(self.order, self.names, self.heights, strict=True):
            middle = at + height / 2
            own = self.chart.plan.lines[i].role == "own"
            self.sheet.axes.annotate(
                name, (0, middle), xycoords=("axes fraction", "data"), xytext=(-6, 0),
                textcoords="offset points", ha="right", va="center", linespacing=1.1,
                fontweight="bold" if own else "normal", annotation_clip=False,
            )  # fmt: skip
            yield i, name, middle, height
            at += height

    def end(self, i: int) -> str:
        """The figure at the end of a row, or that there is none."""
        value = self.last[i]
        return NO_FIGURE if value is None else shown_value(self.chart, value)

    def lines_across(self) -> None:
        """Targets and our own figure as upright lines over all rows, named in a key above."""
        x = 0.0
        for turn, (i, value) in enumerate(self.across):
            own = self.chart.plan.lines[i].role == "own"
            dash: Any = "-" if own else _DASHES[turn % 2]
            self.sheet.axes.axvline(value, color=INK, linestyle=dash, linewidth=1.5)
            words = f"{self.chart.line_labels[i]} {shown_value(self.chart, value)}"
            y = 1 - (self.sheet.key_at + 7) / self.sheet.total
            key = Line2D([x / WIDTH, (x + 24) / WIDTH], [y, y], color=INK, linestyle=dash)
            self.sheet.figure.add_artist(key)
            self.sheet.text(x + 28, self.sheet.key_at, words)
            x += text_width(words) + 44
