"""Words of an author's that may give a figure which no reader may see.

In: what the paper says beside what was generated, and the figures that are hidden. Out: an error
for each number that no figure of its measure supports, where its sentence speaks of a hidden one.
The hidden figure itself is nowhere written, so nobody can tell whether it is the one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from reporter.audit.evidence import Evidence, HiddenFigure
from reporter.audit.findings import Finding
from reporter.audit.keys import plain_text
from reporter.audit.matching import Match, matches, meant_by
from reporter.audit.names import Names, folded, names_of
from reporter.audit.pieces import Said, pieces_of
from reporter.audit.support import FactIndex
from reporter.audit.tokens import Token, tokens_of
from reporter.reading import Reading
from reporter.wordml import quoted

CODE = "hidden-figure"
_FIX = "Take it out; if it is of another time, name that in its sentence."
_NO_FIGURE = ("ordinal", "fraction", "times")


def hidden_in(reading: Reading, evidence: Evidence) -> tuple[Finding, ...]:
    """The numbers of a paper that may be a figure which its evidence says is hidden."""
    names = names_of(evidence)
    found = matches(pieces_of(reading), meant_by(evidence), names)
    return tuple(findings_of_hidden(found, evidence, names))


def findings_of_hidden(
    matches: Iterable[Match], evidence: Evidence, names: Names
) -> Iterator[Finding]:
    """The numbers in an author's words that may be a hidden figure."""
    for match in matches if evidence.hidden else ():
        generated = match.how == "same" and match.meant is not None and match.meant.is_generated
        if generated or match.said.is_prompt:
            continue
        tokens = tokens_of(match.said.text, names)
        meant = [one for one in evidence.hidden if _speaks_of(match, one, tokens, names)]
        if meant:
            shown = _figures_of(_codes(match, names) | {one.indicator for one in meant}, evidence)
            yield from _findings(match.said, tokens, shown, names)


def _findings(
    said: Said, tokens: Iterable[Token], shown: FactIndex, names: Names
) -> Iterator[Finding]:
    for token in tokens:
        one = token.quantity
        if one is None or token.kind != "number" or token.key in names.numbers:
            continue
        fewer = one.hedge == "under" and not one.unit  # "fewer than 5" gives none away
        if fewer or one.unit in _NO_FIGURE or shown.supporting(one):
            continue
        block, start = said.at(token.start)
        end = start + token.end - token.start
        what = f"{quoted(token.text)} may be a figure that may not be shown"
        yield Finding(block.place, CODE, what, _FIX, "error", block, start, end)


def _speaks_of(match: Match, one: HiddenFigure, tokens: Iterable[Token], names: Names) -> bool:
    """Whether a sentence may be about a hidden figure: its measure, member, place and time."""
    text = folded(plain_text(match.said.text))
    named = one.indicator in _codes(match, names) or any(_holds(text, it) for it in one.called)
    if not named or (one.category and not _holds(text, one.category)):
        return False
    times = [t.period for t in tokens if t.period and t.period.first and t.period.last]
    if not times:
        return one.current
    return any(
        it.first <= one.last and it.last >= one.first for it in times if it.first and it.last
    )


def _holds(text: str, phrase: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(folded(plain_text(phrase)))}(?!\w)", text))


def _codes(match: Match, names: Names) -> set[str]:
    """The measures that a sentence names, and those that it was about when it was generated."""
    found = {code for codes in names.measures_in(match.said.text).values() for code in codes}
    claim = match.meant.claim if match.meant else None
    if claim is not None:
        found |= {str(fact.get("indicator") or "") for fact in claim.facts}
    return found


def _figures_of(codes: Collection[str], evidence: Evidence) -> FactIndex:
    """What is shown of these measures."""
    return FactIndex(tuple(f for f in evidence.facts if f.get("indicator") in codes))
