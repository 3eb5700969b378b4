"""Like figures of several members in one clause: "71% were in foster placements, 9% ...".

Members that are only the two ends of a range make a range: "between 83% and 97% of visits ...".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.facts import Fact
from reporter.prose.clauses import first_that_may_follow, shape_of
from reporter.prose.voice import Voice
from reporter.prose.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list: its fact, its figure with what it is, and what stands in brackets."""

    fact: Fact
    number: str
    phrase: str
    aside: str


def list_clause(words: Words, items: Sequence[Item], again: bool) -> str:
    """One clause for the figures of `items`.

    `again` marks a further sentence about the same list, which need not name everything once more.
    """
    kind = _kind(words, items)
    patterns = words.voice.lexicon.parallel
    forms = patterns[f"{kind}_again" if again else kind]
    return first_that_may_follow(
        words, (_rendered(words, kind, form, items, named=again) for form in forms)
    )


def _kind(words: Words, items: Sequence[Item]) -> str:
    """The lexicon's pattern for a list of such members."""
    fact = items[0].fact
    indicator = words.voice.indicator(fact.indicator)
    own_state = bool(words.voice.member(fact).state)
    shape = shape_of(replace(words, fact=fact)).pattern
    if shape == "share":
        return "share_of_members" if indicator.state and not own_state else "share_members"
    if shape == "count_state":
        return "count_members" if own_state else "count_state_phrases"
    kinds = {"count": "count_phrases", "change": "change_members", "averaged": "averaged_members"}
    return kinds.get(shape, "noun_members")


def _rendered(words: Words, kind: str, form: str, items: Sequence[Item], named: bool) -> str:
    voice, fact = words.voice, items[0].fact
    indicator = voice.indicator(fact.indicator)
    counts = kind.startswith("count")  # a number of nothing is none: each sentence says of whom
    named = (named and not counts) or "whole" in form or "people" in form
    moved, items = _moved(words, kind, items)
    lead = items[0]
    names = {
        "when": words.when or words.when_again,
        "when_new": words.when,
        "items": words.listed([_item(words, kind, i, i is lead and not named) for i in items]),
        "rest": words.listed([_item(words, kind, i, False) for i in items[1:]]),
        "lead_number": lead.number,
        "lead_phrase": lead.phrase,
        "lead_aside": lead.aside,
        "whole": voice.name(fact, indicator.of),
        "people": voice.people(fact, None),
        "state": voice.name(fact, indicator.state),
        "be": _be(lead, voice),
        "noun": voice.name(fact, indicator.short or indicator.noun),
        "moved": moved,
        "label": _label(fact, voice),
    }
    return voice.templates.render(form, names, words)


def _label(fact: Fact, voice: Voice) -> str:
    """What the members are members of: age group, team."""
    breakdown = voice.catalogue.breakdowns.get(fact.breakdown)
    return voice.name(fact, (breakdown.label if breakdown else fact.breakdown).lower())


def _item(words: Words, kind: str, item: Item, first: bool) -> str:
    voice = words.voice
    phrase, aside = _one_bracket(_in_state(item, kind, words), item.aside)
    names = {
        "number": item.number,
        "phrase": phrase,
        "aside": aside,
        "be": _be(item, voice),
        "each": words.each if first else "",
        "people": voice.people(item.fact, item.fact.value),
        "whole": voice.name(item.fact, voice.indicator(item.fact.indicator).of),
        "first": first,
    }
    return voice.templates.render(voice.lexicon.items[kind], names)


def _one_bracket(phrase: str, aside: str) -> tuple[str, str]:
    """A member that stands in brackets and what is said of it, in the same brackets."""
    if phrase.startswith("(") and phrase.endswith(")") and aside.startswith("("):
        return f"{phrase[:-1]}; {aside[1:]}", ""
    return phrase, aside


def _be(item: Item, voice: Voice) -> str:
    indicator = voice.indicator(item.fact.indicator)
    plural = bool(indicator.of_plural or indicator.counted) and not _is_one(item, voice)
    return voice.word("were" if plural else "was")


def _moved(words: Words, kind: str, items: Sequence[Item]) -> tuple[str, Sequence[Item]]:
    """How figures that are changes moved, where all went one way; then they need no sign."""
    voice = words.voice
    ways = {(item.fact.value or 0.0) > 0 for item in items}
    if kind != "change_members" or len(ways) > 1:
        return voice.word("changed"), items
    minus = voice.word("minus")
    bare = [replace(item, number=item.number.replace(minus, "")) for item in items]
    return words.verb("up" if ways == {True} else "down").past, bare


def _is_one(item: Item, voice: Voice) -> bool:
    """Whether the item is one person or thing, which takes a singular verb."""
    return item.fact.value == 1 and voice.indicator(item.fact.indicator).unit == "count"


def _in_state(item: Item, kind: str, words: Words) -> str:
    """What the member's people are, by its state where the list says that they are it."""
    state = words.voice.member(item.fact).state
    if state and kind in ("share_members", "count_members"):
        return words.voice.name(item.fact, state)
    return item.phrase


def range_clause(words: Words, low: Item, high: Item) -> str:
    """One clause for the two ends of a range; it says "across teams" where they are of units."""
    voice, fact = words.voice, low.fact
    indicator = voice.indicator(fact.indicator)
    shape = shape_of(replace(words, fact=replace(fact, category="")))
    breakdown = voice.catalogue.breakdowns[fact.breakdown]
    across = f"{voice.word('across')} {words.unit_label}" if breakdown.ends_of == "units" else ""
    around = f"{voice.word('around')} "
    names = {
        "when": words.when or words.when_again,
        "low": f"{low.number} {low.aside}".strip(),
        "high": f"{high.number.replace(around, '')} {high.aside}".strip(),
        "whole": voice.name(fact, indicator.of),
        "people": words.counted,
        "state": voice.name(fact, indicator.state),
        "be": voice.word("were" if shape.plural or shape.people else "was"),
        "noun": words.whole_noun,
        "across": across,
    }
    forms = voice.lexicon.parallel[f"range_{shape.pattern}"]
    return first_that_may_follow(
        words, (voice.templates.render(form, names, words) for form in forms)
    )
