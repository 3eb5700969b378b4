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
from reporter.charts.arial import LINE, TITLE_PART, lines_within, text_width
from reporter.charts.ends import End, name_width, place_ends
from reporter.charts.formats import axis_format, cell_format, label_format
from reporter.charts.grids import Grid, Scale, evenly_spaced, grid_of, ordered_periods, scale_of
from reporter.charts.nouns import NativeChart
from reporter.charts.parts import switch
from reporter.charts.scatter import build_funnel
from reporter.charts.style import GRID, INK, QUIET, WIDTH, WIDTH_MM
from reporter.charts.workbook import (
    MONTHS,
    SHEET,
    day_number,
    months_before,
    months_between,
    workbook_of,
)
from reporter.plan import LinePlan
from reporter.prose import Chart

PLOT = 165.0  # points, as in the pictures
ROW = 24.0
NAME_LIMIT = 150.0
_STRIDES = (1, 2, 3, 4, 6, 12, 24, 36)
_BESIDE = 14.0  # points that a label stands off, and a little spare
_AXES = switch("axId", 1) + switch("axId", 2)
NATIVE = ("line", "xmr", "bars", "flows", "composition", "peers", "range", "funnel")


def why_not(chart: Chart) -> str:
    """Why Word cannot draw `chart` as honestly as a picture does; empty where it can."""
    kind = chart.plan.kind
    if kind not in NATIVE:
        return f"Word has no {kind} chart"
    if kind == "funnel":
        points = [point for line in chart.plan.lines for point in line.points]
        known = any(point.value is not None and point.of is not None for point in points)
        return "" if known else "it has no figures yet"
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
    if chart.plan.kind == "funnel":
        return build_funnel(chart)
    grid = grid_of(chart)
    scale = scale_of(grid, chart.plan.unit, chart.plan.decimals)
    form = cell_format(chart, grid)
    drawn = _Drawn(chart, grid, scale, form)
    return NativeChart(
        xml=drawn.xml(),
        workbook=workbook_of(grid, form),
        width_mm=WIDTH_MM,
        height_mm=round(drawn.sheet.height * 25.4 / 72, 2),
        notes=chart.notes,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand, in points: key and plot from above, the plot's sides."""

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
        self.cut = grid.shape == "lines" and scale.low > 0
        self.label = chart.words.cut_label if self.cut else chart.value_label
        self.label = self.label[:1].upper() + self.label[1:]
        # The caption stands above the chart: what it says is not said again.
        heads = [(chart.title, True), (chart.subtitle, False)]
        heads = [(said, bold) for said, bold in heads if said and said not in chart.caption]
        if self.label and grid.shape != "rows":  # level, above the axis that it names (1.11.6)
            heads.append((self.label, False))
        self.heads = heads
        self.widest = max(
            (text_width(said) for column in grid.columns for said in column.shown), default=0.0
        )
        self.ends: dict[int, End] = {}
        if grid.shape == "lines":
            beside = name_width(grid.columns)
            width = WIDTH - self._left() - beside - _BESIDE
            self.ends = place_ends(grid, scale, width, PLOT)
        self.keyed = len(grid.columns) > 1 and not self.ends
        self.sheet = self._sheet()

    def _left(self) -> float:
        """The room that the numbers of an upright value axis take."""
        numbers = (
            f"{abs(end):,.{self.scale.decimals}f}" for end in (self.scale.low, self.scale.high)
        )
        words = self.chart.words
        return max(text_width(f"{words.before}{number}{words.after}") for number in numbers) + 14

    def _sheet(self) -> _Sheet:
        grid = self.grid
        key_at = 4 + sum(lines_within(words, WIDTH * TITLE_PART) * LINE for words, _ in self.heads)
        beside, rows = grid.shape == "stack", grid.shape == "rows"
        top = key_at + (self._key_height() if self.keyed and not beside else 0) + 8
        left, right, below = self._left(), 12.0, 26.0
        plot = PLOT
        if rows:
            left = max(min(text_width(name), NAME_LIMIT) for name in grid.names) + 12
            right, below = self.widest + 12, 40.0 if self.label else 24.0
            plot = sum(self._row_height(name) for name in grid.names)
        elif self.ends:
            right = name_width(grid.columns) + _BESIDE
        elif grid.shape == "lines":  # a part of the last period stands right of the plot
            right = text_width(grid.names[-1]) + 4
        elif beside and self.keyed:
            right = min(max(text_width(column.name) for column in grid.columns), 130.0) + 34
        return _Sheet(key_at, top, plot, left, right, top + plot + below)

    def _row_height(self, name: str) -> float:
        bars = max(ROW * len(self.grid.columns) * 0.75, ROW)
        return max(bars, lines_within(name, NAME_LIMIT - 10) * LINE + 6)

    def _key_height(self) -> float:
        widths = [text_width(column.name) + 40 for column in self.grid.columns]
        # In Word they follow one another; LibreOffice keeps them in columns.
        side_by_side = max(int((WIDTH - 10) // max(widths)), 1)
        rows = max(math.ceil(sum(widths) / (WIDTH - 10)), math.ceil(len(widths) / side_by_side))
        return rows * 16.0 + 4

    def xml(self) -> bytes:
        """The whole part in the house style: text, title, key, axes, plot, then each series."""
        sheet, lined = self.sheet, self.grid.shape == "lines"
        inner = (
            sheet.left / WIDTH, sheet.top / sheet.height,
            (WIDTH - sheet.left - sheet.right) / WIDTH, sheet.plot / sheet.height,
        )  # fmt: skip
        plot = self._lines() if lined else self._bars()
        axes = f"{self._names_axis()}{self._values_axis()}"
        return parts.chart_space(
            parts.title(self.heads, (0.0, 0.0), INK)
            + switch("autoTitleDeleted", int(not self.heads))
            + f"<c:plotArea>{parts.layout(inner, inner=True)}{plot}{axes}</c:plotArea>"
            + (self._key() if self.keyed else "")
            + switch("plotVisOnly", 1)
            + switch("dispBlanksAs", "span" if self._is_joined() else "gap")
        )

    def _is_joined(self) -> bool:
        """Whether lines run on over periods for which their series have no figures."""
        lines = self.chart.plan.lines
        return self.grid.shape == "lines" and _sparse(lines) and not _open(lines)

    def _is_dated(self) -> bool:
        """Whether the axis is one of time: LibreOffice joins no lines over gaps on such an axis."""
        even = evenly_spaced(ordered_periods(self.chart.plan.lines))
        return bool(self.grid.dates) and not (even and self._is_joined())

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
                f"{self._look(turn)}{self._labels(turn)}"
                f"<c:cat>{along}</c:cat><c:val>{held}</c:val>{smooth}</c:ser>"
            )
        return "".join(made)

    def _look(self, turn: int) -> str:
        if self.grid.shape == "lines":
            return looks.line_look(self.grid, turn)
        if self.grid.shape == "rows":
            return looks.row_look(self.grid, turn, self.chart.plan.kind != "range")
        return looks.bar_look(turn)

    def _labels(self, turn: int) -> str:
        grid, sheet = self.grid, self.sheet
        shown = grid.columns[turn].shown
        if end := self.ends.get(turn):
            form = label_format(self.chart, shown[end.at]) or self.form
            moved = (end.right / WIDTH, end.down / sheet.height)
            separator = " " if end.in_one_line else "\n"
            return parts.name_point(end.at, form, separator, moved if any(moved) else None)
        room = (WIDTH - sheet.left - sheet.right) / len(grid.names)
        single = len(grid.columns) == 1 and self.widest + 6 < room
        if grid.shape == "rows" or (grid.shape == "columns" and single):
            forms = ((i, label_format(self.chart, words)) for i, words in enumerate(shown))
            return parts.show_values(self.form, {i: form for i, form in forms if form})
        return ""

    def _names_axis(self) -> str:
        """Periods or areas: level, and one of so many written that the last one is."""
        grid, rows = self.grid, self.grid.shape == "rows"
        every, spare = (1, 0) if rows else self._every()
        dated = self._is_dated()
        kind = "dateAx" if dated else "catAx"
        scaling = switch("orientation", "maxMin") if rows else ""
        skipped = "" if rows else switch("tickLblSkip", every) + switch("tickMarkSkip", every)
        spaced = (
            f"{switch('lblAlgn', 'ctr')}{switch('lblOffset', 100)}{skipped}"
            f"{switch('noMultiLvlLbl', 0)}"
        )
        turn = parts.LEVEL if every == 1 else parts.UNTURNED if dated else parts.SPARING
        if dated:
            scaling = switch("min", day_number(months_before(grid.dates[0], spare)))
            spaced = (
                f"{switch('lblOffset', 100)}{switch('baseTimeUnit', 'months')}"
                f"{switch('majorUnit', every)}{switch('majorTimeUnit', 'months')}"
            )
        return (
            f"<c:{kind}>{switch('axId', 1)}<c:scaling>{scaling}</c:scaling>{switch('delete', 0)}"
            f"{switch('axPos', 'l' if rows else 'b')}"
            f"{parts.number(MONTHS, linked=True) if grid.dates else ''}"
            f"{switch('majorTickMark', 'none' if rows else 'out')}{switch('minorTickMark', 'none')}"
            f"{switch('tickLblPos', 'low')}{parts.shape(parts.line(QUIET, 0.75))}"
            f"{parts.level_text(turn)}{switch('crossAx', 2)}"
            f"{switch('crosses', 'autoZero')}{switch('auto', int(dated or not grid.dates))}{spaced}"
            f"</c:{kind}>"
        )

    def _values_axis(self) -> str:
        scale, rows = self.scale, self.grid.shape == "rows"
        title = parts.title([(self.label, False)]) if self.label and rows else ""
        form = axis_format(self.chart, scale)
        grid = parts.shape(parts.line(GRID, 0.75))
        # Reversed names would take the values to the top.
        crosses = switch("crosses", "max" if rows else "autoZero")
        between = switch("crossBetween", "midCat" if self.grid.shape == "lines" else "between")
        return (
            f"<c:valAx>{switch('axId', 2)}<c:scaling>{switch('max', scale.high)}"
            f"{switch('min', scale.low)}</c:scaling>{switch('delete', 0)}"
            f"{switch('axPos', 'b' if rows else 'l')}<c:majorGridlines>{grid}</c:majorGridlines>"
            f"{title}{parts.number(form)}{switch('majorTickMark', 'none')}"
            f"{switch('minorTickMark', 'none')}{switch('tickLblPos', 'nextTo')}"
            f"{parts.shape('<a:ln><a:noFill/></a:ln>')}{switch('crossAx', 1)}{crosses}{between}"
            f"{switch('majorUnit', float(scale.step))}</c:valAx>"
        )

    def _every(self) -> tuple[int, int]:
        """Every how many names one is written, so that they stand level and the last has one.

        And how many months an axis of months begins early for that.
        """
        names, sheet = self.grid.names, self.sheet
        last = self._months() if self._is_dated() else len(names) - 1
        room = (WIDTH - sheet.left - sheet.right) / (last + 1)
        need = max(math.ceil((max(map(text_width, names)) + 8) / room), 1)
        # A name of two words may break into two lines.
        broken = max(text_width(word) for name in names for word in name.split() or [""])
        if broken + 8 <= room and not self._is_dated():
            return 1, 0
        if not self._is_dated():
            return next((n for n in range(need, 2 * need + 1) if last % n == 0), need), 0
        apart = math.gcd(*(months_between(*pair) for pair in pairwise(self.grid.dates)))
        strides = [n for n in _STRIDES if n >= need and n % apart == 0]
        known = (n for n in strides if -last % n <= max(1, last // 12))
        others = range(-(-need // apart) * apart, 2 * need + apart, apart)
        every = next(known, min(others, key=lambda n: -last % n))
        return every, -last % every

    def _months(self) -> int:
        """How many months lie between the first and the last of an axis of months."""
        return months_between(self.grid.dates[0], self.grid.dates[-1])
