"""The dataset's figures as plain rows by series, for tables and charts.

A report asks for some hundred short series, one by one. Frames are made for whole columns: cutting
one to a dozen rows takes longer than all the rest, so columns are turned into arrays once and each
series is cut from those.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reporter.plan.material import Series
from reporter.sources import Dataset

AREAS = 40
"""Of so many areas cut series are kept: a paper asks for some twenty, a batch for them all."""
Basis = tuple[str, str]
"""The dataset's basis, and the period type where it is of a long stretch."""
_LONG = ("year", "ytd")
_DAY_0 = date(1970, 1, 1).toordinal()
_WORDS = ("period", "period_type", "basis", "status", "missing", "published", "file", "cell")
_NUMBERS = ("value", "numerator", "denominator")


class Figure(NamedTuple):
    """One observation. Days are counted since 1970; a number that is not known is None."""

    period: str
    period_type: str
    basis: Basis
    start: int
    end: int
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    missing: str
    published: str
    file: str
    cell: str
    row: int
    era: int
    """Figures of a measure may be compared where it is equal; negative for those set apart."""


class Figures:
    """Every observation of a dataset, by area and series, in the order of the dataset."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._places = _stretches(rows)
        self._words = {name: _words(rows[name]) for name in _WORDS}
        self._columns = {name: rows[name].to_numpy(np.float64) for name in _NUMBERS}
        self._columns |= {name: _days(rows[name]) for name in ("start", "end")}
        self._columns |= {name: rows[name].to_numpy() for name in ("row", "era")}
        self._kept: dict[str, dict[Any, tuple[Figure, ...]]] = {}
        """By area what was cut of it, the area that was asked for last at the end."""

    def of(self, area: str, series: Series) -> tuple[Figure, ...]:
        """The figures of `series` in `area`; none where there are none."""
        kept = self._of_area(area)
        if series not in kept:
            at = self._places.get((area, *series))
            kept[series] = () if at is None else self._made(at)
        return kept[series]

    def alike(self, area: str, series: Series, basis: Basis, last: int) -> tuple[Figure, ...]:
        """Those of one basis that end by the day `last`, one a period (the latest published), by
        their ends.
        """
        kept, key = self._of_area(area), (series, basis, last)
        if key not in kept:
            found = [it for it in self.of(area, series) if it.basis == basis and it.end <= last]
            found.sort(key=lambda one: (one.end, one.start, one.published))
            latest = {one.period: one for one in found}
            kept[key] = tuple(one for one in found if latest[one.period] is one)
        return kept[key]

    def _of_area(self, area: str) -> dict[Any, tuple[Figure, ...]]:
        """What is kept of an area; the one that was not asked for the longest is let go of."""
        kept = self._kept[area] = self._kept.pop(area, {})
        if len(self._kept) > AREAS:
            del self._kept[next(iter(self._kept))]
        return kept

    def _made(self, at: slice) -> tuple[Figure, ...]:
        cut = {name: column[at].tolist() for name, column in self._columns.items()}
        cut |= {name: known[codes[at]].tolist() for name, (known, codes) in self._words.items()}
        for name in _NUMBERS:
            cut[name] = [None if value != value else value for value in cut[name]]
        pairs = zip(cut["basis"], cut["period_type"], strict=True)
        cut["basis"] = [(basis, kind if kind in _LONG else "") for basis, kind in pairs]
        columns = (cut[name] for name in Figure._fields)
        return tuple(map(Figure._make, zip(*columns, strict=True)))


@lru_cache(maxsize=1)
def figures_of(dataset: Dataset) -> Figures:
    """The figures of `dataset`, laid out once however many reports are planned from it."""
    return Figures(dataset.observations)


def day_number(day: date) -> int:
    """`day` as figures count it."""
    return day.toordinal() - _DAY_0


def _words(column: pd.Series[Any]) -> tuple[Any, Any]:
    """An array of the distinct words, and one of which of them stands in each row."""
    categories = column.astype("category").cat
    return categories.categories.astype(str).to_numpy(dtype=object), categories.codes.to_numpy()


def _stretches(rows: pd.DataFrame) -> Mapping[tuple[str, ...], slice]:
    """The rows of each series of an area, which stand together in a dataset."""
    columns = [_words(rows[name]) for name in ("area", "indicator", "breakdown", "category")]
    fresh = np.arange(len(rows)) == 0
    for _, codes in columns:
        fresh[1:] |= codes[1:] != codes[:-1]
    starts = np.flatnonzero(fresh)
    keys = zip(*(known[codes[starts]].tolist() for known, codes in columns), strict=True)
    ends = np.append(starts[1:], len(rows))
    return dict(zip(keys, map(slice, starts.tolist(), ends.tolist()), strict=False))


def _days(column: pd.Series[Any]) -> Any:
    return column.to_numpy().astype("datetime64[D]").astype(np.int64)
