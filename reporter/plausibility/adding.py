"""Doubts about what should add up: parts and totals, shares and 100%, flows and stocks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reporter.plausibility.layout import Ints
from reporter.plausibility.looking import Figures, doubt
from reporter.problems import Problem
from reporter.sums import Cells, Sum, adding_up, cells_of, kin

WHOLE = 100.0
OFF_BY = 3.0
"""Shares that make between 97% and 103% are meant to make 100%."""


def check_sums(figures: Figures) -> Iterator[Problem]:
    """Sums that are off though their like hold, and shares that nearly make 100%."""
    layout, rows = figures.layout, figures.rows
    # Figures that are missing are among them: without those, the rest of the parts look like all.
    exact = layout.texts["status"].where(lambda status: "approximate" not in status, rows)
    adding = layout.texts["indicator"].where(_may_add_up(figures).__contains__, rows)
    if (rows := rows[exact & adding]).size:
        yield from _sums(figures, rows)
    yield from _shares(figures)


def _may_add_up(figures: Figures) -> frozenset[str]:
    """The measures asked for whose figures may be parts of a sum, or the sum of others: those with
    members, those over stretches of several lengths, and those with others of their own.
    """
    layout, rows = figures.layout, figures.rows
    measure = layout.texts["indicator"]
    member = layout.texts["breakdown"].where(bool, rows)
    found = {measure.distinct[code] for code in np.unique(measure.codes[rows[member]])}
    codes, months = measure.codes[rows].astype(np.int64), layout.months[rows].astype(np.int64)
    long = months > 0
    most = months.max(initial=0) + 1
    lengths = np.unique(codes[long] * most + months[long]) // most
    found |= {measure.distinct[code] for code in lengths[1:][lengths[1:] == lengths[:-1]]}
    return frozenset({*found, *kin(figures.catalogue, figures.asked)})


def _sums(figures: Figures, rows: Ints) -> Iterator[Problem]:
    """Sums of figures in `rows` that are off."""
    dataset = figures.commission.dataset
    cells = cells_of(dataset.observations.iloc[rows], figures.catalogue)
    codes = {cell.indicator for cell in cells.all}
    for off in adding_up(cells, figures.catalogue, dataset.areas, codes).off:
        yield _off(figures, cells, off, rows[cells.latest])


def _off(figures: Figures, cells: Cells, off: Sum, row_of: Ints) -> Problem:
    parts = cells.quantity[list(off.parts)].sum() - cells.quantity[list(off.minus)].sum()
    total = cells.quantity[off.total] if off.total >= 0 else off.constant
    at = int(row_of[off.total if off.total >= 0 else off.parts[0]])
    what = f"the {_of_what(cells, off)} make {parts:,.10g}, and the total is {total:,.10g}"
    if off.minus:
        what = (
            f"the figure before, with starts and less ends, makes {parts:,g}, and it is {total:,g}"
        )
    fix = "Check which is right; where both are, say in the text why they differ."
    return doubt(figures, at, "does-not-add-up", what, fix)


def _of_what(cells: Cells, off: Sum) -> str:
    first = cells.all[off.parts[0]]
    return f"{len(off.parts)} members" if first.breakdown else f"{len(off.parts)} shorter periods"


def _shares(figures: Figures) -> Iterator[Problem]:
    """Shares of the members of a breakdown, without numbers, that nearly make 100%."""
    layout = figures.layout
    shares = {
        code
        for code, it in figures.catalogue.indicators.items()
        if it.unit == "percent" and (it.share_of or (it.of and not it.state))
    }
    asked = layout.texts["breakdown"].where(bool, figures.shown)
    asked &= layout.texts["indicator"].where(shares.__contains__, figures.shown)
    rows = figures.shown[asked & np.isnan(layout.denominator[figures.shown])]
    if not rows.size:
        return
    keys = ["indicator", "breakdown", "period", "basis"]
    frame = figures.commission.dataset.observations.iloc[rows]
    for _, members in frame.groupby(keys, observed=True, sort=True):
        total = float(members["value"].sum())
        steps = members["text"].map(lambda text: 10.0 ** -len(str(text).partition(".")[2]))
        leeway = float(np.sum(steps)) / 2
        if len(members) > 1 and leeway < abs(total - WHOLE) <= OFF_BY:
            what = f"the shares of its {len(members)} members make {total:.10g}%"
            fix = "Check them; rounding accounts for less than that."
            yield doubt(figures, int(members.index[0]), "shares-not-100", what, fix)
