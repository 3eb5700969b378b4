"""A tolerance beside the target: amber where the workbook or its mapping says in what it is."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.sources import Conversion, convert_workbook, reconvert_workbook
from tests.sources.officers.kinds import Rows, book

EDGES = ("green_from", "green_to", "amber_from", "amber_to", "red_from", "red_to")


def made(heading: str, tolerances: tuple[Any, Any], note: str = "") -> bytes:
    rows: Rows = [
        [note or "Scorecard"], [],
        ["KPI", "Good is", "Q1 2025/26", "Q2 2025/26", "Target", heading],
        ["Visits in time (%)", "High", "88.1%", "90.4%", "92%", tolerances[0]],
        ["Days to relet", "Low", 31, 28, 25, tolerances[1]],
    ]  # fmt: skip
    return book(("KPI", rows))


def bands(found: Conversion) -> list[str]:
    """The bands of each measure in a line."""
    table = found.mapped.targets
    assert table is not None
    return [
        " ".join(
            f"{name} {text}" for name in EDGES if (text := table.columns[name].text(row))
        )
        for row in range(len(table.rows.row))
    ]  # fmt: skip


POINTS = [
    "green_from 92 amber_from 87 amber_to 91.9 red_to 86.9",
    "green_to 25 amber_from 26 amber_to 28 red_from 29",
]
SHARES = [
    "green_from 92 amber_from 87.4 amber_to 91.9 red_to 87.3",
    "green_to 25 amber_from 25.1 amber_to 27.5 red_from 27.6",
]


@pytest.mark.parametrize(
    ("heading", "tolerances", "note", "wanted"),
    [
        ("Tolerance (percentage points)", (5, 3), "", POINTS),
        ("Tolerance +/- pp", ("±5%", "3"), "", POINTS),
        ("Tolerance (% of target)", ("5%", "10%"), "", SHARES),
        ("Tolerance", (5, 10), "Amber: within 5% of target", SHARES),
        ("Amber tolerance", (5, 3), "The tolerance is in percentage points", POINTS),
    ],
)
def test_the_heading_or_a_note_says_in_what_a_tolerance_is(
    heading: str, tolerances: tuple[Any, Any], note: str, wanted: list[str]
) -> None:
    found = convert_workbook(made(heading, tolerances, note), "kpi.xlsx", "Exampleford")
    assert found.mapped.problems == ()
    assert bands(found) == wanted


def test_where_nothing_says_so_the_mapping_asks_and_may_be_told() -> None:
    raw = made("Tolerance", ("5%", "10%"))
    found = convert_workbook(raw, "kpi.xlsx", "Exampleford")
    assert bands(found) == ["", ""]
    (line,) = (line for line in found.text.splitlines() if line.startswith('  "Tolerance"')
               or line.startswith("  Tolerance"))  # fmt: skip
    assert "ignore" in line
    assert "write tolerance_points if" in line
    assert {one.cell for one in found.mapped.aside} == {"KPI!F4", "KPI!F5"}
    told = found.text.replace(line, "  Tolerance: tolerance_percent")
    again = reconvert_workbook(raw, "kpi.xlsx", "Exampleford", told.encode(), "mapping.yaml")
    assert again.mapped.problems == ()
    assert bands(again) == SHARES


def test_no_side_is_guessed() -> None:
    rows: Rows = [
        ["KPI", "Q1 2025/26", "Target", "Tolerance (percentage points)"],
        ["Visits in time (%)", "88.1%", "92%", 5], ["Calls in time (%)", "88.1%", "92%", "some"],
    ]  # fmt: skip
    found = convert_workbook(book(("KPI", rows)), "kpi.xlsx", "Exampleford")
    assert bands(found) == ["", ""]
    (aside,) = found.mapped.aside
    assert aside.cell == "KPI!D2"
    assert "which way is better" in aside.why
