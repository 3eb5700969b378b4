"""Where the files of a commission are opened: by the names that its brief gives, no others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from reporter.files import read_bytes, readable
from reporter.problems import Problem, ProblemsFoundError
from reporter.sources.dataset import InputFile
from reporter.sources.sieve import FROM, Sieve
from reporter.sources.tables import MAX_BYTES, Form, Table, csv_table, read_table
from reporter.yamlfile import MAX_BYTES as MAX_YAML
from reporter.yamlfile import Path_, Places, decode, fit, parse

T = TypeVar("T")
MAX_PUBLISHED = 4_000_000_000
"""So many bytes may a published file have, of which only what the brief asks for is kept."""


@dataclass(slots=True)
class Desk:
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
        path = self.located(name, key)
        if path is None:
            return None
        try:
            raw = read_bytes(path, name, most)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None
        self.note(name, raw)
        return raw

    def is_there(self, name: str) -> bool:
        """Whether there is a file `name` that this brief may read."""
        path = _locate(self.folder, name)
        return path is not None and path.is_file()

    def may_be_there(self, name: str) -> bool:
        """Whether a file `name` would be one that this brief may read."""
        return _locate(self.folder, name) is not None

    def is_left_out(self, key: Path_, name: str) -> bool:
        """Whether the brief does not write `key`, and the file of its default is not there."""
        return key not in self.places.at and not self.is_there(name)

    def located(self, name: str, key: Path_) -> Path | None:
        """Where the file or folder is that the brief names `name`; None if there is a fault."""
        where = self.places.nearest(key)
        path = _locate(self.folder, name)
        if path is None:
            what = f"{name!r} leads out of the folders that belong to this brief"
            fix = "Name a file in the brief's folder or in one beside it, with a path from there."
            if _is_within(self.folder, name):
                what = f"{name!r} is, or lies behind, a link to what does not belong to this brief"
                fix = "Put a copy of the file itself in the place of the link."
            self.problems.append(Problem(where, "path-outside", what, fix))
        elif not os.path.exists(path):
            what = f"there is no file {name!r}"
            fix = f"Check the name; it is sought from the folder {self.folder}."
            self.problems.append(Problem(where, "no-file", what, fix))
        else:
            return path
        return None

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

    def published(self, name: str, form: Form, key: Path_, sieve: Sieve) -> Table | None:
        """The rows that `sieve` keeps of the CSV file `name`, which is never held whole."""
        path = self.located(name, key)
        if path is None:
            return None
        try:
            with readable(path, name, MAX_PUBLISHED), path.open("rb") as source:
                digest = hashlib.file_digest(source, "sha256").hexdigest()
                source.seek(0)
                table = csv_table(source, name, form, sieve)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None
        self.inputs.append(InputFile(name, digest))
        self.problems += table.problems
        return table

    def is_large(self, name: str) -> bool:
        """Whether `name` is a CSV file that is better not held whole."""
        path = _locate(self.folder, name)
        large = path is not None and path.is_file() and path.stat().st_size >= FROM
        return large and PurePosixPath(name).suffix.lower() == ".csv"

    def entries(
        self, table: Table | None, form: Form, make: Callable[[Table], tuple[T, Places]]
    ) -> tuple[T, Places] | None:
        """What `make` makes of a table of entries, with its places; None if there is a fault."""
        if table is None or not set(form.required) <= set(table.columns) or not len(table.rows.row):
            return None
        try:
            return make(table)
        except ProblemsFoundError as error:
            self.problems += error.problems
            return None

    def is_table(self, name: str) -> bool:
        """Whether a file is a workbook or another table, by the ending of its name."""
        return PurePosixPath(name).suffix.lower() in (".xlsx", ".csv", ".parquet")


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


def _is_within(folder: Path, name: str) -> bool:
    """Whether `name` stays, by its words alone, in the folder that holds `folder`."""
    if Path(name).is_absolute() or "\0" in name:
        return False
    home = folder.resolve().parent
    return home in Path(os.path.normpath(folder.resolve() / name)).parents
