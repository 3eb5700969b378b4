"""What the rows of a table of facts rest on, and where that stands in the files.

Points are looked up for many rows at once, and only for rows that become objects; rows of a file
that follow one on another are named as one run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.kinds import Source
from reporter.facts.panel import Ints, Panel

Made = dict[int, Source]
"""Sources by the places that they begin and end at: facts of one area often rest on the same."""


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

    def behind(self, evidence: Evidence, rows: Ints, made: Made) -> list[tuple[Source, ...]]:
        """The observations and targets behind each of `rows`; one that is `made` is used again."""
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
        return self._as_runs(owner[order], place[order], len(rows), made)

    def _as_runs(
        self, owner: Ints, place: Ints, count: int, made: Made
    ) -> list[tuple[Source, ...]]:
        """The places of each owner, rows that follow one on another as one."""
        file, row, blank = self._file[place], self._row[place], self._blank[self._cell[place]]
        follows = (np.diff(owner) == 0) & (np.diff(file) == 0) & (np.diff(row) == 1)
        fresh = np.flatnonzero(np.r_[True, ~(follows & blank[1:] & blank[:-1])][: len(owner)])
        ends = np.r_[fresh[1:], len(owner)][: len(fresh)] - 1
        keys = (place[fresh] * len(self._row) + place[ends]).tolist()
        new = np.array([at for at, key in enumerate(keys) if key not in made], np.int64)
        sources = self._sources(place[fresh[new]], place[ends[new]])
        made.update(zip((keys[at] for at in new.tolist()), sources, strict=True))
        found = list(map(made.__getitem__, keys))
        stops = [0, *np.cumsum(np.bincount(owner[fresh], minlength=count)).tolist()]
        return [tuple(found[start:stop]) for start, stop in pairwise(stops)]

    def _sources(self, first: Ints, last: Ints) -> Iterator[Source]:
        files = map(self._files.__getitem__, self._file[first].tolist())
        cells = map(self._cells.__getitem__, self._cell[first].tolist())
        to = np.where(first == last, 0, self._row[last]).tolist()
        columns = zip(files, self._row[first].tolist(), cells, repeat(""), to, strict=False)
        return map(Source._make, columns)


def _coded(columns: Sequence[pd.Series[Any]]) -> tuple[list[str], Ints]:
    """Columns one under another as codes and the texts that they stand for."""
    texts: list[str] = []
    codes = []
    for column in columns:
        words = column.astype("category").cat
        codes.append(words.codes.to_numpy(np.int64) + len(texts))
        texts += map(str, words.categories)
    return texts, np.concatenate(codes)
