"""Workbooks of forms of their own: formulas, Excel tables, other epochs, Strict Open XML, formats.

What each number is of is written beside it, as in `dashboards`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import xlsxwriter

from tests.sources.officers.dashboards import Kind, Stated


def packed(fill: Callable[[Any], None], **options: Any) -> bytes:
    raw = io.BytesIO()
    made = xlsxwriter.Workbook(raw, {"in_memory": True, **options})
    fill(made)
    made.close()
    return raw.getvalue()


def changed(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with each part as `change` makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def formulas() -> Kind:
    """Formulas with results, errors, a sheet of a chart, a very hidden list and a named range."""

    def fill(made: Any) -> None:
        page, shares = made.add_worksheet("Card"), made.add_format({"num_format": "0.0%"})
        rows = [
            ["Indicator", "Numerator", "Denominator", "Q1 2025/26", "Target", "Var"],
            ["Visits in time", 88, 100], ["Reviews in time", 41, 0], ["Plans in time", 12, 16],
        ]  # fmt: skip
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
        for at, result in enumerate((0.88, "#DIV/0!", 0.75), 2):
            page.write_formula(f"D{at}", f"=B{at}/C{at}", shares, result)
            page.write_number(f"E{at}", 0.9, shares)
            page.write_formula(f"F{at}", f"=D{at}-E{at}", shares, -0.15 if at == 4 else -0.02)
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Card!$D$2:$D$4"})
        made.add_chartsheet("Chart").set_chart(chart)
        codes = made.add_worksheet("Lookup")
        codes.write_row(0, 0, ["Code", "Name"])
        codes.write_row(1, 0, [1, "One"])
        codes.very_hidden()
        made.define_name("Figures", "=Card!$D$2:$D$4")

    stated = Stated(
        {2: "i:visits_time", 3: "i:reviews_time", 4: "i:plans_time"},
        {"B": "of:numerator p:2025/26-Q1 t:quarter", "C": "of:denominator p:2025/26-Q1 t:quarter",
         "D": "p:2025/26-Q1 t:quarter", "E": "of:target p: t:"},
        "Card",
    )  # fmt: skip
    aside = {"F": "not read", "D3": "error", "A2": "does not read this sheet"}
    return Kind("formulas", packed(fill), (stated,), aside, ("D3",))


def sites() -> Kind:
    """An Excel table with a total row and a filter: a site and a month end in each row."""

    def fill(made: Any) -> None:
        page = made.add_worksheet("Data")
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        shares = made.add_format({"num_format": "0%"})
        page.write(0, 0, "Recycling centre data")
        ends = (datetime(2025, 4, 30), datetime(2025, 5, 31), datetime(2025, 6, 30))
        page.add_table(2, 0, 9, 3, {
            "name": "tblSites", "total_row": True,
            "columns": [{"header": "Site", "total_string": "Total"},
                        {"header": "Month end"},
                        {"header": "Tonnes received", "total_function": "sum",
                         "total_value": 6497},
                        {"header": "Recycled (%)"}],
        })  # fmt: skip
        for at in range(6):
            page.write(3 + at, 0, ("Abbey Road", "Quayside")[at // 3])
            page.write_datetime(3 + at, 1, ends[at % 3], days)
            page.write(3 + at, 2, (1200, 1310, 1290, 880, 902, 915)[at])
            page.write(3 + at, 3, (0.61, 0.63, 0.6, 0.71, 0.7, 0.72)[at], shares)
        page.set_row(5, None, None, {"hidden": True})

    months = ("2025-04", "2025-05", "2025-06")
    stated = Stated(
        {4 + at: f"p:{months[at % 3]} t:month c:{('Abbey_Road', 'Quayside')[at // 3]}"
         for at in range(6)},
        {"C": "i:tonnes_received", "D": "i:recycled_pct"},
    )  # fmt: skip
    return Kind("sites", packed(fill), (stated,), {"10": "sums up"})


def _museums(**options: Any) -> bytes:
    def fill(made: Any) -> None:
        page, form = made.add_worksheet("KPIs"), made.add_format({"num_format": "mmm-yy"})
        page.write(0, 0, "Measure")
        for at in range(3):
            page.write_datetime(0, 1 + at, datetime(2025, 4 + at, 1), form)
        page.write_row(1, 0, ["Visits to museums", 100, 120, 130])
        page.write_row(2, 0, ["School groups", 5, 9, "-"])

    return packed(fill, **options)


_MUSEUMS = Stated(
    {2: "i:visits_museums", 3: "i:school_groups"},
    {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month", "D": "p:2025-06 t:month"},
)


def macintosh() -> Kind:
    """Dates counted from 1904."""
    return Kind("macintosh", _museums(date_1904=True), (_MUSEUMS,))


def strict() -> Kind:
    """Strict Open XML, with a date as ISO 8601."""
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip

    def change(name: str, part: bytes) -> bytes:
        for old, new in names.items():
            part = part.replace(old, new)
        if name == "xl/worksheets/sheet1.xml":
            day = b'<c r="B1" t="d" s="1"><v>2025-04-01</v></c>'
            part = re.sub(rb'<c r="B1"[^>]*>.*?</c>', day, part)
        return part

    return Kind("strict", changed(_museums(), change), (_MUSEUMS,), twin=_museums())


def macros() -> Kind:
    """A workbook for macros."""
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    new = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    raw = changed(_museums(), lambda _, part: part.replace(old, new))
    return Kind("macros", raw, (_MUSEUMS,), file="kind.xlsm")


def nameless() -> Kind:
    """Rows and cells without their names, as some exports have them."""

    def change(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        return re.sub(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1", part)

    return Kind("nameless", changed(_museums(), change), (_MUSEUMS,))


def scales() -> Kind:
    """Number formats: a % that is text, thousands and millions shown, brackets, times."""
    forms = [
        ("Satisfaction", '0.0"%"', 85.3, 86.1), ("Coverage", r"0.0\%", 70.2, 71),
        ("Visits (000s)", "#,##0,", 12345, 13001), ("Spend (£m)", '£0.0,,"m"', 2.5e6, 2.6e6),
        ("Balance", "#,##0;(#,##0)", -45, 40), ("Voids", "0.00%", 0.0123, 0.0145),
        ("Hours open", "[h]:mm", 1.5, 2.25), ("Tiny", "0.00E+00", 12345.678, 2e-3),
        ("Cost", "_-£* #,##0.00_-", 1234.5, 1300), ("Unseen", ";;;", 3, 4),
    ]  # fmt: skip

    def fill(made: Any) -> None:
        page = made.add_worksheet("KPIs")
        page.write_row(0, 0, ["Measure", "Apr 2025", "May 2025"])
        for at, (name, form, *numbers) in enumerate(forms, 1):
            page.write(at, 0, name)
            for column, number in enumerate(numbers, 1):
                page.write_number(at, column, number, made.add_format({"num_format": form}))

    codes = ("satisfaction", "coverage", "visits_000s", "spend", "balance", "voids", "",
             "tiny", "cost", "unseen")  # fmt: skip
    stated = Stated(
        {row: f"i:{code}" for row, code in enumerate(codes, 2) if code},
        {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month"},
    )
    return Kind("scales", packed(fill), (stated,), settle=("B8", "C8"))


PACKED = (formulas, sites, macintosh, strict, macros, nameless, scales)
