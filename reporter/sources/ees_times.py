"""The times of the open data format, as periods of this house (STANDARDS 3.7.3 to 3.7.5).

A time is a number and an identifier: four digits where the identifier lies in one calendar year,
six (202425) where it belongs to a year that runs over two.

| time_identifier | time_period | period and period type |
|---|---|---|
| Calendar year, Calendar year Q1 to Q4 | 2024 | 2024, year; 2023/24-Q4, quarter |
| Reporting year | 2025 | the year that ends in 2025, of the kind that the brief says |
| January to December | 2024 | 2024-05, month |
| Week 1 to Week 53 | 2024 | 2024-W12, week |
| Financial year, Financial year Q1 to Q4 | 202425 | 2024/25, year; 2024/25-Q2, quarter |
| Part 1 (April to September), Part 2 (October to March) | 202425 | the six months, window |
| Tax year | 202425 | 2024-04-06..2025-04-05, window |
| Academic year, Academic year Q1 to Q4 | 202425 | AY2024/25, year; its three months, window |
| Autumn term, Spring term, Summer term | 202425 | 2024-09..2024-12, then ..2025-03, ..2025-08 |
| Autumn and spring term | 202425 | 2024-09..2025-03, window |

Terms are as many months as they take of an academic year, so that each is compared with the same
term of another year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from reporter.sources.periods import parse_period

ReportingYear = Literal["financial", "academic", "calendar"]
Month = Literal[
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
MONTHS: tuple[Month, ...] = get_args(Month)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as a period of this house: key and period type."""

    period: str
    period_type: str


def _two(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _window(first: int, last: int) -> Callable[[int], Time]:
    """The months `first` to `last`, counted from January of the year in which it all begins."""

    def make(year: int) -> Time:
        ends = (f"{year + at // 12}-{at % 12 + 1:02d}" for at in (first, last))
        return Time("..".join(ends), "window")

    return make


def _within(period_type: str, ending: str) -> Callable[[int], Time]:
    """A month or week of a calendar year, by what its key has after the year."""
    return lambda year: Time(f"{year}{ending}", period_type)


def _quarter(start: int) -> Callable[[int], Time]:
    """The financial quarter whose first month is `start`, counted as in `_window`."""

    def make(year: int) -> Time:
        before = start % 12 < 3
        number = 4 if before else start % 12 // 3
        return Time(f"{_two(year + start // 12 - before)}-Q{number}", "quarter")

    return make


_ONE_YEAR: dict[str, Callable[[int], Time]] = {
    "calendar year": lambda year: Time(str(year), "year"),
    **{f"calendar year q{n + 1}": _quarter(3 * n) for n in range(4)},
    **{month.lower(): _within("month", f"-{n:02d}") for n, month in enumerate(MONTHS, 1)},
    **{f"week {n}": _within("week", f"-W{n:02d}") for n in range(1, 54)},
}
_TWO_YEARS: dict[str, Callable[[int], Time]] = {
    "financial year": lambda year: Time(_two(year), "year"),
    **{f"financial year q{n + 1}": _quarter(3 + 3 * n) for n in range(4)},
    "part 1 (april to september)": _window(3, 8),
    "part 2 (october to march)": _window(9, 14),
    "tax year": lambda year: Time(f"{year}-04-06..{year + 1}-04-05", "window"),
    "academic year": lambda year: Time(f"AY{_two(year)}", "year"),
    **{f"academic year q{n + 1}": _window(8 + 3 * n, 10 + 3 * n) for n in range(4)},
    "autumn term": _window(8, 11),
    "spring term": _window(12, 14),
    "summer term": _window(15, 19),
    "autumn and spring term": _window(8, 14),
}
_REPORTING: dict[ReportingYear, Callable[[int], Time]] = {
    "financial": lambda year: Time(_two(year - 1), "year"),
    "academic": lambda year: Time(f"AY{_two(year - 1)}", "year"),
    "calendar": lambda year: Time(str(year), "year"),
}


def family(identifier: str) -> str:
    """What may stand in one file beside `identifier`: identifiers of the same family (3.7.4)."""
    name = identifier.lower()
    if name.capitalize() in MONTHS:
        return "months"
    if match := re.fullmatch(r"(week|.* year q|part) ?\d.*", name):
        return match[1]
    return "terms" if name in ("autumn term", "spring term", "summer term") else name


def read_time(time_period: str, identifier: str, reporting: ReportingYear) -> Time:
    """The period of a row; `ValueError` says what is wrong with it."""
    name = identifier.lower()
    if name in _TWO_YEARS:
        return _known(_TWO_YEARS[name](_first_of_two(time_period, identifier)))
    if name != "reporting year" and name not in _ONE_YEAR:
        raise ValueError(f"{identifier!r} is not a time identifier")
    if not re.fullmatch(r"[0-9]{4}", time_period):
        raise ValueError(f"{identifier!r} goes with a year of four digits, not {time_period!r}")
    year = int(time_period)
    return _known(_REPORTING[reporting](year) if name not in _ONE_YEAR else _ONE_YEAR[name](year))


def _first_of_two(time_period: str, identifier: str) -> int:
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})", time_period)
    if match is None:
        raise ValueError(f"{identifier!r} goes with six digits like 202425, not {time_period!r}")
    year = int(match[1])
    if int(match[2]) != (year + 1) % 100:
        raise ValueError(f"{time_period!r}: the year after {year} is {(year + 1) % 100:02d}")
    return year


def _known(time: Time) -> Time:
    parse_period(time.period)
    return time


def at_month_end(time: Time, month: Month) -> Time:
    """The last day of `month` in a `time`, as a snapshot; `ValueError` where it does not lie there.

    What is counted on one day in the year carries only the year in the file.
    """
    period = parse_period(time.period)
    number = MONTHS.index(month) + 1
    year = period.start.year + (number < period.start.month)
    key = f"{year}-{number:02d}"
    if not period.start <= parse_period(key).end <= period.end:
        raise ValueError(f"{month} does not end within {time.period}")
    return Time(key, "snapshot")
