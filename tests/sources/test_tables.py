"""Files of any kind and any bytes: a table of text, or problems with a place; never a traceback."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources.tables import Form, Table, read_table

FORM = Form("observations", ("area", "period", "value"), ("status",))


def read(text: str | bytes, file: str = "f.csv") -> Table:
    return read_table(text if isinstance(text, bytes) else text.encode(), file, FORM)


def cells(table: Table, name: str) -> list[str]:
    column = table.columns[name]
    return [column.text(row) for row in range(len(column))]


def faults(text: str | bytes, file: str = "f.csv") -> list[Problem]:
    try:
        return list(read(text, file).problems)
    except ProblemsFoundError as error:
        return list(error.problems)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_as_text(mark: str, end: str) -> None:
    lines = ["area,period,value,status", " Här ,2019-05,010,", "", '"A, B",no,1.50,p', ",,,", ""]
    table = read(mark + end.join(lines))
    assert table.problems == ()
    assert cells(table, "area") == ["Här", "A, B"]
    assert cells(table, "value") == ["010", "1.50"]
    assert table.rows.row.tolist() == [2, 4]


def test_empty_columns_that_a_spreadsheet_leaves_are_passed_over() -> None:
    table = read("area,period,value,,\nA,2019,1,,\nB,2019,2,,,,\n")
    assert table.problems == ()
    assert cells(table, "area") == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("area,period\nA,2019\n", "missing-column", "f.csv, row 1", "'value' is missing"),
        ("area,period,values\nA,2019,1\n", "missing-column", "f.csv, row 1", "Rename 'values'"),
        ("area,period,value,Status\nA,2019,1,\n", "unknown-column",
         "f.csv, row 1, column Status", "Did you mean 'status'?"),
        ("area,period,value,origin\nA,2019,1,\n", "unknown-column",
         "f.csv, row 1, column origin", "columns are area, period, value, status"),
        ("area,period,value,NHS number\nA,2019,1,\n", "personal-data",
         "f.csv, row 1, column NHS number", "single people"),
        ("area,period,value,area\nA,2019,1,\n", "repeated-column",
         "f.csv, row 1, column area", "more than once"),
        ("area,,period,value\nA,,2019,1\n", "unnamed-column", "f.csv, row 1", "has no name"),
        ("area,period,value\nA,2019\n", "ragged-row", "f.csv, row 2", "2 cells"),
        ("area,period,value\nA,2019,1,234\n", "ragged-row", "f.csv, row 2", "4 cells"),
        ("area,period,value\n", "no-rows", "f.csv, row 1", "no rows under the header"),
        (",,\nA,2019,1\n", "no-header", "f.csv, row 1", "names of the columns"),
        ("area;period;value\nA;2019;1\n", "not-commas", "f.csv, row 1", "parted by ';'"),
        ("area\tperiod\tvalue\nA\t2019\t1\n", "not-commas", "f.csv, row 1", "parted by a tab"),
        ('area,period,value\n"A"x,2019,1\n', "bad-csv", "f.csv, row 2", "cannot be read"),
        ('area,period,value\nA,2019,"1\n', "bad-csv", "f.csv, row 2", "cannot be read"),
        ("area,period,value\nA\x00B,2019,1\n", "control-character",
         "f.csv, row 2, column area", "U+0000"),
        ("area,period,value\nA,2019,1\nA,2019,\x1b[31m\n", "control-character",
         "f.csv, row 3, column value", "U+001B"),
        ("area,period,value\nA\uffff,2019,1\n", "control-character",
         "f.csv, row 2, column area", "U+FFFF"),
        (f"area,period,value\n{'A' * 2001},2019,1\n", "too-large",
         "f.csv, row 2, column area", "2,001 characters"),
        (f"area,period,value\n{'A' * 200_000},2019,1\n", "bad-csv", "f.csv, row 2", "field limit"),
        ("area,period,value\nMünchen,2019,1\n".encode("latin-1"), "bad-encoding",
         "f.csv, row 2", "not UTF-8"),
        ("area,period,value\nA,2019,1\n".encode("utf-16-le"), "bad-encoding",
         "f.csv, row 1", "not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_csv(text: str | bytes, code: str, place: str, words: str) -> None:
    found = [fault for fault in faults(text) if fault.code == code]
    assert [str(fault.place) for fault in found] == [place]
    assert words in f"{found[0].what} {found[0].fix}"


def test_several_faults_are_told_at_once() -> None:
    found = faults("Area,period,period,value\nA,2019,x\x01,1\nB\n")
    assert sorted({fault.code for fault in found}) == [
        "control-character", "missing-column", "ragged-row", "repeated-column", "unknown-column",
    ]  # fmt: skip


def test_of_very_many_ragged_rows_the_first_and_a_count() -> None:
    found = faults("area,period,value\nA,2019,1\n" + "A\n" * 90)
    assert len(found) == 21
    assert found[-1].what == "from here on, 70 more of the same kind"


@pytest.mark.parametrize("file", ["f.xls", "f", "f.txt", "f.ods"])
def test_other_kinds_of_file_are_named(file: str) -> None:
    (fault,) = faults("area", file)
    assert fault.code == "unknown-file-kind"


def xlsx(*rows: list[Any], sheet: str = "Sheet1", more: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for name in more:
        book.create_sheet(name)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADER = ["area", "period", "value"]


def test_a_workbook_is_read_as_it_shows() -> None:
    rows = [["A", "2018/19", 94.4], [], ["B", 2018, 429.0], ["C", "x", "c"]]
    table = read(xlsx(HEADER, *rows), "f.xlsx")
    assert table.problems == ()
    assert cells(table, "period") == ["2018/19", "2018", "x"]
    assert cells(table, "value") == ["94.4", "429", "c"]
    assert table.rows.row.tolist() == [2, 4, 5]


def test_a_sheet_has_no_short_rows() -> None:
    table = read(xlsx([*HEADER, "status"], ["A", "2018/19", 1], [None, "2019", 2, "p"]), "f.xlsx")
    assert table.problems == ()
    assert cells(table, "status") == ["", "p"]
    assert cells(table, "area") == ["A", ""]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1 + 0.2, "0.3"), (1e-5, "0.00001"), (1234567.0, "1234567"), (-19, "-19"), (True, "TRUE")],
)
def test_numbers_keep_the_digits_that_excel_keeps(number: float, text: str) -> None:
    assert cells(read(xlsx(HEADER, ["A", "2018", number]), "f.xlsx"), "value") == [text]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [("yyyy-mm-dd", "2019-05-01"), ("mmm-yy", "2019-05"), ("yyyy", "2019"), ("h:mm", "2019-05-01")],
)
def test_a_date_is_read_as_its_format_shows_it(number_format: str, text: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["A", date(2019, 5, 1), 1])
    book.active["B2"].number_format = number_format
    assert cells(read(saved(book), "f.xlsx"), "period") == [text]


@pytest.mark.parametrize(
    ("number_format", "text"), [("0%", "49.4"), ("0.0%;[Red]-0.0%", "49.4"), ('0.0"%"', "0.494")]
)
def test_a_percentage_is_read_as_its_format_shows_it(number_format: str, text: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["A", "2019", 0.494])
    book.active["C2"].number_format = number_format
    assert cells(read(saved(book), "f.xlsx"), "value") == [text]


def test_a_formula_whose_result_is_not_stored_is_no_blank() -> None:
    (fault,) = faults(xlsx(HEADER, ["A", "2019", 1], ["B", "2019", "=1+1"]), "f.xlsx")
    assert (fault.code, str(fault.place)) == (
        "formula-without-result", "f.xlsx, row 3, column value",
    )  # fmt: skip


def test_the_sheet_is_the_only_one_or_the_one_so_called() -> None:
    named = xlsx(HEADER, ["A", "2019", 1], sheet="observations", more=("notes",))
    assert cells(read(named, "f.xlsx"), "area") == ["A"]
    (fault,) = faults(xlsx(HEADER, ["A", "2019", 1], more=("notes",)), "f.xlsx")
    assert fault.code == "which-sheet"
    assert "Sheet1, notes" in fault.what


def test_a_workbook_that_would_unpack_to_far_more_than_it_is() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    (fault,) = faults(out.getvalue(), "f.xlsx")
    assert fault.code == "too-large"


def test_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("hello.txt", "hello")
    (fault,) = faults(out.getvalue(), "f.xlsx")
    assert fault.code == "bad-workbook"


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet is `xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADER))) as whole, zipfile.ZipFile(out, "w") as made:
        for entry in whole.infolist():
            sheet = entry.filename == "xl/worksheets/sheet1.xml"
            made.writestr(entry.filename, xml if sheet else whole.read(entry))
    return out.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_a_workbook_that_defines_entities_is_refused() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{bomb}]>{SHEET}<row r="1"><c t="str"><v>&l9;</v></c></row>'
    )
    (fault,) = faults(with_sheet(f"{sheet}</sheetData></worksheet>"), "f.xlsx")
    assert fault.code == "bad-workbook"


def test_rows_far_down_keep_their_numbers() -> None:
    cells_of = "".join(f'<c t="str"><v>{text}</v></c>' for text in HEADER)
    far = '<row r="900000"><c t="str"><v>A</v></c><c><v>2019</v></c><c><v>1</v></c></row>'
    raw = with_sheet(f'{SHEET}<row r="1">{cells_of}</row>{far}</sheetData></worksheet>')
    assert read(raw, "f.xlsx").rows.row.tolist() == [900_000]


def test_cells_far_to_the_right_do_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 400))
    (fault,) = faults(with_sheet(f"{SHEET}{rows}</sheetData></worksheet>"), "f.xlsx")
    assert fault.code == "too-large"
    assert "more than 1,000 columns" in fault.what


def test_the_names_of_the_columns_stand_in_row_1() -> None:
    book = openpyxl.Workbook()
    book.active.append([])
    book.active.append([])
    book.active.append(HEADER)
    (fault,) = faults(saved(book), "f.xlsx")
    assert fault.code == "no-header"


def parquet(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    pd.DataFrame(columns).to_parquet(out)
    return out.getvalue()


def test_parquet_is_read_as_text() -> None:
    raw = parquet(
        area=["A", None, " B"], period=pd.Categorical(["2019", "2018", "2019"]).tolist(),
        value=[94.4, 5.0, None], status=[date(2019, 5, 1), None, None],
    )  # fmt: skip
    table = read(raw, "f.parquet")
    assert cells(table, "area") == ["A", "", "B"]
    assert cells(table, "value") == ["94.4", "5", ""]
    assert cells(table, "status") == ["2019-05-01", "", ""]
    assert table.rows.row.tolist() == [2, 3, 4]
    assert table.problems == ()


def test_parquet_with_columns_that_are_no_text() -> None:
    (fault,) = faults(parquet(area=["A"], period=["2019"], value=[[1, 2]]), "f.parquet")
    assert fault.code == "odd-type"


def test_parquet_has_the_same_checks() -> None:
    found = faults(parquet(area=["A\x00"], period=["2019"], values=["1"]), "f.parquet")
    assert sorted(fault.code for fault in found) == [
        "control-character", "missing-column", "unknown-column",
    ]  # fmt: skip


WORKBOOK = xlsx(HEADER, ["A", "2019", 1], ["B", "2018", "c"])
PARQUET = parquet(area=["A", "B"], period=["2019", "2018"], value=["1", "c"])


@given(st.binary(max_size=300), st.sampled_from([".csv", ".xlsx", ".parquet"]))
def test_any_bytes_give_a_table_or_problems(raw: bytes, ending: str) -> None:
    faults(raw, f"f{ending}")


@given(st.text(st.sampled_from('a,"\n\r\x00;é\t1 '), max_size=80))
def test_any_text_gives_a_table_or_problems(text: str) -> None:
    faults("area,period,value\n" + text)
    faults(text)


@given(
    st.sampled_from([(WORKBOOK, "f.xlsx"), (PARQUET, "f.parquet")]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damaged_files_give_a_table_or_problems(
    whole: tuple[bytes, str], damage: list[tuple[int, int]]
) -> None:
    raw = bytearray(whole[0])
    for at, byte in damage:
        raw[at % len(raw)] = byte
    faults(bytes(raw), whole[1])


def _cells(rows: str) -> bytes:
    head = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in "ab")
    return with_sheet(f"{SHEET}<row r='1'>{head}</row>{rows}</sheetData></worksheet>")


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ('<row><c><v>1</v></c><c t="str"><f>A2&amp;""</f><v></v></c></row>', ["1", ""]),
        ('<row><c s="0"/><c><v>2.5</v></c></row>', ["", "2.5"]),
        ('<row r="2"><c r="B2" t="b"><v>1</v></c></row>', ["", "TRUE"]),
        ('<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c></row>', ["#DIV/0!", ""]),
        ("<row><c t='inlineStr'><is><r><t>7.2</t></r><r><rPr><vertAlign val='superscript'/></rPr>"
         "<t>1</t></r></is></c></row>", ["7.2[1]", ""]),
        ("<row><c t='inlineStr'><is><t>a&amp;b_x000D_</t></is></c></row>", ["a&b", ""]),
    ],
)  # fmt: skip
def test_cells_are_read_as_they_are_stored(row: str, texts: list[str]) -> None:
    table = read_table(_cells(row), "f.xlsx", Form("rows", ("a", "b")))
    assert table.problems == ()
    assert [table.columns[name].text(0) for name in "ab"] == texts


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('<row r="2"/><row r="1"/>', "comes after"),
        ('<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>', "not in order"),
        ('<row r="2"><c r="A2"><c r="B2"/></c></row>', "within a cell"),
        ('<row r="2"><c r="A2" t="s"><v>9</v></c></row>', "not there"),
        ('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', "number must"),
        ('<row r="2"><c r="XFE2"><v>1</v></c></row>', "called 'XFE'"),
        ("<a>" * 60 + "</a>" * 60, "nested"),
    ],
)
def test_a_sheet_that_no_program_writes_is_refused(row: str, words: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        read_table(_cells(row), "f.xlsx", Form("rows", ("a", "b")))
    (fault,) = caught.value.problems
    assert fault.code == "bad-workbook"
    assert words in fault.what
