"""The workbook inside a chart of Word's own: one sheet, names down, series across, gaps empty.

XlsxWriter makes an empty workbook once for each number format; the rows are then written into a
copy of it, which takes a tenth of the time of a workbook made anew for every chart. Parts are not
packed here: the Word file that holds the workbook is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from reporter.charts.grids import Column, Grid
from reporter.charts.parts import said
from reporter.package import zipped

SHEET = "Sheet1"  # as the chart part's references name it
_TIME = datetime(2000, 1, 1)
_DAY_0 = date(1899, 12, 30)
_WIDTH = 24
_COLUMNS = 50  # as many have this width; a chart has a few series
_SHEET_PART = "xl/worksheets/sheet1.xml"
# In the order in which the empty workbook uses them.
_PLAIN, _MONTH_STYLE, _FIGURE_STYLE, _WORDS_STYLE = range(4)
MONTHS = "[$-809]mmmm yyyy"
"""The number format of a month, in British English wherever it is opened."""


def day_number(day: date) -> int:
    """`day` as a workbook counts it."""
    return (day - _DAY_0).days


def months_before(day: date, months: int) -> date:
    """The first of the month that lies `months` before that of `day`."""
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months lie between two days."""
    return (last.year - first.year) * 12 + last.month - first.month


def workbook_of(grid: Grid, number_format: str) -> bytes:
    """`grid` as an .xlsx file: the same grid, the same bytes."""
    last = f"{xl_col_to_name(len(grid.columns))}{len(grid.names) + 1}"
    return _book(_rows(grid), last, number_format)


def workbook_of_columns(columns: Sequence[Column], number_format: str) -> bytes:
    """Columns of figures, each as long as it is; the figures of "across" are plain numbers."""
    longest = max(len(column.values) for column in columns)
    last = f"{xl_col_to_name(len(columns) - 1)}{longest + 1}"
    return _book(_rows_of_columns(columns, longest), last, number_format)


def _book(rows: Iterator[str], last: str, number_format: str) -> bytes:
    """A workbook with these rows, whose last cell is `last`."""
    parts = dict(_empty(number_format))
    parts[_SHEET_PART] = _filled(parts[_SHEET_PART].decode(), rows, last).encode()
    return zipped(parts, pack=False)


@lru_cache(maxsize=16)
def _empty(number_format: str) -> Mapping[str, bytes]:
    """The parts of a workbook whose one sheet holds a month, a figure and a name, to show their
    styles."""
    packed = io.BytesIO()
    with Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"created": _TIME})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, _COLUMNS, _WIDTH)
        sheet.write_number(0, 0, 0, book.add_format({"num_format": MONTHS, "align": "left"}))
        sheet.write_number(0, 1, 0, book.add_format({"num_format": number_format}))
        sheet.write_string(0, 2, "", book.add_format({"quote_prefix": True}))
    with zipfile.ZipFile(packed) as made:
        return {name: made.read(name) for name in made.namelist()}


def _filled(sheet: str, rows: Iterator[str], last: str) -> str:
    """The part of the empty sheet with `rows` in place of its own."""
    before, _, rest = sheet.partition("<sheetData>")
    after = rest.partition("</sheetData>")[2]
    before = before.replace('<dimension ref="A1:C1"/>', f'<dimension ref="A1:{last}"/>')
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def _rows_of_columns(columns: Sequence[Column], longest: int) -> Iterator[str]:
    named = [(xl_col_to_name(at), column) for at, column in enumerate(columns)]
    heads = (_words(f"{at}1", column.name) for at, column in named)
    yield f'<row r="1">{"".join(heads)}</row>'
    for i in range(longest):
        cells = (
            _number(f"{at}{i + 2}", value, _PLAIN if one.role == "across" else _FIGURE_STYLE)
            for at, one in named
            if i < len(one.values) and (value := one.values[i]) is not None
        )
        yield f'<row r="{i + 2}">{"".join(cells)}</row>'


def _rows(grid: Grid) -> Iterator[str]:
    letters = [xl_col_to_name(at + 1) for at in range(len(grid.columns))]
    heads = (
        _words(f"{at}1", column.name) for at, column in zip(letters, grid.columns, strict=True)
    )
    yield f'<row r="1">{"".join(heads)}</row>'
    for i, name in enumerate(grid.names):
        row = i + 2
        days = _number(f"A{row}", day_number(grid.dates[i]), _MONTH_STYLE) if grid.dates else ""
        cells = (
            _number(f"{at}{row}", value, _FIGURE_STYLE)
            for at, column in zip(letters, grid.columns, strict=True)
            if (value := column.values[i]) is not None
        )
        yield f'<row r="{row}">{days or _words(f"A{row}", name)}{"".join(cells)}</row>'


def _words(cell: str, text: str) -> str:
    """A cell with words: never a formula, even if they begin with an equals sign and are edited."""
    inside = f'<is><t xml:space="preserve">{said(text)}</t></is>'
    return f'<c r="{cell}" s="{_WORDS_STYLE}" t="inlineStr">{inside}</c>'


def _number(cell: str, value: float, style: int) -> str:
    return f'<c r="{cell}" s="{style}"><v>{value!r}</v></c>'
