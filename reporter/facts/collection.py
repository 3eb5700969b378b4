"""All facts of a question: frames by kind for many, dataclasses with sources for the chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.evidence import Behind, FileRows, Runs, runs_behind
from reporter.facts.fact import Fact
from reporter.facts.kinds import KINDS
from reporter.facts.panel import Ints, Panel
from reporter.facts.parts import Columns, Findings, Part
from reporter.facts.table import Table, fields_of


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Rows of a table, of which the first `told` are to be objects."""

    table: Table
    rows: Ints
    told: int


class Facts:
    """All facts of a question, by kind. `table` gives frames, `of` and `objects` dataclasses."""

    def __init__(self, panel: Panel, tables: Iterable[Table]) -> None:
        self._tables: dict[str, list[Table]] = {kind: [] for kind in KINDS}
        for table in tables:
            if len(table.frame):
                self._tables[table.kind].append(table)
        self._columns: dict[int, Columns] = {}
        self._panel = panel
        self._files = FileRows(panel.dataset)

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
        return self.about(area, None).facts

    def about(self, area: str, wanted: Callable[[str], Collection[str]] | None) -> Findings:
        """What was found about `area`, with facts of the measures that are `wanted` of a kind as
        objects, all where that is None. Each in the order of `of`.
        """
        chosen = []
        for table in (table for tables in self._tables.values() for table in tables):
            columns = self._columns_of(table)
            rows = columns.about(area)
            told = len(rows)
            if wanted is not None and told:
                asked = columns.indicator.among(wanted(table.kind), rows)
                rows, told = np.concatenate([rows[asked], rows[~asked]]), int(asked.sum())
            if len(rows):
                chosen.append(_Chosen(table, rows, told))
        return self._found(chosen)

    def objects(self, kind: str, rows: Iterable[int] | None = None) -> tuple[Fact, ...]:
        """The facts in `rows` of `table(kind)`, or all, as dataclasses with their sources."""
        ends = np.cumsum([len(table.frame) for table in self._tables[kind]])
        wanted = range(int(ends[-1]) if len(ends) else 0) if rows is None else rows
        wanted = np.array(list(wanted), np.int64)
        part = np.searchsorted(ends, wanted, side="right")
        chosen, places = [], []
        for place, table in enumerate(self._tables[kind]):
            own = np.flatnonzero(part == place)
            first = int(ends[place]) - len(table.frame)
            chosen.append(_Chosen(table, wanted[own] - first, len(own)))
            places += own.tolist()
        made = dict(zip(places, self._found(chosen).facts, strict=True))
        return tuple(made[place] for place in range(len(wanted)))

    def _found(self, chosen: Sequence[_Chosen]) -> Findings:
        pairs = [(each.table.evidence, each.rows) for each in chosen]
        runs = runs_behind(self._panel, self._files, pairs)
        firsts = accumulate((len(each.rows) for each in chosen), initial=0)
        parts = tuple(
            self._part(each, runs, first) for each, first in zip(chosen, firsts, strict=False)
        )
        return Findings(tuple(chain.from_iterable(part.told for part in parts)), parts, runs)

    def _part(self, chosen: _Chosen, runs: Runs, first: int) -> Part:
        """The rows of a table by columns; the first of them is fact `first` of `runs`."""
        table, rows = chosen.table, chosen.rows
        columns = self._columns_of(table)
        every = rows.tolist()
        tuples = {name: [make(row) for row in every] for name, make in table.tuples.items()}
        behind = map(Behind, repeat(runs), range(first, first + chosen.told))
        told = _objects(table.kind, rows[: chosen.told], columns, {**tuples, "sources": behind})
        return Part(table.kind, columns, rows, tuples, told)

    def _columns_of(self, table: Table) -> Columns:
        if id(table) not in self._columns:
            self._columns[id(table)] = Columns(table)
        return self._columns[id(table)]


def _objects(
    kind: str, rows: Ints, columns: Columns, others: Mapping[str, Iterable[Any]]
) -> list[Fact]:
    """The facts in `rows`, filled column by column: four times as fast as by row."""
    make = KINDS[kind]
    found = [object.__new__(make) for _ in rows]
    alike = ((name, repeat(value)) for name, value in columns.alike.items())
    differing = ((name, column.at(rows)) for name, column in columns.differing.items())
    for name, column in chain(alike, differing, others.items()):
        deque(map(getattr(make, name).__set__, found, column), maxlen=0)
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
