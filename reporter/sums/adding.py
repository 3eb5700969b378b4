"""The sums among the cells of a dataset, told apart: those that hold and those that do not.

Parts of a whole, authorities of a region, months of a year, starts and ends of a stock, a budget
and the variance from it. Whether figures add up is not declared anywhere, so the figures tell: a
sum is believed until its like, of which everything is known, contradict it; one that only happens
to be there (areas, stocks, money) is believed only where its like bear it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from reporter.sources import Areas, Catalogue
from reporter.sums.cells import ADDITIVE, Cells

LEEWAY = 0.5
"""How far a sum of rounded figures may be off and still be one, for each of them."""
EXACT = 0.5
"""Whole numbers are off where they are off by one, if their like add up exactly."""
FEW = 2
NEARLY = 0.02
"""A sum whose like are too few to tell is off, not something else, where it is off by so little."""
MOSTLY = 0.2
"""So many of a kind of sum may be off by a slip before none of them is believed."""
Kind = tuple[str, ...]
"""What sums of one kind have in common: they hold together or not at all."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The `parts`, less the `minus`, make the `total`, all of them cells; with a negative total,
    the `constant`.
    """

    total: int
    parts: tuple[int, ...]
    minus: tuple[int, ...] = ()
    constant: float = 0.0

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell of it."""
        return (*self.parts, *self.minus, *((self.total,) if self.total >= 0 else ()))

    def sign(self, cell: int) -> int:
        """How `cell` stands in "parts, less minus and total, make the constant"."""
        return 1 if cell in self.parts else -1


@dataclass(frozen=True, slots=True)
class Adding:
    """The sums of a dataset that hold, known or believed, and those that are off though their like
    hold.
    """

    holding: tuple[Sum, ...]
    off: tuple[Sum, ...]


def adding_up(cells: Cells, catalogue: Catalogue, areas: Areas, codes: Collection[str]) -> Adding:
    """The sums among the cells of the measures `codes`, and of the stocks that they flow into."""
    flows = {*codes, *kin(catalogue, codes)}
    own = [at for at, cell in enumerate(cells.all) if cell.indicator in codes]
    with_flows = [at for at, cell in enumerate(cells.all) if cell.indicator in flows]
    holding: list[Sum] = []
    off: list[Sum] = []
    for candidates, outright in (
        (_wholes(catalogue, cells, own), False),
        (_stretches(catalogue, cells, own), False),
        (_territories(areas, cells, own), True),
        (_stocks(catalogue, cells, with_flows), True),
        (_variances(catalogue, cells, with_flows), True),
    ):
        for held, broken in _by_kind(candidates, cells, outright=outright):
            holding += held
            off += broken
    return Adding(tuple(holding), tuple(off))


def kin(catalogue: Catalogue, codes: Collection[str]) -> Iterator[str]:
    """The stocks and flows, and budgets, outturns and variances, that any of `codes` belongs to."""
    for name, entry in catalogue.indicators.items():
        lots = [(name, entry.flows.starts, entry.flows.ends)] if entry.flows else []
        lots += [(name, entry.outturn, entry.budget)] if entry.outturn and entry.budget else []
        for lot in lots:
            if any(code in codes for code in lot):
                yield from lot


def _by_kind(
    candidates: Iterable[tuple[Kind, Sum]], cells: Cells, *, outright: bool
) -> Iterator[tuple[list[Sum], list[Sum]]]:
    """Of each kind of sum whose like add up, those that do or may, and those that are off.

    `outright`: only where at least one of their like is known and adds up.
    """
    by_kind: dict[Kind, list[Sum]] = defaultdict(list)
    for kind, candidate in candidates:
        by_kind[kind].append(candidate)
    for likes in by_kind.values():
        by = np.abs([excess(it, cells) for it in likes])
        leeway = np.array([LEEWAY * len(it.cells) for it in likes])
        known = int(np.sum(~np.isnan(by)))
        held = [it for it, off in zip(likes, by > leeway, strict=True) if not off]
        if any(_overflows(it, cells) for it in held):
            continue
        believed = np.sum(by > leeway) <= MOSTLY * known and (known or not outright)
        exact = np.sum(by > EXACT) <= MOSTLY * known
        broken = [it for it, off in zip(likes, by > EXACT, strict=True) if off]
        if not exact:
            few = known <= FEW and not outright
            broken = [it for it in broken if few and _is_near(it, cells)]
        yield held if believed else [], broken


def excess(candidate: Sum, cells: Cells) -> float:
    """By how much the parts are more than the total; NaN where not all is known."""
    quantity = cells.quantity[list(candidate.cells)]
    signs = [candidate.sign(cell) for cell in candidate.cells]
    return float(np.dot(quantity, signs) - candidate.constant)


def _is_near(candidate: Sum, cells: Cells) -> bool:
    largest = float(np.max(cells.quantity[list(candidate.cells)]))
    return abs(excess(candidate, cells)) <= NEARLY * max(largest, candidate.constant)


def _overflows(candidate: Sum, cells: Cells) -> bool:
    """Whether the known parts alone are more than their total: they are no parts of it."""
    if candidate.minus:
        return False
    total = cells.quantity[candidate.total] if candidate.total >= 0 else candidate.constant
    parts = np.nansum(cells.quantity[list(candidate.parts)])
    return bool(parts > total + LEEWAY * len(candidate.cells))


def _grouped(cells: Cells, own: Sequence[int], *names: str) -> dict[tuple[Any, ...], list[int]]:
    """The cells `own` by the fields of `names`, each lot in order."""
    lots: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    columns = [map(attrgetter(name), map(cells.all.__getitem__, own)) for name in names]
    for at, key in zip(own, zip(*columns, strict=True), strict=True):
        lots[key].append(at)
    return lots


def _wholes(catalogue: Catalogue, cells: Cells, own: Sequence[int]) -> Iterator[tuple[Kind, Sum]]:
    """Members of a breakdown and the whole; shares of one denominator add up to it."""
    breakdowns = catalogue.breakdowns
    here = ("area", "indicator", "basis", "start", "end")
    members = [at for at in own if cells.all[at].breakdown]
    if not members:
        return
    totals = _grouped(cells, [at for at in own if not cells.all[at].breakdown], *here)
    for key, parts in _grouped(cells, members, *here, "breakdown").items():
        name, code = key[-1], key[1]
        if name in breakdowns and breakdowns[name].ends_of:
            continue
        for total in totals.get(key[:-1], ()):
            yield ("whole", code, name), Sum(total, tuple(parts))
        wholes = {float(whole) for whole in cells.whole[parts] if not np.isnan(whole)}
        if len(wholes) == 1 and len(parts) > 1:
            yield ("shares", code, name), Sum(-1, tuple(parts), constant=wholes.pop())


def _territories(areas: Areas, cells: Cells, own: Sequence[int]) -> Iterator[tuple[Kind, Sum]]:
    """Areas and what they lie in: authorities of a region, regions or authorities of a country."""
    places = areas.areas
    if len({cells.all[at].area for at in own}) < 2:
        return
    names = ("indicator", "breakdown", "category", "basis", "start", "end")
    for key, lot in _grouped(cells, own, *names).items():
        by_kind: dict[str, list[int]] = defaultdict(list)
        for at in lot:
            by_kind[places[cells.all[at].area].kind].append(at)
        for total in by_kind["country"]:
            for inner in ("region", "authority"):
                if by_kind[inner]:
                    yield ("country", key[0], inner), Sum(total, tuple(by_kind[inner]))
        for total in by_kind["region"]:
            name = cells.all[total].area
            parts = [at for at in by_kind["authority"] if places[cells.all[at].area].region == name]
            if parts:
                yield ("region", key[0], name), Sum(total, tuple(parts))


def _stretches(
    catalogue: Catalogue, cells: Cells, own: Sequence[int]
) -> Iterator[tuple[Kind, Sum]]:
    """Months of a quarter, quarters of a year, a year to date and the month after it."""
    units = {*ADDITIVE, "percent", "rate"}
    flows = [
        at
        for at in own
        if cells.all[at].months and catalogue.indicators[cells.all[at].indicator].unit in units
    ]
    for key, lot in _grouped(cells, flows, "area", "indicator", "breakdown", "category").items():
        if len({cells.all[at].months for at in lot}) == 1:
            continue
        starting = _grouped(cells, lot, "start")
        for total in lot:
            for parts in _tilings(cells, total, starting):
                lengths = sorted({cells.all[at].months for at in parts})
                pattern = "+".join(str(months) for months in lengths)
                yield ("time", key[1], str(cells.all[total].months), pattern), Sum(total, parts)


def _tilings(
    cells: Cells, total: int, starting: Mapping[tuple[Any, ...], Sequence[int]]
) -> Iterator[tuple[int, ...]]:
    """What covers the days of `total` without gap or overlap: pieces of one length, or any two."""
    long = cells.all[total]
    for first in starting[(long.start,)]:
        piece = cells.all[first]
        if first == total or piece.end > long.end:
            continue
        if run := _run(cells, first, long.end, starting):
            yield run
        for last in starting.get((piece.end + 1,), ()):
            if cells.all[last].end == long.end and cells.all[last].months != piece.months:
                yield first, last


def _run(
    cells: Cells, first: int, end: int, starting: Mapping[tuple[Any, ...], Sequence[int]]
) -> tuple[int, ...]:
    """`first` and what follows it, each of its length, up to `end`; nothing where a piece lacks."""
    run = [first]
    while cells.all[run[-1]].end < end:
        follow = starting.get((cells.all[run[-1]].end + 1,), ())
        alike = [at for at in follow if cells.all[at].months == cells.all[first].months]
        if not alike:
            return ()
        run.append(alike[0])
    return tuple(run) if cells.all[run[-1]].end == end else ()


def _stocks(catalogue: Catalogue, cells: Cells, own: Sequence[int]) -> Iterator[tuple[Kind, Sum]]:
    """A stock and the one before it, with the starts and ends between them."""
    if not any(
        catalogue.indicators[code].flows for code in {cells.all[at].indicator for at in own}
    ):
        return
    here = ("area", "indicator", "breakdown", "category", "start", "end")
    at = {key: lot[0] for key, lot in _grouped(cells, own, *here).items()}
    until = _grouped(cells, own, "area", "indicator", "breakdown", "category", "end")
    for (area, code, breakdown, category, start, end), now in at.items():
        flows = catalogue.indicators[code].flows
        if not flows or start != end:
            continue
        for starts in until.get((area, flows.starts, breakdown, category, end), ()):
            began = cells.all[starts].start
            before = at.get((area, code, breakdown, category, began - 1, began - 1))
            ends = at.get((area, flows.ends, breakdown, category, began, end))
            if before is not None and ends is not None:
                yield ("stock", code), Sum(now, (before, starts), minus=(ends,))


def _variances(
    catalogue: Catalogue, cells: Cells, own: Sequence[int]
) -> Iterator[tuple[Kind, Sum]]:
    """An outturn as its budget and the variance from it, all of money."""
    here = ("area", "indicator", "breakdown", "category", "start", "end")
    at = {key: lot[0] for key, lot in _grouped(cells, own, *here).items()}
    for (area, code, *rest), variance in at.items():
        entry = catalogue.indicators[code]
        if entry.unit == "money" and entry.outturn and entry.budget:
            outturn = at.get((area, entry.outturn, *rest))
            budget = at.get((area, entry.budget, *rest))
            if outturn is not None and budget is not None:
                yield ("variance", code), Sum(outturn, (budget, variance))
