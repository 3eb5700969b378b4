"""Number formats for Word's own charts and their workbooks: figures look as the text has them."""

from __future__ import annotations

import re

from reporter.charts.grids import Grid, Scale
from reporter.charts.style import MILLION
from reporter.prose import Chart, ChartWords

_DECIMALS = re.compile(r"\d\.(\d+)")


def cell_format(chart: Chart, grid: Grid) -> str:
    """The format of all figures of the chart; a true minus sign for those below zero."""
    decimals = chart.plan.decimals
    if chart.words.before:
        decimals = 0 if all(value == int(value) for value in grid.figures) else 2
    return _format(chart.words, _digits(decimals), chart.words.after)


def label_format(chart: Chart, shown: str) -> str:
    """The format of one label where its words are not those of `cell_format`; else empty."""
    words = chart.words
    if words.before and shown.endswith(words.million):
        places = _DECIMALS.search(shown)
        digits = _digits(len(places.group(1)) if places else 0)
        return _format(words, f"{digits},,", f"\u00a0{words.million}")
    return _quoted(shown) if shown.startswith(f"{words.less_than} ") else ""


def axis_format(chart: Chart, scale: Scale) -> str:
    """The format of the numbers along the value axis; millions in a word, but for zero."""
    words = chart.words
    if words.before and max(abs(scale.low), scale.high) >= MILLION:
        step = scale.step / MILLION
        decimals = next((d for d in range(4) if abs(step - round(step, d)) < 1e-9), 4)
        zero = _quoted(f"{words.before}0")
        return f"{_format(words, f'{_digits(decimals)},,', f' {words.million}')};{zero}"
    return _format(words, _digits(scale.decimals), words.after)


def _digits(decimals: int) -> str:
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _format(words: ChartWords, digits: str, after: str) -> str:
    """A format for figures from zero, and one for those below."""
    above = f"{_quoted(words.before)}{digits}{_quoted(after)}"
    return f"{above};{_quoted(words.minus + words.before)}{digits}{_quoted(after)}"


def _quoted(text: str) -> str:
    """`text` as it stands; a quotation mark cannot stand in a format."""
    return '"{}"'.format(text.replace('"', "'")) if text else ""
