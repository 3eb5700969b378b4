"""The first `template.yaml` of an adopted Word file: what was typed in it, guessed by its names.

A person goes on from here: labels, prompts, defaults and further sections are theirs to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reporter.document.adopting_sections import Section, quoted, section_lines
from reporter.document.agreement import OWN, TITLE

_DATES = ("meeting_date",)
_YES_NO = ("key_decision", "urgent", "late", "call_in", "confidential")
_BRIEF = ("area", "committee", "period")
_OFFICERS = ("report_of", "lead_member", "author", "contact", "portfolio_holder", "director")
_HEAD = """\
# Made from {name}. What may stand here: the field and section types of the standard templates.
# A field stands in template.docx as a content control of its key; the report's own text, and any
# further section written here, go where {{{{ body }}}} was typed, or at the end.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A field that was found: its key, its label, and whether it is a paragraph by itself.

    A control that stood there already brings the words it shows, and what it lets one choose from.
    """

    key: str
    label: str
    alone: bool
    default: str = ""
    choices: tuple[str, ...] = ()


def first_yaml(
    name: str,
    found: Iterable[Found],
    scheme: str,
    styles: Mapping[str, Sequence[str]],
    sections: tuple[list[Section], list[Section]],
) -> str:
    """The text of template.yaml; `styles` are those of headings and numbered paragraphs by level,
    and `sections` those before and after the report's text."""
    fields = list(found)
    title = "none" if TITLE in {field.key for field in fields} else "first"
    lines = [_HEAD.format(name=PurePath(name).name)]
    lines += [
        f"name: {quoted(PurePath(name).stem)}",
        f"numbering: {scheme}",
    ]
    lines += ["", "styles:"]
    lines += [f"  {key}: [{', '.join(map(quoted, names))}]" for key, names in styles.items()]
    lines += ["", "front:", "  layout: none", f"  title: {title}"]
    own = [field for field in fields if field.key not in OWN]
    lines += ["  fields:"] if own else []
    keys = {field.key for field in own}
    lines += [f"    - {{{', '.join(_parts(field, keys))}}}" for field in own]
    lines += ["", *section_lines(*sections, keys, styles["headings"]), ""]
    return "\n".join(lines)


def _parts(field: Found, keys: set[str]) -> Iterator[str]:
    yield f"key: {field.key if field.key.isidentifier() else quoted(field.key)}"
    yield f"label: {quoted(field.label)}"
    if field.choices:
        yield f"type: choice, choices: [{', '.join(map(quoted, field.choices))}]"
        if field.default in field.choices:
            yield f"default: {quoted(field.default)}"
            return
    elif field.default:
        yield f"default: {quoted(field.default)}"
        return
    elif field.key in _YES_NO:
        yield 'type: yes_no, default: "No"'
        return
    if field.key == "status":
        yield "type: choice, choices: [Open, Part exempt, Exempt], default: Open"
        return
    if field.choices:
        pass
    elif field.key in _DATES:
        yield "type: date"
    elif field.key in _OFFICERS or field.key.endswith("_officer"):
        yield "type: officer"
    elif field.alone and field.key not in _BRIEF:
        yield "type: paragraphs"
    yield f"required: true, prompt: {quoted(field.label[:1].lower() + field.label[1:])}"
    if field.key == "exempt_paragraph" and "status" in keys:
        yield "shown_if: {status: [Part exempt, Exempt]}"
