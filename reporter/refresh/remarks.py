"""Comments in Word: those with the evidence follow it, and new ones say what a reader must look at.

A comment that the author wrote, answered or edited is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from reporter.document import evidence_lines
from reporter.evidence import statement_of
from reporter.final import HIDDEN_LEFT
from reporter.reading import COMMENTS as PART
from reporter.reading import MAIN
from reporter.refresh.parts import Parts
from reporter.refresh.runs import text_node
from reporter.refresh.tracking import AUTHOR
from reporter.wordml import RUN, VAL, Node, P, W, child, local, words_of

_OF_STATEMENT = re.compile(r"^(s\d+)\b")
_ANCHORS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_MAIN_NAMESPACE = {"w": W.strip("{}")}


class Remarks:
    """The comments of the author's file, ours among them; `date` is that of new ones."""

    def __init__(self, parts: Parts, date: str, styles: Mapping[str, str]) -> None:
        self.parts = parts
        self.date = date
        self._styles = styles
        self.added = 0
        self.hidden = 0
        """New comments on words that may give what may not be shown any more."""
        self._next = max((_id_of(node) for node in self._all()), default=-1)

    def _all(self) -> list[Node]:
        root = self.parts.root(PART)
        return [] if root is None else list(root)

    def of_ours(self, paragraph: Node) -> list[tuple[Node, list[str]]]:
        """The comments with evidence on a paragraph, each with the ids of its statements."""
        by_id = {_id_of(node): node for node in self._all()}
        found = []
        for mark in paragraph.iter(f"{W}commentReference"):
            comment = by_id.get(_id_of(mark))
            if comment is None or comment.get(f"{W}author") != AUTHOR:
                continue
            ids = [m.group(1) for m in map(_OF_STATEMENT.match, lines_of(comment)) if m]
            if ids:
                found.append((comment, ids))
        return found

    def is_ours(self, reference: Node) -> bool:
        """Whether a `w:commentReference` is to a comment of ours."""
        number = _id_of(reference)
        ours = (node for node in self._all() if node.get(f"{W}author") == AUTHOR)
        return local(reference) == "commentReference" and number in map(_id_of, ours)

    def drop_orphans(self) -> None:
        """Takes out comments of ours whose paragraph went."""
        body = self.parts.paper.body
        held = {_id_of(node) for node in body.iter(f"{W}commentReference")}
        for comment in self._all():
            if comment.get(f"{W}author") == AUTHOR and _id_of(comment) not in held:
                self.parts.to_change(PART).remove(comment)

    def drop(self, comment: Node) -> None:
        """Takes out a comment of ours and the marks of where it stood."""
        number = _id_of(comment)
        for mark in [n for n in self.parts.paper.body.iter() if local(n) in _ANCHORS]:
            if _id_of(mark) == number:
                _drop_anchor(mark)
        self.parts.touch(MAIN)
        self.parts.to_change(PART).remove(comment)

    def rewrite(self, comment: Node, lines: Sequence[str]) -> None:
        """Gives a comment of ours new words; nothing happens where it says them already."""
        if lines_of(comment) == list(lines):
            return
        self.parts.touch(PART)
        paragraphs = list(comment.iter(P))
        for index, line in enumerate(lines):
            if index < len(paragraphs):
                _reword(paragraphs[index], line)
            else:
                comment.append(self._paragraph(line))
        for extra in paragraphs[len(lines) :]:
            comment.remove(extra)

    def add(self, lines: Sequence[str]) -> tuple[Node, Node, Node]:
        """A new comment that says `lines`: the marks of where it starts and ends, and its run."""
        if self.parts.root(PART) is None:
            root = etree.Element(f"{W}comments", nsmap=_MAIN_NAMESPACE)
            self.parts.add_xml(PART, root, "comments")
        self._next += 1
        self.added += 1
        self.hidden += HIDDEN_LEFT in lines
        number = str(self._next)
        named = {f"{W}id": number, f"{W}author": AUTHOR, f"{W}date": self.date, f"{W}initials": "r"}
        comment = etree.SubElement(self.parts.to_change(PART), f"{W}comment", named)
        for index, line in enumerate(lines):
            comment.append(self._paragraph(line, reference=index == 0))
        start = etree.Element(f"{W}commentRangeStart", {f"{W}id": number})
        end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": number})
        run = etree.Element(RUN)
        if style := self._styles.get("annotation reference", ""):
            etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle", {VAL: style})
        etree.SubElement(run, f"{W}commentReference", {f"{W}id": number})
        return start, end, run

    def around(self, paragraph: Node, lines: Sequence[str]) -> None:
        """A new comment on all of a paragraph."""
        start, end, run = self.add(lines)
        properties = child(paragraph, "pPr")
        if properties is None:
            paragraph.insert(0, start)
        else:
            properties.addnext(start)
        paragraph.extend([end, run])

    def _paragraph(self, line: str, reference: bool = False) -> Node:
        node = etree.Element(P)
        if style := self._styles.get("annotation text", ""):
            etree.SubElement(etree.SubElement(node, f"{W}pPr"), f"{W}pStyle", {VAL: style})
        if reference:
            mark = etree.SubElement(node, RUN)
            if style := self._styles.get("annotation reference", ""):
                etree.SubElement(etree.SubElement(mark, f"{W}rPr"), f"{W}rStyle", {VAL: style})
            etree.SubElement(mark, f"{W}annotationRef")
        etree.SubElement(node, RUN).append(text_node(line))
        return node


def lines_about(statements: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a comment says of the evidence of `statements`, given as plain data."""
    lines = evidence_lines(statement_of(each) for each in statements)
    return [" ".join(line.split()) for line in lines]


def lines_of(comment: Node) -> list[str]:
    """The paragraphs of a comment as words."""
    return [" ".join(words_of(paragraph).split()) for paragraph in comment.iter(P)]


def drop_anchors(node: Node) -> None:
    """Takes the marks of comments out of a copied paragraph."""
    for mark in [found for found in node.iter() if local(found) in _ANCHORS]:
        _drop_anchor(mark)


def _drop_anchor(mark: Node) -> None:
    """Takes out one mark, and the run that held nothing else."""
    holder = mark.getparent()
    if holder is None:
        return
    holder.remove(mark)
    above = holder.getparent()
    if holder.tag == RUN and above is not None and all(local(n) == "rPr" for n in holder):
        above.remove(holder)


def _reword(paragraph: Node, line: str) -> None:
    """Puts `line` in the place of a paragraph's words."""
    texts = list(paragraph.iter(f"{W}t"))
    if not texts:
        etree.SubElement(paragraph, RUN).append(text_node(line))
        return
    first = text_node(line)
    texts[0].addprevious(first)
    for text in texts:
        holder = text.getparent()
        if holder is not None:
            holder.remove(text)


def _id_of(node: Node) -> int:
    text = node.get(f"{W}id", "")
    return int(text) if text.isdigit() else -1
