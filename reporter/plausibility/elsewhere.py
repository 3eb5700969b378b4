"""What other areas have for a series: what moves or lacks a figure everywhere is no slip of one.

Asked again and again for the papers of a batch, each answer is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from reporter.plausibility.layout import Floats, Ints, Layout, laid_out
from reporter.plausibility.nouns import Series
from reporter.sources import Dataset

T = TypeVar("T")
ByEnd = Mapping[date, float]
"""What an area had at the ends of its periods."""


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """The figures of other areas in a dataset."""

    layout: Layout
    of_kind: Mapping[str, Ints]
    """The codes of the areas of each kind that have figures, in the order of the dataset."""
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def countries(self, series: Series) -> tuple[ByEnd, ...]:
        """What each country that has the series had."""
        return self._once(self._countries, series)

    def lack(self, series: Series, before: date, since: date) -> bool:
        """Whether a country has the figures at both ends of a gap, and none between either."""
        return self._once(self._lack, series, before, since)

    def pairs(self, series: Series, before: date, now: date) -> Floats:
        """What each authority had at two ends, in rows of two figures."""
        return self._once(self._pairs, series, before, now)

    def at(self, series: Series, end: date) -> Floats:
        """What each authority had at an end."""
        return self.pairs(series, end, end)[:, 1]

    def _once(self, work_out: Callable[..., T], *asked: Hashable) -> T:
        key = (work_out.__name__, *asked)
        if key not in self._known:
            self._known[key] = work_out(*asked)
        found: T = self._known[key]
        return found

    def _countries(self, series: Series) -> tuple[ByEnd, ...]:
        rows = self._rows(series)
        areas = self.layout.texts["area"].codes[rows]
        lots = (rows[areas == code] for code in self.of_kind.get("country", ()))
        return tuple(
            dict(zip(self.layout.end[own].tolist(), self.layout.value[own].tolist(), strict=True))
            for own in lots
            if len(own)
        )

    def _lack(self, series: Series, before: date, since: date) -> bool:
        return any(
            {before, since} <= by_end.keys() and not any(before < end < since for end in by_end)
            for by_end in self.countries(series)
        )

    def _pairs(self, series: Series, before: date, now: date) -> Floats:
        rows = self._rows(series)
        area = self.layout.texts["area"]
        pairs = np.full((len(area.distinct), 2), np.nan)
        for at, end in enumerate((before, now)):
            then = rows[self.layout.end[rows] == np.datetime64(end)]
            pairs[area.codes[then], at] = self.layout.value[then]
        pairs = pairs[self.of_kind.get("authority", [])]
        return np.asarray(pairs[~np.isnan(pairs).any(axis=1)])

    def _rows(self, series: Series) -> Ints:
        """The rows of a series with a figure, of whatever area, later publications last."""
        rows = self.layout.of_measure[series.indicator]
        keep = ~np.isnan(self.layout.value[rows])
        for name, text in zip(Series._fields[1:], series[1:], strict=True):
            keep &= self.layout.texts[name].where(text.__eq__, rows)
        return rows[keep]


@lru_cache(maxsize=1)
def elsewhere(dataset: Dataset) -> Elsewhere:
    """Made once for all the papers on a dataset."""
    layout = laid_out(dataset)
    codes = {name: code for code, name in enumerate(layout.texts["area"].distinct)}
    found: dict[str, list[int]] = {}
    for name, area in dataset.areas.areas.items():
        if name in codes:
            found.setdefault(area.kind, []).append(codes[name])
    return Elsewhere(layout, {kind: np.array(lot, np.int64) for kind, lot in found.items()})
