"""Lines over time: the measure, its comparators and target, limits and signals of an XmR chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reporter.charts.grids import ordered_periods, places_of
from reporter.charts.letters import height_of, text_width, wrapped
from reporter.charts.marks import Dots, Spot, Stroke, Words
from reporter.charts.sheet import Sheet
from reporter.charts.style import COMMON, FLAT, HOLLOW, INK, SIGNALS, Look, look_of, spread
from reporter.charts.ticks import axis_width, last_shown, period_ticks, value_limits, value_ticks
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart
from reporter.sources import parse_period

HEIGHT = 165.0
MOST_MARKERS = 18
LABEL_LIMIT = 110.0
_BESIDE = 12.0  # points between the plot and the names of its lines


def draw_lines(chart: Chart) -> Sheet:
    """A line a series, named at its right end."""
    lines = chart.plan.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    low, high = value_limits(values, from_zero=False)
    looks = _looks(lines)
    names = [_name(chart, i) for i in range(len(lines))]
    right = max((text_width(row) for name in names for row in name.split("\n")), default=0.0) + 16
    label = chart.value_label
    if low > 0:
        label = chart.words.cut_label
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), right, 22,
                  chart.notes, value_label=label)  # fmt: skip
    periods = ordered_periods(lines)
    places = {period: float(_day(period)) for period in periods}
    days = [places[period] for period in periods] or [0.0]
    margin = max((days[-1] - days[0]) * 0.02, 1.0)
    sheet.across, sheet.up = (days[0] - margin, days[-1] + margin), (low, high)
    value_ticks(sheet, chart)
    judged = chart.plan.kind == "xmr"
    for line, look in zip(lines, looks, strict=True):
        _draw_line(sheet, line, look, places, judged)
    period_ticks(sheet, days, chart.period_labels)
    for line, look in zip(lines, looks, strict=True):
        _draw_points(sheet, line, look, places, judged)
    _name_lines(sheet, lines, names, looks, places)
    return sheet


def _day(period: str) -> int:
    return parse_period(period).end.toordinal()


def _looks(lines: Sequence[LinePlan]) -> list[Look]:
    """The area's own line takes the first colour wherever it stands; the others follow in order."""
    turn = 1 if any(line.role == "own" for line in lines) else 0
    looks = []
    for line in lines:
        if line.role == "own":
            looks.append(look_of("own", 0))
        elif line.role in FLAT:
            looks.append(look_of(line.role, 0))
        else:
            looks.append(look_of(line.role, turn))
            turn += 1
    return [looks[place] for place in places_of(lines)]


def _draw_line(
    sheet: Sheet, line: LinePlan, look: Look, places: dict[str, float], judged: bool
) -> None:
    spots = _spots(sheet, line, places)
    if line.role in FLAT and len(spots) == 1 and spots[0]:
        spots = [(sheet.left, spots[0][1]), (sheet.right, spots[0][1])]
    elif line.role == "target":
        spots = _steps(spots)
    width = 1.4 if judged and look.marker else look.width
    sheet.put(Stroke(tuple(spots), look.colour, width, look.dash, of=line.role))


def _spots(sheet: Sheet, line: LinePlan, places: dict[str, float]) -> list[Spot | None]:
    return [
        None if point.value is None else (sheet.x(places[point.period]), sheet.y(point.value))
        for point in line.points
    ]


def _steps(spots: Sequence[Spot | None]) -> list[Spot | None]:
    """A target is set, it does not grow: it changes at once, midway between two periods."""
    stepped = [*spots[:1]]
    for before, after in pairwise(spots):
        if before and after:
            middle = (before[0] + after[0]) / 2
            stepped += [(middle, before[1]), (middle, after[1])]
        stepped.append(after)
    return stepped


def _draw_points(
    sheet: Sheet, line: LinePlan, look: Look, places: dict[str, float], judged: bool
) -> None:
    """Those points of a line that need a marker: all of them where they are few or `judged`."""
    if not look.marker:
        return
    spots = _spots(sheet, line, places)
    few = len(spots) <= MOST_MARKERS and not judged
    last = max((i for i, spot in enumerate(spots) if spot), default=-1)
    alike: dict[Dots, list[Spot]] = {}
    for i, (spot, point) in enumerate(zip(spots, line.points, strict=True)):
        if spot and (point.mark or judged or few or i == last or _alone(spots, i)):
            alike.setdefault(_dot(point, look, judged), []).append(spot)
    sheet.put(*(replace(dot, spots=tuple(found)) for dot, found in alike.items()))


def _alone(spots: Sequence[Spot | None], i: int) -> bool:
    """Whether a figure has none beside it, so that no line shows it."""
    return not any([*spots[max(i - 1, 0) : i], *spots[i + 1 : i + 2]])


def _dot(point: PointPlan, look: Look, judged: bool) -> Dots:
    """How a point is marked; its place is still open."""
    words = point.mark.split()
    signal = next((SIGNALS[word] for word in words if word in SIGNALS), None)
    colour, marker = signal if signal else (COMMON if judged else look.colour, look.marker)
    hollow = any(word in HOLLOW for word in words)
    # Some of these colours are pale on white: the edge is dark, and the shape tells them apart.
    edge = INK if signal or judged else look.colour
    return Dots(
        (), marker, 7 if signal else 5 if judged else 5.5,
        "#FFFFFF" if hollow else colour,
        colour if hollow and signal else edge,
        1.8 if hollow and signal else 0.8 if judged else 1.4,
        of=point.mark,
    )  # fmt: skip


def _name(chart: Chart, i: int) -> str:
    """What stands at the right end of a line: its name and last figure.

    An average or a limit that held until it was worked out anew is told of below the chart.
    """
    if chart.plan.lines[i].until:
        return ""
    name = chart.line_labels[i]
    return wrapped(f"{name} {last_shown(chart, i)}".strip(), LABEL_LIMIT)


def _name_lines(
    sheet: Sheet,
    lines: Sequence[LinePlan],
    names: Sequence[str],
    looks: Sequence[Look],
    places: dict[str, float],
) -> None:
    ends = []
    for i, line in enumerate(lines):
        known = [p for p in line.points if p.value is not None]
        if names[i] and known and known[-1].value is not None:
            flat = line.role in FLAT and len(line.points) == 1
            x = sheet.right if flat else sheet.x(places[known[-1].period])
            ends.append((i, x, sheet.y(known[-1].value)))
    sizes = [height_of(names[i]) + 1 for i, _, _ in ends]
    placed = spread([y for _, _, y in ends], sizes, sheet.top - 14, sheet.floor + 12)
    beside = sheet.right + _BESIDE
    for (i, x, at), y in zip(ends, placed, strict=True):
        sheet.put(Words(beside, y, names[i], middle=True))
        if abs(at - y) > 3 or x < sheet.right - sheet.width * 0.05:
            start = _towards((x, at), (beside - 1, y), 3)
            sheet.put(Stroke((start, (beside - 1, y)), looks[i].colour, 0.7))


def _towards(start: Spot, end: Spot, points: float) -> Spot:
    """What lies `points` from `start` on the way to `end`."""
    (x, y), (to_x, to_y) = start, end
    share = points / (math.dist(start, end) or 1.0)
    return x + (to_x - x) * share, y + (to_y - y) * share
