"""Measures, or members of one, without a figure: several in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.lists import format_list

from reporter.plan import MessageGroup
from reporter.prose.clauses import first_that_may_follow
from reporter.prose.discourse import Discourse
from reporter.prose.markers import length
from reporter.prose.nouns import Statement
from reporter.prose.saying import finish
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message

WORDS = 22
"""Words of measures that one sentence lists."""


def is_missing(group: MessageGroup) -> bool:
    """Whether `group` names several measures, or members of one, that have no figure."""
    told = {(message.fact.indicator, message.fact.category) for message in group.messages}
    caveats = all(message.fact.kind == "caveat" for message in group.messages)
    return len(told) > 1 and caveats and not group.parallel


def say_missing(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """That there are no figures for the measures, as many a sentence as it bears."""
    left, again = list(group.messages), ""
    if group.every:
        first = Words(voice, so_far, left[0].fact)
        every = voice.lexicon.missing_several["every"]
        said = [voice.templates.render(form, {"when": first.now_when}, first) for form in every]
        yield finish(so_far, first_that_may_follow(first, said), left)
        return
    if group.breakdown:
        yield _members(left, voice, so_far)
        return
    while left:
        words = [Words(voice, so_far, message.fact) for message in left]
        # Among others no measure is called just the percentage, though it was the last named.
        named = so_far.last_about if len(words) > 1 else set()
        nouns = [each.short_noun if each.fact.indicator in named else each.noun for each in words]
        count = _bearable(nouns)
        names = {"items": format_list(nouns[:count], style="or", locale=voice.style.locale)}
        forms = voice.lexicon.missing_several[("one" if count == 1 else "several") + again]
        texts = (
            voice.templates.render(form, {**names, "when": when}, words[0])
            for when in dict.fromkeys((words[0].when, words[0].when_again))
            for form in forms
            if when or not form.startswith("{{ when }}")
        )
        yield finish(so_far, first_that_may_follow(words[0], texts), left[:count])
        left, again = left[count:], "_again"


def _members(messages: Sequence[Message], voice: Voice, so_far: Discourse) -> Statement:
    """That a measure has no figure for some of its members, which are named where they are few."""
    words = Words(voice, so_far, messages[0].fact)
    names = [message.fact.category for message in messages]
    listed = _bearable(names) == len(names)
    named = [voice.name(m.fact, m.fact.category) for m in messages]
    items = format_list(named, style="or", locale=voice.style.locale)
    forms = voice.lexicon.missing_several["members" if listed else "members_many"]
    texts = [
        voice.templates.render(form, {"items": items, "when": when}, words)
        for when in dict.fromkeys((words.when, words.when_again))
        for form in forms
        if when or not form.startswith("{{ when }}")
    ]
    return finish(so_far, first_that_may_follow(words, texts), messages)


def _bearable(nouns: Sequence[str]) -> int:
    """How many of `nouns` one sentence bears: one at least."""
    count = 1
    while count < len(nouns) and length(*nouns[: count + 1]) <= WORDS:
        count += 1
    return count
