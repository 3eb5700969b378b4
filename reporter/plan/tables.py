"""Tables of the brief to plans: which columns, and for each cell the field of a fact.

A column stands only where at least one row has a figure for it, and every figure is a field of a
fact, so that a table carries the same evidence as a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporter.plan.cells import NO_FIGURE, across, cells_of
from reporter.plan.columns import columns_of, folded
from reporter.plan.material import Material, Series
from reporter.plan.money import with_total
from reporter.plan.nouns import BreakPlan, CellPlan, ColumnPlan, RowPlan, TablePlan, TableRow
from reporter.plan.series import History
from reporter.sources import Measure, Section, TableBrief

_EMPTY = CellPlan(why_not=NO_FIGURE)


def plan_table(
    material: Material, history: History, section: Section, wanted: TableBrief
) -> TablePlan | None:
    """The plan of the table that the brief wants, or None where no row has any figure."""
    measures = wanted.measures or section.measures
    rows = _rows(material, history, measures, wanted)
    if not rows:
        return None
    columns = columns_of(rows, wanted.kind)
    if wanted.kind == "scorecard":
        rows, columns = folded(rows, columns)
    return TablePlan(
        kind=wanted.kind,
        caption=wanted.caption,
        columns=(ColumnPlan("category" if _one_measure(rows) else "measure"), *columns),
        rows=tuple(
            RowPlan(
                *row.series,
                tuple(row.cells.get(column, _EMPTY) for column in columns),
                total=row.total,
            )
            for row in rows
        ),
        too_few=tuple(
            name
            for name in dict.fromkeys(c.of for row in rows for c in row.cells)
            if wanted.kind == "comparison" and name and not any(c.of == name for c in columns)
        ),
        breaks=_breaks(history, rows, columns) if wanted.kind == "trend" else (),
    )


def _breaks(
    history: History, rows: Sequence[TableRow], columns: Sequence[ColumnPlan]
) -> tuple[BreakPlan, ...]:
    """What may not be compared along the rows of a table of several periods."""
    shown = {column.of for column in columns if column.kind == "base"}
    found = (each for row in rows for each in history.breaks(row.series, history.area, shown))
    return tuple(dict.fromkeys(found))


def _rows(
    material: Material, history: History, measures: Sequence[Measure], wanted: TableBrief
) -> list[TableRow]:
    kind = wanted.kind
    breakdowns = {measure.breakdown for measure in measures}
    if kind == "group" and len(measures) > 1 and len(breakdowns) == 1 and "" not in breakdowns:
        return _measures_across(material, measures)
    rows = [
        TableRow(series, cells)
        for measure in measures
        for series in series_in(material, measure)
        if (cells := cells_of(kind, material, history, series, wanted.show))
    ]
    return with_total(material, rows) if kind == "finance" else rows


def _measures_across(material: Material, measures: Sequence[Measure]) -> list[TableRow]:
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
            rows.append(TableRow((first.indicator, first.breakdown, member), cells))
    return rows


def series_in(material: Material, measure: Measure) -> tuple[Series, ...]:
    """The rows of `measure`: itself, or the members of its breakdown."""
    if not measure.breakdown:
        return ((measure.indicator, "", ""),)
    members = material.members(measure)
    return tuple((measure.indicator, measure.breakdown, member) for member in members)


def _one_measure(rows: Sequence[TableRow]) -> bool:
    parts = [row for row in rows if not row.total]
    return len({row.series[:2] for row in parts}) == 1 and bool(parts[0].series[2])
