"""The decisions written into the author's file: paragraphs, tables, charts, new blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from reporter.reading import OpenedPaper
from reporter.refresh.align import Key, Spot
from reporter.refresh.clones import Cloner, fresh_names
from reporter.refresh.counting import renumber
from reporter.refresh.decide import Added, Decisions, Kept, Papers
from reporter.refresh.figures import merge_figures
from reporter.refresh.grids import merge_tables
from reporter.refresh.paragraphs import (
    BLANK,
    Edit,
    Editor,
    Remark,
    Words,
    edits_between,
    joined,
)
from reporter.refresh.parts import Parts
from reporter.refresh.remarks import Remarks
from reporter.refresh.rereading import Stale
from reporter.refresh.skeleton import Place
from reporter.refresh.tally import Tally
from reporter.refresh.tracking import Tracker
from reporter.wordml import SDT, Node, P, W, value, within

_NAMED = ("_Ref_", "_Toc_")


class Merge:
    """One refresh of one file. `accept` takes its changes at once in place of marking them."""

    def __init__(
        self,
        papers: Papers,
        made: Decisions,
        opened: OpenedPaper,
        source: OpenedPaper,
        date: str,
        accept: bool,
    ) -> None:
        self.papers = papers
        self.made = made
        self.accept = accept
        self.parts = Parts(opened)
        self.tracker = Tracker(date, self.parts.ids(), accept)
        names = {value(s, "name").casefold(): key for key, s in opened.styles.items()}
        self.remarks = Remarks(self.parts, date, names)
        anchors = self._anchors()
        self.editor = Editor(self.tracker, self.remarks, anchors)
        self.cloner = Cloner(source, self.parts, self.tracker, anchors)
        self.tally = Tally(withheld=len(made.withheld), moved=len(made.resettled))
        # What moves is counted once, not as taken out and new.
        self.tally.added -= len(made.resettled)
        self.tally.removed -= len(made.resettled)
        self.hosts: dict[str, Node] = {}
        """Paragraph by the id of each new statement that was put into it."""

    def write(self, stale: Sequence[Stale]) -> None:
        """Writes everything but the comments with evidence; `stale` are sentences to look at."""
        shown = set(self.parts.shown())
        for at in self._changed_places(stale):
            self._edit_place(at, stale)
        merge_tables(self.papers, self.editor, self.cloner, self.tally)
        merge_figures(self.papers, self.editor, self.cloner, self.tally)
        self._add_blocks()
        if self.tracker.made:
            for part in {place.part for place in self.papers.places}:
                self.parts.touch(part)
            renumber(self.parts.paper, self.tracker)
        elif self.remarks.added:
            self.parts.touch("word/document.xml")
        if self.accept and self.tracker.made:
            self.tracker.settle()
            self.parts.drop_unused(shown)
            self.remarks.drop_orphans()

    # Paragraphs

    def _changed_places(self, stale: Sequence[Stale]) -> list[int]:
        spots: Iterable[Spot] = [
            *self.made.replaced,
            *(attached.beside for attached in self.made.attached),
            *(kept.spot for kept in self.made.kept),
            *(each.spot for each in stale),
        ]
        return sorted({spot.at for spot in spots})

    def _edit_place(self, at: int, stale: Sequence[Stale]) -> None:
        line = self.papers.places[at].line
        assert line is not None  # Pieces of text stand in paragraphs.
        edits = self._reordered(at) or self._edits(at)
        self.editor.edit(line, edits, self._remarks(at, stale))

    def _edits(self, at: int) -> list[Edit]:
        line = self.papers.places[at].line
        assert line is not None
        gone: list[tuple[int, int]] = []
        edits = []
        for spot, key in sorted(self.made.replaced.items()):
            if spot.at != at:
                continue
            if key is None:
                gone.append(_with_blank(line.text, spot))
                self.tally.removed += 1
            else:
                edits += edits_between(line.text, spot.start, spot.end, self.words(key))
                self.tally.texts += 1
        for attached in self.made.attached:
            if attached.beside.at != at:
                continue
            words, spot = self.words(attached.key), attached.beside
            if attached.where == "after":
                edits.append(Edit(spot.end, spot.end, BLANK + words))
            else:
                edits.append(Edit(spot.start, spot.start, words + BLANK))
            self._joins(attached.key, at)
        for start, end in _united(gone):
            # What opened the paragraph takes the blank behind it along.
            opens = start == 0 and line.text[end : end + 1] == " "
            edits.append(Edit(start, end + opens))
        return _in_one(edits)

    def _reordered(self, at: int) -> list[Edit]:
        """The edits of a paragraph that nobody touched and whose sentences change their order."""
        papers = self.papers
        line = papers.places[at].line
        assert line is not None
        here = {
            spot: key for key, spots in papers.found.made.items() for spot in spots if spot.at == at
        }
        news = [papers.pairing.pieces.get(here[spot]) for spot in sorted(here)]
        stay = [new for new in news if new is not None]
        covered = sum(spot.end - spot.start + 1 for spot in here) - 1
        touched = covered != len(line.text) or any(
            spot.at == at for spots in papers.found.edited.values() for spot in spots
        )
        if touched or stay == sorted(stay) or len({t for t, _ in stay}) != 1:
            return []
        joins = [each.key for each in self.made.attached if each.beside.at == at]
        for key in joins:
            self._joins(key, at)
        words = joined(self.words(key) for key in sorted({*stay, *joins}))
        self.tally.texts += len(stay)
        self.tally.removed += len(news) - len(stay)
        return edits_between(line.text, 0, len(line.text), words)

    def _joins(self, key: Key, at: int) -> None:
        self.tally.added += 1
        statement = self.papers.new[key[0]].block.pieces[key[1]].statement
        if statement:
            self.hosts[statement] = self.papers.places[at].node

    def words(self, key: Key) -> Words:
        """The words of a new piece, with what is bold in them and their fields."""
        t, p = key
        line = self.papers.new[t].line
        assert line is not None
        start, end = span_of(self.papers.new[t], p)
        return Words.of(line, start, end)

    def _remarks(self, at: int, stale: Sequence[Stale]) -> list[Remark]:
        said: dict[Spot, list[str]] = {}
        for kept in self.made.kept:
            if kept.spot.at == at:
                said.setdefault(kept.spot, []).extend(self._of_kept(kept))
                self.tally.kept += 1
        for each in stale:
            if each.spot.at == at:
                said.setdefault(each.spot, []).extend(each.lines)
                self.tally.looked_at += 1
        return [Remark(spot.start, spot.end, tuple(lines)) for spot, lines in sorted(said.items())]

    def _of_kept(self, kept: Kept) -> list[str]:
        papers = self.papers
        left = papers.hiding.is_left(papers.mine(kept.spot), papers.statements([kept.old]))
        opening = "You edited this, so it stays as it is. What it was made from has changed."
        now = [] if kept.new is None else [f"Now: {papers.new_text(kept.new)}"]
        if kept.new is None:
            opening = "You edited this, so it stays. The new paper no longer says it."
        return papers.hiding.told(opening, [f"Before: {papers.old_text(kept.old)}"], now, left)

    # New blocks

    def _add_blocks(self) -> None:
        last: Node | None = None
        shells: dict[Node, Node] = {}
        for added in self.made.added:
            place = self.papers.new[added.block]
            node = self._copy(added, place)
            control = within(_block_node(place.node), SDT)
            if control is not None and control in shells:
                shells[control].append(node)
            else:
                outer = node if control is None else self._shell(control, node, shells)
                self._place(outer, added, last)
                last = outer
            self.tally.added += len(added.pieces)

    def _place(self, node: Node, added: Added, last: Node | None) -> None:
        if added.at < 0:
            assert last is not None  # It follows one that was added.
            last.addnext(node)
            return
        stands = _block_node(self.papers.places[added.at].node)
        if added.where == "before":
            stands.addprevious(node)
        else:
            stands.addnext(node)

    def _shell(self, control: Node, node: Node, shells: dict[Node, Node]) -> Node:
        """A content control like the new paper's around blocks, with `node` as its first."""
        shell = etree.Element(SDT)
        shell.extend(deepcopy(part) for part in control if part.tag == f"{W}sdtPr")
        shells[control] = etree.SubElement(shell, f"{W}sdtContent")
        shells[control].append(node)
        self.cloner.own_ids(shell)
        return shell

    def _copy(self, added: Added, place: Place) -> Node:
        if place.block.kind == "table":
            node = self.cloner.table(place)
            for row in node.iter(f"{W}tr"):
                self.tracker.mark_row(row, "ins")
            return node
        wanted = _united([span_of(place, p) for p in added.pieces], apart=1)
        node = self.cloner.paragraph(place, wanted)
        self.tracker.insert_paragraph(node)
        for p in added.pieces:
            if statement := place.block.pieces[p].statement:
                self.hosts[statement] = node
        return node

    def _anchors(self) -> dict[str, str]:
        """The name in this file of each bookmark of the new paper on a heading or caption."""
        names: dict[str, str] = {}
        came_from = {new: old for old, new in self.papers.pairing.pieces.items()}
        for t, place in enumerate(self.papers.new):
            theirs = _names_on(place.node) if place.block.kind == "paragraph" else []
            spots = self.papers.found.spots(came_from.get((t, 0), (-1, -1)))
            if theirs and spots:
                mine = _names_on(self.papers.places[spots[0].at].node)
                names |= dict(zip(theirs, mine, strict=False))
        taken = self.parts.bookmarks()
        added = [self.papers.new[each.block] for each in self.made.added]
        fresh = [name for place in added if place.block.kind == "paragraph"
                 for name in _names_on(place.node)]  # fmt: skip
        return names | fresh_names(fresh, taken)


def span_of(place: Place, p: int) -> tuple[int, int]:
    """Where piece `p` stands in the text of a paragraph of the new paper."""
    pieces = place.block.pieces
    start = sum(len(piece.text) + 1 for piece in pieces[:p])
    return start, start + len(pieces[p].text)


def _with_blank(text: str, spot: Spot) -> tuple[int, int]:
    """A spot with the blank that parts it from its neighbour."""
    if spot.start and text[spot.start - 1] == " ":
        return spot.start - 1, spot.end
    return spot.start, min(spot.end + 1, len(text))


def _united(ranges: Sequence[tuple[int, int]], apart: int = 0) -> list[tuple[int, int]]:
    """Ranges in order, those that touch or lie no more than `apart` letters apart as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1] + apart:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _in_one(edits: Sequence[Edit]) -> list[Edit]:
    """Insertions at one place as one, in their order."""
    made: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        span = edit.start, edit.end
        words = made[span].words + edit.words if span in made else edit.words
        made[span] = Edit(*span, words)
    return list(made.values())


def _block_node(node: Node) -> Node:
    """The paragraph or table that a place is, not the drawing in it."""
    if node.tag in (P, f"{W}tbl"):
        return node
    found = within(node, P)
    assert found is not None  # A drawing stands in a paragraph.
    return found


def _names_on(node: Node) -> list[str]:
    names = (mark.get(f"{W}name", "") for mark in node.iter(f"{W}bookmarkStart"))
    return [name for name in names if name.startswith(_NAMED)]
