"""One row of a table of a workbook: what its labels say, its figures, and its bands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reporter.problems import closest
from reporter.sources.officers.bands import bands_of, edges
from reporter.sources.officers.dating import PERIOD_FIX, joined_for, undated, within, within_year
from reporter.sources.officers.findings import Found
from reporter.sources.officers.grid import At, Cell, cell_name
from reporter.sources.officers.headings import AMOUNTS, TARGETS, Column, day_key
from reporter.sources.officers.mapping import RELATIVE, Heading, Labelled, alike
from reporter.sources.officers.period_words import DEFAULT_TYPE, Part, read_words, shifted
from reporter.sources.officers.tolerances import edges as tolerated
from reporter.sources.officers.tolerances import width
from reporter.sources.officers.values import Figure, is_numeric, read_cell, without_bound
from reporter.sources.periods import parse_period
from reporter.sources.workbooks import plain

if TYPE_CHECKING:
    from reporter.sources.officers.reading import SheetReader


class Line:
    """One row of a table: what its labels say, and its figures."""

    def __init__(self, reader: SheetReader, row: int, title: str, above: str) -> None:
        self.reader, self.row, self.title = reader, row, title
        self.book, self.sheet, self.notes = reader.book, reader.sheet, reader.notes
        self.told = False
        self.cells = {c.holds: reader.grid.shown(row, c.number) for c in reversed(reader.labels)}
        own = self._text("measure")
        self.says = (reader.book.of_row(own) if above and own else None) or self._beside_periods()
        """What its label says of the measure above it or over its column: Target, England."""
        own = "" if self.says else own
        beside = any(self._text(kind) for kind in ("amount", "area", "category", "period"))
        units = (reader.grid.shown(row, column.number).text for column in reader.units)
        self.unit = next(filter(None, units), "")
        beside = beside or alike(f"{above} > {self.unit}") in reader.book.measures
        self.label = own or (above if beside or self.says else "")
        self.kind = next((c for c in reader.labels if c.holds == "category"), None)
        values = (column for column in reader.figures if column.holds == "value")
        self.without = {_when(column) for column in values if self._left_out(column)}
        """Of which headings of time the figure is left out: its parts are so too."""

    def _left_out(self, column: Column) -> str:
        """The reason for which the mapping leaves out the cell under `column`; "" for none."""
        name = cell_name(self.reader.grid.name, self.row, column.number)
        return self.book.left_out.get(alike(name), "")

    def _beside_periods(self) -> Heading | None:
        """What a row says amid periods that is none, or of one: Target, England 2024/25; or amid
        areas: Target, Rank.
        """
        if (found := self.book.of_row(self._text("area"))) and found.holds:
            return found
        text = self._text("period")
        part = read_words(text)
        rest = part.rest if part.says else text
        return self.book.of_row(rest) if rest and not self.cells["period"].day else None

    def _text(self, kind: str) -> str:
        cell = self.cells.get(kind)
        return cell.text if cell else ""

    def figure(self, column: Column) -> Iterator[Found]:
        """The figure under `column`, and the parts that its cell states with it."""
        reader, at = self.reader, (self.row, column.number)
        cell = reader.grid.cell(*at)
        if why := self._left_out(column):
            self.notes.set_aside(reader.grid.name, at, f"the mapping leaves it out: {why}")
            return
        amount = self._amount() if reader.by_row and column.implied else column.holds
        if column.implied and not reader.by_row and self.sheet.amount:
            amount = self.sheet.amount
        if self.says and self.says.holds and amount == "value":
            amount = self.says.holds if self.says.holds in AMOUNTS else ""
        if amount in ("numerator", "denominator") and _when(column) in self.without:
            self.notes.set_aside(reader.grid.name, at, f"the {amount} of a figure that is left out")
            return
        if amount not in AMOUNTS:
            self._not_a_figure(at, amount)
            return
        measure = self._measure(column)
        if measure is None:
            return
        if amount in TARGETS and not cell.day and cell.number is None:
            cell = Cell(without_bound(cell.text))
        times = Decimal(1) if amount in ("numerator", "denominator") else self._times(measure)
        figure = read_cell(cell, self.book.words, times)
        if isinstance(figure, str):
            if figure and amount in TARGETS and not re.search(r"\d", cell.text):
                self.notes.set_aside(reader.grid.name, at, "it names no number")  # No target
            elif figure:
                self._fault(at, "not-a-figure", figure, SYMBOL_FIX)
            return
        if amount in TARGETS and figure.number is None:
            return
        period = self._period(column, measure, at, amount)
        if period is None:
            return
        figure = self._with_status(figure, column)
        yield from self._with_parts(amount, figure, measure, column, period, at)

    def _with_status(self, figure: Figure, column: Column) -> Figure:
        """`figure` with the status that its period has in the headings or labels."""
        told = {part.status for part in (*column.parts, *self._row_parts(column))} - {""}
        if not told or figure.number is None:
            return figure
        return replace(figure, status=" ".join(sorted(told | set(figure.status.split()))))

    def bands(self) -> Iterator[Found]:
        """Where the measure's colours begin and end; what cannot be read of it is set aside."""
        columns = [c for c in self.reader.bands if self.reader.grid.cell(self.row, c.number).text]
        measure = self._measure(columns[0]) if columns else None
        if measure is None:
            return
        grid, name = self.reader.grid, self.reader.grid.name
        texts = {c.holds: _as_written(grid.cell(self.row, c.number)) for c in columns}
        own = [grid.cell(self.row, c.number) for c in self.reader.figures if c.holds == "value"]
        read = bands_of(texts, max((_shown_places(cell) for cell in own), default=0))
        for column in columns:
            at = (self.row, column.number)
            if column.holds not in read:
                self.notes.set_aside(name, at, "a band without a side, or that overlaps another")
                continue
            breakdown, category = self._member(column, measure)
            about = (self._area(column), measure.indicator, breakdown, category, "", "")
            for amount, edge in edges(column.holds, read[column.holds]).items():
                edge = plain(Decimal(edge) * (1 if "%" in texts[column.holds] else measure.times))
                yield Found(amount, Figure(edge), *about, name, at)

    def _with_parts(
        self, amount: str, figure: Figure, measure: Labelled, column: Column,
        period: tuple[str, str], at: At,
    ) -> Iterator[Found]:  # fmt: skip
        breakdown, category = self._member(column, measure)
        about = (self._area(column), measure.indicator, breakdown, category, *period)
        place = (self.reader.grid.name, at, column.period in RELATIVE)
        yield Found(amount, figure, *about, *place)
        if amount == "target" and self.reader.tolerances and not self.reader.bands:
            yield from self._tolerated(figure, measure, about)
        for name in ("numerator", "denominator"):
            if part := getattr(figure, name):
                yield Found(name, Figure(part), *about, *place)

    def _tolerated(
        self, target: Figure, measure: Labelled, about: tuple[str, str, str, str, str, str]
    ) -> Iterator[Found]:
        """Where the colours begin and end by the tolerance beside a target."""
        column, name = self.reader.tolerances[0], self.reader.grid.name
        at = (self.row, column.number)
        cell = self.reader.grid.cell(*at)
        if not cell.text or target.number is None:
            return
        wide = width(cell, column.holds, measure.times)
        better = self.reader.better(self.row, self.label)
        if wide is None or better not in ("high_good", "low_good"):
            why = "it is no number" if wide is None else "the row does not say which way is better"
            self.notes.set_aside(name, at, f"a tolerance that is not used: {why}")
            return
        own = (self.reader.grid.cell(self.row, c.number) for c in self.reader.figures)
        read = [read_cell(cell, self.book.words, measure.times) for cell in own if is_numeric(cell)]
        figures = [one.number for one in read if not isinstance(one, str) and one.number]
        for edge, number in tolerated(target.number, wide, column.holds, better, figures).items():
            yield Found(edge, Figure(plain(number)), *about, name, at)

    def _amount(self) -> str:
        """Which figure the row says that it holds."""
        heading = self.book.headings.get(alike(self._text("amount")))
        if heading and heading.period in RELATIVE:
            return "ignore"  # what stands under a period is of that period, not of one before
        return heading.holds if heading else ""

    @property
    def times(self) -> Decimal:
        """What plain numbers of the row are multiplied with, as far as its own measure says."""
        known = self.book.measures.get(alike(self.label))
        return self._times(known) if known else Decimal(1)

    def _times(self, measure: Labelled) -> Decimal:
        """What a plain number is multiplied with: as its measure says, else the row's unit."""
        if measure.times != 1:
            return measure.times
        return self.book.scales.get(alike(self.unit), Decimal(1))

    def _not_a_figure(self, at: At, amount: str) -> None:
        words = self._text("amount") or self._text("measure") or self._text("area")
        if amount or self.says:
            self.notes.set_aside(self.reader.grid.name, at, f"the row holds {words!r}, not read")
        elif is_numeric(self.reader.grid.cell(*at)):
            what = f"nothing says which figure a row of {words!r} holds"
            self._fault(at, "unknown-heading", what, f"Add it to `headings`, as `{words}: value`.")

    def _measure(self, column: Column) -> Labelled | None:
        """The indicator that the figure is of; None where it is not known, which is told once."""
        sheet = self.sheet
        name = self.reader.grid.name
        named = {"measure": self.title} if sheet.titles_are == "measure" else {}
        if sheet.name_is == "measure":
            named.setdefault("measure", name)
        label = self.label or column.measure or sheet.measure or named.get("measure", "")
        if self.label and column.measure:
            label = f"{self.label} > {column.measure}"
        by_unit = f"{label} > {self.unit}" if self.unit else label
        whole = self.reader.parent(self.row, "measure")
        tries = [f"{whole} > {by_unit}"] if whole else []
        tries += [f"{whole} > {label}"] if whole else []
        tries += [f"{self.title} > {label}", f"{name} > {label}", by_unit, label,
                 self._text("code"), column.measure]  # fmt: skip
        tries += [self.label] if column.holds in TARGETS else []
        for text in tries:
            if text and (found := self.book.measures.get(alike(text))):
                return found
        at = (self.row, column.number)
        if not self.told and is_numeric(self.reader.grid.cell(*at)):
            self.told = True
            self._unknown_measure(label, at)
        self.notes.set_aside(name, at, "the row's measure is not in the mapping")
        return None

    def _unknown_measure(self, label: str, at: At) -> None:
        if not label:
            what = "the row has figures and no label"
            fix = "Write its label, or list the cell under `leave_out`."
        else:
            what = f"the measure {label!r} is not in the mapping"
            near = closest(alike(label), self.book.measures)
            fix = (f"Is it {near!r}? " if near else "") + (
                f'Add a line under `measures`: "{label}": code_of_the_indicator.'
            )
        self._fault(at, "unknown-measure", what, fix)

    def _area(self, column: Column) -> str:
        sheet, name = self.sheet, self.reader.grid.name
        named = "" if self.says and self.says.holds else self._text("area")
        text = column.area or (self.says.area if self.says else "") or named
        text = text or (self.title if sheet.titles_are == "area" else "")
        text = text or sheet.area or (name if sheet.name_is == "area" else "")
        return self.book.areas.get(alike(text), text) if text else self.reader.area

    def _member(self, column: Column, measure: Labelled) -> tuple[str, str]:
        """The breakdown and category; none for the total."""
        sheet = self.sheet
        titled = self.title if sheet.titles_are == "category" else ""
        named = self.reader.grid.name if sheet.name_is == "category" else ""
        category = column.category or self._text("category") or sheet.category or titled or named
        kind = self.kind.breakdown if self.kind else ""
        breakdown = column.breakdown or kind or sheet.breakdown
        if category and breakdown and alike(category) not in self.book.totals:
            return breakdown, category
        return measure.breakdown, measure.category

    def _period(
        self, column: Column, measure: Labelled, at: At, amount: str
    ) -> tuple[str, str] | None:
        """The key and type of the period; None where it cannot be told, and that is noted."""
        sheet, reader = self.sheet, self.reader
        parts = [*reader.sheet_parts, *column.parts]
        if sheet.titles_are == "period":
            parts.insert(0, read_words(self.title))
        parts += self._row_parts(column)
        if column.period not in ("", "latest", *RELATIVE):
            parts = within_year(parts, column.period)
        try:
            key, said = joined_for(
                parts, column, reader.year, self.book.spec.quarters,
                sheets=bool(reader.sheet_parts),
            )  # fmt: skip
        except ValueError as error:
            self._fault(at, "bad-period", str(error), PERIOD_FIX)
            return None
        own = bool(key) and not column.period
        if column.period in ("latest", *RELATIVE):
            key = reader.latest or key
            key = shifted(key, column.period) if key and column.period in RELATIVE else key
        kind = self._kind(said or column.period_type, own, measure)
        if kind == "ytd" and key and "-" not in key and reader.latest:
            key = reader.latest if within(reader.latest, key) else key
        to_date = (said or column.period_type) in ("ytd", "rolling_6m", "rolling_12m")
        to_date |= kind == "ytd"
        if to_date and not key and amount not in TARGETS:
            key = reader.latest
        if key:
            return key, kind or DEFAULT_TYPE[parse_period(key).kind]
        if amount in TARGETS and not any(part.says for part in column.parts):
            return "", self._target_type(said or column.period_type, measure)
        what, fix = undated(column, parts)
        if is_numeric(reader.grid.cell(*at)) and column.number not in reader.undated:
            reader.undated.add(column.number)
            self._fault(at, "no-period", what, fix)
        self.notes.set_aside(reader.grid.name, at, what)
        return None

    def _target_type(self, said: str, measure: Labelled) -> str:
        """Of which figures a target is that names no period: those of the rows that it is amid."""
        said = said or (self.reader.down_type if self.says and self._text("period") else "")
        if measure.period_type == "snapshot" and said in ("month", "quarter"):
            return "snapshot"
        return said

    def _row_parts(self, column: Column) -> list[Part]:
        """What the row says of the period of a column: the nearest label on its left, which may
        be a part of the year that another one says.
        """
        labels = [c for c in self.reader.labels if c.holds == "period"]
        labels.sort(key=lambda c: (c.number > column.number, abs(column.number - c.number)))
        found: list[Part] = []
        for label in labels:
            cell = self.reader.grid.shown(self.row, label.number)
            part = Part(key=cell.text) if cell.day else read_words(cell.text)
            part = replace(part, key=day_key(part.key, self.book.spec.dates))
            completes = [one for one in found if one.loose != part.loose and not one.key]
            if not found or (len(found) == 1 and completes and not part.key):
                found.append(part)
        return found

    def _kind(self, said: str, own: bool, measure: Labelled) -> str:
        """The period type: a stock's, else the column's, else the row's.

        What a row says of its period (year to date) is about the columns that name none, where
        there are such; that it is a snapshot, of all.
        """
        words = self._text("period_type")
        heading = self.book.headings.get(alike(words))
        row = (heading.period_type if heading else "") or read_words(words).period_type
        if "snapshot" in (measure.period_type, row):
            return "snapshot"
        beside = own and self.reader.some_undated
        return said or measure.period_type or ("" if beside else row)

    def _fault(self, at: At, code: str, what: str, fix: str) -> None:
        self.notes.fault(self.reader.grid.name, at, code, what, fix)
        self.notes.set_aside(self.reader.grid.name, at, what)


def _as_written(cell: Cell) -> str:
    """The text of a cell; of one that is a date by mistake (1-5) nothing."""
    return "" if cell.day or cell.number is not None else cell.text


def _shown_places(cell: Cell) -> int:
    """The decimals of a figure that stands in a cell as a reader likely sees it: two at most."""
    number = re.search(r"\.(\d+)", cell.text)
    return min(len(number[1]), 2) if number and is_numeric(cell) else 0


def _when(column: Column) -> tuple[object, ...]:
    """What the headings of a column say of its period, and of whom and what it is."""
    return (column.period, column.parts, column.area, column.category, column.measure)


SYMBOL_FIX = (
    "Mend the cell; or say what it means under `symbols` or `marks`; or list it under `leave_out`."
)
