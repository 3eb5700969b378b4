"""Whether a large step of a series has a usual reason, and so is no doubt about its figures."""

from __future__ import annotations

from datetime import date
from math import sqrt

import numpy as np

from reporter.plausibility.looking import Figures
from reporter.plausibility.nouns import Point, Series

ALIKE = 0.5
"""A jump of which a country makes so much, in proportion, is no slip of one area's figures."""
AREAS = 20
"""So many other authorities say what steps are usual there."""
OFTEN = 0.975
"""A step that more than one authority in forty exceeds is nothing to stop at."""
CHANCE = 3.0
"""Standard deviations within which counts and percentages of few move by chance (2.1)."""
COVID = date(2020, 3, 23), date(2021, 7, 19)
"""The first and last day of restrictions in England: what moved then moved for that."""


def is_usual(figures: Figures, series: Series, before: Point, now: Point) -> bool:
    """Whether the step to `now` is chance, a break, the time of Covid, or made elsewhere too."""
    return (
        _is_break(figures, before, now)
        or _of_covid(before)
        or _of_covid(now)
        or _by_chance(figures, series, before, now)
        or _moved_everywhere(figures, series, before, now)
        or _is_common(figures, series, before, now)
    )


def _is_break(figures: Figures, before: Point, now: Point) -> bool:
    """Whether the figures may not be compared: a break is marked in the data, or declared."""
    era = figures.layout.era
    if era[before.row] != era[now.row]:
        return True
    return "break" in figures.layout.texts["status"].at(now.row).split()


def _of_covid(point: Point) -> bool:
    return point.start <= COVID[1] and point.end >= COVID[0]


def _by_chance(figures: Figures, series: Series, before: Point, now: Point) -> bool:
    """Whether so few stand behind the two figures that they may differ by chance."""
    unit = figures.catalogue.indicators[series.indicator].unit
    if unit == "count":
        return abs(now.value - before.value) <= CHANCE * sqrt(abs(now.value) + abs(before.value))
    if unit != "percent":
        return False
    both = [before.row, now.row]
    top, base = figures.layout.numerator[both], figures.layout.denominator[both]
    if np.isnan(top).any() or np.isnan(base).any() or not base.all():
        return False
    share = float(top.sum() / base.sum())
    spread = sqrt(max(share * (1 - share), 0.0) * float((1 / base).sum()))
    return abs(float(np.diff(top / base)[0])) <= CHANCE * spread


def _moved_everywhere(figures: Figures, series: Series, before: Point, now: Point) -> bool:
    """Whether a country's figure moved alike, so that what moved is the world or its measuring."""
    for by_end in figures.elsewhere.countries(series):
        was, is_now = by_end.get(before.end), by_end.get(now.end)
        if was and is_now is not None and before.value:
            own, theirs = now.value / before.value - 1, is_now / was - 1
            return own * theirs > 0 and abs(theirs) >= ALIKE * abs(own)
    return False


def _is_common(figures: Figures, series: Series, before: Point, now: Point) -> bool:
    """Whether more than a few other authorities make as large a step between the same periods."""
    pairs = figures.elsewhere.pairs(series, before.end, now.end)
    if len(pairs) < AREAS:
        return False
    own, steps = abs(now.value - before.value), np.abs(pairs[:, 1] - pairs[:, 0])
    if figures.catalogue.indicators[series.indicator].unit == "count":
        level = np.abs(pairs[:, 0])
        own, steps = own / max(abs(before.value), 1.0), steps / np.maximum(level, 1.0)
    return bool(own <= np.quantile(steps, OFTEN))
