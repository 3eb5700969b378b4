"""Breaks as an author declares them: in the catalogue, its workbook, a file beside the brief."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reporter.problems import ProblemsFoundError
from reporter.sources import load_commission
from tests.sources.conftest import HEADER, INDICATORS, REPORT

MORE = [
    "Sometown,on_time,,,2018-05,month,70,,,,",
    "Sometown,on_time,,,2018-11,month,75,,,,",
    "Sometown,on_time,,,2019-05,month,82.0,,,,",
    "Sometown,plans,,,2019-05,snapshot,429,,,,",
    "Sometown,plans,age,5 to 9,2019-05,snapshot,c,,,,",
    "England,plans,,,2019-05,snapshot,4290,,,,",
]
FIGURES = "\n".join([HEADER, *MORE]) + "\n"


def catalogue(breaks: str) -> str:
    return f"{INDICATORS}    breaks: {breaks}\n"


def eras(load: Any, **files: str) -> list[int]:
    frame = load(**{"observations.csv": FIGURES} | files).dataset.observations
    return list(frame.loc[frame["indicator"] == "on_time", "era"])


def test_each_break_begins_an_era(load: Any) -> None:
    given = catalogue("[{since: 2018-11, why: new forms}, {since: 2019-05, why: newer forms}]")
    assert eras(load, **{"indicators.yaml": given}) == [0, 1, 2]


def test_periods_apart_have_an_era_each(load: Any) -> None:
    given = catalogue("[{apart: [2018-05, 2018-11], why: a strike, source: Minutes}]")
    assert eras(load, **{"indicators.yaml": given}) == [-1, -2, 0]


def test_a_period_that_the_series_lacks_is_no_fault(load: Any) -> None:
    given = catalogue("[{since: 2019-01, apart: 2017-03, why: new forms}]")
    assert eras(load, **{"indicators.yaml": given}) == [0, 0, 1]


def test_a_file_beside_the_brief_serves_several_measures(load: Any) -> None:
    shared = "breaks:\n  - {measures: [on_time, plans], since: 2019-05, why: new forms}\n"
    commission = load(**{
        "report.yaml": f"{REPORT}breaks: breaks.yaml\n",
        "breaks.yaml": shared, "observations.csv": FIGURES,
    })  # fmt: skip
    entries = commission.dataset.catalogue.indicators
    assert [each.since for each in entries["plans"].breaks] == ["2019-05"]
    assert set(commission.dataset.observations["era"]) == {0, 1}
    assert "breaks.yaml" in {entry.file for entry in commission.dataset.inputs}


def test_the_workbook_of_measures_declares_them_in_columns(load: Any) -> None:
    table = (
        "code,name,unit,noun,of,state,breaks_since,breaks_apart,breaks_why,breaks_source\n"
        "plans,Plans,count,number of plans,,,,,,\n"
        "on_time,On time,percent,share on time,visits,on time,2019-05,"
        '"2018-05, 2018-11",new forms,Us\n'
    )
    brief = REPORT.replace("data:\n", "data:\n  indicators: measures.csv\n")
    assert eras(load, **{"report.yaml": brief, "measures.csv": table}) == [-1, -2, 1]


FAULTS = [
    ("[{since: 2018-11}]", ["the key 'why'"]),
    ('[{since: 2018-11, why: " "}]', ["`why` is empty"]),
    ("[{why: new forms}]", ["the break names no period"]),
    ("[{since: last year, why: new forms}]", ["'last year' is not a period"]),
    ("[{since: 2018/19, why: new forms}]",
     ["'2018/19' is a financial year, and the figures of 'on_time' are for months (2018-05)"]),
    ("[{apart: AY2018/19, why: new forms}]",
     ["'AY2018/19' is an academic year, and the figures of 'on_time' are for months (2018-05)"]),
    ("[{since: 2018-11, why: a}, {since: 2018-11, why: b}]",
     ["'on_time' has another break with since '2018-11'"]),
    ("[{apart: [2018-11, 2018-11], why: a}]",
     ["'on_time' has another break with apart '2018-11'"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), FAULTS)
def test_what_is_wrong_is_told_with_its_place(write: Any, given: str, wanted: list[str]) -> None:
    path: Path = write(**{"indicators.yaml": catalogue(given), "observations.csv": FIGURES})
    with pytest.raises(ProblemsFoundError) as raised:
        load_commission(path)
    found = raised.value.problems
    assert len(found) == len(wanted)
    assert all(words in problem.what for words, problem in zip(wanted, found, strict=True)), found
    assert all(p.place.file == "indicators.yaml" and p.place.line == 10 and p.fix for p in found)


def test_all_faults_of_a_shared_file_are_told_at_once(write: Any) -> None:
    shared = (
        "breaks:\n"
        "  - {measures: [on_tyme], since: 2019-05, why: a}\n"
        "  - {measures: [on_time], since: 2019/20, why: b}\n"
    )
    path: Path = write(**{
        "report.yaml": f"{REPORT}breaks: breaks.yaml\n",
        "breaks.yaml": shared, "observations.csv": FIGURES,
    })  # fmt: skip
    with pytest.raises(ProblemsFoundError) as raised:
        load_commission(path)
    told = [(p.code, p.place.line) for p in raised.value.problems]
    assert told == [("unknown-indicator", 2), ("break-rhythm", 3)]
    assert "'on_time'" in raised.value.problems[0].fix


def test_a_file_outside_the_folders_of_the_brief_is_refused(write: Any) -> None:
    path: Path = write(**{"report.yaml": f"{REPORT}breaks: ../../secret.yaml\n"})
    with pytest.raises(ProblemsFoundError) as raised:
        load_commission(path)
    assert [problem.code for problem in raised.value.problems] == ["path-outside"]


def test_a_published_column_that_nobody_describes_may_have_a_break(write: Any) -> None:
    columns = "time_period,time_identifier,geographic_level,country_code,country_name,rate"
    years = [f"{y}{y % 100 + 1},Academic year,National,E92000001,England,{y}" for y in (2022, 2023)]
    brief = """\
title: Pupils
area: England
committee: Scrutiny
meeting_date: 2025-12-11
period: AY2023/24
data: {ees: [pupils.csv]}
breaks: breaks.yaml
outline: [{heading: Pupils, measures: [rate]}]
"""
    path = write(**{
        "report.yaml": brief, "pupils.csv": "\n".join([columns, *years, ""]),
        "breaks.yaml": "breaks: [{measures: rate, since: AY2023/24, why: a new count}]\n",
        "indicators.yaml": None, "observations.csv": None, "areas.yaml": None,
    })  # fmt: skip
    frame = load_commission(path).dataset.observations
    assert list(frame.sort_values("end")["era"]) == [0, 1]
