"""The starts and ends of a stock as one thought: how many joined it and left it, and so its course.

What holds of both (above the median for similar authorities) is said of both; then how each moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporter.plan import MessageGroup
from reporter.prose.clauses import first_that_may_follow
from reporter.prose.discourse import LONGEST, Discourse
from reporter.prose.joining import Phrase, in_order, join
from reporter.prose.markers import length
from reporter.prose.nouns import Statement
from reporter.prose.saying import finish, forms, say, valence
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message


def is_flows(group: MessageGroup) -> bool:
    """Whether `group` tells the starts and ends of a stock together."""
    first, *rest = group.messages
    other = getattr(first.fact, "stock", "") and getattr(first.fact, "other", "")
    return bool(other) and any(message.fact.indicator == other for message in rest)


def say_flows(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """Both in one sentence, with the comparison that they share; then one on each that has more."""
    first, *rest = group.messages
    figures = [m for m in rest if m.rule.role == "headline"]
    phrases = [m for m in rest if m.rule.role == "modifier"]
    shared = _shared(first, phrases)
    words = Words(voice, so_far, first.fact)
    text = first_that_may_follow(words, (say(words, first, form=form) for form in forms(first)))
    joined = text + _both(shared, words, 0)
    if length(joined) <= LONGEST:
        yield finish(so_far, joined, [first, *figures, *shared])
    else:
        yield finish(so_far, text, [first, *figures])
        yield finish(so_far, _both(shared, words, 1), shared)
    for indicator in dict.fromkeys((first.fact.indicator, str(getattr(first.fact, "other", "")))):
        own = [m for m in phrases if m.fact.indicator == indicator and m not in shared]
        if own:
            yield _moved(own, voice, so_far)
    for message in rest:
        if message.rule.role in ("sentence", "note"):
            own_words = Words(voice, so_far, message.fact)
            whole = (say(own_words, message, form=form) for form in forms(message))
            yield finish(so_far, first_that_may_follow(own_words, whole), [message])


def _shared(first: Message, phrases: Sequence[Message]) -> list[Message]:
    """The comparison that both figures share: the same area or group, on the same side of it."""
    held = [m for m in phrases if m.fact.kind == "comparator"]
    pair = (first.fact.indicator, getattr(first.fact, "other", ""))
    for one in held:
        for other in held:
            two = (one.fact.indicator, other.fact.indicator)
            if two == pair and _side(one) == _side(other):
                return [one, other]
    return []


def _side(message: Message) -> tuple[str, str, str]:
    fact = message.fact
    return fact.comparator, fact.comparator_period, fact.direction


def _both(shared: Sequence[Message], words: Words, form: int) -> str:
    """What is said of both, in a form of the lexicon; "" where they share nothing."""
    if not shared:
        return ""
    one, other = (replace(words, fact=message.fact) for message in shared)
    side = f"{one.above} {one.comparator} {one.comparator_when}"
    first, second = (
        words.voice.of_unit(fact, "comparator_value", fact.comparator_value or 0.0)
        for fact in (one.fact, other.fact)
    )
    names = {"same": side, "one": first, "other": second}
    return words.voice.templates.render(words.voice.lexicon.flows["both"][form], names, words)


def _moved(messages: Sequence[Message], voice: Voice, so_far: Discourse) -> Statement:
    """How one of the two has moved, or stands, beside what is said of both."""
    words = Words(voice, so_far, messages[0].fact)
    phrases = [Phrase(say(replace(words, fact=m.fact), m), valence(m), m) for m in messages]
    names = {"noun": words.short_noun, "phrases": join(in_order(phrases), voice)}
    moved = (voice.templates.render(form, names, words) for form in voice.lexicon.flows["moved"])
    return finish(so_far, first_that_may_follow(words, moved), messages)
