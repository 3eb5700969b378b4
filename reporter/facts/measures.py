"""Arithmetic that every family shares: differences, percentages, materiality, tolerance, small
numbers.

All functions take columns of equal length and return columns. Units are the catalogue's.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from reporter.facts.panel import Bools, Floats, Ints, Panel, pick
from reporter.facts.thresholds import Thresholds
from reporter.rounding import without_dust_array
from reporter.sources import Indicator

RELATIVE_UNITS = ("count", "rate", "money", "days", "weeks", "tonnes")
"""Units of which a change may be given in percent (1.1.4)."""
EXTENSIVE_UNITS = ("count", "money", "tonnes")
"""Units that grow with the size of an area and with the length of a period."""

Words = NDArray[np.str_]


def difference(value: Floats, base: Floats) -> Floats:
    """`value` less `base`, without the dust of binary arithmetic."""
    return without_dust_array(value - base, np.maximum(np.abs(value), np.abs(base)))


def percent_of(part: Floats, whole: Floats) -> Floats:
    """`part` in percent of `whole`; NaN where the whole is not positive."""
    return without_dust_array(100 * part / np.where(whole > 0, whole, np.nan))


def ratio_of(value: Floats, base: Floats) -> Floats:
    """`value` by `base`; NaN where the base is nought, or one of them below it."""
    sound = (base > 0) & (value >= 0)
    return without_dust_array(value / np.where(sound, base, np.nan))


def percent_change(value: Floats, base: Floats, units: Words, least_base: float) -> Floats:
    """The change in percent of the base; NaN for percentages, scores, ratios and bases below
    `least_base`.
    """
    allowed = np.isin(units, RELATIVE_UNITS) & (base >= least_base)
    return percent_of(difference(value, base), np.where(allowed, base, np.nan))


def result_units(units: Words) -> Words:
    """The unit of a difference: points for percentages, else the figures' own."""
    return np.where(units == "percent", "points", units)


def is_material(panel: Panel, at: Ints, value: Floats, base: Floats) -> Bools:
    """Whether the change from `base` is large enough to tell, by its unit or its indicator's
    override.

    All cut points that hold for an indicator must be met: a count must move by the absolute and by
    the relative one. From a base of nought any change meets the relative one.
    """
    size = np.abs(difference(value, base))
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(base == 0, np.where(size > 0, np.inf, 0.0), 100 * size / np.abs(base))
    known = panel.dataset.catalogue.indicators
    every = [material_limits(known[code], panel.thresholds) for code in panel.names["indicator"]]
    limits = np.array(every, np.float64)
    absolute, part, points = limits.reshape(-1, 3)[panel.points.indicator[at]].T
    units = panel.units(at)
    moved = np.where(units == "percent", size >= points, relative >= part)
    material: Bools = (size > 0) & (size >= absolute) & moved
    return material


def material_limits(indicator: Indicator, cut: Thresholds) -> tuple[float, float, float]:
    """The absolute, relative and points cut points of an indicator; nought where it has none."""
    own: Mapping[str, Decimal] = {str(key): value for key, value in indicator.material.items()}
    standard = {
        "count": (cut["material_count_absolute"], cut["material_count_relative"], 0.0),
        "percent": (0.0, 0.0, cut["material_percent_points"]),
        "rate": (0.0, cut["material_rate_relative"], 0.0),
        "money": (0.0, cut["material_money_relative"], 0.0),
    }.get(indicator.unit, (0.0, cut["material_other_relative"], 0.0))
    if not own:
        return standard
    absolute, relative = float(own.get("absolute", 0)), float(own.get("relative", 0))
    return absolute, relative, float(own.get("points", own.get("absolute", 0)))


def within_tolerance(panel: Panel, units: Words, value: Floats, base: Floats) -> Bools:
    """Whether two figures are similar by the tolerance band of their unit (1.8.3)."""
    size = np.abs(difference(value, base))
    cut = panel.thresholds
    with np.errstate(invalid="ignore"):
        by_count = cut["tolerance_count_z"] * np.sqrt(np.maximum(np.abs(value) + np.abs(base), 0))
    by_part = cut["tolerance_relative"] / 100 * np.abs(base)
    limit = np.where(units == "percent", cut["tolerance_percent_points"], by_part)
    limit = np.where(units == "count", by_count, limit)
    return size <= without_dust_array(limit)


def small_numbers(panel: Panel, at: Ints) -> Bools:
    """Whether a percentage or rate rests on few: numerator or denominator below its cut point
    (1.8.5).
    """
    few = pick(panel.points.numerator, at) < panel.thresholds["small_numerator"]
    of_few = pick(panel.points.denominator, at) < panel.thresholds["small_denominator"]
    return np.isin(panel.units(at), ("percent", "rate", "ratio")) & (few | of_few)
