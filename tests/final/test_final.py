"""From draft to final: what is open is listed; else comments, marks and prompts go, no more."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx_plus.core import qn
from lxml import etree

from reporter.charts import draw_chart
from reporter.check import check_paper
from reporter.document import load_template, write_document
from reporter.document.body import charts_of
from reporter.final import finalise
from reporter.problems import ProblemsFoundError
from reporter.prose import Paragraph, Prompt, RealisedReport, RealisedSection
from tests.document.test_template import TEMPLATES, content
from tests.sample_report import Said, brief, line_chart, table

TEXTS = {
    "purpose": ("To report.",), "recommendations": ("Note it.",), "financial": ("None.",),
    "legal": ("None.",), "equalities": ("None.",),
}  # fmt: skip
MAIN, HEADER, SETTINGS = "word/document.xml", "word/header1.xml", "word/settings.xml"
Parts = dict[str, bytes]


@cache
def draft(without: str = "", **fields: str) -> bytes:
    said = Said()
    blocks = (Paragraph((said("There were 429 plans."),)), Prompt(said("why the rise of 172?")))
    shown = (
        Paragraph((said("There were 3 teams."),)),
        line_chart(said("Line chart. Plans rose to 429.")),
    )
    section = RealisedSection("Plans", (*blocks, *shown, table(said)))
    texts = {key: words for key, words in TEXTS.items() if key != without}
    report = RealisedReport(brief(texts=texts, fields=fields), "May 2019", (section,))
    pictures = {chart.alt.id: draw_chart(chart) for chart in charts_of(report.sections)}
    return write_document(report, pictures, load_template(TEMPLATES / "standard")).docx


def answered(docx: bytes, words: str = "Large families moved in.") -> bytes:
    """The draft with every prompt written over, as Word does it."""
    document = Document(io.BytesIO(docx))
    for control in document.element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        showing = properties.find(qn("w:showingPlcHdr"))
        if showing is not None:
            properties.remove(showing)
            next(control.iter(qn("w:t"))).text = words
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def edited(docx: bytes, *changes: tuple[str, str, str]) -> bytes:
    """`docx` with the first `old` in a part turned into `new`, for each change."""
    parts = content(docx)
    for part, old, new in changes:
        text = parts[part].decode("utf-8")
        assert old in text, f"{old!r} is not in {part}"
        parts[part] = text.replace(old, new, 1).encode("utf-8")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def with_paragraph(words: str, run: str = "", inside: str = "") -> tuple[str, str, str]:
    made = f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>{words}</w:t></w:r>{inside}</w:p><w:sectPr"
    return MAIN, "<w:sectPr", made


def problems(docx: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFoundError) as caught:
        finalise(docx, "paper.docx")
    assert all(problem.fix for problem in caught.value.problems)
    return [(problem.code, problem.place.at) for problem in caught.value.problems]


def text_of(docx: bytes) -> list[tuple[str, str]]:
    """(style, words) of each paragraph outside tables."""
    return [
        (p.style.name, "".join(t.text or "" for t in p._p.iter(qn("w:t"))))
        for p in Document(io.BytesIO(docx)).paragraphs
    ]


def test_open_prompts_are_listed_with_their_places() -> None:
    assert problems(draft()) == [
        ("empty-place", 'the paragraph "[Author: why the rise of 172?]" under "Plans"')
    ]


def test_an_empty_required_field_is_listed() -> None:
    found = problems(draft(without="legal", status="Part exempt"))
    assert [code for code, _ in found] == ["empty-place"] * 3 + ["no-exemption"]
    assert found[0] == ("empty-place", 'the table "About this report", row 7, column 2')
    assert found[-2][1].endswith('under "Legal"')


def test_the_clean_copy_has_no_comments_marks_or_prompts() -> None:
    clean = finalise(answered(draft()), "paper.docx")[0]
    parts = content(clean)
    assert not [name for name in parts if "comments" in name]
    assert b"comments" not in parts["word/_rels/document.xml.rels"] + parts["[Content_Types].xml"]
    text = parts[MAIN].decode()
    assert not re.search(r"w:comment|\[Author:|showingPlcHdr|Prompt|PlaceholderText", text)
    assert b"DRAFT" not in parts[HEADER]
    assert b"Anytown Council" in parts[HEADER]
    assert ("Numbered Paragraph", "Large families moved in.") in text_of(clean)
    assert not [p for p in check_paper(clean, "paper.docx") if p.level == "error"]


def changes_of(before: Any, after: Any) -> None:
    """Asserts that `after` is `before` without what a draft alone has, element for element."""
    drop = ("commentRangeStart", "commentRangeEnd")
    for node in list(before.iter()):
        name = str(node.tag).rpartition("}")[2]
        if name in drop:
            node.getparent().remove(node)
        elif name == "commentReference":
            node.getparent().getparent().remove(node.getparent())
        elif name == "pStyle" and node.get(qn("w:val")) == "Prompt":
            node.set(qn("w:val"), "NumberedParagraph")
            control = node.getparent().getparent().find(qn("w:sdt"))
            for child in list(control.find(qn("w:sdtContent"))):
                child.remove(child.find(qn("w:rPr")))
                control.addprevious(child)
            control.getparent().remove(control)
    assert etree.tostring(before, method="c14n") == etree.tostring(after, method="c14n")


def test_nothing_else_is_changed() -> None:
    whole = answered(draft())
    before, after = content(whole), content(finalise(whole, "paper.docx")[0])
    touched = {MAIN, HEADER, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(before) - set(after) == {"word/comments.xml"}
    assert {name for name in after if before[name] != after[name]} == touched
    changes_of(etree.fromstring(before[MAIN]), etree.fromstring(after[MAIN]))


def test_a_paper_without_marks_goes_over_byte_for_byte() -> None:
    clean = finalise(answered(draft()), "a.docx")[0]
    assert finalise(clean, "b.docx")[0] == clean


def test_the_same_draft_gives_the_same_final() -> None:
    whole = answered(draft())
    assert finalise(whole, "a.docx")[0] == finalise(whole, "b.docx")[0]


def test_an_answer_in_several_paragraphs_is_all_body_text() -> None:
    more = '<w:p><w:pPr><w:pStyle w:val="Prompt"/></w:pPr><w:r><w:t>And more.</w:t></w:r></w:p>'
    held = '<w:p><w:pPr><w:pStyle w:val="Caption"/>'
    clean = finalise(edited(answered(draft()), (MAIN, held, more + held)), "paper.docx")[0]
    assert ("Numbered Paragraph", "And more.") in text_of(clean)


def test_an_answered_recommendation_is_numbered_as_one() -> None:
    clean = finalise(answered(draft(without="recommendations"), "Note it."), "paper.docx")[0]
    assert ("Recommendation", "Note it.") in text_of(clean)


def test_a_prompt_is_known_by_its_tag_whatever_its_style_is_called() -> None:
    parts = content(answered(draft()))
    name = '<w:name w:val="Prompt"/>'
    assert name in parts["word/styles.xml"].decode()
    renamed = edited(answered(draft()), ("word/styles.xml", name, name.replace("Prompt", "To do")))
    clean = finalise(renamed, "paper.docx")[0]
    assert ("Numbered Paragraph", "Large families moved in.") in text_of(clean)
    assert b'w:val="prompt-' not in content(clean)[MAIN]


def test_an_answer_that_its_author_gave_another_style_keeps_it() -> None:
    held = '<w:pStyle w:val="Prompt"/>'
    restyled = edited(answered(draft()), (MAIN, held, held.replace("Prompt", "BodyText")))
    main, old, more = with_paragraph("More of the same style.")
    styled = (
        main,
        old,
        more.replace("<w:p>", f"<w:p><w:pPr>{held}</w:pPr>").replace("Prompt", "BodyText"),
    )
    clean = finalise(edited(restyled, styled), "paper.docx")[0]
    assert ("Body Text", "Large families moved in.") in text_of(clean)
    assert ("Body Text", "More of the same style.") in text_of(clean)
    assert b'w:val="prompt-' not in content(clean)[MAIN]


INSERTED = '<w:ins w:id="900" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_paragraph("See", inside=INSERTED), "tracked-change"),
        (with_paragraph("See", inside=INSERTED.replace("ins", "moveTo")), "tracked-change"),
        (with_paragraph("See", '<w:b/><w:rPrChange w:id="9" w:author="A"/>'), "tracked-change"),
        ((HEADER, "</w:hdr>", f"<w:p>{INSERTED}</w:p></w:hdr>"), "tracked-change"),
        (with_paragraph("[Author: say why]"), "empty-place"),
        ((MAIN, ">Large families moved in.<", "><"), "empty-place"),
        ((MAIN, ">None.<", "><"), "empty-section"),
        ((MAIN, ">Open<", ">Exempt<"), "no-exemption"),
    ],
)  # fmt: skip
def test_what_is_open_is_refused(change: tuple[str, str, str], code: str) -> None:
    found = problems(edited(answered(draft()), change))
    assert [kind for kind, _ in found] == [code]
    assert found[0][1]


@pytest.mark.parametrize("words", ["Paragraph 3 of Part 1 of Schedule 12A", "3: business affairs"])
def test_an_exempt_paper_with_its_paragraph_is_final(words: str) -> None:
    finalise(answered(draft(status="Exempt"), words), "paper.docx")


def test_a_field_that_says_two_things_is_refused() -> None:
    status = (
        '<w:p><w:sdt><w:sdtPr><w:alias w:val="Status"/><w:tag w:val="status"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>Exempt</w:t></w:r></w:sdtContent></w:sdt></w:p></w:hdr>"
    )
    whole = answered(draft())
    assert problems(edited(whole, (HEADER, "</w:hdr>", status))) == [
        ("two-answers", "the page header")
    ]
    finalise(edited(whole, (HEADER, "</w:hdr>", status.replace("Exempt", "Open"))), "paper.docx")


def test_an_exemption_without_a_paragraph_will_not_do() -> None:
    found = problems(answered(draft(status="Exempt"), "Schedule 12A of the Act 1972, part 1"))
    assert [code for code, _ in found] == ["no-exemption"]


def test_highlighted_words_stay_and_their_colour_is_told_of() -> None:
    change = with_paragraph("To settle.", '<w:highlight w:val="yellow"/>')
    clean, notes = finalise(edited(answered(draft()), change), "paper.docx")
    assert b"highlight" not in content(clean)[MAIN]
    assert text_of(clean)[-1][1] == "To settle."
    assert [(note.code, note.level) for note in notes] == [("was-highlighted", "warning")]


def no_draft_control(parts: Parts) -> list[tuple[str, str, str]]:
    text = parts[HEADER].decode()
    found = re.search(r"<w:sdt( [^>]*)?><w:sdtPr><w:alias w:val=\"Draft mark\".*?</w:sdt>", text)
    assert found is not None
    return [(HEADER, found.group(), "<w:r><w:t>DRAFT</w:t></w:r>")]


def tracking(parts: Parts) -> list[tuple[str, str, str]]:
    return [
        (SETTINGS, "<w:characterSpacingControl", "<w:trackRevisions/><w:characterSpacingControl")
    ]


@pytest.mark.parametrize(
    ("made", "part", "gone"),
    [(no_draft_control, HEADER, b"DRAFT"), (tracking, SETTINGS, b"trackRevisions")],
)
def test_typed_marks_go_too(
    made: Callable[[Parts], list[tuple[str, str, str]]], part: str, gone: bytes
) -> None:
    whole = answered(draft())
    changed = edited(whole, *made(content(whole)))
    assert gone in content(changed)[part]
    assert gone not in content(finalise(changed, "paper.docx")[0])[part]


def test_what_is_no_word_file_is_told() -> None:
    with pytest.raises(ProblemsFoundError, match="not a Word document"):
        finalise(b"no zip", "paper.docx")
