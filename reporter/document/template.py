"""A council's template: `template.docx`, how it looks, and `template.yaml`, what it asks and in
what order.

In: a folder. Out: a `Template` whose two files agree, or every fault of both. Knows no report.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from docx import Document
from docx_plus.core import NUMBERING_SPEC, qn
from lxml import etree

from reporter.document.agreement import disagreements
from reporter.document.numbering import Numbering
from reporter.document.soundness import faults_of_kinds, faults_of_pages
from reporter.document.spec import Field, Scheme, Styles, TemplateSection, TemplateSpec
from reporter.package import problems_of_package
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.yamlfile import read_yaml


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
    document = Document(io.BytesIO(docx))
    problems += faults_of_pages(document, place)
    problems += faults_of_kinds(document, spec.styles.by_use(), style_ids, place)
    problems += _comments(docx, place)
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
        named = node.find(qn("w:name"))
        if named is not None:
            ids[shown_name(named.get(qn("w:val"), ""))] = node.get(qn("w:styleId"), "")
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
        if asked.offered and asked.default and asked.default not in asked.offered:
            what = f"the default of {asked.key!r} is none of its choices"
            yield Problem(place, "bad-choice", what, f"Choices: {', '.join(asked.offered)}.")
        if asked.type in ("choice", "ticks") and not asked.choices:
            what = f"the field {asked.key!r} is a choice of nothing"
            yield Problem(place, "bad-choice", what, "Write what there is to choose in `choices`.")
        yield from _faults_of_reckoning(asked, spec.front.fields, place)
    yield from _faults_of_sections(spec.sections, sections, place)


def _faults_of_reckoning(
    asked: Field, fields: tuple[Field, ...], place: Place
) -> Iterator[Problem]:
    """A deadline without its days, and sums that decide what is not there to be decided."""
    if (asked.type == "deadline") != (asked.working_days > 0):
        what = f"the field {asked.key!r}: `deadline` and `working_days` belong together"
        yield Problem(place, "bad-deadline", what, "Write both: the type, and how many days.")
    sums = [field.key for field in fields if field.type == "money"]
    for key in asked.yes_from:
        if asked.type != "yes_no" or key not in sums:
            what = f"the field {asked.key!r} has `yes_from` {key!r}"
            fix = f"It is for a yes_no, by a field of money. There is: {', '.join(sums) or 'none'}."
            yield Problem(place, "unknown-field", what, fix)


def _faults_of_sections(
    top: tuple[TemplateSection, ...], sections: tuple[TemplateSection, ...], place: Place
) -> Iterator[Problem]:
    for section in sections:
        if section.form == "table" and not section.columns:
            what = f"the section {section.key!r} is a table without headings"
            yield Problem(place, "no-columns", what, "Write them in `columns`.")
        if section.source == "clearance" and not (section.officers and len(section.columns) == 3):
            what = f"the section {section.key!r} does not say who clears the paper"
            fix = "Give `officers`, the service by the officer's key, and three `columns`."
            yield Problem(place, "no-columns", what, fix)
    after = ""
    for section in reversed(top):
        if not section.published and after:
            what = f"the section {section.key!r} is not published, and {after!r} comes after it"
            fix = "Let it come last: what follows would lose its numbers in the final copy."
            yield Problem(place, "bad-order", what, fix)
        after = after or (section.key if section.published else "")


def _misfits(
    spec: TemplateSpec, ids: Mapping[str, str], numbering: Numbering, path: Path
) -> Iterator[Problem]:
    """Where the Word file does not give what the yaml asks of it."""
    place = Place.of(_short(path))
    own = [s for each in _flat(spec.sections) for s in (each.heading_style, each.paragraph_style)]
    lettered = any(section.form == "lettered" for section in _flat(spec.sections))
    spare = set() if lettered else {spec.styles.question, spec.styles.first_question}
    wanted = dict.fromkeys([*spec.styles.names(), *filter(None, own)])
    missing = [name for name in wanted if name not in ids and name not in spare]
    for name in missing:
        fix = "Make the style in Word, or name another one under `styles` in template.yaml."
        yield Problem(place, "no-style", f"there is no style {name!r}", fix)
    if missing:
        return
    yield from _lost_lists(spec, ids, numbering, place)
    yield from _lost_number(spec, ids, numbering, place)
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


def _lost_lists(
    spec: TemplateSpec, ids: Mapping[str, str], numbering: Numbering, place: Place
) -> Iterator[Problem]:
    """Styles of lists whose list is gone, so that bullets or numbers would be missing."""
    asked = [name for s in _flat(spec.sections) for name in _list_of(s, spec.styles)]
    for name in dict.fromkeys([spec.styles.bullet, *asked]):
        level = numbering.level(ids[name])
        if level is None or level.form == "none" or not level.text:
            what = f"the style {name!r} has no list, so what stands in it has no bullet or number"
            fix = "Give the style a list again: in Word, Modify Style, Format, Numbering."
            yield Problem(place, "no-list", what, fix)


def _lost_number(
    spec: TemplateSpec, ids: Mapping[str, str], numbering: Numbering, place: Place
) -> Iterator[Problem]:
    """A first heading without the number that its paragraphs' show or begin again at."""
    name = spec.styles.headings[0]
    level = numbering.level(ids[name])
    unseen = level is None or level.form in ("none", "bullet") or not level.text
    if spec.numbering in ("section.decimal", "lettered") and unseen:
        what = f"the style {name!r} has no number, and numbering is {spec.numbering!r}"
        fix = "Give the style its list again in Word, or change `numbering` in template.yaml."
        yield Problem(place, "bad-numbering", what, fix)


def _list_of(section: TemplateSection, styles: Styles) -> Iterator[str]:
    if section.form == "recommendations":
        yield styles.recommendation
    if section.paragraph_style:
        yield section.paragraph_style


def _comments(docx: bytes, place: Place) -> Iterator[Problem]:
    """Word comments in the template itself: every paper would carry them, under numbers that its
    own comments take."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/comments")]
    if parts:
        what = "Word comments stand in it, and every paper would carry them"
        yield Problem(place, "comments-left", what, "Delete them in Word, under Review.")
