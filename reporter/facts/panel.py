"""Observations laid out for comparing: every usable figure in the order of its series and of time.

A *series* is an area, indicator, breakdown, category and basis; its *points* stand together,
ordered by the end of their periods. A *segment* is a stretch of a series without a break. A *cell*
is what may be set side by side across areas: indicator, breakdown, category, basis and period.
Everything here is an array over points, so that a family of comparisons is arithmetic on whole
columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.question import Question
from reporter.facts.thresholds import Thresholds
from reporter.rounding import round_half_up_array
from reporter.sources import Dataset

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NONE = -1
MARKS = ("approximate", "break", "derived", "estimated", "forecast", "provisional", "revised")
SIGN = {"high_good": 1, "low_good": -1, "neutral": 0}
NAMES = ("area", "indicator", "breakdown", "category", "basis", "period", "period_type")


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Columns of figures, one element a point. Codes index the tuples in `Panel.names`."""

    area: Ints
    indicator: Ints
    breakdown: Ints
    category: Ints
    basis: Ints
    period: Ints
    period_type: Ints
    start: Ints
    """Days since 1970, as `end`."""
    end: Ints
    months: Ints
    value: Floats
    numerator: Floats
    denominator: Floats
    marks: Ints
    """Bits over `MARKS`."""
    missing: NDArray[np.object_]
    published: NDArray[np.object_]
    row: Ints
    """Index into `Dataset.observations`."""

    def take(self, chosen: Any) -> Points:
        """The points at `chosen`, positions or a mask."""
        return Points(*(getattr(self, name)[chosen] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The usable points, how they hang together, and what the catalogue says of them.

    Arrays of `n` elements run over points; `current` holds the positions of the present figure of
    every series that is asked for. A point nowhere to be found is -1.
    """

    dataset: Dataset
    question: Question
    names: dict[str, tuple[str, ...]]
    points: Points
    key: Ints
    """Indicator, breakdown and category; equal for all areas."""
    series: Ints
    segment: Ints
    joined: Bools
    """Whether the figure before it in its segment is that of the period before: nothing missing
    between.
    """
    cell: Ints
    place: Ints
    """Cells by areas: where the figure stands among the points."""
    hidden: Bools
    """Cells by areas: whether the figure is suppressed."""
    shown: Floats
    """Values as displayed: half up, with the indicator's decimals."""
    current: Ints
    absent: Points
    """Figures that are missing for a reason, up to the report's period."""
    superseded: Points
    """Values that were first published for a period and later replaced."""
    successor: Ints
    """For each superseded value, the point that replaced it; -1 where it was replaced by none."""

    @property
    def thresholds(self) -> Thresholds:
        """The cut points in force."""
        return self.question.thresholds

    def asked_areas(self) -> Ints:
        """The codes of the areas that the question asks about."""
        return np.flatnonzero(_asked(self.dataset, self.question, self.names))

    def every(self) -> Ints:
        """The positions of all points."""
        return np.arange(len(self.series))

    def of_indicator(self, field: str, at: Ints) -> NDArray[Any]:
        """A field of the catalogue's entry for each point at `at`."""
        catalogue = self.dataset.catalogue.indicators
        values = [getattr(catalogue[code], field) for code in self.names["indicator"]]
        return np.array(values, dtype=object)[self.points.indicator[at]]

    def units(self, at: Ints) -> NDArray[np.str_]:
        """The unit of each point."""
        return self.units_of(self.points.indicator[at])

    def unit_names(self) -> list[str]:
        """The unit of each indicator, in the order of its code."""
        catalogue = self.dataset.catalogue.indicators
        return [catalogue[code].unit for code in self.names["indicator"]]

    def units_of(self, indicator: Ints) -> NDArray[np.str_]:
        """The unit of each indicator code."""
        return self._of_code("unit", indicator)

    def _of_code(self, field: str, indicator: Ints) -> NDArray[np.str_]:
        catalogue = self.dataset.catalogue.indicators
        values = [getattr(catalogue[code], field) for code in self.names["indicator"]]
        return np.array(values, dtype=str)[indicator]

    def decimals(self, at: Ints) -> Ints:
        """Decimal places in which each point is shown."""
        catalogue = self.dataset.catalogue.indicators
        values = np.array([catalogue[code].decimals for code in self.names["indicator"]], np.int64)
        return values[self.points.indicator[at]]

    def sign(self, at: Ints) -> Ints:
        """1 where high is good, -1 where low is good, 0 where neither."""
        catalogue = self.dataset.catalogue.indicators
        values = [SIGN[catalogue[code].polarity] for code in self.names["indicator"]]
        return np.array(values, np.int64)[self.points.indicator[at]]

    def methods(self, at: Ints) -> NDArray[np.str_]:
        """The declared statistical method of each point."""
        return self._of_code("method", self.points.indicator[at])

    def per(self, at: Ints) -> Floats:
        """How many people each point is a rate per; 1 where it is none."""
        catalogue = self.dataset.catalogue.indicators
        values = [float(catalogue[code].per or 1) for code in self.names["indicator"]]
        return np.array(values, np.float64)[self.points.indicator[at]]

    def find(self, series: Ints, day: Ints, exact: bool = True) -> Ints:
        """The last point of each series that ends on `day` (or, not `exact`, on or before it)."""
        ends = _pack(self.series, self.points.end)
        at = np.searchsorted(ends, _pack(series, day), side="right") - 1
        safe = np.maximum(at, 0)
        good = (at >= 0) & (self.series[safe] == series)
        if exact:
            good &= self.points.end[safe] == day
        return np.where(good, at, NONE)

    def before(self, at: Ints) -> Ints:
        """The point before each in its series, no break between; -1 where there is none.

        A longer stretch that ends on the same day is not before: nothing has moved since.
        """
        earlier = np.maximum(at - 1, 0)
        good = (at > 0) & (self.segment[earlier] == self.segment[at])
        good &= self.points.end[earlier] < self.points.end[at]
        return np.where(good, earlier, NONE)

    def before_or_none(self, at: Ints) -> Ints:
        """As `before`, for positions of which some are -1."""
        return np.where(at >= 0, self.before(np.maximum(at, 0)), NONE)

    def year_before(self, at: Ints) -> Ints:
        """The same period a year earlier, no break between; of a week, 52 weeks earlier."""
        found = self.find(self.series[at], year_earlier(self.points, at))
        good = (found >= 0) & (self.segment[np.maximum(found, 0)] == self.segment[at])
        return np.where(good, found, NONE)

    def first_of_segment(self, at: Ints) -> Ints:
        """The first point of each one's segment."""
        starts = np.flatnonzero(np.r_[True, self.segment[1:] != self.segment[:-1]])
        return starts[self.segment[at]]

    def value_at(self, at: Ints) -> Floats:
        """The exact values; NaN where `at` is -1."""
        return pick(self.points.value, at)

    def shown_at(self, at: Ints) -> Floats:
        """The values as displayed; NaN where `at` is -1."""
        return pick(self.shown, at)

    def show(self, values: Floats, at: Ints) -> Floats:
        """`values` rounded for display as the points at `at` are."""
        return round_half_up_array(values, self.decimals(at))


def pick(values: Floats, at: Ints) -> Floats:
    """`values[at]`, NaN where `at` is -1."""
    if not values.size:
        return np.full(at.shape, np.nan)
    return np.where(at >= 0, values[np.maximum(at, 0)], np.nan)


def year_earlier(points: Points, at: Ints) -> Ints:
    """The last day of the same period a year before."""
    end = points.end[at]
    days = end.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    next_month = (month + 1).astype("datetime64[D]")
    day_of_month = (days - month.astype("datetime64[D]")).astype(np.int64)
    earlier = month - 12
    last = ((earlier + 1).astype("datetime64[D]") - np.timedelta64(1, "D")).astype(np.int64)
    same = np.minimum(earlier.astype("datetime64[D]").astype(np.int64) + day_of_month, last)
    month_end = next_month - days == np.timedelta64(1, "D")
    week = (points.months[at] == 0) & (end - points.start[at] == 6)
    return np.where(week, end - 364, np.where(month_end, last, same))


def build_panel(dataset: Dataset, question: Question) -> Panel:
    """The panel of all figures up to the question's period."""
    every, names = _read(dataset, question)
    order, series = _series(every)
    every, series = every.take(order), series[order]
    usable = ~np.isnan(every.value) & (every.missing == "")
    later = np.r_[_same_period(every, series), False]  # the row after it replaces it
    keep = usable & ~later
    points, kept_series = every.take(keep), series[keep]
    key = _number(every.indicator, every.breakdown, every.category)
    segment = _segments(kept_series, points)
    every_cell = _number(key, every.basis, every.start, every.end)
    cell = every_cell[keep]
    place = np.full((int(every_cell.max(initial=-1)) + 1, len(names["area"])), NONE, np.int64)
    place[cell, points.area] = np.arange(len(points.row))
    hidden = np.zeros(place.shape, np.bool_)
    secret = (every.missing == "suppressed") & ~later
    hidden[every_cell[secret], every.area[secret]] = True
    catalogue = dataset.catalogue.indicators
    decimals = np.array([catalogue[code].decimals for code in names["indicator"]], np.int64)
    superseded = later & usable
    return Panel(
        dataset=dataset,
        question=question,
        names=names,
        points=points,
        key=key[keep],
        series=_number(kept_series),
        segment=segment,
        joined=_joined(every, series, keep, segment),
        cell=cell,
        place=place,
        hidden=hidden,
        shown=round_half_up_array(points.value, decimals[points.indicator]),
        current=_current(points, kept_series, _asked(dataset, question, names)),
        absent=every.take((every.missing != "") & ~later),
        superseded=every.take(superseded),
        successor=_successors(keep, superseded),
    )


def _read(dataset: Dataset, question: Question) -> tuple[Points, dict[str, tuple[str, ...]]]:
    frame = dataset.observations
    end = _days(frame["end"])
    until = np.datetime64(question.end, "D").astype(np.int64)
    # A plan or forecast for a year under way is known before the year is over.
    forecast = (_bits(frame["status"]) >> MARKS.index("forecast")) & 1 == 1
    rows = np.flatnonzero((end <= until) | (forecast & (_days(frame["start"]) <= until)))
    frame = frame.iloc[rows]
    known = {code: place for place, code in enumerate(dataset.catalogue.indicators)}
    names: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Ints] = {}
    for name in NAMES:
        column = frame[name].astype("category")
        labels = [str(label) for label in column.cat.categories]
        ranked = sorted(labels, key=lambda x: (known.get(x, -1) if name == "indicator" else 0, x))
        rank = {label: place for place, label in enumerate(ranked)}
        translate = np.array([rank[label] for label in labels], dtype=np.int64)
        names[name] = tuple(ranked)
        codes[name] = translate[column.cat.codes.to_numpy()]
    missing = frame["missing"].astype("category")
    texts = np.array([str(label) for label in missing.cat.categories], dtype=object)
    published = frame["published"].astype("category")
    dates = np.array([str(label) for label in published.cat.categories], dtype=object)
    return Points(
        **codes,
        start=_days(frame["start"]),
        end=end[rows],
        months=frame["months"].to_numpy(np.int64),
        value=frame["value"].to_numpy(np.float64),
        numerator=frame["numerator"].to_numpy(np.float64),
        denominator=frame["denominator"].to_numpy(np.float64),
        marks=_bits(frame["status"]),
        missing=texts[missing.cat.codes.to_numpy()],
        published=dates[published.cat.codes.to_numpy()],
        row=rows,
    ), names


def _days(column: pd.Series[Any]) -> Ints:
    days: Ints = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return days


def _bits(column: pd.Series[Any]) -> Ints:
    marks = column.astype("category")
    bits = [
        sum(1 << MARKS.index(word) for word in str(label).split()) for label in marks.cat.categories
    ]
    return np.array(bits, np.int64)[marks.cat.codes.to_numpy()]


def _number(*columns: Ints) -> Ints:
    """One number a distinct combination, in the order of the columns' values."""
    packed = columns[0]
    for column in columns[1:]:
        low = int(column.min(initial=0))
        width = int(column.max(initial=0)) - low + 1
        packed = packed * width + (column - low)
        packed = np.unique(packed, return_inverse=True)[1].astype(np.int64)
    return np.unique(packed, return_inverse=True)[1].astype(np.int64)


def _series(every: Points) -> tuple[Ints, Ints]:
    """The order of the points by series and time, and each one's series (before ordering)."""
    series = _number(every.area, every.indicator, every.breakdown, every.category, every.basis)
    dates = np.unique(every.published.astype(str), return_inverse=True)[1]
    ties = (every.row, dates, every.period_type, every.start, every.end, series)
    return np.lexsort(ties), series


def _same_period(every: Points, series: Ints) -> Bools:
    """Whether each row and the one after it are of one series and one period."""
    same: Bools = (
        (series[1:] == series[:-1])
        & (every.end[1:] == every.end[:-1])
        & (every.start[1:] == every.start[:-1])
        & (every.period_type[1:] == every.period_type[:-1])
    )
    return same


def _segments(series: Ints, points: Points) -> Ints:
    """A new number at the start of each series and at each break."""
    fresh = np.r_[True, series[1:] != series[:-1]][: len(series)]
    broken = (points.marks >> MARKS.index("break")) & 1 == 1
    return np.cumsum(fresh | broken).astype(np.int64) - 1


def _joined(every: Points, series: Ints, keep: Bools, segment: Ints) -> Bools:
    """Whether each kept point follows the kept one before it without a hole.

    A hole is a missing figure between the two, or a distance of more than one and a half times the
    shortest distance between two figures of the series.
    """
    held = np.flatnonzero(keep)
    absent = np.cumsum(every.missing != "")[held]
    end, own = every.end[held], series[held]
    distance = np.diff(end, prepend=end[:1])
    inside = np.r_[False, own[1:] == own[:-1]][: len(own)]
    shortest = pd.Series(np.where(inside & (distance > 0), distance, np.iinfo(np.int64).max))
    least = shortest.groupby(own).transform("min").to_numpy()
    whole = np.r_[False, absent[1:] == absent[:-1]][: len(own)]
    same = np.r_[False, segment[1:] == segment[:-1]][: len(own)]
    joined: Bools = inside & whole & same & (distance <= least * 1.5)
    return joined


def _asked(dataset: Dataset, question: Question, names: dict[str, tuple[str, ...]]) -> Bools:
    """Which areas the question asks about, by code."""
    kinds = {name: area.kind for name, area in dataset.areas.areas.items()}
    if question.areas is None:
        return np.array([kinds.get(name, "authority") == "authority" for name in names["area"]])
    return np.array([name in question.areas for name in names["area"]], dtype=bool)


def _current(points: Points, series: Ints, asked: Bools) -> Ints:
    """The last point of every series of the areas asked for."""
    last = np.r_[series[1:] != series[:-1], True][: len(series)]
    return np.flatnonzero(last & asked[points.area])


def _successors(keep: Bools, superseded: Bools) -> Ints:
    """The kept point at or after each superseded row, by its position among the kept."""
    position = np.cumsum(keep) - 1
    held = np.flatnonzero(keep)
    rows = np.flatnonzero(superseded)
    following = np.searchsorted(held, rows)
    return np.where(following < len(held), position[held[np.minimum(following, len(held) - 1)]], -1)


def _pack(series: Ints, day: Ints) -> Ints:
    """Series and day as one sortable number; days from the year 1 to 9999 fit."""
    return series * 8_000_000 + (day + 1_000_000)
