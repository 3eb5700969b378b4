"""Charts: drawn anew where nobody touched them, kept with a comment where somebody did."""

from __future__ import annotations

from reporter.refresh.clones import Cloner
from reporter.refresh.decide import Papers
from reporter.refresh.paragraphs import Editor
from reporter.refresh.runs import place_after
from reporter.refresh.skeleton import Block
from reporter.refresh.tally import Tally
from reporter.wordml import Node, P, child, local, within


def merge_figures(papers: Papers, editor: Editor, cloner: Cloner, tally: Tally) -> None:
    """Brings every chart that stands in the author's paper up to the new one."""
    for b, at in papers.figures.items():
        place, t = papers.places[at], papers.pairing.blocks.get(b)
        old, new = papers.old[b], None if t is None else papers.new[t]
        if new is not None and _shows(old) == _shows(new.block):
            continue
        if _shows(place.block) != _shows(old):
            if new is None or _shows(place.block) != _shows(new.block):
                tally.kept += 1
                lines = _kept(papers, b, None if new is None else new.block)
                editor.remarks.around(_paragraph(place.node), lines)
            continue
        run = place.node
        wrapper = editor.tracker.delete([run])
        if new is not None:
            drawn = cloner.drawing(new, place.part)
            place_after(editor.tracker.inserted([drawn]), run, inside=True)
            tally.charts += 1
            continue
        tally.removed += 1
        paragraph = _paragraph(run)
        if wrapper is not None and _is_bare(paragraph):
            editor.tracker.delete_paragraph(paragraph)


def _shows(block: Block) -> tuple[str, str]:
    return block.digest, block.pieces[0].text


def _paragraph(run: Node) -> Node:
    found = within(run, P)
    assert found is not None  # A drawing stands in a paragraph.
    return found


def _is_bare(paragraph: Node) -> bool:
    """Whether nothing is left in a paragraph but what is deleted."""
    if child(paragraph, "pPr", "sectPr") is not None:
        return False
    return all(local(node) in ("pPr", "del") for node in paragraph)


def _kept(papers: Papers, b: int, new: Block | None) -> list[str]:
    before = [f"Before: {papers.old[b].pieces[0].text}"]
    left = bool(papers.hiding.resting(papers.statements([(b, 0)])))  # it shows what it showed
    opening = "You edited this chart or its description, so it stays. Its figures have changed."
    if new is None:
        opening = "You edited this chart, so it stays. The new paper no longer has it."
    now = [] if new is None else [f"Now: {new.pieces[0].text}"]
    return papers.hiding.told(opening, before, now, left)
