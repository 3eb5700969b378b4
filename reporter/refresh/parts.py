"""The author's file while it is changed: its parts, relationships, content types and new ids."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from reporter.package import packed
from reporter.reading import MAIN, OpenedPaper, related
from reporter.refresh.skeleton import relation_of
from reporter.wordml import VAL, WP, A, Node, R, W

_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION = f"{{{_PACKAGE}/relationships}}Relationship"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MIME = "application/vnd.openxmlformats-officedocument"
_TYPE_OF = {
    ".png": "image/png",
    ".xlsx": f"{_MIME}.spreadsheetml.sheet",
    "comments.xml": f"{_MIME}.wordprocessingml.comments+xml",
    "chart": f"{_MIME}.drawingml.chart+xml",
}


class Parts:
    """The parts of one opened paper; `to_bytes` gives back the unchanged ones as they were."""

    def __init__(self, paper: OpenedPaper) -> None:
        self.paper = paper
        self.content = dict(paper.content)
        self._changed: set[str] = set()

    def root(self, name: str) -> Node | None:
        """The XML of a part, to look at."""
        return self.paper.root(name)

    def to_change(self, name: str) -> Node:
        """The XML of a part that there is, to change."""
        root = self.paper.root(name)
        assert root is not None
        self._changed.add(name)
        return root

    def touch(self, name: str) -> None:
        """Says that the XML of `name` was changed."""
        self._changed.add(name)

    @property
    def is_changed(self) -> bool:
        """Whether anything was."""
        return bool(self._changed) or self.content.keys() != self.paper.content.keys()

    def to_bytes(self) -> bytes:
        """The file."""
        changed = {name: root for name in self._changed if (root := self.root(name)) is not None}
        return packed({
            name: _bytes_of(changed[name]) if name in changed else content
            for name, content in self.content.items()
        })  # fmt: skip

    def ids(self) -> int:
        """The highest id of a mark, bookmark, control or drawing in the texts of the file."""
        highest = 0
        for _, story in self.paper.stories:
            for node in story.iter():
                named = (node.get(f"{W}id"), node.get("id"), node.get(VAL))
                for text in named if _has_id(node) else ():
                    if text and text.isdigit() and int(text) < 2**31 - 2**20:
                        highest = max(highest, int(text))
        return highest

    def bookmarks(self) -> set[str]:
        """The names of the bookmarks in the file."""
        return {
            node.get(f"{W}name", "")
            for _, story in self.paper.stories
            for node in story.iter(f"{W}bookmarkStart")
        }

    # New parts

    def add_xml(self, name: str, root: Node, kind: str) -> None:
        """A new part of the main text, with its relationship of `kind`."""
        self.content[name] = self.paper.content[name] = _bytes_of(root)
        self._declare(name)
        self._relate(MAIN, kind, posixpath.relpath(name, "word"))

    def take_drawing(self, run: Node, source: OpenedPaper, source_part: str, part: str) -> None:
        """Brings in what the drawing in `run`, copied from `source`, shows; `run` points to it."""
        target = related(source, source_part, relation_of(run))
        name = self._copy(target, source)
        kind = "chart" if target.startswith("word/charts/") else "image"
        key = self._relate(part, kind, posixpath.relpath(name, posixpath.dirname(part)))
        for node in run.iter(f"{A}blip", f"{_C}chart"):
            for attribute in (f"{R}embed", f"{R}id"):
                if node.get(attribute) is not None:
                    node.set(attribute, key)

    def _copy(self, target: str, source: OpenedPaper) -> str:
        """The part `target` of `source` under a free name, with the parts that it names."""
        name = self._free(target)
        self.content[name] = source.content[target]
        self._declare(name)
        folder, own = posixpath.split(target)
        relations = source.root(f"{folder}/_rels/{own}.rels")
        for relation in () if relations is None else relations:
            inner = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            moved = self._copy(inner.lstrip("/"), source)
            relation.set("Target", posixpath.relpath(moved, posixpath.dirname(name)))
        if relations is not None:
            folder, own = posixpath.split(name)
            self.content[f"{folder}/_rels/{own}.rels"] = _bytes_of(relations)
        return name

    def _free(self, name: str) -> str:
        """A name like `name` that no part has."""
        stem, suffix = posixpath.splitext(name)
        stem = re.sub(r"\d+$", "", stem)
        taken = {part.casefold() for part in self.content}
        number = 1
        while f"{stem}{number}{suffix}".casefold() in taken:
            number += 1
        return f"{stem}{number}{suffix}"

    def _declare(self, name: str) -> None:
        """Gives a new part its content type."""
        types = self.to_change(_TYPES)
        suffix = posixpath.splitext(name)[1]
        own = "chart" if name.startswith("word/charts/") else posixpath.basename(name)
        if suffix == ".xml":
            entry = {"PartName": f"/{name}", "ContentType": _TYPE_OF[own]}
            etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", entry)
        elif not any(node.get("Extension", "").lower() == suffix[1:] for node in types):
            entry = {"Extension": suffix[1:], "ContentType": _TYPE_OF[suffix]}
            node = etree.Element(f"{{{_PACKAGE}/content-types}}Default", entry)
            types.insert(0, node)

    def _relate(self, part: str, kind: str, target: str) -> str:
        """A new relationship of `part`; its id."""
        folder, own = posixpath.split(part)
        name = f"{folder}/_rels/{own}.rels"
        if self.root(name) is None:
            empty = etree.Element(f"{{{_PACKAGE}/relationships}}Relationships")
            self.content[name] = self.paper.content[name] = _bytes_of(empty)
        root = self.to_change(name)
        taken = {node.get("Id") for node in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        made = {"Id": f"rId{number}", "Type": f"{_KINDS}/{kind}", "Target": target}
        etree.SubElement(root, _RELATION, made)
        return f"rId{number}"

    # What nothing shows any more

    def drop_unused(self, before: set[str]) -> None:
        """Takes out pictures and charts that were shown `before` and that nothing names now."""
        after = set(self.shown())
        for name in sorted(before - after):
            for part, root in self._relations():
                for relation in list(root):
                    folder = posixpath.dirname(part)
                    target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
                    if target == name:
                        root.remove(relation)
                        self.touch(f"{folder}/_rels/{posixpath.basename(part)}.rels")
            self._drop(name)

    def _relations(self) -> Iterator[tuple[str, Node]]:
        for part, _ in self.paper.stories:
            folder, own = posixpath.split(part)
            root = self.root(f"{folder}/_rels/{own}.rels")
            if root is not None:
                yield part, root

    def _drop(self, name: str) -> None:
        folder, own = posixpath.split(name)
        relations = self.root(f"{folder}/_rels/{own}.rels")
        for relation in () if relations is None else relations:
            inner = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            self._drop(inner.lstrip("/"))
        self.content.pop(name, None)
        self.content.pop(f"{folder}/_rels/{own}.rels", None)
        types = self.to_change(_TYPES)
        for entry in [node for node in types if node.get("PartName") == f"/{name}"]:
            types.remove(entry)

    def shown(self) -> Iterator[str]:
        """The names of the pictures and charts that the texts of the file show."""
        for part, story in self.paper.stories:
            for drawing in story.iter(f"{W}drawing"):
                if target := related(self.paper, part, relation_of(drawing)):
                    yield target


def _has_id(node: Node) -> bool:
    return isinstance(node.tag, str) and (node.tag.startswith(W) or node.tag in (f"{WP}docPr",))


def _bytes_of(root: Node) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
