"""All checks of a paper against itself, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reporter.consistency import (
    bands,
    budgets,
    changes,
    comparisons,
    dates,
    directions,
    growth,
    headings,
    lists,
    measures,
    numbering,
    points,
    series,
    shares,
    tables,
    text_tables,
    totals,
    values,
    wholes,
)
from reporter.consistency.paper import Finding, Paper
from reporter.problems import Place, Problem
from reporter.reading import Reading

Check = Callable[[Paper], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    *shares.CHECKS, *wholes.CHECKS, *totals.CHECKS, *lists.CHECKS, *changes.CHECKS,
    *growth.CHECKS, *budgets.CHECKS, *points.CHECKS, *directions.CHECKS, *comparisons.CHECKS,
    *series.CHECKS, *dates.CHECKS, *numbering.CHECKS, *bands.CHECKS, *tables.CHECKS,
    *measures.CHECKS, *text_tables.CHECKS, *values.CHECKS, *headings.CHECKS,
)  # fmt: skip


def inconsistencies(reading: Reading) -> tuple[Problem, ...]:
    """Everything in the paper that contradicts something else in it, check by check."""
    paper = Paper(reading)
    found = (
        Problem(Place.of(reading.name, at=f.at), f.code, f.what, f.fix, f.level)
        for check in CHECKS
        for f in check(paper)
    )
    return tuple(dict.fromkeys(found))
