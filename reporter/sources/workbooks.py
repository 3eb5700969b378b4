"""Bytes of an Excel workbook in, records of text out: what a reader sees in the cells, not more.

A workbook is a zip from anywhere: its entries are counted and measured before it is opened (6.3.1),
and a formula whose result is not stored is a fault, not a blank (6.3.6).
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError, shorten

MAX_ENTRIES = 2_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
MAX_ROWS = 1_048_576
MAX_CELLS = 4_000_000
_Cells = tuple[tuple[Any, str], ...]
_BAD_ZIP = (
    zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What the zip library raises for a damaged, truncated, unsupported or encrypted file."""
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_NO_RESULT = "formula-without-result"


def xlsx_records(
    raw: bytes, file: str, sheet: str, found: list[Problem], also: Sequence[str] = ()
) -> Iterator[tuple[int, Sequence[str]]]:
    """The records of the sheet called `sheet` or as in `also`, or of the only one, with their rows.

    Cells whose text cannot be told are added to `found`.
    """
    check_zip(raw, file)
    called = (sheet, *also)
    rows = _cells(raw, file, called, data_only=True)
    formulas = _cells(raw, file, called, data_only=False) if _has_formulas(raw, file) else {}
    header: list[str] = []
    no_results: list[Problem] = []
    for row, record in rows.items():
        for at, (value, _) in enumerate(record):
            if value is None and _is_formula(formulas, row, at):
                no_results.append(_no_result(_place(file, row, at, header)))
        texts = [_text(*cell) for cell in record]
        header = header or [text.strip() for text in texts]
        # A sheet has no short rows: what is not stored on the right is blank.
        yield row, texts + [""] * (len(header) - len(texts))
    found += shorten(no_results)


def _place(file: str, row: int, at: int, header: Sequence[str]) -> Place:
    return Place.of(file, row=row, column=header[at] if at < len(header) else at + 1)


def check_zip(raw: bytes, file: str) -> None:
    """Refuse what is no zip, or one that would unpack to far more than it is."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except _BAD_ZIP as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None
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


def unreadable(file: str, error: Exception) -> Problem:
    """That the library could not make a workbook of `file`."""
    words = str(error).splitlines() or [type(error).__name__]
    what = f"this cannot be read as an Excel workbook: {words[0][:200]}"
    fix = (
        "Open it in Excel and save it again as .xlsx, without a password; or save it as CSV UTF-8."
    )
    return Problem(Place.of(file), "bad-workbook", what, fix)


def _cells(raw: bytes, file: str, called: Sequence[str], *, data_only: bool) -> dict[int, _Cells]:
    """(value, number format) of every cell, by row number; rows without any cell are left out."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read, such as drop-down lists
            book = openpyxl.load_workbook(
                io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False
            )
        names = {name.strip().casefold(): name for name in reversed(book.sheetnames)}
        meant = next((names[name] for name in called if name in names), "")
        several = len(names) > 1 and not meant
        rows = {} if several else _filled(book[meant or book.sheetnames[0]])
    # A damaged workbook makes the library fail in many ways; none of them is a fault of ours, since
    # nothing else happens in this block.
    except Exception as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None
    if several:
        sheets = ", ".join(book.sheetnames[:10])
        what = f"the workbook has several sheets ({sheets}); none is {called[-1]!r}"
        fix = f"Call the sheet to be read {called[-1]!r}, or keep only one."
        raise ProblemsFoundError([Problem(Place.of(file), "which-sheet", what, fix)])
    return rows


def _filled(page: Any) -> dict[int, _Cells]:
    """The rows of a sheet that have cells; what the file says of its own size is not believed.

    The library fills up gaps before a cell far to the right, so its cells are counted on the way.
    """
    page.reset_dimensions()
    rows: dict[int, _Cells] = {}
    count = 0
    for number, row in enumerate(page.iter_rows(max_row=MAX_ROWS), 1):
        count += len(row)
        if count > MAX_CELLS:
            raise ValueError(f"it has more than {MAX_CELLS:,} cells")
        if row:
            rows[number] = tuple(_cell(cell) for cell in row)
    return rows


def _cell(cell: Any) -> tuple[Any, str]:
    """The value and, where it decides what is shown, the number format, which is slow to find."""
    value = cell.value
    return value, "" if value is None or isinstance(value, str) else cell.number_format or ""


def _has_formulas(raw: bytes, file: str) -> bool:
    """Whether any sheet holds a formula: only then are the formulas read too."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            return any(_FORMULA.search(book.read(name)) for name in sheets)
    except _BAD_ZIP as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None


def _is_formula(formulas: Mapping[int, _Cells], row: int, at: int) -> bool:
    record = formulas.get(row, ())
    return at < len(record) and record[at][0] is not None


def _no_result(place: Place) -> Problem:
    what = "the cell holds a formula whose result is not stored"
    fix = "Open the workbook in Excel and save it, or paste the values in place of the formulas."
    return Problem(place, _NO_RESULT, what, fix)


def is_percent(number_format: str) -> bool:
    """Whether a format shows a hundred times the number: a % that is only text does not."""
    return "%" in _LITERAL.sub("", number_format)


def _text(value: Any, number_format: str) -> str:
    """What a reader sees: numbers to the 15 digits that Excel keeps, dates by the cell's format.

    A share that is shown as 84.2% is 84.2, as the tidy form writes percentages.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        return plain(number * 100) if is_percent(number_format) else format(number, "f")
    if isinstance(value, datetime | date):
        return date_text(value, number_format.lower())
    return value.isoformat() if isinstance(value, time) else str(value)


def plain(number: Decimal) -> str:
    """The digits of `number`, without an exponent and without noughts at the end of a fraction."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def date_text(value: date, number_format: str) -> str:
    """Excel makes a day of a typed 2019-05; a format without a day shows a month was meant."""
    if "d" in number_format or "y" not in number_format:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in number_format else value.strftime("%Y")
