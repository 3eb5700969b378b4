"""Facts as tables: one frame a kind, whose columns are the fields of the kind's dataclass.

Words are categories, numbers are numbers, so that a million facts stay small; only chosen rows
become objects, and only then is their evidence looked up in the observations.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd

from reporter.facts.columns import Words, categorical, coded_words, recoded, status_words
from reporter.facts.evidence import Evidence
from reporter.facts.kinds import KINDS
from reporter.facts.panel import MARKS, NONE, Ints, Panel, Points

SHARED_WORDS = ("area", "indicator", "breakdown", "category", "period", "period_type")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The facts of one kind and what they rest on, row by row."""

    kind: str
    frame: pd.DataFrame
    evidence: Evidence
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]] = dataclasses.field(default_factory=dict)
    """Fields that hold tuples, made for a row only when it is looked at."""


def make_table(
    panel: Panel,
    kind: str,
    at: Ints,
    evidence: Evidence,
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]] | None = None,
    **fields: Any,
) -> Table:
    """A table of `kind` about the points at `at`; `fields` override and add to the shared columns.

    A field that is not given takes the dataclass's default. A string stands for a whole column.
    """
    if not len(at):
        return Table(kind, pd.DataFrame(), evidence)
    bits = evidence_marks(panel, at, evidence)
    return _table(panel, kind, panel.points, at, bits, evidence, tuples or {}, fields)


def table_of_missing(panel: Panel, about: Points, reasons: Words, affects: str) -> Table:
    """Caveats about figures that are not there: their places and marks, and no number at all."""
    fields = {"reason": reasons, "affects": affects}
    at = np.arange(len(about.row))
    return _table(panel, "caveat", about, at, about.marks, Evidence(rows=about.row), {}, fields)


def _table(
    panel: Panel,
    kind: str,
    about: Points,
    at: Ints,
    bits: Ints,
    evidence: Evidence,
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]],
    fields: Mapping[str, Any],
) -> Table:
    tuples = {**dict.fromkeys(_tuple_fields(kind), _nothing), **tuples}
    given: dict[str, Any] = {
        name: categorical(getattr(about, name)[at], list(panel.names[name]))
        for name in SHARED_WORDS
    }
    given |= {name: getattr(about, name)[at] for name in ("value", "numerator", "denominator")}
    given["unit"] = coded_words(about.indicator[at], panel.unit_names())
    given["status"] = status_words(bits)
    given |= fields
    columns = {
        name: _column(given.get(name, default), hint, len(at))
        for name, (hint, default) in fields_of(kind).items()
        if name not in tuples
    }
    return Table(kind, pd.DataFrame(columns, copy=False), evidence, tuples)


def _nothing(row: int) -> tuple[Any, ...]:
    return ()


def evidence_marks(panel: Panel, at: Ints, evidence: Evidence) -> Ints:
    """The status bits of every figure that each row touches."""
    marks = panel.points.marks
    found = marks[at].copy() if len(at) else np.zeros(0, np.int64)
    for column in evidence.points:
        found |= np.where(column >= 0, marks[np.maximum(column, 0)], 0)
    borne = int(np.bitwise_or.reduce(marks)) if evidence.runs else 0
    bits = [bit for bit in range(len(MARKS)) if borne >> bit & 1]
    for first, last in evidence.runs:
        for bit in bits:
            seen = _seen(panel, bit)
            held = (first >= 0) & (seen[last + 1] > seen[np.maximum(first, 0)])
            found |= held.astype(np.int64) << bit
    if evidence.marks is not None:
        found |= evidence.marks
    return found


@lru_cache(maxsize=len(MARKS))
def _seen(panel: Panel, bit: int) -> Ints:
    """How many points before each bear a mark; one more at the end."""
    seen: Ints = np.r_[0, np.cumsum((panel.points.marks >> bit) & 1)]
    return seen


def period_words(panel: Panel, at: Ints) -> Words:
    """The period key of each point; "" where `at` is -1."""
    return _name_words(panel.points.period, panel.names["period"], at)


def named_period(panel: Panel, at: Ints, role: str) -> dict[str, Any]:
    """The fields `<role>_period` and `<role>_period_type` of the points at `at`; "" where -1."""
    types = _name_words(panel.points.period_type, panel.names["period_type"], at)
    return {f"{role}_period": period_words(panel, at), f"{role}_period_type": types}


def area_words(panel: Panel, codes: Ints) -> Words:
    """The name of each area code; "" where it is -1."""
    return coded_words(codes, panel.names["area"])


def category_words(panel: Panel, at: Ints) -> Words:
    """The category of each point; "" where `at` is -1."""
    return _name_words(panel.points.category, panel.names["category"], at)


def _name_words(column: Ints, names: tuple[str, ...], at: Ints) -> Words:
    if not len(column):
        return pd.Categorical([""] * len(at))
    return coded_words(np.where(at >= 0, column[np.maximum(at, 0)], NONE), names)


@lru_cache(maxsize=64)
def fields_of(kind: str) -> dict[str, tuple[Any, Any]]:
    """The type and default of every field of a kind but its sources, in its order."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    return {
        field.name: (
            hints[field.name],
            None if field.default is dataclasses.MISSING else field.default,
        )
        for field in dataclasses.fields(cls)
        if field.name != "sources"
    }


@lru_cache(maxsize=64)
def _tuple_fields(kind: str) -> tuple[str, ...]:
    return tuple(name for name, (hint, _) in fields_of(kind).items() if get_origin(hint) is tuple)


def _column(value: Any, hint: Any, length: int) -> Any:
    """A column of `length` in the type that `hint` asks for."""
    origin = get_origin(hint)
    if origin is Literal or hint is str:
        options = list(get_args(hint)) if origin is Literal else None
        if isinstance(value, str):
            return categorical(np.zeros(length, np.int8), [value])
        column = value if isinstance(value, pd.Categorical) else pd.Categorical(value)
        return column if options is None else recoded(column, options)
    kind = _numeric(hint)
    if value is None or np.isscalar(value):
        value = np.full(length, np.nan if value is None else value)
    return np.asarray(value).astype(kind)


def _numeric(hint: Any) -> type[np.generic]:
    if hint is bool:
        return np.bool_
    if hint is int:
        return np.int32
    return np.float64
