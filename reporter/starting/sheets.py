"""Workbooks that people read and fill in: sheets of text, with lists to choose from.

Every cell is written as what it is, so that a text that begins with "=" is never a formula, nor
becomes one when its cell is edited or saved; and nothing is stamped with the clock.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_TIME = datetime(2000, 1, 1)
_ROWS_TO_FILL = 2_000
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
_RISKY = re.compile(r"\s*[-=+@]|[\t\r]")
"""How a text begins that a spreadsheet could take for a formula (STANDARDS 6.3.11)."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "top"},
    "look": {"bg_color": "#FFF2CC", "text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "plain": {"valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: a row of headings and rows of text; digits are written as numbers.

    `highlight` are columns (from 0) that are to be looked at. `choices` are lists by column,
    `notes` remarks on headings by column. A page without headings is a page of prose.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    highlight: tuple[int, ...] = ()
    choices: Mapping[int, str] = field(default_factory=dict)
    """By column the range of a sheet that holds the list: =lists!$A$2:$A$9."""
    notes: Mapping[int, str] = field(default_factory=dict)
    texts: tuple[int, ...] = ()
    """Columns whose digits are text: a code "1.10" would come back from a number as 1.1."""


def workbook_of(pages: Sequence[Page]) -> bytes:
    """The pages as an .xlsx file: the same pages, the same bytes."""
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    with Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"created": _TIME})
        styles = {name: book.add_format(look) for name, look in _LOOKS.items()}
        styles |= {
            f"{name} quoted": book.add_format({**look, "quote_prefix": True})
            for name, look in _LOOKS.items()
        }
        for page in pages:
            _write(book.add_worksheet(page.name), page, styles)
    return packed.getvalue()


def _write(sheet: Any, page: Page, styles: Mapping[str, Any]) -> None:
    start = 1 if page.headings else 0
    for column, heading in enumerate(page.headings):
        sheet.write_string(0, column, heading, styles["head"])
        if note := page.notes.get(column):
            sheet.write_comment(0, column, note, {"x_scale": 2})
    if page.headings:
        sheet.freeze_panes(1, 0)
    widths = [len(heading) + 2 for heading in page.headings] or [100]
    for column in page.texts:
        sheet.set_column(column, column, None, styles["text"])
    for row, cells in enumerate(page.rows, start):
        for column, text in enumerate(cells):
            if column < len(widths):
                widths[column] = max(widths[column], min(len(text) + 2, 60))
            _cell(sheet, row, column, text, page, styles)
    for column, width in enumerate(widths):
        style = styles["text"] if column in page.texts else None
        sheet.set_column(column, column, width, style)
    for column, source in page.choices.items():
        sheet.data_validation(
            1, column, _ROWS_TO_FILL, column,
            {"validate": "list", "source": source, "error_type": "warning",
             "error_title": "Not on the list", "error_message": "Choose from the list."},
        )  # fmt: skip


def _cell(
    sheet: Any, row: int, column: int, text: str, page: Page, styles: Mapping[str, Any]
) -> None:
    if not text:
        return
    look = "look" if column in page.highlight else "plain"
    if not page.headings:
        look = "wrap"
    if column in page.texts:
        look = "text"
    elif _NUMBER.fullmatch(text):
        sheet.write_number(row, column, float(text), styles[look])
        return
    quoted = " quoted" if _RISKY.match(text) else ""
    sheet.write_string(row, column, text, styles[f"{look}{quoted}"])
