"""Funnel: areas as points over their denominators, with 95% and 99.8% limits (STANDARDS 2.9).

Only our own area is named: the others stand as they are, not in a league table.
"""

from __future__ import annotations

import math

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from reporter.charts.nouns import Picture
from reporter.charts.sheet import Sheet, axis_width, shown_value, value_limits, value_ticks
from reporter.charts.style import FOCUS, INK, OTHERS, QUIET, WIDTH, text_width
from reporter.plan import LinePlan
from reporter.prose import Chart

HEIGHT = 190.0
_KEY = 16.0
_DASHES = {"95": (0, (4, 3)), "99.8": (0, (1.5, 1.5))}


def draw_funnel(chart: Chart) -> Picture:
    """Ours a large diamond with its name and figure, the others grey circles, limits as curves."""
    lines = chart.plan.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    across = [p.of for line in lines for p in line.points if p.of is not None]
    low, high = value_limits(values, from_zero=False)
    label = chart.value_label
    if low > 0:
        label = f"{label} (the axis does not start at zero)".strip()
    keys = _keys(chart)
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), 14, 36,
                  key=_KEY * len(_rows(keys)), value_label=label)  # fmt: skip
    left, right = min(across, default=0.0), max(across, default=1.0)
    spare = (right - left) * 0.02 or 1.0
    sheet.axes.set_xlim(left - spare, right + spare)
    sheet.axes.set_ylim(low, high)
    value_ticks(sheet, chart, low, high)
    ticks = MaxNLocator(nbins=6, integer=True, steps=[1, 2, 2.5, 5, 10]).tick_values(left, right)
    ticks = [tick for tick in ticks if left - spare <= tick <= right + spare]
    sheet.axes.set_xticks(ticks, [f"{tick:,.0f}" for tick in ticks])
    sheet.axes.set_xlabel(chart.across_label)
    for line in lines:
        _draw(sheet, chart, line)
    _key(sheet, keys)
    return sheet.picture()


def _draw(sheet: Sheet, chart: Chart, line: LinePlan) -> None:
    xs = [math.nan if point.of is None else point.of for point in line.points]
    ys = [math.nan if point.value is None else point.value for point in line.points]
    if line.role in ("centre", "limit"):
        sheet.axes.plot(xs, ys, color=QUIET, linewidth=1.2, linestyle=_dash(line), label=line.role)
        return
    own = line.role == "own"
    sheet.axes.plot(xs, ys, linestyle="none", marker="D" if own else "o",
                    markersize=8 if own else 6, markeredgecolor=INK, markeredgewidth=0.8,
                    markerfacecolor=FOCUS if own else OTHERS, zorder=5 if own else 4,
                    label=line.area)  # fmt: skip
    if own and line.points[0].value is not None:
        middle = sum(sheet.axes.get_xlim()) / 2
        before = xs[0] > middle
        centre = next((x.points[0].value for x in chart.plan.lines if x.role == "centre"), None)
        towards = -12 if centre is not None and ys[0] > centre else 12  # there is room inside
        sheet.axes.annotate(
            f"{line.area} {shown_value(chart, line.points[0].value)}", (xs[0], ys[0]),
            xytext=(-6 if before else 6, towards), textcoords="offset points", va="center",
            ha="right" if before else "left", fontweight="bold", zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _dash(line: LinePlan) -> object:
    return "-" if line.role == "centre" else _DASHES[line.category.split()[0]]


def _keys(chart: Chart) -> list[tuple[str, LinePlan]]:
    """The lines and the other areas, each name once."""
    named = {
        label: line
        for line, label in zip(chart.plan.lines, chart.line_labels, strict=True)
        if line.role != "own"
    }
    return list(named.items())


def _rows(keys: list[tuple[str, LinePlan]]) -> list[list[tuple[float, str, LinePlan]]]:
    rows: list[list[tuple[float, str, LinePlan]]] = [[]]
    x = 0.0
    for label, line in keys:
        need = text_width(label) + 38
        if rows[-1] and x + need > WIDTH:
            rows.append([])
            x = 0.0
        rows[-1].append((x, label, line))
        x += need
    return rows


def _key(sheet: Sheet, keys: list[tuple[str, LinePlan]]) -> None:
    y = sheet.key_at
    for row in _rows(keys):
        at = 1 - (y + 7) / sheet.total
        for x, label, line in row:
            if line.role == "member":
                mark = Line2D([(x + 12) / WIDTH], [at], marker="o", markersize=6, linestyle="none",
                              markeredgecolor=INK, markerfacecolor=OTHERS)  # fmt: skip
            else:
                mark = Line2D([x / WIDTH, (x + 24) / WIDTH], [at, at], color=QUIET, linewidth=1.2,
                              linestyle=_dash(line))  # type: ignore[arg-type]  # fmt: skip
            sheet.figure.add_artist(mark)
            sheet.text(x + 28, y, label)
        y += _KEY
