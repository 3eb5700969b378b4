"""Periods: one canonical key each, with its kind and its two ends (STANDARDS 1.7.1, 1.10.3).

Keys: day 2018-10-12, week 2019-W20, month 2019-05, quarter 2018/19-Q2 (of the financial year), financial
year 2017/18, academic year AY2017/18, calendar year 2018, window 2018-12..2019-05 (either end a month,
a day or a year).
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
    """A stretch of days. Equal periods have equal keys."""

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
        start, end = parse_period(first), parse_period(last)
        if end.end < start.start:
            raise ValueError(f"the window {text} ends before it starts")
        return Period(text, "window", start.start, end.end)
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            return make(text, *(int(part) for part in match.groups()))
    raise ValueError(f"{key!r} is not a period; write one like {KEYS}")


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


_FORMS = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _day),
    (re.compile(r"(\d{4})-W(\d\d)"), _week),
    (re.compile(r"(\d{4})-(\d\d)"), _month),
    (re.compile(r"(\d{4})/(\d\d)-Q([1-4])"), _quarter),
    (re.compile(r"(\d{4})/(\d\d)"), _financial_year),
    (re.compile(r"AY(\d{4})/(\d\d)"), _academic_year),
    (re.compile(r"(\d{4})"), _calendar_year),
)


def _date(key: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{key!r} is not a date in the calendar") from None


def _last_day(key: str, year: int, month: int) -> date:
    following = _date(key, year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _consecutive(key: str, year: int, next_year: int) -> None:
    if (year + 1) % 100 != next_year:
        raise ValueError(f"{key!r}: the year after {year} is {(year + 1) % 100:02d}")


def year_to_date(period: Period, year_starts: int = 4) -> Period:
    """The stretch from the start of the year to the end of `period`, under the same key."""
    before = period.end.month < year_starts
    start = date(period.end.year - before, year_starts, 1)
    return Period(period.key, period.kind, min(start, period.start), period.end)


def basis(period: Period, period_type: str, any_length: bool) -> str:
    """What `period` may be compared with: figures are alike where their bases are equal (1.10.3).

    A year to date is like the same months of another year only. `any_length` is the catalogue's word that
    the length of the period does not matter (a weekly average, a percentage).
    """
    if period_type == "ytd":
        return f"ytd_{period.start:%m}_{period.end:%m}"
    if period_type == "snapshot":
        return "snapshot"
    if any_length:
        return "any"
    if period_type == "year":
        return period.kind
    if period_type == "window":
        return f"window_{period.months}m" if period.months else f"window_{period.key}"
    return period_type
