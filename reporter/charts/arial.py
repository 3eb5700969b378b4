"""How wide text is in Arial, which Word draws the charts of its own in: nothing is loaded for it.

The widths are those of Helvetica in thousandths of the size, as its metrics file gives them; Arial
was made to the same. A letter with an accent is as wide as without, any other is taken as wide.
"""

from __future__ import annotations

import unicodedata

_FIRST = 32
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_OTHER = 1000
_BOLD = 1.08
SIZE = 10.0
LINE = 14.0
"""Points that a line of text takes."""
TITLE_PART = 0.68
"""So much of a chart's width a title may have in light letters: programs break its bold ones when
they reach three quarters."""


def text_width(text: str, bold: bool = False) -> float:
    """The width of one line of `text` at 10 points, in points."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    total = sum(map(_OF_LETTER.__getitem__, plain))
    return total * SIZE / 1000 * (_BOLD if bold else 1.0)


class _Widths(dict[str, int]):
    """Widths by letter, those beyond Helvetica's estimated."""

    def __missing__(self, letter: str) -> int:
        if unicodedata.combining(letter):
            return 0
        if letter == "\u00a0":
            return self[" "]
        return self["0"] if letter in "£−–‘’" else _OTHER


_OF_LETTER = _Widths((chr(_FIRST + at), width) for at, width in enumerate(_WIDTHS))


def lines_within(text: str, limit: float) -> int:
    """How many lines no wider than `limit` points `text` takes, broken between words."""
    lines, used = 1, 0.0
    space = text_width(" ")
    for word in text.split():
        wide = text_width(word)
        if used and used + space + wide > limit:
            lines, used = lines + 1, 0.0
        lines += int(wide // limit) if wide > limit else 0
        used += (space if used else 0.0) + (wide % limit if wide > limit else wide)
    return lines
