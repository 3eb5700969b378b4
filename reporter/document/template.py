"""A council's template: `template.docx`, how it looks, and `template.yaml`, what it asks and in
what order.

In: a folder. Out: a `Template` whose two files agree, or every fault of both. Knows no report.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx_plus.core import NUMBERING_SPEC, qn
from lxml import etree

from reporter.document.agreement import disagreements
from reporter.document.numbering import Numbering
from reporter.package import problems_of_package
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.yamlfile import read_yaml, shape

Scheme = Literal["section.decimal", "continuous", "lettered", "none"]
FieldType = Literal["text", "date", "choice", "officer", "paragraphs"]
SectionSource = Literal[
    "author", "narrative", "fixed", "sources", "background_papers", "contact", "question", "front",
]  # fmt: skip
Form = Literal["numbered", "plain", "bullets", "recommendations", "heading", "lettered"]


@shape
class Field:
    """A field of the front matter.

    Its value comes from the brief: `title`, `council`, `area`, `committee`, `meeting_date` and
    `period` are the brief's own; an `officer` is the brief's officer of that role; `paragraphs` are
    the brief's text of that key; any other key stands under `fields`. A field without a label is
    printed alone.
    """

    key: str
    label: str
    type: FieldType = "text"
    required: bool = False
    of: str = ""
    """The brief's key for it, where that is not its own: two places may say the same."""
    default: str = ""
    choices: tuple[str, ...] = ()
    prompt: str = ""
    """What the author is asked where a required field is empty."""
    shown_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other fields by key and the values of which each must have one."""


@shape
class Front:
    """The front matter: a table of two columns with these headings, or lines of label and value.

    `none` leaves it to sections with `source: front`. `lead` stands above all, the committee's
    name for {committee}.
    """

    layout: Literal["table", "lines", "none"] = "lines"
    title: Literal["first", "last", "none"] = "first"
    lead: str = ""
    separator: str = ": "
    headings: tuple[str, str] = ("Item", "Details")
    caption: str = "About this report"
    fields: tuple[Field, ...] = ()


@shape
class TemplateSection:
    """A section of the paper.

    | source | holds |
    |---|---|
    | author | the brief's text of this key, else `text`, else a prompt if required, or nothing |
    | fixed | `text` |
    | narrative | the brief's text named by `of`, then the report; without a heading at this level |
    | sources | the published sources of its tables and charts |
    | background_papers | the brief's text of this key, else `text` |
    | question | the heading as a question and the brief's field of this key, else `default` |
    | front | the front fields named by `fields`, again, as lines; then the heading |
    | contact | the officer of this key with telephone and email, then `text` |
    """

    key: str
    heading: str = ""
    """With {title} in it, or another of the brief's own fields."""
    source: SectionSource = "author"
    text: tuple[str, ...] = ()
    prompt: str = ""
    required: bool = False
    form: Form = "numbered"
    of: str = ""
    """The brief's key for its text, where that is not its own: two places may say the same."""
    heading_style: str = ""
    """A style of its own for the heading."""
    page_break: bool = False
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """How a contact's `name`, `role`, `telephone` and `email` are labelled, a line each."""
    shown_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[TemplateSection, ...] = ()


@shape
class Styles:
    """The names, as Word shows them, of the styles that each part of a paper stands in."""

    title: str = "Title"
    lead: str = "Title"
    headings: tuple[str, str, str] = ("Heading 1", "Heading 2", "Heading 3")
    paragraphs: tuple[str, str, str] = ("Numbered Paragraph",) * 3
    """The numbered paragraphs under a heading of the first, second and third level."""
    plain: str = "Body Text"
    bullet: str = "List Bullet"
    recommendation: str = "Recommendation"
    caption: str = "Caption"
    figure: str = "Figure"
    source: str = "Source"
    prompt: str = "Prompt"
    front_line: str = "Front Line"
    question: str = "Lettered Question"
    contents_heading: str = "TOC Heading"
    contents: tuple[str, ...] = ("TOC 1",)
    """The entries of a contents list: one style for each level of headings that it lists."""
    table: str = "Report Table"
    table_heading: str = "Table Heading"
    table_text: str = "Table Text"
    table_number: str = "Table Number"
    comment_text: str = "Comment Text"
    comment_reference: str = "Comment Reference"

    def names(self) -> Iterator[str]:
        """Every style that a paper may need, once."""
        found = (getattr(self, key) for key in self.__dataclass_fields__)
        flat = [name for item in found for name in ((item,) if isinstance(item, str) else item)]
        return iter(dict.fromkeys(flat))


@shape
class Annex:
    """The words of the annex that tells a draft's author what is doubtful in the figures."""

    heading: str = "For the author: figures to check"
    lead: str = (
        "These figures can be right, and may need a second look before the paper goes further. "
        "This annex is not part of the paper, and is taken out of the final copy."
    )
    caption: str = "Annex table {number}: what to look at again"
    columns: tuple[str, str, str] = ("Where", "What", "What to do")
    more: str = "{count} more are listed in the evidence."


@shape
class TemplateSpec:
    """The whole of `template.yaml`."""

    name: str
    numbering: Scheme
    """How paragraphs are numbered: 2.1; 1 to n through the paper; a. in each section; not at
    all."""
    draft_mark: str = "DRAFT"
    """What a draft says of itself, in the control tagged `draft_mark`."""
    restricted_mark: str = "RESTRICTED, NOT FOR PUBLICATION"
    """What a paper for a restricted audience says before its title and in its header; it stays in
    the final copy."""
    annex: Annex = Annex()
    contents_over: int | None = 10
    """How many headings a paper may have before it gets a contents list; none: it never does."""
    contents_heading: str = "Contents"
    see: str = "See {labels}."
    """How a paragraph points to the tables and figures after it; empty: it does not."""
    front: Front = Front()
    sections: tuple[TemplateSection, ...]
    styles: Styles = Styles()


@dataclass(frozen=True)
class Template:
    """A template whose two files agree. `docx` is the Word file as it stands."""

    folder: str
    docx: bytes
    spec: TemplateSpec
    style_ids: Mapping[str, str]
    """Style ids by the names that Word shows."""

    @cached_property
    def sections(self) -> tuple[TemplateSection, ...]:
        """All sections, nested ones included, in order."""
        return tuple(_flat(self.spec.sections))


def _flat(sections: tuple[TemplateSection, ...]) -> Iterator[TemplateSection]:
    for section in sections:
        yield section
        yield from _flat(section.sections)


def load_template(folder: Path) -> Template:
    """The template in `folder`; raises `ProblemsFoundError` with all that is wrong with its two
    files."""
    if not folder.is_dir():
        known = sorted(p.parent.name for p in folder.parent.glob("*/template.yaml"))
        fix = f"Templates here: {', '.join(known)}." if known else "Check `template` in the brief."
        what = f"there is no template {folder.name!r}"
        raise ProblemsFoundError([Problem(Place.of(folder), "no-template", what, fix)])
    problems: list[Problem] = []
    spec: TemplateSpec | None = None
    yaml_path, docx_path = folder / "template.yaml", folder / "template.docx"
    try:
        spec = read_yaml(yaml_path, TemplateSpec, _short(yaml_path))
    except ProblemsFoundError as error:
        problems += error.problems
    docx, faults = _read_docx(docx_path)
    problems += faults
    if spec is None or problems:
        raise ProblemsFoundError(
            [*problems, *([] if spec is None else _faults_of(spec, yaml_path))]
        )
    style_ids, numbering = _styles_of(docx)
    problems += _faults_of(spec, yaml_path)
    problems += _misfits(spec, style_ids, numbering, docx_path)
    place = Place.of(_short(docx_path))
    problems += disagreements(spec, tuple(_flat(spec.sections)), docx, place)
    if problems:
        raise ProblemsFoundError(problems)
    return Template(folder.name, docx, spec, style_ids)


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read_docx(path: Path) -> tuple[bytes, list[Problem]]:
    place = Place.of(_short(path))
    try:
        docx = path.read_bytes()
    except FileNotFoundError:
        fix = "Put the council's Word file beside template.yaml under this name."
        return b"", [Problem(place, "no-file", "there is no such file", fix)]
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        fix = "Check that it is a file, and that you may open it."
        return b"", [Problem(place, "unreadable-file", what, fix)]
    if faults := problems_of_package(docx, place):
        return b"", faults
    try:
        Document(io.BytesIO(docx))
    except (KeyError, ValueError) as error:
        fix = "Open it in Word and save it as a Word document (.docx)."
        return b"", [Problem(place, "not-docx", f"Word's main part is missing: {error}", fix)]
    return docx, []


def _styles_of(docx: bytes) -> tuple[dict[str, str], Numbering]:
    document = Document(io.BytesIO(docx))
    root = document.styles.element
    ids = {}
    for node in root.iter(qn("w:style")):
        name = node.find(qn("w:name")).get(qn("w:val"))
        ids[shown_name(name)] = node.get(qn("w:styleId"))
    return ids, Numbering(root, numbering_of(document))


def numbering_of(document: Any) -> etree._Element | None:
    """The root of the document's numbering part, or None where it has none."""
    try:
        part = document.part.part_related_by(NUMBERING_SPEC.relationship_type)
    except KeyError:
        return None
    root: etree._Element = part.element
    return root


_SHOWN = {"annotation text": "Comment Text", "annotation reference": "Comment Reference"}


def shown_name(name: str) -> str:
    """The name that Word shows for the style that its file calls `name`: built-in ones differ."""
    if name in _SHOWN:
        return _SHOWN[name]
    if name.startswith("toc "):
        return name.upper()
    return name[:1].upper() + name[1:] if name.startswith(("heading ", "caption")) else name


def _faults_of(spec: TemplateSpec, path: Path) -> Iterator[Problem]:
    """What is wrong with the yaml by itself."""
    place = Place.of(_short(path))
    sections = tuple(_flat(spec.sections))
    if sum(section.source == "narrative" for section in sections) != 1:
        what = "exactly one section must have `source: narrative`"
        yield Problem(place, "no-narrative", what, "Mark the place where the report's text goes.")
    items: tuple[Field | TemplateSection, ...] = (*spec.front.fields, *sections)
    keys = [item.key for item in items]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        fix = "Give each field and section a key of its own."
        yield Problem(place, "repeated-key", f"the key {key!r} is used twice", fix)
    fields = [item.key for item in spec.front.fields]
    fields += [section.key for section in sections if section.source == "question"]
    for item in items:
        for other in item.shown_if:
            if other not in fields:
                what = f"{item.key!r} is shown by the field {other!r}, which is not in `front`"
                yield Problem(place, "unknown-field", what, f"Fields: {', '.join(fields)}.")
    for asked in spec.front.fields:
        if asked.choices and asked.default and asked.default not in asked.choices:
            what = f"the default of {asked.key!r} is none of its choices"
            yield Problem(place, "bad-choice", what, f"Choices: {', '.join(asked.choices)}.")


def _misfits(
    spec: TemplateSpec, ids: Mapping[str, str], numbering: Numbering, path: Path
) -> Iterator[Problem]:
    """Where the Word file does not give what the yaml asks of it."""
    place = Place.of(_short(path))
    own = [section.heading_style for section in _flat(spec.sections) if section.heading_style]
    unused = {"question"} - {"question" for s in _flat(spec.sections) if s.form == "lettered"}
    spare = {getattr(spec.styles, key) for key in unused}
    wanted = dict.fromkeys([*spec.styles.names(), *own])
    missing = [name for name in wanted if name not in ids and name not in spare]
    for name in missing:
        fix = "Make the style in Word, or name another one under `styles` in template.yaml."
        yield Problem(place, "no-style", f"there is no style {name!r}", fix)
    if missing:
        return
    heading = numbering.level(ids[spec.styles.headings[0]])
    for name in dict.fromkeys(spec.styles.paragraphs):
        level = numbering.level(ids[name])
        scheme: Scheme = "none"
        if level is not None and level.form not in ("none", "bullet"):
            inside = heading is not None and heading.definition == level.definition
            if inside and level.depth:
                scheme = "section.decimal" if "%1" in level.text else "lettered"
            else:
                scheme = "continuous"
        if scheme != spec.numbering:
            what = f"the style {name!r} is numbered as {scheme!r}, not as {spec.numbering!r}"
            fix = "Change `numbering` in template.yaml, or the style's list in Word."
            yield Problem(place, "bad-numbering", what, fix)
