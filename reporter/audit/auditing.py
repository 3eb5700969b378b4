"""The audit: every sentence and row matched with what was generated, every number with its facts.

In: a reading of the paper and its evidence. Out: an `Audit`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.audit.charts import findings_of_charts
from reporter.audit.edits import findings_of_edit
from reporter.audit.evidence import Claim, Evidence
from reporter.audit.findings import Finding, NumberFound
from reporter.audit.hidden import findings_of_hidden
from reporter.audit.matching import Match, matches, meant_by
from reporter.audit.names import Names, names_of
from reporter.audit.own import findings_of_own
from reporter.audit.pieces import Said, pieces_of
from reporter.audit.references import findings_of_references
from reporter.audit.support import FactIndex, brief_of
from reporter.audit.tokens import tokens_of
from reporter.reading import Reading


@dataclass(frozen=True, eq=False)
class Audit:
    """What was found, in reading order, and every number of the paper with its support."""

    findings: tuple[Finding, ...]
    numbers: tuple[NumberFound, ...]


def match_reading(reading: Reading, evidence: Evidence) -> tuple[Match, ...]:
    """Every sentence and row of the paper with what it was generated as."""
    return matches(pieces_of(reading), meant_by(evidence), names_of(evidence))


def audit_reading(
    reading: Reading, evidence: Evidence, changed: Mapping[str, str] | None = None
) -> Audit:
    """The paper held against its evidence.

    `changed` says, by statement, which figures are other ones now than when it was generated.
    """
    waiting = dict(changed or {})
    names = names_of(evidence)
    found = matches(pieces_of(reading), meant_by(evidence), names)
    whole, sections = FactIndex(evidence.facts), _by_section(evidence)
    claims = {claim.id: FactIndex(claim.facts) for claim in evidence.claims}
    findings: list[Finding] = []
    numbers: list[NumberFound] = []
    for match in found:
        if match.how in ("edited", "part"):
            nearby = sections.get(match.said.section, FactIndex(()))
            findings += findings_of_edit(match, names, nearby, whole)
        elif match.how == "own":
            findings += findings_of_own(match.said, whole, names)
        claim = match.meant.claim if match.meant else None
        if claim is not None and claim.id in waiting:
            findings.append(_stale(match.said, waiting.pop(claim.id)))
        numbers += _numbers(match, names, claims[claim.id] if claim else whole)
    hidden = list(findings_of_hidden(found, evidence, names))
    told = {(one.place, one.start) for one in hidden}
    findings = [it for it in findings if (it.place, it.start) not in told or not it.block] + hidden
    findings += findings_of_charts(reading, evidence)
    findings += findings_of_references(reading)
    return Audit(tuple(_in_order(findings)), tuple(numbers))


def _stale(said: Said, why: str) -> Finding:
    """That a statement stands as it was though its figures do not."""
    block, start = said.at(0)
    what = f"its figures have changed since it was generated: {why}"
    fix = "Refresh the paper with the new figures, or build it again."
    end = min(start + len(said.text), len(block.text))
    return Finding(block.place, "changed-since", what, fix, "error", block, start, end)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    at = {id(f): (f.block.index if f.block else 1 << 30, f.start) for f in findings}
    return sorted(findings, key=lambda f: at[id(f)])


def _by_section(evidence: Evidence) -> dict[str, FactIndex]:
    found: dict[str, list[Claim]] = {}
    for claim in evidence.claims:
        found.setdefault(claim.section, []).append(claim)
    return {
        section: FactIndex(tuple(fact for claim in claims for fact in claim.facts))
        for section, claims in found.items()
    }


def _numbers(match: Match, names: Names, index: FactIndex) -> Iterator[NumberFound]:
    """Every number of a sentence or row, and what supports it."""
    claim = match.meant.claim if match.meant else None
    given = match.meant is not None and claim is None and match.how == "same"
    for token in tokens_of(match.said.text, names):
        if token.quantity is None:
            continue
        place = match.said.place(token.start)
        support = index.supporting(token.quantity) if token.kind == "number" and not given else ()
        if support:
            briefs = tuple(brief_of(fact) for fact in support[:5])
            yield NumberFound(place, token.text, "fact", claim.id if claim else "", briefs)
        elif given:
            yield NumberFound(place, token.text, "given")
        elif (claim is not None and token.text in claim.text) or not token.quantity.is_figure:
            yield NumberFound(place, token.text, "wording", claim.id if claim else "")
        else:
            yield NumberFound(place, token.text, "none")


def _is_in(words: str, claim: Claim | None) -> bool:
    return claim is not None and words in claim.text
