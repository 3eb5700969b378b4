"""A JSON Schema for files of rules, so that editors complete and check them while they are typed.

The keys and their types are pydantic's reading of the dataclasses; what hangs together (which
fields a kind of fact has, which words a field may take, which thresholds there are) is read off the
same dataclasses and the book. Scalars may be typed as YAML has them: 5 and "5" are the same here.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from pydantic import TypeAdapter

from reporter.facts import KINDS
from reporter.rules.book import NEEDED, RuleBook
from reporter.rules.checking import CHOSEN, NUMERIC, FieldType, field_types
from reporter.rules.nouns import Rule

Schema = dict[str, Any]
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


def rule_schema(book: RuleBook) -> Schema:
    """The schema of a file of rules over `book`, whose rules it may change and whose cuts it names.

    A new rule needs its kind, role and words; a change to a rule of the book only the rule's id.
    """
    made = TypeAdapter(Rule).json_schema()
    properties = {name: _plain(of) for name, of in made["properties"].items()}
    properties["about"] = {"enum": list(KINDS)}
    properties["when"] = {"type": "object"}
    properties["id"] |= {"minLength": 1}
    ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for rule in (*book.rules, *book.off):
        ids[rule.about].append(rule.id)
    known = [id_ for of_kind in ids.values() for id_ in of_kind]
    new = {"properties": {"id": {"not": {"enum": known}}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of reporter",
        "description": "One file of rules: what to say of facts of one family, and when.",
        "type": "array",
        "items": {
            "type": "object",
            "description": made["description"],
            "properties": properties,
            "required": ["id"],
            "additionalProperties": False,
            "allOf": [
                {"if": new, "then": {"required": list(NEEDED)}},
                *(_of_kind(kind, ids[kind]) for kind in KINDS),
            ],
        },
        "$defs": {"Example": made["$defs"]["Example"], **_shared(book)},
    }


def _plain(of: Schema) -> Schema:
    """A property without the title and default that pydantic adds, which tell an editor nothing."""
    return {key: value for key, value in of.items() if key not in ("title", "default")}


def _of_kind(kind: str, ids: list[str]) -> Schema:
    """What a rule about `kind`, or a change to one of the rules `ids` about it, may name."""
    named = {"properties": {"about": {"const": kind}}, "required": ["about"]}
    changed = {"properties": {"id": {"enum": ids}}, "not": {"required": ["about"]}}
    own = {field.name for field in dataclasses.fields(KINDS[kind])}
    fields = field_types(kind)
    given = {name: _value(fields[name]) for name in fields if name in own}
    when = {name: _condition(of) for name, of in fields.items()}
    return {
        "if": {"anyOf": [named, changed]},
        "then": {
            "properties": {
                "when": {"properties": when, "additionalProperties": False},
                "examples": {
                    "items": {
                        "properties": {
                            "given": {"properties": given, "additionalProperties": False}
                        }
                    }
                },
            }
        },
    }


def _shared(book: RuleBook) -> Schema:
    """The parts that fields of one nature share: their values, and what may be asked of them."""
    number = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER}]}
    values = {"number": number, "flag": {"type": "boolean"}, "text": {"type": ["string", "number"]}}
    limit = {"anyOf": [_part("number"), {"enum": list(book.thresholds)}]}
    asked = {f"{nature}_asked": _asked(_part(nature)) for nature in values}
    asked["number_asked"] = _asked(_part("number"), dict.fromkeys(NUMERIC, _part("limit")))
    return {**values, "limit": limit, **asked, "other_asked": _tests({})}


def _part(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _tests(tests: Schema) -> Schema:
    """An object with `tests` of a field; whether it is known may be asked of every one."""
    properties = {"known": {"type": "boolean"}, **tests}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _asked(value: Schema, limits: Schema | None = None) -> Schema:
    """What may be asked of a field: a bare value, or tests by their names."""
    several = {"type": "array", "items": value, "minItems": 1}
    tests = {"is": value, **dict.fromkeys(CHOSEN, several), **(limits or {})}
    return {"anyOf": [value, _tests(tests)]}


def _value(of: FieldType) -> Schema:
    """What may stand for a value of a field, in an example."""
    if of.nature == "choice":
        return {"enum": list(of.choices)}
    return {} if of.nature == "other" else _part(of.nature)


def _condition(of: FieldType) -> Schema:
    """What a rule may ask of a field."""
    return _asked(_value(of)) if of.nature == "choice" else _part(f"{of.nature}_asked")
