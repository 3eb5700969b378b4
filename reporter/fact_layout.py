"""How the facts of a table are laid out as text: what they have in common is written once.

All facts of a table have one value in many fields and few values in many others, so what fields
that stand side by side have together is a text made once, of which each fact has its own; only
figures are filled in fact by fact.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from reporter.fact_values import ValueWriter, field_names
from reporter.facts import Columns
from reporter.numbering import combine, distinct

ROWS_OF_A_TEXT = 8
"""Fields are written together where so many facts have each text on average."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """What facts have in fields side by side: texts, and which of them each has."""

    texts: NDArray[np.object_]
    which: NDArray[np.int32]

    def at(self, rows: NDArray[np.int64]) -> list[str]:
        """The texts of the facts in `rows`."""
        found: list[str] = self.texts[self.which[rows]].tolist()
        return found

    def and_then(self, text: str) -> Texts:
        """The same, with `text` after each."""
        return Texts(self.texts + text, self.which)

    def beside(self, other: Texts) -> Texts | None:
        """The two as one, where few facts differ in them together."""
        first, which = distinct(combine([self.which, other.which]))
        if len(first) * ROWS_OF_A_TEXT > len(which):
            return None
        texts = self.texts[self.which[first]] + other.texts[other.which[first]]
        return Texts(texts, which.astype(np.int32))


class Figures(NamedTuple):
    """A field whose values differ from fact to fact."""

    name: str


class Layout(NamedTuple):
    """A pattern for facts up to their sources, and what fills it."""

    pattern: str
    columns: tuple[Texts | Figures, ...]


_MADE: WeakKeyDictionary[Columns, Layout] = WeakKeyDictionary()


def layout_of(kind: str, columns: Columns) -> Layout:
    """The layout of facts of a kind in a table, made once for as long as that lives."""
    if columns not in _MADE:
        _MADE[columns] = _laid_out(kind, columns)
    return _MADE[columns]


def _laid_out(kind: str, columns: Columns) -> Layout:
    together: list[str | Texts | Figures] = [f'{{"kind": "{kind}", ']
    for item in _items(kind, columns):
        last = together[-1]
        if isinstance(item, str) and isinstance(last, str):
            together[-1] = last + item
        elif isinstance(item, str) and isinstance(last, Texts):
            together[-1] = last.and_then(item)
        elif isinstance(item, Texts) and isinstance(last, Texts) and (both := last.beside(item)):
            together[-1] = both
        else:
            together.append(item)
    pattern = "".join(i.replace("%", "%%") if isinstance(i, str) else "%s" for i in together)
    return Layout(pattern, tuple(item for item in together if not isinstance(item, str)))


def _items(kind: str, columns: Columns) -> Iterator[str | Texts | Figures]:
    """The fields in their order: what is the same for all facts, few texts, or figures."""
    write = ValueWriter()
    for name in field_names(kind):
        column = columns.differing.get(name)
        if name in columns.alike:
            yield f'"{name}": {write.of(kind, name)[columns.alike[name]]}, '
        elif column is not None and column.values.dtype != np.float64:
            first, which = distinct(column.values)
            values = map(write.of(kind, name).__getitem__, column.at(first))
            texts = [f'"{name}": {value}, ' for value in values]
            yield Texts(np.array(texts, dtype=object), which.astype(np.int32))
        else:
            yield from (f'"{name}": ', Figures(name), ", ")
