"""Bytes of an Excel workbook in, records of text out: what a reader sees in the cells, not more.

A workbook is a zip from anywhere: its entries are counted and measured before it is opened (6.3.1),
and a formula whose result is not stored is a fault, not a blank (6.3.6).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError, shorten

MAX_ENTRIES = 2_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
MAX_ROWS = 1_048_576
MAX_COLUMNS = 200
_PERCENT, _NO_RESULT = "percent-cell", "formula-without-result"


def xlsx_records(
    raw: bytes, file: str, sheet: str, found: list[Problem]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The records of the sheet called `sheet`, or of the only one, with their row numbers.

    Cells whose text cannot be told are added to `found`.
    """
    _check_zip(raw, file)
    cells = _cells(raw, file, sheet, data_only=True)
    formulas: list[tuple[Any, ...]] | None = None
    faults: dict[str, list[Problem]] = {_PERCENT: [], _NO_RESULT: []}
    header: list[str] = []
    for row, record in enumerate(cells, 1):
        texts = []
        for at, (value, number_format) in enumerate(record):
            column = header[at] if at < len(header) else str(at + 1)
            place = Place.of(file, row=row, column=column)
            if value is None and row > 1:
                formulas = formulas or _cells(raw, file, sheet, data_only=False)
                if _is_formula(formulas, row, at):
                    faults[_NO_RESULT].append(_no_result(place))
            if isinstance(value, int | float) and "%" in number_format:
                faults[_PERCENT].append(_percent(place, value))
            texts.append(_text(value, number_format))
        header = header or [text.strip() for text in texts]
        yield row, texts
    for problems in faults.values():
        found += shorten(problems)


def _check_zip(raw: bytes, file: str) -> None:
    """Refuse what is no zip, or one that would unpack to far more than it is."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ProblemsFoundError([_unreadable(file, error)]) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(packed, 10_000)
    ):
        what = f"the workbook unpacks to {unpacked:,} bytes in {len(entries):,} parts"
        fix = "Copy the sheet with the figures into a new workbook, or save it as CSV UTF-8."
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", what, fix)])


def _unreadable(file: str, error: Exception) -> Problem:
    words = str(error).splitlines() or [type(error).__name__]
    what = f"this cannot be read as an Excel workbook: {words[0][:200]}"
    fix = (
        "Open it in Excel and save it again as .xlsx, without a password; or save it as CSV UTF-8."
    )
    return Problem(Place.of(file), "bad-workbook", what, fix)


def _cells(raw: bytes, file: str, sheet: str, *, data_only: bool) -> list[tuple[Any, ...]]:
    """(value, number format) of every cell, row by row."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False, keep_vba=False
        )
        wanted = sheet if sheet in book.sheetnames else book.sheetnames[0]
        several = len(book.sheetnames) > 1 and wanted != sheet
        rows: list[tuple[Any, ...]] = []
        if not several:
            page = book[wanted]
            page.reset_dimensions()
            for row in page.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
                rows.append(tuple((cell.value, cell.number_format or "") for cell in row))
    # A damaged workbook makes the library fail in many ways; none of them is a fault of ours, since
    # nothing else happens in this block.
    except Exception as error:
        raise ProblemsFoundError([_unreadable(file, error)]) from None
    if several:
        names = ", ".join(book.sheetnames[:10])
        what = f"the workbook has several sheets ({names}), and none is called {sheet!r}"
        fix = f"Call the sheet to be read {sheet!r}, or keep only one."
        raise ProblemsFoundError([Problem(Place.of(file), "which-sheet", what, fix)])
    return rows


def _is_formula(formulas: list[tuple[Any, ...]], row: int, at: int) -> bool:
    record = formulas[row - 1] if row <= len(formulas) else ()
    return at < len(record) and record[at][0] is not None


def _no_result(place: Place) -> Problem:
    what = "the cell holds a formula whose result is not stored"
    fix = "Open the workbook in Excel and save it, or paste the values in place of the formulas."
    return Problem(place, _NO_RESULT, what, fix)


def _percent(place: Place, value: float) -> Problem:
    what = f"the cell shows {value * 100:.4g}%, but what it holds is {value:g}"
    fix = f"Write {value * 100:.4g} and format the cell as a number."
    return Problem(place, _PERCENT, what, fix)


def _text(value: Any, number_format: str) -> str:
    """What a reader sees: numbers to the 15 digits that Excel keeps, dates by the cell's format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime | date):
        return _date_text(value, number_format.lower())
    return value.isoformat() if isinstance(value, time) else str(value)


def _date_text(value: date, number_format: str) -> str:
    """Excel makes a day of a typed 2019-05; a format without a day shows a month was meant."""
    if "d" in number_format or "y" not in number_format:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in number_format else value.strftime("%Y")
