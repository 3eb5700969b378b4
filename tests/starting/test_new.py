"""`reporter new`: a folder that builds as it stands, and one made of figures that are there."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reporter.pipeline import build_report
from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import load_commission
from reporter.starting import convert, start
from tests.sources.officers.kinds import Rows, book

TIDY = """\
area,indicator,breakdown,category,period,period_type,value,numerator,denominator,status
Sometown,cp_visits_on_time_pct,,,2025-01,month,88.1,141,160,
Sometown,cp_visits_on_time_pct,,,2025-02,month,90,153,170,
Sometown,cp_visits_on_time_pct,team,North,2025-02,month,91,,,
Sometown,recycling_pct,,,2024/25-Q3,quarter,c,,,
England,cp_visits_on_time_pct,,,2025-02,month,89.5,,,
"""


def said(folder: Path) -> str:
    _, evidence = build_report(folder / "report.yaml", folder / "out").paths
    statements = json.loads(evidence.read_text("utf-8"))["statements"]
    return " ".join(s["text"] for s in statements).replace("\u00a0", " ")


def sheet(file: Path, name: str) -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(file)[name]
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    start(tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def tidy(tmp_path: Path) -> Path:
    (tmp_path / "figures.csv").write_text(TIDY, encoding="utf-8")
    start(tmp_path / "ours", tmp_path / "figures.csv")
    return tmp_path / "ours"


def test_the_example_builds_a_paper_as_it_stands(example: Path) -> None:
    text = said(example)
    for words in ("452 children were looked after", "the target of 85%", "43.4%", "three improved"):
        assert words in text
    assert load_commission(example / "report.yaml").dataset.warnings == ()


def test_the_workbook_has_lists_to_choose_from(example: Path) -> None:
    book = openpyxl.load_workbook(example / "figures.xlsx")
    assert book.sheetnames == ["read me", "measures", "figures", "targets", "places", "lists"]
    lists = {
        (name, str(rule.sqref).split(":")[0])
        for name in ("measures", "figures", "targets", "places")
        for rule in book[name].data_validations.dataValidation
    }
    for place in (("measures", "D2"), ("measures", "F2"), ("figures", "B2"), ("figures", "F2"),
                  ("figures", "J2"), ("places", "B2")):  # fmt: skip
        assert place in lists
    assert all(cell.comment for name in ("measures", "figures") for cell in book[name][1])


def test_a_measure_added_in_excel_is_told_in_the_section_that_its_row_names(example: Path) -> None:
    file = example / "figures.xlsx"
    book = openpyxl.load_workbook(file)
    head = [cell.value for cell in book["measures"][1]]
    row = {"code": "fines", "name": "Fines", "section": "Parking", "unit": "count",
           "noun": "number of fines"}  # fmt: skip
    book["measures"].append([row.get(str(name)) for name in head])
    for month, number in (("2025-02", 31), ("2025-03", 25)):
        book["figures"].append(["Exampleford", "fines", None, None, month, "month", number])
    book.save(file)
    brief = load_commission(example / "report.yaml").brief
    assert [section.heading for section in brief.outline] == [
        "Headlines", "Customers", "Children", "Environment", "Parking",
    ]  # fmt: skip
    text = said(example)
    assert "number of fines" in text
    assert "25 in March 2025" in text


def test_a_slip_in_the_workbook_is_told_by_row_and_column(example: Path) -> None:
    file = example / "figures.xlsx"
    book = openpyxl.load_workbook(file)
    book["measures"]["D2"] = "procent"
    book.save(file)
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(example / "report.yaml")
    (fault,) = caught.value.problems
    assert str(fault.place) == "figures.xlsx, row 2, column unit"
    assert "percent" in fault.fix


def test_a_folder_with_something_in_it_is_left_alone(example: Path) -> None:
    before = {path: path.read_bytes() for path in example.iterdir()}
    with pytest.raises(ProblemsFoundError) as caught:
        start(example)
    assert caught.value.problems[0].code == "folder-not-empty"
    assert {path: path.read_bytes() for path in example.iterdir()} == before


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "a" / "ours", tmp_path / "b" / "ours"
    start(here)
    start(there)
    assert (here / "figures.xlsx").read_bytes() == (there / "figures.xlsx").read_bytes()


def test_figures_that_are_there_give_a_report_with_every_guess_marked(tidy: Path) -> None:
    rows = {row["code"]: row for row in sheet(tidy / "measures.xlsx", "measures")}
    visits = rows["cp_visits_on_time_pct"]
    assert (visits["unit"], visits["polarity"], visits["decimals"]) == ("percent", "high_good", 1)
    assert "polarity" in str(visits["please_confirm"])
    places = {row["area"]: row["kind"] for row in sheet(tidy / "measures.xlsx", "places")}
    assert places == {"Sometown": "authority", "England": "country"}
    brief = load_commission(tidy / "report.yaml").brief
    assert (brief.area, brief.period, brief.comparators) == ("Sometown", "2025-02", ("England",))


def unconfirmed(folder: Path) -> list[Problem]:
    warnings = load_commission(folder / "report.yaml").dataset.warnings
    return [warning for warning in warnings if warning.code == "unconfirmed"]


def test_a_polarity_that_was_guessed_judges_nothing_until_it_is_confirmed(tidy: Path) -> None:
    file = tidy / "measures.xlsx"
    catalogue = load_commission(tidy / "report.yaml").dataset.catalogue
    assert catalogue.indicators["cp_visits_on_time_pct"].polarity == "neutral"
    assert len(unconfirmed(tidy)) == 2
    assert "better or worse" in unconfirmed(tidy)[0].fix
    book = openpyxl.load_workbook(file)
    for row in book["measures"].iter_rows(min_row=2):
        row[-1].value = None
    book.save(file)
    assert unconfirmed(tidy) == []
    catalogue = load_commission(tidy / "report.yaml").dataset.catalogue
    assert catalogue.indicators["cp_visits_on_time_pct"].polarity == "high_good"


def test_an_officers_workbook_gives_a_report_that_builds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["Measure", "Apr-24", "May-24", "Jun-24", "Target"],
        ["Front door"],
        ["% of contacts completed within 1 day", "91%", "92.5%", "95.1%", "90%"],
        ["Finance"],
        ["Spend on agency staff (£000)", 410, 398.5, 377, 400],
    ):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    (tmp_path / "q1.xlsx").write_bytes(out.getvalue())
    started = start(tmp_path / "ours", tmp_path / "q1.xlsx", "Sometown")
    assert {path.name for path in started.paths} == {
        "report.yaml", "measures.xlsx", "mapping.yaml", "preview.xlsx", "q1.xlsx",
    }  # fmt: skip
    assert started.problems == ()
    brief = load_commission(tmp_path / "ours" / "report.yaml").brief
    assert [s.heading for s in brief.outline] == ["Headlines", "Front door", "Finance"]
    text = said(tmp_path / "ours")
    assert "95.1%" in text
    assert "£377,000" in text


def test_figures_that_cannot_be_read_make_no_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nothing but words\n", encoding="utf-8")
    with pytest.raises(ProblemsFoundError):
        start(tmp_path / "ours", tmp_path / "notes.csv")
    assert not (tmp_path / "ours").exists()


def test_a_table_with_a_figure_a_row_needs_no_mapping(tmp_path: Path) -> None:
    start(tmp_path / "ours")
    made = convert(tmp_path / "ours" / "figures.xlsx")
    assert made.paths == ()
    assert "needs no mapping" in made.summary
    assert not (tmp_path / "ours" / "mapping.yaml").exists()


def test_a_workbook_that_describes_measures_needs_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "kpi.xlsx").write_bytes(book(("KPI", QUARTERS)))
    start(tmp_path / "ours", tmp_path / "kpi.xlsx", "Exampleford")
    before = (tmp_path / "ours" / "mapping.yaml").read_bytes()
    made = convert(tmp_path / "ours" / "measures.xlsx")
    assert made.paths == ()
    assert "describes measures and needs no mapping" in made.summary
    assert (tmp_path / "ours" / "mapping.yaml").read_bytes() == before


QUARTERS: Rows = [
    ["Measure", "Q1 2025/26", "Q2 2025/26", "As at 14/10/2025"],
    ["Calls", 10, 12, None],
    ["Letters", 5, 6, None],
    ["Open cases", 40, 41, 44],
]


def test_a_count_of_today_does_not_make_a_quarters_report_one_of_today(tmp_path: Path) -> None:
    (tmp_path / "kpi.xlsx").write_bytes(book(("KPI", QUARTERS)))
    start(tmp_path / "ours", tmp_path / "kpi.xlsx", "Exampleford")
    assert load_commission(tmp_path / "ours" / "report.yaml").brief.period == "2025/26-Q2"


def test_a_control_chart_that_begins_anew_is_said_in_the_workbook(tmp_path: Path) -> None:
    start(tmp_path / "ours")
    workbook = tmp_path / "ours" / "figures.xlsx"
    made = openpyxl.load_workbook(workbook)
    page = made["measures"]
    said = {"since": "2024-10-01", "change": "a new team", "author": "A. Lead", "reason": "faster"}
    for at, (name, text) in enumerate(said.items(), page.max_column + 1):
        page.cell(1, at, f"rebased_{name}")
        page.cell(2, at, text)
    made.save(workbook)
    catalogue = load_commission(tmp_path / "ours" / "report.yaml").dataset.catalogue
    (first, *_) = catalogue.indicators.values()
    (rebase,) = first.rebased
    assert (str(rebase.since), rebase.change, rebase.author) == (
        "2024-10-01", "a new team", "A. Lead",
    )  # fmt: skip


def test_a_table_that_is_too_large_is_told_as_that_and_as_no_officers_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["area", "indicator", "period", "period_type", "value"])
    for month in range(1, 13):
        page.append(["Exampleford", "visits", f"2024-{month:02d}", "month", month])
    book.save(tmp_path / "ours.xlsx")
    monkeypatch.setattr("reporter.sources.xlsx_cells.MAX_CELLS", 40)
    with pytest.raises(ProblemsFoundError) as told:
        start(tmp_path / "report", tmp_path / "ours.xlsx", "Exampleford")
    assert "more than 40 cells" in str(told.value.problems[0])
    assert "CSV UTF-8" in told.value.problems[0].fix
    assert not (tmp_path / "report").exists()
