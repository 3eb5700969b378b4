"""Chart -> NativeChart: a chart part that Word draws and authors can edit, in the house style.

The house style (STANDARDS 1.11) in the elements of DrawingML. Distances are in points from the
upper left corner, as in the pictures: title, key, label of the axis, plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.utility import xl_col_to_name

from reporter.charts import looks, parts
from reporter.charts.grids import Grid, Scale, evenly_spaced, grid_of, ordered_periods, scale_of
from reporter.charts.notes import GAP, is_broken, point_notes
from reporter.charts.nouns import NativeChart
from reporter.charts.parts import switch
from reporter.charts.style import GRID, INK, QUIET, WIDTH, WIDTH_MM
from reporter.charts.workbook import MONTHS, SHEET, day_number, workbook_of
from reporter.plan import ChartPlan, LinePlan
from reporter.prose import Chart

PLOT = 165.0  # points, as in the pictures
ROW = 24.0
LINE = 14.0  # points a line of text takes
LETTER = 5.6  # points a letter of 10 point Arial takes on the whole
_AXES = switch("axId", 1) + switch("axId", 2)
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
    return NativeChart(
        xml=drawn.xml(),
        workbook=workbook_of(grid, form),
        width_mm=WIDTH_MM,
        height_mm=round(drawn.sheet.height * 25.4 / 72, 2),
        notes=_notes(grid, chart.plan),
    )


def _notes(grid: Grid, plan: ChartPlan) -> tuple[str, ...]:
    if grid.shape == "lines":
        return (*point_notes(plan), *([GAP] if is_broken(plan.lines) else []))
    if grid.shape == "rows" or not _open(plan.lines):
        return ()
    return (
        "Where a part has no figure, it is left out of its bar." if grid.shape == "stack" else GAP,
    )


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
    """A chart part: what stands where on it, then its text."""

    def __init__(self, chart: Chart, grid: Grid, scale: Scale, form: str) -> None:
        self.chart, self.grid, self.scale, self.form = chart, grid, scale, form
        self.cut = grid.shape == "lines" and bool(scale.low)
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

    def xml(self) -> bytes:
        """The whole part in the house style: text, title, key, axes, plot, then each series."""
        sheet, lined = self.sheet, self.grid.shape == "lines"
        inner = (
            sheet.left / WIDTH, sheet.top / sheet.height,
            (WIDTH - sheet.left - sheet.right) / WIDTH, sheet.plot / sheet.height,
        )  # fmt: skip
        plot = self._lines() if lined else self._bars()
        axes = f"{self._names_axis()}{self._values_axis()}"
        lines = self.chart.plan.lines
        joined = lined and _sparse(lines) and not _open(lines)
        return parts.chart_space(
            parts.title(self.heads, (0.0, 0.0), INK)
            + switch("autoTitleDeleted", int(not self.heads))
            + f"<c:plotArea>{parts.layout(inner, inner=True)}{plot}{axes}</c:plotArea>"
            + (self._key() if self.keyed else "")
            + switch("plotVisOnly", 1)
            + switch("dispBlanksAs", "span" if joined else "gap")
        )

    def _key(self) -> str:
        if self.grid.shape == "stack":
            return parts.key("r", None)
        height = self.sheet.height
        return parts.key("t", (0.0, self.sheet.key_at / height, 1.0, self._key_height() / height))

    def _lines(self) -> str:
        return (
            f"<c:lineChart>{switch('grouping', 'standard')}{switch('varyColors', 0)}"
            f"{self._series(smooth=switch('smooth', 0))}{switch('marker', 1)}{_AXES}</c:lineChart>"
        )

    def _bars(self) -> str:
        shape = self.grid.shape
        stacked = shape == "stack"
        way = switch("barDir", "bar" if shape == "rows" else "col")
        grouped = switch("grouping", "stacked" if stacked else "clustered")
        gap = switch("gapWidth", 22 if stacked else 40)
        overlap = switch("overlap", 100) if stacked else ""
        return (
            f"<c:barChart>{way}{grouped}{switch('varyColors', 0)}{self._series()}{gap}{overlap}"
            f"{_AXES}</c:barChart>"
        )

    def _series(self, smooth: str = "") -> str:
        """Each series: its name, look, labels and figures, with the cells where they stand."""
        grid, rows = self.grid, len(self.grid.names) + 1
        names = f"{SHEET}!$A$2:$A${rows}"
        along = parts.texts(names, grid.names)
        if grid.dates:
            days = [float(day_number(day)) for day in grid.dates]
            along = parts.figures(names, days, MONTHS)
        made = []
        for turn, column in enumerate(grid.columns):
            at = f"${xl_col_to_name(turn + 1)}$"
            cells = f"{SHEET}!{at}2:{at}{rows}"
            held = parts.figures(cells, column.values, self.form)
            made.append(
                f"<c:ser>{switch('idx', turn)}{switch('order', turn)}"
                f"<c:tx>{parts.texts(f'{SHEET}!{at}1', [column.name])}</c:tx>"
                f"{self._look(turn)}{self._labels()}"
                f"<c:cat>{along}</c:cat><c:val>{held}</c:val>{smooth}</c:ser>"
            )
        return "".join(made)

    def _look(self, turn: int) -> str:
        if self.grid.shape == "lines":
            return looks.line_look(self.grid, turn)
        if self.grid.shape == "rows":
            return looks.row_look(self.grid, turn, self.chart.plan.kind != "range")
        return looks.bar_look(turn)

    def _labels(self) -> str:
        grid = self.grid
        if self.ends:
            return parts.name_point(len(grid.names) - 1, self.form)
        room = (WIDTH - self.sheet.left - self.sheet.right) / len(grid.names)
        single = len(grid.columns) == 1 and self.widest * LETTER + 6 < room
        if grid.shape == "rows" or (grid.shape != "lines" and single):
            return parts.show_values(self.form)
        return ""

    def _names_axis(self) -> str:
        """Periods or areas: level, and one of so many written that the last one is."""
        grid, rows = self.grid, self.grid.shape == "rows"
        every = 1 if rows else self._every()
        kind = "dateAx" if grid.dates else "catAx"
        turned = switch("orientation", "maxMin") if rows else ""
        skipped = "" if rows else switch("tickLblSkip", every) + switch("tickMarkSkip", every)
        spaced = (
            f"{switch('lblOffset', 100)}{switch('baseTimeUnit', 'months')}"
            f"{switch('majorUnit', every)}{switch('majorTimeUnit', 'months')}"
            if grid.dates
            else f"{switch('lblAlgn', 'ctr')}{switch('lblOffset', 100)}{skipped}"
            f"{switch('noMultiLvlLbl', 0)}"
        )
        return (
            f"<c:{kind}>{switch('axId', 1)}<c:scaling>{turned}</c:scaling>{switch('delete', 0)}"
            f"{switch('axPos', 'l' if rows else 'b')}"
            f"{parts.number(MONTHS, linked=True) if grid.dates else ''}"
            f"{switch('majorTickMark', 'none' if rows else 'out')}{switch('minorTickMark', 'none')}"
            f"{switch('tickLblPos', 'low')}{parts.shape(parts.line(QUIET, 0.75))}"
            f"{parts.level_text(broken=every == 1)}{switch('crossAx', 2)}"
            f"{switch('crosses', 'autoZero')}{switch('auto', 1)}{spaced}</c:{kind}>"
        )

    def _values_axis(self) -> str:
        scale, rows = self.scale, self.grid.shape == "rows"
        ends = "".join(
            switch(tag, float(end))
            for tag, end in (("max", scale.high), ("min", scale.low))
            if end is not None
        )
        title = parts.title([(label, False)]) if rows and (label := self._label()) else ""
        form = parts.number_format(scale.decimals, self.chart.plan.unit)
        grid = parts.shape(parts.line(GRID, 0.75))
        # Reversed names would take the values to the top.
        crosses = switch("crosses", "max" if rows else "autoZero")
        return (
            f"<c:valAx>{switch('axId', 2)}<c:scaling>{ends}</c:scaling>{switch('delete', 0)}"
            f"{switch('axPos', 'b' if rows else 'l')}<c:majorGridlines>{grid}</c:majorGridlines>"
            f"{title}{parts.number(form)}{switch('majorTickMark', 'none')}"
            f"{switch('minorTickMark', 'none')}{switch('tickLblPos', 'nextTo')}"
            f"{parts.shape('<a:ln><a:noFill/></a:ln>')}{switch('crossAx', 1)}{crosses}"
            f"{switch('majorUnit', float(scale.step))}</c:valAx>"
        )

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
