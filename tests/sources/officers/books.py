"""Workbooks as officers keep them, of six quite different layouts, each with what it states.

What a workbook states is written down here by hand or by its own arithmetic, never by the reader.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

Key = tuple[str, str, str, str, str]
"""Area, label of the measure, category, period, period type."""


@dataclass
class Book:
    """A workbook and its figures: by key the value, numerator and denominator, as texts."""

    name: str
    raw: bytes
    figures: dict[Key, tuple[str, str, str]] = field(default_factory=dict)
    targets: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """By label, period and kind."""

    def state(self, key: Key, value: Any, numerator: Any = "", denominator: Any = "") -> None:
        """Write down one figure."""
        self.figures[key] = (str(value), str(numerator), str(denominator))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MONTHS = ["May 18", "Jun 18", "Jul 18", "Aug 18", "Sep 18", "Oct 18"]
KEYS = ["2018-05", "2018-06", "2018-07", "2018-08", "2018-09", "2018-10"]
ROWS: list[tuple[str, ...] | str] = [
    "Cohorts",
    ("1.2", "Number of children in need", "1034", "n/a", "n/a", "997", "Snapshot",
     "994", "956", "950", "962", "981", "997", "", ""),
    ("1.4", "Number of children looked after", "290", "n/a", "n/a", "321", "Snapshot",
     "301", "296", "297", "304", "309", "321", "", ""),
    "Front door",
    ("2.1", "% of contacts completed within 1 day", "62.0%", "7,984", "8,210", "97.2%", "YTD",
     "96%", "96%", "98%", "99%", "98%", "99%", "90%", "95%"),
    "Visits",
    ("4.6", "% children on a plan visited within four weeks", "95.0%", "264", "280", "94.3%",
     "Snapshot", "96%", "87%", "95%", "89%", "94%*", "94%", "90%", "95%"),
    ("11.13", "Overall audit quality score (lower is better)", "", "44", "17", "2.6", "Snapshot",
     "2.3", "2.3", "2.4", "-", "2.4 p", "2.6", "2", "1"),
]  # fmt: skip


def scorecard() -> Book:
    """One row a measure, six months and a current figure across, four rows of merged headings."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Scorecard"
    page["A1"] = "Children's scorecard, Sometown Council"
    page.merge_cells("A1:O1")
    heads = {
        "A3": "Performance measure title and reference", "C3": "Previous financial year",
        "D3": "Performance for the current period, and the last six months", "N3": "Agreed targets",
        "A4": "Ref", "B4": "Performance Measure", "C4": "2017/18", "D4": "Current Performance",
        "H4": "Six Month Trend", "N4": "Target",
        "D5": "Num", "E5": "Denom", "F5": "Current", "G5": "Period", "N5": "Min", "O5": "Upper",
    }  # fmt: skip
    for at, text in heads.items():
        page[at] = text
    for merge in ("A3:B3", "D3:M3", "N3:O3", "A4:A5", "B4:B5", "C4:C5", "D4:G4", "H4:M4", "N4:O4"):
        page.merge_cells(merge)
    for column, month in enumerate(MONTHS, 8):
        page.cell(5, column, month)
    at = 6
    found = Book("scorecard.xlsx", b"")
    for row in ROWS:
        if isinstance(row, str):
            page.cell(at, 1, row).font = Font(bold=True)
        else:
            for column, text in enumerate(row, 1):
                if text:
                    page.cell(at, column, text)
            _state_scorecard(found, row)
        at += 1
    page.cell(at + 1, 1, "* Figures for September were entered late.")
    found.raw = saved(book)
    return found


def _state_scorecard(found: Book, row: tuple[str, ...]) -> None:
    label, year, top, base, current, kind = row[1:7]

    def plain(text: str) -> str:
        text = text.replace("%", "").replace(",", "").replace("*", "").replace(" p", "").strip()
        text = text.removesuffix(".0")
        return {"n/a": "", "-": "x"}.get(text, text)

    month = "snapshot" if kind == "Snapshot" else "month"
    if year:
        whole = "snapshot" if kind == "Snapshot" else "year"
        found.state(("Sometown", label, "", "2017/18", whole), plain(year))
    for key, text in zip(KEYS, row[7:13], strict=True):
        found.state(("Sometown", label, "", key, month), plain(text))
    now = "snapshot" if kind == "Snapshot" else "ytd"
    found.state(("Sometown", label, "", "2018-10", now), plain(current), plain(top), plain(base))
    for kind, text in (("minimum", row[13]), ("upper", row[14])):
        if text:
            found.targets[label, "", kind] = plain(text)


SERVICES = {
    "Waste": [
        ("W1", "Household waste recycled (%)", "Higher is better", [0.441, 0.458, 0.4622, 0.43],
         0.45),
        ("W2", "Missed bins per 100,000 collections", "Lower is better", [61, 58.5, 70, 64], 60),
    ],
    "Housing": [
        ("H1", "Average days to re-let a home", "Lower is better", [31.2, 29, 28.4, 27.9], 28),
        ("H2", "Rent collected (%)", "Higher is better", [0.981, 0.9835, 0.979, 0.9904], 0.985),
    ],
}  # fmt: skip


def services() -> Book:
    """A sheet a service: a year over four quarters, each with its figure, target, status, arrow."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    cover = book.create_sheet("Cover")
    cover["A1"] = "Corporate plan: quarterly performance"
    found = Book("services.xlsx", b"")
    for service, measures in SERVICES.items():
        page = book.create_sheet(service)
        page["A1"] = f"{service} performance"
        page["D3"] = "2024/25"
        page.merge_cells("D3:S3")
        for column, text in enumerate(("Ref", "Indicator", "Good is"), 1):
            page.cell(5, column, text)
        for quarter in range(4):
            left = 4 + quarter * 4
            page.cell(4, left, f"Q{quarter + 1}")
            page.merge_cells(start_row=4, end_row=4, start_column=left, end_column=left + 3)
            for step, text in enumerate(("Actual", "Target", "RAG", "DoT")):
                page.cell(5, left + step, text)
        page.cell(5, 20, "Comments")
        for at, (ref, label, good, values, target) in enumerate(measures, 6):
            percent = "%" in label
            page.cell(at, 1, ref)
            page.cell(at, 2, label)
            page.cell(at, 3, good)
            for quarter, value in enumerate(values):
                left = 4 + quarter * 4
                for column, number in ((left, value), (left + 1, target)):
                    page.cell(at, column, number).number_format = "0.0%" if percent else "0.0"
                page.cell(at, left + 2, "Green" if value >= target else "Red")
                page.cell(at, left + 3, "▲")
                period = f"2024/25-Q{quarter + 1}"
                shown = _hundred(value) if percent else _text(value)
                found.state(("Sometown", label, "", period, "quarter"), shown)
                found.targets[label, period, "target"] = (
                    _hundred(target) if percent else _text(target)
                )
            page.cell(at, 20, "15 rounds were late in June.")
        page.cell(9, 2, "Notes: figures are unaudited.")
    found.raw = saved(book)
    return found


def _hundred(value: float) -> str:
    return _text(round(value * 100, 10))


def _text(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")


TABLE = {
    "Referrals": [120, 131, "c", 128],
    "Re-referrals within 12 months (%)": ["18.2%", "19%", "17.5%¹", "20.1%"],
    "Placement spend (£000)": [410.5, 398, 402.25, 420],
    "Agency spend": ["£1.2m", "£950k", "£1,020,000", "(£15k)"],
}


def months_down() -> Book:
    """Real dates down and measures across, a sheet for us and one for England."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    found = Book("months.xlsx", b"")
    for sheet, area in (("Sometown", "Sometown"), ("England", "England")):
        page = book.create_sheet(sheet)
        page["A1"] = "Monthly return"
        page.cell(3, 1, "Month")
        for column, label in enumerate(TABLE, 2):
            page.cell(3, column, label)
        for step in range(4):
            page.cell(
                4 + step, 1, date(2024, 11 + step, 1) if step < 2 else date(2025, step - 1, 1)
            )
            page.cell(4 + step, 1).number_format = "dd/mm/yyyy"
            for column, values in enumerate(TABLE.values(), 2):
                page.cell(4 + step, column, values[step])
        page.cell(9, 1, "¹ includes families who moved")
        stated = {
            "Referrals": ["120", "131", "c", "128"],
            "Re-referrals within 12 months (%)": ["18.2", "19", "17.5", "20.1"],
            "Placement spend (£000)": ["410500", "398000", "402250", "420000"],
            "Agency spend": ["1200000", "950000", "1020000", "-15000"],
        }
        for label, values in stated.items():
            for key, value in zip(
                ("2024-11", "2024-12", "2025-01", "2025-02"), values, strict=True
            ):
                found.state((area, label, "", key, "month"), value)
    found.raw = saved(book)
    return found


def sheet_a_quarter(quarters: int = 2) -> Book:
    """One sheet a quarter, alike: figure, parts, target, England; a raised footnote in a number."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    found = Book("quarters.xlsx", b"")
    heads = ["Measure", "Unit", "Good is", "Numerator", "Denominator", "Actual", "Target",
             "England", "RAG"]  # fmt: skip
    for quarter in range(1, quarters + 1):
        page = book.create_sheet(f"Q{quarter} 2024-25")
        period = f"2024/25-Q{quarter}"
        page.append(["Quarterly monitoring"])
        page.append([])
        page.append(heads)
        top, base = 170 + quarter, 200
        page.append(["Calls answered in time", "%", "High", top, base, top / base, 0.85, None, "G"])
        for cell in ("F4", "G4"):
            page[cell].number_format = "0.0%"
        page.append(
            ["Complaints received", "Number", "Low", None, None, 30 + quarter, "≤ 35", 28, "G"]
        )
        page.append(["Staff survey score", "Score", "High", None, None, None, "7.5+", 7.1, "A"])
        raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
        page["F6"] = CellRichText(f"7.{quarter}", raised)
        found.state(("Sometown", "Calls answered in time", "", period, "quarter"),
                    _hundred(top / base), top, base)  # fmt: skip
        found.state(("Sometown", "Complaints received", "", period, "quarter"), 30 + quarter)
        found.state(("Sometown", "Staff survey score", "", period, "quarter"), f"7.{quarter}")
        found.state(("England", "Complaints received", "", period, "quarter"), 28)
        found.state(("England", "Staff survey score", "", period, "quarter"), 7.1)
        for label, target in (
            ("Calls answered in time", "85"), ("Complaints received", "35"),
            ("Staff survey score", "7.5"),
        ):  # fmt: skip
            found.targets[label, period, "target"] = target
    found.raw = saved(book)
    return found


TEAMS = {
    "Referrals by team": {"North": [12, 15, 11], "South": [22, 19, "<5"], "Total": [34, 34, 15]},
    "Assessments by team": {"North": [9, 8, 10], "South": [17, 20, 14], "Total": [26, 28, 24]},
}


def breakdowns() -> Book:
    """A sheet a measure, teams down with their total, months of a year in the title across."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    found = Book("teams.xlsx", b"")
    for number, (title, teams) in enumerate(TEAMS.items(), 1):
        page = book.create_sheet(f"Table {number}")
        page["A1"] = "Performance 2024/25"
        page["A2"] = title
        for column, text in enumerate(("Team", "Apr", "May", "Jun", "YTD"), 1):
            page.cell(4, column, text)
        for row, (team, values) in enumerate(teams.items(), 5):
            page.cell(row, 1, team)
            for column, value in enumerate(values, 2):
                page.cell(row, column, value)
            counted = [value for value in values if isinstance(value, int)]
            page.cell(row, 5, sum(counted))
            category = "" if team == "Total" else team
            for key, value in zip(("2024-04", "2024-05", "2024-06"), values, strict=True):
                text = "c" if value == "<5" else value
                found.state(("Sometown", title, category, key, "month"), text)
            found.state(("Sometown", title, category, "2024-06", "ytd"), sum(counted))
    found.raw = saved(book)
    return found


LONG = """\
Performance measure,Type,Apr-24,May-24,Jun-24
Visits on time (%),Actual,88.1%,90%,91.4%
,Target,90%,90%,92%
,Numerator,141,153,160
,Denominator,160,170,175
Children on a plan,Actual,"1,201","1,189","1,210"
,Target,1150,1150,1150
"""


def actual_and_target_down() -> Book:
    """A CSV file: each measure in several rows (actual, target, parts), months across."""
    found = Book("rows.csv", LONG.encode())
    months = ("2024-04", "2024-05", "2024-06")
    for key, value, top, base, target in zip(
        months, ("88.1", "90", "91.4"), (141, 153, 160), (160, 170, 175), (90, 90, 92), strict=True
    ):
        found.state(("Sometown", "Visits on time (%)", "", key, "month"), value, top, base)
        found.targets["Visits on time (%)", key, "target"] = str(target)
    for key, value in zip(months, (1201, 1189, 1210), strict=True):
        found.state(("Sometown", "Children on a plan", "", key, "snapshot"), value)
        found.targets["Children on a plan", key, "target"] = "1150"
    return found


BOOKS = (scorecard, services, months_down, sheet_a_quarter, breakdowns, actual_and_target_down)
