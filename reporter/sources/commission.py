"""The front door's verb: a brief and all that it names, read whole or refused with every fault."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from reporter.files import read_bytes
from reporter.problems import Problem, ProblemsFoundError, in_order, raise_errors
from reporter.sources.areas import Area, Areas
from reporter.sources.brief import Brief, Data
from reporter.sources.catalogue import Catalogue
from reporter.sources.checks import breakdowns_of, check_areas, check_brief, check_catalogue
from reporter.sources.dataset import Commission, Dataset, InputFile
from reporter.sources.observations import observations_frame
from reporter.sources.rescue import rescued_brief, rescued_catalogue, rescued_data
from reporter.sources.tables import MAX_BYTES, Form, Table, read_table, stacked
from reporter.sources.targets import FORM as TARGETS
from reporter.sources.targets import no_targets, targets_frame
from reporter.sources.tidy import OPTIONAL, REQUIRED
from reporter.yamlfile import MAX_BYTES as MAX_YAML
from reporter.yamlfile import Path_, Places, decode, fit, parse

OBSERVATIONS = Form("observations", REQUIRED, OPTIONAL)
T = TypeVar("T")


def load_commission(brief_path: Path) -> Commission:
    """The brief at `brief_path` with all its data.

    Raises `ProblemsFoundError` with every fault of every file at once; only what cannot be read at
    all hides its own further faults. Warnings travel in `Dataset.warnings`.
    """
    desk = _Desk(brief_path.parent, str(brief_path), brief_path.name)
    brief, data = _read_brief(desk, brief_path)
    catalogue = _read_catalogue(desk, data)
    areas = _read_areas(desk, data, brief)
    tables = _read_observations(desk, data)
    observations = _type_observations(desk, tables, catalogue, areas)
    targets = _read_targets(desk, data, catalogue, areas)
    if brief:
        desk.problems += check_brief(brief, desk.places, catalogue, areas, breakdowns_of(tables))
    raise_errors(desk.problems)
    if (
        brief is None
        or catalogue is None
        or areas is None
        or observations is None
        or targets is None
    ):
        raise AssertionError("what was not read has a problem, and was raised above")
    dataset = Dataset(
        observations=observations,
        targets=targets,
        catalogue=catalogue,
        areas=areas,
        inputs=tuple(desk.inputs),
        warnings=in_order(desk.problems),
    )
    return Commission(brief, dataset, brief_path.parent)


@dataclass(slots=True)
class _Desk:
    """Where the files of one commission are opened: what was read so far, and what was wrong."""

    folder: Path
    brief: str
    """What the user calls the brief."""
    brief_name: str
    places: Places = field(default_factory=lambda: Places("", {}))
    inputs: list[InputFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def bytes(self, name: str, most: int, key: Path_) -> bytes | None:
        """The bytes of the file that the brief names `name` at `key`; None if there is a fault."""
        where = self.places.nearest(key)
        path = _locate(self.folder, name)
        if path is None:
            what = f"{name!r} leads out of the folders that belong to this brief"
            fix = "Name a file in the brief's folder or in one beside it, with a path from there."
            self.problems.append(Problem(where, "path-outside", what, fix))
            return None
        if not os.path.exists(path):
            what = f"there is no file {name!r}"
            fix = f"Check the name; it is sought from the brief's folder, {self.folder}."
            self.problems.append(Problem(where, "no-file", what, fix))
            return None
        try:
            raw = read_bytes(path, name, most)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None
        self.note(name, raw)
        return raw

    def note(self, name: str, raw: Any) -> None:
        """Keep the hash of a file that was read."""
        self.inputs.append(InputFile(name, hashlib.sha256(raw).hexdigest()))

    def yaml(
        self,
        name: str,
        wanted: type[T],
        key: Path_,
        rescue: Callable[[Any], T | None] = lambda plain: None,
    ) -> tuple[T, Places] | None:
        """The YAML file `name` as a `wanted`, with its places; None if there is a fault.

        Where it does not fit, what `rescue` makes of it serves the checks of the other files.
        """
        raw = self.bytes(name, MAX_YAML, key)
        if raw is None:
            return None
        try:
            plain, at = parse(decode(raw, name), name)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None
        try:
            return fit(plain, at, wanted, name), Places(name, at)
        except ProblemsFoundError as error:
            self.problems += error.problems
        rescued = rescue(plain)
        return (rescued, Places(name, at)) if rescued else None

    def table(self, name: str, form: Form, key: Path_) -> Table | None:
        """The table `name`; None if no row of it can be read."""
        raw = self.bytes(name, MAX_BYTES, key)
        if raw is None:
            return None
        try:
            table = read_table(raw, name, form)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None
        self.problems += table.problems
        return table


def _locate(folder: Path, name: str) -> Path | None:
    """The file `name` from `folder`; None where it lies outside the folder that holds `folder`.

    A brief may use what stands beside it (`../shared/areas.yaml`), but a brief from elsewhere must
    not make the product read, and print, the rest of a disk.
    """
    try:
        home = folder.resolve().parent
        path = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return None if Path(name).is_absolute() or home not in path.parents else folder / name


def _read_brief(desk: _Desk, path: Path) -> tuple[Brief | None, Data]:
    """The brief, and what it says of files even where the rest of it is at fault."""
    raw = read_bytes(path, desk.brief, MAX_YAML)
    desk.note(desk.brief_name, raw)
    plain, at = parse(decode(raw, desk.brief), desk.brief)
    desk.places = Places(desk.brief, at)
    try:
        brief = fit(plain, at, Brief, desk.brief)
        return brief, brief.data
    except ProblemsFoundError as error:
        desk.problems += error.problems
    data = rescued_data(plain)
    if data is None:
        # Which files it names is not known, so there is nothing further to read.
        raise ProblemsFoundError(desk.problems)
    return rescued_brief(plain), data


def _read_catalogue(desk: _Desk, data: Data) -> Catalogue | None:
    read = desk.yaml(data.indicators, Catalogue, ("data", "indicators"), rescued_catalogue)
    if read is None:
        return None
    desk.problems += check_catalogue(*read)
    return read[0]


def _read_areas(desk: _Desk, data: Data, brief: Brief | None) -> Areas | None:
    """The areas; where the brief names no file of them, its own area only."""
    if not data.areas:
        return Areas(areas={brief.area: Area(kind="authority")}) if brief else None
    read = desk.yaml(data.areas, Areas, ("data", "areas"))
    if read is None:
        return None
    desk.problems += check_areas(*read)
    return read[0]


def _read_observations(desk: _Desk, data: Data) -> list[Table]:
    """The tables of all files of observations that can be read."""
    key: Path_ = ("data", "observations")
    if not data.observations:
        what, fix = "no file of observations is named", "Name at least one."
        desk.problems.append(desk.places.problem(key, "no-file", what, fix))
    tables: list[Table] = []
    for at, name in enumerate(data.observations):
        if name in data.observations[:at]:
            what, fix = f"the file {name!r} is named twice", "Name it once."
            desk.problems.append(desk.places.problem((*key, at), "repeated-file", what, fix))
        elif table := desk.table(name, OBSERVATIONS, (*key, at)):
            tables.append(table)
    return tables


def _type_observations(
    desk: _Desk, tables: Sequence[Table], catalogue: Catalogue | None, areas: Areas | None
) -> pd.DataFrame | None:
    """One frame of all `tables`; one that lacks columns is checked by itself, and left out."""
    whole = [table for table in tables if set(REQUIRED) <= set(table.columns)]
    for table in tables:
        if table not in whole:
            desk.problems += observations_frame(table.columns, table.rows, catalogue, areas)[1]
    if not whole:
        return None
    together = stacked(whole)
    frame, found = observations_frame(together.columns, together.rows, catalogue, areas)
    desk.problems += found
    return frame


def _read_targets(
    desk: _Desk, data: Data, catalogue: Catalogue | None, areas: Areas | None
) -> pd.DataFrame | None:
    if not data.targets:
        return no_targets()
    table = desk.table(data.targets, TARGETS, ("data", "targets"))
    if table is None:
        return None
    frame, found = targets_frame(table, catalogue, areas)
    desk.problems += found
    return frame
