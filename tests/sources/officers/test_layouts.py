"""Small sheets of many layouts: what the first mapping makes of each, and what it leaves open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from reporter.sources import Conversion, convert_workbook

Rows = Sequence[Sequence[Any]]


def converted(*sheets: tuple[str, Rows], merge: Sequence[str] = ()) -> Conversion:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for cells in merge:
            page.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return convert_workbook(out.getvalue(), "f.xlsx", "Sometown")


def read(found: Conversion) -> set[str]:
    """Every figure in a line: area, code, category, period, type and value."""
    table = found.mapped.observations
    assert table is not None
    names = ("area", "indicator", "category", "period", "period_type", "value")
    return {
        " ".join(text for name in names if (text := table.columns[name].text(row)))
        for row in range(len(table.rows.row))
    }


def test_places_across_two_years_each() -> None:
    found = converted(
        ("Data", [
            ["Measure", "Sometown", None, "England", None],
            [None, "2022/23", "2023/24", "2022/23", "2023/24"],
            ["% care leavers in EET", "51%", "54%", "55%", "56%"],
        ]),
        merge=("B1:C1", "D1:E1"),
    )  # fmt: skip
    assert read(found) == {
        "Sometown care_leavers_eet_pct 2022/23 year 51",
        "Sometown care_leavers_eet_pct 2023/24 year 54",
        "England care_leavers_eet_pct 2022/23 year 55",
        "England care_leavers_eet_pct 2023/24 year 56",
    }


def test_a_scorecard_with_priorities_statuses_and_comparators() -> None:
    found = converted(
        ("Scorecard", [
            ["Performance scorecard, quarter 2 2024/25"],
            [],
            ["PI Ref", "Performance indicator", "Polarity", "2023/24 Outturn", "Q1 2024/25",
             "2024/25 Target", "RAG", "Direction of travel", "SN average 2022/23", "Commentary"],
            ["Priority 1: Great place"],
            ["EN1", "Waste sent for recycling", "High", "43.2%", "48.1% (p)", "46%", "Green", "↑",
             "n/a", "Provisional until 2025"],
            ["EN2", "Fly-tips removed within 2 days", "High", "91%", "TBC", "95%"],
            [],
            ["(p) provisional"],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown waste_sent_recycling 2023/24 year 43.2",
        "Sometown waste_sent_recycling 2024/25-Q1 quarter 48.1",
        "Statistical neighbours waste_sent_recycling 2022/23 year z",
        "Sometown fly_tips_removed_within_2_days 2023/24 year 91",
        "Sometown fly_tips_removed_within_2_days 2024/25-Q1 quarter x",
    }
    assert found.spec.marks == {"p": "provisional"}
    assert found.mapped.problems == ()
    assert {one.polarity for one in found.measures} == {"high_good"}
    assert {one.section for one in found.measures} == {"Priority 1: Great place"}


def test_money_of_services_down_and_what_it_is_across() -> None:
    found = converted(
        ("Finance", [
            ["Revenue monitoring as at 31 December 2024"],
            ["(£000)"],
            ["Service", "Budget", "Forecast outturn"],
            ["Adults", 45210, 46300.5],
            ["Total", 83910, 87520],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown budget Adults 2024-12-31 snapshot 45210000",
        "Sometown forecast_outturn Adults 2024-12-31 snapshot 46300500",
        "Sometown budget 2024-12-31 snapshot 83910000",
        "Sometown forecast_outturn 2024-12-31 snapshot 87520000",
    }


def test_teams_across_and_a_sheet_a_month() -> None:
    rows = [["Dashboard"], ["Measure", "North", "Total"], ["Assessments completed", 12, 36]]
    found = converted(("Apr 2024", rows), ("May 2024", rows))
    assert read(found) == {
        "Sometown assessments_completed North 2024-04 month 12",
        "Sometown assessments_completed 2024-04 month 36",
        "Sometown assessments_completed North 2024-05 month 12",
        "Sometown assessments_completed 2024-05 month 36",
    }


def test_years_over_months_that_are_not_merged_and_labels_without_a_heading() -> None:
    found = converted(
        ("Trend", [
            ["Housing trend"],
            [],
            [None, "2022/23", None, "2023/24", None],
            [None, "Apr", "Mar", "Apr", "Mar"],
            ["Void properties", 150, 153, 156, 159],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown void_properties 2022-04 month 150",
        "Sometown void_properties 2023-03 month 153",
        "Sometown void_properties 2023-04 month 156",
        "Sometown void_properties 2024-03 month 159",
    }


def test_ages_under_titles_that_name_the_measure() -> None:
    ages = [["Under 5", 40, 42], ["5 to 9", 60, 61], ["Total", 100, 103]]
    found = converted(
        ("Ages", [
            ["Age group", 2023, 2024],
            ["Children looked after"], *ages,
            [],
            ["Children on a plan"], *ages,
        ]),
    )  # fmt: skip
    assert len(read(found)) == 12
    assert "Sometown children_looked_after Under 5 2024 snapshot 42" in read(found)
    assert "Sometown children_plan 2023 snapshot 100" in read(found)


def test_actual_target_and_last_year_in_rows_with_the_year_in_the_sheets_name() -> None:
    found = converted(
        ("2024-25", [
            ["Measure", None, "Apr", "May"],
            ["Council tax collected", "Actual", "10.1%", "19.9%"],
            [None, "Target", "10%", "20%"],
            [None, "Prev year", "10.2%", "20.1%"],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown council_tax_collected 2024-04 month 10.1",
        "Sometown council_tax_collected 2024-05 month 19.9",
    }
    assert found.mapped.targets is not None
    assert {one.cell for one in found.mapped.aside} == {"2024-25!C4", "2024-25!D4"}


def test_weeks_told_by_the_day_that_they_begin_on() -> None:
    found = converted(
        ("Weekly", [
            ["Week commencing", "Contacts", "Referrals"],
            ["07/04/2025", 120, "<5"],
            ["14/04/2025", 131, 29],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown contacts 2025-W15 week 120",
        "Sometown contacts 2025-W16 week 131",
        "Sometown referrals 2025-W15 week c",
        "Sometown referrals 2025-W16 week 29",
    }


def test_terms_of_schools() -> None:
    found = converted(
        ("Attendance", [
            ["Term", "Attendance (%)", "Suspensions"],
            ["Autumn 2023", 94.2, 120],
            ["Spring term 2023/24", 93.8, 132],
            ["Summer 2024", 94.5, 9],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown attendance_pct 2023-09..2023-12 window 94.2",
        "Sometown attendance_pct 2024-01..2024-03 window 93.8",
        "Sometown attendance_pct 2024-04..2024-08 window 94.5",
        "Sometown suspensions 2023-09..2023-12 window 120",
        "Sometown suspensions 2024-01..2024-03 window 132",
        "Sometown suspensions 2024-04..2024-08 window 9",
    }


def test_two_tables_on_one_sheet() -> None:
    found = converted(
        ("Two", [
            ["Table 1: Timeliness"],
            ["Measure", "Q1 24/25", "Q2 24/25"],
            ["Visits on time", "90%", "91%"],
            [],
            ["Table 2: Volumes"],
            ["Measure", "Q1 24/25", "Q2 24/25", "Q3 24/25"],
            ["Referrals", 101, "1,112", 120],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown visits_time 2024/25-Q1 quarter 90",
        "Sometown visits_time 2024/25-Q2 quarter 91",
        "Sometown referrals 2024/25-Q1 quarter 101",
        "Sometown referrals 2024/25-Q2 quarter 1112",
        "Sometown referrals 2024/25-Q3 quarter 120",
    }


def test_a_quarter_of_no_year_is_asked_for_and_not_guessed() -> None:
    rows = [["Indicator", "Quarter 1", "Quarter 2"], ["Invoices paid on time %", 92.1, 93]]
    found = converted(("Figures", rows))
    assert found.mapped.observations is None
    assert {problem.code for problem in found.mapped.problems} == {"no-period"}
    assert "year" in found.mapped.problems[0].fix


@pytest.mark.parametrize(
    ("texts", "times", "values"),
    [
        ((0.84, 0.851, 1), "100", ["84", "85.1", "100"]),
        ((84, 85.1, 100), "1", ["84", "85.1", "100"]),
        (("84%", 85.1, 100), "1", ["84", "85.1", "100"]),
    ],
)
def test_shares_are_read_as_percentages_however_they_are_written(
    texts: Sequence[Any], times: str, values: list[str]
) -> None:
    found = converted(
        ("KPI", [["Measure", "Apr 24", "May 24", "Jun 24"], ["% of bins collected", *texts]]),
    )  # fmt: skip
    (item,) = found.spec.measures.values()
    assert str(item.times) == times
    assert sorted(line.split()[-1] for line in read(found)) == sorted(values)


def test_one_month_told_above_the_table() -> None:
    found = converted(
        ("Dashboard", [
            ["Monthly dashboard"],
            ["Month:", "October 2024"],
            [],
            ["KPI", "This month", "Last month", "Year to date", "Target"],
            ["Complaints", 12, 15, 98, "≤ 15"],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown complaints 2024-10 month 12",
        "Sometown complaints 2024-09 month 15",
        "Sometown complaints 2024-10 ytd 98",
    }
    assert "Last month: {holds: value, period: previous}  # guess" in found.text


def test_our_own_name_and_others_across_years_as_text_that_are_not_merged() -> None:
    found = converted(
        ("KS", [
            ["Pupil group", "2022", None, "2023", None],
            [None, "Sometown", "England", "Sometown", "England"],
            ["All pupils", 58.1, 59, 60.2, 60],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown all_pupils 2022 year 58.1",
        "England all_pupils 2022 year 59",
        "Sometown all_pupils 2023 year 60.2",
        "England all_pupils 2023 year 60",
    }


def test_a_sum_over_the_months_is_no_figure_of_a_month() -> None:
    found = converted(
        ("By ward", [
            ["Fly-tipping reports by ward"],
            ["Ward", "Apr 2024", "May 2024", "Total"],
            ["Abbey", 12, 15, 27],
            ["All wards", 34, 34, 68],
        ]),
    )  # fmt: skip
    assert read(found) == {
        "Sometown fly_tipping_reports Abbey 2024-04 month 12",
        "Sometown fly_tipping_reports Abbey 2024-05 month 15",
        "Sometown fly_tipping_reports 2024-04 month 34",
        "Sometown fly_tipping_reports 2024-05 month 34",
    }
    assert {one.cell for one in found.mapped.aside} == {"By ward!D3", "By ward!D4"}
