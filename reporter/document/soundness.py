"""What a template's Word file must have beyond names and controls: pages, and styles of their kind.

In: the file opened. Out: a problem for each page on which a paper could not stand and each style
that is of another kind than what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx_plus.core import qn

from reporter.problems import Place, Problem

NARROWEST = 5_000
"""Twips of text, about 9 cm: narrower, and no table of figures has room."""
_KINDS = {"table": "table", "comment_reference": "character"}
_SIDES = ("pgSz", "w"), ("pgSz", "h"), ("pgMar", "left"), ("pgMar", "right"), ("pgMar", "top")


def faults_of_pages(document: Any, place: Place) -> Iterator[Problem]:
    """Sections of pages without a size or margins, too narrow, or in columns."""
    fix = "Set the page up again in Word: under Layout, size, margins, and one column."
    sections = [*document.element.body.iter(qn("w:sectPr"))]
    if not sections:
        yield Problem(place, "bad-page", "the page has no size and no margins", fix)
    for number, section in enumerate(sections, start=1):
        which = f"the page of section {number}" if len(sections) > 1 else "the page"
        sizes = [_size(section, part, side) for part, side in _SIDES]
        columns = section.find(qn("w:cols"))
        width, _, left, right, _ = (size or 0 for size in sizes)
        if None in sizes:
            yield Problem(place, "bad-page", f"{which} has no size or no margins", fix)
        elif width - left - right < NARROWEST:
            yield Problem(place, "bad-page", f"{which} leaves no room for text", fix)
        elif columns is not None and columns.get(qn("w:num"), "1") != "1":
            yield Problem(place, "bad-page", f"{which} has columns: no room for tables", fix)


def _size(section: Any, part: str, side: str) -> int | None:
    node = section.find(qn(f"w:{part}"))
    given = "" if node is None else node.get(qn(f"w:{side}"), "")
    return int(given) if given.lstrip("-").isdigit() else None


def faults_of_kinds(
    document: Any, wanted: Mapping[str, str], ids: Mapping[str, str], place: Place
) -> Iterator[Problem]:
    """Styles that are of another kind than what stands in them; `wanted` are names by their use."""
    kinds = {
        node.get(qn("w:styleId")): node.get(qn("w:type"), "paragraph")
        for node in document.styles.element.iter(qn("w:style"))
    }
    for use, name in wanted.items():
        kind, found = _KINDS.get(use, "paragraph"), kinds.get(ids.get(name, ""), "")
        if found and found != kind:
            what = f"the style {name!r} is of the kind {found}, and is needed as one of a {kind}"
            fix = "Make it anew in Word as such, or name another one under `styles`."
            yield Problem(place, "no-style", what, fix)
