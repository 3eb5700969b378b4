"""Files in the open data format of "Explore education statistics" in, tidy tables out.

STANDARDS 3.7. Each column of figures becomes a measure; every filter is fixed to one item or kept
apart as a breakdown, since a filter left free counts people twice. Places and measures come with
the figures: areas of every level, and an entry of the catalogue for each measure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from reporter.problems import Problem
from reporter.sources.areas import Areas
from reporter.sources.brief import Brief, EesFile, EesMeasure
from reporter.sources.catalogue import Breakdown, Catalogue, Indicator
from reporter.sources.checks import measures_of
from reporter.sources.columns import Column, Rows
from reporter.sources.desk import Desk
from reporter.sources.ees_layout import Layout, check_figures, layout_of
from reporter.sources.ees_measures import (
    META,
    Described,
    described,
    in_pounds,
    indicator_of,
    item_within,
    label_of,
)
from reporter.sources.ees_places import Spot, settle
from reporter.sources.ees_rows import Chooser, Chosen
from reporter.sources.sieve import LEVEL, Allowed, Sieve
from reporter.sources.tables import Form, Table
from reporter.yamlfile import Path_, Places

FORM = Form(
    "figures",
    ("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    others=True,
)


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """What the published files hold: tidy tables, and what they say of measures and places.

    `whole` is False where part of it could not be read, so that names may be missing.
    """

    tables: tuple[Table, ...]
    catalogue: Catalogue
    areas: Areas
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A published file: its rows, what its metadata says, and the sieve they went through."""

    table: Table
    described: Mapping[str, Described]
    sieve: Sieve | None


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What one entry of the brief asks of a file."""

    choice: EesFile
    table: Table
    layout: Layout
    rows: Chosen


def read_ees(desk: Desk, choices: Sequence[EesFile]) -> Published:
    """What the brief asks of published files; what is wrong with it joins the desk's problems."""
    opened: dict[str, Opened | None] = {}
    parts: list[_Part] = []
    for at, choice in enumerate(choices):
        key: Path_ = ("data", "ees", at)
        if choice.file not in opened:
            same = [other for other in choices if other.file == choice.file]
            opened[choice.file] = open_published(desk, choice.file, (*key, "file"), same)
        if (file := opened[choice.file]) and (part := _part(desk, choice, key, file)):
            parts.append(part)
    _check_codes(desk, choices, parts)
    names, areas = settle(spot for part in parts for spot in part.rows.spots)
    indicators: dict[str, Indicator] = {}
    breakdowns: dict[str, Breakdown] = {}
    for part in parts:
        for measure in part.layout.measures:
            indicators.setdefault(_code(measure), _indicator(part, measure))
        for kept in part.choice.breakdowns:
            label = label_of(part.layout.described, kept.filter)
            breakdowns.setdefault(kept.filter, Breakdown(label=label))
    return Published(
        tuple(_tidy(part, names) for part in parts),
        Catalogue(indicators=indicators, breakdowns=breakdowns),
        areas,
        whole=len(parts) == len(choices),
    )


def undescribed(
    brief: Brief, places: Places, published: Catalogue, catalogue: Catalogue | None
) -> list[Problem]:
    """Measures of the outline that are spoken of as their column is named, with a line to mend."""
    found: dict[str, Problem] = {}
    for path, measure in measures_of(brief.outline, ("outline",)):
        code = measure.indicator
        entry = published.indicators.get(code)
        if entry is None or (catalogue and catalogue.indicators.get(code) is not entry):
            continue
        what = f"{code} is spoken of as its file names it, and its rises as neither good nor bad"
        per = f", per: {entry.per}" if entry.per else ""
        fix = (
            f"Describe it in the file of indicators: {code}: {{name: {json.dumps(entry.name)}, "
            f"unit: {entry.unit}{per}, decimals: {entry.decimals}, polarity: neutral, "
            f"noun: {json.dumps(entry.noun)}}}"
        )
        found.setdefault(code, places.problem(path, "not-described", what, fix, "warning"))
    return list(found.values())


def open_published(desk: Desk, name: str, key: Path_, choices: Sequence[EesFile]) -> Opened | None:
    """The file called `name`, and what the metadata beside it says, if there is any.

    Of a large one only the rows that one of `choices` can ask for.
    """
    sieve = Sieve(name, tuple(_allowed(one) for one in choices)) if desk.is_large(name) else None
    form = replace(FORM, may_be_empty=sieve is not None)
    table = desk.published(name, form, key, sieve) if sieve else desk.table(name, form, key)
    path = PurePosixPath(name)
    beside = str(path.with_name(f"{path.stem}.meta.csv"))
    meta = desk.table(beside, META, key) if desk.is_there(beside) else None
    if table is None or not set(FORM.required) <= set(table.columns):
        return None
    known = described(meta) if meta and set(META.required) <= set(meta.columns) else {}
    return Opened(table, known, sieve)


def _allowed(choice: EesFile) -> Allowed:
    """Of which levels and items a row must be that an entry of the brief asks for."""
    fixed = {name: frozenset((item,)) for name, item in choice.filters.items()}
    return {LEVEL: frozenset(choice.levels), **fixed}


def _part(desk: Desk, choice: EesFile, key: Path_, file: Opened) -> _Part | None:
    before, table = len(desk.problems), file.table
    layout = layout_of(desk, table, choice, file.described, key)
    rows = Chooser(desk, table, choice, layout, key, file.sieve).chosen()
    if rows is None or any(problem.level == "error" for problem in desk.problems[before:]):
        return None
    wrong = check_figures(table, layout.measures, rows.at)
    desk.problems += wrong
    return None if wrong else _Part(choice, table, layout, rows)


def _code(measure: EesMeasure) -> str:
    return measure.code or measure.column


def _check_codes(desk: Desk, choices: Sequence[EesFile], parts: Sequence[_Part]) -> None:
    """Two entries that take different figures of one file under one code."""
    seen: dict[tuple[str, str], EesFile] = {}
    for part in parts:
        at = next(at for at, choice in enumerate(choices) if choice is part.choice)
        for measure in part.layout.measures:
            known = seen.setdefault((part.choice.file, _code(measure)), part.choice)
            if known is not part.choice:
                what = f"{_code(measure)!r} is taken from {part.choice.file} by another entry too"
                fix = (
                    "Give each its own code: `measures: [{column: "
                    f"{measure.column}, code: another_name}}]`."
                )
                problem = desk.places.problem(("data", "ees", at), "two-meanings", what, fix)
                desk.problems.append(problem)


def _indicator(part: _Part, measure: EesMeasure) -> Indicator:
    """The entry of the catalogue for a measure, by what the file says of it."""
    column = part.table.columns[measure.column].take(part.rows.at).used()
    described = part.layout.described
    of = ", ".join(
        item_within(item, label_of(described, name))
        for name, item in part.choice.filters.items()
        if len(part.table.columns[name].texts) > 1 and item.lower() != "total"
    )
    return indicator_of(measure.column, column, described.get(measure.column), of)


def _tidy(part: _Part, names: Mapping[Spot, str]) -> Table:
    """The rows of a part in the tidy form, one for each of its measures."""
    rows, measures = part.rows, part.layout.measures
    areas = Column(rows.spot.astype("int32"), tuple(names[spot] for spot in rows.spots)).merged()
    of_row = {
        "area": areas,
        "breakdown": rows.breakdown,
        "category": rows.category,
        "period": rows.period,
        "period_type": rows.period_type,
    }
    columns = {name: Column.concat([column] * len(measures)) for name, column in of_row.items()}
    count = len(rows.at)
    columns["indicator"] = Column.concat([Column.constant(_code(m), count) for m in measures])
    for name, wanted in (
        ("value", [m.column for m in measures]),
        ("numerator", [m.numerator for m in measures]),
        ("denominator", [m.denominator for m in measures]),
    ):
        columns[name] = Column.concat([_figures(part, column) for column in wanted])
    where = part.table.rows
    files = Column.concat([where.file.take(rows.at)] * len(measures))
    return Table(columns, Rows(files, np.tile(where.row[rows.at], len(measures))))


def _figures(part: _Part, name: str) -> Column:
    """The cells of a column of figures in the chosen rows; without a name, empty ones."""
    if not name:
        return Column.constant("", len(part.rows.at))
    column = part.table.columns[name].take(part.rows.at)
    said = part.layout.described.get(name)
    return in_pounds(column) if said and said.unit == "£m" else column
