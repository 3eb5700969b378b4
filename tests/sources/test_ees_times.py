"""The times of the open data format, in all their forms (STANDARDS 3.7.3 to 3.7.5)."""

from __future__ import annotations

import pytest

from reporter.sources.ees_times import (
    MONTHS,
    ReportingYear,
    Time,
    at_month_end,
    family,
    read_time,
)
from reporter.sources.periods import parse_period, period_covered


@pytest.mark.parametrize(
    ("time_period", "identifier", "period", "period_type"),
    [
        ("2024", "Calendar year", "2024", "year"),
        ("2024", "Calendar year Q1", "2023/24-Q4", "quarter"),
        ("2024", "Calendar year Q4", "2024/25-Q3", "quarter"),
        ("2025", "Reporting year", "2024/25", "year"),
        ("2025", "March", "2025-03", "month"),
        ("2020", "Week 53", "2020-W53", "week"),
        ("2025", "Week 7", "2025-W07", "week"),
        ("202425", "Academic year", "AY2024/25", "year"),
        ("199900", "Academic year", "AY1999/00", "year"),
        ("202425", "Academic year Q4", "2025-06..2025-08", "window"),
        ("202425", "Financial year", "2024/25", "year"),
        ("202425", "Financial year Q4", "2024/25-Q4", "quarter"),
        ("202425", "Part 1 (April to September)", "2024-04..2024-09", "window"),
        ("202425", "Part 2 (October to March)", "2024-10..2025-03", "window"),
        ("202425", "Tax year", "2024-04-06..2025-04-05", "window"),
        ("202425", "Autumn term", "2024-09..2024-12", "window"),
        ("202425", "Spring term", "2025-01..2025-03", "window"),
        ("202425", "Summer term", "2025-04..2025-08", "window"),
        ("202425", "Autumn and spring term", "2024-09..2025-03", "window"),
    ],
)
def test_times(time_period: str, identifier: str, period: str, period_type: str) -> None:
    assert read_time(time_period, identifier, "financial") == Time(period, period_type)
    assert period_covered(period, period_type).key == period


def test_every_month_week_and_quarter() -> None:
    for number, month in enumerate(MONTHS, 1):
        assert read_time("2025", month, "financial").period == f"2025-{number:02d}"
    for number in range(1, 53):
        read = read_time("2025", f"Week {number}", "financial").period
        assert parse_period(read).kind == "week"
    ends = [
        parse_period(read_time("2025", f"Calendar year Q{n}", "financial").period).end.month
        for n in range(1, 5)
    ]
    assert ends == [3, 6, 9, 12]


@pytest.mark.parametrize(
    ("kind", "period"), [("financial", "2024/25"), ("academic", "AY2024/25"), ("calendar", "2025")]
)
def test_a_reporting_year_is_what_the_brief_says(kind: ReportingYear, period: str) -> None:
    assert read_time("2025", "Reporting year", kind).period == period


@pytest.mark.parametrize(
    ("time_period", "identifier", "what"),
    [
        ("202425", "Calendar year", "four digits"),
        ("2024", "Academic year", "six digits"),
        ("202426", "Academic year", "the year after 2024 is 25"),
        ("20242025", "Financial year", "six digits"),
        ("2024-25", "Reporting year", "four digits"),
        ("2025", "Fortnight", "not a time identifier"),
        ("2025", "Week 53", "no week 53"),
        ("1066", "Calendar year", "1066"),
    ],
)
def test_what_is_no_time(time_period: str, identifier: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read_time(time_period, identifier, "financial")


def test_only_one_family_goes_together() -> None:
    together = [
        ("Autumn term", "Summer term"), ("March", "May"), ("Week 1", "Week 52"),
        ("Financial year Q1", "Financial year Q4"),
        ("Part 1 (April to September)", "Part 2 (October to March)"),
    ]  # fmt: skip
    assert all(family(one) == family(other) for one, other in together)
    families = {family(one) for one, _ in together}
    years = {family(f"{kind} year") for kind in ("Academic", "Financial", "Calendar", "Reporting")}
    assert len(families | years | {family("Autumn and spring term")}) == 10


def test_a_day_of_each_year() -> None:
    assert at_month_end(Time("2024/25", "year"), "March") == Time("2025-03", "snapshot")
    assert at_month_end(Time("AY2024/25", "year"), "January") == Time("2025-01", "snapshot")
    with pytest.raises(ValueError, match="March does not end within 2024-04"):
        at_month_end(Time("2024-04..2024-09", "window"), "March")
