"""What a spreadsheet would run is text in every workbook that we write, and comes back the same."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from reporter.pipeline import build_report
from reporter.sources import Setting, load_commission
from reporter.sources.tables import Form, read_table
from reporter.starting import convert, start
from reporter.starting.pages import figures_page, measures_page, places_page, targets_page
from reporter.starting.sheets import Page, workbook_of

RUN = (
    "=1+1", "+1+cmd", "-2+3+cmd", "@SUM(1+1)*cmd", "=cmd|' /C calc'!A0", "\t=1", "\r=1",
    "\u00a0=1", '=HYPERLINK("http://example.org","x")', "=DDE(\"cmd\";\"/C calc\";\"x\")", "{=1}",
    '-2+3" & <b>', "'=1",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r", "\u00a0")
DIGITS = ("1.10", "1.50", "007", "1e5", "2024", "12345678901234567890")
YEARS = ("2021/22", "2022/23", "2023/24", "2024/25")


def cells(book: Workbook) -> Iterator[Cell]:
    for page in book:
        for row in page.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def harmless(raw: bytes) -> set[str]:
    """The texts of a workbook, none of which is a formula, or becomes one when it is edited."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    found = set()
    for cell in cells(book):
        assert cell.data_type in ("s", "n"), f"{cell.coordinate} is a {cell.data_type}"
        text = str(cell.value)
        if cell.data_type == "s":
            assert cell.quotePrefix or not text.startswith(RISKY), cell.coordinate
            found.add(text)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert not any("externalLink" in name or "vba" in name for name in parts.namelist())
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in parts.read(n) or b"<f " in parts.read(n) for n in sheets)
    return found


@pytest.mark.parametrize("text", [*RUN, *DIGITS])
def test_a_cell_of_a_workbook_comes_back_as_it_was(text: str) -> None:
    headings = ("name", "other", "please_confirm")
    page = Page("things", headings, ((text, "x", text),), highlight=(2,), texts=(0,))
    raw = workbook_of((page, Page("prose", (), ((f"{text} said",),))))
    if text in RUN:
        harmless(raw)
    again = read_table(raw, "f.xlsx", Form("things", headings))
    assert again.columns["name"].texts == (text.strip(),)


def test_every_sheet_that_an_author_fills_in_holds_texts() -> None:
    row = RUN[:8]
    pages = (
        measures_page([dict.fromkeys(("code", "name", "noun", "note", "please_confirm"), text)
                       for text in RUN]),
        figures_page([row + row[:3]]), targets_page([row[:6]]), places_page([row[:6]]),
    )  # fmt: skip
    assert {text.replace("\r", "_x000D_") for text in RUN} <= harmless(workbook_of(pages))


def test_a_code_of_digits_stays_the_code_that_it_is(tmp_path: Path) -> None:
    codes = {"1.1": "10", "1.10": "20", "007": "30"}
    rows = [("Sometown", code, "2024/25", "year", value, "") for code, value in codes.items()]
    began = begin(tmp_path, rows)
    assert set(load_commission(began / "report.yaml").dataset.catalogue.indicators) == set(codes)
    book = openpyxl.load_workbook(began / "measures.xlsx")
    assert {cell.value for cell in book["measures"]["A"]} >= set(codes)


def begin(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    """The folder that `new --from` makes of a CSV file with these rows."""
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        heads = ("area", "indicator", "period", "period_type", "value", "source")
        csv.writer(file).writerows([heads, *rows])
    start(folder / "ours", folder / "figures.csv")
    return folder / "ours"


NAMES = tuple(text for text in RUN if text == text.strip() and "<" not in text)


def test_names_of_a_table_go_into_the_report_and_its_paper_as_they_are(tmp_path: Path) -> None:
    rows = [("=Sometown", name, year, "year", str(20 + 7 * at + i), "@source")
            for i, name in enumerate(NAMES) for at, year in enumerate(YEARS)]  # fmt: skip
    began = begin(tmp_path, rows)
    texts = harmless((began / "measures.xlsx").read_bytes())
    assert {"=Sometown", *NAMES} <= texts
    paper, evidence = build_report(
        began / "report.yaml", tmp_path / "out", setting=Setting(charts="native")
    ).paths
    commission = load_commission(began / "report.yaml")
    assert commission.brief.area == "=Sometown"
    assert set(commission.dataset.catalogue.indicators) == set(NAMES)
    data = json.loads(evidence.read_text("utf-8"))
    told = {fact["indicator"] for s in data["statements"] for fact in s["facts"]}
    assert told
    assert told <= set(NAMES)
    with zipfile.ZipFile(paper) as parts:
        books = [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]
    assert "=Sometown" in {text for book in books for text in harmless(book)}


def officers_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "+Scorecard"
    sheet.append(["Measure", "Unit", *YEARS])
    for i, name in enumerate(NAMES):
        sheet.append([name, "@Number", *(30 + 5 * at + i for at in range(len(YEARS)))])
    sheet.append(["=2+5", "%", "=1+1", "n/a*", "-cmd", 4])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_the_mapping_and_the_preview_of_a_workbook_hold_texts(tmp_path: Path) -> None:
    file = tmp_path / "score.xlsx"
    file.write_bytes(officers_book())
    made = convert(file, tmp_path / "ours", "Sometown")
    texts = harmless((tmp_path / "ours" / "preview.xlsx").read_bytes())
    assert {"+Scorecard!C11", "cell +Scorecard!C11"} & texts
    mapping = (tmp_path / "ours" / "mapping.yaml").read_bytes()
    again = convert(tmp_path / "ours" / "score.xlsx", area="Sometown")
    assert again.summary.partition(";")[0] == made.summary.partition(";")[0]
    assert (tmp_path / "ours" / "mapping.yaml").read_bytes() == mapping
    start(tmp_path / "new", file, "Sometown")
    dashed = {name for name in NAMES if name.startswith("-")}  # a dash is taken for a bullet
    assert set(NAMES) - dashed <= harmless((tmp_path / "new" / "measures.xlsx").read_bytes())


def test_no_command_writes_a_csv_file() -> None:
    """CSV knows no texts: whatever begins with "=" is a formula, or has a stray quote before it."""
    code = Path(__file__).parents[2] / "reporter"
    for path in sorted(code.rglob("*.py")):
        words = path.read_text("utf-8")
        assert not any(it in words for it in ("csv.writer", "DictWriter", "to_csv", "write_csv"))
