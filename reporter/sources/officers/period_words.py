"""Periods as officers write them: "Apr-24", "Q2 2024/25", "as at 31/03/2025", "2024-25 YTD".

A text may say a whole period or a part of one ("Q1" under "2024/25"); `read_words` takes what it
says and leaves the words that are not of the period; `joined` puts the parts together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from reporter.sources.periods import Period, parse_period

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_FOUR = r"((?:19|20)\d\d)"
_SPAN = rf"(?:fy\s*)?{_FOUR}\s*[/–-]\s*((?:20)?\d\d)\b"
_SHORT_SPAN = r"(?:\bfy\s*|(?<![\d/.-]))(\d\d)\s*/\s*(\d\d)(?![\d/.-])"
_DASHED_SPAN = r"(?:\bfy\s*|(?<=q[1-4] ))(\d\d)\s*[–-]\s*(\d\d)(?![\d/.-])"
"""24-25 may be ages; behind a quarter or FY it is a year."""
_ENDING = r"\bfy\s*((?:20)?\d\d)(?!\d|\s*[/–-]\s*\d)"
_TERM = rf"\b(autumn|spring|summer)(?: term)?\s*,?\s*{_FOUR}(?:\s*[/–-]\s*((?:20)?\d\d))?\b"
_HALF = r"\bh\s?([12])\b|\b(first|second|1st|2nd) half\b"
_QUARTER = r"\b(?:q|qtr|quarter)\s*\.?\s*([1-4])\b"
_NTH_QUARTER = r"\b([1-4])(?:st|nd|rd|th)\s+(?:quarter|qtr)\b"
_TYPES = (
    (r"\b(?:ytd|year[ -]to[ -]date|cumulative|cum\.?)\b", "ytd"),
    (r"\b(?:rolling|r)[ -]?(?:12|twelve)(?:[ -]?m(?:on)?ths?|m)?\b|\brolling (?:year|annual)\b"
     r"|\b(?:12|twelve)[ -]?m(?:(?:on)?ths?)? (?:to|ending)\b|\byear (?:to|ending)\b",
     "rolling_12m"),
    (r"\b(?:rolling|r)[ -]?(?:6|six)(?:[ -]?m(?:on)?ths?|m)?\b"
     r"|\b(?:6|six)[ -]?m(?:(?:on)?ths?)? (?:to|ending)\b", "rolling_6m"),
    (r"\b(?:as at|as of|at end(?: of)?|at the end of|snapshot|position at|month[ -]end|end of)\b",
     "snapshot"),
)  # fmt: skip
_NOISE = re.compile(
    r"\b(?:month|monthly|period|ending|ended|for|the|in|of|to|end|at|on|year"
    r"|(?:wave|round) \d+)\b"
)
FOOTNOTE = r"(?<=[\w)])\s*(?:\(\d\)|\[\d\]|[*†‡¹²³⁴⁵⁶⁷⁸⁹]+)$"
"""A mark behind a heading."""
_STATUS = r"[(\[]\s*(p|r|prov\w*|rev\w*|est\w*)\.?\s*[)\]]|\b(prov(?:isional)?)\b\.?"
_STATUSES = {"p": "provisional", "r": "revised", "e": "estimated"}


@dataclass(frozen=True, slots=True)
class Part:
    """What a text says of a period: a whole one by its `key`, or a month, quarter or year of it."""

    key: str = ""
    year: str = ""
    """The key of a year: 2024/25, AY2024/25 or 2024."""
    quarter: int = 0
    nth: int = 0
    """The number of a month of the financial year: P6 is September."""
    month: int = 0
    last: int = 0
    """The last month, where it is about several."""
    half: int = 0
    period_type: str = ""
    status: str = ""
    """The status of all its figures: Sep 2024 (prov.)."""
    rest: str = ""
    """The words that say nothing of a period."""

    @property
    def says(self) -> bool:
        """Whether it says when."""
        return bool(self.key or self.year or self.loose)

    @property
    def loose(self) -> bool:
        """Whether it is a part of a year that it does not name itself."""
        return bool(self.quarter or self.month or self.half or self.nth)


@lru_cache(maxsize=8192)
def read_words(text: str) -> Part:
    """What `text` says of a period, and the rest of it."""
    words = re.sub(FOOTNOTE, "", text.casefold())
    words = " ".join(words.replace("’", "'").replace("'", " ").split())
    part = Part()
    for pattern, kind in _TYPES:
        if re.search(pattern, words):
            words = re.sub(pattern, " ", words, count=1)
            part = replace(part, period_type=kind)
            break
    for pattern, make in _FORMS:
        match = re.search(pattern, words)
        found = make(match) if match else None
        if match and found and not (part.key and (found.key or found.month)):
            words = f"{words[: match.start()]} {words[match.end() :]}"
            part = replace(
                part,
                key=part.key or found.key,
                year=part.year or found.year,
                quarter=part.quarter or found.quarter,
                nth=part.nth or found.nth,
                month=part.month or found.month,
                last=part.last or found.last,
                half=part.half or found.half,
            )
    rest = _NOISE.sub(" ", words) if part.says or part.period_type else words
    if part.says and (status := re.search(_STATUS, rest)):
        rest = rest.replace(status.group(), " ")
        word = next(filter(None, status.groups()))
        part = replace(part, status=_STATUSES[word[0]])
    if part.says and re.search(r"\bdate\b", rest):
        rest = re.sub(r"\bdate\b", " ", rest)  # to and the like are gone
        part = replace(part, period_type=part.period_type or "ytd")
    return replace(part, rest=" ".join(rest.strip(" -–:,()").split()))


def _year(first: str, second: str) -> str:
    """The key of a financial year; empty where the second does not follow the first."""
    start = int(first) if len(first) == 4 else 2000 + int(first)
    ends = f"{(start + 1) % 100:02d}"
    return f"{start}/{ends}" if second[-2:] == ends and len(second) in (2, 4) else ""


def _of_span(match: re.Match[str]) -> Part | None:
    key = _year(match[1], match[2])
    return Part(year=key) if key else None


def _academic(match: re.Match[str]) -> Part | None:
    key = _year(match[1], match[2])
    return Part(year=f"AY{key}") if key else None


def _of_ending(match: re.Match[str]) -> Part:
    """FY25: a year called by the one it ends in."""
    end = _four(match[1])
    return Part(year=f"{end - 1}/{end % 100:02d}")


def ending_year(text: str) -> str:
    """The year that `text` calls by its end alone (FY25), as most do; "" for none."""
    match = re.search(_ENDING, text.casefold())
    return _of_ending(match).year if match else ""


def _of_term(match: re.Match[str]) -> Part | None:
    """A school term by its year or school year, as many months as published figures give it."""
    first, last = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 8)}[match[1]]
    if match[3] and not _year(match[2], match[3]):
        return None
    year = int(match[2]) + bool(match[3] and first < 9)
    return Part(key=f"{year}-{first:02d}..{year}-{last:02d}")


def _of_half(match: re.Match[str]) -> Part:
    return Part(half=1 if (match[1] or match[2]) in ("1", "first", "1st") else 2)


def _four(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(name: str) -> int:
    return next(at for at, full in enumerate(_MONTHS, 1) if full.startswith(name.strip(".")[:3]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> Part | None:
    found = _date(_four(match[3]), int(match[2]), int(match[1]))
    return Part(key=found.isoformat()) if found else None


def _long_day(match: re.Match[str]) -> Part | None:
    found = _date(_four(match[3]), _month(match[2]), int(match[1]))
    return Part(key=found.isoformat()) if found else None


def _iso_day(match: re.Match[str]) -> Part | None:
    found = _date(int(match[1]), int(match[2]), int(match[3]))
    return Part(key=found.isoformat()) if found else None


def _week(days: int, read: Callable[[re.Match[str]], Part | None]) -> Callable[..., Part | None]:
    """A week told by its first day (0) or its last (6); only where that is a Monday or Sunday."""

    def make(match: re.Match[str]) -> Part | None:
        found = read(match)
        if found is None:
            return None
        monday = date.fromisoformat(found.key) - timedelta(days=days)
        year, week, weekday = monday.isocalendar()
        return Part(key=f"{year}-W{week:02d}") if weekday == 1 else None

    return make


def _months(match: re.Match[str]) -> Part | None:
    """April to June 2024: a quarter where it is one, else a window."""
    last_year = _four(match[4])
    first, last = _month(match[1]), _month(match[3])
    first_year = _four(match[2]) if match[2] else last_year - (first > last)
    try:
        return Part(key=_stretch(f"{first_year}-{first:02d}", f"{last_year}-{last:02d}"))
    except ValueError:
        return None


def _pooled(match: re.Match[str]) -> Part | None:
    """2020 - 22: calendar years taken together; 2019/20 - 21/22: financial ones."""
    first, last = int(match[1]), _ending_of(match[1], match[3])
    if match[2] or match[4]:
        whole = match[2] and match[4] and _year(match[1], match[2]) and _year(match[3], match[4])
        span = f"{first}-04..{last + 1}-03" if whole else ""
    else:
        span = f"{first}-01..{last}-12"
    return Part(key=span) if span and 1 < last - first < 10 else None


def _ending_of(first: str, last: str) -> int:
    return int(last) if len(last) == 4 else int(first[:2] + last)


def _nth(match: re.Match[str]) -> Part | None:
    number = int(match[1])
    return Part(nth=number) if 1 <= number <= 12 else None


def _stretch(first: str, last: str) -> str:
    """The key of the months from `first` to `last`: of the quarter or year, where they are one."""
    window = parse_period(f"{first}..{last}")
    if window.months == 12 and window.start.month in (1, 4):
        start = window.start.year
        return str(start) if window.start.month == 1 else f"{start}/{(start + 1) % 100:02d}"
    return _quarter_of(window) or window.key


def _quarter_of(window: Period) -> str:
    if window.months != 3 or window.start.month % 3 != 1:
        return ""
    year = window.start.year - (window.start.month < 4)
    return f"{year}/{(year + 1) % 100:02d}-Q{(window.start.month - 4) // 3 % 4 + 1}"


def _month_year(match: re.Match[str]) -> Part:
    return Part(key=f"{_four(match[2])}-{_month(match[1]):02d}")


def _iso_month(match: re.Match[str]) -> Part | None:
    month = int(match[2])
    return Part(key=f"{match[1]}-{month:02d}") if 1 <= month <= 12 else None


_D = r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:20)?\d\d)\b"
_L = rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|-){_MONTH}[\s,-]*((?:20)?\d\d)\b"
_COMMENCING = r"(?:w/?c|week (?:commencing|beginning|starting))\s*"
_WEEK_ENDING = r"(?:w/?e|week ending)\s*"
_FORMS: Sequence[tuple[str, Callable[[re.Match[str]], Part | None]]] = (
    (_COMMENCING + _D, _week(0, _day)),
    (_COMMENCING + _L, _week(0, _long_day)),
    (_WEEK_ENDING + _D, _week(6, _day)),
    (_WEEK_ENDING + _L, _week(6, _long_day)),
    (rf"{_FOUR}-?w(\d\d)\b", lambda m: Part(key=f"{m[1]}-W{m[2]}")),
    (rf"\b{_FOUR}-(\d\d)-(\d\d)\b", _iso_day),
    (rf"(?<![\d/]){_D}", _day),
    (rf"\b{_L}", _long_day),
    (rf"{_MONTH}(?:\s*-?\s*((?:20)?\d\d))?\s*(?:-|–|to|/)\s*{_MONTH}\s*-?\s*((?:20)?\d\d)\b(?!/)",
     _months),
    (_TERM, _of_term),
    (rf"{_FOUR}(?:\s*/\s*(\d\d))?\s*(?:-|–|to)\s*((?:20)?\d\d)(?:\s*/\s*(\d\d))?\b(?!/)",
     _pooled),
    (rf"(?:\bay|(?:academic|school|ac\.?|acad\.?) (?:year|yr\.?))\s*{_SPAN}", _academic),
    (rf"{_SPAN}\s*(?:academic|school|ac\.?|acad\.?) (?:year|yr\.?)", _academic),
    (_SPAN, _of_span),
    (_SHORT_SPAN, _of_span),
    (_DASHED_SPAN, _of_span),
    (_ENDING, _of_ending),
    (rf"{_MONTH}\s*[-/]?\s*((?:19|20)?\d\d)\b(?!/)", _month_year),
    (rf"\b{_FOUR}\s*[-/]\s*(\d\d)\b(?![\d/])", _iso_month),
    (rf"\b{_FOUR}\s*[-/]?\s*{_MONTH}", lambda m: Part(key=f"{m[1]}-{_month(m[2]):02d}")),
    (rf"{_MONTH}\s*(?:-|–|to)\s*{_MONTH}", lambda m: Part(month=_month(m[1]), last=_month(m[2]))),
    (_QUARTER, lambda m: Part(quarter=int(m[1]))),
    (_HALF, _of_half),
    (_NTH_QUARTER, lambda m: Part(quarter=int(m[1]))),
    (_MONTH, lambda m: Part(month=_month(m[1]))),
    (r"^(?:p|pd|period|m|mth|month)\.?\s?0?(\d{1,2})$", _nth),
    (rf"(?<![\d/]){_FOUR}(?![\d/])", lambda m: Part(year=m[1])),
)  # fmt: skip
"""Forms, the most telling first; several may stand in one text (Q1 and 2024/25)."""


def joined(parts: Iterable[Part], year: str = "", quarters: str = "") -> tuple[str, str]:
    """The period key and the period type, if it is said, that `parts` give together.

    The finest part counts, and must lie in the coarser ones. `year` serves where none says it, and
    `quarters` (calendar or financial) says what Q1 2024 is a quarter of; the key is empty where it
    takes more to know it. `ValueError` where parts contradict each other.
    """
    parts = list(parts)
    if quarters == "financial" and any(part.quarter or part.half for part in parts):
        parts = [replace(part, year=_beginning(part.year)) for part in parts]
    period_type = next((part.period_type for part in reversed(parts) if part.period_type), "")
    years = list(dict.fromkeys(part.year for part in parts if part.year))
    if len(years) > 1:
        raise ValueError(f"{years[0]} and {years[1]} contradict each other")
    said = years[0] if years else ""
    keys = list(dict.fromkeys(part.key for part in parts if part.key))
    keys += list(_fragments(parts, said or year, quarters))
    if not keys:
        return ("" if any(part.loose for part in parts) else said), period_type
    keys.sort(key=_length)
    finest = parse_period(keys[0])
    for other in (*keys[1:], *years):
        whole = parse_period(other)
        if not whole.start <= finest.end <= whole.end:
            raise ValueError(f"{keys[0]} is no part of {other}")
    return keys[0], period_type


def _length(key: str) -> timedelta:
    period = parse_period(key)
    return period.end - period.start


def _beginning(year: str) -> str:
    """The financial year that begins in a calendar year; any other as it is."""
    return f"{year}/{(int(year) + 1) % 100:02d}" if year.isdecimal() else year


def shifted(key: str, how: str) -> str:
    """The key of the period before (`previous`), or a year before (`last_year`); "" for none."""
    period = parse_period(key)
    if period.kind == "week" and how == "previous":
        year, week, _ = (period.start - timedelta(days=7)).isocalendar()
        return f"{year}-W{week:02d}"
    if period.kind in ("financial_year", "academic_year", "calendar_year"):
        start = int(key.removeprefix("AY")[:4]) - 1
        rest = f"/{(start + 1) % 100:02d}" if "/" in key else ""
        return f"{'AY' if key[:2] == 'AY' else ''}{start}{rest}"
    if not period.months or period.months > 12:
        return ""
    back = 12 if how == "last_year" else period.months
    counts = [day.year * 12 + day.month - 1 - back for day in (period.start, period.end)]
    first, last = (f"{count // 12}-{count % 12 + 1:02d}" for count in counts)
    return first if first == last else _stretch(first, last)


def _fragments(parts: Sequence[Part], year: str, quarters: str) -> Iterator[str]:
    """Keys of halves, quarters and months within `year`.

    Which quarter of a year without more words is not known, unless `quarters` says it.
    """
    financial = "/" in year and not year.startswith("AY")
    first = 4 if financial else 1 if quarters == "calendar" and year.isdecimal() else 0
    for part in parts:
        if part.quarter and financial:
            yield f"{year}-Q{part.quarter}"
        elif part.quarter and first:
            yield _months_of(year, first + 3 * part.quarter - 3, 3)
        if part.half and first:
            yield _months_of(year, first + 6 * part.half - 6, 6)
        if part.nth and financial:
            month = (part.nth + 2) % 12 + 1
            yield f"{_calendar_year(month, year)}-{month:02d}"
        if part.month and year:
            begins = f"{_calendar_year(part.month, year)}-{part.month:02d}"
            ends = f"{_calendar_year(part.last, year)}-{part.last:02d}" if part.last else ""
            yield _stretch(begins, ends) if ends else begins


def _months_of(year: str, first: int, count: int) -> str:
    """The key of `count` months from month `first` of the calendar year in which `year` begins."""
    ends = (int(year[:4]) * 12 + month - 1 for month in (first, first + count - 1))
    return _stretch(*(f"{end // 12}-{end % 12 + 1:02d}" for end in ends))


def _calendar_year(month: int, year: str) -> int:
    first = int(year.removeprefix("AY")[:4])
    if "/" not in year:
        return first
    return first + (month < (9 if year.startswith("AY") else 4))


DEFAULT_TYPE = {
    "day": "snapshot", "week": "week", "month": "month", "quarter": "quarter",
    "financial_year": "year", "academic_year": "year", "calendar_year": "year", "window": "window",
}  # fmt: skip
"""What a figure under a period of each kind is, unless something says otherwise."""
