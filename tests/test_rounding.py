"""Rounding: half up, once, of what decimal figures meant."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.rounding import round_half_up, round_half_up_array, without_dust


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (12.25, 1, "12.3"), (12.35, 1, "12.4"), (2.675, 2, "2.68"), (0.5, 0, "1"), (1.5, 0, "2"),
        (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.4, 0, "0"), (0.0, 1, "0.0"), (49.95, 1, "50.0"),
        (1234567.5, 0, "1234568"), (1250, -2, "1.3E+3"), (0.1 + 0.2, 1, "0.3"),
        (100 * 0.285, 1, "28.5"), (100 * 1.115, 0, "112"), (429 - 257.0, 0, "172"),
        (3 * 40.85, 1, "122.6"),
    ],
)  # fmt: skip
def test_half_goes_away_from_zero(value: float, decimals: int, shown: str) -> None:
    assert str(round_half_up(value, decimals)) == shown


def test_there_is_no_negative_zero() -> None:
    assert not round_half_up(-0.04, 1).is_signed()
    assert math.copysign(1, float(round_half_up_array(np.array([-0.04]), 1)[0])) == 1


def test_dust_is_taken_away() -> None:
    assert without_dust(0.1 + 0.2) == 0.3
    assert without_dust(122.49999999999999) == 122.5
    assert without_dust(-1e-20) == -1e-20
    assert without_dust(0.0) == 0.0


FIGURES = st.decimals(-1_000_000, 1_000_000, places=4, allow_nan=False)


@given(FIGURES, st.integers(0, 3))
def test_a_source_figure_is_rounded_as_its_text(figure: Decimal, decimals: int) -> None:
    expected = figure.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert round_half_up(float(figure), decimals) == expected


@given(st.lists(st.tuples(FIGURES, st.integers(0, 3)), max_size=8))
def test_arrays_are_rounded_as_single_figures_are(pairs: list[tuple[Decimal, int]]) -> None:
    values = np.array([float(figure) for figure, _ in pairs], dtype=np.float64)
    decimals = np.array([places for _, places in pairs], dtype=np.int64)
    singly = [float(round_half_up(float(figure), places)) for figure, places in pairs]
    assert round_half_up_array(values, decimals).tolist() == singly


@given(FIGURES, FIGURES, st.integers(0, 2))
def test_a_difference_is_rounded_as_exact_arithmetic_would(
    first: Decimal, second: Decimal, decimals: int
) -> None:
    exact = (first - second).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if abs(first - second) > Decimal("0.01"):
        assert round_half_up(float(first) - float(second), decimals) == exact


def test_no_figure_stays_none() -> None:
    rounded = round_half_up_array(np.array([np.nan, 1.25]), 1)
    assert np.isnan(rounded[0])
    assert rounded[1] == 1.3
