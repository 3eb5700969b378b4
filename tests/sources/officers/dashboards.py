"""More workbooks of officers, and what every number in them is of, written down by hand.

A number is of what its row and its column say together: `i` indicator, `p` period, `t` its type,
`c` category, `a` area, `of` which figure it is (else the value), `x` what it is multiplied with;
`t!` is the type whatever the other says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from tests.sources.officers.kinds import Rows, book, percent


@dataclass(frozen=True)
class Stated:
    """What a sheet states: by row and by column, as "i:visits p:2025-04 t:month"."""

    rows: Mapping[int, str]
    columns: Mapping[str, str]
    sheet: str = ""


@dataclass(frozen=True)
class Kind:
    """A workbook, what it states, and which numbers are no figures, by a word of the reason."""

    name: str
    raw: bytes
    stated: tuple[Stated, ...]
    aside: Mapping[str, str] = field(default_factory=dict)
    """Columns, rows or cells by a word of the reason: "D" or "9" or "D9"."""
    settle: tuple[str, ...] = ()
    """The cells that are asked about."""
    file: str = "kind.xlsx"
    twin: bytes = b""
    """The same workbook in a form that openpyxl reads, where it does not read this one."""


def merging(*ranges: str, shares: tuple[str, ...] = ()) -> Callable[[Worksheet], None]:
    def then(page: Worksheet) -> None:
        for cells in ranges:
            page.merge_cells(cells)
        for cells in shares:
            percent(page, cells)

    return then


def tenancy() -> Kind:
    """Six lines of title, a rating behind each quarter, the year so far and an annual target."""
    rows: Rows = [
        [None], ["Exampleford Homes"], ["Housing Management – KPI Dashboard"],
        ["Quarter 2, 2025/26 (July – September 2025)"], ["Prepared by: Team   Date: 14/10/2025"],
        ["G = on or above target; A = within tolerance; R = below"], [],
        ["Ref", "Key performance indicator", "Unit", "Aim", "2024/25 outturn", "Q1 2025/26", "RAG",
         "Q2 2025/26", "RAG", "YTD", "Annual target", "DoT"],
        ["TEN1", "Rent collected as a proportion of rent due", "%", "High", 97.9, 98.1, "G", 98.4,
         "G", 98.3, 98.5, "▲"],
        ["TEN2", "Average days to re-let a home", "Days", "Low", 31.2, 29.8, "A", 27.4, "G", 28.6,
         28, "▲"],
        ["TEN3", "Current tenant arrears", "£", "Low", "£1,204,332", "£1,198,004", "A",
         "£1,245,990", "R", "£1,245,990", "£1,150,000", "▼"],
        ["TEN4", "Homes with a valid gas certificate", "%", "High", "100%", "99.97%", "A",
         "100.00%", "G", "100%", "100%", "▲"],
        ["TEN5", "Stage 1 complaints received", "No.", "n/a", 412, 98, None, 107, None, 205, None,
         "◄►"],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for row in range(1, 7):
            page.merge_cells(f"A{row}:L{row}")
        page.freeze_panes = "C9"

    codes = (
        "rent_collected_proportion_rent_due",
        "average_days_re_let_home",
        "current_tenant_arrears",
        "homes_valid_gas_certificate",
        "stage_1_complaints_received",
    )
    stated = Stated(
        {row: f"i:{code}" + " t!:snapshot" * (row == 11) for row, code in enumerate(codes, 9)},
        {"E": "p:2024/25 t:year", "F": "p:2025/26-Q1 t:quarter", "H": "p:2025/26-Q2 t:quarter",
         "J": "p:2025/26-Q2 t:ytd", "K": "of:target p: t!:year"},
    )  # fmt: skip
    return Kind("tenancy", book(("KPI Dashboard", rows), then=then), (stated,))


def customers() -> Kind:
    """Quarters down as 2024-25 Q1, measures across, numbers as text with spaces and marks."""
    rows: Rows = [
        ["Customer services quarterly data"], [],
        ["Quarter", "Calls received", "Calls answered", "% answered", "Average wait (seconds)",
         "Complaints"],
        ["2024-25 Q1", "12,004 ", "11,200", 0.933, 62, 41],
        ["2024-25 Q2", "11,780", "11,100", 0.942, 55.5, 38],
        ["2024-25 Q3", "12,410", "11,020", 0.888, 91, "*"],
        ["2024-25 Q4", "13,001", "12,400", 0.9538, 48, "n/a"],
        ["2025-26 Q1", "12,700 (p)", "12,222 (p)", 0.9624, 40, 29],
        [], ["* fewer than five"], ["(p) provisional"],
    ]  # fmt: skip
    keys = ("2024/25-Q1", "2024/25-Q2", "2024/25-Q3", "2024/25-Q4", "2025/26-Q1")
    stated = Stated(
        {row: f"p:{key} t:quarter" for row, key in enumerate(keys, 4)},
        {"B": "i:calls_received", "C": "i:calls_answered", "D": "i:answered_pct",
         "E": "i:average_wait_seconds", "F": "i:complaints"},
    )  # fmt: skip
    return Kind("customers", book(("Data", rows), then=merging(shares=("D4:D8",))), (stated,))


def corporate() -> Kind:
    """Years over quarters over actual, target and arrow, all merged."""
    rows: Rows = [
        ["Corporate plan scorecard"], [],
        ["Indicator", "2023/24", *[None] * 11, "2024/25"],
        [None, "Q1", None, None, "Q2", None, None, "Q3", None, None, "Q4", None, None, "Q1", None,
         None, "Q2"],
        [None, *["Actual", "Target", "DoT"] * 6],
        ["Major planning applications in time", 0.81, 0.8, "↑", 0.83, 0.8, "↑", 0.79, 0.8, "↓",
         0.85, 0.8, "↑", 0.9, 0.85, "↑", 0.88, 0.85, "↓"],
        ["Bins missed per 100,000 (number)", 61, 60, "→", 58, 60, "↑", 66, 60, "↓", 59, 60, "↑",
         55, 55, "↑", 54, 55, "↑"],
    ]  # fmt: skip
    cells = ("A3:A5", "B3:M3", "N3:S3", "B4:D4", "E4:G4", "H4:J4", "K4:M4", "N4:P4", "Q4:S4")
    then = merging(*cells, shares=("B6:S6",))
    keys = (*(f"2023/24-Q{n}" for n in (1, 2, 3, 4)), "2024/25-Q1", "2024/25-Q2")
    columns = {}
    for actual, target, key in zip("BEHKNQ", "CFILOR", keys, strict=True):
        columns[actual] = f"p:{key} t:quarter"
        columns[target] = f"of:target p:{key} t:quarter"
    rows_of = {6: "i:major_planning_applications_time", 7: "i:bins_missed_100_000_number"}
    return Kind("corporate", book(("Card", rows), then=then), (Stated(rows_of, columns),))


def wards() -> Kind:
    """A sheet a ward, months as Apr-25."""

    def sheet(name: str, base: int) -> tuple[str, Rows]:
        return (name, [
            [f"{name} ward"], [], ["Measure", "Apr-25", "May-25", "Jun-25"],
            ["Fly-tipping incidents", base, base + 3, base + 1],
            ["Noise complaints", base + 10, base + 12, base + 11],
            ["Graffiti removed in 48 hours (%)", f"{80 + base / 10}%", f"{81 + base / 10}%", "n/a"],
        ])  # fmt: skip

    names = {"Abbey": 10, "Castle": 22, "Mill Hill": 7, "All wards": 39}
    columns = {c: f"p:2025-{m} t:month" for c, m in zip("BCD", ("04", "05", "06"), strict=True)}
    codes = ("fly_tipping_incidents", "noise_complaints", "graffiti_removed_48_hours_pct")
    stated = tuple(
        Stated(
            {row: f"i:{code} c:{'' if name == 'All wards' else name.replace(' ', '_')}"
             for row, code in enumerate(codes, 4)},
            columns, name,
        )
        for name in names
    )  # fmt: skip
    return Kind("wards", book(*(sheet(*item) for item in names.items())), stated)


def outturn() -> Kind:
    """Budget, forecast and variance, £m in one row and £000 in the next, brackets for less."""
    rows: Rows = [
        ["Revenue and capital monitoring, period 6 (to 30 September 2025)"], [],
        ["Service area", "Unit", "Revised budget", "Forecast outturn", "Variance"],
        ["Adult social care", "£m", 92.4, 95.15, 2.75],
        ["Children's services", "£m", 61.07, "63.90", 2.83],
        ["Environment and place", "£000", 18450, 18020, -430],
        ["Corporate services", "£000", 12040, "12,040", "(15)"],
        ["Net revenue total", "£m", 183.96, 191.11, 5.15],
        [], ["Variances in brackets are underspends."],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for row in page["C4:E8"]:
            for cell in row:
                cell.number_format = "#,##0.00;(#,##0.00)"

    members = {4: ("Adult_social_care", "1000000"), 5: ("Children's_services", "1000000"),
               6: ("Environment_and_place", "1000"), 7: ("Corporate_services", "1000"),
               8: ("", "1000000")}  # fmt: skip
    stated = Stated(
        {row: f"c:{name} x:{times} p:2025-09-30 t:snapshot"
         for row, (name, times) in members.items()},
        {"C": "i:revised_budget", "D": "i:forecast_outturn", "E": "i:variance"},
    )  # fmt: skip
    raw = book(("P6", rows), then=then)
    return Kind("outturn", raw, (stated,), {"B": "not read"})


def rates() -> Kind:
    """Rates and percentages as text; a first row that has nothing but text."""
    rows: Rows = [
        ["Children's services performance"], ["Quarter ending June 2025"], [],
        ["Indicator", "Jun 2024", "Mar 2025", "Jun 2025", "SN", "England"],
        ["Children in care", "64.2 per 10,000", "66.0 per 10,000", "67.1 per 10,000",
         "71 per 10,000", "70 per 10,000"],
        ["Referrals per child", "502 per 10,000", "511.5 per 10,000", "498 per 10,000", "540",
         "544.5"],
        ["Re-referrals", "21%", "19.5%", "18.6%", "22%", "22.4%"],
        ["Average caseload", "16.2 children", 15.9, 16, "n/k", "15.4"],
    ]  # fmt: skip
    stated = Stated(
        {5: "i:children_care", 6: "i:referrals_child", 7: "i:re_referrals",
         8: "i:average_caseload"},
        {"B": "p:2024-06 t:month", "C": "p:2025-03 t:month", "D": "p:2025-06 t:month",
         "E": "a:Statistical_neighbours p:2025-06 t:month", "F": "a:England p:2025-06 t:month"},
    )  # fmt: skip
    return Kind("rates", book(("CSC", rows)), (stated,), settle=("B8",))


def outcomes() -> Kind:
    """A block of comparators, each with a period of its own."""
    rows: Rows = [
        ["Adult social care outcomes"], [],
        ["Measure", "Exampleford", None, None, "Comparators"],
        [None, "2022/23", "2023/24", "2024/25", "England", "South East", "Stat neighbours"],
        [None, None, None, None, "2023/24", "2023/24", "2022/23"],
        ["People who use services satisfied (%)", 64.1, 65.9, 66.2, 65.4, 64.9, 64.2],
        ["Quality of life score", 18.9, 19.1, 19.2, 19.1, 19.1, "c"],
        ["Admissions per 100,000", 612.3, 588.1, "571.0 (p)", 566, 530.2, "n/a"],
    ]  # fmt: skip
    then = merging("A3:A5", "B3:D3", "E3:G3", "B4:B5", "C4:C5", "D4:D5")
    stated = Stated(
        {6: "i:people_use_services_satisfied_pct", 7: "i:quality_life_score",
         8: "i:admissions_100_000"},
        {"B": "p:2022/23 t:year", "C": "p:2023/24 t:year", "D": "p:2024/25 t:year",
         "E": "a:England p:2023/24 t:year", "F": "a:South_East p:2023/24 t:year",
         "G": "a:Statistical_neighbours p:2022/23 t:year"},
    )  # fmt: skip
    return Kind("outcomes", book(("ASCOF", rows), then=then), (stated,))


def visiting() -> Kind:
    """The name of a measure merged over two rows: its number, and its share or rate."""
    rows: Rows = [
        ["Health visiting"], [],
        ["Measure", "Basis", "2023/24 Q3", "2023/24 Q4", "2024/25 Q1", "2024/25 Q2"],
        ["New birth visits within 14 days", "Number", 812, 790, 801, 777],
        [None, "%", 0.87, 0.881, 0.892, 0.9],
        ["Mothers smoking at delivery", "Number", 70, 66, 61, 64],
        [None, "%", 0.075, 0.071, 0.066, 0.069],
        ["Attendances, under 5s", "Number", 2210, 2300, 1990, 2005],
        [None, "Rate per 1,000", 611.1, 636, 550.3, 554.4],
    ]  # fmt: skip
    then = merging("A4:A5", "A6:A7", "A8:A9", shares=("C5:F5", "C7:F7"))
    codes = ("new_birth_visits_within_14_days_number", "new_birth_visits_within_14_days_pct",
             "mothers_smoking_delivery_number", "mothers_smoking_delivery_pct",
             "attendances_under_5s_number", "attendances_under_5s_rate_1_000")  # fmt: skip
    keys = ("2023/24-Q3", "2023/24-Q4", "2024/25-Q1", "2024/25-Q2")
    stated = Stated(
        {row: f"i:{code}" for row, code in enumerate(codes, 4)},
        {c: f"p:{key} t:quarter" for c, key in zip("CDEF", keys, strict=True)},
    )
    return Kind("visiting", book(("HV", rows), then=then), (stated,))


def reasons() -> Kind:
    """Reasons with sub-totals, blank rows, a quarter beside its months, and notes below."""
    rows: Rows = [
        ["Homelessness applications by reason, 2025/26"], [],
        ["Reason for loss of home", "April", "May", "June", "Quarter 1"],
        ["End of private tenancy", 31, 28, 35, 94], ["Family no longer willing", 22, 25, 19, 66],
        ["Sub-total: housing", 53, 53, 54, 160], [],
        ["Domestic abuse", 12, 9, 14, 35], ["Leaving prison", 3, "<5", 4, "<15"],
        ["Sub-total: other", 15, "c", 18, "c"], [], ["Grand total", 68, "c", 72, "c"], [],
        ["Note 1: figures below 5 are not shown."], ["Source: H-CLIC return, 2 July 2025"],
    ]  # fmt: skip
    members = {4: "End_of_private_tenancy", 5: "Family_no_longer_willing", 8: "Domestic_abuse",
               9: "Leaving_prison", 12: ""}  # fmt: skip
    stated = Stated(
        {row: f"i:homelessness_applications c:{name}" for row, name in members.items()},
        {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month", "D": "p:2025-06 t:month",
         "E": "p:2025/26-Q1 t:quarter"},
    )  # fmt: skip
    return Kind("reasons", book(("Reasons", rows)), (stated,), {"6": "sums up", "10": "sums up"})


def pivot() -> Kind:
    """A pivot table, copied."""
    rows: Rows = [
        ["Sum of Incidents", "Column Labels"],
        ["Row Labels", "2025-04", "2025-05", "2025-06", "Grand Total"],
        ["Bulky waste", 41, 44, 39, 124], ["Fly-tipping", 210, 188, 201, 599],
        ["Litter", 90, 85, 77, 252], ["Grand Total", 341, 317, 317, 975],
    ]  # fmt: skip
    members = {3: "Bulky_waste", 4: "Fly-tipping", 5: "Litter", 6: ""}
    stated = Stated(
        {row: f"i:incidents c:{name}" for row, name in members.items()},
        {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month", "D": "p:2025-06 t:month"},
    )
    return Kind("pivot", book(("Pivot", rows)), (stated,), {"E": "not read"})


def libraries() -> Kind:
    """Month and figure in one heading, and a year to date with a target of its own."""
    rows: Rows = [
        ["KPI", "Apr-25 Actual", "Apr-25 Target", "May-25 Actual", "May-25 Target", "YTD Actual",
         "YTD Target"],
        ["Library visits", 4100, 4000, 4250, 4000, 8350, 8000],
        ["Members active (%)", "31.0%", "33%", "32%", "33%", "31.8%", "33%"],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:library_visits", 3: "i:members_active_pct"},
        {"B": "p:2025-04 t:month", "C": "of:target p:2025-04 t:month", "D": "p:2025-05 t:month",
         "E": "of:target p:2025-05 t:month", "F": "p:2025-05 t:ytd", "G": "of:target p: t:ytd"},
    )  # fmt: skip
    return Kind("libraries", book(("2025-26", rows)), (stated,))


def climate() -> Kind:
    """A baseline, outturns and targets of years to come; a unit of carbon."""
    rows: Rows = [
        ["Climate action plan"], [],
        ["Measure", "Unit", "Baseline 2018/19", "2023/24 outturn", "2024/25 outturn",
         "2024/25 target", "2029/30 target"],
        ["Council emissions", "tCO2e", 18450, 12004, 11280, 11500, 0],
        ["Fleet that is electric", "%", 2, 17.5, 24, 25, 100],
        ["Trees planted", "Number", 0, 3504, 4100, 4000, 20000],
    ]  # fmt: skip
    stated = Stated(
        {4: "i:council_emissions", 5: "i:fleet_that_electric", 6: "i:trees_planted"},
        {"C": "p:2018/19 t:year", "D": "p:2023/24 t:year", "E": "p:2024/25 t:year",
         "F": "of:target p:2024/25 t:year", "G": "of:target p:2029/30 t:year"},
    )  # fmt: skip
    return Kind("climate", book(("Climate", rows)), (stated,))


def crime() -> Kind:
    """Twelve months to a month, beside a rate and the rate of similar forces."""
    rows: Rows = [
        ["Community safety partnership: 12 months to March 2025"], [],
        ["Offence", "12m to Mar-24", "12m to Mar-25", "% change", "Rate per 1,000",
         "MSG rate per 1,000"],
        ["All recorded crime", 9122, 8870, "-2.8%", 72.4, 80.1],
        ["Burglary", 410, 388, "-5.4%", 3.2, 3.9],
        ["Vehicle offences", 702, "715", "+1.9%", 5.8, 5.2],
    ]  # fmt: skip
    stated = Stated(
        {4: "i:all_recorded_crime", 5: "i:burglary", 6: "i:vehicle_offences"},
        {"B": "p:2024-03 t:rolling_12m", "C": "p:2025-03 t:rolling_12m",
         "E": "i:+_rate_1_000 p:2025-03 t:rolling_12m",
         "F": "i:+_rate_1_000 a:Most_similar_group p:2025-03 t:rolling_12m"},
    )  # fmt: skip
    return Kind("crime", book(("CSP", rows)), (stated,), {"D": "not read"})


def dates() -> Kind:
    """A real date, dates and months as text, side by side in one row of headings."""
    rows: Rows = [
        ["Measure", date(2025, 4, 30), "31/05/2025", "June 2025", "Jul-25", "2025-08"],
        ["Visits", 1, 2, 3, 4, 5], ["Loans", 5, 4, 3, 2, 1],
    ]  # fmt: skip
    columns = {c: f"p:2025-0{m} t:month" for c, m in zip("BCDEF", range(4, 9), strict=True)}
    return Kind("dates", book(("D", rows)), (Stated({2: "i:visits", 3: "i:loans"}, columns),))


def footnotes() -> Kind:
    """Marks behind numbers, symbols for none, and rows that have nothing else."""
    rows: Rows = [
        ["Measure", "2022/23", "2023/24", "2024/25"],
        ["Answered (%)", "85.3¹", "85.3 (r)", "86.1*"], ["Calls", "1,204 [1]", "1,310²", "<5"],
        ["Letters", "c", "~", "tbc"], ["Repaired (%)", "85.3 %", " 84.2%  ", "n/a"],
        ["Emails", "c. 400", "400+", "~420"], ["Growth", "−4.2", "–3.1", "(2.0)"],
    ]  # fmt: skip
    codes = ("answered_pct", "calls", "letters", "repaired_pct", "emails", "growth")
    stated = Stated(
        {row: f"i:{code}" for row, code in enumerate(codes, 2)},
        {"B": "p:2022/23 t:year", "C": "p:2023/24 t:year", "D": "p:2024/25 t:year"},
    )
    return Kind("footnotes", book(("Data", rows)), (stated,), settle=("C6",))


def behaviour() -> Kind:
    """Wards down with a total of the borough's name, and changes beside."""
    rows: Rows = [
        ["Anti-social behaviour by ward"], [],
        ["Ward", "Q1 2025-26", "Q2 2025-26", "Change", "% change"],
        ["Abbey", 41, 38, -3, "-7%"], ["Castle", 22, 29, 7, "32%"],
        ["Borough total", 80, 84, 4, "5%"], [], ["Source: housing system"],
    ]  # fmt: skip
    stated = Stated(
        {4: "i:anti_social_behaviour c:Abbey", 5: "i:anti_social_behaviour c:Castle",
         6: "i:anti_social_behaviour"},
        {"B": "p:2025/26-Q1 t:quarter", "C": "p:2025/26-Q2 t:quarter"},
    )  # fmt: skip
    aside = {"D": "not read", "E": "not read"}
    return Kind("behaviour", book(("ASB", rows)), (stated,), aside)


def survey() -> Kind:
    """Waves with their months, and a benchmark."""
    rows: Rows = [
        ["Residents' survey"], [],
        ["Statement", "Wave 1 (June 2024)", "Wave 2 (December 2024)", "LGA benchmark (June 2025)"],
        ["Satisfied with the local area", 0.71, 0.7, 0.74],
        ["Council keeps residents informed", 0.52, 0.55, 0.52],
    ]  # fmt: skip
    stated = Stated(
        {4: "i:satisfied_local_area", 5: "i:council_keeps_residents_informed"},
        {"B": "p:2024-06 t:month", "C": "p:2024-12 t:month",
         "D": "a:LGA_benchmark p:2025-06 t:month"},
    )  # fmt: skip
    return Kind("survey", book(("S", rows), then=merging(shares=("B4:D5",))), (stated,))


def collection() -> Kind:
    """Months without a year under a title with it; a target and England in rows below a measure."""
    rows: Rows = [
        ["Waste services 2025/26"], ["", "Apr", "May", "Jun"],
        ["Waste collected (tonnes)", 2101, 2210, 2190], ["Recycling rate", "44.1%", "45.2%", "46%"],
        ["Target", "46%", "46%", "47%"], ["England", "42%", "42.5%", "43%"],
        ["Last year", "43%", "44%", "44%"], ["Bins missed", 31, 30, 44],
    ]  # fmt: skip
    stated = Stated(
        {3: "i:waste_collected_tonnes", 4: "i:recycling_rate", 5: "i:recycling_rate of:target",
         6: "i:recycling_rate a:England", 8: "i:bins_missed"},
        {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month", "D": "p:2025-06 t:month"},
    )  # fmt: skip
    return Kind("collection", book(("Waste", rows)), (stated,), {"7": "not read"})


MADE = (
    tenancy, customers, corporate, wards, outturn, rates, outcomes, visiting, reasons, pivot,
    libraries, climate, crime, dates, footnotes, behaviour, survey, collection,
)  # fmt: skip
