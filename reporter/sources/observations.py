"""Columns of text in the tidy form in, the frame of observations out (its columns: `dataset`).

Every check is made on distinct texts or on whole columns, so that 600,000 rows take a second or
two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.numbering import combine
from reporter.problems import Problem
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue, PeriodType
from reporter.sources.columns import Column, Mask, Rows, combinations
from reporter.sources.periods import KEYS, Period, basis, parse_period, period_covered
from reporter.sources.symbols import MARKS, Reading, read_status, read_value
from reporter.sources.tidy import (
    CONTRIBUTIONS,
    OPTIONAL,
    REQUIRED,
    Figures,
    Tidy,
    check_contributions,
    check_repeats,
    check_tidy,
    look_over,
)

_SERIES = ("area", "indicator", "breakdown", "category")
_FRAME = (
    *_SERIES, "period", "period_type", "start", "end", "months", "basis", "value", "numerator",
    "denominator", "text", "status", "missing", "published", "source", "file", "row", "cell",
    "era",
)  # fmt: skip


def observations_frame(
    columns: Mapping[str, Column],
    rows: Rows,
    catalogue: Catalogue | None,
    areas: Areas | None,
    texts: Column | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed and sorted frame of `columns`, and all that is wrong with them.

    `columns` are of equal length, by the names in `REQUIRED`, `OPTIONAL` and `CONTRIBUTIONS`; what
    is missing counts as empty and is not checked. Without a catalogue or areas (their own files are
    at fault) codes and names are not checked. `texts` are the values as their source wrote them
    where `columns` has them otherwise. The frame may be used only if no problem is an error.
    """
    count = len(rows.row)
    full = {n: columns.get(n, Column.constant("", count)) for n in (*REQUIRED, *OPTIONAL)}
    parts = [name for name in CONTRIBUTIONS if name in columns]
    full |= {name: columns[name] for name in parts}
    table = Tidy(full, frozenset(columns), rows, catalogue)
    found = check_tidy(table, areas)
    stretches = _stretches(table, found)
    names = ("value", "numerator", "denominator", *parts)
    figures = {name: _figures(table, name, found) for name in names}
    status = _status(table, found)
    categories = {name: full[name].categorical() for name in (*_SERIES, "period_type", "published")}
    key = _sort_key(categories, stretches)
    order = np.argsort(key, kind="stable")
    found += check_repeats(table, key, order, stretches.known)
    found += look_over(table, figures)
    found += check_contributions(table, figures) if parts else ()
    words = {
        "period": full["period"],
        "basis": stretches.basis,
        "status": status,
        "missing": figures["value"].missing,
        "source": full["source"],
        "file": rows.file,
        "cell": rows.cells(),
    }
    written = (texts or full["value"]).take(order)
    given = {
        **{name: column.take(order) for name, column in categories.items()},
        **{name: column.take(order).categorical() for name, column in words.items()},
        **{name: figure.number[order] for name, figure in figures.items()},
        "start": stretches.start[order],
        "end": stretches.end[order],
        "months": stretches.months[order],
        "row": rows.row[order].astype(np.int32),
        "era": np.zeros(count, np.int16),
        "text": pd.array(written.texts, dtype="str").take(written.codes),
    }
    return pd.DataFrame({name: given[name] for name in (*_FRAME, *parts)}, copy=False), found


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """The days that each row is about; `known` is False where the period is at fault."""

    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    months: NDArray[np.int16]
    basis: Column
    known: Mask


def _stretches(table: Tidy, found: list[Problem]) -> _Stretches:
    """The stretch of every row, worked out once for each pair of period and period type."""
    pairs, inverse = combinations([table.columns["period"], table.columns["period_type"]])
    read = [_stretch(key, period_type) for key, period_type in pairs]
    stretches = [period for period, _ in read]
    faults = [fault for _, fault in read]
    if {"period", "period_type"} <= table.given:
        found += _period_faults(table, faults, inverse)
    loose = table.of_indicator(lambda indicator: indicator.any_length, False).astype(np.int64)
    bases = [
        basis(period, period_type, any_length) if period else ""
        for (_, period_type), period in zip(pairs, stretches, strict=True)
        for any_length in (False, True)
    ]
    return _Stretches(
        start=np.array([p.start if p else None for p in stretches], "datetime64[s]")[inverse],
        end=np.array([p.end if p else None for p in stretches], "datetime64[s]")[inverse],
        months=np.array([p.months if p else 0 for p in stretches], np.int16)[inverse],
        basis=Column((inverse * 2 + loose).astype(np.int32), tuple(bases)).merged(),
        known=np.array([p is not None for p in stretches], np.bool_)[inverse],
    )


def _stretch(key: str, period_type: str) -> tuple[Period | None, tuple[str, str, str]]:
    """The stretch of a pair, or its fault; an unknown period type is told elsewhere."""
    try:
        parse_period(key)
    except ValueError as error:
        what = str(error) if key else "the period is empty"
        return None, ("bad-period", what, f"Write it like one of these: {KEYS}.")
    if period_type not in get_args(PeriodType):
        return None, ("", "", "")
    try:
        return period_covered(key, period_type), ("", "", "")
    except ValueError as error:
        return None, ("period-type", str(error), "Change the period or the period type.")


def _period_faults(
    table: Tidy, faults: list[tuple[str, str, str]], inverse: NDArray[Any]
) -> list[Problem]:
    found: list[Problem] = []
    for wanted in ("bad-period", "period-type"):
        bad = np.array([code == wanted for code, _, _ in faults], np.bool_)[inverse]
        found += table.rows.problems(
            bad, "period", wanted,
            lambda row: faults[inverse[row]][1], lambda row: faults[inverse[row]][2],
        )  # fmt: skip
    return found


def _figures(table: Tidy, name: str, found: list[Problem]) -> Figures:
    column = table.columns[name]
    empty = Reading()
    readings = [read_value(text) if text or name == "value" else empty for text in column.texts]
    if name in table.given:
        bad = np.array([bool(reading.wrong) for reading in readings], np.bool_)[column.codes]
        found += table.rows.problems(
            bad, name, "bad-number",
            lambda row: readings[column.codes[row]].wrong,
            lambda row: readings[column.codes[row]].fix,
        )  # fmt: skip
    numbers = np.array([reading.value for reading in readings], np.float64)[column.codes]
    missing = Column(column.codes, tuple(reading.missing for reading in readings))
    return Figures(numbers, missing.merged())


def _status(table: Tidy, found: list[Problem]) -> Column:
    column = table.columns["status"]
    marks, wrong = [], []
    for text in column.texts:
        try:
            marks.append(read_status(text))
            wrong.append("")
        except ValueError as error:
            marks.append("")
            wrong.append(str(error))
    words = ", ".join(sorted({mark for mark in MARKS.values() if mark}))
    found += table.rows.problems(
        np.array([bool(what) for what in wrong], np.bool_)[column.codes], "status", "bad-status",
        lambda row: wrong[column.codes[row]],
        f"Write nothing, or marks with a space between them: {words}.",
    )  # fmt: skip
    return Column(column.codes, tuple(marks)).merged()


def _sort_key(categories: Mapping[str, pd.Categorical], stretches: _Stretches) -> NDArray[np.int64]:
    """A number a row: equal for the same observation, in the order of the frame."""
    days = [stretches.end.astype("datetime64[D]"), stretches.start.astype("datetime64[D]")]
    parts = [categories[name].codes for name in (*_SERIES, "period_type")]
    numbers = [day.astype(np.int64) * stretches.known for day in days]
    return combine([*parts, *numbers, categories["published"].codes])
