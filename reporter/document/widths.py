"""How wide the columns of a table are, by the words that stand in them.

In: a table in words and the twips it may take. Out: twips a column, and how tall rows come out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reporter.prose import Cell, Column, Table

PADDING = 200  # twips beside the words of a cell
_BLANKS = re.compile(r"[ \t\n]+(?![▲▼►])")
"""Where a line may break: not at a no-break space, and not before the arrow of a word."""
_ENDLESS = 24  # characters; a longer word may break
_MOST_LINES = 6  # of a cell: nobody wants a taller row
_MORE_IN_HEADING = 2
_DECIDING = 3  # texts of a column: the widest leave no doubt about the rest
_KINDS = {"ijl.,:;|!'": 50, "frt()[]-/ \u00a0": 67, "▁▂▃▄▅▆▇█": 142, "mwMW%@": 170}
"""Twips of 10 point Arial, by kind of letter."""
_CAPITAL, _ANY = 140, 111  # of any other
_SPACE = 74


def heading_of(column: Column) -> str:
    """A heading whose words may part: "October 2024" in two lines, not in a wide column."""
    return column.heading.replace("\u00a0", " ")


def column_needs(table: Table) -> list[int]:
    """Twips that each column needs for its longest word; an endless word may break."""
    needs = []
    for index, column in enumerate(table.columns):
        texts = [heading_of(column), *(row.cells[index].text for row in table.rows)]
        needs.append(PADDING + max(max(_word_widths(text)) for text in texts))
    return needs


class _Twips(dict[str, int]):
    """The twips of letters, each found out when it first comes."""

    def __missing__(self, letter: str) -> int:
        known = (kind for kind in _KINDS if letter in kind)
        twips = self[letter] = _KINDS.get(next(known, ""), _CAPITAL if letter.isupper() else _ANY)
        return twips


_TWIPS = _Twips()


@lru_cache(maxsize=1 << 14)
def width_of(text: str) -> int:
    """Twips that `text` takes in bold 10 point Arial, near enough to part columns by."""
    return sum(map(_TWIPS.__getitem__, text)) * 110 // 100


def column_widths(table: Table, total: int, needs: Sequence[int] = ()) -> list[int]:
    """Twips a column, `total` in all: what the longest word needs, then as few lines as go in."""
    widths = list(needs or column_needs(table))
    longest = [_longest(table, index) for index in range(len(table.columns))]
    if sum(widths) > total:
        widths = [width * total // sum(widths) for width in widths]
    for lines in range(_MOST_LINES, 0, -1):
        wishes = [
            max(width, narrowest(heading_of(column), lines + _MORE_IN_HEADING),
                *(narrowest(text, lines) for text in texts))
            for width, column, texts in zip(widths, table.columns, longest, strict=True)
        ]  # fmt: skip
        if sum(wishes) > total:
            widths = _filled(widths, wishes, total)
            break
        widths = wishes
    spare = total - sum(widths)
    widths = [width + spare // len(widths) for width in widths]
    widths[0] += total - sum(widths)
    return widths


def _longest(table: Table, index: int) -> list[str]:
    """The few texts of a column that decide how wide it must be."""
    texts = {row.cells[index].text for row in table.rows}
    return sorted(texts, key=lambda text: (-width_of(text), text))[:_DECIDING]


@lru_cache(maxsize=1 << 13)
def narrowest(text: str, lines: int) -> int:
    """How wide a column must be for `text` to take no more than so many lines."""
    words = _word_widths(text)
    whole = sum(words) + _SPACE * (len(words) - 1)
    room = max(*words, (whole - _SPACE * (lines - 1)) // lines)
    while True:
        found = _wrapped(words, room)
        if len(found) <= lines:
            return PADDING + room
        # The least that takes the first word of some line up to the line before it.
        room = min(line + _SPACE + first for line, first in found if first)


@lru_cache(maxsize=1 << 14)
def _word_widths(text: str) -> tuple[int, ...]:
    return tuple(width_of(word[:_ENDLESS]) for word in _BLANKS.split(text))


def _wrapped(words: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Lines no wider than `room`: how wide each is, and the first word of the next (0 for none)."""
    made, used = [], 0
    for word in words:
        if used and used + _SPACE + word > room:
            made.append((used, word))
            used = 0
        used += word + (_SPACE if used else 0)
    return [*made, (used, 0)]


def lines_of(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """About how many lines a row takes."""
    return max(
        len(_wrapped(_word_widths(cell.text), width - PADDING))
        for cell, width in zip(row, widths, strict=True)
    )


def _filled(widths: Sequence[int], wishes: Sequence[int], total: int) -> list[int]:
    """Small wishes are met first and whole, for a part of one saves no line; the next takes what is
    left."""
    made, spare = list(widths), total - sum(widths)
    for i in sorted(range(len(made)), key=lambda i: wishes[i] - widths[i]):
        extra = min(wishes[i] - widths[i], spare)
        made[i] += extra
        spare -= extra
    return made
