"""Bytes of an officer's workbook in, grids of cells out: what a reader sees, with its place.

A cell keeps its number as it is shown (0.842 as 84.2 where the format says per cent) and its text.
Merged cells are known, so that a heading over several columns is read for each of them.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.tables import MAX_CELL, csv_records, illegal_character
from reporter.sources.workbooks import check_zip, date_text, is_percent, plain, unreadable

MAX_CELLS = 400_000
MAX_SHEETS = 200
_EMPTY = 50
"""So many empty cells cost as much as one with something in it."""
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


BLANK = Cell("")


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet: its cells by row and column, and for each covered cell the first of its merge."""

    name: str
    cells: Mapping[At, Cell]
    merged: Mapping[At, At] = field(default_factory=dict)

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
    cells = {
        (row, column): Cell(_tidy(text))
        for row, record in csv_records(raw, file)
        for column, text in enumerate(record, 1)
        if text.strip()
    }
    if len(cells) > MAX_CELLS:
        raise ProblemsFoundError([_too_large(file)])
    return Grid("", cells)


def _too_large(file: str) -> Problem:
    what = f"it has more than {MAX_CELLS:,} cells with something in them"
    fix = "Keep the sheets with the figures, or save the figures as a table, one a row."
    return Problem(Place.of(file), "too-large", what, fix)


def _of_xlsx(raw: bytes, file: str) -> tuple[Grid, ...]:
    import openpyxl

    check_zip(raw, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(raw), read_only=True, data_only=True, keep_links=False, rich_text=True
            )
            room = [MAX_CELLS]
            pages = [page for page in book.worksheets if hasattr(page, "reset_dimensions")]
            return tuple(_grid(raw, page, room) for page in pages[:MAX_SHEETS])
    except _TooManyCellsError:
        raise ProblemsFoundError([_too_large(file)]) from None
    # A damaged workbook makes the library fail in many ways; nothing of ours happens in this block
    # that could.
    except Exception as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None


class _TooManyCellsError(Exception):
    """There are more cells than a workbook that people read has."""


def _grid(raw: bytes, page: Any, room: list[int]) -> Grid:
    """The cells of `page`; `room` is how many more there may be in the whole workbook."""
    page.reset_dimensions()
    cells: dict[At, Cell] = {}
    for row in page.iter_rows():
        for given in row:
            if given.value is not None and (cell := _cell(given)).text:
                cells[given.row, given.column] = cell
                room[0] -= 1
        room[0] -= len(row) // _EMPTY  # the library fills the gaps before a cell far to the right
        if room[0] < 0:
            raise _TooManyCellsError
    merges, cells_apart = _structure(raw, page._worksheet_path)
    for at, cell in cells_apart.items():
        if at not in cells or not cell.fault:
            cells[at] = cell
    covered = {
        (row, column): (top, left)
        for left, top, right, bottom in merges
        for row in range(top, min(bottom, top + 5_000) + 1)
        for column in range(left, min(right, left + 500) + 1)
    }
    return Grid(str(page.title), cells, covered)


def _structure(raw: bytes, part: str) -> tuple[list[tuple[int, int, int, int]], dict[At, Cell]]:
    """The merged ranges of a sheet, and cells that the library does not tell whole.

    Those are formulas whose result is not stored, and texts in the sheet with raised figures.
    """
    from lxml import etree
    from openpyxl.utils import coordinate_to_tuple, range_boundaries

    merges: list[tuple[int, int, int, int]] = []
    apart: dict[At, Cell] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as book, book.open(part.lstrip("/")) as stream:
        walk = etree.iterparse(
            stream, events=("end",), tag=("{*}mergeCell", "{*}c", "{*}row"),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
        for _, node in walk:
            kind = etree.QName(node).localname
            if kind == "mergeCell" and len(merges) < MAX_CELLS:
                merges.append(range_boundaries(node.get("ref")))
            elif kind == "c" and node.get("r") and _without_result(node):
                apart[coordinate_to_tuple(node.get("r"))] = Cell("(formula)", fault="no-result")
            elif kind == "c" and node.get("r") and (text := _raised(node)):
                apart[coordinate_to_tuple(node.get("r"))] = Cell(_tidy(text))
            if kind == "row":
                node.clear()
    return merges, apart


def _raised(node: Any) -> str:
    """The text of a cell that has raised figures, with those in brackets; else ""."""
    if not node.findall("{*}is//{*}vertAlign"):
        return ""
    parts = []
    for run in node.findall("{*}is/{*}r"):
        align = run.find("{*}rPr/{*}vertAlign")
        text = "".join(run.itertext("{*}t"))
        raised = align is not None and align.get("val") == "superscript"
        parts.append(f"[{text.strip()}]" if raised else text)
    return "".join(parts)


def _without_result(node: Any) -> bool:
    inner = {child.tag.rpartition("}")[2]: child for child in node}
    return "f" in inner and not (inner["v"].text if "v" in inner else "")


def _cell(given: Any) -> Cell:
    value = given.value
    if getattr(given, "data_type", "") == "e":
        return Cell(str(value), fault="error")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        return _number(value, str(given.number_format or ""))
    if isinstance(value, datetime | date):
        return Cell(date_text(value, str(given.number_format or "").lower()), day=True)
    return Cell(_tidy(_plain(value)))


def _number(value: float, number_format: str) -> Cell:
    if value != value or value in (float("inf"), float("-inf")):
        return Cell(str(value), fault="error")
    number = Decimal(format(value, ".15g"))
    percent = is_percent(number_format)
    number = number * 100 if percent else number
    return Cell(plain(number), number, percent, "£" in number_format)


def _plain(value: Any) -> str:
    """The text of a cell; a raised figure, a footnote, stands in brackets."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return str(value)
    parts = [
        f"[{block.text.strip()}]"
        if isinstance(block, TextBlock) and block.font.vertAlign == "superscript"
        else str(block)
        for block in value
    ]
    return "".join(parts)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())
