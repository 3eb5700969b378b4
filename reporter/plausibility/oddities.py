"""Doubts about single figures that do not look like the others of their series: a nought where
there may be none, a figure that stands still, decimals that were lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from reporter.plausibility.courses import Courses
from reporter.plausibility.layout import Bools, Floats
from reporter.plausibility.looking import Figures, doubt
from reporter.plausibility.nouns import Point, Series
from reporter.problems import Problem

OTHERS = 4
"""So many other figures say what a series looks like."""
FAR_FROM_NOUGHT = {"count": 20.0, "percent": 5.0, "rate": 0.0}
"""Where the others are all so large, none is hardly there by chance (a Poisson count of 20)."""
LATEST = 6
"""So many of the latest figures are what a paper speaks of."""
AREAS = 20
RARE = 0.025
"""Nought is rare where at most one authority in forty, of so many, has it."""
NEVER_NEAR = 0.5
"""Other figures are far from nought where the least of them is so much of the middle one."""
STILL = 3
"""The same figure so often running stands still."""
LIVELY = 5.0
"""A series moves where its usual step is so many units of its last digit."""
HUNDRED = 100.0
COARSE = 2
"""So many decimals are lost at once, not by chance."""


def check_oddities(figures: Figures) -> Iterator[Problem]:
    """Every doubt about a figure beside the others of its series."""
    courses = figures.courses
    enough = courses.length > OTHERS
    for series, points in figures.series(enough & _has_noughts(courses)):
        yield from _noughts(figures, series, points)
    for _, points in figures.series(enough & _has_stood_still(courses)):
        yield from _standstill(figures, points)
    yield from _lost_decimals(figures, enough)


def _has_noughts(courses: Courses) -> Bools:
    """Whether a nought is among the latest figures of each series."""
    found = np.zeros(len(courses.series), np.bool_)
    for steps in range(LATEST):
        found |= (courses.value[courses.back(steps)] == 0) & (courses.length > steps)
    return found


def _has_stood_still(courses: Courses) -> Bools:
    """Whether the latest figures of each series are the same."""
    found = courses.length >= STILL
    for steps in range(1, STILL):
        found &= courses.value[courses.back(steps)] == courses.value[courses.back(0)]
    return found


def _noughts(figures: Figures, series: Series, points: Sequence[Point]) -> Iterator[Problem]:
    """Noughts among the latest figures where all others are far from it, and none elsewhere."""
    unit = figures.catalogue.indicators[series.indicator].unit
    noughts = [point for point in points[-LATEST:] if point.value == 0]
    others = [point.value for point in points if point.value]
    if not noughts or unit not in FAR_FROM_NOUGHT or len(others) < max(OTHERS, 2 * len(noughts)):
        return
    least = min(others)
    if least < max(FAR_FROM_NOUGHT[unit], NEVER_NEAR * median(others)):
        return
    for point in noughts:
        if not _is_common(figures.elsewhere.at(series, point.end)):
            what = f"it is 0, and all others of its series are {least:.6g} or more"
            fix = "Write x where there is no figure; 0 says that there were none."
            yield doubt(figures, point.row, "nought-or-none", what, fix)


def _is_common(theirs: Floats) -> bool:
    """Whether nought is no rare figure among those of other authorities."""
    return len(theirs) >= AREAS and float(np.mean(theirs == 0)) > RARE


def _standstill(figures: Figures, points: Sequence[Point]) -> Iterator[Problem]:
    """A lively series that has had the same figure for some time."""
    last = points[-1].value
    run = next((at for at, point in enumerate(reversed(points)) if point.value != last), 0)
    before = [point.value for point in points[: len(points) - run + 1]]
    steps = [abs(after - one) for one, after in pairwise(before)]
    digit = 10.0 ** -max(int(figures.layout.decimals[point.row]) for point in points)
    if (
        last not in (0, HUNDRED)
        and run >= STILL
        and len(steps) >= OTHERS - 1
        and median(steps) >= LIVELY * digit
    ):
        what = f"it has been {figures.text(points[-1].row)} for {run} periods, and moved before"
        fix = "Check that no figure was carried over for want of a new one."
        yield doubt(figures, points[-1].row, "standstill", what, fix)


def _lost_decimals(figures: Figures, asked: Bools) -> Iterator[Problem]:
    """A last figure that is whole where those before it have several decimals."""
    courses = figures.courses
    decimals = figures.layout.decimals[courses.rows]
    lost = asked & (decimals[courses.back(0)] == 0) & (courses.value[courses.back(0)] != 0)
    for steps in range(1, OTHERS + 1):
        lost &= decimals[courses.back(steps)] >= COARSE
    for row in courses.rows[courses.stops[lost] - 1].tolist():
        what = f"{figures.text(row)} is whole, and those before it have decimals"
        fix = "Write it as exactly as the others; a change from them is partly rounding."
        yield doubt(figures, row, "decimals-lost", what, fix)
