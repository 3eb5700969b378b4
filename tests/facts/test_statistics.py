"""The test vectors of the professional rules, part 2, and the edges of each method."""

from __future__ import annotations

import numpy as np
import pytest

from reporter.facts.funnel import proportion_limits, proportion_places, rate_places
from reporter.facts.intervals import (
    Z95,
    Z998,
    count_interval,
    proportions_differ,
    rate_interval,
    rates_differ,
    wilson,
)
from reporter.facts.trend import recent_trend
from reporter.facts.xmr import (
    OUTSIDE,
    SHIFT,
    TREND,
    TWO_IN_THREE,
    assurance,
    special_causes,
    xmr_limits,
)

SERIES = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def causes(values: list[float]) -> tuple[list[int], list[int]]:
    rule, direction = special_causes(values, xmr_limits(values))
    return rule[0].tolist(), direction[0].tolist()


def test_xmr_limits_with_and_without_screening() -> None:
    plain, screened = xmr_limits(SERIES), xmr_limits(SERIES, screen_outliers=True)
    assert round(plain.mean[0], 2) == 1.94
    assert (round(plain.upper[0], 2), round(plain.lower[0], 2)) == (6.95, -3.06)
    assert (round(screened.upper[0], 2), round(screened.lower[0], 2)) == (4.60, -0.72)
    assert plain.near_upper[0] == pytest.approx(
        plain.mean[0] + 1.77333 * (6.95 - 1.94) / 2.66, 1e-2
    )


def test_rule_one_outside_the_limits_is_strict() -> None:
    rule, direction = causes([float(x) for x in SERIES])
    assert rule[4] == OUTSIDE
    assert direction[4] == 1
    limits = xmr_limits([1.0, 2.0, 1.0])
    on_limit, _ = special_causes([[float(limits.upper[0])]], limits)
    assert on_limit[0, 0] != OUTSIDE


def test_rule_two_needs_six_moves_of_one_sign_and_an_equal_pair_breaks_it() -> None:
    wide = [50.0, 0.0, 50.0, 0.0, 50.0, 0.0]
    rising = [20.0, 21, 22, 23, 24, 25, 26]
    rule, direction = causes([*wide, *rising])
    assert rule[6:] == [TREND] * 7
    assert direction[6:] == [1] * 7
    broken, _ = causes([*wide, 20.0, 21, 22, 22, 24, 25, 26])
    assert TREND not in broken


def test_a_point_in_two_trends_takes_the_later_direction() -> None:
    wide = [50.0, 0.0, 50.0, 0.0, 50.0, 0.0, 50.0, 0.0]
    there_and_back = [20.0, 21, 22, 23, 24, 25, 26, 25, 24, 23, 22, 21, 20]
    rule, direction = causes([*wide, *there_and_back])
    assert rule[14] == TREND
    assert direction[13:15] == [1, -1]


def test_rule_three_flags_only_the_points_near_the_limit() -> None:
    limits = xmr_limits([[0.0, 2.0, 0.0, 2.0, 0.0, 2.0]])  # mean 1, limits 1 +/- 5.32, near 3.55
    rule, _ = special_causes([[5.0, 1.5, 5.0, 0.0, 0.0, 0.0]], limits)
    assert rule[0, :3].tolist() == [TWO_IN_THREE, 0, TWO_IN_THREE]
    other_side, _ = special_causes([[5.0, 0.5, 5.0, 0.0, 0.0, 0.0]], limits)
    assert not other_side.any()
    beyond, _ = special_causes([[7.0, 1.5, 5.0, 0.0, 0.0, 0.0]], limits)
    assert beyond[0].tolist() == [OUTSIDE, 0, 0, 0, 0, 0]


def test_rule_four_seven_on_one_side_and_a_point_on_the_mean_breaks_it() -> None:
    limits = xmr_limits([[0.0, 2.0, 0.0, 2.0, 0.0, 2.0]])
    rule, direction = special_causes([[1.5] * 7], limits)
    assert rule[0].tolist() == [SHIFT] * 7
    assert direction[0].tolist() == [1] * 7
    broken, _ = special_causes([[1.5] * 3 + [1.0] + [1.5] * 3], limits)
    assert not broken.any()


def test_many_series_are_judged_as_each_alone() -> None:
    short = [3.0, 4.0, 5.0]
    together = np.full((2, len(SERIES)), np.nan)
    together[0], together[1, :3] = SERIES, short
    limits = xmr_limits(together)
    assert limits.mean[1] == 4.0
    rules, _ = special_causes(together, limits)
    assert rules[0].tolist() == causes([float(x) for x in SERIES])[0]


@pytest.mark.parametrize(
    ("target", "sign", "verdict"),
    [
        (11, 1, "fail"), (11, -1, "pass"), (-1, 1, "pass"), (-1, -1, "fail"),
        (5, 1, "inconsistent"), (10, 1, "inconsistent"), (5, 0, "none"), (float("nan"), 1, "none"),
    ],
)  # fmt: skip
def test_assurance(target: float, sign: int, verdict: str) -> None:
    assert str(assurance(target, 0, 10, sign)) == verdict


@pytest.mark.parametrize(
    ("events", "of", "lower", "upper"),
    [(82, 100, 73.33, 88.30), (0, 20, 0, 16.11), (5, 20, 11.19, 46.87), (1, 12, 1.49, 35.39)],
)
def test_wilson(events: int, of: int, lower: float, upper: float) -> None:
    low, high = wilson(events, of)
    assert (round(100 * float(low), 2), round(100 * float(high), 2)) == (lower, upper)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(10, 4.787, 18.392), (48, 35.389, 63.642), (9, 4.115, 17.085), (0, 0, 3.689)],
)
def test_byar_and_exact(events: int, lower: float, upper: float) -> None:
    low, high = count_interval(events)
    # Two of the published vectors were rounded twice (18.39146 by 18.3915 to 18.392).
    assert (float(low), float(high)) == pytest.approx((lower, upper), abs=0.0006)


def test_rate_interval() -> None:
    low, high = rate_interval(48, 21350, 10000)
    assert (round(float(low), 1), round(float(high), 1)) == (16.6, 29.8)


@pytest.mark.parametrize(("events", "of"), [(11, 10), (-1, 10), (0, 0)])
def test_impossible_proportions_are_refused(events: int, of: int) -> None:
    with pytest.raises(ValueError, match="events"):
        wilson(events, of)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        count_interval(-1)
    with pytest.raises(ValueError, match="population"):
        rate_interval(1, 0)


def test_two_sample_tests() -> None:
    assert bool(proportions_differ(60, 100, 40, 100))
    assert not bool(proportions_differ(52, 100, 48, 100))
    assert not bool(proportions_differ(0, 10, 0, 10))
    assert bool(rates_differ(150, 21000, 100, 21000))
    assert not bool(rates_differ(106, 21000, 100, 21000))
    assert not bool(rates_differ(0, 21000, 0, 21000))


def test_the_exact_rate_test_is_that_of_the_binomial_distribution() -> None:
    from scipy.stats import binomtest

    for x, y in [(0, 6), (0, 5), (12, 3), (30, 14), (30, 17), (9, 0)]:
        both = [binomtest(x, x + y, 0.5, alternative=side).pvalue for side in ("less", "greater")]
        assert bool(rates_differ(x, 100, y, 100)) == (2 * min(both) < 0.05)


def test_recent_trend() -> None:
    for counts, chi_square, verdict in [
        ([100, 112, 121, 139, 150], 12.309, 1), ([100, 96, 104, 99, 106], 0.206, 0),
        ([150, 139, 121, 112, 100], 12.309, -1),
    ]:  # fmt: skip
        x = np.array([counts], dtype=float)
        lower, upper = rate_interval(x, 21000)
        trend, found = recent_trend(x / 21000, lower, upper)
        assert trend[0] == verdict
        assert round(float(found[0]), 3) == chi_square


def test_a_trend_with_a_figure_missing_cannot_be_calculated() -> None:
    trend, chi_square = recent_trend([[1, 2, np.nan, 4, 5]], [[0] * 5], [[9] * 5])
    assert trend[0] == 0
    assert np.isnan(chi_square[0])


def test_funnel_limits_of_proportions() -> None:
    low, high = proportion_limits(0.2, 200, Z95)
    assert (round(100 * float(low), 3), round(100 * float(high), 3)) == (14.456, 25.544)
    low, high = proportion_limits(0.2, 200, Z998)
    assert (round(100 * float(low), 3), round(100 * float(high), 3)) == (11.260, 28.740)
    low, _ = proportion_limits(0.01, 20, Z95)
    assert low == 0
    with pytest.raises(ValueError, match="denominators"):
        proportion_limits(0.2, 0, Z95)


def test_places_in_a_funnel() -> None:
    assert proportion_places([40, 52, 60], [200, 200, 200], 0.2).tolist() == [0, 1, 2]
    assert rate_places([48, 70, 90], [20000] * 3, 50 / 20000).tolist() == [0, 1, 2]
