"""Where a table names its measures: down, across, in titles, or once above them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reporter.sources.officers.grid import Cell, Grid
from reporter.sources.officers.guessing import PIVOTED
from reporter.sources.officers.headings import JOIN, LABELS
from reporter.sources.officers.labels import Labels
from reporter.sources.officers.layout import BAND, Block
from reporter.sources.officers.mapping import Sheet, alike
from reporter.sources.officers.nesting import is_of_which, parents
from reporter.sources.officers.polarity import answered
from reporter.sources.officers.sniffing import UNIT, Sniffed
from reporter.sources.officers.values import is_numeric
from reporter.sources.officers.vocabulary import SUMS, TOTALS, is_remark, of_row, role_of, symbol_of

_SCALE = re.compile(
    r"\(?(?:all figures |figures )?(?:in )?£\s?['’]?(?:0{3}s?|k|m|millions?)\)?", re.I
)
_NO_FIGURES = (*LABELS, "unit", "polarity", "title", "ignore")


def named(
    labels: Labels, sheet: Sheet, grid: Grid, block: Block, columns: Sequence[Sniffed]
) -> Sheet:
    """`sheet` with where its measures are named; they are added to `labels`."""
    before = set(labels.seen)
    sheet = _named(labels, sheet, grid, block, columns)
    scale = _scale(grid, block)
    for key in set(labels.seen) - before:
        seen = labels.seen[key]
        seen.scale = scale
        if TOTALS.fullmatch(alike(seen.label)) and not seen.whole:
            seen.about = _title(grid, block)  # a total is one of something
    return sheet


def _named(
    labels: Labels, sheet: Sheet, grid: Grid, block: Block, columns: Sequence[Sniffed]
) -> Sheet:
    by_kind: dict[str, Sniffed] = {}
    for column in columns:
        by_kind.setdefault(column.holds, column)
    across = [column for column in columns if column.heading and column.heading.measure]
    rest = [c for c in columns if c not in across]
    values = [c for c in rest if c.holds in ("value", "") and (c.numbers or c.periods)]
    dated = by_kind.get("period")
    figures = [c for c in columns if c.numbers and c.holds not in _NO_FIGURES]
    rows = [
        (row, title)
        for row, title in _rows(grid, block, figures)
        if not (dated and SUMS.fullmatch(alike(grid.shown(row, dated.number).text)))
    ]
    bands = sum(bool(BAND.fullmatch(c.heading.measure)) for c in across if c.heading)
    if across:
        for column in across:
            assert column.heading is not None
            if own := by_kind.get("measure"):
                if column.holds not in ("", "value"):
                    continue
                _beside(labels, sheet, grid, rows, own, column)
                continue
            seen = labels.add(sheet.sheet, "", column.heading.measure)
            if UNIT.fullmatch(column.heading.measure):
                seen.about, seen.unit = _title(grid, block), column.heading.measure
            elif bands > 1:
                seen.about = _title(grid, block)
            seen.unit = seen.unit or (_money(grid, rows, by_kind.get("unit")))
            if column.names[-1] != column.heading.measure and not column.heading.holds:
                seen.unit = seen.unit or ("" if column.periods else column.names[-1])
            if column.holds in ("", "value"):
                seen.cells += _cells(grid, (row for row, _ in rows), [column])
        if not (by_kind.get("measure") and values):
            return sheet
    if own := by_kind.get("measure"):
        if _members(grid, own, rows):
            return _under_titles(labels, sheet, grid, rows, values)
        _down(labels, sheet, grid, rows, own, values, by_kind)
        return sheet
    if len({title for _, title in rows if title}) > 1:
        return _under_titles(labels, sheet, grid, rows, values)
    label = _pivoted(columns) or _title(grid, block) or sheet.sheet
    if not label:
        return sheet
    labels.add(sheet.sheet, "", label).cells += _cells(grid, (row for row, _ in rows), values)
    return replace(sheet, measure=label)


def _rows(grid: Grid, block: Block, figures: Sequence[Sniffed]) -> Iterable[tuple[int, str]]:
    """Each row with figures, and the title that stands over it."""
    title = ""
    for row in range(block.last + 1, block.until or grid.rows + 1):
        cells = grid.by_row.get(row, ())
        if any(_states(grid.cell(row, c.number)) for c in figures):
            yield row, title
        elif len(cells) == 1 and not is_of_which(cells[0].text) and not is_remark(cells[0].text):
            title = cells[0].text


def _states(cell: Cell) -> bool:
    return is_numeric(cell) or (not cell.day and symbol_of(cell.text) is not None)


def _money(grid: Grid, rows: Sequence[tuple[int, str]], units: Sniffed | None) -> str:
    """£, where the units of all rows are of money."""
    texts = [grid.shown(row, units.number).text for row, _ in rows] if units else []
    return "£" if texts and all("£" in text for text in texts) else ""


def _beside(
    labels: Labels, sheet: Sheet, grid: Grid, rows: Sequence[tuple[int, str]], own: Sniffed,
    column: Sniffed,
) -> None:  # fmt: skip
    """The measures of a column that says what it gives of each label: its number, its rate."""
    assert column.heading is not None
    for row, _ in rows:
        if label := grid.shown(row, own.number).text:
            seen = labels.add(sheet.sheet, "", f"{label}{JOIN}{column.heading.measure}")
            seen.unit = column.heading.measure
            seen.cells += _cells(grid, [row], [column])


def _cells(grid: Grid, rows: Iterable[int], columns: Sequence[Sniffed]) -> list[Cell]:
    return [
        grid.cells[row, c.number] for row in rows for c in columns if (row, c.number) in grid.cells
    ]


def _down(
    labels: Labels, sheet: Sheet, grid: Grid, rows: Sequence[tuple[int, str]], own: Sniffed,
    values: Sequence[Sniffed], by_kind: Mapping[str, Sniffed],
) -> None:  # fmt: skip
    """The measures that a column of labels names."""
    beside = any(kind in by_kind for kind in ("amount", "area", "category", "period"))
    above, under = "", ""
    inner = parents(grid, [row for row, _ in rows], own.number)
    shares = bool(values) and all(any("%" in name for name in c.names) for c in values)
    several = set() if beside else _with_units(grid, rows, own, by_kind.get("unit"))
    for row, title in rows:
        text = grid.shown(row, own.number).text
        above = above if title == under else ""
        under = title
        if above and of_row(text):
            continue
        unit = grid.shown(row, by_kind["unit"].number).text if "unit" in by_kind else ""
        label = text or (above if beside or (unit and several) else "")
        above = label
        if not label:
            continue
        told = f"{label}{JOIN}{unit}" if alike(label) in several and unit else label
        whole = grid.cell(inner[row], own.number).text if row in inner and text else ""
        told = f"{whole}{JOIN}{told}" if whole else told
        seen = labels.add(sheet.sheet, "" if beside else title, told)
        seen.section, seen.whole = seen.section or title, whole
        if "amount" not in by_kind or _is_value(grid, row, by_kind["amount"]):
            seen.cells += _cells(grid, [row], values)
        for kind in ("unit", "polarity"):
            if kind in by_kind and (text := grid.shown(row, by_kind[kind].number).text):
                setattr(seen, kind, answered(by_kind[kind].names, text))
        seen.unit = seen.unit or ("%" if shares else "")


def _with_units(
    grid: Grid, rows: Sequence[tuple[int, str]], own: Sniffed, units: Sniffed | None
) -> set[str]:
    """The labels that stand in several rows, each with a unit of its own: a number and a rate."""
    if units is None:
        return set()
    found: dict[str, list[str]] = {}
    above = ""
    for row, _ in rows:
        above = alike(grid.shown(row, own.number).text) or above
        found.setdefault(above, []).append(alike(grid.shown(row, units.number).text))
    return {label for label, told in found.items() if 1 < len(told) == len(set(told))}


def _is_value(grid: Grid, row: int, column: Sniffed) -> bool:
    role = role_of(grid.shown(row, column.number).text)
    return role is not None and role.holds == "value"


def _members(grid: Grid, own: Sniffed, rows: Sequence[tuple[int, str]]) -> bool:
    """Whether the labels are the same members under each of several titles."""
    by_title: dict[str, set[str]] = {}
    for row, title in rows:
        by_title.setdefault(title, set()).add(alike(grid.shown(row, own.number).text))
    groups = [group for title, group in by_title.items() if title]
    if len(groups) < 2:
        return False
    shared = set.intersection(*groups)
    return len(shared) >= 2 and len(shared) >= max(len(group) for group in groups) * 0.6


def _under_titles(
    labels: Labels, sheet: Sheet, grid: Grid, rows: Sequence[tuple[int, str]],
    values: Sequence[Sniffed],
) -> Sheet:  # fmt: skip
    for row, title in rows:
        if title:
            labels.add(sheet.sheet, "", title).cells += _cells(grid, [row], values)
    return replace(sheet, titles_are="measure")


def _pivoted(columns: Sequence[Sniffed]) -> str:
    """What the corner of a copied pivot table says that it sums: Sum of Visits."""
    names = (name for column in columns[:1] for name in column.names)
    return next((name for name in names if PIVOTED.match(name)), "")


def _title(grid: Grid, block: Block) -> str:
    """The title over a table: the last row with one text above its headings."""
    for row in range(block.first - 1, 0, -1):
        texts = [cell.text for cell in grid.by_row.get(row, ())]
        if len(texts) == 1 and not is_numeric(Cell(texts[0])):
            return texts[0]
        if texts:
            return ""
    return ""


def _scale(grid: Grid, block: Block) -> str:
    """What stands over a table of the scale of its figures: (£000)."""
    texts = (cell.text for row in range(1, block.last + 1) for cell in grid.by_row.get(row, ()))
    return next((text for text in texts if _SCALE.fullmatch(text)), "")
