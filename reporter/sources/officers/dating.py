"""The period of a figure, of all that its headings, its row, its sheet and the mapping say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.sources.officers.headings import Column
from reporter.sources.officers.period_words import Part, joined
from reporter.sources.periods import parse_period

PERIOD_FIX = (
    "Say it in the mapping: under `headings`, as `{holds: value, period: 2024/25}`, or as the "
    "`year` or `period` of the sheet."
)
YEARS = ("financial_year", "academic_year", "calendar_year")


def given(key: str) -> Part:
    """A period key of the mapping as a part."""
    try:
        kind = parse_period(key).kind
    except ValueError:
        return Part()
    return Part(year=key) if kind in YEARS else Part(key=key)


def joined_for(
    parts: Sequence[Part], column: Column, year: str, quarters: str, *, sheets: bool
) -> tuple[str, str]:
    """The key and type that `parts` give; those of the column's own headings if they are whole.

    A sheet of one quarter may have a column of another year: `sheets` is whether the sheet itself
    says a period. `ValueError` where parts contradict each other.
    """
    try:
        return joined(parts, year, quarters)
    except ValueError:
        own = joined(column.parts, quarters=quarters)
        if own[0] and sheets and not column.period:
            return own
        raise


def within_year(parts: Sequence[Part], period: str) -> list[Part]:
    """`parts` with the period of the mapping: the year of their month or quarter, else itself."""
    stated = given(period)
    loose = [replace(part, key="", year="") for part in parts if part.loose and not part.key]
    types = [Part(period_type=part.period_type) for part in parts if part.period_type]
    return [stated, *(loose if stated.year else types)]


def undated(column: Column, parts: Sequence[Part]) -> tuple[str, str]:
    """What is not known of a column's period, and what to do about it."""
    years = {part.year for part in parts if part.year.isdecimal()}
    if years and any(part.quarter or part.half for part in parts):
        what = (
            f"{column.name!r} may be of the calendar year or of the financial year that begins "
            f"in {min(years)}"
        )
        return what, "Write `quarters: calendar` or `quarters: financial` in the mapping."
    return f"nothing says of which period the column {column.name!r} is", PERIOD_FIX


def within(key: str, whole: str) -> bool:
    """Whether the one period lies in the other."""
    inner, outer = parse_period(key), parse_period(whole)
    return outer.start <= inner.start and inner.end <= outer.end
