"""Gap and range: two groups of one measure, and the spread over the members of a breakdown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reporter.facts.bounds import ends_of_figures
from reporter.facts.columns import Words, direction_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.families import OF_MEMBER, Families, families_of, in_breakdown, is_end
from reporter.facts.measures import difference, result_units
from reporter.facts.panel import NONE, Floats, Ints, Panel
from reporter.facts.rivals import rivals_of_areas
from reporter.facts.table import Table, area_words, category_words, make_table, named_period


def gaps(panel: Panel) -> list[Table]:
    """The gap between the two members of every breakdown that has just two.

    `value` is the higher figure; `result` its lead over `other`. `base_difference` is the same two
    groups' gap in the period before, `comparator_difference` theirs in the first comparator.
    """
    at = panel.current[in_breakdown(panel, panel.current)]
    found = families_of(panel, at)
    starts = found.starts[found.sizes == 2]
    if not len(starts):
        return []
    first, second = found.at[starts], found.at[starts + 1]
    lower = panel.value_at(first) < panel.value_at(second)
    high, low = np.where(lower, second, first), np.where(lower, first, second)
    then = _earlier_pair(panel, high, low)
    comparator = _first_comparator(panel, high)
    there = _pair_elsewhere(panel, high, low, comparator)
    now, was = _lead(panel, high, low), _lead(panel, *then)
    known = ~np.isnan(was)
    size, old = (panel.show(np.abs(lead), high) for lead in (now, was))
    return [
        make_table(
            panel, "gap", high, Evidence(points=(high, low, *then, *there)),
            other=category_words(panel, low),
            comparator_value=panel.value_at(low),
            result=now,
            result_unit=result_units(panel.units(high)),
            direction=direction_words(difference(panel.shown_at(high), panel.shown_at(low))),
            **named_period(panel, then[0], "base"),
            base_difference=was,
            comparator=area_words(panel, comparator),
            comparator_difference=_lead(panel, *there),
            movement=words(
                len(high), "unknown",
                (known & (size > old), "widening"), (known & (size < old), "narrowing"),
                (known & (size == old), "same"),
            ),
        )
    ]  # fmt: skip


def _lead(panel: Panel, high: Ints, low: Ints) -> Floats:
    return difference(panel.value_at(high), panel.value_at(low))


def _earlier_pair(panel: Panel, high: Ints, low: Ints) -> tuple[Ints, Ints]:
    """Both figures of the period before, where both are of one period; else -1."""
    earlier, other = panel.before(high), panel.before(low)
    paired = (earlier >= 0) & (other >= 0)
    paired &= panel.points.end[np.maximum(earlier, 0)] == panel.points.end[np.maximum(other, 0)]
    return np.where(paired, earlier, NONE), np.where(paired, other, NONE)


def _pair_elsewhere(panel: Panel, high: Ints, low: Ints, area: Ints) -> tuple[Ints, Ints]:
    theirs, others = (panel.place[panel.cell[at], area] for at in (high, low))
    paired = (area >= 0) & (theirs >= 0) & (others >= 0)
    return np.where(paired, theirs, NONE), np.where(paired, others, NONE)


def _first_comparator(panel: Panel, at: Ints) -> Ints:
    """The first comparator with figures of its own, for each point; of none named, the country."""
    rivals = rivals_of_areas(panel, ("country",))
    return rivals[0][panel.points.area[at]] if len(rivals) else np.full(len(at), NONE)


def ranges(panel: Panel) -> list[Table]:
    """The lowest and highest of three or more members, and of stated ranges of unnamed units.

    Outliers lie more than `outlier_factor` interquartile ranges beyond the quartiles, where there
    are enough units for quartiles to mean something.
    """
    current = panel.current
    named = current[in_breakdown(panel, current)]
    ends = current[is_end(panel, current)]
    averaged = panel.of_indicator("each", ends).astype(str) != ""  # told as averages
    ends = np.setdiff1d(ends, ends_of_figures(panel, ends[averaged]))
    lots = [(named, 3, True), *((lot, 2, False) for lot in _by_member(panel, ends))]
    made = (_range(panel, families_of(panel, at), least, known) for at, least, known in lots)
    return [table for table in made if table is not None]


def _by_member(panel: Panel, ends: Ints) -> list[Ints]:
    """Ends apart by the member whose figure they bound: "1 to 4; low" is of the member 1 to 4."""
    members = np.array([name.rpartition(OF_MEMBER)[0] for name in panel.names["category"]])
    own = members[panel.points.category[ends]] if len(ends) else np.zeros(0, str)
    return [ends[own == member] for member in np.unique(own)]


def _range(panel: Panel, found: Families, least: int, are_named: bool) -> Table | None:
    chosen = np.flatnonzero(found.sizes >= least)
    if not len(chosen):
        return None
    values = panel.value_at(found.at)
    lowest = found.reduce(np.minimum, values)[chosen]
    highest = found.reduce(np.maximum, values)[chosen]
    family = np.repeat(np.arange(len(found.sizes)), found.sizes)
    top = np.lexsort((-found.at, values, family))
    bottom = np.lexsort((found.at, values, family))
    at = found.at[top[found.ends[chosen] - 1]]  # the last of each family holds its highest

    def names(row: int, value: float) -> tuple[str, ...]:
        members = found.members(int(chosen[row])) if are_named else []
        return tuple(_category(panel, m) for m in members if panel.points.value[m] == value)

    return make_table(
        panel, "range", at,
        Evidence(
            others=(found.lists(chosen),),
            marks=_marks(panel, found, chosen),
        ),
        tuples={
            "lowest": lambda row: names(row, lowest[row]),
            "highest": lambda row: names(row, highest[row]),
            "outliers": lambda row: (
                _outliers(panel, found.members(int(chosen[row]))) if are_named else ()
            ),
        },
        category=_about(panel, found.at[bottom[found.starts[chosen]]], are_named),
        numerator=np.nan,
        denominator=np.nan,
        value=highest,
        base_value=lowest,
        lowest_value=lowest,
        highest_value=highest,
        units=found.sizes[chosen] if are_named else 0,
        result=difference(highest, lowest),
        result_unit=result_units(panel.units(at)),
    )  # fmt: skip


def _about(panel: Panel, lowest: Ints, are_named: bool) -> str | Words:
    """The category of a range: of a stated one the member whose figure it bounds.

    The range of units that are not named stands under the lowest of them.
    """
    if are_named:
        return ""
    breakdowns = panel.dataset.catalogue.breakdowns
    ends = [breakdowns[n].ends_of if n in breakdowns else "" for n in panel.names["breakdown"]]
    of_units = np.array(ends, dtype=str)[panel.points.breakdown[lowest]] == "units"
    names = np.array(panel.names["category"], dtype=object)[panel.points.category[lowest]]
    found = [
        name if unit else name.rpartition(OF_MEMBER)[0]
        for name, unit in zip(names.tolist(), of_units.tolist(), strict=True)
    ]
    return pd.Categorical(found)


def _category(panel: Panel, at: int) -> str:
    return panel.names["category"][int(panel.points.category[at])]


def _marks(panel: Panel, found: Families, chosen: Ints) -> Ints:
    if not len(found.at):
        return np.zeros(0, np.int64)
    marks: Ints = np.bitwise_or.reduceat(panel.points.marks[found.at], found.starts)
    return marks[chosen]


def _outliers(panel: Panel, members: list[int]) -> tuple[str, ...]:
    values = panel.points.value[members]
    if len(members) < panel.thresholds["outlier_units"]:
        return ()
    low, high = np.quantile(values, (0.25, 0.75))
    reach = panel.thresholds["outlier_factor"] * (high - low)
    return tuple(
        _category(panel, at)
        for at, value in zip(members, values.tolist(), strict=True)
        if value < low - reach or value > high + reach
    )
