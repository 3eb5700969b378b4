"""A workbook in; its mapping, and a preview of what that makes of every number in it, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reporter.files import read_bytes
from reporter.problems import Problem
from reporter.sources import (
    Conversion,
    convert_workbook,
    is_catalogue,
    is_published,
    is_tidy,
    reconvert_workbook,
    refuse_lait,
)
from reporter.starting.pages import AMOUNTS
from reporter.starting.sheets import Page, workbook_of
from reporter.writing import write_together

MAPPING, PREVIEW = "mapping.yaml", "preview.xlsx"
MAX_BYTES = 100_000_000
_NO_NEED = (
    " holds a figure a row already and needs no mapping: name it in report.yaml, under `data`, as "
    "`observations`; or begin a report of it with `reporter new NAME --from`"
)

_PUBLISHED = (
    " is a published file in the open data format and needs no mapping: name it in report.yaml, "
    "under `data`, as `ees`; or begin a report of it with `reporter new NAME --from`"
)
_NO_FIGURES = (
    " describes measures and needs no mapping: name it in report.yaml, under `data`, as "
    "`indicators`; give `reporter convert` the workbook with the figures"
)


@dataclass(frozen=True, slots=True)
class Converted:
    """The files that were written, the run in a line, and what is to be settled in the mapping."""

    paths: tuple[Path, ...]
    summary: str
    problems: tuple[Problem, ...]


def convert(file: Path, out: Path | None = None, area: str = "", afresh: bool = False) -> Converted:
    """Write the mapping of the workbook `file`, and a preview, into `out` (default: its folder).

    A mapping that stands there is used and kept, unless `afresh`. A workbook from elsewhere is
    copied beside it. Nothing is written for a table with a figure a row. Raises
    `ProblemsFoundError` where the workbook or the mapping cannot be read.
    """
    refuse_lait(file)
    if is_published(file):
        return Converted((), f"{file.name}{_PUBLISHED}", ())
    raw = read_bytes(file, str(file), MAX_BYTES)
    folder = out or file.parent
    mapping = folder / MAPPING
    given = mapping.is_file() and not afresh
    if is_catalogue(raw, file.name):
        return Converted((), f"{file.name}{_NO_FIGURES}", ())
    if not given and is_tidy(raw, file.name):
        return Converted((), f"{file.name}{_NO_NEED}", ())
    if given:
        text = read_bytes(mapping, str(mapping), MAX_BYTES)
        found = reconvert_workbook(raw, file.name, area, text, str(mapping))
    else:
        found = convert_workbook(raw, file.name, area)
    files = {} if given else {MAPPING: found.text.encode()}
    files[PREVIEW] = preview(found)
    if (folder / file.name).resolve() != file.resolve():
        files[file.name] = raw
    paths = write_together(folder, files)
    return Converted(paths, summary(found), found.mapped.problems)


def summary(found: Conversion) -> str:
    """What came of it in a line."""
    mapped = found.mapped
    counts = [
        _counted(len(table.rows.row) if table else 0, noun)
        for table, noun in ((mapped.observations, "figure"), (mapped.targets, "target"))
    ]
    parts = [
        f"{counts[0]} and {counts[1]} of {_counted(len(found.spec.measures), 'measure')}",
        f"{_counted(len(found.guesses), 'guess')} to confirm" if found.guesses else "",
        f"{_counted(len(mapped.aside), 'number')} set aside, each with its reason",
        f"{_counted(len(mapped.problems), 'thing')} to settle" if mapped.problems else "",
    ]
    return "; ".join(part for part in parts if part)


def _counted(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def preview(found: Conversion) -> bytes:
    """A workbook that shows the figures, the guesses and what was set aside."""
    return workbook_of(tuple(_pages(found)))


def _pages(found: Conversion) -> Iterator[Page]:
    mapped = found.mapped
    for name, table in (("observations", mapped.observations), ("targets", mapped.targets)):
        if table is None:
            continue
        names = list(table.columns)
        cells = table.rows.cells()
        rows = [
            [*(table.columns[name].text(row) for name in names), cells.text(row)]
            for row in range(len(table.rows.row))
        ]
        texts = tuple(at for at, column in enumerate(names) if column not in AMOUNTS)
        yield Page(name, (*names, "cell"), tuple(map(tuple, rows)), texts=texts)
    guesses = [(one.where, one.what, one.why, "please confirm") for one in found.guesses]
    if guesses:
        yield Page("guesses", ("where", "taken as", "because", "confirm"), tuple(guesses), (3,))
    settle = [(problem.place.at, problem.what, problem.fix) for problem in mapped.problems]
    if settle:
        yield Page("to settle", ("where", "what", "what to do"), tuple(settle), (2,))
    aside = [(one.cell, one.text, one.why) for one in mapped.aside]
    heads = ("cell", "number", "why it is no figure of the report")
    yield Page("set aside", heads, tuple(aside), texts=(1,))
