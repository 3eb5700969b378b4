"""The clause that states a figure: "429 children were subject to a child protection plan".

Which shape it takes follows from what the catalogue knows of the measure; between shapes of one
meaning it takes turns, so that no sentence starts with a figure and no two neighbours start alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.facts import Fact
from reporter.prose.voice import Voice
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
        return Shape("averaged", people=_with(words.voice.people(fact, None), member))
    if indicator.unit == "count" and (member.counted or indicator.counted):
        people = words.voice.people(fact, value)
        state = member.state or indicator.state
        name = "count_state" if state else "count"
        phrase = "" if member.state else member.phrase
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


def _with(people: str, member: Member) -> str:
    return f"{people} {member.phrase or member.state}".strip()


def level_clause(words: Words, extra: str = "") -> str:
    """The clause that states `words.fact`'s figure and, unless just named, its period.

    `extra` is what stands in brackets behind it: " (149 per 10,000)".
    """
    shape = shape_of(words)
    patterns = words.voice.lexicon.level[shape.pattern]
    start = words.so_far.turn % len(patterns)
    turns = [*patterns[start:], *patterns[:start]]
    if shape.pattern != "change":  # a change's figure is no level of what changed
        turns += words.voice.lexicon.level["noun"]
    names = _names(words, shape, extra)
    tried = []
    for pattern in turns:
        if not names["when"] and pattern.startswith("{{ when }}"):
            continue
        clause = words.voice.templates.render(pattern, names, words)
        if words.so_far.may_open(clause):
            return clause
        tried.append(clause)
    return tried[-1]


def _names(words: Words, shape: Shape, extra: str) -> dict[str, str]:
    voice, fact = words.voice, words.fact
    extra = f" {extra}" if extra else ""
    state = voice.name(fact, shape.state)
    if voice.style.bold_first_mention and f"noun:{fact.indicator}" not in words.so_far.named:
        state = bold(words, state)
    return {
        "when": words.when,
        "number": words.value,
        "people": voice.name(fact, shape.people),
        "whole": voice.name(fact, shape.of),
        "state": voice.name(fact, state, f"noun:{fact.indicator}") if state else "",
        "be": voice.word("were" if shape.plural else "was"),
        "extra": extra,
        "size": words.size,
        "on": voice.lexicon.names.get(f"on_{voice.indicator(fact.indicator).change_on}", ""),
    }


def bold(words: Words, text: str) -> str:
    """`text` in bold, as the house style has it for a measure's first mention."""
    from reporter.prose.markers import Mark

    return words.voice.marks.put(text, Mark("bold", None))


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list: its fact, its figure with what it is, and what stands in brackets."""

    fact: Fact
    number: str
    phrase: str
    aside: str


def list_clause(words: Words, items: Sequence[Item], again: bool) -> str:
    """One clause for like figures of several members: "71% were in foster placements, 9% ...".

    `again` marks a further sentence about the same list, which need not name everything once more.
    """
    voice = words.voice
    first = shape_of(replace_fact(words, items[0].fact))
    member = voice.member(items[0].fact)
    own_state = bool(member.state)
    indicator = voice.indicator(words.fact.indicator)
    kind = first.pattern
    if kind == "share":
        kind = "share_of_members" if indicator.state and not own_state else "share_members"
    elif kind in ("count", "count_state"):
        kind = "count_members" if own_state else f"{kind}_phrases"
    else:
        kind = "noun_members"
    if own_state and kind in ("share_members", "count_members"):
        items = [_in_state(item, voice) for item in items]
    if again:
        kind = f"{kind}_again" if f"{kind}_again" in voice.lexicon.parallel else kind
    return _render_list(words, kind, items)


def _in_state(item: Item, voice: Voice) -> Item:
    """The item with what its member's people are, in place of the phrase that follows a noun."""
    state = voice.member(item.fact).state
    return replace(item, phrase=voice.name(item.fact, state)) if state else item


def replace_fact(words: Words, fact: Fact) -> Words:
    """The same vocabulary about another fact."""
    return replace(words, fact=fact)


def _render_list(words: Words, kind: str, items: Sequence[Item]) -> str:
    voice, fact = words.voice, items[0].fact
    indicator = voice.indicator(fact.indicator)
    pattern = voice.lexicon.parallel[kind]
    each = voice.lexicon.parallel[f"{kind}_item"]
    parts = []
    for place, item in enumerate(items):
        names = {
            "number": item.number,
            "phrase": item.phrase,
            "aside": item.aside,
            "be": voice.word("were" if indicator.of_plural or indicator.counted else "was"),
            "people": voice.people(item.fact, item.fact.value),
            "whole": voice.name(fact, indicator.of),
            "first": place == 0,
        }
        parts.append(voice.templates.render(each, names))
    total = replace(fact, category="")
    names = {
        "when": words.when,
        "items": words.listed(parts),
        "whole": voice.name(fact, indicator.of),
        "state": voice.name(fact, indicator.state),
        "people": voice.people(total, None),
        "be": voice.word("were"),
        "noun": voice.name(fact, indicator.short or indicator.noun),
    }
    return voice.templates.render(pattern, names, words)
