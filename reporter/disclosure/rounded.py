"""How far the totals of a source are rounded, as its figures themselves show.

England's and the regions' counts are published to the nearest ten (STANDARDS 3.2). A total that is
rounded does not give away the one figure that is hidden among its parts.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from reporter.disclosure.ruled import OF_PEOPLE
from reporter.sources import Dataset
from reporter.sums import Cells, Floats

MULTIPLES = (100, 10, 5)
FEWEST = 10
"""Figures of one measure: of fewer, all may be multiples of ten by chance."""


def rounded_by_source(dataset: Dataset, cells: Cells) -> Floats:
    """The multiple to which each cell of a country or region is rounded; 0 where that is not seen.

    What the numbers of people behind all of these figures of a measure are multiples of, and those
    of its authorities are not, they are taken to be rounded to.
    """
    catalogue, areas = dataset.catalogue.indicators, dataset.areas.areas
    wholes: dict[str, list[int]] = defaultdict(list)
    parts: dict[str, list[int]] = defaultdict(list)
    for at, cell in enumerate(cells.all):
        if catalogue[cell.indicator].unit in OF_PEOPLE and not np.isnan(cells.quantity[at]):
            total = areas[cell.area].kind in ("country", "region")
            (wholes if total else parts)[cell.indicator].append(at)
    found = np.zeros(len(cells.all))
    for code, own in wholes.items():
        known, others = cells.quantity[own], cells.quantity[parts[code]]
        if np.count_nonzero(known) >= FEWEST:
            each = (m for m in MULTIPLES if not (known % m).any() and (others % m).any())
            found[own] = next(each, 0)
    return found
