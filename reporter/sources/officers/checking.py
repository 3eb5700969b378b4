"""What can be wrong in a mapping itself, before its workbook is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reporter.problems import Problem
from reporter.sources.officers.grid import Grid, cell_name
from reporter.sources.officers.mapping import RELATIVE, WorkbookMap, alike
from reporter.sources.periods import KEYS, parse_period
from reporter.yamlfile import Path_, Places

CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_YEARS = ("financial_year", "academic_year", "calendar_year")


def check_mapping(spec: WorkbookMap, grids: Sequence[Grid], places: Places) -> Iterator[Problem]:
    """Periods, years and cells that are none, and places that do not go together."""
    periods: list[tuple[Path_, str]] = [
        (("headings", text, "period"), heading.period)
        for text, heading in spec.headings.items()
        if heading.period not in ("latest", *RELATIVE)
    ]
    years: list[tuple[Path_, str]] = [(("year",), spec.year)]
    for at, sheet in enumerate(spec.sheets):
        periods.append((("sheets", at, "period"), sheet.period))
        years.append((("sheets", at, "year"), sheet.year))
        if sheet.period_cell and not CELL.fullmatch(sheet.period_cell):
            what = f"{sheet.period_cell!r} is not the name of a cell"
            yield places.problem(
                ("sheets", at, "period_cell"), "bad-cell", what, "Write its name, such as A2."
            )
    for path, key in (*periods, *years):
        if fault := _fault(key, year=(path, key) in years):
            yield places.problem(path, "bad-period", fault, f"Write it like one of these: {KEYS}.")
    yield from _left_out(spec, grids, places)


def _fault(key: str, *, year: bool) -> str:
    """Why `key` is no period, or no year; "" where it is one or nothing."""
    if not key:
        return ""
    try:
        kind = parse_period(key).kind
    except ValueError as error:
        return str(error)
    return f"{key!r} is not a year" if year and kind not in _YEARS else ""


def _left_out(spec: WorkbookMap, grids: Sequence[Grid], places: Places) -> Iterator[Problem]:
    """Cells that are not to be read, and that hold nothing."""
    filled = {alike(cell_name(grid.name, *at)) for grid in grids for at in grid.cells}
    for cell in spec.leave_out:
        if alike(cell) not in filled:
            what = f"there is nothing in a cell {cell!r}"
            fix = "Write the sheet and the cell, such as Scorecard!H7; or delete the line."
            yield places.problem(("leave_out", cell), "no-cell", what, fix, "warning")
