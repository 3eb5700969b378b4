"""Funnel: areas as points over their denominators, with 95% and 99.8% limits (STANDARDS 2.9).

Only our own area is named: the others stand as they are, not in a league table.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporter.charts.letters import block_of, sides_of, text_width
from reporter.charts.marks import Dots, Side, Spot, Stroke, Words
from reporter.charts.sheet import Sheet
from reporter.charts.style import FOCUS, INK, OTHERS, QUIET, WIDTH
from reporter.charts.ticks import axis_width, last_shown, round_ticks, value_limits, value_ticks
from reporter.plan import LinePlan
from reporter.prose import Chart

HEIGHT = 190.0
_KEY = 16.0
_LAYERS = {"member": 1, "own": 2}  # ours on top of all
_DASHES = {"95": (4.0, 3.0), "99.8": (1.5, 1.5)}


def draw_funnel(chart: Chart) -> Sheet:
    """Ours a large diamond with its name and figure, the others grey circles, limits as curves."""
    lines = chart.plan.lines
    values = [p.value for line in lines for p in line.points if p.value is not None]
    across = [p.of for line in lines for p in line.points if p.of is not None]
    low, high = value_limits(values, from_zero=False)
    label = chart.value_label
    if low > 0:
        label = chart.words.cut_label
    keys = _keys(chart)
    sheet = Sheet(chart, HEIGHT, axis_width(chart, low, high), 14, 36,
                  key=_KEY * len(_rows(keys)), value_label=label)  # fmt: skip
    left, right = min(across, default=0.0), max(across, default=1.0)
    spare = (right - left) * 0.02 or 1.0
    sheet.across, sheet.up = (left - spare, right + spare), (low, high)
    value_ticks(sheet, chart)
    ticks = round_ticks(left - spare, right + spare, 6, whole=True)
    sheet.base(ticks, [f"{tick:,.0f}" for tick in ticks])
    sheet.base_label(chart.across_label)
    for line in sorted(lines, key=lambda line: _LAYERS.get(line.role, 0)):
        _draw(sheet, chart, line)
    _key(sheet, keys)
    return sheet


def _draw(sheet: Sheet, chart: Chart, line: LinePlan) -> None:
    spots = [
        None if p.of is None or p.value is None else (sheet.x(p.of), sheet.y(p.value))
        for p in line.points
    ]
    if line.role in ("centre", "limit"):
        sheet.put(Stroke(tuple(spots), QUIET, 1.2, _dash(line), of=line.role))
        return
    own = line.role == "own"
    shown = tuple(spot for spot in spots if spot)
    shape, size, face = ("D", 8, FOCUS) if own else ("o", 6, OTHERS)
    sheet.put(Dots(shown, shape, size, face, INK, 0.8, of=line.area))
    if own and shown:
        _name(sheet, chart, line, shown[0])


def _name(sheet: Sheet, chart: Chart, line: LinePlan, at: Spot) -> None:
    """Our own name and figure beside our point, where they hide fewest of the others, and of the
    curves least: a curve is seen to go on behind them.
    """
    figure = line.points[0].value or 0.0
    text = f"{line.area} {last_shown(chart, chart.plan.lines.index(line))}"
    centre = next((x.points[0].value for x in chart.plan.lines if x.role == "centre"), None)
    inside = 12 if centre is not None and figure > centre else -12
    sides: tuple[Side, ...] = ("left", "right")
    if at[0] > (sheet.left + sheet.right) / 2:
        sides = ("right", "left")
    # Inside the limits comes first: there is most room. Further off, a line leads to the name.
    spots = [
        Words(at[0] + (6 if side == "left" else -6), at[1] + down, text, bold=True,
              side=side, middle=True, plate=True)
        for down in (inside, -inside, 0, 2 * inside, -2 * inside)
        for side in sides
    ]  # fmt: skip
    areas = [spot for mark in sheet.marks if isinstance(mark, Dots) for spot in mark.spots]
    curves = [
        spot
        for mark in sheet.marks
        if isinstance(mark, Stroke) and mark.of
        for spot in mark.spots
        if spot
    ]
    name = min(spots, key=lambda words: (_hidden(words, areas), _hidden(words, curves)))
    if abs(name.y - at[1]) > abs(inside):
        sheet.put(Stroke((at, (name.x, name.y)), INK, 0.7))
    sheet.put(name)


def _hidden(words: Words, spots: Sequence[Spot]) -> int:
    """How many of `spots` stand behind `words`; all of them where words leave the sheet."""
    left, right = sides_of(words)
    top, tall = block_of(words)
    if left < 0 or right > WIDTH:
        return len(spots)
    near = 3  # points that a dot is wide, from its middle
    return sum(
        left - near < x < right + near and top - near < y < top + tall + near for x, y in spots
    )


def _dash(line: LinePlan) -> tuple[float, ...]:
    return () if line.role == "centre" else _DASHES[line.category.split()[0]]


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
    middle = sheet.key_at + 7
    for row in _rows(keys):
        for x, label, line in row:
            if line.role == "member":
                sheet.put(Dots(((x + 12, middle),), "o", 6, OTHERS, INK, 0.8))
            else:
                sheet.put(Stroke(((x, middle), (x + 24, middle)), QUIET, 1.2, _dash(line)))
            sheet.key_text(x + 28, middle, label)
        middle += _KEY
