"""Where the names of lines stand in a chart of Word's own: right of their last points, apart.

Word lays out only the default place of a label; a distance from it may be told, so that labels do
not stand on each other. Distances are in points.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporter.charts.arial import LINE, text_width
from reporter.charts.grids import Column, Grid, Scale
from reporter.charts.style import spread

MOST_WIDE = 150.0
"""Points that a label may be wide: wider ones would leave too little for the plot."""
APART = 1.5
_SAME = 0.75  # distances that nobody sees


@dataclass(frozen=True, slots=True)
class End:
    """The label of a series: at which point, whether in one line, and how far from its place."""

    at: int
    in_one_line: bool
    right: float = 0.0
    down: float = 0.0


def name_width(columns: tuple[Column, ...]) -> float:
    """The room that the names beside the plot take; 0 where one is too long to stand there."""
    widest = max((_wide(one) for _, one in _named(columns)), default=0.0)
    return 0.0 if widest > MOST_WIDE else widest


def place_ends(grid: Grid, scale: Scale, width: float, height: float) -> dict[int, End]:
    """The label of each series by its place among them, in a plot of `width` x `height` points.

    Empty where they cannot all be told apart: then a key has to name the series.
    """
    named = _named(grid.columns)
    sizes = [(1 if _in_one_line(one) else 2) * LINE + APART for _, one in named]
    if not name_width(grid.columns) or sum(sizes) > height + LINE:
        return {}
    lasts = [_last(one) for _, one in named]
    span = scale.high - scale.low
    wanted = [(scale.high - (one.values[at] or 0.0)) / span * height
              for (_, one), at in zip(named, lasts, strict=True)]  # fmt: skip
    placed = spread(wanted, sizes, -LINE / 2, height + LINE / 2)
    step = width / max(len(grid.names) - 1, 1)
    ends = {}
    for (turn, one), at, own, y in zip(named, lasts, wanted, placed, strict=True):
        down = y - own if abs(y - own) > _SAME else 0.0
        right = (len(grid.names) - 1 - at) * step
        ends[turn] = End(at, _in_one_line(one), right, down)
    return ends


def _named(columns: tuple[Column, ...]) -> list[tuple[int, Column]]:
    """The lines that are named: an average or a limit that held until it was worked out anew is
    told of below the chart.
    """
    return [
        (turn, one)
        for turn, one in enumerate(columns)
        if not one.until and any(value is not None for value in one.values)
    ]


def _in_one_line(column: Column) -> bool:
    return text_width(f"{column.name} {column.shown[_last(column)]}") <= MOST_WIDE


def _wide(column: Column) -> float:
    """The width of a label in one line or, where that is too much, in two."""
    name, figure = column.name, column.shown[_last(column)]
    if _in_one_line(column):
        return text_width(f"{name} {figure}")
    return max(text_width(name), text_width(figure))


def _last(column: Column) -> int:
    """The place of the last figure."""
    return max(i for i, value in enumerate(column.values) if value is not None)
