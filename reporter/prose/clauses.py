"""The clause that states a figure: "429 children were subject to a child protection plan".

Which shape it takes follows from what the catalogue knows of the measure; between shapes of one
meaning it takes turns, so that no sentence starts with a figure and no two neighbours start alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporter.facts import Fact
from reporter.prose.discourse import opening
from reporter.prose.markers import plain
from reporter.prose.words import Words
from reporter.sources import Indicator, Member


@dataclass(frozen=True, slots=True)
class Shape:
    """How the catalogue lets a figure be stated: the lexicon's pattern and who is what."""

    pattern: str
    people: str = ""
    of: str = ""
    state: str = ""
    plural: bool = False


def shape_of(words: Words) -> Shape:
    """The shape of clause that states the figure of `words.fact`."""
    fact = words.fact
    indicator = words.voice.indicator(fact.indicator)
    member = words.voice.member(fact)
    value = fact.value or 0.0
    if indicator.change_on:
        return Shape("change", plural=indicator.noun_plural)
    if indicator.unit == "percent" and indicator.of and _predicate(indicator, member):
        whole, state = _share_phrases(indicator, member)
        return Shape("share", of=whole, state=state, plural=indicator.of_plural)
    if indicator.each and indicator.counted:
        phrase = words.voice.name(fact, member.phrase or member.state)
        return Shape("averaged", people=f"{words.voice.people(fact, None)} {phrase}".strip())
    if indicator.unit == "count" and (member.counted or indicator.counted):
        people = words.voice.people(fact, value)
        state = member.state or indicator.state
        name = "count_state" if state else "count"
        phrase = "" if member.state else words.voice.name(fact, member.phrase)
        return Shape(name, f"{people} {phrase}".strip(), state=state, plural=value != 1)
    return Shape("noun", plural=indicator.noun_plural)


def _predicate(indicator: Indicator, member: Member) -> str:
    return member.state or indicator.state or member.phrase


def _share_phrases(indicator: Indicator, member: Member) -> tuple[str, str]:
    """(what it is a share of, what they are); a member's state takes the place of the phrase."""
    if member.state:
        return indicator.of, member.state
    if indicator.state:
        return f"{indicator.of} {member.phrase}".strip(), indicator.state
    return indicator.of, member.phrase


def level_clause(words: Words, extra: str = "") -> str:
    """The clause that states `words.fact`'s figure and, unless just named, its period.

    `extra` is what stands in brackets behind it: " (149 per 10,000)".
    """
    shape = shape_of(words)
    patterns = words.voice.lexicon.level[shape.pattern]
    start = words.so_far.turn % len(patterns)
    forms = [*patterns[start:], *patterns[:start], *words.voice.lexicon.level["noun"]]
    return first_that_may_follow(words, _tries(words, shape, extra, forms))


def _tries(words: Words, shape: Shape, extra: str, forms: Sequence[str]) -> Iterator[str]:
    """The clause in each form; then again with its period, where that was left out."""
    clause = _Clause(words.voice, words.so_far, words.fact, shape, alone=not extra)
    for period in ("when", "when_again"):
        when = getattr(words, period)
        names = {"when": when, "extra": f" {extra}" if extra else ""}
        for form in forms:
            if when or not form.startswith("{{ when }}"):
                yield words.voice.templates.render(form, names, clause)


def first_that_may_follow(words: Words, texts: Iterable[str]) -> str:
    """The first of `texts` that may follow the sentence before; if none may, the first that opens
    otherwise than it. A text that opens with a figure is the last resort.
    """
    tried = []
    for text in texts:
        if words.so_far.may_follow(text):
            return text
        tried.append(text)
    worded = [text for text in tried if not plain(text)[:1].isdigit()]
    others = (text for text in worded if opening(text) != words.so_far.last_opening)
    return next(others, (worded or tried)[0])


@dataclass(slots=True, eq=False)
class _Clause(Words):
    """What the lexicon's clauses may name, in place of the rules' words or beside them."""

    shape: Shape
    alone: bool
    """Whether nothing stands in brackets behind the figure."""

    @property
    def number(self) -> str:
        return self.portion if self.shape.pattern == "share" and self.alone else self.value

    @property
    def people(self) -> str:
        return self.shape.people

    @property
    def whole(self) -> str:
        return self.voice.name(self.fact, self.shape.of)

    @property
    def state(self) -> str:
        """In bold at its first mention, where the house has it so."""
        key = f"noun:{self.fact.indicator}"
        bold = self.voice.style.bold_first_mention and key not in self.so_far.named
        return self.voice.name(self.fact, self.shape.state, key, bold=bold)

    @property
    def be(self) -> str:
        return self.voice.word("were" if self.shape.plural else "was")

    @property
    def rose(self) -> str:
        return self.verb(_sign(self.fact)).past

    @property
    def bare(self) -> str:
        """What is counted, where the noun says that it is the number of it: "referrals"."""
        noun = self.voice.indicator(self.fact.indicator).noun
        return self.voice.name(self.fact, noun.removeprefix(self.voice.word("number_of")))

    @property
    def on(self) -> str:
        change_on = self.voice.indicator(self.fact.indicator).change_on
        return self.voice.lexicon.names.get(f"on_{change_on}", "")


def _sign(fact: Fact) -> str:
    """The direction of a figure that is itself a change."""
    value = fact.value or 0.0
    return "up" if value > 0 else "down" if value < 0 else "same"
