"""What the rules of disclosure say of each cell of a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reporter.disclosure.dominance import OF_SUMS, USUAL, contributions, lacking
from reporter.disclosure.policy import Policy, Rule
from reporter.sources import Dataset
from reporter.sums import Bools, Cells, Floats, any_row, cells_of, with_populations

OF_PEOPLE = ("count", "percent", "rate", "ratio")
"""Units of which a small number behind the figure tells of single people."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The cells of a dataset, and arrays over them.

    Of a hidden cell a reader knows beforehand that it lies from `floor` to `ceiling`; nothing that
    is shown may narrow that to less than from `low` to `high`. Those two are NaN for a figure that
    its source suppressed and no rule is declared for: its very number must not be told.
    """

    cells: Cells
    floor: Floats
    ceiling: Floats
    low: Floats
    high: Floats
    declared: Bools
    """Whether a rule of disclosure is declared for the cell's measure."""
    arrived: Bools
    """Whether the source suppressed it."""
    primary: Bools
    """Whether its rule hides it for its own sake."""
    unexplained: Bools
    """Whether that is because nobody knows who makes up the sum."""

    @property
    def secret(self) -> Bools:
        """The cells that are hidden for their own sake."""
        return self.primary | self.arrived


def ruled_cells(dataset: Dataset, policy: Policy, default: str) -> Ruled:
    """The cells of `dataset`; `default` names the rule of measures that declare none."""
    rows, catalogue = dataset.observations, dataset.catalogue.indicators
    cells = with_populations(cells_of(rows, dataset.catalogue), dataset.catalogue)
    own = [policy.rule(catalogue[cell.indicator].disclosure or default) for cell in cells.all]
    suppressed = (rows["missing"].astype(str) == "suppressed").to_numpy()
    arrived = any_row(suppressed, cells.of_row, len(cells.all))
    made = _Making(dataset, cells, own, arrived, policy.undeclared)
    made.few()
    made.everybody()
    made.rest()
    made.dominated()
    return made.ruled()


class _Making:
    """The arrays of a `Ruled` in the making: each test hides more cells and says how well."""

    def __init__(
        self,
        dataset: Dataset,
        cells: Cells,
        own: Sequence[Rule | None],
        arrived: Bools,
        undeclared: Rule,
    ) -> None:
        catalogue, areas = dataset.catalogue.indicators, dataset.areas.areas
        self.dataset, self.cells, self.own = dataset, cells, own
        self.arrived = arrived
        count = len(cells.all)
        self.unit = np.array([catalogue[cell.indicator].unit for cell in cells.all], dtype=object)
        self.judged = np.array(
            [
                rule is not None and areas[cell.area].kind in rule.levels
                for cell, rule in zip(cells.all, own, strict=True)
            ],
            np.bool_,
        ) & ~arrived  # fmt: skip
        taken = [rule or undeclared for rule in own]
        self.smallest = np.array([r.smallest if r.zeros == "shown" else 0 for r in taken], float)
        self.few_of = np.array([rule.few for rule in taken], np.float64)
        declared = np.array([rule is not None for rule in own], np.bool_)
        sums = np.isin(self.unit, OF_SUMS)
        known = declared & arrived & ~sums
        self.floor = np.where(sums, 0.0, self.smallest)
        self.floor[[catalogue[c.indicator].change_on != "" or catalogue[c.indicator].budget != ""
                    for c in cells.all]] = -np.inf  # fmt: skip
        # What a source suppressed may be a larger figure that it hid for another's sake.
        self.ceiling = np.full(count, np.inf)
        self.low = np.where(known, self.smallest, np.nan)
        self.high = np.where(known, self.few_of, np.nan)
        self.declared = declared
        self.primary = np.zeros(count, np.bool_)
        self.unexplained = np.zeros(count, np.bool_)

    def _hide(self, which: Bools, low: Floats, high: Floats) -> None:
        """Hide more cells, each of which a reader may know from `low` to `high` and no nearer."""
        fresh = which & self.judged & ~self.primary
        self.primary |= fresh
        self.low[fresh], self.high[fresh] = low[fresh], high[fresh]
        self.floor[fresh], self.ceiling[fresh] = low[fresh], high[fresh]

    def _of_rows(self, which: Bools) -> Bools:
        """Cells of which any row, whatever was published for it, is in `which`."""
        return any_row(which, self.cells.of_row, len(self.cells.all))

    def few(self) -> None:
        """Small numbers, and what rests on a small whole."""
        at, cells = self.cells.of_row, self.cells
        few, smallest = self.few_of[at], self.smallest[at]
        people = np.isin(self.unit, OF_PEOPLE)[at]
        own = people & (cells.row_quantity >= smallest) & (cells.row_quantity <= few)
        whole = (cells.row_whole > 0) & (cells.row_whole <= few)
        # Of a small whole none may be the number; a reader who is told so may not know it is none.
        self._hide(self._of_rows(whole), np.zeros(len(cells.all)), self.few_of)
        self._hide(self._of_rows(own & (few > 0)), self.smallest, self.few_of)

    def everybody(self) -> None:
        """Percentages of none or all of few, which tell something of each (3.3.3)."""
        limit = np.array([rule.everybody_of if rule else 0 for rule in self.own], np.float64)
        top, base = self.cells.row_quantity, self.cells.row_whole
        at = self.cells.of_row
        all_or_none = ((top == 0) | (top == base)) & (base > 0) & (base <= limit[at])
        named = np.isin(self.unit, ("percent",))[at]
        self._hide(self._of_rows(all_or_none & named), np.zeros(len(limit)), self._whole())

    def rest(self) -> None:
        """Percentages of which so few are the rest that their number may not be shown."""
        asked = np.array(
            [rule is not None and rule.rest == "hidden" for rule in self.own], np.bool_
        )
        asked &= self.unit == "percent"
        at, rest = self.cells.of_row, self.cells.row_whole - self.cells.row_quantity
        small = asked[at] & (rest >= np.maximum(self.smallest[at], 1)) & (rest <= self.few_of[at])
        whole = self._whole()
        self._hide(self._of_rows(small), whole - self.few_of, whole - self.smallest)

    def _whole(self) -> Floats:
        """The largest whole that a row of each cell has."""
        found = np.zeros(len(self.cells.all))
        np.fmax.at(found, self.cells.of_row, self.cells.row_whole)
        return found

    def dominated(self) -> None:
        """Sums that tell too much of one of those who make them up (3.4)."""
        sums = np.isin(self.unit, OF_SUMS)
        tests = [rule.dominance if rule else None for rule in self.own]
        asked = [at for at, test in enumerate(tests) if test and sums[at] and self.judged[at]]
        if not asked:
            return
        of = contributions(self.dataset, self.cells)
        for at in asked:
            test, total = tests[at], float(self.cells.quantity[at])
            short = lacking(test, of, at, total) if test else 0.0
            if np.isnan(short):
                self.unexplained[at], short = True, USUAL * abs(total)
            if short > 0:
                self.primary[at] = True
                self.low[at], self.high[at] = max(0.0, total - short), total + short

    def ruled(self) -> Ruled:
        """What was made."""
        return Ruled(
            self.cells, self.floor, self.ceiling, self.low, self.high,
            self.declared, self.arrived, self.primary, self.unexplained,
        )  # fmt: skip
