"""Observations in, a `Panel` out: read, ordered, cut into segments, set side by side.

Rows may come in any order. Missing figures and values that were later replaced are taken apart
first, so that nothing downstream can read them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.panel import MARKS, NAMES, NONE, Bools, Floats, Ints, Panel, Points, is_asked
from reporter.facts.question import Question
from reporter.rounding import round_half_up_array
from reporter.sources import Dataset


def build_panel(dataset: Dataset, question: Question) -> Panel:
    """The panel of all figures up to the question's period."""
    every, names = _read(dataset, question)
    order, series = _series(every)
    every, series = every.take(order), series[order]
    usable = ~np.isnan(every.value) & (every.missing == "")
    later = np.r_[_same_period(every, series), False]  # the row after it replaces it
    keep = usable & ~later
    points, kept_series = every.take(keep), series[keep]
    key = _number(every.indicator, every.breakdown, every.category)
    segment = _segments(kept_series, points)
    every_cell = _number(key, every.basis, every.start, every.end)
    cell = every_cell[keep]
    place = np.full((int(every_cell.max(initial=-1)) + 1, len(names["area"])), NONE, np.int64)
    place[cell, points.area] = np.arange(len(points.row))
    hidden = np.zeros(place.shape, np.bool_)
    secret = (every.missing == "suppressed") & ~later
    hidden[every_cell[secret], every.area[secret]] = True
    catalogue = dataset.catalogue.indicators
    decimals = np.array([catalogue[code].decimals for code in names["indicator"]], np.int64)
    superseded = later & usable
    return Panel(
        dataset=dataset,
        question=question,
        names=names,
        points=points,
        key=key[keep],
        series=_number(kept_series),
        segment=segment,
        joined=_joined(every, series, keep, segment),
        behind_hidden=_behind_hidden(every, series, keep),
        cell=cell,
        place=place,
        hidden=hidden,
        shown=round_half_up_array(points.value, decimals[points.indicator]),
        current=_current(points, kept_series, is_asked(dataset, question, names)),
        absent=every.take((every.missing != "") & ~later),
        superseded=every.take(superseded),
        successor=_successors(keep, superseded),
    )


def asking(panel: Panel, question: Question) -> Panel:
    """The same panel for another question of the same period."""
    asked = is_asked(panel.dataset, question, panel.names)
    current = _current(panel.points, panel.series, asked)
    return replace(panel, question=question, current=current)


def _read(dataset: Dataset, question: Question) -> tuple[Points, dict[str, tuple[str, ...]]]:
    frame = dataset.observations
    end = _days(frame["end"])
    until = np.datetime64(question.end, "D").astype(np.int64)
    # A plan or forecast for a year under way is known before the year is over.
    forecast = (_bits(frame["status"]) >> MARKS.index("forecast")) & 1 == 1
    rows = np.flatnonzero((end <= until) | (forecast & (_days(frame["start"]) <= until)))
    frame = frame.iloc[rows]
    known = {code: place for place, code in enumerate(dataset.catalogue.indicators)}
    names: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Ints] = {}
    for name in NAMES:
        column = frame[name].astype("category")
        labels = [str(label) for label in column.cat.categories]
        ranked = sorted(labels, key=lambda x: (known.get(x, -1) if name == "indicator" else 0, x))
        rank = {label: place for place, label in enumerate(ranked)}
        translate = np.array([rank[label] for label in labels], dtype=np.int64)
        names[name] = tuple(ranked)
        codes[name] = translate[column.cat.codes.to_numpy()]
    missing = frame["missing"].astype("category")
    texts = np.array([str(label) for label in missing.cat.categories], dtype=object)
    published = frame["published"].astype("category")
    dates = np.array([str(label) for label in published.cat.categories], dtype=object)
    reasons = texts[missing.cat.codes.to_numpy()]

    def shown(name: str) -> Floats:
        # What may not be shown is not even known beyond this door, whatever the frame still holds.
        figures: Floats = np.where(reasons == "", frame[name].to_numpy(np.float64), np.nan)
        return figures

    return Points(
        **codes,
        start=_days(frame["start"]),
        end=end[rows],
        months=frame["months"].to_numpy(np.int64),
        value=shown("value"),
        numerator=shown("numerator"),
        denominator=shown("denominator"),
        marks=_bits(frame["status"]),
        missing=reasons,
        published=dates[published.cat.codes.to_numpy()],
        row=rows,
    ), names


def _days(column: pd.Series[Any]) -> Ints:
    days: Ints = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return days


def _bits(column: pd.Series[Any]) -> Ints:
    marks = column.astype("category")
    bits = [
        sum(1 << MARKS.index(word) for word in str(label).split()) for label in marks.cat.categories
    ]
    return np.array(bits, np.int64)[marks.cat.codes.to_numpy()]


def _number(*columns: Ints) -> Ints:
    """One number a distinct combination, in the order of the columns' values."""
    packed = columns[0]
    for column in columns[1:]:
        low = int(column.min(initial=0))
        width = int(column.max(initial=0)) - low + 1
        packed = packed * width + (column - low)
        packed = np.unique(packed, return_inverse=True)[1].astype(np.int64)
    return np.unique(packed, return_inverse=True)[1].astype(np.int64)


def _series(every: Points) -> tuple[Ints, Ints]:
    """The order of the points by series and time, and each one's series (before ordering)."""
    series = _number(every.area, every.indicator, every.breakdown, every.category, every.basis)
    dates = np.unique(every.published.astype(str), return_inverse=True)[1]
    ties = (every.row, dates, every.period_type, every.start, every.end, series)
    return np.lexsort(ties), series


def _same_period(every: Points, series: Ints) -> Bools:
    """Whether each row and the one after it are of one series and one period."""
    same: Bools = (
        (series[1:] == series[:-1])
        & (every.end[1:] == every.end[:-1])
        & (every.start[1:] == every.start[:-1])
        & (every.period_type[1:] == every.period_type[:-1])
    )
    return same


def _segments(series: Ints, points: Points) -> Ints:
    """A new number at the start of each series and at each break."""
    fresh = np.r_[True, series[1:] != series[:-1]][: len(series)]
    broken = (points.marks >> MARKS.index("break")) & 1 == 1
    return np.cumsum(fresh | broken).astype(np.int64) - 1


def _joined(every: Points, series: Ints, keep: Bools, segment: Ints) -> Bools:
    """Whether each kept point follows the kept one before it without a hole.

    A hole is a missing figure between the two, or a distance of more than one and a half times the
    shortest distance between two figures of the series.
    """
    held = np.flatnonzero(keep)
    absent = np.cumsum(every.missing != "")[held]
    end, own = every.end[held], series[held]
    distance = np.diff(end, prepend=end[:1])
    inside = np.r_[False, own[1:] == own[:-1]][: len(own)]
    shortest = pd.Series(np.where(inside & (distance > 0), distance, np.iinfo(np.int64).max))
    least = shortest.groupby(own).transform("min").to_numpy()
    whole = np.r_[False, absent[1:] == absent[:-1]][: len(own)]
    same = np.r_[False, segment[1:] == segment[:-1]][: len(own)]
    joined: Bools = inside & whole & same & (distance <= least * 1.5)
    return joined


def _behind_hidden(every: Points, series: Ints, keep: Bools) -> Bools:
    """Whether a suppressed figure stands between each kept point and the kept one before it."""
    held = np.flatnonzero(keep)
    secret, own = np.cumsum(every.missing == "suppressed")[held], series[held]
    found: Bools = np.r_[False, (secret[1:] != secret[:-1]) & (own[1:] == own[:-1])][: len(own)]
    return found


def _current(points: Points, series: Ints, asked: Bools) -> Ints:
    """The last point of every series of the areas asked for."""
    last = np.r_[series[1:] != series[:-1], True][: len(series)]
    return np.flatnonzero(last & asked[points.area])


def _successors(keep: Bools, superseded: Bools) -> Ints:
    """The kept point at or after each superseded row, by its position among the kept."""
    position = np.cumsum(keep) - 1
    held = np.flatnonzero(keep)
    rows = np.flatnonzero(superseded)
    following = np.searchsorted(held, rows)
    return np.where(following < len(held), position[held[np.minimum(following, len(held) - 1)]], -1)
