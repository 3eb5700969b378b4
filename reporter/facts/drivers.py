"""Driver: what a change is made of. Arithmetic make-up only; causes are for the author.

members: the changes of a breakdown's members, for every base of the total's change; what they leave
unexplained is `residual`. flows: starts less ends of a stock over the same stretch of time.
rate_population: how much of a rate's change comes of the count and how much of the population, by
the midpoint decomposition (Kitagawa 1955), which leaves nothing over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.changes import Pairs, base_pairs, shown_difference
from reporter.facts.columns import Words, coded_words, direction_words, judgement_words, words
from reporter.facts.evidence import Evidence, Lists
from reporter.facts.families import in_breakdown
from reporter.facts.kinds import DriverPart
from reporter.facts.measures import EXTENSIVE_UNITS, difference, percent_of, result_units
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel, pick
from reporter.facts.table import Table, make_table, named_period
from reporter.rounding import without_dust_array

ROUNDED = 0.05
"""Members rounded one by one may add up to so much more than their whole."""
OVERLAPPING = ("ytd", "rolling_6m", "rolling_12m")


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of each change, part by part: which change, its two points, its contribution."""

    of: Ints
    point: Ints
    base: Ints
    contribution: Floats

    def rows(self, change: int) -> Ints:
        """The parts of one change."""
        low, high = np.searchsorted(self.of, (change, change + 1))
        return np.arange(low, high)

    def lists(self, changes: int) -> tuple[Lists, Lists]:
        """Both points of the parts of each change, of which there are so many."""
        start = np.searchsorted(self.of, np.arange(changes))
        size = np.bincount(self.of, minlength=changes)
        return Lists(self.point, start, size), Lists(self.base, start, size)

    def only(self, kept: Bools) -> Parts:
        """The parts of the `kept` changes, which are numbered anew."""
        these = kept[self.of]
        number = np.cumsum(kept) - 1
        return Parts(
            number[self.of[these]], self.point[these], self.base[these], self.contribution[these]
        )


def drivers(panel: Panel) -> list[Table]:
    """All three make-ups, for every base that a change has."""
    tables = []
    for pairs in distinct_pairs(panel):
        for make in (_members, _flows, _rate_population):
            table = make(panel, pairs)
            if table is not None:
                tables.append(table)
    return tables


def distinct_pairs(panel: Panel) -> list[Pairs]:
    """The pairs of present and base figures, each pair of points once."""
    seen = np.zeros(0, np.int64)
    found = []
    # A base that the brief names is its baseline, whatever else; the first figure is that last.
    every = base_pairs(panel)
    every.sort(key=lambda pairs: (pairs.label != "baseline", pairs.label == "first_of_series"))
    for pairs in every:
        number = pairs.at * len(panel.series) + pairs.base
        fresh = ~np.isin(number, seen)
        seen = np.union1d(seen, number)
        found.append(Pairs(pairs.label, pairs.baseline, pairs.at[fresh], pairs.base[fresh]))
    return found


def _members(panel: Panel, pairs: Pairs) -> Table | None:
    points = panel.points
    blank = np.array([name == "" for name in panel.names["breakdown"]], bool)
    whole = blank[points.breakdown[pairs.at]] & np.isin(panel.units(pairs.at), EXTENSIVE_UNITS)
    at, base = pairs.at[whole], pairs.base[whole]
    found = _parts_of(panel, at, base)
    if found is None:
        return None
    group, breakdown, parts = found
    at, base = at[group], base[group]
    apart = ~_overlap(panel, parts, at, base)
    if not apart.any():
        return None
    at, base, breakdown, parts = at[apart], base[apart], breakdown[apart], parts.only(apart)
    total = difference(panel.value_at(at), panel.value_at(base))
    parted = np.bincount(parts.of, parts.contribution, len(at)).astype(np.float64)
    residual = difference(total, parted)
    return _table(
        panel, at, base, total, residual, "members", base_label=pairs.label,
        pattern=_member_pattern(panel, parts, total),
        tuples=lambda row: _named_parts(panel, parts, total, row),
        others=parts.lists(len(at)),
        breakdown=coded_words(breakdown, panel.names["breakdown"]),
    )  # fmt: skip


def _overlap(panel: Panel, parts: Parts, at: Ints, base: Ints) -> Bools:
    """Whether the members of each change hold more than the whole: some are totals of others, or
    one person stands in several, and the change is not made of theirs.
    """
    found = np.zeros(len(at), bool)
    for whole, members in ((at, parts.point), (base, parts.base)):
        held, all_ = np.bincount(parts.of, panel.value_at(members), len(at)), panel.value_at(whole)
        found |= (all_ >= 0) & (held > (1 + ROUNDED) * all_ + ROUNDED)
    return found


def _parts_of(panel: Panel, at: Ints, base: Ints) -> tuple[Ints, Ints, Parts] | None:
    """Which change and breakdown each driver is about, and members with figures at both."""
    points = panel.points
    columns = ["area", "indicator", "basis", "start", "end"]
    left = pd.DataFrame({name: getattr(points, name)[at] for name in columns})
    left["change"] = np.arange(len(at))
    candidates = panel.every()[in_breakdown(panel, panel.every())]
    right = pd.DataFrame({name: getattr(points, name)[candidates] for name in columns})
    right["point"] = candidates
    both = left.merge(right, on=columns)
    change, point = both["change"].to_numpy(np.int64), both["point"].to_numpy(np.int64)
    then = panel.find(panel.series[point], points.end[base[change]])
    safe = np.maximum(then, 0)
    held = (then >= 0) & (points.start[safe] == points.start[base[change]])
    held &= panel.segment[safe] == panel.segment[point]
    change, point, then = change[held], point[held], then[held]
    order = np.lexsort((point, points.breakdown[point], change))
    change, point, then = change[order], point[order], then[order]
    number = change * (len(panel.names["breakdown"]) + 1) + points.breakdown[point]
    kept, first, of, size = np.unique(
        number, return_index=True, return_inverse=True, return_counts=True
    )
    if not len(kept):
        return None
    several = size[of] > 1
    renumber = np.cumsum(size > 1) - 1
    contribution = difference(panel.value_at(point), panel.value_at(then))
    parts = Parts(renumber[of][several], point[several], then[several], contribution[several])
    first = first[size > 1]
    return (change[first], points.breakdown[point[first]], parts) if len(first) else None


def _member_pattern(panel: Panel, parts: Parts, total: Floats) -> Words:
    """mostly_one, evenly_split or mixed, of the members that moved with the total."""
    with_it = parts.contribution * np.sign(total[parts.of])
    largest = np.full(len(total), -np.inf)
    np.maximum.at(largest, parts.of, with_it)
    smallest = np.full(len(total), np.inf)
    np.minimum.at(smallest, parts.of, with_it)
    size = np.abs(total)
    one = (total != 0) & (100 * largest >= panel.thresholds["driver_mostly_one"] * size)
    even = (smallest > 0) & (largest <= panel.thresholds["driver_evenly_spread"] * smallest)
    return words(len(total), "mixed", (even & (total != 0), "evenly_split"), (one, "mostly_one"))


def _named_parts(panel: Panel, parts: Parts, total: Floats, row: int) -> tuple[DriverPart, ...]:
    """The parts of one change, the largest contribution first."""
    rows = parts.rows(row)
    percent = percent_of(parts.contribution[rows] * np.sign(total[row]), np.abs(total[[row]]))
    order = np.lexsort((parts.point[rows], -np.abs(parts.contribution[rows])))
    return tuple(
        DriverPart(
            category=panel.names["category"][int(panel.points.category[parts.point[rows[i]]])],
            indicator=panel.names["indicator"][int(panel.points.indicator[parts.point[rows[i]]])],
            value=float(panel.points.value[parts.point[rows[i]]]),
            base_value=float(panel.points.value[parts.base[rows[i]]]),
            contribution=float(parts.contribution[rows[i]]),
            percent=None if np.isnan(percent[i]) else float(percent[i]),
        )
        for i in order.tolist()
    )


def _flows(panel: Panel, pairs: Pairs) -> Table | None:
    """Starts less ends between two dates of a stock, where they cover every day between."""
    catalogue = panel.dataset.catalogue.indicators
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    flows = [catalogue[name].flows for name in panel.names["indicator"]]
    if not any(flows):
        return None
    sums: list[Floats] = []
    used: list[list[list[int]]] = []
    for end in ("starts", "ends"):
        of = np.array([code.get(getattr(flow, end), NONE) if flow else NONE for flow in flows])
        total, points = _between(panel, pairs, of[panel.points.indicator[pairs.at]])
        sums.append(total)
        used.append(points)
    held = np.flatnonzero(~np.isnan(sums[0]) & ~np.isnan(sums[1]))
    if not len(held):
        return None
    at, base = pairs.at[held], pairs.base[held]
    starts, ends = sums[0][held], sums[1][held]
    total = difference(panel.value_at(at), panel.value_at(base))
    residual = difference(total, difference(starts, ends))
    names = [panel.names["indicator"][int(own)] for own in panel.points.indicator[at]]

    def parts(row: int) -> tuple[DriverPart, ...]:
        flow = catalogue[names[row]].flows
        assert flow is not None
        return tuple(
            DriverPart(
                category="", indicator=of, value=abs(part), base_value=0.0, contribution=part
            )
            for of, part in ((flow.starts, float(starts[row])), (flow.ends, -float(ends[row])))
        )

    return _table(
        panel, at, base, total, residual, "flows", base_label=pairs.label,
        pattern=words(
            len(at), "level", (starts > ends, "starts_exceed"), (starts < ends, "ends_exceed")
        ),
        tuples=parts,
        others=[_lists([points[int(i)] for i in held]) for points in used],
    )  # fmt: skip


def _between(panel: Panel, pairs: Pairs, flow: Ints) -> tuple[Floats, list[list[int]]]:
    """The sum of a flow over the days after each base up to its present date; NaN if not all
    covered.
    """
    total = np.full(len(pairs.at), np.nan)
    used: list[list[int]] = [[] for _ in pairs.at]
    rows = np.flatnonzero(flow >= 0)
    if not len(rows):
        return total, used
    points = panel.points
    keys = ["area", "indicator", "breakdown", "category"]
    left = pd.DataFrame({name: getattr(points, name)[pairs.at[rows]] for name in keys})
    left["indicator"], left["pair"] = flow[rows], rows
    types = np.array(panel.names["period_type"], dtype=str)[points.period_type]
    candidates = np.flatnonzero(
        np.isin(points.indicator, np.unique(flow[rows])) & ~np.isin(types, OVERLAPPING)
    )
    right = pd.DataFrame({name: getattr(points, name)[candidates] for name in keys})
    right["point"] = candidates
    both = left.merge(right, on=keys)
    pair, point = both["pair"].to_numpy(np.int64), both["point"].to_numpy(np.int64)
    inside = (points.start[point] > points.end[pairs.base[pair]]) & (
        points.end[point] <= points.end[pairs.at[pair]]
    )
    both = both[inside].assign(basis=points.basis[point[inside]])
    point = point[inside]
    both["value"] = points.value[point]
    both["days"] = points.end[point] - points.start[point] + 1
    for (of, _), group in both.groupby(["pair", "basis"], sort=True):
        row = int(of)
        wanted = int(points.end[pairs.at[row]] - points.end[pairs.base[row]])
        if int(group["days"].sum()) == wanted:
            total[row] = float(without_dust_array(np.array([group["value"].sum()]))[0])
            used[row] = group["point"].tolist()
    return total, used


def _lists(points: Sequence[Sequence[int]]) -> Lists:
    sizes = np.array([len(some) for some in points], np.int64)
    every = np.array([point for some in points for point in some], np.int64)
    return Lists(every, np.cumsum(sizes) - sizes, sizes)


def _rate_population(panel: Panel, pairs: Pairs) -> Table | None:
    """A rate's change as the count's part and the population's part."""
    x, n = panel.points.numerator, panel.points.denominator
    counted = np.array(panel.units(pairs.at) == "rate")
    for column in (pick(n, pairs.at), pick(n, pairs.base)):
        counted &= column > 0
    counted &= ~np.isnan(pick(x, pairs.at)) & ~np.isnan(pick(x, pairs.base))
    at, base = pairs.at[counted], pairs.base[counted]
    if not len(at):
        return None
    per = panel.per(at)
    of_count = per * (x[at] - x[base]) * (1 / n[at] + 1 / n[base]) / 2
    of_people = per * (x[at] + x[base]) / 2 * (1 / n[at] - 1 / n[base])
    total = difference(panel.value_at(at), panel.value_at(base))
    contributions = without_dust_array(np.column_stack([of_count, of_people]))
    residual = difference(total, contributions.sum(axis=1))
    share = np.abs(contributions) / np.maximum(np.abs(contributions).sum(axis=1), 1e-12)[:, None]
    one = 100 * share.max(axis=1) >= panel.thresholds["driver_mostly_one"]
    names = ("numerator", "denominator")

    def parts(row: int) -> tuple[DriverPart, ...]:
        own = panel.names["indicator"][int(panel.points.indicator[at[row]])]
        ends = ((x[at[row]], x[base[row]]), (n[at[row]], n[base[row]]))
        return tuple(
            DriverPart(
                category=name, indicator=own, value=float(now), base_value=float(then),
                contribution=float(part),
            )
            for name, (now, then), part in zip(names, ends, contributions[row], strict=True)
        )  # fmt: skip

    pattern = words(len(at), "mixed", (one, "mostly_one"))
    return _table(
        panel, at, base, total, residual, "rate_population", base_label=pairs.label,
        pattern=pattern, tuples=parts,
    )  # fmt: skip


def _table(
    panel: Panel, at: Ints, base: Ints, total: Floats, residual: Floats,
    source: str, *, pattern: Words, tuples: Callable[[int], tuple[DriverPart, ...]],
    others: Sequence[Lists] = (), **own: Any,
) -> Table:  # fmt: skip
    shown = shown_difference(panel, at, base)
    exact: Bools = np.asarray(panel.show(residual, at) == 0)

    return make_table(
        panel, "driver", at,
        Evidence(points=(at, base), others=tuple(others)),
        tuples={"parts": tuples},
        source=source,
        **named_period(panel, base, "base"),
        base_value=panel.value_at(base),
        result=total,
        result_unit=result_units(panel.units(at)),
        residual=residual,
        identity_holds=exact,
        pattern=pattern,
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
        **own,
    )  # fmt: skip
