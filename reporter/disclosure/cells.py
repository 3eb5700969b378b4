"""The figures of a dataset as cells: one an area, measure, member and stretch of time.

A cell's *quantity* is the number of people or things that stands behind its figure: the value of a
count, the numerator of a percentage or a rate. It is what may be too small to show, and what adds
up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.disclosure.policy import Policy, Rule
from reporter.sources import Dataset

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
    """All cells; the arrays run over them."""

    all: tuple[Cell, ...]
    of_row: Ints
    """The cell of each row of the observations."""
    quantity: Floats
    """NaN where it is not known: suppressed in the source, or a percentage without its numbers."""
    whole: Floats
    """The denominator; NaN where there is none."""
    smallest: Floats
    """The range of figures that the cell's rule hides, with `largest`; from 0 where it hides zeros.
    """
    largest: Floats
    ruled: Bools
    """Whether a rule of disclosure is declared for the cell's measure."""
    arrived: Bools
    """Whether the source suppressed it."""
    primary: Bools
    """Whether its rule hides it for its own size."""


def cells_of(dataset: Dataset, policy: Policy, default: str) -> Cells:
    """The cells of `dataset`; `default` names the rule of measures that declare none."""
    rows = dataset.observations
    keys = _keys(rows)
    found = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    of_row = np.array([found[key] for key in keys], np.int64)
    declared = [_rule(dataset, policy, default, cell.indicator) for cell in found]
    taken = [rule or policy.undeclared for rule in declared]
    levels = zip(found, taken, strict=True)
    at_level = [dataset.areas.areas[cell.area].kind in rule.levels for cell, rule in levels]
    smallest = np.array([0 if it.zeros == "hidden" else it.smallest for it in taken], np.float64)
    largest = np.array([rule.largest for rule in taken], np.float64)
    ruled = np.array([rule is not None for rule in declared], np.bool_)
    quantity, whole = _quantities(dataset)
    arrived = _any((rows["missing"].astype(str) == "suppressed").to_numpy(), of_row, len(found))
    small = (quantity >= smallest[of_row]) & (quantity <= largest[of_row])
    small |= (whole > 0) & (whole <= largest[of_row])
    latest = _latest(rows, of_row, len(found))
    return Cells(
        all=tuple(found),
        of_row=of_row,
        quantity=np.where(arrived, np.nan, quantity[latest]),
        whole=np.where(arrived, np.nan, whole[latest]),
        smallest=smallest,
        largest=largest,
        ruled=ruled,
        arrived=arrived,
        primary=_any(small, of_row, len(found)) & np.array(at_level) & ruled & ~arrived,
    )


def _keys(rows: pd.DataFrame) -> list[Cell]:
    names = [rows[name].astype(str).tolist() for name in Cell._fields[:5]]
    days = [
        rows[name].astype("datetime64[s]").astype(np.int64) // 86400 for name in ("start", "end")
    ]
    parts: list[list[Any]] = [*names, *(day.tolist() for day in days), rows["months"].tolist()]
    return [Cell(*key) for key in zip(*parts, strict=True)]


def _rule(dataset: Dataset, policy: Policy, default: str, code: str) -> Rule | None:
    return policy.rule(dataset.catalogue.indicators[code].disclosure or default)


def _quantities(dataset: Dataset) -> tuple[Floats, Floats]:
    """What stands behind the figure of each row, and its whole; NaN where that is not known.

    A percentage that gives its denominator only is as good as its numerator.
    """
    rows, catalogue = dataset.observations, dataset.catalogue.indicators
    units = np.array([catalogue[code].unit for code in rows["indicator"]])
    value, top, base = (
        rows[name].to_numpy(np.float64) for name in ("value", "numerator", "denominator")
    )
    worked_out = np.where((units == "percent") & np.isnan(top), np.round(value * base / 100), top)
    additive = np.isin(units, ADDITIVE)
    return np.where(additive, value, worked_out), np.where(additive, np.nan, base)


def _any(mask: Bools, of_row: Ints, count: int) -> Bools:
    """Whether any row of a cell is in `mask`: every value published for it counts."""
    found = np.zeros(count, np.bool_)
    found[of_row[mask]] = True
    return found


def _latest(rows: pd.DataFrame, of_row: Ints, count: int) -> Ints:
    """The row of each cell that was published last."""
    order = np.lexsort((rows["published"].astype(str).to_numpy(), of_row))
    latest = np.empty(count, np.int64)
    latest[of_row[order]] = order
    return latest
