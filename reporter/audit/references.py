"""References in a paper: tables, figures and paragraphs that are named and are not there.

In: a reading. Out: findings; also captions that are numbered twice or out of turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reporter.audit.findings import Finding
from reporter.reading import Block, Reading
from reporter.wordml import quoted

_CAPTION = re.compile(r"\s*(Table|Figure|Chart)\s+(\d+)\b(?=\s*[:.\u2013-]|\s*$)", re.IGNORECASE)
_NAMED = re.compile(r"\b(Tables?|Figures?|Charts?)\s+(\d+)(?:\s*(?:and|to|or|,)\s*(\d+))?\b")
_PARAGRAPH = re.compile(r"\b(?:paragraphs?|section)\s+(\d+(?:\.\d+)+[a-z]?)", re.IGNORECASE)
_OUTSIDE = re.compile(r"\b(?:of|in|to) (?:the|schedule|part|that|its)\b", re.IGNORECASE)


def findings_of_references(reading: Reading) -> Iterator[Finding]:
    """Every reference without its target, and captions whose numbers do not run."""
    captions = [(b, m) for b in reading.body if (m := _caption(b))]
    numbers = {(m[1].casefold(), int(m[2])) for _, m in captions}
    yield from _captions_in_turn([(b, m) for b, m in captions])
    addresses = {b.address for b in reading.body if b.address}
    for block in reading.body:
        if block.kind != "caption" and captions:
            yield from _displays_named(block, numbers)
        if addresses:
            yield from _paragraphs_named(block, addresses)


def _caption(block: Block) -> re.Match[str] | None:
    return _CAPTION.match(block.text) if block.kind == "caption" else None


def _captions_in_turn(captions: list[tuple[Block, re.Match[str]]]) -> Iterator[Finding]:
    counted: Counter[str] = Counter()
    for block, match in captions:
        kind = match[1].casefold()
        counted[kind] += 1
        if int(match[2]) != counted[kind]:
            what = f"the caption is numbered {match[0].strip()}, and it is {kind} {counted[kind]}"
            fix = "Update the fields (Ctrl+A, F9), or number the captions again."
            yield Finding(
                block.place, "wrong-caption-number", what, fix, "error", block, match.start(2),
                match.end(2),
            )  # fmt: skip


def _displays_named(block: Block, numbers: set[tuple[str, int]]) -> Iterator[Finding]:
    for match in _NAMED.finditer(block.text):
        kind = match[1].casefold().removesuffix("s")
        if _OUTSIDE.match(block.text[match.end() :].lstrip()):
            continue
        for group in (2, 3):
            if match[group] and (kind, int(match[group])) not in numbers:
                what = f"{kind} {match[group]} is named, and there is none in the paper"
                fix = "Name the one that is meant, or update the fields (Ctrl+A, F9)."
                yield Finding(
                    block.place, "no-such-display", what, fix, "error", block,
                    match.start(group), match.end(group),
                )  # fmt: skip


def _paragraphs_named(block: Block, addresses: set[str]) -> Iterator[Finding]:
    for match in _PARAGRAPH.finditer(block.text):
        after = block.text[match.end() :].lstrip()
        if match[1] in addresses or _OUTSIDE.match(after):
            continue
        what = f"{quoted(match[0])} is named, and the paper has no paragraph {match[1]}"
        fix = "Name the one that is meant."
        yield Finding(
            block.place, "no-such-paragraph", what, fix, "warning", block, match.start(1),
            match.end(1),
        )  # fmt: skip
