"""What can be wrong with observations in the tidy form, besides a cell that does not parse.

Knows columns of text and the catalogue; nothing of frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from reporter.problems import Problem, closest
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue, Indicator, PeriodType
from reporter.sources.columns import Column, Mask, Rows, combinations
from reporter.sources.periods import parse_period

REQUIRED = ("area", "indicator", "period", "period_type", "value")
OPTIONAL = ("breakdown", "category", "numerator", "denominator", "status", "published", "source")
CONTRIBUTIONS = ("contributors", "largest", "second_largest")
"""How many make up a sum of money, and what the largest two of them come to (STANDARDS 3.4)."""


@dataclass(frozen=True, slots=True, eq=False)
class Tidy:
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
class Figures:
    """A column of figures: numbers, NaN where there is none, and why."""

    number: NDArray[np.float64]
    missing: Column


def check_tidy(table: Tidy, areas: Areas | None) -> list[Problem]:
    """Unknown names, halves of a breakdown, period types that do not belong, bad dates."""
    return [
        *_check_names(table, areas),
        *_check_breakdowns(table),
        *_check_period_types(table),
        *_check_published(table),
    ]


def _check_names(table: Tidy, areas: Areas | None) -> list[Problem]:
    found: list[Problem] = []
    if table.catalogue is not None:
        fix = "Add it to the catalogue of indicators, or mend the code."
        found += _unknown(table, "indicator", table.catalogue.indicators, fix)
    if areas is not None:
        fix = "Add it to the file of areas that the brief names, or mend the name."
        found += _unknown(table, "area", areas.areas, fix)
    types = get_args(PeriodType)
    return found + _unknown(table, "period_type", types, f"Choose one of {', '.join(types)}.")


def _unknown(table: Tidy, name: str, known: Any, fix: str) -> list[Problem]:
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


def _check_breakdowns(table: Tidy) -> list[Problem]:
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


def _check_period_types(table: Tidy) -> list[Problem]:
    """Rows of a period type that the catalogue does not have for their indicator (1.7.4)."""
    types, codes = table.columns["period_type"], table.columns["indicator"]
    if table.catalogue is None or not {"period_type", "indicator"} <= table.given:
        return []
    known = table.catalogue.indicators
    listed = {code: known[code].period_types for code in codes.texts if code in known}

    def fits(code: str, period_type: str) -> bool:
        return not listed.get(code) or period_type in (*listed[code], "")

    pairs, inverse = combinations([codes, types])
    bad = [not fits(code, period_type) for code, period_type in pairs]

    def what(row: int) -> str:
        code = codes.text(row)
        allowed = ", ".join(listed[code])
        return f"{code} is of period type {allowed} in the catalogue, not {types.text(row)}"

    fix = "Change the period type, or add it to the catalogue."
    mask = np.array(bad, np.bool_)[inverse]
    return table.rows.problems(mask, "period_type", "period-type-not-listed", what, fix)


def _is_day(text: str) -> bool:
    try:
        return parse_period(text).kind == "day"
    except ValueError:
        return False


def _check_published(table: Tidy) -> list[Problem]:
    column = table.columns["published"]
    bad = column.where(lambda text: bool(text) and not _is_day(text))
    fix = "Write the day as 2019-03-31, or leave it empty."
    return table.rows.problems(
        bad, "published", "bad-date", lambda row: f"{column.text(row)!r} is not a date", fix
    )


def check_repeats(
    table: Tidy, key: NDArray[np.int64], order: NDArray[np.intp], known: Mask
) -> list[Problem]:
    """Rows whose `key` an earlier row has; only where the period is `known`.

    `order` sorts the keys, and leaves equal ones in the order of their rows.
    """
    if not set(REQUIRED) - {"value"} <= table.given:
        return []
    ranked = key[order]
    fresh = np.r_[True, ranked[1:] != ranked[:-1]][: len(key)]
    original = np.empty(len(key), np.intp)
    original[order] = order[fresh][np.cumsum(fresh) - 1]
    rows = table.rows

    def what(row: int) -> str:
        at = int(original[row])
        file = "" if rows.file.text(at) == rows.file.text(row) else f" of {rows.file.text(at)}"
        first = f"row {rows.row[at]}" if not rows.cells().text(at) else rows.cells().text(at)
        return f"this repeats {first}{file}: the same series, period and published date"

    fix = "Delete one of the two; if one revises the other, give each its date in `published`."
    repeated = known & (original != np.arange(len(key)))
    return rows.problems(repeated, "", "duplicate-observation", what, fix)


def look_over(table: Tidy, figures: Mapping[str, Figures]) -> list[Problem]:
    """Warnings: figures that can be right but seldom are."""
    return [*_out_of_range(table, figures), *_against_parts(table, figures)]


def _out_of_range(table: Tidy, figures: Mapping[str, Figures]) -> list[Problem]:
    """Percentages above 100, counts below 0, and suppressed figures that can be worked out."""
    value, texts = figures["value"], table.columns["value"]
    parts = figures["numerator"].number + figures["denominator"].number
    percent = table.of_indicator(lambda it: it.unit == "percent" and not it.change_on, False)
    count = table.of_indicator(lambda it: it.unit == "count" and not it.change_on, False)
    hidden = value.missing.where(lambda why: why == "suppressed") & ~np.isnan(parts)
    tests: list[tuple[Mask, str, Callable[[int], str], str]] = [
        (percent & (value.number > 100), "above-100",
         lambda row: f"the percentage {texts.text(row)} is above 100",
         "Check it; what was counted and its whole may be from different sources or places."),
        (count & (value.number < 0), "negative-count",
         lambda row: f"the count {texts.text(row)} is below 0", "Check it."),
        (hidden, "not-hidden",
         lambda row: "the value is suppressed, but its numerator and denominator give it away",
         "Suppress one of the two as well."),
    ]  # fmt: skip
    found: list[Problem] = []
    for bad, code, what, fix in tests:
        found += table.rows.problems(bad, "value", code, what, fix, "warning")
    return found


def _per(indicator: Indicator) -> int:
    """By what a numerator over its denominator is multiplied; 0 where it makes no sense."""
    parts = {"percent": 100, "rate": indicator.per, "average": 1, "score": 1, "ratio": 1}
    return 0 if indicator.change_on else parts.get(indicator.unit, 0)


def _against_parts(table: Tidy, figures: Mapping[str, Figures]) -> list[Problem]:
    """Percentages and rates that are not what their numerator and denominator give (1.10.2).

    A figure is what its parts give if it is within half a unit of its last digit.
    """
    value, top, base = (figures[name].number for name in ("value", "numerator", "denominator"))
    texts, rows = table.columns["value"], table.rows
    per = table.of_indicator(_per, default=0)
    half_unit = texts.each(lambda text: 0.5 * 10.0 ** -len(text.partition(".")[2]), np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        worked_out = per * top / base
        differs = (per > 0) & (base > 0) & (np.abs(worked_out - value) > half_unit * (1 + 1e-9))
    larger = (per == 100) & (top > base)
    return [
        *rows.problems(
            larger, "numerator", "numerator-above",
            lambda row: f"the numerator {top[row]:g} is larger than the denominator {base[row]:g}",
            "Check both.", "warning",
        ),
        *rows.problems(
            differs & ~larger, "value", "not-its-parts",
            lambda row: f"the value is {texts.text(row)}, but {top[row]:,.10g} out of "
                        f"{base[row]:,.10g} gives {worked_out[row]:.4g}",
            "Check all three: a sentence that states them would contradict itself.", "warning",
        ),
    ]  # fmt: skip


def check_contributions(table: Tidy, figures: Mapping[str, Figures]) -> list[Problem]:
    """Largest parts that cannot be those of their sum, and numbers of parts that are none."""
    unknown = np.full(len(table.rows.row), np.nan)
    count, largest, second = (
        figures[name].number if name in figures else unknown for name in CONTRIBUTIONS
    )
    tests: list[tuple[Mask, str, str, str]] = [
        ((count < 0) | (count % 1 > 0), "contributors", "this is no number of contributors",
         "Write how many make up the figure."),
        ((largest < 0) | (largest > figures["value"].number), "largest",
         "the largest part is more than the figure that it is part of", "Check both."),
        ((second < 0) | (second > largest), "second_largest",
         "the second largest part is more than the largest", "Check both."),
    ]  # fmt: skip
    found: list[Problem] = []
    for bad, column, what, fix in tests:
        if column in table.given:
            found += table.rows.problems(bad, column, "bad-contribution", _always(what), fix)
    return found


def _always(what: str) -> Callable[[int], str]:
    return lambda row: what
