"""How much could be worked out of a hidden figure from everything that is shown (3.3.1).

Each hidden figure is an unknown between its bounds, each sum an equation between unknowns and shown
figures. Where a rule of disclosure is declared, the least and the largest value that the equations
allow are found by linear programming (`bounds`). Published figures come by the thousand, and were
hidden by their publisher: there only what sum after sum gives away is looked for, and what all sums
together leave no choice of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reporter.disclosure.bounds import SLACK, System
from reporter.disclosure.ruled import Ruled
from reporter.sums import Bools, Floats, Sum

MOST = 1_500
"""Unknown figures that are looked at together for what all of their sums tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a reader of the paper sees: which figures are hidden, and how the rest is rounded."""

    ruled: Ruled
    hidden: Bools
    rounded: Floats
    """For each cell, how far its shown figure may be from the true one; 0 for an exact one."""
    known: Bools
    """Figures that an earlier document shows, whatever this one does."""

    @property
    def unknown(self) -> Bools:
        """The figures that a reader does not see."""
        return (self.hidden & ~self.known) | np.isnan(self.ruled.cells.quantity)


def given_away(shown: Shown, sums: Sequence[Sum]) -> Iterator[int]:
    """Hidden cells of which the shown figures tell more than they may, in order.

    For a cell of a measure with a rule of disclosure, anything that narrows it to less than the
    range of figures that the rule hides; for others, which the source suppressed, the very number.
    """
    ruled = shown.ruled
    secret = ruled.secret & shown.hidden & ~shown.known
    for unknowns, related in _connected(shown, sums):
        wanted = [cell for cell in unknowns if secret[cell]]
        if any(ruled.declared[cell] for cell in wanted):
            yield from _system(shown, unknowns, related).told(_asked(ruled, wanted))
        elif wanted:
            passed_on = _passed_on(shown, related)
            told = {cell for cell, (low, high) in passed_on.items() if high - low < 1 - SLACK}
            if not told and len(related) > 1 and len(unknowns) <= MOST:
                told = set(_system(shown, unknowns, related).settled())
            yield from sorted(told.intersection(wanted))


def _asked(ruled: Ruled, wanted: Sequence[int]) -> dict[int, tuple[float, float]]:
    """The range of figures that must stay possible for each cell; NaN for any two."""
    return {cell: (float(ruled.low[cell]), float(ruled.high[cell])) for cell in wanted}


def _connected(
    shown: Shown, sums: Sequence[Sum]
) -> Iterator[tuple[tuple[int, ...], tuple[Sum, ...]]]:
    """Unknown cells that hang together by sums, each lot with its sums."""
    lot_of: dict[int, int] = {}
    lots: dict[int, set[int]] = {}
    unknown = shown.unknown
    unknowns = [[cell for cell in it.cells if unknown[cell]] for it in sums]
    for cells in unknowns:
        joined = {lot_of[cell] for cell in cells if cell in lot_of}
        together = set(cells).union(*(lots.pop(lot) for lot in joined))
        if together:
            name = min(together)
            lots[name] = together
            lot_of |= dict.fromkeys(together, name)
    related: dict[int, list[Sum]] = {name: [] for name in lots}
    for it, cells in zip(sums, unknowns, strict=True):
        if cells:
            related[lot_of[cells[0]]].append(it)
    for name in sorted(lots):
        yield tuple(sorted(lots[name])), tuple(related[name])


def _system(shown: Shown, unknowns: Sequence[int], sums: Sequence[Sum]) -> System:
    """The equations of `sums` between the cells `unknowns`, with what a reader knows of those."""
    quantity = shown.ruled.cells.quantity
    column = {cell: at for at, cell in enumerate(unknowns)}
    matrix = np.zeros((len(sums), len(unknowns)))
    right, leeway = np.zeros(len(sums)), np.zeros(len(sums))
    for row, it in enumerate(sums):
        right[row] = it.constant if it.total < 0 else 0.0
        for cell in it.cells:
            if cell in column:
                matrix[row, column[cell]] = it.sign(cell)
            else:
                right[row] -= it.sign(cell) * quantity[cell]
                leeway[row] += shown.rounded[cell]
    limits = np.array([_limits(shown, cell) for cell in unknowns])
    return System(tuple(unknowns), matrix, right, leeway, limits[:, 0], limits[:, 1])


def _limits(shown: Shown, cell: int) -> tuple[float, float]:
    """What a reader knows of a cell beforehand: its rule, where that hides it for its size."""
    ruled = shown.ruled
    floor = float(ruled.floor[cell])
    if not shown.hidden[cell]:
        return min(0.0, floor), np.inf
    return floor, float(ruled.ceiling[cell]) if ruled.secret[cell] else np.inf


def _passed_on(shown: Shown, sums: Collection[Sum]) -> Mapping[int, tuple[float, float]]:
    """The bounds of each figure that the source hid, as each sum narrows them for the next."""
    unknown = shown.unknown
    bounds = {
        cell: _limits(shown, cell)
        for cell in sorted({cell for it in sums for cell in it.cells if unknown[cell]})
    }
    changed = True
    while changed:
        changed = False
        for it in sums:
            for cell, narrowed in _by_sum(shown, it, bounds):
                if narrowed[0] > bounds[cell][0] + SLACK or narrowed[1] < bounds[cell][1] - SLACK:
                    bounds[cell], changed = narrowed, True
    return {cell: bounds[cell] for cell in bounds if shown.ruled.arrived[cell]}


def _by_sum(
    shown: Shown, it: Sum, bounds: Mapping[int, tuple[float, float]]
) -> Iterator[tuple[int, tuple[float, float]]]:
    """The bounds that one sum leaves each of its unknowns, given those of the others."""
    unknowns = [cell for cell in it.cells if cell in bounds]
    if sum(bounds[cell][1] == np.inf for cell in unknowns) > 1:
        # What one of them lacks another may have: nothing is told of any.
        return
    rest = it.constant if it.total < 0 else 0.0
    leeway = 0.0
    for cell in it.cells:
        if cell not in bounds:
            rest -= it.sign(cell) * shown.ruled.cells.quantity[cell]
            leeway += shown.rounded[cell]
    for cell in unknowns:
        others = [other for other in unknowns if other != cell]
        ends = [sorted(it.sign(other) * end for end in bounds[other]) for other in others]
        low = rest - leeway - sum(most for _, most in ends)
        high = rest + leeway - sum(least for least, _ in ends)
        own = sorted((it.sign(cell) * low, it.sign(cell) * high))
        least, most = bounds[cell]
        yield cell, (max(least, own[0]), min(most, own[1]))
