"""Bytes of a CSV, Excel or Parquet file in, columns of text out; knows nothing of what they mean.

Every cell is read as text (STANDARDS 3.1.5). Files are hostile until read: they are limited in
size, and control characters are refused (6.3).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import IO

import numpy as np

from reporter.problems import Place, Problem, ProblemsFoundError, closest, shorten
from reporter.sources.columns import Column, Rows
from reporter.sources.csvlines import CsvLines
from reporter.sources.personal import personal_heading, personal_problem, personal_texts
from reporter.sources.records import Gathered, Record, check_rows, gather
from reporter.sources.sieve import Sieve

MAX_BYTES = 500_000_000
MAX_CELL = 2_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Form:
    """What a table should look like: its name in messages and the columns that it may have.

    With `others`, it may have any further column too. `sheets` are other names of its sheet in a
    workbook; `may_be_empty` is whether it may have no rows.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    others: bool = False
    sheets: tuple[str, ...] = ()
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of text by name, where their rows stand, and what was wrong with the file."""

    columns: Mapping[str, Column]
    rows: Rows
    problems: tuple[Problem, ...] = ()


def stacked(tables: Sequence[Table]) -> Table:
    """The rows of all `tables` in one; a column that one of them lacks is empty there."""
    names = dict.fromkeys(name for table in tables for name in table.columns)
    columns = {
        name: Column.concat(
            [t.columns.get(name, Column.constant("", len(t.rows.row))) for t in tables]
        )
        for name in names
    }
    files = Column.concat([table.rows.file for table in tables])
    numbers = np.concatenate([table.rows.row for table in tables])
    cells = Column.concat([table.rows.cells() for table in tables])
    return Table(columns, Rows(files, numbers, cells))


def read_table(raw: bytes, file: str, form: Form, rows: int | None = None) -> Table:
    """The table in `raw`; the kind of file is told by the name's ending.

    Of a CSV file or a workbook no more than the first `rows` are read, where that is given. Raises
    `ProblemsFoundError` where no row could be read; else the faults are in the table.
    """
    ending = PurePosixPath(file).suffix.lower()
    if ending == ".csv":
        records = csv_records(raw, file) if rows is None else _streamed(io.BytesIO(raw), file)
        return _held(gather(_first(records, rows), file), file, form)
    if ending == ".xlsx":
        from reporter.sources.workbooks import xlsx_records

        found: list[Problem] = []
        records = xlsx_records(raw, file, form.name, found, form.sheets)
        return _held(gather(_first(records, rows), file), file, form, found)
    if ending == ".parquet":
        from reporter.sources.parquet import parquet_columns

        return checked(*parquet_columns(raw, file), file, form)
    what = f"files ending in {ending!r} are not read" if ending else "the name has no ending"
    fix = "Save the figures as CSV UTF-8 (.csv), as an Excel workbook (.xlsx) or as .parquet."
    raise ProblemsFoundError([Problem(Place.of(file), "unknown-file-kind", what, fix)])


def _first(records: Iterator[Record], rows: int | None) -> Iterator[Record]:
    """The header and the first `rows`, or all."""
    return records if rows is None else islice(records, rows + 1)


def csv_table(source: IO[bytes], file: str, form: Form, sieve: Sieve) -> Table:
    """The rows of the CSV file `source` that `sieve` keeps, however many the others are.

    Raises as `read_table` does.
    """
    with closing(_streamed(source, file)) as records:
        found = _held(gather(records, file, sieve.of), file, form)
    return Table(sieve.known(found.columns), found.rows, found.problems)


def csv_records(raw: bytes, file: str) -> Iterator[Record]:
    """The records of a CSV file with their row numbers, the header first."""
    if not (b'"' in raw or b"\0" in raw[:8]):  # every line is a row: too many need not be read
        check_rows(raw.count(b"\n") - 1, file)
    return _streamed(io.BytesIO(raw), file)


def _streamed(source: IO[bytes], file: str) -> Generator[Record, None, None]:
    lines = CsvLines(source, file)
    row = 0
    try:
        for row, record in enumerate(csv.reader(lines, strict=True, delimiter=lines.mark), 1):
            lines.used = 0
            yield row, record
    except csv.Error as error:
        what = f"the row cannot be read: {error}"
        fix = "Check the quotation marks: round the whole cell, and doubled within it."
        place = Place.of(file, row=row + 1)
        raise ProblemsFoundError([Problem(place, "bad-csv", what, fix)]) from None
    finally:
        lines.stream.detach()  # so that `source` is closed by whoever opened it


def _held(found: Gathered, file: str, form: Form, others: Sequence[Problem] = ()) -> Table:
    """What was gathered as a table of that form, with all that was found wrong."""
    table = checked(found.header, found.columns, found.rows, file, form)
    return Table(table.columns, table.rows, (*found.problems, *others, *table.problems))


def checked(
    header: Sequence[str], columns: Sequence[Column], rows: Rows, file: str, form: Form
) -> Table:
    """The table of `columns`, its header held against `form` and its cells looked through."""
    found = list(_check_header(header, file, form))
    kept: dict[str, Column] = {}
    for name, column in zip(header, columns, strict=True):
        found += _check_cells(name, column, rows)
        if kind := personal_texts(column.texts):
            file = rows.file.text(0) if len(rows.row) else file
            found.append(personal_problem(Place.of(file, column=_shown(name)), kind))
        if name and (form.others or name in (*form.required, *form.optional)):
            kept.setdefault(name, column)
    if not len(rows.row) and not form.may_be_empty:
        what = "there are no rows under the header"
        fix = f"Write the {form.name} there, one a row."
        found.append(Problem(Place.of(file, row=1), "no-rows", what, fix))
    return Table(kept, rows, tuple(found))


def _check_header(header: Sequence[str], file: str, form: Form) -> Iterable[Problem]:
    place = Place.of(file, row=1)
    allowed = (*form.required, *form.optional)
    names = list(header)
    unknown: list[Problem] = []
    for name in dict.fromkeys(names):
        shown = _shown(name)
        if name not in allowed and (kind := personal_heading(name)):
            yield personal_problem(Place.of(file, row=1, column=shown), kind)
        elif name in allowed or (form.others and name):
            if names.count(name) > 1:
                what, fix = f"the column {shown!r} stands more than once", "Keep one of them."
                yield Problem(Place.of(file, row=1, column=shown), "repeated-column", what, fix)
        elif not name:
            what = "a column has no name"
            yield Problem(place, "unnamed-column", what, "Name it, or delete it.")
        else:
            unknown.append(_unknown_column(name, shown, file, allowed, names))
    yield from shorten(unknown)
    for name in form.required:
        if name not in names:
            what = f"the column {name!r} is missing"
            near = closest(name, [other for other in names if other not in allowed])
            fix = (
                f"Rename {_shown(near)!r}."
                if near
                else f"Columns needed: {', '.join(form.required)}."
            )
            yield Problem(place, "missing-column", what, fix)


def _unknown_column(
    name: str, shown: str, file: str, allowed: Sequence[str], names: Sequence[str]
) -> Problem:
    near = closest(name, [other for other in allowed if other not in names])
    fix = f"Did you mean {near!r}? " if near else ""
    fix += f"Rename or delete it; columns are {', '.join(allowed)}."
    place = Place.of(file, row=1, column=shown)
    return Problem(place, "unknown-column", f"there is no column {shown!r}", fix)


def _shown(text: str) -> str:
    """`text` fit for a message: short, and without control characters."""
    return _ILLEGAL.sub("\ufffd", text if len(text) <= 60 else f"{text[:57]}...")


def illegal_character(text: str) -> str:
    """The first character of `text` that no document can hold; empty where all are sound."""
    found = _ILLEGAL.search(text)
    return found.group() if found else ""


def _check_cells(name: str, column: Column, rows: Rows) -> list[Problem]:
    column_name = _shown(name)

    def illegal(row: int) -> str:
        match = _ILLEGAL.search(column.text(row))
        number = ord(match.group()) if match else 0
        return f"the control character U+{number:04X} cannot stand in a document"

    found = rows.problems(
        column.where(lambda text: bool(_ILLEGAL.search(text))), column_name, "control-character",
        illegal, "Delete it, and ask where the file comes from.",
    )  # fmt: skip
    found += rows.problems(
        column.where(lambda text: len(text) > MAX_CELL), column_name, "too-large",
        lambda row: f"the cell holds {len(column.text(row)):,} characters",
        f"A cell may hold {MAX_CELL:,}; look for a quotation mark that is not closed.",
    )  # fmt: skip
    return found
