"""Which statement each sentence or row of a paper is, or was before someone edited it.

In: what the paper says and what was generated. Out: a `Match` a piece. A text that stands as it
was is found first where it was, then elsewhere; an edited one by likeness with its figures masked,
so that a changed figure does not hide it; what is like nothing is the author's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from reporter.audit.evidence import Claim, Evidence
from reporter.audit.keys import plain_text
from reporter.audit.names import Names
from reporter.audit.pieces import Said
from reporter.audit.tokens import Token, tokens_of
from reporter.reading import sentences_of

How = Literal["same", "edited", "part", "own"]
_ENOUGH, _PART, _CERTAIN, _IN_PLACE = 0.55, 0.75, 0.9, 0.3
_SAME_NUMBER, _SAME_SECTION, _SAME_FIGURES, _SAME_LABEL = 0.12, 0.06, 0.12, 0.35
_FEWEST_WORDS, _TELLING = 3, 6


@dataclass(frozen=True, eq=False)
class Meant:
    """A sentence or row as it was generated, and the claim that it is of; `claim` is None for a
    text that is no statement: a caption, a heading, an author's words from the brief.
    """

    text: str
    number: str
    section: str
    claim: Claim | None
    style: str = ""

    @property
    def form(self) -> str:
        """What it stands in the paper as: a row, an alternative text, a caption or a sentence."""
        if self.claim is not None:
            drawn = self.claim.number.startswith("Figure ")
            return "row" if self.claim.is_row else "alt" if drawn else "sentence"
        return {"table row": "row", "caption": "caption"}.get(self.style, "sentence")

    @property
    def is_generated(self) -> bool:
        """Whether the product wrote it, rather than the author in the brief."""
        return self.claim is not None or self.style in ("caption", "table row", "title")


@dataclass(frozen=True, eq=False)
class Match:
    """`said` and what it was generated as: the same, edited, a part of it, or nothing (own)."""

    said: Said
    meant: Meant | None
    how: How


def meant_by(evidence: Evidence) -> tuple[Meant, ...]:
    """Every sentence and row that was generated, in the order of the paper."""
    waiting = {claim.id: claim for claim in evidence.claims}
    found: list[Meant] = []
    for key, style, text in evidence.pieces:
        if not key:
            texts = [text] if style == "table row" else _sentences(text)
            found += [Meant(each, "", "", None, style) for each in texts]
        elif key in waiting:
            found += _of_claim(waiting.pop(key))
    for claim in waiting.values():
        found += _of_claim(claim)
    return tuple(found)


def _of_claim(claim: Claim) -> list[Meant]:
    texts = [claim.text] if claim.is_row else _sentences(claim.text)
    return [Meant(text, claim.number, claim.section, claim) for text in texts]


def _sentences(text: str) -> list[str]:
    return [each.text for each in sentences_of(text)]


def folded(text: str) -> str:
    """A text as it is compared: blanks, quotation marks and hyphens of one kind."""
    return " ".join(plain_text(text).split())


@dataclass(frozen=True, eq=False)
class _Bag:
    """What a text is known by: its words with figures masked, and its figures."""

    words: Counter[str]
    figures: Counter[str]
    size: int
    label: str


def _bag(text: str, tokens: Iterable[Token]) -> _Bag:
    words: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    for token in tokens:
        masked = token.kind in ("number", "period")
        words[f"<{token.kind}>" if masked else token.text.casefold()] += 1
        if masked:
            figures[token.key] += 1
    return _Bag(words, figures, sum(words.values()), folded(text.split(";")[0]).casefold())


def matches(said: Sequence[Said], meant: Sequence[Meant], names: Names) -> tuple[Match, ...]:
    """A match for each of `said`, in its order."""
    work = _Matching(said, meant, names)
    work.in_order()
    work.edited_in_place()
    work.moved()
    work.edited_elsewhere()
    work.copied()
    return tuple(
        work.found.get(at) or _part_of(piece, meant, work.ours[at], work.theirs)
        for at, piece in enumerate(said)
    )


class _Matching:
    """What is matched so far: `found` by the turn of what is said, `free` what nothing is yet."""

    def __init__(self, said: Sequence[Said], meant: Sequence[Meant], names: Names) -> None:
        self.said, self.meant = said, meant
        self.ours = [_bag(s.text, tokens_of(s.text, names)) for s in said]
        self.theirs = [_bag(m.text, tokens_of(m.text, names)) for m in meant]
        self.mine = [folded(s.counted or s.text) for s in said]
        self.other = [folded(m.text) for m in meant]
        self.found: dict[int, Match] = {}
        self.free = set(range(len(meant)))
        self._generated = {folded(m.text): m for m in meant if m.claim is not None}
        self._anchors: list[tuple[int, int, int]] = []

    def take(self, mine: int, other: int, how: How) -> None:
        """That `mine` is `other`.

        A sentence that is generated and stands under a table too is edited as what was generated.
        """
        meant = self.meant[other]
        if how == "edited" and meant.claim is None:
            meant = self._generated.get(self.other[other], meant)
        self.found[mine] = Match(self.said[mine], meant, how)
        self.free.discard(other)

    def in_order(self) -> None:
        """What stands as it was, in the order and the section in which it was.

        Short sentences recur in many sections, so the section counts where it is known.
        """
        theirs = [(m.section, text) for m, text in zip(self.meant, self.other, strict=True)]
        known = set(theirs)
        ours = [
            (s.section, text) if (s.section, text) in known else ("", text)
            for s, text in zip(self.said, self.mine, strict=True)
        ]
        for block in SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                self.take(block.b + step, block.a + step, "same")
            self._anchors.append((block.b, block.a, block.size))

    def edited_in_place(self) -> None:
        """What was edited between two neighbours that stand as they were.

        What stands elsewhere word for word was moved there, unless so few words recur by chance.
        """
        gone = {
            self.mine[at]
            for at, bag in enumerate(self.ours)
            if at not in self.found and bag.size >= _TELLING
        }
        first_mine = first_other = 0
        for next_mine, next_other, size in self._anchors:
            other = [o for o in range(first_other, next_other) if self.other[o] not in gone]
            self._pair(range(first_mine, next_mine), other, _CERTAIN - _IN_PLACE, copies=True)
            first_mine, first_other = next_mine + size, next_other + size

    def moved(self) -> None:
        """What stands as it was in another place: nearby before far."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for other in sorted(self.free):
            waiting[self.other[other]].append(other)
        for at, text in enumerate(self.mine):
            if at not in self.found and waiting[text]:
                near = [o for o in waiting[text] if self.meant[o].section == self.said[at].section]
                chosen = (near or waiting[text])[0]
                waiting[text].remove(chosen)
                self.take(at, chosen, "same")

    def edited_elsewhere(self) -> None:
        """What was edited and moved, the most alike first."""
        self._pair(range(len(self.said)), sorted(self.free), _ENOUGH, copies=False)

    def _pair(self, mine: Iterable[int], other: Sequence[int], least: float, copies: bool) -> None:
        known = set(self.other)
        scores = [
            (-score, one, two)
            for one in mine
            if one not in self.found
            for two in other
            if two in self.free
            if (score := self._likeness(one, two)) >= least
            and (copies or self.mine[one] not in known)
        ]
        for _, one, two in sorted(scores):
            if one not in self.found and two in self.free:
                self.take(one, two, "edited")

    def _likeness(self, one: int, two: int) -> float:
        return _likeness(self.said[one], self.meant[two], self.ours[one], self.theirs[two])

    def copied(self) -> None:
        """What stands twice, though it was generated once."""
        known = {text: at for at, text in enumerate(self.other)}
        for at, text in enumerate(self.mine):
            if at not in self.found and text in known:
                self.found[at] = Match(self.said[at], self.meant[known[text]], "same")


def _likeness(said: Said, meant: Meant, ours: _Bag, theirs: _Bag) -> float:
    """From 0 to about 1.6: shared words, and a little for standing where it did."""
    is_row = (meant.claim is not None and meant.claim.is_row) or meant.style == "table row"
    if is_row != (said.kind == "row") or not ours.size or not theirs.size:
        return 0
    score = 2 * sum((ours.words & theirs.words).values()) / (ours.size + theirs.size)
    if score < _ENOUGH / 2:
        return 0
    score += _SAME_NUMBER * (bool(said.number) and said.number == meant.number)
    score += _SAME_SECTION * (bool(said.section) and said.section == meant.section)
    figures = sum(ours.figures.values()) + sum(theirs.figures.values())
    if figures:
        score += _SAME_FIGURES * 2 * sum((ours.figures & theirs.figures).values()) / figures
    return score + _SAME_LABEL * (is_row and ours.label == theirs.label)


def _form(said: Said) -> str:
    return said.kind if said.kind in ("row", "alt", "caption") else "sentence"


def _part_of(said: Said, meant: Sequence[Meant], ours: _Bag, theirs: Sequence[_Bag]) -> Match:
    """The statement of the same section that most words of `said` come from: one that was split."""
    best, at = 0.0, -1
    for other, each in enumerate(meant):
        if _form(said) != "sentence" or each.form != "sentence" or each.claim is None:
            continue
        if each.section != said.section or ours.size < _FEWEST_WORDS:
            continue
        share = sum((ours.words & theirs[other].words).values()) / ours.size
        if share > best:
            best, at = share, other
    if best >= _PART:
        return Match(said, meant[at], "part")
    return Match(said, None, "own")
