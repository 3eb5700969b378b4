"""Whether the fields of a template's yaml and the content controls of its Word file agree.

In: a spec and the Word file's bytes, sound. Out: a problem for each field without a place, control
without a field, and control that cannot be filled. A council edits both files by hand: a control
deleted in Word must not become a paper that lacks its line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docx import Document
from docx_plus.core import qn

from reporter.problems import Place, Problem, closest

if TYPE_CHECKING:
    from reporter.document.spec import TemplateSection, TemplateSpec

BODY, DRAFT_MARK, TITLE = "body", "draft_mark", "title"
_TYPED = re.compile(r"\{\{.{1,60}?\}\}")
OWN = (TITLE, "council", DRAFT_MARK, BODY)
"""Tags that every template may use without naming them as fields."""


def disagreements(
    spec: TemplateSpec, sections: tuple[TemplateSection, ...], docx: bytes, place: Place
) -> Iterator[Problem]:
    """What the two files say differently; `sections` are all of the spec's, nested ones too."""
    document = Document(io.BytesIO(docx))
    controls = [control for story in stories_of(document) for control in story.iter(qn("w:sdt"))]
    tags = {tag_of(control) for control in controls}
    keys = [field.key for field in spec.front.fields]
    yield from pending_changes(document, place)
    yield from _typed_fields(document, place)
    if sum(tag_of(control) == BODY for control in controls) > 1:
        what, fix = "two content controls are tagged body", "Delete one of them in Word."
        yield Problem(place, "bad-control", what, fix)
    for control in controls:
        yield from _faults_of(control, (*OWN, *keys), document.element.body, place)
    listed = {key for section in sections for key in section.fields}
    for key in sorted(listed - set(keys)):
        fix = f"Fields: {', '.join(keys) or 'none'}."
        what = f"a section shows the field {key!r}, which is not in `front`"
        yield Problem(place, "unknown-field", what, fix)
    for key in keys if spec.front.layout == "none" else ():
        if key not in tags | listed:
            what = f"the field {key!r} has no content control, and `layout: none` gives it no place"
            fix = f"Put a content control tagged {key} in template.docx, or take the field out."
            yield Problem(place, "no-control", what, fix)
    named = TITLE in tags | set(keys) or any("{title}" in section.heading for section in sections)
    if spec.front.title == "none" and not named:
        fix = "Put a content control tagged title in template.docx, or set `title: first`."
        yield Problem(place, "no-control", "the paper's title has no place", fix)
    if spec.draft_mark and DRAFT_MARK not in tags:
        what = "no content control is tagged draft_mark, so a draft would not say that it is one"
        fix = 'Put one in the header of template.docx, or set `draft_mark: ""`.'
        yield Problem(place, "no-control", what, fix)


def stories_of(document: Any) -> Iterator[Any]:
    """The main text, then every header and footer that a section of it shows."""
    yield document.element
    places = (qn("w:headerReference"), qn("w:footerReference"))
    shown = {node.get(qn("r:id")) for node in document.element.iter(*places)}
    for key, relation in document.part.rels.items():
        if key in shown and relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def tag_of(control: Any) -> str:
    """The tag of a content control; empty where it has none."""
    node = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if node is None else str(node.get(qn("w:val"), ""))


def pending_changes(document: Any, place: Place) -> Iterator[Problem]:
    """Tracked changes in a template: every paper would carry them."""
    names = tuple(qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo"))
    count = sum(1 for story in stories_of(document) for _ in story.iter(*names))
    if count:
        what = (
            f"it has {count} tracked {'change' if count == 1 else 'changes'}, and every paper would"
        )
        fix = "Accept or reject all changes in Word, under Review, and save it."
        yield Problem(place, "tracked-change", f"{what} carry them", fix)


def _typed_fields(document: Any, place: Place) -> Iterator[Problem]:
    """Fields typed in braces, which stand in every paper as they are."""
    for story in stories_of(document):
        for paragraph in story.iter(qn("w:p")):
            words = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
            for typed in dict.fromkeys(_TYPED.findall(words)):
                what = f"{typed} is typed in it, and would stand in every paper as it is"
                fix = (
                    "Put a content control there, its tag the field's key; or adopt the file anew."
                )
                yield Problem(place, "typed-field", what, fix)


def _faults_of(control: Any, known: tuple[str, ...], body: Any, place: Place) -> Iterator[Problem]:
    tag = tag_of(control)
    if not tag:
        yield from _untagged(control, place)
        return
    about = {tag_of(above) for above in control.iterancestors(qn("w:sdt"))} & set(known)
    if tag in known and about:
        what = f"the content control tagged {tag!r} stands inside the one tagged {min(about)!r}"
        yield Problem(place, "bad-control", what, "Let them stand one after the other.")
    elif tag not in known:
        near = closest(tag, known)
        what = f"the content control tagged {tag!r} is no field of template.yaml"
        fix = f"Did you mean {near}?" if near else "Add a field of this key, or delete the control."
        yield Problem(place, "unknown-control", what, fix)
    elif tag == BODY and control.getparent() is not body:
        what = "the content control tagged body stands inside a paragraph, table or header"
        fix = "Let it hold a whole paragraph of its own in the main text."
        yield Problem(place, "bad-control", what, fix)
    elif tag != BODY and next(control.iter(qn("w:t")), None) is None:
        what = f"the content control tagged {tag!r} shows no words, so it cannot be filled"
        yield Problem(place, "bad-control", what, "Type any words in it, such as its name.")


def _untagged(control: Any, place: Place) -> Iterator[Problem]:
    """A control that lost its tag and shows its own name in brackets, as ours do when empty."""
    named = control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}")
    name = "" if named is None else named.get(qn("w:val"), "")
    if name and "".join(t.text or "" for t in control.iter(qn("w:t"))) == f"[{name}]":
        what = f"the content control {name!r} has no tag, and would stand in every paper as it is"
        fix = (
            "Give it one in Word: Developer, Properties. LibreOffice takes tags away when it saves."
        )
        yield Problem(place, "no-tag", what, fix)
