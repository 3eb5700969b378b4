"""From the kind of a chart to its drawing. Everything is drawn once, in the house style."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reporter.charts.bars import draw_bars, draw_composition, draw_flows
from reporter.charts.funnel import draw_funnel
from reporter.charts.lines import draw_lines
from reporter.charts.nouns import Picture
from reporter.charts.paint import paint
from reporter.charts.sheet import Sheet
from reporter.charts.sideways import draw_range, draw_ranked
from reporter.charts.style import WIDTH
from reporter.prose import Chart

_KINDS: Mapping[str, Callable[[Chart], Sheet]] = {
    "line": draw_lines,
    "xmr": draw_lines,
    "bars": draw_bars,
    "flows": draw_flows,
    "composition": draw_composition,
    "peers": draw_ranked,
    "range": draw_range,
    "funnel": draw_funnel,
}


def lay_out(chart: Chart) -> Sheet:
    """All that `chart` shows, at its place; `KeyError` for a kind that this room does not draw."""
    return _KINDS[chart.plan.kind](chart)


def draw(chart: Chart) -> Picture:
    """`chart` as a picture; `KeyError` for a kind that this room does not draw."""
    sheet = lay_out(chart)
    return Picture(paint(sheet.marks, WIDTH, sheet.total), *sheet.size)
