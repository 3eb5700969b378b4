"""Bytes of an Excel workbook in, records of text out: what a reader sees in the cells, not more.

A formula whose result is not stored is a fault, not a blank (STANDARDS 6.3.6).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from reporter.problems import Place, Problem, ProblemsFoundError, shorten
from reporter.sources.xlsx import Raw, Shape, SheetPart, Workbook, opened

Value = str | bool | Decimal | date | time | timedelta
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
"""What a number format shows as it stands, and its conditions and colours."""
_KNOWN = 100_000
"""So many texts of cells are kept with what they show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown: `value` is the number, date or text, `form` its number format.

    `fault` is `error` for an error of Excel's own, and `no-result` for a formula without a result.
    """

    value: Value
    form: str = ""
    fault: str = ""


@dataclass(slots=True)
class Reader:
    """Makes of stored cells what they show, each text of a style once."""

    book: Workbook
    known: dict[Raw, str] = field(default_factory=dict)
    dates: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """By number format, whether it shows a date, and whether a length of time."""

    def shown(self, raw: Raw) -> Shown:
        """What a reader sees in the cell."""
        _, kind, text, style = raw
        if text is None:
            return Shown("(formula)", fault="no-result")
        if kind in ("str", "inlineStr"):
            return Shown(text)
        if kind == "e":
            return Shown(text, fault="error")
        if kind == "b":
            return Shown(text.strip() in ("1", "true"))
        form = self.book.formats[style] if style < len(self.book.formats) else ""
        return _dated(text, form) if kind == "d" else self._number(text, form)

    def text(self, raw: Raw) -> str:
        """The same as text; each of a style once, where there are many."""
        _, kind, text, style = raw
        if text is not None and kind in ("str", "inlineStr"):
            return text
        key = (0, kind, text, style)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > _KNOWN:
                self.known.clear()
            found = self.known[key] = text_of(self.shown(raw))
        return found

    def _number(self, text: str, form: str) -> Shown:
        try:
            number = float(text)
        except ValueError:
            return Shown(text[:100], fault="error")
        if not math.isfinite(number):
            return Shown(text[:100], fault="error")
        dated, long = self._dates(form)
        if not dated:
            return Shown(Decimal(format(number, ".15g")), form)
        from openpyxl.utils.datetime import from_excel

        try:
            day = from_excel(number, self.book.epoch, timedelta=long)
        except (ValueError, OverflowError):
            return Shown("#VALUE!", form, fault="error")
        return Shown(day, form)

    def _dates(self, form: str) -> tuple[bool, bool]:
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format

        found = self.dates.get(form)
        if found is None:
            found = self.dates[form] = (is_date_format(form), is_timedelta_format(form))
        return found


def _dated(text: str, form: str) -> Shown:
    """A date that is stored as ISO 8601."""
    from openpyxl.utils.datetime import from_ISO8601

    try:
        return Shown(from_ISO8601(text), form)
    except (ValueError, OverflowError, TypeError):
        return Shown(text[:100], fault="error")


def xlsx_records(
    raw: bytes, file: str, sheet: str, found: list[Problem], also: Sequence[str] = ()
) -> Iterator[tuple[int, Sequence[str]]]:
    """The records of the sheet called `sheet` or as in `also`, or of the only one, with their rows.

    Cells whose text cannot be told are added to `found`.
    """
    book = opened(raw, file)
    reader = Reader(book)
    header: list[str] = []
    no_results: list[Problem] = []
    for row, cells in book.rows(_meant(book, file, (sheet, *also)), Shape()):
        # A sheet has no short rows: what is not stored on the right is blank.
        texts = [""] * max(cells[-1][0], len(header))
        for cell in cells:
            column, kind, text, _ = cell
            if text is None:
                no_results.append(_no_result(_place(file, row, column, header)))
            else:
                texts[column - 1] = text if kind == "str" else reader.text(cell)
        header = header or [text.strip() for text in texts]
        yield row, texts
    found += shorten(no_results)


def _meant(book: Workbook, file: str, called: Sequence[str]) -> SheetPart:
    """The sheet with one of the names `called`, else the only one."""
    names = {sheet.name.strip().casefold(): sheet for sheet in reversed(book.sheets)}
    meant = next((names[name] for name in called if name in names), None)
    if meant or len(names) == 1:
        return meant or book.sheets[0]
    sheets = ", ".join(sheet.name for sheet in book.sheets[:10])
    what = f"the workbook has several sheets ({sheets}); none is {called[-1]!r}"
    fix = f"Call the sheet to be read {called[-1]!r}, or keep only one."
    raise ProblemsFoundError([Problem(Place.of(file), "which-sheet", what, fix)])


def _place(file: str, row: int, column: int, header: Sequence[str]) -> Place:
    name = header[column - 1] if column <= len(header) else column
    return Place.of(file, row=row, column=name)


def _no_result(place: Place) -> Problem:
    what = "the cell holds a formula whose result is not stored"
    fix = "Open the workbook in Excel and save it, or paste the values in place of the formulas."
    return Problem(place, "formula-without-result", what, fix)


def is_percent(number_format: str) -> bool:
    """Whether a format shows a hundred times the number: a % that is only text does not."""
    return "%" in number_format and "%" in _LITERAL.sub("", number_format)


def shown_in(number_format: str) -> int:
    """Of how many a format shows the number: 1000 for #,##0, with a comma at its end."""
    if "," not in number_format:
        return 1
    bare = _LITERAL.sub("", number_format.partition(";")[0])
    match = re.search(r"[0#?](,+)[^0#?,]*$", bare)
    return 1000 ** len(match[1]) if match else 1


def text_of(cell: Shown) -> str:
    """What a reader sees: numbers to the 15 digits that Excel keeps, dates by the cell's format.

    A share that is shown as 84.2% is 84.2, as the tidy form writes percentages.
    """
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        return plain(value * 100) if is_percent(cell.form) else format(value, "f")
    if isinstance(value, datetime | date):
        return date_text(value, cell.form.lower())
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
