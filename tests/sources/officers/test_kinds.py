"""Sixteen kinds of workbook: every cell with a number is read as it stands, or told with a reason.

What a cell holds is read again with openpyxl alone, and what it is of is written down by hand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest

from reporter.sources import Conversion, convert_workbook
from tests.sources.officers import kinds
from tests.sources.officers.own_reader import number_in


def converted(make: Callable[[], bytes]) -> Conversion:
    return convert_workbook(make(), f"{make.__name__}.xlsx", "Sometown")


SCALES = {"Book issues (000s)": 1000, "Agency spend (£m)": 1_000_000}


@pytest.mark.parametrize("make", kinds.KINDS)
def test_every_number_is_read_as_it_stands_or_told(make: Callable[[], bytes]) -> None:
    found = converted(make)
    assert [str(problem) for problem in found.mapped.problems] == []
    book = openpyxl.load_workbook(io.BytesIO(make()), data_only=True)
    of_cell = {(one.sheet, one.at): one for one in found.mapped.found}
    aside = {(one.sheet, one.at) for one in found.mapped.aside}
    read = 0
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                number = number_in(cell)
                at = (page.title, (cell.row, cell.column))
                if number is None or (one := of_cell.get(at)) is None:
                    assert number is None or at in aside, f"{at} is neither read nor told"
                    continue
                label = str(page.cell(cell.row, 3 if make is kinds.libraries else 1).value)
                scale = 1000 if make is kinds.finance else SCALES.get(label, 1)
                assert one.figure.number == number * scale, at
                read += 1
    assert read >= 8


def read(found: Conversion) -> set[str]:
    """Every figure in a line: area, code, category, period, type and value."""
    return {
        " ".join(filter(None, (one.area, one.indicator, one.category, one.period, one.period_type,
                               one.figure.value)))
        for one in found.mapped.found if one.amount == "value"
    }  # fmt: skip


STATED: dict[Callable[[], bytes], set[str]] = {
    kinds.libraries: {
        "Sometown visits_libraries 2023/24-Q1 quarter 41230",
        "Sometown members_borrowed_pct 2024/25-Q4 quarter x",
        "Sometown net_cost_visit 2024/25-Q4 quarter 2.15",
    },
    kinds.adult_care: {
        "Sometown people_direct_payment_pct 2024/25-Q3 quarter 89.9",
        "South West people_direct_payment_pct 2023/24 year 27",
        "Statistical neighbours admissions_residential_care_100_000 2023/24 year c",
    },
    kinds.housing: {
        "Sometown repairs_completed 2024-04 month 900",
        "Sometown average_relet_time_days 2024-09 month 26",
        "Sometown satisfaction_pct 2024-05 month 80.5",
    },
    kinds.environment: {
        "Sometown household_waste_recycled 2024/25-Q2 quarter 48.8",
        "Sometown missed_collections_100_000 2023/24-Q4 quarter 59",
        "Sometown residual_waste_household_kg 2024/25-Q2 quarter x",
    },
    kinds.finance: {
        "Sometown annual_budget Adults 2024-09-30 snapshot 45210000",
        "Sometown variance Place 2024-09-30 snapshot -540000",
        "Sometown forecast_outturn 2024-09-30 snapshot 66800500",
    },
    kinds.health: {
        "England smoking_prevalence_adults_pct 2023 year 11.6",
        "Sometown under_18_conceptions_1_000 2021 year c",
    },
    kinds.schools: {
        "Sometown attainment_8 All pupils 2022/23 year 45.9",
        "Sometown grade_5_english_maths_pct SEN support 2023/24 year c",
    },
    kinds.calls: {
        "Sometown calls_offered 2025-W01 week 4021",
        "Sometown calls_answered_pct 2025-W04 week 94.41",
    },
    kinds.planning: {
        "Sometown applications_received 2025-02 month 212",
        "Sometown applications_received 2025-01 month 198",
        "Sometown applications_received 2024-02 month 240",
        "Sometown applications_received 2025-02 ytd 2301",
    },
    kinds.homelessness: {
        "Sometown presentations 2022-04 month 100",
        "Sometown presentations 2024-01 month 115",
    },
    kinds.workforce: {
        "Sometown sickness_days_fte 2023-04..2023-09 window 4.1",
        "Sometown agency_spend 2023/24-Q4 quarter 720000",
    },
    kinds.leisure: {
        "Sometown swimming_visits 2024/25-Q2 quarter 25001",
        "Sometown gym_members 2025-03-31 snapshot 5301",
    },
    kinds.export: {
        "Sometown assessments_45_days South 2024-11 month 85.5",
    },
    kinds.board: {
        "Sometown complaints 2024-06 month 9",
        "Sometown requests_answered_time_pct 2024-04 month 91",
    },
    kinds.visits: {
        "Sometown visits_time 2024/25-Q1 quarter 88",
        "Sometown reviews_time 2024/25-Q2 quarter 84.4444444444444",
    },
    kinds.wards: {
        "Sometown population Abbey 2024/25 year 12345",
        "Sometown crime Mill 2024/25 year 80.1",
    },
}  # fmt: skip
"""Of every kind some figures, with what they are of."""


@pytest.mark.parametrize("make", kinds.KINDS)
def test_figures_are_of_what_their_headings_say(make: Callable[[], bytes]) -> None:
    assert STATED[make] <= read(converted(make))


def test_what_was_guessed_of_headings_is_marked_at_its_line() -> None:
    year = next(line for line in converted(kinds.homelessness).text.splitlines() if "FY23" in line)
    assert 'period: "2022/23"' in year
    assert "# guess" in year
    hidden = converted(kinds.environment).text
    assert "Excel hides it: column C, row 11" in hidden


def test_quarters_of_a_year_that_may_be_either_are_asked_for() -> None:
    rows = [["Measure", "Q1 2024", "Q2 2024"], ["Visits", 10, 12], ["Loans", 5, 7]]
    raw = kinds.book(("Sheet", rows))
    found = convert_workbook(raw, "f.xlsx", "Sometown")
    assert {problem.code for problem in found.mapped.problems} == {"no-period"}
    assert "`quarters: calendar`" in found.mapped.problems[0].fix
    for word, key in (("calendar", "2023/24-Q4"), ("financial", "2024/25-Q1")):
        text = re.sub("# quarters: .*", f"quarters: {word}", found.text)
        again = reconverted(raw, text)
        assert f"Sometown visits {key} quarter 10" in read(again)
        assert again.mapped.problems == ()


def test_a_figure_of_last_month_gives_way_to_that_months_own() -> None:
    def rows(month: str, now: int, before: int) -> kinds.Rows:
        return [[f"Month: {month}"], [], ["Measure", "This month", "Last month"],
                ["Visits", now, before], ["Loans", 5, 5]]  # fmt: skip

    raw = kinds.book(
        ("Apr 2024", rows("April 2024", 10, 9)), ("May 2024", rows("May 2024", 12, 11))
    )
    found = convert_workbook(raw, "f.xlsx", "Sometown")
    assert "Sometown visits 2024-04 month 10" in read(found)
    assert found.mapped.observations is not None
    kept = [cell.text(0) for name, cell in found.mapped.observations.columns.items()
            if name == "value"]  # fmt: skip
    assert kept == ["10"]
    assert any("of that period itself" in one.why for one in found.mapped.aside)


def test_cells_with_digits_that_are_no_numbers_are_told() -> None:
    rows = [
        ["Measure", "Apr 2024", "May 2024"],
        ["Visits", 10, 12],
        ["Average wait", "03:12", "04:01"],
    ]
    found = convert_workbook(kinds.book(("Sheet", rows)), "f.xlsx", "Sometown")
    assert [problem.place.at for problem in found.mapped.problems] == [
        "cell Sheet!B3",
        "cell Sheet!C3",
    ]


def reconverted(raw: bytes, text: str) -> Conversion:
    from reporter.sources import reconvert_workbook

    return reconvert_workbook(raw, "f.xlsx", "Sometown", text.encode(), "mapping.yaml")
