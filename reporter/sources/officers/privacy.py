"""Columns of an officers' workbook that look like data about single people (STANDARDS 3.5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.officers.grid import Cell, Grid, cell_name, grids
from reporter.sources.officers.layout import is_year
from reporter.sources.officers.values import is_numeric
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
            below = [grid.cells[at, column] for at in rows if at > row]
            if kind and _stands_over(grid, row, kind, below):
                yield _told(grid, file, row, column, kind)
                break
        else:
            kind = personal_texts(dict.fromkeys(texts.values()))
            heading = " ".join(texts[row] for row in rows[:HEADING])
            if kind and not (kind in _MAY_BE_OFFICERS and _OF_OFFICERS.search(heading)):
                yield _told(grid, file, rows[0], column, kind)


def _stands_over(grid: Grid, row: int, kind: str, below: Sequence[Cell]) -> bool:
    """Whether a text about people is the heading of the cells below it, and those may be of them.

    A row with figures is a measure of its name (Emails); so is a column of small numbers.
    """
    if len({cell.text for cell in below}) < ENOUGH:
        return False
    if any(is_numeric(cell) and not is_year(cell) for cell in grid.by_row.get(row, ())):
        return False
    counted = all(is_numeric(cell) and len(re.sub(r"\D", "", cell.text)) < 7 for cell in below)
    return not (counted and kind in ("addresses", "telephone numbers"))


def _told(grid: Grid, file: str, row: int, column: int, kind: str) -> Problem:
    where = Place.of(file, at=f"cell {cell_name(grid.name, row, column)}")
    return personal_problem(where, kind)
