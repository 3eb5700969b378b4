"""Records in, coded columns out, within limits on rows and columns."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reporter.problems import SHOWN, Place, Problem, ProblemsFoundError, shorten
from reporter.sources.columns import Column, Rows

MAX_ROWS = 1_048_575
"""So many rows under a header as an Excel sheet can hold."""
MAX_COLUMNS = 1_000
Record = tuple[int, Sequence[str]]
"""A row's number in its file, and its cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """A table as it stands, with columns of any name, and the rows that do not fit it."""

    header: Sequence[str]
    columns: Sequence[Column]
    rows: Rows
    problems: tuple[Problem, ...] = ()


def gather(
    records: Iterator[Record],
    file: str,
    sieve: Callable[[Sequence[str]], Callable[[int, Sequence[str]], bool]] | None = None,
) -> Gathered:
    """Columns from records; blank rows are passed over, rows of another length are problems.

    `sieve` is given the header, and what it gives tells of each row whether it is kept: then only
    those count against the limit.
    """
    header = _header(records, file)
    keeps = sieve(header) if sieve else None
    index: list[dict[str, int]] = [{} for _ in header]
    codes = [array("i") for _ in header]
    numbers = array("i")
    ragged: list[Problem] = []
    count = 0
    for row, record in records:
        check_rows(len(numbers) if keeps else row - 1, file)
        if not any(cell.strip() for cell in record) or (keeps and not keeps(row, record)):
            continue
        cells = record if len(record) == len(header) else _trimmed(record, len(header))
        if len(cells) != len(header):
            count += 1
            if count <= SHOWN + 1:
                ragged.append(_ragged(file, row, len(cells), len(header)))
            continue
        numbers.append(row)
        for column, distinct, cell in zip(codes, index, cells, strict=True):
            column.append(distinct.setdefault(cell, len(distinct)))
    columns = [
        Column(np.array(column, dtype=np.int32), tuple(distinct)).stripped()
        for column, distinct in zip(codes, index, strict=True)
    ]
    rows = Rows(Column.constant(file, len(numbers)), np.array(numbers, dtype=np.int32))
    return Gathered(header, columns, rows, tuple(shorten(ragged, count)))


def _header(records: Iterator[Record], file: str) -> list[str]:
    row, first = next(records, (1, ()))
    header = [cell.strip() for cell in first]
    while header and not header[-1]:
        header.pop()
    place = Place.of(file, row=1)
    if row != 1 or not header:
        what = "the first row is empty; it must hold the names of the columns"
        raise ProblemsFoundError([Problem(place, "no-header", what, "Write them there.")])
    if len(header) > MAX_COLUMNS:
        what = f"the table has more than {MAX_COLUMNS:,} columns"
        raise ProblemsFoundError([Problem(place, "too-large", what, "Keep those that are needed.")])
    other = next((mark for mark in (";", "\t", "|") if len(header) == 1 and mark in header[0]), "")
    if other:
        mark = "a tab" if other == "\t" else repr(other)
        what = f"the columns are parted by {mark}"
        fix = "Save it again with commas; in Excel choose Save As, CSV UTF-8 (Comma delimited)."
        raise ProblemsFoundError([Problem(place, "not-commas", what, fix)])
    return header


def _trimmed(record: Sequence[str], length: int) -> Sequence[str]:
    """`record` without the blank cells that a spreadsheet leaves after the last column."""
    end = len(record)
    while end > length and not record[end - 1].strip():
        end -= 1
    return record[:end]


def _ragged(file: str, row: int, cells: int, columns: int) -> Problem:
    what = f"the row has {cells} cells, but the header has {columns} columns"
    fix = "Put quotation marks round a cell that holds a comma; add the commas of empty cells."
    return Problem(Place.of(file, row=row), "ragged-row", what, fix)


def check_rows(count: int, file: str) -> None:
    """Refuse a table of `count` rows if they are too many."""
    if count > MAX_ROWS:
        what = f"the table has more than {MAX_ROWS:,} rows"
        fix = "Keep the areas and indicators that the report needs."
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", what, fix)])
