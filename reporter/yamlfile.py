"""Strict YAML: text in, a frozen dataclass out, every fault with its line and column.

Every scalar is read as text, except `true`, `false` and nothing at all: codes, periods and decimals
keep what the user typed, and the dataclass decides what they become. Refused: repeated keys,
anchors and aliases, tags, several documents, very large files, deep nesting, characters that XML or
YAML cannot hold (STANDARDS 6.3.7).
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast, dataclass_transform

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from reporter.files import read_bytes
from reporter.problems import Level, Place, Problem, ProblemsFoundError
from reporter.yamlwords import Path_, misfits

__all__ = [
    "MAX_BYTES", "Day", "Path_", "Places", "decode", "fit", "parse", "quoted", "read_yaml", "shape",
]  # fmt: skip

T = TypeVar("T")
MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 50_000
"""So many keys, values and items may a file have; reading one takes some 50 microseconds."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _/.()-]*[A-Za-z0-9)]|[A-Za-z]|[0-9]+(?:-[0-9]+)?")
_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def shape(cls: type[T]) -> type[T]:
    """A frozen dataclass that a YAML file must fit exactly: unknown keys are errors."""
    # Pydantic looks for this name on a dataclass; no class declares it.
    cls.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)


def _day(value: Any) -> Any:
    if isinstance(value, date) or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
        return value
    raise PydanticCustomError("date_parsing", "this is not a date")


Day = Annotated[date, BeforeValidator(_day)]
"""A date that is written as one: pydantic would take 2019 for seconds since 1970."""


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """Where every key and item of the file called `name` stands, by its path."""

    name: str
    at: Mapping[Path_, Place]

    def nearest(self, path: Path_) -> Place:
        """The place of `path`, or of the nearest thing round it that the file has."""
        for end in range(len(path), -1, -1):
            if place := self.at.get(path[:end]):
                return place
        return Place.of(self.name)

    def under(self, path: Path_) -> Places:
        """The places of what stands under `path`, by their paths from there."""
        deep = len(path)
        inner = {at[deep:]: place for at, place in self.at.items() if at[:deep] == path}
        return Places(self.name, {(): self.nearest(path), **inner})

    def problem(
        self, path: Path_, code: str, what: str, fix: str, level: Level = "error"
    ) -> Problem:
        """A problem at the place nearest to `path`."""
        return Problem(self.nearest(path), code, what, fix, level)


def read_yaml(path: Path, wanted: type[T], name: str = "") -> T:
    """The file at `path` as a `wanted`; raises `ProblemsFoundError` with every fault in it.

    `name` is what the user calls the file, for the messages (default: the path as given).
    """
    name = name or str(path)
    return fit(*parse(decode(read_bytes(path, name, MAX_BYTES), name), name), wanted, name)


def quoted(text: str) -> str:
    """`text` as a YAML file holds it, in quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in ("true", "false", "null", "yes", "no")
    return text if plain else json.dumps(text, ensure_ascii=False)


def decode(raw: bytes, name: str) -> str:
    """The text in `raw`, with nothing in it that YAML or XML cannot hold."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = Place.of(name, raw.count(b"\n", 0, error.start) + 1)
        fix = "Save it with the encoding UTF-8."
        raise ProblemsFoundError([Problem(at, "bad-encoding", "this is not UTF-8", fix)]) from None
    if illegal := _ILLEGAL.search(text):
        at = Place.of(name, text.count("\n", 0, illegal.start()) + 1)
        what = f"the control character U+{ord(illegal.group()):04X} cannot stand in a document"
        raise ProblemsFoundError([Problem(at, "control-character", what, "Delete it.")])
    return text


def parse(text: str, name: str) -> tuple[Any, dict[Path_, Place]]:
    """The plain data in `text` and the place of every key and item."""
    builder = _Builder(name)
    try:
        data = builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place.of(name, mark.line + 1, column=mark.column + 1) if mark else Place.of(name)
        what = f"this is not valid YAML: {error.problem or error.context}"
        fix = "Check the indentation, the colons and the quotes on this line and the one before it."
        raise ProblemsFoundError(
            [*builder.problems, Problem(place, "bad-yaml", what, fix)]
        ) from None
    if builder.problems:
        raise ProblemsFoundError(builder.problems)
    if data is None:
        fix = "Check that it was saved, and that it is the right one."
        what = "the file holds nothing but space and comments"
        raise ProblemsFoundError([Problem(Place.of(name), "empty-file", what, fix)])
    return data, builder.places


def fit(data: Any, places: Mapping[Path_, Place], wanted: type[T], name: str) -> T:
    """`data` as a `wanted`, or `ProblemsFoundError` with the place of every misfit."""
    try:
        fitting: T = _adapter(cast(Hashable, wanted)).validate_python(data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        where = Places(name, places)
        raise ProblemsFoundError(
            where.problem(path, code, what, fix)
            for path, code, what, fix in misfits(faults, places, wanted)
        ) from None
    return fitting


# The same events from a parser in C, where PyYAML has it: the rules of a paper are long.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@functools.cache
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    return TypeAdapter(wanted)


class _Builder:
    """Turns YAML events into plain data, noting every place and refusing what is not plain."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.places: dict[Path_, Place] = {}
        self.nodes = 0

    def build(self, text: str) -> Any:
        events = iter(yaml.parse(text, Loader=_LOADER))
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                node = self._node(next(events), events, ())
                data = node if documents == 1 else data
                if documents == 2:
                    self._refuse(event, "second-document", "a second document starts here",
                                 "Keep one document in a file: delete the line `---`.")  # fmt: skip
        return data

    def _refuse(self, event: Any, code: str, what: str, fix: str) -> None:
        self.problems.append(Problem(self._place(event), code, what, fix))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place.of(self.name, mark.line + 1, column=mark.column + 1)

    def _node(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        self.places.setdefault(path, self._place(event))
        self.nodes += 1
        if self.nodes > MAX_NODES:
            what = f"the file has more than {MAX_NODES:,} values"
            fix = "Keep figures in CSV, Excel or Parquet, and here what the report needs."
            raise ProblemsFoundError([Problem(self._place(event), "too-large", what, fix)])
        self._check_plain(event)
        if len(path) > MAX_DEPTH:
            what, fix = f"this is nested more than {MAX_DEPTH} deep", "Check the brackets."
            raise ProblemsFoundError([Problem(self._place(event), "too-deep", what, fix)])
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _check_plain(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "yaml-anchor", "anchors (&) and aliases (*) are not used here",
                         "Write the value out; put quotes round text with & or *.")  # fmt: skip
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(event, "yaml-tag", f"the tag {event.tag} is not used here",
                         "Delete it; put quotes round text that starts with !.")  # fmt: skip

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                self._refuse(key_event, "bad-key", "a key must be plain text",
                             "Put quotes round text that starts with [ or {.")  # fmt: skip
                self._node(key_event, events, (*path, "?"))
                self._node(next(events), events, (*path, "?"))
                continue
            self._check_plain(key_event)
            key = str(key_event.value)
            if key in data:
                first = self.places[(*path, key)].line
                self._refuse(key_event, "repeated-key", f"the key {key!r} stands twice",
                             f"Keep one of the two (the first is on line {first}).")  # fmt: skip
            self.places[(*path, key)] = self._place(key_event)
            data[key] = self._node(next(events), events, (*path, key))
        return data

    def _sequence(self, events: Iterator[Any], path: Path_) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            data.append(self._node(event, events, (*path, len(data))))
        return data

    @staticmethod
    def _scalar(event: Any) -> str | bool | None:
        plain = not event.style
        if plain and event.value in ("", "~", "null"):
            return None
        if plain and event.value in ("true", "false"):
            return bool(event.value == "true")
        return str(event.value)
