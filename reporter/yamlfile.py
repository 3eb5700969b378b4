"""Strict YAML: text in, a frozen dataclass out, every fault with its line and column.

Every scalar is read as text, except `true`, `false` and nothing at all: codes, periods and decimals keep
what the user typed, and the dataclass decides what they become. Refused: repeated keys, anchors and
aliases, tags, several documents, very large files, characters that XML cannot hold (STANDARDS 6.3.7).
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from reporter.problems import Place, Problem, ProblemsFoundError

T = TypeVar("T")
Path_ = tuple[str | int, ...]
MAX_BYTES = 2_000_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def shape(cls: type[T]) -> type[T]:
    """A frozen dataclass that a YAML file must fit exactly: unknown keys are errors."""
    cls.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)


def read_yaml(path: Path, wanted: type[T], name: str = "") -> T:
    """The file at `path` as a `wanted`; raises `ProblemsFoundError` with every fault in it.

    `name` is what the user calls the file, for the messages (default: the path as given).
    """
    name = name or str(path)
    return fit(*parse(_text(path, name), name), wanted, name)


def parse(text: str, name: str) -> tuple[Any, dict[Path_, Place]]:
    """The plain data in `text` and the place of every key and item, by its path."""
    builder = _Builder(name)
    try:
        data = builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place.of(name, mark.line + 1, column=mark.column + 1) if mark else Place.of(name)
        what = f"this is not valid YAML: {error.problem or error.context}"
        fix = "Check the indentation, the colons and the quotes on this line and the one before it."
        raise ProblemsFoundError([Problem(place, "bad-yaml", what, fix)]) from None
    if builder.problems:
        raise ProblemsFoundError(builder.problems)
    return data, builder.places


def fit(data: Any, places: dict[Path_, Place], wanted: type[T], name: str) -> T:
    """`data` as a `wanted`, or `ProblemsFoundError` with the place of every misfit."""
    try:
        return TypeAdapter(wanted).validate_python(data)
    except ValidationError as error:
        found = [_problem(fault, places, wanted, name) for fault in error.errors()]
        raise ProblemsFoundError(found) from None


def _text(path: Path, name: str) -> str:
    place = Place.of(name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        what, fix = "there is no such file", "Check the name and the folder it should stand in."
        raise ProblemsFoundError([Problem(place, "no-file", what, fix)]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        fix = "Check that it is a file, and that you may open it."
        raise ProblemsFoundError([Problem(place, "unreadable-file", what, fix)]) from None
    if len(raw) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES:,} bytes"
        fix = "Check that it is the right file; keep figures in CSV or Excel."
        raise ProblemsFoundError([Problem(place, "too-large", what, fix)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fix = "Save it with the encoding UTF-8."
        at = Place.of(name, line)
        raise ProblemsFoundError([Problem(at, "bad-encoding", "this is not UTF-8", fix)]) from None
    if illegal := _ILLEGAL.search(text):
        at = Place.of(name, text.count("\n", 0, illegal.start()) + 1)
        what = f"the control character U+{ord(illegal.group()):04X} cannot stand in a document"
        raise ProblemsFoundError([Problem(at, "control-character", what, "Delete it.")])
    if not text.strip():
        fix = "Check that it was saved; `reporter new` writes a first one."
        raise ProblemsFoundError([Problem(place, "empty-file", "the file is empty", fix)])
    return text


class _Builder:
    """Turns YAML events into plain data, noting every place and refusing what is not plain."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.places: dict[Path_, Place] = {}

    def build(self, text: str) -> Any:
        events = iter(yaml.parse(text, Loader=yaml.SafeLoader))
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
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "yaml-anchor", "anchors (&) and aliases (*) are not used here",
                         "Write the value out; put quotes round text with & or *.")  # fmt: skip
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(event, "yaml-tag", f"the tag {event.tag} is not used here",
                         "Delete it; put quotes round text that starts with !.")  # fmt: skip
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                self._refuse(key_event, "bad-key", "a key must be plain text",
                             "Put quotes round text that starts with [ or {.")  # fmt: skip
                self._node(key_event, events, (*path, "?"))
                self._node(next(events), events, (*path, "?"))
                continue
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
        plain = event.style is None
        if plain and event.value in ("", "~", "null"):
            return None
        if plain and event.value in ("true", "false"):
            return bool(event.value == "true")
        return str(event.value)


def _problem(fault: Any, places: dict[Path_, Place], wanted: Any, name: str) -> Problem:
    """One of pydantic's faults in the words of this house, at the nearest place that the file has."""
    path: Path_ = tuple(part for part in fault["loc"])
    known = [path[:end] for end in range(len(path), -1, -1) if path[:end] in places]
    place = places[known[0]] if known else Place.of(name)
    key = str(path[-1]) if path else ""
    write = _WORDS.get(fault["type"])
    if write is not None:
        code, what, fix = write(key, fault, wanted)
    else:
        code, what = "bad-value", f"{key or 'the file'}: {_plain(fault['msg'])}"
        fix = "Change the value to fit."
    return Problem(place, code, what, fix)


def _plain(message: str) -> str:
    message = re.sub(r"^(Value|Assertion) error, ", "", message)
    return message[:1].lower() + message[1:]


def _unknown(key: str, fault: Any, wanted: Any) -> tuple[str, str, str]:
    allowed = _keys_at(wanted, fault["loc"][:-1])
    close = difflib.get_close_matches(key, allowed, n=1)
    fix = f"Did you mean {close[0]!r}?" if close else f"Keys here: {', '.join(allowed)}."
    return "unknown-key", f"there is no key {key!r} here", fix


def _missing(key: str, fault: Any, wanted: Any) -> tuple[str, str, str]:
    return "missing-key", f"the key {key!r} is missing", f"Add a line `{key}: ...` here."


def _choice(key: str, fault: Any, wanted: Any) -> tuple[str, str, str]:
    what = f"{key} cannot be {fault['input']!r}"
    return "bad-choice", what, f"Choose one of {fault['ctx']['expected']}."


def _number(key: str, fault: Any, wanted: Any) -> tuple[str, str, str]:
    what = f"{key} must be a number, not {fault['input']!r}"
    return "bad-number", what, "Write digits, with a point for decimals and nothing else."


_WORDS: dict[str, Callable[[str, Any, Any], tuple[str, str, str]]] = {
    "unexpected_keyword_argument": _unknown,
    "extra_forbidden": _unknown,
    "missing": _missing,
    "missing_argument": _missing,
    "missing_keyword_only_argument": _missing,
    "literal_error": _choice,
    "int_parsing": _number,
    "float_parsing": _number,
    "decimal_parsing": _number,
}


def _keys_at(wanted: Any, path: Path_) -> list[str]:
    """The keys that the dataclass reached from `wanted` by `path` allows; empty where there is none."""
    for step in path:
        options = (
            [wanted, *get_args(wanted)] if get_origin(wanted) in (Union, UnionType) else [wanted]
        )
        found: Any = None
        for option in options:
            if dataclasses.is_dataclass(option):
                found = get_type_hints(option).get(str(step), found)
            elif get_args(option):
                found = get_args(option)[-1 if isinstance(step, str) else 0]
        wanted = found
    for option in (wanted, *get_args(wanted)):
        if dataclasses.is_dataclass(option):
            return [field.name for field in dataclasses.fields(option)]
    return []
