"""Which table or figure of the edited paper is which of ours, and its rows and columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reporter.refresh.likeness import in_order
from reporter.refresh.skeleton import Block, Place

_SOME, _MOST = 0.25, 0.5


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of ours in the edited paper: its place, and what became of rows and columns.

    `rows` gives the edited paper's row of each of ours, `columns` its column of each of ours.
    """

    at: int
    rows: Mapping[int, int]
    columns: Mapping[int, int]


def align_tables(blocks: Sequence[Block], places: Sequence[Place]) -> dict[int, TableFound]:
    """The table in the edited paper of each generated one that still stands, by its cells."""
    scores = []
    for b, block in enumerate(blocks):
        for at, place in enumerate(places):
            same = block.kind == place.block.kind == "table" and block.part == place.block.part
            if same and not block.gone:
                score = _shared_cells(block, place.block)
                scores += [(-score, abs(b - at), b, at)] if score >= _SOME else []
    found: dict[int, TableFound] = {}
    for _, _, b, at in sorted(scores):
        if b not in found and all(each.at != at for each in found.values()):
            found[b] = _table_found(blocks[b], at, places[at].block)
    return found


def _shared_cells(one: Block, other: Block) -> float:
    first, second = _cells(one), _cells(other)
    both = sum(min(count, second.get(text, 0)) for text, count in first.items())
    return both / max(sum(first.values()), sum(second.values()), 1)


def _cells(block: Block) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for piece in block.pieces:
        for text in piece.cells:
            counts[text] += 1
    return counts


def _table_found(block: Block, at: int, mine: Block) -> TableFound:
    rows = dict(in_order([p.cells for p in block.pieces], [p.cells for p in mine.pieces]))
    _pair_left(rows, [p.cells for p in block.pieces], [p.cells for p in mine.pieces], exact=True)
    _pair_left(rows, [p.cells for p in block.pieces], [p.cells for p in mine.pieces], exact=False)
    heads = block.pieces[0].cells, mine.pieces[rows.get(0, 0)].cells
    columns = dict(in_order(*heads))
    if len(heads[0]) == len(heads[1]):
        columns = {at: at for at in range(len(heads[0]))}
    return TableFound(at, rows, columns)


def _pair_left(
    rows: dict[int, int],
    ours: Sequence[tuple[str, ...]],
    mine: Sequence[tuple[str, ...]],
    exact: bool,
) -> None:
    """Pairs the rows left over: the same cells elsewhere, else the same first cell or most of
    them."""
    for r, cells in enumerate(ours):
        if r in rows:
            continue
        free = [at for at in range(len(mine)) if at not in rows.values()]
        alike = [(_row_likeness(cells, mine[at]), -abs(at - r), at) for at in free]
        score, _, at = max(alike, default=(0.0, 0, -1))
        if score >= (1 if exact else _MOST):
            rows[r] = at


def _row_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    same = sum(1 for _ in in_order(one, other)) / max(len(one), len(other), 1)
    return max(same, 0.75 if one[:1] == other[:1] else 0.0) if same < 1 else 1.0


def align_figures(blocks: Sequence[Block], places: Sequence[Place]) -> dict[int, int]:
    """The place of each generated figure that still stands: by what it shows and says, then by
    either, then by standing under the same caption."""
    ours = [b for b, block in enumerate(blocks) if block.kind == "figure" and not block.gone]
    mine = [at for at, place in enumerate(places) if place.block.kind == "figure"]
    found: dict[int, int] = {}

    def pair(same: Iterable[tuple[int, int]]) -> None:
        for b, at in same:
            if b not in found and at not in found.values():
                found[b] = at

    every = [(b, at, blocks[b], places[at].block) for b in ours for at in mine]
    shown = [(b, at) for b, at, one, other in every if one.digest == other.digest]
    named = [(b, at) for b, at, one, other in every if _text(one) == _text(other) != ""]
    pair(each for each in shown if each in named)
    pair(named)
    pair(shown)
    pair(
        (b, at)
        for b, at in ((b, at) for b, at, _, _ in every if b and at)
        if _text(blocks[b - 1]) == _text(places[at - 1].block) != ""
    )
    return found


def _text(block: Block) -> str:
    return " ".join(piece.text for piece in block.pieces)
