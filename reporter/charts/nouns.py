"""The noun of this room: a chart as a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG at 200 dots an inch and the size at which it is printed."""

    png: bytes
    width_mm: float
    height_mm: float
