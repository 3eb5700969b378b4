"""Targets: the documented frame, when each holds, and a small broken file for every check."""

from __future__ import annotations

from typing import Any

import pytest

BANDS = "green_from,green_to,amber_from,amber_to,red_from,red_to"
NAMES = (
    "area,indicator,breakdown,category,valid_from,valid_to,target,minimum,upper," + BANDS + ",note"
)


def test_the_frame_is_as_documented(load: Any) -> None:
    row = "Sometown,on_time,age,5 to 9,2019-04-01,2020-03-31,90,80,95,90,,80,89.9,,79.9,agreed"
    frame = load(**{"targets.csv": f"{NAMES}\n{row}\n"}).dataset.targets
    assert [f"{name} {dtype}" for name, dtype in frame.dtypes.items()] == [
        "area category", "indicator category", "breakdown category", "category category",
        "period_type category", "start datetime64[s]", "end datetime64[s]", "target float64",
        "minimum float64",
        "upper float64", "green_from float64", "green_to float64", "amber_from float64",
        "amber_to float64", "red_from float64", "red_to float64", "note str", "file category",
        "row int32", "cell category",
    ]  # fmt: skip
    target = frame.loc[0]
    assert [target[name] for name in ("target", "minimum", "upper", "amber_to")] == [
        90,
        80,
        95,
        89.9,
    ]
    assert target[["green_to", "red_from"]].isna().all()
    assert (str(target["start"].date()), str(target["end"].date())) == ("2019-04-01", "2020-03-31")
    assert (target["note"], target["file"], target["row"]) == ("agreed", "targets.csv", 2)


@pytest.mark.parametrize(
    ("header", "cells", "start", "end"),
    [
        ("valid_for", "2019/20", "2019-04-01", "2020-03-31"),
        ("valid_for", "2019-05", "2019-05-01", "2019-05-31"),
        ("valid_for", "", "1900-01-01", "2199-12-31"),
        ("valid_from,valid_to", "2019-05-04,", "2019-05-04", "2199-12-31"),
        ("valid_from,valid_to", ",2019/20", "1900-01-01", "2020-03-31"),
        ("valid_from,valid_to", "2018/19,2019/20", "2018-04-01", "2020-03-31"),
    ],
)
def test_when_a_target_holds(load: Any, header: str, cells: str, start: str, end: str) -> None:
    text = f"indicator,{header},target\non_time,{cells},90\n"
    (target,) = load(**{"targets.csv": text}).dataset.targets.to_dict("records")
    assert (str(target["start"].date()), str(target["end"].date())) == (start, end)
    assert target["area"] == ""


def test_without_a_file_there_are_no_targets(load: Any, report: str) -> None:
    files = {"targets.csv": None, "report.yaml": report.replace("  targets: targets.csv\n", "")}
    without = load(**files).dataset
    assert len(without.targets) == 0
    assert list(without.targets.columns)[:3] == ["area", "indicator", "breakdown"]
    assert "targets.csv" not in [item.file for item in without.inputs]


@pytest.mark.parametrize(
    ("rows", "code", "place", "words"),
    [
        ("on_tme,2019/20,,,90", "unknown-indicator", "row 2, column indicator", "Did you mean"),
        ("on_time,19/20,,,90", "bad-period", "row 2, column valid_for", "write the financial year"),
        ("on_time,,May 2019,,90", "bad-period", "row 2, column valid_from", "write the month"),
        ("on_time,,,soon,90", "bad-period", "row 2, column valid_to", "not a period"),
        ("on_time,,2019/20,2018/19,90", "ends-before-start", "row 2, column valid_to", "2018/19"),
        ("on_time,2019/20,2019/20,,90", "two-validities", "row 2, column valid_for", "both"),
        ("on_time,2019/20,,,90%", "bad-number", "row 2, column target", "Take the % away"),
        ("on_time,2019/20,,,c", "bad-number", "row 2, column target", "Write digits"),
        ("on_time,2019/20,,,90\non_time,2019-05,,,80", "two-targets", "row 3", "of row 2"),
        ("on_time,2018/19,,,90\non_time,,2019-03-31,,80", "two-targets", "row 3", "of row 2"),
    ],
)
def test_what_is_wrong_with_a_target(
    faults: Any, rows: str, code: str, place: str, words: str
) -> None:
    text = f"indicator,valid_for,valid_from,valid_to,target\n{rows}\n"
    (fault,) = faults(**{"targets.csv": text})
    assert (fault.code, str(fault.place)) == (code, f"targets.csv, {place}")
    assert words in f"{fault.what} {fault.fix}"


def test_an_unknown_area_of_a_target(faults: Any) -> None:
    (fault,) = faults(**{"targets.csv": "area,indicator,target\nSometwn,on_time,90\n"})
    assert (fault.code, fault.fix) == ("unknown-area", "Did you mean 'Sometown'?")


def test_years_that_follow_each_other_do_not_overlap(load: Any) -> None:
    rows = "on_time,2018/19,90\non_time,2019/20,91\nplans,2019/20,4\n"
    assert len(load(**{"targets.csv": f"indicator,valid_for,target\n{rows}"}).dataset.targets) == 3


def test_a_row_without_a_target_is_a_warning(load: Any) -> None:
    text = "indicator,valid_for,target,note\non_time,2019/20,,not set yet\n"
    (warning,) = load(**{"targets.csv": text}).dataset.warnings
    assert (warning.code, warning.level, warning.place.row) == ("no-target", "warning", 2)
