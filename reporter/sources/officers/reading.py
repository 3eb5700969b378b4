"""A table of a workbook, row by row: each figure with all that headings and labels say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from reporter.sources.officers.bands import COLOURS
from reporter.sources.officers.changes import arrow_fits, bears_out, is_arrow, is_change
from reporter.sources.officers.checking import CELL
from reporter.sources.officers.dating import YEARS, given
from reporter.sources.officers.findings import Found, Notes
from reporter.sources.officers.grid import Cell, Grid
from reporter.sources.officers.headings import AMOUNTS, LABELS, Book, Column
from reporter.sources.officers.lines import SYMBOL_FIX, Line
from reporter.sources.officers.mapping import Sheet, alike
from reporter.sources.officers.nesting import is_of_which, parents
from reporter.sources.officers.period_words import DEFAULT_TYPE, Part, joined, read_words
from reporter.sources.officers.polarity import answered, polarity_of
from reporter.sources.officers.tolerances import TOLERANCES
from reporter.sources.officers.values import Figure, is_numeric, read_cell
from reporter.sources.officers.vocabulary import SUMS, is_period, is_remark
from reporter.sources.periods import Period, parse_period


class SheetReader:
    """Reads one table: `sheet` of the mapping, in `grid`, below headings in `rows`."""

    def __init__(
        self, book: Book, sheet: Sheet, grid: Grid, rows: Sequence[int], columns: Sequence[Column],
        area: str, notes: Notes,
    ) -> None:  # fmt: skip
        self.book, self.sheet, self.grid, self.notes = book, sheet, grid, notes
        self.area = sheet.area or book.spec.area or area
        self.columns = columns
        self.last = (sheet.until - 1) if sheet.until else grid.rows
        self.rows = range(rows[-1] + 1, self.last + 1)
        self.labels = [column for column in columns if column.holds in LABELS]
        self.units = [column for column in columns if column.holds == "unit"]
        self.tolerances = [c for c in columns if c.holds in TOLERANCES]
        self.polarities = [column for column in columns if column.holds == "polarity"]
        self.by_row = any(column.holds == "amount" for column in self.labels)
        self.figures = [c for c in columns if c.holds in AMOUNTS]
        self.bands = [c for c in columns if c.holds in COLOURS]
        self.heading = {alike(c.path[-1]) for c in self.labels if c.path}
        self.year = sheet.year or book.spec.year
        self.sheet_parts = self._sheet_parts(sheet)
        self.latest = self._latest()
        own = [c for c in self.figures if c.holds == "value"]
        self.some_undated = not all(any(part.says for part in c.parts) for c in own)
        """Whether a column of figures does not say when: the current one, beside months."""
        self.parents = {c.holds: self._parents(c) for c in self.labels if c.holds in _NESTED}
        """By what a column of labels holds, the rows that are parts of others."""
        self.undated: set[int] = set()
        """Columns of which it was told that nothing says their period."""

    def _sheet_parts(self, sheet: Sheet) -> tuple[Part, ...]:
        texts = [self.grid.name] if sheet.name_is == "period" else []
        if match := CELL.fullmatch(sheet.period_cell):
            from openpyxl.utils import coordinate_to_tuple

            texts.append(self.grid.shown(*coordinate_to_tuple(match.group().upper())).text)
        parts = [read_words(text) for text in texts]
        return (*parts, *([given(sheet.period)] if sheet.period else []))

    def _latest(self) -> str:
        """The last period that a column of values with a figure is of, or a row."""
        found: list[Period] = []
        for column in self.figures:
            if column.holds == "value" and not column.period:
                key = self._key(column.parts)
                filled = (self.grid.cell(row, column.number) for row in self.rows)
                if key and any(is_numeric(cell) for cell in filled):
                    found.append(parse_period(key))
        fine = [period for period in found if period.kind not in YEARS] or found
        return max(fine, key=lambda period: (period.end, period.start)).key if fine else ""

    @cached_property
    def down_type(self) -> str:
        """The period type of most rows, where periods stand down; "" where they do not."""
        labels = [column for column in self.labels if column.holds == "period"]
        cells = [self.grid.shown(row, c.number) for row in self.rows for c in labels[:1]]
        keys = [self._key([Part(key=c.text) if c.day else read_words(c.text)]) for c in cells]
        types = Counter(DEFAULT_TYPE[parse_period(key).kind] for key in keys if key)
        return types.most_common(1)[0][0] if types else ""

    def _key(self, parts: Sequence[Part]) -> str:
        try:
            return joined([*self.sheet_parts, *parts], self.year, self.book.spec.quarters)[0]
        except ValueError:
            return ""

    def found(self) -> Iterator[Found]:
        """Every figure of the table; what is none is noted."""
        title, above = "", ""
        for row in self.rows:
            filled = [c for c in self.figures if self.grid.cell(row, c.number).text]
            texts = {c.number: self.grid.shown(row, c.number) for c in self.labels}
            if not any(self._states(row, column) for column in filled):
                if told := self._title(row):
                    title, above = told, ""
                self._tell_unread(row, filled, texts)
                continue
            if self._repeats_headings(texts) or self._sums_up(row, filled, texts):
                continue
            line = Line(self, row, title, above)
            above = line.label or above
            figures = [one for column in filled for one in line.figure(column)]
            yield from figures
            yield from line.bands()
            self._check_changes(row, figures, line.times)

    def _parents(self, column: Column) -> Mapping[int, int]:
        states = [
            row for row in self.rows
            if any(self._states(row, c) for c in self.figures if self.grid.cell(row, c.number).text)
        ]  # fmt: skip
        return parents(self.grid, states, column.number)

    def parent(self, row: int, kind: str) -> str:
        """The label of which the one of a row is a part; "" where it stands for itself."""
        above = self.parents.get(kind, {}).get(row)
        column = next((c for c in self.labels if c.holds == kind), None)
        return self.grid.cell(above, column.number).text if above and column else ""

    def _states(self, row: int, column: Column) -> bool:
        """Whether a cell states a figure or a symbol for one."""
        cell = self.grid.cell(row, column.number)
        return is_numeric(cell) or isinstance(read_cell(cell, self.book.words), Figure)

    def _tell_unread(self, row: int, filled: Sequence[Column], texts: dict[int, Cell]) -> None:
        """Cells of a labelled row that have digits and are no figures, such as 03:12."""
        if not any(cell.text for cell in texts.values()) or self._repeats_headings(texts):
            return
        for column in filled:
            cell = self.grid.cell(row, column.number)
            if not cell.day and _DIGITS.match(cell.text) and not is_period(cell.text):
                what = f"{cell.text!r} is not a number"
                self.notes.fault(self.grid.name, (row, column.number), "not-a-figure", what,
                                 SYMBOL_FIX)  # fmt: skip

    def _sums_up(self, row: int, filled: Sequence[Column], texts: dict[int, Cell]) -> bool:
        """Whether a row sums up periods, or members of a group; its figures are set aside then."""
        periods = {alike(texts[c.number].text) for c in self.labels if c.holds == "period"}
        members = {alike(texts[c.number].text) for c in self.labels if c.holds == "category"}
        undated = periods == {""} and bool(members & self.book.totals)
        sums = any(SUMS.fullmatch(text) for text in periods) or members & self.book.sums
        why = "it sums up the rows of its table" if sums or undated else self._within(row)
        for column in filled if why else ():
            self.notes.set_aside(self.grid.name, (row, column.number), why)
        return bool(why)

    def _within(self, row: int) -> str:
        """Why the member of a group is none of its own: it says that it is a part of another."""
        whole = self.parent(row, "category")
        kinds = (c.number for c in self.labels if c.holds == "category")
        told = any(is_of_which(self.grid.cell(row, column).text) for column in kinds)
        return f"it is a part of {whole!r}, which is read" if whole and told else ""

    def _check_changes(self, row: int, figures: Sequence[Found], times: Decimal) -> None:
        """Doubt cells that say of the row's own figures how they moved, where those do not."""
        better = self.better(row, "")
        for column in self.columns:
            cell = self.grid.cell(row, column.number)
            if column.holds != "ignore" or not column.path or not cell.text:
                continue
            heading = column.path[-1]
            wrong = is_numeric(cell) and not cell.fault and is_change(heading)
            wrong = wrong and not bears_out(heading, cell, figures, times)
            if is_arrow(heading) and better == "high_good":
                wrong = wrong or not arrow_fits(cell, figures)
            if wrong:
                self.notes.doubt(self.grid.name, (row, column.number), heading)

    def better(self, row: int, label: str) -> str:
        """Which way is better, as a row or its label says itself; "" where they do not."""
        texts = [answered(c.path, self.grid.shown(row, c.number).text) for c in self.polarities]
        told = [polarity_of(label, text) for text in (*texts, "")]
        return next((said for said, why in told if not why), "")

    def _title(self, row: int) -> str:
        """The text of a row that holds nothing else."""
        texts = {
            self.grid.merged.get((row, c.number), (row, c.number)): cell.text
            for c in self.columns
            if (cell := self.grid.shown(row, c.number)).text
        }
        only = next(iter(texts.values())) if len(texts) == 1 else ""
        return "" if is_of_which(only) or is_remark(only) else only

    def _repeats_headings(self, texts: dict[int, Cell]) -> bool:
        """Whether a row is the headings once more, as on a second page."""
        said = {alike(cell.text) for cell in texts.values() if cell.text}
        return bool(said) and said <= self.heading


_NESTED = ("measure", "category")
_DIGITS = re.compile(r"\D{0,2}\d")
