"""What a picture is made of: boxes, strokes, dots and words, in points from the upper left corner.

Values only. A chart lays them out, `paint` draws them in this order, and tests read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reporter.charts.style import INK, TEXT

Spot = tuple[float, float]
"""x and y in points from the upper left corner."""
Side = Literal["left", "centre", "right"]
Dash = tuple[float, ...]
"""Lengths drawn and left out, in widths of the stroke; empty for a stroke without gaps."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Filled rectangles that look alike, each (x, y, width, height). `of` says what they show."""

    places: tuple[tuple[float, float, float, float], ...]
    face: str
    edge: str = ""
    edge_width: float = 0.0
    hatch: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through `spots`, open where one of them is None."""

    spots: tuple[Spot | None, ...]
    colour: str
    width: float
    dash: Dash = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Markers of one shape (a letter of matplotlib) `size` points wide."""

    spots: tuple[Spot, ...]
    shape: str
    size: float
    face: str
    edge: str
    edge_width: float = 1.0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Level text, a line a row. (x, y) is its upper `side`, or the middle of it if `middle`.

    `plate` lays white under it, so that it can be read where lines run.
    """

    x: float
    y: float
    text: str
    size: float = TEXT
    bold: bool = False
    colour: str = INK
    side: Side = "left"
    middle: bool = False
    plate: bool = False


Mark = Boxes | Stroke | Dots | Words
