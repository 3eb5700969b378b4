"""Columns of text in the tidy form in, the frame of observations out (its columns: `dataset`).

Every check is made on distinct texts or on whole columns, so that 600,000 rows take a second or
two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.problems import Problem, closest
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue, PeriodType
from reporter.sources.columns import Codes, Column, Mask, Rows, combine
from reporter.sources.periods import KEYS, Period, basis, parse_period, period_covered
from reporter.sources.symbols import MARKS, Reading, read_status, read_value

REQUIRED = ("area", "indicator", "breakdown", "category", "period", "period_type", "value")
OPTIONAL = ("numerator", "denominator", "status", "published", "source")
_SERIES = ("area", "indicator", "breakdown", "category")


def observations_frame(
    columns: Mapping[str, Column],
    rows: Rows,
    catalogue: Catalogue | None,
    areas: Areas | None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed and sorted frame of `columns`, and all that is wrong with them.

    `columns` are of equal length, by the names in `REQUIRED` and `OPTIONAL`; what is missing counts
    as empty and is not checked. Without a catalogue or areas (their own files are at fault) codes
    and names are not checked. The frame may be used only if no problem is an error.
    """
    count = len(rows.row)
    full = {n: columns.get(n, Column.constant("", count)) for n in (*REQUIRED, *OPTIONAL)}
    table = _Table(full, frozenset(columns), rows, catalogue)
    found = [*_check_names(table, areas), *_check_breakdowns(table)]
    stretches = _stretches(table, found)
    figures = {name: _figures(table, name, found) for name in ("value", "numerator", "denominator")}
    status = _status(table, found)
    found += _check_published(table)
    categories = {name: full[name].categorical() for name in (*_SERIES, "period_type", "published")}
    key = _sort_key(categories, stretches)
    found += _check_repeats(table, key, stretches.known)
    found += _look_over(table, figures)
    frame = _frame(table, categories, stretches, figures, status)
    order = np.argsort(key, kind="stable")
    return frame.take(order).reset_index(drop=True), found


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The columns, which of them were there, where their rows stand, and the catalogue."""

    columns: Mapping[str, Column]
    given: frozenset[str]
    rows: Rows
    catalogue: Catalogue | None

    def of_indicator(self, look_up: Callable[[Any], Any], default: Any) -> NDArray[Any]:
        """What the catalogue says of each row's indicator; `default` for an unknown one."""
        known = self.catalogue.indicators if self.catalogue else {}
        column = self.columns["indicator"]
        return np.array(
            [look_up(known[code]) if code in known else default for code in column.texts]
            or [default]
        )[column.codes]


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """The days that each row is about; `known` is False where the period is at fault."""

    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    months: NDArray[np.int16]
    basis: Column
    known: Mask


def _check_names(table: _Table, areas: Areas | None) -> list[Problem]:
    found: list[Problem] = []
    if table.catalogue is not None:
        fix = "Add it to the catalogue of indicators, or mend the code."
        found += _unknown(table, "indicator", table.catalogue.indicators, fix)
    if areas is not None:
        fix = "Add it to the file of areas that the brief names, or mend the name."
        found += _unknown(table, "area", areas.areas, fix)
    types = get_args(PeriodType)
    return found + _unknown(table, "period_type", types, f"Choose one of {', '.join(types)}.")


def _unknown(table: _Table, name: str, known: Any, fix: str) -> list[Problem]:
    """Texts of a column that are not `known`, each once, at the first row that has it."""
    if name not in table.given:
        return []
    column = table.columns[name]
    bad = column.where(lambda text: text not in known)
    first, counts = _first_of_each(column, bad)
    words = name.replace("_", " ")

    def what(row: int) -> str:
        text = column.text(row)
        also = f" (in {counts[column.codes[row]]:,} rows)" if counts[column.codes[row]] > 1 else ""
        return f"the {words} {text!r} is not known{also}" if text else f"the {words} is empty{also}"

    def to_do(row: int) -> str:
        near = closest(column.text(row), known)
        return f"Did you mean {near!r}? {fix}" if near else fix

    return table.rows.problems(first, name, f"unknown-{name.replace('_', '-')}", what, to_do)


def _first_of_each(column: Column, bad: Mask) -> tuple[Mask, dict[int, int]]:
    """The first bad row of each text, and how many rows hold it, by code."""
    at = np.flatnonzero(bad)
    codes, first, counts = np.unique(column.codes[at], return_index=True, return_counts=True)
    mask = np.zeros(len(bad), dtype=np.bool_)
    mask[at[first]] = True
    return mask, dict(zip(codes.tolist(), counts.tolist(), strict=True))


def _check_breakdowns(table: _Table) -> list[Problem]:
    if not {"breakdown", "category"} <= table.given:
        return []
    breakdown = table.columns["breakdown"].where(bool)
    half = breakdown != table.columns["category"].where(bool)
    words = ("a category without a breakdown", "a breakdown without a category")
    fix = (
        "Fill both for a member of a breakdown (age_group, 5 to 9); leave both empty for the total."
    )
    return table.rows.problems(
        half, "category", "half-breakdown",
        lambda row: words[int(breakdown[row])],
        fix,
    )  # fmt: skip


def _stretches(table: _Table, found: list[Problem]) -> _Stretches:
    """The stretch of every row, worked out once for each pair of period and period type."""
    keys, types = table.columns["period"], table.columns["period_type"]
    pairs, inverse = np.unique(
        keys.codes.astype(np.int64) * max(len(types.texts), 1) + types.codes, return_inverse=True
    )
    stretches: list[Period | None] = []
    faults: list[tuple[str, str, str]] = []
    for pair in pairs.tolist():
        period, fault = _stretch(*(
            keys.texts[pair // len(types.texts)], types.texts[pair % len(types.texts)]
        ))  # fmt: skip
        stretches.append(period)
        faults.append(fault)
    if {"period", "period_type"} <= table.given:
        found += _period_faults(table, faults, inverse)
    loose = table.of_indicator(lambda indicator: indicator.any_length, False).astype(np.int64)
    bases = [
        basis(period, types.texts[pair % len(types.texts)], bool(any_length)) if period else ""
        for pair, period in zip(pairs.tolist(), stretches, strict=True)
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
    table: _Table, faults: list[tuple[str, str, str]], inverse: NDArray[Any]
) -> list[Problem]:
    found: list[Problem] = []
    for wanted in ("bad-period", "period-type"):
        bad = np.array([code == wanted for code, _, _ in faults], np.bool_)[inverse]
        found += table.rows.problems(
            bad, "period", wanted,
            lambda row: faults[inverse[row]][1], lambda row: faults[inverse[row]][2],
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """A column of figures: numbers, NaN where there is none, and why."""

    number: NDArray[np.float64]
    missing: Column


def _figures(table: _Table, name: str, found: list[Problem]) -> _Figures:
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
    return _Figures(numbers, missing.merged())


def _status(table: _Table, found: list[Problem]) -> Column:
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


def _is_day(text: str) -> bool:
    try:
        return parse_period(text).kind == "day"
    except ValueError:
        return False


def _check_published(table: _Table) -> list[Problem]:
    column = table.columns["published"]
    bad = column.where(lambda text: bool(text) and not _is_day(text))
    fix = "Write the day as 2019-03-31, or leave it empty."
    return table.rows.problems(
        bad, "published", "bad-date", lambda row: f"{column.text(row)!r} is not a date", fix
    )


def _sort_key(categories: Mapping[str, pd.Categorical], stretches: _Stretches) -> NDArray[np.int64]:
    """A number a row: equal for the same observation, in the order of the frame."""
    days = [stretches.end.astype("datetime64[D]"), stretches.start.astype("datetime64[D]")]
    parts = [categories[name].codes for name in (*_SERIES, "period_type")]
    numbers = [day.astype(np.int64) * stretches.known for day in days]
    return combine([*parts, *numbers, categories["published"].codes])


def _check_repeats(table: _Table, key: NDArray[np.int64], known: Mask) -> list[Problem]:
    if not set(REQUIRED) - {"value"} <= table.given:
        return []
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    original = first[inverse]
    rows = table.rows

    def what(row: int) -> str:
        at = int(original[row])
        file = "" if rows.file.text(at) == rows.file.text(row) else f" of {rows.file.text(at)}"
        return f"this repeats row {rows.row[at]}{file}: the same series, period and published date"

    fix = "Delete one of the two; if one revises the other, give each its date in `published`."
    repeated = known & (original != np.arange(len(key)))
    return rows.problems(repeated, "", "duplicate-observation", what, fix)


def _look_over(table: _Table, figures: Mapping[str, _Figures]) -> list[Problem]:
    """Warnings: figures that can be right but seldom are."""
    unit = table.of_indicator(lambda indicator: indicator.unit, "")
    value, top, base = (figures[name].number for name in ("value", "numerator", "denominator"))
    texts = table.columns["value"]
    percent = unit == "percent"
    is_change = table.of_indicator(lambda indicator: bool(indicator.change_on), False)
    # A figure is the percentage that its parts give if it is within half a unit of its last digit.
    half_unit = texts.each(lambda text: 0.5 * 10.0 ** -len(text.partition(".")[2]), np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        worked_out = 100 * top / base
        differs = percent & (base > 0) & (np.abs(worked_out - value) > half_unit * (1 + 1e-9))
    hidden = figures["value"].missing.where(lambda why: why == "suppressed") & ~np.isnan(top + base)
    tests: list[tuple[Mask, str, str, Callable[[int], str], str]] = [
        (percent & (value > 100), "value", "above-100",
         lambda row: f"the percentage {texts.text(row)} is above 100", "Check it."),
        ((unit == "count") & ~is_change & (value < 0), "value", "negative-count",
         lambda row: f"the count {texts.text(row)} is below 0", "Check it."),
        (percent & (top > base), "numerator", "numerator-above",
         lambda row: f"the numerator {top[row]:g} is larger than the denominator {base[row]:g}",
         "Check both."),
        (differs, "value", "not-its-parts",
         lambda row: f"{texts.text(row)}% is not {top[row]:g} out of {base[row]:g}, "
                     f"which is {worked_out[row]:.4g}%",
         "Check all three; the sentence would contradict itself."),
        (hidden, "value", "not-hidden",
         lambda row: "the value is suppressed, but its numerator and denominator give it away",
         "Suppress one of the two as well."),
    ]  # fmt: skip
    found: list[Problem] = []
    for bad, column, code, what, fix in tests:
        found += table.rows.problems(bad, column, code, what, fix, "warning")
    return found


def _frame(
    table: _Table,
    categories: Mapping[str, pd.Categorical],
    stretches: _Stretches,
    figures: Mapping[str, _Figures],
    status: Column,
) -> pd.DataFrame:
    value = table.columns["value"]
    row: Codes = table.rows.row.astype(np.int32)
    return pd.DataFrame(
        {
            **{name: categories[name] for name in _SERIES},
            "period": table.columns["period"].categorical(),
            "period_type": categories["period_type"],
            "start": stretches.start,
            "end": stretches.end,
            "months": stretches.months,
            "basis": stretches.basis.categorical(),
            **{name: figure.number for name, figure in figures.items()},
            "text": pd.Series(np.array(value.texts, dtype=object)[value.codes], dtype="str"),
            "status": status.categorical(),
            "missing": figures["value"].missing.categorical(),
            "published": categories["published"],
            "source": table.columns["source"].categorical(),
            "file": table.rows.file.categorical(),
            "row": row,
        }
    )
