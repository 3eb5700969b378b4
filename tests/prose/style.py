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
from reporter.sources import Catalogue

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
DEBRIS = re.compile(r"\b(?:None(?! of\b)|nan|NaN|Undefined)\b|[{}\ue000-\ue002]")
DOUBLED_WORD = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
DOUBLED_MARK = re.compile(r"  |,,|\.\.|;;|\(\(|, \.|,\.| ,| \.|\(\)|\( | \)")
DATED_NOW = re.compile(r"^(?:In|At) [^,]*, (?:that|this) is\b")
"""A period, which is past, and a figure that is."""
HALF_A_HEDGE = re.compile(r"\bjust\b(?! (?:over|under)\b)")


FRACTIONS = {
    "a tenth": 10, "a fifth": 20, "a quarter": 25, "a third": 100 / 3, "two-fifths": 40, "half": 50,
    "three-fifths": 60, "two-thirds": 200 / 3, "three-quarters": 75, "four-fifths": 80,
    "nine-tenths": 90,
}  # fmt: skip
NEAR = {"": (-0.5, 0.5), "just under ": (-2.0, -0.5), "just over ": (0.5, 2.0)}
"""By how many percentage points the figure lies off the fraction (STANDARDS 1.5.2)."""
MULTIPLES = {
    "less than half": (0.399, 0.475), "half": (0.475, 0.525), "one and a half times": (1.45, 1.55),
    "nearly twice": (1.85, 1.95), "twice": (1.95, 2.05), "more than twice": (2.05, 2.5),
    "three times": (2.9, 3.1),
}  # fmt: skip
"""STANDARDS 1.5.4."""
SMALL_WHOLE = 50
ABBREVIATION = re.compile(r"\b[A-Z]{2,}s?\b")
NO_ABBREVIATION = ("AAB",)
"""Letters that stand for nothing longer: A level grades."""


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
    if DATED_NOW.search(text):
        yield "a period of the past, and is"
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


def hedge_faults(statement: Statement) -> Iterator[str]:
    """Fractions and multiples that are not true of their figure, or are of too few."""
    for span in statement.spans:
        said = statement.text[span.start : span.end].replace("\u00a0", " ")
        if span.kind != "number" or span.number is None or re.search(r"\d", said):
            continue
        fact = statement.facts[span.fact]
        if span.field == "ratio":
            low, high = MULTIPLES[said]
            if not low < span.number <= high:
                yield f"{said!r} of {span.number}"
        elif said.removeprefix("just ").removeprefix("under ").removeprefix("over ") in FRACTIONS:
            if not any(_is_near(said, hedge, span.number) for hedge in NEAR):
                yield f"{said!r} of {span.number}"
            if fact.denominator is None or fact.denominator < SMALL_WHOLE:
                yield f"{said!r} of a whole of {fact.denominator}"


def _is_near(said: str, hedge: str, percent: float) -> bool:
    fraction = FRACTIONS.get(said.removeprefix(hedge)) if said.startswith(hedge) else None
    low, high = NEAR[hedge]
    return fraction is not None and low - 1e-9 <= percent - fraction <= high + 1e-9


def period_faults(before: Statement | None, statement: Statement) -> Iterator[str]:
    """Figures of which neither this sentence nor the one before says the period."""
    figures = [span for span in statement.spans if span.kind == "number"]
    counts = all(statement.facts[span.fact].kind == "count_summary" for span in figures)
    near = [statement, *((before,) if before else ())]
    if figures and not counts and not any(s.kind == "period" for one in near for s in one.spans):
        yield "no period"


def unit_faults(
    before: Statement | None, statement: Statement, catalogue: Catalogue
) -> Iterator[str]:
    """Figures of which neither this sentence nor the one before says what they count."""
    near = " ".join(one.text for one in (before, statement) if one).lower().replace("\u00a0", " ")
    for span in statement.spans:
        indicator = catalogue.indicators.get(statement.facts[span.fact].indicator)
        said = statement.text[span.start : span.end + 5]
        if span.kind != "number" or indicator is None or re.search(r"%|£|[a-z]{4}| per", said):
            continue
        names = _names(statement.facts[span.fact].indicator, catalogue)
        if not any(name and name.lower() in near for name in names):
            yield f"{said} of what"


def _names(code: str, catalogue: Catalogue) -> Iterator[str]:
    """What a figure of the measure `code` may be said to be of."""
    indicator = catalogue.indicators[code]
    yield from (indicator.noun, indicator.short, indicator.of)
    if indicator.counted:
        yield from (indicator.counted.one, indicator.counted.many)
    for entry in catalogue.indicators.values():
        flows = entry.flows
        if flows and flows.who and code in (flows.starts, flows.ends):
            yield from (flows.who.one, flows.who.many)
            yield "both are"  # the sentence after the two, which names them


def abbreviation_faults(texts: Sequence[str]) -> Iterator[str]:
    """Abbreviations that the paper has not written out where they first stand."""
    known: set[str] = set(NO_ABBREVIATION)
    for text in texts:
        for found in ABBREVIATION.finditer(text):
            short = found.group().removesuffix("s")
            if short not in known and not re.search(rf"\w \({short}s?\)", text):
                yield f"not written out: {short}: {text}"
            known.add(short)


def paper_faults(report: RealisedReport, catalogue: Catalogue | None = None) -> list[str]:
    """Every fault of a paper's sentences, each with the sentence."""
    found: list[str] = []
    before: Statement | None = None
    for statement in sentences(report):
        text = statement.text
        faults = [*sentence_faults(text), *hedge_faults(statement)]
        faults += neighbour_faults(before.text, text) if before else ()
        faults += period_faults(before, statement)
        faults += unit_faults(before, statement, catalogue) if catalogue else ()
        found += [f"{statement.id} {fault}: {text}" for fault in faults]
        before = statement
    return [*found, *abbreviation_faults([s.text for s in sentences(report)])]


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
