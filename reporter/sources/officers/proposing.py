"""A workbook that nobody has described in, a first mapping out, and every guess behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from reporter.sources.officers.above import (
    by_units,
    category,
    named_over,
    over_amounts,
    over_periods,
    over_unit,
    undated,
)
from reporter.sources.officers.draft import Draft, Guess
from reporter.sources.officers.grid import Cell, Grid, cell_name
from reporter.sources.officers.guessing import Measured
from reporter.sources.officers.headings import AMOUNTS
from reporter.sources.officers.labels import scale_of, sheets_alike
from reporter.sources.officers.layout import Block, blocks
from reporter.sources.officers.mapping import (
    Heading,
    Labelled,
    Mark,
    Sheet,
    WorkbookMap,
    alike,
)
from reporter.sources.officers.naming import named
from reporter.sources.officers.period_words import ending_year, read_words
from reporter.sources.officers.sniffing import UNIT, Sniffed, sniffed
from reporter.sources.officers.sums import across
from reporter.sources.officers.timing import date_kind, period_source
from reporter.sources.officers.tolerances import of_heading
from reporter.sources.officers.values import is_numeric, marks_of
from reporter.sources.officers.vocabulary import (
    MARKS,
    TOTALS,
    amount_of,
    area_of,
    is_period,
    of_row,
    role_of,
    row_type_of,
    sums_among,
    symbol_of,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A first mapping, its guesses, and the indicators that its labels likely are, by code."""

    spec: WorkbookMap
    guesses: tuple[Guess, ...]
    measures: tuple[Measured, ...]


def propose(grids: Sequence[Grid], file: str, area: str) -> Proposal:
    """A first mapping of the workbook called `file`; `area` is whose figures they are, if known."""
    draft = Draft(file, area)
    for grid in grids:
        found, lost = blocks(grid)
        for at in lost:
            draft.guess(f"cell {cell_name(grid.name, *at)}", "no headings stand above it",
                        "figures without headings are not read")  # fmt: skip
        earlier = len(draft.sheets)
        for block in found:
            _table(draft, grid, block, grids)
        read = len(draft.sheets) > earlier
        if read and grid.hidden:
            what = f"is read, though Excel hides it: {', '.join(grid.hidden[:20])}"
            draft.guess(_sheet_name(grid), what, "a figure that is hidden is a figure")
        if read and grid.struck:
            what = f"is read, though it is struck out: {', '.join(grid.struck[:20])}"
            draft.guess(_sheet_name(grid), what, "list a cell under leave_out that is not to be")
        if not read and grid.cells:
            draft.not_read.append(grid.name)
            draft.guess(f"sheet {grid.name!r}", "it is not read", "it holds no table of figures")
    told = sheets_alike(draft.labels, draft.sheets)
    for before, after in zip(draft.sheets, told, strict=True):
        if before != after:
            draft.guess(f"sheet {after.sheet!r}", f"its name is the {after.name_is} of its figures",
                        "other sheets hold the same measures")  # fmt: skip
            if after.name_is == "area":
                draft.areas.setdefault(after.sheet, area_of(after.sheet) or after.sheet)
            else:
                _note_sums(draft, [sheet.sheet for sheet in told if sheet.name_is == "category"])
    draft.sheets = told
    measures, labels = draft.labels.settled(draft.sheets)
    for text, (labelled, measured) in labels.items():
        _note_measure(draft, text, labelled, measured)
    for seen in draft.labels.seen.values():
        if seen.whole:
            draft.guess(f"measure {seen.label!r}", f"a part of {seen.whole!r}",
                        "it stands in below it, or says so")  # fmt: skip
    if not area:
        draft.guess("area", "the brief's own area", "no place is named for all figures")
    quarters = _quarters(draft, grids)
    spec = WorkbookMap(
        workbook=file, area=area, dates=date_kind(draft.dates), quarters=quarters,
        sheets=_alike(draft.sheets),
        headings=draft.headings, measures={text: item for text, (item, _) in labels.items()},
        areas=draft.areas, totals=tuple(draft.totals), sums=tuple(draft.sums),
        scales=draft.scales, symbols=draft.symbols, marks=draft.marks,
        not_read=tuple(draft.not_read),
    )  # fmt: skip
    if spec.dates not in ("", "day"):
        draft.guess("dates", f"a date stands for its {spec.dates}", "so far apart are they")
    return Proposal(spec, tuple(draft.guesses), measures)


def _quarters(draft: Draft, grids: Sequence[Grid]) -> Literal["", "calendar"]:
    """Of which year quarters are, where the workbook itself says that it is the calendar's."""
    for grid in grids:
        for at, cell in grid.cells.items():
            if re.search(r"\bcalendar (?:year|quarter)", cell.text, re.I):
                where = cell_name(grid.name, *at)
                draft.guess("quarters", "of the calendar year", f"cell {where} says so")
                return "calendar"
    return ""


def _table(draft: Draft, grid: Grid, block: Block, grids: Sequence[Grid]) -> None:
    """Add one table to the draft."""
    columns = by_units([_tolerance(c, grid) for c in sniffed(grid, block, draft.area)])
    columns = over_amounts(over_periods(across(columns), draft.area))
    if any(column.periods for column in columns):
        columns = [_total(column) for column in columns]
    sheet = Sheet(sheet=grid.name, headings=block.headings, until=block.until)
    kinds = {column.holds for column in columns}
    unknown = [column for column in columns if not column.holds and column.numbers]
    over: list[Sniffed] = []
    if "measure" not in kinds and unknown:
        if not any(column.periods for column in columns) and "period" not in kinds:
            unknown = [c for c in columns if c.numbers and c.holds in ("", "ignore", "value")]
        elif "period" in kinds:
            unknown = [c for c in columns if c in unknown or over_unit(c)]
        over = [replace(c, heading=Heading(measure=named_over(c))) for c in unknown if c.names]
    elif len(unknown) > 1 and not any(c.periods or c.holds in AMOUNTS for c in columns):
        over = [category(column) for column in unknown if column.names]
    chosen = {column.number: column for column in over}
    columns = [chosen.get(column.number, column) for column in columns]
    fields, why = period_source(grid, block, columns, draft.file)
    for name, value in fields.items():
        draft.guess(f"{_sheet_name(grid)}", f"{name}: {value}", why)
    # The names are those of the sheet's own fields, which mypy cannot see in a mapping.
    sheet = replace(sheet, **fields)  # type: ignore[arg-type]
    if not {"period", "period_cell"} & set(fields) and fields.get("name_is") != "period":
        columns = undated(columns)
    if amount := amount_of(grid.name):
        sheet = replace(sheet, amount=amount)
        draft.guess(_sheet_name(grid), f"amount: {amount}", "the sheet's name says so")
    known = len(draft.labels.seen)
    sheet = named(draft.labels, sheet, grid, block, columns)
    if len(draft.labels.seen) == known and not any(sheet.sheet == s for s, *_ in draft.labels.seen):
        return  # a list without figures
    _note_headings(draft, columns)
    _note_cells(draft, grid, block, columns)
    if sheet.measure or sheet.titles_are or sheet.name_is == "measure":
        what = sheet.measure or ("titles" if sheet.titles_are else "the sheet's name")
        draft.guess(_sheet_name(grid), f"what is measured is said by {what!r}",
                    "no column and no heading says it")  # fmt: skip
    draft.sheets.append(sheet)


def _tolerance(column: Sniffed, grid: Grid) -> Sniffed:
    """A column headed Tolerance, with what a note says that it is in; else that is asked."""
    meant = of_heading(column.names[-1], grid) if column.names and column.numbers else None
    return replace(column, heading=meant[0], why=meant[1]) if meant else column


def _total(column: Sniffed) -> Sniffed:
    """A column that sums up others is not read: sums are for the facts to make."""
    last = alike(column.names[-1]) if column.names else ""
    if column.holds not in ("", "title") or not TOTALS.fullmatch(last):
        return column
    return replace(column, heading=Heading(holds="ignore"), why="it sums up the other columns")


def _sheet_name(grid: Grid) -> str:
    return f"sheet {grid.name!r}" if grid.name else "the file"


def _note_headings(draft: Draft, columns: Sequence[Sniffed]) -> None:
    """The words of the headings that the mapping must know."""
    for column in columns:
        unit = column.heading is not None and UNIT.fullmatch(column.heading.measure)
        if unit and column.heading and (column.heading.area or column.holds == "target"):
            draft.heading(column.names[-1], column.heading, column.why, column.key)
            _note_titles(draft, column, column.path[:-1])
            continue
        if column.holds == "period" and column.names and is_period(column.names[-1]):
            draft.heading(column.names[-1], Heading(holds="period"), column.why, column.key)
        if column.heading and column.heading.measure:
            _note_over(draft, column, column.heading.measure)
            draft.dates += [cell.text for cell in column.path if cell.day]
            continue
        if not column.holds and not column.heading:
            if column.names and not column.numbers:
                why = "it holds text and no figures"
                draft.heading(column.names[-1], Heading(holds="ignore"), why, column.key)
            continue
        if column.heading and TOTALS.fullmatch(alike(column.heading.category)):
            draft.totals.setdefault(column.heading.category)
        _note_words(draft, column)


def _note_over(draft: Draft, column: Sniffed, measure: str) -> None:
    """The words over a column that stand beside the name of its measure."""
    others = [c for c in column.path if c.text != measure and not column.periods]
    unit = [c for c in others if c is column.path[-1] and UNIT.fullmatch(c.text)]
    for cell in unit if column.holds in ("", "value") else ():
        why = "it is the unit of the measure above it"
        draft.heading(cell.text, Heading(holds="title"), why, column.key)
        others.remove(cell)
    _note_titles(draft, column, others)


def _note_words(draft: Draft, column: Sniffed) -> None:
    """What each word over a column that is understood means."""
    own = next((cell for cell in reversed(column.path) if not _says_period(cell)), None)
    for cell in column.path:
        if cell.day:
            draft.dates.append(cell.text)
            continue
        if year := ending_year(cell.text):
            why = "most call a year so by its end; some by its beginning"
            draft.headings[cell.text] = Heading(period=year)
            draft.guess(f"heading {cell.text!r}", f"is the year {year}", why)
            continue
        rest = read_words(cell.text).rest if is_period(cell.text) else cell.text
        if key := read_words(cell.text).key:
            draft.dates.append(key)
            _note_season(draft, cell.text)
        if not rest or (cell.number is not None and is_period(cell.text)):
            continue
        ours = bool(draft.area) and alike(rest) == alike(draft.area)
        if column.heading and column.heading.area and column.heading.period:
            draft.heading(rest, column.heading, column.why, column.key)
        elif area := draft.area if ours else area_of(rest):
            draft.areas.setdefault(rest, area)
            draft.guess(f"heading {rest!r}", f"is the area {area}", "by its name")
        elif cell is own and column.heading:
            draft.heading(rest, column.heading, column.why, column.key)
        elif role := role_of(rest):
            draft.heading(rest, role, f"its heading says {rest!r}", column.key)
        else:
            _note_titles(draft, column, [cell])


def _note_season(draft: Draft, text: str) -> None:
    """A season that stands for a term of schools, unless it says so itself."""
    if (found := _SEASON.search(text)) and "term" not in alike(text) and read_words(text).key:
        what = f"is the school term, {read_words(text).key.replace('..', ' to ')}"
        draft.guess(f"heading {text!r}", what, f"{found.group()} is no period of other figures")


_SEASON = re.compile(r"\b(?:autumn|spring|summer)\b", re.I)


def _says_period(cell: Cell) -> bool:
    return cell.day or (is_period(cell.text) and not read_words(cell.text).rest)


def _note_titles(draft: Draft, column: Sniffed, path: Iterable[Cell]) -> None:
    """Headings over other headings that say nothing of the figures."""
    for cell in path:
        if not cell.day and not is_period(cell.text) and not area_of(cell.text):
            role = role_of(cell.text) or Heading(holds="title")
            draft.heading(cell.text, role, "it stands over other headings", column.key)


def _note_cells(draft: Draft, grid: Grid, block: Block, columns: Sequence[Sniffed]) -> None:
    """The symbols and marks in the cells of a table, its totals, areas and dates."""
    rows = range(block.last + 1, block.until or grid.rows + 1)
    for column in columns:
        cells = [c for row in rows if (c := grid.cells.get((row, column.number)))]
        if column.holds in AMOUNTS or (column.heading and column.heading.measure):
            for cell in cells:
                _note_words_of(draft, cell)
        elif column.holds == "category":
            _note_sums(draft, [cell.text for cell in cells])
        elif column.holds == "measure":
            _note_rows(draft, [cell.text for cell in cells])
        elif column.holds == "unit" and not any(c.holds == "measure" for c in columns):
            _note_scales(draft, cells)
        elif column.holds == "area":
            _note_rows(draft, ["", *(c.text for c in cells if not area_of(c.text))])
            for cell in cells:
                if area := area_of(cell.text):
                    draft.areas.setdefault(cell.text, area)
                    draft.guess(f"place {cell.text!r}", f"is {area}", "by its name")
        elif column.holds == "period":
            words = [read_words(cell.text) for cell in cells if not cell.day]
            _note_rows(draft, ["", *(part.rest for part in words)])
            draft.dates += [cell.text if cell.day else read_words(cell.text).key for cell in cells]
            for cell in cells:
                _note_season(draft, cell.text)
        elif column.holds == "amount":
            for cell in cells:
                if role := role_of(cell.text):
                    draft.heading(cell.text, role, "rows are so named", cell.text)
        elif column.holds == "period_type":
            for text in dict.fromkeys(cell.text for cell in cells):
                if kind := row_type_of(text):
                    draft.guess(f"rows that say {text!r}", f"hold {kind} figures", "by its name")


def _note_sums(draft: Draft, members: Sequence[str]) -> None:
    """Members of a group that are the whole, or sum up some of the others."""
    whole, parts = sums_among(members, draft.area)
    for text in whole:
        draft.totals.setdefault(text)
        draft.guess(f"category {text!r}", "is the total", "by its name")
    for text in parts:
        draft.sums.setdefault(text)
        what = "sums up some of the others, and is not read"
        draft.guess(f"category {text!r}", what, "by its name")


def _note_rows(draft: Draft, labels: Sequence[str]) -> None:
    """Labels that say what a row is of the measure above it: Target, England."""
    for text in labels[1:]:
        if not text or (meant := of_row(text)) is None:
            continue
        if meant.area:
            draft.areas.setdefault(text, meant.area)
            draft.guess(f"place {text!r}", f"is {meant.area}, of the measure above", "by its name")
        else:
            draft.heading(text, meant, "it stands below a measure", text)


def _note_scales(draft: Draft, cells: Sequence[Cell]) -> None:
    """Units that say what the numbers beside them are multiplied with: £m."""
    for text in dict.fromkeys(cell.text for cell in cells):
        if (times := scale_of(text)) != 1:
            draft.scales[text] = times
            draft.guess(f"rows of {text!r}", f"are multiplied with {times:,}", "by its name")


def _note_words_of(draft: Draft, cell: Cell) -> None:
    """The symbol that a cell is, or the marks behind its number."""
    if cell.number is not None or cell.fault or cell.day:
        return
    if symbol := symbol_of(cell.text):
        if alike(cell.text) not in map(alike, draft.symbols):
            draft.symbols[cell.text] = symbol
            draft.guess(f"cells with {cell.text!r}", f"have no figure: {_MEANING[symbol]}",
                        "it is usual; files differ")  # fmt: skip
    elif is_numeric(cell):
        for mark in marks_of(cell.text):
            if alike(mark) not in map(alike, draft.marks):
                status: Mark = MARKS.get(alike(mark), "")
                draft.marks[mark] = status
                draft.guess(f"the mark {mark!r}", status or "says nothing of the figure",
                            "it is usual" if status else "look for its footnote")  # fmt: skip


_MEANING = {"c": "suppressed", "x": "not available", "z": "not applicable", "low": "rounds to 0",
            "u": "unreliable"}  # fmt: skip


def _note_measure(draft: Draft, text: str, item: Labelled, measured: Measured) -> None:
    for name, why in measured.why:
        draft.guess(f"indicator {measured.code!r}", f"{name}: {getattr(measured, name)}", why)
    if item.times != Decimal(1):
        draft.guess(f"measure {text!r}", f"times: {item.times}", "so its label and figures look")
    if item.period_type == "snapshot":
        draft.guess(f"measure {text!r}", "counted at the end of each period",
                    "its label speaks of a stock, not of what happened")  # fmt: skip


def _alike(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Sheets that are alike but for the period in their names, as one pattern."""
    found: dict[Sheet, Sheet] = {}
    for sheet in sheets:
        if sheet.name_is != "period":
            found[sheet] = sheet
            continue
        pattern = "".join("?" if letter.isdigit() else letter for letter in sheet.sheet)
        months = read_words(sheet.sheet)
        if months.month or (months.key and len(months.key) == 7):
            pattern = "* " + pattern.split()[-1] if " " in pattern else "*"
        one = replace(sheet, sheet=pattern)
        same = [s for s in sheets if s.name_is == "period" and replace(s, sheet=pattern) == one]
        found[one if len(same) > 1 else sheet] = one if len(same) > 1 else sheet
    return tuple(found.values())
