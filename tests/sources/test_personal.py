"""Columns about single people are refused; what only sounds like them is not (STANDARDS 3.5.2)."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from reporter.problems import ProblemsFoundError
from reporter.sources import convert_workbook
from reporter.sources.personal import personal_heading, personal_texts
from reporter.sources.tables import Form, read_table

FORM = Form("observations", ("area", "value"), ("category", "source"))


@pytest.mark.parametrize(
    "name",
    ["Forename", "surname", "Child name", "childs_name", "First Name", "DOB", "D.O.B.",
     "Date of birth", "date_of_birth", "UPN", "ULN", "NHS Number", "nhs_no", "NHS no.", "Postcode",
     "Home address",
     "Address line 1", "E-mail", "email address", "Case ID", "Client reference", "Mosaic ID",
     "Phone", "mobile number", "National Insurance number", "Pupil no", "initials", "Full name",
     "DOB (dd/mm/yyyy)", "Year of birth", "NI number", "UPRN", "LCS ID", "Case ref no", "YP name",
     "Young person's name", "Learner reference number", "Social worker name", "Current address",
     "Tenant_ID", "Surname, forename", "Contact number", "SSID"],
)  # fmt: skip
def test_headings_about_people(name: str) -> None:
    assert personal_heading(name)


@pytest.mark.parametrize(
    "name",
    ["name", "Name of measure", "Area name", "Measure name", "School name", "Team name",
     "Reference", "Case load", "Children", "Number of children", "Pupils", "Addresses visited",
     "Cases", "Period", "phone calls answered", "Births", "Indicator ID", "Ref", "NHS trust",
     "Staff numbers", "Ward name", "Number of children in need", "Cases closed", "Staff", "URN",
     "School URN", "Case audits", "Carers", "Client group", "Patient satisfaction", "NHS England",
     "Victims of crime", "Address rate (per 1,000)", "Postcode area", "Phone contacts",
     "Service user survey", "Resident population", "Pupil premium", "Code", "Team code"],
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
        (("01234 567890", "07700 900123"), "telephone numbers"),
        (("+44 20 7946 0958", "(020) 7946 0123"), "telephone numbers"),
        (
            ("Miller, Ann", "Baker, John P", "O'Neil, Sam", "Smith-Jones, Eve", "Khan, Ali"),
            "names of people",
        ),
        (
            (
                "Moved in with her aunt after the strategy meeting",
                "He told the school that he would not go home again",
            ),
            "notes about single people",
        ),
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
        # Ten digits by the dozen, of which by chance one in eleven passes the check.
        tuple(str(1234567890 + 1_000_007 * at) for at in range(60)),
        (
            "Bristol, City of",
            "Herefordshire, County of",
            "Kingston upon Hull, City of",
            "Leeds",
            "Bournemouth, Christchurch and Poole",
            "Rhondda Cynon Taf",
        ),
        ("St Mary's Primary, Leeds", "King's School, Ely", "The Hazel Academy", "Abbey Ward"),
        ("Abbey", "St Mary's", "Heartlands, East", "Riverside, West"),
        ("12/03/2019", "2019-03-12", "01/04/2020", "31 March 2021"),
        ("10001234", "10005678", "100012", "E10000009", "9-16", "0.123456789012"),
        (
            "Provisional, as the school census closes in May; the figure may change",
            "The director reported a fall, and the team has since been joined to another",
        ),
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


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Child's name", ("Ann", "Ben", "Cat")),
        ("Ref", ("943 476 5919", "943 476 5870", "")),
        ("DOB", ("2010-01-02", "2011-02-03", "2012-03-04")),
        ("Comments", ("Moved in with her aunt after the strategy meeting",
                      "He told the school that he would not go home again", "")),
    ],
)  # fmt: skip
def test_an_officers_workbook_about_people_is_refused(head: str, cells: tuple[str, ...]) -> None:
    raw = workbook(
        ("Children's scorecard",), ("Measure", head, "Apr 2024", "May 2024"),
        *((f"Measure {at}", cell, 80 + at, 90 + at) for at, cell in enumerate(cells)),
    )  # fmt: skip
    with pytest.raises(ProblemsFoundError) as caught:
        convert_workbook(raw, "scorecard.xlsx", "Here")
    (problem,) = caught.value.problems
    assert problem.code == "personal-data"
    assert problem.place.at.startswith("cell Sheet!B")
    assert not any(cell and cell in problem.what + problem.fix for cell in cells)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Lead officer", ("Miller, Ann", "Baker, John P", "Khan, Ali")),
        ("Lead officer e-mail", ("a@here.gov.uk", "b@here.gov.uk", "c@here.gov.uk")),
        ("Contact", ("01234 567890", "01234 567891", "01234 567892")),
        ("Comments", ("Up on last month", "She left", "")),
        ("Child protection", ("a", "b", "c")),
    ],
)
def test_who_answers_for_a_measure_may_stand_there(head: str, cells: tuple[str, ...]) -> None:
    raw = workbook(
        ("Measure", head, "Apr 2024", "May 2024"),
        *((f"Measure {at}", cell, 80 + at, 90 + at) for at, cell in enumerate(cells)),
    )
    assert convert_workbook(raw, "scorecard.xlsx", "Here").mapped.observations is not None
