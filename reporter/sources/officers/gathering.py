"""A mapping and its workbook in, tables of observations and targets out, each with its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from reporter.problems import Place, Problem, closest, shorten
from reporter.rounding import round_half_up
from reporter.sources.columns import Column, Rows
from reporter.sources.officers.bands import COLOURS
from reporter.sources.officers.checking import check_mapping
from reporter.sources.officers.findings import Found, Notes
from reporter.sources.officers.grid import At, Grid, cell_name
from reporter.sources.officers.headings import (
    AMOUNTS,
    LABELS,
    TARGETS,
    Book,
    heading_rows,
    matching,
)
from reporter.sources.officers.headings import Column as Headed
from reporter.sources.officers.mapping import Sheet, WorkbookMap, alike
from reporter.sources.officers.placing import columns_under
from reporter.sources.officers.reading import SheetReader
from reporter.sources.officers.values import is_numeric
from reporter.sources.tables import Table
from reporter.yamlfile import Places

_SERIES = ("area", "indicator", "breakdown", "category", "period", "period_type")
_Key = tuple[str, ...]
EDGES = tuple(f"{colour}_{end}" for colour in COLOURS for end in ("from", "to"))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A cell with a number that is no figure of the report, and why."""

    sheet: str
    at: At
    text: str
    why: str

    @property
    def cell(self) -> str:
        """How the cell is called: Scorecard!H7."""
        return cell_name(self.sheet, *self.at)


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """What a mapping makes of its workbook.

    `observations` and `targets` have the columns of the tidy form; None where there are none. Every
    cell with a number is behind a row of them or in `aside`.
    """

    observations: Table | None
    targets: Table | None
    found: tuple[Found, ...]
    aside: tuple[SetAside, ...]
    problems: tuple[Problem, ...]


def apply_mapping(spec: WorkbookMap, grids: Sequence[Grid], area: str, places: Places) -> Mapped:
    """What `spec` makes of `grids`; figures that nothing names an area for are those of `area`.

    `places` are those of the mapping, for faults of its own.
    """
    book, notes = Book.of(spec), Notes(spec.workbook)
    notes.problems += check_mapping(spec, grids, places)
    if any(problem.level == "error" for problem in notes.problems):
        return Mapped(None, None, (), (), tuple(notes.problems))
    found: list[Found] = []
    read: set[str] = set()
    for number, sheet in enumerate(spec.sheets):
        named = matching(grids, sheet.sheet) if sheet.sheet else list(grids[:1])
        if not named:
            notes.problems.append(_no_sheet(sheet, number, grids, places))
        for grid in named:
            read.add(grid.name)
            found += _read_sheet(book, sheet, number, grid, area, notes, places)
    notes.problems += _sheets_passed_over(grids, read, spec)
    kept = _gathered(found, notes)
    notes.problems += _mixed_scales(found, grids, notes)
    used = {(one.sheet, one.at) for one in found}
    observations = _observations(kept, spec, notes)
    aside = _aside(grids, used, read, notes, spec)
    return Mapped(
        observations, _targets(kept, spec, area), tuple(found), aside, _shortened(notes.problems)
    )


def _shortened(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """`problems` with the first ones of each kind, and how many more there are."""
    kinds = dict.fromkeys(problem.code for problem in problems)
    groups = ([one for one in problems if one.code == kind] for kind in kinds)
    return tuple(one for group in groups for one in shorten(group))


def _read_sheet(
    book: Book, sheet: Sheet, number: int, grid: Grid, area: str, notes: Notes, places: Places
) -> Iterable[Found]:
    path = ("sheets", number, "headings")
    try:
        rows = heading_rows(sheet)
    except ValueError:
        what = f"headings cannot be {sheet.headings!r}"
        fix = "Write the row of the headings, or the first and the last: 5, or 4-6."
        notes.problems.append(places.problem(path, "bad-rows", what, fix))
        return ()
    rows, columns = columns_under(book, grid, rows, _others(book, sheet, grid))
    if not any(column.holds in (*LABELS, *AMOUNTS) for column in columns):
        what = f"the sheet {grid.name!r} has no heading in rows {sheet.headings} that is known"
        fix = "Mend the rows, or add the headings under `headings`."
        notes.problems.append(places.problem(path, "no-headings", what, fix))
        return ()
    reader = SheetReader(book, sheet, grid, rows, columns, area, notes)
    _note_headings(reader, rows, columns, notes)
    return list(reader.found())


def _others(book: Book, sheet: Sheet, grid: Grid) -> set[int]:
    """The rows of headings that the mapping gives to other tables of the same sheet."""
    rows: set[int] = set()
    for other in book.spec.sheets:
        if other is not sheet and matching([grid], other.sheet):
            with suppress(ValueError):
                rows |= set(heading_rows(other))
    return rows


def _note_headings(
    reader: SheetReader, rows: Sequence[int], columns: Sequence[Headed], notes: Notes
) -> None:
    """Why cells in headings, labels and columns that are not read are no figures."""
    name, grid = reader.grid.name, reader.grid
    for at in grid.cells:
        if rows[0] <= at[0] <= rows[-1]:
            notes.set_aside(name, at, "a heading")
    read = (*reader.figures, *reader.bands, *reader.tolerances)
    figures = {column.number for column in read}
    for column in columns:
        lines = [row for row in reader.rows if (row, column.number) in grid.cells]
        numeric = [row for row in lines if is_numeric(grid.cell(row, column.number))]
        if column.number in figures and not column.unknown:
            continue
        if column.holds:
            why = "a label" if column.holds in LABELS else f"under {column.name!r}, not read"
        elif column.path:
            why = f"the heading {column.name!r} is not in the mapping"
        else:
            why = "the column has no heading"
        for row in lines:
            notes.set_aside(name, (row, column.number), why)
        if numeric and (not column.holds or column.unknown):
            words = (*(column.unknown or column.path), column.name)[0]
            fix = f'Add it under `headings`: "{words}": value; or ignore, if it is not for here.'
            notes.fault(name, (numeric[0], column.number), "unknown-heading", why, fix)


def _no_sheet(sheet: Sheet, number: int, grids: Sequence[Grid], places: Places) -> Problem:
    names = [grid.name for grid in grids]
    near = closest(sheet.sheet, names)
    fix = f"Did you mean {near!r}?" if near else f"Sheets: {', '.join(names[:10])}."
    what = f"the workbook has no sheet {sheet.sheet!r}"
    return places.problem(("sheets", number, "sheet"), "unknown-sheet", what, fix)


def _sheets_passed_over(
    grids: Sequence[Grid], read: set[str], spec: WorkbookMap
) -> Iterable[Problem]:
    """A warning for each sheet with numbers that the mapping does not speak of."""
    silent = {alike(name) for name in spec.not_read}
    for grid in grids:
        if grid.name in read or alike(grid.name) in silent:
            continue
        if any(is_numeric(cell) for cell in grid.cells.values()):
            yield Problem(
                Place.of(spec.workbook, at=f"sheet {grid.name}"),
                "sheet-not-read",
                "the sheet has numbers and is not in the mapping",
                "Add it under `sheets`, or its name under `not_read`.",
                "warning",
            )


def _gathered(found: Iterable[Found], notes: Notes) -> dict[tuple[str, ...], dict[str, Found]]:
    """Figures by what they are of, one of each amount; those told twice must agree."""
    kept: dict[tuple[str, ...], dict[str, Found]] = {}
    for one in found:
        key = tuple(getattr(one, name) for name in _SERIES)
        if one.amount in (*TARGETS, *EDGES):
            key = (*key, "target")
        same = kept.setdefault(key, {})
        first = same.get(one.amount)
        if first is None:
            same[one.amount] = one
            continue
        same[one.amount], second = _finer(first, one)
        if second is None and (first.relative or one.relative):
            same[one.amount] = first if one.relative else one
            second = one if one.relative else first
            why = f"says otherwise than {same[one.amount].cell}, which is of that period itself"
            notes.set_aside(second.sheet, second.at, why)
        elif second is None:
            _conflict(first, one, notes)
        else:
            notes.set_aside(second.sheet, second.at, f"says the same as {same[one.amount].cell}")
    return kept


def _finer(first: Found, second: Found) -> tuple[Found, Found | None]:
    """The one with more decimals and the other; None for that where they do not agree."""
    one, two = first.figure.number, second.figure.number
    if one is None or two is None:
        if one is None and two is None and first.figure.value == second.figure.value:
            return first, second
        return first, None
    if _decimals(one) < _decimals(two):
        one, two, first, second = two, one, second, first
    agree = round_half_up(float(one), _decimals(two)) == two
    return first, second if agree else None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _conflict(first: Found, second: Found, notes: Notes) -> None:
    what = (
        f"this says {second.figure.value}, but {first.cell} says {first.figure.value} of the same "
        f"({second.indicator}, {second.period or 'always'})"
    )
    fix = (
        "Mend one; or tell the two apart in the mapping (another code, category or period); or "
        f'list one under `leave_out`: "{second.cell}": your reason.'
    )
    notes.fault(second.sheet, second.at, "two-figures", what, fix)
    notes.set_aside(second.sheet, second.at, what)


def _mixed_scales(found: Sequence[Found], grids: Sequence[Grid], notes: Notes) -> Iterable[Problem]:
    """Plain numbers below 1 in a measure whose other figures are shown as percentages."""
    by_name = {grid.name: grid for grid in grids}
    shown = {
        one.indicator for one in found if one.amount == "value" and one.figure.unit == "percent"
    }
    for one in found:
        number = one.figure.number
        if one.amount != "value" or one.indicator not in shown or one.figure.unit or number is None:
            continue
        cell = by_name[one.sheet].cell(*one.at)
        if 0 < number < 1 and "." in cell.text:
            yield Problem(
                Place.of(notes.file, at=f"cell {one.cell}"),
                "mixed-scale",
                f"the cell holds {cell.text}, and other figures of {one.indicator} are percentages",
                "Write it as they are, as a percentage; or with a % sign where it is that small.",
            )


def _observations(
    kept: Mapping[tuple[str, ...], Mapping[str, Found]], spec: WorkbookMap, notes: Notes
) -> Table | None:
    rows: list[tuple[dict[str, str], Found]] = []
    for key, amounts in kept.items():
        value = amounts.get("value")
        parts = [amounts[name] for name in ("numerator", "denominator") if name in amounts]
        if value is None:
            for one in parts:
                notes.set_aside(
                    one.sheet, one.at, f"the {one.amount} of a figure that is not there"
                )
            continue
        record = dict(zip(_SERIES, key, strict=True))
        record |= {"value": value.figure.value, "status": value.figure.status}
        record |= {one.amount: one.figure.value for one in parts if one.figure.number is not None}
        record["source"] = spec.source
        rows.append((record, value))
    names = (*_SERIES, "value", "numerator", "denominator", "status", "source")
    return _table(rows, names, spec.workbook)


def _targets(
    kept: Mapping[tuple[str, ...], Mapping[str, Found]], spec: WorkbookMap, area: str
) -> Table | None:
    own = spec.area or area
    stated = {
        key[:6]: {name: one for name, one in amounts.items() if name in (*TARGETS, *EDGES)}
        for key, amounts in kept.items()
        if key[-1] == "target"
    }
    stated = _with_bands(stated)
    types: dict[tuple[str, ...], set[str]] = {}
    for key in stated:
        types.setdefault(key[:4], set()).add(key[5])
    rows = []
    for key, amounts in stated.items():
        record = dict(zip(_SERIES, key, strict=True))
        record |= {name: one.figure.value for name, one in amounts.items()}
        record["valid_for"] = record.pop("period")
        record["area"] = "" if record["area"] == own else record["area"]
        if len(types[key[:4]]) == 1 and record["period_type"] != "ytd" and record["valid_for"]:
            record["period_type"] = ""  # it is for whatever figures the measure has
        rows.append((record, next(iter(amounts.values()))))
    names = ("area", "indicator", "breakdown", "category", "valid_for", "period_type", *TARGETS,
             *EDGES)  # fmt: skip
    return _table(rows, names, spec.workbook)


def _with_bands(stated: Mapping[_Key, Mapping[str, Found]]) -> dict[_Key, dict[str, Found]]:
    """`stated` with the bands of a series beside each of its targets, where it has such."""
    found = {key: dict(amounts) for key, amounts in stated.items()}
    for key, amounts in stated.items():
        others = [other for other in found if other[:4] == key[:4] and other != key]
        if set(amounts) <= set(EDGES) and others:
            del found[key]
            for other in others:
                found[other] = {**amounts, **found[other]}
    return found


def _table(
    rows: Sequence[tuple[Mapping[str, str], Found]], names: Sequence[str], file: str
) -> Table | None:
    if not rows:
        return None
    columns = {name: Column.of(record.get(name, "") for record, _ in rows) for name in names}
    places = Rows(
        Column.constant(file, len(rows)),
        np.array([one.at[0] for _, one in rows], dtype=np.int32),
        Column.of(one.cell for _, one in rows),
    )
    return Table(columns, places)


def _aside(
    grids: Sequence[Grid], used: set[tuple[str, At]], read: set[str], notes: Notes,
    spec: WorkbookMap,
) -> tuple[SetAside, ...]:  # fmt: skip
    """Every cell with a number that no observation or target rests on."""
    found = []
    for grid in grids:
        default = (
            "outside the tables that the mapping names"
            if grid.name in read
            else "the mapping does not read this sheet"
        )
        for at, cell in grid.cells.items():
            why = notes.aside.get((grid.name, at), "" if (grid.name, at) in used else default)
            if why and is_numeric(cell):
                found.append(SetAside(grid.name, at, cell.text, why))
    return tuple(found)
