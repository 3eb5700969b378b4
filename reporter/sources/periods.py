"""Periods: one canonical key each, with its kind and its two ends (STANDARDS 1.7.1, 1.10.3).

Keys: day 2018-10-12, week 2019-W20, month 2019-05, quarter 2018/19-Q2 (of the financial year),
financial year 2017/18, academic year AY2017/18, calendar year 2018, window 2018-12..2019-05 (either
end any of the others). Years run from 1900 to 2199.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

PeriodKind = Literal[
    "day", "week", "month", "quarter", "financial_year", "academic_year", "calendar_year", "window"
]
KEYS = "2018-10-12, 2019-W20, 2019-05, 2018/19-Q2, 2018/19, AY2018/19, 2018 or 2018-12..2019-05"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included. `key` is what the user wrote, without spaces."""

    key: str
    kind: PeriodKind
    start: date
    end: date

    @property
    def months(self) -> int:
        """Length in whole months; 0 where it is not made of whole months."""
        after = self.end + timedelta(days=1)
        if self.start.day != 1 or after.day != 1:
            return 0
        return (after.year - self.start.year) * 12 + after.month - self.start.month


@lru_cache(maxsize=4096)
def parse_period(key: str) -> Period:
    """The period that `key` names; `ValueError` says what is wrong with it."""
    text = key.strip()
    if ".." in text:
        first, _, last = text.partition("..")
        if ".." in last:
            raise ValueError(f"the window {text!r} has more than two ends")
        start, end = parse_period(first), parse_period(last)
        if end.end < start.start:
            raise ValueError(f"the window {text!r} ends before it starts")
        return Period(f"{start.key}..{end.key}", "window", start.start, end.end)
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            return make(text, *(int(part) for part in match.groups()))
    raise ValueError(f"{text!r} is not a period{_hint(text)}")


def _day(key: str, year: int, month: int, day: int) -> Period:
    at = _date(key, year, month, day)
    return Period(key, "day", at, at)


def _week(key: str, year: int, week: int) -> Period:
    try:
        start = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise ValueError(f"{key!r}: {year} has no week {week}") from None
    return Period(key, "week", start, start + timedelta(days=6))


def _month(key: str, year: int, month: int) -> Period:
    return Period(key, "month", _date(key, year, month, 1), _last_day(key, year, month))


def _quarter(key: str, year: int, next_year: int, quarter: int) -> Period:
    _consecutive(key, year, next_year)
    month = 3 * quarter + 1 if quarter < 4 else 1
    year = year if quarter < 4 else year + 1
    return Period(key, "quarter", date(year, month, 1), _last_day(key, year, month + 2))


def _financial_year(key: str, year: int, next_year: int) -> Period:
    _consecutive(key, year, next_year)
    return Period(key, "financial_year", date(year, 4, 1), date(year + 1, 3, 31))


def _academic_year(key: str, year: int, next_year: int) -> Period:
    _consecutive(key, year, next_year)
    return Period(key, "academic_year", date(year, 9, 1), date(year + 1, 8, 31))


def _calendar_year(key: str, year: int) -> Period:
    return Period(key, "calendar_year", date(year, 1, 1), date(year, 12, 31))


_YEAR = "((?:19|20|21)[0-9]{2})"
_TWO = "([0-9]{2})"
_FORMS = (
    (re.compile(f"{_YEAR}-{_TWO}-{_TWO}"), _day),
    (re.compile(f"{_YEAR}-W{_TWO}"), _week),
    (re.compile(f"{_YEAR}-{_TWO}"), _month),
    (re.compile(f"{_YEAR}/{_TWO}-Q([1-4])"), _quarter),
    (re.compile(f"{_YEAR}/{_TWO}"), _financial_year),
    (re.compile(f"AY{_YEAR}/{_TWO}"), _academic_year),
    (re.compile(_YEAR), _calendar_year),
)
_HINTS = (
    (re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"), "write the day as 2019-03-31"),
    (re.compile(r"[A-Za-z]{3,9}[ -]\d{2,4}|\d{4}-\d|\d{1,2}/\d{4}"), "write the month as 2019-05"),
    (re.compile(r"\d{4}[-/]\d{4}|\d{2}[-/]\d{2}|\d{6}"), "write the financial year as 2018/19"),
    (re.compile(r"(?i).*q(uarter)? ?\d.*"), "write the quarter as 2018/19-Q2"),
    (re.compile(r"(?i)AY.*"), "write the academic year as AY2018/19"),
)


def _hint(text: str) -> str:
    for pattern, words in _HINTS:
        if pattern.fullmatch(text):
            return f"; {words}"
    return ""


def _date(key: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{key!r} is not in the calendar{_year_hint(key)}") from None


def _year_hint(key: str) -> str:
    """2018-19 looks like a month and means a financial year."""
    first, _, second = key.partition("-")
    meant = second.isdigit() and len(second) == 2 and (int(first) + 1) % 100 == int(second)
    return f"; for the financial year write {first}/{second}" if meant else ""


def _last_day(key: str, year: int, month: int) -> date:
    following = _date(key, year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _consecutive(key: str, year: int, next_year: int) -> None:
    if (year + 1) % 100 != next_year:
        raise ValueError(f"{key!r}: the year after {year} is {(year + 1) % 100:02d}")


def year_to_date(period: Period, year_starts: int = 4) -> Period:
    """The stretch from the start of the year to the end of `period`, under the same key.

    Windows and years already say where they start.
    """
    if period.kind in ("window", *_YEARS):
        return period
    before = period.end.month < year_starts
    start = date(period.end.year - before, year_starts, 1)
    return Period(period.key, period.kind, start, period.end)


def rolling(period: Period, months: int) -> Period:
    """The stretch of `months` whole months up to the end of `period`, under the same key."""
    if period.kind in ("window", *_YEARS):
        if period.months != months:
            raise ValueError(f"{period.key} is not {months} months long")
        return period
    count = period.end.year * 12 + period.end.month - months
    return Period(period.key, period.kind, date(count // 12, count % 12 + 1, 1), period.end)


_YEARS = ("financial_year", "academic_year", "calendar_year")
_TAKES: dict[str, tuple[tuple[str, ...], str]] = {
    "snapshot": (("day", "week", "month", "quarter", *_YEARS),
                 "one day, or a period whose last day it is"),
    "day": (("day",), "a day such as 2019-03-31"),
    "week": (("week",),
             "a week such as 2019-W20; a weekly average over a month has the type month"),
    "month": (("month",), "a month such as 2019-05"),
    "quarter": (("quarter",), "a quarter such as 2018/19-Q2"),
    "year": (_YEARS, "a year such as 2018/19, AY2018/19 or 2018; "
                     "the year up to a month has the type rolling_12m"),
    "ytd": (("day", "week", "month", "quarter", *_YEARS, "window"), "any period"),
    "rolling_6m": (("month", "quarter", "window"),
                   "the last month of the six, or the six as a window"),
    "rolling_12m": (("month", "quarter", "window", *_YEARS),
                    "the last month of the twelve, or the twelve as a window"),
    "window": (("window",), "a window such as 2018-12..2019-05"),
}  # fmt: skip
"""What kinds of key a period type takes, and how to say so."""


def period_covered(key: str, period_type: str) -> Period:
    """The days that a figure of `period_type` under `key` is about; `ValueError` where they
    disagree.

    A snapshot is about the last day of its period (2018/19: 31 March 2019), a year to date about
    all since 1 April (or the window written), a rolling figure about its six or twelve months.
    """
    period = parse_period(key)
    if period_type not in _TAKES:
        raise ValueError(f"{period_type!r} is not a period type")
    kinds, words = _TAKES[period_type]
    if period.kind not in kinds:
        kind = period.kind.replace("_", " ")
        raise ValueError(
            f"the period {period.key!r} is a {kind}, but period type {period_type} takes {words}"
        )
    if period_type == "snapshot":
        return Period(period.key, period.kind, period.end, period.end)
    if period_type == "ytd":
        return year_to_date(period)
    if period_type.startswith("rolling_"):
        return rolling(period, 6 if period_type == "rolling_6m" else 12)
    return period


def basis(period: Period, period_type: str, any_length: bool) -> str:
    """What a figure may be compared with: figures are alike where their bases are equal (1.10.3).

    `period` is the stretch that `period_covered` gave. A year to date is like the same stretch of
    another year only. `any_length` is the catalogue's word that the length of the period does not
    matter (a weekly average, a percentage).
    """
    if period_type == "ytd":
        if period.months:
            return f"ytd_{period.start:%m}_{period.end:%m}"
        return f"ytd_{period.start:%m%d}_{period.end:%m%d}"
    if period_type == "snapshot":
        return "snapshot"
    if any_length:
        return "any"
    if period_type == "year":
        return period.kind
    if period_type == "window":
        return f"window_{period.months}m" if period.months else f"window_{period.key}"
    return period_type
