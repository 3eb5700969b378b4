"""What is wrong with an input, where, and what to do about it.

The basement of the house: every room may use it, and it knows none of them. A `Problem` is a user's
fault and is always reported with its fellows, all at once. A fault of ours is an ordinary exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. `line` and `row` count from 1; a table's row 1 is its header."""

    file: str
    line: int = 0
    row: int = 0
    column: str = ""

    @classmethod
    def of(cls, file: str | PurePath, line: int = 0, row: int = 0, column: str | int = "") -> Place:
        """A place in `file`; a path keeps its name as the user wrote it."""
        return cls(str(file), line, row, str(column))

    def __str__(self) -> str:
        words = [self.file]
        if self.line:
            words.append(f"line {self.line}")
        if self.row:
            words.append(f"row {self.row}")
        if self.column:
            words.append(f"column {self.column}")
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


class ProblemsFoundError(Exception):
    """Raised at a room's door with all the problems that it found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise `ProblemsFoundError` with all of `problems` if one of them is an error."""
    found = tuple(problems)
    if any(problem.level == "error" for problem in found):
        raise ProblemsFoundError(found)
