"""What adds up in a `Dataset`: members to their whole, months to their year, flows to their stock.

The front door: `cells_of` lays the figures out as cells, `adding_up` finds the sums among them, and
tells those that hold from those that do not. Serves disclosure, which must know what could be
worked out, and the plausibility checks, which tell what does not add up.
"""

from reporter.sums.adding import Adding, Sum, adding_up, kin
from reporter.sums.cells import (
    Bools,
    Cell,
    Cells,
    Floats,
    Ints,
    any_row,
    cells_of,
    with_populations,
)

__all__ = [
    "Adding", "Bools", "Cell", "Cells", "Floats", "Ints", "Sum", "adding_up", "any_row", "cells_of",
    "kin", "with_populations",
]  # fmt: skip
