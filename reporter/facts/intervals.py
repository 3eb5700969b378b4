"""Confidence intervals and two-sample tests, as pure functions over columns.

Methods as in the public-health package PHEindicatormethods: Wilson for proportions, Byar for ten
events or more, exact Poisson below. All refuse figures that cannot be (STANDARDS 2.7.3).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Z95, Z998 = 1.959963984540054, 3.090232306167814
EXACT_BELOW = 10
"""Below this many events Byar's approximation gives way to the exact interval."""


def _columns(*given: ArrayLike) -> list[Floats]:
    return [np.asarray(column, dtype=np.float64) for column in given]


def _refuse(wrong: NDArray[np.bool_], why: str) -> None:
    if np.any(wrong):
        raise ValueError(why)


def wilson(events: ArrayLike, of: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Lower and upper limit of a proportion, 0 to 1, by Wilson's score method.

    `ValueError` where there are more events than trials, fewer than none, or no trials.
    """
    x, n = _columns(events, of)
    _refuse((x < 0) | (x > n) | (n <= 0), "a proportion needs 0 <= events <= trials and trials > 0")
    root = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    middle, scale = 2 * x + z**2, 2 * (n + z**2)
    # At no events, and at nothing but events, the limit is exact; rounding would leave dust.
    lower = np.where(x == 0, 0.0, (middle - root) / scale)
    upper = np.where(x == n, 1.0, (middle + root) / scale)
    return lower, upper


def count_interval(events: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Lower and upper limit of a count: Byar's from ten events, exact Poisson below."""
    (x,) = _columns(events)
    _refuse(x < 0, "a count of events cannot be below nought")
    tail = float(special.ndtr(-z))
    safe = np.maximum(x, 1.0)
    byar_lower = safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    more = x + 1
    byar_upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    # A chi-square quantile on 2k degrees of freedom, halved, is a gamma quantile of shape k.
    exact_lower = np.where(x > 0, special.gammaincinv(safe, tail), 0.0)
    exact_upper = special.gammaincinv(more, 1 - tail)
    few = x < EXACT_BELOW
    return np.where(few, exact_lower, byar_lower), np.where(few, exact_upper, byar_upper)


def rate_interval(
    events: ArrayLike, of: ArrayLike, per: ArrayLike = 1.0, z: float = Z95
) -> tuple[Floats, Floats]:
    """Lower and upper limit of a rate per `per` people."""
    x, n, scale = _columns(events, of, per)
    _refuse(n <= 0, "a rate needs a population")
    lower, upper = count_interval(x, z)
    return lower / n * scale, upper / n * scale


def proportions_differ(
    events: ArrayLike, of: ArrayLike, other_events: ArrayLike, other_of: ArrayLike, z: float = Z95
) -> NDArray[np.bool_]:
    """Whether two proportions differ: the z test with the pooled proportion, two-sided."""
    x, n, y, m = _columns(events, of, other_events, other_of)
    pooled = (x + y) / (n + m)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    gap = np.abs(x / n - y / m)
    return np.asarray((error > 0) & (gap > z * error))


def rates_differ(
    events: ArrayLike, of: ArrayLike, other_events: ArrayLike, other_of: ArrayLike, z: float = Z95
) -> NDArray[np.bool_]:
    """Whether two rates differ: the exact conditional binomial test, two-sided.

    Given the sum of both counts, the first is binomial with the share of the first population.
    """
    x, n, y, m = _columns(events, of, other_events, other_of)
    share, both = n / (n + m), x + y
    at_most = special.betainc(np.maximum(both - x, 1e-300), x + 1, 1 - share)
    at_most = np.where(x >= both, 1.0, at_most)
    at_least = np.where(x <= 0, 1.0, special.betainc(np.maximum(x, 1e-300), both - x + 1, share))
    p_value: Any = np.minimum(1.0, 2 * np.minimum(at_most, at_least))
    return np.asarray(p_value < 2 * special.ndtr(-z))
