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
    forms = patterns[f"{kind}_again"] if again else (*patterns[kind], *patterns[f"{kind}_again"])
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
    whole = voice.name(fact, indicator.of)
    plural = bool(indicator.of_plural or indicator.counted)
    named = named or "whole" in form or "people" in form
    parts = []
    for place, item in enumerate(items):
        names = {
            "number": item.number,
            "phrase": _in_state(item, kind, words),
            "aside": item.aside,
            "be": voice.word("were" if plural and not _is_one(item, voice) else "was"),
            "each": words.each if place == 0 else "",
            "people": voice.people(item.fact, item.fact.value),
            "whole": whole,
            "first": place == 0 and not named,
        }
        parts.append(voice.templates.render(voice.lexicon.items[kind], names))
    names = {
        "when": words.when or words.when_again,
        "items": words.listed(parts),
        "whole": whole,
        "people": voice.people(fact, None),
        "state": voice.name(fact, indicator.state),
        "be": voice.word("were" if plural and not _is_one(items[0], voice) else "was"),
        "noun": voice.name(fact, indicator.short or indicator.noun),
    }
    return voice.templates.render(form, names, words)


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
