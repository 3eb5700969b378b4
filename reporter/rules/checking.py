"""Could a rule ever fire? Its kind, conditions and thresholds, held against the dataclasses.

The dataclasses of `reporter.facts` are the one truth: what a condition may test and what values it
may name are read off their fields.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reporter.facts import KINDS, Fact
from reporter.problems import Place, Problem
from reporter.rules.derived import DERIVED
from reporter.rules.nouns import Condition, Rule
from reporter.yamlfile import Path_, Places, fit

NUMERIC = ("at_least", "at_most", "above", "below")
CHOSEN = ("one_of", "not_one_of")
NOWHERE = Places("an example", {})


@dataclasses.dataclass(frozen=True, slots=True)
class FieldType:
    """What a condition may say of a field: its nature and, for a closed list, the words in it."""

    nature: Literal["number", "flag", "text", "choice", "other"]
    choices: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def field_types(kind: str) -> Mapping[str, FieldType]:
    """Every field that a rule about `kind` may test, the derived ones included."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    own = {field.name: _field_type(hints[field.name]) for field in dataclasses.fields(cls)}
    derived = {name: _field_type(get_type_hints(make)["return"]) for name, make in DERIVED.items()}
    return own | derived


def _field_type(hint: Any) -> FieldType:
    if get_origin(hint) is Literal:
        return FieldType("choice", tuple(str(word) for word in get_args(hint)))
    options = [option for option in get_args(hint) or (hint,) if option is not NoneType]
    if options == [bool]:
        return FieldType("flag")
    if options and all(option in (int, float) for option in options):
        return FieldType("number")
    return FieldType("text" if options == [str] else "other")


def check_rule(
    rule: Rule, places: Mapping[Path_, Place], file: Place, thresholds: Mapping[str, Any]
) -> Iterator[Problem]:
    """What is wrong with `rule`, each fault at its own line."""

    def at(*path: str | int) -> Place:
        known = [places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in places]
        return known[0] if known else file

    if rule.about not in KINDS:
        fix = _nearest(rule.about, KINDS)
        what = f"there is no kind of fact {rule.about!r}"
        yield Problem(at("about"), "unknown-kind", what, fix)
        return
    if not rule.say or not all((rule.say,) if isinstance(rule.say, str) else rule.say):
        what = f"the rule {rule.id} says nothing"
        yield Problem(at("say"), "empty-say", what, "Write its words, or `off: true`.")
    fields = field_types(rule.about)
    for name, condition in rule.when.items():
        if name not in fields:
            what = f"a fact of kind {rule.about} has no field {name!r}"
            yield Problem(at("when", name), "unknown-field", what, _nearest(name, fields))
            continue
        for what, fix in _faults(name, condition, fields[name], thresholds):
            yield Problem(at("when", name), "bad-condition", what, fix)
    for index, example in enumerate(rule.examples):
        place = at("examples", index)
        if bool(example.says) == example.silent:
            what = "an example must either say something or be silent"
            yield Problem(place, "bad-example", what, "Write `says: ...` or `silent: true`.")
        own = {field.name for field in dataclasses.fields(KINDS[rule.about])}
        for name in example.given:
            if name not in own:
                what = f"a fact of kind {rule.about} has no field {name!r}"
                yield Problem(place, "unknown-field", what, _nearest(name, own))


def _faults(
    name: str, condition: Condition, kind: FieldType, thresholds: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    if condition == Condition():
        yield f"nothing is asked of {name}", "Write a value after it, or delete the line."
    if any(getattr(condition, test) == () for test in CHOSEN):
        yield f"{name} has a list of no words", "Write at least one in the brackets."
    for test in NUMERIC:
        wanted = getattr(condition, test)
        if wanted is None:
            continue
        if kind.nature != "number":
            yield f"{name} is not a number, so {test!r} says nothing of it", "Use is or one_of."
        elif not _is_number(wanted) and wanted not in thresholds:
            yield f"there is no threshold {wanted!r}", _nearest(wanted, thresholds)
    words = [word for test in CHOSEN for word in getattr(condition, test) or ()]
    if isinstance(condition.is_, str):
        words.append(condition.is_)
    if isinstance(condition.is_, bool) and kind.nature != "flag":
        yield f"{name} is not a yes or no", "Name the value that it must have."
    for word in words:
        if kind.nature == "choice" and word not in kind.choices:
            yield f"{name} is never {word!r}", f"Choose from {', '.join(kind.choices)}."
        elif kind.nature == "flag":
            yield f"{name} is a yes or no, not {word!r}", "Write true or false."
        elif kind.nature == "number" and not _is_number(word):
            yield f"{name} is a number, not {word!r}", "Write digits."


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _nearest(word: str, allowed: Mapping[str, Any] | set[str]) -> str:
    close = difflib.get_close_matches(word, list(allowed), n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Choose from {', '.join(sorted(allowed))}."


def example_defaults(kind: str) -> dict[str, Any]:
    """The least a fact of `kind` must have, for examples: zeros, empty text and first choices."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    missing = [
        field
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    return {field.name: _least(hints[field.name]) for field in missing}


def _least(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is tuple:
        return ()
    return {int: 0, float: 0.0, str: "", bool: False}.get(hint)


def as_fact(kind: str, given: Mapping[str, Any], where: Places = NOWHERE) -> Fact:
    """A fact of `kind` with the `given` fields, as YAML has them, over the least it must have.

    Raises `ProblemsFoundError` for what does not fit, with its place in `where`.
    """
    fact: Fact = fit({**example_defaults(kind), **given}, where.at, KINDS[kind], where.name)
    return fact
