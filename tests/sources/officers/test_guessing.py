"""What a label says of its measure: its name without its code, and whether more of it is better."""

from __future__ import annotations

import pytest

from reporter.sources.officers.guessing import measured


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("CO2 emissions (tonnes)", "CO2 emissions (tonnes)"),
        ("2 year olds in early education", "2 year olds in early education"),
        ("KS4 pupils in care", "KS4 pupils in care"),
        ("65 and over in the borough", "65 and over in the borough"),
        ("EN1 Waste sent for recycling", "Waste sent for recycling"),
        ("1.2 Visits to libraries", "Visits to libraries"),
        ("3. visits to libraries", "visits to libraries"),
    ],
)
def test_a_code_is_no_part_of_a_name_and_a_number_of_things_is(label: str, name: str) -> None:
    assert measured(label, []).name == name


@pytest.mark.parametrize(
    ("label", "said", "wanted"),
    [
        ("Complaints", "bigger is better? No", "low_good"),
        ("Complaints", "Higher is better? Yes", "high_good"),
        ("Visits", "is low good? Y", "low_good"),
        ("Complaints answered in 10 days (%)", "", "high_good"),
        ("Fly-tips cleared within 24 hours (%)", "", "high_good"),
        ("Complaints not answered within 10 days", "", "low_good"),
        ("Complaints", "", "low_good"),
        ("Visits", "n/a", "neutral"),
    ],
)
def test_which_way_is_better_is_heard_from_the_workbook_first(
    label: str, said: str, wanted: str
) -> None:
    assert measured(label, [], polarity=said).polarity == wanted


def test_members_at_the_end_of_a_month_are_a_stock() -> None:
    assert measured("Gym members at month end", []).stock
    assert not measured("Open cases that ended in the month", []).stock


@pytest.mark.parametrize(
    ("label", "noun", "per"),
    [
        ("Crime per 1,000 population", "rate of crime", 1_000),
        ("Admissions per 100,000 people", "rate of admissions", 100_000),
        ("Exclusions per 100 pupils", "rate of exclusions", 100),
    ],
)
def test_of_how_many_a_rate_is_is_no_part_of_its_noun(label: str, noun: str, per: int) -> None:
    one = measured(label, [])
    assert (one.unit, one.noun, one.per) == ("rate", noun, per)
