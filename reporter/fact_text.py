"""Facts as the text of JSON objects: the kind, its fields in their order, the rows behind them.

A paper's evidence holds thousands of facts whose fields repeat each other's values, so each value
is written once and the facts of a kind are filled into one pattern, column by column.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise, repeat
from math import isfinite
from operator import attrgetter
from typing import Any, get_type_hints

from reporter.facts import KINDS, Behind, Fact, Part, Runs, Source
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
        self._of_runs: dict[Runs, list[str]] = {}

    def open_objects(self, facts: Sequence[Fact]) -> list[str]:
        """Each fact as an object without its last field, `sources`, and its closing brace."""
        by_kind: dict[str, list[int]] = {}
        for at, fact in enumerate(facts):
            by_kind.setdefault(fact.kind, []).append(at)
        found = [""] * len(facts)
        for kind, places in by_kind.items():
            names = _names(kind)
            rows = map(attrgetter(*names), (facts[at] for at in places))
            columns = dict(zip(names, zip(*rows, strict=True), strict=True))
            alike = {n: each[0] for n, each in columns.items() if each.count(each[0]) == len(each)}
            differing = {name: each for name, each in columns.items() if name not in alike}
            pattern, filled = self._filled(kind, alike, differing)
            texts = (
                map(pattern.__mod__, zip(*filled, strict=True)) if filled else repeat(pattern % ())
            )
            for at, text in zip(places, texts, strict=False):
                found[at] = text
        return found

    def objects_of(self, part: Part, before: str = "", after: str = "") -> Iterator[str]:
        """Each fact of `part` as a whole object, with what stands before and after each."""
        pattern, filled = self._filled(part.kind, part.alike, part.differing)
        before, after = before.replace("%", "%%"), after.replace("%", "%%")
        pattern = f'{before}{pattern}"sources": [%s]}}{after}'
        return map(pattern.__mod__, zip(*filled, self._runs(part.sources), strict=True))

    def _filled(
        self, kind: str, alike: Mapping[str, Any], differing: Mapping[str, Iterable[Any]]
    ) -> tuple[str, list[Iterable[str]]]:
        """The pattern of facts of a kind, up to their sources, and the columns that fill it."""
        fixed = {
            name: self._writer(kind, name)[value].replace("%", "%%")
            for name, value in alike.items()
        }
        names = _names(kind)
        fields = "".join(f'"{name}": {fixed.get(name, "%s")}, ' for name in names)
        columns: list[Iterable[str]] = [
            map(self._writer(kind, name).__getitem__, differing[name])
            for name in names
            if name not in fixed
        ]
        return f'{{"kind": "{kind}", {fields}', columns

    def value(self, value: str | float | None) -> str:
        """A word or number."""
        return self._values[value]

    def sources(self, fact: Fact) -> str:
        """The last field of a fact, and its closing brace."""
        behind = fact.sources
        if isinstance(behind, Behind):
            return f'"sources": [{self._runs(behind.runs)[behind.at]}]}}'
        return f'"sources": [{", ".join(map(self._sources.__getitem__, behind))}]}}'

    def _runs(self, runs: Runs) -> list[str]:
        """The places behind each fact of `runs`, written when the first of them is asked for."""
        if runs not in self._of_runs:
            self._of_runs[runs] = _each_place(runs)
        return self._of_runs[runs]

    def _writer(self, kind: str, name: str) -> dict[Any, str]:
        if name in EMPTY_IS_NULL:
            return self._or_null
        return self._flags if name in _flags(kind) else self._values


class _Values(dict[Any, str]):
    """The JSON of values, each written when it is first asked for."""

    def __missing__(self, value: Any) -> str:
        written = _figure_text(value) if type(value) is float else as_json(plain(value))
        self[value] = written
        return written


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


def _each_place(runs: Runs) -> list[str]:
    """The places behind each fact, as `_Sources` writes them."""
    heads = [f'{{"file": {as_json(file)}, "row": ' for file in runs.files]
    tails = [f', "cell": {as_json(cell)}}}' if cell else "}" for cell in runs.cells]
    texts = [
        f'{heads[file]}{row}, "to": {to}{tails[cell]}' if to else f"{heads[file]}{row}{tails[cell]}"
        for file, row, to, cell in zip(runs.file, runs.row, runs.to, runs.cell, strict=True)
    ]
    return [", ".join(texts[start:stop]) for start, stop in pairwise(runs.stops)]


@cache
def _names(kind: str) -> tuple[str, ...]:
    """The fields of a kind in their order, but for its sources."""
    return tuple(f.name for f in dataclasses.fields(KINDS[kind]) if f.name != "sources")


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


def _figure_text(value: float) -> str:
    """`plain` of a figure as JSON; as it is typed where that is what Python has for it too."""
    text = repr(value)
    if len(text) > EXACT_DIGITS + 1 or not text[-1].isdigit() or "+" in text or not value:
        return as_json(_figure(value))
    return text.removesuffix(".0")


def _figure(value: float) -> int | float:
    exact = value if float(f"{value:.{EXACT_DIGITS}g}") == value else without_dust(value)
    return int(exact) if exact.is_integer() else exact
