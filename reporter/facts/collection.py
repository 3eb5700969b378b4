"""All facts of a question: frames by kind for many, dataclasses with sources for the chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.kinds import KINDS, Fact, Source
from reporter.facts.panel import Ints, Panel
from reporter.facts.table import Evidence, Table, fields_of


class Facts:
    """All facts of a question, by kind. `table` gives frames, `of` and `objects` dataclasses."""

    def __init__(self, panel: Panel, tables: Iterable[Table]) -> None:
        self._panel = panel
        self._tables: dict[str, list[Table]] = {kind: [] for kind in KINDS}
        for table in tables:
            if len(table.frame):
                self._tables[table.kind].append(table)
        self._columns: dict[int, _Columns] = {}
        self._observed = _Columns(panel.dataset.observations[_CITED])
        self._targeted = _Columns(panel.dataset.targets[_CITED])

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
        for tables in self._tables.values():
            for table in tables:
                words = table.frame["area"]
                if area in words.cat.categories:
                    code = words.cat.categories.get_loc(area)
                    rows = np.flatnonzero(words.cat.codes.to_numpy() == code)
                    found += self._objects(table, rows)
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
            made |= zip(own.tolist(), self._objects(table, wanted[own] - first), strict=True)
        return tuple(made[place] for place in range(len(wanted)))

    def _objects(self, table: Table, rows: Ints) -> Iterator[Fact]:
        make = KINDS[table.kind]
        if id(table) not in self._columns:
            self._columns[id(table)] = _Columns(table.frame)
        columns = self._columns[id(table)].cut(rows)
        cited = self._sources(table.evidence, rows)
        for place, row in enumerate(rows.tolist()):
            fields = {name: column[place] for name, column in columns.items()}
            fields |= {name: make_one(row) for name, make_one in table.tuples.items()}
            yield make(**fields, sources=cited[place])

    def _sources(self, evidence: Evidence, rows: Ints) -> list[tuple[Source, ...]]:
        """The observations and targets behind each row, all looked up at once."""
        used = [evidence.of(row) for row in rows.tolist()]
        at = np.unique(np.array([point for row in used for point in row], np.int64))
        cited = self._observed.sources(self._panel.points.row[at])
        source = dict(zip(at.tolist(), cited, strict=True))
        found = [tuple(source[point] for point in row) for row in used]
        if evidence.rows is not None:
            for place, missing in enumerate(self._observed.sources(evidence.rows[rows])):
                found[place] += (missing,)
        if evidence.targets is not None:
            held = np.flatnonzero(evidence.targets[rows] >= 0)
            cited = self._targeted.sources(evidence.targets[rows][held])
            for place, target in zip(held.tolist(), cited, strict=True):
                found[place] += (target,)
        return found


_CITED = ["file", "row", "cell"]


class _Columns:
    """The columns of a frame as arrays: a few rows are cut from them sooner than as a frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._known: dict[int, Source] = {}
        self._arrays = {name: _array(frame[name]) for name in frame.columns}

    def cut(self, rows: Ints) -> dict[str, list[Any]]:
        """The values in `rows` as plain Python, by column; an unknown number is None."""
        return {name: _plain(*array, rows) for name, array in self._arrays.items()}

    def sources(self, rows: Ints) -> list[Source]:
        """Where each of `rows` of the observations or targets stands.

        A place is made once: figures are cited again for every comparison and every area.
        """
        known, wanted = self._known, rows.tolist()
        new = [row for row in dict.fromkeys(wanted) if row not in known]
        if new:
            cut = self.cut(np.array(new, np.int64))
            places = zip(new, *(cut[name] for name in _CITED), strict=True)
            known |= {at: Source(str(file), int(row), str(cell)) for at, file, row, cell in places}
        return [known[row] for row in wanted]


def _array(column: pd.Series[Any]) -> tuple[NDArray[Any], NDArray[np.object_] | None]:
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
