"""What each column of a table likely holds: from its heading, else from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporter.sources.officers.bands import reads_as_band
from reporter.sources.officers.grid import Cell, Grid
from reporter.sources.officers.headings import JOIN, paths_of
from reporter.sources.officers.layout import Block, is_year
from reporter.sources.officers.mapping import Colour, Heading, alike
from reporter.sources.officers.period_words import read_words
from reporter.sources.officers.values import is_numeric
from reporter.sources.officers.vocabulary import (
    IN_PERIOD,
    SUMS,
    area_of,
    is_period,
    of_row,
    role_of,
    row_type_of,
)

_BOUNDS = re.compile(r"\bconfidence (?:interval|limit)|\b9\d(?:\.\d)?% c[il]\b", re.I)
UNIT = re.compile(
    r"\(?(?:%|no\.?|numbers?|counts?|£(?:0{3}s?|k|m)?|rate(?: \(?per [\d,]+(?: \w+){0,2}\)?)?|days"
    r"|weeks|hours|score|percent(?:age)?|average|tonnes|per [\d,]+(?: \w+)?)\)?",
    re.I,
)
"""Words that say only in what a measure is counted."""
_AMOUNTS = frozenset(("value", "numerator", "denominator", "target", "minimum", "upper", "ignore"))


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A column: its path of headings, what it likely holds, and the reason for that."""

    number: int
    path: tuple[Cell, ...]
    heading: Heading | None = None
    why: str = ""
    periods: bool = False
    """Whether its headings say a period."""
    area: str = ""
    numbers: int = 0
    texts: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The texts of its headings, from the top."""
        return tuple(cell.text for cell in self.path)

    @property
    def key(self) -> str:
        """The whole of its heading, as a mapping may name it."""
        return JOIN.join(self.names)

    @property
    def holds(self) -> str:
        """What it holds, where that is known."""
        if self.heading and self.heading.holds:
            return self.heading.holds
        return "value" if self.periods or self.area else ""


def sniffed(grid: Grid, block: Block, own: str = "") -> list[Sniffed]:
    """Every column of the table with something in it; `own` is the area that is reported on."""
    rows = tuple(range(block.first, block.last + 1))
    end = block.until - 1 if block.until else grid.rows
    body = range(block.last + 1, end + 1)
    found = []
    for number, path in paths_of(grid, rows):
        cells = [grid.cells[row, number] for row in body if (row, number) in grid.cells]
        if cells:
            found.append(_column(number, path, cells, own))
    return _settled(found)


def _column(number: int, path: Sequence[Cell], cells: Sequence[Cell], own: str) -> Sniffed:
    """What headings and cells say of one column."""
    numbers = sum(is_numeric(cell) for cell in cells)
    texts = tuple(cell.text for cell in cells)
    heading, why, periods, area = None, "", False, ""
    for cell in path:
        periods |= cell.day or is_period(cell.text) or (is_year(cell) and not cell.pounds)
        rest = read_words(cell.text).rest if is_period(cell.text) else cell.text
        role = role_of(rest)
        if role and not (heading and heading.holds == "period" and role.holds == "unit"):
            heading, why = role, f"its heading says {cell.text!r}"
        area = (own if own and alike(rest) == alike(own) else area_of(rest)) or area
    if colour := _colour(path, texts):
        heading, why = Heading(holds=colour), "its cells say where the colour begins and ends"
    elif any(_BOUNDS.search(cell.text) for cell in path):
        heading, why = Heading(holds="ignore"), "it bounds the confidence in a figure"
    elif periods and not heading and not numbers and len(cells) > 1 and _years(cells):
        heading, why, periods = Heading(holds="period"), "its cells are periods", False
    elif heading and heading.holds in ("period", "unit", "ignore") and _row_types(texts):
        heading, why = Heading(holds="period_type"), "its cells say Snapshot, YTD and the like"
    elif heading and heading.holds == "period" and numbers > len(cells) / 2 and not _years(cells):
        heading, why = None, ""
    elif heading and heading.holds == "code" and _is_unit(path, cells) and numbers == len(cells):
        heading, why = None, ""  # Number below a name is its unit, and alone what is counted
    elif heading is None and _counts_rows(path, cells):
        heading, why = Heading(holds="ignore"), "it counts the rows"
    elif heading and heading.holds == "period" and not numbers and not _any_period(cells):
        heading, why = None, ""  # it stands over the periods to its right
    elif _holds_amounts(texts) and not numbers:
        heading, why = Heading(holds="amount"), "its cells say Actual, Target and the like"
    elif heading is None and not periods and not numbers and _units(texts):
        heading, why = Heading(holds="unit"), "its cells say Number, % and the like"
    elif heading is None and not periods and not area and (role := _by_cells(cells)):
        heading, why = role, "its cells say so"
    elif periods and heading and heading.holds in ("measure", "code", "unit") and not numbers:
        periods = False  # the year stands in the corner, over the labels
    elif periods and heading and heading.holds in ("period", "area", "measure", "category", "code"):
        heading = None
    return Sniffed(number, tuple(path), heading, why, periods, area, numbers, texts)


def _colour(path: Sequence[Cell], texts: Sequence[str]) -> Colour | None:
    """The colour of which a column says where it begins and ends, with the side."""
    words = alike(path[-1].text) if path else ""
    told = texts and sum(map(reads_as_band, texts)) > len(texts) / 2
    return next((colour for colour in _COLOURS if words.startswith(colour) and told), None)


_COLOURS: tuple[Colour, ...] = ("green", "amber", "red")


def _row_types(texts: Sequence[str]) -> bool:
    types = sum(bool(row_type_of(text)) for text in texts)
    others = sum(alike(text) in IN_PERIOD for text in texts)
    return types > 0 and types + others > len(texts) / 2


def _units(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and sum(bool(UNIT.fullmatch(text)) for text in texts) >= 0.8 * len(texts)


def _years(cells: Iterable[Cell]) -> bool:
    return all(cell.day or is_year(cell) or is_period(cell.text) for cell in cells)


def _is_unit(path: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether the lowest heading may say in what the one above it, or the table, is counted."""
    word = alike(path[-1].text).strip("()") if path else ""
    if len(path) > 1:
        return word in ("number", "no", "no.", "#")
    return word == "number" and not _one_by_one(cells)


def _one_by_one(cells: Sequence[Cell]) -> bool:
    return [cell.text for cell in cells] == [str(at) for at in range(1, len(cells) + 1)]


def _counts_rows(path: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a column without a heading numbers its rows."""
    return len(cells) > 1 and path[0].text.startswith("(column ") and _one_by_one(cells)


def _any_period(cells: Iterable[Cell]) -> bool:
    return any(cell.day or is_year(cell) or read_words(cell.text).says for cell in cells)


def _holds_amounts(texts: Sequence[str]) -> bool:
    """Whether a column says Actual, Target and so on: at least two of them, and little else."""
    roles = [role_of(text) for text in texts]
    known = [role.holds for role in roles if role and role.holds in _AMOUNTS]
    both = len({*known} - {"ignore"}) > 1 and "value" in known
    return len(texts) > 1 and both and len(known) >= 0.5 * len(texts)


def _by_cells(cells: Sequence[Cell]) -> Heading | None:
    texts = [cell for cell in cells if cell.text]
    others = [c for c in texts if not _years([c])]
    told = all(of_row(c.text) or SUMS.fullmatch(alike(c.text)) for c in others)
    if len(texts) - len(others) > 1 and told:
        return Heading(holds="period")
    areas = [area_of(cell.text) for cell in texts]
    if len(texts) > 1 and sum(map(bool, areas)) >= max(1, len(texts) / 3) and _labels(cells):
        distinct = {alike(cell.text) for cell in texts}
        return Heading(holds="area") if len(distinct) > 1 else None
    return None


def _labels(cells: Sequence[Cell]) -> bool:
    return not any(is_numeric(cell) for cell in cells)


def _settled(columns: list[Sniffed]) -> list[Sniffed]:
    """The same with one column of measures, where words alone left none or several."""
    kinds = [column.holds for column in columns]
    if "measure" in kinds:
        named = [at for at, kind in enumerate(kinds) if kind == "measure"]
        first = next((at for at in named if not _codes(columns[at].texts)), named[0])
        return [
            _as(column, Heading(holds="ignore"), "the measures stand in another column")
            if (column.holds == "measure" and at != first)
            or (column.holds == "category" and _loose(column, columns[first]))
            else column
            for at, column in enumerate(columns)
        ]
    if "period" in kinds and not {"area", "category", "value"} & set(kinds):
        return _listed(columns)
    if {"period", "area", "category"} & set(kinds):
        return columns
    if not any(column.periods for column in columns):
        for at, column in enumerate(columns):
            if column.holds == "ignore" and not column.numbers and column.names:
                kind = "_".join(alike(column.names[-1]).split())
                why = "measures stand across, and it names what each row is of"
                columns[at] = _as(column, Heading(holds="category", breakdown=kind), why)
                return columns
    for at, column in enumerate(columns):
        texts = len(column.texts) - column.numbers
        if not column.holds and texts > column.numbers:
            why = "it is the first column of text and its heading says nothing else"
            columns[at] = _as(column, Heading(holds="measure"), why)
            return columns
    return _sorted_down(columns)


def _sorted_down(columns: list[Sniffed]) -> list[Sniffed]:
    """The same with services or such, which elsewhere only sort measures, as the members of one."""
    sorts = [c for c in columns if c.holds == "ignore" and not c.numbers and c.texts]
    sorts = [c for c in sorts if _SORTS.fullmatch(alike(c.names[-1])) and _differ(c.texts)]
    for column in sorts[:1]:
        kind = "_".join(alike(column.names[-1]).split())
        why = "no other column names what each row is of"
        at = columns.index(column)
        columns[at] = _as(column, Heading(holds="category", breakdown=kind), why)
    return columns


_SORTS = re.compile(r"directorate|service(?: area)?|theme|priority|portfolio|department")


def _differ(texts: Sequence[str]) -> bool:
    return len({alike(text) for text in texts}) == len(texts)


def _codes(texts: Sequence[str]) -> bool:
    """Whether most of `texts` are numbers or codes: 1, 2.3a, PI 4."""
    return sum(bool(_CODE.fullmatch(text)) for text in texts) > len(texts) / 2


_CODE = re.compile(r"[A-Za-z]{0,5}[ ./-]?\d+(?:[./]\d+)*[a-z]?\.?")


def _listed(columns: list[Sniffed]) -> list[Sniffed]:
    """The same with a column of members, where texts come again at each of the periods down."""
    for at, column in enumerate(columns):
        if column.holds or column.periods or column.numbers or not column.names:
            continue
        if len({alike(text) for text in column.texts}) < len(column.texts):
            kind = "_".join(re.findall(r"[a-z0-9]+", alike(column.names[-1]))) or "group"
            why = "the same texts stand at each period"
            columns[at] = _as(column, Heading(holds="category", breakdown=kind), why)
            break
    return columns


def _loose(column: Sniffed, measures: Sniffed) -> bool:
    """Whether a category beside measures is only a way of sorting them: one text a measure, and
    none of the rows below it.
    """
    sorts = column.heading is not None and column.heading.breakdown in ("type", "category", "group")
    once = len({alike(text) for text in measures.texts}) == len(measures.texts)
    return (sorts or once) and len(measures.texts) >= len(column.texts)


def _as(column: Sniffed, heading: Heading, why: str) -> Sniffed:
    return Sniffed(
        column.number, column.path, heading, why, column.periods, column.area, column.numbers,
        column.texts,
    )  # fmt: skip
