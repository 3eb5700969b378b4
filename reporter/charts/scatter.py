"""A funnel as a chart of Word's own: areas as points over their denominators, limits as curves.

Each series has two columns in the workbook: its places along the foot, and its figures. Both curves
of a pair of limits are one series with an empty cell between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from reporter.charts import parts
from reporter.charts.arial import LINE, TITLE_PART, lines_within, text_width
from reporter.charts.formats import axis_format, cell_format
from reporter.charts.grids import Column, Grid, Scale, round_scale, scale_of
from reporter.charts.nouns import NativeChart
from reporter.charts.parts import switch
from reporter.charts.style import FOCUS, GRID, INK, QUIET, WIDTH, WIDTH_MM
from reporter.charts.workbook import SHEET, workbook_of_columns
from reporter.plan import LinePlan
from reporter.prose import Chart

PLOT = 190.0  # points, as in the picture
_BELOW, _KEY, _RIGHT = 42.0, 16.0, 14.0
_DASHES = {"95": "dash", "99.8": "sysDot"}
_OFF = 6.0  # points that a name stands off its point
_OTHER_AREAS = "#767676"  # darker than in pictures: LibreOffice draws no edges
_WHOLE = "#,##0"


@dataclass(frozen=True, slots=True)
class _Series:
    """A name, a role and (for a limit) its level; points from the left, None where a curve ends."""

    name: str
    role: str
    level: str
    points: tuple[tuple[float, float | None], ...]
    shown: tuple[str, ...] = ()


def build_funnel(chart: Chart) -> NativeChart:
    """`chart`, a funnel with figures, as Word's own."""
    series = _series_of(chart)
    columns = _columns_of(series, chart.across_label)
    grid = Grid("scatter", (), tuple(columns[1::2]))
    scale = scale_of(grid, chart.plan.unit, chart.plan.decimals)
    form = cell_format(chart, grid)
    heads, key = _heads(chart, scale), 4.0
    key += sum(lines_within(words, WIDTH * TITLE_PART) * LINE for words, _ in heads)
    across = sum(text_width(one.name) + 44 for one in series)
    top = key + _KEY * (1 + across // WIDTH) + 10
    height = top + PLOT + _BELOW
    widest = max(text_width(f"{end:,.{scale.decimals}f}%") for end in (scale.low, scale.high))
    left = widest + 12
    inner = (left / WIDTH, top / height, (WIDTH - left - _RIGHT) / WIDTH, PLOT / height)
    places = [x for one in series for x, _ in one.points]
    foot = round_scale(min(places), max(places), 6)
    side = _clear_side(series, foot, scale, WIDTH - left - _RIGHT)
    longest = max(len(one.points) for one in series)
    drawn = "".join(_drawn(one, turn, longest, form, side) for turn, one in enumerate(series))
    plot = (
        f"<c:scatterChart>{switch('scatterStyle', 'lineMarker')}{switch('varyColors', 0)}{drawn}"
        f"{switch('axId', 1)}{switch('axId', 2)}</c:scatterChart>"
    )
    axes = _foot_axis(chart, foot) + _value_axis(chart, scale)
    xml = parts.chart_space(
        parts.title(heads, (0.0, 0.0), INK)
        + switch("autoTitleDeleted", int(not heads))
        + f"<c:plotArea>{parts.layout(inner, inner=True)}{plot}{axes}</c:plotArea>"
        + parts.key("t", (0.0, key / height, 1.0, (top - key - 6) / height))
        + switch("plotVisOnly", 1)
        + switch("dispBlanksAs", "gap")
    )
    size = round(height * 25.4 / 72, 2)
    return NativeChart(xml, workbook_of_columns(columns, form), WIDTH_MM, size, chart.notes)


def _heads(chart: Chart, scale: Scale) -> list[tuple[str, bool]]:
    """Title, subtitle and what the upright axis counts, without what the caption says."""
    heads = [(chart.title, True), (chart.subtitle, False)]
    label = chart.words.cut_label if scale.low > 0 else chart.value_label
    known = [(said, bold) for said, bold in heads if said and said not in chart.caption]
    return [*known, (label[:1].upper() + label[1:], False)] if label else known


def _series_of(chart: Chart) -> list[_Series]:
    """The other areas, ours, the average and each pair of limits, in the order of their drawing."""
    lines = [*zip(chart.plan.lines, chart.line_labels, chart.shown, strict=True)]
    made: list[_Series] = []
    for role in ("member", "own", "centre"):
        found = [(line, name, shown) for line, name, shown in lines if line.role == role]
        if found:
            points = tuple(point for line, _, _ in found for point in _points(line))
            name = found[0][0].area if role == "own" else found[0][1]
            made.append(_Series(name, role, "", points, found[0][2]))
    for level in _DASHES:
        pair = [
            (x, name) for x, name, _ in lines if x.role == "limit" and x.category.startswith(level)
        ]
        points = ()
        for line, _ in pair:
            gap = ((points[-1][0], None),) if points else ()
            points = (*points, *gap, *_points(line))
        if points:
            made.append(_Series(pair[0][1], "limit", level, points))
    return made


def _points(line: LinePlan) -> list[tuple[float, float | None]]:
    return [
        (point.of, point.value)
        for point in line.points
        if point.of is not None and point.value is not None
    ]


def _clear_side(series: Sequence[_Series], foot: Scale, scale: Scale, width: float) -> str:
    """The side of our point (top, below, right or left) where its name hides fewest points."""
    spots = [
        ((x - foot.low) / (foot.high - foot.low) * width,
         (scale.high - y) / (scale.high - scale.low) * PLOT)
        for one in series
        for x, y in one.points
        if y is not None
    ]  # fmt: skip
    own = next((one for one in series if one.role == "own"), None)
    if own is None:
        return "t"
    at = sum(len(one.points) for one in series[: series.index(own)])
    x, y = spots[at]
    wide = text_width(f"{own.name} {own.shown[0]}")
    corners = {
        "t": (x - wide / 2, y - LINE - _OFF), "b": (x - wide / 2, y + _OFF),
        "r": (x + _OFF, y - LINE / 2), "l": (x - _OFF - wide, y - LINE / 2),
    }  # fmt: skip

    def hidden(side: str) -> int:
        left, top = corners[side]
        if left < 0 or left + wide > width:
            return len(spots)
        inside = (left - 4 < a < left + wide + 4 and top < b < top + LINE for a, b in spots)
        return sum(inside)

    return min(corners, key=hidden)


def _columns_of(series: Sequence[_Series], across: str) -> list[Column]:
    """The workbook: two columns a series, what lies along the foot and the figures."""
    return [
        column
        for one in series
        for column in (
            Column(across, "across", tuple(x for x, _ in one.points), ()),
            Column(one.name, one.role, tuple(y for _, y in one.points), one.shown),
        )
    ]


def _drawn(one: _Series, turn: int, longest: int, form: str, side: str) -> str:
    along, up = xl_col_to_name(2 * turn), xl_col_to_name(2 * turn + 1)
    # LibreOffice shows no series whose cells are fewer than another's.
    padded = [*one.points, *[(None, None)] * (longest - len(one.points))]
    last = longest + 1
    label = (
        parts.name_point(0, form, " ", side=side, inside=parts.solid("#FFFFFF"))
        if one.role == "own"
        else ""
    )
    xs = parts.figures(f"{SHEET}!${along}$2:${along}${last}", [x for x, _ in padded], _WHOLE)
    ys = parts.figures(f"{SHEET}!${up}$2:${up}${last}", [y for _, y in padded], form)
    return (
        f"<c:ser>{switch('idx', turn)}{switch('order', turn)}"
        f"<c:tx>{parts.texts(f'{SHEET}!${up}$1', [one.name])}</c:tx>{_look(one)}{label}"
        f"<c:xVal>{xs}</c:xVal><c:yVal>{ys}</c:yVal>{switch('smooth', 0)}</c:ser>"
    )


def _look(one: _Series) -> str:
    """Points without a line, ours a large dark diamond; the average and limits without points."""
    if one.role in ("member", "own"):
        colour, style, size = (
            (_OTHER_AREAS, "circle", 6) if one.role == "member" else (FOCUS, "diamond", 10)
        )
        return f"{parts.shape(parts.NO_LINE)}{parts.marker(style, INK, colour, size)}"
    dash = _DASHES.get(one.level, "solid")
    none = parts.marker("none", INK, INK)
    return f"{parts.shape(parts.line(QUIET, 1.25, dash))}{none}"


def _foot_axis(chart: Chart, scale: Scale) -> str:
    title = parts.title([(chart.across_label, False)]) if chart.across_label else ""
    ends = switch("max", scale.high) + switch("min", scale.low)
    return (
        f"<c:valAx>{switch('axId', 1)}<c:scaling>{ends}</c:scaling>{switch('delete', 0)}"
        f"{switch('axPos', 'b')}{title}{parts.number(_WHOLE)}{switch('majorTickMark', 'out')}"
        f"{switch('minorTickMark', 'none')}{switch('tickLblPos', 'low')}"
        f"{parts.shape(parts.line(QUIET, 0.75))}{switch('crossAx', 2)}{switch('crosses', 'min')}"
        f"{switch('crossBetween', 'midCat')}{switch('majorUnit', scale.step)}</c:valAx>"
    )


def _value_axis(chart: Chart, scale: Scale) -> str:
    ends = switch("max", scale.high) + switch("min", scale.low)
    return (
        f"<c:valAx>{switch('axId', 2)}<c:scaling>{ends}</c:scaling>{switch('delete', 0)}"
        f"{switch('axPos', 'l')}<c:majorGridlines>{parts.shape(parts.line(GRID, 0.75))}"
        f"</c:majorGridlines>{parts.number(axis_format(chart, scale))}"
        f"{switch('majorTickMark', 'none')}{switch('minorTickMark', 'none')}"
        f"{switch('tickLblPos', 'low')}{parts.shape(parts.NO_LINE)}{switch('crossAx', 1)}"
        f"{switch('crosses', 'min')}{switch('crossBetween', 'midCat')}"
        f"{switch('majorUnit', scale.step)}</c:valAx>"
    )
