"""Which columns of a published file are filters and which are figures (STANDARDS 3.7.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reporter.problems import Place, Problem, closest
from reporter.sources.brief import EesFile, EesMeasure
from reporter.sources.columns import Column, Rows
from reporter.sources.desk import Desk
from reporter.sources.ees_measures import Described
from reporter.sources.ees_places import PLACE_COLUMNS
from reporter.sources.symbols import read_value
from reporter.sources.tables import Table
from reporter.yamlfile import Path_

TIMES = ("time_period", "time_identifier", "geographic_level")
FIGURES, DOUBTFUL = 0.95, 0.5
"""A column with figures or symbols in so many of its rows holds figures; with fewer, maybe."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns of a file by what they are; `described` is what its metadata says of them."""

    filters: tuple[str, ...]
    measures: tuple[EesMeasure, ...]
    described: Mapping[str, Described]


def layout_of(
    desk: Desk, table: Table, choice: EesFile, meta: Mapping[str, Described], key: Path_
) -> Layout:
    """The layout of `table`, by the brief, else by the metadata, else by what stands in the cells.

    Names in the brief that are no column, and columns that could be either, are problems.
    """
    others = [
        name
        for name, column in table.columns.items()
        if name not in PLACE_COLUMNS
        and name not in TIMES
        and (any(column.texts) or not len(column))
    ]
    desk.problems += _unknown(desk, choice, others, key)
    as_filters = {*choice.filters, *(kept.filter for kept in choice.breakdowns)}
    as_figures = {name for measure in choice.measures for name in _columns(measure)}
    filters, figures = [], []
    for name in others:
        said = meta[name].kind if name in meta else ""
        if name in as_filters or (said == "filter" and name not in as_figures):
            filters.append(name)
        elif name in as_figures or said == "indicator":
            figures.append(name)
        else:
            share = _share_of_figures(table.columns[name])
            if DOUBTFUL < share < FIGURES:
                desk.problems.append(_doubtful(table, name))
            else:
                (figures if share >= FIGURES else filters).append(name)
    measures = choice.measures or tuple(EesMeasure(column=name) for name in figures)
    return Layout(tuple(filters), measures, meta)


def _columns(measure: EesMeasure) -> Iterable[str]:
    return filter(None, (measure.column, measure.numerator, measure.denominator))


def _unknown(desk: Desk, choice: EesFile, known: list[str], key: Path_) -> Iterable[Problem]:
    """Columns that the brief names and the file has not."""
    named: list[tuple[Path_, str]] = [(("filters", name), name) for name in choice.filters]
    named += [(("breakdowns", at), kept.filter) for at, kept in enumerate(choice.breakdowns)]
    for at, measure in enumerate(choice.measures):
        named += [(("measures", at), name) for name in _columns(measure)]
    for path, name in named:
        if name not in known:
            near = closest(name, known)
            fix = f"Did you mean {near!r}?" if near else f"Its columns are {', '.join(known)}."
            what = f"{choice.file} has no column {name!r}"
            yield desk.places.problem((*key, *path), "unknown-column", what, fix)


def _share_of_figures(column: Column) -> float:
    return float(np.mean(column.where(_is_figure))) if len(column) else 0.0


def _is_figure(text: str) -> bool:
    return not read_value(text).wrong


def _doubtful(table: Table, name: str) -> Problem:
    column = table.columns[name]
    row = int(np.flatnonzero(~column.where(_is_figure))[0])
    what = f"most of this column is figures, but here stands {column.text(row)[:60]!r}"
    fix = (
        "If it is a filter, name it under `filters` or `breakdowns`; if a measure, mend the cells."
    )
    place = Place.of(table.rows.file.text(row), row=int(table.rows.row[row]), column=name)
    return Problem(place, "filter-or-figures", what, fix)


def check_figures(
    table: Table, measures: Sequence[EesMeasure], at: NDArray[np.intp]
) -> list[Problem]:
    """Cells of the rows `at` that are neither figures nor symbols (3.1.2), by their own column."""
    rows = Rows(table.rows.file.take(at), table.rows.row[at])
    names = dict.fromkeys(name for measure in measures for name in _columns(measure))
    return [
        problem for name in names for problem in _misfits(name, table.columns[name].take(at), rows)
    ]


def _misfits(name: str, column: Column, rows: Rows) -> list[Problem]:
    readings = [read_value(text) for text in column.texts]
    return rows.problems(
        np.array([bool(reading.wrong) for reading in readings], np.bool_)[column.codes],
        name,
        "bad-number",
        lambda row: readings[column.codes[row]].wrong,
        lambda row: readings[column.codes[row]].fix,
    )
