"""The whole paper: template, front matter, sections, comments, properties; the same bytes each
time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any, cast

from docx import Document
from docx.opc.pkgwriter import PackageWriter
from docx_plus.core import COMMENTS_SPEC, get_or_create_part, qn
from lxml import etree

from reporter.charts import Drawing
from reporter.document import annex, drawings, markup
from reporter.document.agreement import DRAFT_MARK, stories_of, tag_of
from reporter.document.body import BodyWriter
from reporter.document.direction import mark_right_to_left
from reporter.document.draft import DRAFT_ONLY, Block, Draft, Page
from reporter.document.filling import fill
from reporter.document.fitting import misfits
from reporter.document.front import Answer, answers_of, write_front
from reporter.document.numbering import Numbering
from reporter.document.splicing import as_markup, mark, spliced
from reporter.document.template import Template, numbering_of
from reporter.package import packed
from reporter.problems import Problem, raise_errors
from reporter.prose import RealisedReport
from reporter.wordml import WP, value

BODY_SLOT = "body"
_MAIN = "word/document.xml"
_COMMENTS = "comments"


@dataclass(frozen=True)
class Paper:
    """A finished draft. `numbers` gives the printed number of each statement, or its caption's
    label."""

    parts: Mapping[str, bytes]
    """The parts of its file by name, not yet packed."""
    numbers: Mapping[str, str]

    @cached_property
    def words(self) -> int:
        """How many its main text has, without what drafts alone hold."""
        return _words(etree.fromstring(self.parts[_MAIN]))

    @cached_property
    def docx(self) -> bytes:
        """The Word file."""
        return packed(self.parts)


def write_document(
    report: RealisedReport,
    pictures: Mapping[str, Drawing],
    template: Template,
    checks: Sequence[Problem] = (),
) -> Paper:
    """The paper as a Word file. `pictures` are by the id of the chart's alternative text; `checks`
    are listed for the author at the end.

    Raises `ProblemsFoundError` where the brief gives what the template has no place for,
    `ValueError` where a text holds a character that XML cannot, `KeyError` where a chart has no
    picture.
    """
    raise_errors(misfits(report.brief, template))
    document = Document(io.BytesIO(template.docx))
    brief = report.brief
    numbering = Numbering(document.styles.element, numbering_of(document))
    stories = [*stories_of(document)]
    page = _page(document)
    draft = Draft(template, numbering, page, _highest_id(stories), brief.meeting_date)
    answers = answers_of(report, template)
    values = _values(report, template, answers)
    if brief.audience == "restricted":
        _mark_restricted(stories, template.spec.restricted_mark)
    placed = fill(stories, values)
    write_front(draft, template.spec.front, report, answers, placed)
    relations = {
        key: drawings.relate(document, drawing, number)
        for number, (key, drawing) in enumerate(pictures.items(), start=1)
    }
    start = len(draft.body)
    BodyWriter(draft, report, pictures, relations, answers, template).write(template.spec.sections)
    draft.body[start:start] = _contents(draft, template)
    _mark_places(document)
    for story in stories:
        mark_right_to_left(story)
    _properties(document, report)
    written = {
        BODY_SLOT: "".join(block.markup for block in draft.body),
        annex.TAG: annex.data_checks(draft, template.spec.annex, checks) if checks else "",
    }
    return Paper(_parts(document, written, draft.comments), draft.numbers)


def _parts(document: Any, written: Mapping[str, str], comments: Sequence[str]) -> dict[str, bytes]:
    """The parts of the paper, with what is `written` at its marks and the `comments` on it."""
    noted = get_or_create_part(document, COMMENTS_SPEC) if comments else None
    if noted:
        noted[1].append(mark(_COMMENTS))
    parts = _packed_parts(document)
    for key, markup_ in written.items():
        parts[_MAIN] = spliced(parts[_MAIN], key, markup_, document.element)
    if noted:
        told, name = "".join(comments), noted[0].partname.membername
        parts[name] = spliced(parts[name], _COMMENTS, told, noted[1])
    return parts


def _packed_parts(document: Any) -> dict[str, bytes]:
    """The parts of the package of `document`, as python-docx puts them into a zip.

    Its zip would have to be taken apart and packed again: its times and order are not fixed.
    """
    package, made, writer = document.part.package, _Parts(), cast("Any", PackageWriter)
    for part in package.parts:
        part.before_marshal()
    writer._write_content_types_stream(made, package.parts)
    writer._write_pkg_rels(made, package.rels)
    writer._write_parts(made, package.parts)
    return made


class _Parts(dict[str, bytes]):
    """Stands where python-docx has a zip to write into."""

    def write(self, name: Any, content: bytes) -> None:
        self[name.membername] = content


def _words(main: Any) -> int:
    drafts = set()
    for control in main.iter(qn("w:sdt")):
        if value(control, "sdtPr", "tag").startswith((DRAFT_ONLY, annex.TAG)):
            drafts.update(control.iter(qn("w:t")))
    texts = (
        "".join(t.text or "" for t in p.iter(qn("w:t")) if t not in drafts)
        for p in main.iter(qn("w:p"))
    )
    return sum(len(text.split()) for text in texts)


def _contents(draft: Draft, template: Template) -> list[Block]:
    """The contents list, where the paper has enough headings to want one."""
    spec = template.spec
    listed = [entry for entry in draft.headings if entry[0] <= len(spec.styles.contents)]
    if spec.contents_over is None or len(draft.headings) <= spec.contents_over:
        return []
    heading = draft.style_id(spec.styles.contents_heading)
    styles = [draft.style_id(name) for name in spec.styles.contents]
    entries = [(styles[level - 1], anchor, text) for level, anchor, text in listed]
    title = markup.paragraph(heading, markup.run(spec.contents_heading))
    return [Block(title + markup.contents(entries, len(styles)))]


def _highest_id(stories: list[etree._Element]) -> int:
    found = [0]
    for story in stories:
        for node in story.iter(qn("w:id"), qn("w:bookmarkStart"), f"{WP}docPr"):
            value = node.get(qn("w:val")) or node.get(qn("w:id")) or node.get("id") or ""
            found += [int(value)] if value.isdigit() and int(value) < 2**30 else []
    return max(found)


def _page(document: Any) -> Page:
    """The page on which the report stands; a length is in English metric units, 635 a twip."""
    section = document.sections[_section_of_body(document)]
    margins = section.left_margin + section.right_margin
    upright, turned = section.page_width - margins, section.page_height - margins
    root, ending = document.element, section._sectPr
    return Page(
        upright // 635,
        turned // 635,
        as_markup(deepcopy(ending), root),
        as_markup(_turned(deepcopy(ending)), root),
        root.nsmap,
    )


def _turned(section: Any) -> Any:
    """The properties of a section of pages with its pages on their side."""
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    return section


def _section_of_body(document: Any) -> int:
    """Which section of pages the report stands in: that of its slot, else the last."""
    ended = 0
    for node in document.element.body:
        if node.tag == qn("w:sdt") and tag_of(node) == BODY_SLOT:
            return ended
        ended += sum(1 for _ in node.iter(qn("w:sectPr")))
    return -1


def _values(
    report: RealisedReport, template: Template, answers: tuple[Answer, ...]
) -> dict[str, Answer]:
    """Answers by key: the template's fields, and what every template may show in a control."""
    brief = report.brief
    values = {field.key: Answer(field.key, field.label, "") for field in template.spec.front.fields}
    values |= {
        "title": Answer("title", "Title", brief.title),
        "council": Answer("council", "Council", brief.council),
        "draft_mark": Answer("draft_mark", "Draft mark", template.spec.draft_mark),
    }
    return values | {answer.key: answer for answer in answers}


def _mark_restricted(stories: list[etree._Element], words: str) -> None:
    """Says `words` beside the sign of a draft, outside its control, so that it outlives it."""
    for story in stories:
        for control in list(story.iter(qn("w:sdt"))):
            if value(control, "sdtPr", "tag") == DRAFT_MARK:
                said = markup.run(f"{words} ", bold=True)
                within = control.getparent()
                inline = within is not None and within.tag == qn("w:p")
                said = said if inline else markup.paragraph("", said)
                control.addprevious(markup.element(said))


def _mark_places(document: Any) -> None:
    """Marks where the paper will stand, at the control tagged `body` or at the end, and where the
    list of checks."""
    body = document.element.body
    slot = next((node for node in body.iter(qn("w:sdt")) if tag_of(node) == BODY_SLOT), None)
    if slot is None:
        body[-1].addprevious(mark(BODY_SLOT))
    else:
        slot.addprevious(mark(BODY_SLOT))
        slot.getparent().remove(slot)
    body[-1].addprevious(mark(annex.TAG))


def _properties(document: Any, report: RealisedReport) -> None:
    brief = report.brief
    core = document.core_properties
    author = brief.officers.get("author")
    core.title, core.language = brief.title[:255], "en-GB"
    core.subject = f"{brief.committee}, {report.period}"[:255]
    core.author = (author.name if author else brief.council)[:255]
    core.last_modified_by = core.author
    core.created = core.modified = datetime.combine(brief.meeting_date, time())
    core.revision = 1
