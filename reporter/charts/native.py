"""Chart -> NativeChart: a chart part that Word draws and authors can edit, in the house style.

python-pptx writes the part from the figures; the look (STANDARDS 1.11) is laid on here. Distances
are in points from the upper left corner, as in the pictures: title, key, label of the axis, plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as WordChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt

from reporter.charts import looks, parts
from reporter.charts.grids import Grid, Scale, evenly_spaced, grid_of, ordered_periods, scale_of
from reporter.charts.notes import point_notes
from reporter.charts.nouns import NativeChart
from reporter.charts.style import GRID, INK, QUIET, WIDTH, WIDTH_MM
from reporter.charts.workbook import MONTHS, workbook_of
from reporter.plan import ChartPlan, LinePlan
from reporter.prose import Chart

PLOT = 165.0  # points, as in the pictures
ROW = 24.0
LINE = 14.0  # points a line of text takes
LETTER = 5.6  # points a letter of 10 point Arial takes on the whole
_KINDS = {
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
    "rows": XL_CHART_TYPE.BAR_CLUSTERED,
}
NATIVE = ("line", "xmr", "bars", "flows", "composition", "peers", "range")


def why_not(chart: Chart) -> str:
    """Why Word cannot draw `chart` as honestly as a picture does; empty where it can."""
    kind = chart.plan.kind
    if kind not in NATIVE:
        return f"Word has no {kind} chart"
    grid = grid_of(chart)
    if not grid.figures:
        return "it has no figures yet"
    if (
        grid.shape == "lines"
        and not grid.dates
        and not evenly_spaced(ordered_periods(chart.plan.lines))
    ):
        return "its periods are not evenly spaced"
    if grid.shape == "lines" and _sparse(chart.plan.lines) and _open(chart.plan.lines):
        return "one of its series has gaps and another has figures less often"
    return ""


def _sparse(lines: Sequence[LinePlan]) -> bool:
    """Whether a series passes over periods of the chart that are no gaps of its own.

    Word leaves all such places open or none, in the whole chart.
    """
    periods = ordered_periods(lines)
    for line in lines:
        own = [periods.index(point.period) for point in line.points]
        if own and max(own) - min(own) >= len(own):
            return True
    return False


def _open(lines: Sequence[LinePlan]) -> bool:
    return any(point.value is None for line in lines for point in line.points)


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
        notes=_notes(grid, chart.plan),
    )


def _notes(grid: Grid, plan: ChartPlan) -> tuple[str, ...]:
    notes = point_notes(plan) if grid.shape == "lines" else []
    if grid.shape != "rows" and _open(plan.lines):
        part = grid.shape == "stack"
        notes.append(
            "Where a part has no figure, it is left out of its bar."
            if part
            else "A gap means that there is no figure."
        )
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand, in points: the key and the plot from above, the plot's sides."""

    key_at: float
    top: float
    plot: float
    left: float
    right: float
    height: float


class _Drawn:
    """A chart part while it is dressed in the house style."""

    def __init__(self, chart: Chart, grid: Grid, scale: Scale, form: str) -> None:
        self.chart, self.grid, self.scale, self.form = chart, grid, scale, form
        self.cut = grid.shape == "lines" and bool(scale.low)
        data = CategoryChartData(number_format=form)
        data.categories = grid.dates or grid.names
        data.categories.number_format = MONTHS
        for column in grid.columns:
            data.add_series(column.name, column.values)
        written = ChartXmlWriter(_KINDS[grid.shape], data).xml
        # Ids below zero, which the writer copied from PowerPoint, are outside the schema.
        sound = written.replace('"-2068027336"', '"1"').replace('"-2113994440"', '"2"')
        self.root: Any = parse_xml(sound.replace('lang="en-US"', 'lang="en-GB"').encode())
        self.word: Any = WordChart(self.root, None)
        self.ends = _ends(grid, scale) if grid.shape == "lines" else ()
        self.keyed = len(grid.columns) > 1 and not self.ends
        self.heads = self._heads()
        self.widest = max(
            len(parts.shown(v, chart.plan.decimals, chart.plan.unit)) for v in grid.figures
        )
        self.sheet = self._sheet()

    def _heads(self) -> list[tuple[str, bool]]:
        """Title, subtitle and, above an upright axis, what it counts; all level (1.11.6).

        The caption stands above the chart: what it says is not said again.
        """
        chart = self.chart
        heads = [(chart.title, True), (chart.subtitle, False)]
        heads = [(words, bold) for words, bold in heads if words and words not in chart.caption]
        label = self._label()
        return [*heads, (label, False)] if label and self.grid.shape != "rows" else heads

    def _label(self) -> str:
        label = self.chart.value_label[:1].upper() + self.chart.value_label[1:]
        return f"{label} (the axis does not start at zero)".strip() if self.cut else label

    def _sheet(self) -> _Sheet:
        grid = self.grid
        key_at = 4 + sum(_lines(words) * LINE for words, _ in self.heads)
        beside = grid.shape == "stack"
        rows = grid.shape == "rows"
        top = key_at + (self._key_height() if self.keyed and not beside else 0) + 8
        left, right, below = self.widest * LETTER + 10, 12.0, 26.0
        plot = PLOT
        if rows:
            names = [min(len(name) * LETTER, 150.0) for name in grid.names]
            left, right, below = max(names) + 12, self.widest * LETTER + 12, 40.0
            plot = sum(max(ROW * len(grid.columns) * 0.75, ROW, math.ceil(len(n) * LETTER / 140)
                           * LINE + 6) for n in grid.names)  # fmt: skip
        elif self.ends:
            right = min(max(len(words) * LETTER for words in self.ends), 130.0) + 14
        elif beside and self.keyed:
            right = min(max(len(c.name) * LETTER for c in grid.columns), 130.0) + 34
        return _Sheet(key_at, top, plot, left, right, top + plot + below)

    def _key_height(self) -> float:
        width = sum(len(column.name) * LETTER + 40 for column in self.grid.columns)
        return math.ceil(width / (WIDTH - 10)) * 16.0 + 4

    def dress(self) -> None:
        """Lays the house style on: text, title, key, axes, plot, then each series."""
        word = self.word
        font = word.font
        font.size, font.name, font.color.rgb = Pt(10), parts.FONT, looks.rgb(INK)
        parts.set_title(self.root, self.heads, INK)
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
        lines = self.chart.plan.lines
        if self.grid.shape == "lines" and _sparse(lines) and not _open(lines):
            parts.join_over_blanks(self.root)
        for turn, series in enumerate(word.plots[0].series):
            self._dress(series, turn)

    def _fraction(self, y: float, height: float) -> tuple[float, float, float, float]:
        return (0.0, y / self.sheet.height, 1.0, height / self.sheet.height)

    def _axes(self) -> None:
        word, scale, rows = self.word, self.scale, self.grid.shape == "rows"
        values, names = word.value_axis, word.category_axis
        values.minimum_scale, values.maximum_scale = scale.low, scale.high
        values.major_unit = scale.step
        values.major_tick_mark = XL_TICK_MARK.NONE
        values.format.line.fill.background()
        values.major_gridlines.format.line.color.rgb = looks.rgb(GRID)
        values.major_gridlines.format.line.width = Pt(0.75)
        values.tick_labels.number_format = parts.number_format(scale.decimals, self.chart.plan.unit)
        values.tick_labels.number_format_is_linked = False
        names.format.line.color.rgb = looks.rgb(QUIET)
        names.format.line.width = Pt(0.75)
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.major_tick_mark = XL_TICK_MARK.NONE if rows else XL_TICK_MARK.OUTSIDE
        names.reverse_order = rows
        if rows and (label := self._label()):
            parts.set_axis_title(values._element, label)
        every = 1 if rows else self._every()
        parts.keep_level(names._element, broken=every == 1)
        if rows:
            # Reversed names would take the values to the top.
            parts.cross_at_end(values._element)
        elif self.grid.dates:
            parts.set_months(names._element, every, MONTHS)
        else:
            parts.set_skip(names._element, every)

    def _every(self) -> int:
        """Every how many names one is written, so that they stand level and the last has one."""
        names, sheet = self.grid.names, self.sheet
        room = (WIDTH - sheet.left - sheet.right) / len(names)
        need = math.ceil((max(map(len, names)) * LETTER + 8) / room)
        # A name of two words may break into two lines.
        broken = max(len(word) for name in names for word in name.split() or [""])
        if not self.grid.dates and broken * LETTER + 8 <= room:
            return 1
        last = len(names) - 1
        return next((n for n in range(need, 2 * need + 1) if last % n == 0), need)

    def _dress(self, series: Any, turn: int) -> None:
        plot, grid = self.word.plots[0], self.grid
        if grid.shape == "lines":
            looks.dress_line(series, grid, turn)
            if self.ends:
                parts.name_point(series._element, len(grid.names) - 1, self.form)
        elif grid.shape == "rows":
            looks.dress_rows(plot, series, grid, turn, self.chart.plan.kind != "range")
            parts.show_values(series._element, self.form)
        else:
            looks.dress_bars(plot, series, grid, turn)
            room = (WIDTH - self.sheet.left - self.sheet.right) / len(grid.names)
            if len(grid.columns) == 1 and self.widest * LETTER + 6 < room:
                parts.show_values(series._element, self.form)

    def xml(self) -> bytes:
        """The finished part."""
        parts.finish(self.root)
        etree.cleanup_namespaces(self.root)
        made: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8",
                                     standalone=True)  # fmt: skip
        return made


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
    apart = all((b - a) / span * PLOT * 0.85 > tall for a, b in pairwise(known))
    return names if apart else ()


def _lines(words: str) -> int:
    return math.ceil(len(words) * LETTER / WIDTH)
