"""The rows of a table of measures: current against series, targets, cohorts, and odd jumps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reporter.consistency.grid import Figure, Grid, Row
from reporter.consistency.paper import Finding, Paper, figure, quoted
from reporter.consistency.tables import grids

_FIX = "Correct the figure that is wrong, or say under the table why they differ."
_ENOUGH = 5
"""So many rows of a kind must agree before one that does not is told."""


def current_and_last(paper: Paper) -> Iterator[Finding]:
    """The current figure against the last of its series, where all others of its kind agree."""
    for grid in grids(paper):
        currents = [
            c
            for c in grid.columns(r"current|latest|this (?:month|quarter)|actual")
            if c not in grid.months
        ]
        if len(grid.months) < 4 or not currents:
            continue
        current, last = currents[-1], grid.months[-1]
        for rows in _by_kind(grid, current):
            agree = [r for r in rows if _same(r.at(current), r.at(last))]
            odd = [r for r in rows if r not in agree]
            if len(agree) >= _ENOUGH and len(odd) * 6 <= len(rows):
                for row in odd:
                    now, end = row.cells[current], row.cells[last]
                    what = (
                        f"current {now} is not the last of the series, {end}: {quoted(row.label)}"
                    )
                    yield Finding(grid.at(row), "two-values", what, _FIX)


def _by_kind(grid: Grid, current: int) -> list[list[Row]]:
    """The rows with both figures, by the word that says of what kind they are, if one does."""
    rows = [r for r in grid.rows if r.at(current) and r.at(grid.months[-1])]
    for column in range(len(grid.headings)):
        words = {r.cells[column] for r in rows if column < len(r.cells)}
        if 1 < len(words) <= 4 and all(w.isalpha() or " " in w for w in words if w):
            kinds: dict[str, list[Row]] = defaultdict(list)
            for row in rows:
                kinds[row.cells[column] if column < len(row.cells) else ""].append(row)
            return list(kinds.values())
    return [rows]


def _same(one: Figure | None, other: Figure | None) -> bool:
    if one is None or other is None:
        return True
    return abs(one.value - other.value) <= max(one.step, other.step) / 2


def targets_without_room(paper: Paper) -> Iterator[Finding]:
    """A minimum and an upper target that are one and the same."""
    for grid in grids(paper):
        lows, highs = grid.columns(r"min|minimum|lower"), grid.columns(r"upper|max|maximum|stretch")
        if len(lows) != 1 or len(highs) != 1:
            continue
        rows = [
            (r, r.at(lows[0]), r.at(highs[0]))
            for r in grid.rows
            if r.at(lows[0]) and r.at(highs[0])
        ]
        alike = [(r, low) for r, low, high in rows if low and high and low.value == high.value]
        if len(rows) >= 3 and len(alike) * 3 <= len(rows):
            for row, low in alike:
                what = (
                    f"the lower and the upper target are both {low.text}, with no band"
                    f" between: {quoted(row.label)}"
                )
                yield Finding(grid.at(row), "bands", what, "Check the two targets.", "warning")


def lone_jumps(paper: Paper) -> Iterator[Finding]:
    """One percentage of a series far from all others of it, which lie close together."""
    for grid in grids(paper):
        if len(grid.months) < 5:
            continue
        for row in grid.rows:
            series = [f for f in (row.at(c) for c in grid.months) if f and f.percent]
            if len(series) < 5:
                continue
            for number in series:
                rest = [f.value for f in series if f is not number]
                away = min(abs(number.value - v) for v in rest)
                if away >= 25 and max(rest) - min(rest) <= 10:
                    what = (
                        f"{number.text} stands far from the rest, {figure(min(rest))} to"
                        f" {figure(max(rest))}: {quoted(row.label)}"
                    )
                    yield Finding(
                        grid.at(row),
                        "values",
                        what,
                        "Check the figure, or say what happened.",
                        "warning",
                    )


_LIMIT = re.compile(
    r"(?P<who>[A-Za-z][A-Za-z ]{0,25}?)\s*(?P<op><|>|\bunder\b|\bover\b|\bless than\b|\bmore"
    r" than\b)\s*(?P<n>\d+)\s*(?P<unit>[a-z]+)",
    re.IGNORECASE,
)


def limits_that_leave_out(paper: Paper) -> Iterator[Finding]:
    """ "under 12 months" and "over 12 months": neither holds exactly 12."""
    for grid in grids(paper):
        sides: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in grid.rows:
            for found in _LIMIT.finditer(row.label):
                low = found["op"].casefold() in ("<", "under", "less than")
                key = (found["who"].strip().casefold(), found["n"], found["unit"].casefold())
                sides[key].add("<" if low else ">")
                if len(sides[key]) == 2:
                    what = (
                        f"rows for under and for over {found['n']} {found['unit']} leave out"
                        f" exactly {found['n']}: {quoted(row.label)}"
                    )
                    yield Finding(
                        grid.at(row), "bands", what, "Let one of the two hold it.", "warning"
                    )
                    sides[key] = set()


_NUMBER_OF = re.compile(r"(?:number|no\.?) of (?P<who>[A-Z]{2,6})\b", re.IGNORECASE)


_SHARE_OF = re.compile(r"(?:%|percentage|proportion) (?:of )?(?P<who>[A-Z]{2,6})\b")


def cohorts(paper: Paper) -> Iterator[Finding]:
    """A group's number against the denominator of the percentage of all of them."""
    for grid in grids(paper):
        bottoms = grid.columns(r"denom|denominator")
        if len(bottoms) != 1:
            continue
        sizes: dict[str, Decimal] = {}
        for row in grid.rows:
            group = _NUMBER_OF.match(row.label)
            current = next((f for f in row.figures[bottoms[0] :] if f), None)
            if group and group["who"].isupper() and current and row.at(bottoms[0]) is None:
                sizes[group["who"]] = current.value
        for row in grid.rows:
            share = _SHARE_OF.match(row.label)
            size, whole = sizes.get(share["who"]) if share else None, row.at(bottoms[0])
            if share is None or whole is None or size is None or "(" in row.label:
                continue
            if whole.value != size and abs(whole.value - size) * 10 <= size:
                what = (
                    f"of {whole.text}, where the table counts {figure(size)} {share['who']}: "
                    f"{quoted(row.label)}"
                )
                yield Finding(grid.at(row), "two-values", what, _FIX, "warning")


CHECKS = (current_and_last, targets_without_room, lone_jumps, limits_that_leave_out, cohorts)
