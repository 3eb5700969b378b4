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
_MOST_LINES = 6  # of a cell: a row of more is wanted by nobody, and costs no time to avoid
_MORE_IN_HEADING = 2
_HALF_A_WORD = 350
# Twips of 10 point Arial, by kind of letter; any other takes 111.
_NARROW, _THIN, _WIDE, _CAPITAL, _BLOCK = 50, 67, 170, 140, 142
_SPACE = 67


def heading_of(column: Column) -> str:
    """A heading whose words may part: "October 2024" in two lines, not in a wide column."""
    return column.heading.replace("\u00a0", " ")


def column_needs(table: Table) -> list[int]:
    """Twips that each column needs for its longest word; an endless word may break."""
    needs = []
    for index, column in enumerate(table.columns):
        texts = [heading_of(column), *(row.cells[index].text for row in table.rows)]
        words = [word[:_ENDLESS] for text in texts for word in _BLANKS.split(text)]
        needs.append(PADDING + max(width_of(word) for word in words))
    return needs


@lru_cache(maxsize=1 << 14)
def width_of(text: str) -> int:
    """Twips that `text` takes in bold 10 point Arial, near enough to part columns by."""
    twips = 0
    for letter in text:
        if letter in "ijl.,:;|!'":
            twips += _NARROW
        elif letter in "frt()[]-/ \u00a0":
            twips += _THIN
        elif letter in "▁▂▃▄▅▆▇█":
            twips += _BLOCK
        elif letter in "mwMW%@":
            twips += _WIDE
        else:
            twips += _CAPITAL if letter.isupper() else 111
    return twips * 110 // 100


def column_widths(table: Table, total: int, needs: Sequence[int] = ()) -> list[int]:
    """Twips a column, `total` in all: what the longest word needs, then as few lines as go in."""
    widths = list(needs or column_needs(table))
    longest = [
        (
            width_of(heading_of(column)),
            max((width_of(row.cells[i].text) for row in table.rows), default=0),
        )
        for i, column in enumerate(table.columns)
    ]
    if sum(widths) > total:
        widths = [width * total // sum(widths) for width in widths]
    for lines in range(_MOST_LINES, 0, -1):
        wishes = [
            max(width, _in_lines(heading, lines + _MORE_IN_HEADING), _in_lines(cell, lines))
            for width, (heading, cell) in zip(widths, longest, strict=True)
        ]
        if sum(wishes) > total:
            widths = _filled(widths, wishes, total)
            break
        widths = wishes
    spare = total - sum(widths)
    widths = [width + spare // len(widths) for width in widths]
    widths[0] += total - sum(widths)
    return widths


def _in_lines(whole: int, lines: int) -> int:
    """About how wide a column must be for words of `whole` twips to take so many lines."""
    if lines == 1:
        return PADDING + whole
    # The end of a line stays empty by half a word.
    return PADDING + whole // lines + min(whole, _HALF_A_WORD)


def lines_of(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """About how many lines a row takes."""
    most = 1
    for cell, width in zip(row, widths, strict=True):
        words = (width_of(f"{word} ") for word in _BLANKS.split(cell.text))
        lines, used, room = 1, 0, max(width - PADDING, 1)
        for word in words:
            if used and used + word > room + _SPACE:
                lines, used = lines + 1, 0
            used += word
        most = max(most, lines)
    return most


def _filled(needs: Sequence[int], wishes: Sequence[int], total: int) -> list[int]:
    """Small wishes are met first, so that one long column does not starve many short ones."""
    widths, spare = list(needs), total - sum(needs)
    order = sorted(range(len(needs)), key=lambda i: wishes[i] - needs[i])
    for left, i in zip(range(len(order), 0, -1), order, strict=True):
        extra = min(max(wishes[i] - needs[i], 0), spare // left)
        widths[i] += extra
        spare -= extra
    return widths
