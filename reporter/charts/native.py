"""Chart -> NativeChart: a chart part that Word draws and authors can edit, in the house style.

python-pptx writes the part from the figures; the look (STANDARDS 1.11) is laid on here. Distances
are in points from the upper left corner, as in the pictures: title, key, label of the axis, plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as WordChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Pt

from reporter.charts import parts
from reporter.charts.grids import Column, Grid, Scale, evenly_spaced, grid_of, periods_of, scale_of
from reporter.charts.nouns import NativeChart
from reporter.charts.style import FOCUS, GRID, INK, OTHERS, PALETTE, QUIET, WIDTH, WIDTH_MM
from reporter.charts.workbook import workbook_of
from reporter.prose import Chart

PLOT = 165.0  # points, as in the pictures
ROW = 24.0
MOST_MARKERS = 18
LINE = 14.0  # points a line of text takes
LETTER = 5.6  # points a letter of 10 point Arial takes on the whole
_KINDS = {
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
    "rows": XL_CHART_TYPE.BAR_CLUSTERED,
}
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.PLUS, XL_MARKER_STYLE.X,
)  # fmt: skip
_DASHES = (
    MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.DASH_DOT, MSO_LINE.ROUND_DOT, MSO_LINE.SOLID,
    MSO_LINE.DASH,
)  # fmt: skip
_PATTERNS = (
    None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_20,
    MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL, MSO_PATTERN.DIAGONAL_CROSS, MSO_PATTERN.CROSS,
)  # fmt: skip
_FLAT = ("target", "limit", "centre")
_HOLLOW = ("approximate", "provisional")
NATIVE = ("line", "bars", "flows", "composition", "peers", "range")


def why_not(chart: Chart) -> str:
    """Why Word cannot draw `chart` as honestly as a picture does; empty where it can."""
    kind = chart.plan.kind
    if kind not in NATIVE:
        return f"Word has no {kind} chart"
    grid = grid_of(chart)
    if not grid.figures:
        return "it has no figures yet"
    if grid.shape == "lines" and not evenly_spaced(periods_of(chart.plan.lines)):
        return "its periods are not evenly spaced"
    return ""


def build(chart: Chart) -> NativeChart:
    """`chart` as Word's own. Only for a chart of which `why_not` says nothing."""
    grid = grid_of(chart)
    scale = scale_of(grid, chart.plan.unit, chart.plan.decimals)
    form = parts.number_format(chart.plan.decimals, chart.plan.unit)
    drawn = _Drawn(chart, grid, scale, form)
    drawn.dress()
    return NativeChart(
        xml=drawn.xml(),
        workbook=workbook_of(grid, form),
        width_mm=WIDTH_MM,
        height_mm=round(drawn.sheet.height * 25.4 / 72, 2),
        notes=_notes(grid),
    )


def _notes(grid: Grid) -> tuple[str, ...]:
    notes = []
    marks = {mark for column in grid.columns for mark in column.marks}
    if hollow := [word for word in _HOLLOW if grid.shape == "lines" and word in marks]:
        notes.append(f"Hollow points are {' or '.join(hollow)}.")
    if grid.shape != "rows" and any(None in column.values for column in grid.columns):
        part = grid.shape == "stack"
        notes.append(
            "Where a part has no figure, it is left out of its bar."
            if part
            else "A gap means that there is no figure."
        )
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand, in points: the key and the axis label from above, the plot's sides."""

    key_at: float
    label_at: float
    top: float
    plot: float
    left: float
    right: float
    height: float


class _Drawn:
    """A chart part while it is dressed in the house style."""

    def __init__(self, chart: Chart, grid: Grid, scale: Scale, form: str) -> None:
        self.chart, self.grid, self.scale, self.form = chart, grid, scale, form
        data = CategoryChartData(number_format=form)
        data.categories = grid.names
        for column in grid.columns:
            data.add_series(column.name, column.values)
        written = ChartXmlWriter(_KINDS[grid.shape], data).xml
        # Ids below zero, which the writer copied from PowerPoint, are outside the schema.
        sound = written.replace('"-2068027336"', '"1"').replace('"-2113994440"', '"2"')
        self.root: Any = parse_xml(sound.replace('lang="en-US"', 'lang="en-GB"').encode())
        self.word: Any = WordChart(self.root, None)
        self.ends = _ends(grid, scale) if grid.shape == "lines" else ()
        self.keyed = len(grid.columns) > 1 and not self.ends
        self.heads = [
            (words, bold)
            for words, bold in ((chart.title, True), (chart.subtitle, False))
            if words and words not in chart.caption
        ]
        self.sheet = self._sheet()

    def _sheet(self) -> _Sheet:
        chart, grid = self.chart, self.grid
        key_at = 2 + sum(_lines(words) * LINE for words, _ in self.heads)
        beside = grid.shape == "stack"
        label_at = key_at + (self._key_height() if self.keyed and not beside else 0)
        rows = grid.shape == "rows"
        top = label_at + (LINE + 8 if chart.value_label and not rows else 6)
        widest = max(len(parts.shown(v, chart.plan.decimals, chart.plan.unit))
                     for v in grid.figures)  # fmt: skip
        left, right, below = widest * LETTER + 10, 12.0, 26.0
        plot = PLOT
        if rows:
            names = [min(len(name) * LETTER, 150.0) for name in grid.names]
            left, right, below = max(names) + 12, widest * LETTER + 12, 40.0
            plot = sum(max(ROW * len(grid.columns) * 0.75, ROW, math.ceil(len(n) * LETTER / 140)
                           * LINE + 6) for n in grid.names)  # fmt: skip
        elif self.ends:
            right = min(max(len(words) * LETTER for words in self.ends), 130.0) + 14
        elif beside and self.keyed:
            right = min(max(len(c.name) * LETTER for c in grid.columns), 130.0) + 34
        return _Sheet(key_at, label_at, top, plot, left, right, top + plot + below)

    def _key_height(self) -> float:
        width = sum(len(column.name) * LETTER + 40 for column in self.grid.columns)
        return math.ceil(width / (WIDTH - 10)) * 16.0 + 4

    def dress(self) -> None:
        """Lays the house style on: text, title, key, axes, plot, then each series."""
        word = self.word
        font = word.font
        font.size, font.name, font.color.rgb = Pt(10), parts.FONT, _rgb(INK)
        parts.set_title(self.root, self.heads, (QUIET, INK))
        word.has_legend = self.keyed
        if self.keyed:
            beside = self.grid.shape == "stack"
            spot = None if beside else self._fraction(self.sheet.key_at, self._key_height())
            parts.set_key(self.root, "r" if beside else "t", spot)
        self._axes()
        sheet = self.sheet
        inner = (
            sheet.left / WIDTH, sheet.top / sheet.height,
            (WIDTH - sheet.left - sheet.right) / WIDTH, sheet.plot / sheet.height,
        )  # fmt: skip
        parts.set_plot(self.root, inner)
        for turn, column in enumerate(self.grid.columns):
            series = word.plots[0].series[turn]
            dress = {"lines": self._line, "rows": self._row}.get(self.grid.shape, self._bar)
            dress(series, column, turn)

    def _fraction(self, y: float, height: float) -> tuple[float, float, float, float]:
        return (0.0, y / self.sheet.height, 1.0, height / self.sheet.height)

    def _axes(self) -> None:
        word, scale, rows = self.word, self.scale, self.grid.shape == "rows"
        values, names = word.value_axis, word.category_axis
        values.minimum_scale, values.maximum_scale = scale.low, scale.high
        values.major_unit = scale.step
        values.major_tick_mark = XL_TICK_MARK.NONE
        values.format.line.fill.background()
        values.major_gridlines.format.line.color.rgb = _rgb(GRID)
        values.major_gridlines.format.line.width = Pt(0.75)
        values.tick_labels.number_format = parts.number_format(scale.decimals, self.chart.plan.unit)
        values.tick_labels.number_format_is_linked = False
        names.format.line.color.rgb = _rgb(QUIET)
        names.format.line.width = Pt(0.75)
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.major_tick_mark = XL_TICK_MARK.NONE if rows else XL_TICK_MARK.OUTSIDE
        names.reverse_order = rows
        label = self.chart.value_label[:1].upper() + self.chart.value_label[1:]
        if scale.low:
            label = f"{label} (the axis does not start at zero)".strip()
        if label:
            # Level, above the axis: under it where the axis lies along the foot.
            y = self.sheet.label_at / self.sheet.height
            parts.set_axis_title(values._element, label, None if rows else (0.0, y))
        parts.keep_level(names._element)
        if not rows:
            every = self._every()
            parts.set_skip(names._element, every)
        else:
            # Reversed names would take the values to the top.
            parts.cross_at_end(values._element)

    def _every(self) -> int:
        """Every how many names one is written, so that they stand level and the last has one."""
        names, sheet = self.grid.names, self.sheet
        room = (WIDTH - sheet.left - sheet.right) / len(names)
        need = math.ceil((max(map(len, names)) * LETTER + 8) / room)
        # A name of two words may break into two lines.
        broken = max(len(word) for name in names for word in name.split() or [""])
        if math.ceil((broken * LETTER + 8) / room) == 1:
            return 1
        last = len(names) - 1
        return next((n for n in range(need, 2 * need + 1) if last % n == 0), need)

    def _line(self, series: Any, column: Column, turn: int) -> None:
        own = any(c.role == "own" for c in self.grid.columns)
        flat = column.role in _FLAT
        place = self._place(turn) if own else turn
        colour = QUIET if flat else PALETTE[place % 6]
        line = series.format.line
        line.color.rgb = _rgb(colour)
        line.width = Pt(1.5 if flat else 2.5 if column.role == "own" else 2)
        line.dash_style = MSO_LINE.SQUARE_DOT if flat else _DASHES[place % 6]
        series.smooth = False
        style = XL_MARKER_STYLE.NONE if flat else _MARKERS[place % 6]
        crowded = len(column.values) > MOST_MARKERS
        _mark(series.marker, XL_MARKER_STYLE.NONE if crowded else style, colour, colour)
        for i, value in enumerate(column.values):
            hollow = column.marks[i] in _HOLLOW
            if not flat and value is not None and (hollow or (crowded and _alone(column, i))):
                _mark(series.points[i].marker, style, colour, "#FFFFFF" if hollow else colour)
        if self.ends:
            parts.name_point(series._element, len(column.values) - 1, self.form)

    def _place(self, turn: int) -> int:
        """Our own line takes the first colour wherever it stands; the others follow in order."""
        columns = self.grid.columns
        if columns[turn].role == "own":
            return 0
        return 1 + sum(c.role not in ("own", *_FLAT) for c in columns[:turn])

    def _bar(self, series: Any, column: Column, turn: int) -> None:
        plot = self.word.plots[0]
        plot.gap_width = 22 if self.grid.shape == "stack" else 40
        if self.grid.shape == "columns":
            plot.overlap = 0
        series.invert_if_negative = False
        _fill(series.format, PALETTE[turn % 6], _PATTERNS[turn % 6])
        series.format.line.color.rgb = _rgb("#FFFFFF")
        widest = max(len(parts.shown(v, self.chart.plan.decimals, self.chart.plan.unit))
                     for v in self.grid.figures) * LETTER + 6  # fmt: skip
        room = (WIDTH - self.sheet.left - self.sheet.right) / len(self.grid.names)
        if len(self.grid.columns) == 1 and widest < room:
            parts.show_values(series._element, self.form)

    def _row(self, series: Any, column: Column, turn: int) -> None:
        self.word.plots[0].gap_width = 40
        self.word.plots[0].overlap = 0
        series.invert_if_negative = False
        before = column.role == "before"
        _fill(series.format, "#FFFFFF" if before else OTHERS, None)
        series.format.line.color.rgb = _rgb(QUIET)
        for i, role in enumerate(self.grid.roles if not before else ()):
            if column.values[i] is None or (role == "member" and self.chart.plan.kind == "peers"):
                continue
            point = series.points[i].format
            colour = {"own": FOCUS, "comparator": PALETTE[1], "target": "#FFFFFF"}.get(role, FOCUS)
            _fill(point, colour, _PATTERNS[1] if role == "comparator" else None)
            point.line.color.rgb = _rgb(QUIET)
            if role == "target":
                point.line.dash_style = MSO_LINE.DASH
        parts.show_values(series._element, self.form)

    def xml(self) -> bytes:
        """The finished part."""
        parts.finish(self.root)
        etree.cleanup_namespaces(self.root)
        made: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8",
                                     standalone=True)  # fmt: skip
        return made


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#"))


def _mark(marker: Any, style: Any, colour: str, inside: str) -> None:
    marker.style, marker.size = style, 6
    if style is not XL_MARKER_STYLE.NONE:
        _fill(marker.format, inside, None)
        marker.format.line.color.rgb = _rgb(colour)


def _fill(form: Any, colour: str, pattern: Any) -> None:
    """Solid, or white lines over the colour: never told apart by colour alone."""
    fill = form.fill
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(colour)
        return
    fill.patterned()
    fill.pattern = pattern
    fill.fore_color.rgb, fill.back_color.rgb = _rgb("#FFFFFF"), _rgb(colour)


def _alone(column: Column, i: int) -> bool:
    """Whether a figure has none beside it, so that no line shows it."""
    beside = column.values[max(i - 1, 0) : i] + column.values[i + 1 : i + 2]
    return all(value is None for value in beside)


def _ends(grid: Grid, scale: Scale) -> Sequence[str]:
    """What is written at the ends of the lines; empty where a key above has to name them.

    That is where a line ends early, or two labels would stand on each other.
    """
    last = [column.values[-1] for column in grid.columns]
    known = sorted(value for value in last if value is not None)
    if len(known) < len(last):
        return ()
    names = [f"{column.name} {parts.shown(column.values[-1] or 0.0, 1, '')}"
             for column in grid.columns]  # fmt: skip
    low = scale.low if scale.low is not None else min(grid.figures)
    span = (max(grid.figures) - low) or 1.0
    tall = max(math.ceil(len(name) * LETTER / 130) for name in names) * LINE
    apart = all((b - a) / span * PLOT * 0.85 > tall for a, b in zip(known, known[1:], strict=False))
    return names if apart else ()


def _lines(words: str) -> int:
    return math.ceil(len(words) * LETTER / WIDTH)
