"""The room's verb: small figures hidden, then as many more as it takes, and totals rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from reporter.disclosure.audit import Shown, given_away
from reporter.disclosure.policy import Policy
from reporter.disclosure.ruled import Ruled, ruled_cells
from reporter.problems import Place, Problem, in_order
from reporter.rounding import round_half_up
from reporter.sources import Dataset
from reporter.sums import Bools, Cell, Floats, Sum, adding_up

HIDDEN = "c"


def protect(dataset: Dataset, policy: Policy, default: str = "") -> Dataset:
    """`dataset` without the figures that its rules of disclosure hide.

    A hidden figure has no value, numerator or denominator, and is `missing` as suppressed, in every
    row that was published for it. `default` names the rule of measures that declare none; without
    any rule, only figures that the source suppressed and did not hide well enough are dealt with.
    The warnings of the result say how many figures are hidden and which the source gave away, and
    give no figure of a hidden row.
    """
    if not _concerned(dataset, default):
        return dataset
    ruled = ruled_cells(dataset, policy, default)
    rounding = _rounding(dataset, ruled, policy, default)
    shown = Shown(ruled, ruled.primary | ruled.arrived, rounding / 2)
    _hide_links(dataset, shown)
    sums = _sums(dataset, shown)
    found = list(given_away(shown, sums))
    leaks = list(_leaks(dataset, ruled, found))
    while _hide_more(shown, sums, found):
        _hide_links(dataset, shown)
        sums = _sums(dataset, shown)
        found = list(given_away(shown, sums))
    return _without(dataset, shown, rounding, leaks)


def _sums(dataset: Dataset, shown: Shown) -> tuple[Sum, ...]:
    """The sums of every measure that has a hidden figure."""
    cells = shown.ruled.cells
    codes = {cells.all[at].indicator for at in np.flatnonzero(shown.hidden).tolist()}
    return adding_up(cells, dataset.catalogue, dataset.areas, codes).holding


def _concerned(dataset: Dataset, default: str) -> bool:
    rules = any(entry.disclosure for entry in dataset.catalogue.indicators.values())
    return bool(default or rules or (dataset.observations["missing"] == "suppressed").any())


def _rounding(dataset: Dataset, ruled: Ruled, policy: Policy, default: str) -> Floats:
    """The multiple to which each cell is rounded; 0 for one that is not."""
    catalogue, areas = dataset.catalogue.indicators, dataset.areas.areas

    def base(cell: Cell) -> float:
        entry = catalogue[cell.indicator]
        rule = policy.rule(entry.disclosure or default)
        return rule.round_to.get(areas[cell.area].kind, 0) if rule and entry.unit == "count" else 0

    return np.array([base(cell) for cell in ruled.cells.all], np.float64)


def _hide_links(dataset: Dataset, shown: Shown) -> None:
    """Hide the rate or share of a hidden count, and the count of a hidden rate or share."""
    links: dict[str, set[str]] = defaultdict(set)
    for code, entry in dataset.catalogue.indicators.items():
        for other in {entry.rate, entry.share_of} - {""}:
            links[code].add(other)
            links[other].add(code)
    shares = {code for code, entry in dataset.catalogue.indicators.items() if entry.share_of}
    at: dict[tuple[str, str, str, str, int], list[int]] = defaultdict(list)
    for index, cell in enumerate(shown.ruled.cells.all):
        if cell.indicator in links:
            key = (cell.area, cell.indicator, cell.breakdown, cell.category, cell.end)
            at[key].append(index)
    for hidden in np.flatnonzero(shown.hidden).tolist():
        cell = shown.ruled.cells.all[hidden]
        for other in links.get(cell.indicator, ()):
            # The share of a whole stands for the whole's member, not for the whole itself.
            if cell.breakdown or not {cell.indicator, other} & shares:
                key = (cell.area, other, cell.breakdown, cell.category, cell.end)
                shown.hidden[at.get(key, [])] = True


def _hide_more(shown: Shown, sums: Sequence[Sum], found: Sequence[int]) -> bool:
    """Hide one more figure for each of `found`, cells that are given away (3.3.2).

    False if there is none to hide.

    Cells of one sum wait for one another: the figure hidden for the first may do for all.
    """
    changed: set[int] = set()
    for cell in found:
        own = [it for it in sums if cell in it.cells]
        if changed.isdisjoint(other for it in own for other in it.cells):
            changed |= set(_hide_one(shown, own))
    return bool(changed)


def _hide_one(shown: Shown, sums: Sequence[Sum]) -> Iterator[int]:
    """Hide the smallest part that is not 0 of the first sum that has one, the tightest sums first;
    else a total.
    """
    quantity = shown.ruled.cells.quantity
    by_tightness = sorted(sums, key=lambda it: int(shown.unknown[list(it.cells)].sum()))
    for parts_only in (True, False):
        for it in by_tightness:
            rest = [cell for cell in it.cells if not shown.unknown[cell]]
            if parts_only:
                rest = [cell for cell in rest if cell != it.total and quantity[cell] > 0]
            if rest:
                least = min(rest, key=lambda cell: (quantity[cell], cell))
                shown.hidden[least] = True
                yield least
                return


def _leaks(dataset: Dataset, ruled: Ruled, found: Sequence[int]) -> Iterator[Problem]:
    """Figures that the source suppressed, and that what it shows gives away."""
    rows = dataset.observations
    for cell in found:
        if ruled.arrived[cell]:
            row = rows.iloc[int(np.flatnonzero(ruled.cells.of_row == cell)[0])]
            what = f"the suppressed figure for {row['area']} can be worked out from others"
            fix = "The paper hides another figure of the sum; do so in the data too."
            place = Place.of(str(row["file"]), row=int(row["row"]), column="value")
            yield Problem(place, "given-away", what, fix, "warning")


def _without(dataset: Dataset, shown: Shown, rounding: Floats, leaks: list[Problem]) -> Dataset:
    """The dataset as it may be shown."""
    rows, at = dataset.observations.copy(), shown.ruled.cells.of_row
    hidden = shown.hidden[at]
    base = rounding[at]
    for name in ("value", "numerator", "denominator"):
        figures = rows[name].to_numpy(np.float64).copy()
        rounded = (base > 0) & ~np.isnan(figures)
        figures[rounded] = [
            float(round_half_up(figure / multiple, 0)) * multiple
            for figure, multiple in zip(figures[rounded], base[rounded], strict=True)
        ]
        figures[hidden] = np.nan
        rows[name] = figures
        if name == "value":
            texts = rows["text"].to_numpy(dtype=object).copy()
            texts[rounded] = [f"{figure:.0f}" for figure in figures[rounded]]
            texts[hidden] = HIDDEN
            rows["text"] = pd.Series(texts, index=rows.index, dtype="str")
    missing = rows["missing"].astype(str).to_numpy(dtype=object).copy()
    missing[hidden] = "suppressed"
    rows["missing"] = pd.Categorical(missing)
    warnings = [*_discreet(dataset, hidden), *leaks, *_counted(dataset, shown)]
    return replace(dataset, observations=rows, warnings=in_order(warnings))


def _discreet(dataset: Dataset, hidden: Bools) -> Iterator[Problem]:
    """The warnings; those of hidden rows without their figures (3.6.5)."""
    rows = dataset.observations[hidden]
    places = set(zip(rows["file"].astype(str), rows["row"].astype(int), strict=True))
    for problem in dataset.warnings:
        if (problem.place.file, problem.place.row) in places:
            what = "the figures of this row, which may not be shown, do not agree"
            yield replace(problem, what=what, fix="Check them.")
        else:
            yield problem


def _counted(dataset: Dataset, shown: Shown) -> Iterator[Problem]:
    """How many figures of each measure are hidden, and why, at the first of them."""
    ruled, rows, at = shown.ruled, dataset.observations, shown.ruled.cells.of_row
    more = shown.hidden & ~ruled.primary & ~ruled.arrived
    sorts = (
        (ruled.primary, "hidden-small", "rest on numbers too small to show, and are hidden"),
        (more, "hidden-too", "are hidden so that others cannot be worked out from them"),
    )
    for mask, code, what in sorts:
        of_row = mask[at]
        for indicator, group in rows[of_row].groupby("indicator", observed=True):
            first = group.iloc[0]
            count = len(set(at[group.index]))
            noun = "figure" if count == 1 else "figures"
            verb = what.replace("rest", "rests").replace("are", "is") if count == 1 else what
            yield Problem(
                Place.of(str(first["file"]), row=int(first["row"])), code,
                f"{count:,} {noun} of {indicator} {verb}",
                "Nothing to do; the rule stands in disclosure.yaml.", "warning",
            )  # fmt: skip
