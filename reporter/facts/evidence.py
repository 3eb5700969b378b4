"""What the rows of a table of facts rest on, and where that stands in the files.

Points are looked up for many rows at once, and only for rows that become objects; rows of a file
that follow one on another are named as one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pandas as pd

from reporter.facts.fact import Source
from reporter.facts.panel import Ints, Panel
from reporter.sources import Dataset

_ROWS = 40
"""Bits that hold the row in an address."""


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

    def of(self, rows: Ints) -> Iterator[tuple[Ints, Ints]]:
        """As `Lists.of`, in parts: together they have the points of a row in the order in which
        they are named, some more than once.
        """
        every = np.arange(len(rows))
        for column in self.points:
            held = np.flatnonzero(column[rows] >= 0)
            yield every[held], column[rows[held]]
        for first, last in self.runs:
            yield _run(first[rows], last[rows])
        for lists in self.others:
            owner, point = lists.of(rows)
            yield owner[point >= 0], point[point >= 0]


def _run(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    size = np.where(first >= 0, last - first + 1, 0)
    owner = np.repeat(np.arange(len(size)), size)
    return owner, first[owner] + np.arange(len(owner)) - (np.cumsum(size) - size)[owner]


class FileRows:
    """Where observations, and targets after them, stand in their files: each is a *place*."""

    def __init__(self, dataset: Dataset) -> None:
        frames = dataset.observations, dataset.targets
        self.observed = len(frames[0])
        """How many places are observations."""
        self.row: Ints = np.concatenate([frame["row"].to_numpy(np.int64) for frame in frames])
        self._files, self._file = _coded([frame["file"] for frame in frames])
        self._cells, self._cell = _coded([frame["cell"] for frame in frames])
        blank = np.array([name == "" for name in self._cells], np.bool_)[self._cell]
        apart = -2 * np.arange(1, len(self.row) + 1)
        self.address: Ints = np.where(blank, (self._file << _ROWS) + self.row, apart)
        """Numbers that follow one on another where rows of a file do; a cell follows nothing."""
        self._texts = np.empty(len(self.row), dtype=object)
        self._written = np.zeros(len(self.row), np.bool_)

    def source(self, place: int, to: int = 0) -> Source:
        """The source at a place, or the run that begins there and ends at row `to`."""
        file, cell = self._files[self._file[place]], self._cells[self._cell[place]]
        return Source(file, int(self.row[place]), cell, to=to)

    def rows_of_one(self, addresses: Sequence[int]) -> tuple[str, list[int]] | None:
        """The file and the rows at `addresses`; None where they are in several files, or cells."""
        lowest, highest = min(addresses, default=-1), max(addresses, default=-1)
        file = lowest >> _ROWS
        if lowest < 0 or file != highest >> _ROWS:
            return None
        return self._files[file], [address - (file << _ROWS) for address in addresses]

    def texts(self, places: Ints, write: Callable[[str, int, str], str]) -> list[str]:
        """What `write` makes of the file, row and cell of each of `places`; it is asked once."""
        absent = np.unique(places[~self._written[places]])
        if len(absent):
            files = map(self._files.__getitem__, self._file[absent].tolist())
            cells = map(self._cells.__getitem__, self._cell[absent].tolist())
            self._texts[absent] = [*map(write, files, self.row[absent].tolist(), cells)]
            self._written[absent] = True
        found: list[str] = self._texts[places].tolist()
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Where facts stand in the files: rows that follow one on another as one run.

    Fact n rests on the runs from `stops[n]` to `stops[n + 1]`, each of which begins at one of
    `places` in `files`, and so at one of `addresses`; `to` has the last row of those that are
    longer than one.
    """

    stops: list[int]
    places: Ints
    addresses: list[int]
    to: Mapping[int, int]
    files: FileRows

    def sources(self, at: int) -> Iterator[Source]:
        """The sources of fact `at`."""
        for run in range(self.stops[at], self.stops[at + 1]):
            yield self.files.source(int(self.places[run]), self.to.get(run, 0))


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

    def rows_of_one_file(self) -> tuple[str, list[int], list[int]] | None:
        """The file, the first and the last rows of the runs (0 where it is one row); None where
        they are of several files, or cells."""
        runs = self.runs
        first, last = runs.stops[self.at], runs.stops[self.at + 1]
        found = runs.files.rows_of_one(runs.addresses[first:last])
        return found and (*found, [runs.to.get(run, 0) for run in range(first, last)])

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


def runs_behind(panel: Panel, files: FileRows, chosen: Sequence[tuple[Evidence, Ints]]) -> Runs:
    """What is behind the rows chosen of each table, one table after another."""
    owners, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    count = 0
    for evidence, rows in chosen:
        for owner, place in _places(panel, files, evidence, rows):
            owners.append(owner + count)
            places.append(place)
        count += len(rows)
    owner, place = np.concatenate(owners), np.concatenate(places)
    order = np.argsort(owner, kind="stable")
    owner, place = owner[order], place[order]
    once = np.unique(owner * len(files.row) + place, return_index=True)[1]
    once.sort()
    return _as_runs(files, owner[once], place[once], count)


def _places(
    panel: Panel, files: FileRows, evidence: Evidence, rows: Ints
) -> Iterator[tuple[Ints, Ints]]:
    """The places behind each of `rows`, and which of `rows` each belongs to, in parts."""
    for owner, point in evidence.of(rows):
        yield owner, panel.points.row[point]
    if evidence.rows is not None:
        yield np.arange(len(rows)), evidence.rows[rows]
    if evidence.targets is not None:
        held = np.flatnonzero(evidence.targets[rows] >= 0)
        yield held, evidence.targets[rows[held]] + files.observed


def _as_runs(files: FileRows, owner: Ints, place: Ints, count: int) -> Runs:
    """The places of each of `count` owners, rows that follow one on another as one."""
    follows = (np.diff(owner) == 0) & (np.diff(files.address[place]) == 1)
    fresh = np.flatnonzero(np.r_[True, ~follows][: len(owner)])
    last = np.r_[fresh[1:], len(owner)][: len(fresh)] - 1
    long = np.flatnonzero(fresh != last)
    to = dict(zip(long.tolist(), files.row[place[last[long]]].tolist(), strict=True))
    stops = [0, *np.cumsum(np.bincount(owner[fresh], minlength=count)).tolist()]
    return Runs(stops, place[fresh], files.address[place[fresh]].tolist(), to, files)


def _coded(columns: Sequence[pd.Series[Any]]) -> tuple[list[str], Ints]:
    """Columns one under another as codes and the texts that they stand for."""
    texts: list[str] = []
    codes = []
    for column in columns:
        words = column.astype("category").cat
        codes.append(words.codes.to_numpy(np.int64) + len(texts))
        texts += map(str, words.categories)
    return texts, np.concatenate(codes)
