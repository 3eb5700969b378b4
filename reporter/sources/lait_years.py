"""The years of the Local Authority Interactive Tool, in all their forms, as periods of this house.

| the file says | year type | period and period type |
|---|---|---|
| 2019 | Financial Year | 2018/19, year |
| 2019 | Academic Year | AY2018/19, year |
| 2019 | Calendar Year | 2019, year |
| 2019 | Annual (31 March) | 2019-03, snapshot |
| 2019 | Annual (end of Sept) | 2019-09, snapshot |
| 2019 | Annual - January | 2019-01, snapshot |
| 2015/16, 2015-16, 2015-16 (OT) | any but calendar | the year that ends in 2016 |
| 2014-16 | Calendar Year | 2014..2016, window |
| 2013/14-15/16 | any | 2013/14..2015/16, window |

A single year names the one in which it ends. "(Rev)" marks a figure revised, "(prov)" provisional;
"(Final)" and "(OT)", for outturn, mark nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SNAPSHOT_MONTHS = {"Annual": "03", "Annual (end of Sept)": "09", "Annual - January": "01"}
_MARKS = {"": "", "rev": "revised", "prov": "provisional", "final": "", "ot": ""}
_FORM = re.compile(r"([0-9/-]+)(?: \((\w+)\))?")
_YEAR = re.compile(r"(\d{4})")
_TWO = re.compile(r"(\d{4})[/-](\d\d)")
_SPAN = re.compile(r"(\d{4})/(\d\d)-(\d\d)/(\d\d)")


@dataclass(frozen=True, slots=True)
class LaitYear:
    """A year as a period of this house: key, period type and status mark."""

    period: str
    period_type: str
    status: str


def read_year(text: str, year_type: str) -> LaitYear | None:
    """The period that `text` means for a measure of `year_type`; None where it means none."""
    form = _FORM.fullmatch(text.strip())
    mark = _MARKS.get((form[2] or "").lower()) if form else None
    if form is None or mark is None:
        return None
    body = form[1]
    if match := _SPAN.fullmatch(body):
        first, last = _ending(int(match[1]) + 1), int(match[1][:2] + match[4])
        return LaitYear(f"{first}..{_ending(last)}", "window", mark)
    if match := _YEAR.fullmatch(body):
        return _year(int(match[1]), year_type, mark)
    if match := _TWO.fullmatch(body):
        first_year, end = int(match[1]), int(match[1][:2] + match[2])
        if end == first_year + 1:
            return _year(end, year_type, mark)
        if end > first_year and year_type == "Calendar Year":
            return LaitYear(f"{first_year}..{end}", "window", mark)
    return None


def _year(end: int, year_type: str, mark: str) -> LaitYear:
    if month := _SNAPSHOT_MONTHS.get(year_type):
        return LaitYear(f"{end}-{month}", "snapshot", mark)
    if year_type == "Calendar Year":
        return LaitYear(str(end), "year", mark)
    academic = "AY" if year_type == "Academic Year" else ""
    return LaitYear(academic + _ending(end), "year", mark)


def _ending(year: int) -> str:
    return f"{year - 1}/{year % 100:02d}"
