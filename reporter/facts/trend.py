"""The recent trend of five points, as the public-health tool Fingertips tests it (STANDARDS 2.8.6).

Weighted regression of the values on 1 to 5, weights the inverse squares of standard errors taken
from 95% intervals; a trend needs a chi-square beyond the cut point (p = 0.002) and a slope that
keeps its sign when each point is left out in turn. TrendMarkerCalculator.cs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
POINTS = 5
WIDTH = 3.92
CRITICAL = 9.54953570608324


def recent_trend(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike, critical: float = CRITICAL
) -> tuple[Ints, Floats]:
    """For rows of five values and limits: 1 increasing, -1 decreasing, 0 neither; and chi-square.

    Rows with a figure missing, or an interval without width, are 0 with a chi-square of NaN: the
    trend cannot be calculated.
    """
    y, low, high = (np.atleast_2d(np.asarray(c, dtype=np.float64)) for c in (values, lower, upper))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = (WIDTH / (high - low)) ** 2
        slope, variance = _slope(y, weight)
        chi_square = slope**2 / variance
    known = np.isfinite(chi_square)
    steady = np.ones(len(y), np.bool_)
    for left_out in range(POINTS):
        kept = [place for place in range(POINTS) if place != left_out]
        with np.errstate(divide="ignore", invalid="ignore"):
            other, _ = _slope(y[:, kept], weight[:, kept], np.array(kept, np.float64))
        steady &= np.sign(other) == np.sign(slope)
    trend = np.where(known & steady & (chi_square > critical), np.sign(slope), 0)
    return trend.astype(np.int64), np.where(known, chi_square, np.nan)


def _slope(y: Floats, weight: Floats, at: Floats | None = None) -> tuple[Floats, Floats]:
    """The weighted slope of each row, and its variance."""
    x = np.arange(y.shape[1], dtype=np.float64) if at is None else at
    total = weight.sum(axis=1)
    middle = (weight * x).sum(axis=1) / total
    apart = x - middle[:, None]
    spread = (weight * apart**2).sum(axis=1)
    return (weight * apart * y).sum(axis=1) / spread, 1 / spread
