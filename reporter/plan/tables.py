"""Tables of the brief to plans: which columns, and for each cell the field of a fact.

A column stands only where at least one row has a figure for it, and every figure is a field of a
fact, so that a table carries the same evidence as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.facts import Fact
from reporter.plan.material import Material, Series
from reporter.plan.nouns import CellPlan, ColumnPlan, RowPlan, TablePlan
from reporter.plan.series import History
from reporter.sources import Measure, Section, TableBrief, parse_period

Cells = Mapping[ColumnPlan, CellPlan]
TREND_POINTS = 6
"""Columns of a trend table: as many periods as a portrait page holds beside a measure's name."""
NO_FIGURE = "not_available"


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
            RowPlan(*row.series, tuple(row.cells.get(column, _empty(row)) for column in columns))
            for row in rows
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
        if (cells := _FILLERS[kind](material, history, series))
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
            level = material.present(series)
            if level is not None:
                cells[ColumnPlan("current", measure.indicator)] = CellPlan(level, "value")
            for fact in material.of_kind(series, "share")[:1]:
                if fact.unit != "percent":
                    cells[ColumnPlan("share", measure.indicator)] = CellPlan(fact, "share")
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


def _empty(row: _Row) -> CellPlan:
    return CellPlan(why_not=NO_FIGURE)


def _columns(rows: Sequence[_Row], kind: str) -> tuple[ColumnPlan, ...]:
    """Every column that a row fills: kinds in their order, then periods and comparators."""
    found = list(dict.fromkeys(column for row in rows for column in row.cells))
    if kind == "trend":
        in_time = sorted(found, key=lambda column: parse_period(column.of).end)
        return tuple(in_time[-TREND_POINTS:])
    return tuple(sorted(found, key=lambda column: _PLACES[column.kind]))


_PLACES: dict[str, int] = {
    kind: place
    for place, kind in enumerate(
        (
            "base", "last_year", "previous", "numerator", "denominator", "budget", "current",
            "direction", "share", "difference", "variance", "comparator", "ratio", "target",
            "minimum", "upper", "band", "rank", "period",
        )
    )
}  # fmt: skip


def _now(material: Material, series: Series) -> dict[ColumnPlan, CellPlan]:
    level = material.present(series)
    if level is not None:
        return {ColumnPlan("current"): CellPlan(level, "value")}
    caveats = material.of_kind(series, "caveat")
    why = next((getattr(fact, "reason", "") for fact in caveats), "")
    return {ColumnPlan("current"): CellPlan(why_not=why)} if why else {}


def _alike(fact: Fact, level: Fact | None) -> bool:
    return level is None or (fact.period, fact.period_type) == (level.period, level.period_type)


def _changes(material: Material, series: Series) -> dict[str, Fact]:
    """The changes of the row's present figure, by what they are held against."""
    level = material.present(series)
    found: dict[str, Fact] = {}
    for fact in material.of_kind(series, "change"):
        if _alike(fact, level):
            found.setdefault(getattr(fact, "base_label", ""), fact)
    return found


_BASE_COLUMNS: dict[str, str] = {
    "previous_period": "previous",
    "same_period_last_year": "last_year",
    "year_end": "base",
    "baseline": "base",
}


def _scorecard(material: Material, history: History, series: Series) -> Cells:
    """Before and now, how the figure is made, its targets and its band."""
    cells = _now(material, series)
    if not cells:
        return {}
    level = material.present(series)
    if level is not None and level.numerator is not None and level.denominator is not None:
        cells[ColumnPlan("numerator")] = CellPlan(level, "numerator")
        cells[ColumnPlan("denominator")] = CellPlan(level, "denominator")
    changes = _changes(material, series)
    for label, kind in (("previous_period", "previous"), ("same_period_last_year", "last_year")):
        if label in changes:
            cells[ColumnPlan(kind)] = CellPlan(changes[label], "base_value")  # type: ignore[arg-type]
    for fact in _levels_of_other_periods(material, series, level):
        cells[ColumnPlan("base", fact.period)] = CellPlan(fact, "value")
    if "year_end" in changes:
        fact = changes["year_end"]
        cells[ColumnPlan("base", _year_of(fact.base_period))] = CellPlan(fact, "base_value")
    latest = changes.get("previous_period") or changes.get("same_period_last_year")
    if latest is not None:
        cells[ColumnPlan("direction")] = CellPlan(latest, "direction")
    cells.update(_targets(material, series))
    return cells


def _levels_of_other_periods(
    material: Material, series: Series, level: Fact | None
) -> Iterator[Fact]:
    """Older figures of other kinds of period than the present one: the whole of last year."""
    for fact in material.of_kind(series, "level"):
        if level is not None and parse_period(fact.period).end < parse_period(level.period).end:
            yield fact


def _year_of(period: str) -> str:
    """The financial year that `period` ends, so that March's snapshot stands under its year."""
    end = parse_period(period).end
    return f"{end.year - 1}/{end.year % 100:02d}" if end.month == 3 else period


def _targets(material: Material, series: Series) -> dict[ColumnPlan, CellPlan]:
    cells: dict[ColumnPlan, CellPlan] = {}
    level = material.present(series)
    for fact in material.of_kind(series, "target"):
        if not _alike(fact, level):
            continue
        low, high = getattr(fact, "minimum", None), getattr(fact, "upper", None)
        if low is not None:
            cells[ColumnPlan("minimum")] = CellPlan(fact, "minimum")
        if high is not None:
            cells[ColumnPlan("upper")] = CellPlan(fact, "upper")
        if low is None and high is None and fact.comparator_value is not None:
            cells.setdefault(ColumnPlan("target"), CellPlan(fact, "comparator_value"))
        if getattr(fact, "band", "none") != "none":
            cells.setdefault(ColumnPlan("band"), CellPlan(fact, "band"))
    return cells


def _comparison(material: Material, history: History, series: Series) -> Cells:
    """The area's figure, each comparator's, and the ratio to the first of them."""
    cells: dict[ColumnPlan, CellPlan] = {}
    rank = {name: n for n, name in enumerate(material.brief.comparators)}
    found = sorted(
        material.of_kind(series, "comparator"),
        key=lambda fact: (rank.get(fact.comparator, len(rank)), fact.comparator),
    )
    for fact in found:
        cells.setdefault(
            ColumnPlan("comparator", fact.comparator), CellPlan(fact, "comparator_value")
        )
    if not cells:
        return {}
    cells[ColumnPlan("current")] = CellPlan(found[0], "value")
    first = found[0]
    if getattr(first, "ratio", None) is not None:
        cells[ColumnPlan("ratio", first.comparator)] = CellPlan(first, "ratio")
    return cells


def _group(material: Material, history: History, series: Series) -> Cells:
    """Members side by side: before, now, the difference and the share of the whole."""
    cells = _now(material, series)
    changes = _changes(material, series)
    for label, fact in changes.items():
        if label in _BASE_COLUMNS and label != "same_period_last_year":
            kind = _BASE_COLUMNS[label]
            of = fact.base_period if kind == "base" else ""
            cells[ColumnPlan(kind, of)] = CellPlan(fact, "base_value")  # type: ignore[arg-type]
            cells.setdefault(ColumnPlan("difference", of), CellPlan(fact, "result"))
    for fact in material.of_kind(series, "share"):
        cells.setdefault(ColumnPlan("share"), CellPlan(fact, "share"))
    return cells


def _trend(material: Material, history: History, series: Series) -> Cells:
    """The last periods of the series, oldest first, the present one last."""
    levels = history.levels(series, TREND_POINTS)
    return {
        ColumnPlan("base", fact.period): CellPlan(fact, "value")
        if fact.value is not None
        else CellPlan(why_not=fact.status or NO_FIGURE)
        for fact in levels
    }


def _finance(material: Material, history: History, series: Series) -> Cells:
    """Budget, outturn and variance."""
    cells: dict[ColumnPlan, CellPlan] = {}
    for fact in material.of_kind(series, "finance"):
        if getattr(fact, "aspect", "") == "variance":
            cells.setdefault(ColumnPlan("budget"), CellPlan(fact, "comparator_value"))
            cells.setdefault(ColumnPlan("current"), CellPlan(fact, "value"))
            cells.setdefault(ColumnPlan("variance"), CellPlan(fact, "result"))
    return cells or _now(material, series)


_FILLERS: dict[str, Callable[[Material, History, Series], Cells]] = {
    "scorecard": _scorecard,
    "trend": _trend,
    "comparison": _comparison,
    "group": _group,
    "finance": _finance,
}
