"""Observations: the documented frame, and a small broken file for every check."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reporter.sources.columns import Column, Rows
from reporter.sources.observations import observations_frame
from reporter.sources.tidy import REQUIRED

COLUMNS = {
    "area": "category", "indicator": "category", "breakdown": "category", "category": "category",
    "period": "category", "period_type": "category", "start": "datetime64[s]",
    "end": "datetime64[s]", "months": "int16", "basis": "category", "value": "float64",
    "numerator": "float64", "denominator": "float64", "text": "str", "status": "category",
    "missing": "category", "published": "category", "source": "category", "file": "category",
    "row": "int32", "cell": "category", "era": "int16",
}  # fmt: skip


def test_the_frame_is_as_documented(load: Any) -> None:
    frame = load().dataset.observations
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == COLUMNS
    assert list(frame.index) == list(range(len(frame)))
    assert isinstance(frame.index, pd.RangeIndex)


def test_rows_are_sorted_by_series_and_period_and_keep_their_place(load: Any, csv_of: Any) -> None:
    rows = ["Sometown,plans,,,2019-04,snapshot,2,,,,", "Sometown,plans,,,2018-12,snapshot,1,,,,"]
    frame = load(**{"observations.csv": csv_of(*rows)}).dataset.observations
    got = (
        frame[["area", "indicator", "category", "period", "row"]].astype(str).agg(" ".join, axis=1)
    )
    assert got.tolist() == [
        "England on_time  2018/19 5",
        "Sometown on_time  2019-05 4",
        "Sometown plans  2018-12 7",
        "Sometown plans  2019-04 6",
        "Sometown plans  2019-05 2",
        "Sometown plans 5 to 9 2019-05 3",
    ]


def test_cells_keep_what_they_say(load: Any) -> None:
    frame = load().dataset.observations.set_index("row")
    on_time = frame.loc[4]
    assert (on_time["value"], on_time["text"]) == (82.0, "82.0")
    assert (on_time["numerator"], on_time["denominator"]) == (41, 50)
    assert on_time["status"] == "approximate provisional"
    assert on_time["published"] == "2019-06-20"
    assert (str(on_time["start"].date()), str(on_time["end"].date())) == (
        "2019-05-01",
        "2019-05-31",
    )
    assert (on_time["months"], on_time["basis"]) == (1, "month")
    hidden = frame.loc[3]
    assert (hidden["missing"], hidden["text"]) == ("suppressed", "c")
    assert math.isnan(hidden["value"])
    assert set(frame["file"]) == {"observations.csv"}


def test_one_figure_may_be_reported_twice_on_different_days(load: Any, csv_of: Any) -> None:
    rows = [
        "Sometown,plans,,,2019-05,snapshot,429,,,p,2019-06-20",
        "Sometown,plans,,,2019-05,snapshot,431,,,r,2019-07-20",
    ]
    frame = load(**{"observations.csv": csv_of(*rows, first=1)}).dataset.observations
    both = frame[(frame["indicator"] == "plans") & (frame["category"] == "")]
    assert both["value"].tolist() == [429, 431]


def test_several_files_make_one_frame(load: Any, csv_of: Any, write: Any) -> None:
    report = (
        "title: T\narea: Sometown\ncommittee: C\nmeeting_date: 2019-07-11\nperiod: 2019-05\n"
        "data: {observations: [observations.csv, more.csv], areas: areas.yaml}\n"
        "outline: [{heading: Plans, measures: [plans]}]\n"
    )
    more = csv_of("Sometown,plans,,,2019-03,snapshot,400", header=SHORT, first=9)
    frame = load(**{"report.yaml": report, "more.csv": more}).dataset.observations
    assert frame["file"].value_counts().to_dict() == {"observations.csv": 4, "more.csv": 1}
    assert frame.loc[frame["file"] == "more.csv", "row"].tolist() == [2]


SHORT = "area,indicator,breakdown,category,period,period_type,value"
GOOD = "Sometown,plans,,,2019-05,snapshot,429,,,,"


@pytest.mark.parametrize(
    ("row", "code", "column", "words"),
    [
        ("Sometwn,plans,,,2019-05,snapshot,429,,,,", "unknown-area", "area", "'Sometwn'"),
        (",plans,,,2019-05,snapshot,429,,,,", "unknown-area", "area", "the area is empty"),
        ("Sometown,plan,,,2019-05,snapshot,429,,,,", "unknown-indicator", "indicator", "'plan'"),
        ("Sometown,plans,age,,2019-05,snapshot,4,,,,", "half-breakdown", "category",
         "a breakdown without a category"),
        ("Sometown,plans,,5 to 9,2019-05,snapshot,4,,,,", "half-breakdown", "category",
         "a category without a breakdown"),
        ("Sometown,plans,,,May 2019,snapshot,4,,,,", "bad-period", "period",
         "'May 2019' is not a period; write the month as 2019-05"),
        ("Sometown,plans,,,,snapshot,4,,,,", "bad-period", "period", "the period is empty"),
        ("Sometown,plans,,,2019-05,snap,4,,,,", "unknown-period-type", "period_type", "'snap'"),
        ("Sometown,plans,,,2019-05,year,4,,,,", "period-type", "period", "is a month"),
        ("Sometown,plans,,,2019-04,snapshot,many,,,,", "bad-number", "value", "'many'"),
        ("Sometown,plans,,,2019-04,snapshot,,,,,", "bad-number", "value", "there is no value"),
        ("Sometown,plans,,,2019-04,snapshot,-,,,,", "bad-number", "value", "means different"),
        ("Sometown,plans,,,2019-04,snapshot,4,x%,,,", "bad-number", "numerator", "'x%'"),
        ("Sometown,plans,,,2019-04,snapshot,4,,few,,", "bad-number", "denominator", "'few'"),
        ("Sometown,plans,,,2019-04,snapshot,4,,,maybe,", "bad-status", "status", "'maybe'"),
        ("Sometown,plans,,,2019-04,snapshot,4,,,,June", "bad-date", "published", "'June'"),
        ("Sometown,plans,,,2019-04,snapshot,4,,,,2019-06", "bad-date", "published", "'2019-06'"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong(
    faults: Any, csv_of: Any, row: str, code: str, column: str, words: str
) -> None:
    found = faults(**{"observations.csv": csv_of(row)})
    assert [(fault.code, fault.place.row, fault.place.column) for fault in found] == [
        (code, 6, column)
    ]
    assert found[0].place.file == "observations.csv"
    assert words in found[0].what
    assert found[0].fix


def test_a_slip_is_told_the_nearest_name_once(faults: Any, csv_of: Any) -> None:
    rows = [f"Sometwn,plans,,,2019-0{month},snapshot,4,,,," for month in (1, 2, 3)]
    (fault,) = faults(**{"observations.csv": csv_of(*rows)})
    assert fault.what == "the area 'Sometwn' is not known (in 3 rows)"
    assert fault.fix.startswith("Did you mean 'Sometown'?")


def test_a_repeated_observation_names_the_first(faults: Any, csv_of: Any) -> None:
    (fault,) = faults(**{"observations.csv": csv_of(GOOD)})
    assert (fault.code, fault.place.row) == ("duplicate-observation", 6)
    assert fault.what.startswith("this repeats row 2:")


def test_a_date_under_two_keys_is_still_one_observation(faults: Any, csv_of: Any) -> None:
    rows = ["Sometown,plans,,,2019-03,snapshot,1,,,,", "Sometown,plans,,,2018/19,snapshot,2,,,,"]
    (fault,) = faults(**{"observations.csv": csv_of(*rows)})
    assert (fault.code, fault.place.row) == ("duplicate-observation", 7)


def test_a_period_type_that_the_catalogue_does_not_list(faults: Any, csv_of: Any) -> None:
    catalogue = (
        "indicators:\n  plans: {name: P, unit: count, noun: plans, period_types: [snapshot]}\n"
        "  on_time: {name: O, unit: percent, noun: share on time}\n"
    )
    row = "Sometown,plans,,,2019-05,month,4,,,,"
    (fault,) = faults(**{"indicators.yaml": catalogue, "observations.csv": csv_of(row)})
    assert (fault.code, fault.place.row) == ("period-type-not-listed", 6)
    assert fault.what == "plans is of period type snapshot in the catalogue, not month"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Sometown,on_time,,,2019-04,month,101,,,,", "above-100"),
        ("Sometown,plans,,,2019-04,snapshot,-1,,,,", "negative-count"),
        ("Sometown,on_time,,,2019-04,month,98,51,50,,", "numerator-above"),
        ("Sometown,on_time,,,2019-04,month,80,41,50,,", "not-its-parts"),
        ("Sometown,on_time,,,2019-04,month,c,41,50,,", "not-hidden"),
    ],
)
def test_what_should_be_looked_at_is_a_warning(load: Any, csv_of: Any, row: str, code: str) -> None:
    data = load(**{"observations.csv": csv_of(row)}).dataset
    (warning,) = data.warnings
    assert (warning.code, warning.level, warning.place.row) == (code, "warning", 6)
    assert len(data.observations) == 5


@pytest.mark.parametrize(
    "row",
    [
        "Sometown,on_time,,,2019-04,month,100,50,50,,",
        "Sometown,on_time,,,2019-04,month,33.3,1,3,,",
        "Sometown,on_time,,,2019-04,month,12.5,1,8,,",
        "Sometown,on_time,,,2019-04,month,13,1,8,,",
        "Sometown,on_time,,,2019-04,month,0,0,0,,",
        "Sometown,plans,,,2019-04,snapshot,0,,,,",
    ],
)
def test_what_is_right_is_no_warning(load: Any, csv_of: Any, row: str) -> None:
    assert load(**{"observations.csv": csv_of(row)}).dataset.warnings == ()


def test_a_rate_is_held_against_its_parts(load: Any, csv_of: Any, indicators: str) -> None:
    more = indicators + "  rate: {name: R, unit: rate, per: 10000, noun: rate of plans}\n"
    right = "Sometown,rate,,,2019-04,snapshot,149.3,429,28734,,"
    wrong = "Sometown,rate,,,2019-03,snapshot,148,429,28734,,"
    files = {"indicators.yaml": more, "observations.csv": csv_of(right, wrong)}
    (warning,) = load(**files).dataset.warnings
    assert (warning.code, warning.place.row) == ("not-its-parts", 7)
    assert warning.what == "the value is 148, but 429 out of 28,734 gives 149.3"


def test_a_change_may_be_below_nought(load: Any, csv_of: Any) -> None:
    catalogue = (
        "indicators:\n"
        "  plans: {name: P, unit: count, noun: plans, change_on: previous_period}\n"
        "  on_time: {name: O, unit: percent, noun: share on time}\n"
    )
    row = "Sometown,plans,,,2019-04,snapshot,-19,,,,"
    files = {"indicators.yaml": catalogue, "observations.csv": csv_of(row)}
    assert load(**files).dataset.warnings == ()


def test_every_fault_of_every_row_is_told_at_once(faults: Any, csv_of: Any) -> None:
    rows = [
        "Nowhere,plans,,,2019-05,snapshot,429,,,,",
        "Sometown,nothing,,,2019-05,snapshot,429,,,,",
        "Sometown,plans,,,2019-99,snapshot,429,,,,",
        "Sometown,plans,,,2019-04,snapshot,lots,,,maybe,",
    ]
    found = faults(**{"observations.csv": csv_of(*rows)})
    assert [fault.code for fault in found] == [
        "unknown-area", "unknown-indicator", "bad-period", "bad-status", "bad-number",
    ]  # fmt: skip


def test_of_very_many_faults_the_first_and_a_count(faults: Any, csv_of: Any) -> None:
    rows = [f"Sometown,plans,age,{n},2019-05,snapshot,lots,,,," for n in range(200)]
    found = faults(**{"observations.csv": csv_of(*rows)})
    assert len(found) == 21
    assert found[-1].what == "from here on, 180 more of the same kind"
    assert found[-1].place.row == 26


def text_columns(**columns: list[str]) -> dict[str, Column]:
    return {name: Column.of(cells) for name, cells in columns.items()}


def rows_of(count: int) -> Rows:
    return Rows(Column.constant("f.csv", count), np.arange(2, count + 2, dtype=np.int32))


def test_columns_that_are_missing_are_not_checked() -> None:
    frame, found = observations_frame(text_columns(area=["A"], value=["1"]), rows_of(1), None, None)
    assert found == []
    assert frame["value"].tolist() == [1.0]


def test_no_rows_give_an_empty_frame_with_the_same_columns() -> None:
    columns = {name: Column.of([]) for name in REQUIRED}
    frame, found = observations_frame(columns, rows_of(0), None, None)
    assert found == []
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == COLUMNS


def test_a_column_of_pandas_is_read_as_text() -> None:
    column = Column.of_series(pd.Series([" a", None, "a", "b "]))
    assert [column.text(row) for row in range(4)] == ["a", "", "a", "b"]
    assert column.texts == ("a", "", "b")
