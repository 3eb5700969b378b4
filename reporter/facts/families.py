"""Members of a breakdown side by side: which figures belong together, and the rows made of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reporter.facts.evidence import Lists
from reporter.facts.panel import Bools, Floats, Ints, Panel

ENDS = ("lowest unit", "highest unit")
"""Categories that carry a stated range whose units are not named."""
OF_MEMBER = "; "
"""Stands between a member and the end of a stated range of its figure: "1 to 4; low"."""
TOGETHER = ("area", "indicator", "breakdown", "basis", "start", "end")


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """Points sorted so that each family stands together: family f is at[starts[f]:ends[f]]."""

    at: Ints
    starts: Ints
    ends: Ints

    @property
    def sizes(self) -> Ints:
        """How many members each family has."""
        return self.ends - self.starts

    def members(self, family: int) -> list[int]:
        """The points of one family."""
        found: list[int] = self.at[self.starts[family] : self.ends[family]].tolist()
        return found

    def lists(self, families: Ints) -> Lists:
        """The points of each of `families`."""
        return Lists(self.at, self.starts[families], self.sizes[families])

    def reduce(self, method: np.ufunc, values: Floats) -> Floats:
        """`method` over the values of each family; `values` stand beside `at`."""
        if not len(self.at):
            return np.zeros(0)
        reduced: Floats = method.reduceat(values, self.starts)
        return reduced


def families_of(panel: Panel, at: Ints) -> Families:
    """The families of the points at `at`, in the order of their first points."""
    points = panel.points
    frame = pd.DataFrame({name: getattr(points, name)[at] for name in TOGETHER})
    number = np.asarray(frame.groupby(list(TOGETHER), sort=True).ngroup(), np.int64)
    order = np.lexsort((at, number))
    at, number = at[order], number[order]
    starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]][: len(number)])
    return Families(at, starts, np.r_[starts[1:], len(at)][: len(starts)])


def in_breakdown(panel: Panel, at: Ints) -> Bools:
    """Whether each point is a named member of a breakdown."""
    named = np.array([name != "" for name in panel.names["breakdown"]], bool)
    return named[panel.points.breakdown[at]] & ~is_end(panel, at)


def is_end(panel: Panel, at: Ints) -> Bools:
    """Whether each point is the end of a stated range, not a member."""
    breakdowns = panel.dataset.catalogue.breakdowns
    ends = [
        name in breakdowns and breakdowns[name].ends_of != "" for name in panel.names["breakdown"]
    ]
    named = [name in ENDS for name in panel.names["category"]]
    points = panel.points
    stated = np.array(ends, bool)[points.breakdown[at]]
    return np.asarray(stated | np.array(named, bool)[points.category[at]])
