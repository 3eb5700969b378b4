"""The series of one area, one after the other, each in the order of time.

What is doubtful is looked for in whole columns first; points are made of those few series only that
may give a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reporter.plausibility.layout import Bools, Floats, Ints, Layout
from reporter.plausibility.nouns import Point, Series


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """`rows`, over points: their rows in `layout`; of several values published for one period, the
    last. Those of series s stand in rows[starts[s]:stops[s]].
    """

    layout: Layout
    series: tuple[Series, ...]
    """In the order of their first rows."""
    rows: Ints
    starts: Ints
    stops: Ints
    value: Floats
    """Over points."""
    replaced: tuple[tuple[Point, Point], ...]
    """The first value published for a period, with the last."""

    @property
    def length(self) -> Ints:
        """How many points each series has."""
        return self.stops - self.starts

    def points(self, series: int) -> tuple[Point, ...]:
        """The points of a series."""
        return points_of(self.layout, self.rows[self.starts[series] : self.stops[series]])

    def back(self, steps: int) -> Ints:
        """The point so many before the last of each series; any at all where it has none."""
        return np.maximum(self.stops - 1 - steps, 0)

    def any_of(self, points: Bools) -> Bools:
        """Which series have any of the `points`."""
        if not len(self.starts):
            return np.zeros(0, np.bool_)
        return np.logical_or.reduceat(points, self.starts)


def points_of(layout: Layout, rows: Ints) -> tuple[Point, ...]:
    """The points that stand in `rows`."""
    texts = (layout.texts[name] for name in ("period", "published"))
    period, published = (map(it.distinct.__getitem__, it.codes[rows].tolist()) for it in texts)
    days = layout.start[rows].tolist(), layout.end[rows].tolist()
    columns = rows.tolist(), period, *days, layout.value[rows].tolist(), published
    return tuple(map(Point, *columns))


def courses_of(layout: Layout, rows: Ints) -> Courses:
    """The series among `rows`, all of one area."""
    codes = [layout.texts[name].codes[rows].tolist() for name in Series._fields]
    index: dict[tuple[int, ...], int] = {}
    keys = zip(*codes, strict=True)
    number = np.array([index.setdefault(key, len(index)) for key in keys], np.int64)
    end, published = layout.end[rows], _ranked(layout, rows)
    order = np.lexsort((published, end, number))
    rows, number, end = rows[order], number[order], end[order]
    fresh = np.r_[True, (number[1:] != number[:-1]) | (end[1:] != end[:-1])][: len(rows)]
    last = np.r_[fresh[1:], True][: len(rows)]
    published = published[order]
    anew = np.flatnonzero(published[fresh] != published[last])
    number = number[last]
    starts = np.searchsorted(number, np.arange(len(index)))
    names = [layout.texts[name].distinct for name in Series._fields]
    return Courses(
        layout=layout,
        series=tuple(
            Series(*(texts[at] for texts, at in zip(names, key, strict=True))) for key in index
        ),
        rows=rows[last],
        starts=starts,
        stops=np.r_[starts[1:], len(number)][: len(index)],
        value=layout.value[rows[last]],
        replaced=tuple(
            zip(*(points_of(layout, rows[it][anew]) for it in (fresh, last)), strict=True)
        ),
    )


def _ranked(layout: Layout, rows: Ints) -> Ints:
    """The place of each row's date of publication among all."""
    distinct, codes = layout.texts["published"]
    places = np.empty(len(distinct), np.int64)
    places[sorted(range(len(distinct)), key=distinct.__getitem__)] = np.arange(len(distinct))
    return places[codes[rows]]
