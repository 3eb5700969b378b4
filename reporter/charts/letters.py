"""Text in pictures: how wide and high it is, measured in the font that draws it, and how it breaks.

The letters come with packages: every machine shows the same ones. Pillow draws what DejaVu has and
reads from left to right; all else is for `scripts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.charts.style import DPI, LINE_HEIGHT, TEXT

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from reporter.charts.marks import Words

DEJAVU = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_BLANKS = re.compile(r"[ \t\r\n]+")  # a figure and its unit, joined by another, stay so
_ASCENT, _DEPTH, _CAPITAL = 0.76, 0.24, 0.73  # of the size: above and below the baseline; an "A"


@lru_cache(maxsize=8)
def font_of(size: float = TEXT, bold: bool = False) -> FreeTypeFont:
    """DejaVu at `size` points, for pixels of the picture; for letters that stand by themselves."""
    # Loaded by the first picture: other commands and charts of Word's own need neither library.
    from matplotlib import get_data_path
    from PIL import ImageFont

    path = Path(get_data_path()) / "fonts" / "ttf" / DEJAVU[bold]
    layout = ImageFont.Layout.BASIC  # the other one is not the same on every machine
    return ImageFont.truetype(str(path), size * DPI / 72, layout_engine=layout)


def needs_shaping(text: str) -> bool:
    """Whether `text` has letters that join, turn or combine, or that DejaVu does not have."""
    if text.isascii():
        return False
    from reporter.charts.scripts import is_plain

    return not is_plain(text)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """The width of one line of `text`, in points."""
    if needs_shaping(text):
        from reporter.charts.scripts import shape_text

        return shape_text(text, size, bold).advance * 72 / DPI
    return font_of(size, bold).getlength(text) * 72 / DPI


def label_width(label: str) -> float:
    """The width of the widest line of a label, in points."""
    return max(text_width(line) for line in label.split("\n"))


def height_of(text: str, size: float = TEXT) -> float:
    """The height of `text` in points, as many lines as it has."""
    return size * LINE_HEIGHT * (text.count("\n") + 1) if text else 0.0


def rows_of(words: Words) -> Iterator[tuple[str, float]]:
    """The lines of `words`, each with its baseline in points from above."""
    rows = words.text.split("\n")
    pitch = words.size * LINE_HEIGHT
    first = words.y + words.size * _ASCENT
    if words.middle:  # the middle of the capitals, where the eye sees it
        first = words.y + (words.size * _CAPITAL - (len(rows) - 1) * pitch) / 2
    for at, row in enumerate(rows):
        yield row, first + at * pitch


_SHARES = {"left": 0.0, "centre": 0.5, "right": 1.0}


def start_of(words: Words, row: str) -> float:
    """Where one line of `words` begins, in points from the left."""
    return words.x - text_width(row, words.size, words.bold) * _SHARES[words.side]


def sides_of(words: Words) -> tuple[float, float]:
    """The left and the right end of the widest line of `words`, in points from the left."""
    rows = words.text.split("\n")
    widest = max(rows, key=lambda row: text_width(row, words.size, words.bold))
    left = start_of(words, widest)
    return left, left + text_width(widest, words.size, words.bold)


def block_of(words: Words) -> tuple[float, float]:
    """Where `words` begin, in points from above, and how high they are."""
    baselines = [baseline for _, baseline in rows_of(words)]
    top = baselines[0] - words.size * _ASCENT
    return top, baselines[-1] + words.size * _DEPTH - top


def wrapped(text: str, limit: float, size: float = TEXT, bold: bool = False) -> str:
    """`text` in lines no wider than `limit` points where its words allow; long words are cut."""
    lines: list[str] = []
    for word in _BLANKS.split(text.strip(" \t\r\n")):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold) <= limit:
            lines[-1] = joined
            continue
        while text_width(word, size, bold) > limit and len(word) > 1:
            cut = len(word) - 1
            while cut > 1 and text_width(word[:cut], size, bold) > limit:
                cut -= 1
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return "\n".join(lines)
