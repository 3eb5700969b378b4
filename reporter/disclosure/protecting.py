"""The room's verb: small figures hidden, then as many more as it takes, and totals rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from reporter.disclosure.audit import Shown, given_away
from reporter.disclosure.dominance import OF_SUMS
from reporter.disclosure.earlier import HIDDEN, together
from reporter.disclosure.policy import Policy
from reporter.disclosure.rounded import rounded_by_source
from reporter.disclosure.ruled import Ruled, ruled_cells
from reporter.problems import Place, Problem, in_order
from reporter.rounding import round_half_up
from reporter.sources import Dataset
from reporter.sums import Bools, Cell, Floats, Sum, adding_up, any_row


def protect(
    dataset: Dataset, policy: Policy, default: str = "", earlier: pd.DataFrame | None = None
) -> Dataset:
    """`dataset` without the figures that its rules of disclosure hide.

    A hidden figure has no value, numerator or denominator, and is `missing` as suppressed, in every
    row that was published for it. `default` names the rule of measures that declare none; without
    any rule, only figures that the source suppressed and did not hide well enough are dealt with.
    `earlier` are the figures that earlier documents showed or hid, in the same columns. The
    warnings of the result say how many figures are hidden and which the source gave away, and give
    no figure of a hidden row.
    """
    if not _concerned(dataset, default):
        return dataset
    all_known = together(dataset, earlier)
    whole = all_known.dataset
    ruled = ruled_cells(whole, policy, default)
    rounding = _rounding(whole, ruled, policy, default)
    apart = np.maximum(rounding, rounded_by_source(whole, ruled.cells)) / 2
    shown = Shown(ruled, ruled.secret, apart, all_known.known(ruled.cells))
    _hide_links(whole, shown)
    sums = _sums(whole, shown)
    found = list(given_away(shown, sums))
    told = [*_leaks(whole, ruled, found), *_published(whole, shown, all_known.own)]
    while _hide_more(shown, sums, found):
        _hide_links(whole, shown)
        sums = _sums(whole, shown)
        found = list(given_away(shown, sums))
    told += _beyond_help(whole, ruled, _anybody_tells(shown, sums) if found else ())
    return _without(dataset, shown, rounding, told)


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
            rest = [cell for cell in it.cells if not (shown.unknown[cell] or shown.known[cell])]
            if parts_only:
                rest = [cell for cell in rest if cell != it.total and quantity[cell] > 0]
            if rest:
                least = min(rest, key=lambda cell: (quantity[cell], cell))
                shown.hidden[least] = True
                yield least
                return


def _leaks(dataset: Dataset, ruled: Ruled, found: Sequence[int]) -> Iterator[Problem]:
    """Figures that the source suppressed, and that what it shows gives away."""
    for cell in found:
        if ruled.arrived[cell]:
            area = ruled.cells.all[cell].area
            what = f"the suppressed figure for {area} can be worked out from others"
            fix = "The paper hides another figure of the sum; do so in the data too."
            yield Problem(_place(dataset, ruled, cell), "given-away", what, fix, "warning")


def _published(dataset: Dataset, shown: Shown, own: int) -> Iterator[Problem]:
    """Figures that may not be shown and that an earlier document shows."""
    ruled = shown.ruled
    present = any_row(
        np.arange(len(ruled.cells.of_row)) < own, ruled.cells.of_row, len(shown.known)
    )
    for cell in np.flatnonzero(shown.known & ruled.secret & present).tolist():
        what = f"an earlier document shows this figure for {ruled.cells.all[cell].area}, "
        what += "which may not be shown"
        fix = "It is hidden here; ask whoever answers for that document whether it can be mended."
        yield Problem(_place(dataset, ruled, cell), "published-before", what, fix, "warning")


def _anybody_tells(shown: Shown, sums: Sequence[Sum]) -> Iterator[int]:
    """Hidden cells that can be worked out without knowing which are hidden for their own size."""
    ruled = replace(shown.ruled, ceiling=np.full(len(shown.hidden), np.inf))
    return given_away(replace(shown, ruled=ruled), sums)


def _beyond_help(dataset: Dataset, ruled: Ruled, found: Iterable[int]) -> Iterator[Problem]:
    """Hidden figures that can be worked out although nothing is left that could be hidden too."""
    for cell in found:
        what = f"the hidden figure for {ruled.cells.all[cell].area} can still be worked out"
        fix = "Nothing is left to hide that earlier documents do not show: leave the measure out."
        yield Problem(_place(dataset, ruled, cell), "not-protected", what, fix, "warning")


def _place(dataset: Dataset, ruled: Ruled, cell: int) -> Place:
    """Where the first row of a cell stands."""
    row = dataset.observations.iloc[int(np.flatnonzero(ruled.cells.of_row == cell)[0])]
    return Place.of(str(row["file"]), row=int(row["row"]), column="value")


def _without(dataset: Dataset, shown: Shown, rounding: Floats, leaks: list[Problem]) -> Dataset:
    """The dataset as it may be shown."""
    rows = dataset.observations.copy()
    at = shown.ruled.cells.of_row[: len(rows)]
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
    """The warnings, without any figure where one of the same measure and time is hidden (3.6.5).

    What is told of a region's figure may hold the sum of its authorities', or their least.
    """
    rows = dataset.observations
    series = list(zip(rows["indicator"].astype(str), rows["start"], rows["end"], strict=True))
    concerned = {series[at] for at in np.flatnonzero(hidden).tolist()}
    warned = {_spot(problem.place) for problem in dataset.warnings}
    names = (rows["file"].astype(str), rows["row"].astype(int), rows["cell"].astype(str))
    spots = [(file, 0 if cell else row, cell) for file, row, cell in zip(*names, strict=True)]
    told = zip(spots, series, strict=True)
    places = {spot for spot, of in told if spot in warned and of in concerned}
    for problem in dataset.warnings:
        if _spot(problem.place) in places:
            what = "these figures, some of which may not be shown, do not agree"
            yield replace(problem, what=what, fix="Check them.")
        else:
            yield problem


def _spot(place: Place) -> tuple[str, int, str]:
    """Where a place is: its row, or its cell where a row holds many figures."""
    return place.file, place.row, place.at.removeprefix("cell ")


def _counted(dataset: Dataset, shown: Shown) -> Iterator[Problem]:
    """How many figures of each measure are hidden, and why, at the first of them."""
    ruled, rows = shown.ruled, dataset.observations
    at = ruled.cells.of_row[: len(rows)]
    units = [dataset.catalogue.indicators[cell.indicator].unit for cell in ruled.cells.all]
    sums = np.isin(np.array(units, dtype=object), OF_SUMS)
    rule = "Nothing to do; the rule stands in disclosure.yaml."
    columns = "Say in columns contributors, largest and second_largest who makes them up."
    sorts = (
        (ruled.primary & ~sums, "hidden-small",
         "rest on numbers too small to show, and are hidden", rule),
        (ruled.primary & sums & ~ruled.unexplained, "hidden-dominated",
         "tell too much of one of those who make them up, and are hidden", rule),
        (ruled.unexplained, "hidden-unexplained",
         "are hidden, as nobody knows who makes them up", columns),
        (shown.hidden & ~ruled.secret, "hidden-too",
         "are hidden so that others cannot be worked out from them", rule),
    )  # fmt: skip
    for mask, code, what, fix in sorts:
        of_row = mask[at]
        for indicator, group in rows[of_row].groupby("indicator", observed=True):
            first = group.iloc[0]
            count = len(set(at[group.index]))
            noun = "figure" if count == 1 else "figures"
            told = _of_one(what) if count == 1 else what
            where = Place.of(str(first["file"]), row=int(first["row"]))
            yield Problem(where, code, f"{count:,} {noun} of {indicator} {told}", fix, "warning")


def _of_one(what: str) -> str:
    """A clause about several figures, of one."""
    first, _, rest = what.partition(" ")
    verb = {"rest": "rests", "tell": "tells"}.get(first, "is")
    return f"{verb} {rest}".replace(" and are hidden", " and is hidden").replace(
        "make them", "make it"
    )
