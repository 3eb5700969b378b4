"""Which facts support a number: values, differences, counts, as the evidence has them.

In: a quantity read from the paper, and facts. Out: those of them that state it. Shown figures are
rounded half up (STANDARDS 1.3), so a number is supported if the fact's exact figure rounds to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reporter.audit.evidence import FactData
from reporter.english import Quantity

_NOT_FIGURES = frozenset({"months_between", "members", "members_of", "lag", "window", "units"})
_SMALL_WORDS = 12
"""A fraction or a multiple in words agrees within so many hundredths of its own size."""


def figures_of(facts: Iterable[FactData]) -> Iterator[Decimal]:
    """Every number that facts hold, whatever its field."""
    for fact in facts:
        for _, figure in _figures(fact):
            yield figure


def _figures(fact: FactData) -> Iterator[tuple[str, Decimal]]:
    for key, value in fact.items():
        if key in ("sources", "names", "periods"):
            continue
        if key == "stated":
            yield from _stated(value)
        elif isinstance(value, bool) or value is None:
            continue
        elif isinstance(value, int | float):
            yield key, Decimal(repr(value))
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, Mapping):
                    yield from ((key, figure) for _, figure in _figures(each))


def _stated(entries: Any) -> Iterator[tuple[str, Decimal]]:
    for entry in entries if isinstance(entries, list) else ():
        value = entry.get("for") if isinstance(entry, Mapping) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield "stated", Decimal(repr(value))


def agrees(one: Quantity, figure: Decimal) -> bool:
    """Whether `figure` may be shown as `one` is; its sign may be said in words."""
    if one.unit == "fraction":
        share = figure if abs(figure) <= 1 else figure / 100
        return abs(share - one.value) * 100 <= 3
    if one.unit == "times":
        return abs(figure - one.value) * 100 <= _SMALL_WORDS * one.value
    return one.agrees(figure) or one.agrees(-figure) or one.agrees(abs(figure))


@dataclass(frozen=True, eq=False)
class FactIndex:
    """Facts that can be asked quickly which of them state a number."""

    facts: tuple[FactData, ...]

    @cached_property
    def _sorted(self) -> tuple[list[float], list[tuple[Decimal, int]]]:
        """The size of every figure in order, and beside each the figure and its fact's turn."""
        entries = [
            (figure, at)
            for at, fact in enumerate(self.facts)
            for key, figure in _figures(fact)
            if key not in _NOT_FIGURES
        ]
        entries.sort(key=lambda entry: (abs(entry[0]), entry[1]))
        return [float(abs(figure)) for figure, _ in entries], entries

    def supporting(self, one: Quantity) -> tuple[FactData, ...]:
        """The facts one of whose figures is `one`, in their order."""
        sizes, entries = self._sorted
        found: set[int] = set()
        for low, high in _reach(one):
            for at in range(bisect_left(sizes, low), bisect_right(sizes, high)):
                figure, turn = entries[at]
                if turn not in found and agrees(one, figure):
                    found.add(turn)
        return tuple(self.facts[turn] for turn in sorted(found))


def _reach(one: Quantity) -> list[tuple[float, float]]:
    """Where figures that may agree with `one` lie."""
    size = float(abs(one.value))
    if one.unit == "fraction":
        return [(size - 0.031, size + 0.031), (100 * size - 3.1, 100 * size + 3.1)]
    slack = size * _SMALL_WORDS / 100 if one.unit == "times" else float(one.step) / 2
    return [(size - slack - 1e-9, size + slack + 1e-9)]


def brief_of(fact: FactData) -> dict[str, Any]:
    """A fact in short, for a list: what it compares and the rows that it rests on."""
    keys = ("kind", "indicator", "area", "breakdown", "category", "period", "base_period",
            "comparator")  # fmt: skip
    made = {key: fact.get(key) for key in keys if fact.get(key)}
    return {**made, "sources": list(fact.get("sources", ()))}
