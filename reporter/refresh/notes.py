"""Comments with the evidence, brought up to what their paragraphs say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reporter.refresh.decide import Papers
from reporter.refresh.merge import Merge
from reporter.refresh.remarks import Remarks, lines_about, lines_of
from reporter.wordml import Node, P

Data = Mapping[str, Any]


def update_notes(papers: Papers, merge: Merge, ids: Mapping[str, str]) -> None:
    """Rewrites each comment with evidence that nobody edited, and adds those of new paragraphs.

    A file without any, such as a final one, gets none. `ids` are those of new statements.
    """
    held = [
        (paragraph, comment, known)
        for paragraph in merge.parts.paper.body.iter(P)
        for comment, known in merge.remarks.of_ours(paragraph)
    ]
    says = {ids[key]: {**data, "id": ids[key]} for key, data in papers.says.items()}
    hosts: dict[Node, list[str]] = {}
    for key, node in merge.hosts.items() if held else ():
        hosts.setdefault(node, []).append(ids[key])
    for paragraph, comment, known in held:
        before, after = _of_comment(known, papers, ids)
        said = [papers.said[key] for key in before if key in papers.said]
        if lines_of(comment) != lines_about(said):
            continue
        told = [key for key in (*after, *hosts.pop(paragraph, ())) if key in says]
        if told:
            merge.remarks.rewrite(comment, lines_about([says[key] for key in told]))
    for node, keys in hosts.items():
        _add(node, [says[key] for key in keys], merge.remarks)


def _of_comment(
    known: Sequence[str], papers: Papers, ids: Mapping[str, str]
) -> tuple[Sequence[str], Sequence[str]]:
    """The statements that a comment speaks of, and those that it is to speak of now.

    A table's are all of its rows: a long table's are not all named in it.
    """
    for b, block in enumerate(papers.old):
        rows = [piece.statement for piece in block.pieces if piece.statement]
        if block.kind != "table" or known[0] not in rows:
            continue
        t = papers.pairing.blocks.get(b)
        pieces = papers.new[t].block.pieces if t is not None else ()
        return rows, [ids[piece.statement] for piece in pieces if piece.statement]
    return known, known


def _add(node: Node, statements: Sequence[Data], remarks: Remarks) -> None:
    paragraph = node if node.tag == P else next(node.iter(P))
    remarks.around(paragraph, lines_about(statements))
