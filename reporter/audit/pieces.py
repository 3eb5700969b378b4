"""The paper cut into what is held against the evidence: sentences, and rows of tables.

In: a `Reading`. Out: `Said`s in reading order. A row is its cells joined by "; ", as the evidence
has it; a prompt is what it asks, without its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.reading import Block, Reading, ReadTable, sentences_of

BETWEEN = "; "
PROMPT = "[Author:"
_SKIPPED = ("comment",)
_COUNTS = re.compile(r"\s*(?:SEQ|REF|PAGEREF|PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence or a row. `parts` are (offset, block, offset in the block) of its stretches."""

    text: str
    parts: tuple[tuple[int, Block, int], ...]
    number: str
    section: str
    kind: str
    is_prompt: bool = False
    counted: str = ""
    """The same text with # for what Word counts: numbers of displays and pages."""

    @property
    def block(self) -> Block:
        """The block that it begins in."""
        return self.parts[0][1]

    def at(self, offset: int) -> tuple[Block, int]:
        """The block and the offset in it that a letter of the text stands at."""
        found = [part for part in self.parts if part[0] <= offset] or [self.parts[0]]
        start, block, inner = found[-1]
        return block, inner + offset - start

    def place(self, offset: int) -> str:
        """Where a letter of it stands, in a reader's words."""
        return self.at(offset)[0].place


def pieces_of(reading: Reading) -> tuple[Said, ...]:
    """Everything that the paper says, in reading order; nothing of tables of contents."""
    found: list[Said] = []
    rows = {id(b): (t, b.cell.row) for t in reading.tables for b in t.blocks if b.cell}
    done: set[tuple[int, int]] = set()
    for block in reading.blocks:
        if block.kind in _SKIPPED or block.style.startswith("toc"):
            continue
        at = rows.get(id(block))
        if at is None or block.kind == "alt":
            found += _sentences(block)
        elif (at[0].index, at[1]) not in done:
            done.add((at[0].index, at[1]))
            found += _row(*at)
    return tuple(found)


def _row(table: ReadTable, row: int) -> Iterator[Said]:
    """A row's cells in one; a cell of several sentences of an author's is cut into them."""
    blocks = [b for b in table.blocks if b.cell and b.cell.row == row and b.kind != "alt"]
    text, parts, before = "", [], None
    for block in blocks:
        if text:
            text += " " if before == block.cell else BETWEEN
        words = block.text.strip()
        parts.append((len(text), block, len(block.text) - len(block.text.lstrip())))
        text, before = text + words, block.cell
    if text.strip():
        yield Said(text, tuple(parts), _label(table), _heading(blocks[0]), "row")


def _label(table: ReadTable) -> str:
    return " ".join(table.caption.split(":")[0].split()[:2])


def _heading(block: Block) -> str:
    return block.section[-1] if block.section else ""


def _sentences(block: Block) -> Iterator[Said]:
    text, shift = block.text, 0
    opened = len(text) - len(text.lstrip())
    prompt = text[opened:].startswith(PROMPT)
    if prompt:
        shift = opened + len(PROMPT)
        text = text[shift:].rstrip().removesuffix("]")
    for sentence in sentences_of(text):
        part = (0, block, sentence.start + shift)
        counted = _counted(block, sentence.start + shift, sentence.end + shift)
        yield Said(
            sentence.text, (part,), block.address, _heading(block), block.kind, prompt, counted
        )


def _counted(block: Block, start: int, end: int) -> str:
    """The letters from `start` to `end` of a block, with # for the results of counting fields."""
    text, at = "", start
    for field in block.fields:
        inside = max(start, at) <= field.start < field.end <= end
        if inside and _COUNTS.match(field.code):
            text, at = f"{text}{block.text[at : field.start]}#", field.end
    return text + block.text[at:end]
