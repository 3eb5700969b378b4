"""What facts of all kinds have: the figures, what they rest on, which way they went.

What a field means is the same in every kind (DESIGN 9): `value` is the figure at the report's
period, `base_value` the earlier one (a change's base, a peak, the first of a streak),
`comparator_value` what it is held against (a comparator's figure, a target or threshold, a budget),
`result` the computed number. Direction (up, down, same: judged on the figures as shown) and
judgement (direction by polarity) are separate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

Direction = Literal["up", "down", "same", "none"]
Judgement = Literal["better", "worse", "same", "not_judged"]


class Source(NamedTuple):
    """An observation or target behind a fact: the input file and its row (the header is row 1), or
    a run of rows that follow one on another, each of which stands behind it.

    `cell` is its very cell, such as Scorecard!H7, where a row of a workbook holds many figures.
    """

    file: str
    row: int
    cell: str = ""
    statement: str = ""
    """Of the evidence of the previous paper: the id of the statement, which is its `row`th."""
    to: int = 0
    """The last row of a run; 0 where it is one row."""

    @property
    def rows(self) -> range:
        """Its row, or every row of its run."""
        return range(self.row, max(self.row, self.to) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One comparison, or one figure. `result_unit`: count, points, percent, ratio, days ..."""

    kind: ClassVar[str] = ""
    indicator: str
    area: str
    breakdown: str = ""
    category: str = ""
    period: str
    period_type: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    unit: str
    status: str = ""
    """Marks of every figure that the fact rests on, in order: "approximate provisional"."""
    base_period: str = ""
    base_period_type: str = ""
    """What kind of period the base is: the year to March 2018 may stand beside six months."""
    base_value: float | None = None
    comparator: str = ""
    """The name of an area or peer group, or target, minimum, upper, budget."""
    comparator_period: str = ""
    comparator_period_type: str = ""
    comparator_value: float | None = None
    result: float | None = None
    result_unit: str = ""
    direction: Direction = "none"
    judgement: Judgement = "not_judged"
    sources: Sequence[Source] = ()
    """What it rests on, in order; of a computed fact looked up when it is asked for."""
