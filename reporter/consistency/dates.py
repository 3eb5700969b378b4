"""Dates that cannot be, or that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reporter.consistency.paper import (
    LONGEST,
    Finding,
    Paper,
    Statement,
    figure,
    meeting_dates,
    quoted,
)
from reporter.consistency.series import years_filled
from reporter.english import Period, find_periods

_FIX = "Correct the date."


def impossible_dates(paper: Paper) -> Iterator[Finding]:
    """31 June, week 54, July 2108, in text and in tables."""
    for paragraph in paper.paragraphs:
        for statement in paragraph.statements:
            for period in statement.english.periods:
                if period.fault:
                    what = f"{period.text.strip()}: {period.fault}: {quoted(statement.text)}"
                    yield Finding(statement.at, "date", what, _FIX)
    for table in paper.tables:
        for row, cells in enumerate(table.rows, start=1):
            for cell in cells:
                for period in find_periods(cell[:LONGEST]):
                    if period.fault and period.kind in ("day", "month"):
                        where = f"{table.place}, row {row}"
                        yield Finding(where, "date", f"{period.text}: {period.fault}", _FIX)


def meetings(paper: Paper) -> Iterator[Finding]:
    """The date of the meeting, said twice and not alike."""
    found = meeting_dates(paper.reading)
    for place, day in found[1:]:
        if day != found[0][1]:
            what = (
                f"the meeting is on {_long(day)} here, and on {_long(found[0][1])} at {found[0][0]}"
            )
            yield Finding(place, "date", what, _FIX)


def _long(day: object) -> str:
    return f"{day:%-d %B %Y}"


_FUTURE = re.compile(
    r"\b(?:will|would|shall|should|by|targets?|plan(?:s|ned)?|forecast|expect(?:ed|s)?|due"
    r"|project(?:ed|ion|s)?|next|until|deadline|aim\w*|"
    r"ambition|strategy|proposed?|anticipat\w+|scheduled|from|estimat\w+|could|may|might|going"
    r" to|intend\w*|trajectory|ahead|expires?|"
    r"meeting|commenc\w+|start\w*|launch\w*|begin\w*|to be|agreed|subject to|approved|valid"
    r"|review date)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|rose|fell|received|completed|increased|decreased|reached|improved|stood"
    r"|reduced|dropped)\b",
    re.IGNORECASE,
)


def figures_after_the_meeting(paper: Paper) -> Iterator[Finding]:
    """A figure told as past, dated after the meeting that the paper goes to."""
    if paper.meeting is None:
        return
    for statement in paper.statements:
        if (
            not statement.english.figures
            or not _PAST.search(statement.text)
            or _FUTURE.search(statement.text)
        ):
            continue
        for period in statement.english.periods:
            if (
                period.first
                and period.first > paper.meeting
                and period.kind in ("day", "month", "quarter")
            ):
                what = (
                    f"{period.text} is after the meeting of {_long(paper.meeting)}, and its"
                    f" figure is told as past: {quoted(statement.text)}"
                )
                yield Finding(statement.at, "date", what, _FIX)
                break


_NAMED = re.compile(r"\s*(?:\(|,?\s*i\.?e\.?,?\s|,?\s*that is,?\s)(?:[a-z ]*)?$", re.IGNORECASE)


def periods_and_their_dates(paper: Paper) -> Iterator[Finding]:
    """ "quarter 2 (31 December)"; "2017/18 (April 2018)"; "from May 2019 to May 2018"."""
    for statement in paper.statements:
        periods = statement.english.periods
        for one, other in pairwise(periods):
            between = statement.text[one.end : other.start]
            if _NAMED.fullmatch(between) and not _fits(one, other):
                what = (
                    f"{other.text.strip()} is not in {one.text.strip()}: {quoted(statement.text)}"
                )
                yield Finding(statement.at, "date", what, _FIX)
            if _backwards(statement, one, other, between):
                what = (
                    f"{other.text.strip()} is before {one.text.strip()}: {quoted(statement.text)}"
                )
                yield Finding(statement.at, "date", what, _FIX)
        yield from _long_windows(statement, periods)


def _fits(named: Period, inside: Period) -> bool:
    """Whether a date or month may stand in brackets behind a quarter or year."""
    if inside.kind not in ("day", "month"):
        return True
    if named.kind == "quarter" and inside.month:
        return (inside.month - 4) // 3 % 4 + 1 == named.quarter or named.quarter == (
            inside.month - 1
        ) // 3 + 1
    if (
        named.kind in ("financial_year", "academic_year")
        and named.first
        and named.last
        and inside.first
        and inside.last
    ):
        return named.first <= inside.first and inside.last <= named.last
    return True


def _backwards(statement: Statement, one: Period, other: Period, between: str) -> bool:
    joined = re.fullmatch(r"\s*(?:to|until|and|-|–)\s*(?:the end of\s*)?", between)
    before = re.search(
        r"\b(?:from|between|period|\()\s*(?:the\s)?$", statement.text[: one.start], re.IGNORECASE
    )
    if not one.first or not other.first:
        return False
    return bool(joined and before) and other.first < one.first


def _long_windows(statement: Statement, periods: tuple[Period, ...]) -> Iterator[Finding]:
    """ "the six months from January 2019 to May 2019": as many months as they say."""
    for window, first, last in zip(periods, periods[1:], periods[2:], strict=False):
        joined = re.fullmatch(
            r"\s*(?:to|until|and|-|–)\s*(?:the end of\s*)?", statement.text[first.end : last.start]
        )
        opened = re.fullmatch(
            r"\s*(?:\(|,)?\s*(?:period\s)?(?:from|between|\()?\s*",
            statement.text[window.end : first.start],
        )
        if window.kind != "window" or not joined or not opened or first.kind != "month":
            continue
        dated = {id(p): day for day, p in years_filled((first, last))}
        if len(dated) != 2:
            continue
        begin, end = dated[id(first)], dated[id(last)]
        months = (end.year - begin.year) * 12 + end.month - begin.month
        if window.months not in (months, months + 1) and months > 0:
            what = (
                f"{first.text} to {last.text} is {figure(months + 1)} months, not"
                f" {window.text}: {quoted(statement.text)}"
            )
            yield Finding(statement.at, "date", what, _FIX)


CHECKS = (impossible_dates, meetings, figures_after_the_meeting, periods_and_their_dates)
