"""The past of a series, for trend tables and charts: like periods only, gaps kept as gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from reporter.facts import Fact, Level, Source, group_statistics
from reporter.plan.breaks import BREAK, breaks_in, mark_of, marked
from reporter.plan.figures import Basis, Figure, Figures, day_number, figures_of
from reporter.plan.material import Material, Series
from reporter.plan.nouns import BreakPlan, PointPlan
from reporter.sources import Catalogue, Period, parse_period

ENOUGH_PEERS = 2
"""A mean or median of one area is that area."""
_NO_BASIS: Basis = ("", "")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it is made of."""

    value: float | None
    numerator: float | None
    denominator: float | None
    mark: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Observations up to the report's period, by area and series."""

    figures: Figures
    last: int
    """The last day of the report's period; what ends later is not known yet."""
    area: str
    now: Mapping[Series, tuple[str, str]]
    """Period and period type of each series' present figure."""
    catalogue: Catalogue

    def basis(self, series: Series) -> Basis:
        """What the figures of `series` may stand beside: the basis of its present figure.

        Measures that may be compared whatever their length still make no line of months and years.
        """
        own = [one for one in self.figures.of(self.area, series) if one.end <= self.last]
        if not own:
            return _NO_BASIS
        now = self.now.get(series, ("", ""))
        present = [one.basis for one in own if (one.period, one.period_type) == now]
        counts = Counter(present or [one.basis for one in own])
        return min(counts, key=lambda basis: (-counts[basis], basis))

    def points(
        self, series: Series, area: str = "", basis: Basis | None = None
    ) -> tuple[PointPlan, ...]:
        """The points of `series` in `area` (default: the report's) that are alike, in time order.

        A period without a figure is a point without a value: never zero, never left out.
        """
        like = basis or self.basis(series)
        found = self._alike(area or self.area, series, like)
        return _with_gaps(marked([(x, x.value) for x in found]))

    def middle(
        self, series: Series, areas: Sequence[str], basis: Basis, median: bool
    ) -> tuple[PointPlan, ...]:
        """The median of `areas`, else their mean, in each period with figures of two or more.

        Worked out as the facts do; a period in between for which too few have one is a gap.
        """
        held: dict[str, list[float]] = {}
        of_period: dict[str, Figure] = {}
        for area in areas:
            for one in self._alike(area, series, basis):
                if one.value is not None:
                    held.setdefault(one.period, []).append(one.value)
                    of_period[one.period] = one._replace(status="")
        found = {key: values for key, values in held.items() if len(values) >= ENOUGH_PEERS}
        keys = sorted(found, key=lambda key: (parse_period(key).end, parse_period(key).start))
        square = np.full((len(keys), max(map(len, found.values()), default=0)), np.nan)
        for row, key in enumerate(keys):
            square[row, : len(found[key])] = found[key]
        worked_out = group_statistics(square, np.full(len(keys), median))
        pairs = zip((of_period[key] for key in keys), worked_out.tolist(), strict=True)
        return _with_gaps(marked(list(pairs)))

    def counts(self, series: Series, area: str, basis: Basis) -> dict[str, Counted]:
        """The figures of `series` in `area` with their counts, by period in time order."""
        return {
            one.period: Counted(one.value, one.numerator, one.denominator, mark_of(one.status))
            for one in self._alike(area, series, basis)
        }

    def breaks(self, series: Series, area: str, shown: Collection[str]) -> Iterator[BreakPlan]:
        """What may not be compared of the figures of `series` in `area` for the periods `shown`."""
        found = self._alike(area, series, self.basis(series))
        given = self.catalogue.indicators[series[0]].breaks
        return breaks_in([one for one in found if one.period in shown], series[0], given)

    def run(self, points: Sequence[PointPlan]) -> int:
        """Where the latest run of `points` begins: no gap and no break after its first."""
        start = len(points)
        for i in reversed(range(len(points))):
            if points[i].value is None:
                break
            start = i
            if BREAK in points[i].mark.split():
                break
        return start

    def levels(self, series: Series, most: int) -> tuple[Fact, ...]:
        """The latest `most` figures of `series` as facts, oldest first, each with its row."""
        found = self._alike(self.area, series, self.basis(series))[-most:]
        return tuple(self._level(series, one) for one in found)

    def _level(self, series: Series, one: Figure) -> Fact:
        return Level(
            indicator=series[0],
            area=self.area,
            breakdown=series[1],
            category=series[2],
            period=one.period,
            period_type=one.period_type,
            value=one.value,
            numerator=one.numerator,
            denominator=one.denominator,
            unit=self.catalogue.indicators[series[0]].unit,
            status=one.missing if one.value is None else one.status,
            sources=(Source(one.file, one.row, one.cell),),
            current=(one.period, one.period_type) == self.now.get(series),
        )

    def _alike(self, area: str, series: Series, basis: Basis) -> tuple[Figure, ...]:
        return self.figures.alike(area, series, basis, self.last)


def history(material: Material) -> History:
    """The past of every series that the report may show."""
    now = {
        series: (level.period, level.period_type)
        for series in material.facts
        if (level := material.present(series)) is not None
    }
    return History(
        figures=figures_of(material.dataset),
        last=day_number(material.period.end),
        area=material.brief.area,
        now=now,
        catalogue=material.dataset.catalogue,
    )


def _with_gaps(points: list[PointPlan]) -> tuple[PointPlan, ...]:
    """`points`, and one without a value for every period of their own rhythm that is missing."""
    known = {point.period: point for point in points}
    return tuple([known.get(key) or PointPlan(key, None) for key in _without_gaps(tuple(known))])


@lru_cache(maxsize=1024)
def _without_gaps(keys: tuple[str, ...]) -> tuple[str, ...]:
    """`keys`, and those of the periods of their own rhythm that are missing between them."""
    step = _rhythm(keys)
    later = [(*between(one, key, step), key) for one, key in pairwise(keys)]
    return (*keys[:1], *chain.from_iterable(later))


def _rhythm(keys: Sequence[str]) -> int:
    """Months from one figure to the next: three for monthly keys at quarter ends only.

    0, the rhythm of the kind of period itself, unless at least two steps show a slower one and all
    are whole multiples of it: a few dates far apart keep no rhythm.
    """
    starts = [_month_number(parse_period(key).start) for key in keys]
    steps = [later - earlier for earlier, later in pairwise(starts)]
    least = min(steps, default=0)
    if least <= 1 or steps.count(least) < 2 or any(step % least for step in steps):
        return 0
    return least


def between(first: str, last: str, step: int = 0) -> tuple[str, ...]:
    """Keys of the periods that lie between two of one regular kind (months, quarters, years).

    `step` is their rhythm in months where it is slower than that of the kind.
    """
    start, end = parse_period(first), parse_period(last)
    if start.kind != end.kind or start.kind not in _STEPS:
        return ()
    step = max(step, _STEPS[start.kind])
    keys = []
    month = _month_number(start.start) + step
    while month < _month_number(end.start):
        keys.append(_key(start, month))
        month += step
    return tuple(keys)


_STEPS = {
    "month": 1,
    "quarter": 3,
    "financial_year": 12,
    "academic_year": 12,
    "calendar_year": 12,
}


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _key(like: Period, number: int) -> str:
    """The key of the period of the kind of `like` that starts in month `number`."""
    year, month = divmod(number, 12)
    if like.kind == "month":
        return f"{year}-{month + 1:02d}"
    if like.kind == "calendar_year":
        return f"{year}"
    first = year if like.kind == "academic_year" or month >= 3 else year - 1
    years = f"{first}/{(first + 1) % 100:02d}"
    if like.kind == "quarter":
        return f"{years}-Q{(month - 3) % 12 // 3 + 1}"
    return f"AY{years}" if like.kind == "academic_year" else years
