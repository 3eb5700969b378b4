"""The figures of a dataset as cells: one an area, measure, member and stretch of time.

A cell's *quantity* is the number of people or things that stands behind its figure: the value of a
count, the numerator of a percentage or a rate. It is what may be too small to show, and what adds
up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.sources import Catalogue

ADDITIVE = ("count", "money", "tonnes")
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Cell(NamedTuple):
    """What one figure is about; days since 1970, both ends included."""

    area: str
    indicator: str
    breakdown: str
    category: str
    basis: str
    start: int
    end: int
    months: int


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """All cells; `quantity`, `whole` and `latest` run over them, the rest over rows.

    `whole` is the denominator. Both are NaN where they are not known: missing for a reason, or a
    percentage without its numbers.
    """

    all: tuple[Cell, ...]
    quantity: Floats
    whole: Floats
    latest: Ints
    """The row of each cell that was published last."""
    of_row: Ints
    """The cell of each row."""
    row_quantity: Floats
    row_whole: Floats
    row_value: Floats


def cells_of(rows: pd.DataFrame, catalogue: Catalogue) -> Cells:
    """The cells of observations, a frame as `Dataset` has it, or some of its rows."""
    keys = _keys(rows)
    found = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    of_row = np.array([found[key] for key in keys], np.int64)
    quantity, whole = _quantities(rows, catalogue)
    order = np.lexsort((rows["published"].astype(str).to_numpy(), of_row))
    latest = np.empty(len(found), np.int64)
    latest[of_row[order]] = order
    missing = any_row((rows["missing"].astype(str) != "").to_numpy(), of_row, len(found))
    return Cells(
        all=tuple(found),
        quantity=np.where(missing, np.nan, quantity[latest]),
        whole=np.where(missing, np.nan, whole[latest]),
        latest=latest,
        of_row=of_row,
        row_quantity=quantity,
        row_whole=whole,
        row_value=rows["value"].to_numpy(np.float64),
    )


YEAR = 366
"""A population serves for a rate whose period ends within so many days of it."""


def with_populations(cells: Cells, catalogue: Catalogue) -> Cells:
    """`cells` with the number behind each rate that gives none, from the population of its area.

    Whoever sees a rate and knows the population can work that out.
    """
    behind = {
        code: entry.population
        for code, entry in catalogue.indicators.items()
        if entry.unit == "rate" and entry.population
    }
    people: dict[tuple[str, ...], list[tuple[int, float]]] = defaultdict(list)
    for at, cell in enumerate(cells.all):
        if cell.indicator in behind.values() and not np.isnan(cells.quantity[at]):
            series = (cell.indicator, cell.area, cell.breakdown, cell.category)
            people[series].append((cell.end, float(cells.quantity[at])))
    factor = np.full(len(cells.all), np.nan)
    for at, cell in enumerate(cells.all):
        code = behind.get(cell.indicator, "")
        found = people.get((code, cell.area, cell.breakdown, cell.category), ())
        apart, of = min(((abs(end - cell.end), of) for end, of in found), default=(YEAR + 1, 0.0))
        if apart <= YEAR:
            factor[at] = of / catalogue.indicators[cell.indicator].per
    if np.isnan(factor).all():
        return cells
    worked_out = np.round(cells.row_value * factor[cells.of_row])
    rows = np.where(np.isnan(cells.row_quantity), worked_out, cells.row_quantity)
    gone = np.isnan(cells.row_value[cells.latest])
    quantity = np.where(gone, np.nan, rows[cells.latest])
    return replace(
        cells,
        row_quantity=rows,
        quantity=np.where(np.isnan(cells.quantity), quantity, cells.quantity),
    )


def any_row(mask: Bools, of_row: Ints, count: int) -> Bools:
    """For each of `count` cells whether any row of it, any value published, is in `mask`."""
    found = np.zeros(count, np.bool_)
    found[of_row[mask]] = True
    return found


def _keys(rows: pd.DataFrame) -> list[Cell]:
    names = [rows[name].astype(str).tolist() for name in Cell._fields[:5]]
    ends = [
        rows[name].astype("datetime64[s]").astype(np.int64) // 86400 for name in ("start", "end")
    ]
    parts: list[list[Any]] = [*names, *(day.tolist() for day in ends), rows["months"].tolist()]
    return [Cell(*key) for key in zip(*parts, strict=True)]


def _quantities(rows: pd.DataFrame, catalogue: Catalogue) -> tuple[Floats, Floats]:
    """What stands behind the figure of each row, and its whole; NaN where that is not known.

    A percentage that gives its denominator only is as good as its numerator.
    """
    units = np.array([catalogue.indicators[code].unit for code in rows["indicator"]])
    value, top, base = (
        rows[name].to_numpy(np.float64) for name in ("value", "numerator", "denominator")
    )
    worked_out = np.where((units == "percent") & np.isnan(top), np.round(value * base / 100), top)
    additive = np.isin(units, ADDITIVE)
    return np.where(additive, value, worked_out), np.where(additive, np.nan, base)
