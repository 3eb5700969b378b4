"""Sums of money or tonnes that tell too much of one of those who make them up (STANDARDS 3.4).

How many make up a sum, and what the largest two of them come to, stands in the columns
`contributors`, `largest` and `second_largest` of the observations; where a breakdown is by who is
paid (`contributors: true` in the catalogue), its members tell it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from reporter.disclosure.policy import Dominance
from reporter.sources import Dataset
from reporter.sums import Cells, Floats

HUNDRED = 100.0
USUAL = 0.1
"""By how much of the largest part a hidden sum must stay open, where only `fewest` is asked for."""
OF_SUMS = ("money", "tonnes")


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """For each cell how many make it up, and what the two largest come to; NaN: not known."""

    count: Floats
    largest: Floats
    second: Floats


def contributions(dataset: Dataset, cells: Cells) -> Contributions:
    """Who makes up each cell, from the columns of its latest row or the members of a breakdown."""
    rows, latest = dataset.observations, cells.latest
    columns = [
        rows[name].to_numpy(np.float64)[latest]
        if name in rows.columns
        else np.full(len(latest), np.nan)
        for name in ("contributors", "largest", "second_largest")
    ]
    found = Contributions(*(column.copy() for column in columns))
    _from_members(dataset, cells, found)
    return found


def _from_members(dataset: Dataset, cells: Cells, found: Contributions) -> None:
    """Fill in what the members of a breakdown by contributor tell of themselves and their sum."""
    by_contributor = {name for name, it in dataset.catalogue.breakdowns.items() if it.contributors}
    parts: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for at, cell in enumerate(cells.all):
        if cell.breakdown in by_contributor:
            paid = cells.quantity[at]
            found.count[at], found.largest[at], found.second[at] = 1, paid, 0
            parts[cell.area, cell.indicator, cell.basis, cell.start, cell.end].append(paid)
    for at, cell in enumerate(cells.all):
        paid_each = parts.get((cell.area, cell.indicator, cell.basis, cell.start, cell.end))
        if paid_each and not cell.breakdown and np.isnan(found.count[at]):
            largest = sorted((paid for paid in paid_each if paid > 0), reverse=True)
            found.count[at] = len(largest)
            found.largest[at], found.second[at] = (*largest, 0.0, 0.0)[:2]


def lacking(tests: Dominance, of: Contributions, at: int, total: float) -> float:
    """By how much too little the sum `total` in cell `at` hides who makes it up.

    0 where it hides them well enough; NaN where nobody knows who makes it up.
    """
    count, largest, second = float(of.count[at]), float(of.largest[at]), float(of.second[at])
    asked = tests.share or tests.closeness
    if np.isnan(total) or not total:
        return 0.0
    if np.isnan(count) or (asked and np.isnan(largest)) or total < 0:
        return float("nan")
    second = 0.0 if np.isnan(second) else second
    lead = largest + second * (tests.leading - 1)
    by_share = lead * HUNDRED / tests.share - total if tests.share else 0.0
    rest = total - largest - second
    by_closeness = largest * tests.closeness / HUNDRED - rest if tests.closeness else 0.0
    short = max(by_share, by_closeness, 0.0)
    if count < tests.fewest:
        short = max(short, USUAL * (largest if largest > 0 else total))
    return short
