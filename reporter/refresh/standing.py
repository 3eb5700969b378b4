"""The evidence of the refreshed paper: its statements as they stand, the author's words marked.

In: the file as it was written, the new paper's evidence and what is known of edits. Out: evidence
that checks, explains and refreshes the file again. Statements keep the ids that they had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reporter.reading import OpenedPaper, read_opened
from reporter.refresh.align import Alignment, align
from reporter.refresh.align_blocks import align_figures, align_tables
from reporter.refresh.decide import Papers
from reporter.refresh.lines import normal
from reporter.refresh.skeleton import Block, Piece, Place, as_data, places_of
from reporter.wordml import Node

Data = dict[str, Any]


def final_ids(papers: Papers, pairs: Mapping[str, str]) -> dict[str, str]:
    """The id that each new statement has from now on: that of its old one, else the next free."""
    back = {new: old for old, new in pairs.items()}
    numbers = [int(key[1:]) for key in papers.said if key[1:].isdigit()]
    highest = max(numbers, default=0)
    made = {}
    for key in papers.says:
        if key not in back:
            highest += 1
        made[key] = back.get(key) or f"s{highest:03}"
    return made


def author_words(papers: Papers) -> dict[str, str]:
    """What the author made of each old statement that he edited, letter for letter."""
    found = {}
    for (b, p), spots in papers.found.edited.items():
        lines = [(papers.places[spot.at].line, spot) for spot in sorted(set(spots))]
        statement = papers.old[b].pieces[p].statement
        words = (
            "".join(atom.letter for atom in line.slice(spot.start, spot.end))
            for line, spot in lines
            if line is not None
        )
        if statement:
            found[statement] = " ".join(words)
    return found


def standing_evidence(
    evidence: Mapping[str, Any],
    papers: Papers,
    ids: Mapping[str, str],
    refreshed: OpenedPaper,
) -> Data:
    """The new paper's evidence as it holds for the refreshed file."""
    edits = author_words(papers)
    blocks = (*(_named(place.block, ids) for place in papers.new), *_gone(papers))
    places = places_of(refreshed)
    found = align(blocks, places, {key: normal(words) for key, words in edits.items()})
    addresses = _addresses(refreshed)
    standing = _standing(blocks, places, found, addresses)
    statements: list[Data] = []
    deleted: list[Data] = []
    for data in _all(evidence, papers, ids):
        stands = standing.get(data["id"])
        if stands is None:
            deleted.append(data)
            continue
        number, words = stands
        statements.append(_as_it_stands(data, number, words))
    made = {**evidence, "statements": statements}
    made.pop("paper", None)
    made |= {"deleted": deleted} if deleted else {}
    return {**made, "paper": [as_data(block) for block in blocks]}


def _as_it_stands(data: Data, number: str, words: str | None) -> Data:
    """`words` are the author's; None where the statement stands as it was made."""
    made = {**data, "number": number}
    if words is None:
        return made
    return {**made, "text": words, "edited": True, "generated": data["text"]}


def _all(evidence: Mapping[str, Any], papers: Papers, ids: Mapping[str, str]) -> Iterable[Data]:
    """Statements of the new paper under their ids, then old ones that it no longer has."""
    for each in evidence["statements"]:
        yield {**each, "id": ids[each["id"]]}
    for block in _gone(papers):
        for piece in block.pieces:
            old = dict(papers.said[piece.statement])
            old["text"] = old.pop("generated", old["text"])
            old.pop("edited", None)
            yield old


def _named(block: Block, ids: Mapping[str, str]) -> Block:
    pieces = (replace(p, statement=ids.get(p.statement, "")) for p in block.pieces)
    return replace(block, pieces=tuple(pieces))


def _gone(papers: Papers) -> list[Block]:
    """Old statements that the new paper does not make and that their author edited or deleted:
    should they come back, it is known. Where figures are hidden now, nothing is kept of any."""
    found: list[Block] = []
    if papers.hiding:
        return found
    for b, block in enumerate(papers.old):
        kept: list[Piece] = []
        for p, piece in enumerate(block.pieces):
            paired = (b, p) in papers.pairing.pieces
            edited = block.kind == "paragraph" and bool(papers.found.edited.get((b, p)))
            if piece.statement and not paired and (edited or papers.is_deleted((b, p))):
                kept.append(piece)
        if kept:
            found.append(replace(block, pieces=tuple(kept), gone=True))
    return found


def _addresses(paper: OpenedPaper) -> dict[Node, str]:
    """The number printed at each paragraph, or at the last numbered one under its heading."""
    found: dict[Node, str] = {}
    current = ""
    for block in read_opened(paper).body:
        if block.element is None:
            continue
        if block.kind == "heading":
            current = ""
        current = block.address or current
        found[block.element] = block.address or current
    return found


def _standing(
    blocks: Sequence[Block],
    places: Sequence[Place],
    found: Alignment,
    addresses: Mapping[Node, str],
) -> dict[str, tuple[str, str | None]]:
    """Number and the author's words of each statement that stands, by id."""
    made: dict[str, tuple[str, str | None]] = {}
    tables, figures = align_tables(blocks, places), align_figures(blocks, places)
    for b, block in enumerate(blocks):
        for p, piece in enumerate(block.pieces):
            if not piece.statement:
                continue
            if block.kind == "paragraph" and (spots := found.spots((b, p))):
                edited = (b, p) in found.edited and not found.made.get((b, p))
                words = [_raw(places[s.at], s.start, s.end) for s in sorted(set(spots))]
                number = addresses.get(places[spots[0].at].node, "")
                made[piece.statement] = number, " ".join(words) if edited else None
            elif b in tables and p in tables[b].rows:
                place = places[tables[b].at]
                cells = place.block.pieces[tables[b].rows[p]].cells
                words_now = None if cells == piece.cells else "; ".join(cells)
                made[piece.statement] = _label(places, tables[b].at, "Table"), words_now
            elif b in figures:
                text = places[figures[b]].block.pieces[0].text
                words_now = None if text == piece.text else text
                made[piece.statement] = _label(places, figures[b], "Figure"), words_now
    return made


def _raw(place: Place, start: int, end: int) -> str:
    assert place.line is not None  # A spot is in a paragraph.
    return "".join(atom.letter for atom in place.line.slice(start, end))


def _label(places: Sequence[Place], at: int, label: str) -> str:
    """The printed name of a table or figure, by how many captions of its kind stand before it."""
    captions = [
        place
        for place in places[:at]
        if place.block.kind == "paragraph"
        and place.block.style == "caption"
        and place.block.pieces[0].text.startswith(f"{label} #")
    ]
    return f"{label} {len(captions)}" if captions else label
