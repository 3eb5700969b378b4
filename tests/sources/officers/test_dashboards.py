"""Workbooks of many kinds more: every number in them is read as what it is, or told with a reason.

The numbers are read again with openpyxl alone; what each is of is written beside its workbook.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from reporter.sources import convert_workbook
from tests.sources.officers.dashboards import MADE, Kind, Stated
from tests.sources.officers.own_reader import number_in
from tests.sources.officers.packages import PACKED
from tests.sources.officers.returns import RETURNS
from tests.sources.officers.scorecards import PIECES, struck

ALL = (*MADE, *PACKED, *PIECES, *RETURNS)
FIELDS = ("of", "a", "i", "c", "p", "t")


def said(*texts: str) -> dict[str, str]:
    """What rows and columns say together; `+` before words adds them to what is there."""
    found: dict[str, str] = {}
    for text in texts:
        for word in text.split():
            name, _, value = word.partition(":")
            if f"{name}!" in found:
                continue
            if name.endswith("!"):
                found[name] = value
                name = name[0]
            value = value.replace("_", " ") if name in "ac" else value
            found[name] = found[name] + value[1:] if value.startswith("+") else value
    return found


def expected(stated: Stated, page: Any) -> dict[str, tuple[Any, ...]]:
    """By cell what it is of, and its number."""
    found = {}
    for row, about in stated.rows.items():
        for column, beside in stated.columns.items():
            number = number_in(page[f"{column}{row}"])
            if number is None:
                continue
            words = said("of:value a:Exampleford c:", about, beside)
            number *= Decimal(words.pop("x", "1"))
            found[f"{page.title}!{column}{row}"] = (*(words[name] for name in FIELDS), number)
    return found


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_every_number_is_of_what_its_row_and_column_say(make: Callable[[], Kind]) -> None:
    kind = make()
    found = convert_workbook(kind.raw, kind.file, "Exampleford")
    book = openpyxl.load_workbook(io.BytesIO(kind.twin or kind.raw), data_only=True)
    wanted: dict[str, tuple[Any, ...]] = {}
    for stated in kind.stated:
        wanted |= expected(stated, book[stated.sheet or book.sheetnames[0]])
    read = {
        one.cell: (one.amount, one.area, one.indicator, one.category, one.period, one.period_type,
                   one.figure.number)
        for one in found.mapped.found if one.figure.number is not None
    }  # fmt: skip
    assert read == wanted
    assert len(wanted) >= 5
    asked = {problem.place.at.rpartition("!")[2] for problem in found.mapped.problems}
    assert asked == set(kind.settle)


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_what_is_no_figure_is_told_with_its_reason(make: Callable[[], Kind]) -> None:
    kind = make()
    found = convert_workbook(kind.raw, kind.file, "Exampleford")
    book = openpyxl.load_workbook(io.BytesIO(kind.twin or kind.raw), data_only=True)
    read = {one.cell for one in found.mapped.found}
    aside = {one.cell: one.why for one in found.mapped.aside}
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                name = f"{page.title}!{cell.coordinate}"
                if number_in(cell) is None or name in read:
                    continue
                keys = (cell.coordinate, str(cell.row), cell.column_letter)
                reason = next((kind.aside[key] for key in keys if key in kind.aside), None)
                asked = cell.coordinate in kind.settle
                assert reason is not None or asked, f"{name} is neither read nor expected aside"
                assert name in aside or asked, f"{name} is not told"
                assert reason is None or reason in aside[name]


def test_what_is_struck_out_is_told_and_never_run_together() -> None:
    found = convert_workbook(struck(), "struck.xlsx", "Exampleford")
    assert "# guess: is read, though it is struck out: B3, C3" in found.text
    (problem,) = found.mapped.problems
    assert problem.place.at == "cell Sheet!C2"
    assert "~~11~~0" in problem.what
