"""What fills a row of each kind of table: for every column the field of a fact.

In come a series and what is known of it; out go cells by column. Knows no order of columns or rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from reporter.facts import Fact, Target
from reporter.plan.breaks import since_break
from reporter.plan.material import Material, Series
from reporter.plan.money import finance_cells
from reporter.plan.nouns import CellPlan, Cells, ColumnPlan
from reporter.plan.series import History
from reporter.sources import parse_period

TREND_POINTS = 6
"""Columns of a trend table: as many periods as a portrait page holds beside a measure's name."""
SPARK_POINTS = 12
"""Periods of a sparkline: a year of months."""
_FEWEST_FOR_A_COURSE = 3
NO_FIGURE = "not_available"
DIRECTIONS = ("previous_period", "same_period_last_year", "year_end")
"""What an arrow may compare with, the nearest first."""


def cells_of(
    kind: str, material: Material, history: History, series: Series, show: Collection[str] = ()
) -> Cells:
    """The cells of the row about `series` in a table of `kind`; empty where nothing is known.

    `show` names what the brief wants beside the table's own columns: counts, bands, sparklines.
    """
    cells = _FILLERS[kind](material, history, series)
    if not cells or kind not in ("scorecard", "trend"):
        return cells
    counts = _counts(material, series) if kind == "trend" or "counts" in show else {}
    bands = _bands(material, series) if "bands" in show else {}
    if bands:  # where green begins stands there, and is not told twice
        cells = {column: cell for column, cell in cells.items() if cell.field != "bands"}
    course = _course(history, series) if "sparklines" in show else {}
    return {**cells, **counts, **bands, **course}


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
        if _alike(fact, level) and fact.base_value is not None:
            found.setdefault(getattr(fact, "base_label", ""), fact)
    return found


def _scorecard(material: Material, history: History, series: Series) -> Cells:
    """Before and now, which way the figure went, its targets and its band.

    There is a direction for each base that it may be told from; `fold` keeps one of them.
    """
    cells = _now(material, series)
    if not cells:
        return {}
    changes = _changes(material, series)
    cells.update(_before(material, series, changes))
    for label in DIRECTIONS:
        if label in changes:
            cells[ColumnPlan("direction", label)] = CellPlan(changes[label], "direction")
    cells.update(_targets(material, series))
    return cells


def _counts(material: Material, series: Series) -> Cells:
    """What the present figure is made of."""
    level = material.present(series)
    if level is None or level.numerator is None or level.denominator is None:
        return {}
    return {
        ColumnPlan("numerator"): CellPlan(level, "numerator"),
        ColumnPlan("denominator"): CellPlan(level, "denominator"),
    }


def _course(history: History, series: Series) -> Cells:
    """The last figures of the row for a sparkline; of fewer than three there is no course."""
    points = history.points(series)[-SPARK_POINTS:]
    points = points[since_break(points) :]
    levels = {level.period: level for level in history.levels(series, SPARK_POINTS)}
    course = tuple(
        levels.get(point.period) if point.value is not None else None for point in points
    )
    known = [fact for fact in course if fact is not None]
    if len(known) < _FEWEST_FOR_A_COURSE:
        return {}
    return {ColumnPlan("sparkline"): CellPlan(known[-1], "course", course=course)}


def _bands(material: Material, series: Series) -> Cells:
    """Where red, amber and green begin and end for the present figure."""
    level = material.present(series)
    for fact in material.of_kind(series, "target"):
        if isinstance(fact, Target) and fact.bands and _alike(fact, level):
            return {ColumnPlan("bands"): CellPlan(fact, "bands")}
    return {}


def _before(material: Material, series: Series, changes: Mapping[str, Fact]) -> Cells:
    """The figures that the present one is held against, each once: before and a year ago."""
    cells: dict[ColumnPlan, CellPlan] = {}
    shown: set[str] = set()
    for label in ("same_period_last_year", "year_end", "previous_period"):
        fact = changes.get(label)
        if fact is not None and fact.base_period not in shown:
            cells.setdefault(base_column(label, fact), CellPlan(fact, "base_value"))
            shown.add(fact.base_period)
    for fact in _years_before(material, series):
        cells.setdefault(ColumnPlan("base", fact.period), CellPlan(fact, "value"))
    return cells


def base_column(label: str, fact: Fact) -> ColumnPlan:
    """Where an earlier figure stands; that of a year ended in March stands under its year."""
    if label == "same_period_last_year":
        return ColumnPlan("last_year")
    base = parse_period(fact.base_period)
    if label == "previous_period" and base.kind != "financial_year":
        return ColumnPlan("previous")
    year = base.end.year
    of = f"{year - 1}/{year % 100:02d}" if base.end.month == 3 else fact.base_period
    return ColumnPlan("base", of)


def _years_before(material: Material, series: Series) -> Iterator[Fact]:
    """Figures for whole years that ended before the present figure, of another kind of period."""
    level = material.present(series)
    for fact in material.of_kind(series, "level"):
        if level is None or fact.period_type != "year" or level.period_type == "year":
            continue
        if parse_period(fact.period).end < parse_period(level.period).end:
            yield fact


def _targets(material: Material, series: Series) -> Cells:
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
        elif low is None and high is None and isinstance(fact, Target) and fact.bands:
            cells.setdefault(ColumnPlan("target"), CellPlan(fact, "bands"))
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
        column = ColumnPlan("comparator", fact.comparator)
        cells.setdefault(column, CellPlan(fact, "comparator_value"))
    if not cells:
        return {}
    first = found[0]
    cells[ColumnPlan("current")] = CellPlan(first, "value")
    if getattr(first, "ratio", None) is not None:
        cells[ColumnPlan("ratio", first.comparator)] = CellPlan(first, "ratio")
    return cells


def _rank(material: Material, history: History, series: Series) -> Cells:
    """The area's figure, its place in its country and among its peers; its quarter if judged.

    Numbers of people or pounds rank areas by their size and are not ranked.
    """
    cells: dict[ColumnPlan, CellPlan] = {}
    if material.indicator(series[0]).unit in _SIZES:
        return {}
    level = material.present(series)
    judged = material.indicator(series[0]).polarity != "neutral"
    own = material.dataset.areas.areas.get(material.brief.area)
    region = own.region if own else ""
    for fact in material.of_kind(series, "rank"):
        group = getattr(fact, "group", "")
        if not _alike(fact, level) or group == region:
            continue
        cells.setdefault(ColumnPlan("rank", group), CellPlan(fact, "position"))
        if judged:
            cells.setdefault(ColumnPlan("quartile", group), CellPlan(fact, "quartile"))
    return {**_now(material, series), **cells} if cells else {}


_SIZES = ("count", "money", "tonnes")


def _group(material: Material, history: History, series: Series) -> Cells:
    """Members side by side: before, now, the difference and the share of the whole."""
    cells = _now(material, series)
    for label, fact in _changes(material, series).items():
        if label in ("previous_period", "year_end", "baseline"):
            column = base_column(label, fact)
            cells.setdefault(column, CellPlan(fact, "base_value"))
            cells.setdefault(ColumnPlan("difference", column.of), CellPlan(fact, "result"))
    for fact in material.of_kind(series, "share"):
        if fact.unit != "percent":
            cells.setdefault(ColumnPlan("share"), CellPlan(fact, "share"))
    return cells


def across(material: Material, indicator: str, series: Series) -> Cells:
    """One measure's cells where several measures of a breakdown stand side by side."""
    cells: dict[ColumnPlan, CellPlan] = {}
    level = material.present(series)
    if level is not None:
        cells[ColumnPlan("current", indicator)] = CellPlan(level, "value")
    for fact in material.of_kind(series, "share")[:1]:
        if fact.unit != "percent":
            cells[ColumnPlan("share", indicator)] = CellPlan(fact, "share")
    return cells


def _trend(material: Material, history: History, series: Series) -> Cells:
    """The last periods of the series, oldest first, the present one last."""
    return {
        ColumnPlan("base", fact.period): CellPlan(fact, "value")
        if fact.value is not None
        else CellPlan(why_not=fact.status or NO_FIGURE)
        for fact in history.levels(series, TREND_POINTS)
    }


_FILLERS: dict[str, Callable[[Material, History, Series], Cells]] = {
    "scorecard": _scorecard,
    "trend": _trend,
    "comparison": _comparison,
    "rank": _rank,
    "group": _group,
    "finance": lambda material, _, series: finance_cells(material, series),
}
