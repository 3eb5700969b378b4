"""Whatever stands in a file, a reader gives a table or says what is wrong: no other exception."""

from __future__ import annotations

import io
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporter.package import problems_of_package
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources import Brief, convert_workbook, load_commission
from reporter.sources.catalogue import Catalogue
from reporter.sources.tables import Form, Table, read_table
from reporter.yamlfile import decode, fit, parse
from tests.sources.conftest import AREAS, HEADER, INDICATORS, REPORT, ROWS, TARGETS
from tests.sources.mutants import Edit, edits, spoilt
from tests.sources.test_ees import BRIEF as EES_BRIEF
from tests.sources.test_ees import PLAIN, table
from tests.sources.test_tables import SHEET, with_sheet

FORM = Form("observations", tuple(HEADER.split(",")[:3]), tuple(HEADER.split(",")[3:]))
TEMPLATE = Path(__file__).parents[2] / "templates" / "standard" / "template.docx"
LONGER = int(os.environ.get("FUZZ", "1"))
"""Times as many examples as by itself."""
often = settings(max_examples=300 * LONGER, deadline=None, suppress_health_check=list(HealthCheck))
seldom = settings(max_examples=60 * LONGER, deadline=None, suppress_health_check=list(HealthCheck))


def book() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in [HEADER, *ROWS]:
        sheet.append(row.split(","))
    sheet.append(["=1+1", 0.25, True])
    raw = io.BytesIO()
    workbook.save(raw)
    return raw.getvalue()


def parquet() -> bytes:
    cells = [row.split(",") for row in ROWS]
    columns = {name: [row[at] for row in cells] for at, name in enumerate(HEADER.split(","))}
    raw = io.BytesIO()
    pq.write_table(pa.table(columns), raw)
    return raw.getvalue()


GOOD = {
    "f.csv": "\n".join([HEADER, *ROWS, ""]).encode(),
    "f.xlsx": book(),
    "f.parquet": parquet(),
}


def problems_of(act: Callable[[], Table | None]) -> Sequence[Problem]:
    """What is wrong, whether it was raised or stands in the table; there is always what to do."""
    try:
        table = act()
        found = table.problems if table else ()
    except ProblemsFoundError as error:
        found = error.problems
        assert found
    assert all(problem.what and problem.fix for problem in found)
    return found


def read(raw: bytes, name: str) -> None:
    problems_of(lambda: read_table(raw, name, FORM))


@pytest.mark.parametrize("name", GOOD)
def test_the_good_files_are_good(name: str) -> None:
    found = read_table(GOOD[name], name, FORM)
    assert len(found.rows.row) >= len(ROWS)


@often
@given(changes=edits())
def test_spoilt_csv(changes: list[Edit]) -> None:
    read(spoilt(GOOD["f.csv"], changes), "f.csv")


@often
@given(raw=st.binary(max_size=400))
def test_any_bytes_as_csv(raw: bytes) -> None:
    read(raw, "f.csv")


@seldom
@given(changes=edits())
def test_spoilt_workbooks(changes: list[Edit]) -> None:
    read(spoilt(GOOD["f.xlsx"], changes), "f.xlsx")


@often
@given(changes=edits())
@example(changes=[("change", 190, b"\0")])  # codes beyond the texts that they stand for
def test_spoilt_parquet(changes: list[Edit]) -> None:
    read(spoilt(GOOD["f.parquet"], changes), "f.parquet")


@seldom
@given(raw=st.binary(max_size=400))
@pytest.mark.parametrize("name", ["f.xlsx", "f.parquet"])
def test_any_bytes_as_other_files(name: str, raw: bytes) -> None:
    magic = b"PK\x03\x04" if name == "f.xlsx" else b"PAR1"
    read(raw, name)
    read(magic + raw + magic, name)


@often
@given(changes=edits(), which=st.sampled_from((REPORT, INDICATORS, AREAS)))
def test_spoilt_yaml(changes: list[Edit], which: str) -> None:
    def act() -> None:
        plain, places = parse(decode(spoilt(which.encode(), changes), "f.yaml"), "f.yaml")
        fit(plain, places, Brief if which is REPORT else Catalogue, "f.yaml")

    problems_of(act)


@often
@given(text=st.text(alphabet="ab:-#\"'{}[],&*!|>%@`? \n\t0.~", max_size=60))
def test_any_text_as_yaml(text: str) -> None:
    problems_of(lambda: parse(decode(text.encode(), "f.yaml"), "f.yaml") and None)


@seldom
@given(changes=edits())
def test_spoilt_templates(changes: list[Edit]) -> None:
    found = problems_of_package(spoilt(TEMPLATE.read_bytes(), changes), Place.of("t.docx"))
    assert all(problem.what and problem.fix for problem in found)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def load(folder: Path, **files: bytes) -> None:
    for name, raw in files.items():
        (folder / name.replace("__", ".")).write_bytes(raw)
    problems_of(lambda: load_commission(folder / "report.yaml") and None)


@seldom
@given(changes=edits(), which=st.sampled_from(("observations__csv", "targets__csv")))
def test_spoilt_figures_of_a_commission(folder: Path, changes: list[Edit], which: str) -> None:
    files = {
        "report__yaml": REPORT.encode(),
        "indicators__yaml": INDICATORS.encode(),
        "areas__yaml": AREAS.encode(),
        "observations__csv": GOOD["f.csv"],
        "targets__csv": TARGETS.encode(),
    }
    load(folder, **files | {which: spoilt(files[which], changes)})


@seldom
@given(changes=edits())
def test_spoilt_published_files(folder: Path, changes: list[Edit]) -> None:
    entry = "    - {file: pupils.csv, breakdowns: [sex]}"
    brief = EES_BRIEF.format(period="AY2024/25", entries=entry, measure="pupil_count")
    load(folder, report__yaml=brief.encode(), pupils__csv=spoilt(table(*PLAIN).encode(), changes))


@seldom
@given(changes=edits())
def test_spoilt_databases(folder: Path, changes: list[Edit]) -> None:
    path = folder / "figures.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(f"create table observations ({HEADER})")
    marks = ", ".join("?" * len(HEADER.split(",")))
    connection.executemany(
        f"insert into observations values ({marks})", [row.split(",") for row in ROWS]
    )
    connection.commit()
    connection.close()
    sql = "data:\n  sql: {url: 'sqlite:///figures.db', observations: observations}\n"
    brief = REPORT.replace("data:\n  targets: targets.csv\n", f"{sql}")
    raw = spoilt(path.read_bytes(), changes)
    load(folder, report__yaml=brief.encode(), indicators__yaml=INDICATORS.encode(),
         areas__yaml=AREAS.encode(), figures__db=raw)  # fmt: skip


PIECES = (
    "<row>", "</row>", "<row r='2'>", "<row r='9' hidden='1'>", "<c>", "</c>", "<c r='B2'>",
    "<c r='A3' t='s'>", "<c r='ZZ9' s='1'>", "<c t='inlineStr'>", "<c t='e'>", "<c t='b'>",
    "<c t='d'>", "<v>1</v>", "<v>-1</v>", "<v/>", "<v>1e999</v>", "<v>2019-05-01</v>", "<f>A1</f>",
    "<is><t>a</t></is>", "<is><r><t>b</t></r></is>", "<r>", "</r>", "<t>", "</t>", "x", "&lt;",
    "&#0;", "<!-- -->", "<![CDATA[<c>]]>", "<?pi?>", "<mergeCell ref='A1:B2'/>",
    "<mergeCell ref='A1:XFD1048576'/>", "<col min='1' max='16384' hidden='1'/>", "<x:c/>",
)  # fmt: skip


@seldom
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_elements_of_a_sheet(pieces: list[str]) -> None:
    raw = with_sheet(f"{SHEET}{''.join(pieces)}</sheetData></worksheet>")
    read(raw, "f.xlsx")
    problems_of(lambda: convert_workbook(raw, "f.xlsx", "").mapped.observations)
