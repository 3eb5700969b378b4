"""Workbooks whose periods and measures are told in pieces, and what every number in them is of.

As in `dashboards`.
"""

from __future__ import annotations

import io

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.sources.officers.dashboards import Kind, Stated, merging
from tests.sources.officers.kinds import Rows, book


def beside() -> Kind:
    """A number, a share and the share's target under each quarter."""
    rows: Rows = [
        ["Indicator", "Q1 2024/25", None, None, "Q2 2024/25"],
        [None, "No.", "%", "Target", "No.", "%", "Target"],
        ["Visits in time", 88, 0.88, 0.9, 95, 0.9, 0.9],
        ["Reviews in time", 40, 0.97, 0.95, 38, 0.84, 0.95],
    ]
    then = merging("A1:A2", "B1:D1", "E1:G1", shares=("C3:D4", "F3:G4"))
    columns = {}
    for letters, key in (("BCD", "2024/25-Q1"), ("EFG", "2024/25-Q2")):
        columns[letters[0]] = f"i:+_no p:{key} t:quarter"
        columns[letters[1]] = f"i:+_pct p:{key} t:quarter"
        columns[letters[2]] = f"i:+_pct of:target p:{key} t:quarter"
    stated = Stated({3: "i:visits_time", 4: "i:reviews_time"}, columns)
    return Kind("beside", book(("D", rows), then=then), (stated,))


def columns_of_time() -> Kind:
    """The quarter in one column and its year in the next."""
    rows: Rows = [
        ["Qtr", "Financial year", "Calls", "Emails", "Satisfaction (%)"],
        ["Qtr 1", "2024/25", 100, 50, "81%"], ["Qtr 2", "2024/25", 110, 55, "82%"],
        ["Qtr 1", "2025/26", 130, 60, "84%"],
    ]  # fmt: skip
    stated = Stated(
        {2: "p:2024/25-Q1 t:quarter", 3: "p:2024/25-Q2 t:quarter", 4: "p:2025/26-Q1 t:quarter"},
        {"C": "i:calls", "D": "i:emails", "E": "i:satisfaction_pct"},
    )
    return Kind("columns_of_time", book(("D", rows)), (stated,))


def side_by_side() -> Kind:
    """Two tables beside each other, each with months of its own."""
    rows: Rows = [
        ["Month", "Calls", None, "Month", "Visits"], ["Apr-25", 10, None, "Jul-25", 1],
        ["May-25", 11, None, "Aug-25", 2], ["Jun-25", 12, None, "Sep-25", 3],
    ]  # fmt: skip
    rows_of = {2 + at: f"p:2025-0{4 + at} t:month" for at in range(3)}
    calls = Stated(rows_of, {"B": "i:calls"})
    visits = Stated({2 + at: f"p:2025-0{7 + at} t:month" for at in range(3)}, {"E": "i:visits"})
    return Kind("side_by_side", book(("D", rows)), (calls, visits))


def health() -> Kind:
    """A period in each row, three years taken together among them; the range over England."""
    rows: Rows = [
        ["Public health dashboard"], [],
        ["Indicator", "Period", "Exampleford", "Region", "England", "Worst", "Best", "Trend"],
        ["Life expectancy at birth", "2020 - 22", 79.1, 78.6, 78.9, 73.4, 83.5, "No change"],
        ["Suicide rate", "2019/20 - 21/22", 10.1, 10.6, 10.4, 19.8, 4.1, "No change"],
        ["Smoking prevalence (%)", "2023", 11.9, 12.8, 11.6, 18, 5.5, "Decreasing"],
        ["Breastfeeding (%)", "2023/24", 70.1, 66, 71.7, 40, 90, "-"],
    ]  # fmt: skip
    stated = Stated(
        {4: "i:life_expectancy_birth p:2020-01..2022-12 t:window",
         5: "i:suicide_rate p:2019-04..2022-03 t:window",
         6: "i:smoking_prevalence_pct p:2023 t:year", 7: "i:breastfeeding_pct p:2023/24 t:year"},
        {"C": "", "D": "a:Region", "E": "a:England"},
    )  # fmt: skip
    aside = {"F": "not read", "G": "not read", "B6": "a label"}
    return Kind("health", book(("PHOF", rows)), (stated,), aside)


def confidence() -> Kind:
    """Limits of confidence, which are no targets, though they are called lower and upper."""
    rows: Rows = [
        ["Indicator", "2022", "2023", "95% CI", None, "England 2023"],
        [None, None, None, "Lower", "Upper"],
        ["Smoking prevalence (%)", 13.1, 11.9, 9.8, 14.1, 11.6],
        ["Obesity (%)", 26.1, 27, 24.1, 29.9, 26.2],
    ]  # fmt: skip
    stated = Stated(
        {3: "i:smoking_prevalence_pct", 4: "i:obesity_pct"},
        {"B": "p:2022 t:year", "C": "p:2023 t:year", "F": "a:England p:2023 t:year"},
    )
    then = merging("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
    aside = {"1": "heading", "D": "not read", "E": "not read"}
    return Kind("confidence", book(("CI", rows), then=then), (stated,), aside)


def ledger() -> Kind:
    """Months by their number in the financial year, which the sheet's name says."""
    rows: Rows = [
        ["Measure", "P1", "P2", "P3", "P10"], ["Agency spend (£000)", 410, 398, 402, 377],
        ["Sickness days", 120, 118, 131, 99],
    ]  # fmt: skip
    months = ("2025-04", "2025-05", "2025-06", "2026-01")
    stated = Stated(
        {2: "i:agency_spend x:1000", 3: "i:sickness_days"},
        {c: f"p:{month} t:month" for c, month in zip("BCDE", months, strict=True)},
    )
    return Kind("ledger", book(("2025-26", rows)), (stated,))


def quarters() -> Kind:
    """A sheet a quarter, called Q1, with the year in its title; and a sheet of notes."""
    numbers = {"Q1": (90, "79%"), "Q2": (104, "81%"), "Q3": (99, "80%")}
    sheets: list[tuple[str, Rows]] = [
        (name, [["Children's scorecard 2025/26"], [f"Quarter: {name}"],
                ["Measure", "Actual", "Target", "RAG"], ["Calls", calls, 100, "G"],
                ["Satisfaction", share, "80%", "A"]])
        for name, (calls, share) in numbers.items()
    ]  # fmt: skip
    notes: Rows = [["Notes"], ["1. Calls include 24 web chats"], ["2. Survey of 400"]]
    stated = tuple(
        Stated(
            {4: "i:calls", 5: "i:satisfaction"},
            {"B": f"p:2025/26-{name} t:quarter", "C": f"of:target p:2025/26-{name} t:quarter"},
            name,
        )
        for name in numbers
    )
    return Kind("quarters", book(*sheets, ("Notes", notes)), stated)


def collisions() -> Kind:
    """Calendar years told by their months, and a half-year beside them."""
    rows: Rows = [
        ["Measure", "Jan - Dec 2023", "Jan - Dec 2024", "Jan-Jun 2025"], ["Collisions", 90, 88, 41],
        ["Killed or seriously injured", 10, 8, 4],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:collisions", 3: "i:killed_seriously_injured"},
        {"B": "p:2023 t:year", "C": "p:2024 t:year", "D": "p:2025-01..2025-06 t:window"},
    )
    return Kind("collisions", book(("D", rows)), (stated,))


def plans() -> Kind:
    """What each year was to be, and was; a projection; columns without anything between."""
    rows: Rows = [
        ["Measure", None, "Actual 2023/24", "Target 2023/24", None, "Actual 2024/25",
         "Target 2024/25", "Projected 2025/26"],
        ["Homes built", None, 388, 400, None, 512, 450, 480],
        ["Affordable (%)", None, "24%", "25%", None, "28%", "25%", "30%"],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:homes_built", 3: "i:affordable_pct"},
        {"C": "p:2023/24 t:year", "D": "of:target p:2023/24 t:year", "F": "p:2024/25 t:year",
         "G": "of:target p:2024/25 t:year"},
    )  # fmt: skip
    return Kind("plans", book(("KPI", rows)), (stated,), {"H": "not read"})


def emails() -> Kind:
    """Measures called as data about people are: Emails, down and across."""
    rows: Rows = [
        ["Measure", "Q1 2025/26", "Q2 2025/26"], ["Calls", 500, 510], ["Emails", 120, 130],
        ["Web forms", 80, 95],
    ]  # fmt: skip
    across: Rows = [
        ["2025/26"], [], ["Ward", "Emails", "Mobile"], ["Abbey", 5, 6], ["Castle", 8, 9],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:calls", 3: "i:d_emails", 4: "i:web_forms"},
        {"B": "p:2025/26-Q1 t:quarter", "C": "p:2025/26-Q2 t:quarter"},
    )
    wards = Stated(
        {4: "c:Abbey p:2025/26 t:year", 5: "c:Castle p:2025/26 t:year"},
        {"B": "i:wards_emails", "C": "i:mobile"}, "Wards",
    )  # fmt: skip
    return Kind("emails", book(("D", rows), ("Wards", across)), (stated, wards))


def ethnicity() -> Kind:
    """A number and a share of each member, under headings that say only that; the total is All."""
    rows: Rows = [
        ["Children in care by ethnicity at 31 March 2025"], [], ["Ethnic group", "Number", "%"],
        ["White", 300, 0.75], ["Asian", 40, 0.1], ["Mixed", 60, 0.15], ["All", 400, 1],
    ]  # fmt: skip
    members = {4: "White", 5: "Asian", 6: "Mixed", 7: ""}
    stated = Stated(
        {row: f"c:{name} p:2025-03-31 t:snapshot" for row, name in members.items()},
        {"B": "i:children_care_number", "C": "i:children_care_pct"},
    )
    return Kind("ethnicity", book(("K", rows), then=merging(shares=("C4:C7",))), (stated,))


def outcomes_sorted() -> Kind:
    """Themes and outcomes merged over measures, which they only sort; rows that are numbered."""
    rows: Rows = [
        [None, "Theme", "Outcome", "Measure", "Unit", "2023/24", "2024/25", "2025/26 Q1"],
        [1, "People", "Safe", "Referrals", "No.", 900, 880, 210],
        [2, None, None, "Re-referrals", "%", 21.1, 20, 19.5],
        [3, "Place", "Clean", "Fly-tips", "No.", 2000, 1900, 440],
        [4, None, None, "Cleared in 24 hrs", "%", 91, 92.2, 95],
    ]
    codes = ("referrals", "re_referrals", "fly_tips", "cleared_24_hrs")
    stated = Stated(
        {row: f"i:{code}" for row, code in enumerate(codes, 2)},
        {"F": "p:2023/24 t:year", "G": "p:2024/25 t:year", "H": "p:2025/26-Q1 t:quarter"},
    )
    then = merging("B2:B3", "C2:C3", "B4:B5", "C4:C5")
    return Kind("outcomes_sorted", book(("K", rows), then=then), (stated,), {"A": "not read"})


def spoken() -> Kind:
    """Months and days as people write them, and numbers with their unit behind."""
    rows: Rows = [
        ["Measure", "Oct 24 - Dec 24", "Jan – Mar 2025", "As at 31.03.25", "30-Jun-25"],
        ["Average wait", "4.5 mins", "4 minutes", 5, 6],
        ["Income", "£1.2m", "£950k", 900000, 1000000],
        ["Waste", "1,204 tonnes", "1,310 tonnes", 1300, 1310],
    ]
    stated = Stated(
        {2: "i:average_wait", 3: "i:income", 4: "i:waste"},
        {"B": "p:2024/25-Q3 t:quarter", "C": "p:2024/25-Q4 t:quarter",
         "D": "p:2025-03 t:snapshot", "E": "p:2025-06 t:month"},
    )  # fmt: skip
    return Kind("spoken", book(("K", rows)), (stated,))


def rolling() -> Kind:
    """A rolling year, the year so far and last year beside one month; England without a period."""
    rows: Rows = [
        ["Measure", "Jun-25", "Rolling 12 months", "YTD", "Same month last year", "England"],
        ["Thefts", 40, 510, 122, 44, 41], ["Assaults", 22, 260, 70, 20, 23],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:thefts", 3: "i:assaults"},
        {"B": "p:2025-06 t:month", "C": "p:2025-06 t:rolling_12m", "D": "p:2025-06 t:ytd",
         "E": "p:2024-06 t:month", "F": "a:England p:2025-06 t:month"},
    )  # fmt: skip
    return Kind("rolling", book(("K", rows)), (stated,))


def crosstab() -> Kind:
    """Bands of ages across and sources down, with totals both ways; 16+ is a heading, no number."""
    rows: Rows = [
        ["Referrals by age group, 2024/25"], [],
        ["Source of referral", "0-4", "5-9", "10-15", "16+", "Total"],
        ["School", 10, 40, 55, 12, 117], ["Police", 22, 30, 41, 20, 113],
        ["Total", 32, 70, 96, 32, 230],
    ]  # fmt: skip
    stated = Stated(
        {4: "c:School", 5: "c:Police", 6: "c:"},
        {column: f"i:referrals_{name} p:2024/25 t:year"
         for column, name in zip("BCDEF", ("0_4", "5_9", "10_15", "16", "total"), strict=True)},
    )  # fmt: skip
    return Kind("crosstab", book(("K", rows)), (stated,))


def places() -> Kind:
    """Places down under a title with the measure; our own is one of them."""
    rows: Rows = [
        ["Recycling rate by area"], [], ["Area", "2023/24", "2024/25"], ["Exampleford", 44.1, 45],
        ["South East", 43, 43.5], ["England", 42, 42.6],
    ]  # fmt: skip
    stated = Stated(
        {
            4: "i:recycling_rate",
            5: "i:recycling_rate a:South_East",
            6: "i:recycling_rate a:England",
        },
        {"B": "p:2023/24 t:year", "C": "p:2024/25 t:year"},
    )
    return Kind("places", book(("K", rows)), (stated,))


def below() -> Kind:
    """Under each measure a row of its target, of last year, or of nothing but words."""
    rows: Rows = [
        ["KPI", "Apr-25", "May-25"], ["Recycled (%)", 44, 45], ["Target (%)", 46, 46],
        ["Ofsted rating", "Good", "Good"], ["Bins missed", 12, 10], ["Target", 15, 15],
        ["Last year", 18, 12], ["Staff survey", "No data", "Not available"], ["Calls", 5, 6],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:recycled_pct", 3: "i:recycled_pct of:target", 5: "i:bins_missed",
         6: "i:bins_missed of:target", 9: "i:calls"},
        {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month"},
    )  # fmt: skip
    return Kind("below", book(("K", rows)), (stated,), {"7": "not read"})


def struck() -> bytes:
    """A row whose font is struck out, and a cell of which a part is."""
    made = openpyxl.Workbook()
    page = made["Sheet"]
    for row in (["Measure", "Q1 2025/26", "Q2 2025/26"], ["Visits", 100, 110], ["Loans", 55, 60]):
        page.append(row)
    for cell in page[3]:
        cell.font = Font(strike=True)
    page["C2"] = CellRichText(
        TextBlock(InlineFont(strike=True), "11"), TextBlock(InlineFont(), "0")
    )
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


PIECES = (
    beside, columns_of_time, side_by_side, health, confidence, ledger, quarters, collisions, plans,
    emails, ethnicity, outcomes_sorted, spoken, rolling, crosstab, places, below,
)  # fmt: skip
