"""Workbooks of other habits: targets on a sheet or in a row of their own, running totals, statuses.

What each number is of is written beside it, as in `dashboards`.
"""

from __future__ import annotations

from datetime import date

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tests.sources.officers.dashboards import Kind, Stated, merging
from tests.sources.officers.kinds import Rows, book

MONTHS = {"B": "p:2025-04 t:month", "C": "p:2025-05 t:month", "D": "p:2025-06 t:month"}


def beneath() -> Kind:
    """Three tables under each other; the last has no heading over its labels, and other columns."""
    rows: Rows = [
        ["Section 1: Customer"], ["Measure", "2023/24", "2024/25"], ["Calls answered", 91.2, 92.4],
        [], ["Section 2: Workforce", "2023/24", "2024/25", "Target"],
        ["Headcount (FTE)", 812.4, 798.2, 800], ["Sickness days", "9.1", "8.7", "8.5"], [], [],
        ["", "Q1", "Q2", "Q3", "Q4"], ["Agency spend (£k)", 120, 130, 98, 101],
        ["Vacancies", 44, 41, 39, 37],
    ]  # fmt: skip
    years = {"B": "p:2023/24 t:year", "C": "p:2024/25 t:year", "D": "of:target p: t:"}
    quarters = {c: f"p:2024/25-Q{at} t:quarter" for at, c in enumerate("BCDE", 1)}
    stated = (
        Stated({3: "i:calls_answered", 6: "i:headcount_fte", 7: "i:sickness_days"}, years),
        Stated({11: "i:agency_spend x:1000", 12: "i:vacancies t!:snapshot"}, quarters),
    )
    return Kind("beneath", book(("2024-25", rows)), stated)


def apart() -> Kind:
    """The targets and which way is better on a sheet of their own."""
    figures: Rows = [
        ["Ref", "Measure", "Q1 2025/26", "Q2 2025/26"], ["K1", "Visits on time (%)", "87%", "88%"],
        ["K2", "Referrals", 401, 420],
    ]  # fmt: skip
    targets: Rows = [
        ["Ref", "Measure", "2025/26", "Polarity"], ["K1", "Visits on time (%)", "90%", "High"],
        ["K2", "Referrals", 400, "Low"],
    ]  # fmt: skip
    rows = {2: "i:visits_time_pct", 3: "i:referrals"}
    stated = (
        Stated(rows, {"C": "p:2025/26-Q1 t:quarter", "D": "p:2025/26-Q2 t:quarter"}, "Actuals"),
        Stated(rows, {"C": "of:target p:2025/26 t:year"}, "Targets"),
    )
    return Kind("apart", book(("Actuals", figures), ("Targets", targets)), stated)


def numbered() -> Kind:
    """A number under PI and the name of the measure under Description; a month of the year before
    with the change since.
    """
    rows: Rows = [
        ["PI", "Description", "Unit", "Apr 25", "May 25", "May 24", "Var on May 24"],
        ["1", "Stage 1 complaints upheld", "%", 41.2, 38, 44.0, -6],
        ["2", "Average days to let", "Days", 28.4, 27.1, 31, -3.9],
        ["3", "Rent arrears", "£000", 1201.4, 1188.2, 1302, -113.8],
        ["4", "Tenancies", "No.", 10234, 10240, 10190, 50],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:stage_1_complaints_upheld", 3: "i:average_days_let",
         4: "i:rent_arrears t!:snapshot x:1000", 5: "i:tenancies"},
        {"D": "p:2025-04 t:month", "E": "p:2025-05 t:month", "F": "p:2024-05 t:month"},
    )  # fmt: skip
    return Kind(
        "numbered",
        book(("Housing", rows)),
        (stated,),
        {"A": "not read", "C": "not read", "G": "not read"},
    )


def running() -> Kind:
    """A column says of each row whether its months run on from April."""
    rows: Rows = [
        ["2025/26 indicators"], ["Measure", "Apr", "May", "Jun", "Basis"],
        ["Affordable homes completed", 12, 31, 44, "Cumulative"],
        ["Complaints", 31, 28, 30, "Monthly"],
        ["Sickness days per FTE", 9.1, 9.0, 8.8, "Rolling 12 months"],
        ["Open cases", 210, 204, 199, "Snapshot"],
    ]  # fmt: skip
    stated = Stated(
        {3: "i:affordable_homes_completed t!:ytd", 4: "i:complaints",
         5: "i:sickness_days_fte t!:rolling_12m", 6: "i:open_cases t!:snapshot"}, MONTHS,
    )  # fmt: skip
    return Kind("running", book(("Monthly", rows)), (stated,))


def unsettled() -> Kind:
    """Months of which the heading says that they are provisional, and shares headed only with %."""
    rows: Rows = [
        ["Measure", "% Apr 2025", "% May 2025 (prov.)", "% Jun-25 (p)", "% Target"],
        ["Visits on time", 87.3, 88.1, 90, 92], ["Reviews on time", 0.912, 0.93, 0.921, 0.95],
        ["Plans on time", "91%", 92.4, "89.0% *", 95],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:visits_time", 3: "i:reviews_time", 4: "i:plans_time"},
        MONTHS | {"E": "of:target p: t:"},
    )
    raw = book(("Data", rows), then=merging(shares=("B3:E3",)))
    return Kind("unsettled", raw, (stated,))


def amid() -> Kind:
    """Months down, and amid them rows of the target, of a quarter and of England."""
    rows: Rows = [
        ["Waste return"], [], ["Month", "Waste collected", "Recycling rate", "Missed bins"],
        ["Unit", "Tonnes", "%", "Number"], ["Target", 5200, "46%", 100],
        ["Apr-25", 5312, "44.1%", 120], ["May-25", 5401, "45.3%", 98],
        ["Jun-25", 5290, "46.2%", 101],
        ["Q1 2025/26", 16003, None, 319], ["Average", 5334.3, "45.2%", 106.3],
        ["England 2024/25", None, "43.9%", None],
    ]  # fmt: skip
    months = {6: "p:2025-04 t:month", 7: "p:2025-05 t:month", 8: "p:2025-06 t:month"}
    stated = Stated(
        {5: "of:target p: t:month", 9: "p:2025/26-Q1 t:quarter", 11: "a:England p:2024/25 t:year"}
        | months,
        {"B": "i:waste_collected", "C": "i:recycling_rate", "D": "i:missed_bins"},
    )
    return Kind("amid", book(("Waste", rows)), (stated,), {"10": "sums up"})


def monthly() -> Kind:
    """Real dates across, and a target that is said to be monthly."""
    rows: Rows = [
        ["Measure", date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1), "Target (monthly)"],
        ["Visits to leisure centres", 41234, 42345, 39876, 41000],
        ["Memberships at month end", 5021, 5101, 5093, 5200], ["Bookings online", 81, 92, 77, 80],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:visits_leisure_centres", 3: "i:memberships_month_end t!:snapshot",
         4: "i:bookings_online"}, MONTHS | {"E": "of:target p: t:month"},
    )  # fmt: skip
    return Kind("monthly", book(("Leisure", rows)), (stated,))


def within() -> Kind:
    """Rows that are parts of those above them: indented, begun with a dash, or "of which"."""
    rows: Rows = [
        ["Housing register"], [], ["Measure", "Apr-25", "May-25", "Jun-25"],
        ["Households on the register", 2010, 2033, 2051], ["of which: band A", 120, 131, 129],
        ["of which: band B", 490, 500, 511], ["Presentations", 88, 91, 79],
        ["Prevention duty", 40, 41, 37], ["Relief duty", 48, 50, 42],
        ["Reviews in time (%)", 81, 83, 80],
        ["  Number in time", 61, 67, 70], ["Approaches", 30, 33, 31],
        ["- Prevention duty", 9, 8, 7], [], ["Repairs"],
        ["Jobs", 300, 310, 305], ["Emergencies", 41, 44, 40],
    ]  # fmt: skip

    def then(page: Worksheet) -> None:
        for row in (8, 9, 17):
            page.cell(row, 1).alignment = Alignment(indent=1)

    codes = {
        4: "households_register", 5: "households_register_band", 6: "households_register_band_b",
        7: "presentations", 8: "presentations_prevention_duty", 9: "presentations_relief_duty",
        10: "reviews_time_pct", 11: "reviews_time_number_time", 12: "approaches",
        13: "approaches_prevention_duty", 16: "jobs", 17: "jobs_emergencies",
    }  # fmt: skip
    stated = Stated({row: f"i:{code}" for row, code in codes.items()}, MONTHS)
    return Kind("within", book(("Housing", rows), then=then), (stated,))


def headed() -> Kind:
    """Year, sum and unit in one heading; a part of a directorate, which is not added to it."""
    rows: Rows = [
        ["Revenue budget"], [],
        ["Directorate", "2024/25 Outturn £000", "2025/26 Budget £000", "2025/26 Forecast £000",
         "2025/26 Variance £000"],
        ["Adults", 44120, 45210, 46300.5, 1090.5], ["Children", 30111, 31020, 32950, 1930],
        ["of which: placements", 18000, 18800, 20500, 1700], ["Place", 21040, 21800, 21500, -300],
        ["Total", 95271, 98030, 100750.5, 2720.5],
    ]  # fmt: skip
    now = "p:2025/26 t:year x:1000"
    stated = Stated(
        {4: "c:Adults", 5: "c:Children", 7: "c:Place", 8: ""},
        {"B": "i:outturn p:2024/25 t:year x:1000", "C": f"i:budget {now}", "D": f"i:forecast {now}",
         "E": f"i:variance {now}"},
    )  # fmt: skip
    return Kind("headed", book(("Budget", rows)), (stated,), {"6": "a part of 'Children'"})


def ranked() -> Kind:
    """Under each measure a row for us, for England, for our rank and for the target."""
    rows: Rows = [
        ["Indicator", "Area", "2022/23", "2023/24", "2024/25"],
        ["Absence (%)", "Exampleford", 7.6, 7.4, 7.1], ["", "England", 7.5, 7.1, 6.9],
        ["", "Rank", 81, 90, 88], ["", "Target", 7.0, 7.0, 6.8],
        ["Exclusions per 1,000", "Exampleford", 4.1, 4.5, "c"], ["", "England", 4.0, 4.2, 4.4],
        ["", "National rank (of 152)", 70, 75, "-"],
    ]  # fmt: skip
    absence, exclusions = "i:absence_pct", "i:exclusions_1_000"
    stated = Stated(
        {2: absence, 3: f"{absence} a:England", 5: f"{absence} of:target", 6: exclusions,
         7: f"{exclusions} a:England"},
        {"C": "p:2022/23 t:year", "D": "p:2023/24 t:year", "E": "p:2024/25 t:year"},
    )  # fmt: skip
    return Kind("ranked", book(("Schools", rows)), (stated,), {"4": "'Rank'", "8": "rank"})


def abroad() -> Kind:
    """England's figures on a sheet of its name, of which one measure is blank."""
    own: Rows = [["Measure", "2023/24", "2024/25"], ["Crime per 1,000", 88.1, 87.2],
                 ["Jobs", 1200, 1301]]  # fmt: skip
    england: Rows = [["Measure", "2023/24", "2024/25"], ["Crime per 1,000", 80.1, 81.2], ["Jobs"]]
    rows = {2: "i:crime_1_000", 3: "i:jobs"}
    years = {"B": "p:2023/24 t:year", "C": "p:2024/25 t:year"}
    stated = (
        Stated(rows, years, "Our figures"),
        Stated({2: "i:crime_1_000 a:England"}, years, "England"),
    )
    return Kind("abroad", book(("Our figures", own), ("England", england)), stated)


def served() -> Kind:
    """Services down under a title that says what is counted of each."""
    rows: Rows = [
        ["Complaints by service"], ["Service", "Q1 25/26", "Q2 25/26"], ["Housing", 41, 38],
        ["Waste", 30, 29], ["Other", 8, 11], ["Total", 79, 78],
    ]  # fmt: skip
    stated = Stated(
        {3: "i:complaints c:Housing", 4: "i:complaints c:Waste", 5: "i:complaints c:Other",
         6: "i:complaints"},
        {"B": "p:2025/26-Q1 t:quarter", "C": "p:2025/26-Q2 t:quarter"},
    )  # fmt: skip
    return Kind("served", book(("Complaints", rows)), (stated,))


def noted() -> Kind:
    """Marks of footnotes behind headings, a year to date, lights before numbers, and remarks."""
    rows: Rows = [
        ["Measure", "2023/24¹", "2024/25 (1)", "2025/26 to date*", "Target²"],
        ["Homes improved", "✅ 300", "❌ 310", "🟢 120", 320], ["Comment: on track, up 12%"], [],
        ["Rent collected (%)", "97%", "97.5%", "96%", "98%"], ["Jobs", 12, 14, 9, "≥14"],
    ]  # fmt: skip
    stated = Stated(
        {2: "i:homes_improved", 5: "i:rent_collected_pct", 6: "i:jobs"},
        {"B": "p:2023/24 t:year", "C": "p:2024/25 t:year", "D": "p:2025/26 t:ytd",
         "E": "of:target p: t:"},
    )  # fmt: skip
    raw = book(("Plan", rows))
    return Kind("noted", raw, (stated,))


def cornered() -> Kind:
    """The year in the corner, over the labels, and months by their number."""
    rows: Rows = [
        ["2025/26", "", "Month 1", "Month 2", "Month 3"],
        ["Measure", "Unit", "Actual", "Actual", "Actual"], ["Calls", "No", 11, 12, 13],
        ["Letters", "No", 1, 2, 3],
    ]  # fmt: skip
    months = {"C": "p:2025-04 t:month", "D": "p:2025-05 t:month", "E": "p:2025-06 t:month"}
    return Kind("cornered", book(("Desk", rows)), (Stated({3: "i:calls", 4: "i:letters"}, months),))


def exported() -> Kind:
    """A row for each period and place, under headings that run their words together."""
    rows: Rows = [
        ["PeriodName", "IndicatorName", "AreaName", "Value", "TargetValue", "IsProvisional"],
    ]
    told = {}
    for at, (quarter, key) in enumerate(
        (("2024/25 Q4", "2024/25-Q4"), ("2025/26 Q1", "2025/26-Q1"))
    ):
        rows = [
            *rows, [quarter, "Reviews on time (%)", "Exampleford", 81.2 + at, 85, "N"],
            [quarter, "Reviews on time (%)", "England", 83.2 + at, None, "N"],
        ]  # fmt: skip
        told[2 * at + 2] = f"p:{key}"
        told[2 * at + 3] = f"p:{key} a:England"
    columns = {"D": "i:reviews_time_pct t:quarter", "E": "i:reviews_time_pct t:quarter of:target"}
    return Kind("exported", book(("Export", rows)), (Stated(told, columns),))


def grouped() -> Kind:
    """Under each measure its groups, of which the measure's name stands only at the first."""
    rows: Rows = [
        ["Measure", "Group", "2023/24", "2024/25"], ["Attainment 8", "All pupils", 46.1, 46.5],
        ["", "Disadvantaged", 35.1, 35.9], ["", "Other", 49.9, 50.1],
        ["Progress 8", "All pupils", -0.1, -0.05], ["", "Disadvantaged", -0.5, -0.48],
    ]  # fmt: skip
    one, two = "i:attainment_8", "i:progress_8"
    stated = Stated(
        {2: f"{one} c:All_pupils", 3: f"{one} c:Disadvantaged", 4: f"{one} c:Other",
         5: f"{two} c:All_pupils", 6: f"{two} c:Disadvantaged"},
        {"C": "p:2023/24 t:year", "D": "p:2024/25 t:year"},
    )  # fmt: skip
    return Kind("grouped", book(("KS4", rows)), (stated,))


def totalled() -> Kind:
    """A total below its measures, which is one of what the title says."""
    rows: Rows = [
        ["Offences"], ["Offence type", "Apr-25", "May-25", "Jun-25"], ["Burglary", 31, 44, 12],
        ["Vehicle crime", 51, 40, 21], ["Total", 82, 84, 33],
    ]  # fmt: skip
    codes = {3: "i:burglary", 4: "i:vehicle_crime", 5: "i:offences_total"}
    return Kind("totalled", book(("Crime", rows)), (Stated(codes, MONTHS),))


RETURNS = (beneath, apart, numbered, running, unsettled, amid, monthly, within, headed, ranked,
           abroad, served, noted, cornered, exported, grouped, totalled)  # fmt: skip
