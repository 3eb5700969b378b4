"""What `reporter convert` works with: a workbook in, its mapping and what that makes of it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources.officers.draft import Guess
from reporter.sources.officers.gathering import Mapped, apply_mapping
from reporter.sources.officers.grid import Grid
from reporter.sources.officers.guessing import Measured
from reporter.sources.officers.mapping import WorkbookMap
from reporter.sources.officers.mapping_text import mapping_text
from reporter.sources.officers.privacy import sheets_of
from reporter.sources.officers.proposing import propose
from reporter.yamlfile import Places, decode, fit, parse


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """A workbook read through a mapping: `text` is that mapping, proposed or as it was given."""

    text: str
    spec: WorkbookMap
    mapped: Mapped
    guesses: tuple[Guess, ...] = ()
    measures: tuple[Measured, ...] = ()
    """The likely indicators, in the order of the workbook; none where the mapping was given."""


def convert_workbook(raw: bytes, file: str, area: str) -> Conversion:
    """The workbook `raw`, called `file`, by a mapping of our own guessing.

    Raises `ProblemsFoundError` where it cannot be read, or holds no table of figures.
    """
    sheets = sheets_of(raw, file)
    proposal = propose(sheets, file, area)
    if not proposal.spec.sheets:
        raise ProblemsFoundError([_no_tables(file)])
    text = mapping_text(proposal)
    mapped = _mapped(proposal.spec, sheets, area, Places("mapping.yaml", {}))
    return Conversion(text, proposal.spec, mapped, proposal.guesses, proposal.measures)


def reconvert_workbook(raw: bytes, file: str, area: str, given: bytes, name: str) -> Conversion:
    """The same by the mapping in `given`, which the user calls `name`."""
    text = decode(given, name)
    plain, at = parse(text, name)
    spec = fit(plain, at, WorkbookMap, name)
    if spec.workbook != file:
        what = f"the mapping is of {spec.workbook!r}, not of {file!r}"
        fix = "Change its `workbook`, if the two are alike; or name another folder with -o."
        raise ProblemsFoundError(
            [Places(name, at).problem(("workbook",), "other-workbook", what, fix)]
        )
    mapped = _mapped(spec, sheets_of(raw, file), area, Places(name, at))
    return Conversion(text, spec, mapped)


def _mapped(spec: WorkbookMap, sheets: Sequence[Grid], area: str, places: Places) -> Mapped:
    return apply_mapping(replace(spec), sheets, area or "Our council", places)


def _no_tables(file: str) -> Problem:
    from reporter.problems import Place

    what = "no sheet holds a table of figures under headings"
    fix = "Give each table a row of headings above its figures, with the periods or measures."
    return Problem(Place.of(file), "no-tables", what, fix)
