"""The nouns of this room: a series and its points."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Series(NamedTuple):
    """What a series is of."""

    indicator: str
    breakdown: str
    category: str
    basis: str


class Point(NamedTuple):
    """A figure of a series; `row` is its index in `Figures.rows`."""

    row: int
    period: str
    start: date
    end: date
    value: float
    published: str
