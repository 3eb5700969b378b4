"""All facts of a question: frames by kind for many, dataclasses with sources for the chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.evidence import Made, Places
from reporter.facts.kinds import KINDS, Fact
from reporter.facts.panel import Ints, Panel
from reporter.facts.table import Table, fields_of


class Facts:
    """All facts of a question, by kind. `table` gives frames, `of` and `objects` dataclasses."""

    def __init__(self, panel: Panel, tables: Iterable[Table]) -> None:
        self._tables: dict[str, list[Table]] = {kind: [] for kind in KINDS}
        for table in tables:
            if len(table.frame):
                self._tables[table.kind].append(table)
        self._columns: dict[int, dict[str, _Array]] = {}
        self._places = Places(panel)

    def count(self) -> dict[str, int]:
        """How many facts there are of each kind, every kind named."""
        return {k: sum(len(t.frame) for t in found) for k, found in self._tables.items()}

    def table(self, kind: str) -> pd.DataFrame:
        """The facts of a kind, one a row; columns are the fields of its dataclass but `sources`.

        Unknown numbers are NaN; words are categories, and tuples are tuples.
        """
        frames = [_with_tuples(table) for table in self._tables[kind]]
        if not frames:
            return pd.DataFrame(columns=list(fields_of(kind)))
        return frames[0] if len(frames) == 1 else _stack(frames)

    def of(self, area: str) -> tuple[Fact, ...]:
        """Every fact about `area`: by kind as in `KINDS`, then in the order of its series."""
        found: list[Fact] = []
        made: Made = {}
        for tables in self._tables.values():
            for table in tables:
                words = table.frame["area"]
                if area in words.cat.categories:
                    code = words.cat.categories.get_loc(area)
                    rows = np.flatnonzero(words.cat.codes.to_numpy() == code)
                    found += self._objects(table, rows, made)
        return tuple(found)

    def objects(self, kind: str, rows: Iterable[int] | None = None) -> tuple[Fact, ...]:
        """The facts in `rows` of `table(kind)`, or all, as dataclasses with their sources."""
        ends = np.cumsum([len(table.frame) for table in self._tables[kind]])
        wanted = range(int(ends[-1]) if len(ends) else 0) if rows is None else rows
        wanted = np.array(list(wanted), np.int64)
        part = np.searchsorted(ends, wanted, side="right")
        made: dict[int, Fact] = {}
        for place, table in enumerate(self._tables[kind]):
            own = np.flatnonzero(part == place)
            first = int(ends[place]) - len(table.frame)
            made |= zip(own.tolist(), self._objects(table, wanted[own] - first, {}), strict=True)
        return tuple(made[place] for place in range(len(wanted)))

    def _objects(self, table: Table, rows: Ints, made: Made) -> list[Fact]:
        """The facts in `rows` of a table, filled column by column: four times as fast as by row."""
        if id(table) not in self._columns:
            self._columns[id(table)] = {n: _array(table.frame[n]) for n in table.frame.columns}
        columns = {n: _plain(*array, rows) for n, array in self._columns[id(table)].items()}
        for name, make_one in table.tuples.items():
            columns[name] = [make_one(row) for row in rows.tolist()]
        columns["sources"] = self._places.behind(table.evidence, rows, made)
        make = KINDS[table.kind]
        found = [object.__new__(make) for _ in rows]
        for name, column in columns.items():
            deque(map(getattr(make, name).__set__, found, column), maxlen=0)
        return found


_Array = tuple[NDArray[Any], NDArray[np.object_] | None]


def _array(column: pd.Series[Any]) -> _Array:
    """A column's values, or its codes and the words that they stand for; NaN for no word."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        words = np.array([*column.cat.categories.tolist(), np.nan], dtype=object)
        return column.cat.codes.to_numpy(), words
    return column.to_numpy(), None


def _plain(values: NDArray[Any], words: NDArray[np.object_] | None, rows: Ints) -> list[Any]:
    found: list[Any] = (values[rows] if words is None else words[values[rows]]).tolist()
    if values.dtype == np.float64:
        return [None if value != value else value for value in found]
    return found


def _with_tuples(table: Table) -> pd.DataFrame:
    frame = table.frame
    for name, make_one in table.tuples.items():
        column = np.empty(len(frame), dtype=object)
        column[:] = [make_one(row) for row in range(len(frame))]
        frame = frame.assign(**{name: column})
    return frame[list(fields_of(table.kind))]


def _stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames one under another, words staying categories."""
    columns = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(pd.api.types.union_categoricals(parts))
        else:
            columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns)
