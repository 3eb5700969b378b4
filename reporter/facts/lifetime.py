"""An area whose figures end, or begin, years from where those of its sources do: an authority that
is no more, or was not before. A reader must know how far its figures go.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Literal

import numpy as np
import pandas as pd

from reporter.facts.fact import Source
from reporter.facts.kinds import CountSummary
from reporter.facts.question import Question
from reporter.facts.thresholds import Thresholds
from reporter.sources import Brief, parse_period

_NONE = ("not_available", "not_applicable")
_YEAR = np.timedelta64(366, "D")
Turn = Literal["ended", "begun"]


def lifetime(
    brief: Brief, observations: pd.DataFrame, thresholds: Thresholds
) -> tuple[CountSummary, ...]:
    """How many measures of the outline have their last figure (`ended`) in the month of
    `base_period` or before it, or their first (`begun`) then or after it, while their sources name
    the area for years beyond; nothing unless that is so of most.

    `observations` are those of a `Dataset`, or of some of its areas.
    """
    groups = Question.of(brief, thresholds).groups
    asked = set(chain.from_iterable(groups.values()))
    if len(asked) < thresholds.whole("coverage_measures"):
        return ()
    own, part = _rows_of(brief.area, observations), thresholds["lifetime_part"]
    measures = own["indicator"].cat
    whole = measures.categories.isin(asked)[measures.codes] & (own["breakdown"] == "").to_numpy()
    there = whole & own["value"].notna().to_numpy()
    none = whole & own["missing"].isin(_NONE).to_numpy()
    known, gaps = (len(np.unique(measures.codes[rows])) for rows in (there, none))
    if not known or 100 * gaps < part * known:  # most areas: the rest takes ten times as long
        return ()
    return tuple(_turns(brief, own[there], own[none], part))


def _rows_of(area: str, observations: pd.DataFrame) -> pd.DataFrame:
    """The rows of an area, which stand together."""
    areas = observations["area"].cat
    if area not in areas.categories:
        return observations.iloc[:0]
    codes = areas.codes.to_numpy()
    own = areas.categories.get_indexer(pd.Index([area])).astype(codes.dtype)
    first, last = (int(np.searchsorted(codes, own, side)[0]) for side in ("left", "right"))
    return observations.iloc[first:last]


def _turns(
    brief: Brief, there: pd.DataFrame, none: pd.DataFrame, part: float
) -> Iterator[CountSummary]:
    """`there` are an area's figures, `none` the rows where it has none; `part` is in percent."""
    figures, gaps = (rows.groupby("indicator", observed=True)["end"] for rows in (there, none))
    last, first = figures.max(), figures.min()
    ended = last[gaps.max().reindex(last.index) - last > _YEAR].sort_values(kind="stable")
    begun = first[first - gaps.min().reindex(first.index) > _YEAR].sort_values(kind="stable")
    if len(ended) and 100 * len(ended) >= part * len(last):
        month = pd.Period(ended.iloc[_most(ended, part)], "M")
        ended = ended[ended.dt.to_period("M") <= month]
        yield _count(brief, "ended", ended, len(last), month, there)
    if len(begun) and 100 * len(begun) >= part * len(first):
        month = pd.Period(begun.iloc[-1 - _most(begun, part)], "M")
        begun = begun[begun.dt.to_period("M") >= month]
        yield _count(brief, "begun", begun, len(first), month, there)


def _most(ends: pd.Series, part: float) -> int:
    """The place, of days in order, up to which `part` percent of them stand."""
    return min(int(part * len(ends) / 100), len(ends) - 1)


def _count(
    brief: Brief, what: Turn, ends: pd.Series, whole: int, month: pd.Period, there: pd.DataFrame
) -> CountSummary:
    """The count of measures whose figures end, or begin, at `ends`, of `whole` that have any."""
    rows = there[there["indicator"].astype(str).map(ends).eq(there["end"])]
    sources = dict.fromkeys(
        Source(str(file), int(row)) for file, row in zip(rows["file"], rows["row"], strict=True)
    )
    return CountSummary(
        what=what,
        indicator="", area=brief.area, period=brief.period,
        period_type=parse_period(brief.period).kind, base_period=str(month),
        base_period_type="month", unit="count", denominator=float(whole),
        result=float(len(ends)), result_unit="measures",
        members=tuple(sorted(map(str, ends.index))), sources=tuple(sources),
    )  # fmt: skip
