"""Bytes of an officer's workbook in, grids of cells out: what a reader sees, with its place.

A cell keeps its number as it is shown (0.842 as 84.2 where the format says per cent) and its text.
Merged cells are known, so that a heading over several columns is read for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.tables import MAX_CELL, csv_records, illegal_character
from reporter.sources.workbooks import (
    Reader,
    Shown,
    date_text,
    is_percent,
    plain,
    shown_in,
    text_of,
)
from reporter.sources.xlsx import Shape, SheetPart, opened

MAX_CELLS = 400_000
MAX_SHEETS = 200
_EMPTY = 50
"""So many columns, empty or not, cost as much as a cell with something in it."""
_MERGED = (5_000, 500)
"""So many rows and columns of a merged range are known as covered."""
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
At = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its `text`, and its `number` where it is one as Excel holds it.

    `percent` and `pounds` say how the number is shown, `day` that it is a date (then `text` is the
    day, month or year that is shown, as a period key), `fault` that there is no result to read.
    """

    text: str
    number: Decimal | None = None
    percent: bool = False
    pounds: bool = False
    day: bool = False
    fault: str = ""
    shown_in: int = 1
    """1000 where the number is shown in thousands, though it is held in full."""


BLANK = Cell("")


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet: its cells by row and column, and for each covered cell the first of its merge."""

    name: str
    cells: Mapping[At, Cell]
    merged: Mapping[At, At] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    """What Excel does not show of it, though something stands there: row 7, column C, the sheet."""
    struck: tuple[str, ...] = ()
    """The cells with a number that are struck out: B7."""
    indents: Mapping[At, int] = field(default_factory=dict)
    """How far the texts of cells stand in, by format or by blanks before them."""

    @cached_property
    def rows(self) -> int:
        """The last row with a cell in it."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The last column with a cell in it."""
        return max((column for _, column in self.cells), default=0)

    @cached_property
    def by_row(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells of each row that has any, from the left."""
        found: dict[int, list[Cell]] = {}
        for (row, _), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            found.setdefault(row, []).append(cell)
        return {row: tuple(cells) for row, cells in found.items()}

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself; blank where nothing stands in it."""
        return self.cells.get((row, column), BLANK)

    def shown(self, row: int, column: int) -> Cell:
        """The cell, or the one that is merged over it."""
        return self.cells.get(self.merged.get((row, column), (row, column)), BLANK)


def column_name(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(sheet: str, row: int, column: int) -> str:
    """How a cell is called: Scorecard!H7; in a CSV file H7."""
    return f"{sheet}!{column_name(column)}{row}" if sheet else f"{column_name(column)}{row}"


def grids(raw: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of the workbook in `raw`, in its order; a CSV file is one sheet without a name."""
    ending = PurePosixPath(file).suffix.lower()
    found: tuple[Grid, ...]
    if ending == ".csv":
        found = (_of_csv(raw, file),)
    elif ending in (".xlsx", ".xlsm"):
        found = _of_xlsx(raw, file)
    else:
        what = f"workbooks ending in {ending!r} are not read" if ending else "it has no ending"
        fix = "Save it as an Excel workbook (.xlsx) or as CSV UTF-8 (.csv)."
        raise ProblemsFoundError([Problem(Place.of(file), "unknown-file-kind", what, fix)])
    problems = [problem for grid in found for problem in _unfit(grid, file)]
    if problems:
        raise ProblemsFoundError(problems)
    return found


def _unfit(grid: Grid, file: str) -> Iterator[Problem]:
    """Cells that could not stand in a document."""
    for (row, column), cell in grid.cells.items():
        where = Place.of(file, at=f"cell {cell_name(grid.name, row, column)}")
        if illegal := illegal_character(cell.text):
            what = f"the control character U+{ord(illegal):04X} cannot stand in a document"
            yield Problem(where, "control-character", what, "Delete it.")
        elif len(cell.text) > MAX_CELL * 4:
            what = f"the cell holds {len(cell.text):,} characters"
            yield Problem(where, "too-large", what, f"A cell may hold {MAX_CELL * 4:,}.")


def _of_csv(raw: bytes, file: str) -> Grid:
    cells: dict[At, Cell] = {}
    indents: dict[At, int] = {}
    for row, record in csv_records(raw, file):
        for column, text in enumerate(record, 1):
            if text.strip():
                cells[row, column] = Cell(_tidy(text))
                indents[row, column] = _blanks(text)
    if len(cells) > MAX_CELLS:
        raise ProblemsFoundError([_too_large(file)])
    return Grid("", cells, indents=indents)


def _too_large(file: str) -> Problem:
    what = f"it has more than {MAX_CELLS:,} cells with something in them"
    fix = "Keep the sheets with the figures, or save the figures as a table, one a row."
    return Problem(Place.of(file), "too-large", what, fix)


def _of_xlsx(raw: bytes, file: str) -> tuple[Grid, ...]:
    book = opened(raw, file)
    reader, room = Reader(book), [MAX_CELLS]
    return tuple(_grid(reader, sheet, room) for sheet in book.sheets[:MAX_SHEETS])


def _grid(reader: Reader, sheet: SheetPart, room: list[int]) -> Grid:
    """The cells of a sheet; `room` is how many more there may be in the whole workbook."""
    shape = Shape()
    cells: dict[At, Cell] = {}
    struck: list[str] = []
    indents: dict[At, int] = {}
    for row, line in reader.book.rows(sheet, shape):
        for raw in line:
            cell = _cell(reader.shown(raw))
            if cell.text:
                cells[row, raw[0]] = cell
                if cell.number is None and not cell.day:
                    indents[row, raw[0]] = reader.book.indents.get(raw[3], 0) + _blanks(raw[2])
                if cell.number is not None and raw[3] in reader.book.struck:
                    struck.append(cell_name("", row, raw[0]))
        room[0] -= len(line) + line[-1][0] // _EMPTY
        if room[0] < 0:
            raise ProblemsFoundError([_too_large(reader.book.file)])
    hidden = _hidden(sheet, shape, cells)
    return Grid(sheet.name, cells, _covered(shape.merges), hidden, tuple(struck), indents)


def _hidden(sheet: SheetPart, shape: Shape, cells: Mapping[At, Cell]) -> tuple[str, ...]:
    rows = sorted({row for row, _ in cells} & shape.hidden_rows)
    columns = sorted(
        column
        for column in {column for _, column in cells}
        if any(first <= column <= last for first, last in shape.hidden_columns)
    )
    whole = ["the sheet"] if sheet.hidden and cells else []
    names = [f"column {column_name(column)}" for column in columns]
    return (*whole, *names, *(f"row {row}" for row in rows))


def _covered(merges: Sequence[str]) -> dict[At, At]:
    """For each cell of the merged ranges, the first one of its range."""
    covered: dict[At, At] = {}
    for text in merges:
        if (match := _RANGE.fullmatch(text)) is None:
            continue
        left, right = (column_number(match[at]) for at in (1, 3))
        top, bottom = int(match[2]), int(match[4])
        rows = range(top, min(bottom, top + _MERGED[0]) + 1)
        columns = range(left, min(right, left + _MERGED[1]) + 1)
        if len(covered) > MAX_CELLS:
            break
        covered |= {(row, column): (top, left) for row in rows for column in columns}
    return covered


def _cell(shown: Shown) -> Cell:
    value, form = shown.value, shown.form
    if shown.fault:
        return Cell(text_of(shown), fault=shown.fault)
    if isinstance(value, Decimal):
        percent = is_percent(form)
        number = value * 100 if percent else value
        return Cell(plain(number), number, percent, "£" in form, shown_in=shown_in(form))
    if isinstance(value, datetime | date):
        return Cell(date_text(value, form.lower()), day=True)
    return Cell(_tidy(text_of(shown)))


def _blanks(text: str | None) -> int:
    """How many blanks stand before a text."""
    return len(text) - len(text.lstrip(" \t\xa0")) if text else 0


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())
