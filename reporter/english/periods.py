"""Dates and periods in text, with the days that they cover and what is impossible about them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from reporter.english.numerals import CARDINAL, ORDINALS, value_of_words

MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: n for name, n in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
YEARS = range(1900, 2101)
"""Years that a paper may speak of; another one is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days named in a text.

    `kind` is day, month, quarter, year (calendar), financial_year, academic_year, week, window or
    relative ("last quarter"). `first` and `last` are its days, both None where the text does not
    say them (no year, relative, impossible); `month` is set for days and months, `quarter` for
    quarters, whether or not their year is known. `fault` says what is impossible, or is empty.
    """

    start: int
    end: int
    text: str
    kind: str
    first: date | None = None
    last: date | None = None
    month: int = 0
    quarter: int = 0
    months: int = 0
    fault: str = ""


_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTHS_FULL = "(?:" + "|".join(calendar.month_name[1:]) + ")"
_Y4 = r"\d{4}"
_SPAN = r"(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)(?![\d/–-])"
_NTH = "|".join(list(ORDINALS)[:4])
_OF = r"(?:,?\s+(?:of\s+)?(?:the\s+)?(?:financial\s+year\s+)?)"
_COUNT = rf"(?:\d{{1,2}}|{CARDINAL})"


def _days(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """The first and last day of `months` months that begin with `month` of `year`."""
    last = year * 12 + month - 1 + months - 1
    last_year, last_month = divmod(last, 12)
    end = date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
    return date(year, month, 1), end


def _full_year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _day(found: re.Match[str], weekday: str, day: str, month: int, year: str) -> Period:
    made = Period(found.start(), found.end(), found[0], "day", month=month)
    number, known = int(day), _full_year(year) if year else 0
    if not 1 <= month <= 12:
        return replace(made, fault=f"there is no month {month}")
    if known and known not in YEARS:
        return replace(made, fault=f"the year {known} is impossible")
    longest = calendar.monthrange(known or 2000, month)[1]
    if not 1 <= number <= longest:
        name = calendar.month_name[month]
        return replace(made, fault=f"{name} has {longest} days{f' in {known}' if known else ''}")
    if not known:
        return made
    when = date(known, month, number)
    named = WEEKDAYS.get(weekday.casefold().rstrip(","), when.weekday())
    fault = "" if named == when.weekday() else f"that day is a {calendar.day_name[when.weekday()]}"
    return replace(made, first=when, last=when, fault=fault)


def _day_month(m: re.Match[str]) -> Period:
    return _day(
        m, m["weekday"] or "", m["day"], MONTHS[m["month"].casefold().rstrip(".")], m["year"] or ""
    )


def _day_slashes(m: re.Match[str]) -> Period:
    return _day(m, "", m["day"], int(m["month"]), m["year"])


def _month(m: re.Match[str]) -> Period:
    month, year = MONTHS[m["month"].casefold().rstrip(".")], m["year"]
    made = Period(m.start(), m.end(), m[0], "month", month=month, months=1)
    if not year:
        return made
    if _full_year(year) not in YEARS:
        return replace(made, fault=f"the year {year} is impossible")
    first, last = _days(_full_year(year), month)
    return replace(made, first=first, last=last)


def _quarter(m: re.Match[str]) -> Period:
    parts = m.groupdict()
    number = int(parts.get("q") or value_of_words(parts["word"]))
    made = Period(m.start(), m.end(), m[0], "quarter", quarter=number, months=3)
    if not 1 <= number <= 4:
        return replace(made, quarter=0, fault=f"there is no quarter {number}")
    if not parts.get("span"):
        return made
    begin = int(parts["span"][:4])
    month = 1 + 3 * (number % 4)
    first, last = _days(begin + (number == 4), month, 3)
    return replace(made, first=first, last=last)


def _span(m: re.Match[str]) -> Period:
    begin, after = int(m["begin"]), m["end"]
    end = int(after) if len(after) == 4 else begin - begin % 100 + int(after)
    end += 100 if end < begin and begin % 100 == 99 else 0
    academic = "academic" in m[0].casefold() or m[0].startswith("AY")
    kind = "academic_year" if academic else "financial_year"
    made = Period(m.start(), m.end(), m[0], kind, months=12)
    if end != begin + 1 and "-" in m[0] and len(after) == 2 and 1 <= int(after) <= 12:
        first, last = _days(begin, int(after))
        return replace(made, kind="month", first=first, last=last, month=int(after), months=1)
    if end <= begin or (end != begin + 1 and not m[0][0].isdigit()):
        return replace(made, fault=f"a year that begins in {begin} ends in {begin + 1}")
    first, last = _days(begin, 9 if academic else 4, 12)
    if end == begin + 1:
        return replace(made, first=first, last=last)
    first, last = date(begin, 1, 1), date(end, 12, 31)
    return replace(made, kind="window", first=first, last=last, months=12 * (end - begin))


def _year(m: re.Match[str]) -> Period:
    first, last = _days(int(m["year"]), 1, 12)
    return Period(m.start(), m.end(), m[0], "year", first, last, months=12)


def _week(m: re.Match[str]) -> Period:
    number = int(m["week"])
    made = Period(m.start(), m.end(), m[0], "week")
    if not 1 <= number <= 53:
        return replace(made, fault=f"no year has a week {number}")
    if not m["year"]:
        return made
    try:
        first = date.fromisocalendar(int(m["year"]), number, 1)
    except ValueError:
        return replace(made, fault=f"{m['year']} has 52 weeks")
    return replace(made, first=first, last=first + timedelta(days=6))


def _window(m: re.Match[str]) -> Period:
    said = m["n"].casefold()
    number = int(said) if said.isdecimal() else int(value_of_words(said))
    months = {"month": 1, "quarter": 3, "year": 12}.get(m["unit"].casefold(), 0) * number
    return Period(m.start(), m.end(), m[0], "window", months=months)


def _relative(m: re.Match[str]) -> Period:
    return Period(m.start(), m.end(), m[0], "relative")


_YEAR_NOW = r"(?:19|20)\d\d"
_YEAR = rf"(?P<year>{_YEAR_NOW})"
_DAY, _NUMBER_OF_MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_DAY_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(calendar.day_name)}),?\s+)?"
_NAME, _FULL_NAME = rf"(?P<month>{_MONTH})", rf"(?P<month>{_MONTHS_FULL})"
_ANY_YEAR = rf"(?:,?\s+(?P<year>{_Y4}))?"
# "May 18" heads a column of a table; in a sentence it is a day.
_SHORT_YEAR = r"'?\d\d(?=\s*(?:$|[|\t;)]|(?:to|and)\b))"
_OF_SPAN = rf"(?:{_OF}(?P<span>{_SPAN}))?"
_UNITS = r"(?P<unit>month|quarter|year)s?"
_LAST = "last|previous|prior"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Period]], ...] = (
    (rf"{_WEEKDAY}\b{_DAY_NTH}\s+(?:of\s+)?{_NAME}{_ANY_YEAR}(?!\d)", _day_month),
    (rf"{_WEEKDAY}\b{_FULL_NAME}\s+{_DAY_NTH}{_ANY_YEAR}(?![\d%/,.])", _day_month),
    (rf"\b{_YEAR}-{_NUMBER_OF_MONTH}-{_DAY}\b", _day_slashes),
    (rf"(?<![\d/]){_DAY}/{_NUMBER_OF_MONTH}/(?P<year>(?:\d\d){{1,2}})(?![\d/])", _day_slashes),
    (rf"(?<![\d.]){_DAY}\.{_NUMBER_OF_MONTH}\.{_YEAR}(?![\d.])", _day_slashes),
    (rf"\b(?P<span>{_YEAR_NOW}[/–-](?:\d\d){{1,2}}),?\s*[-–]?\s*(?:Q|quarter\s)(?P<q>\d)\b",
     _quarter),
    (rf"\bQ(?P<q>\d)\b{_OF_SPAN}", _quarter),
    (rf"\bquarter\s+(?:(?P<q>\d)\b(?![.,]?\d|%)|(?P<word>one|two|three|four)\b){_OF_SPAN}",
     _quarter),
    (rf"\b(?P<word>{_NTH})\s+quarter\b{_OF_SPAN}", _quarter),
    (r"\b(?:(?:academic|school|financial|fiscal)\s+year\s+(?:of\s+)?|AY\s?|FY\s?)?"
     rf"(?P<begin>{_YEAR_NOW})\s?[/–-]\s?(?P<end>{_YEAR_NOW}|\d\d)(?![\d/–-]|\s?%)", _span),
    (rf"\bweek\s+(?P<week>\d{{1,2}})\b(?:,?\s+(?:of\s+)?{_YEAR})?"
     r"(?!\s*(?:of\s+(?:the|a|their)\b|later))", _week),
    (rf"\b{_YEAR}-W(?P<week>\d\d)\b", _week),
    (rf"\b{_NAME},?\s+(?P<year>{_Y4}|{_SHORT_YEAR})(?![\d%])", _month),
    (rf"\b(?P<n>{_COUNT})[ -]{_UNITS}(?='?\s+(?:to|ending|ended|up\s+to|from|since|period)\b)",
     _window),
    (rf"\b(?:{_LAST}|past|preceding|latest)\s+(?P<n>{_COUNT})\s+{_UNITS}\b", _window),
    (rf"(?<=\bthe )(?P<n>{_COUNT}) {_UNITS}\b", _window),
    (r"\b(?:the\s+)?same\s+(?:period|quarter|month|time|point)\s+(?:of\s+|in\s+)?(?:the\s+)?"
     rf"(?:{_LAST})\s+year\b", _relative),
    (rf"\b(?:{_LAST}|next|this|current)\s+(?:financial\s+|academic\s+|calendar\s+)?"
     r"(?:year|quarter|month|week)\b|\byear[- ]to[- ]date\b", _relative),
    (rf"(?<![\d£$€.,/–-])\b{_YEAR}\b"
     r"(?![%/,.]\d|[–-]\d|\s?%|\s+[a-z]+(?:ren|ple|als|ses|ers|nts)\b)", _year),
    (rf"(?<![A-Za-z]){_FULL_NAME}(?P<year>)(?![A-Za-z])", _month),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), make) for pattern, make in _PATTERNS)
# May and March are words too: alone they are months only after one of these.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|to|from|since|of|by|at|until|till|and|or|end|during|last|this|next|early|late|mid|"
    r"between|for|than|January|April|November|February)[ -]|[(,–-] ?)$",
    re.IGNORECASE,
)


def find_periods(text: str) -> tuple[Period, ...]:
    """The dates and periods that `text` names, in order; none within another."""
    found: list[Period] = []
    for pattern, make in _COMPILED:
        for match in pattern.finditer(text):
            inside = any(match.start() < p.end and p.start < match.end() for p in found)
            if not inside and _is_meant(text, match):
                found.append(make(match))
    return tuple(sorted(found, key=lambda period: period.start))


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether a bare word is a month: written with a capital, and May or March after its like."""
    month = match.groupdict().get("month") or ""
    if not month.isalpha() and not month.endswith("."):
        return True
    if not month[0].isupper():
        return False
    if match[0].casefold() not in ("may", "march", "mar") or text.strip() == match[0]:
        return True
    return bool(_BEFORE_MONTH.search(text[: match.start()]))


def windows_with_end(text: str, periods: tuple[Period, ...]) -> Iterator[tuple[Period, Period]]:
    """(window, the period it ends with) for "the six months to May 2019"."""
    for window, end in pairwise(periods):
        between = text[window.end : end.start]
        if window.kind == "window" and re.fullmatch(
            r"\W*(?:to|ending(?: in| on)?|ended(?: in| on)?|up to)(?: the)?(?: end of)?\W*", between
        ):
            yield window, end
