"""Observations in, a `Panel` out: read, ordered, cut into segments, set side by side.

Rows may come in any order. Missing figures and values that were later replaced are taken apart
first, so that nothing downstream can read them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.panel import (
    MARKS,
    MISSING,
    NAMES,
    NONE,
    SUPPRESSED,
    Bools,
    Floats,
    Ints,
    Panel,
    Points,
    is_asked,
    pack,
)
from reporter.facts.question import Question
from reporter.numbering import combine, numbered
from reporter.rounding import round_half_up_array
from reporter.sources import Dataset


def build_panel(dataset: Dataset, question: Question) -> Panel:
    """The panel of all figures up to the question's period."""
    every, names = _read(dataset, question)
    whole = combine([getattr(every, name) for name in NAMES[:5]])
    series = numbered(combine([whole, np.maximum(-every.era, 0)]))
    order = _order(every, series)
    if np.any(order[1:] < order[:-1]):
        every, series, whole = every.take(order), series[order], whole[order]
    usable = ~np.isnan(every.value) & (every.missing == 0)
    later = np.r_[_same_period(every, series), False]  # the row after it replaces it
    keep = usable & ~later
    points, kept_series = every.take(keep), series[keep]
    key = numbered(combine([every.indicator, every.breakdown, every.category]))
    segment = _segments(every, kept_series, keep)
    over_apart = _over_apart(points, whole[keep])
    every_cell = numbered(combine([key, every.basis, numbered(every.start), numbered(every.end)]))
    cell = every_cell[keep]
    place = np.full((int(every_cell.max(initial=-1)) + 1, len(names["area"])), NONE, np.int64)
    place[cell, points.area] = np.arange(len(points.row))
    hidden = np.zeros(place.shape, np.bool_)
    secret = (every.missing == SUPPRESSED) & ~later
    hidden[every_cell[secret], every.area[secret]] = True
    catalogue = dataset.catalogue.indicators
    decimals = np.array([catalogue[code].decimals for code in names["indicator"]], np.int64)
    superseded = later & usable
    joined = _joined(every, series, keep, segment) & ~over_apart
    number = numbered(kept_series)
    return Panel(
        dataset=dataset,
        question=question,
        names=names,
        points=points,
        key=key[keep],
        series=number,
        segment=segment,
        joined=joined,
        run_start=np.maximum.accumulate(np.where(joined, 0, np.arange(len(joined)))),
        behind_hidden=_behind_hidden(every, series, keep),
        when=pack(number, points.end),
        over_apart=over_apart,
        cell=cell,
        place=place,
        hidden=hidden,
        shown=round_half_up_array(points.value, decimals[points.indicator]),
        whole=numbered(whole[keep]),
        current=_current(points, kept_series, whole[keep], is_asked(dataset, question, names)),
        absent=every.take((every.missing != 0) & ~later),
        superseded=every.take(superseded),
        successor=_successors(keep, superseded),
    )


def asking(panel: Panel, question: Question) -> Panel:
    """The same panel for another question of the same period."""
    asked = is_asked(panel.dataset, question, panel.names)
    current = _current(panel.points, panel.series, panel.whole, asked)
    return replace(panel, question=question, current=current)


def _read(dataset: Dataset, question: Question) -> tuple[Points, dict[str, tuple[str, ...]]]:
    frame = dataset.observations
    start, end, marks = _days(frame["start"]), _days(frame["end"]), _bits(frame["status"])
    until = np.datetime64(question.end, "D").astype(np.int64)
    # A plan or forecast for a year under way is known before the year is over.
    forecast = (marks >> MARKS.index("forecast")) & 1 == 1
    rows = np.flatnonzero((end <= until) | (forecast & (start <= until)))
    known = {code: place for place, code in enumerate(dataset.catalogue.indicators)}
    names: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Ints] = {}
    for name in NAMES:
        labels, own = _labelled(frame[name], rows)
        ranked = sorted(labels, key=lambda x: (known.get(x, -1) if name == "indicator" else 0, x))
        rank = {label: place for place, label in enumerate(ranked)}
        translate = np.array([rank[label] for label in labels], dtype=np.int64)
        names[name] = tuple(ranked)
        codes[name] = translate[own]
    labels, own = _labelled(frame["missing"], rows)
    missing = np.array([MISSING.index(label) for label in labels], np.int64)[own]
    labels, own = _labelled(frame["published"], rows)
    dates = np.array([sorted(labels).index(label) for label in labels], np.int64)[own]

    def shown(name: str) -> Floats:
        # What may not be shown is not even known beyond this door, whatever the frame still holds.
        figures: Floats = np.where(missing == 0, frame[name].to_numpy(np.float64)[rows], np.nan)
        return figures

    return Points(
        **codes,
        start=start[rows],
        end=end[rows],
        months=frame["months"].to_numpy()[rows].astype(np.int64),
        value=shown("value"),
        numerator=shown("numerator"),
        denominator=shown("denominator"),
        marks=marks[rows],
        missing=missing,
        era=frame["era"].to_numpy()[rows].astype(np.int64),
        published=dates,
        row=rows,
    ), names


def _labelled(column: pd.Series[Any], rows: Ints) -> tuple[list[str], NDArray[np.integer[Any]]]:
    """The distinct texts of a column, and which of them each of `rows` holds."""
    words = column.astype("category").cat
    return [str(label) for label in words.categories], words.codes.to_numpy()[rows]


def _days(column: pd.Series[Any]) -> Ints:
    days: Ints = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return days


def _bits(column: pd.Series[Any]) -> Ints:
    marks = column.astype("category")
    bits = [
        sum(1 << MARKS.index(word) for word in str(label).split()) for label in marks.cat.categories
    ]
    return np.array(bits, np.int64)[marks.cat.codes.to_numpy()]


def _order(every: Points, series: Ints) -> Ints:
    """The order of the points by series and time."""
    days = numbered(every.end), numbered(every.start)
    key = combine([series, *days, every.period_type, every.published])
    return np.argsort(key, kind="stable")


def _same_period(every: Points, series: Ints) -> Bools:
    """Whether each row and the one after it are of one series and one period."""
    same: Bools = (
        (series[1:] == series[:-1])
        & (every.end[1:] == every.end[:-1])
        & (every.start[1:] == every.start[:-1])
        & (every.period_type[1:] == every.period_type[:-1])
    )
    return same


def _segments(every: Points, series: Ints, keep: Bools) -> Ints:
    """A new number at the start of each series of the kept points, and at each break.

    A mark of a break holds where its figure is missing or was replaced, too.
    """
    broken = np.cumsum((every.marks >> MARKS.index("break")) & 1)[keep]
    era = every.era[keep]
    fresh = (series[1:] != series[:-1]) | (broken[1:] != broken[:-1]) | (era[1:] != era[:-1])
    return np.cumsum(np.r_[True, fresh][: len(series)]).astype(np.int64) - 1


def _joined(every: Points, series: Ints, keep: Bools, segment: Ints) -> Bools:
    """Whether each kept point follows the kept one before it without a hole.

    A hole is a missing figure between the two, or a distance of more than one and a half times the
    shortest distance between two figures of the series.
    """
    held = np.flatnonzero(keep)
    absent = np.cumsum(every.missing != 0)[held]
    end, own = every.end[held], series[held]
    distance = np.diff(end, prepend=end[:1])
    inside = np.r_[False, own[1:] == own[:-1]][: len(own)]
    shortest = np.where(inside & (distance > 0), distance, np.iinfo(np.int64).max)
    first = np.flatnonzero(~inside)
    least = np.minimum.reduceat(shortest, first) if len(own) else shortest
    least = np.repeat(least, np.diff(first, append=len(own)))
    whole = np.r_[False, absent[1:] == absent[:-1]][: len(own)]
    same = np.r_[False, segment[1:] == segment[:-1]][: len(own)]
    joined: Bools = inside & whole & same & (distance <= least * 1.5)
    return joined


def _behind_hidden(every: Points, series: Ints, keep: Bools) -> Bools:
    """Whether a suppressed figure stands between each kept point and the kept one before it."""
    held = np.flatnonzero(keep)
    secret, own = np.cumsum(every.missing == SUPPRESSED)[held], series[held]
    found: Bools = np.r_[False, (secret[1:] != secret[:-1]) & (own[1:] == own[:-1])][: len(own)]
    return found


def _over_apart(points: Points, whole: Ints) -> Bools:
    """Whether a figure that is set apart ends between each point and the one before it."""
    found = np.zeros(len(whole), np.bool_)
    apart = np.flatnonzero(points.era < 0)
    if not len(apart):
        return found
    other = np.flatnonzero((points.era >= 0) & np.isin(whole, np.unique(whole[apart])))
    mixed = np.r_[other, apart]
    mixed = mixed[np.lexsort((points.end[mixed], whole[mixed]))]
    seen, own = np.cumsum(points.era[mixed] < 0), points.era[mixed] >= 0
    at, seen = mixed[own], seen[own]
    after = np.r_[False, (seen[1:] != seen[:-1]) & (whole[at][1:] == whole[at][:-1])][: len(at)]
    found[at] = after
    return found


def _current(points: Points, series: Ints, whole: Ints, asked: Bools) -> Ints:
    """The last point of every series of the areas asked for, set apart or not."""
    last = np.flatnonzero(np.r_[series[1:] != series[:-1], True][: len(series)])
    # A figure set apart is a series of its own: which of those of a whole is the last?
    order = last[np.lexsort((points.end[last], whole[last]))]
    order = order[np.r_[whole[order][1:] != whole[order][:-1], True][: len(order)]]
    return np.sort(order[asked[points.area[order]]])


def _successors(keep: Bools, superseded: Bools) -> Ints:
    """The kept point at or after each superseded row, by its position among the kept."""
    position = np.cumsum(keep) - 1
    held = np.flatnonzero(keep)
    rows = np.flatnonzero(superseded)
    following = np.searchsorted(held, rows)
    return np.where(following < len(held), position[held[np.minimum(following, len(held) - 1)]], -1)
