"""Tables of the brief to plans: which columns, and for each cell the field of a fact.

A column stands only where at least one row has a figure for it, and every figure is a field of a
fact, so that a table carries the same evidence as a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporter.plan.cells import NO_FIGURE, TREND_POINTS, Cells, across, cells_of
from reporter.plan.material import Material, Series
from reporter.plan.nouns import CellPlan, ColumnPlan, RowPlan, TablePlan
from reporter.plan.series import History
from reporter.sources import Measure, Section, TableBrief, parse_period

_EARLIER = ("base", "previous", "last_year")
_FEW = ("comparator", "ratio", "numerator", "denominator", "rank", "quartile", "share")
_EMPTY = CellPlan(why_not=NO_FIGURE)


@dataclass(frozen=True, slots=True)
class _Row:
    series: Series
    cells: Cells


def plan_table(
    material: Material, history: History, section: Section, wanted: TableBrief
) -> TablePlan | None:
    """The plan of the table that the brief wants, or None where no row has any figure."""
    measures = wanted.measures or section.measures
    rows = _rows(material, history, measures, wanted.kind)
    if not rows:
        return None
    columns = _columns(rows, wanted.kind)
    return TablePlan(
        kind=wanted.kind,
        caption=wanted.caption,
        columns=(ColumnPlan("category" if _one_measure(rows) else "measure"), *columns),
        rows=tuple(
            RowPlan(*row.series, tuple(row.cells.get(column, _EMPTY) for column in columns))
            for row in rows
        ),
        too_few=tuple(
            name
            for name in dict.fromkeys(c.of for row in rows for c in row.cells)
            if wanted.kind == "comparison" and name and not any(c.of == name for c in columns)
        ),
    )


def _rows(
    material: Material, history: History, measures: Sequence[Measure], kind: str
) -> list[_Row]:
    breakdowns = {measure.breakdown for measure in measures}
    if kind == "group" and len(measures) > 1 and len(breakdowns) == 1 and "" not in breakdowns:
        return _measures_across(material, measures)
    return [
        _Row(series, cells)
        for measure in measures
        for series in series_in(material, measure)
        if (cells := cells_of(kind, material, history, series))
    ]


def _measures_across(material: Material, measures: Sequence[Measure]) -> list[_Row]:
    """Several measures of one breakdown: a row a member, a column a measure."""
    first = measures[0]
    members = dict.fromkeys(name for measure in measures for name in material.members(measure))
    rows = []
    for member in members:
        cells: dict[ColumnPlan, CellPlan] = {}
        for measure in measures:
            series = (measure.indicator, measure.breakdown, member)
            cells.update(across(material, measure.indicator, series))
        if cells:
            rows.append(_Row((first.indicator, first.breakdown, member), cells))
    return rows


def series_in(material: Material, measure: Measure) -> tuple[Series, ...]:
    """The rows of `measure`: itself, or the members of its breakdown."""
    if not measure.breakdown:
        return ((measure.indicator, "", ""),)
    members = material.members(measure)
    return tuple((measure.indicator, measure.breakdown, member) for member in members)


def _one_measure(rows: Sequence[_Row]) -> bool:
    return len({row.series[:2] for row in rows}) == 1 and bool(rows[0].series[2])


def _columns(rows: Sequence[_Row], kind: str) -> tuple[ColumnPlan, ...]:
    """Every column that a row fills: kinds in their order, then periods and comparators.

    Of earlier periods only those that half of the rows share, of comparators and counts those that
    a quarter do: a column for one row tells nothing.
    """
    filled = Counter(column for row in rows for column in row.cells)
    found = [
        column
        for column, count in filled.items()
        if kind == "trend" or _enough(column, count, len(rows))
    ]
    if kind == "trend":
        in_time = sorted(found, key=lambda column: parse_period(column.of).end)
        return tuple(in_time[-TREND_POINTS:])
    if kind == "rank":
        groups = list(dict.fromkeys(column.of for column in found))
        return tuple(
            sorted(found, key=lambda column: (groups.index(column.of), column.kind == "quartile"))
        )
    return tuple(sorted(found, key=lambda column: (_PLACES[column.kind], _in_time(column))))


def _in_time(column: ColumnPlan) -> int:
    """When the earlier period of a column ended; that of the period before comes last."""
    if column.kind not in ("base", "difference"):
        return 0  # comparators and others keep the order in which they came
    return parse_period(column.of).end.toordinal() if column.of else date.max.toordinal()


def _enough(column: ColumnPlan, count: int, rows: int) -> bool:
    """Whether `count` of so many rows fill `column` well enough."""
    one_in = 2 if column.kind in _EARLIER else 4 if column.kind in _FEW else rows
    return count * one_in >= rows


_PLACES: dict[str, int] = {
    kind: place
    for place, kind in enumerate(
        (
            "base", "last_year", "previous", "numerator", "denominator", "budget", "current",
            "direction", "share", "difference", "variance", "comparator", "ratio", "target",
            "minimum", "upper", "band", "rank", "quartile", "period",
        )
    )
}  # fmt: skip
