"""Which piece of the new paper is which of the old: statements by what they say, the rest by words.

In: the blocks of both as they were generated, and the statements that are the same. Text that is no
statement (headings, captions, notes, the brief's own words) is paired in order between those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporter.refresh.align import Key
from reporter.refresh.likeness import in_order, likeness
from reporter.refresh.skeleton import Block, Piece

_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Pairing:
    """`pieces`: old piece to new piece, rows of tables and texts of figures included.

    `blocks`: old table or figure to new. `homes`: old paragraph to the new one that takes most of
    it; `astray` are those of them that come in another order now.
    """

    pieces: Mapping[Key, Key]
    blocks: Mapping[int, int]
    homes: Mapping[int, int]
    astray: frozenset[int]


def pair_papers(
    old: Sequence[Block], new: Sequence[Block], statements: Mapping[str, str]
) -> Pairing:
    """The counterpart in `new` of each piece of `old`; `statements` maps their ids."""
    where = {
        piece.statement: (b, p)
        for b, block in enumerate(new)
        for p, piece in enumerate(block.pieces)
        if piece.statement
    }
    pieces: dict[Key, Key] = {}
    for b, block in enumerate(old):
        for p, piece in enumerate(block.pieces):
            if (key := where.get(statements.get(piece.statement, ""))) is not None:
                pieces[b, p] = key
    blocks = _blocks(old, new, pieces)
    for b, other in blocks.items():
        if old[b].kind == "table":
            _rows(b, old[b], other, new[other], pieces)
        _beside(b, other, old, new, pieces)
    _inside(old, new, _most_shared(old, new, pieces, paragraphs=True), pieces)
    _texts(old, new, pieces)
    homes = _most_shared(old, new, pieces, paragraphs=True)
    return Pairing(pieces, blocks, homes, _astray({**homes, **blocks}))


def _blocks(
    old: Sequence[Block], new: Sequence[Block], pieces: Mapping[Key, Key]
) -> dict[int, int]:
    """Tables and figures by the statements in them, the most shared first; then by their words."""
    found = _most_shared(old, new, pieces, paragraphs=False)
    heads = [_head(block) for block in old], [_head(block) for block in new]
    for b, other in in_order(*heads):
        if old[b].kind != "paragraph" and b not in found and other not in found.values():
            found[b] = other
    return found


def _most_shared(
    old: Sequence[Block], new: Sequence[Block], pieces: Mapping[Key, Key], *, paragraphs: bool
) -> dict[int, int]:
    """The new block of each old one of the same kind that shares most pieces with it."""
    shared: dict[tuple[int, int], int] = {}
    for (b, _), (other, _) in pieces.items():
        if old[b].kind == new[other].kind and (old[b].kind == "paragraph") == paragraphs:
            shared[b, other] = shared.get((b, other), 0) + 1
    found: dict[int, int] = {}
    for (b, other), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if b not in found and other not in found.values():
            found[b] = other
    return found


def _astray(homes: Mapping[int, int]) -> frozenset[int]:
    """Blocks outside the longest run of blocks that keep their order."""
    order = sorted(homes)
    longest: dict[int, tuple[int, int | None]] = {}
    for at, b in enumerate(order):
        before = [(longest[c][0], c) for c in order[:at] if homes[c] < homes[b]]
        length, last = max(before, default=(0, None), key=lambda run: run[0])
        longest[b] = (length + 1, last)
    at_last = max(order, default=None, key=lambda b: longest[b][0])
    kept = set()
    while at_last is not None:
        kept.add(at_last)
        at_last = longest[at_last][1]
    return frozenset(order) - kept


def _head(block: Block) -> tuple[object, ...]:
    """What a table or figure without statements is known by."""
    if block.kind == "table":
        return ("table", block.part, block.pieces[0].cells)
    return (block.kind, block.part, block.digest or block.pieces[0].text)


def _rows(b: int, block: Block, other: int, its: Block, pieces: dict[Key, Key]) -> None:
    """Rows that are no statements: the heading row, those of the front matter by their names."""
    taken = set(pieces.values())
    for p, piece in enumerate(block.pieces):
        for q, row in enumerate(its.pieces):
            if piece.statement or row.statement or (b, p) in pieces or (other, q) in taken:
                continue
            if p == q == 0 or piece.cells[:1] == row.cells[:1]:
                pieces[b, p] = (other, q)
                taken.add((other, q))


def _beside(
    b: int, other: int, old: Sequence[Block], new: Sequence[Block], pieces: dict[Key, Key]
) -> None:
    """The caption above a table or figure goes with it, whatever it says now."""
    above, its = (b - 1, 0), (other - 1, 0)
    if b and other and old[b - 1].style == new[other - 1].style == "caption":
        pieces[above] = its


def _inside(
    old: Sequence[Block], new: Sequence[Block], homes: Mapping[int, int], pieces: dict[Key, Key]
) -> None:
    """Texts among the statements of a paragraph, such as "See Figure 1.", go where it goes."""
    for b, other in homes.items():
        ours, theirs = _texts_in(old, b), _texts_in(new, other)
        for p, q in zip(ours, theirs, strict=False):
            pieces[b, p] = (other, q)


def _texts_in(blocks: Sequence[Block], b: int) -> list[int]:
    """The texts in a paragraph that holds statements too."""
    said = [bool(piece.statement) for piece in blocks[b].pieces]
    return [p for p, is_one in enumerate(said) if not is_one] if any(said) else []


def _texts(old: Sequence[Block], new: Sequence[Block], pieces: dict[Key, Key]) -> None:
    """Texts that are no statements: equal ones in order, equal ones elsewhere, then alike ones."""
    ours, theirs = _keys(old), _keys(new)
    names = {key: f"pair {at}" for at, pair in enumerate(pieces.items()) for key in (pair[0],)}
    others = {pair[1]: names[pair[0]] for pair in pieces.items()}
    one = [names.get(key, _words(old, key)) for key in ours]
    other = [others.get(key, _words(new, key)) for key in theirs]
    taken = set(pieces.values())
    for i, j in in_order(one, other):
        if not _is_inside(old, ours[i]) and ours[i] not in pieces and theirs[j] not in taken:
            pieces[ours[i]] = theirs[j]
            taken.add(theirs[j])
    for exact in (True, False):
        for key in ours:
            free = [k for k in theirs if k not in taken and _styles(old, key) == _styles(new, k)]
            if key in pieces or not free or _is_inside(old, key):
                continue
            near = pieces.get((key[0] - 1, 0), key)[0]
            best = max(free, key=lambda k: (_same(old, key, new, k), -abs(k[0] - near)))
            if _same(old, key, new, best) >= (1 if exact else _ALIKE):
                pieces[key] = best
                taken.add(best)


def _keys(blocks: Sequence[Block]) -> list[Key]:
    """The pieces of paragraphs; statements among them, so that they part texts."""
    return [
        (b, p)
        for b, block in enumerate(blocks)
        if block.kind == "paragraph"
        for p in range(len(block.pieces))
    ]


def _piece(blocks: Sequence[Block], key: Key) -> Piece:
    return blocks[key[0]].pieces[key[1]]


def _styles(blocks: Sequence[Block], key: Key) -> tuple[str, str, bool]:
    block = blocks[key[0]]
    return block.style, block.part, _is_inside(blocks, key)


def _is_inside(blocks: Sequence[Block], key: Key) -> bool:
    """Whether a piece is a statement or stands among some."""
    return any(piece.statement for piece in blocks[key[0]].pieces)


def _words(blocks: Sequence[Block], key: Key) -> tuple[object, ...]:
    piece = _piece(blocks, key)
    return (piece.text, piece.statement, *_styles(blocks, key))


def _same(old: Sequence[Block], key: Key, new: Sequence[Block], other: Key) -> float:
    one, its = _piece(old, key).text, _piece(new, other).text
    return 1.0 if one == its else min(likeness(one, its), 0.99)
