"""Upright bars over time: by period, starts against ends, and what a whole is made of. All from
zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reporter.charts.grids import ordered_periods
from reporter.charts.letters import height_of, text_width, wrapped
from reporter.charts.lines import draw_lines
from reporter.charts.marks import Boxes, Stroke, Words
from reporter.charts.sheet import Sheet
from reporter.charts.sideways import draw_rows
from reporter.charts.style import HATCHES, PALETTE, QUIET, TEXT, WIDTH, spread, turned
from reporter.charts.ticks import (
    axis_width,
    end_room,
    last_shown,
    period_ticks,
    value_limits,
    value_ticks,
)
from reporter.plan import LinePlan
from reporter.prose import Chart

HEIGHT = 165.0


def draw_bars(chart: Chart) -> Sheet:
    """A bar a series where each has one figure; else bars by period, a colour a series."""
    if max((len(line.points) for line in chart.plan.lines), default=0) <= 1:
        return draw_rows(chart)
    return draw_upright(chart)


def draw_flows(chart: Chart) -> Sheet:
    """Starts beside ends as bars, or as lines where so many pairs could not be told apart."""
    return draw_lines(chart) if chart.plan.drawn_as_lines else draw_upright(chart)


def draw_upright(chart: Chart) -> Sheet:
    """Bars by period, side by side for each series, with a key above in their order."""
    lines = chart.plan.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    low, high = value_limits(values, from_zero=True)
    if low < 0:  # room for the figures below the bars
        low -= (high - low) * 0.08
    several = len(lines) > 1
    key = _key_height(chart) if several else 0.0
    right = max(end_room(chart.period_labels) - 10, 6)
    periods = _periods(lines)
    labels = _stacked(chart.period_labels)
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), right,
                  10 + max(height_of(label) for label in labels or ("",)), chart.notes, key,
                  chart.value_label)  # fmt: skip
    sheet.across, sheet.up = (-0.6, len(periods) - 0.4), (low, high)
    value_ticks(sheet, chart)
    width = 0.78 / len(lines)
    for turn, line in enumerate(lines):
        found = [(periods[p.period], p.value) for p in line.points if p.value is not None]
        start = (turn - len(lines) / 2 + 0.03) * width
        places = [_box(sheet, x + start, width * 0.94, 0.0, y) for x, y in found]
        sheet.put(_series(chart, turn, places, 0.3))
    if low < 0:
        sheet.put(Stroke(((sheet.left, sheet.y(0.0)), (sheet.right, sheet.y(0.0))), QUIET, 0.8))
    period_ticks(sheet, range(len(periods)), labels)
    if several:
        _key(sheet, chart)
    else:
        _write_values(sheet, chart, periods)
    return sheet


def _box(
    sheet: Sheet, x: float, width: float, low: float, high: float
) -> tuple[float, float, float, float]:
    """The bar from `low` to `high` over `width` of the level axis, as it stands on the sheet."""
    left, right = sheet.x(x), sheet.x(x + width)
    top, foot = sheet.y(max(low, high)), sheet.y(min(low, high))
    return left, top, right - left, foot - top


def _series(
    chart: Chart, turn: int, places: Sequence[tuple[float, float, float, float]], edge: float
) -> Boxes:
    colour, hatch = PALETTE[turn % 6], HATCHES[turned(turn)]
    return Boxes(tuple(places), colour, "#FFFFFF", edge, hatch, of=chart.line_labels[turn])


def _stacked(labels: Sequence[str]) -> Sequence[str]:
    """Labels with a word a line where they are so many, or so long, that some would be left out."""
    wide = max((text_width(label) for label in labels), default=0.0) + 10
    if len(labels) * wide <= WIDTH * 0.85:
        return labels
    return [label.replace(" ", "\n") if label.count(" ") == 1 else label for label in labels]


def _write_values(sheet: Sheet, chart: Chart, periods: Mapping[str, int]) -> None:
    """The figure on top of each bar of a single series, where there is room for all of them."""
    pairs = zip(chart.plan.lines[0].points, chart.shown[0], strict=True)
    points = [(p.period, p.value, words) for p, words in pairs if p.value is not None]
    widest = max((text_width(words) for _, _, words in points), default=0.0)
    if len(periods) * (widest + 6) > sheet.width:
        return
    for period, value, words in points:
        beyond = sheet.y(value) + 1 if value < 0 else sheet.y(value) - TEXT - 2
        sheet.put(Words(sheet.x(periods[period]), beyond, words, side="centre", plate=True))


def _periods(lines: Sequence[LinePlan]) -> dict[str, int]:
    return {key: place for place, key in enumerate(ordered_periods(lines))}


def _key_rows(chart: Chart) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    used = 0.0
    for i, label in enumerate(chart.line_labels):
        need = text_width(label) + 34
        if rows[-1] and used + need > WIDTH:
            rows.append([])
            used = 0.0
        rows[-1].append(i)
        used += need
    return rows


def _key_height(chart: Chart) -> float:
    return len(_key_rows(chart)) * 16.0 + 2


def _key(sheet: Sheet, chart: Chart) -> None:
    middle = sheet.key_at + 6.5
    for row in _key_rows(chart):
        x = 0.0
        for i in row:
            sign = (x, middle - 4.5, 14.0, 9.0)
            sheet.put(Boxes((sign,), PALETTE[i % 6], "#FFFFFF", 0.0, HATCHES[turned(i)]))
            sheet.key_text(x + 19, middle, chart.line_labels[i])
            x += text_width(chart.line_labels[i]) + 34
        middle += 16


def draw_composition(chart: Chart) -> Sheet:
    """Stacked bars by period, each part named beside the last bar."""
    lines = chart.plan.lines
    periods = _periods(lines)
    tops = [0.0] * len(periods)
    stacks: list[list[tuple[int, float, float]]] = []
    for line in lines:
        stack = []
        for point in line.points:
            if point.value is not None:
                place = periods[point.period]
                stack.append((place, tops[place], point.value))
                tops[place] += point.value
        stacks.append(stack)
    low, high = value_limits(tops, from_zero=True)
    if chart.plan.unit == "percent":
        high = max(100.0, max(tops, default=0.0))
    last = len(periods) - 1
    names = [_part_name(chart, i, stacks[i], last) for i in range(len(lines))]
    right = max((text_width(row) for name in names for row in name.split("\n")), default=0.0) + 18
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), right, 22, chart.notes,
                  value_label=chart.value_label)  # fmt: skip
    sheet.across, sheet.up = (-0.55, last + 0.55), (low, high)
    value_ticks(sheet, chart)
    for turn, stack in enumerate(stacks):
        places = [_box(sheet, x - 0.41, 0.82, start, start + size) for x, start, size in stack]
        sheet.put(_series(chart, turn, places, 0.8))
    period_ticks(sheet, range(len(periods)), chart.period_labels)
    _name_parts(sheet, names, stacks, last)
    return sheet


def _part_name(chart: Chart, i: int, stack: Sequence[tuple[int, float, float]], last: int) -> str:
    there = any(place == last for place, _, _ in stack)
    words = chart.line_labels[i]
    return wrapped(f"{words} {last_shown(chart, i)}" if there else words, 120)


def _name_parts(
    sheet: Sheet, names: Sequence[str], stacks: Sequence[list[tuple[int, float, float]]], last: int
) -> None:
    ends = [
        (turn, sheet.y(start + size / 2))
        for turn, stack in enumerate(stacks)
        for place, start, size in stack
        if place == last
    ]
    sizes = [height_of(names[turn]) + 1 for turn, _ in ends]
    placed = spread([middle for _, middle in ends], sizes, sheet.top - 10, sheet.floor + 10)
    for (turn, middle), y in zip(ends, placed, strict=True):
        beside = sheet.right + 14
        sheet.put(Words(beside, y, names[turn], middle=True))
        sheet.put(Stroke(((sheet.x(last + 0.41), middle), (beside - 1, y)), QUIET, 0.7))
