"""From the kind of a chart to its drawing. Everything is drawn once, in the house style."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, cast

import matplotlib as mpl

from reporter.charts.bars import draw_bars, draw_composition, draw_flows
from reporter.charts.funnel import draw_funnel
from reporter.charts.lines import draw_lines
from reporter.charts.nouns import Picture
from reporter.charts.sideways import draw_range, draw_ranked
from reporter.charts.style import SETTINGS
from reporter.prose import Chart

_KINDS: Mapping[str, Callable[[Chart], Picture]] = {
    "line": draw_lines,
    "xmr": draw_lines,
    "bars": draw_bars,
    "flows": draw_flows,
    "composition": draw_composition,
    "peers": draw_ranked,
    "range": draw_range,
    "funnel": draw_funnel,
}


def draw(chart: Chart) -> Picture:
    """`chart` as a picture; `KeyError` for a kind that this room does not draw."""
    with mpl.rc_context(cast(Any, SETTINGS)), warnings.catch_warnings():
        # A letter that the font lacks is drawn as a box; the words stand in the document too.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        return _KINDS[chart.plan.kind](chart)
