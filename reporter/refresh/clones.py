"""Blocks of the new paper taken into the author's: its styles, numbers and names, not theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy

from reporter.reading import MAIN, OpenedPaper
from reporter.refresh.lines import line_of
from reporter.refresh.paragraphs import renamed
from reporter.refresh.parts import Parts
from reporter.refresh.remarks import drop_anchors
from reporter.refresh.runs import cut
from reporter.refresh.skeleton import Place
from reporter.refresh.tracking import Tracker
from reporter.wordml import VAL, WP, Node, P, W, child, local, value, within

_STYLED = ("pStyle", "rStyle", "tblStyle")


class Cloner:
    """Copies out of `source`, the new paper, into the author's. `anchors` renames bookmarks."""

    def __init__(
        self, source: OpenedPaper, parts: Parts, tracker: Tracker, anchors: Mapping[str, str]
    ) -> None:
        self.source = source
        self.parts = parts
        self.tracker = tracker
        self.anchors = anchors
        mine = {value(style, "name").casefold(): key for key, style in parts.paper.styles.items()}
        names = {key: value(s, "name").casefold() for key, s in source.styles.items()}
        self._styles = {key: mine[name] for key, name in names.items() if name in mine}
        self._numbers = _own_numbering(parts.paper)

    def paragraph(self, place: Place, wanted: Collection[tuple[int, int]]) -> Node:
        """A copy of the new paragraph of which only the letters in `wanted` are kept."""
        node = place.node if place.node.tag == P else within(place.node, P)
        assert node is not None  # A drawing stands in a paragraph.
        copy = deepcopy(node)
        if place.block.kind == "paragraph":
            _keep_only(copy, wanted)
        properties = child(copy, "pPr")
        for name in ("sectPr", "pageBreakBefore"):
            found = child(properties, name)
            if properties is not None and found is not None:
                properties.remove(found)
        self._adopt(copy, place.part)
        return copy

    def table(self, place: Place) -> Node:
        """A copy of a new table."""
        copy = deepcopy(place.node)
        self._adopt(copy, place.part)
        return copy

    def row(self, row: Node) -> Node:
        """A copy of a row of a new table."""
        copy = deepcopy(row)
        self._adopt(copy, "")
        return copy

    def drawing(self, place: Place, part: str) -> Node:
        """A copy of the run with a new drawing, and of what it shows, for a text of `part`."""
        copy = deepcopy(place.node)
        self.own_ids(copy)
        self.parts.take_drawing(copy, self.source, place.part, part)
        return copy

    def _adopt(self, copy: Node, part: str) -> None:
        drop_anchors(copy)
        for node in copy.iter():
            if local(node) in _STYLED and node.get(VAL) in self._styles:
                node.set(VAL, self._styles[node.get(VAL, "")])
        for paragraph in copy.iter(P):
            self._number(paragraph)
        renamed([copy], self.anchors)
        for link in copy.iter(f"{W}hyperlink"):
            anchor = link.get(f"{W}anchor", "")
            if anchor in self.anchors:
                link.set(f"{W}anchor", self.anchors[anchor])
        self.own_ids(copy)
        for run in [node.getparent() for node in copy.iter(f"{W}drawing")]:
            assert run is not None  # A drawing stands in a run.
            self.parts.take_drawing(run, self.source, part, MAIN)

    def _number(self, paragraph: Node) -> None:
        """The list of the author's paragraphs in the same style in place of the new paper's."""
        properties = child(paragraph, "pPr")
        listed = child(properties, "numPr")
        if properties is None or listed is None:
            return
        own = self._numbers.get(value(properties, "pStyle"))
        if own is not None:
            listed.addprevious(deepcopy(own))
        properties.remove(listed)

    def own_ids(self, copy: Node) -> None:
        """Gives bookmarks, controls and drawings in a copy ids that no other has here."""
        for node in copy.iter(f"{W}bookmarkStart"):
            old, number = node.get(f"{W}id"), self.tracker.new_id()
            for end in copy.iter(f"{W}bookmarkEnd"):
                if end.get(f"{W}id") == old:
                    end.set(f"{W}id", number)
            node.set(f"{W}id", number)
            name = node.get(f"{W}name", "")
            node.set(f"{W}name", self.anchors.get(name, name))
        for node in copy.iter(f"{WP}docPr"):
            node.set("id", self.tracker.new_id())
        for control in copy.iter(f"{W}sdtPr"):
            named = child(control, "id")
            if named is not None:
                named.set(VAL, self.tracker.new_id())


def _own_numbering(paper: OpenedPaper) -> dict[str, Node]:
    """The direct numbering of the last paragraph in each style that has such."""
    found = {}
    for paragraph in paper.paragraphs:
        listed = child(paragraph, "pPr", "numPr")
        if listed is not None:
            found[value(paragraph, "pPr", "pStyle")] = listed
    return found


def _keep_only(paragraph: Node, wanted: Collection[tuple[int, int]]) -> None:
    """Takes the letters out that lie in none of the ranges `wanted`."""
    line = line_of(paragraph)
    if {(0, len(line.text))} == set(wanted):
        return
    spans = [line.span(start, end) for start, end in wanted]
    line = cut(line, [at for span in spans for at in span])
    kept = {run for first, last in spans for atom in line.atoms[first:last] for run in atom.runs}
    for atom in line.atoms:
        for run in atom.runs:
            holder = run.getparent()
            if run not in kept and holder is not None:
                holder.remove(run)


def fresh_names(names: Collection[str], taken: set[str]) -> dict[str, str]:
    """A name that is not `taken` for each of `names`; it is taken then."""
    made = {}
    for name in names:
        own, number = name, 1
        while own in taken:
            number += 1
            own = f"{name}_{number}"
        taken.add(own)
        made[name] = own
    return made
