"""From draft to final: what is open is listed; else comments, marks and prompts go, no more."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx_plus.core import qn

from reporter.check import check_paper
from reporter.document import finalise, load_template, write_document
from reporter.problems import ProblemsFoundError
from reporter.prose import Paragraph, Prompt, RealisedReport, RealisedSection
from tests.document.test_template import TEMPLATES
from tests.sample_report import Said, brief

TEXTS = {
    "purpose": ("To report.",), "recommendations": ("Note it.",), "financial": ("None.",),
    "legal": ("None.",), "equalities": ("None.",),
}  # fmt: skip


@cache
def draft(**fields: str) -> bytes:
    said = Said()
    blocks = (Paragraph((said("There were 429 plans."),)), Prompt(said("why the rise of 172?")))
    section = RealisedSection("Plans", (*blocks, Paragraph((said("There were 3 teams."),))))
    report = RealisedReport(brief(texts=TEXTS, fields=fields), "May 2019", (section,))
    return write_document(report, {}, load_template(TEMPLATES / "standard")).docx


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


def codes(docx: bytes) -> list[str]:
    with pytest.raises(ProblemsFoundError) as caught:
        finalise(docx, "paper.docx")
    return [problem.code for problem in caught.value.problems]


def with_run(properties: str) -> bytes:
    document = Document(io.BytesIO(answered(draft())))
    run = document.add_paragraph("Left over").runs[0]
    run._r.insert(0, run._r.makeelement(qn("w:rPr"), {}))
    node: Any = run._r[0]
    node.append(node.makeelement(qn(properties), {qn("w:val"): "yellow"}))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_open_prompts_are_listed_with_their_headings() -> None:
    with pytest.raises(ProblemsFoundError, match="under 'Plans': \\[Author: why the rise of 172"):
        finalise(draft(), "paper.docx")
    assert codes(draft()) == ["empty-place"]


def test_the_clean_copy_has_no_comments_marks_or_prompts_and_keeps_the_rest() -> None:
    clean = finalise(answered(draft()), "paper.docx")
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        assert not [name for name in archive.namelist() if "comments" in name]
        text = archive.read("word/document.xml").decode()
        headers = b"".join(archive.read(n) for n in archive.namelist() if "header" in n).decode()
    assert not re.search(r"w:comment|\[Author:|showingPlcHdr|Prompt", text)
    assert "DRAFT" not in headers
    assert "Anytown Council" in headers
    document = Document(io.BytesIO(clean))
    body = [
        (p.style.name, "".join(t.text for t in p._p.iter(qn("w:t")))) for p in document.paragraphs
    ]
    assert ("Numbered Paragraph", "Large families moved in.") in body
    before = Document(io.BytesIO(draft())).paragraphs
    assert len(body) == len(before)
    assert not [p for p in check_paper(clean, "paper.docx") if p.level == "error"]


def test_the_same_draft_gives_the_same_final() -> None:
    assert finalise(answered(draft()), "a") == finalise(answered(draft()), "b")


def test_marks_of_work_are_refused() -> None:
    assert codes(with_run("w:highlight")) == ["highlighted"]
    assert codes(with_run("w:rPrChange")) == ["tracked-changes"]


def test_a_prompt_pasted_as_plain_words_is_found() -> None:
    document = Document(io.BytesIO(answered(draft())))
    document.add_paragraph("[Author: say why]")
    saved = io.BytesIO()
    document.save(saved)
    assert codes(saved.getvalue()) == ["empty-place"]


def test_an_exempt_paper_wants_its_paragraph() -> None:
    full = answered(draft(status="Exempt"))
    finalise(full, "paper.docx")
    document = Document(io.BytesIO(answered(draft())))
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == "status":
            next(control.iter(qn("w:t"))).text = "Exempt"
    saved = io.BytesIO()
    document.save(saved)
    assert codes(saved.getvalue()) == ["no-exemption"]
