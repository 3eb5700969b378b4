"""A council's own Word file, with {{ field }} typed where something belongs, made a template.

In: the bytes of such a file, and the standard template's for the styles that it lacks. Out: the
bytes of a `template.docx` with tagged content controls and of a first `template.yaml`. Looks are
the council's: a style that is there stays as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx_plus.core import el, qn

from reporter.document import markup
from reporter.document.adopting_controls import highest_id, standing_fields
from reporter.document.adopting_sections import take_sections
from reporter.document.agreement import BODY, DRAFT_MARK, pending_changes, stories_of
from reporter.document.borrowing import borrow_styles, heading_styles, paragraph_style
from reporter.document.first_yaml import Found, first_yaml
from reporter.document.receiving import received
from reporter.package import normalised
from reporter.problems import Place, Problem, ProblemsFoundError, raise_errors

_FIELD = re.compile(r"\{\{\s*([A-Za-z]\w*(?:[ -]\w+)*)\s*\}\}")
_CONTENT = (qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen"))

_COMMENT_MARKS = tuple(
    qn(f"w:{tag}") for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
)


@dataclass
class _Piece:
    """A `w:t` and where its words stand in its paragraph's."""

    node: Any
    start: int
    end: int


def adopt_template(docx: bytes, name: str, standard: bytes) -> dict[str, bytes]:
    """`template.docx` and `template.yaml` of the Word file `docx`, called `name` by the user.

    Raises `ProblemsFoundError` where the file is unsafe, holds no field, or holds braces that are
    none; each problem names the paragraph.
    """
    place = Place.of(name)
    docx = received(docx, place)
    try:
        document = Document(io.BytesIO(docx))
    except (KeyError, ValueError) as error:
        fix = "Open it in Word and save it as a Word document (.docx)."
        what = f"Word's main part is missing: {error}"
        raise ProblemsFoundError([Problem(place, "not-docx", what, fix)]) from None
    raise_errors(_faults_of(document, place))
    _drop_comments(document)
    found = [*standing_fields(document)]
    found += [*_controls(document, {field.key for field in found}, highest_id(document))]
    if DRAFT_MARK not in {field.key for field in found}:
        _add_draft_mark(document, highest_id(document) + 1)
    scheme, style = paragraph_style(document)
    headings = heading_styles(document)
    sections = take_sections(document, style, headings)
    borrow_styles(document, Document(io.BytesIO(standard)))
    saved = io.BytesIO()
    document.save(saved)
    yaml = first_yaml(name, found, scheme, {"headings": headings, "paragraphs": (style,) * 3},
                      sections)  # fmt: skip
    return {"template.docx": normalised(saved.getvalue()), "template.yaml": yaml.encode("utf-8")}


def _drop_comments(document: Any) -> None:
    """Word comments, which tell authors what to write: every paper would carry them."""
    for story in stories_of(document):
        for node in [*story.iter(*_COMMENT_MARKS)]:
            run = node.getparent()
            run.remove(node)
            if run.tag == qn("w:r") and not [c for c in run if c.tag != qn("w:rPr")]:
                run.getparent().remove(run)
    for key, relation in list(document.part.rels.items()):
        if "comments" in relation.reltype.rpartition("/")[2].lower():
            del document.part.rels[key]


# What people call the fields that every brief has.
_ALSO = {
    "report_title": "title", "subject": "title", "report_to": "committee", "date": "meeting_date",
    "decision_maker": "committee", "date_of_meeting": "meeting_date", "meeting": "meeting_date",
    "council_name": "council", "report": BODY, "content": BODY, "text": BODY, "draft": DRAFT_MARK,
}  # fmt: skip


def key_of(words: str) -> str:
    """The key of a field as it was typed: "Report of" is report_of, and "Date" meeting_date."""
    key = re.sub(r"[ -]+", "_", words.strip()).lower()
    return _ALSO.get(key, key)


def _paragraphs(document: Any) -> Iterator[Any]:
    for story in stories_of(document):
        yield from list(story.iter(qn("w:p")))


def _words(paragraph: Any) -> str:
    return "".join(piece.node.text or "" for piece in _pieces(paragraph))


def _pieces(paragraph: Any) -> list[_Piece]:
    """The words of a paragraph's own runs, those of text boxes and controls in it left out."""
    pieces: list[_Piece] = []
    at = 0
    for run in paragraph.findall(qn("w:r")):
        for node in run.findall(qn("w:t")):
            pieces.append(_Piece(node, at, at + len(node.text or "")))
            at = pieces[-1].end
    return pieces


def _faults_of(document: Any, place: Place) -> Iterator[Problem]:
    keys = []
    for paragraph in _paragraphs(document):
        words = _words(paragraph)
        names = [key_of(match.group(1)) for match in _FIELD.finditer(words)]
        keys += names
        at = Place.of(place.file, at=f'the paragraph "{" ".join(words.split())[:60]}"')
        rest = _FIELD.sub("", words)
        if "{{" in rest or "}}" in rest:
            fix = "Write {{ name }}: letters, digits and underscores between two pairs of braces."
            yield Problem(at, "bad-field", "braces stand here that hold no field's name", fix)
        whole = paragraph.getparent() is document.element.body and not rest.strip()
        if (lost := _out_of_reach(paragraph)) is not None:
            fix = "Type it in plain text: no link, tracked change or control about it."
            yield Problem(
                at, "bad-field", f"the field {lost} cannot be reached where it stands", fix
            )
        if BODY in names and not (whole and len(names) == 1):
            fix = "Write {{ body }} in a paragraph of its own in the main text."
            yield Problem(at, "bad-field", "the paper's text cannot stand inside this", fix)
    yield from pending_changes(document, place)
    if not keys:
        fix = "Type {{ title }}, {{ committee }} and so on where they belong, and {{ body }}."
        yield Problem(place, "no-field", "no field is typed in this file", fix)
    if keys.count(BODY) > 1:
        yield Problem(place, "bad-field", "{{ body }} stands here twice", "Take one of them out.")


def _out_of_reach(paragraph: Any) -> str | None:
    """A field that stands in a part of `paragraph` whose words are not its own runs'."""
    inside = {id(t) for inner in paragraph.iter(qn("w:p")) for t in inner.iter(qn("w:t"))
              if inner is not paragraph}  # fmt: skip
    whole = "".join(t.text or "" for t in paragraph.iter(qn("w:t")) if id(t) not in inside)
    own = [match.group() for match in _FIELD.finditer(_words(paragraph))]
    found = [match.group() for match in _FIELD.finditer(whole)]
    return next((words for words in found if found.count(words) > own.count(words)), None)


def _controls(document: Any, seen: set[str], number: int) -> Iterator[Found]:
    """Turns every field into a content control; yields each key once, in reading order."""
    for paragraph in _paragraphs(document):
        while (match := _FIELD.search(_words(paragraph))) is not None:
            number += 1
            key = key_of(match.group(1))
            label = key.replace("_", " ").capitalize()
            alone = _words(paragraph).strip() == match.group()
            in_text = paragraph.getparent() is document.element.body
            _replace(paragraph, match, key, label, number)
            if key not in seen:
                seen.add(key)
                yield Found(key, label, alone and in_text)


def _replace(paragraph: Any, match: re.Match[str], key: str, label: str, number: int) -> None:
    """Puts a control where the words of `match` stand, over however many runs they are split."""
    for run in list(paragraph.findall(qn("w:r"))):
        _one_content_a_run(run)
    held = [p for p in _pieces(paragraph) if p.end > match.start() and p.start < match.end()]
    first, last = held[0], held[-1]
    before = (first.node.text or "")[: match.start() - first.start]
    after = (last.node.text or "")[match.end() - last.start :]
    run = first.node.getparent()
    properties = run.find(qn("w:rPr"))
    shown = markup.element(markup.run(f"[{label}]"))
    if properties is not None:
        shown.insert(0, deepcopy(properties))
    if key == BODY:
        _replace_whole(paragraph, key, label, number)
        return
    control = _control(key, label, number, shown)
    run.addnext(control)
    if after:
        rest = deepcopy(last.node.getparent())
        _set(rest.find(qn("w:t")), after)
        control.addnext(rest)
    for piece in held[1:]:
        piece.node.getparent().getparent().remove(piece.node.getparent())
    if before:
        _set(first.node, before)
    else:
        run.getparent().remove(run)


def _set(node: Any, words: str) -> None:
    node.text = words
    node.set(qn("xml:space"), "preserve")


def _one_content_a_run(run: Any) -> None:
    """Splits a run so that each `w:t`, tab and break has a run of its own with the same looks."""
    content = [node for node in run if node.tag in _CONTENT]
    properties = run.find(qn("w:rPr"))
    for node in reversed(content[1:]):
        alone = run.makeelement(qn("w:r"), dict(run.attrib))
        if properties is not None:
            alone.append(deepcopy(properties))
        alone.append(node)
        run.addnext(alone)


def _replace_whole(paragraph: Any, key: str, label: str, number: int) -> None:
    """A control around a whole paragraph, where the paper's text will stand."""
    properties = paragraph.find(qn("w:pPr"))
    ends = None if properties is None else properties.find(qn("w:sectPr"))
    held = el("w:p")
    held.append(markup.element(markup.run(f"[{label}]")))
    control = _control(key, label, number, held)
    for plain in list(control.iter(qn("w:text"))):
        plain.tag = qn("w:richText")
    paragraph.addprevious(control)
    for run in paragraph.findall(qn("w:r")):
        paragraph.remove(run)
    if ends is None:
        paragraph.getparent().remove(paragraph)


def _add_draft_mark(document: Any, number: int) -> None:
    """A line in the header of the first section that says DRAFT until the paper is final."""
    header = document.sections[0].header
    line = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    if line.text.strip():
        line = header.add_paragraph()
    shown = markup.element(markup.run("[Draft mark]"))
    line._p.append(_control(DRAFT_MARK, "Draft mark", number, shown))


def _control(key: str, label: str, number: int, shown: Any) -> Any:
    """A control that shows its placeholder."""
    control: Any = markup.element(markup.content_control(key, label, number, "", prompt=True))
    control[-1].append(shown)
    return control
