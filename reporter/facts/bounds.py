"""Figures that their source states as a range: "between 170 and 180 a week", "75 to 80 per cent".

Such a figure has two ends, in a breakdown of which the catalogue says that it is the ends of a
figure. It is compared with the same measure's other figures where the two ranges do not overlap;
`value` and `base_value` are the low ends, `high` and `base_high` the high ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reporter.facts.columns import direction_words, judgement_words
from reporter.facts.evidence import Evidence
from reporter.facts.families import OF_MEMBER, families_of
from reporter.facts.measures import difference, result_units
from reporter.facts.panel import Floats, Ints, Panel
from reporter.facts.table import Table, make_table, named_period

OF_BREAKDOWN = "+"
"""Stands between a breakdown and the ends of its members' figures: age_group+stated_range."""
Key = tuple[int, int, str, str]
"""Area and indicator (codes), breakdown and member that a figure is of."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure by the points of its low and high end: one point where no range is stated."""

    low: int
    high: int


def bounded_changes(panel: Panel) -> list[Table]:
    """Present figures against earlier ones, where either is a range and they do not overlap."""
    pairs = [pair for figures in _by_key(panel).values() for pair in _pairs(panel, figures)]
    if not pairs:
        return []
    now = np.array([[new.low, new.high] for new, _, _ in pairs], np.int64)
    then = np.array([[old.low, old.high] for _, old, _ in pairs], np.int64)
    moved = _apart(panel, now, then)
    category = [_key(panel, int(at))[3] for at in now[:, 0]]
    return [
        make_table(
            panel, "change", now[:, 0],
            Evidence(points=(now[:, 0], now[:, 1], then[:, 0], then[:, 1])),
            base_label=pd.Categorical([label for _, _, label in pairs]),
            baseline="",
            **named_period(panel, then[:, 0], "base"),
            category=pd.Categorical(category),
            base_value=panel.value_at(then[:, 0]),
            high=_high(panel, now),
            base_high=_high(panel, then),
            result=difference(panel.value_at(now[:, 0]), panel.value_at(then[:, 0])),
            result_unit=result_units(panel.units(now[:, 0])),
            percent=np.nan,
            direction=direction_words(moved),
            judgement=judgement_words(moved, panel.sign(now[:, 0])),
            material=False,
            verdict="none",
            months_between=0,
        )
    ]  # fmt: skip


def bounded_averages(panel: Panel) -> list[Table]:
    """Present averages over their own period that are stated as a range: 170 to 180 a week."""
    start = np.datetime64(panel.question.start, "D").astype(np.int64)
    chosen = [
        each
        for figures in _by_key(panel).values()
        for each in figures
        if each.low != each.high and panel.points.end[each.low] >= start
    ]
    low = np.array([each.low for each in chosen], np.int64)
    high = np.array([each.high for each in chosen], np.int64)
    held = panel.of_indicator("each", low).astype(str) != ""
    low, high = low[held], high[held]
    if not len(low):
        return []
    return [
        make_table(
            panel, "average", low, Evidence(points=(low, high)),
            category=pd.Categorical([_key(panel, int(at))[3] for at in low]),
            window=1,
            mean=np.nan,
            low=panel.value_at(low),
            high=panel.value_at(high),
        )
    ]  # fmt: skip


def ends_of_figures(panel: Panel, at: Ints) -> Ints:
    """Those of `at` that are an end of a figure stated as a range."""
    breakdowns = panel.dataset.catalogue.breakdowns
    ends = [
        name in breakdowns and breakdowns[name].ends_of == "figure"
        for name in panel.names["breakdown"]
    ]
    found: Ints = at[np.array(ends, bool)[panel.points.breakdown[at]]]
    return found


def _by_key(panel: Panel) -> dict[Key, list[Bounded]]:
    """Figures of every series of which one is a range, by their ends in time."""
    ends = ends_of_figures(panel, panel.every())
    found: dict[Key, list[Bounded]] = {}
    members = [name.rpartition(OF_MEMBER)[0] for name in panel.names["category"]]
    own = np.array(members)[panel.points.category[ends]] if len(ends) else np.zeros(0, str)
    for member in np.unique(own):
        families = families_of(panel, ends[own == member])
        for family in np.flatnonzero(families.sizes == 2).tolist():
            one, other = sorted(families.members(family), key=lambda at: panel.points.value[at])
            found.setdefault(_key(panel, one), []).append(Bounded(one, other))
    indicators = np.array([key[1] for key in found], np.int64)
    candidates = np.flatnonzero(np.isin(panel.points.indicator, indicators))
    for at in np.setdiff1d(candidates, ends).tolist():
        if (key := _key(panel, at)) in found:
            found[key].append(Bounded(at, at))
    asked = set(panel.asked_areas().tolist())
    return {key: figures for key, figures in found.items() if key[0] in asked}


def _key(panel: Panel, at: int) -> Key:
    points, names = panel.points, panel.names
    breakdown = names["breakdown"][points.breakdown[at]]
    category = names["category"][points.category[at]]
    if len(ends_of_figures(panel, np.array([at]))):
        breakdown = breakdown.rpartition(OF_BREAKDOWN)[0]
        category = category.rpartition(OF_MEMBER)[0]
    return int(points.area[at]), int(points.indicator[at]), breakdown, category


def _pairs(panel: Panel, figures: list[Bounded]) -> Iterator[tuple[Bounded, Bounded, str]]:
    """The latest figure with the one before it and with the first; and the label of each base."""
    points = panel.points
    start = np.datetime64(panel.question.start, "D").astype(np.int64)
    in_time = sorted(figures, key=lambda each: (points.end[each.low], points.start[each.low]))
    now = in_time[-1]
    if points.end[now.low] < start:
        return
    earlier = [each for each in in_time if _may_be_base(panel, now, each)]
    labels = dict.fromkeys((-1, 0)) if len(earlier) > 1 else {-1: None}
    for place in labels:
        old = earlier[place] if earlier else now
        ranged = now.low != now.high or old.low != old.high
        pair = [np.array([[each.low, each.high]]) for each in (now, old)]
        if old is not now and ranged and _apart(panel, *pair)[0] != 0:
            yield now, old, "first_of_series" if place == 0 else "previous_period"


def _may_be_base(panel: Panel, now: Bounded, old: Bounded) -> bool:
    """Whether `old` is earlier and of a like period."""
    points = panel.points
    alike = points.basis[now.low] == points.basis[old.low]
    alike &= points.era[now.low] == points.era[old.low]
    return bool(alike and points.end[old.low] < points.end[now.low])


def _apart(panel: Panel, now: Ints, then: Ints) -> Floats:
    """How far the nearer ends of two ranges lie apart, with its sign; nought where they overlap."""
    above = difference(panel.shown_at(now[:, 0]), panel.shown_at(then[:, 1]))
    below = difference(panel.shown_at(now[:, 1]), panel.shown_at(then[:, 0]))
    gap: Floats = np.where(above > 0, above, np.where(below < 0, below, 0.0))
    return gap


def _high(panel: Panel, ends: Ints) -> Floats:
    """The high end of a figure that is a range, else NaN."""
    return np.where(ends[:, 0] == ends[:, 1], np.nan, panel.value_at(ends[:, 1]))
