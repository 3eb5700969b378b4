"""From draft to final: a paper with every place filled in loses its comments, marks and prompts.

In: a draft as its authors left it in Word. Out: the clean copy, or a list of what is still open.
Nothing else is changed (STANDARDS 4.5.8).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx_plus.comments import clear_all_comments
from docx_plus.core import qn

from reporter.document.reading import VAL, Reading, words_of
from reporter.package import normalised, problems_of_package
from reporter.problems import Place, Problem, raise_errors

PROMPT_STYLE = "prompt"
OPEN_STATUSES = ("open", "public report", "no", "")
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange")


def finalise(docx: bytes, name: str) -> bytes:
    """The clean copy of the draft `docx`; `name` is what the user calls the file.

    Raises `ProblemsFoundError` with everything that is still open: places to write in, tracked
    changes, highlighted text, an exempt paper without its reason.
    """
    place = Place.of(name)
    raise_errors(problems_of_package(docx, place))
    raise_errors(_open_ends(Reading(docx), place))
    document = Document(io.BytesIO(docx))
    clear_all_comments(document, remove_part=True)
    reading = Reading(docx)
    _settle_prompts(document, reading)
    _drop_draft_marks(document)
    saved = io.BytesIO()
    document.save(saved)
    return normalised(saved.getvalue())


def _open_ends(reading: Reading, place: Place) -> Iterator[Problem]:
    heading, said = "", dict[str, str]()
    for node in reading.body.iter(qn("w:p"), qn("w:sdt")):
        if node.tag == qn("w:p"):
            heading = words_of(node) if reading.heading_level(node) else heading
            continue
        tag, words = tag_of(node), words_of(node).strip()
        if node.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None or not words:
            where = f" under {heading!r}" if heading else ""
            what = f"a place to write is empty{where}: {words or tag}"
            yield Problem(place, "empty-place", what, "Write there, or delete the paragraph.")
        else:
            said[tag] = words
    yield from _typed_prompts(reading, place)
    yield from _marks_of_work(reading, place)
    status = said.get("status", said.get("exempt", ""))
    if status.casefold() not in OPEN_STATUSES and "exempt_paragraph" not in said:
        what = f"the status is {status!r} and no paragraph of Schedule 12A is given"
        yield Problem(place, "no-exemption", what, "Give the paragraph and the public interest.")


def _typed_prompts(reading: Reading, place: Place) -> Iterator[Problem]:
    """Prompts that lost their control and stand as plain words."""
    for paragraph in reading.paragraphs():
        held = next(paragraph.iter(qn("w:sdt")), None) is not None
        if not held and "[Author:" in words_of(paragraph):
            what = f"a prompt is left: {words_of(paragraph)[:80]}"
            yield Problem(place, "empty-place", what, "Replace it, or delete the paragraph.")


def _marks_of_work(reading: Reading, place: Place) -> Iterator[Problem]:
    for _, root in reading.stories():
        if next(root.iter(*(qn(tag) for tag in _CHANGES)), None) is not None:
            fix = "Accept or reject all changes under Review."
            yield Problem(place, "tracked-changes", "there are tracked changes", fix)
        for mark in root.iter(qn("w:highlight")):
            words = words_of(mark.getparent().getparent())
            if words.strip():
                what = f"text is highlighted: {words[:60]!r}"
                yield Problem(place, "highlighted", what, "Settle it and take the colour away.")


def tag_of(control: Any) -> str:
    """The tag of a content control; empty where it has none."""
    node = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if node is None else str(node.get(VAL, ""))


def _settle_prompts(document: Any, reading: Reading) -> None:
    """What was written in a prompt becomes a paragraph like those before it under its heading."""
    prompts = {key for key in reading.styles if reading.style_name(key) == PROMPT_STYLE}
    like = ""
    for paragraph in document.element.body.iter(qn("w:p")):
        style = reading.style_of(paragraph)
        if style not in prompts:
            if reading.heading_level(paragraph):
                like = ""
            elif reading.styled(style, "w:pPr", "w:numPr") is not None and "Bullet" not in style:
                like = style
            continue
        following = reading.styles[style].find(qn("w:next"))
        after = "" if following is None else str(following.get(VAL))
        paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(VAL, like or after or "Normal")
        for control in list(paragraph.iter(qn("w:sdt"))):
            for child in list(control.find(qn("w:sdtContent"))):
                control.addprevious(child)
            control.getparent().remove(control)


def _drop_draft_marks(document: Any) -> None:
    for relation in document.part.rels.values():
        if not relation.reltype.endswith(("/header", "/footer")):
            continue
        for control in list(relation.target_part.element.iter(qn("w:sdt"))):
            if tag_of(control) == "draft_mark":
                parent = control.getparent()
                parent.remove(control)
                if not words_of(parent) and len(parent.getparent()) > 1:
                    parent.getparent().remove(parent)
