"""Every row of STANDARDS part 5 has a broken file which fails it, and only it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest

from reporter.charts import draw_chart
from reporter.check import ROWS, check_paper
from reporter.document import load_template, write_document
from reporter.document.body import charts_of
from reporter.problems import Problem, ProblemsFoundError
from tests.document.test_template import NAMES, TEMPLATES
from tests.sample_report import brief, report


@cache
def paper(name: str = "standard") -> bytes:
    whole = report()
    if name != "standard":
        whole = type(whole)(brief(officers={}, texts={}), whole.period, whole.sections)
    pictures = {chart.alt.id: draw_chart(chart) for chart in charts_of(whole.sections)}
    return write_document(whole, pictures, load_template(TEMPLATES / name)).docx


@cache
def warnings() -> tuple[Problem, ...]:
    """What the sample is warned of: its invented charts say figures that its text does not."""
    return check_paper(paper(), "paper.docx")


def changed(*changes: tuple[str, str, str]) -> bytes:
    """The good paper with the first `old` in a part turned into `new`, for each change."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper())) as source, zipfile.ZipFile(made, "w") as target:
        content = {name: source.read(name) for name in source.namelist()}
        for part, old, new in changes:
            text = content[part].decode("utf-8")
            assert old in text, f"{old!r} is not in {part}"
            content[part] = text.replace(old, new, 1).encode("utf-8")
        for name, data in content.items():
            target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_we_build_passes(name: str) -> None:
    found = check_paper(paper(name), "paper.docx")
    assert [str(problem) for problem in found if problem.level == "error"] == []


DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
SETTINGS, CORE, RELS = "word/settings.xml", "docProps/core.xml", "word/_rels/document.xml.rels"
HEADER, FOOTER = "word/header1.xml", "word/footer1.xml"
Broken = tuple[str, tuple[tuple[str, str, str], ...]]


def one(row: str, part: str, old: str, new: str) -> Broken:
    return row, ((part, old, new),)


def more(row: str, words: str, paragraph: str = "", run: str = "") -> Broken:
    """A fault made by one more paragraph: its `w:pPr` and `w:rPr`, and what its run holds."""
    properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    text = f"<w:r><w:rPr>{run}</w:rPr>{words}</w:r>" if words else ""
    last = "<w:sectPr"
    return one(row, DOCUMENT, last, f"<w:p>{properties}{text}</w:p>{last}")


def said(words: str) -> str:
    return f"<w:t>{words}</w:t>"


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def link(words: str, key: str = "", run: str = '<w:u w:val="single"/>') -> str:
    """A hyperlink that closes and opens the run it is put in."""
    inside = f"<w:hyperlink{key}><w:r><w:rPr>{run}</w:rPr>{said(words)}</w:r></w:hyperlink>"
    return f"</w:r>{inside}<w:r>"


def target(key: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    where = f'Target="https://example.org/{key}" TargetMode="External"'
    return f'<Relationship Id="{key}" Type="{kind}" {where}/>'


TWO = link("The plan", ' r:id="one"') + link("The plan", ' r:id="two"')
LINKS = (RELS, "</Relationships>", f"{target('one')}{target('two')}</Relationships>")
TITLE = "Children's services performance update</dc:title>"
ALT = 'descr="Line chart.'
CELL = '<w:r><w:t xml:space="preserve">91.0%</w:t></w:r>'
TITLE_CAPTION = '<w:tblCaption w:val="About this report"/>'
LAST = "<w:sectPr"
ONE_CELL = (
    '<w:tbl><w:tblPr><w:tblLook w:firstRow="1" w:firstColumn="1"/></w:tblPr><w:tr><w:trPr>'
    f"<w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:p><w:r>{said('Box')}</w:r></w:p></w:tc></w:tr>"
    "</w:tbl>"
)
BOXED = '<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:fldSimple w:instr="SEQ Table"><w:r>'
BOXED += f"{said('Table 9')}</w:r></w:fldSimple></w:p>{ONE_CELL}"
HUGE = 'cx="7560000" cy="10000000"'
HEADED = "</w:hdr>"
BROKEN: list[Broken] = [
    one("5.1", CORE, TITLE, "</dc:title>"),
    one("5.1", CORE, TITLE.split("<")[0], "Word Document"),
    one("5.1", CORE, TITLE.split("<")[0], "Paper"),
    one("5.2", STYLES, '<w:lang w:val="en-GB"', '<w:lang w:val="en-US"'),
    one("5.2", SETTINGS, ' w:val="en-GB"/><w:dec', ' w:val="en-US"/><w:dec'),
    one("5.2", CORE, "<dc:language>en-GB", "<dc:language>en-US"),
    more("5.2", said("Colour."), run='<w:lang w:val="en-US"/>'),
    one("5.3", DOCUMENT, styled("Heading2"), styled("Heading3")),
    more("5.3", said("Another title"), styled("Title")),
    more("5.3", "", styled("Heading1")),
    more("5.3", said("Like a heading"), run="<w:b/>"),
    more("5.4", said("- typed")),
    more("5.4", said("a) typed")),
    more("5.4", said("2.1 Typed")),
    more("5.5", ""),
    more("5.5", said("Name") + "<w:tab/>" + said("A")),
    more("5.5", said("Name") + '<w:t xml:space="preserve">    </w:t>' + said("A")),
    one("5.6", DOCUMENT, "<w:tblHeader/>", ""),
    one("5.6", DOCUMENT, 'w:firstRow="1"', 'w:firstRow="0"'),
    one("5.7", DOCUMENT, 'w:firstColumn="1"', 'w:firstColumn="0"'),
    one("5.8", DOCUMENT, "</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'),
    one("5.8", DOCUMENT, "</w:tcPr>", '<w:vMerge w:val="restart"/></w:tcPr>'),
    one("5.8", DOCUMENT, ">95.0%<", "><"),
    one("5.8", DOCUMENT, CELL, CELL + "</w:p>" + ONE_CELL + "<w:p>" + CELL),
    one("5.9", DOCUMENT, "<w:cantSplit/>", ""),
    one("5.10", DOCUMENT, TITLE_CAPTION, ""),
    one("5.10", DOCUMENT, "SEQ Table", "DATE Table"),
    one("5.10", DOCUMENT, LAST, BOXED + LAST),
    one("5.11", DOCUMENT, ALT, f"{ALT} See chart.png."),
    one("5.11", DOCUMENT, ALT, f"{ALT} {'Very long. ' * 30}"),
    one("5.11", DOCUMENT, ALT, f"{ALT} It was 987,654."),
    one("5.12", DOCUMENT, 'descr="', 'title="'),
    one("5.13", DOCUMENT, "<w:drawing>", "<w:pict/><w:drawing>"),
    more("5.13", said("Framed."), '<w:framePr w:w="2000"/>'),
    one("5.14", DOCUMENT, ">Amber<", ">Behind<"),
    one("5.14", DOCUMENT, ">Improved ▲<", ">▲<"),
    one("5.15", DOCUMENT, '<w:color w:val="FFFFFF"/>', '<w:color w:val="F0A0A0"/>'),
    one("5.15", STYLES, '<w:color w:val="1F2A37"/>', '<w:color w:val="AAAAAA"/>'),
    one("5.15", STYLES, 'w:fill="E4E9EF"', 'w:fill="405060"'),
    more("5.15", said("Dark."), run='<w:shd w:fill="303030"/><w:color w:val="000000"/>'),
    more("5.16", link("Click here")),
    more("5.16", link("https://example.org")),
    more("5.16", said("See") + link("")),
    more("5.16", link("The plan", run="")),
    ("5.16", (*more("", TWO)[1], LINKS)),
    more("5.17", said("Wide."), '<w:jc w:val="both"/>'),
    more("5.17", said("Loud."), run="<w:caps/>"),
    more("5.17", said("THESE WORDS ARE LOUD WITHOUT CAUSE.")),
    more("5.17", said("Small."), run='<w:sz w:val="22"/>'),
    more("5.17", said("Set with serifs."), run='<w:rFonts w:ascii="Times New Roman"/>'),
    more("5.17", said("All of it leans over."), run="<w:i/>"),
    more("5.17", said("Lined."), run='<w:u w:val="single"/>'),
    one("5.18", HEADER, HEADED, f"<w:p><w:r>{said('Ring 01234 567890')}</w:r></w:p>{HEADED}"),
    one("5.18", HEADER, HEADED, f"{ONE_CELL}{HEADED}"),
    one("5.19", FOOTER, " PAGE ", " DATE "),
    one("5.19", DOCUMENT, " TOC ", " INDEX "),
    one("5.20", DOCUMENT, ALT, f"{ALT} A screenshot of it."),
    one("5.20", DOCUMENT, "<wp:extent", f"<wp:extent {HUGE}/><wp:was"),
    one("5.21", DOCUMENT, "<w:body>", '<w:background w:color="FFFF00"/><w:body>'),
    one("5.21", SETTINGS, "<w:zoom", '<w:documentProtection w:edit="readOnly"/><w:zoom'),
    one("5.21", DOCUMENT, 'name="Chart', 'name="PowerPlusWaterMarkObject'),
    more("5.22", said("The CPD went up.")),
    one("5.23", SETTINGS, 'w:val="15"', 'w:val="14"'),
    more("5.24", said("1"), run='<w:vertAlign w:val="superscript"/>'),
    more("5.24", '<w:footnoteReference w:id="2"/>' + said("Word.")),
    one("5.25", DOCUMENT, 'w:w="11906"', 'w:w="12240"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "changes"), BROKEN, ids=[f"{row}-{n}" for n, (row, _) in enumerate(BROKEN)]
)
def test_a_broken_paper_fails_its_row(row: str, changes: tuple[tuple[str, str, str], ...]) -> None:
    found = set(check_paper(changed(*changes), "paper.docx")) - set(warnings())
    assert {problem.code for problem in found} == {f"access-{row}"}
    assert all(problem.fix and problem.place.file == "paper.docx" for problem in found)
    assert all(problem.place.at for problem in found)


def test_no_row_is_without_a_broken_file() -> None:
    assert [row for row, _ in ROWS] == [f"5.{number}" for number in range(1, 26)]
    assert {row for row, _ in BROKEN} == {row for row, _ in ROWS}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (((DOCUMENT, ">95.0%<", "><"),), "table 1, row 2, column 3"),
        (((DOCUMENT, TITLE_CAPTION, ""),), "the table without a caption, number 1 in the file"),
        (((DOCUMENT, styled("Heading2"), styled("Heading3")),), 'heading "Starts and ends"'),
        (((DOCUMENT, ALT, f"{ALT} See chart.png."),), "figure 1"),
        (((HEADER, HEADED, f"{ONE_CELL}{HEADED}"),), "the page header"),
        (((DOCUMENT, ">The rate was", ">The    rate was"),), "paragraph 3.3"),
        (more("", "", run="")[1], 'the paragraph without words under "Contact"'),
    ],
)
def test_a_place_is_said_as_a_reader_would(
    changes: tuple[tuple[str, str, str], ...], place: str
) -> None:
    found = check_paper(changed(*changes), "paper.docx")
    assert place in {problem.place.at for problem in found}


def test_what_is_no_word_file_is_told() -> None:
    with pytest.raises(ProblemsFoundError, match="not a Word document"):
        check_paper(b"no zip", "paper.docx")


def test_a_hostile_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProblemsFoundError, match="declares a document type"):
        check_paper(changed((DOCUMENT, "<w:document", "<!DOCTYPE w><w:document")), "paper.docx")


def test_a_zip_without_a_text_is_no_paper() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("hello.xml", "<hello/>")
    with pytest.raises(ProblemsFoundError, match="no Word document"):
        check_paper(made.getvalue(), "paper.docx")
