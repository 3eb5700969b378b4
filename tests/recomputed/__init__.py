"""Every fact of a paper on yearly figures worked out again, by code that shares none of ours.

`World` holds raw figures as they stand in the files; `facts_about` says which facts there are about
an area, and every field of each; `differences` holds what was computed to that, both ways, and what
a paper's evidence has. Plain code: dictionaries, Decimal, and scipy's distributions.
"""

from tests.recomputed.comparing import differences, facts_in, plain
from tests.recomputed.everything import facts_about
from tests.recomputed.world import Cell, Measure, World

__all__ = ["Cell", "Measure", "World", "differences", "facts_about", "facts_in", "plain"]
