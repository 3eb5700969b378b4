"""Rows of a finance table: budget, outturn and variance of each head, and their total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum, isclose

from reporter.plan.material import Material, Series
from reporter.plan.nouns import CellPlan, Cells, ColumnPlan, TableRow

_ROUNDING = 0.001
"""By how much of itself a published total may miss the sum of its parts."""


def finance_cells(material: Material, series: Series) -> Cells:
    """Budget, outturn and variance, whether the row is about the outturn or the variance."""
    code, breakdown, category = series
    measure = material.indicator(code)
    cells: dict[ColumnPlan, CellPlan] = {}
    for name, column in ((measure.budget, "budget"), (measure.outturn or code, "current")):
        level = material.present((name, breakdown, category)) if name else None
        if level is not None:
            cells[_MONEY[column]] = CellPlan(level, "value")
    for fact in material.of_kind(series, "finance"):
        if getattr(fact, "aspect", "") == "variance":
            cells[_MONEY["budget"]] = CellPlan(fact, "comparator_value")
            cells[_MONEY["variance"]] = CellPlan(fact, "result")
    variance = material.present(series)
    if measure.outturn and variance is not None:
        cells.setdefault(_MONEY["variance"], CellPlan(variance, "value"))
    return cells


_MONEY = {
    "budget": ColumnPlan("budget"),
    "current": ColumnPlan("current"),
    "variance": ColumnPlan("variance"),
}


def with_total(material: Material, rows: Sequence[TableRow]) -> list[TableRow]:
    """`rows` with their total last: that of the brief, or the whole that they add up to."""
    divided = {row.series[:2] for row in rows if row.series[2]}
    codes = {code for code, _ in divided}
    wholes = [row for row in rows if not row.series[2] and row.series[0] in codes]
    parts = [row for row in rows if row not in wholes]
    if len(divided) != 1 or len(parts) < 2:
        return [*parts, *wholes]
    series = (codes.pop(), "", "")
    whole = wholes[0] if wholes else TableRow(series, finance_cells(material, series))
    if _adds_up(whole, parts):
        return [*parts, replace(whole, total=True)]
    return [*parts, *wholes]


def _adds_up(whole: TableRow, parts: Sequence[TableRow]) -> bool:
    """Whether every sum in the row `whole` is that of the rows `parts`, but for rounding."""
    for column, cell in whole.cells.items():
        sums = [_amount(row.cells.get(column)) for row in parts]
        total = _amount(cell)
        if total is None or any(amount is None for amount in sums):
            return False
        added = fsum(amount for amount in sums if amount is not None)
        if not isclose(total, added, rel_tol=_ROUNDING, abs_tol=len(parts)):
            return False
    return bool(whole.cells)


def _amount(cell: CellPlan | None) -> float | None:
    return getattr(cell.fact, cell.field) if cell is not None and cell.fact is not None else None
