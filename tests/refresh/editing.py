"""What authors do to a paper in Word and LibreOffice, done to its XML; and how it reads after."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Node = Any


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


class Desk:
    """A paper on its author's desk: its paragraphs, and what he wrote and took out."""

    def __init__(self, docx: bytes) -> None:
        self.parts = parts_of(docx)
        self.root = etree.fromstring(self.parts[MAIN])
        self.written: list[str] = []
        self.count = 0

    def saved(self) -> bytes:
        return packed({**self.parts, MAIN: etree.tostring(self.root)})

    def paragraphs(self) -> list[Node]:
        """Paragraphs of the body that say something and hold neither field nor page layout."""
        body = self.root.find(f"{W}body")
        return [
            p for p in body.findall(f"{W}p")
            if len(words_of(p).split()) > 5
            and p.find(f".//{W}fldChar") is None
            and p.find(f".//{W}sectPr") is None
            and p.find(f".//{W}sdt") is None
            and p.find(f".//{W}hyperlink") is None
        ]  # fmt: skip

    def token(self) -> str:
        self.count += 1
        return f"Remark number {self.count} of ours on purpose"

    # Edits

    def reword(self, at: int) -> None:
        p = self._pick(at)
        sentence = _sentences(words_of(p))[0]
        words = sentence.split(" ")
        words[len(words) // 2] = "notably"
        self._say(p, words_of(p).replace(sentence, " ".join(words), 1))

    def renumber(self, at: int) -> None:
        p = self._pick(at)
        self._say(p, re.sub(r"\d(?=\D*$)", "7", words_of(p), count=1))

    def extend(self, at: int) -> None:
        p = self._pick(at)
        self._say(p, f"{words_of(p)} {self.token()}.")

    def open_with(self, at: int) -> None:
        p = self._pick(at)
        self._say(p, f"{self.token()}. {words_of(p)}")

    def add_paragraph(self, at: int) -> None:
        p = self._pick(at)
        made = deepcopy(p)
        for mark in list(made):
            if mark.tag != f"{W}pPr":
                made.remove(mark)
        _append(made, f"{self.token()}, which stands alone.")
        p.addnext(made)

    def drop_sentence(self, at: int) -> None:
        p = self._pick(at)
        sentences = _sentences(words_of(p))
        if len(sentences) > 1:
            self._say(p, " ".join(sentences[:-2] + sentences[-1:]))

    def drop_paragraph(self, at: int) -> None:
        p = self._pick(at)
        p.getparent().remove(p)

    def move_paragraph(self, at: int) -> None:
        p, other = self._pick(at), self._pick(at * 7 + 3)
        if p is not other:
            other.addnext(p)

    def split_paragraph(self, at: int) -> None:
        p = self._pick(at)
        sentences = _sentences(words_of(p))
        if len(sentences) > 1:
            second = deepcopy(p)
            p.addnext(second)
            self._say(p, sentences[0])
            self._say(second, " ".join(sentences[1:]))

    def merge_paragraphs(self, at: int) -> None:
        p = self._pick(at)
        other = p.getnext()
        if other is not None and other in self.paragraphs():
            self._say(p, f"{words_of(p)} {words_of(other)}")
            other.getparent().remove(other)

    def split_runs(self, at: int) -> None:
        """As Word does when a sentence was spell-checked and edited in several sittings."""
        p = self._pick(at)
        text = words_of(p)
        for run in _plain_runs(p):
            p.remove(run)
        for start in range(0, len(text), 7):
            run = _append(p, text[start : start + 7])
            run.set(f"{W}rsidR", f"00{start:06X}")

    def track(self, at: int) -> None:
        """A tracked insertion of the author's that is still pending."""
        p = self._pick(at)
        run = _append(p, f" {self.token()}.")
        mark = etree.Element(f"{W}ins", {f"{W}id": f"99{self.count}", f"{W}author": "An Author"})
        run.addprevious(mark)
        mark.append(run)

    def curl_quotes(self, at: int) -> None:
        for text in self._pick(at).iter(f"{W}t"):
            text.text = (text.text or "").replace("'", "\u2019").replace("\u00a0", " ")

    def write_in_cell(self, at: int) -> None:
        cells = self.cells()
        cell = cells[at % len(cells)]
        runs = [run for run in cell.iter(f"{W}r") if run.find(f"{W}t") is not None]
        for run in runs[1:]:
            run.getparent().remove(run)
        texts = list(runs[0].iter(f"{W}t"))
        texts[0].text = self.token()

    def cells(self) -> list[Node]:
        return [cell for cell in self.root.iter(f"{W}tc") if words_of(cell).strip()]

    def _pick(self, at: int) -> Node:
        found = self.paragraphs()
        return found[at % len(found)]

    def _say(self, p: Node, text: str) -> None:
        for run in _plain_runs(p):
            p.remove(run)
        _append(p, text)


EDITS: dict[str, Callable[[Desk, int], None]] = {
    name: getattr(Desk, name)
    for name in (
        "reword", "renumber", "extend", "open_with", "add_paragraph", "drop_sentence",
        "drop_paragraph", "move_paragraph", "split_paragraph", "merge_paragraphs", "split_runs",
        "track", "curl_quotes", "write_in_cell",
    )
}  # fmt: skip


def _plain_runs(p: Node) -> list[Node]:
    return [r for r in p.findall(f"{W}r") if r.find(f"{W}commentReference") is None]


def _append(p: Node, text: str) -> Node:
    """A run at the end of the words of a paragraph, before the end of its comment."""
    run = etree.Element(f"{W}r")
    node = etree.SubElement(run, f"{W}t", {SPACE: "preserve"})
    node.text = text
    end = p.find(f"{W}commentRangeEnd")
    if end is not None:
        end.addprevious(run)
    else:
        p.append(run)
    return run


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+(?=[A-Z])", text)


def words_of(node: Node) -> str:
    """The words under a node with insertions and without deletions."""
    return "".join(
        t.text or "" for t in node.iter(f"{W}t")
        if not any(above.tag == f"{W}del" for above in t.iterancestors())
    )  # fmt: skip


# How a paper reads once its tracked changes are accepted or rejected


def resolved(docx: bytes, *, accept: bool, author: str = "reporter") -> list[str]:
    """The texts of paragraphs and rows once every change by `author` is accepted or rejected."""
    root = etree.fromstring(parts_of(docx)[MAIN])
    keep, drop = (f"{W}ins", f"{W}del") if accept else (f"{W}del", f"{W}ins")

    def by_author(tag: str) -> list[Node]:
        return [n for n in root.iter(tag) if n.get(f"{W}author") == author]

    for mark in by_author(drop):
        holder = mark.getparent()
        if root not in mark.iterancestors():
            continue  # It went with its row.
        if holder.tag == f"{W}trPr":
            row = holder.getparent()
            row.getparent().remove(row)
        elif holder.tag == f"{W}rPr":
            _join_with_next(holder.getparent().getparent())
        else:
            holder.remove(mark)
    for mark in by_author(keep):
        holder = mark.getparent()
        if holder.tag not in (f"{W}trPr", f"{W}rPr"):
            for node in list(mark):
                mark.addprevious(node)
        holder.remove(mark)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    if not accept:
        for node in root.iter(f"{W}delText"):
            if not any(above.tag == f"{W}del" for above in node.iterancestors()):
                node.tag = f"{W}t"
    return texts_in(root)


def _join_with_next(paragraph: Node) -> None:
    """A paragraph whose mark goes: what is left in it stands at the head of the next."""
    left = [n for n in paragraph if n.tag != f"{W}pPr" and words_of(n).strip()]
    following = paragraph.getnext()
    for node in reversed(left):
        following.insert(1 if following.find(f"{W}pPr") is not None else 0, node)
    paragraph.getparent().remove(paragraph)


def texts_in(root: Node) -> list[str]:
    """Paragraphs that say something, pictures by their descriptions, in reading order."""
    found = []
    for p in root.iter(f"{W}p"):
        text = " ".join(words_of(p).split())
        shown = [
            node.get("descr", "") for node in p.iter() if str(node.tag).endswith("}docPr")
            and not any(above.tag == f"{W}del" for above in node.iterancestors())
        ]  # fmt: skip
        found += [line for line in (text, *shown) if line]
    return found


def texts_of(docx: bytes) -> list[str]:
    return texts_in(etree.fromstring(parts_of(docx)[MAIN]))


def comments_of(docx: bytes) -> str:
    raw = parts_of(docx).get("word/comments.xml")
    if raw is None:
        return ""
    return "\n".join(words_of(p) for p in etree.fromstring(raw).iter(f"{W}p"))
