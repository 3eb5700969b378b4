"""The first `template.yaml` of an adopted Word file: what was typed in it, guessed by its names.

A person goes on from here: labels, prompts, defaults and further sections are theirs to write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from reporter.document.adopting_sections import Section, section_lines
from reporter.document.agreement import OWN, TITLE

_DATES = ("meeting_date",)
_BRIEF = ("area", "committee", "period")
_OFFICERS = ("report_of", "lead_member", "author", "contact", "portfolio_holder", "director")
_HEAD = """\
# Made from {name}. What may stand here: the field and section types of the standard templates.
# A field stands in template.docx as a content control of its key; the report's own text, and any
# further section written here, go where {{{{ body }}}} was typed, or at the end.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A field that was typed: its key, its label, and whether it is a paragraph by itself."""

    key: str
    label: str
    alone: bool


def first_yaml(
    name: str,
    found: Iterable[Found],
    scheme: str,
    paragraphs: str,
    sections: tuple[list[Section], list[Section]],
) -> str:
    """The text of template.yaml; `paragraphs` is the style of numbered paragraphs, if any, and
    `sections` those before and after the report's text."""
    fields = list(found)
    title = "none" if TITLE in {field.key for field in fields} else "first"
    lines = [_HEAD.format(name=PurePath(name).name)]
    lines += [
        f"name: {json.dumps(PurePath(name).stem, ensure_ascii=False)}",
        f"numbering: {scheme}",
    ]
    lines += ["", "styles:", f"  paragraphs: [{', '.join([json.dumps(paragraphs)] * 3)}]"]
    lines += ["", "front:", "  layout: none", f"  title: {title}"]
    own = [field for field in fields if field.key not in OWN]
    lines += ["  fields:"] if own else []
    keys = {field.key for field in own}
    lines += [f"    - {{{', '.join(_parts(field, keys))}}}" for field in own]
    lines += ["", *section_lines(*sections, keys), ""]
    return "\n".join(lines)


def _parts(field: Found, keys: set[str]) -> Iterator[str]:
    yield f"key: {field.key}"
    yield f"label: {json.dumps(field.label)}"
    if field.key == "status":
        yield "type: choice, choices: [Open, Part exempt, Exempt], default: Open"
        return
    if field.key in _DATES:
        yield "type: date"
    elif field.key in _OFFICERS or field.key.endswith("_officer"):
        yield "type: officer"
    elif field.alone and field.key not in _BRIEF:
        yield "type: paragraphs"
    yield f"required: true, prompt: {json.dumps(field.label[:1].lower() + field.label[1:])}"
    if field.key == "exempt_paragraph" and "status" in keys:
        yield "shown_if: {status: [Part exempt, Exempt]}"
