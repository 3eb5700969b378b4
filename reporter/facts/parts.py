"""Parts of tables as columns: rows chosen of a table of facts, before they are objects or text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.evidence import Runs
from reporter.facts.fact import Fact
from reporter.facts.panel import Bools, Ints
from reporter.facts.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column's values, or its codes and the words that they stand for; NaN for no word."""

    values: NDArray[Any]
    words: NDArray[np.object_] | None

    @classmethod
    def of(cls, series: pd.Series[Any]) -> Column:
        """A column of a frame."""
        if isinstance(series.dtype, pd.CategoricalDtype):
            words = np.array([*series.cat.categories.tolist(), np.nan], dtype=object)
            return cls(series.cat.codes.to_numpy(), words)
        return cls(series.to_numpy(), None)

    @property
    def alike(self) -> bool:
        """Whether all rows have one value, or none."""
        unknown = self.values != self.values  # as NaN is
        return bool((self.values == self.values[0]).all() or unknown.all())

    def at(self, rows: Ints) -> list[Any]:
        """The values in `rows`; None for a number that is not known."""
        values = self.values[rows]
        found: list[Any] = (values if self.words is None else self.words[values]).tolist()
        if values.dtype == np.float64:
            return [None if value != value else value for value in found]
        return found

    def among(self, words: Collection[str], rows: Ints) -> Bools:
        """Which of `rows` have one of `words`."""
        assert self.words is not None
        held = np.fromiter((word in words for word in self.words), np.bool_, len(self.words))
        found: Bools = held[self.values[rows]]
        return found


class Columns:
    """The columns of a table, taken apart once for all areas that it is about."""

    def __init__(self, table: Table) -> None:
        every = {name: Column.of(table.frame[name]) for name in table.frame.columns}
        self.indicator, area = every["indicator"], every["area"]
        assert area.words is not None
        self._order = np.argsort(area.values, kind="stable")
        self._stops = np.searchsorted(area.values[self._order], np.arange(len(area.words)))
        self._codes = {name: code for code, name in enumerate(area.words.tolist()[:-1])}
        first = np.zeros(1, np.int64)
        self.alike = {name: column.at(first)[0] for name, column in every.items() if column.alike}
        """The value of each field of which all rows have one."""
        self.differing = {n: column for n, column in every.items() if n not in self.alike}

    def about(self, area: str) -> Ints:
        """The rows about `area`."""
        if area not in self._codes:
            return self._order[:0]
        code = self._codes[area]
        return self._order[self._stops[code] : self._stops[code + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Facts of one kind by columns: `rows` of `columns`, and the values of fields of tuples.

    Every field but `sources` is in one of the two. The first of the facts are `told` as objects
    too.
    """

    kind: str
    columns: Columns
    rows: Ints
    tuples: Mapping[str, list[Any]]
    told: Sequence[Fact]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What was found about one area: the facts that a paper may tell, and all of them part by
    part; `runs` are the places behind those.
    """

    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    runs: Runs

    def __len__(self) -> int:
        return sum(len(part.rows) for part in self.parts)
