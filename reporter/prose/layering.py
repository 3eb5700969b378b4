"""Folders in, the lexicon out: the standard's `lexicon.yaml` and a council's laid over it.

A council's keys, patterns and lists are held to the standard's, whose own patterns say which names
are filled at each key: a slip is found, with its line, before a sentence needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError, closest, raise_errors
from reporter.prose.lexicon import Lexicon
from reporter.prose.templates import Templates
from reporter.prose.words import vocabulary
from reporter.yamlfile import Path_, Places, fit, parse, read_yaml

FILE = "lexicon.yaml"
SPOKEN = ("level", "flows", "parallel", "missing_several", "summary")
"""Parts whose patterns may use the whole vocabulary, beside the names of their own."""
FILLED = (*SPOKEN, "periods", "items", "columns", "tables", "charts", "methods")
"""Parts whose values are patterns."""
ALIKE = ("level", "periods", "items")
"""Parts in which every key is filled with the same names."""
NEVER_EMPTY = ("verbs", "level", "flows", "parallel", "follow", "fractions", "multiples")
FORMS = re.compile("_(short|base|bare|named)$")
"""Endings for the further forms of a period: each key may have them, none must."""
_BRACED = re.compile(r"(?<!\{)\{(\w+)\}")

Part = Mapping[str, Any]


def load_lexicon(folders: Sequence[Path]) -> Lexicon:
    """The lexicon of the first of `folders`, with the entries of the later ones laid on top.

    A council's `lexicon.yaml` names what it changes: mappings are joined by key, lists replaced.
    Raises `ProblemsFoundError` with every fault in every one of them.
    """
    data: dict[str, Any] = {}
    places: dict[Path_, Place] = {}
    problems: list[Problem] = []
    name = str(folders[0] / FILE)
    for folder in folders:
        file = folder / FILE
        if file.is_file() or folder is folders[0]:
            read_yaml(file, dict[str, Any])  # refuses what cannot be read, and what is no mapping
            layer, layer_places = parse(file.read_text(encoding="utf-8-sig"), str(file))
            if data:
                problems += check_layer(layer, data, Places(str(file), layer_places))
            data = _laid(data, layer)
            places |= layer_places
    try:
        lexicon = fit(data, places, Lexicon, name)
    except ProblemsFoundError as error:
        problems += error.problems
    raise_errors(problems)
    return lexicon


def _laid(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        return under | {key: _laid(under.get(key), value) for key, value in over.items()}
    return over


def check_layer(layer: Part, standard: Part, places: Places) -> Iterator[Problem]:
    """What is wrong with `layer`, which lies over `standard`; misfits of type are found later."""
    templates = Templates()
    for part, entries in layer.items():
        under = standard.get(part)
        if not isinstance(entries, dict) or not isinstance(under, dict):
            yield from _empty(part, entries, (part,), places)
            continue
        for key, value in entries.items():
            if key not in under and not _form_of(part, key, under):
                near = closest(key, under)
                fix = f"Did you mean {near!r}?" if near else f"Choose from {', '.join(under)}."
                what = f"there is no key {key!r} in {part}"
                yield places.problem((part, key), "unknown-key", what, fix)
                continue
            yield from _empty(part, value, (part, key), places)
            allowed = _names(part, key, under, templates)
            for path, text in _texts(value, (part, key)):
                yield from _faults(text, part, allowed, templates, places, path)


def _form_of(part: str, key: str, under: Part) -> bool:
    """Whether `key` is a further form of a period that the standard has."""
    return part == "periods" and FORMS.sub("", key) in under


def _empty(part: str, value: Any, path: Path_, places: Places) -> Iterator[Problem]:
    if part in NEVER_EMPTY and value == []:
        what, fix = f"{path[-1]} must name at least one", "Add one, or delete the line."
        yield places.problem(path, "empty-list", what, fix)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every text in a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))


def _names(part: str, key: str, under: Part, templates: Templates) -> frozenset[str]:
    """The names that are filled at `key`, as far as the standard's patterns use them."""
    if part not in FILLED:
        texts = [text for _, text in _texts(under.get(key), ())]
        return frozenset(name for text in texts for name in _BRACED.findall(text))
    keys = [key]
    if part in ALIKE:
        keys = list(under)
    elif part == "parallel":
        ranges = key.startswith("range_")
        keys = [other for other in under if other.startswith("range_") == ranges]
    texts = [text for other in keys for _, text in _texts(under[other], ())]
    names = frozenset(name for text in texts for name in templates.names(text))
    return names | vocabulary().keys() if part in SPOKEN else names


def _faults(
    text: str,
    part: str,
    allowed: frozenset[str],
    templates: Templates,
    places: Places,
    path: Path_,
) -> Iterator[Problem]:
    """What is wrong with one text: braces that do not close, names that nothing fills."""
    key = path[1]
    try:
        used = templates.names(text)
    except ValueError as error:
        fix = "Check the double braces: each name stands in {{ and }}."
        yield places.problem(path, "bad-pattern", f"{key} cannot be read: {error}", fix)
        return
    if part not in FILLED:
        used |= frozenset(_BRACED.findall(text))
    for name in sorted(used - allowed):
        near = closest(name, allowed)
        fix = f"Did you mean {near!r}?" if near else "Write the words without braces."
        if allowed and not near:
            fix = f"The standard fills {', '.join(sorted(allowed)[:12])} here."
        yield places.problem(path, "unknown-word", f"nothing fills {name!r} in {key}", fix)
