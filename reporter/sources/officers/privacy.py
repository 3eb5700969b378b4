"""Columns of an officers' workbook that look like data about single people (STANDARDS 3.5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.officers.grid import Grid, cell_name, grids
from reporter.sources.personal import ENOUGH, personal_heading, personal_problem, personal_texts

_OF_OFFICERS = re.compile(
    r"\b(officers?|leads?|owners?|contacts?|managers?|responsible|authors?|directors?"
    r"|reported by|completed by|portfolio|councillors?|cllrs?|members?)\b",
    re.IGNORECASE,
)
"""Headings of columns that name who answers for a measure: those are no data about people."""
_MAY_BE_OFFICERS = ("e-mail addresses", "telephone numbers", "names of people")
HEADING = 5
"""So many of the first cells of a column may be its headings."""


def sheets_of(raw: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of the workbook in `raw`, in its order.

    Raises `ProblemsFoundError` where it cannot be read, or a column looks personal.
    """
    sheets = grids(raw, file)
    if found := [problem for grid in sheets for problem in personal_columns(grid, file)]:
        raise ProblemsFoundError(found)
    return sheets


def personal_columns(grid: Grid, file: str) -> Iterator[Problem]:
    """A fault for each column of `grid` that has a heading about people with entries below it, or
    holds what looks like their data; no cell is repeated.
    """
    by_column = sorted((column, row) for row, column in grid.cells)
    for column, cells in groupby(by_column, key=lambda at: at[0]):
        rows = [row for _, row in cells]
        texts = {row: grid.cells[row, column].text for row in rows}
        for row in rows:
            kind = personal_heading(texts[row])
            if kind and len({texts[below] for below in rows if below > row}) >= ENOUGH:
                yield _told(grid, file, row, column, kind)
                break
        else:
            kind = personal_texts(dict.fromkeys(texts.values()))
            heading = " ".join(texts[row] for row in rows[:HEADING])
            if kind and not (kind in _MAY_BE_OFFICERS and _OF_OFFICERS.search(heading)):
                yield _told(grid, file, rows[0], column, kind)


def _told(grid: Grid, file: str, row: int, column: int, kind: str) -> Problem:
    where = Place.of(file, at=f"cell {cell_name(grid.name, row, column)}")
    return personal_problem(where, kind)
