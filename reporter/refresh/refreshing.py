"""One paper refreshed: three papers laid side by side, decided on, merged, and what stands then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reporter.problems import Place as At
from reporter.problems import Problem, ProblemsFoundError
from reporter.reading import OpenedPaper, open_paper
from reporter.refresh.align import align
from reporter.refresh.align_blocks import align_figures, align_tables
from reporter.refresh.decide import Papers, decide
from reporter.refresh.hiding import Figure, Hiding
from reporter.refresh.identity import match_statements
from reporter.refresh.lines import normal
from reporter.refresh.merge import Merge
from reporter.refresh.notes import update_notes
from reporter.refresh.pairing import pair_papers
from reporter.refresh.rereading import stale_sentences
from reporter.refresh.skeleton import from_data, places_of, told
from reporter.refresh.standing import final_ids, standing_evidence
from reporter.refresh.tally import Tally


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The file, its evidence as plain data, and what was done."""

    docx: bytes
    evidence: Mapping[str, Any]
    tally: Tally


def refresh_paper(
    docx: bytes,
    name: str,
    evidence: Mapping[str, Any],
    new_docx: bytes,
    new_evidence: Mapping[str, Any],
    date: str,
    *,
    accept: bool = False,
    hidden: Collection[Figure] = (),
) -> Refreshed:
    """`docx`, as its author left it, brought up to the paper that the brief gives now.

    `evidence` is what stands beside it, `new_docx` and `new_evidence` the paper as it is generated
    now; `date` is that of the changes. `accept` takes the changes at once. `hidden` are the figures
    that `evidence` may tell and may not be shown any more: then changes are taken at once too, and
    no comment says what stood there before. Where there is nothing to change, the same bytes come
    back.

    Raises `ProblemsFoundError` where `docx` is no Word file, or `evidence` is none of ours or that
    of another paper.
    """
    opened, source = open_paper(docx, name), open_paper(new_docx, "the new paper")
    papers, pairs = _laid_out(opened, source, name, evidence, new_evidence)
    papers = replace(papers, hiding=Hiding(hidden))
    ids = final_ids(papers, pairs)
    unsaid = [left["fact"] for left in new_evidence["left_out"]]
    merge = Merge(papers, decide(papers), opened, source, date, accept or bool(hidden))
    merge.write(stale_sentences(papers, unsaid))
    update_notes(papers, merge, ids)
    merge.tally.hidden = merge.remarks.hidden
    made = merge.parts.to_bytes() if merge.parts.is_changed else docx
    stands = standing_evidence(new_evidence, papers, ids, open_paper(made, name))
    return Refreshed(made, stands, merge.tally)


def _laid_out(
    opened: OpenedPaper,
    source: OpenedPaper,
    name: str,
    evidence: Mapping[str, Any],
    new_evidence: Mapping[str, Any],
) -> tuple[Papers, dict[str, str]]:
    try:
        old = tuple(from_data(data) for data in evidence["paper"])
        said = [*evidence["statements"], *evidence.get("deleted", ())]
        pairs = match_statements(said, new_evidence["statements"])
        rewritten = {each["id"]: normal(each["text"]) for each in said if each.get("edited")}
        before = {each["id"]: _generated(each) for each in said}
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ProblemsFoundError([_no_evidence(name)]) from None
    places = tuple(places_of(opened))
    new = tuple(told(places_of(source), new_evidence["statements"]))
    papers = Papers(
        old, places, new, align(old, places, rewritten), align_tables(old, places),
        align_figures(old, places), pair_papers(old, [place.block for place in new], pairs),
        before, {each["id"]: each for each in new_evidence["statements"]},
    )  # fmt: skip
    rows = {piece.cells for place in places for piece in place.block.pieces if piece.cells}
    stands = (
        bool(papers.found.made.get((b, p))) or piece.cells in rows or b in papers.figures
        for b, block in enumerate(old)
        for p, piece in enumerate(block.pieces)
        if piece.statement
    )
    if not any(stands):
        what = "nothing of what the evidence beside it speaks of stands in this paper"
        fix = "Name the evidence that was written with it, with --evidence."
        raise ProblemsFoundError([Problem(At.of(name), "not-its-evidence", what, fix)])
    return papers, pairs


def _generated(statement: Mapping[str, Any]) -> Mapping[str, Any]:
    """A statement in the words in which it was generated."""
    return {**statement, "text": statement.get("generated", statement["text"])}


def _no_evidence(name: str) -> Problem:
    what = "the evidence beside it does not tell how the paper was generated"
    fix = "Give the evidence that was written with this paper; an older one, build anew."
    return Problem(At.of(name), "no-evidence", what, fix)
