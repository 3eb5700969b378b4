"""What the rows of a table of facts rest on, and where that stands in the files.

Points are looked up for many rows at once, and only for rows that become objects; rows of a file
that follow one on another are named as one run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pandas as pd

from reporter.facts.kinds import Source
from reporter.facts.panel import Ints, Panel


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """So many points for each row of a table: those of row r are `at[start[r]:][:size[r]]`.

    Rows may share them; -1 is no point.
    """

    at: Ints
    start: Ints
    size: Ints

    @classmethod
    def of_square(cls, points: Ints) -> Lists:
        """The points of each row of a square."""
        height, width = points.shape
        return cls(points.ravel(), np.arange(height) * width, np.full(height, width))

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """The points of `rows` one after another, and which of `rows` each belongs to."""
        sizes = self.size[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        first = self.start[rows] - (np.cumsum(sizes) - sizes)
        return owner, self.at[first[owner] + np.arange(len(owner))]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What each row of a table rests on: positions among the panel's points.

    `points` are columns of single points (-1: none); `runs` are columns of first and last point of
    a run within a series (-1: none); `others` gives further points of a row, and `marks` their
    status bits; `targets` are rows of `Dataset.targets`.
    """

    points: tuple[Ints, ...] = ()
    runs: tuple[tuple[Ints, Ints], ...] = ()
    others: tuple[Lists, ...] = ()
    marks: Ints | None = None
    targets: Ints | None = None
    rows: Ints | None = None
    """Further rows of `Dataset.observations`: missing or replaced figures."""

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """As `Lists.of`: each point of a row once, in the order in which they are named."""
        every = np.arange(len(rows))
        pairs = [(every, column[rows]) for column in self.points]
        pairs += [_run(first[rows], last[rows]) for first, last in self.runs]
        pairs += [lists.of(rows) for lists in self.others]
        owner = np.concatenate([owner for owner, _ in pairs] or [every[:0]])
        point = np.concatenate([point for _, point in pairs] or [every[:0]])
        order = np.flatnonzero(point >= 0)
        order = order[np.argsort(owner[order], kind="stable")]
        owner, point = owner[order], point[order]
        once = np.unique(owner * (int(point.max(initial=0)) + 1) + point, return_index=True)[1]
        once.sort()
        return owner[once], point[once]


def _run(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    size = np.where(first >= 0, last - first + 1, 0)
    owner = np.repeat(np.arange(len(size)), size)
    return owner, first[owner] + np.arange(len(owner)) - (np.cumsum(size) - size)[owner]


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Where facts stand in the files: rows that follow one on another as one run.

    Fact n rests on the runs from `stops[n]` to `stops[n + 1]`. Of a run `file` and `cell` are
    places in `files` and `cells`; `to` is its last row, 0 where it is one row.
    """

    stops: list[int]
    file: list[int]
    row: list[int]
    cell: list[int]
    to: list[int]
    files: Sequence[str]
    cells: Sequence[str]

    def __len__(self) -> int:
        return len(self.stops) - 1

    def sources(self, at: int) -> Iterator[Source]:
        """The sources of fact `at`."""
        for run in range(self.stops[at], self.stops[at + 1]):
            file, cell = self.files[self.file[run]], self.cells[self.cell[run]]
            yield Source(file, self.row[run], cell, to=self.to[run])


class Behind(Sequence[Source]):
    """The sources of one fact of many, looked up when they are asked for.

    Most facts of a paper are written into its evidence by their `runs` and never looked at.
    """

    __slots__ = ("_found", "at", "runs")

    def __init__(self, runs: Runs, at: int) -> None:
        self.runs = runs
        self.at = at
        self._found: tuple[Source, ...] | None = None

    def _sources(self) -> tuple[Source, ...]:
        if self._found is None:
            self._found = tuple(self.runs.sources(self.at))
        return self._found

    @overload
    def __getitem__(self, at: int) -> Source: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Source, ...]: ...
    def __getitem__(self, at: int | slice) -> Source | tuple[Source, ...]:
        return self._sources()[at]

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources())

    def __len__(self) -> int:
        return self.runs.stops[self.at + 1] - self.runs.stops[self.at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Behind | tuple) and self._sources() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._sources())

    def __repr__(self) -> str:
        return repr(self._sources())


class Places:
    """Where observations and targets stand in their files."""

    def __init__(self, panel: Panel) -> None:
        self._points = panel.points.row
        frames = panel.dataset.observations, panel.dataset.targets
        self._observed = len(frames[0])
        self._row = np.concatenate([frame["row"].to_numpy(np.int64) for frame in frames])
        self._files, self._file = _coded([frame["file"] for frame in frames])
        self._cells, self._cell = _coded([frame["cell"] for frame in frames])
        self._blank = np.array([name == "" for name in self._cells], np.bool_)

    def behind(self, evidence: Evidence, rows: Ints) -> Runs:
        """The observations and targets behind each of `rows`."""
        owner, point = evidence.of(rows)
        owners, places = [owner], [self._points[point]]
        if evidence.rows is not None:
            owners.append(np.arange(len(rows)))
            places.append(evidence.rows[rows])
        if evidence.targets is not None:
            held = np.flatnonzero(evidence.targets[rows] >= 0)
            owners.append(held)
            places.append(evidence.targets[rows][held] + self._observed)
        owner, place = np.concatenate(owners), np.concatenate(places)
        order = np.argsort(owner, kind="stable")
        return self._as_runs(owner[order], place[order], len(rows))

    def _as_runs(self, owner: Ints, place: Ints, count: int) -> Runs:
        """The places of each owner, rows that follow one on another as one."""
        file, row, blank = self._file[place], self._row[place], self._blank[self._cell[place]]
        follows = (np.diff(owner) == 0) & (np.diff(file) == 0) & (np.diff(row) == 1)
        fresh = np.flatnonzero(np.r_[True, ~(follows & blank[1:] & blank[:-1])][: len(owner)])
        ends = np.r_[fresh[1:], len(owner)][: len(fresh)] - 1
        to = np.where(fresh == ends, 0, row[ends])
        stops = [0, *np.cumsum(np.bincount(owner[fresh], minlength=count)).tolist()]
        return Runs(
            stops, file[fresh].tolist(), row[fresh].tolist(), self._cell[place[fresh]].tolist(),
            to.tolist(), self._files, self._cells,
        )  # fmt: skip


def _coded(columns: Sequence[pd.Series[Any]]) -> tuple[list[str], Ints]:
    """Columns one under another as codes and the texts that they stand for."""
    texts: list[str] = []
    codes = []
    for column in columns:
        words = column.astype("category").cat
        codes.append(words.codes.to_numpy(np.int64) + len(texts))
        texts += map(str, words.categories)
    return texts, np.concatenate(codes)
