"""Messages about one series to sentences: what joins, in what order, with which connective.

The opening clause states the figure. Phrases (role `modifier`) hang on it after commas as far as a
sentence bears; those that are left follow as "That is ...". Praise and blame are parted by "but",
which is true exactly because the two sides are judged differently; "still" is added where a change
for the better meets a target that is not met. Verb phrases (`predicate`, `contrast`) take a short
subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporter.facts import Fact
from reporter.plan import MessageGroup
from reporter.prose.clauses import first_that_may_follow, level_clause
from reporter.prose.discourse import Discourse
from reporter.prose.lists import Item, list_clause, range_clause
from reporter.prose.markers import TOKEN, plain
from reporter.prose.nouns import Statement
from reporter.prose.templates import tidy
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message

HANGING = 3
"""Phrases that one clause bears after a comma."""
LONG = 36
"""Words after which nothing more is hung on a sentence."""
IN_A_LIST = 5
LIST_WORDS = 29
"""Words of items that a list in one sentence bears."""
LEVEL = "^{{ level }}"
"""What a rule says that leaves the clause to the catalogue's phrases."""
STANDING = ("target", "comparator", "rank")
"""Kinds that say where a figure stands, not how it moved."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rendered message: its words, which way it is judged, and the message itself."""

    text: str
    valence: int
    message: Message


@dataclass(slots=True)
class Anchor:
    """Messages about one figure: the clause that states it and what is said of it."""

    fact: Fact
    messages: list[Message] = field(default_factory=list)


def say_group(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """The statements that `group` makes, in order."""
    if group.parallel and len(group.messages) > 1:
        yield from _parallel(group.messages, voice, so_far)
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
        while left:
            statement, left = self._follow(left)
            yield statement
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
        return self.voice.templates.render(wording(message, alone), vocabulary=words)

    def _opening(
        self, opener: Message, asides: list[Phrase], phrases: list[Phrase]
    ) -> tuple[str, list[Message], list[Phrase]]:
        """The first sentence, the messages in it and the phrases left over."""
        words = self.words(opener)
        extra = " ".join(phrase.text for phrase in asides)
        clause = _headline(opener, words, extra)
        hung: list[Phrase] = []
        left = list(phrases)
        here = [p for p in phrases if p.message.fact.indicator == opener.fact.indicator]
        for phrase in in_order(here)[:HANGING]:
            if _length(clause, *(p.text for p in hung), phrase.text) > LONG:
                break
            hung.append(phrase)
            left.remove(phrase)
        text = hang(clause, hung, self.voice)
        return text, [opener, *self.also, *(p.message for p in (*asides, *hung))], left

    def _follow(self, phrases: list[Phrase]) -> tuple[Statement, list[Phrase]]:
        """ "That is" and as many of `phrases` as one sentence bears."""
        openings = self.voice.lexicon.follow
        turn = self.so_far.turn % len(openings)
        first = phrases[0].message.fact.indicator
        ordered = in_order([p for p in phrases if p.message.fact.indicator == first])
        taken: list[Phrase] = []
        for phrase in ordered:
            if taken and _length(*(p.text for p in taken), phrase.text) > LONG:
                break
            taken.append(Phrase(self._render(phrase.message, True), phrase.valence, phrase.message))
        said = [p.message for p in taken]
        body = join(taken, self.voice)
        turns = (*openings[turn:], *openings[:turn])
        words = self.words(taken[0].message)
        text = first_that_may_follow(words, (f"{opening} {body}" for opening in turns))
        return self._finish(text, said), [p for p in phrases if p.message not in said]

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
        words = self.words(message)
        say = message.rule.say
        forms = (say,) if isinstance(say, str) else say
        render = self.voice.templates.render
        return first_that_may_follow(words, (render(form, vocabulary=words) for form in forms))

    def _finish(self, text: str, messages: Sequence[Message]) -> Statement:
        return finish(self.so_far, text, messages)


def _same_figure(message: Message, opener: Message) -> bool:
    """Whether `message` leaves its words to the clause that states the opener's figure."""
    return wording(message, False).strip() == LEVEL and message.fact.value == opener.fact.value


def finish(
    so_far: Discourse, text: str, messages: Sequence[Message], aside: bool = False
) -> Statement:
    """The statement of `text`, with every fact and rule of `messages` once, in their order."""
    facts: list[Fact] = []
    for fact in (m.fact for m in messages):
        if not any(held is fact for held in facts):
            facts.append(fact)
    for mark in so_far.voice.marks.within(text):
        if mark.fact is not None and not any(held is mark.fact for held in facts):
            facts.append(mark.fact)
    rules = tuple(dict.fromkeys(m.rule.id for m in messages))
    return so_far.finish(text, tuple(facts), rules, aside=aside)


def finding(
    messages: Sequence[Message], voice: Voice, so_far: Discourse
) -> tuple[str, list[Message]]:
    """The first of `messages` as one sentence with what hangs on it; and the messages it says."""
    first = messages[0]
    group = MessageGroup(first.fact.indicator, "", "", tuple(messages))
    return _Anchored(anchors(group, voice)[0], group, voice, so_far).finding()


def valence(message: Message) -> int:
    """1 for what is judged good, -1 for bad, 0 for neither."""
    stated = {"good": 1, "bad": -1, "neutral": 0}.get(message.rule.polarity)
    if stated is not None:
        return stated
    return {"better": 1, "worse": -1}.get(message.fact.judgement, 0)


def in_order(phrases: Sequence[Phrase]) -> list[Phrase]:
    """`phrases` with at most one turn from good to bad or back; movements before standings."""
    judged = [phrase.valence for phrase in phrases if phrase.valence]
    first = judged[0] if judged else 0

    def place(phrase: Phrase) -> tuple[bool, bool]:
        return phrase.valence * first < 0, phrase.message.fact.kind in STANDING

    return sorted(phrases, key=place)


def join(phrases: Sequence[Phrase], voice: Voice) -> str:
    """`phrases` as one: "better than in October 2020 (76%) but still short of the target"."""
    groups: list[list[Phrase]] = []
    for phrase in phrases:
        if groups and not _turns(groups[-1], phrase):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    texts = [_listed(group, voice) for group in groups]
    text = texts[0]
    for group, before, words in zip(groups[1:], groups, texts[1:], strict=False):
        still = _still(before, group[0])
        text += f" {voice.word('but_still' if still else 'but')} {words}"
    return text


def _turns(group: Sequence[Phrase], phrase: Phrase) -> bool:
    """Whether `phrase` is judged the other way than what stands in `group`."""
    return any(held.valence * phrase.valence < 0 for held in group)


def _still(before: Sequence[Phrase], phrase: Phrase) -> bool:
    """A figure that moved one way yet stands on the other side is still there."""
    moved = any(p.message.fact.kind not in STANDING and p.valence for p in before)
    return moved and phrase.message.fact.kind in STANDING


def _listed(phrases: Sequence[Phrase], voice: Voice) -> str:
    """Phrases judged alike; one that begins like the one before it does not say so again."""
    from_ = f"{voice.word('from')} "
    starts = {f"{word} {from_}": from_ for word in voice.lexicon.directions.values()}
    starts |= {f"{side} ": "" for side in voice.lexicon.sides.values()}
    runs: list[list[str]] = []
    before = ""
    for phrase in phrases:
        start = next((start for start in starts if phrase.text.startswith(start)), "")
        if start and start == before:
            runs[-1].append(starts[start] + phrase.text.removeprefix(start))
        else:
            runs.append([phrase.text])
        before = start
    and_ = f" {voice.word('and')} "
    texts = [_series(run, and_) for run in runs]
    # A comma keeps "from A and from B" apart from what is no part of it.
    return _series(texts, f",{and_}" if any(len(run) > 1 for run in runs[:-1]) else and_)


def _series(texts: Sequence[str], and_: str) -> str:
    """`texts` with commas between them and `and_` before the last."""
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])}{and_}{texts[-1]}"


def hang(clause: str, phrases: Sequence[Phrase], voice: Voice) -> str:
    """`clause` with `phrases` after it: ", up from 76% in May 2018 but still below the target"."""
    return f"{clause}, {join(phrases, voice)}" if phrases else clause


def _headline(message: Message, words: Words, extra: str) -> str:
    """The opening clause: the rule's own whole one, or the figure and its verb."""
    if message.rule.role != "headline":
        return level_clause(words, extra)
    said = wording(message, False)
    if said.strip() == LEVEL:
        return level_clause(words, extra)
    text = words.voice.templates.render(said, vocabulary=words)
    body = text.removeprefix("^") if text.startswith("^") else f"{words.noun} {text}"
    return f"{body} {extra}".strip()


def wording(message: Message, alone: bool) -> str:
    """A rule's words: the first hang on a clause, the last stand after "that is"."""
    say = message.rule.say
    return say if isinstance(say, str) else say[-1 if alone else 0]


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


def _length(*texts: str) -> int:
    return sum(len(plain(text).split()) for text in texts)


def _parallel(messages: Sequence[Message], voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """Like messages about several members, as one list a sentence."""
    members: dict[str, list[Message]] = {}
    for message in messages:
        members.setdefault(message.fact.category, []).append(message)
    lots = list(members.values())
    breakdown = voice.catalogue.breakdowns.get(messages[0].fact.breakdown)
    if breakdown and breakdown.ends_of and len(lots) == 2:
        lots.sort(key=lambda lot: lot[0].fact.value or 0.0)
        low, high = _items(lots, voice, so_far)
        words = Words(voice, so_far, low.fact)
        yield finish(so_far, range_clause(words, low, high), [m for lot in lots for m in lot])
        return
    items = _items(lots, voice, so_far)
    again = False
    while items:
        some = items[: _bearable(items)]
        words = Words(voice, so_far, some[0].fact)
        said = [message for lot in lots[: len(some)] for message in lot]
        yield finish(so_far, list_clause(words, some, again), said)
        items, lots, again = items[len(some) :], lots[len(some) :], True


def _bearable(items: Sequence[Item]) -> int:
    """How many of `items` one sentence bears: two at least, and never all but one."""
    count, length = 0, 0
    for item in items[:IN_A_LIST]:
        length += _length(item.number, item.phrase, item.aside) + 1
        if count > 1 and length > LIST_WORDS:
            break
        count += 1
    return count - 1 if len(items) - count == 1 and count > 2 else count


def _items(lots: Sequence[Sequence[Message]], voice: Voice, so_far: Discourse) -> list[Item]:
    """An item a member; what is said of it stands in brackets."""
    first = lots[0][0]
    items = []
    for place, lot in enumerate(lots):
        words = Words(voice, so_far, lot[0].fact)
        asides = [
            _aside(m, replace(words, fact=m.fact), place == 0 or _other_base(m, first)) for m in lot
        ]
        aside = "; ".join(text for text in asides if text)
        items.append(Item(lot[0].fact, words.value, words.category, f"({aside})" if aside else ""))
    return items


def _other_base(message: Message, first: Message) -> bool:
    return message.fact.base_period != first.fact.base_period


def _aside(message: Message, words: Words, first: bool) -> str:
    """What the message adds to its member's figure, in brackets; the base's period at first."""
    if message.fact.kind == "level" or message.rule.role in ("headline", "sentence"):
        return ""
    text = words.voice.templates.render(wording(message, False), vocabulary=words)
    moved = message.fact.kind in ("change", "peak_trough") and message.fact.direction != "same"
    if moved and not first:
        text = tidy(words.voice.marks.without(text, "base_period"))
    return text.replace(" (", ", ").replace("(", "").replace(")", "")


def merged(groups: Sequence[MessageGroup]) -> list[MessageGroup]:
    """Neighbouring lists about the same members as one, so that no figure is given twice."""
    result: list[MessageGroup] = []
    for group in groups:
        before = result[-1] if result else None
        if before and group.parallel and before.parallel and _same_members(before, group):
            result[-1] = replace(before, messages=before.messages + group.messages)
        else:
            result.append(group)
    return result


def _same_members(one: MessageGroup, other: MessageGroup) -> bool:
    def key(group: MessageGroup) -> tuple[object, ...]:
        about = {(m.fact.category, m.fact.period, m.fact.value) for m in group.messages}
        return group.indicator, group.breakdown, frozenset(about)

    return key(one) == key(other)
