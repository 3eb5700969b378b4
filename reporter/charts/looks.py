"""How each series of a chart of Word's own looks: colour, dash, marker and pattern, in the order of
the palette.

Never told apart by colour alone (STANDARDS 1.11.8). Knows the grid, not the report.
"""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Pt

from reporter.charts.grids import Column, Grid
from reporter.charts.notes import HOLLOW
from reporter.charts.style import COMMON, FOCUS, INK, OTHERS, PALETTE, QUIET, SIGNALS

MOST_MARKERS = 18
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.PLUS, XL_MARKER_STYLE.X,
)  # fmt: skip
_DASHES = (
    MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.DASH_DOT, MSO_LINE.ROUND_DOT, MSO_LINE.SOLID,
    MSO_LINE.DASH,
)  # fmt: skip
_PATTERNS = (
    None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_10,
    MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL, MSO_PATTERN.DIAGONAL_CROSS, MSO_PATTERN.CROSS,
)  # fmt: skip
_FLAT = ("target", "limit", "centre")
_SHAPES = {
    "o": XL_MARKER_STYLE.CIRCLE, "D": XL_MARKER_STYLE.DIAMOND, "s": XL_MARKER_STYLE.SQUARE,
    "^": XL_MARKER_STYLE.TRIANGLE,
}  # fmt: skip


def rgb(colour: str) -> Any:
    """`colour` ("#12436D") as python-pptx wants it."""
    return RGBColor.from_string(colour.lstrip("#"))


def dress_line(series: Any, grid: Grid, turn: int) -> None:
    """A line: our own in the first colour and thicker, targets grey and dotted, gaps left open."""
    column = grid.columns[turn]
    flat = column.role in _FLAT
    place = _place(grid, turn)
    colour = QUIET if flat else PALETTE[place % 6]
    line = series.format.line
    line.color.rgb = rgb(colour)
    line.width = Pt(1.5 if flat else 2.5 if column.role == "own" else 2)
    line.dash_style = MSO_LINE.SQUARE_DOT if flat else _DASHES[place % 6]
    series.smooth = False
    style = XL_MARKER_STYLE.NONE if flat else _MARKERS[place % 6]
    crowded = len(column.values) > MOST_MARKERS
    judged = column.role == "own" and any(other.role == "limit" for other in grid.columns)
    _mark(series.marker, XL_MARKER_STYLE.NONE if crowded else style, colour, colour)
    for i, value in enumerate(column.values):
        words = column.marks[i].split()
        hollow = any(word in HOLLOW for word in words)
        signal = next((SIGNALS[word] for word in words if word in SIGNALS), None)
        if signal or (judged and value is not None):
            shade, shape = signal[:2] if signal else (COMMON, "o")
            _mark(series.points[i].marker, _SHAPES[shape], shade if hollow else INK,
                  "#FFFFFF" if hollow else shade, size=9 if signal else 6)  # fmt: skip
        elif not flat and value is not None and (hollow or (crowded and _alone(column, i))):
            _mark(series.points[i].marker, style, colour, "#FFFFFF" if hollow else colour)


def _place(grid: Grid, turn: int) -> int:
    """Our own line takes the first colour wherever it stands; the others follow in order."""
    columns = grid.columns
    if columns[turn].role == "own":
        return 0
    first = int(any(column.role == "own" for column in columns))
    return first + sum(column.role not in ("own", *_FLAT) for column in columns[:turn])


def dress_bars(plot: Any, series: Any, grid: Grid, turn: int) -> None:
    """Upright bars, side by side or stacked, a colour and a pattern each."""
    plot.gap_width = 22 if grid.shape == "stack" else 40
    plot.overlap = 100 if grid.shape == "stack" else 0
    series.invert_if_negative = False
    _fill(series.format, PALETTE[turn % 6], _PATTERNS[turn % 6])
    series.format.line.color.rgb = rgb("#FFFFFF")


def dress_rows(plot: Any, series: Any, grid: Grid, turn: int, among: bool) -> None:
    """Level bars: our own dark among grey others, comparators hatched, targets only outlined.

    Where ours is not one `among` them, all are dark and ours, their sum or mean, is hatched.
    """
    column = grid.columns[turn]
    plot.gap_width, plot.overlap = 40, 0
    series.invert_if_negative = False
    before = column.role == "before"
    among = among and "own" in grid.roles
    _fill(series.format, "#FFFFFF" if before else OTHERS if among else FOCUS, None)
    series.format.line.color.rgb = rgb(QUIET)
    for i, role in enumerate(() if before else grid.roles):
        if role == "member" or column.values[i] is None:
            continue
        point = series.points[i].format
        colour = {"comparator": PALETTE[1], "target": "#FFFFFF"}.get(role, FOCUS)
        hatched = role == "comparator" or (role == "own" and not among)
        _fill(point, colour, _PATTERNS[1] if hatched else None)
        point.line.color.rgb = rgb(QUIET)
        if role == "target":
            point.line.dash_style = MSO_LINE.DASH


def _mark(marker: Any, style: Any, colour: str, inside: str, size: int = 6) -> None:
    marker.style, marker.size = style, size
    if style is not XL_MARKER_STYLE.NONE:
        _fill(marker.format, inside, None)
        marker.format.line.color.rgb = rgb(colour)


def _fill(form: Any, colour: str, pattern: Any) -> None:
    """Solid, or white lines over the colour: never told apart by colour alone."""
    fill = form.fill
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = rgb(colour)
        return
    fill.patterned()
    fill.pattern = pattern
    fill.fore_color.rgb, fill.back_color.rgb = rgb("#FFFFFF"), rgb(colour)


def _alone(column: Column, i: int) -> bool:
    """Whether a figure has none beside it, so that no line shows it."""
    beside = column.values[max(i - 1, 0) : i] + column.values[i + 1 : i + 2]
    return all(value is None for value in beside)
