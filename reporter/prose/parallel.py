"""Like messages about the members of a breakdown, as lists: a sentence bears so many items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporter.plan import MessageGroup
from reporter.prose.clauses import first_that_may_follow
from reporter.prose.discourse import Discourse
from reporter.prose.lists import Item, list_clause, range_clause
from reporter.prose.markers import length
from reporter.prose.nouns import Statement
from reporter.prose.say_figures import FRACTION
from reporter.prose.saying import finish, forms, say
from reporter.prose.templates import tidy
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message

IN_A_LIST = 5
LIST_WORDS = 29
"""Words of items that a list in one sentence bears."""


def say_members(
    messages: Sequence[Message], voice: Voice, so_far: Discourse
) -> Iterator[Statement]:
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
    again = False
    while lots:
        items = _items(lots, voice, so_far)  # afresh: each sentence names its base's period
        some = items[: _bearable(items)]
        words = Words(voice, so_far, some[0].fact)
        said = [message for lot in lots[: len(some)] for message in lot]
        yield finish(so_far, list_clause(words, some, again), said)
        lots, again = lots[len(some) :], True


def _items(lots: Sequence[Sequence[Message]], voice: Voice, so_far: Discourse) -> list[Item]:
    """An item a member; what is said of it stands in brackets."""
    first = lots[0][0]
    items = []
    for place, lot in enumerate(lots):
        words = Words(voice, so_far, lot[0].fact)
        asides = [
            _aside(m, replace(words, fact=m.fact), place == 0 or _other_base(m, first), lots[0])
            for m in lot
        ]
        aside = "; ".join(text for text in asides if text)
        items.append(Item(lot[0].fact, words.value, words.category, f"({aside})" if aside else ""))
    return items


def _bearable(items: Sequence[Item]) -> int:
    """How many of `items` one sentence bears: two at least, and never all but one."""
    count, words = 0, 0
    for item in items[:IN_A_LIST]:
        words += length(item.number, item.phrase, item.aside) + 1
        if count > 1 and words > LIST_WORDS:
            break
        count += 1
    return count - 1 if len(items) - count == 1 and count > 2 else count


def _other_base(message: Message, first: Message) -> bool:
    return message.fact.base_period != first.fact.base_period


def _aside(message: Message, words: Words, first: bool, lead: Sequence[Message]) -> str:
    """What the message adds to its member's figure, in brackets; the base's period at first, and
    what a share is of where the list's `lead` has not said so.
    """
    if message.fact.kind == "level" or message.rule.role in ("headline", "sentence"):
        return ""
    text = tidy(words.voice.marks.without(say(words, message), FRACTION))
    if any(_same_whole(message, m) for m in lead):
        percent = any(mark.field == "share" for mark in words.voice.marks.within(text))
        return words.share if percent else ""
    moved = message.fact.kind in ("change", "peak_trough") and message.fact.direction != "same"
    if moved and not first:
        text = tidy(words.voice.marks.without(text, "base_period"))
    return tidy(text.replace(" (", ", ").replace("(", "").replace(")", ""))


def is_spread(group: MessageGroup) -> bool:
    """Whether `group` tells how far members lie apart and how all of them moved."""
    first, *rest = group.messages
    return first.fact.kind == "range" and bool(rest) and all(m.fact.category for m in rest)


def say_spread(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """How far the members lie apart, and which way all of them moved."""
    first, *rest = group.messages
    words = Words(voice, so_far, first.fact)
    moved = Words(voice, so_far, rest[0].fact)
    tail = voice.templates.render(voice.lexicon.parallel["spread"][0], {}, moved)
    texts = (f"{say(words, first, form=form)}, {tail}" for form in forms(first))
    yield finish(so_far, first_that_may_follow(words, texts), group.messages)


def _same_whole(message: Message, lead: Message) -> bool:
    """Whether the first member of a list has said of what it is a share, as `message` would."""
    one, other = message.fact, lead.fact
    alike = one.kind == other.kind == "share" and message.rule.id == lead.rule.id
    return alike and one is not other and one.denominator == other.denominator


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
