"""The past of a series, for trend tables and charts: like periods only, gaps kept as gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts import Fact, Level, Source
from reporter.plan.material import Material, Series
from reporter.plan.nouns import PointPlan
from reporter.sources import Period, parse_period

Basis = tuple[str, str]
"""The dataset's basis, and the period type where it is of a long stretch."""
_NO_BASIS: Basis = ("", "")
_LONG = ("year", "ytd")
_MARKS = ("approximate", "provisional")


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

    rows: pd.DataFrame
    places: Mapping[Any, Any]
    """Positions in `rows` of each (area, indicator, breakdown, category)."""
    area: str
    now: Mapping[Series, tuple[str, str]]
    """Period and period type of each series' present figure."""
    units: Mapping[str, str]

    def basis(self, series: Series) -> Basis:
        """What the figures of `series` may stand beside: the basis of its present figure.

        Measures that may be compared whatever their length still make no line of months and years.
        """
        own = self._all(self.area, series)
        if own.empty:
            return _NO_BASIS
        period, period_type = self.now.get(series, ("", ""))
        present = own[(own["period"] == period) & (own["period_type"] == period_type)]
        counts = Counter(_bases(own if present.empty else present))
        return min(counts, key=lambda basis: (-counts[basis], basis))

    def points(
        self, series: Series, area: str = "", basis: Basis | None = None
    ) -> tuple[PointPlan, ...]:
        """The points of `series` in `area` (default: the report's) that are alike, in time order.

        A period without a figure is a point without a value: never zero, never left out.
        """
        like = basis or self.basis(series)
        found = self._alike(area or self.area, series, like)
        points = [
            PointPlan(str(row["period"]), _number(row["value"]), _mark(row["status"]))
            for row in found.to_dict("records")
        ]
        return _with_gaps(points)

    def counts(self, series: Series, area: str, basis: Basis) -> dict[str, Counted]:
        """The figures of `series` in `area` with their counts, by period in time order."""
        found = self._alike(area, series, basis)
        return {
            str(row["period"]): Counted(
                _number(row["value"]), _number(row["numerator"]), _number(row["denominator"]),
                _mark(row["status"]),
            )
            for row in found.to_dict("records")
        }  # fmt: skip

    def run(self, series: Series, points: Sequence[PointPlan]) -> int:
        """Where the latest run of `points` begins: no gap and no break after its first."""
        found = self._alike(self.area, series, self.basis(series))
        broken = {
            str(row["period"])
            for row in found.to_dict("records")
            if "break" in str(row["status"]).split()
        }
        start = len(points)
        for i in reversed(range(len(points))):
            if points[i].value is None:
                break
            start = i
            if points[i].period in broken:
                break
        return start

    def levels(self, series: Series, most: int) -> tuple[Fact, ...]:
        """The latest `most` figures of `series` as facts, oldest first, each with its row."""
        found = self._alike(self.area, series, self.basis(series)).tail(most)
        return tuple(self._level(series, row) for row in found.to_dict("records"))

    def _level(self, series: Series, row: Mapping[Hashable, Any]) -> Fact:
        value = _number(row["value"])
        period, period_type = str(row["period"]), str(row["period_type"])
        return Level(
            indicator=series[0],
            area=self.area,
            breakdown=series[1],
            category=series[2],
            period=period,
            period_type=period_type,
            value=value,
            numerator=_number(row["numerator"]),
            denominator=_number(row["denominator"]),
            unit=self.units[series[0]],
            status=str(row["missing"] if value is None else row["status"]),
            sources=(Source(str(row["file"]), int(row["row"])),),
            current=(period, period_type) == self.now.get(series),
        )

    def _all(self, area: str, series: Series) -> pd.DataFrame:
        return self.rows.take(self.places.get((area, *series), []))

    def _alike(self, area: str, series: Series, basis: Basis) -> pd.DataFrame:
        """Rows of one basis, one a period (the latest published), by their ends."""
        found = self._all(area, series)
        found = found[np.array([own == basis for own in _bases(found)], dtype=bool)]
        ordered = found.assign(first_out=found["published"].astype(str)).sort_values(
            ["end", "start", "first_out"], kind="stable"
        )
        return ordered.drop_duplicates("period", keep="last")


def history(material: Material) -> History:
    """The past of every series that the report may show."""
    rows = material.dataset.observations
    rows = rows[rows["end"] <= pd.Timestamp(material.period.end)]
    keys = ["area", "indicator", "breakdown", "category"]
    places: Mapping[Any, Any] = {}
    if not rows.empty:
        places = rows.groupby(keys, observed=True, sort=False).indices
    now = {
        series: (level.period, level.period_type)
        for series in material.facts
        if (level := material.present(series)) is not None
    }
    return History(
        rows=rows,
        places=places,
        area=material.brief.area,
        now=now,
        units={code: entry.unit for code, entry in material.dataset.catalogue.indicators.items()},
    )


def _bases(rows: pd.DataFrame) -> list[Basis]:
    pairs = zip(rows["basis"].astype(str), rows["period_type"].astype(str), strict=True)
    return [(basis, kind if kind in _LONG else "") for basis, kind in pairs]


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _mark(status: Any) -> str:
    return next((mark for mark in _MARKS if mark in str(status).split()), "")


def _with_gaps(points: list[PointPlan]) -> tuple[PointPlan, ...]:
    """`points`, and one without a value for every period of their own rhythm that is missing."""
    step = _rhythm([point.period for point in points])
    filled: list[PointPlan] = []
    for point in points:
        if filled:
            filled += [
                PointPlan(key, None) for key in between(filled[-1].period, point.period, step)
            ]
        filled.append(point)
    return tuple(filled)


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
