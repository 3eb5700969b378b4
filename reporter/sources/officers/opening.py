"""The mappings that a brief names, and their workbooks, read at every build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from reporter.problems import ProblemsFoundError
from reporter.sources.columns import Column, Rows
from reporter.sources.desk import Desk
from reporter.sources.officers.gathering import Mapped, apply_mapping
from reporter.sources.officers.mapping import WorkbookMap
from reporter.sources.officers.privacy import sheets_of
from reporter.sources.tables import MAX_BYTES, Table
from reporter.sources.targets import FORM as TARGETS
from reporter.sources.tidy import OPTIONAL, REQUIRED
from reporter.yamlfile import Path_, Places


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The tables of one workbook; empty ones where it has no observations or no targets."""

    observations: Table
    targets: Table


def read_workbooks(desk: Desk, names: Sequence[str], area: str) -> list[Read]:
    """The tables of every mapping in `names`; those that cannot be read have problems.

    `area` is whose figures they are where a mapping does not say.
    """
    found = []
    for at, name in enumerate(names):
        key: Path_ = ("data", "workbooks", at)
        opened = desk.yaml(name, WorkbookMap, key)
        if opened is not None and (read := _read(desk, name, *opened, key, area)):
            found.append(read)
    return found


def _read(
    desk: Desk, name: str, spec: WorkbookMap, places: Places, key: Path_, area: str
) -> Read | None:
    book = str(PurePosixPath(name).parent / spec.workbook)
    raw = desk.bytes(book, MAX_BYTES, key)
    if raw is None:
        return None
    try:
        mapped: Mapped = apply_mapping(
            replace(spec, workbook=book), sheets_of(raw, book), area, places
        )
    except ProblemsFoundError as error:
        desk.problems += error.problems
        return None
    desk.problems += mapped.problems
    if mapped.observations is None and not mapped.problems:
        fix = "Run `reporter convert` on the workbook to see what its cells are taken for."
        desk.problems.append(places.problem((), "no-figures", "it maps no figures", fix))
    return Read(
        mapped.observations or _nothing((*REQUIRED, *OPTIONAL)),
        mapped.targets or _nothing((*TARGETS.required, *TARGETS.optional)),
    )


def _nothing(names: Sequence[str]) -> Table:
    empty = Column.of([])
    return Table(dict.fromkeys(names, empty), Rows(empty, np.empty(0, dtype=np.int32)))
