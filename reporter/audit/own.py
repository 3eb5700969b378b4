"""What an author wrote: numbers that no fact states, and words that the facts contradict.

In: a sentence that was not generated. Out: findings: an error only where the sentence names one
measure and its period, and the figures say otherwise; else notes for sign-off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.audit.evidence import FactData
from reporter.audit.findings import Finding, FindingLevel
from reporter.audit.names import Names
from reporter.audit.pieces import Said
from reporter.audit.support import FactIndex
from reporter.audit.tokens import Token, tokens_of
from reporter.wordml import quoted

_SIGN = "Have whoever knows the source sign it off, or take it out."
_FIX = "Correct it, or correct the data and build the paper again."


def findings_of_own(said: Said, index: FactIndex, names: Names) -> Iterator[Finding]:
    """The findings of a sentence of the author's own."""
    if said.block.kind in ("header", "footer"):
        return
    tokens = tokens_of(said.text, names)
    about = _facts_about(said.text, index, names)
    for token in tokens:
        if token.kind == "name" and names.is_foreign(token.key):
            what = f"{quoted(token.text)} is another authority, which none of the figures is about"
            fix = "See that it is meant, and not left over from another paper."
            yield _at(said, token, "other-area", what, fix, "warning")
        elif token.kind == "number" and token.key not in names.numbers:
            yield from _number(said, token, tokens, about, index)
        elif token.kind in ("direction", "judgement") and said.kind != "row":
            yield from _movement(said, token, about)


def _at(said: Said, token: Token, code: str, what: str, fix: str, level: FindingLevel) -> Finding:
    block, start = said.at(token.start)
    end = start + token.end - token.start
    return Finding(block.place, code, what, fix, level, block, start, end)


def _facts_about(text: str, index: FactIndex, names: Names) -> tuple[FactData, ...]:
    """The facts of the one measure that a sentence names; none where it names none or several."""
    named = names.measures_in(text)
    codes = frozenset.intersection(*named.values()) if named else frozenset()
    if len(codes) != 1:
        return ()
    return tuple(f for f in index.facts if f.get("indicator") in codes)


def _number(
    said: Said, token: Token, tokens: Sequence[Token], about: tuple[FactData, ...],
    index: FactIndex,
) -> Iterator[Finding]:  # fmt: skip
    one = token.quantity
    assert one is not None
    if (FactIndex(about) if about else index).supporting(one):
        return
    stated = _stated_for(token, tokens, about)
    if stated:
        figures = " or ".join(stated)
        what = f"it says {quoted(token.text)}, and the figures for that period say {figures}"
        yield _at(said, token, "contradicts", what, _FIX, "error")
        return
    what = f"no figure of the evidence supports {quoted(token.text)}"
    yield _at(said, token, "unsupported-number", what, _SIGN, "note")


def _stated_for(token: Token, tokens: Sequence[Token], about: Sequence[FactData]) -> list[str]:
    """How the facts state the measure of a sentence at its only period, in the number's unit."""
    one = token.quantity
    assert one is not None
    periods = [t for t in tokens if t.kind == "period"]
    figures = [t for t in tokens if t.quantity is not None and t.quantity.is_figure]
    if len(periods) != 1 or len(figures) != 1 or one.unit in ("points", "times", "ordinal"):
        return []
    found: dict[str, None] = {}
    for fact in about:
        if fact.get("category") or fact.get("value") is None or fact.get("kind") != "level":
            continue
        words = [str(p.get("text", "")).replace("\u00a0", " ") for p in fact.get("periods", ())]
        percent = fact.get("unit") == "percent"
        if percent == (one.unit == "percent") and any(periods[0].text in text for text in words):
            found[" ".join(str(s["text"]) for s in fact.get("stated", ())[:1])] = None
    return [text for text in found if text]


def _movement(said: Said, token: Token, about: Sequence[FactData]) -> Iterator[Finding]:
    """A word of movement or judgement that every fact of the measure contradicts."""
    field = "direction" if token.kind == "direction" else "judgement"
    changes = [fact for fact in about if fact.get("kind") == "change"]
    known = {str(fact.get(field) or "") for fact in changes} - {"", "none", "not_judged"}
    if token.text.endswith(" than"):
        return
    contrary = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
    if known == {contrary.get(token.key, "")}:
        what = f"it says {quoted(token.text)}, and every comparison says {next(iter(known))}"
        yield _at(said, token, f"wrong-{field}", what, _FIX, "error")
