"""A Word file as blocks in reading order: main text first, then headers, footers, notes, comments.

In: bytes, or an `OpenedPaper`. Out: a `Reading`. What stands twice in the file, for Word and for
older programs, is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reporter.reading.blocks import Block, BlockKind, Cell, Control, ReadChart, Reading, ReadTable
from reporter.reading.charts import chart_at, pictures_in
from reporter.reading.opened import MAIN, OpenedPaper, open_paper
from reporter.reading.words import CHOICE, WordReader
from reporter.wordml import (
    FALLBACK,
    SDT,
    TBL,
    TC,
    TR,
    Node,
    P,
    W,
    child,
    local,
    value,
    whole,
    within,
    words_of,
)  # fmt: skip

COMMENTS = "word/comments.xml"
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")
_STORIES: dict[str, BlockKind] = {
    "header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote",
}  # fmt: skip
_NAMES = {"header": "the page header", "footer": "the page footer"}


def read_docx(docx: bytes, name: str) -> Reading:
    """`docx` read; raises `ProblemsFoundError` where it is not safe or no Word document."""
    return read_opened(open_paper(docx, name))


def read_opened(paper: OpenedPaper) -> Reading:
    """The same of a paper that is open already; elements are those of its parts."""
    reader = _Reader(paper)
    reader.story(paper.body, _Story(MAIN, ""))
    for part, root in paper.stories[1:]:
        kind = part.removeprefix("word/").rstrip("0123456789.xml")
        for place, holder in _holders(kind, root):
            reader.story(holder, _Story(part, place, _story_kind(kind)))
    comments = paper.root(COMMENTS)
    places = {} if comments is None else _comment_places(paper)
    for comment in () if comments is None else comments.iter(f"{W}comment"):
        author = comment.get(f"{W}author", "")
        where = places.get(comment.get(f"{W}id", ""), "")
        place = f"a comment by {author or 'nobody'}" + (f" at {where}" if where else "")
        reader.story(comment, _Story(COMMENTS, place, "comment", author))
    return Reading(paper.name, tuple(reader.blocks), tuple(reader.tables), tuple(reader.charts))


def _story_kind(name: str) -> BlockKind:
    """What the blocks of a part are; parts are chosen by how their names begin."""
    return next(kind for start, kind in _STORIES.items() if name.startswith(start))


def _holders(kind: str, root: Node) -> Iterator[tuple[str, Node]]:
    """The place and the node of each text in a part: the header, or one note after another."""
    if kind in _NAMES:
        yield _NAMES[kind], root
        return
    notes = [n for n in root if n.get(f"{W}type", "normal") not in _NO_NOTES]
    for at, note in enumerate(notes, start=1):
        yield f"{kind.removesuffix('s')} {at}", note


def _comment_places(paper: OpenedPaper) -> dict[str, str]:
    """Where each comment hangs, by its id."""
    marks = paper.body.iter(f"{W}commentRangeStart", f"{W}commentReference")
    found: dict[str, str] = {}
    for mark in marks:
        key = mark.get(f"{W}id", "")
        if key not in found:
            found[key] = paper.at(mark)
    return found


@dataclass(frozen=True, slots=True)
class _Story:
    """One of the texts of a paper. The main one has no place of its own."""

    part: str
    place: str
    kind: BlockKind = "paragraph"
    author: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """What a paragraph stands in: controls from the outside in, a table's cell, a text box."""

    controls: tuple[Control, ...] = ()
    cell: Cell | None = None
    place: str = ""
    kind: BlockKind | None = None


@dataclass
class _Reader:
    """What was read so far."""

    paper: OpenedPaper
    blocks: list[Block] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    charts: list[ReadChart] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)
    _words: WordReader = field(default_factory=WordReader)
    _tables_begun: int = 0
    _heading_number: str = ""

    def story(self, root: Node, story: _Story) -> None:
        """Everything under `root`."""
        self._path, self._words = [], WordReader()
        self._walk(root, story, _Around())

    def _walk(self, node: Node, story: _Story, around: _Around) -> None:
        for inner in node:
            name = local(inner)
            if inner.tag == P:
                self._paragraph(inner, story, around)
            elif inner.tag == TBL:
                self._table(inner, story, around)
            elif inner.tag == SDT:
                held = (*around.controls, _control(inner))
                content = child(inner, "sdtContent")
                if content is not None:
                    self._walk(content, story, replace(around, controls=held))
            elif name == "AlternateContent":
                chosen = inner.find(CHOICE)
                if chosen is not None:
                    self._walk(chosen, story, around)
            elif name in ("ins", "del", "moveTo", "moveFrom", "customXml", "smartTag"):
                self._walk(inner, story, around)

    def _paragraph(self, node: Node, story: _Story, around: _Around) -> None:
        words = self._words.read(node)
        main = story.part == MAIN and around.kind is None
        level = self.paper.heading_level(node) if main and around.cell is None else 0
        place = around.place or story.place or self.paper.at(node)
        inside = tuple(_control(control) for control in node.iter(SDT) if not _apart(control, node))
        if words.text.strip() or words.before.strip() or inside or around.controls:
            if level and words.text.strip():
                self._path = [entry for entry in self._path if entry[0] < level]
            number = self.paper.number(node) if main else ""
            self.blocks.append(
                Block(
                    len(self.blocks), self._kind(node, story, around, level), words.text,
                    words.before, number, level, self.paper.style_name(node), self._section(),
                    place, story.part, around.cell, words.pieces, words.fields,
                    (*around.controls, *inside), story.author, self._address(number), node,
                )
            )  # fmt: skip
            if level and words.text.strip():
                self._path.append((level, words.text.strip()))
                self._heading_number = number
        self._drawings(node, story, around, place)

    def _address(self, number: str) -> str:
        lettered = number and not number[0].isdigit()
        return f"{self._heading_number}{number.strip('()')}" if lettered else number

    def _section(self) -> tuple[str, ...]:
        return tuple(words for _, words in self._path)

    def _kind(self, node: Node, story: _Story, around: _Around, level: int) -> BlockKind:
        if around.kind is not None:
            return around.kind
        if story.kind != "paragraph":
            return story.kind
        if around.cell is not None:
            return "cell"
        if level:
            return "heading"
        if self.paper.style_name(node) == "caption":
            return "caption"
        bullet = self.paper.is_listed(node) and not self.paper.number(node)[:1].isdigit()
        return "list" if bullet else "paragraph"

    def _drawings(self, node: Node, story: _Story, around: _Around, place: str) -> None:
        """The alternative texts, charts and text boxes that hang on a paragraph."""
        for picture in pictures_in(node):
            where = f"the alternative text of {place}"
            if picture.alt:
                self.blocks.append(
                    Block(
                        len(self.blocks), "alt", picture.alt, picture.alt, "", 0, "",
                        self._section(), where, story.part, around.cell, element=picture.node,
                    )
                )  # fmt: skip
            chart = chart_at(self.paper, story.part, picture, place)
            if chart is not None:
                self.charts.append(chart)
        for box in node.iter(f"{W}txbxContent"):
            if within(box, FALLBACK) is None and within(box, P) is node:
                inside = _Around(around.controls, None, f"a text box at {place}", "textbox")
                self._walk(box, story, inside)

    def _table(self, node: Node, story: _Story, around: _Around) -> None:
        self._tables_begun += 1
        index, first = self._tables_begun, len(self.blocks)
        place = around.place or story.place or self.paper.table_name(node)
        captioned = self.paper.caption_of(node) if story.part == MAIN else None
        rows = []
        for number, row in enumerate(_own(node, TR, TBL), start=1):
            cells, column = [], 1
            for cell in _own(row, TC, TR):
                begun = len(self.blocks)
                where = f"{place}, row {number}, column {column}"
                held = tuple(_control(c) for c in cell.iterancestors(SDT) if within(c, TBL) is node)
                at = _Around((*around.controls, *held), Cell(index, number, column), where,
                             around.kind)  # fmt: skip
                self._walk(cell, story, at)
                cells.append(" ".join(_said(self.blocks[begun:], at.cell)))
                column += max(whole(value(child(cell, "tcPr"), "gridSpan"), 1), 1)
            rows.append(tuple(cells))
        own = tuple(b for b in self.blocks[first:] if b.cell and b.cell.table == index)
        caption = "" if captioned is None else words_of(captioned)
        self.tables.append(
            ReadTable(index, place, caption, self._section(), tuple(rows), own, node)
        )


def _said(blocks: list[Block], cell: Cell | None) -> Iterator[str]:
    for block in blocks:
        if block.cell == cell and block.kind != "alt" and block.text.strip():
            yield block.text.strip()


def _own(node: Node, tag: str, holder: str) -> Iterator[Node]:
    """The `tag`s under `node` that stand in no inner `holder`: rows in a control count too."""
    return (found for found in node.iter(tag) if within(found, holder) is node)


def _apart(control: Node, paragraph: Node) -> bool:
    """Whether a control stands in a text box of the paragraph, or is a copy for old programs."""
    return within(control, P) is not paragraph or within(control, FALLBACK) is not None


def _control(node: Node) -> Control:
    properties = child(node, "sdtPr")
    asking = child(properties, "showingPlcHdr") is not None
    tag, title = value(properties, "tag"), value(properties, "alias")
    return Control(tag, title, words_of(node).strip(), asking, node)
