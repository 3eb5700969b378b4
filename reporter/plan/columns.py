"""Which columns a table has, in what order, and which of them are folded into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from reporter.plan.cells import DIRECTIONS, TREND_POINTS
from reporter.plan.nouns import CellPlan, ColumnPlan, TableRow
from reporter.sources import parse_period

_MOST = ("base", "previous", "last_year", "numerator", "denominator")
_FEW = ("comparator", "ratio", "rank", "quartile", "share")


def columns_of(rows: Sequence[TableRow], kind: str) -> tuple[ColumnPlan, ...]:
    """Every column that a row fills: kinds in their order, then periods and comparators.

    Of earlier periods and counts only those that half of the rows share, of comparators those that
    a quarter do: a column for one row tells nothing.
    """
    filled = Counter(column for row in rows for column in row.cells)
    found = [
        column
        for column, count in filled.items()
        if kind == "rank"  # what nobody judges has no quartile, which says no less of the others
        or (kind == "trend" and column.kind == "base")
        or _enough(column, count, len(rows))
    ]
    if kind == "trend":
        periods = [column for column in found if column.kind == "base"]
        periods.sort(key=lambda column: parse_period(column.of).end)
        others = sorted((c for c in found if c.kind != "base"), key=lambda c: _PLACES[c.kind])
        return (*periods[-TREND_POINTS:], *others)
    if kind == "rank":
        groups = list(dict.fromkeys(column.of for column in found))
        return tuple(
            sorted(found, key=lambda column: (groups.index(column.of), column.kind == "quartile"))
        )
    return tuple(sorted(found, key=lambda column: (_PLACES[column.kind], _in_time(column))))


def folded(
    rows: Sequence[TableRow], columns: Sequence[ColumnPlan]
) -> tuple[list[TableRow], tuple[ColumnPlan, ...]]:
    """A scorecard with one column of directions, and one of targets where rows have either kind."""
    arrows = [column for column in columns if column.kind == "direction"]
    bounds = [column for column in columns if column.kind in ("minimum", "upper")]
    direction, target = ColumnPlan("direction"), ColumnPlan("target")
    together = bool(bounds) and target in columns
    made = []
    for row in rows:
        cells = {column: cell for column, cell in row.cells.items() if column not in arrows}
        if (arrow := _arrow(row, columns)) is not None:
            cells[direction] = arrow
        levels = [cells[column] for column in bounds if column in cells]
        if together and levels:
            cells.setdefault(target, levels[0]._replace(field="bounds"))
        made.append(replace(row, cells=cells))
    kept = [direction if column in arrows else column for column in columns]
    return made, tuple(dict.fromkeys(c for c in kept if not (together and c in bounds)))


def _arrow(row: TableRow, columns: Collection[ColumnPlan]) -> CellPlan | None:
    """The row's direction: from a figure that the table shows, if there is one to tell it from."""
    shown = {
        cell.fact.base_period
        for column, cell in row.cells.items()
        if column in columns and cell.field == "base_value" and cell.fact is not None
    }
    keys = [ColumnPlan("direction", label) for label in DIRECTIONS]
    told = [row.cells[key] for key in keys if key in row.cells]
    beside = [cell for cell in told if cell.fact is not None and cell.fact.base_period in shown]
    return next(iter([*beside, *told]), None)


def _in_time(column: ColumnPlan) -> int:
    """When the earlier period of a column ended; that of the period before comes last."""
    if column.kind not in ("base", "difference"):
        return 0  # comparators and others keep the order in which they came
    return parse_period(column.of).end.toordinal() if column.of else date.max.toordinal()


def _enough(column: ColumnPlan, count: int, rows: int) -> bool:
    """Whether `count` of so many rows fill `column` well enough."""
    one_in = 2 if column.kind in _MOST else 4 if column.kind in _FEW else rows
    return count * one_in >= rows


_PLACES: dict[str, int] = {
    kind: place
    for place, kind in enumerate(
        (
            "base", "last_year", "previous", "numerator", "denominator", "budget", "current",
            "direction", "sparkline", "share", "difference", "variance", "comparator", "ratio",
            "target", "minimum", "upper", "bands", "band", "rank", "quartile", "period",
        )
    )
}  # fmt: skip
