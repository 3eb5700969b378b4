"""What the rules of disclosure say of each cell of a dataset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reporter.disclosure.policy import Policy, Rule
from reporter.sources import Dataset
from reporter.sums import Bools, Cells, Floats, any_row, cells_of


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The cells of a dataset, and arrays over them."""

    cells: Cells
    smallest: Floats
    """The range of figures that the cell's rule hides, with `largest`; from 0 where it hides zeros.
    """
    largest: Floats
    declared: Bools
    """Whether a rule of disclosure is declared for the cell's measure."""
    arrived: Bools
    """Whether the source suppressed it."""
    primary: Bools
    """Whether its rule hides it for its own size."""


def ruled_cells(dataset: Dataset, policy: Policy, default: str) -> Ruled:
    """The cells of `dataset`; `default` names the rule of measures that declare none."""
    rows = dataset.observations
    cells = cells_of(rows, dataset.catalogue)
    own = [_rule(dataset, policy, default, cell.indicator) for cell in cells.all]
    taken = [rule or policy.undeclared for rule in own]
    levels = zip(cells.all, taken, strict=True)
    at_level = [dataset.areas.areas[cell.area].kind in rule.levels for cell, rule in levels]
    smallest = np.array([0 if it.zeros == "hidden" else it.smallest for it in taken], np.float64)
    largest = np.array([rule.largest for rule in taken], np.float64)
    declared = np.array([rule is not None for rule in own], np.bool_)
    suppressed = (rows["missing"].astype(str) == "suppressed").to_numpy()
    arrived = any_row(suppressed, cells.of_row, len(cells.all))
    at = cells.of_row
    small = (cells.row_quantity >= smallest[at]) & (cells.row_quantity <= largest[at])
    small |= (cells.row_whole > 0) & (cells.row_whole <= largest[at])
    return Ruled(
        cells=cells,
        smallest=smallest,
        largest=largest,
        declared=declared,
        arrived=arrived,
        primary=any_row(small, at, len(cells.all)) & np.array(at_level) & declared & ~arrived,
    )


def _rule(dataset: Dataset, policy: Policy, default: str, code: str) -> Rule | None:
    return policy.rule(dataset.catalogue.indicators[code].disclosure or default)
