"""Doubts about what should add up: parts and totals, shares and 100%, flows and stocks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reporter.plausibility.looking import Figures, doubt
from reporter.problems import Problem
from reporter.sums import Cells, Ints, Sum, adding_up, cells_of

WHOLE = 100.0
OFF_BY = 3.0
"""Shares that make between 97% and 103% are meant to make 100%."""


def check_sums(figures: Figures) -> Iterator[Problem]:
    """Sums that are off though their like hold, and shares that nearly make 100%."""
    exact = ~figures.own["status"].astype(str).str.contains("approximate").to_numpy()
    shown = (figures.own["missing"].astype(str) == "").to_numpy()
    row_of = np.cumsum(shown) - 1
    # Figures that are missing are among them: without those, the rest of the parts look like all.
    cells = cells_of(figures.own[exact], figures.catalogue)
    codes = {cell.indicator for cell in cells.all}
    areas = figures.commission.dataset.areas
    for off in adding_up(cells, figures.catalogue, areas, codes).off:
        yield _off(figures, cells, off, row_of[exact][cells.latest])
    yield from _shares(figures)


def _off(figures: Figures, cells: Cells, off: Sum, row_of: Ints) -> Problem:
    parts = cells.quantity[list(off.parts)].sum() - cells.quantity[list(off.minus)].sum()
    total = cells.quantity[off.total] if off.total >= 0 else off.constant
    at = int(row_of[off.total if off.total >= 0 else off.parts[0]])
    what = f"the {_of_what(cells, off)} make {parts:,g}, and the total is {total:,g}"
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
    rows = figures.rows
    shares = {
        code
        for code, it in figures.catalogue.indicators.items()
        if it.unit == "percent" and (it.share_of or (it.of and not it.state))
    }
    asked = rows[
        rows["indicator"].isin(shares) & (rows["breakdown"] != "") & rows["denominator"].isna()
    ]
    keys = ["indicator", "breakdown", "period", "basis"]
    for _, members in asked.groupby(keys, observed=True, sort=True):
        total = float(members["value"].sum())
        steps = members["text"].map(lambda text: 10.0 ** -len(str(text).partition(".")[2]))
        leeway = float(np.sum(steps)) / 2
        if len(members) > 1 and leeway < abs(total - WHOLE) <= OFF_BY:
            what = f"the shares of its {len(members)} members make {total:.10g}%"
            fix = "Check them; rounding accounts for less than that."
            yield doubt(figures, int(members.index[0]), "shares-not-100", what, fix)
