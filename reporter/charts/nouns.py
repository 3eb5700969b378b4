"""The nouns of this room: a chart as a picture, or as one that Word draws and authors can edit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG at 200 dots an inch and the size at which it is printed.

    `instead_of` says why a picture stands where a chart of Word's own was asked for.
    """

    png: bytes
    width_mm: float
    height_mm: float
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart part of Word and the workbook with its figures, which `xml` names as WORKBOOK_ID.

    `notes` stand under the chart: what a picture would say inside itself.
    """

    xml: bytes
    workbook: bytes
    width_mm: float
    height_mm: float
    notes: tuple[str, ...] = ()


WORKBOOK_ID = "rId1"
"""The relationship of a chart part to its workbook."""

Drawing = Picture | NativeChart
