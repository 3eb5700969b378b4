"""The method note: how the verdicts that a paper speaks were reached, each told once (1.8.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporter.facts import Thresholds
from reporter.prose.lexicon import Lexicon
from reporter.prose.nouns import BulletList, Paragraph, RealisedReport, RealisedSection, Statement
from reporter.prose.templates import Templates
from reporter.sources import Catalogue


def with_methods(
    report: RealisedReport, catalogue: Catalogue, lexicon: Lexicon, thresholds: Thresholds
) -> RealisedReport:
    """`report` with the lexicon's note on each rule that speaks in its sentences, the cut points
    filled in.

    Each has one for measures without a test ("none"), and may have one for those of another
    declared method.
    """
    told = {
        by_method.get(catalogue.indicators[fact.indicator].method, by_method["none"])
        for statement in _statements(report.sections)
        for rule in statement.rules
        if (by_method := lexicon.methods.get(rule))
        for fact in statement.facts
        if fact.indicator in catalogue.indicators
    }
    cuts = {name: f"{cut.value.normalize():f}" for name, cut in thresholds.named.items()}
    known = dict.fromkeys(note for by in lexicon.methods.values() for note in by.values())
    notes = tuple(Templates().render(note, cuts) for note in known if note in told)
    return replace(report, methods=notes)


def _statements(sections: Sequence[RealisedSection]) -> Iterator[Statement]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from block.statements
            elif isinstance(block, BulletList):
                yield from block.items
        yield from _statements(section.sections)
