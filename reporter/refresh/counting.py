"""Numbers of tables and figures, and what points to them, after captions came or went."""

from __future__ import annotations

import re

from lxml import etree

from reporter.reading import OpenedPaper
from reporter.refresh.lines import Atom, instruction_of, line_of
from reporter.refresh.runs import place_after, text_node
from reporter.refresh.tracking import Tracker
from reporter.wordml import RUN, Node, P, W, words_of

_CAPTION = re.compile(r"SEQ\s+(\S+)", re.IGNORECASE)
_POINTER = re.compile(r"REF\s+(\S+)", re.IGNORECASE)


def renumber(paper: OpenedPaper, tracker: Tracker) -> None:
    """Lets every caption show its turn, and every cross-reference its caption's label."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    pointers: list[tuple[Atom, str]] = []
    for paragraph in paper.body.iter(P):
        for atom in line_of(paragraph).atoms:
            code = instruction_of(atom) if atom.part is None else ""
            if caption := _CAPTION.match(code):
                label = caption.group(1)
                counts[label] = counts.get(label, 0) + 1
                _show(atom, str(counts[label]), tracker)
                for mark in paragraph.iter(f"{W}bookmarkStart"):
                    labels.setdefault(mark.get(f"{W}name", ""), f"{label} {counts[label]}")
            elif pointer := _POINTER.match(code):
                pointers.append((atom, pointer.group(1)))
    for atom, name in pointers:
        if name in labels:
            _show(atom, labels[name], tracker)


def _show(atom: Atom, text: str, tracker: Tracker) -> None:
    """Puts `text` in the place of what a field shows; nothing happens where it does already."""
    results = [run for run in atom.runs if next(run.iter(f"{W}t"), None) is not None]
    if not results or " ".join("".join(map(words_of, results)).split()) == text:
        return
    if any(above in tracker.made for above in results[0].iterancestors(f"{W}ins")):
        _write(results, text)
        return
    run = etree.Element(RUN)
    run.append(text_node(text))
    tracker.delete(results)
    place_after(tracker.inserted([run]), results[-1], inside=True)


def _write(runs: list[Node], text: str) -> None:
    for run in runs:
        for node in run.iter(f"{W}t"):
            node.text, text = text, ""
