"""Figures that an author should look at again, and near misses that are nobody's business."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporter.plausibility import look_through
from reporter.problems import Place, Problem
from reporter.sources import (
    Brief,
    Commission,
    Dataset,
    Flows,
    Indicator,
    Measure,
    Section,
    load_commission,
)
from tests.facts.making import dataset, indicator, row, series, years

DATA = Path(__file__).parents[2] / "data"
PERCENT = indicator(unit="percent", decimals=1)


def commission(made: Dataset, period: str = "2019-06") -> Commission:
    measures = tuple(Measure(indicator=code) for code in made.catalogue.indicators)
    brief = Brief(
        title="T", area="Here", committee="C", meeting_date=date(2019, 9, 1), period=period,
        outline=(Section(heading="H", measures=measures),),
    )  # fmt: skip
    return Commission(brief, made, Path())


def doubts(
    rows: list[dict[str, Any]],
    period: str = "2019-06",
    targets: list[dict[str, Any]] | None = None,
    **indicators: Indicator,
) -> list[tuple[str, int]]:
    """Code and row of each doubt."""
    found = look_through(commission(dataset(rows, targets, **indicators), period))
    assert all(problem.level == "warning" and problem.fix for problem in found)
    return [(problem.code, problem.place.row) for problem in found]


def split(total: float, *members: float, code: str = "m") -> list[dict[str, Any]]:
    parts = [
        row(code, "2019-06", value, breakdown="team", category=f"T{at}")
        for at, value in enumerate(members)
    ]
    return [row(code, "2019-06", total), *parts]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((100, 60, 41), [("does-not-add-up", 2)]),
        ((100, 60, 40), []),
        ((100, 60, 70), []),  # members that overlap
        ((100, 60, 20), []),  # members that are not all
    ],
)
def test_parts_and_their_total(values: tuple[float, ...], found: list[tuple[str, int]]) -> None:
    assert doubts(split(*values), m=indicator()) == found


def test_parts_of_which_some_are_suppressed_are_not_all() -> None:
    rows = split(100, 60, 20)
    rows[2] |= {"value": float("nan"), "text": "c", "missing": "suppressed"}
    assert doubts(rows, m=indicator()) == []
    near = split(100, 99, 20)
    near[2] |= {"value": float("nan"), "text": "c", "missing": "suppressed"}
    assert doubts(near, m=indicator()) == []


def test_one_month_that_does_not_add_up_among_many() -> None:
    rows = []
    for month in range(1, 7):
        total = 90 if month == 3 else 100
        rows += [r | {"period": f"2019-{month:02d}"} for r in split(total, 60, 40)]
    assert doubts(rows, m=indicator()) == [("does-not-add-up", 8)]


def test_months_and_their_quarter() -> None:
    rows = series("m", "2019-04", [10, 20, 30])
    quarter = row("m", "2019/20-Q1", 61, period_type="quarter")
    assert doubts([*rows, quarter], m=indicator()) == [("does-not-add-up", 5)]
    right = row("m", "2019/20-Q1", 60, period_type="quarter")
    assert doubts([*rows, right], m=indicator()) == []


def test_flows_and_their_stock() -> None:
    flows = {
        "stock": indicator(flows=Flows(starts="starts", ends="ends")),
        "starts": indicator(),
        "ends": indicator(),
    }
    stock = [100, 110, 120, 130, 140, 151]
    rows = [
        *series("stock", "2019-01", stock, period_type="snapshot"),
        *series("starts", "2019-02", [20, 20, 20, 20, 20]),
        *series("ends", "2019-02", [10, 10, 10, 10, 10]),
    ]
    assert ("does-not-add-up", 7) in doubts(rows, **flows)
    rows[5] |= {"value": 150.0}
    assert doubts(rows, **flows) == []


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ((50, 30, 18.2), [("shares-not-100", 2)]),
        ((33.3, 33.3, 33.3), []),
        ((50, 30), []),
    ],
)
def test_shares_and_100(shares: tuple[float, ...], found: list[tuple[str, int]]) -> None:
    members = split(0, *shares)[1:]
    assert doubts(members, m=indicator(unit="percent", decimals=1, of="visits")) == found


def test_rates_of_members_are_no_shares() -> None:
    members = split(0, 50, 48)[1:]
    assert doubts(members, m=indicator(unit="percent", of="visits", state="on time")) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([100, 104, 99, 103, 101, 180], [("jump", 7)]),
        ([100, 104, 99, 180, 101, 103], [("jump", 5)]),  # there and back: one doubt
        ([0, 0, 0, 0, 43, 3.7], [("jump", 6)]),
        ([100, 104, 99, 103, 101, 112], []),
        ([100, 160, 90, 170, 80, 165], []),  # it always moves like that
        ([100, 104, 180], []),  # nobody knows what is usual
    ],
)
def test_jumps(values: list[float], found: list[tuple[str, int]]) -> None:
    first = "2019-01" if len(values) == 6 else "2019-04"
    assert doubts(series("m", first, list(values)), m=indicator()) == found


def test_a_fraction_among_percentages() -> None:
    rows = series("m", "2019-01", [84, 85, 83, 0.84, 86, 85])
    assert doubts(rows, m=PERCENT) == [("unit-slip", 5)]
    low = series("m", "2019-01", [0.8, 0.9, 0.7, 0.84, 0.9, 0.8])
    assert doubts(low, m=PERCENT) == []


def test_a_gap_is_told_once_for_all_that_miss_the_month() -> None:
    rows = [
        *series("m", "2018-01", [*range(100, 115), None, *range(115, 117)]),
        *series("n", "2018-01", [*range(100, 115), None, *range(115, 117)]),
    ]
    assert doubts(rows, m=indicator(), n=indicator()) == [("gap", 17)]


def test_a_month_that_never_has_a_figure_is_no_gap() -> None:
    values = [*range(100, 107), None, *range(108, 118)]
    assert doubts(series("m", "2018-01", values), m=indicator()) == []


def test_a_date_and_its_month_that_differ() -> None:
    rows = [*series("m", "2019-06", [91.3]), row("m", "2019-06", 87.6, period_type="snapshot")]
    assert doubts(rows, m=PERCENT) == [("two-figures", 3)]
    rows[1] |= {"value": 91.0, "text": "91"}
    assert doubts(rows, m=PERCENT) == []


def test_a_figure_older_than_the_report() -> None:
    assert doubts(series("m", "2018-10", [5, 6, 7]), m=indicator()) == [("old-figure", 4)]
    assert doubts(years("m", 2016, [5, 6, 7]), m=indicator()) == []


def test_a_copied_column() -> None:
    names = [f"m{at}" for at in range(6)]
    rows = [r for at, name in enumerate(names) for r in series(name, "2019-05", [at + 3, at + 3])]
    made = {name: indicator() for name in names}
    assert doubts(rows, **made) == [("copied", 3)]
    rows = [r for at, name in enumerate(names) for r in series(name, "2019-05", [at + 3, at + 4])]
    assert doubts(rows, **made) == []


def test_a_revised_figure() -> None:
    rows = [
        row("m", "2019-06", 24, published="2019-07-01"),
        row("m", "2019-06", 27, published="2019-08-01"),
    ]
    assert doubts(rows, m=indicator()) == [("revised", 3)]
    rows[1] |= {"value": 24.0}
    assert doubts(rows, m=indicator()) == []


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"green_from": 90, "amber_from": 80, "amber_to": 90, "red_to": 79.9}, ["bands-overlap"]),
        ({"green_from": 90, "amber_from": 80, "amber_to": 89, "red_to": 79}, ["bands-gap"]),
        ({"green_from": 90, "amber_from": 80, "amber_to": 89.9, "red_to": 79.9}, []),
        ({"minimum": 91, "upper": 91}, ["no-middle"]),
        ({"minimum": 85, "upper": 91}, []),
        ({"target": 90}, []),
    ],
)
def test_bands(bounds: dict[str, float], found: list[str]) -> None:
    rows = series("m", "2019-06", [85.0])
    target = {"indicator": "m"} | bounds
    assert [code for code, _ in doubts(rows, targets=[target], m=PERCENT)] == found


def test_what_reading_told_of_other_areas_is_left_to_their_papers() -> None:
    made = dataset(
        [*series("m", "2019-06", [5]), row("m", "2019-06", 6, area="There")], m=indicator()
    )
    told = [
        Problem(Place.of("observations.csv", row=at), "odd", "it is odd", "Look.", "warning")
        for at in (2, 3)
    ]
    told.append(Problem(Place.of("report.yaml", line=3), "odd", "it is odd", "Look.", "warning"))
    found = look_through(commission(replace(made, warnings=tuple(told))))
    assert [(p.place.file, p.place.row) for p in found] == [
        ("observations.csv", 2),
        ("report.yaml", 0),
    ]


def test_a_jump_that_a_country_makes_too_is_no_doubt() -> None:
    values = [100, 104, 99, 103, 101, 180]
    rows = series("m", "2019-01", list(values))
    there = [r | {"area": "England"} for r in series("m", "2019-01", [v * 10 for v in values])]
    steady = [r | {"area": "England"} for r in series("m", "2019-01", [1000] * 6)]
    assert doubts([*rows, *there], m=indicator()) == []
    assert doubts([*rows, *steady], m=indicator()) == [("jump", 7)]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("haringey-2018", {("jump", 71), ("not-its-parts", 134), ("no-middle", 16)}),
        ("stockton-2016", {("not-its-parts", 71), ("bands-gap", 3), ("bands-overlap", 6)}),
        ("bcp-2021", {("revised", 66)}),
    ],
)
def test_what_real_papers_had_wrong_is_found(report: str, expected: set[tuple[str, int]]) -> None:
    found = look_through(load_commission(DATA / report / "report.yaml"))
    assert expected <= {(problem.code, problem.place.row) for problem in found}
