"""Columns about single people are refused; what only sounds like them is not (STANDARDS 3.5.2)."""

from __future__ import annotations

import pytest

from reporter.problems import ProblemsFoundError
from reporter.sources.personal import personal_heading, personal_texts
from reporter.sources.tables import Form, read_table

FORM = Form("observations", ("area", "value"), ("category", "source"))


@pytest.mark.parametrize(
    "name",
    ["Forename", "surname", "Child name", "childs_name", "First Name", "DOB", "D.O.B.",
     "Date of birth", "date_of_birth", "UPN", "ULN", "NHS Number", "nhs_no", "NHS no.", "Postcode",
     "Home address",
     "Address line 1", "E-mail", "email address", "Case ID", "Client reference", "Mosaic ID",
     "Phone", "mobile number", "National Insurance number", "Pupil no", "initials", "Full name"],
)  # fmt: skip
def test_headings_about_people(name: str) -> None:
    assert personal_heading(name)


@pytest.mark.parametrize(
    "name",
    ["name", "Name of measure", "Area name", "Measure name", "School name", "Team name",
     "Reference", "Case load", "Children", "Number of children", "Pupils", "Addresses visited",
     "Cases", "Period", "phone calls answered", "Births", "Indicator ID", "Ref", "NHS trust",
     "Staff numbers", "Ward name"],
)  # fmt: skip
def test_headings_that_only_sound_like_it(name: str) -> None:
    assert not personal_heading(name)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("a.b@c.gov.uk", "d@e.org"), "e-mail addresses"),
        (("SW1A 1AA", "M1 1AE"), "postcodes of homes"),
        (("943 476 5919", "9434765870"), "NHS numbers"),
        (("QQ123456C", "AB 12 34 56 C", "CE123456D"), "National Insurance numbers"),
        (("D823432108001", "T823432108002"), "unique pupil numbers"),
    ],
)
def test_texts_about_people(texts: tuple[str, ...], kind: str) -> None:
    assert personal_texts(texts) == kind


@pytest.mark.parametrize(
    "texts",
    [
        ("data@council.gov.uk", "CIN census"),
        ("9434765918", "1234567890", "0000000000"),
        ("SW1A", "M1", "E06000009", "E08000025"),
        ("A823432108001", "A823432108002"),
        ("5 to 9", "10 to 15", "2019-05", "0.5", "1,234,567"),
    ],
)
def test_texts_that_only_look_like_it(texts: tuple[str, ...]) -> None:
    assert personal_texts(texts) == ""


def test_a_table_with_either_is_refused_without_repeating_a_cell() -> None:
    raw = b"area,value,Surname,category\nHere,1,Miller,943 476 5919\nHere,2,Baker,943 476 5870\n"
    found = read_table(raw, "cases.csv", FORM).problems
    assert [(p.code, p.place.column) for p in found] == [
        ("personal-data", "Surname"), ("personal-data", "category"),
    ]  # fmt: skip
    told = " ".join(p.what + p.fix for p in found)
    assert "Miller" not in told
    assert "943" not in told


def test_a_file_without_a_header_is_still_refused_clearly() -> None:
    with pytest.raises(ProblemsFoundError):
        read_table(b"", "cases.csv", FORM)
