"""A style check for whole papers: what a committee clerk would strike out.

`sentence_faults` looks at one statement, `neighbour_faults` at two in a row, `paper_faults` at
a whole report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reporter.prose import (
    BulletList,
    Chart,
    Paragraph,
    RealisedReport,
    RealisedSection,
    Statement,
    Table,
)

LONGEST = 40
AVERAGE = 24
CAUSES = (
    "because", "due to", "owing to", "as a result of", "led to", "caused", "driven by",
    "thanks to", "reflects", "impact of", "contributed to", "attributable to",
)  # fmt: skip
TONE = (
    "soared", "surged", "plummeted", "slumped", "dramatic", "dramatically", "sharp", "sharply",
    "huge", "massive", "staggering", "alarming", "worrying", "encouraging", "disappointing",
    "pleasing", "unfortunately", "only", "as many as", "as few as", "mere", "robust",
    "strong performance", "significant", "significantly", "slightly", "approximately", "about",
)  # fmt: skip
VERBS = frozenset(
    [
        "rose",
        "risen",
        "increased",
        "grew",
        "grown",
        "fell",
        "fallen",
        "decreased",
        "declined",
        "averaged",
        "met",
        "missed",
        "ranged",
        "fluctuated",
        "remained",
        "ranked",
        "became",
        "stood",
        "improved",
        "worsened",
        "widened",
        "narrowed",
        "went",
    ]
)
RELATIVES = (
    "who",
    "that",
    "which",
    "was",
    "were",
)  # "were missed": what they are, not how it moved
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
DEBRIS = re.compile(r"\b(?:None|nan|NaN|Undefined)\b|[{}\ue000-\ue002]")
DOUBLED_WORD = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
DOUBLED_MARK = re.compile(r"  |,,|\.\.|;;|\(\(|, \.|,\.| ,| \.|\(\)|\( | \)")
HALF_A_HEDGE = re.compile(r"\bjust\b(?! (?:over|under)\b)")


def words(text: str) -> list[str]:
    """The words of `text`, in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def length(text: str) -> int:
    """How many words a reader counts: what spaces part, brackets left out."""
    return len(re.sub(r"\([^)]*\)", "", text).split())


def sentence_faults(text: str) -> Iterator[str]:
    """What is wrong with one sentence."""
    lower = text.lower()
    for phrase in (*CAUSES, *TONE):
        if re.search(rf"\b{re.escape(phrase)}\b", lower):
            yield f"banned: {phrase}"
    if HALF_A_HEDGE.search(lower):
        yield "just, and no hedge"
    if length(text) > LONGEST:
        yield f"{length(text)} words"
    if text[:1].isdigit():
        yield "opens with a figure"
    if text[:1].islower():
        yield "opens without a capital"
    if not text.endswith((".", "?")):
        yield "no full stop"
    for found in (DEBRIS.search(text), DOUBLED_WORD.search(text), DOUBLED_MARK.search(text)):
        if found and not found.group(0).lower().startswith("in in"):
            yield f"debris: {found.group(0)!r}"
    if re.search(r"% (?:percentage )?points?\b", text):
        yield "a percent sign before points"


def neighbour_faults(before: str, after: str) -> Iterator[str]:
    """What two sentences in a row should not share."""
    if words(before)[:3] == words(after)[:3]:
        yield f"two openings alike: {' '.join(words(after)[:3])}"
    verb = main_verb(after)
    if verb and verb == main_verb(before):
        yield f"one verb twice: {verb}"


def main_verb(text: str) -> str:
    """The first verb of movement or standing in `text`; "" for to be and to have."""
    found = words(text)
    beside = zip(["", *found], found, [*found[1:], ""], strict=False)
    verbs = (w for before, w, after in beside if before not in RELATIVES and after != "by")
    return next((w for w in verbs if w in VERBS), "")


def paper_faults(report: RealisedReport) -> list[str]:
    """Every fault of a paper's sentences, each with the sentence."""
    found: list[str] = []
    before = ""
    for statement in sentences(report):
        text = statement.text
        faults = [*sentence_faults(text), *(neighbour_faults(before, text) if before else ())]
        found += [f"{statement.id} {fault}: {text}" for fault in faults]
        before = text
    return found


def average_length(report: RealisedReport) -> float:
    """Words a sentence, over the paper."""
    lengths = [length(statement.text) for statement in sentences(report)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def sentences(report: RealisedReport) -> list[Statement]:
    """The sentences of the paragraphs and lists, in reading order."""
    return [s for section in report.sections for s in _sentences(section)]


def _sentences(section: RealisedSection) -> Iterator[Statement]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from block.statements
        elif isinstance(block, BulletList):
            yield from block.items
    for inner in section.sections:
        yield from _sentences(inner)


def all_statements(report: RealisedReport) -> list[Statement]:
    """Every generated statement: sentences, prompts, table rows and alternative texts."""
    return [s for section in report.sections for s in _statements(section)]


def _statements(section: RealisedSection) -> Iterator[Statement]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from block.statements
        elif isinstance(block, BulletList):
            yield from block.items
        elif isinstance(block, Table):
            yield from (row.statement for row in block.rows)
        elif isinstance(block, Chart):
            yield block.alt
        elif hasattr(block, "statement"):
            yield block.statement
    for inner in section.sections:
        yield from _statements(inner)


def blocks(report: RealisedReport) -> Iterator[object]:
    """Every block of every section, in reading order."""
    waiting = list(report.sections)
    while waiting:
        section = waiting.pop(0)
        yield from section.blocks
        waiting = [*section.sections, *waiting]


def span_faults(statements: Sequence[Statement]) -> list[str]:
    """Digits that lie in no span or in two, and spans that point nowhere."""
    found = []
    for statement in statements:
        cover = [0] * len(statement.text)
        for span in statement.spans:
            if not 0 <= span.fact < len(statement.facts):
                found.append(f"{statement.id}: a span of no fact: {statement.text}")
            if span.kind == "number" and span.number is None:
                found.append(f"{statement.id}: a number without a value: {statement.text}")
            for place in range(span.start, span.end):
                cover[place] += 1
        bad = [c for c, n in zip(statement.text, cover, strict=True) if c.isdigit() and n != 1]
        if bad:
            found.append(f"{statement.id}: {''.join(bad)} in no span or in two: {statement.text}")
    return found
