"""Every row of STANDARDS part 5 that is checked has a broken file which fails it, and only it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest

from reporter.charts import draw_chart
from reporter.document import load_template, problems_for_readers, write_document
from reporter.document.body import charts_of
from reporter.problems import ProblemsFoundError
from tests.document.test_template import NAMES, TEMPLATES
from tests.sample_report import brief, report


@cache
def paper(name: str = "standard") -> bytes:
    whole = report()
    if name != "standard":
        whole = type(whole)(brief(officers={}, texts={}), whole.period, whole.sections)
    pictures = {chart.alt.id: draw_chart(chart) for chart in charts_of(whole.sections)}
    return write_document(whole, pictures, load_template(TEMPLATES / name)).docx


def changed(part: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper())) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode("utf-8")
                assert old in text, f"{old!r} is not in {part}"
                data = text.replace(old, new, 1).encode("utf-8")
            target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_we_build_passes(name: str) -> None:
    found = problems_for_readers(paper(name), "paper.docx")
    assert [str(problem) for problem in found if problem.level == "error"] == []


DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
FIRST_ROW = "<w:tblHeader/>"


def more(row: str, words: str, before: str = "", run: str = "") -> tuple[str, str, str, str]:
    """A fault made by one more paragraph: its `w:pPr` and `w:rPr`, and what its run holds."""
    properties = f"<w:pPr>{before}</w:pPr>" if before else ""
    text = f"<w:r><w:rPr>{run}</w:rPr>{words}</w:r>" if words else ""
    last = "<w:sectPr"
    return row, DOCUMENT, last, f"<w:p>{properties}{text}</w:p>{last}"


def said(words: str) -> str:
    return f"<w:t>{words}</w:t>"


LINK = "</w:r><w:hyperlink><w:r><w:t>Click here</w:t></w:r></w:hyperlink><w:r>"
TITLE = "Children's services performance update</dc:title>"
BROKEN = [
    ("5.1", "docProps/core.xml", TITLE, "</dc:title>"),
    ("5.2", STYLES, '<w:lang w:val="en-GB"', '<w:lang w:val="en-US"'),
    ("5.3", DOCUMENT, '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>'),
    more("5.3", "", '<w:pStyle w:val="Heading1"/>'),
    more("5.3", said("Like a heading"), run="<w:b/>"),
    more("5.4", said("- typed")),
    more("5.4", said("a) typed")),
    more("5.5", ""),
    more("5.5", said("Name") + "<w:tab/>" + said("A")),
    ("5.6", DOCUMENT, FIRST_ROW, ""),
    ("5.7", DOCUMENT, 'w:firstColumn="1"', 'w:firstColumn="0"'),
    ("5.8", DOCUMENT, "</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'),
    ("5.8", DOCUMENT, ">95.0%<", "><"),
    ("5.9", DOCUMENT, "<w:cantSplit/>", ""),
    ("5.10", DOCUMENT, '<w:tblCaption w:val="About this report"/>', ""),
    ("5.11", DOCUMENT, 'descr="Line chart.', 'descr="chart.png Line chart.'),
    ("5.13", DOCUMENT, "<w:drawing>", "<w:pict/><w:drawing>"),
    ("5.14", DOCUMENT, ">Amber<", ">Behind<"),
    ("5.15", DOCUMENT, '<w:color w:val="FFFFFF"/>', '<w:color w:val="F0A0A0"/>'),
    ("5.15", STYLES, '<w:color w:val="1F2A37"/>', '<w:color w:val="AAAAAA"/>'),
    more("5.16", LINK),
    more("5.17", said("Wide."), '<w:jc w:val="both"/>'),
    more("5.17", said("Loud."), run="<w:caps/>"),
    more("5.17", said("Small."), run='<w:sz w:val="16"/>'),
    ("5.19", "word/footer1.xml", " PAGE ", " DATE "),
    ("5.19b", DOCUMENT, " TOC ", " INDEX "),
    ("5.21", DOCUMENT, "<w:body>", '<w:background w:color="FFFF00"/><w:body>'),
    ("5.23", "word/settings.xml", 'w:val="15"', 'w:val="14"'),
    ("5.25", DOCUMENT, 'w:w="11906"', 'w:w="12240"'),
]


@pytest.mark.parametrize(
    ("row", "part", "old", "new"), BROKEN, ids=[f"{row}-{n}" for n, (row, *_) in enumerate(BROKEN)]
)
def test_a_broken_paper_fails_its_row(row: str, part: str, old: str, new: str) -> None:
    found = problems_for_readers(changed(part, old, new), "paper.docx")
    assert {problem.code for problem in found} == {f"access-{row}"}
    assert all(problem.fix and problem.place.file == "paper.docx" for problem in found)


def test_what_is_no_word_file_is_told() -> None:
    with pytest.raises(ProblemsFoundError, match="not a Word document"):
        problems_for_readers(b"no zip", "paper.docx")
