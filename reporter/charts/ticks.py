"""Numbers and periods along the axes of a picture: where the axis ends, what is written, how."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from matplotlib.ticker import MaxNLocator

from reporter.charts.grids import CUT_BELOW
from reporter.charts.letters import label_width, text_width
from reporter.charts.marks import Stroke, Words
from reporter.charts.sheet import PAD, Sheet
from reporter.charts.style import GRID, MILLION
from reporter.prose import Chart
from reporter.rounding import round_half_up

_BESIDE = 8.0  # points between two labels
_STRIDES = (1, 2, 3, 4, 6, 12, 24, 36)
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def last_shown(chart: Chart, i: int) -> str:
    """The last figure of line `i` as the text has it (1.11.12); empty where there is none."""
    return next((words for words in reversed(chart.shown[i]) if words), "")


def value_limits(values: Sequence[float], from_zero: bool) -> tuple[float, float]:
    """The ends of the value axis with room above; from zero for bars."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if not from_zero and values and 0 < CUT_BELOW * high < min(values) < high:
        span = high - min(values)
        return max(min(values) - span * 0.25, 0.0), high + span * 0.15
    if low == high:
        return 0.0, 1.0
    span = high - low
    return low - (span * 0.05 if low < 0 else 0.0), high + span * 0.08


@lru_cache(maxsize=64)
def round_ticks(low: float, high: float, most: int, whole: bool) -> tuple[float, ...]:
    """About `most` round figures, `whole` ones if so asked, from `low` to `high`."""
    locator = MaxNLocator(nbins=most, integer=whole, steps=_STEPS)
    found = locator.tick_values(low, high)
    return tuple(float(tick) for tick in found if low - 1e-9 <= tick <= high + 1e-9)


def _numbers(chart: Chart, low: float, high: float) -> list[tuple[float, str]]:
    ticks = round_ticks(low, high, 5, chart.plan.decimals == 0)
    return [(tick, tick_label(chart, tick, ticks)) for tick in ticks]


def axis_width(chart: Chart, low: float, high: float) -> float:
    """The room that the numbers of an upright value axis need, in points."""
    return max(text_width(label) for _, label in _numbers(chart, low, high)) + 8


def tick_label(chart: Chart, value: float, ticks: Sequence[float]) -> str:
    """A number on the value axis, with as many decimals as the ticks need; millions in a word."""
    words = chart.words
    million = bool(words.before) and max(map(abs, ticks)) >= MILLION
    scale, unit = (MILLION, f" {words.million}") if million and value else (1, words.after)
    places = (
        d for d in range(4) if all(abs(t / scale - round(t / scale, d)) < 1e-9 for t in ticks)
    )
    number = f"{round_half_up(abs(value) / scale, next(places, 4)):,f}"
    return f"{words.minus if value < 0 else ''}{words.before}{number}{unit}"


def value_ticks(sheet: Sheet, chart: Chart) -> None:
    """Numbers and grid of the upright value axis."""
    for tick, label in _numbers(chart, *sheet.up):
        y = sheet.y(tick)
        sheet.put(Stroke(((sheet.left, y), (sheet.right, y)), GRID, 0.7))
        sheet.put(Words(sheet.left - PAD, y, label, side="right", middle=True))


def level_value_ticks(sheet: Sheet, chart: Chart) -> None:
    """Numbers, grid and line of a value axis that runs from left to right."""
    numbers = _numbers(chart, *sheet.across)
    for tick, _ in numbers:
        x = sheet.x(tick)
        sheet.put(Stroke(((x, sheet.top), (x, sheet.floor)), GRID, 0.7))
    sheet.base([tick for tick, _ in numbers], [label for _, label in numbers])


def period_ticks(sheet: Sheet, places: Sequence[float], labels: Sequence[str]) -> None:
    """The line below the plot with period labels that do not touch, counted back from the last.

    The last always stands; one that would leave the sheet on the left is left out. They stand
    equally many periods apart, of months a whole part of a year, where that fits.
    """
    widths = [label_width(label) for label in labels]
    spots = [sheet.x(place) for place in places]

    def apart(one: int, two: int) -> bool:
        return abs(spots[two] - spots[one]) >= (widths[one] + widths[two]) / 2 + _BESIDE

    last = len(places) - 1
    fits = [i for i in range(len(places)) if i == last or spots[i] - widths[i] / 2 > 0]
    for stride in _STRIDES:
        chosen = [i for i in fits if (last - i) % stride == 0]
        if all(apart(one, two) for one, two in pairwise(chosen)):
            break
    else:
        chosen = fits[-1:]
        for i in reversed(fits[:-1]):
            if apart(chosen[-1], i):
                chosen.append(i)
    sheet.base([places[i] for i in chosen], [labels[i] for i in chosen])


def end_room(labels: Sequence[str]) -> float:
    """The room that half the last period's label may need beyond its bar, in points."""
    return text_width(labels[-1]) / 2 if labels else 0.0
