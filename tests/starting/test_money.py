"""Budgets, outturns and variances of officers' sheets: what belongs together, and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from reporter.pipeline import build_report
from reporter.starting import start
from tests.sources.officers.kinds import Rows, book

HEADS = ["Service area", "Revised budget", "Forecast outturn", "Variance"]
LINES: Rows = [
    ["Adults", 92400, 95150, 2750],
    ["Children", 61070, 63900, 2830],
    ["Place", 18450, 18020, -430],
    ["Net revenue total", 171920, 177070, 5150],
]


def started(tmp_path: Path, rows: Rows) -> tuple[Path, dict[str, dict[str, Any]]]:
    """The folder of a report of the sheet, and the rows of its catalogue by code."""
    titles: Rows = [["Revenue monitoring at 30 September 2025 (£000)"], [None, "£000"], []]
    (tmp_path / "p6.xlsx").write_bytes(book(("P6", [*titles, *rows])))
    folder = tmp_path / "paper"
    start(folder, tmp_path / "p6.xlsx", "Exampleford")
    page = openpyxl.load_workbook(folder / "measures.xlsx")["measures"]
    head, *lines = page.iter_rows(values_only=True)
    return folder, {str(line[0]): dict(zip(map(str, head), line, strict=True)) for line in lines}


def words_of(paragraphs: Any) -> str:
    return "\n".join(one.text for one in paragraphs).replace("\xa0", " ")


def test_the_heads_of_a_budget_are_told_once_in_a_table(tmp_path: Path) -> None:
    folder, measures = started(tmp_path, [HEADS, *LINES])
    assert measures["forecast_outturn"]["budget"] == "revised_budget"
    assert "budget" in measures["forecast_outturn"]["please_confirm"]
    assert measures["variance"]["outturn"] == "forecast_outturn"
    paper = Document(str(build_report(folder / "report.yaml", tmp_path / "out").paths[0]))
    text = words_of(paper.paragraphs)
    assert "£177 million against a budget of £172 million" in text
    assert "an overspend of £5.15 million" in text
    assert "Adults" not in text
    (table,) = [t for t in paper.tables if "Adults" in t._tbl.xml]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    place = next(row for row in cells if row[0] == "Place")
    assert any("underspend" in cell for cell in place)


@pytest.mark.parametrize(
    ("heads", "sign"),
    [
        (HEADS, -1),  # budget less outturn: the product's variance has the other sign
        (["Service area", "Original plan", "Spend to date", "Change"], 1),
        (["Service area", "Adults budget", "Place budget", "Forecast outturn"], 1),
    ],
)
def test_what_the_figures_or_labels_do_not_bear_out_is_not_linked(
    tmp_path: Path, heads: list[str], sign: int
) -> None:
    rows = [[*row[:3], sign * row[3]] for row in LINES]
    _, measures = started(tmp_path, [heads, *rows])
    assert not any(one["outturn"] for one in measures.values())


def test_arrears_are_a_stock_that_is_held_against_a_target(tmp_path: Path) -> None:
    rows = [
        ["Measure", "Q1 2025/26", "Q2 2025/26", "Target"],
        ["Current tenant arrears", "£1,198,004", "£1,245,990", "£1,150,000"],
    ]
    (tmp_path / "kpi.xlsx").write_bytes(book(("KPI", rows)))
    start(tmp_path / "paper", tmp_path / "kpi.xlsx", "Exampleford")
    made = build_report(tmp_path / "paper" / "report.yaml", tmp_path / "out")
    text = words_of(Document(str(made.paths[0])).paragraphs)
    assert "arrears were £1.25 million at the end of September 2025" in text
    assert "target of" in text
    assert "overspend" not in text
