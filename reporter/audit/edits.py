"""What is wrong with an edited statement, by how it differs from the generated one.

In: a match of a sentence or a row with what was generated. Out: findings at their offsets. Words
that figures do not decide may change as an author likes; what they decide may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.audit.differences import Difference, differences, replaced_words
from reporter.audit.elsewhere import Elsewhere, elsewhere, unit_kind
from reporter.audit.evidence import Claim, FactData
from reporter.audit.findings import Finding, FindingLevel
from reporter.audit.matching import Match, Meant, folded
from reporter.audit.names import Names
from reporter.audit.pieces import BETWEEN, Said
from reporter.audit.support import FactIndex, agrees, figures_of
from reporter.audit.tokens import Token, tokens_of
from reporter.wordml import quoted

_CODES = {
    "number": "wrong-number", "age": "wrong-group", "reference": "wrong-reference",
    "period": "wrong-period", "name": "wrong-name",
    "direction": "wrong-direction", "comparison": "wrong-comparison", "side": "wrong-comparison",
    "judgement": "wrong-judgement", "extreme": "wrong-extreme", "course": "wrong-direction",
    "outcome": "wrong-comparator", "statistic": "wrong-comparator", "benchmark": "wrong-comparator",
    "rating": "wrong-rating",
    "state": "wrong-judgement", "denial": "turned-round", "hedge": "wrong-hedge",
    "status": "wrong-status",
    "extent": "wrong-extent", "group": "wrong-group", "time": "wrong-period", "part": "wrong-unit",
}  # fmt: skip
_FIRM = frozenset({"name", "benchmark", "statistic", "rating", "number", "period", "age", "part"})
"""Kinds of words that have no synonyms: others in their place say something else."""
_MORE = 3
"""A longer passage in place of a shorter one is the author's telling, not a name for a name."""
_FIX = "Put back what the figures say, or correct the data and build the paper again."
_LOOK = "See that it still says what the figures do."


def findings_of_edit(
    match: Match, names: Names, nearby: FactIndex, whole: FactIndex
) -> Iterator[Finding]:
    """The findings of a match that is edited or a part; `nearby` are facts of its section, `whole`
    those of the paper.
    """
    said, meant = match.said, match.meant
    assert meant is not None
    if said.kind == "row":
        yield from _row(match, meant, names)
        return
    mine, theirs = tokens_of(said.text, names), tokens_of(meant.text, names)
    differ = differences(mine, theirs)
    if meant.claim is not None and meant.claim.kept:
        held = elsewhere(said.text, mine, meant.claim, whole.facts, names.numbers)
        differ = tuple(_of_kept(differ, held))
    found = list(_judged(said, meant, differ, names, nearby, match.how))
    found += _other_measure(said, meant, names)
    found += _other_topic(said, meant, mine, theirs, names)
    if not found and match.how == "edited":
        what = f"it was edited; it was generated as {quoted(meant.text, 200)}"
        found = [_finding(said, 0, len(said.text), "edited", what, _LOOK, "note")]
    yield from found


def _finding(
    said: Said, start: int, end: int, code: str, what: str, fix: str, level: FindingLevel = "error"
) -> Finding:
    block, inner = said.at(start)
    last = min(inner + end - start, len(block.text))
    return Finding(block.place, code, what, fix, level, block, inner, max(last, inner))


def _of_kept(found: Sequence[Difference], held: Elsewhere) -> Iterator[Difference]:
    """The differences of a sentence that refresh kept, but for what is true of its measure at its
    own period; a number is held against none of another kind of unit.
    """
    for each in found:
        new, old = each.said, each.meant
        if new is not None and new.kind in ("number", "period") and held.holds(new):
            continue
        yield Difference("added", new, None) if _of_other_kinds(new, old) else each


def _of_other_kinds(new: Token | None, old: Token | None) -> bool:
    """Whether two numbers cannot be one another's: 5% and 3 hours; 5% and 5 may be a slip."""
    one, other = new and new.quantity, old and old.quantity
    if not one or not other or one.value == other.value:
        return False
    kinds = {unit_kind(one), unit_kind(other)}
    return len(kinds) > 1 and kinds != {"percent", "points"}


def _judged(
    said: Said, meant: Meant, found: Sequence[Difference], names: Names,
    nearby: FactIndex, how: str,
) -> Iterator[Finding]:  # fmt: skip
    claim = meant.claim
    own = not meant.is_generated
    for each in found:
        if each.change == "removed":
            yield from _removed(said, each, how)
        elif each.said is not None and own:
            yield _own_words(said, each, meant)
        elif each.said is not None and each.meant is not None:
            yield from _instead(said, each, claim, names)
        elif each.said is not None:
            yield from _added(said, each.said, claim, names, nearby)


def _removed(said: Said, each: Difference, how: str) -> Iterator[Finding]:
    """What is gone matters where its going turns the sense, hides a caution, or where other words
    stand for it.
    """
    token = each.meant
    if token is None or how == "part":
        return
    at = (0, len(said.text)) if each.instead is None else each.instead
    if token.kind == "denial":
        what = f"{quoted(token.text)} is gone, which turns round what was generated"
        yield _finding(said, *at, "turned-round", what, _FIX)
    elif token.kind == "status":
        what = f"{quoted(token.text)} is gone, though the figure is so still"
        yield _finding(said, *at, "lost-caution", what, _FIX)
    elif each.instead is not None and token.kind not in ("hedge", "time", "extent"):
        stands = quoted(said.text[slice(*at)])
        what = f"{stands} stands where the figures say {quoted(token.text)}"
        level: FindingLevel = "error" if token.kind in _FIRM else "warning"
        yield _finding(said, *at, _CODES[token.kind], what, _FIX, level)


def _own_words(said: Said, each: Difference, meant: Meant) -> Finding:
    """An author's words from the brief that the paper has otherwise now."""
    assert each.said is not None
    was = f", the brief {quoted(each.meant.text)}" if each.meant else ", which the brief has not"
    what = f"the paper says {quoted(each.said.text)}{was}"
    return _finding(said, each.said.start, each.said.end, "edited", what, _LOOK, "note")


def _instead(said: Said, each: Difference, claim: Claim | None, names: Names) -> Iterator[Finding]:
    """One thing said in place of another."""
    new, old = each.said, each.meant
    assert new is not None
    assert old is not None
    if each.change == "replaced" and _may_stand(new, old, claim):
        return
    code = _CODES[new.kind]
    if new.kind == "number" and new.quantity and old.quantity:
        units = {new.quantity.unit, old.quantity.unit}
        if units == {"percent", "points"} and new.quantity.value == old.quantity.value:
            code = "percent-for-points"
    if new.kind == "name":
        code = "wrong-area" if names.is_foreign(new.key) else "wrong-comparator"
    verb = "the figures say" if claim else "it was generated as"
    what = f"it says {quoted(new.text)} where {verb} {quoted(old.text)}"
    if each.change == "swapped":
        what = f"{quoted(new.text)} stands where {quoted(old.text)} belongs: they were swapped"
        code = f"swapped-{new.kind}s" if new.kind in ("number", "period") else code
    yield _finding(said, new.start, new.end, code, what, _FIX)


def _may_stand(new: Token, old: Token, claim: Claim | None) -> bool:
    """Whether a number may be put for another: the same figure, rounded further."""
    if new.quantity is None or old.quantity is None or claim is None:
        return False
    if new.quantity.unit != old.quantity.unit or new.quantity.step <= old.quantity.step:
        return False
    return any(
        old.quantity.agrees(figure) and agrees(new.quantity, figure)
        for figure in figures_of(claim.facts)
    )


def _added(
    said: Said, token: Token, claim: Claim | None, names: Names, nearby: FactIndex
) -> Iterator[Finding]:
    """Something new in a generated sentence: right only if a fact says it."""
    facts = () if claim is None else claim.facts
    what, level = "", "error"
    if token.kind == "number" and token.quantity is not None:
        if token.quantity.is_figure and not nearby.supporting(token.quantity):
            what = f"no figure supports {quoted(token.text)}, which was added to what was generated"
    elif token.kind == "name" and names.is_foreign(token.key):
        what = f"{quoted(token.text)} is another authority, which none of the figures is about"
    elif token.kind == "denial":
        what = f"{quoted(token.text)} was added, which turns round what was generated"
    elif token.kind in ("direction", "judgement"):
        what = _against(token, facts)
    elif token.kind == "period" and token.period is not None:
        level = "warning"
        if not any(said_period(token, fact) for fact in (*facts, *nearby.facts)):
            what = f"{quoted(token.text)} was added, and no figure beside it is of that period"
    if what:
        code = "unsupported-number" if token.kind == "number" else _CODES[token.kind]
        code = "wrong-area" if token.kind == "name" else code
        level_: FindingLevel = "warning" if level == "warning" else "error"
        yield _finding(said, token.start, token.end, code, what, _FIX, level_)


def said_period(token: Token, fact: FactData) -> bool:
    """Whether a fact's own words name the period of a token."""
    words = [str(entry.get("text", "")) for entry in fact.get("periods", ())]
    return any(token.text.casefold() in text.casefold().replace("\u00a0", " ") for text in words)


def _against(token: Token, facts: Sequence[FactData]) -> str:
    """What speaks against a word of movement or judgement, or nothing."""
    field = "direction" if token.kind == "direction" else "judgement"
    known = {str(fact.get(field) or "") for fact in facts} - {"", "none", "not_judged"}
    if known and token.key not in known and token.key != "other":
        return f"it says {quoted(token.text)}, and the figures say {' and '.join(sorted(known))}"
    return ""


def _other_measure(said: Said, meant: Meant, names: Names) -> Iterator[Finding]:
    """A measure named that the statement is not about."""
    if meant.claim is None:
        return
    codes = {str(fact.get("indicator") or "") for fact in meant.claim.facts}
    codes |= {str(fact.get("other") or "") for fact in meant.claim.facts}
    before = names.measures_in(meant.text)
    for phrase, about in names.measures_in(said.text).items():
        if phrase not in before and not about & codes and before:
            start = max(folded(said.text).casefold().find(phrase), 0)
            what = f"it names {quoted(phrase)}, and its figures are of {quoted(next(iter(before)))}"
            yield _finding(said, start, start + len(phrase), "wrong-measure", what, _FIX)


def _other_topic(
    said: Said, meant: Meant, mine: Sequence[Token], theirs: Sequence[Token], names: Names
) -> Iterator[Finding]:
    """A word that tells measures or groups apart, put for another such word."""
    if not meant.is_generated:
        return
    for new, old in replaced_words(mine, theirs):
        topics = [token for token in new if token.key in names.topics]
        was = [token for token in old if token.key in names.topics]
        # "Placed" for "placement" is the same topic in another form.
        told = [t for t in topics if not any(t.key[:4] == o.key[:4] for o in old)]
        if was and told and len(new) <= len(old) + _MORE:
            what = f"it names {quoted(told[0].text)} where its figures are of {quoted(was[0].text)}"
            yield _finding(said, told[0].start, told[-1].end, "wrong-measure", what, _FIX)


def _row(match: Match, meant: Meant, names: Names) -> Iterator[Finding]:
    """A row, cell by cell; as a whole where it has not as many as it had."""
    said = match.said
    mine, theirs = said.text.split(BETWEEN), meant.text.split(BETWEEN)
    if len(mine) != len(theirs):
        found = differences(tokens_of(said.text, names), tokens_of(meant.text, names))
        yield from _judged(said, meant, found, names, FactIndex(()), match.how)
        return
    offset = 0
    for cell, was in zip(mine, theirs, strict=True):
        if folded(cell) != folded(was):
            yield from _cell(said, offset, cell, was, meant, names)
        offset += len(cell) + len(BETWEEN)


def _cell(
    said: Said, offset: int, cell: str, was: str, meant: Meant, names: Names
) -> Iterator[Finding]:
    """One cell that says another thing than it did."""
    known = meant.claim is not None
    told = [t for t in tokens_of(cell, names) if t.means]
    differ = [t.key for t in told] != [t.key for t in tokens_of(was, names) if t.means]
    verb = "the figures say" if known else "it was generated as"
    what = f"the cell says {quoted(cell)} where {verb} {quoted(was)}"
    code = "wrong-cell"
    if meant.claim is not None and _is_hidden(was):
        code = "restored-figure"
        what = f"the cell says {quoted(cell)} where the figure may not be shown ({was})"
    level: FindingLevel = "error" if differ or code != "wrong-cell" else "warning"
    if not meant.is_generated:
        level = "note"
    yield _finding(said, offset, offset + len(cell), code, what, _FIX, level)


def _is_hidden(words: str) -> bool:
    return any(mark in words.casefold() for mark in ("suppressed", "confidential", "not shown"))
