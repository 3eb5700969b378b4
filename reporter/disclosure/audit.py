"""How much could be worked out of a hidden figure from everything that is shown (3.3.1).

Each hidden figure is an unknown between its bounds, each sum an equation between unknowns and shown
figures. Where a rule of disclosure is declared, the least and the largest value that the equations
allow are found by linear programming (HiGHS, by scipy). Published figures come by the thousand, and
were hidden by their publisher: there only what sum after sum gives away is looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reporter.disclosure.ruled import Ruled
from reporter.sums import Bools, Floats, Sum

SLACK = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a reader of the paper sees: which figures are hidden, and how the rest is rounded."""

    ruled: Ruled
    hidden: Bools
    rounded: Floats
    """For each cell, how far its shown figure may be from the true one; 0 for an exact one."""

    @property
    def unknown(self) -> Bools:
        """The figures that a reader does not see."""
        return self.hidden | np.isnan(self.ruled.cells.quantity)


def given_away(shown: Shown, sums: Sequence[Sum]) -> Iterator[int]:
    """Hidden cells of which the shown figures tell more than they may, in order.

    For a cell of a measure with a rule of disclosure, anything that narrows it to less than the
    range of figures that the rule hides; for others, which the source suppressed, the very number.
    """
    for unknowns, related in _connected(shown, sums):
        declared = any(shown.ruled.declared[cell] for cell in unknowns)
        bounds = _bounds(shown, unknowns, related) if declared else _passed_on(shown, related)
        for cell, (least, most) in bounds.items():
            low, high = shown.ruled.smallest[cell], shown.ruled.largest[cell]
            if shown.ruled.declared[cell]:
                tells = least > low + SLACK or most < high - SLACK
            else:
                tells = most - least < 1 - SLACK
            if tells:
                yield cell


def _connected(
    shown: Shown, sums: Sequence[Sum]
) -> Iterator[tuple[tuple[int, ...], tuple[Sum, ...]]]:
    """Unknown cells that hang together by sums, each lot with its sums."""
    lot_of: dict[int, int] = {}
    lots: dict[int, set[int]] = {}
    unknowns = [[cell for cell in it.cells if shown.unknown[cell]] for it in sums]
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


def _bounds(
    shown: Shown, unknowns: Sequence[int], sums: Collection[Sum]
) -> Mapping[int, tuple[float, float]]:
    """The least and the largest value of each cell that is hidden for its own sake."""
    from scipy.optimize import linprog

    ruled, quantity = shown.ruled, shown.ruled.cells.quantity
    wanted = [c for c in unknowns if shown.hidden[c] and (ruled.primary[c] or ruled.arrived[c])]
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
    found: dict[int, tuple[float, float]] = {}
    limits = [_limits(shown, cell) for cell in unknowns]
    for cell in wanted:
        ends = []
        for sign in (1, -1):
            target = np.zeros(len(unknowns))
            target[column[cell]] = sign
            solved = linprog(
                target,
                A_ub=np.vstack([matrix, -matrix]),
                b_ub=np.concatenate([right + leeway + SLACK / 10, leeway - right + SLACK / 10]),
                bounds=limits,
                method="highs",
            )
            # Sums that contradict each other tell nothing; an end without limit is infinite.
            ends.append(float(solved.x[column[cell]]) if solved.x is not None else -sign * np.inf)
        found[cell] = (ends[0], ends[1])
    return found


def _passed_on(shown: Shown, sums: Collection[Sum]) -> Mapping[int, tuple[float, float]]:
    """The bounds of each figure that the source hid, as each sum narrows them for the next."""
    bounds: dict[int, tuple[float, float]] = {}
    for cell in sorted({cell for it in sums for cell in it.cells if shown.unknown[cell]}):
        least, most = _limits(shown, cell)
        bounds[cell] = (least, np.inf if most is None else most)
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


def _limits(shown: Shown, cell: int) -> tuple[float, float | None]:
    """What a reader knows of a cell beforehand: its rule, where that hides it for its size."""
    ruled = shown.ruled
    if not shown.hidden[cell]:
        return 0.0, None
    small = ruled.declared[cell] and (ruled.primary[cell] or ruled.arrived[cell])
    return float(ruled.smallest[cell]), float(ruled.largest[cell]) if small else None
