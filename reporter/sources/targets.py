"""The table of targets in, the frame of targets out (its columns: `dataset`).

A target holds on the days from `valid_from` to `valid_to`, or in the period `valid_for`; where none
is given, always. It is for figures of its `period_type`, where it has one: what is to be reached in
a year, in a month, or in the year so far. Whether bands meet without gap or overlap is for the
facts to judge, which know polarity.
"""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.numbering import combine
from reporter.problems import Problem, closest
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue, PeriodType
from reporter.sources.columns import Column, Mask, Rows
from reporter.sources.periods import KEYS, parse_period
from reporter.sources.symbols import read_value
from reporter.sources.tables import Form, Table

NUMBERS = (
    "target", "minimum", "upper", "green_from", "green_to", "amber_from", "amber_to", "red_from",
    "red_to",
)  # fmt: skip
NAMES = ("area", "indicator", "breakdown", "category", "period_type")
FORM = Form(
    "targets",
    ("indicator",),
    (
        "area",
        "breakdown",
        "category",
        "valid_for",
        "valid_from",
        "valid_to",
        "period_type",
        *NUMBERS,
        "note",
    ),
    may_be_empty=True,
)
_ALWAYS = (date(1900, 1, 1), date(2199, 12, 31))


def targets_frame(
    table: Table, catalogue: Catalogue | None, areas: Areas | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed frame of `table` and its faults; usable if none of them is an error."""
    rows = table.rows
    count = len(rows.row)
    columns = {
        name: table.columns.get(name, Column.constant("", count))
        for name in (*FORM.required, *FORM.optional)
    }
    found: list[Problem] = []
    if "indicator" in table.columns and catalogue:
        found += _unknown(columns["indicator"], rows, "indicator", catalogue.indicators)
    if areas:
        found += _unknown(columns["area"], rows, "area", {"": None, **areas.areas})
    found += _types(columns["period_type"], rows)
    start, end = _validity(columns, rows, found)
    numbers = {name: _numbers(columns[name], rows, name, found) for name in NUMBERS}
    stated = np.any([columns[name].where(bool) for name in NUMBERS], axis=0)
    found += rows.problems(
        ~stated, "", "no-target", lambda row: "the row states no target, minimum, upper or band",
        "Fill one in, or delete the row.", "warning",
    )  # fmt: skip
    categories = {name: columns[name].categorical() for name in NAMES}
    found += _overlaps(categories, start, end, rows)
    notes = columns["note"]
    return pd.DataFrame(
        {
            **categories,
            "start": start,
            "end": end,
            **numbers,
            "note": pd.Series(np.array(notes.texts, dtype=object)[notes.codes], dtype="str"),
            "file": rows.file.categorical(),
            "row": rows.row,
            "cell": rows.cells().categorical(),
        }
    ), found


def no_targets() -> pd.DataFrame:
    """The frame of targets of a brief that names none."""
    nothing = Column.of([])
    empty = Table({"indicator": nothing}, Rows(nothing, np.empty(0, dtype=np.int32)))
    return targets_frame(empty, None, None)[0]


def _unknown(column: Column, rows: Rows, name: str, known: Any) -> list[Problem]:
    def to_do(row: int) -> str:
        near = closest(column.text(row), known)
        return f"Did you mean {near!r}?" if near else "Mend it, or add it to its own file."

    return rows.problems(
        column.where(lambda text: text not in known), name, f"unknown-{name}",
        lambda row: f"the {name} {column.text(row)!r} is not known", to_do,
    )  # fmt: skip


def _types(column: Column, rows: Rows) -> list[Problem]:
    kinds = get_args(PeriodType)
    return rows.problems(
        column.where(lambda text: bool(text) and text not in kinds), "period_type",
        "unknown-period-type", lambda row: f"{column.text(row)!r} is not a type of period",
        f"Write one of {', '.join(kinds)}; or nothing, for figures of every type.",
    )  # fmt: skip


def _numbers(column: Column, rows: Rows, name: str, found: list[Problem]) -> NDArray[np.float64]:
    readings = [read_value(text) for text in column.texts]
    bad = (
        column.where(bool)
        & np.array([bool(reading.wrong or reading.missing) for reading in readings], np.bool_)[
            column.codes
        ]
    )
    found += rows.problems(
        bad, name, "bad-number", lambda row: f"{column.text(row)!r} is not a number",
        lambda row: readings[column.codes[row]].fix or "Write digits, or leave it empty.",
    )  # fmt: skip
    return np.array([reading.value for reading in readings], np.float64)[column.codes]


def _validity(
    columns: dict[str, Column], rows: Rows, found: list[Problem]
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """The first and last day on which each row's target holds."""
    span, first, last = (columns[name] for name in ("valid_for", "valid_from", "valid_to"))
    both = span.where(bool) & (first.where(bool) | last.where(bool))
    found += rows.problems(
        both, "valid_for", "two-validities",
        lambda row: "`valid_for` and `valid_from` or `valid_to` are both filled",
        "Keep the period or the two dates.",
    )  # fmt: skip
    spans = _days(span, rows, "valid_for", found)
    start = np.where(first.where(bool), _days(first, rows, "valid_from", found)[0], spans[0])
    end = np.where(last.where(bool), _days(last, rows, "valid_to", found)[1], spans[1])
    found += rows.problems(
        end < start, "valid_to", "ends-before-start",
        lambda row: f"the target ends ({last.text(row)}) before it starts ({first.text(row)})",
        "Mend one of the two dates.",
    )  # fmt: skip
    return start, end


def _days(
    column: Column, rows: Rows, name: str, found: list[Problem]
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """The first and last day of each row's period; always, where it is empty or at fault."""
    ends: list[tuple[date, date]] = []
    wrong: list[str] = []
    for text in column.texts:
        fault, stretch = "", _ALWAYS
        if text:
            try:
                period = parse_period(text)
                stretch = (period.start, period.end)
            except ValueError as error:
                fault = str(error)
        ends.append(stretch)
        wrong.append(fault)
    bad: Mask = np.array([bool(fault) for fault in wrong], np.bool_)[column.codes]
    found += rows.problems(
        bad, name, "bad-period",
        lambda row: wrong[column.codes[row]], f"Write it like one of these: {KEYS}.",
    )  # fmt: skip
    start = np.array([first for first, _ in ends], "datetime64[s]")[column.codes]
    return start, np.array([last for _, last in ends], "datetime64[s]")[column.codes]


def _overlaps(
    categories: dict[str, pd.Categorical],
    start: NDArray[np.datetime64],
    end: NDArray[np.datetime64],
    rows: Rows,
) -> list[Problem]:
    """Two targets of one series in force on one day."""
    series = combine([categories[name].codes for name in NAMES])
    order = np.lexsort((end, start, series))
    same = series[order][1:] == series[order][:-1]
    clash = same & (start[order][1:] <= end[order][:-1])
    bad = np.zeros(len(series), dtype=np.bool_)
    bad[order[1:][clash]] = True
    before = dict(zip(order[1:].tolist(), order[:-1].tolist(), strict=True))
    return rows.problems(
        bad, "", "two-targets",
        lambda row: f"this target and that of row {rows.row[before[row]]} hold on the same day",
        "Delete one, or give them dates that do not overlap.",
    )  # fmt: skip
