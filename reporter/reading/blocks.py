"""What a paper is when it is read again: blocks of text in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reporter.wordml import Node

BlockKind = Literal[
    "paragraph", "heading", "list", "caption", "cell", "textbox", "alt",
    "header", "footer", "footnote", "endnote", "comment",
]  # fmt: skip
State = Literal["plain", "inserted", "deleted", "hidden"]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of letters that stands in one node of the file.

    `start` is its offset in the block's text; -1 where it is no part of it, being deleted or
    hidden. `node` is its `w:t` (or tab, break), `run` the run around it.
    """

    text: str
    start: int
    state: State
    node: Node
    run: Node | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its instruction, and the offsets of the result that Word last stored for it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A content control around a block or in it; `asking` where it still shows its prompt."""

    tag: str
    title: str
    text: str
    asking: bool
    element: Node


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a block stands in a table; all count from 1, a merged cell by its first column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Block:
    """One paragraph of a paper, or one alternative text or comment.

    `text` has insertions and no deletions, `before` the other way round; both have tabs and breaks
    as blanks. `number` is what Word prints in front of it; `address` is the same in full, as the
    evidence has it: a lettered paragraph's with its heading's number, 2b. `level` is 1 to 9 for a
    heading, `section` holds the headings it stands under from the highest down, `place` says where
    it is in a reader's words. `cell` is set inside a table. `part` and `element` are the file's
    own, for those who write; a text file has none.
    """

    index: int
    kind: BlockKind
    text: str
    before: str
    number: str
    level: int
    style: str
    section: tuple[str, ...]
    place: str
    part: str = ""
    cell: Cell | None = None
    pieces: tuple[Piece, ...] = ()
    fields: tuple[Field, ...] = ()
    controls: tuple[Control, ...] = ()
    author: str = ""
    address: str = ""
    element: Node | None = None

    @property
    def is_tracked(self) -> bool:
        """Whether something in it is a change that nobody has accepted or rejected yet."""
        return any(piece.state in ("inserted", "deleted") for piece in self.pieces)

    @property
    def is_asking(self) -> bool:
        """Whether it is a place where the author is still asked to write."""
        return any(control.asking for control in self.controls)


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A table: its turn in the file from 1, its place and caption, and its rows of cells' texts.

    Cells of one row need not be as many as another's; a cell's paragraphs are joined by a blank.
    """

    index: int
    place: str
    caption: str
    section: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    blocks: tuple[Block, ...]
    element: Node | None


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """A series of a chart as its cache holds it: a name, categories and values as typed."""

    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ReadChart:
    """A chart of Word's own: its caches, and the cells of the workbook in it, row by row.

    `workbook` is empty where there is none or it cannot be read; `alt` is its alternative text.
    """

    place: str
    part: str
    title: str
    alt: str
    series: tuple[ReadSeries, ...]
    workbook: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Reading:
    """A paper read: its blocks in reading order, then its tables and charts."""

    name: str
    blocks: tuple[Block, ...]
    tables: tuple[ReadTable, ...] = ()
    charts: tuple[ReadChart, ...] = ()

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the main text: no headers, footers, notes and comments."""
        apart = ("header", "footer", "footnote", "endnote", "comment")
        return tuple(block for block in self.blocks if block.kind not in apart)
