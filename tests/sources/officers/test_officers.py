"""Officers' workbooks of quite different layouts, converted and read: no figure other than stated.

What each workbook states is in `books`, written by hand; here is only the comparison.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import Conversion, convert_workbook, load_commission, reconvert_workbook
from reporter.starting import convert

_spec = importlib.util.spec_from_file_location("books", Path(__file__).with_name("books.py"))
assert _spec is not None
assert _spec.loader is not None
books: Any = importlib.util.module_from_spec(_spec)
__import__("sys").modules["books"] = books
_spec.loader.exec_module(books)
BOOKS = books.BOOKS
Figures = dict[tuple[str, ...], tuple[str, str, str]]


def figures(found: Conversion) -> Figures:
    """What was read, by the labels of the workbook."""
    table = found.mapped.observations
    assert table is not None
    label = {item.indicator: text for text, item in found.spec.measures.items()}
    names = ("area", "category", "period", "period_type", "value", "numerator", "denominator")
    read: Figures = {}
    for row in range(len(table.rows.row)):
        of = {name: table.columns[name].text(row) for name in names}
        code = table.columns["indicator"].text(row)
        key = (of["area"], label[code], of["category"], of["period"], of["period_type"])
        read[key] = (of["value"], of["numerator"], of["denominator"])
    return read


def targets(found: Conversion) -> dict[tuple[str, str, str], str]:
    table = found.mapped.targets
    label = {item.indicator: text for text, item in found.spec.measures.items()}
    read: dict[tuple[str, str, str], str] = {}
    for row in range(len(table.rows.row) if table else 0):
        assert table is not None
        of = {name: column.text(row) for name, column in table.columns.items()}
        for kind in ("target", "minimum", "upper"):
            if of[kind]:
                read[label[of["indicator"]], of["valid_for"], kind] = of[kind]
    return read


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_a_workbook_is_read_as_it_states(make: Callable[[], Any]) -> None:
    book = make()
    found = convert_workbook(book.raw, book.name, "Sometown")
    assert [str(problem) for problem in found.mapped.problems] == []
    assert figures(found) == book.figures
    assert targets(found) == book.targets


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_the_mapping_proposed_is_a_mapping_that_gives_the_same(make: Callable[[], Any]) -> None:
    book = make()
    first = convert_workbook(book.raw, book.name, "Sometown")
    again = reconvert_workbook(book.raw, book.name, "Sometown", first.text.encode(), "mapping.yaml")
    assert again.spec == first.spec
    assert figures(again) == book.figures


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_every_number_is_a_figure_or_set_aside_with_a_reason(make: Callable[[], Any]) -> None:
    book = make()
    if not book.name.endswith(".xlsx"):
        return
    found = convert_workbook(book.raw, book.name, "Sometown")
    used = {one.cell for one in found.mapped.found}
    aside = {one.cell: one.why for one in found.mapped.aside}
    assert all(aside.values())
    for page in openpyxl.load_workbook(io.BytesIO(book.raw), data_only=True):
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert f"{page.title}!{cell.coordinate}" in used | set(aside)


def test_next_quarters_workbook_goes_through_the_same_mapping(tmp_path: Path) -> None:
    first = convert_workbook(books.services().raw, "services.xlsx", "Sometown")
    book = openpyxl.load_workbook(io.BytesIO(books.services().raw))
    page = book["Waste"]
    page.insert_rows(1, 2)  # a note is written above the table
    page["A1"] = "Revised on 2 May"
    for merged in list(page.merged_cells.ranges):
        page.merged_cells.ranges.discard(merged)
    page["T5"], page["T6"], page["T7"] = "2025/26", "Q1", "Actual"
    page["T8"], page["T9"] = 0.47, 59
    page["T8"].number_format = "0.0%"
    again = reconvert_workbook(
        books.saved(book), "services.xlsx", "Sometown", first.text.encode(), "mapping.yaml"
    )
    new = set(figures(again)) - set(figures(first))
    assert {key[3] for key in new} == {"2025/26-Q1"}
    assert figures(again)[
        "Sometown", "Household waste recycled (%)", "", "2025/26-Q1", "quarter"
    ] == ("47", "", "")


def test_a_new_sheet_of_a_quarter_is_read_without_a_change() -> None:
    first = convert_workbook(books.sheet_a_quarter(2).raw, "quarters.xlsx", "Sometown")
    longer = books.sheet_a_quarter(3)
    again = reconvert_workbook(
        longer.raw, longer.name, "Sometown", first.text.encode(), "mapping.yaml"
    )
    assert figures(again) == longer.figures


def test_two_cells_that_contradict_each_other_are_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(books.scorecard().raw))
    book["Scorecard"]["M13"] = "91.3%"
    found = convert_workbook(books.saved(book), "scorecard.xlsx", "Sometown")
    (problem,) = found.mapped.problems
    assert problem.code == "two-figures"
    assert "Scorecard!" in str(problem.place)


REPORT = """\
title: Progress
area: Sometown
committee: Scrutiny
meeting_date: 2018-12-11
period: 2018-10
data: {workbooks: mapping.yaml}
outline:
  - heading: Cohorts
    measures: [children_need, contacts_completed_within_1_day_pct]
"""
CATALOGUE = """\
indicators:
  children_need: {name: Children in need, unit: count, noun: number of children in need}
  children_looked_after: {name: Looked after, unit: count, noun: number of children looked after}
  contacts_completed_within_1_day_pct:
    {name: Contacts, unit: percent, noun: proportion of contacts on time, polarity: high_good}
  children_plan_visited_within_four_weeks_pct:
    {name: Visits, unit: percent, noun: proportion of visits on time, decimals: 1}
  overall_audit_quality_score: {name: Audit score, unit: score, noun: audit score, decimals: 1}
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A report on the scorecard, with the mapping that `convert` proposes."""
    (tmp_path / "scorecard.xlsx").write_bytes(books.scorecard().raw)
    convert(tmp_path / "scorecard.xlsx")
    (tmp_path / "report.yaml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "indicators.yaml").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path / "report.yaml"


def test_a_brief_names_the_mapping_and_every_figure_keeps_its_cell(paper: Path) -> None:
    dataset = load_commission(paper).dataset
    frame = dataset.observations
    now = frame[(frame["indicator"] == "children_need") & (frame["period"] == "2018-10")]
    assert now[["file", "row", "cell"]].values.tolist() == [["scorecard.xlsx", 7, "Scorecard!F7"]]
    assert dataset.targets[["minimum", "upper", "cell"]].values.tolist()[0][:2] == [90.0, 95.0]
    assert "scorecard.xlsx" in {entry.file for entry in dataset.inputs}


def faults(paper: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(paper)
    return caught.value.problems


def changed(paper: Path, **cells: Any) -> None:
    file = paper.with_name("scorecard.xlsx")
    book = openpyxl.load_workbook(file)
    for at, value in cells.items():
        book["Scorecard"][at] = value
    file.write_bytes(books.saved(book))


@pytest.mark.parametrize(
    ("cells", "code", "cell", "words"),
    [
        ({"J8": "data awaited"}, "not-a-figure", "J8", "'data awaited' is not a number"),
        ({"J8": "=1/0"}, "not-a-figure", "J8", "a formula whose result is not stored"),
        ({"J8": "294 q"}, "not-a-figure", "J8", "'q' is not among the marks"),
        ({"B8": "Number of orphans"}, "unknown-measure", "C8", "'Number of orphans' is not in"),
        ({"P5": "Nineteen", "P8": 5}, "unknown-heading", "P8", "'Nineteen' is not in the mapping"),
        ({"J10": 0.98}, "mixed-scale", "J10", "the cell holds 0.98, and other figures"),
    ],
)
def test_a_cell_that_the_mapping_does_not_explain_is_told_by_its_name(
    paper: Path, cells: dict[str, Any], code: str, cell: str, words: str
) -> None:
    changed(paper, **cells)
    (fault,) = faults(paper)
    assert (fault.code, fault.place.at) == (code, f"cell Scorecard!{cell}")
    assert words in fault.what
    assert fault.fix


def test_a_cell_may_be_left_out_with_a_reason(paper: Path) -> None:
    changed(paper, J8="data awaited")
    mapping = paper.with_name("mapping.yaml")
    text = mapping.read_text("utf-8") + 'leave_out: {"Scorecard!J8": not yet audited}\n'
    mapping.write_text(text, encoding="utf-8")
    assert len(load_commission(paper).dataset.observations) == 34


def test_the_parts_of_a_figure_that_is_left_out_go_with_it(paper: Path) -> None:
    mapping = paper.with_name("mapping.yaml")
    text = mapping.read_text("utf-8") + 'leave_out: {"Scorecard!F12": not of October}\n'
    mapping.write_text(text, encoding="utf-8")
    frame = load_commission(paper).dataset.observations
    visits = frame[frame["indicator"] == "children_plan_visited_within_four_weeks_pct"]
    now = visits[visits["period"] == "2018-10"]
    assert now["cell"].tolist() == ["Scorecard!M12"]
    assert now[["numerator", "denominator"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("period: latest", "period: 2018-19", "bad-period"),
        ("# year: 2024/25, for", "year: 2018-10 #", "bad-period"),
        ("headings: 3-5}", "headings: 3-5, period_cell: A-2}", "bad-cell"),
        ("headings: 3-5}", "headings: three}", "bad-rows"),
        ("{sheet: Scorecard", "{sheet: Scorecrad", "unknown-sheet"),
        ("Num: numerator", "Num: numerater", "bad-choice"),
        ("Num: numerator", "Num: {holds: numerator, periods: 2018}", "unknown-key"),
    ],
)
def test_a_slip_in_the_mapping_is_told_with_its_line(
    paper: Path, old: str, new: str, code: str
) -> None:
    mapping = paper.with_name("mapping.yaml")
    text = mapping.read_text("utf-8")
    assert old in text
    mapping.write_text(text.replace(old, new, 1), encoding="utf-8")
    fault = faults(paper)[0]
    assert (fault.code, fault.place.file) == (code, "mapping.yaml")
    assert fault.place.line > 0


def test_a_mapping_that_stands_is_kept_and_used(paper: Path) -> None:
    mapping = paper.with_name("mapping.yaml")
    text = mapping.read_text("utf-8").replace("Num: numerator", "Num: ignore")
    mapping.write_text(text, encoding="utf-8")
    made = convert(paper.with_name("scorecard.xlsx"))
    assert [path.name for path in made.paths] == ["preview.xlsx"]
    assert mapping.read_text("utf-8") == text
    preview = openpyxl.load_workbook(paper.with_name("preview.xlsx"))
    reasons = [row[2] for row in preview["set aside"].iter_rows(values_only=True)]
    assert any("not read" in str(reason) for reason in reasons)


def test_a_mapping_of_another_workbook_is_not_mixed_up(paper: Path) -> None:
    other = paper.with_name("other.xlsx")
    other.write_bytes(books.services().raw)
    with pytest.raises(ProblemsFoundError) as caught:
        convert(other)
    assert caught.value.problems[0].code == "other-workbook"


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "scorecard.xlsx").write_bytes(books.scorecard().raw)
    made = [convert(tmp_path / "scorecard.xlsx", tmp_path / name) for name in ("one", "two")]
    one, two = ([path.read_bytes() for path in run.paths] for run in made)
    assert one == two


def test_a_workbook_without_a_table() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Only a note"
    with pytest.raises(ProblemsFoundError) as caught:
        convert_workbook(books.saved(book), "notes.xlsx", "")
    assert caught.value.problems[0].code == "no-tables"


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(ProblemsFoundError) as caught:
        convert_workbook(out.getvalue(), "bomb.xlsx", "")
    assert caught.value.problems[0].code == "too-large"


def test_cells_far_to_the_right_do_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 4000))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole, zipfile.ZipFile(out, "w") as made:
        for entry in whole.infolist():
            ours = entry.filename == "xl/worksheets/sheet1.xml"
            made.writestr(entry.filename, sheet if ours else whole.read(entry))
    with pytest.raises(ProblemsFoundError) as caught:
        convert_workbook(out.getvalue(), "wide.xlsx", "")
    assert caught.value.problems[0].code == "too-large"


def assert_read_or_refused(raw: bytes, name: str) -> None:
    """Nothing but problems may come out of a workbook, whatever is in it."""
    found: Sequence[object] = ()
    try:
        found = convert_workbook(raw, name, "").guesses
    except ProblemsFoundError as error:
        found = error.problems
    assert found


WHOLE = books.scorecard().raw


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_gives_figures_or_problems(damage: list[tuple[int, int]]) -> None:
    raw = bytearray(WHOLE)
    for at, byte in damage:
        raw[at % len(raw)] = byte
    assert_read_or_refused(bytes(raw), "f.xlsx")


CELLS = st.one_of(
    st.none(), st.integers(-10, 3000), st.floats(allow_nan=False, width=32), st.dates(),
    st.sampled_from(["Measure", "Target", "2024/25", "Q1", "Apr", "12%", "n/a", "5*", "Total",
                     "£1m", "England", "Actual", "w/c 05/05/2025", "=1+1", "31/02/2024",
                     "Q9 2024/26"]),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8))
def test_any_sheet_gives_figures_or_problems(rows: list[list[Any]]) -> None:
    text = "\n".join(
        ",".join('"' + ("" if cell is None else str(cell)).replace('"', "'") + '"' for cell in row)
        for row in rows
    )
    assert_read_or_refused(text.encode(), "f.csv")
