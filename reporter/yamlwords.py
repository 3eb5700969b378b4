"""Pydantic's faults in the words of this house, for people who write YAML and not Python."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reporter.problems import closest

Path_ = tuple[str | int, ...]
Misfit = tuple[Path_, str, str, str]
"""Path in the file, code, what is wrong, what to do."""
_KINDS = {
    "string_type": ("text", "Write it as plain text, in quotes if need be."),
    "tuple_type": ("a list", "Write each item on a line of its own, after a hyphen."),
    "list_type": ("a list", "Write each item on a line of its own, after a hyphen."),
    "dict_type": ("keys with values", "Write each key on a line of its own, with a colon."),
    "mapping_type": ("keys with values", "Write each key on a line of its own, with a colon."),
    "dataclass_type": ("keys with values", "Write each key on a line of its own, with a colon."),
    "bool_type": ("true or false", "Write true or false."),
    "bool_parsing": ("true or false", "Write true or false."),
}


def misfits(faults: Sequence[Any], known: Container[Path_], wanted: Any) -> Iterator[Misfit]:
    """Each fault with its path in the file; `known` are the paths that the file has.

    Pydantic tries every form that a value may take, and tells of each; here they are told as one.
    """
    together: dict[Path_, list[Any]] = {}
    for fault in faults:
        together.setdefault(_path(fault, known), []).append(fault)
    for path, alike in together.items():
        if all(fault["type"] in _KINDS for fault in alike) and _deeper(path, together):
            # It was nearer to another form that the value may take, whose own faults are told.
            continue
        kinds = [_KINDS[fault["type"]] for fault in alike if fault["type"] in _KINDS]
        if len(kinds) == len(alike):
            yield path, "bad-value", *_wrong_kind(path, alike[0]["input"], kinds)
        else:
            fault = next(fault for fault in alike if fault["type"] not in _KINDS)
            yield path, *_words(path, fault, wanted)


def _deeper(path: Path_, others: Iterable[Path_]) -> bool:
    return any(other != path and other[: len(path)] == path for other in others)


def _path(fault: Any, known: Container[Path_]) -> Path_:
    """The path of a fault without the names of the forms that pydantic tried on the way."""
    path: Path_ = ()
    for part in fault["loc"]:
        if (*path, part) in known:
            path = (*path, part)
    return (*path, fault["loc"][-1]) if fault["type"] in _MISSING else path


def _called(path: Path_) -> str:
    """What to call the thing at `path`: its key, or its number in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_called(path[:-1])}"
    return path[-1]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        return "keys with values" if isinstance(value, dict) else "a list"
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _wrong_kind(path: Path_, value: Any, kinds: Sequence[tuple[str, str]]) -> tuple[str, str]:
    if value is None:
        return f"{_called(path)} is empty", "Write a value after the colon, or delete the line."
    forms = " or ".join(dict.fromkeys(form for form, _ in kinds))
    fix = "Put quotes round it." if isinstance(value, bool) else kinds[0][1]
    return f"{_called(path)} must be {forms}, not {_shown(value)}", fix


def _words(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    """The code, what is wrong and what to do."""
    kind = fault["type"]
    for pattern, write in _WORDS:
        if pattern.fullmatch(kind):
            return write(path, fault, wanted)
    message = re.sub(r"^(Value|Assertion) error, ", "", fault["msg"])
    what = f"{_called(path)}: {message[:1].lower()}{message[1:]}"
    return "bad-value", what, "Change the value to fit."


def _unknown(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    key = str(path[-1]) if path else str(fault["loc"][-1])
    allowed = keys_at(wanted, path[:-1])
    near = closest(key, allowed)
    fix = f"Did you mean {near!r}?" if near else f"Keys here: {', '.join(allowed)}."
    return "unknown-key", f"there is no key {key!r} here", fix


def _missing(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    key = path[-1]
    return "missing-key", f"the key {key!r} is missing", f"Add a line `{key}: ...` here."


def _choice(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    choices = fault["ctx"]["expected"]
    near = closest(str(fault["input"]), re.findall("'([^']*)'", choices))
    fix = (
        f"Did you mean {near!r}? Choose one of {choices}." if near else f"Choose one of {choices}."
    )
    if fault["loc"][-1:] == ("[key]",):
        return "unknown-key", f"there is no key {path[-1]!r} here", fix
    if fault["input"] is None:
        return "bad-choice", f"{_called(path)} is empty", fix
    return "bad-choice", f"{_called(path)} cannot be {_shown(fault['input'])}", fix


def _number(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    whole = "a whole number" if fault["type"].startswith("int") else "a number"
    what = f"{_called(path)} must be {whole}, not {_shown(fault['input'])}"
    return "bad-number", what, "Write digits, with a point for decimals and nothing else."


def _date(path: Path_, fault: Any, wanted: Any) -> tuple[str, str, str]:
    what = f"{_called(path)} must be a date, not {_shown(fault['input'])}"
    return "bad-date", what, "Write the year, the month and the day: 2019-07-11."


_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")
_WORDS: tuple[tuple[re.Pattern[str], Callable[[Path_, Any, Any], tuple[str, str, str]]], ...] = (
    (re.compile("unexpected_keyword_argument|extra_forbidden"), _unknown),
    (re.compile("|".join(_MISSING)), _missing),
    (re.compile("literal_error"), _choice),
    (re.compile("(int|float|decimal)_.*|finite_number|is_instance_of"), _number),
    (re.compile("date_.*"), _date),
)


def keys_at(wanted: Any, path: Path_) -> list[str]:
    """The keys that the dataclass reached from `wanted` by `path` allows; none if there is none."""
    options = _options(wanted)
    for step in path:
        found: list[Any] = []
        for option in options:
            if dataclasses.is_dataclass(option):
                found += _options(get_type_hints(option).get(str(step)))
            elif get_args(option):
                found += _options(get_args(option)[-1 if isinstance(step, str) else 0])
        options = found
    return [
        field.name
        for option in options
        if dataclasses.is_dataclass(option)
        for field in dataclasses.fields(option)
    ]


def _options(wanted: Any) -> list[Any]:
    """The types that a union allows, or the one that is none."""
    return list(get_args(wanted)) if get_origin(wanted) in (Union, UnionType) else [wanted]
