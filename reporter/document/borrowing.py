"""The styles that a paper needs and an adopted Word file lacks, taken from the standard template.

A style of the same name stays as the council made it. Numbering comes with the lists that it needs;
the numbers of headings and paragraphs are never borrowed, since they belong to a council's scheme.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx_plus.core import qn
from docx_plus.numbering import LevelDefinition, define_list_definition
from docx_plus.styles import modify_style

from reporter.document.numbering import Numbering
from reporter.document.spec import Scheme, Styles
from reporter.document.template import numbering_of, shown_name

_LISTS = {
    "List Bullet": LevelDefinition(fmt="bullet", text="•", indent=760, hanging=400, font="Arial"),
    "Recommendation": LevelDefinition(fmt="decimal", text="%1.", indent=400, hanging=400),
}
_EXTRA = ("Placeholder Text", "Hyperlink")
PLAIN = "Body Text"
PSTYLE = qn("w:pStyle")


def _styles(document: Any) -> dict[str, Any]:
    """Style elements by the names that Word shows."""
    found = document.styles.element.iter(qn("w:style"))
    return {shown_name(node.find(qn("w:name")).get(qn("w:val"))): node for node in found}


def paragraph_style(document: Any) -> tuple[Scheme, str]:
    """How a file numbers its paragraphs, and the style that does; ("none", "Body Text") if none.

    A style counts where it is numbered, is no heading, and belongs to the headings' list below its
    first level (2.1, a.) or, being used in the file, has a list of its own (1 to n).
    """
    styles = _styles(document)
    numbering = Numbering(document.styles.element, numbering_of(document))
    heading = styles.get("Heading 1")
    main = None if heading is None else numbering.level(heading.get(qn("w:styleId")))
    used = {node.get(qn("w:val")) for node in document.element.body.iter(qn("w:pStyle"))}
    alone = ""
    for name, node in styles.items():
        level = numbering.level(node.get(qn("w:styleId")))
        outlined = node.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") is not None
        headed = name.startswith(("Heading", "TOC", "List Bullet")) or outlined
        if level is None or headed or level.form in ("none", "bullet"):
            continue
        if main is not None and main.definition == level.definition and level.depth:
            return ("section.decimal" if "%1" in level.text else "lettered"), name
        if node.get(qn("w:styleId")) in used and not level.depth and name != "Recommendation":
            alone = alone or name
    return ("continuous", alone) if alone else ("none", PLAIN)


def heading_styles(document: Any) -> tuple[str, str, str]:
    """The styles of the headings of the first three levels, by the names that Word shows.

    Word's own where the file uses it; else one that it uses, of that level in Word's outline.
    """
    styles = _styles(document)
    names = {node.get(qn("w:styleId")): name for name, node in styles.items()}
    used = {names.get(node.get(qn("w:val"))): None for node in document.element.iter(PSTYLE)}
    found = list(Styles().headings)
    for level, own in enumerate(Styles().headings):
        if own not in used:
            like = (n for n in used if n and n != "Title" and _outline(styles, n) == level)
            found[level] = next(like, own)
    return found[0], found[1], found[2]


def _outline(styles: dict[str, Any], name: str) -> int | None:
    """The level of a style in Word's outline, 0 the highest, its own or of what it is based on."""
    by_id = {node.get(qn("w:styleId")): node for node in styles.values()}
    node, left = styles[name], len(styles)
    while node is not None and left:
        level = node.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            return int(level.get(qn("w:val"), "9"))
        based = node.find(qn("w:basedOn"))
        node, left = by_id.get("" if based is None else based.get(qn("w:val"))), left - 1
    return None


def borrow_styles(document: Any, standard: Any) -> None:
    """Adds to `document` every style of the standard template that it lacks and a paper needs."""
    own, theirs = _styles(document), _styles(standard)
    ids = {node.get(qn("w:styleId")) for node in own.values()}
    given = {theirs[name].get(qn("w:styleId")): name for name in theirs}
    for name in dict.fromkeys([*Styles().names(), *_EXTRA]):
        if name in own or name not in theirs:
            continue
        node = deepcopy(theirs[name])
        key = node.get(qn("w:styleId"))
        while key in ids:
            key = f"{key}Report"
        node.set(qn("w:styleId"), key)
        ids.add(key)
        for listed in list(node.iter(qn("w:numPr"))):
            listed.getparent().remove(listed)
        document.styles.element.append(node)
        own[name] = node
        if name in _LISTS:
            number = define_list_definition(document, name=name, levels=[_LISTS[name]])
            modify_style(document, key, num_id=number, num_level=0)
    for node in own.values():
        _settle(node, own, given)


def _settle(node: Any, own: dict[str, Any], given: dict[str, str]) -> None:
    """Points a borrowed style to styles of this file: by their names, since ids may differ."""
    ids = {style.get(qn("w:styleId")) for style in own.values()}
    for tag in ("w:basedOn", "w:next", "w:link"):
        pointer = node.find(qn(tag))
        if pointer is None or pointer.get(qn("w:val")) in ids:
            continue
        name = given.get(pointer.get(qn("w:val")), "")
        if name in own:
            pointer.set(qn("w:val"), own[name].get(qn("w:styleId")))
        else:
            node.remove(pointer)
