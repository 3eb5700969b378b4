"""What a run sets over its brief: area, folder of data, period; and the fields in its texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reporter.problems import ProblemsFoundError
from reporter.sources import Setting, load_commission
from reporter.sources.setting import within_sentence

BRIEF = """\
title: "How {area} compares"
council: "{area} Council"
committee: Scrutiny Committee
meeting_date: 2025-06-12
period: 2024/25
data: {observations: figures.csv, targets: targets.csv, areas: areas.yaml}
comparators: ["{neighbours}", "{region}", England]
texts:
  purpose: ["To compare {area} with {the_region|no region}."]
  background: ["Model: {model|none}. Authorities: {neighbour_names|none}."]
outline:
  - heading: "Visits in {area}"
    measures: [visits]
"""
INDICATORS = "indicators: {visits: {name: Visits, unit: percent, noun: proportion of visits}}\n"
AREAS = """\
areas:
  Eastford: {kind: authority, region: North West}
  Westford: {kind: authority, region: North West}
  Midford: {kind: authority}
  North West: {kind: region}
  England: {kind: country}
peer_groups:
  old mean: {of: Eastford, members: [Westford], model: M2019, since: 2019-04-01, statistic: mean}
  old: {of: Eastford, members: [Westford], model: M2019, since: 2019-04-01}
  new: {of: Eastford, members: [Westford, Midford], model: M2024, since: 2024-04-01}
"""
FIGURES = """\
area,indicator,period,period_type,value,published,status
Eastford,visits,2018/19,year,50,,
Eastford,visits,2019/20,year,55,2020-05-01,
Eastford,visits,2019/20,year,56,2022-01-01,revised
Eastford,visits,2020/21,year,60,,forecast
Eastford,visits,2024/25,year,70,,
Westford,visits,2024/25,year,75,,
"""
TARGETS = "indicator,valid_for,target\nvisits,2019/20,60\nvisits,2024/25,80\n"
Make = Callable[[], Path]


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief in a folder of its own, and its data in another."""
    (tmp_path / "brief").mkdir()
    (tmp_path / "data").mkdir()
    path = tmp_path / "brief" / "report.yaml"
    path.write_text(BRIEF)
    for name, text in (
        ("indicators.yaml", INDICATORS), ("areas.yaml", AREAS), ("figures.csv", FIGURES),
        ("targets.csv", TARGETS),
    ):  # fmt: skip
        (tmp_path / "data" / name).write_text(text)
    return path


def setting(brief: Path, area: str = "Eastford", period: str = "") -> Setting:
    return Setting(area, brief.parents[1] / "data", period)


def test_every_text_is_filled_for_the_area(brief: Path) -> None:
    made = load_commission(brief, setting(brief)).brief
    assert (made.title, made.council) == ("How Eastford compares", "Eastford Council")
    assert made.outline[0].heading == "Visits in Eastford"
    assert made.texts["purpose"] == ("To compare Eastford with the North West.",)
    assert made.comparators == ("new", "North West", "England")
    assert made.texts["background"] == ("Model: M2024. Authorities: Westford and Midford.",)


def test_what_an_area_lacks_is_left_out_of_lists_and_said_otherwise_in_texts(brief: Path) -> None:
    made = load_commission(brief, setting(brief, "Midford")).brief
    assert made.comparators == ("England",)
    assert made.texts["purpose"] == ("To compare Midford with no region.",)
    assert made.texts["background"] == ("Model: none. Authorities: none.",)


def test_an_earlier_period_knows_nothing_later(brief: Path) -> None:
    made = load_commission(brief, setting(brief, period="2019/20"))
    frame = made.dataset.observations
    # The revision came after the meeting; the forecast was not made by then.
    assert frame["value"].tolist() == [50, 55]
    assert made.dataset.targets["target"].tolist() == [60]
    assert made.brief.period == "2019/20"
    assert made.brief.meeting_date == date(2020, 6, 12)
    assert made.brief.comparators[0] == "old"  # the newer model was not known


def test_without_a_period_everything_stays(brief: Path) -> None:
    made = load_commission(brief, setting(brief))
    assert len(made.dataset.observations) == len(FIGURES.splitlines()) - 1
    assert made.brief.meeting_date == date(2025, 6, 12)


@pytest.mark.parametrize(
    ("area", "period", "code", "place", "says"),
    [
        ("Eastfrod", "", "unknown-area", "--area", "'Eastford' or 'Westford'"),
        ("Q", "", "unknown-area", "--area", "Name one of the areas"),
        ("", "", "no-area", "report.yaml", "--area"),
        ("Eastford", "last year", "bad-period", "--period", "2019-05"),
        ("Eastford", "2016/17", "no-figures", "--period", "a later period"),
        ("Eastford", "2030", "no-figures", "--period", "an earlier period"),
    ],
)
def test_faults_of_a_setting(
    brief: Path, area: str, period: str, code: str, place: str, says: str
) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(brief, setting(brief, area, period))
    (found,) = caught.value.problems
    assert found.code == code
    assert place in str(found.place)
    assert says in found.fix


def test_a_folder_of_figures_that_is_not_there_is_told_by_its_name(brief: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(brief, Setting("Eastford", brief.parent / "gone"))
    (found,) = caught.value.problems
    assert (found.code, found.place.file) == ("no-folder", str(brief.parent / "gone"))


def test_a_slip_in_a_field_is_told_at_its_line(brief: Path) -> None:
    brief.write_text(BRIEF.replace("Visits in {area}", "Visits in {aera}"))
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(brief, setting(brief))
    (found,) = caught.value.problems
    assert (found.code, found.place.line) == ("unknown-field", 12)
    assert "{area}" in found.fix


def test_files_that_are_not_in_the_folder_are_told(brief: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(brief, Setting("Eastford", tmp_path))
    assert {found.code for found in caught.value.problems} == {"no-file"}


@pytest.mark.parametrize(
    ("area", "within"),
    [
        ("City of Otherford", "the City of Otherford"),
        ("Isles of Nowhere", "the Isles of Nowhere"),
        ("East Riding of Otherford", "the East Riding of Otherford"),
        ("North West", "the North West"),
        ("East of Somewhere", "the East of Somewhere"),
        ("Eastford", "Eastford"),
        ("Cityford", "Cityford"),
        ("North Eastford", "North Eastford"),
        ("Otherford, City of", "Otherford, City of"),
        ("Otherford (Inner)", "Inner Otherford"),
        ("Otherford (until 2019)", "Otherford (until 2019)"),
    ],
)
def test_a_place_has_its_article_within_a_sentence(area: str, within: str) -> None:
    assert within_sentence(area) == within
