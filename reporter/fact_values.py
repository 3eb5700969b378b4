"""Values of facts as JSON: figures without the dust of arithmetic, null for what is not known."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any, get_type_hints

from reporter.facts import KINDS
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


class ValueWriter:
    """The JSON of values of fields; those that recur are written once."""

    def __init__(self) -> None:
        self.plain = _Values()
        """Of words and numbers, whatever the field."""
        self._flags = _Values()  # apart: true is no 1 here, though the two are equal
        self._or_null = _OrNull()

    def of(self, kind: str, name: str) -> Mapping[Any, str]:
        """The JSON of values of a field."""
        if name in EMPTY_IS_NULL:
            return self._or_null
        return self._flags if name in _flags(kind) else self.plain


@cache
def field_names(kind: str) -> tuple[str, ...]:
    """The fields of a kind in their order, but for its sources."""
    return tuple(f.name for f in dataclasses.fields(KINDS[kind]) if f.name != "sources")


@cache
def _flags(kind: str) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(KINDS[kind]).items() if hint is bool)


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
