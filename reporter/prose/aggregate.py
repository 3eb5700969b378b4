"""Messages about one series to sentences: what joins, in what order, with which connective.

The opening clause states the figure. Phrases (role `modifier`) hang on it after commas as far as a
sentence bears; those that are left follow as "That is ...". Verb phrases (`predicate`, `contrast`)
take a short subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reporter.facts import Fact
from reporter.plan import MessageGroup
from reporter.prose.clauses import first_that_may_follow, level_clause
from reporter.prose.discourse import Discourse
from reporter.prose.joining import STANDING, Phrase, hang, hang_on_verb, in_order, join
from reporter.prose.markers import TOKEN, length, plain
from reporter.prose.nouns import Statement
from reporter.prose.parallel import is_spread, say_members, say_spread
from reporter.prose.saying import LEVEL, finish, forms, say, third, valence, wording
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message
from reporter.sources import parse_period

HANGING = 3
"""Phrases that one clause bears after a comma."""
LISTED = ("since_last",)
"""Kinds told one beside another, whose wordings take turns."""
LONG = 34
"""Words after which nothing more is hung on a sentence."""


@dataclass(slots=True)
class Anchor:
    """Messages about one figure: the clause that states it and what is said of it."""

    fact: Fact
    messages: list[Message] = field(default_factory=list)


def say_group(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """The statements that `group` makes, in order."""
    if group.parallel and len(group.messages) > 1:
        yield from say_members(group.messages, voice, so_far)
        return
    if is_spread(group):
        yield from say_spread(group, voice, so_far)
        return
    for anchor in anchors(group, voice):
        yield from _Anchored(anchor, group, voice, so_far).say()


def anchors(group: MessageGroup, voice: Voice) -> list[Anchor]:
    """The messages of `group` by the figure they are about, in the order of their first mention.

    A rate that goes with the group's count shares the count's anchor.
    """
    rate = voice.indicator(group.indicator).rate
    found: dict[tuple[object, ...], Anchor] = {}
    for message in group.messages:
        fact = message.fact
        indicator = group.indicator if fact.indicator == rate else fact.indicator
        key: tuple[object, ...] = (
            indicator, fact.breakdown, fact.category, fact.period, fact.period_type,
        )  # fmt: skip
        if message.rule.role == "sentence" and message.fact.value is None:
            key = ("alone", *key)
        found.setdefault(key, Anchor(fact)).messages.append(message)
    return list(found.values())


class _Anchored:
    """Makes the sentences about one figure."""

    def __init__(
        self, anchor: Anchor, group: MessageGroup, voice: Voice, so_far: Discourse
    ) -> None:
        self.voice, self.so_far, self.group = voice, so_far, group
        self.also: list[Message] = []
        """Messages that the opening clause says too: a percentage that is a share already."""
        self.by_role: dict[str, list[Message]] = {}
        for message in anchor.messages:
            self.by_role.setdefault(message.rule.role, []).append(message)

    def say(self) -> Iterator[Statement]:
        opener, rest = self._opener()
        left = self._phrases(rest)
        if opener is not None:
            asides, phrases = _asides(left)
            text, said, left = self._opening(opener, asides, phrases)
            yield self._finish(text, said)
        first = True
        while left:
            statement, left = self._follow(left, opener is not None and first)
            yield statement
            first = False
        yield from self._predicates()
        for message in self.by_role.get("further", ()):
            yield self._finish(_headline(message, self.words(message), ""), [message])
        for role in ("sentence", "note"):
            for message in self.by_role.get(role, ()):
                yield self._finish(self._whole(message), [message])

    def finding(self) -> tuple[str, list[Message]]:
        """The opening sentence, marked and without its full stop, and its messages."""
        opener, rest = self._opener()
        if opener is None:
            message = next(m for messages in self.by_role.values() for m in messages)
            return _sentence(self._whole(message)), [message]
        asides, phrases = _asides(self._phrases(rest))
        text, said, _ = self._opening(opener, asides, phrases)
        return _sentence(text), said

    def words(self, message: Message) -> Words:
        return Words(self.voice, self.so_far, message.fact)

    def _opener(self) -> tuple[Message | None, list[Message]]:
        """The message that states the figure, and the phrases to hang on it.

        Where no headline was chosen the first phrase's own fact has the figure; a rate that goes
        with a count becomes an aside.
        """
        headlines = self.by_role.get("headline", [])
        phrases = self.by_role.get("modifier", [])
        own = [m for m in headlines if m.fact.indicator == self.group.indicator] or headlines
        if own:
            rates = [m for m in headlines if m not in own and m.fact.kind == "level"]
            others = [m for m in headlines if m is not own[0] and m not in rates]
            self.also = [m for m in others if _same_figure(m, own[0])]
            self.by_role["further"] = [m for m in others if m not in self.also]
            return own[0], rates + phrases
        with_figure = [
            m
            for m in (
                *phrases,
                *self.by_role.get("predicate", ()),
                *self.by_role.get("contrast", ()),
            )
            if m.fact.value is not None
        ]
        if not with_figure:
            return None, phrases
        return with_figure[0], phrases

    def _phrases(self, messages: Sequence[Message]) -> list[Phrase]:
        return [Phrase(self._render(m), valence(m), m) for m in messages]

    def _render(self, message: Message, alone: bool = False) -> str:
        words = self.words(message)
        if message.rule.role == "headline":
            return f"({words.value} {self.voice.per(message.fact, short=True).strip()})"
        return say(words, message, alone)

    def _opening(
        self, opener: Message, asides: list[Phrase], phrases: list[Phrase]
    ) -> tuple[str, list[Message], list[Phrase]]:
        """The first sentence, the messages in it and the phrases left over."""
        words = self.words(opener)
        inside = [phrase.text.removeprefix("(").removesuffix(")") for phrase in asides]
        fact = opener.fact
        figure = (fact.area, fact.indicator, fact.breakdown, fact.category, fact.period)
        if figure in self.voice.provisional:
            inside.append(self.voice.word("provisional"))
        extra = f"({'; '.join(inside)})" if inside else ""
        here = in_order([p for p in phrases if p.message.fact.indicator == fact.indicator])
        here = self._with_extremes(here)
        its_turn = bool(self.so_far.last_opening) and not self.so_far.last_verb
        moved = self._moved(here) if its_turn and not extra and _states_level(opener) else None
        if moved is not None:
            text, hung = moved
        else:
            clause = _headline(opener, words, extra)
            hung = _bearable(clause, here)
            text = hang(clause, hung, self.voice)
        said = [m for p in (*asides, *hung) for m in p.messages]
        return text, [opener, *self.also, *said], _without(phrases, said)

    def _with_extremes(self, phrases: Sequence[Phrase]) -> list[Phrase]:
        """`phrases` with a low or peak between the two figures of a change in the change's own."""
        result = list(phrases)
        for change in phrases:
            low = next((p for p in result if _lies_across(p.message, change.message)), None)
            if low is not None and change in result:
                between = say(self.words(low.message), low.message, form=third(low.message))
                both = f"{change.text}, {between}"
                whole = change._replace(text=both, across=low.message, between=between)
                result[result.index(change)] = whole
                result.remove(low)
        return result

    def _moved(self, phrases: Sequence[Phrase]) -> tuple[str, list[Phrase]] | None:
        """The opening by how the figure moved, "rose from 76% to 82%", where it hung first; None
        where more is said of its course.
        """
        if not phrases or not third(phrases[0].message).startswith("^"):
            return None
        change, *others = phrases
        if change.message.fact.category:
            return None  # "of care leavers in touch aged 17": the measure's noun bears no member
        if any(p.message.fact.kind not in STANDING for p in others):
            return None
        words = self.words(change.message)
        clause = say(words, change.message, form=third(change.message)).removeprefix("^")
        clause = f"{clause}, {change.between}" if change.between else clause
        if not self.so_far.may_follow(clause):
            return None
        hung = _bearable(clause, others)
        text = hang_on_verb(clause, hung, change.valence, words.was_or_were, self.voice)
        return text, [change, *hung]

    def _follow(self, phrases: list[Phrase], next_to_it: bool) -> tuple[Statement, list[Phrase]]:
        """ "That is" and as many of `phrases` as one sentence bears.

        Only `next_to_it`: further off than the next sentence the figure is named again.
        """
        openings = self.voice.lexicon.follow
        turn = self.so_far.turn % len(openings)
        first = phrases[0].message.fact.indicator
        ordered = in_order([p for p in phrases if p.message.fact.indicator == first])
        taken: list[Phrase] = []
        words_so_far = 0
        for phrase in ordered:
            if taken and words_so_far + length(phrase.text) > LONG:
                break
            text = self._render(phrase.message, True)
            words_so_far += length(text)
            taken.append(Phrase(text, phrase.valence, phrase.message))
        said = [p.message for p in taken]
        body = join(taken, self.voice)
        words = self.words(taken[0].message)
        dated = "" if self.so_far.last_dated else f"{words.when_again}, "
        turns = (*openings[turn:], *openings[:turn])
        turns = (self.voice.lexicon.follow_dated,) if dated else turns
        texts = [f"{dated}{opening} {body}" for opening in turns]
        if not next_to_it:
            names = {"noun": words.short_noun, "phrases": body}
            forms_ = self.voice.lexicon.flows["moved"]
            named = [self.voice.templates.render(form, names, words) for form in forms_]
            texts = [f"{dated}{text}" for text in named]
        text = first_that_may_follow(words, texts)
        return self._finish(text, said), _without(phrases, said)

    def _predicates(self) -> Iterator[Statement]:
        """Verb phrases with a short subject; a contrast is joined to the one before it by "but"."""
        clauses = [*self.by_role.get("predicate", ()), *self.by_role.get("contrast", ())]
        for start in range(0, len(clauses), 2):
            pair = [Phrase(self._render(m), valence(m), m) for m in clauses[start : start + 2]]
            subject = self._subject(pair[0].message.fact)
            text = f"{subject} {join(pair, self.voice)}"
            yield self._finish(text, [p.message for p in pair])

    def _subject(self, fact: Fact) -> str:
        indicator = self.voice.indicator(fact.indicator)
        if self.so_far.turn == 0 or indicator.short:
            return Words(self.voice, self.so_far, fact).noun
        return self.voice.lexicon.subjects[indicator.unit]

    def _whole(self, message: Message) -> str:
        """A whole sentence; of several wordings the first that may follow the one before."""
        words, wordings = self.words(message), forms(message)
        if message.fact.kind in LISTED:
            start = self.so_far.turn % len(wordings)
            wordings = (*wordings[start:], *wordings[:start])
        return first_that_may_follow(words, (say(words, message, form=f) for f in wordings))

    def _finish(self, text: str, messages: Sequence[Message]) -> Statement:
        return finish(self.so_far, text, messages)


def _same_figure(message: Message, opener: Message) -> bool:
    """Whether `message` leaves its words to the clause that states the opener's figure."""
    return wording(message, False).strip() == LEVEL and message.fact.value == opener.fact.value


def finding(
    messages: Sequence[Message], voice: Voice, so_far: Discourse
) -> tuple[str, list[Message]]:
    """The first of `messages` as one sentence with what hangs on it; and the messages it says."""
    first = messages[0]
    group = MessageGroup(first.fact.indicator, "", "", tuple(messages))
    return _Anchored(anchors(group, voice)[0], group, voice, so_far).finding()


def _headline(message: Message, words: Words, extra: str) -> str:
    """The opening clause: the rule's own whole one, or the figure and its verb."""
    if message.rule.role != "headline":
        return level_clause(words, extra)
    if wording(message, False).strip() == LEVEL:
        return level_clause(words, extra)
    text = say(words, message)
    body = text.removeprefix("^") if text.startswith("^") else f"{words.noun} {text}"
    return f"{body} {extra}".strip()


def _bearable(clause: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """As many of `phrases` as hang on `clause` in one sentence."""
    hung: list[Phrase] = []
    words = length(clause)
    for phrase in phrases[:HANGING]:
        words += length(phrase.text)
        if words > LONG:
            break
        hung.append(phrase)
    return hung


def _without(phrases: Sequence[Phrase], said: Sequence[Message]) -> list[Phrase]:
    """The phrases whose own messages are not among `said`."""
    taken = {id(message) for message in said}
    return [phrase for phrase in phrases if id(phrase.message) not in taken]


def _states_level(message: Message) -> bool:
    """Whether the opening clause is the figure itself, which may be told by how it moved."""
    return message.rule.role != "headline" or wording(message, False).strip() == LEVEL


def _lies_across(extreme: Message, change: Message) -> bool:
    """Whether `extreme` is a low or peak that lies between the two figures of `change`, beyond the
    first: of a rise a low, of a fall a peak.
    """
    low, moved = extreme.fact, change.fact
    if (low.kind, moved.kind) != ("peak_trough", "change") or not third(extreme):
        return False
    if low.direction != moved.direction or moved.base_value is None or low.base_value is None:
        return False
    after = parse_period(low.base_period).start > parse_period(moved.base_period).end
    beyond = moved.base_value - low.base_value
    return after and (beyond > 0 if moved.direction == "up" else beyond < 0)


def _asides(phrases: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
    """(phrases in brackets, the others)."""
    inside = [phrase for phrase in phrases if plain(phrase.text).startswith("(")]
    return inside, [phrase for phrase in phrases if phrase not in inside]


def _sentence(text: str) -> str:
    """`text` with a capital, its marks kept."""
    start = 0
    while token := TOKEN.match(text, start):
        start = token.end()
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]
