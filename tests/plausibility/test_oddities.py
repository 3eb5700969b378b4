"""Noughts that may be none, series that stand still, lost decimals; and what is right."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.sources import Indicator
from tests.facts.making import indicator, row, series
from tests.plausibility.test_plausibility import PERCENT, doubts

RATE = indicator(unit="rate", per=1000, decimals=1)


def found(values: list[Any], made: Indicator, code: str) -> list[int]:
    """The rows of one code of doubt about a series of months."""
    return [at for what, at in doubts(series("m", "2018-12", values), m=made) if what == code]


@pytest.mark.parametrize(
    ("values", "made", "rows"),
    [
        ([40, 44, 38, 0, 41, 45], indicator(), [5]),
        ([4, 6, 3, 0, 5, 4], indicator(), []),  # so few may be none
        ([40, 4, 38, 0, 41, 45], indicator(), []),  # the series comes near it
        ([40, 0, 0, 0, 41, 45], indicator(), []),  # as often none as not
        ([22.7, 30.1, 25, 0, 28.4, 33.3], PERCENT, [5]),
        ([2.7, 3.1, 2.5, 0, 2.4, 3.3], PERCENT, []),
        ([250.8, 300.1, 280, 0, 260, 270], RATE, [5]),
        ([12, 14, 0, 13, 12, 13], indicator(unit="score"), []),
    ],
)
def test_a_nought_far_from_the_rest(values: list[Any], made: Indicator, rows: list[int]) -> None:
    assert found(values, made, "nought-or-none") == rows


def test_a_nought_that_others_have_too_is_one() -> None:
    own = series("m", "2019-01", [40, 44, 38, 0, 41, 45])
    there = [
        it | {"area": f"There {at}"}
        for at in range(25)
        for it in series("m", "2019-01", [40, 44, 38, 0 if at < 3 else 30, 41, 45])
    ]
    assert "nought-or-none" not in [what for what, _ in doubts([*own, *there], m=indicator())]


@pytest.mark.parametrize(
    ("values", "made", "rows"),
    [
        ([110, 134, 121, 140, 128, 128, 128], indicator(), [8]),
        ([110, 134, 121, 140, 128, 128], indicator(), []),
        ([3, 4, 3, 5, 4, 4, 4], indicator(), []),  # small steps stand still by chance
        ([91.5, 93.0, 90.2, 100, 100, 100], PERCENT, []),
        ([50.5, 61.0, 49.2, 58.3, 57.1, 57.1, 57.1], PERCENT, [8]),
    ],
)
def test_a_series_that_stands_still(values: list[Any], made: Indicator, rows: list[int]) -> None:
    assert found(values, made, "standstill") == rows


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (("12.34", "12.71", "11.98", "12.05", "13"), [6]),
        (("12.34", "12.71", "11.98", "12.05", "13.1"), []),
        (("12.3", "12.7", "11.9", "12.1", "13"), []),
        (("12", "12.71", "11.98", "12.05", "13"), []),
    ],
)
def test_decimals_that_were_lost(texts: tuple[str, ...], rows: list[int]) -> None:
    made = [
        row("m", f"2019-0{month}", float(text), text=text) for month, text in enumerate(texts, 1)
    ]
    assert [at for what, at in doubts(made, m=PERCENT) if what == "decimals-lost"] == rows
