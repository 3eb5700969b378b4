"""A table as rows of figures under headings, as far as it has such."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reporter.english import find_periods
from reporter.reading import ReadTable

_NUMBER = re.compile(
    r"(?P<money>£)?\s?(?P<n>[-−+]?(?:\d{1,3}(?:,\d{3})+"
    r"|\d+)(?:\.\d+)?)\s?(?P<scale>[mk]\b)?\s?(?P<percent>%)?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The number in a cell: its value, the smallest step that it shows, whether it is a percent."""

    text: str
    value: Decimal
    step: Decimal
    percent: bool


def figure_in(cell: str) -> Figure | None:
    """The number that a cell holds and nothing else."""
    said = cell.strip()
    found = _NUMBER.fullmatch(f"-{said[1:-1]}" if re.fullmatch(r"\([\d,.]+\)", said) else said)
    if found is None:
        return None
    digits = found["n"].replace(",", "").replace("−", "-")
    power = {"m": 6, "k": 3}.get(found["scale"] or "", 0)
    step = Decimal(1).scaleb(power - len(digits.partition(".")[2]))
    return Figure(cell.strip(), Decimal(digits).scaleb(power), step, bool(found["percent"]))


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the headings: its turn in the table from 1, its label, its cells and figures."""

    turn: int
    label: str
    cells: tuple[str, ...]
    figures: tuple[Figure | None, ...]

    def at(self, column: int) -> Figure | None:
        """The figure in a column from 0; None where there is none."""
        return self.figures[column] if column < len(self.figures) else None

    @property
    def is_total(self) -> bool:
        """Whether its label calls it the sum of the rows above."""
        return bool(
            re.match(
                r"(?:grand |overall |sub-?\s?)?totals?\b(?! (?:number|population|of))",
                self.label,
                re.IGNORECASE,
            )
        )


class Grid:
    """The headings and rows of a table.

    `headings` has one text a column from all the rows of headings, `leaves` that of the lowest.
    """

    def __init__(self, table: ReadTable) -> None:
        self.place = table.place
        self.table = table
        first = next((i for i, row in enumerate(table.rows) if _is_body(row)), len(table.rows))
        width = max((len(row) for row in table.rows), default=0)
        self.headings = tuple(
            " ".join(row[column] for row in table.rows[:first] if column < len(row) and row[column])
            for column in range(width)
        )
        self.leaves = tuple(
            next((row[c] for row in reversed(table.rows[:first]) if c < len(row) and row[c]), "")
            for c in range(width)
        )
        self.rows = tuple(_row(i, row) for i, row in enumerate(table.rows[first:], start=first + 1))

    def at(self, row: Row) -> str:
        """Where a row stands, in words."""
        return f"{self.place}, row {row.turn}"

    def columns(self, pattern: str) -> list[int]:
        """The columns whose lowest heading has a word of `pattern`, else any of theirs."""
        word = re.compile(rf"(?:^|\b)(?:{pattern})(?:\b|$)", re.IGNORECASE)
        found = [i for i, heading in enumerate(self.leaves) if word.search(heading)]
        return found or [i for i, heading in enumerate(self.headings) if word.search(heading)]

    @cached_property
    def months(self) -> list[int]:
        """The columns of the longest run whose headings each name a month, quarter or year."""
        best: list[int] = []
        run: list[int] = []
        for i, heading in enumerate(self.headings):
            run = [*run, i] if len(heading) < 40 and find_periods(heading[-12:]) else []
            best = run if len(run) > len(best) else best
        return best


def _is_body(row: tuple[str, ...]) -> bool:
    """Whether a row holds figures: two of them, none a year alone."""
    numbers = [
        cell
        for cell in row[1:]
        if figure_in(cell) and not re.fullmatch(r"(?:19|20)\d\d", cell.strip())
    ]
    return len(numbers) >= 2 or (len(numbers) == 1 and len(row) == 2)


def _row(turn: int, cells: tuple[str, ...]) -> Row:
    label = next((cell for cell in cells if re.search(r"[A-Za-z]{3}", cell)), "")
    return Row(turn, label, cells, tuple(figure_in(cell) for cell in cells))
