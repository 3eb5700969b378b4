"""Verdicts: higher, lower or similar, each by exactly one declared method (1.8.2).

`none` in the catalogue means the tolerance band of the unit; `ci` an interval against a fixed
value, or a two-sample test between two periods; `spc` the four rules on the run of figures. Where
the figures that a method needs are not there, the tolerance band serves (1.8.3).
"""

from __future__ import annotations

import numpy as np

from reporter.facts.measures import within_tolerance
from reporter.facts.panel import Bools, Floats, Ints, Panel
from reporter.facts.table import Words, words


def change_verdicts(panel: Panel, at: Ints, base: Ints) -> Words:
    """The verdict on each change from `base` to `at`."""
    value, earlier = panel.value_at(at), panel.value_at(base)
    similar = within_tolerance(panel, panel.units(at), value, earlier)
    return _band(value, earlier, similar)


def _band(value: Floats, other: Floats, similar: Bools) -> Words:
    unknown = np.isnan(value) | np.isnan(other)
    return words(
        len(value), "similar",
        (~similar & (value > other), "higher"),
        (~similar & (value < other), "lower"),
        (unknown, "none"),
    )  # fmt: skip


def level_verdicts(panel: Panel, at: Ints, against: Floats) -> Words:
    """The verdict on each figure at `at` held against a fixed value, such as a comparator's."""
    value = panel.value_at(at)
    similar = within_tolerance(panel, panel.units(at), value, against)
    return _band(value, against, similar)
