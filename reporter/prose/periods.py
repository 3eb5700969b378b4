"""Periods in words: "at the end of May 2019", "in the year to May 2019", "in 2017/18".

Which preposition a period takes follows from what it is, a moment or a stretch (STANDARDS 1.7.4).
The words are the lexicon's, the names of months Babel's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from babel.dates import format_date

from reporter.prose.lexicon import Lexicon
from reporter.prose.numbers import NBSP
from reporter.prose.templates import Templates
from reporter.sources import Period, parse_period

Form = Literal["full", "short", "base", "bare", "named"]
"""full: the main period; short: the same again; base: an earlier one; bare: a label, "May 2019";
named: a noun in a sentence, "the academic year 2023/24"."""
YEAR_STARTS = 4


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """Writes periods in one house style. `years` is council, ons or govuk (STANDARDS 1.7.1)."""

    lexicon: Lexicon
    locale: str
    years: str
    _said: dict[tuple[str, str, Form], str] = field(default_factory=dict)
    """What was asked for before: papers name few periods, and those often."""

    def phrase(self, key: str, period_type: str, form: Form) -> str:
        """How the period `key` of a `period_type` is said in the given form."""
        asked = (key, period_type, form)
        if asked not in self._said:
            self._said[asked] = self._phrase(*asked)
        return self._said[asked]

    def _phrase(self, key: str, period_type: str, form: Form) -> str:
        period = parse_period(key)
        name = self._pattern(period, period_type)
        patterns = self.lexicon.periods
        nouns = (f"{name}_bare",) if form == "named" else ()
        for wanted in (f"{name}_{form}", *nouns, name):
            if wanted in patterns:
                text = patterns[wanted]
                break
        else:
            raise KeyError(f"the lexicon has no period phrase {name!r}")
        parts = _Parts(period, period_type, self)
        return Templates().render(text, vocabulary=parts)

    def _pattern(self, period: Period, period_type: str) -> str:
        if period_type == "rolling_12m":
            return "year_to"
        if period_type == "rolling_6m":
            return "months_to"
        if period_type == "ytd":
            start = _year_start(period)
            months = (period.end.year - start.year) * 12 + period.end.month - start.month + 1
            return {1: "month", 12: "financial_year"}.get(months, "between_months")
        if period.kind == "window":
            return _window(period)
        if period_type == "snapshot":
            return "end_month" if period.kind in ("month", "quarter") else "day"
        return "on_day" if period.kind == "day" else period.kind


@lru_cache(maxsize=4)
def period_words(lexicon: Lexicon, locale: str, years: str) -> PeriodWords:
    """Those of a house style, made once for all its papers."""
    return PeriodWords(lexicon, locale, years)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the lexicon's patterns may say of a period, each worked out when one does."""

    period: Period
    period_type: str
    house: PeriodWords

    @property
    def month(self) -> str:
        return self._date(self.period.end, f"MMMM{NBSP}y")

    @property
    def month_alone(self) -> str:
        return self._date(self.period.end, "MMMM")

    @property
    def first_month(self) -> str:
        return self._date(self._start, f"MMMM{NBSP}y")

    @property
    def first_month_alone(self) -> str:
        same = self._start.year == self.period.end.year
        return self._date(self._start, "MMMM" if same else f"MMMM{NBSP}y")

    @property
    def day(self) -> str:
        return self._date(self.period.end, f"d{NBSP}MMMM{NBSP}y")

    @property
    def first_day(self) -> str:
        return self._date(self.period.start, f"d{NBSP}MMMM{NBSP}y")

    @property
    def year(self) -> str:
        period, words = self.period, self.house.lexicon.words
        first, last = self._start.year, period.end.year
        if period.kind == "calendar_year":
            return str(last)
        if self.house.years == "ons":
            ending = "ending" if period.kind == "academic_year" else "year_ending"
            return f"{words[ending]} {self.month}"
        if self.house.years == "govuk":
            return f"{first} {words['to']} {last}"
        return f"{first}/{last % 100:02d}"

    @property
    def quarter(self) -> str:
        return str((self.period.end.month - YEAR_STARTS) % 12 // 3 + 1)

    @property
    def months(self) -> str:
        return self._count(6 if self.period_type == "rolling_6m" else self.period.months)

    @property
    def weeks(self) -> str:
        return self._count(((self.period.end - self.period.start).days + 1) // 7)

    @property
    def _start(self) -> date:
        return _year_start(self.period) if self.period_type == "ytd" else self.period.start

    def _date(self, day: date, pattern: str) -> str:
        return _written(day, pattern, self.house.locale)

    def _count(self, number: int) -> str:
        words = self.house.lexicon.numerals
        return words[number] if number < len(words) else str(number)


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, locale: str) -> str:
    return str(format_date(day, pattern, locale=locale))


def _year_start(period: Period) -> date:
    """The first day of the financial year to date that ends with `period`."""
    before = period.end.month < YEAR_STARTS
    return min(date(period.end.year - before, YEAR_STARTS, 1), period.start)


def _window(period: Period) -> str:
    days = (period.end - period.start + timedelta(days=1)).days
    if period.months == 1:
        return "month"
    if period.months == 2:
        return "two_months"
    if period.months == 12:
        return "year_to"
    if 2 < period.months < 12:
        return "months_to"
    if period.months:
        return "between_months"
    return "weeks_to" if days % 7 == 0 and days <= 91 else "between_days"
