"""Text that needs more than one letter after the other: scripts that join or run from right to
left, accents that combine, emoji.

matplotlib brings the libraries that order and shape it (Raqm, HarfBuzz, SheenBidi), and DejaVu;
Noto fonts for further scripts come as a package. Nothing is taken from the machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font
from PIL import Image

from reporter.charts.letters import DEJAVU
from reporter.charts.style import DPI

_LEFT_TO_RIGHT = ("L", "EN", "ES", "ET", "CS", "ON", "WS", "S", "B", "BN")
_UNSEEN = ("Cf", "Mn")
_PART_OF_A_PIXEL = 64
_FAMILIES = re.compile(r"NotoSans(?!-Italic)\w+\[|NotoEmoji\[|NotoSans\[")


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A line of text as drawn: how far it reaches in pixels, its ink, and where that begins."""

    advance: float
    ink: Image.Image
    above: int
    """Pixels from the top of the ink to the baseline."""


def is_plain(text: str) -> bool:
    """Whether DejaVu has every letter of `text` and each stands by itself, from left to right."""
    known = _letters_of(_dejavu(bold=False))
    return all(
        ord(letter) in known
        and unicodedata.bidirectional(letter) in _LEFT_TO_RIGHT
        and not unicodedata.combining(letter)
        for letter in text
    )


@lru_cache(maxsize=512)
def shape_text(text: str, size: float, bold: bool) -> Shaped:
    """`text` in the fonts that have its letters, ordered and joined as its scripts ask."""
    font = _font(bold)
    font.set_size(size, DPI)
    font.set_text(drawable(text))
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink = Image.fromarray(font.get_image())
    width = font.get_width_height()[0] / _PART_OF_A_PIXEL
    below = -(-font.get_descent() // _PART_OF_A_PIXEL)
    return Shaped(width, ink, ink.height - below)


@lru_cache(maxsize=512)
def drawable(text: str) -> str:
    """`text` with letters that no font has named in brackets: [CJK], [Hangul], [melting face]."""
    made: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) in _every_letter():
            made.append(letter)
        elif unicodedata.category(letter) not in _UNSEEN and made[-1:] != [name := _named(letter)]:
            made.append(name)
    return "".join(made)


def _named(letter: str) -> str:
    """What an undrawable letter is: of a script its name, of a sign its own."""
    name = unicodedata.name(letter, "?")
    script = name.split()[0]
    if unicodedata.category(letter).startswith("L"):
        return f"[{script if len(script) <= 3 else script.capitalize()}]"
    return f"[{name.lower()}]"


@cache
def _font(bold: bool) -> Any:
    return FT2Font(str(_path(bold)), _fallback_list=list(_further()))


@cache
def _dejavu(bold: bool) -> Any:
    return FT2Font(str(_path(bold)))


def _path(bold: bool) -> Path:
    return Path(get_data_path()) / "fonts" / "ttf" / DEJAVU[bold]


@cache
def _further() -> tuple[Any, ...]:
    """The Noto fonts of the package, in the order of their names."""
    found = [str(one) for one in files("manimgx_fonts").iterdir() if _FAMILIES.match(one.name)]
    return tuple(FT2Font(path) for path in sorted(found))


@cache
def _every_letter() -> frozenset[int]:
    return frozenset().union(*(_letters_of(one) for one in (_dejavu(bold=False), *_further())))


@cache
def _letters_of(font: Any) -> frozenset[int]:
    return frozenset(font.get_charmap())
