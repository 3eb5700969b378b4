"""Columns that say how a row's figures moved: they are not read, and doubted where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reporter.problems import Problem
from reporter.sources import convert_workbook
from tests.sources.officers.kinds import Rows, book, percent


def doubted(rows: Rows, *shares: str) -> list[str]:
    """The cells that are doubted; that they are warnings, and tell no figure, is seen to."""

    def then(page: Worksheet) -> None:
        for cells in shares:
            percent(page, cells)

    found = convert_workbook(book(("KPI", rows), then=then), "kpi.xlsx", "Exampleford")
    problems: tuple[Problem, ...] = found.mapped.problems
    assert {problem.code for problem in problems} <= {"change-differs"}
    assert all(problem.level == "warning" for problem in problems)
    told = "".join(re.sub("'[^']*'", "", problem.what) for problem in problems)
    assert not re.search(r"\d", told)
    return [str(problem.place.at).rpartition("!")[2] for problem in problems]


HEADS = ["Indicator", "2023/24", "2024/25", "Change", "% change", "Target 2024/25", "Variance"]


def test_changes_that_the_figures_bear_out_are_let_be() -> None:
    rows: Rows = [
        HEADS, ["Library visits", 41230, 43001, 1771, 0.043, 42000, 1001],
        ["Crime per 1,000 population", 88.2, 90.1, 1.9, 0.0215, 85, -5.1],
        ["Rent collected (%)", "97.1%", "96.8%", "-0.3", "-0.3%", "98%", "-1.2%"],
        ["Homes built", 312, 287, -25, -0.08, 300, -13], ["Jobs", 0, 7, 7, "n/a", "n/a", "-"],
        ["Cost (£000)", 44120.4, 46300.5, 2180.1, 0.0494, 45000, 1300.5],
    ]  # fmt: skip
    assert doubted(rows, "E2:E3", "E5:E7") == []


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (["Library visits", 41230, 43001, 1871, 0.043, 42000, 1001], ["D2"]),
        (["Crime per 1,000 population", 88.2, 90.1, 1.9, 0.0315, 85, 5.1], ["E2"]),
        (["Rent collected (%)", "97.1%", "96.8%", "0.3", "-0.3%", "98%", "-2.2%"], ["D2", "G2"]),
        (["Homes built", 312, 287, 25, -0.08, 300, 12], ["D2", "G2"]),
        (["Cost (£000)", 44120.4, 46300.5, 2180.4, 0.0494, 45000, 1300.5], ["D2"]),
    ],
)
def test_changes_that_they_do_not_are_told(row: Sequence[object], wanted: list[str]) -> None:
    assert doubted([HEADS, row], "E2:E2") == wanted


def test_a_heading_that_names_the_period_before_means_that_one() -> None:
    rows: Rows = [
        ["Measure", "Aug 25", "Sep 25", "Sep 24", "Change on Sep 24", "Change since Aug 25"],
        ["Calls", 410, 400, 380, 20, -10], ["Letters", 22, 20, 25, -2, -2],
    ]  # fmt: skip
    assert doubted(rows) == ["E3"]


def test_where_no_other_figure_stands_in_the_row_nothing_is_doubted() -> None:
    rows: Rows = [
        ["Measure", "Sep 25", "Change on last year"],
        ["Calls", 410, 400],
        ["Posts", 2, 1],
    ]
    assert doubted(rows) == []


@pytest.mark.parametrize(("aim", "wanted"), [("High", ["E3"]), ("Low", []), ("", [])])
def test_an_arrow_is_held_to_the_figures_where_more_is_better(aim: str, wanted: list[str]) -> None:
    rows: Rows = [
        ["Measure", "Good is", "Aug 25", "Sep 25", "Direction of travel"],
        ["Calls", aim, 390, 410, "▲"], ["Letters", aim, 22, 20, "▲"], ["Posts", aim, 9, 9, "↔"],
    ]  # fmt: skip
    assert doubted(rows) == wanted
