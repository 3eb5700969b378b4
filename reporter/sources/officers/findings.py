"""The figures that are found in a workbook, and what is noted of the cells that state none."""

from __future__ import annotations

from dataclasses import dataclass, field

from reporter.problems import Place, Problem
from reporter.sources.officers.grid import At, cell_name
from reporter.sources.officers.values import Figure


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of a workbook: what it is of, and the cell that states it.

    `period` is empty only for a target that holds always.
    """

    amount: str
    figure: Figure
    area: str
    indicator: str
    breakdown: str
    category: str
    period: str
    period_type: str
    sheet: str
    at: At
    relative: bool = False
    """Whether its period is told by another one: last month."""

    @property
    def cell(self) -> str:
        """How the cell is called: Scorecard!H7."""
        return cell_name(self.sheet, *self.at)


@dataclass(slots=True)
class Notes:
    """What was done with the cells of a workbook: why some are no figures, and what is wrong."""

    file: str
    aside: dict[tuple[str, At], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, sheet: str, at: At, code: str, what: str, fix: str) -> None:
        """A cell, or what stands under or beside it, that the mapping does not explain."""
        place = Place.of(self.file, at=f"cell {cell_name(sheet, *at)}")
        self.problems.append(Problem(place, code, what, fix))

    def doubt(self, sheet: str, at: At, heading: str) -> None:
        """A cell that says otherwise of its row's figures than they do; none of them is told."""
        place = Place.of(self.file, at=f"cell {cell_name(sheet, *at)}")
        what = f"what stands here under {heading!r} is not what the figures of its row give"
        fix = "Look which of them is wrong, and mend it; this cell itself is not read."
        self.problems.append(Problem(place, "change-differs", what, fix, "warning"))

    def set_aside(self, sheet: str, at: At, why: str) -> None:
        """A cell that is no figure of the report."""
        self.aside.setdefault((sheet, at), why)
