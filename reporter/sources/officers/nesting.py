"""Rows that are a part of a row above them: indented, begun with a dash, or called "of which".

Such a row gets its parent's name: "Band A" below "Households on the register".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reporter.sources.officers.grid import Grid

_OF_WHICH = re.compile(r"^(?:[-–•]\s*)?\(?of (?:which|whom|these|those)\b[\s:,)–-]*", re.I)
_BULLET = re.compile(r"^(?:[-–•›»]|└|↳)\s*(?=[A-Za-z])")


def parents(grid: Grid, rows: Iterable[int], column: int) -> Mapping[int, int]:
    """For each of `rows` whose label, in `column`, is a part of another's, the row of that one.

    `rows` are those with figures, from the top; a row between them that has nothing but its label
    ends what stands above it.
    """
    found: dict[int, int] = {}
    open_: list[tuple[int, int]] = []
    last = 0
    for row in rows:
        if any(_alone(grid, between, column) for between in range(last + 1, row) if last):
            open_.clear()
        last = row
        if (row, column) not in grid.cells:
            continue
        depth = _depth(grid, row, column)
        while open_ and open_[-1][1] >= depth:
            open_.pop()
        if open_:
            found[row] = open_[-1][0]
        open_.append((row, depth))
    return found


def own_part(label: str) -> str:
    """What `label` says beside being a part: band A of "of which: band A"."""
    return _BULLET.sub("", _OF_WHICH.sub("", label)).strip() or label


def is_of_which(label: str) -> bool:
    """Whether a label says itself that it is a part of another."""
    return bool(_OF_WHICH.match(label))


def _alone(grid: Grid, row: int, column: int) -> bool:
    """Whether a row is a title: it holds nothing but its label, which is not "of which"."""
    cells = grid.by_row.get(row, ())
    return len(cells) == 1 and not is_of_which(cells[0].text)


def _depth(grid: Grid, row: int, column: int) -> int:
    text = grid.cell(row, column).text
    marked = is_of_which(text) or bool(_BULLET.match(text))
    return 2 * grid.indents.get((row, column), 0) + marked
