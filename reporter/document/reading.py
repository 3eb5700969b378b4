"""A finished Word file, read without the library that wrote it: parts, paragraphs, styles, tables.

For checks. It sees what python-docx passes over: content controls, fields, hyperlinks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from docx_plus.core import qn
from lxml import etree

P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
VAL = qn("w:val")


class Reading:
    """The parts of a .docx by name, and what the checks ask of them. The file must be sound."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            self.parts: dict[str, Any] = {
                name: etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }
        self.body: Any = self.parts["word/document.xml"].find(qn("w:body"))

    @cached_property
    def styles(self) -> dict[str, Any]:
        """Style elements by id."""
        return {
            s.get(qn("w:styleId")): s for s in self.parts["word/styles.xml"].iter(qn("w:style"))
        }

    @cached_property
    def defaults(self) -> Any:
        """The document's default run properties, or None."""
        return next(self.parts["word/styles.xml"].iter(qn("w:rPrDefault")), None)

    def paragraphs(self, root: Any = None) -> Iterator[Any]:
        """Every paragraph, those in tables and content controls included, in reading order."""
        return iter((self.body if root is None else root).iter(P))

    def tables(self) -> list[Any]:
        """Every table that is in no other."""
        return [t for t in self.body.iter(TBL) if next(t.iterancestors(TBL), None) is None]

    def stories(self) -> Iterator[tuple[str, Any]]:
        """The main text, headers, footers and notes, by the name of their part."""
        for name, root in self.parts.items():
            if name.startswith(("word/document", "word/header", "word/footer", "word/footnotes")):
                yield name, root

    def style_of(self, paragraph: Any) -> str:
        """The id of a paragraph's style; empty for the default one."""
        node = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if node is None else str(node.get(VAL))

    def style_name(self, style: str) -> str:
        """The name of a style in the file, in small letters: built-in names are so."""
        node = self.styles.get(style)
        return "" if node is None else str(node.find(qn("w:name")).get(VAL)).casefold()

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9 for a heading, by the outline level of its style; 0 for any other paragraph."""
        level = self.styled(self.style_of(paragraph), "w:pPr", "w:outlineLvl")
        value = int(level.get(VAL)) + 1 if level is not None else 0
        return value if value <= 9 else 0

    def styled(self, style: str, kind: str, tag: str) -> Any:
        """The element `tag` (in `w:pPr` or `w:rPr`) that a style has or inherits, or None."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            node = self.styles[style].find(f"{qn(kind)}/{qn(tag)}")
            if node is not None:
                return node
            based = self.styles[style].find(qn("w:basedOn"))
            style = "" if based is None else str(based.get(VAL))
        return None

    def run_value(self, run: Any, paragraph: Any, tag: str) -> str:
        """What a run property comes to: the run's own, its styles', else the document's default."""
        own = run.find(f"{qn('w:rPr')}/{qn(tag)}")
        if own is None:
            named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            own = None if named is None else self.styled(str(named.get(VAL)), "w:rPr", tag)
        if own is None:
            own = self.styled(self.style_of(paragraph) or "Normal", "w:rPr", tag)
        if own is None and self.defaults is not None:
            own = next(self.defaults.iter(qn(tag)), None)
        return "" if own is None else str(own.get(VAL, "1"))


def words_of(node: Any) -> str:
    """All words under a node, as they are read."""
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


def luminance(colour: str) -> float:
    """The relative luminance of six hex digits (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 1.4.3)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
