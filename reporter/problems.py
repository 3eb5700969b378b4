"""What is wrong with an input, where, and what to do about it.

The basement of the house: every room may use it, and it knows none of them. A `Problem` is a user's
fault and is always reported with its fellows, all at once. A fault of ours is an ordinary
exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

Level = Literal["error", "warning"]

SHOWN = 50
"""So many problems of one code in one file are shown in full; of more, only the first `KEPT`."""
KEPT = 20


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. `line` and `row` count from 1; a table's row 1 is its header.

    `at` says it in words where neither serves, as in a Word file: "paragraph 5.1".
    """

    file: str
    line: int = 0
    row: int = 0
    column: str = ""
    at: str = ""

    @classmethod
    def of(
        cls,
        file: str | PurePath,
        line: int = 0,
        row: int = 0,
        column: str | int = "",
        at: str = "",
    ) -> Place:
        """A place in `file`; a path keeps its name as the user wrote it."""
        return cls(str(file), line, row, str(column), at)

    def __str__(self) -> str:
        words = [self.file]
        if self.line:
            words.append(f"line {self.line}")
        if self.row:
            words.append(f"row {self.row}")
        if self.column:
            words.append(f"column {self.column}")
        if self.at:
            words.append(self.at)
        return ", ".join(words)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: its place, a stable code such as `bad-number`, what is wrong and what to do."""

    place: Place
    code: str
    what: str
    fix: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.what} [{self.code}]\n    {self.fix}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """`problems` without repeats by file, line, row and column; column 10 comes after column 9.

    Those whose place is said in words stay in the order in which they were found.
    """

    def key(problem: Problem) -> tuple[str, int, int, int, tuple[Problem, ...]]:
        place = problem.place
        number = int(place.column) if place.column.isdecimal() else 0
        return place.file, place.line, place.row, number, () if place.at else (problem,)

    return tuple(sorted(dict.fromkeys(problems), key=key))


class ProblemsFoundError(Exception):
    """Raised at a room's door with all the problems that it found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise `ProblemsFoundError` with all of `problems` if one of them is an error."""
    found = tuple(problems)
    if any(problem.level == "error" for problem in found):
        raise ProblemsFoundError(found)


def shorten(problems: Sequence[Problem], found: int = 0) -> list[Problem]:
    """`problems` of one code in one file, in order; of more than `SHOWN` the first and a count.

    `found` is how many there were, where not all of them were made.
    """
    found = max(found, len(problems))
    if found <= SHOWN:
        return list(problems)
    next_one = problems[KEPT]
    more = f"from here on, {found - KEPT:,} more of the same kind"
    fix = "Mend the first ones, and look whether one cause stands behind them all."
    return [*problems[:KEPT], replace(next_one, what=more, fix=fix)]


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` is likely a slip for, whatever the case of its letters."""
    return next(iter(nearest(word, known, 1)), None)


def nearest(word: str, known: Iterable[str], most: int) -> list[str]:
    """The `most` of `known` that `word` is likely a slip for; else those that say more than it:
    "Poole (until 2019)" for "Poole".
    """
    by_lower = {option.lower(): option for option in known}
    low = word.lower()[:100]
    near = difflib.get_close_matches(low, by_lower, n=most)
    near = near or sorted(option for option in by_lower if option.startswith(f"{low} "))[:most]
    return [by_lower[option] for option in near]
