"""XmR limits and the four special-cause rules of Making Data Count, over many series at once.

As in the package NHSRplotthedots (ptd_spc_standard.R, ptd_calculate_point_type.R). A series is a
row of figures in time order, filled up with NaN at its end; a rebase is another row (STANDARDS 2.1,
2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LIMIT, NEAR, SCREEN = 2.66, 2.66 * 2 / 3, 3.267
RUN = 7
TRIAL_POINTS = 12
"""Limits on fewer points are trial limits, as in the package (STANDARDS 2.3.1)."""
OUTSIDE, TREND, TWO_IN_THREE, SHIFT = 1, 2, 3, 4
"""The rules, in the order in which a point is reported; 0 is common cause."""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Mean and limits of each series, one element a row; unclipped.

    Limits that differ from point to point (`laney_limits`) have a row for each series.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats


def xmr_limits(values: ArrayLike, screen_outliers: bool = False) -> Limits:
    """Mean of the points and 2.66 mean moving ranges either side; near limits at two-thirds.

    With `screen_outliers` moving ranges of 3.267 times their mean or more are left out, once, as
    the package does and the NHS England tool does not.
    """
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    moving = np.abs(np.diff(x, axis=1))
    mean, spread = _mean(x), _mean(moving)
    if screen_outliers:
        spread = _mean(np.where(moving < SCREEN * spread[:, None], moving, np.nan))
    return Limits(
        mean,
        mean - LIMIT * spread,
        mean + LIMIT * spread,
        mean - NEAR * spread,
        mean + NEAR * spread,
    )


def laney_limits(events: ArrayLike, of: ArrayLike) -> Limits:
    """Limits of percentages whose denominators differ, one a point: Laney's p' chart (2002).

    The usual p chart, its standard errors widened by the average move between neighbours. Where all
    denominators are alike they are those of `xmr_limits`. One series; every denominator above 0.
    """
    x, n = (np.atleast_2d(np.asarray(column, dtype=np.float64)) for column in (events, of))
    share = x.sum(axis=1) / n.sum(axis=1)
    error = np.sqrt((share * (1 - share))[:, None] / n)
    moves = np.abs(np.diff((x / n - share[:, None]) / np.where(error > 0, error, np.nan), axis=1))
    reach = 100 * _mean(np.where(np.isnan(moves), 0, moves))[:, None] * error
    mean = 100 * share
    return Limits(
        mean,
        mean[:, None] - LIMIT * reach,
        mean[:, None] + LIMIT * reach,
        mean[:, None] - NEAR * reach,
        mean[:, None] + NEAR * reach,
    )


def _wide(level: Floats) -> Floats:
    """A level of each series, or of each of its points, to hold beside its points."""
    return level[:, None] if level.ndim == 1 else level


def _mean(x: Floats) -> Floats:
    count = (~np.isnan(x)).sum(axis=1)
    return np.where(count > 0, np.nansum(x, axis=1) / np.maximum(count, 1), np.nan)


def special_causes(values: ArrayLike, limits: Limits) -> tuple[Ints, Ints]:
    """The rule that each point breaks (0 for none) and its direction: 1 up, -1 down, 0 none."""
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    side = np.sign(x - limits.mean[:, None])
    side = np.where(np.isnan(side), 0, side)
    outside = (x > _wide(limits.upper)) | (x < _wide(limits.lower))
    beyond = (x > _wide(limits.near_upper)) | (x < _wide(limits.near_lower))
    trend = _trend(x)
    rule = np.zeros(x.shape, np.int64)
    direction = np.zeros(x.shape, np.int64)
    found = (
        (SHIFT, _runs(side, RUN), side),
        (TWO_IN_THREE, _two_in_three(side, beyond & ~outside), side),
        (TREND, trend != 0, trend),
        (OUTSIDE, outside, side),
    )
    for number, broken, sign in found:  # the last to be written is the first in precedence
        rule[broken] = number
        direction[broken] = sign[broken].astype(np.int64)
    return rule, direction


def _runs(side: Floats, length: int) -> Bools:
    """Points in a run of `length` or more, all on one side; 0 is on neither."""
    flagged = np.zeros(side.shape, np.bool_)
    for start in range(side.shape[1] - length + 1):
        window = side[:, start : start + length]
        whole = np.abs(window.sum(axis=1)) == length
        flagged[:, start : start + length] |= whole[:, None]
    return flagged


def _trend(x: Floats) -> Floats:
    """1 or -1 for points in a trend of seven, by its direction (of two trends, the later's)."""
    step = np.sign(np.diff(x, axis=1))
    step = np.where(np.isnan(step), 0, step)
    found = np.zeros(x.shape)
    for start in range(x.shape[1] - RUN + 1):
        total = step[:, start : start + RUN - 1].sum(axis=1)
        whole = np.abs(total) == RUN - 1
        sign = np.where(whole, np.sign(total), 0)[:, None]
        found[:, start : start + RUN] = np.where(sign != 0, sign, found[:, start : start + RUN])
    return found


def _two_in_three(side: Floats, near: Bools) -> Bools:
    """Points near a limit, two or more of which lie among three on the same side of the mean."""
    flagged = np.zeros(side.shape, np.bool_)
    for start in range(side.shape[1] - 2):
        window, close = side[:, start : start + 3], near[:, start : start + 3]
        signal = (np.abs(window.sum(axis=1)) == 3) & (close.sum(axis=1) >= 2)
        flagged[:, start : start + 3] |= close & signal[:, None]
    return flagged


def assurance(
    target: ArrayLike, lower: ArrayLike, upper: ArrayLike, sign: ArrayLike
) -> NDArray[np.str_]:
    """pass, fail or inconsistent: whether a process meets its target if nothing changes; else none.

    `sign` is 1 where high is good, -1 where low is. As ptd_calculate_assurance_type.R; without a
    target or a polarity there is no verdict.
    """
    wanted, low, high = (np.asarray(column, np.float64) for column in (target, lower, upper))
    good = np.asarray(sign)
    above, below = wanted > high, wanted < low
    known = ~np.isnan(wanted) & ~np.isnan(low) & ~np.isnan(high) & (good != 0)
    verdict = np.where(
        above == below, "inconsistent", np.where(above == (good > 0), "fail", "pass")
    )
    return np.where(known, verdict, "none")
