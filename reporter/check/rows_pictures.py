"""Rows 5.11 to 5.13 and 5.20: alternative text, decoration, floating objects, pictures of text.

Whether an alternative text is a good one, a person judges; a program sees only those that cannot
be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.check.faults import Fault
from reporter.reading import OpenedPaper
from reporter.wordml import WP, A, Node, P, W, local, quoted, within, words_of

LEAST, MOST = 20, 250  # characters
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_FILE = re.compile(
    r"\.(png|jpe?g|gif|emf|wmf|svg|bmp|tiff?)\b|^(picture|image|graphic|chart) ?\d*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_OF_TEXT = re.compile(
    r"\b(screen ?shot|scan(ned)?|(picture|image|photo) of (a |the )?(text|table|page|document))\b",
    re.IGNORECASE,
)
_OUTSIDE = {
    "anchor": "an object floats over the text and",
    "pict": "an old drawing or text box",
    "txbx": "a text box",
    "framePr": "a frame",
    "object": "an embedded object",
}
_PAGE_SHARE = 0.75  # of an A4 page; a picture this large is likely a page that was scanned
_A4_EMU = 7_560_000 * 10_692_000


def _drawings(paper: OpenedPaper) -> Iterator[Node]:
    for _, root in paper.stories:
        yield from root.iter(f"{WP}docPr")


def _is_decorative(properties: Node) -> bool:
    for extension in properties.iter(f"{A}ext"):
        if extension.get("uri", "").upper() == _DECORATIVE:
            return any(n.get("val") in ("1", "true") for n in extension)
    return False


def row_5_11(paper: OpenedPaper) -> Iterator[Fault]:
    """Alternative text says something, in 20 to 250 characters, and no figure the text lacks."""
    said = {number for p in paper.paragraphs for number in _NUMBER.findall(words_of(p))}
    for properties in _drawings(paper):
        words = properties.get("descr", "").strip()
        if not words:
            continue
        fix = "Say in 20 to 250 characters what kind it is, of what, and what it shows."
        where = paper.at(properties)
        if _FILE.search(words):
            yield Fault(where, f"the alternative text is a file's name: {quoted(words)}", fix)
        elif not LEAST <= len(words) <= MOST:
            what = f"the alternative text has {len(words)} characters: {quoted(words)}"
            yield Fault(where, what, fix)
        alone = [number for number in _NUMBER.findall(words) if number not in said]
        if alone:
            what = f"the alternative text says {', '.join(alone)}, and the paper's text does not"
            yield Fault(where, what, "Say it in the text too, or take it out.", "warning")


def row_5_12(paper: OpenedPaper) -> Iterator[Fault]:
    """A picture has alternative text or is marked as decoration: one of them, never neither."""
    for properties in _drawings(paper):
        words, idle = properties.get("descr", "").strip(), _is_decorative(properties)
        name = properties.get("name", "a picture")
        if not words and not idle:
            what = f"{name} has no alternative text and is not marked as decorative"
            fix = "Write its alternative text, or mark it as decorative."
            yield Fault(paper.at(properties), what, fix)
        if words and idle:
            what = f"{name} has alternative text and is marked as decorative"
            yield Fault(paper.at(properties), what, "Choose one of the two.")


def row_5_13(paper: OpenedPaper) -> Iterator[Fault]:
    """Objects stand in line with the text: no floating ones, text boxes, frames or WordArt."""
    roots = [root for _, root in paper.stories]
    for root in [*roots, *paper.styles.values()]:
        for node in root.iter():
            name = local(node)
            if name in _OUTSIDE and not any(local(n) in _OUTSIDE for n in node.iterancestors()):
                styled = root in paper.styles.values()
                where = f"the style {root.get(f'{W}styleId')}" if styled else paper.at(node)
                fix = "Set its layout to In Line with Text; turn text boxes and frames into text."
                yield Fault(where, f"{_OUTSIDE[name]} stands outside the line of text", fix)


def row_5_20(paper: OpenedPaper) -> Iterator[Fault]:
    """No picture of text: no scans, no pictures of tables.

    A program sees what the picture says of itself and how large it is, not what is on it.
    """
    for properties in _drawings(paper):
        holder = properties.getparent()
        extent = None if holder is None else holder.find(f"{WP}extent")
        words = f"{properties.get('name', '')} {properties.get('descr', '')}"
        size = 0
        if extent is not None:
            size = int(extent.get("cx", "0")) * int(extent.get("cy", "0"))
        fix = "Type the text, or make a real table of it."
        if _OF_TEXT.search(words):
            what = f"a picture holds text: {quoted(words)}"
            yield Fault(paper.at(properties), what, fix)
        elif size > _PAGE_SHARE * _A4_EMU and within(properties, P) is not None:
            yield Fault(paper.at(properties), "a picture fills the page, as a scan does", fix)
