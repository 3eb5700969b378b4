"""A Word file with fields typed in it becomes a template that papers are built in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt, RGBColor
from docx_plus.core import qn
from docx_plus.numbering import LevelDefinition, define_list_definition
from docx_plus.styles import create_style, modify_style

from reporter.charts import draw_chart
from reporter.document import adopt_template, load_template, write_document
from reporter.document.body import charts_of
from reporter.problems import ProblemsFoundError
from reporter.prose import AuthorParagraph, RealisedReport, RealisedSection
from tests.document.test_template import TEMPLATES, codes, edit_part, edit_yaml, folder
from tests.sample_report import brief, report

__all__ = ["folder"]
STANDARD = (TEMPLATES / "standard" / "template.docx").read_bytes()


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def council_file() -> Any:
    """A council's own file: fields over several runs, in a table, in the header, beside text."""
    document = Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run("Our papers | {{ coun")
    header.add_run("cil }}")
    line = document.add_paragraph("Report to ")
    for part in ("{", "{ commit", "tee }} on {{meeting", "_date}}."):
        line.add_run(part).font.size = Pt(13)
    document.add_heading("{{ title }}", 0)
    table = document.add_table(rows=3, cols=2)
    rows = (("From", "{{ report of }}"), ("Wards", "{{ Wards }}"), ("Status", "{{ status }}"))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.add_heading("Purpose", 1)
    document.add_paragraph("{{ purpose }}")
    document.add_paragraph("{{ body }}")
    document.add_heading("Contact", 1)
    document.add_paragraph("Ask {{ contact }}\tor ring us.")
    return document


def adopted(document: Any, tmp_path: Path) -> Path:
    target = tmp_path / "ours"
    target.mkdir()
    for name, data in adopt_template(saved(document), "Our report.docx", STANDARD).items():
        (target / name).write_bytes(data)
    return target


def words_of(document: Any) -> list[str]:
    body = document.element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def test_every_field_becomes_a_control_where_it_was_typed(tmp_path: Path) -> None:
    document = Document(str(adopted(council_file(), tmp_path) / "template.docx"))
    found = {
        control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): control
        for control in document.element.body.iter(qn("w:sdt"))
    }
    assert list(found) == ["committee", "meeting_date", "title", "report_of", "wards", "status",
                           "purpose", "body", "contact"]  # fmt: skip
    words = words_of(document)
    assert words[0] == "Report to [Committee] on [Meeting date]."
    assert "Ask [Contact]or ring us." in words
    assert found["committee"].find(f".//{qn('w:sz')}").get(qn("w:val")) == "26"
    header = document.sections[0].header.part.element
    assert "".join(t.text or "" for t in header.iter(qn("w:t"))) == (
        "Our papers | [Council][Draft mark]"
    )
    assert "{{" not in "".join(words)


def test_a_paper_is_built_in_it(tmp_path: Path) -> None:
    template = load_template(adopted(council_file(), tmp_path))
    given = {"texts": {"purpose": ("To tell & ask <you>.",)}, "fields": {"wards": "All"}}
    whole = report()
    whole = type(whole)(brief(**given), whole.period, whole.sections)
    pictures = {chart.alt.id: draw_chart(chart) for chart in charts_of(whole.sections)}
    paper = write_document(whole, pictures, template)
    words = words_of(Document(io.BytesIO(paper.docx)))
    assert "Children's services performance update" in words
    assert words.index("To tell & ask <you>.") < words.index("Children in care")
    assert words.index("Children in care") < words.index("Contact")
    assert not [text for text in words if "{{" in text]


def file_with_sections() -> Any:
    """Headings before and after the place of the report, with fixed words, guidance, a comment."""
    document = Document()
    document.add_heading("{{ title }}", 0)
    document.add_heading("Recommendations", 1)
    document.add_paragraph("[Start each with a verb]")
    document.add_heading("Background", 1)
    document.add_paragraph("{{ body }}")
    document.add_heading("Implications", 1)
    document.add_paragraph("The council has considered these.")
    document.add_heading("Financial implications", 2)
    told = document.add_paragraph().add_run("Finance writes this & clears it.")
    told.font.color.rgb = RGBColor(0, 0x70, 0xC0)
    document.add_heading("Legal implications", 2)
    noted = document.add_paragraph("None arise.")
    document.add_comment(noted.runs, "Ask legal.", author="A")
    document.add_heading("Ward map", 1)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Stays"
    return document


def test_headings_about_the_body_become_sections(tmp_path: Path) -> None:
    folder = adopted(file_with_sections(), tmp_path)
    template = load_template(folder)
    purpose, *top, report_of = template.spec.sections
    assert (purpose.key, report_of.key) == ("purpose", "report_of")
    assert not any((purpose.required, report_of.required))
    assert [(s.key, s.heading, s.source, s.form) for s in top] == [
        ("recommendations", "Recommendations", "author", "recommendations"),
        ("narrative", "Background", "narrative", "numbered"),
        ("implications", "Implications", "author", "plain"),
    ]
    assert (top[0].required, top[0].prompt) == (True, "Start each with a verb")
    assert top[2].text == ("The council has considered these.",)
    financial, legal = top[2].sections
    assert (financial.key, financial.required) == ("financial", True)
    assert financial.prompt == "Finance writes this & clears it."
    assert (legal.key, legal.text) == ("legal", ("None arise.",))


def test_its_papers_hold_the_sections_in_their_order(tmp_path: Path) -> None:
    template = load_template(adopted(file_with_sections(), tmp_path))
    given = {"texts": {"recommendations": ("Note it.",)}, "fields": {}, "officers": {}}
    section = RealisedSection("Findings", (AuthorParagraph("Said."),))
    paper = write_document(RealisedReport(brief(**given), "May", (section,)), {}, template)
    words = words_of(Document(io.BytesIO(paper.docx)))
    wanted = ["Recommendations", "Note it.", "Background", "Findings", "Said.", "Implications",
              "The council has considered these.", "Financial implications",
              "[Author: Finance writes this & clears it.]", "Legal implications", "None arise.",
              "Ward map", "Stays"]  # fmt: skip
    assert [line for line in words if line in wanted] == wanted
    assert "Start each with a verb" not in " ".join(words)


def numbered(document: Any, text: str, level: int, with_heading: bool) -> None:
    """Gives the file a numbered style of its own, under its headings or by itself."""
    levels = [LevelDefinition(text="%1"), LevelDefinition(text=text)][: level + 1]
    number = define_list_definition(document, name="Main", levels=levels)
    create_style(document, "Para", name="Para")
    modify_style(document, "Para", num_id=number, num_level=level)
    document.add_paragraph("One", style="Para")
    if with_heading:
        modify_style(document, "Heading1", num_id=number, num_level=0)


@pytest.mark.parametrize(
    ("text", "level", "with_heading", "scheme"),
    [
        ("%1.%2", 1, True, "section.decimal"),
        ("%2.", 1, True, "lettered"),
        ("%1", 0, False, "continuous"),
    ],
)
def test_the_files_own_numbering_is_found(
    tmp_path: Path, text: str, level: int, with_heading: bool, scheme: str
) -> None:
    document = council_file()
    numbered(document, text, level, with_heading)
    template = load_template(adopted(document, tmp_path))
    assert (template.spec.numbering, template.spec.styles.paragraphs[0]) == (scheme, "Para")


def test_the_same_file_gives_the_same_template() -> None:
    made = [adopt_template(saved(council_file()), "a.docx", STANDARD) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Nothing typed", "no-field"),
        ("{{ title }", "bad-field"),
        ("{{ 1st }}", "bad-field"),
        ("Text {{ body }}", "bad-field"),
    ],
)
def test_what_cannot_be_adopted_is_told(words: str, code: str) -> None:
    document = Document()
    document.add_paragraph(words)
    with pytest.raises(ProblemsFoundError) as caught:
        adopt_template(saved(document), "ours.docx", STANDARD)
    assert code in [problem.code for problem in caught.value.problems]


# Whether the two files of a template agree


def retag(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        assert old in found["word/header1.xml"]
        found["word/header1.xml"] = found["word/header1.xml"].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'<w:tag w:val="council"/>', b'<w:tag w:val="counsil"/>', ["unknown-control"]),
        (b'<w:tag w:val="council"/>', b'<w:tag w:val="body"/>', ["bad-control"]),
        (b'<w:tag w:val="draft_mark"/>', b"", ["no-control", "no-tag"]),
    ],
)
def test_a_control_changed_in_word_is_told(
    folder: Path, old: bytes, new: bytes, code: list[str]
) -> None:
    edit_part(folder, retag(old, new))
    assert codes(folder) == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("layout: table", "layout: none", "no-control"),
        ("layout: table", "layout: table\n  title: none", "no-control"),
        ("heading: Background\n", "heading: Background\n    fields: [moon]\n", "unknown-field"),
    ],
)
def test_a_field_without_a_place_is_told(folder: Path, old: str, new: str, code: str) -> None:
    edit_yaml(folder, old, new)
    assert set(codes(folder)) == {code}
