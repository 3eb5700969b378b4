"""What stands under each column of a table, as its heading says by the words of a mapping."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reporter.sources.officers.grid import BLANK, Cell, Grid, column_name
from reporter.sources.officers.mapping import (
    RELATIVE,
    Heading,
    Labelled,
    Sheet,
    WorkbookMap,
    alike,
)
from reporter.sources.officers.period_words import Part, read_words
from reporter.sources.officers.values import Words
from reporter.sources.periods import parse_period

TARGETS = ("target", "minimum", "upper")
AMOUNTS = ("value", "numerator", "denominator", *TARGETS)
LABELS = ("measure", "code", "area", "category", "period", "period_type", "amount")
JOIN = " > "


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A mapping made ready for looking things up in it."""

    spec: WorkbookMap
    headings: Mapping[str, Heading]
    measures: Mapping[str, Labelled]
    areas: Mapping[str, str]
    totals: frozenset[str]
    sums: frozenset[str]
    scales: Mapping[str, Decimal]
    words: Words
    left_out: Mapping[str, str]

    @classmethod
    def of(cls, spec: WorkbookMap) -> Book:
        """The book of `spec`."""
        return cls(
            spec,
            {alike(text): heading for text, heading in spec.headings.items()},
            {alike(text): label for text, label in spec.measures.items()},
            {alike(text): area for text, area in spec.areas.items()},
            frozenset(alike(text) for text in spec.totals),
            frozenset(alike(text) for text in spec.sums),
            {alike(text): times for text, times in spec.scales.items()},
            Words(
                {alike(text): symbol for text, symbol in spec.symbols.items()},
                {alike(text): status for text, status in spec.marks.items()},
            ),
            {alike(cell): why for cell, why in spec.leave_out.items()},
        )

    def of_row(self, label: str) -> Heading | None:
        """What a row of this label says of the measure above it; None where it is a measure."""
        key = alike(label)
        if key in self.measures or any(name.endswith(JOIN + key) for name in self.measures):
            return None
        if (heading := self.headings.get(key)) and heading.holds in (*AMOUNTS, "ignore"):
            return heading
        return Heading(area=self.areas[key]) if key in self.areas else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its `path` of headings, from the top, and what they say together."""

    number: int
    path: tuple[str, ...]
    holds: str = ""
    parts: tuple[Part, ...] = ()
    period: str = ""
    """Said by the mapping: a key, or `latest`."""
    period_type: str = ""
    area: str = ""
    measure: str = ""
    breakdown: str = ""
    category: str = ""
    implied: bool = False
    """Whether only what the figures are of is said, not which: a row may say that."""
    unknown: tuple[str, ...] = ()
    """Headings that say nothing known: where there are such, the column is not understood."""

    @property
    def name(self) -> str:
        """How the column is called in messages."""
        return JOIN.join(self.path)


@dataclass(slots=True)
class _Said:
    """What the headings of one column say, gathered from the top down."""

    holds: str = ""
    period: str = ""
    period_type: str = ""
    area: str = ""
    measure: str = ""
    breakdown: str = ""
    category: str = ""
    parts: list[Part] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def take(self, heading: Heading) -> None:
        for name in ("period", "period_type", "area", "measure", "breakdown", "category"):
            if told := getattr(heading, name):
                setattr(self, name, told)
        if heading.holds and heading.holds != "title":
            self.holds = heading.holds


def columns_of(grid: Grid, rows: Sequence[int], book: Book) -> tuple[Column, ...]:
    """Every column of `grid` that has a heading in `rows` or a cell below them."""
    return tuple(_column(number, path, book) for number, path in paths_of(grid, rows))


def paths_of(grid: Grid, rows: Sequence[int]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The headings over each column, from the top, each merged one once.

    A column without any is called by its letter: "(column B)".
    """
    below = {column for row, column in grid.cells if row > rows[-1]}
    start = _figures_start(grid, rows)
    fills = {
        row: sorted(c for r, c in grid.cells if r == row and c >= start)
        for row in rows[:-1]
        if not _is_merged(grid, row)
    }
    for number in range(1, grid.columns + 1):
        path = _path(grid, rows, number, fills)
        if path or number in below:
            yield number, path or (Cell(f"(column {column_name(number)})"),)


def heading_rows(sheet: Sheet) -> tuple[int, ...]:
    """The rows that `headings` names; `ValueError` where it names none."""
    first, _, last = str(sheet.headings).partition("-")
    rows = tuple(range(int(first), int(last or first) + 1))
    if not rows or rows[0] < 1 or len(rows) > 20:
        raise ValueError("no rows")
    return rows


def matching(grids: Sequence[Grid], name: str) -> list[Grid]:
    """The sheets that a name or a pattern of the mapping means."""
    same = [grid for grid in grids if alike(grid.name) == alike(name)]
    return same or [grid for grid in grids if fnmatch.fnmatch(alike(grid.name), alike(name))]


def _is_merged(grid: Grid, row: int) -> bool:
    """Whether headings in `row` are merged over columns: then a blank one is meant to be blank."""
    return any(at == row and row == top and left != column
               for (at, column), (top, left) in grid.merged.items())  # fmt: skip


def _path(
    grid: Grid, rows: Sequence[int], number: int, fills: Mapping[int, Sequence[int]]
) -> tuple[Cell, ...]:
    """The headings over a column, each once; one that is not merged serves to the next in its row.

    `fills` are the columns with a heading in each row where such a blank is not meant.
    """
    anchors: list[tuple[int, int]] = []
    under = False
    for row in reversed(rows):
        at = grid.merged.get((row, number), (row, number))
        if row in fills and at not in grid.cells and under:
            at = max(((row, left) for left in fills[row] if left < number), default=at)
        if at in grid.cells and at not in anchors:
            anchors.insert(0, at)
            under = True
    return tuple(grid.cells.get(at, BLANK) for at in anchors)


def _figures_start(grid: Grid, rows: Sequence[int]) -> int:
    """The first column whose lowest heading says a period: those before it are labels."""
    for number in range(1, grid.columns + 1):
        cell = grid.shown(rows[-1], number)
        if cell.day or read_words(cell.text).says:
            return number
    return 1


def _column(number: int, path: Sequence[Cell], book: Book) -> Column:
    said = _Said()
    names = tuple(cell.text for cell in path)
    whole = book.headings.get(alike(JOIN.join(names)))
    for cell in path:
        if whole is not None and not (cell.day or read_words(cell.text).says):
            continue
        if cell.day:
            said.parts.append(Part(key=day_key(cell.text, book.spec.dates)))
        else:
            _take(said, cell.text, book)
    if whole is not None:
        said.take(whole)
        said.unknown.clear()
    if said.period in ("latest", *RELATIVE) and any(part.says for part in said.parts):
        said.period = ""  # "Current" may stand over the months that led up to it
    about = said.period or said.measure or said.area or said.category
    implied = not said.holds and (
        bool(about) or any(part.says or part.period_type for part in said.parts)
    )
    said.holds = "value" if implied else said.holds
    return Column(
        number, names, said.holds, tuple(said.parts), said.period, said.period_type, said.area,
        said.measure, said.breakdown, said.category, implied, tuple(said.unknown),
    )  # fmt: skip


def _take(said: _Said, text: str, book: Book) -> None:
    """What one heading says: itself known, or a period with known words."""
    if _known(said, text, book):
        return
    part = read_words(text)
    if (part.says or part.period_type) and (not part.rest or _known(said, part.rest, book)):
        said.parts.append(replace(part, key=day_key(part.key, book.spec.dates)))
    else:
        said.unknown.append(text)


def _known(said: _Said, text: str, book: Book) -> bool:
    key = alike(text)
    if key in book.headings:
        said.take(book.headings[key])
    elif key in book.measures or any(name.endswith(JOIN + key) for name in book.measures):
        said.measure = text
    elif key in book.areas:
        said.area = text
    else:
        return False
    return True


def day_key(key: str, dates: str) -> str:
    """The period that a date stands for: itself, its month or its week."""
    if len(key) != len("2024-04-30") or key[4] != "-" or "W" in key or dates in ("", "day"):
        return key
    if dates == "month":
        return key[:7]
    year, week, _ = parse_period(key).start.isocalendar()
    return f"{year}-W{week:02d}"
