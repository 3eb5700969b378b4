"""The published tool's years in all their forms, and the whole folder where it is there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reporter.problems import ProblemsFoundError
from reporter.sources import load_lait
from reporter.sources.catalogue import Unit
from reporter.sources.lait import AUTHORITIES, DICTIONARY, FIGURES, NEIGHBOURS
from reporter.sources.lait_names import noun_of, people_of
from reporter.sources.lait_years import read_year

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "lait"


@pytest.mark.parametrize(
    ("text", "year_type", "period", "period_type", "status"),
    [
        ("2019", "Financial Year", "2018/19", "year", ""),
        ("2019", "Academic Year", "AY2018/19", "year", ""),
        ("2019", "Calendar Year", "2019", "year", ""),
        ("2019", "Annual", "2019-03", "snapshot", ""),
        ("2019", "Annual (end of Sept)", "2019-09", "snapshot", ""),
        ("2019", "Annual - January", "2019-01", "snapshot", ""),
        ("2000", "Financial Year", "1999/00", "year", ""),
        ("2018 (Rev)", "Academic Year", "AY2017/18", "year", "revised"),
        ("2020 (Final)", "Academic Year", "AY2019/20", "year", ""),
        ("2025 (prov)", "Academic Year", "AY2024/25", "year", "provisional"),
        ("2015/16", "Academic Year", "AY2015/16", "year", ""),
        ("2016-17 (OT)", "Financial Year", "2016/17", "year", ""),
        ("2014-16", "Calendar Year", "2014..2016", "window", ""),
        ("2013/14-15/16", "Financial Year", "2013/14..2015/16", "window", ""),
    ],
)
def test_years(text: str, year_type: str, period: str, period_type: str, status: str) -> None:
    read = read_year(text, year_type)
    assert read is not None
    assert (read.period, read.period_type, read.status) == (period, period_type, status)


@pytest.mark.parametrize("text", ["0", "", "2018 (Later)", "2016-15", "2014-16", "19"])
def test_what_is_no_year(text: str) -> None:
    assert read_year(text, "Financial Year") is None


@pytest.mark.parametrize(
    ("title", "unit", "noun"),
    [
        ("Children in need (rate)", "rate", "rate of children in need"),
        ("Total School Absence (%)", "percent", "rate of school absence"),
        ("Social worker turnover (%)", "percent", "rate of social worker turnover"),
        (
            "Social Worker Absence Rate (%) throughout year",
            "percent",
            "social worker absence rate throughout year",
        ),
        (
            "Total school pupils with one or more suspensions (%)",
            "percent",
            "percentage of school pupils with one or more suspensions",
        ),
        (
            "Children in need by duration (under 3 months) (%)",
            "percent",
            "percentage of children in need for less than 3 months",
        ),
        (
            "Children who cease to be in need by duration (2 years or more) (%)",
            "percent",
            "percentage of children who cease to be in need after 2 years or more",
        ),
        (
            "Number of primary school suspensions (%)",
            "percent",
            "rate of primary school suspensions",
        ),
        (
            "Sure Start Children's Centres and Early Years - Gross Expenditure",
            "money",
            "gross expenditure on sure start children's centres and early years",
        ),
        (
            "Fostering - S251/Outturn weekly unit costs (approximate)",
            "money",
            "weekly unit cost of fostering",
        ),
        (
            "CLA - KS2 Average Progress score - Maths",
            "score",
            "Key Stage 2 progress score in maths for children looked after",
        ),
        (
            "Care Leavers 19-21 year olds in  Education, Employment or Training (%)",
            "percent",
            "percentage of care leavers aged 19 to 21 in education, employment or training",
        ),
        (
            "Pupils achieving 9-5 pass in English and Maths (%)",
            "percent",
            "percentage of pupils achieving a grade 9 to 5 pass in English and maths",
        ),
        (
            "Children in need who missed sessions - overall absence (%)",
            "percent",
            "percentage of sessions missed by children in need through overall absence",
        ),
        (
            "Inequality gap in the achievement of a Level 2 qualification by the age of 19 (%)",
            "percent",
            "inequality gap in the achievement of a Level 2 qualification by the age of 19",
        ),
        (
            "New EHC plans issued within 20 weeks - excluding exception cases (%)",
            "percent",
            "percentage of new EHC plans issued within 20 weeks (excluding exception cases)",
        ),
    ],
)
def test_titles_of_charts_become_noun_phrases(title: str, unit: Unit, noun: str) -> None:
    assert noun_of(title, unit) == noun


@pytest.mark.parametrize(
    ("axis", "people"),
    [
        ("Rate per 1000 live births", "live births"),
        ("Rate per 1000 15 - 17 year olds", "15 to 17 year olds"),
        ("Rate per 100,000 of 10-17 population", "people aged 10 to 17"),
        ("Rate per 10,000", ""),
    ],
)
def test_axes_say_who_a_rate_is_per(axis: str, people: str) -> None:
    assert people_of(axis) == people


def test_a_folder_without_the_files_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_lait(tmp_path)
    assert "bds_long.parquet" in str(caught.value)


def test_figures_without_a_column_are_refused_by_its_name(tmp_path: Path) -> None:
    for name in (DICTIONARY, AUTHORITIES, *(file for file, *_ in NEIGHBOURS.values())):
        (tmp_path / name).write_bytes(b"")
    columns = {name: ["x"] for name in ("LA and Regions", "Short Desc", "Values")}
    pq.write_table(pa.table(columns), tmp_path / FIGURES)
    with pytest.raises(ProblemsFoundError) as found:
        load_lait(tmp_path)
    (problem,) = found.value.problems
    assert (problem.code, problem.what) == ("missing-column", "there is no column Years")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the published figures are not on this machine")
def test_the_whole_folder() -> None:
    dataset = load_lait(FOLDER)
    assert len(dataset.observations) == 641_070 - 170  # one year of one measure is "0"
    assert len(dataset.catalogue.indicators) == 434
    kinds = [area.kind for area in dataset.areas.areas.values()]
    assert (kinds.count("authority"), kinds.count("region"), kinds.count("country")) == (158, 11, 1)
    assert {problem.code for problem in dataset.warnings} >= {"unread-year"}
    groups = dataset.areas.peer_groups.values()
    assert max(len(group.members) for group in groups) == 10
    gone = dataset.observations["missing"]
    assert set(gone.cat.categories) <= {"", "not_available"}
    nouns = [indicator.noun for indicator in dataset.catalogue.indicators.values()]
    assert not [
        noun for noun in nouns if any(mark in noun for mark in ("%", "&", "/", " - ", "  "))
    ]
