"""Facts as the text of JSON objects: the kind, its fields in their order, the rows behind them.

A paper's evidence holds thousands of facts whose fields repeat each other's values, so each value
is written once and the facts of a kind are filled into one pattern, column by column.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from math import isfinite
from operator import attrgetter
from typing import Any, get_type_hints

from reporter.facts import KINDS, Fact, Source
from reporter.rounding import without_dust

EXACT_DIGITS = 15
"""A figure as typed has at most as many significant digits; more are dust of arithmetic."""
EMPTY_IS_NULL = frozenset(
    {
        "base_period", "base_period_type", "comparator", "comparator_period",
        "comparator_period_type", "result_unit",
    }
)  # fmt: skip
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
"""What is written here is made here, and never holds itself."""


class FactWriter:
    """Writes facts; values that recur are written once, for as long as the writer lives."""

    def __init__(self) -> None:
        self._values = _Values()
        self._flags = _Values()  # apart: true is no 1 here, though the two are equal
        self._or_null = _OrNull()
        self._sources = _Sources()

    def open_objects(self, facts: Sequence[Fact]) -> list[str]:
        """Each fact as an object without its last field, `sources`, and its closing brace."""
        by_kind: dict[str, list[int]] = {}
        for at, fact in enumerate(facts):
            by_kind.setdefault(fact.kind, []).append(at)
        found = [""] * len(facts)
        for kind, places in by_kind.items():
            pattern, fields = _pattern(kind)
            rows = map(attrgetter(*fields), (facts[at] for at in places))
            columns = (
                map(self._writer(kind, name).__getitem__, column)
                for name, column in zip(fields, zip(*rows, strict=True), strict=True)
            )
            texts = map(pattern.__mod__, zip(*columns, strict=True))
            for at, text in zip(places, texts, strict=True):
                found[at] = text
        return found

    def value(self, value: str | float | None) -> str:
        """A word or number."""
        return self._values[value]

    def sources(self, fact: Fact) -> str:
        """The last field of a fact, and its closing brace."""
        return f'"sources": [{", ".join(map(self._sources.__getitem__, fact.sources))}]}}'

    def _writer(self, kind: str, name: str) -> dict[Any, str]:
        if name in EMPTY_IS_NULL:
            return self._or_null
        return self._flags if name in _flags(kind) else self._values


class _Values(dict[Any, str]):
    """The JSON of values, each written when it is first asked for."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = as_json(plain(value))
        return text


class _OrNull(dict[str, str]):
    """The same of words, with null in place of none."""

    def __missing__(self, value: str) -> str:
        text = self[value] = as_json(value or None)
        return text


class _Sources(dict[Source, str]):
    """The JSON of places: file and row, and the last row of a run; the cell where a row of a
    workbook holds many figures; the statement of a previous paper.
    """

    def __init__(self) -> None:
        super().__init__()
        self._files = _Values()

    def __missing__(self, source: Source) -> str:
        file, row, cell, statement, to = source
        text = f'{{"file": {self._files[file]}, "row": {row}'
        text += f', "to": {to}' if to else ""
        text += f', "cell": {as_json(cell)}' if cell else ""
        text += f', "statement": {as_json(statement)}' if statement else ""
        text = self[source] = text + "}"
        return text


@cache
def _pattern(kind: str) -> tuple[str, tuple[str, ...]]:
    """What the fields of a kind are filled into, and their names in order."""
    names = tuple(f.name for f in dataclasses.fields(KINDS[kind]) if f.name != "sources")
    fields = "".join(f"{as_json(name)}: %s, " for name in names)
    return f'{{"kind": {as_json(kind)}, {fields}', names


@cache
def _flags(kind: str) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(KINDS[kind]).items() if hint is bool)


def written(facts: Iterable[Fact], writer: FactWriter | None = None) -> list[str]:
    """Each of `facts` as a whole object."""
    every, writer = list(facts), writer or FactWriter()
    opened = writer.open_objects(every)
    return [f"{head}{writer.sources(fact)}" for head, fact in zip(opened, every, strict=True)]


def fact_fields(fact: Fact) -> dict[str, Any]:
    """A fact as plain data, as the evidence holds it; nothing known is null."""
    fields: dict[str, Any] = json.loads(written([fact])[0])
    return fields


def as_json(value: Any) -> str:
    """Plain data as JSON on one line; `ValueError` for a number that is none."""
    if isinstance(value, float) and isfinite(value):
        return repr(value)  # as the encoder has it, which takes ten times as long to set out
    return str(value) if type(value) is int else _ENCODER.encode(value)


def plain(value: Any) -> Any:
    """`value` as JSON holds it: whole figures without a point or dust, dataclasses as objects."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return _figure(float(value))
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return [plain(item) for item in value]


def _figure(value: float) -> int | float:
    exact = value if float(f"{value:.{EXACT_DIGITS}g}") == value else without_dust(value)
    return int(exact) if exact.is_integer() else exact
