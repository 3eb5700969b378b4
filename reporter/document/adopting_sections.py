"""The headings of an adopted Word file about the place of the report's text, as sections.

In: a file whose `{{ body }}` is a content control. Out: the sections that stand next to it, taken
out of the file: the template's yaml writes them again, with what an author is asked. A heading over
a field, a table or a picture stays where it is, and so does all beyond it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx_plus.core import qn

from reporter.document.agreement import BODY, tag_of
from reporter.document.numbering import Numbering
from reporter.document.template import numbering_of, shown_name

_HELD = tuple(qn(f"w:{tag}") for tag in ("sdt", "drawing", "pict", "object", "sectPr", "fldChar"))
_IN_BRACKETS = re.compile(r"\[.*\]|<.*>", re.DOTALL)
_FOR_AUTHORS = re.compile(r"guidance|instruction|prompt|help", re.IGNORECASE)
_TYPED_NUMBER = re.compile(r"^\(?(\d+(\.\d+)*|[a-z]|[ivx]+)[.)]?\s+(?=\w)", re.IGNORECASE)
_NO_COLOUR = ("", "auto", "000000")
# The usual keys of a brief's texts, by a word of the heading; the first that fits.
_USUAL = (
    ("reason", "reasons"), ("recommend", "recommendations"), ("purpose", "purpose"),
    ("background paper", "background_papers"), ("background doc", "background_papers"),
    ("background", "background"), ("option", "options"), ("consult", "consultation"),
    ("financ", "financial"), ("legal", "legal"), ("equalit", "equalities"), ("climate", "climate"),
    ("risk", "risk"), ("human resource", "hr"), ("staff", "hr"), ("appendi", "appendices"),
    ("contact", "contact"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that was found: its level, the words under it, what its author is told."""

    heading: str
    level: int
    text: tuple[str, ...] = ()
    guidance: str = ""
    form: str = "plain"
    lead: str = ""


def take_sections(
    document: Any, paragraphs: str, headings: Sequence[str]
) -> tuple[list[Section], list[Section]]:
    """The sections just before and just after the body control, which leave the document; a heading
    with nothing before the control comes last of those before. `paragraphs` is the name of the
    style of numbered ones, `headings` are those of the headings of each level."""
    reader = _Reader(document, paragraphs, headings)
    body = next((c for c in document.element.body if _is_body(c)), None)
    if body is None:
        return [], []
    after = [*_runs(reader, body.itersiblings())]
    before = [*_runs_back(reader, body.itersiblings(preceding=True))]
    found = [[reader.section(nodes) for nodes in group] for group in (before, after)]
    for node in (node for group in (before, after) for nodes in group for node in nodes):
        node.getparent().remove(node)
    return found[0], found[1]


def _is_body(node: Any) -> bool:
    return node.tag == qn("w:sdt") and tag_of(node) == BODY


def _movable(node: Any) -> bool:
    return node.tag == qn("w:p") and next(node.iter(*_HELD), None) is None


def _runs(reader: _Reader, nodes: Iterable[Any]) -> Iterator[list[Any]]:
    """A heading and what stands under it, as long as all of it may move."""
    held: list[Any] = []
    for node in nodes:
        heading = reader.level(node)
        if heading and held:
            yield held
            held = []
        if not _movable(node):
            if node.tag != qn("w:sectPr"):
                return
            break
        if not heading and not held:
            return
        held.append(node)
    if held:
        yield held


def _runs_back(reader: _Reader, nodes: Iterable[Any]) -> list[list[Any]]:
    found: list[list[Any]] = []
    held: list[Any] = []
    for node in nodes:
        if not _movable(node):
            break
        held.insert(0, node)
        if reader.level(node):
            found.insert(0, held)
            held = []
    return found


class _Reader:
    """What the paragraphs of a file are: their words, looks and levels."""

    def __init__(self, document: Any, paragraphs: str, headings: Sequence[str]) -> None:
        root = document.styles.element
        self._names = {
            node.get(qn("w:styleId")): shown_name(node.find(qn("w:name")).get(qn("w:val")))
            for node in root.iter(qn("w:style"))
        }
        self._styles = {node.get(qn("w:styleId")): node for node in root.iter(qn("w:style"))}
        self._numbering = Numbering(root, numbering_of(document))
        self._paragraphs = paragraphs
        self._headings = tuple(headings)

    def _style(self, node: Any) -> str:
        named = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if named is None else str(named.get(qn("w:val")))

    def level(self, node: Any) -> int:
        """1 to 3 for a heading with words, else 0."""
        name = self._names.get(self._style(node), "") if node.tag == qn("w:p") else ""
        return self._headings.index(name) + 1 if name in self._headings and _words(node) else 0

    def section(self, nodes: list[Any]) -> Section:
        heading, *rest = nodes
        told = [node for node in rest if self._is_guidance(node)]
        said = [node for node in rest if node not in told and _words(node)]
        guidance = " ".join(_words(node).strip("[]<> ") for node in told)
        words = tuple(_words(node) for node in said)
        form = self._form(said or rest)
        lead = words[0] if words[:1] and words[0].endswith(":") and len(words) == 1 else ""
        words = () if lead else words
        return Section(_words(heading), self.level(heading), words, guidance.strip(), form, lead)

    def _form(self, nodes: list[Any]) -> str:
        style = self._style(nodes[0]) if nodes else ""
        level = self._numbering.level(style)
        if level is not None and level.form == "bullet":
            return "bullets"
        return "numbered" if self._names.get(style) == self._paragraphs else "plain"

    def _is_guidance(self, node: Any) -> bool:
        """Whether words are for authors: in brackets, in a colour, or in a style that says so."""
        words = _words(node)
        if not words:
            return False
        if _IN_BRACKETS.fullmatch(words) or _FOR_AUTHORS.search(
            self._names.get(self._style(node), "")
        ):
            return True
        runs = [run for run in node.iter(qn("w:r")) if _words(run)]
        return all(_coloured(run) for run in runs)


def _coloured(run: Any) -> bool:
    colour = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    return colour is not None and colour.get(qn("w:val"), "").lower() not in _NO_COLOUR


def _words(node: Any) -> str:
    return " ".join("".join(t.text or "" for t in node.iter(qn("w:t"))).split())


def section_lines(
    before: list[Section], after: list[Section], taken: Iterable[str], headings: Sequence[str]
) -> Iterator[str]:
    """The sections of a `template.yaml`, the report's own between those before and after.

    What a first brief gives and the file has no place for gets one, which is empty without it.
    """
    heading = ""
    if before and not (before[-1].text or before[-1].guidance) and before[-1].level == 1:
        heading = f", heading: {quoted(before[-1].heading)}"
        before = before[:-1]
    keys = {"narrative", *taken}
    yield "sections:"
    listed = [*_tree(before, keys, headings)]
    rest = [*_tree(after, keys, headings)]
    yield from (line for key, line in _FIRST if key not in keys)
    yield from listed
    yield f"  - {{key: narrative, source: narrative{heading}}}"
    yield from rest
    yield from (line for key, line in _LAST if key not in keys)


_FIRST = (
    ("purpose", "  - {key: purpose, heading: Purpose}"),
    (
        "recommendations",
        "  - {key: recommendations, heading: Recommendations, form: recommendations}",
    ),
)
_LAST = (("report_of", "  - {key: report_of, heading: Report of, source: contact, form: plain}"),)


def _tree(sections: list[Section], keys: set[str], headings: Sequence[str]) -> Iterator[str]:
    depths: list[int] = []
    for index, section in enumerate(sections):
        while depths and depths[-1] >= section.level:
            depths.pop()
        depths.append(section.level)
        indent = "  " + "    " * (len(depths) - 1)
        parent = index + 1 < len(sections) and sections[index + 1].level > section.level
        style = headings[section.level - 1] if len(depths) != section.level else ""
        yield from (f"{indent}{line}" for line in _lines(section, keys, style, parent))
        if parent:
            yield f"{indent}  sections:"


def _lines(section: Section, keys: set[str], style: str, parent: bool) -> Iterator[str]:
    key = _key(section.heading, keys)
    keys.add(key)
    yield f"- key: {key}"
    yield f"  heading: {quoted(section.heading)}"
    if style:
        yield f"  heading_style: {quoted(style)}"
    if key in ("background_papers", "contact"):
        yield f"  source: {key}"
    yield f"  form: {'recommendations' if key == 'recommendations' else section.form}"
    if section.lead:
        yield f"  lead: {quoted(section.lead)}"
    if section.text:
        yield f"  text: [{', '.join(map(quoted, section.text))}]"
    elif section.guidance or not parent:
        yield "  required: true"
    yield f"  prompt: {quoted(section.guidance or _bare(section.heading))}"


def _bare(heading: str) -> str:
    """A heading without a number that was typed, as words to ask with."""
    return _TYPED_NUMBER.sub("", heading).rstrip(":?").lower() or heading


def _key(heading: str, keys: set[str]) -> str:
    low = heading.casefold()
    usual = next((key for word, key in _USUAL if word in low), "")
    plain = re.sub(r"[^a-z0-9]+", "_", low).strip("_") or "section"
    found = usual if usual and usual not in keys else plain
    while found in keys:
        found = f"{found}_more"
    return found


def quoted(words: str) -> str:
    """`words` in quotes, as YAML holds any text."""
    return json.dumps(words, ensure_ascii=False)
