"""What other areas have for a series: what moves or lacks a figure everywhere is no slip of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reporter.plausibility.nouns import Series
from reporter.sources import Dataset

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The columns of a dataset's figures as numbers, for finding those of a measure at once."""

    names: Mapping[str, Mapping[str, int]]
    """For each column of texts, the number of each text."""
    codes: Mapping[str, Ints]
    ends: NDArray[np.datetime64]
    values: NDArray[np.float64]
    order: Ints
    """The rows, by measure."""
    starts: Ints
    """Where in `order` each measure begins; one more at the end."""


@lru_cache(maxsize=1)
def _columns(dataset: Dataset) -> _Columns:
    """Made once for all the papers on a dataset."""
    rows = dataset.observations
    names: dict[str, dict[str, int]] = {}
    codes: dict[str, Ints] = {}
    for name in ("area", *Series._fields):
        column = rows[name].astype("category").cat
        names[name] = {str(text): at for at, text in enumerate(column.categories)}
        codes[name] = column.codes.to_numpy().astype(np.int64)
    order = np.argsort(codes["indicator"], kind="stable")
    starts = np.searchsorted(codes["indicator"][order], np.arange(len(names["indicator"]) + 1))
    ends = rows["end"].to_numpy().astype("datetime64[D]")
    return _Columns(names, codes, ends, rows["value"].to_numpy(np.float64), order, starts)


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """The figures of other areas in a dataset."""

    dataset: Dataset

    def countries(self, series: Series) -> Iterator[Mapping[date, float]]:
        """What each country that has the series had at the ends of its periods."""
        columns, rows = _columns(self.dataset), self._rows(series)
        areas = columns.codes["area"][rows]
        for name in self._of_kind("country"):
            own = rows[areas == columns.names["area"][name]]
            if len(own):
                ends = columns.ends[own].tolist()
                yield dict(zip(ends, columns.values[own].tolist(), strict=True))

    def pairs(self, series: Series, before: date, now: date) -> NDArray[np.float64]:
        """What each authority had at two ends, in rows of two figures."""
        columns, rows = _columns(self.dataset), self._rows(series)
        wanted = {columns.names["area"][name] for name in self._of_kind("authority")}
        found: dict[int, list[float]] = {}
        for at, end in ((0, before), (1, now)):
            for row in rows[columns.ends[rows] == np.datetime64(end)].tolist():
                area = int(columns.codes["area"][row])
                if area in wanted:
                    pair = found.setdefault(area, [np.nan, np.nan])
                    pair[at] = float(columns.values[row])
        pairs = np.array(list(found.values()), np.float64).reshape(-1, 2)
        return pairs[~np.isnan(pairs).any(axis=1)]

    def at(self, series: Series, end: date) -> NDArray[np.float64]:
        """What each authority had at an end."""
        return self.pairs(series, end, end)[:, 1]

    def _rows(self, series: Series) -> Ints:
        """The rows of a series with a figure, of whatever area, later publications last."""
        columns = _columns(self.dataset)
        numbers = [columns.names[name].get(text) for name, text in series._asdict().items()]
        if None in numbers:
            return np.empty(0, np.int64)
        first = numbers[0] or 0
        rows = columns.order[columns.starts[first] : columns.starts[first + 1]]
        keep = ~np.isnan(columns.values[rows])
        for name, number in zip(Series._fields[1:], numbers[1:], strict=True):
            keep &= columns.codes[name][rows] == number
        return np.asarray(rows[keep])

    def _of_kind(self, kind: str) -> Iterator[Any]:
        known = _columns(self.dataset).names["area"]
        for name, area in self.dataset.areas.areas.items():
            if area.kind == kind and name in known:
                yield name
