"""Files made to harm: each is refused, or read, in little time and little memory (STANDARDS 6.3).

Every file is read in a process of its own that measures itself. The limits are ours: 30 seconds,
and 600 MB beyond what the file itself and the libraries take.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reporter.problems import ProblemsFoundError
from reporter.sources.tables import Form, read_table

SECONDS, MEGABYTES = 30, 600
COLUMNS = ("area", "indicator", "period", "period_type", "value")
FORM = Form("observations", COLUMNS)
HEAD = ",".join(COLUMNS).encode() + b"\n"
ROW = b"Sometown,plans,2019-05,snapshot,429\n"
MEASURE = """
import json, sys, time
from pathlib import Path
import pandas, openpyxl, pyarrow.parquet
from reporter.package import problems_of_package
from reporter.problems import Place, ProblemsFoundError
from reporter.sources.tables import Form, read_table
from reporter.yamlfile import decode, parse

def peak():
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) // 1000

path = Path(sys.argv[1])
raw = path.read_bytes()
try:
    Path("/proc/self/clear_refs").write_text("5")
except OSError:
    pass
before, start = peak(), time.process_time()
try:
    if path.suffix == ".yaml":
        parse(decode(raw, path.name), path.name)
        found = []
    elif path.suffix == ".docx":
        found = problems_of_package(raw, Place.of(path.name))
    else:
        form = Form("observations", ("area", "indicator", "period", "period_type", "value"))
        found = read_table(raw, path.name, form).problems
except ProblemsFoundError as error:
    found = error.problems
print(json.dumps({
    "codes": sorted({problem.code for problem in found}), "count": len(found),
    "seconds": time.process_time() - start, "megabytes": peak() - before,
}))
"""


def csv_of(body: bytes, head: bytes = HEAD) -> bytes:
    return head + body


def parquet_of(columns: dict[str, pa.Array], **options: object) -> bytes:
    raw = io.BytesIO()
    pq.write_table(pa.table(columns), raw, **options)
    return raw.getvalue()


def one_long_text() -> bytes:
    count = 1_000_000
    plain = {name: pa.array(["x"] * count) for name in COLUMNS}
    codes = pa.array([0] * count, pa.int32())
    return parquet_of(
        plain | {"area": pa.DictionaryArray.from_arrays(codes, pa.array(["a" * 1_000_000]))}
    )


def packed_texts() -> bytes:
    """More than a gigabyte of letters, in a small file."""
    part = pa.table({"area": pa.array(["a" * 20_000_000])})
    raw = io.BytesIO()
    with pq.ParquetWriter(raw, part.schema, compression="zstd", use_dictionary=False) as writer:
        for _ in range(55):
            writer.write_table(part)
    return raw.getvalue()


def many_long_texts() -> bytes:
    """A hundred and fifty megabytes of letters in one group of rows, in half a megabyte."""
    count = 150_000
    columns = {name: pa.array(["x"] * count) for name in COLUMNS}
    columns["area"] = pa.array([f"{'a' * 1_000}{at}" for at in range(count)])
    return parquet_of(columns, use_dictionary=False, compression="zstd", row_group_size=count)


def book(sheet: bytes | None = None, **more: bytes) -> bytes:
    """A workbook with one row, `sheet` in place of its sheet, and further parts."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.append(COLUMNS)
    page.append(["Sometown", "plans", "2019-05", "snapshot", 429])
    raw = io.BytesIO()
    workbook.save(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            at_sheet = name == "xl/worksheets/sheet1.xml" and sheet is not None
            new.writestr(name, sheet if at_sheet and sheet else old.read(name))
        for name, content in more.items():
            new.writestr(name, content)
    return made.getvalue()


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return (
        b'<?xml version="1.0"?>' + before + b"<worksheet " + space + b"><sheetData>"
        + rows + b"</sheetData></worksheet>"
    )  # fmt: skip


OUTSIDE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
ENTITY = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&%s;</t></is></c></row>'
FAR = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 3_000))
HEADS = b"".join(b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>' % (at.encode(), name.encode())
                 for at, name in zip("ABCDE", COLUMNS, strict=True))  # fmt: skip
FORMULA = b'<row r="1">' + HEADS + b'</row><row r="2"><c r="E2"><f>1+1</f></c></row>'
DIGITS = random.Random(1).randbytes(3_000_000).hex().encode()
MANY = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(1, 1_048_600))
FULL = (
    b"<row>"
    + HEADS
    + b"</row>"
    + b"".join(b"<row>" + b"<c><v>%d</v></c>" % n * 11 + b"</row>" for n in range(600_000))
)
TEXT = b'<row r="1"><c t="inlineStr"><is><t>%s</t></is></c></row>'
NAMES = b",".join([b"c%d" % n for n in range(100)]) + b"\n"
ONE = pa.array([1])


def paper(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", b"<Types/>")
        new.writestr(name, content)
    return made.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "rows.csv": (lambda: csv_of(ROW * 2_000_000), "too-large"),
    "quoted-rows.csv": (lambda: csv_of(b'"a"' + ROW[8:] + ROW * 2_000_000), "too-large"),
    "commas.csv": (lambda: csv_of(b"," * 60_000_000), "too-large"),
    "heads.csv": (lambda: b"," * 60_000_000, "too-large"),
    "columns.csv": (lambda: b",".join(b"c%d" % n for n in range(50_000)) + b"\n", "too-large"),
    "wide-row.csv": (lambda: csv_of(b"1," * 400_000 + b"1\n"), "ragged-row"),
    "quote.csv": (lambda: csv_of(b'So"me,plans,2019,year,1\n"'), "bad-csv"),
    "unclosed.csv": (lambda: csv_of(b'"Sometown,' + ROW * 2_000_000), "bad-csv"),
    "lines.csv": (lambda: csv_of(b"\n" * 60_000_000), "too-large"),
    "record.csv": (lambda: csv_of(b'"a\n",' * 20_000_000), "too-large"),
    "cell.csv": (lambda: csv_of(b"a" * 60_000_000), "too-large"),
    "nought.csv": (lambda: csv_of(b"\0,\0,\0,\0,\0\n" * 10), "control-character"),
    "controls.csv": (lambda: csv_of(b"a\x1b[31m,b\x07,c,d,1\n"), "control-character"),
    "utf16-bare.csv": (lambda: (HEAD + ROW).decode().encode("utf-16-le"), "bad-encoding"),
    "utf16-cut.csv": (lambda: (HEAD + ROW).decode().encode("utf-16")[:-1], "bad-encoding"),
    "utf16-rows.csv": (lambda: (HEAD + ROW * 1_100_000).decode().encode("utf-16"), "too-large"),
    "utf32.csv": (lambda: (HEAD + ROW).decode().encode("utf-32"), "bad-encoding"),
    "latin.csv": (lambda: csv_of(b"Caf\xe9,plans,2019,year,1\n"), "bad-encoding"),
    "mixed.csv": (lambda: csv_of("Café,".encode() + b"Caf\xe9,2019,year,1\n"), "bad-encoding"),
    "nothing.csv": (lambda: NAMES + (b"," * 99 + b"\n") * 50_000, "unknown-column"),
    "unnamed.csv": (lambda: HEAD.strip() + b"," * 100 + b",x\n" + ROW, "unnamed-column"),
    "twice.csv": (lambda: csv_of(ROW, HEAD.strip() + b",value\n"), "repeated-column"),
    "ragged.csv": (lambda: csv_of(b"a,b,c\n" * 300_000), "ragged-row"),
    "book.csv": (book, "bad-encoding"),
    "text.parquet": (one_long_text, "too-large"),
    "packed.parquet": (packed_texts, "too-large"),
    "texts.parquet": (many_long_texts, "too-large"),
    "rows.parquet": (lambda: parquet_of({"a": pa.array([1] * 5_000_000)}), "too-large"),
    "wide.parquet": (lambda: parquet_of({f"c{n}": ONE for n in range(2_000)}), "too-large"),
    "cut.parquet": (lambda: many_long_texts()[:9_000], "bad-parquet"),
    "nested.parquet": (lambda: parquet_of({"value": pa.array([[1, 2]] * 9)}), "odd-type"),
    "bytes.parquet": (lambda: parquet_of({"value": pa.array([b"\xff"] * 9)}), "odd-type"),
    "bomb.xlsx": (lambda: book(sheet(b" " * 300_000_000)), "too-large"),
    "ballast.xlsx": (lambda: book(**{"xl/media/x.bin": b"\0" * 400_000_000}), "too-large"),
    "outside.xlsx": (lambda: book(sheet(ENTITY % b"x", OUTSIDE)), "bad-workbook"),
    "laughs.xlsx": (lambda: book(sheet(ENTITY % b"a9", LAUGHS)), "bad-workbook"),
    "empty-cells.xlsx": (lambda: book(sheet(b"<row>" + HEADS + b"<c/>" * 100 + b"</row>" + (
        b"<row>" + b"<c/>" * 105 + b"</row>") * 50_000)), "no-rows"),
    "columns.xlsx": (lambda: book(sheet(b"<row>" + b"<c><v>1</v></c>" * 50_000 + b"</row>")),
                     "too-large"),
    "ods.xlsx": (lambda: paper("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
                 "bad-workbook"),
    "far.xlsx": (lambda: book(sheet(FAR)), "too-large"),
    "rows.xlsx": (lambda: book(sheet(MANY)), "too-large"),
    "full.xlsx": (lambda: book(sheet(FULL)), "too-large"),
    "nested.xlsx": (lambda: book(sheet(b"<a>" * 300_000)), "bad-workbook"),
    "tag.xlsx": (lambda: book(sheet(b"<a b='" + DIGITS)), "bad-workbook"),
    "text.xlsx": (lambda: book(sheet(TEXT % (DIGITS))), "bad-workbook"),
    "old.xlsx": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 9_000, "bad-workbook"),
    "paper.xlsx": (lambda: b"%PDF-1.7\n" + b"0" * 9_000, "bad-workbook"),
    "plain.xlsx": (lambda: HEAD + ROW, "bad-workbook"),
    "paper-in.xlsx": (lambda: paper("word/document.xml", b"<w/>"), "bad-workbook"),
    "formula.xlsx": (lambda: book(sheet(FORMULA)), "formula-without-result"),
    "deep.yaml": (lambda: b"[" * 1_900_000, "too-deep"),
    "keys.yaml": (lambda: b"? " * 900_000, "too-deep"),
    "values.yaml": (lambda: b"a: [" + b"1," * 900_000 + b"1]", "too-large"),
    "aliases.yaml": (lambda: b"a: &a [x, x]\nb: [*a, *a]\n", "yaml-anchor"),
    "long.yaml": (lambda: b"a: x\n" * 900_000, "too-large"),
    "bomb.docx": (lambda: paper("word/document.xml", b" " * 200_000_000), "unsafe-docx"),
    "outside.docx": (lambda: paper("word/document.xml", OUTSIDE + b"<w>&x;</w>"), "unsafe-docx"),
    "laughs.docx": (lambda: paper("word/document.xml", LAUGHS + b"<w>&a9;</w>"), "unsafe-docx"),
}  # fmt: skip
"""Each file with how it is made, and the code of the problem that must be told."""


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_little_time_and_memory(tmp_path: Path, name: str) -> None:
    make, code = FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    path.unlink()
    assert run.returncode == 0, run.stderr[-2000:]
    measured = json.loads(run.stdout)
    assert code in measured["codes"]
    assert measured["count"] < 2_000
    assert measured["seconds"] < SECONDS
    assert measured["megabytes"] < MEGABYTES


def test_what_a_spreadsheet_would_run_is_text() -> None:
    formulas = [
        "=cmd|' /C calc'!A0",
        "+1+cmd",
        "-2+3+cmd",
        "@SUM(1+1)*cmd",
        "\t=1",
        "=HYPERLINK(1)",
    ]
    rows = b"".join(f'"{text}",plans,2019-05,snapshot,1\n'.encode() for text in formulas)
    areas = read_table(csv_of(rows), "f.csv", FORM).columns["area"]
    assert list(areas.texts) == [text.strip() for text in formulas]
    value = read_table(csv_of(b'Sometown,plans,2019-05,snapshot,"=1+1"\n'), "f.csv", FORM)
    assert value.columns["value"].texts == ("=1+1",)


def test_a_mark_at_the_start_and_windows_lines_are_read() -> None:
    for raw in (b"\xef\xbb\xbf" + HEAD + ROW, (HEAD + ROW).replace(b"\n", b"\r\n")):
        assert read_table(raw, "f.csv", FORM).columns["value"].texts == ("429",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_unicode_text_of_excel_is_read(encoding: str, mark: str) -> None:
    text = "\ufeff" + (HEAD + ROW).decode().replace("Sometown", "Ynys Môn").replace(",", mark)
    columns = read_table(text.encode(encoding), "f.csv", FORM).columns
    assert (columns["area"].texts, columns["value"].texts) == (("Ynys Môn",), ("429",))


def test_a_letter_as_windows_writes_it_is_told_with_its_row_and_how_to_save() -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        read_table(csv_of(ROW + "£5,plans,2019-05,snapshot,1\n".encode("cp1252")), "f.csv", FORM)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("bad-encoding", 3)
    assert "£" in problem.what
    assert "CSV UTF-8" in problem.fix


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reporter.files import read_bytes

    path = tmp_path / "f.csv"
    with path.open("wb") as file:
        file.truncate(600_000_000)
    with pytest.raises(ProblemsFoundError) as caught:
        read_bytes(path, "f.csv", 500_000_000)
    assert caught.value.problems[0].code == "too-large"
