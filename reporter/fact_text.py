"""Facts as the text of JSON objects: the kind, its fields in their order, the rows behind them.

A paper's evidence holds thousands of facts whose fields repeat each other's values, so each value
is written once and the facts of a table are filled into one pattern, column by column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from reporter.fact_layout import Texts, layout_of
from reporter.fact_values import ValueWriter, as_json, field_names
from reporter.facts import Fact, Findings, Part, Runs, Source

_SOURCES = '"sources": '


class FactWriter:
    """Writes facts: those of `found` by columns, any other by itself; values that recur are
    written once.
    """

    def __init__(self, found: Findings | None = None) -> None:
        self._values = ValueWriter()
        self._sources = _Sources()
        self._found = found  # lives as long as the writer, so that no other fact has an id of its
        self._told: dict[int, str] = {}
        self.rest: list[str] = []
        """The facts of `found` that no paper may tell, as `whole` gives them."""
        if found:
            places = iter(_each_place(found.runs))
            for part in found.parts:
                texts = self._objects(part, islice(places, len(part.rows)))
                self._told.update(zip(map(id, part.told), texts, strict=False))
                self.rest += texts

    def whole(self, fact: Fact) -> str:
        """A fact as an object."""
        return self._told.get(id(fact)) or self._object(fact)

    def parted(self, fact: Fact) -> tuple[str, str]:
        """The same in two: up to its last field, `sources`, and from there."""
        head, key, behind = self.whole(fact).rpartition(_SOURCES)
        return head, key + behind

    def _objects(self, part: Part, places: Iterable[str]) -> Iterator[str]:
        """Each fact of `part` as an object: one pattern, filled by columns."""
        pattern, columns = layout_of(part.kind, part.columns)
        filled = [
            column.at(part.rows) if isinstance(column, Texts) else self._figures(part, column.name)
            for column in columns
        ]
        pattern += f"{_SOURCES}[%s]}}"
        return map(pattern.__mod__, zip(*filled, places, strict=True))

    def _figures(self, part: Part, name: str) -> Iterable[str]:
        differing = part.columns.differing
        values = differing[name].at(part.rows) if name in differing else part.tuples[name]
        return map(self._values.of(part.kind, name).__getitem__, values)

    def _object(self, fact: Fact) -> str:
        fields = "".join(
            f'"{name}": {self._values.of(fact.kind, name)[getattr(fact, name)]}, '
            for name in field_names(fact.kind)
        )
        behind = ", ".join(map(self._sources.__getitem__, fact.sources))
        return f'{{"kind": "{fact.kind}", {fields}{_SOURCES}[{behind}]}}'

    def value(self, value: str | float | None) -> str:
        """A word or number."""
        return self._values.plain[value]


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
    text = f'{{"file": {_quoted(file)}, "row": {row}'
    text += f', "to": {to}' if to else ""
    text += f', "cell": {as_json(cell)}' if cell else ""
    text += f', "statement": {as_json(statement)}' if statement else ""
    return text + "}"


def _place_text(file: str, row: int, cell: str) -> str:
    """The same of one row of data."""
    in_cell = f', "cell": {as_json(cell)}' if cell else ""
    return f'{{"file": {_quoted(file)}, "row": {row}{in_cell}}}'


@lru_cache(maxsize=256)
def _quoted(file: str) -> str:
    return as_json(file)


def _each_place(runs: Runs) -> list[str]:
    """The places behind each fact."""
    texts = runs.files.texts(runs.places, _place_text)
    for run, to in runs.to.items():
        texts[run] = f'{texts[run][:-1]}, "to": {to}}}'  # a run of rows has no cell
    return [", ".join(texts[start:stop]) for start, stop in pairwise(runs.stops)]


def fact_fields(fact: Fact) -> dict[str, Any]:
    """A fact as plain data, as the evidence holds it; nothing known is null."""
    fields: dict[str, Any] = json.loads(FactWriter().whole(fact))
    return fields
