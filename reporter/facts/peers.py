"""Comparator facts against peer groups worked out here: the mean or median of the members with a
figure.

Members are read in one square, points by members, so that thousands of groups cost one pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reporter.facts.columns import categorical, coded_words
from reporter.facts.comparators import Then, comparator_table, may_stand_beside
from reporter.facts.evidence import Evidence, Lists
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel, pick
from reporter.facts.rivals import Circle, circles
from reporter.facts.table import Table, named_period
from reporter.rounding import without_dust_array


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """Circles side by side: points by members (area codes; -1 fills the shorter circles)."""

    at: Ints
    circle: Ints
    members: Ints


def lay_square(found: list[Circle]) -> Square:
    """One square of all `found`; row order is circle by circle, then that of the points."""
    width = max((len(circle.members) for circle in found), default=0)
    members = [np.pad(c.members, (0, width - len(c.members)), constant_values=NONE) for c in found]
    sizes = [len(circle.at) for circle in found]
    at = np.concatenate([circle.at for circle in found]) if found else np.zeros(0, np.int64)
    circle = np.repeat(np.arange(len(found)), sizes)
    rows = np.array(members, np.int64).reshape(len(found), width)
    return Square(at, circle, rows[circle])


def points_of(panel: Panel, cell: Ints, members: Ints) -> Ints:
    """Where each member's figure of the cell stands; -1 where it has none. Cells may be -1."""
    found = panel.place[np.maximum(cell, 0)[:, None], np.maximum(members, 0)]
    return np.where((members >= 0) & (cell >= 0)[:, None], found, NONE)


def group_statistics(values: Floats, median: Bools) -> Floats:
    """The median of each row where `median`, else its mean, of the values that are there."""
    count = (~np.isnan(values)).sum(axis=1)
    some = np.maximum(count, 1)
    in_order = np.sort(values, axis=1)  # NaN last
    rows = np.arange(len(values))
    middle = (in_order[rows, (some - 1) // 2] + in_order[rows, some // 2]) / 2
    mean = np.nansum(values, axis=1) / some
    return without_dust_array(np.where(count > 0, np.where(median, middle, mean), np.nan))


def peer_comparators(panel: Panel) -> list[Table]:
    """One table of all peer groups that are asked for."""
    found = circles(panel)
    square = lay_square(found)
    cell = panel.cell[square.at]
    theirs = points_of(panel, cell, square.members)
    least = panel.thresholds["peers_minimum"]
    lacking = np.flatnonzero((theirs >= 0).sum(axis=1) < least)
    if len(lacking):
        cell = cell.copy()
        cell[lacking] = _latest_cells(panel, square, lacking)
        theirs = points_of(panel, cell, square.members)
    held = np.flatnonzero((theirs >= 0).sum(axis=1) >= least)
    if not len(held):
        return []
    return [_table(panel, found, square, held, theirs[held], cell[held])]


def _table(
    panel: Panel, found: list[Circle], square: Square, held: Ints, theirs: Ints, cell: Ints
) -> Table:
    at, circle, members = square.at[held], square.circle[held], square.members[held]
    median = np.array([c.group.statistic == "median" for c in found], bool)[circle]
    same = cell == panel.cell[at]
    other = group_statistics(pick(panel.points.value, theirs), median)
    then, others_then = _then(panel, at, same, theirs, members, median)
    marks = np.where(theirs >= 0, panel.points.marks[np.maximum(theirs, 0)], 0)
    any_theirs = theirs.max(axis=1)
    evidence = Evidence(
        points=(at, then.base),
        others=(Lists.of_square(theirs), Lists.of_square(others_then)),
        marks=np.bitwise_or.reduce(marks, axis=1),
    )
    return comparator_table(
        panel, at, other, then, evidence,
        comparator=coded_words(circle, [c.name for c in found]),
        **named_period(panel, any_theirs, "comparator"),
        comparator_kind="peers",
        statistic=categorical(median.astype(np.int8), ["mean", "median"]),
        members=(theirs >= 0).sum(axis=1),
        members_of=(members >= 0).sum(axis=1),
        model=coded_words(circle, [c.group.model for c in found]),
        same_period=same,
    )  # fmt: skip


def _then(
    panel: Panel, at: Ints, same: Ints, theirs: Ints, members: Ints, median: Bools
) -> tuple[Then, Ints]:
    """Both sides at the period before, over the members that have a figure at both."""
    base = np.where(same, panel.before(at), NONE)
    cell = np.where(base >= 0, panel.cell[np.maximum(base, 0)], NONE)
    earlier = points_of(panel, cell, members)
    broken = panel.segment[np.maximum(earlier, 0)] != panel.segment[np.maximum(theirs, 0)]
    alike = ((earlier >= 0) == (theirs >= 0)).all(axis=1) & ~(broken & (earlier >= 0)).any(axis=1)
    base = np.where(alike, base, NONE)
    earlier = np.where((base >= 0)[:, None], earlier, NONE)
    other_base = group_statistics(pick(panel.points.value, earlier), median)
    return Then(base, panel.value_at(base), other_base), earlier


def _latest_cells(panel: Panel, square: Square, lacking: Ints) -> Ints:
    """For rows without members at their own period, the latest sound cell with enough of them, or
    -1.
    """
    mine = square.at[lacking]
    first = np.unique(panel.cell, return_index=True)[
        1
    ]  # a point of each cell, to read its period from
    cells = pd.DataFrame({"theirs": first, "key": panel.key[first]})
    left = pd.DataFrame({"row": lacking, "mine": mine, "key": panel.key[mine]})
    both = left.merge(cells, on="key")
    sound = may_stand_beside(panel, both["mine"].to_numpy(), both["theirs"].to_numpy())
    both = both[sound]
    mine, theirs = both["mine"].to_numpy(), both["theirs"].to_numpy()
    there = points_of(panel, panel.cell[theirs], square.members[both["row"].to_numpy()])
    enough = (there >= 0).sum(axis=1) >= panel.thresholds["peers_minimum"]
    both = both.assign(
        equal=panel.points.basis[mine] == panel.points.basis[theirs], end=panel.points.end[theirs]
    )[enough].sort_values(["row", "equal", "end"], kind="stable")
    best = both.drop_duplicates("row", keep="last")
    found = pd.Series(NONE, index=lacking)
    found.loc[best["row"].to_numpy()] = panel.cell[best["theirs"].to_numpy()]
    return np.asarray(found, np.int64)
