"""Rows 5.6 to 5.10 and 5.14: tables, their headers, cells and captions, and colour with words."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator

from reporter.check.colours import ground_of
from reporter.check.faults import Fault, told_once
from reporter.reading import OpenedPaper, looks_for
from reporter.wordml import TBL, TC, TR, Node, W, child, has_field, is_on, value, words_of

_FIGURE = re.compile(r"[£%\d][\d,.%£ ]*|\[[a-z]\]|[–-]")
_ARROWS = re.compile(r"[▲▼△▽►◄↑↓→←↔⬆⬇➔✓✔✗✘●■]")
_WORDS_OF = {"red": "red", "amber": "amber|yellow|orange", "green": "green"}


def _switch(row: Node, name: str) -> bool:
    return is_on(value(row, "trPr", name))


def row_5_6(paper: OpenedPaper) -> Iterator[Fault]:
    """The first row, and it alone, is a header row that repeats, and the table's look says so."""
    for table in paper.tables:
        marks = [_switch(row, "tblHeader") for row in table.findall(TR)]
        if marks[:1] != [True] or any(marks[1:]) or not looks_for(table, "firstRow", 0x20):
            fix = "Mark the first row alone under Repeat Header Rows, and tick Header Row."
            yield Fault(paper.at(table), "the first row is not marked as the header row", fix)


def row_5_7(paper: OpenedPaper) -> Iterator[Fault]:
    """Where the first column holds labels, the table's look says so."""
    for table in paper.tables:
        firsts = [row.findall(TC)[:1] for row in table.findall(TR)[1:]]
        texts = [words_of(cells[0]).strip() for cells in firsts if cells]
        labels = sum(not _FIGURE.fullmatch(text) for text in texts)
        if labels * 2 > len(texts) and not looks_for(table, "firstColumn", 0x80):
            fix = "Tick First Column under Table Design."
            yield Fault(paper.at(table), "the first column is not marked as labels", fix)


def row_5_8(paper: OpenedPaper) -> Iterator[Fault]:
    """No merged, split, nested or blank cells."""
    for table in paper.tables:
        spans = [n for n in table.iter(f"{W}gridSpan") if value_of(n) != "1"]
        merged = [*spans, *table.iter(f"{W}vMerge", f"{W}hMerge")]
        fix = "Split the cells, and say in each what holds for it."
        yield from told_once(paper, merged, "cells are merged", fix)
        inner = [*table.iter(TBL)][1:]
        if inner:
            yield Fault(paper.at(table), "a table stands in a cell", "Make two tables of it.")
        counts = [len(row.findall(TC)) for row in table.findall(TR)]
        if not merged and len(set(counts)) > 1:
            what = f"the rows have from {min(counts)} to {max(counts)} cells"
            yield Fault(paper.at(table), what, "Give every row the same cells.")
        blank = [cell for cell in table.iter(TC) if not words_of(cell).strip() and not _drawn(cell)]
        fix = "Write 0, or say why there is no figure, such as [x] for not available."
        yield from told_once(paper, blank, "a cell is blank", fix)


def value_of(node: Node) -> str:
    """The `w:val` of a node."""
    return str(node.get(f"{W}val", ""))


def _drawn(cell: Node) -> bool:
    return next(cell.iter(f"{W}drawing"), None) is not None


def row_5_9(paper: OpenedPaper) -> Iterator[Fault]:
    """No row is cut in two by the end of a page."""
    for table in paper.tables:
        rows = [row for row in table.findall(TR) if not _switch(row, "cantSplit")]
        fix = "Turn off 'Allow row to break across pages' for the table."
        yield from told_once(paper, rows, "a row may be cut by the end of a page", fix)


def row_5_10(paper: OpenedPaper) -> Iterator[Fault]:
    """A table is for data, and has its caption above it with a number that Word counts.

    In the front matter, before the first heading, a title in the table's properties will do.
    """
    begun = False
    tables = set(paper.tables)
    for node in paper.body.iter():
        begun = begun or (node.tag == f"{W}p" and bool(paper.heading_level(node)))
        if node not in tables:
            continue
        rows = node.findall(TR)
        if len(rows) < 2 or max(len(row.findall(TC)) for row in rows) < 2:
            fix = "Turn it into text, with a border of the paragraph where one is wanted."
            yield Fault(paper.at(node), "a table of one row or column lays out text", fix)
        caption = paper.caption_of(node)
        titled = child(node, "tblPr", "tblCaption") is not None
        if caption is None and (begun or not titled):
            yield Fault(paper.at(node), "it has no caption above it", "Insert a caption above it.")
        elif caption is not None and not has_field(caption, "SEQ"):
            fix = "Take the number out and use Insert Caption."
            yield Fault(paper.at(node), "the number of its caption is typed", fix)


def row_5_14(paper: OpenedPaper) -> Iterator[Fault]:
    """Colour and arrows are never alone: the word stands beside them."""
    for table in paper.tables:
        for cell in (cell for row in table.findall(TR)[1:] for cell in row.findall(TC)):
            words = words_of(cell).casefold()
            colour = rag_of(ground_of(paper, cell))
            if colour and not re.search(rf"\b({_WORDS_OF[colour]})\b", words):
                what = f"the cell says {colour} by its colour alone"
                yield Fault(paper.at(cell), what, f"Write the word {colour} in it.")
            if _ARROWS.search(words) and not re.search(r"[^\W\d_]{2}", words):
                fix = "Write the direction beside it, such as improved or worse."
                yield Fault(paper.at(cell), "an arrow or symbol stands without a word", fix)


def rag_of(colour: str) -> str:
    """Which of red, amber and green a full colour is taken for; empty for tints and the rest."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value_ = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.55 or value_ < 0.35:
        return ""
    degrees = hue * 360
    if degrees < 16 or degrees > 345:
        return "red"
    if degrees < 65:
        return "amber"
    return "green" if 80 <= degrees <= 165 else ""
