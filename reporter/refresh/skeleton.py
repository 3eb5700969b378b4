"""What was generated, block by block: kept in the evidence, so that edits can be told from it.

In: a paper of ours, and its statements. Out: its blocks in reading order, header and
footer too, with every piece of text and the statement it is, the cells of its tables, and a digest
of what each chart shows. The same reader reads the paper that comes back from its author.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from reporter.reading import OpenedPaper, related
from reporter.refresh.lines import Line, line_of, normal, texts_of
from reporter.wordml import RUN, TBL, TC, TR, WP, Node, P, R, child, local, within

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWN = f"{WP}docPr"
_RELATED = (f"{R}embed", f"{R}id")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph or a row; `statement` is the id of the statement that they are."""

    text: str
    statement: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (its `pieces`), a table (a piece a row) or a figure (its text alternative).

    `part` is where it stands: the main text (`document`), a `header` or a `footer`; `digest` tells
    what a figure shows. `gone` marks what the paper no longer says but its author has edited or
    deleted.
    """

    kind: str
    part: str
    pieces: tuple[Piece, ...]
    style: str = ""
    digest: str = ""
    gone: bool = False


@dataclass(frozen=True, eq=False)
class Place:
    """Where a block stands in an opened paper: its paragraph, table or run with a drawing.

    `part` is the name of the part of the file.
    """

    block: Block
    part: str
    node: Node
    rows: tuple[Node, ...] = field(default=())

    @cached_property
    def line(self) -> Line | None:
        """The paragraph as a line, read when it is first asked for; None for a table or drawing."""
        return line_of(self.node) if self.block.kind == "paragraph" else None


def paper_of(paper: OpenedPaper, statements: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The evidence's `paper`: the blocks of a paper that was just generated, as plain data."""
    return [as_data(place.block) for place in told(places_of(paper), statements)]


def places_of(paper: OpenedPaper) -> list[Place]:
    """Every block of `paper` that shows something, its pieces whole paragraphs."""
    stories = [story for story in paper.stories if not story[0].endswith("notes.xml")]
    return [
        place
        for part, root in stories
        for place in _blocks(_Story(paper, part, _kind(part), texts_of(root)), root)
        if _says(place)
    ]


@dataclass(frozen=True, slots=True)
class _Story:
    """A part of `paper` while it is read: `texts` by its paragraphs."""

    paper: OpenedPaper
    part: str
    kind: str
    texts: Mapping[Node, str]


def _says(place: Place) -> bool:
    return place.block.kind != "paragraph" or bool(place.block.pieces[0].text)


def _kind(part: str) -> str:
    return part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")


def _blocks(story: _Story, root: Node) -> Iterator[Place]:
    for node in root:
        tag = node.tag
        if tag == P:
            yield from _paragraph(story, node)
        elif tag == TBL:
            yield _table(story, node)
        elif local(node) not in ("sectPr", "sdtPr"):
            yield from _blocks(story, node)


def _paragraph(story: _Story, node: Node) -> Iterator[Place]:
    paper, part = story.paper, story.part
    style = paper.style_name(node)
    words = (Piece(story.texts[node]),)
    yield Place(Block("paragraph", story.kind, words, style), part, node)
    if next(node.iter(_DRAWN), None) is None:
        return
    for run in node.iter(RUN):
        properties = next(run.iter(_DRAWN), None)
        if properties is None or within(run, P) is not node or _is_deleted(run):
            continue
        alt = normal(properties.get("descr", ""))
        block = Block("figure", story.kind, (Piece(alt),), style, digest_of(paper, part, run))
        yield Place(block, part, run)


def _is_deleted(run: Node) -> bool:
    return any(local(above) in ("del", "moveFrom") for above in run.iterancestors())


def _table(story: _Story, node: Node) -> Place:
    rows = tuple(row for row in rows_of(node) if child(row, "trPr", "del") is None)
    pieces = []
    for row in rows:
        cells = tuple(_cell_text(cell, story.texts) for cell in cells_of(row))
        pieces.append(Piece("; ".join(cells), cells=cells))
    return Place(Block("table", story.kind, tuple(pieces)), story.part, node, rows=rows)


def rows_of(table: Node) -> list[Node]:
    """The rows of a table, those in content controls too, not those of tables in its cells."""
    return [row for row in table.iter(TR) if within(row, TBL) is table]


def cells_of(row: Node) -> list[Node]:
    """The cells of a row, those in content controls too."""
    return [cell for cell in row.iter(TC) if within(cell, TR) is row]


def _cell_text(cell: Node, texts: Mapping[Node, str]) -> str:
    """The words of a cell as they are compared."""
    return " ".join(filter(None, (texts[paragraph] for paragraph in cell.iter(P))))


def digest_of(paper: OpenedPaper, part: str, run: Node) -> str:
    """A digest of what a drawing shows: a picture's bytes, a chart's figures and colours."""
    target = target_of(paper, part, run)
    if target.startswith("word/charts/") and (root := paper.root(target)) is not None:
        return hashlib.sha256(repr(_figures(root)).encode()).hexdigest()
    return hashlib.sha256(paper.content.get(target, b"")).hexdigest()


def target_of(paper: OpenedPaper, part: str, run: Node) -> str:
    """The name of the part that the drawing in `run` shows; empty where it shows none."""
    return related(paper, part, relation_of(run))


def relation_of(run: Node) -> str:
    """The relationship by which a drawing is shown."""
    for node in run.iter(f"{_A}blip", f"{_C}chart"):
        for name in _RELATED:
            if found := node.get(name):
                return found
    return ""


def _figures(root: etree._Element) -> list[object]:
    """Titles, kinds, colours and figures of a chart, however a program may write them."""
    told: list[object] = [normal("".join(node.text or "" for node in root.iter(f"{_A}t")))]
    for series in root.iter(f"{_C}ser"):
        kind = series.getparent()
        colours = sorted(node.get("val", "") for node in series.iter(f"{_A}srgbClr"))
        points = [_plain(point.text or "") for point in series.iter(f"{_C}v")]
        told.append(("" if kind is None else local(kind), colours, points))
    return told


def _plain(text: str) -> str:
    try:
        return format(float(text), ".10g")
    except ValueError:
        return normal(text)


def told(places: Sequence[Place], statements: Sequence[Mapping[str, Any]]) -> list[Place]:
    """`places` of a paper just generated, each piece with the statement that it is.

    Statements stand in reading order; text that is none stays a piece between them.
    """
    waiting = deque((str(each["id"]), normal(str(each["text"]))) for each in statements)
    found = []
    for place in places:
        block = place.block
        if block.kind == "paragraph":
            pieces = _parted(block.pieces[0].text, waiting)
        else:
            pieces = tuple(_named(piece, waiting) for piece in block.pieces)
        named = Block(block.kind, block.part, pieces, block.style, block.digest, block.gone)
        found.append(Place(named, place.part, place.node, place.rows))
    return found


def _named(piece: Piece, waiting: deque[tuple[str, str]]) -> Piece:
    if waiting and piece.text == waiting[0][1]:
        return Piece(piece.text, waiting.popleft()[0], piece.cells)
    return piece


def _parted(text: str, waiting: deque[tuple[str, str]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    while waiting:
        key, words = waiting[0]
        shown = next((form for form in (words, f"[Author: {words}]") if text.startswith(form)), "")
        if not shown:
            break
        pieces.append(Piece(shown, key))
        waiting.popleft()
        text = text[len(shown) :].lstrip()
    return (*pieces, Piece(text)) if text or not pieces else tuple(pieces)


def as_data(block: Block) -> dict[str, Any]:
    """A block as the evidence holds it; what is empty is left out."""
    pieces = []
    for piece in block.pieces:
        data: dict[str, Any] = {"statement": piece.statement} if piece.statement else {}
        data |= {"cells": list(piece.cells)} if piece.cells else {"text": piece.text}
        pieces.append(data)
    made = {"kind": block.kind, "part": block.part, "style": block.style, "digest": block.digest}
    return {key: text for key, text in made.items() if text} | (
        {"gone": True, "pieces": pieces} if block.gone else {"pieces": pieces}
    )


def from_data(data: Mapping[str, Any]) -> Block:
    """The inverse of `as_data`; `KeyError`, `TypeError` or `AttributeError` where it is none."""
    pieces = []
    for each in data["pieces"]:
        cells = tuple(map(str, each.get("cells", ())))
        text = "; ".join(cells) if cells else str(each["text"])
        pieces.append(Piece(text, str(each.get("statement", "")), cells))
    return Block(
        str(data["kind"]), str(data["part"]), tuple(pieces), str(data.get("style", "")),
        str(data.get("digest", "")), bool(data.get("gone", False)),
    )  # fmt: skip
