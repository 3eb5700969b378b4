"""Lines over time: the measure, its comparators and target, limits and signals of an XmR chart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reporter.charts.grids import ordered_periods
from reporter.charts.notes import HOLLOW, point_notes
from reporter.charts.nouns import Picture
from reporter.charts.sheet import (
    Sheet,
    axis_width,
    period_ticks,
    shown_value,
    value_limits,
    value_ticks,
)
from reporter.charts.style import (
    COMMON,
    INK,
    LINE_HEIGHT,
    SIGNALS,
    TEXT,
    WIDTH,
    Look,
    height_of,
    look_of,
    spread,
    text_width,
    wrapped,
)
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart
from reporter.sources import parse_period

HEIGHT = 165.0
MOST_MARKERS = 18
LABEL_LIMIT = 110.0


def draw_lines(chart: Chart) -> Picture:
    """A line a series, named at its right end."""
    lines = chart.plan.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    low, high = value_limits(values, from_zero=False)
    looks = _looks(lines)
    names = [_name(chart, i) for i in range(len(lines))]
    right = max((text_width(row) for name in names for row in name.split("\n")), default=0.0) + 16
    label = chart.value_label
    if low > 0:
        label = f"{label} (the axis does not start at zero)".strip()
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), right, 22,
                  _notes(chart), value_label=label)  # fmt: skip
    periods = ordered_periods(lines)
    places = {period: float(_day(period)) for period in periods}
    days = [places[period] for period in periods] or [0.0]
    margin = max((days[-1] - days[0]) * 0.02, 1.0)
    sheet.axes.set_xlim(days[0] - margin, days[-1] + margin)
    sheet.axes.set_ylim(low, high)
    value_ticks(sheet, chart, low, high)
    period_ticks(sheet, days, chart.period_labels)
    for line, look in zip(lines, looks, strict=True):
        _draw_line(sheet, line, look, places, chart.plan.kind == "xmr")
    _name_lines(sheet, lines, names, looks, places)
    return sheet.picture()


def _day(period: str) -> int:
    return parse_period(period).end.toordinal()


def _looks(lines: Sequence[LinePlan]) -> list[Look]:
    """The area's own line takes the first colour wherever it stands; the others follow in order."""
    turn = 1 if any(line.role == "own" for line in lines) else 0
    looks = []
    for line in lines:
        if line.role == "own":
            looks.append(look_of("own", 0))
        elif line.role in ("target", "limit", "centre"):
            looks.append(look_of(line.role, 0))
        else:
            looks.append(look_of(line.role, turn))
            turn += 1
    return looks


def _draw_line(
    sheet: Sheet, line: LinePlan, look: Look, places: dict[str, float], judged: bool
) -> None:
    """The line and those of its points that need a marker: all of them where each is `judged`."""
    xs = [places[point.period] for point in line.points]
    ys = [math.nan if point.value is None else point.value for point in line.points]
    if line.role in ("target", "limit", "centre") and len(xs) == 1:
        xs, ys = list(sheet.axes.get_xlim()), ys * 2
    marked = look.marker if len(xs) <= MOST_MARKERS and not judged else ""
    steps = "steps-mid" if line.role == "target" else "default"  # a target is set, it does not grow
    width = 1.4 if judged and look.marker else look.width
    sheet.axes.plot(xs, ys, color=look.colour, linestyle=look.dash, linewidth=width,
                    drawstyle=steps,
                    marker=marked, markersize=5, label=line.role,
                    solid_capstyle="round")  # fmt: skip
    for i, (x, y, point) in enumerate(zip(xs, ys, line.points, strict=False)):
        if math.isnan(y) or not look.marker:
            continue
        last = all(math.isnan(later) for later in ys[i + 1 :])
        if point.mark or judged or (not marked and (last or _alone(ys, i))):
            _draw_point(sheet, x, y, point, look, judged)


def _alone(ys: Sequence[float], i: int) -> bool:
    """Whether a figure has none beside it, so that no line shows it."""
    before = i == 0 or math.isnan(ys[i - 1])
    after = i == len(ys) - 1 or math.isnan(ys[i + 1])
    return before and after


def _draw_point(
    sheet: Sheet, x: float, y: float, point: PointPlan, look: Look, judged: bool
) -> None:
    words = point.mark.split()
    signal = next((SIGNALS[word] for word in words if word in SIGNALS), None)
    colour, marker = signal[:2] if signal else (COMMON if judged else look.colour, look.marker)
    hollow = any(word in HOLLOW for word in words)
    # Some of these colours are pale on white: the edge is dark, and the shape tells them apart.
    edge = INK if signal or judged else look.colour
    sheet.axes.plot([x], [y], marker=marker, markersize=7 if signal else 5 if judged else 5.5,
                    markeredgecolor=colour if hollow and signal else edge,
                    markeredgewidth=1.8 if hollow and signal else 0.8 if judged else 1.4,
                    markerfacecolor="white" if hollow else colour,
                    linestyle="none", zorder=4, label=point.mark)  # fmt: skip


def _name(chart: Chart, i: int) -> str:
    """What stands at the right end of a line: its name and last figure."""
    line = chart.plan.lines[i]
    name = chart.line_labels[i]
    last = next((p.value for p in reversed(line.points) if p.value is not None), None)
    words = name if last is None else f"{name} {shown_value(chart, last)}"
    return wrapped(words, LABEL_LIMIT)


def _name_lines(
    sheet: Sheet,
    lines: Sequence[LinePlan],
    names: Sequence[str],
    looks: Sequence[Look],
    places: dict[str, float],
) -> None:
    low, high = sheet.axes.get_ylim()
    scale = sheet.height / (high - low)
    edge = sheet.axes.get_xlim()[1]
    ends = []
    for i, line in enumerate(lines):
        known = [p for p in line.points if p.value is not None]
        if known and known[-1].value is not None:
            flat = line.role in ("target", "limit", "centre") and len(line.points) == 1
            ends.append((i, edge if flat else places[known[-1].period], known[-1].value))
    wanted = [(value - low) * scale for _, _, value in ends]
    sizes = [height_of(names[i]) + 1 for i, _, _ in ends]
    placed = spread(wanted, sizes, -12, sheet.height + 14)
    for (i, x, value), at, y in zip(ends, wanted, placed, strict=True):
        beside = WIDTH - sheet.right - sheet.left + 12
        sheet.axes.annotate(
            names[i], (x, value), xytext=(beside, y), textcoords="axes points",
            ha="left", va="center", annotation_clip=False, linespacing=LINE_HEIGHT, fontsize=TEXT,
        )  # fmt: skip
        if abs(at - y) > 3 or x < edge - (edge - sheet.axes.get_xlim()[0]) * 0.03:
            sheet.axes.annotate(
                "", (x, value), xytext=(beside - 1, y), textcoords="axes points",
                annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": looks[i].colour, "linewidth": 0.7,
                            "shrinkA": 0, "shrinkB": 3},
            )  # fmt: skip


def _notes(chart: Chart) -> list[str]:
    gaps = any(point.value is None for line in chart.plan.lines for point in line.points)
    gap = ["A gap means that there is no figure."] if gaps else []
    return [*point_notes(chart.plan), *gap]
