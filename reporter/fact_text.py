"""Facts as the text of JSON objects: the kind, its fields in their order, the rows behind them.

A paper's evidence holds thousands of facts whose fields repeat each other's values, so each value
is written once and the facts of a kind are filled into one pattern, column by column.
"""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from functools import cache
from itertools import islice, pairwise
from math import isfinite
from typing import Any, get_type_hints

from reporter.facts import KINDS, Fact, Findings, Part, Runs, Source
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
    """Writes facts: those of `found` by columns, any other by itself; values that recur are
    written once.
    """

    def __init__(self, found: Findings | None = None) -> None:
        self._values = _Values()
        self._flags = _Values()  # apart: true is no 1 here, though the two are equal
        self._or_null = _OrNull()
        self._sources = _Sources()
        self._found = found  # lives as long as the writer, so that no other fact has an id of its
        self._told: dict[int, tuple[str, str]] = {}
        self.rest: list[tuple[str, str]] = []
        """The facts of `found` that no paper may tell, as `opened` gives them."""
        if found:
            places = iter(_each_place(found.runs))
            for part in found.parts:
                texts = zip(self._heads(part), islice(places, part.count), strict=True)
                self._told.update(zip(map(id, part.told), texts, strict=False))
                self.rest += texts

    def opened(self, fact: Fact) -> tuple[str, str]:
        """A fact as an object up to its last field, `sources`, and the items of that."""
        return self._told.get(id(fact)) or (self._head(fact), self._behind(fact))

    def _heads(self, part: Part) -> list[str]:
        """Each fact of `part` as an object up to its sources: one pattern, filled by columns."""
        writers = {name: self._writer(part.kind, name) for name in _names(part.kind)}
        fixed = {name: writers[name][value] for name, value in part.alike.items()}
        fields = "".join(
            f'"{name}": {fixed[name].replace("%", "%%") if name in fixed else "%s"}, '
            for name in writers
        )
        columns = [
            map(writer.__getitem__, part.differing[name])
            for name, writer in writers.items()
            if name not in fixed
        ]
        pattern = f'{{"kind": "{part.kind}", {fields}'
        if not columns:
            return [pattern % ()] * part.count
        return list(map(pattern.__mod__, zip(*columns, strict=True)))

    def _head(self, fact: Fact) -> str:
        fields = "".join(
            f'"{name}": {self._writer(fact.kind, name)[getattr(fact, name)]}, '
            for name in _names(fact.kind)
        )
        return f'{{"kind": "{fact.kind}", {fields}'

    def _behind(self, fact: Fact) -> str:
        return ", ".join(map(self._sources.__getitem__, fact.sources))

    def value(self, value: str | float | None) -> str:
        """A word or number."""
        return self._values[value]

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
    """The JSON of places, each written when it is first asked for."""

    def __missing__(self, source: Source) -> str:
        text = self[source] = _source_text(source)
        return text


def _source_text(source: Source) -> str:
    """File and row, and the last row of a run; the cell where a row of a workbook holds many
    figures; the statement of a previous paper.
    """
    file, row, cell, statement, to = source
    text = f'{{"file": {as_json(file)}, "row": {row}'
    text += f', "to": {to}' if to else ""
    text += f', "cell": {as_json(cell)}' if cell else ""
    text += f', "statement": {as_json(statement)}' if statement else ""
    return text + "}"


def _each_place(runs: Runs) -> list[str]:
    """The places behind each fact."""
    texts = runs.files.texts(runs.places, _source_text)
    for run, to in runs.to.items():
        texts[run] = f'{texts[run][:-1]}, "to": {to}}}'  # a run of rows has no cell
    return [", ".join(texts[start:stop]) for start, stop in pairwise(runs.stops)]


@cache
def _names(kind: str) -> tuple[str, ...]:
    """The fields of a kind in their order, but for its sources."""
    return tuple(f.name for f in dataclasses.fields(KINDS[kind]) if f.name != "sources")


@cache
def _flags(kind: str) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(KINDS[kind]).items() if hint is bool)


def written(head: str, behind: str) -> str:
    """A fact as a whole object, from what `FactWriter.opened` gives."""
    return f'{head}"sources": [{behind}]}}'


def fact_fields(fact: Fact) -> dict[str, Any]:
    """A fact as plain data, as the evidence holds it; nothing known is null."""
    fields: dict[str, Any] = json.loads(written(*FactWriter().opened(fact)))
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
