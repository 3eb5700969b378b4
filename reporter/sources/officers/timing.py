"""Where a table's periods come from, where its headings and labels do not say them in full."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from reporter.sources.officers.grid import Grid, cell_name
from reporter.sources.officers.layout import Block, is_year
from reporter.sources.officers.mapping import Dates
from reporter.sources.officers.period_words import Part, joined, read_words
from reporter.sources.officers.sniffing import Sniffed
from reporter.sources.periods import parse_period


def period_source(
    grid: Grid, block: Block, columns: Sequence[Sniffed], file: str
) -> tuple[dict[str, str], str]:
    """What the mapping must say of the sheet's periods, and why: fields of `Sheet`."""
    across = [_parts(column) for column in columns if column.periods]
    across = [parts for parts in across if any(part.says for part in parts)]
    downs = [column for column in columns if column.holds == "period"]
    down = downs[0] if downs else None
    for column in downs:
        if not any(_all_years(other) for other in downs if other is not column):
            across += [[read_words(text)] for text in column.texts]
    missing = [parts for parts in across if not _whole(parts)]
    plain = any(
        (column.holds in _FIGURES or (column.heading and column.heading.measure))
        and not column.periods
        for column in columns
    )
    if across and not any(_loose(parts) for parts in missing):
        return _period(grid, block, file) if plain and down is None else ({}, "")
    if across:
        return _year(grid, block, file)
    return _period(grid, block, file)


_FIGURES = ("value", "numerator", "denominator")


def _parts(column: Sniffed) -> list[Part]:
    return [Part(key=c.text) if c.day else read_words(c.text) for c in column.path]


def _loose(parts: Sequence[Part]) -> bool:
    return any(part.loose for part in parts)


def _all_years(column: Sniffed) -> bool:
    return all(read_words(text).year for text in column.texts)


def _whole(parts: Sequence[Part]) -> bool:
    try:
        return bool(joined(parts)[0])
    except ValueError:
        return True


def _year(grid: Grid, block: Block, file: str) -> tuple[dict[str, str], str]:
    """The year of months or quarters that name none: in the sheet's name, a title, the file's."""
    if read_words(grid.name).year:
        return {"name_is": "period"}, "the sheet's name says the year"
    for row in range(1, block.last):
        for column in range(1, grid.columns + 1 if row < block.first else 2):
            if key := _year_in(grid.cell(row, column).text):
                return {"year": key}, f"cell {cell_name(grid.name, row, column)} says so"
    if key := _year_in(file.rpartition(".")[0].replace("_", " ")):
        return {"year": key}, "the name of the file says so"
    return {}, ""


def _year_in(text: str) -> str:
    part = read_words(text)
    if part.year:
        return part.year
    if not part.key:
        return ""
    end = parse_period(part.key).end
    start = end.year - (end.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def _period(grid: Grid, block: Block, file: str) -> tuple[dict[str, str], str]:
    """The one period of a table that names none: in the sheet's name, or in a title above it."""
    named = read_words(grid.name)
    if _whole([named]):
        return {"name_is": "period"}, "the sheet's name is its period"
    year, why = _year(grid, block, file)
    if named.loose and not named.nth and not named.rest and "year" in year:
        return {"name_is": "period", **year}, f"the sheet's name is its period, and {why}"
    for row in range(1, block.first):
        if len(grid.by_row.get(row, ())) > _TITLE:
            continue
        for column in range(1, grid.columns + 1):
            cell = grid.cell(row, column)
            if cell.day or (not is_year(cell) and _whole([read_words(cell.text)])):
                name = cell_name("", row, column)
                return {"period_cell": name}, f"cell {name} says {cell.text!r}"
            if (
                "year" in year
                and read_words(cell.text).loose
                and _whole([read_words(cell.text), Part(year=year["year"])])
            ):
                told = f"cell {name} says {cell.text!r}, and {why}"
                return {"period_cell": name, **year}, told
    return {}, ""


_TITLE = 3
"""A row with more cells than this is no title."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def date_kind(days: Sequence[str]) -> Dates:
    """What dates that show a day stand for: month, week, day; "" where there are none.

    `days` are those dates, and the months that stand beside them.
    """
    months = any(re.fullmatch(r"\d{4}-\d\d", day) for day in days)
    dates = sorted({date.fromisoformat(day) for day in days if _DAY.fullmatch(day)})
    if not dates:
        return ""
    ends = all(day.day == calendar.monthrange(day.year, day.month)[1] for day in dates)
    if (len(dates) > 1 or months) and (ends or all(day.day == 1 for day in dates)):
        return "month"
    steps = {(b - a).days for a, b in pairwise(dates)}
    return "week" if steps and all(step % 7 == 0 for step in steps) and min(steps) == 7 else "day"
