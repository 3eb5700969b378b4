"""The least and the largest value that equations leave each of their unknowns.

Linear programming (HiGHS, by scipy). Every solution shows values that all unknowns may have
together, so that most of them need no programme of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from reporter.sums import Floats

SLACK = 1e-6
WIDE = 1.0
"""What a figure that is only not to be told must be free to differ by."""


@dataclass(frozen=True, eq=False)
class System:
    """Equations between unknowns: `matrix` times their values is `right`, give or take `leeway`.

    `names` are the unknowns in the order of the columns, each from its `floor` to its `ceiling`.
    """

    names: tuple[int, ...]
    matrix: Floats
    right: Floats
    leeway: Floats
    floor: Floats
    ceiling: Floats

    def told(self, asked: Mapping[int, tuple[float, float]]) -> Iterator[int]:
        """Those of `asked` that cannot have every value of their range, given the equations.

        A range of NaN asks only that the value is not settled.
        """
        column = {name: at for at, name in enumerate(self.names)}
        least = np.full(len(self.names), np.inf)
        most = np.full(len(self.names), -np.inf)
        for name, (low, high) in asked.items():
            at = column[name]
            for sign, end in ((1, low), (-1, high)):
                if not _covers(sign, end, least[at], most[at]):
                    values = self._extreme(at, sign)
                    np.minimum(least, values, out=least)
                    np.maximum(most, values, out=most)
            if not all(
                _covers(sign, end, least[at], most[at]) for sign, end in ((1, low), (-1, high))
            ):
                yield name

    def settled(self) -> Iterator[int]:
        """The unknowns of which the exact equations together leave one value.

        That is where no solution of the same equations without a right side has them differ.
        """
        exact = self.matrix[self.leeway == 0]
        if not len(exact):
            return
        _, sizes, rows = np.linalg.svd(exact, full_matrices=True)
        rank = int(np.sum(sizes > SLACK))
        free = rows[rank:]
        still = np.all(np.abs(free) < SLACK, axis=0) & np.any(exact != 0, axis=0)
        yield from (self.names[at] for at in np.flatnonzero(still).tolist())

    def _extreme(self, at: int, sign: int) -> Floats:
        """Values of all unknowns of which that of `at` is the least, or with a sign of -1 the
        largest; infinite where there is no end to it.
        """
        target = np.zeros(len(self.names))
        target[at] = sign
        solved = self._solve(target, self._apart)
        if solved.x is None:  # without end
            values = np.full(len(self.names), np.nan)
            values[at] = -sign * np.inf
            return np.where(np.isnan(values), self._some, values)
        return np.asarray(solved.x, np.float64)

    @cached_property
    def _some(self) -> Floats:
        """Any values that fit."""
        solved = self._solve(np.zeros(len(self.names)), self._apart)
        return np.full(len(self.names), np.nan) if solved.x is None else np.asarray(solved.x)

    @cached_property
    def _apart(self) -> float:
        """By how much more the equations must give way so that figures revised or rounded apart do
        not contradict each other: such figures tell a reader nearly as much.
        """
        count = len(self.names)
        target = np.append(np.zeros(count), 1.0)
        solved = self._solve(target, 0.0, give=True)
        return float(solved.x[count]) if solved.x is not None else 0.0

    def _solve(self, target: Floats, apart: float, *, give: bool = False) -> Any:
        """The solution with the least `target`; with `give`, of the least giving way, too."""
        from scipy.optimize import linprog

        matrix = np.vstack([self.matrix, -self.matrix])
        limits = list(zip(self.floor, self.ceiling, strict=True))
        if give:
            matrix = np.hstack([matrix, np.full((len(matrix), 1), -1.0)])
            limits.append((0.0, np.inf))
        loose = self.leeway + apart + SLACK / 10
        return linprog(
            target,
            A_ub=matrix,
            b_ub=np.concatenate([self.right + loose, loose - self.right]),
            bounds=limits,
            method="highs",
        )


def _covers(sign: int, end: float, least: float, most: float) -> bool:
    """Whether values from `least` to `most` reach the lower (sign 1) or upper end that is asked."""
    if np.isnan(end):
        return most - least >= WIDE - SLACK
    return least <= end + SLACK if sign > 0 else most >= end - SLACK
