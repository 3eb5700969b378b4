"""Counts paragraphs as Word will: from the template's own numbering, style by style.

In: styles.xml and numbering.xml of a template. Out: the number that Word will print at each
paragraph, so that the evidence can name it before Word has seen the file; none is typed as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from docx_plus.core import el, insert_before_first_anchor, qn, sub
from lxml import etree

from reporter.wordml import whole

_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: the definition and instance it is of, and how its number is written."""

    definition: str
    instance: str
    depth: int
    form: str
    text: str
    start: int
    own: bool
    """Whether the level is tied to the style itself, so that the style alone numbers a
    paragraph."""


class Numbering:
    """The running counters of one document. Ask `next_number` once a paragraph, in reading
    order."""

    def __init__(self, styles: etree._Element, numbering: etree._Element | None) -> None:
        self._styles = {node.get(qn("w:styleId"), ""): node for node in styles.iter(qn("w:style"))}
        self._root = numbering
        self._definitions: dict[str, etree._Element] = {}
        self._instances: dict[str, str] = {}
        self._own: dict[tuple[str, int], etree._Element] = {}
        """Levels that an instance writes otherwise than its definition, by instance and depth."""
        for node in () if numbering is None else numbering:
            if node.tag == qn("w:abstractNum"):
                self._definitions[node.get(qn("w:abstractNumId"), "")] = node
            elif node.tag == qn("w:num"):
                definition = node.find(qn("w:abstractNumId"))
                instance = node.get(qn("w:numId"), "")
                self._instances[instance] = _value(definition)
                for level in node.iter(qn("w:lvl")):
                    self._own[instance, int(level.get(qn("w:ilvl"), "0"))] = level
        self._levels: dict[str, Level | None] = {}
        self._read_levels: dict[tuple[str, str, int], Level] = {}
        self._counts: dict[str, list[int | None]] = {}

    def level(self, style: str) -> Level | None:
        """The list level that paragraphs in `style` (an id) belong to; None where they have no
        number."""
        if style not in self._levels:
            self._levels[style] = self._find(style)
        return self._levels[style]

    def direct(self, style: str) -> tuple[str, int] | None:
        """What a paragraph must carry itself, because Word ties the level to another style."""
        level = self.level(style)
        return None if level is None or level.own else (level.instance, level.depth)

    def restart(self, style: str) -> None:
        """Lets a list of one level count from its start again: a new instance, as in Word."""
        level = self.level(style)
        if (
            level is None
            or level.depth
            or self._root is None
            or level.definition not in self._counts
        ):
            return
        del self._counts[level.definition]
        instance = str(max(int(key) for key in self._instances) + 1)
        self._instances[instance] = level.definition
        self._levels[style] = replace(level, instance=instance, own=False)
        node = el("w:num", **{"w:numId": instance})
        sub(node, "w:abstractNumId", **{"w:val": level.definition})
        override = sub(node, "w:lvlOverride", **{"w:ilvl": "0"})
        sub(override, "w:startOverride", **{"w:val": str(level.start)})
        insert_before_first_anchor(self._root, node, ("w:numIdMacAtCleanup",))

    def next_number(self, style: str) -> str:
        """The number of the next paragraph in `style`, as printed but for a last full stop or
        bracket.

        A number that does not show its section ("a.") is given after the section's: "2a".
        """
        level = self.level(style)
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(level.definition, [None] * 9)
        before = counts[level.depth]
        counts[level.depth] = level.start if before is None else before + 1
        counts[level.depth + 1 :] = [None] * (8 - level.depth)
        printed = self._printed(level, counts)
        if level.depth and "%1" not in level.text:
            above = self._printed(self._at(level, 0), counts)
            return f"{above}{printed}"
        return printed

    def _printed(self, level: Level, counts: list[int | None]) -> str:
        def number(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            at = self._at(level, depth)
            count = counts[depth]
            return _written(at.start if count is None else count, at.form)

        return re.sub(r"%(\d)", number, level.text).rstrip(".):")

    def _find(self, style: str) -> Level | None:
        """The level of a style by its own numbering or that of the style it is based on."""
        at, seen = style, set[str]()
        while (node := self._styles.get(at)) is not None and at not in seen:
            seen.add(at)
            listed = node.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if listed is not None:
                instance = _value(listed.find(qn("w:numId")))
                definition = self._instances.get(instance)
                if definition is None or definition not in self._definitions:
                    return None
                depth = int(_value(listed.find(qn("w:ilvl"))) or 0)
                for level in self._definitions[definition].iter(qn("w:lvl")):
                    if _value(level.find(qn("w:pStyle"))) == at:
                        depth = int(level.get(qn("w:ilvl"), "0"))
                        return self._read(definition, instance, depth, own=True)
                return self._read(definition, instance, depth, own=False)
            at = _value(node.find(qn("w:basedOn")))
        return None

    def _at(self, level: Level, depth: int) -> Level:
        """Another level of the list of `level`."""
        key = (level.definition, level.instance, depth)
        if key not in self._read_levels:
            self._read_levels[key] = self._read(*key, own=False)
        return self._read_levels[key]

    def _read(self, definition: str, instance: str, depth: int, own: bool) -> Level:
        own_level = self._own.get((instance, depth))
        listed = () if own_level is None else (own_level,)
        for node in (*listed, *self._definitions[definition].iter(qn("w:lvl"))):
            if node.get(qn("w:ilvl")) == str(depth):
                form = _value(node.find(qn("w:numFmt"))) or "decimal"
                text = _value(node.find(qn("w:lvlText")))
                start = whole(_value(node.find(qn("w:start"))), 1)
                return Level(definition, instance, depth, form, text, start, own)
        return Level(definition, instance, depth, "none", "", 1, own)


def _value(node: etree._Element | None) -> str:
    return "" if node is None else str(node.get(qn("w:val"), ""))


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        # Word goes on after z with aa, bb, cc.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
