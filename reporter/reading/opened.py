"""A Word file opened for reading: its parts, what its styles come to, and where things stand.

In: bytes and the name that the user calls them. Out: an `OpenedPaper`, or the problems of a file
that is none or is not safe to open (STANDARDS 6.3).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from reporter.package import problems_of_package
from reporter.problems import Place, Problem, ProblemsFoundError, raise_errors
from reporter.reading.counting import Counter
from reporter.wordml import (
    FALLBACK,
    RUN,
    SDT,
    TBL,
    TC,
    TR,
    VAL,
    Node,
    P,
    W,
    child,
    has_field,
    local,
    quoted,
    value,
    whole,
    within,
    words_of,
)  # fmt: skip

MAIN = "word/document.xml"
_STORIES = {"header": "the page header", "footer": "the page footer", "footnotes": "a footnote",
            "endnotes": "an endnote"}  # fmt: skip


def open_paper(docx: bytes, name: str) -> OpenedPaper:
    """`docx` opened; raises `ProblemsFoundError` where it is not safe or no Word document."""
    place = Place.of(name)
    raise_errors(problems_of_package(docx, place))
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        content = {entry: archive.read(entry) for entry in archive.namelist()}
    paper = OpenedPaper(name, content)
    for part, inner in ((MAIN, "body"), ("word/styles.xml", "")):
        if paper.root(part) is None or (inner and child(paper.root(part), inner) is None):
            fix = "Open it in Word and save it as a Word document (.docx)."
            what = f"it has no {part}, so it is no Word document"
            raise ProblemsFoundError([Problem(place, "not-docx", what, fix)])
    return paper


class OpenedPaper:
    """The parts of a sound .docx. `content` holds them as bytes, by name."""

    def __init__(self, name: str, content: dict[str, bytes]) -> None:
        self.name = name
        self.content = content
        self._roots: dict[str, Node] = {}

    def root(self, part: str) -> Node | None:
        """The XML of a part, parsed once; None where there is no such part."""
        if part not in self._roots and part in self.content:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            self._roots[part] = etree.fromstring(self.content[part], parser)
        return self._roots.get(part)

    @cached_property
    def body(self) -> Node:
        """The main text."""
        found = child(self.root(MAIN), "body")
        assert found is not None
        return found

    @cached_property
    def stories(self) -> tuple[tuple[str, Node], ...]:
        """(part, root) of the main text, then of headers, footers and notes."""
        names = [name for name in self.content if name.startswith("word/") and "/_rels" not in name]
        kinds = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
        rest = [name for name in sorted(names) if name.startswith(kinds) and name.endswith(".xml")]
        found = ((name, self.root(name)) for name in (MAIN, *rest))
        return tuple((name, root) for name, root in found if root is not None)

    @cached_property
    def paragraphs(self) -> tuple[Node, ...]:
        """Every paragraph of the main text in reading order, those in tables and controls too.

        What stands twice in the file, for Word and for older programs, is read once.
        """
        return tuple(p for p in self.body.iter(P) if within(p, FALLBACK) is None)

    @cached_property
    def tables(self) -> tuple[Node, ...]:
        """The tables of the main text that stand in no other."""
        return tuple(table for table in self.body.iter(TBL) if within(table, TBL) is None)

    # Styles

    @cached_property
    def styles(self) -> dict[str, Node]:
        """Style elements by id."""
        root = self.root("word/styles.xml")
        found = () if root is None else root.iter(f"{W}style")
        return {style.get(f"{W}styleId", ""): style for style in found}

    @cached_property
    def _default_style(self) -> str:
        for key, style in self.styles.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                return key
        return "Normal"

    def style_chain(self, key: str) -> list[Node]:
        """The style of that id and those it is based on, nearest first."""
        chain: list[Node] = []
        while key in self.styles and self.styles[key] not in chain:
            chain.append(self.styles[key])
            key = value(chain[-1], "basedOn")
        return chain

    def styles_of(self, paragraph: Node) -> list[Node]:
        """The styles of a paragraph, nearest first; the default one where it names none."""
        return self.style_chain(value(paragraph, "pPr", "pStyle") or self._default_style)

    def style_name(self, paragraph: Node) -> str:
        """The name of a paragraph's style in small letters, as built-in ones are stored."""
        key = value(paragraph, "pPr", "pStyle") or self._default_style
        return self._style_names.get(key, "")

    @cached_property
    def _style_names(self) -> dict[str, str]:
        return {key: value(style, "name").casefold() for key, style in self.styles.items()}

    def paragraph_value(self, paragraph: Node, name: str) -> Node | None:
        """The paragraph property `name`: its own, its styles', else the document's default."""
        found = child(paragraph, "pPr", name)
        for style in self.styles_of(paragraph):
            found = child(style, "pPr", name) if found is None else found
        default = child(self.root("word/styles.xml"), "docDefaults", "pPrDefault", "pPr", name)
        return default if found is None else found

    def run_value(self, run: Node, name: str) -> Node | None:
        """The run property `name`: the run's own, its style's, the paragraph's, the table's."""
        chain = [run, *self.style_chain(value(run, "rPr", "rStyle"))]
        paragraph = within(run, P)
        chain += [] if paragraph is None else self.styles_of(paragraph)
        for holder in chain:
            if (found := child(holder, "rPr", name)) is not None:
                return found
        for look in self.table_looks(run):
            if (found := child(look, "rPr", name)) is not None:
                return found
        return child(self.root("word/styles.xml"), "docDefaults", "rPrDefault", "rPr", name)

    def table_looks(self, node: Node) -> Iterator[Node]:
        """What a table's style says of the cell that `node` stands in: strongest first."""
        cell = node if node.tag == TC else within(node, TC)
        row = None if cell is None else within(cell, TR)
        table = None if row is None else within(row, TBL)
        if cell is None or row is None or table is None:
            return
        first_row = table.findall(TR)[:1] == [row] and looks_for(table, "firstRow", 0x20)
        first_column = row.findall(TC)[:1] == [cell] and looks_for(table, "firstColumn", 0x80)
        wanted = [kind for kind, on in (("firstRow", first_row), ("firstCol", first_column)) if on]
        chain = self.style_chain(value(table, "tblPr", "tblStyle"))
        for kind in wanted:
            for style in chain:
                yield from (n for n in style.iter(f"{W}tblStylePr") if n.get(f"{W}type") == kind)
        yield from chain

    def heading_level(self, paragraph: Node) -> int:
        """1 to 9 by the outline level of the paragraph or its style; 0 where it is no heading."""
        found = self.paragraph_value(paragraph, "outlineLvl")
        level = whole(found.get(VAL, ""), 9) + 1 if found is not None else 0
        return level if level <= 9 else 0

    # Places

    @cached_property
    def _headings(self) -> dict[Node, str]:
        """The words of the heading above each paragraph of the main text."""
        found, heading = {}, ""
        for paragraph in self.paragraphs:
            found[paragraph] = heading
            if self.heading_level(paragraph):
                heading = words_of(paragraph)
        return found

    @cached_property
    def _counted(self) -> dict[Node, tuple[bool, str]]:
        counter = Counter(self.root("word/numbering.xml"), self.styles_of)
        return {p: (counter.listed(p) is not None, counter.number(p)) for p in self.paragraphs}

    def number(self, paragraph: Node) -> str:
        """The number printed at a paragraph of the main text, such as 5.1; empty without one."""
        return self._counted.get(paragraph, (False, ""))[1]

    def is_listed(self, paragraph: Node) -> bool:
        """Whether a paragraph belongs to a real list, numbered or not."""
        return self._counted.get(paragraph, (False, ""))[0]

    def caption_of(self, block: Node) -> Node | None:
        """The caption paragraph right above a table or a picture's paragraph, or None."""
        before = block.getprevious()
        if before is None and (held := within(block, SDT)) is not None:
            before = held.getprevious()
        captioned = before is not None and before.tag == P and self.style_name(before) == "caption"
        return before if captioned else None

    def table_name(self, table: Node) -> str:
        """What a reader calls a table: table 2 by its caption, or its title, or its turn."""
        caption = self.caption_of(table)
        if caption is not None and has_field(caption, "SEQ"):
            return _label_of(caption)
        title = value(table, "tblPr", "tblCaption")
        if title and title != "1":
            return f"the table {quoted(title)}"
        return f"the table without a caption, number {self.tables.index(table) + 1} in the file"

    def at(self, node: Node) -> str:
        """Where `node` stands, in the words that a reader of the paper would use."""
        root = node.getroottree().getroot()
        if root is not self.root(MAIN):
            part = next((name for name, story in self.stories if story is root), "")
            kind = part.removeprefix("word/").rstrip("0123456789.xml")
            return _STORIES.get(kind, part)
        table = node if node.tag == TBL else within(node, TBL)
        if table is not None:
            outer = [table, *table.iterancestors(TBL)][-1]
            return self.table_name(outer) + self._in_table(node, outer)
        paragraph = node if node.tag == P else within(node, P)
        if paragraph is None:
            paragraph = next(node.iter(P), None)
        return "the document" if paragraph is None else self._at_paragraph(paragraph)

    def _in_table(self, node: Node, table: Node) -> str:
        row = node if node.tag == TR else within(node, TR)
        if row is None or row not in table.findall(TR):
            return ""
        cell = node if node.tag == TC else within(node, TC)
        words = f", row {table.findall(TR).index(row) + 1}"
        if cell in row.findall(TC):
            words += f", column {row.findall(TC).index(cell) + 1}"
        return words

    def _at_paragraph(self, paragraph: Node) -> str:
        number = self.number(paragraph)
        if self.heading_level(paragraph):
            return f"heading {number} {quoted(words_of(paragraph))}".replace("  ", " ")
        heading = self._headings.get(paragraph, "")
        if number:
            # A letter alone is any section's: 2a and 3a print the same.
            lettered = bool(heading) and not number[0].isdigit()
            return f"paragraph {number}" + f" under {quoted(heading)}" * lettered
        said = quoted(words_of(paragraph), 30) if words_of(paragraph).strip() else "without words"
        caption = self.caption_of(paragraph)
        drawn = any(local(node) == "drawing" for node in paragraph.iter())
        if drawn and caption is not None:
            return _label_of(caption)
        where = f"the paragraph {said}"
        return f"{where} under {quoted(heading)}" if heading else where

    # Text

    def runs(self, paragraph: Node) -> list[Node]:
        """The runs of a paragraph that say something."""
        return [run for run in paragraph.iter(RUN) if words_of(run).strip()]


def _label_of(caption: Node) -> str:
    """What a caption names: "Table 2: Plans" is table 2."""
    return " ".join(words_of(caption).split(":")[0].split()[:2]).casefold()


def looks_for(table: Node, name: str, bit: int) -> bool:
    """Whether a table's look is ticked for `name`, written as an attribute or in the old mask."""
    look = child(table, "tblPr", "tblLook")
    if look is None:
        return False
    ticked = look.get(W + name)
    if ticked is not None:
        return ticked in ("1", "true", "on")
    try:
        return bool(int(look.get(VAL, "0"), 16) & bit)
    except ValueError:
        return False
