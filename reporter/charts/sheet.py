"""The sheet that every chart is drawn on: title and subtitle above, plot, notes below.

All distances are in points from the upper left corner, so that nothing has to be laid out twice.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from PIL import Image

from reporter.charts.grids import CUT_BELOW
from reporter.charts.nouns import Picture
from reporter.charts.style import (
    DPI,
    INK,
    LINE_HEIGHT,
    POINTS_PER_MM,
    QUIET,
    TEXT,
    TITLE,
    WIDTH,
    WIDTH_MM,
    height_of,
    text_width,
    wrapped,
)
from reporter.prose import Chart
from reporter.rounding import round_half_up

_YEAR = 12
_BESIDE = 8.0  # points between two labels
_STRIDES = (1, 2, 3, 4, 6, 12, 24, 36)
_GAP = 8.0
_WHITE = 252


class Sheet:
    """A figure with one plot of `height` points, and margins in points for its labels."""

    def __init__(
        self,
        chart: Chart,
        height: float,
        left: float,
        right: float,
        below: float = 20.0,
        notes: Sequence[str] = (),
        key: float = 0.0,
        value_label: str = "",
    ) -> None:
        # The caption stands above the picture: what it says is not said again.
        title, subtitle = (
            "" if words in chart.caption else words for words in (chart.title, chart.subtitle)
        )
        title = wrapped(title, WIDTH - 4, TITLE, bold=True)
        subtitle = wrapped(subtitle, WIDTH - 4)
        label = wrapped(value_label[:1].upper() + value_label[1:], WIDTH - 4)
        note = "\n".join(wrapped(words, WIDTH - 4) for words in notes if words)
        heads = [(title, TITLE, "bold", INK), (subtitle, TEXT, "normal", QUIET)]
        top = 2.0 + sum(height_of(text, size) + 3 for text, size, _, _ in heads if text)
        top += key + (height_of(label) + 4 if label else 0.0) + _GAP
        total = top + height + below + (height_of(note) + 6 if note else 0.0) + 2
        self.left, self.right, self.height, self.width = left, right, height, WIDTH - left - right
        self.figure = Figure(figsize=(WIDTH / 72, total / 72), dpi=DPI)
        self.total = total
        y = 2.0
        for text, size, weight, colour in heads:
            if text:
                self.text(0, y, text, size=size, weight=weight, colour=colour)
                y += height_of(text, size) + 3
        self.key_at = y
        if label:
            self.text(0, y + key + 2, label, colour=INK)
        if note:
            self.text(0, top + height + below + 6, note, colour=QUIET)
        self.axes: Axes = self.figure.add_axes(
            (left / WIDTH, 1 - (top + height) / total, self.width / WIDTH, height / total)
        )
        for side in ("top", "right", "left"):
            self.axes.spines[side].set_visible(False)

    def text(
        self, x: float, y: float, text: str, *, size: float = TEXT, weight: str = "normal",
        colour: str = INK,
    ) -> None:  # fmt: skip
        """Words with their upper left corner at (x, y)."""
        self.figure.text(
            (x + 1) / WIDTH, 1 - y / self.total, text, fontsize=size, fontweight=weight,
            color=colour, ha="left", va="top", linespacing=LINE_HEIGHT,
        )  # fmt: skip

    def picture(self) -> Picture:
        """The finished sheet."""
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        return Picture(_packed(canvas), WIDTH_MM, round(self.total / POINTS_PER_MM, 2))


def _packed(canvas: FigureCanvasAgg) -> bytes:
    """The drawn sheet as a PNG of 256 colours: a third of the size of full colour, and sooner.

    A chart has a dozen colours and the shades between them and white, so that nobody sees it.
    """
    shown: Any = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), shown)
    flat = drawn.convert("RGB").quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # Paper is white: what was averaged with the lightest shades is made so again.
    colours = flat.getpalette() or []
    flat.putpalette([255 if part >= _WHITE else part for part in colours])
    made = io.BytesIO()
    flat.save(made, "PNG", compress_level=3, dpi=(DPI, DPI))
    return made.getvalue()


def shown_value(chart: Chart, value: float) -> str:
    """A figure at the precision of the text, so that chart, table and text agree (1.11.12)."""
    number = f"{round_half_up(value, chart.plan.decimals):,f}".replace("-", "−")
    return f"{number}%" if chart.plan.unit == "percent" else number


def value_limits(values: Sequence[float], from_zero: bool) -> tuple[float, float]:
    """The ends of the value axis with room above; from zero for bars."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if not from_zero and values and 0 < CUT_BELOW * high < min(values):
        span = high - min(values) or high * 0.1
        return max(min(values) - span * 0.25, 0.0), high + span * 0.15
    span = (high - low) or 1.0
    return low - (span * 0.05 if low < 0 else 0.0), high + span * 0.08


def value_ticks(sheet: Sheet, chart: Chart, low: float, high: float, upright: bool = True) -> float:
    """Ticks, numbers and grid of the value axis; returns the width of the widest number in
    points."""
    whole = chart.plan.decimals == 0
    ticks = MaxNLocator(nbins=5, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [tick for tick in ticks if low - 1e-9 <= tick <= high + 1e-9]
    axis = sheet.axes.yaxis if upright else sheet.axes.xaxis
    axis.set_ticks(ticks)
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick_label(chart, value, ticks)))
    sheet.axes.grid(axis="y" if upright else "x")
    return max((text_width(tick_label(chart, tick, ticks)) for tick in ticks), default=0.0)


def tick_label(chart: Chart, value: float, ticks: Sequence[float]) -> str:
    """A number on the value axis, with as many decimals as the ticks need."""
    decimals = next((d for d in range(4) if all(abs(t - round(t, d)) < 1e-9 for t in ticks)), 4)
    number = f"{round_half_up(value, decimals):,f}".replace("-", "−")
    return f"{number}%" if chart.plan.unit == "percent" else number


def axis_width(chart: Chart, low: float, high: float) -> float:
    """The room that the numbers of an upright value axis need, in points."""
    whole = chart.plan.decimals == 0
    ticks = MaxNLocator(nbins=5, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return max(text_width(tick_label(chart, tick, ticks)) for tick in ticks) + 8


def label_width(label: str) -> float:
    """The width of the widest line of a label, in points."""
    return max(text_width(line) for line in label.split("\n"))


def period_ticks(sheet: Sheet, places: Sequence[float], labels: Sequence[str]) -> None:
    """Period labels that do not touch, counted back from the last, which always stands.

    A label that would leave the sheet on the left is left out. Over more than a year of months they
    stand whole parts of a year apart, where that fits.
    """
    low, high = sheet.axes.get_xlim()
    scale = sheet.width / ((high - low) or 1)
    widths = [label_width(label) for label in labels]

    def apart(one: int, two: int) -> bool:
        room = (widths[one] + widths[two]) / 2 + _BESIDE
        return abs(places[two] - places[one]) * scale >= room

    last = len(places) - 1
    fits = [
        i
        for i in range(len(places))
        if i == last or sheet.left + (places[i] - low) * scale - widths[i] / 2 > 0
    ]
    for stride in _STRIDES if len(places) > _YEAR else ():
        chosen = [i for i in fits if (last - i) % stride == 0]
        if all(apart(one, two) for one, two in pairwise(chosen)):
            break
    else:
        chosen = fits[-1:]
        for i in reversed(fits[:-1]):
            if apart(chosen[-1], i):
                chosen.append(i)
    sheet.axes.set_xticks([places[i] for i in chosen], [labels[i] for i in chosen])


def end_room(labels: Sequence[str]) -> float:
    """The room that half the last period's label may need beyond its bar, in points."""
    return text_width(labels[-1]) / 2 if labels else 0.0
