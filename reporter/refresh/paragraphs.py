"""The author's paragraphs, edited in place: words replaced, taken out, joined, remarked on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reporter.refresh.likeness import changes
from reporter.refresh.lines import Atom, Line, line_of
from reporter.refresh.remarks import Remarks
from reporter.refresh.runs import blank, cut, new_runs, place_after, place_before
from reporter.refresh.tracking import Tracker
from reporter.wordml import Node, P, W, child, local

_CONTENT = (
    "drawing", "pict", "object", "footnoteReference", "endnoteReference", "fldChar", "oMath",
    "commentReference",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the new paper: `text` as it is compared, an atom for each of its letters."""

    text: str
    atoms: tuple[Atom, ...]

    @classmethod
    def of(cls, line: Line, start: int, end: int) -> Words:
        """Letters `start` to `end` of a line's text."""
        return cls(line.text[start:end], tuple(line.atoms[at] for at in line.index[start:end]))

    def __add__(self, other: Words) -> Words:
        return Words(self.text + other.text, self.atoms + other.atoms)


BLANK = Words(" ", (blank(),))


def joined(parts: Iterable[Words]) -> Words:
    """`parts` with a blank between them."""
    made = Words("", ())
    for part in parts:
        made = made + BLANK + part if made.text else part
    return made


@dataclass(frozen=True, slots=True)
class Edit:
    """Letters `start` to `end` of a paragraph's text give way to `words`."""

    start: int
    end: int
    words: Words = Words("", ())


@dataclass(frozen=True, slots=True)
class Remark:
    """Lines to say about letters `start` to `end`."""

    start: int
    end: int
    lines: tuple[str, ...]


def edits_between(text: str, start: int, end: int, words: Words) -> list[Edit]:
    """The edits that make letters `start` to `end` of `text` say `words`, word by word."""
    return [
        Edit(
            start + first,
            start + last,
            Words(words.text[other_first:other_last], words.atoms[other_first:other_last]),
        )
        for first, last, other_first, other_last in changes(text[start:end], words.text)
    ]


@dataclass(frozen=True, slots=True)
class Editor:
    """What edits need: the marks of change, the comments, and new names of bookmarks by old."""

    tracker: Tracker
    remarks: Remarks
    anchors: Mapping[str, str]

    def edit(self, line: Line, edits: Sequence[Edit], remarks: Sequence[Remark] = ()) -> None:
        """Writes `edits` and `remarks` into a paragraph; one without words left goes itself."""
        spans = [(*line.span(edit.start, edit.end), edit) for edit in edits]
        notes = [(*line.span(remark.start, remark.end), remark) for remark in remarks]
        line = cut(line, [at for first, last, _ in (*spans, *notes) for at in (first, last)])
        for first, last, remark in notes:
            self._remark(line, first, last, remark)
        for first, last, edit in sorted(spans, key=lambda each: (-each[0], -each[1])):
            self._edit(line, first, last, edit.words)
        if edits:
            self._drop_if_empty(line.node)

    def _edit(self, line: Line, first: int, last: int, words: Words) -> None:
        gone = list(dict.fromkeys(run for atom in line.atoms[first:last] for run in atom.runs))
        self.tracker.delete(gone)
        if not words.atoms:
            return
        beside = line.atoms[first] if gone else line.atoms[first - 1] if first else None
        like = None if beside is None else beside.runs[0]
        made = self.tracker.inserted(renamed(new_runs(words.atoms, like), self.anchors))
        if gone:
            place_after(made, gone[-1], inside=True)
        elif beside is not None:
            place_after(made, beside.runs[-1], inside=False)
        elif line.atoms:
            place_before(made, line.atoms[0].runs[0])
        else:
            _open(line.node, made)

    def _remark(self, line: Line, first: int, last: int, remark: Remark) -> None:
        """A comment from the first to the last run of what it speaks of."""
        start, end, run = self.remarks.add(remark.lines)
        if first == last:
            line.node.extend([start, end, run])
            return
        place_before(start, line.atoms[first].runs[0])
        at = line.atoms[last - 1].runs[-1]
        while (above := at.getparent()) is not None and above.tag != P:
            at = above
        at.addnext(end)
        end.addnext(run)

    def _drop_if_empty(self, paragraph: Node) -> None:
        """A paragraph that says nothing any more goes, unless the page's layout hangs on it."""
        if line_of(paragraph).text or self._holds_content(paragraph):
            return
        if child(paragraph, "pPr", "sectPr") is not None or not _has_company(paragraph):
            return
        self.tracker.delete_paragraph(paragraph)

    def _holds_content(self, paragraph: Node) -> bool:
        """Whether something that is no text stands in it undeleted: a note, a picture, a comment
        that is not ours."""
        return any(
            local(node) in _CONTENT
            and not any(local(above) in ("del", "moveFrom") for above in node.iterancestors())
            and not self.remarks.is_ours(node)
            for node in paragraph.iter()
        )


def _has_company(paragraph: Node) -> bool:
    """Whether another paragraph stands beside it, as a cell and a page must have one."""
    holder = paragraph.getparent()
    return holder is not None and local(holder) in ("body", "sdtContent") and len(holder) > 2


def _open(paragraph: Node, node: Node) -> None:
    properties = child(paragraph, "pPr")
    if properties is None:
        paragraph.insert(0, node)
    else:
        properties.addnext(node)


def renamed(runs: Sequence[Node], anchors: Mapping[str, str]) -> list[Node]:
    """`runs` with the bookmarks that their fields name by the names in this file."""
    for run in runs:
        for code in run.iter(f"{W}instrText"):
            words = (code.text or "").split(" ")
            code.text = " ".join(anchors.get(word, word) for word in words)
    return list(runs)
