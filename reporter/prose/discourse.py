"""What has been said so far: names, periods, openings and verbs, for reference and variety.

The one thing in this room that changes while a report is being written. It learns only from
finished statements, so that a clause may be tried and thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from reporter.facts import Fact
from reporter.prose.markers import CLOSE, TOKEN, Resolved, length, plain, resolve
from reporter.prose.nouns import Statement
from reporter.prose.periods import Form
from reporter.prose.voice import TWO_YEARS, Voice

LONGEST = 40
"""Words that a sentence has at most."""
OPENING = 3
"""Words in which a sentence differs from the one before it."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def opening(text: str) -> tuple[str, ...]:
    """The first words of `text`, in lower case."""
    return _opening(plain(text).lower())


@lru_cache(maxsize=64)  # a sentence is asked of before it is written, and after
def _opening(said: str) -> tuple[str, ...]:
    return tuple(found.group() for found in islice(_WORD.finditer(said), OPENING))


@lru_cache(maxsize=64)
def _verb_of(said: str, verbs: frozenset[str], relatives: tuple[str, ...]) -> str:
    """The first of `verbs` in `said` that the next statement should not repeat; "" if none."""
    if not [verb for verb in verbs if verb in said]:
        return ""  # as in most sentences, which need not be cut into words
    words = _WORD.findall(said)
    pairs = zip(["", *words], words, strict=False)
    return next((w for before, w in pairs if w in verbs and before not in relatives), "")


@dataclass(slots=True)
class Discourse:
    """The state of one report in the making."""

    voice: Voice
    named: set[str] = field(default_factory=set)
    """Keys of names that the report has given in full."""
    expanded: set[str] = field(default_factory=set)
    """Abbreviations that it has written out."""
    paragraph_keys: set[str] = field(default_factory=set)
    """Periods, rates' bases and comparators that this paragraph has given in full."""
    last_periods: frozenset[str] = frozenset()
    """Main periods that the statement before names, or takes over from the one before it."""
    last_opening: tuple[str, ...] = ()
    last_verb: str = ""
    last_dated: bool = False
    """Whether the statement before names any period."""
    last_about: frozenset[str] = frozenset()
    """Codes of the measures that the statement before speaks of."""
    turn: int = 0
    """Statements in this paragraph so far: what alternates, alternates by it."""
    statements: int = 0
    sentences: int = 0
    """Sentences of the text so far, without rows, prompts and what stands beside them."""
    bucket: str = ""
    """The bucket that this section is in."""
    taken: dict[str, int] = field(default_factory=dict)
    """How often each thing that has several wordings was said."""
    years: str = ""
    """The kind of year that this paragraph speaks of: academic, other, or "" as yet."""

    def start_paragraph(self) -> None:
        """A new paragraph names its periods, rates and comparators afresh."""
        self.paragraph_keys = set()
        self.last_periods = frozenset()
        self.last_about = frozenset()
        self.turn = 0
        self.years = ""

    def in_turn(self, what: str, wordings: Sequence[str]) -> list[str]:
        """`wordings` of what the report says again and again, another one first each time."""
        at = self.taken.get(what, 0) % len(wordings)
        self.taken[what] = at + 1
        return [*wordings[at:], *wordings[:at]]

    def enters(self, bucket: str) -> bool:
        """Whether the section comes to `bucket` only now; it is there from now on."""
        new = bucket != self.bucket
        self.bucket = bucket
        return new

    def period_form(self, fact: Fact) -> Form | None:
        """How the main period is said here: in full, shortly, or (None) not at all."""
        key = _period_key(fact)
        if key in self.last_periods:
            return None
        return "short" if key in self.paragraph_keys else "full"

    def may_follow(self, text: str) -> bool:
        """Whether a sentence may be `text`: not long, no figure first (1.6.2), nothing twice."""
        said = plain(text).lower()
        first = _opening(said)
        if not first or first[0][0].isdigit() or first == self.last_opening:
            return False
        verb = _verb_of(said, self.voice.main_verbs, self.voice.lexicon.relatives)
        return (not verb or verb != self.last_verb) and length(said) <= LONGEST

    def finish(
        self,
        text: str,
        facts: tuple[Fact, ...],
        rules: tuple[str, ...],
        *,
        stop: bool = True,
        aside: bool = False,
    ) -> Statement:
        """The statement that `text` makes, numbered, with a capital, a full stop and its spans.

        Facts that words are marked with stand behind `facts`, where they are not among these.
        An `aside` (a row, an alternative text, a prompt) is no neighbour of the sentences round it.
        """
        text = self._expanded(text)
        if not aside:
            text = self._in_short(text)
        resolved = resolve(text, self.voice.marks, facts)
        words = resolved.text[:1].upper() + resolved.text[1:]
        if stop and not words.endswith((".", "?")):
            words += "."
        if not aside:
            self._commit(resolved)
        self.statements += 1
        number = f"s{self.statements:03d}"
        return Statement(number, words, resolved.facts, rules, resolved.spans, resolved.bold)

    def _in_short(self, text: str) -> str:
        """`text` with "the academic year" at the first of its years alone, where all that the
        paragraph names are such.
        """
        if self.years == "other":
            return text
        years = TWO_YEARS.findall(said := plain(text))
        if not years:
            return text
        phrase = self.voice.academic
        academic = len(phrase.findall(said))
        if len(years) > academic:
            self.years = "other"
        if not academic or self.years == "other":
            return text
        known, self.years = self.years, "academic"
        first = phrase.search(text)
        start = first.end() if first and not known else 0
        return text[:start] + phrase.sub("", text[start:])

    def label(self, text: str) -> str:
        """A label without evidence (a heading, a caption): abbreviations written out, no marks."""
        words = plain(self._expanded(text))
        return words[:1].upper() + words[1:]

    def _expanded(self, text: str) -> str:
        """`text` with each catalogue abbreviation written out where it first stands."""
        for short, full in self.voice.catalogue.abbreviations.items():
            if short in self.expanded or not all(map(text.__contains__, short.split())):
                continue
            found = re.search(rf"\b{re.escape(short)}\b", TOKEN.sub(_blank, text))
            if found is None:
                continue
            self.expanded.add(short)
            start, end = found.span()
            already = TOKEN.sub("", text[:start]).rstrip().endswith(f"{full} (")
            written = short if already else f"{full} ({short})"
            text = text[:start] + written + text[end:]
        return text

    def _commit(self, said: Resolved) -> None:
        main: set[str] = set()
        marks = said.marks
        self.last_dated = any(mark.kind == "period" for mark in marks)
        self.last_about = frozenset(mark.fact.indicator for mark in marks)
        for mark in marks:
            if mark.kind == "period":
                self.paragraph_keys.add(mark.key)
                if getattr(mark.fact, "baseline", "") and mark.field == "base_period":
                    self.named.add(f"baseline:{mark.key}")
                if mark.field == "period":
                    main.add(_period_key(mark.fact))
            elif mark.kind == "name" or mark.key:
                self.paragraph_keys.add(mark.key)
                self.named.add(mark.key)
        # A statement that names no main period hands on nothing: one may go without, not two.
        self.last_periods = frozenset(main)
        self.paragraph_keys |= main
        words = said.text.lower()
        self.last_opening = _opening(words)
        self.last_verb = _verb_of(words, self.voice.main_verbs, self.voice.lexicon.relatives)
        self.turn += 1
        self.sentences += 1


def _period_key(fact: Fact) -> str:
    """A main period: the end of May and the year to May share a key, and are not the same."""
    return f"{fact.period_type}:{fact.period}"


def _blank(token: re.Match[str]) -> str:
    """Space of the token's length, so that places in the text keep."""
    return " " * (token.end() - token.start()) if token.group() != CLOSE else " "
