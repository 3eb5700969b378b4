"""Working days before a meeting: deadlines for reports are counted so.

Saturdays, Sundays and the bank holidays of England and Wales are none. A holiday that was
proclaimed for one year, or moved, is for the template to name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.easter import easter

MONDAY, SATURDAY = 0, 5


def working_day_before(day: date, count: int, closed: Sequence[date] = ()) -> date:
    """The day from which there are `count` working days to `day`, which is not one of them."""
    found = day
    for _ in range(count):
        found -= timedelta(days=1)
        while not _is_working(found, closed):
            found -= timedelta(days=1)
    return found


def _is_working(day: date, closed: Sequence[date]) -> bool:
    return day.weekday() < SATURDAY and day not in closed and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """Those of England and Wales in `year` (Banking and Financial Dealings Act 1971)."""
    sunday = easter(year)
    found = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    found |= {_monday_from(year, 5, 1), _monday_from(year, 5, 25), _monday_from(year, 8, 25)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= SATURDAY or fixed in found:
            fixed += timedelta(days=1)
        found.add(fixed)
    return frozenset(found)


def _monday_from(year: int, month: int, first: int) -> date:
    day = date(year, month, first)
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)
