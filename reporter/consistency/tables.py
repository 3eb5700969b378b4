"""The figures of a table against one another: shares, changes, totals, targets and series."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import permutations

from reporter.consistency.grid import Figure, Grid, Row
from reporter.consistency.paper import Finding, Paper, figure, quoted
from reporter.reading import ReadTable

_FIX = "Correct the figure that is wrong, or say under the table why they differ."
_FIT = Decimal("0.8")
"""So many of a table's rows must keep a relation before one that does not is a fault."""
_KEPT = 256
"""Tables that several checks ask for are laid out once, and no more of them are kept than this."""
_WIDEST, _LONGEST = 16, 300
"""Relations of columns are looked for among so many columns and rows."""


@lru_cache(maxsize=_KEPT)
def _grid_of(table: ReadTable) -> Grid:
    return Grid(table)


def grids(paper: Paper) -> tuple[Grid, ...]:
    """The paper's tables with figures."""
    found = (_grid_of(table) for table in paper.tables)
    return tuple(grid for grid in found if grid.rows and len(grid.headings) <= 4 * _WIDEST)


def shares_of_rows(paper: Paper) -> Iterator[Finding]:
    """A numerator, a denominator and the percentage or average made from them."""
    for grid in grids(paper):
        tops, bottoms = grid.columns(r"num|numerator"), grid.columns(r"denom|denominator")
        if len(tops) == len(bottoms) == 1:
            yield from _named_shares(grid, tops[0], bottoms[0])
        else:
            yield from _learned(grid, _share, "share")


def _named_shares(grid: Grid, top: int, bottom: int) -> Iterator[Finding]:
    for row in grid.rows:
        part, whole = row.at(top), row.at(bottom)
        shown = next((f for f in row.figures[max(top, bottom) + 1 :] if f), None)
        if not part or not whole or not shown or not whole.value:
            continue
        as_percent = shown.percent or "%" in row.label or "percent" in row.label.casefold()
        exact = part.value / whole.value * (100 if as_percent else 1)
        if abs(exact - shown.value) > shown.step / 2:
            unit = "%" if as_percent else ""
            places = exact.quantize(shown.step / 10, ROUND_HALF_UP)
            what = (
                f"{part.text} of {whole.text} is {figure(places)}{unit}, not {shown.text}:"
                f" {quoted(row.label)}"
            )
            yield Finding(grid.at(row), "share", what, _FIX)


Relation = Callable[[Figure, Figure], tuple[Decimal, Decimal] | None]


def _share(part: Figure, whole: Figure) -> tuple[Decimal, Decimal] | None:
    """The share of a part in percent and the slack of its rounding; None where it is none."""
    counts = part.step == whole.step == 1 and not part.percent and not whole.percent
    if not counts or not 0 < part.value <= whole.value:
        return None
    return 100 * part.value / whole.value, Decimal(0)


def _difference(one: Figure, other: Figure) -> tuple[Decimal, Decimal] | None:
    return other.value - one.value, (one.step + other.step) / 2 if max(
        one.step, other.step
    ) != 1 or one.percent else Decimal(0)


def _growth(one: Figure, other: Figure) -> tuple[Decimal, Decimal] | None:
    if one.percent or other.percent or one.value <= 0:
        return None
    return 100 * (other.value - one.value) / one.value, Decimal("0.05")


def shares_of_the_total(paper: Paper) -> Iterator[Finding]:
    """A column of percentages of a column's total, which all rows but one keep to."""
    for grid in grids(paper):
        width = min(len(grid.headings), _WIDEST)
        for counts, shares in permutations(range(width), 2):
            yield from _of_total(grid, counts, shares)


def _of_total(grid: Grid, counts: int, shares: int) -> Iterator[Finding]:
    rows = [r for r in grid.rows if not r.is_total and r.at(counts) and r.at(shares)]
    pairs = [(r, c, s) for r in rows if (c := r.at(counts)) and (s := r.at(shares))]
    if len(pairs) < 4 or any(c.percent or c.step != 1 or not s.percent for _, c, s in pairs):
        return
    total = sum((c.value for _, c, _ in pairs), Decimal(0))
    if not total or any(c.value < 0 for _, c, _ in pairs):
        return
    wrong = [p for p in pairs if abs(100 * p[1].value / total - p[2].value) > p[2].step / 2]
    if len(wrong) == 1 and len({c.value for _, c, _ in pairs}) > 2:
        row, count, shown = wrong[0]
        exact = (100 * count.value / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
        what = f"{count.text} of {figure(total)} is {figure(exact)}%, not {shown.text}"
        yield Finding(grid.at(row), "share", f"{what}: {quoted(row.label)}", _FIX)


def changes_of_rows(paper: Paper) -> Iterator[Finding]:
    """A column of changes against the two columns that it is made from."""
    for grid in grids(paper):
        told = set()
        for relation in (_difference, _growth):
            for finding in _learned(
                grid,
                relation,
                "change",
                r"change|difference|variance|movement|increase|decrease|\+/-",
            ):
                if finding.at not in told:
                    told.add(finding.at)
                    yield finding


def _learned(grid: Grid, relation: Relation, code: str, heading: str = "") -> Iterator[Finding]:
    """Rows that break a relation of three columns which nearly all the others keep."""
    width = min(len(grid.headings), _WIDEST)
    results = grid.columns(heading) if heading else range(width)
    for result in results:
        best: tuple[int, list[tuple[Row, Figure, Figure, Figure, Decimal]]] = (0, [])
        for one, other in permutations((c for c in range(width) if c != result), 2):
            kept, broken = _kept(grid, relation, one, other, result)
            if kept > best[0] and kept >= 3 and len(broken) <= max(1, kept // 4):
                best = (kept, broken)
        for row, a, b, shown, exact in best[1]:
            places = exact.quantize(
                shown.step / 10 if shown.step < 1 else Decimal("0.1"), ROUND_HALF_UP
            )
            what = (
                f"{a.text} and {b.text} give {figure(places)}, not {shown.text}:"
                f" {quoted(row.label)}"
            )
            yield Finding(grid.at(row), code, what, _FIX)


def _kept(
    grid: Grid, relation: Relation, one: int, other: int, result: int
) -> tuple[int, list[tuple[Row, Figure, Figure, Figure, Decimal]]]:
    """How many rows keep a relation with something to say, and those that break it."""
    kept, broken = 0, []
    for row in grid.rows[:_LONGEST]:
        a, b, shown = row.at(one), row.at(other), row.at(result)
        if not a or not b or not shown:
            continue
        if relation is _share and not (shown.percent or "%" in grid.headings[result]):
            continue
        if relation is _growth and not (shown.percent or "%" in grid.headings[result]):
            continue
        made = relation(a, b)
        if made is None:
            continue
        exact, slack = made
        if abs(exact - shown.value) <= shown.step / 2 + slack:
            kept += bool(shown.value) and a.value != b.value
        else:
            broken.append((row, a, b, shown, exact))
    return kept, broken


def totals(paper: Paper) -> Iterator[Finding]:
    """A row of totals against the rows above it, and a column of totals against its row."""
    for grid in grids(paper):
        start = 0
        for at, row in enumerate(grid.rows):
            if row.is_total:
                yield from _total_row(grid, row, grid.rows[start:at])
                start = at + 1
        yield from _total_column(grid)


def _total_row(grid: Grid, total: Row, above: tuple[Row, ...]) -> Iterator[Finding]:
    sums, wrong = 0, []
    for column, shown in enumerate(total.figures):
        parts = [row.at(column) for row in above]
        numbers = [p for p in parts if p is not None]
        blank = [
            row
            for row in above
            if column < len(row.cells) and row.cells[column] and row.at(column) is None
        ]
        name = grid.headings[column] if column < len(grid.headings) else ""
        rate = re.search(r"%|per |rate|average|mean|median|ratio|score", name, re.IGNORECASE)
        if shown is None or len(numbers) < 2 or blank or (rate and not shown.percent):
            continue
        if any(p.percent for p in numbers) and shown.value != 100:
            continue
        added = sum((p.value for p in numbers), Decimal(0))
        units = f"{' '.join(grid.headings)} {grid.table.caption}"
        rounded = re.search(r"£|\b000|thousand|million|rounded", units)
        exact = not rounded and all(p.step == shown.step == 1 and not p.percent for p in numbers)
        slack = Decimal(0) if exact else sum((p.step for p in numbers), shown.step) / 2
        if abs(added - shown.value) <= slack:
            sums += 1
        elif abs(added - shown.value) <= max(Decimal(2), abs(shown.value) / 5):
            wrong.append((name, added, shown))
    if wrong and (sums or len(wrong) == 1):
        for name, added, shown in wrong:
            what = f"the rows above make {figure(added)}, and the total is {shown.text}" + (
                f": {quoted(name, 50)}" if name else ""
            )
            yield Finding(grid.at(total), "sum", what, _FIX)


def _total_column(grid: Grid) -> Iterator[Finding]:
    for column in grid.columns("total"):
        if column < 3:
            continue
        fits, wrong = 0, []
        for row in grid.rows:
            shown, parts = row.at(column), [f for f in row.figures[:column] if f]
            if shown is None or len(parts) < 2 or any(p.percent != shown.percent for p in parts):
                continue
            added = sum((p.value for p in parts), Decimal(0))
            slack = Decimal(0) if shown.step == 1 else sum((p.step for p in parts), shown.step) / 2
            if abs(added - shown.value) <= slack:
                fits += 1
            else:
                wrong.append((row, added, shown))
        if (fits >= 2 and fits >= _FIT * (fits + len(wrong))) or (fits >= 2 and len(wrong) == 1):
            for row, added, shown in wrong:
                what = (
                    f"the row makes {figure(added)}, and its total is {shown.text}:"
                    f" {quoted(row.label)}"
                )
                yield Finding(grid.at(row), "sum", what, _FIX)


CHECKS = (shares_of_rows, shares_of_the_total, changes_of_rows, totals)
