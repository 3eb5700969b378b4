"""Comments with the evidence, brought up to what their paragraphs say now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from reporter.refresh.align import Key
from reporter.refresh.decide import Papers
from reporter.refresh.merge import Merge
from reporter.refresh.remarks import Remarks, lines_about, lines_of
from reporter.wordml import Node, P

Data = Mapping[str, Any]


def update_notes(papers: Papers, merge: Merge, ids: Mapping[str, str]) -> None:
    """Lets each comment with evidence that nobody edited tell what its paragraph says now, and adds
    those of new paragraphs.

    A file without any, such as a final one, gets none. `ids` are those of new statements.
    """
    held = [
        (paragraph, comment, known)
        for paragraph in merge.parts.paper.body.iter(P)
        for comment, known in merge.remarks.of_ours(paragraph)
    ]
    says = {key: {**data, "id": ids[key]} for key, data in papers.says.items()}
    now = {data["id"]: data for data in says.values()}
    standing, changed = _standing(papers, merge), _paragraphs_changed(papers, merge)
    counts = Counter(paragraph for paragraph, _, _ in held)
    for paragraph, comment, known in held:
        before, after = _of_comment(known, papers)
        told = standing.get(paragraph, []) if after is None else after
        if counts[paragraph] > 1 and after is None:
            # Paragraphs that were joined: each comment goes on about what it was about.
            told = [key for key in told if ids[key] in known]
        said = [papers.said[key] for key in before if key in papers.said]
        lines = lines_about(said)
        if lines_of(comment) != lines:
            continue
        same = [now[key] for key in before if key in now]
        if after is None and paragraph not in changed and lines == lines_about(same):
            # The same evidence: sentences that the author took out may stay in the comment.
            continue
        if told:
            merge.remarks.rewrite(comment, lines_about([says[key] for key in told]))
        elif papers.hiding or not any(_stands(key, papers) for key in before):
            merge.remarks.drop(comment)
    noted = {paragraph for paragraph, _, _ in held}
    for node in {node: None for node in merge.hosts.values() if held and node not in noted}:
        keys = [key for key, host in merge.hosts.items() if host is node]
        _add(node, [says[key] for key in keys], merge.remarks)


def _standing(papers: Papers, merge: Merge) -> dict[Node, list[str]]:
    """The new statements that each paragraph of the author's states now, in their order."""
    found: dict[Node, set[Key]] = {}
    where = {
        piece.statement: (t, p)
        for t, place in enumerate(papers.new)
        for p, piece in enumerate(place.block.pieces)
        if piece.statement
    }
    for old, new in papers.pairing.pieces.items():
        spots = papers.found.spots(old) if papers.old[old[0]].kind == "paragraph" else []
        if spots and new not in merge.made.resettled:
            found.setdefault(papers.places[spots[0].at].node, set()).add(new)
    for key, node in merge.hosts.items():
        found.setdefault(node, set()).add(where[key])
    statements = {key: statement for statement, key in where.items()}
    return {
        node: [statements[key] for key in sorted(keys) if key in statements]
        for node, keys in found.items()
    }


def _paragraphs_changed(papers: Papers, merge: Merge) -> set[Node]:
    """Paragraphs that statements came to or left for elsewhere."""
    left = {papers.places[spot.at].node for spot, new in merge.made.replaced.items() if new is None}
    return left | set(merge.hosts.values())


def _stands(statement: str, papers: Papers) -> bool:
    """Whether an old statement is still there, in its author's words."""
    return any(
        papers.old[b].pieces[p].statement == statement and spots
        for (b, p), spots in papers.found.edited.items()
    )


def _of_comment(known: Sequence[str], papers: Papers) -> tuple[Sequence[str], list[str] | None]:
    """The statements that a comment spoke of, and those of the table or chart it now speaks of.

    A table's are all of its rows: a long table's are not all named in it.
    """
    for b, block in enumerate(papers.old):
        pieces = [piece.statement for piece in block.pieces if piece.statement]
        if block.kind == "paragraph" or known[0] not in pieces:
            continue
        t = papers.pairing.blocks.get(b)
        now = papers.new[t].block.pieces if t is not None else ()
        return pieces, [piece.statement for piece in now if piece.statement]
    return known, None


def _add(node: Node, statements: Sequence[Data], remarks: Remarks) -> None:
    paragraph = node if node.tag == P else next(node.iter(P))
    remarks.around(paragraph, lines_about(statements))
