"""The numbers that Word prints at paragraphs, counted again from the file's own lists.

In: the roots of document, styles and numbering. Out: a number for each numbered paragraph. Counted
as ECMA-376 17.9 says: one counter a level for each abstract list, deeper levels begin again after a
higher one, an instance with a start of its own begins there at its first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reporter.wordml import Node, W, child, is_on, value, whole

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
StyleChain = Callable[[Node], list[Node]]
"""The styles of a paragraph, its own first, each after the one that is based on it."""


@dataclass
class _List:
    """An abstract list: how each level is written, and how far it has counted."""

    levels: dict[int, Node]
    link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


class Counter:
    """Asked once for each paragraph, in reading order."""

    def __init__(self, numbering: Node | None, chain: StyleChain) -> None:
        root = () if numbering is None else numbering
        self._chain = chain
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, Node] = {}
        self._named: dict[str, str] = {}
        for node in root:
            if node.tag == f"{W}abstractNum":
                link = value(node, "numStyleLink")
                self._lists[node.get(f"{W}abstractNumId", "")] = _List(_levels(node), link)
                if named := value(node, "styleLink"):
                    self._named[named] = node.get(f"{W}abstractNumId", "")
            elif node.tag == f"{W}num":
                self._instances[node.get(f"{W}numId", "")] = node
        self._begun: set[tuple[str, int]] = set()

    def listed(self, paragraph: Node) -> tuple[str, int] | None:
        """(instance, level) of the list that a paragraph belongs to by itself or by its style."""
        own = child(paragraph, "pPr", "numPr")
        instance, level = value(own, "numId"), value(own, "ilvl")
        for style in self._chain(paragraph):
            inherited = child(style, "pPr", "numPr")
            if inherited is None:
                continue
            instance = instance or value(inherited, "numId")
            level = level or value(inherited, "ilvl") or self._tied(instance, style)
        if instance not in self._instances:
            return None
        return instance, whole(level, 0)

    def number(self, paragraph: Node) -> str:
        """What is printed, without a last full stop or bracket; a bullet and no list are empty."""
        at = self.listed(paragraph)
        if at is None:
            return ""
        instance, depth = at
        listing = self._list_of(instance)
        levels = {} if listing is None else self._levels_of(instance, listing)
        if listing is None or depth not in levels:
            return ""
        form = value(levels[depth], "numFmt") or "decimal"
        if form in ("bullet", "none"):
            return ""
        self._count(instance, listing, levels, depth)
        return self._printed(listing, levels, depth)

    def _tied(self, instance: str, style: Node) -> str:
        """The level that names the style, as Word ties headings to levels."""
        listing = self._list_of(instance)
        for depth, level in (listing.levels if listing else {}).items():
            if value(level, "pStyle") == style.get(f"{W}styleId"):
                return str(depth)
        return ""

    def _list_of(self, instance: str) -> _List | None:
        """The list that an instance counts, where need be by the list style that it links to."""
        node = self._instances.get(instance)
        listing = self._lists.get(value(node, "abstractNumId"))
        if listing is not None and listing.link in self._named:
            return self._lists[self._named[listing.link]]
        return listing

    def _levels_of(self, instance: str, listing: _List) -> dict[int, Node]:
        """The levels of a list, those that the instance writes in its own way instead."""
        levels = dict(listing.levels)
        for override in self._instances[instance].iter(f"{W}lvlOverride"):
            levels.update(_levels(override))
        return levels

    def _count(self, instance: str, listing: _List, levels: dict[int, Node], depth: int) -> None:
        start = whole(value(levels[depth], "start"), 1)
        for override in self._instances[instance].iter(f"{W}lvlOverride"):
            own = value(override, "startOverride")
            if own and override.get(f"{W}ilvl") == str(depth):
                start = whole(own, start)
                if (instance, depth) not in self._begun:
                    listing.counts.pop(depth, None)
        self._begun.add((instance, depth))
        listing.counts[depth] = listing.counts.get(depth, start - 1) + 1
        for deeper in [level for level in listing.counts if level > depth]:
            after = value(levels.get(deeper), "lvlRestart")
            if not after or depth < whole(after, deeper):
                del listing.counts[deeper]

    def _printed(self, listing: _List, levels: dict[int, Node], depth: int) -> str:
        legal = is_on(value(levels[depth], "isLgl"))

        def one(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            node = levels.get(at)
            count = listing.counts.get(at, whole(value(node, "start"), 1))
            form = value(node, "numFmt")
            return written(count, "decimal" if legal and at < depth else form)

        return re.sub(r"%(\d)", one, value(levels[depth], "lvlText")).rstrip(".):")


def _levels(node: Node) -> dict[int, Node]:
    """The levels that stand under a list or an override, by depth."""
    return {whole(n.get(f"{W}ilvl", ""), 0): n for n in node.iter(f"{W}lvl")}


def written(count: int, form: str) -> str:
    """A count as Word writes it in `form`; letters go on after z with aa, bb."""
    if form in ("lowerLetter", "upperLetter") and 0 < count < 1000:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        for size, letters in _ROMAN:
            roman += letters * (count // size)
            count %= size
        return roman.upper() if form == "upperRoman" else roman
    return str(count).zfill(2) if form == "decimalZero" else str(count)
