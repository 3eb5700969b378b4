"""Amber by a tolerance beside the target: so many points off it, or so many per cent of it.

Both edges of the tolerance are amber; which side of the target is better must be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporter.sources.officers.grid import Cell, Grid, cell_name
from reporter.sources.officers.mapping import Heading, alike
from reporter.sources.officers.values import Words, read_cell

POINTS, PER_CENT = "tolerance_points", "tolerance_percent"
TOLERANCES = (POINTS, PER_CENT)
_PLAIN = re.compile(r"(?:amber |rag |target )?tolerances?(?: \(?%\)?)?")
_IN_POINTS = re.compile(
    r"\b(?:amber|tolerances?)\b.{0,60}?(?:\bpercentage points?|% points?|\bpp\b)"
)
_OF_TARGET = re.compile(
    r"\b(?:amber|tolerances?)\b.{0,60}?(?:%|\bper ?cent) of (?:the |its )?target\b"
)
_SIGN = re.compile(r"^(?:\+ ?/ ?[-–]|±)\s*")
ASKED = (
    "nothing says in what; write tolerance_points if it is points off the target, "
    "tolerance_percent if it is per cent of it"
)


def of_heading(heading: str, grid: Grid) -> tuple[Heading, str] | None:
    """What a heading that says only Tolerance means by a note on its sheet, with the reason.

    None for other headings.
    """
    if not _PLAIN.fullmatch(alike(heading)):
        return None
    for pattern, holds in ((_IN_POINTS, POINTS), (_OF_TARGET, PER_CENT)):
        for at, cell in grid.cells.items():
            if pattern.search(alike(cell.text)):
                # One of two words of the mapping, as mypy cannot see.
                meant = Heading(holds=holds)  # type: ignore[arg-type]
                return meant, f"cell {cell_name(grid.name, *at)} says so"
    return Heading(holds="ignore"), ASKED


def width(cell: Cell, how: str, times: Decimal) -> Decimal | None:
    """The tolerance in `cell`; None where it is no number, or may be a hundredth of one.

    `times` is what plain numbers of the measure are multiplied with.
    """
    bare = cell if cell.number is not None else Cell(_SIGN.sub("", cell.text))
    read = read_cell(bare, Words({}, {}), times if how == POINTS else Decimal(1))
    number = None if isinstance(read, str) else read.number
    if number is None or (
        how == PER_CENT and number < 1 and "%" not in cell.text and not cell.percent
    ):
        return None
    return abs(number)


def edges(
    target: Decimal, tolerance: Decimal, how: str, better: str, figures: Iterable[Decimal]
) -> Mapping[str, Decimal]:
    """Where the colours of a measure begin and end, by the columns of a table of targets.

    `better` is high_good or low_good; bands meet one step of the finest of `figures` apart.
    """
    wide = target * tolerance / 100 if how == PER_CENT else tolerance
    far = target - wide if better == "high_good" else target + wide
    step = Decimal(1).scaleb(-max(_places(number) for number in (target, far, *figures)))
    if better == "high_good":
        return {"green_from": target, "amber_from": far, "amber_to": target - step,
                "red_to": far - step}  # fmt: skip
    return {"green_to": target, "amber_from": target + step, "amber_to": far,
            "red_from": far + step}  # fmt: skip


def _places(number: Decimal) -> int:
    """The decimals of a number as it is likely shown: two at most."""
    exponent = number.normalize().as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0
