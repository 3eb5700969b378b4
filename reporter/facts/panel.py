"""Observations laid out for comparing: every usable figure in the order of its series and of time.

A *series* is an area, indicator, breakdown, category and basis; its *points* stand together,
ordered by the end of their periods. Each figure that the catalogue sets apart is a series by
itself. A *segment* is a stretch of a series without a break. A *cell*
is what may be set side by side across areas: indicator, breakdown, category, basis and period.
Everything here is an array over points, so that a family of comparisons is arithmetic on whole
columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
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
MISSING = ("", "suppressed", "not_available", "not_applicable", "low", "unreliable")
SUPPRESSED, UNRELIABLE = MISSING.index("suppressed"), MISSING.index("unreliable")
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
    missing: Ints
    """Codes of `MISSING`, the reasons why there is no figure; 0 where there is one."""
    era: Ints
    """Figures of a measure may be compared where it is equal; negative for those set apart."""
    published: Ints
    """The dates of publication, numbered in order."""
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
    whole: Ints
    """The series, those of figures that are set apart with that from which they are."""
    segment: Ints
    joined: Bools
    """Whether the figure before it in its segment is that of the period before: nothing missing
    between.
    """
    run_start: Ints
    """The first point of the run up to each: no break, nothing missing, no period left out."""
    behind_hidden: Bools
    """Whether a suppressed figure of its series stands between it and the figure before it."""
    when: Ints
    """Series and end as one number, which sorts as the points do."""
    over_apart: Bools
    """Whether a figure that is set apart stands between it and the figure before it."""
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
        return np.flatnonzero(is_asked(self.dataset, self.question, self.names))

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
        at = np.searchsorted(self.when, pack(series, day), side="right") - 1
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

    def first_in_sight(self, at: Ints) -> Ints:
        """The first point of each one's segment from which no figure stands between that is
        suppressed or set apart.

        Nothing is the highest or lowest over figures of which one may not be known (3.6.1), or
        cannot be compared.
        """
        places = np.arange(len(self.behind_hidden))
        barred = self.behind_hidden | self.over_apart
        seen = np.maximum.accumulate(np.where(barred, places, 0))
        return np.maximum(self.first_of_segment(at), seen[at])

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


def is_asked(dataset: Dataset, question: Question, names: dict[str, tuple[str, ...]]) -> Bools:
    """Which areas the question asks about, by code."""
    kinds = {name: area.kind for name, area in dataset.areas.areas.items()}
    if question.areas is None:
        return np.array([kinds.get(name, "authority") == "authority" for name in names["area"]])
    return np.array([name in question.areas for name in names["area"]], dtype=bool)


def pack(series: Ints, day: Ints) -> Ints:
    """Series and day as one sortable number; days from the year 1 to 9999 fit."""
    return series * 8_000_000 + (day + 1_000_000)
