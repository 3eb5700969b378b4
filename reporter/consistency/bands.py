"""Bands for red, amber and green: overlaps, gaps, and values that no band or another one holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reporter.consistency.paper import Finding, Paper, figure, quoted
from reporter.reading import ReadTable

_FIX = "Set the bands so that each value falls in one and only one of them."
_N = r"£?(?P<{}>-?\d[\d,]*(?:\.\d+)?)\s?(?:%|days?|weeks?|months?|hours?|points?)?"
_COLOUR = (
    r"\b(?P<colour>green|amber|red|yellow)\b\s*(?:is|at|=|:|-|–|\(|band|if|where|being|means"
    r"|status)*\s*"
)
_INTERVAL = (
    rf"(?:(?P<at_least>>=|≥|at least|not less than|minimum of|from)\s*{_N.format('a')}"
    rf"|(?P<over>>|over|above|more than|greater than|higher than|exceeding)\s*{_N.format('b')}"
    rf"|(?P<at_most><=|≤|at most|up to|no more than|not more than|maximum of)\s*{_N.format('c')}"
    rf"|(?P<under><|under|below|less than|lower than|fewer than)\s*{_N.format('d')}"
    rf"|{_N.format('low')}\s*(?:-|–|to|and)\s*(?P<short><)?\s*{_N.format('high')}"
    rf"|{_N.format('e')}\s*(?:(?P<plus>\+|or (?:more|above|over|higher|greater)|and (?:above"
    rf"|over|more|higher))|(?P<minus>or (?:less|below|under|lower|fewer)|and (?:below|under|less"
    rf"|lower))))"
)
_BAND = re.compile(rf"{_COLOUR}(?:between\s+)?{_INTERVAL}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of values with its ends and whether they belong to it; None is without end."""

    colour: str
    low: Decimal | None
    high: Decimal | None
    with_low: bool
    with_high: bool
    step: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether a value falls in it."""
        above = self.low is None or value > self.low or (value == self.low and self.with_low)
        below = self.high is None or value < self.high or (value == self.high and self.with_high)
        return above and below


def bands_in(text: str) -> tuple[Band, ...]:
    """The bands that a text gives, in its order."""
    return tuple(_band(found) for found in _BAND.finditer(text))


def _band(found: re.Match[str]) -> Band:
    parts = {name: said.replace(",", "") for name, said in found.groupdict().items() if said}
    number = {
        name: Decimal(parts[name])
        for name in ("a", "b", "c", "d", "e", "low", "high")
        if name in parts
    }
    digits = max((len(parts[name].partition(".")[2]) for name in number), default=0)
    step = Decimal(1).scaleb(-digits)
    colour = parts["colour"].casefold()
    if "low" in number:
        low, high = sorted((number["low"], number["high"]))
        return Band(colour, low, high, True, "short" not in parts, step)
    if "a" in number or "plus" in parts:
        return Band(colour, number.get("a", number.get("e")), None, True, False, step)
    if "b" in number:
        return Band(colour, number["b"], None, False, False, step)
    if "c" in number or "minus" in parts:
        return Band(colour, None, number.get("c", number.get("e")), False, True, step)
    return Band(colour, None, number["d"], False, False, step)


def overlaps(bands: tuple[Band, ...]) -> Iterator[str]:
    """What two bands both hold, in words."""
    ordered = _ordered(bands)
    for one, other in pairwise(ordered):
        if one.high is None or other.low is None:
            yield f"{one.colour} and {other.colour} overlap"
        elif one.high > other.low:
            shared = f"{figure(other.low)} to {figure(one.high)}"
            yield f"{one.colour} and {other.colour} overlap from {shared}"
        elif one.high == other.low and one.with_high and other.with_low:
            yield f"{one.colour} and {other.colour} both hold {figure(one.high)}"


def gaps(bands: tuple[Band, ...]) -> Iterator[tuple[Decimal, Decimal, bool]]:
    """(from, to, wide) for what no band holds; wide where whole steps of the bands are left out."""
    ordered = _ordered(bands)
    for one, other in pairwise(ordered):
        if one.high is None or other.low is None or one.high > other.low:
            continue
        if one.high < other.low:
            open_ends = (not one.with_high) + (not other.with_low)
            wide = other.low - one.high > max(one.step, other.step) or open_ends == 2
            yield one.high, other.low, wide
        elif not one.with_high and not other.with_low:
            yield one.high, other.low, True


def _ordered(bands: tuple[Band, ...]) -> list[Band]:
    return sorted(
        bands, key=lambda b: (b.low is not None, b.low or Decimal(0), b.high or Decimal(0))
    )


@dataclass(frozen=True, slots=True)
class BandedRow:
    """A row of a table with its bands and, where one is plain, its value as it is written."""

    place: str
    label: str
    bands: tuple[Band, ...]
    value: str

    @property
    def number(self) -> Decimal | None:
        """The value, or None where none is plain."""
        said = self.value.strip("%").replace(",", "")
        return Decimal(said) if self.value else None

    @property
    def colours(self) -> tuple[str, ...]:
        """The bands that hold the value."""
        return tuple(
            b.colour for b in self.bands if self.number is not None and b.holds(self.number)
        )


_VALUE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


def banded_rows(table: ReadTable) -> tuple[BandedRow, ...]:
    """The rows of a table that give bands, and lines below them that give more of them."""
    found: list[BandedRow] = []
    for at, row in enumerate(table.rows, start=1):
        where = next((i for i, cell in enumerate(row) if bands_in(cell)), None)
        if where is None:
            continue
        bands = bands_in(row[where])
        label = next((cell for cell in row[:where] if len(cell) > 3), "")
        if not label and found:
            last = found[-1]
            found[-1] = BandedRow(last.place, last.label, (*last.bands, *bands), last.value)
            continue
        value = next((cell for cell in row[where + 1 :] if _VALUE.fullmatch(cell)), "")
        found.append(BandedRow(f"{table.place}, row {at}", label, bands, value))
    return tuple(found)


def bands_of_tables(paper: Paper) -> Iterator[Finding]:
    """Overlaps and gaps in the bands of a table's rows, and values that fall in none or in two."""
    for table in paper.tables:
        open_rows, rows = [], banded_rows(table)
        places = max((len(row.value.strip("%").partition(".")[2]) for row in rows), default=0)
        for row in rows:
            for said in overlaps(row.bands):
                yield Finding(row.place, "bands", f"{said}: {quoted(row.label)}", _FIX)
            holes = list(gaps(row.bands))
            yield from _value_in_a_gap(row, holes)
            finer = Decimal(1).scaleb(-places) < min(band.step for band in row.bands)
            if any(wide or finer for _, _, wide in holes):
                between = ", ".join(f"{figure(low)} to {figure(high)}" for low, high, _ in holes)
                open_rows.append(f"{quoted(row.label, 40)} {between}")
        if open_rows:
            what = f"the bands leave gaps for values that are not whole: {'; '.join(open_rows)}"
            yield Finding(table.place, "bands", what, _FIX, "warning")


def _value_in_a_gap(
    row: BandedRow, holes: list[tuple[Decimal, Decimal, bool]]
) -> Iterator[Finding]:
    value = row.number
    if value is None or len(row.bands) < 2:
        return
    if not row.colours and any(low <= value <= high for low, high, _ in holes):
        yield Finding(
            row.place, "bands", f"no band holds the value {row.value}: {quoted(row.label)}", _FIX
        )
    elif len(set(row.colours)) > 1:
        yield Finding(
            row.place,
            "bands",
            f"{' and '.join(row.colours)} both hold the value {row.value}: {quoted(row.label)}",
            _FIX,
        )


def bands_of_text(paper: Paper) -> Iterator[Finding]:
    """The same for bands that a sentence gives."""
    for statement in paper.statements:
        bands = bands_in(statement.text)
        if len(bands) < 2 or len({b.colour for b in bands}) != len(bands):
            continue
        for said in overlaps(bands):
            yield Finding(statement.at, "bands", f"{said}: {quoted(statement.text)}", _FIX)
        for low, high, wide in gaps(bands):
            if wide:
                what = (
                    f"no band holds what lies between {figure(low)} and {figure(high)}:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "bands", what, _FIX)


_STATUS = re.compile(r"(?:green|amber|red)", re.IGNORECASE)


def status_words(paper: Paper) -> Iterator[Finding]:
    """A row's word for its status against the band that its value falls in."""
    for table in paper.tables:
        rows = {row.place: row for row in banded_rows(table)}
        for at, cells in enumerate(table.rows, start=1):
            row = rows.get(f"{table.place}, row {at}")
            said = [cell.casefold() for cell in cells if _STATUS.fullmatch(cell.strip())]
            if row is None or len(said) != 1 or len(row.colours) != 1 or said[0] == row.colours[0]:
                continue
            what = (
                f"{row.value} is in the band {row.colours[0]}, and the row says {said[0]}:"
                f" {quoted(row.label)}"
            )
            yield Finding(row.place, "bands", what, "Correct the status or the band.")


CHECKS = (bands_of_tables, bands_of_text, status_words)
