"""Workbooks of many services, each of another kind, made in code: what officers keep."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]


def book(*sheets: tuple[str, Rows], then: Callable[[Worksheet], None] | None = None) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
        if then:
            then(page)
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def percent(page: Worksheet, cells: str) -> None:
    for row in page[cells]:
        for cell in row:
            cell.number_format = "0.0%"


def libraries() -> bytes:
    """Nothing in the first rows and columns; years merged over quarters; thousands; no result."""
    rows: list[list[Any]] = [
        [], [None, None, "Libraries and culture: performance to 31 March 2025"], [],
        [None, None, "Measure", "Unit", "2023/24", None, None, None, "2024/25"],
        [None, None, None, None, *["Q1", "Q2", "Q3", "Q4"] * 2],
        [None, None, "Visits to libraries", "Number",
         41230, 40112, 38990, 45871, 43001, 42250, 39870, 46902],
        [None, None, "Book issues (000s)", "Number", 88.1, 90.2, 79.9, 95, 91.3, 92.4, 80.1, 97.7],
        [None, None, "Members who borrowed (%)", "%",
         0.412, 0.405, 0.398, 0.42, 0.431, 0.428, 0.417, "tbc"],
        [None, None, "Net cost per visit", "£", 2.31, 2.4, 2.52, 2.2, 2.28, 2.3, 2.61, 2.15],
        [], [None, None, "Note: 3 branches were closed in January 2024."],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for cells in ("C2:L2", "C4:C5", "D4:D5", "E4:H4", "I4:L4"):
            page.merge_cells(cells)
        percent(page, "E8:L8")
        for cell in page[9][4:]:
            cell.number_format = '"£"#,##0.00'
        page.print_title_rows = "4:5"

    return book(("Libraries KPIs", rows), then=then)


def adult_care() -> bytes:
    """A sheet a quarter; bands beside the target; comparators of the year before; parts."""
    heads = ["Ref", "Indicator", "Good to be", "Numerator", "Denominator", "Actual", "Target",
             "Green if", "Amber if", "RAG", "England 2023/24", "South West 2023/24",
             "SN average 2023/24", "Comment"]  # fmt: skip

    def rows(quarter: int, top: int, paid: float, rate: float) -> Rows:
        return [
            ["Adult social care scorecard"], [f"Quarter {quarter} 2024/25"], [], heads,
            ["ASC1", "Still at home 91 days after discharge (%)", "High", top, 75, top / 75, 0.85,
             "≥ 85%", "80–84.9%", "G", 0.823, 0.811, 0.83, "See note 4"],
            ["ASC2", "People with a direct payment (%)", "High", None, None, paid, 0.9,
             "≥ 90%", "80–89.9%", "A", 0.262, 0.27, 0.255],
            ["ASC3", "Admissions to residential care per 100,000", "Low", None, None, rate, 13,
             "≤ 13", "13.1-15", "A", 13.9, 14.6, "*"],
        ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for cells in ("F5:G6", "K5:M6"):
            percent(page, cells)

    return book(
        ("Q1 24-25", rows(1, 61, 0.881, 14.2)), ("Q2 24-25", rows(2, 64, 0.875, 13.9)),
        ("Q3 24-25", rows(3, 66, 0.899, 14.8)), then=then,
    )  # fmt: skip


def housing() -> bytes:
    """Two tables side by side, each with its own dates down, and a total below one."""
    rows: list[list[Any]] = [
        ["Repairs", None, None, None, None, None, "Voids"],
        ["Month", "Repairs completed", "Completed in time", "% in time", "Satisfaction %", None,
         "Month", "Empty homes at month end", "Average relet time (days)", "Rent lost (£)"],
    ]  # fmt: skip
    for at in range(6):
        when = date(2024, 4 + at, 1)
        rows.append(
            [when, 900 + 7 * at, 820 + 9 * at, (820 + 9 * at) / (900 + 7 * at), f"{80 + at / 2}%",
             None, when, 120 - 2 * at, 28.5 - at * 0.5, 15000 - 321 * at]
        )  # fmt: skip
    rows.append(["Total", 5505, 5055])

    def then(page: Worksheet) -> None:
        percent(page, "D3:D8")
        for row in range(3, 9):
            page.cell(row, 1).number_format = page.cell(row, 7).number_format = "mmm-yy"

    return book(("Housing", rows), then=then)


def environment() -> bytes:
    """Tables under each other with their own headings, tolerances, marks, hidden rows, columns."""
    heads = ["KPI", "Good performance is", "Q4 2023/24", "Q1 2024/25", "Q2 2024/25",
             "Target 2024/25", "Tolerance", "Status", "Direction of travel"]  # fmt: skip
    rows = [
        ["Environment dashboard – quarter 2 2024-25"], [], ["Highways"], heads,
        ["Potholes repaired in 5 days", "High", "89.0%", "90.4%", "93.1%", "90%", "5%", "Green"],
        ["Street lights not working", "Low", "2.1%", "1.4%", "n/a", "2%", "0.5%"],
        [], ["Waste and recycling"], heads,
        ["Household waste recycled", "High", "40.2%", "47.9%", "48.8% (p)", "46%", "2%", "Amber"],
        ["Missed collections per 100,000", "Low", 59, 72, 68.5, 60, 5, "Green"],
        ["Residual waste per household (kg)", "Low", 121.5, 110, "-", 440, 10],
        [], ["(p) provisional figures"], ["Source: WasteDataFlow"],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        page.row_dimensions[11].hidden = True
        page.column_dimensions["C"].hidden = True

    return book(("Highways & Waste", rows), then=then)


def finance() -> bytes:
    """Services down, budget and outturn across, thousands of pounds, brackets for less."""
    rows = [
        ["Revenue budget monitoring"], ["As at 30 September 2024"], [None, None, "£'000"],
        ["Service", "Annual budget", "Actual to date", "Forecast outturn", "Variance"],
        ["Adults", 45210, 23120.4, 46300.5, "1,090.5"],
        ["Place", 21040, 9890.2, 20500, "(540.0)"],
        ["Total", 66250, 33010.6, 66800.5, "550.5"],
    ]  # fmt: skip
    return book(("Revenue Q2", rows))


def health() -> bytes:
    """Years across, and under each measure a row for us, the region and England."""
    rows = [
        ["Public health outcomes"], [], ["Indicator", "Area", "2021", "2022", "2023"],
        ["Smoking prevalence in adults (%)", "Sometown", 15.9, 14.0, 13.3],
        [None, "South East", 11.9, 11.0, 10.6], [None, "England", 13.0, 12.7, 11.6],
        ["Under-18 conceptions per 1,000", "Sometown", "c", 13.9, "n/a"],
        [None, "South East", 11.0, 11.4, "n/a"], [None, "England", 13.1, 13.9, "n/a"],
    ]  # fmt: skip
    return book(("PHOF", rows))


def schools() -> bytes:
    """Measures merged over years, groups of pupils down."""
    rows = [
        ["Key Stage 4 results"], [],
        [None, "Attainment 8", None, "Grade 5+ English and maths (%)"],
        ["Pupil group", "2022/23", "2023/24", "2022/23", "2023/24"],
        ["All pupils", 45.9, 46.2, 44.9, 45.5], ["Disadvantaged", 34.8, 34.5, 24.9, 25.6],
        ["SEN support", 33.1, 33, "<5", "c"],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        page.merge_cells("B3:C3")
        page.merge_cells("D3:E3")

    return book(("KS4", rows), then=then)


def calls() -> bytes:
    """Real dates of week ends across."""
    weeks = [date(2025, 1, 5) + timedelta(days=7 * at) for at in range(4)]
    rows = [
        ["Weekly contact centre return"], ["Week ending", *weeks],
        ["Calls offered", 4021, 3987, 4102, 3866],
        ["% calls answered", 0.92, 0.9305, 0.924, 0.9441],
    ]  # fmt: skip
    return book(("Contact centre", rows), then=lambda page: percent(page, "B4:E4"))


def planning() -> bytes:
    """One month, told by a date above; last month, a year ago and the year so far beside it."""
    rows = [
        ["Planning and building control"], ["Reporting month:", date(2025, 2, 28)], [],
        ["Measure", "This month", "Last month", "Same month last year", "YTD", "YTD last year",
         "Target", "England", "SN average"],
        ["Major applications in time (%)", 92, 88, 85, 89.4, 86.1, 80, 88, 87.2],
        ["Applications received", 212, 198, 240, 2301, 2455],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        page["B2"].number_format = "mmmm yyyy"

    return book(("Dashboard", rows), then=then)


def homelessness() -> bytes:
    """A sheet a measure; months down, years across called by their end; numbers as texts."""
    sheets = []
    for name, base in (("Presentations", 100), ("Households in TA", 400)):
        rows: list[list[Any]] = [[], [None, name], [], [None, "Month", "FY23", "FY24"]]
        for at, month in enumerate(("Apr", "May", "Jan", "Mar")):
            last = base + 13 + at
            rows.append([None, month, str(base + at), last if at < 3 else None])
        rows.append([None, "Average", base + 1.5, base + 14])
        sheets.append((name, rows))
    return book(*sheets)


def workforce() -> bytes:
    """Halves of years and quarters by their months."""
    rows = [
        ["Workforce indicators"], [],
        ["Indicator", "H1 2023/24", "H2 2023/24", "Jan-Mar 24", "Apr-Jun 24"],
        ["Sickness days per FTE", 4.1, 5.2, 2.6, 2.1], ["Agency spend (£m)", 1.21, 1.4, 0.72, 0.55],
        ["Staff turnover (%)", "6.1%", "5.9%", "3.0%", "2.8%"],
    ]  # fmt: skip
    return book(("HR", rows))


def leisure() -> bytes:
    """Quarters of calendar years; the target in a row of its own; a day."""
    rows = [
        ["Leisure trust return (calendar year quarters)"], [],
        ["Measure", "", "Q3 2024", "Q4 2024", "As at 31 March 2025"],
        ["Swimming visits", "Actual", 25001, 19870, None], ["", "Target", 24000, 20000, None],
        ["Gym members", "Actual", 5090, 5234, 5301], ["", "Target", 5100, 5200, 5250],
    ]  # fmt: skip
    return book(("Leisure", rows))


def export() -> bytes:
    """A row for each measure, team and month, under a system's own headings."""
    rows: list[list[Any]] = [
        ["Directorate", "Team", "KPI Name", "Reporting Month", "Numerator", "Denominator",
         "Result", "Target", "RAG"],
    ]  # fmt: skip
    for team, more in (("North", 0), ("South", 3)):
        for month, top, base in (("01/10/2024", 41, 50), ("01/11/2024", 44, 52)):
            share = f"{100 * (top + more) / (base + more):.1f}%"
            rows.append(["Children", team, "Assessments in 45 days", month, top + more,
                         base + more, share, "85%", "A"])  # fmt: skip
    return book(("Export", rows))


def board() -> bytes:
    """Months down, and over each actual and target the name of its measure."""
    rows = [
        ["Month", "Complaints", None, "Requests answered in time (%)"],
        [None, "Actual", "Target", "Actual", "Target"],
        ["Apr-24", 12, 10, "91%", "95%"], ["May-24", 15, 10, "93%", "95%"],
        ["Jun-24", 9, 10, "96%", "95%"],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:E1"):
            page.merge_cells(cells)

    return book(("Board", rows), then=then)


def visits() -> bytes:
    """Under each quarter its numerator, denominator and share; labels headed in the upper row."""
    rows = [
        ["Children's social care"], ["Indicator", "Q1 24/25", None, None, "Q2 24/25"],
        [None, "Num", "Den", "%", "Num", "Den", "%"],
        ["Visits in time", 88, 100, 0.88, 95, 105, 95 / 105],
        ["Reviews in time", 40, 41, 40 / 41, 38, 45, 38 / 45],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        page.merge_cells("B2:D2")
        page.merge_cells("E2:G2")
        percent(page, "D4:D5")
        percent(page, "G4:G5")

    return book(("CSC", rows), then=then)


def wards() -> bytes:
    """Places down, measures across, and a row of their units below their names."""
    rows = [
        ["Ward profile 2024/25"], [], ["Ward", "Population", "Unemployment", "Crime"],
        [None, "Number", "%", "per 1,000"], ["Abbey", 12345, 4.1, 88.2], ["Castle", 9876, 3.2, 71],
        ["Mill", 22221, 3.7, 80.1],
    ]  # fmt: skip
    return book(("Wards", rows))


KINDS = (
    libraries, adult_care, housing, environment, finance, health, schools, calls, planning,
    homelessness, workforce, leisure, export, board, visits, wards,
)  # fmt: skip
