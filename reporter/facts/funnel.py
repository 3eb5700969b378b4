"""Funnel limits: how far an area's figure may lie from the group's by chance (STANDARDS 2.9).

As Funnels.R of PHEindicatormethods: the baseline is the sum of numerators by the sum of
denominators of the areas shown; proportions by the closed form, rates by an area's own exact or
Byar interval.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from reporter.facts.intervals import Z95, Z998, rate_interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def proportion_limits(baseline: ArrayLike, of: ArrayLike, z: float) -> tuple[Floats, Floats]:
    """Lower and upper funnel limit of a proportion, 0 to 1, at each denominator."""
    p, n = (np.asarray(column, dtype=np.float64) for column in (baseline, of))
    if np.any(n <= 0):
        raise ValueError("a funnel needs denominators above nought")
    width = z * np.sqrt(p * (1 - p) / n)
    return np.clip(p - width, 0, 1), np.clip(p + width, 0, 1)


def proportion_places(events: ArrayLike, of: ArrayLike, baseline: ArrayLike) -> Ints:
    """0 within the 95% limits, 1 outside them, 2 outside the 99.8% limits."""
    x, n = (np.asarray(column, dtype=np.float64) for column in (events, of))
    share = x / n
    places = np.zeros(share.shape, np.int64)
    for level, z in enumerate((Z95, Z998), start=1):
        lower, upper = proportion_limits(baseline, n, z)
        places[(share < lower) | (share > upper)] = level
    return places


def rate_limits(baseline: ArrayLike, of: ArrayLike, z: float) -> tuple[Floats, Floats]:
    """Lower and upper funnel limit of a rate, per one, at each denominator.

    By inversion of the Poisson distribution with a count that need not be whole: so few events, or
    so many, would come about by chance as seldom as `z` says.
    """
    rate, n = (np.asarray(column, dtype=np.float64) for column in (baseline, of))
    if np.any(n <= 0):
        raise ValueError("a funnel needs denominators above nought")
    expected = rate * n
    tail = float(special.ndtr(-z))
    with np.errstate(invalid="ignore"):
        fewest = special.pdtrik(tail, expected)  # nan where even no event at all is likelier
        most = special.pdtrik(1 - tail, expected) + 1
    return np.where(np.isnan(fewest), 0.0, np.maximum(fewest, 0.0)) / n, most / n


def rate_places(events: ArrayLike, of: ArrayLike, baseline: ArrayLike) -> Ints:
    """The same for rates: whether the area's own 95% or 99.8% interval leaves the baseline out."""
    centre = np.asarray(baseline, dtype=np.float64)
    places = np.zeros(np.asarray(events).shape, np.int64)
    for level, z in enumerate((Z95, Z998), start=1):
        lower, upper = rate_interval(events, of, z=z)
        places[(upper < centre) | (lower > centre)] = level
    return places
