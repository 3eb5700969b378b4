"""How many of how many measures: one sentence from several counts, and the measure furthest off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.facts import Fact
from reporter.plan import MessageGroup
from reporter.prose.aggregate import say_group
from reporter.prose.clauses import first_that_may_follow
from reporter.prose.discourse import Discourse
from reporter.prose.nouns import Statement
from reporter.prose.saying import finish, say
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message

SINCE = "since"
"""What is new since the last report, counted."""
FAMILIES = (
    ("covered", ("without_figure", "old_figure")),
    ("lasting", ("ended", "begun")),
    ("of", ("met", "between", "below", "missed")),
    ("rated", ("green", "amber", "red")),
    ("newly", ("newly_red",)),
    ("judged", ("better", "same", "worse")),
    ("ranked", ("best_quarter", "worst_quarter")),
    ("sides", ("above_comparator", "below_comparator")),
    (
        SINCE,
        tuple(
            f"{SINCE}_{what}"
            for what in (
                "band", "met", "target", "reversed", "crossed", "restated", "added", "dropped",
            )
        ),
    ),
)  # fmt: skip
"""The lexicon's opening for each family of counts that share a whole, and their order."""
NOBODY = ("missed", "same")
"""Counts that, where they are of all, are told as of nobody: none changed."""
MISSED = ("below", "missed")
"""Counts whose members have missed their targets."""
IN_PARTS = ("between", "below")
"""What is told of measures with both a minimum and an upper target; it tells what missed, too."""


def is_summary(group: MessageGroup) -> bool:
    """Whether `group` counts measures rather than speaking of one."""
    return all(_is_count(message.fact) for message in group.messages)


def _is_count(fact: Fact) -> bool:
    return fact.kind == "count_summary" or getattr(fact, "tells", "") == "count"


def say_summary(group: MessageGroup, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    """The counts of `group` as one sentence a family; then the measures that it names."""
    counts = [message for message in group.messages if _is_count(message.fact)]
    # One paragraph sums up one whole: the report, or the section that stands in `category`.
    counts = [message for message in counts if message.fact.category == counts[0].fact.category]
    for opening, kinds in FAMILIES:
        for family in _families(counts, kinds):
            yield _counted(opening, family, voice, so_far)
    for message in group.messages:
        if _is_count(message.fact):
            continue
        if message.fact.kind == "target" and message.fact.comparator_value is not None:
            yield _furthest(message, _unlike(message, counts, voice), voice, so_far)
        else:
            fact = message.fact
            one = MessageGroup(fact.indicator, fact.breakdown, fact.category, (message,))
            yield from say_group(one, voice, so_far)


def _families(counts: Sequence[Message], kinds: Sequence[str]) -> list[list[Message]]:
    """The counts of one family, those of one whole together, in the order of `kinds`."""
    found: dict[tuple[object, ...], list[Message]] = {}
    own = [message for message in counts if _what(message.fact) in kinds]
    for message in sorted(own, key=lambda message: kinds.index(_what(message.fact))):
        fact = message.fact
        whole = (fact.category, fact.comparator, fact.denominator)
        found.setdefault(whole, []).append(message)
    return list(found.values())


def _counted(opening: str, family: Sequence[Message], voice: Voice, so_far: Discourse) -> Statement:
    kinds = {_what(message.fact) for message in family}
    parted = not kinds.isdisjoint(IN_PARTS)
    if parted and "met" not in kinds:
        opening = "parted"
    said = [m for m in family if not (parted and _what(m.fact) == "missed")]
    clauses = [say(Words(voice, so_far, m.fact), m, alone=parted) for m in said]
    if opening == SINCE:  # the first clause says what is counted
        clauses[0] = say(Words(voice, so_far, said[0].fact), said[0], alone=True)
        opening = "since_revised" if getattr(said[0].fact, "same_period", False) else opening
    first = Words(voice, so_far, said[0].fact)
    names = {"counts": first.listed(clauses)}
    patterns = so_far.in_turn(opening, _patterns(opening, said, first))
    texts = (voice.templates.render(pattern, names, first) for pattern in patterns)
    return finish(so_far, first_that_may_follow(first, texts), said)


def _patterns(opening: str, said: Sequence[Message], first: Words) -> Sequence[str]:
    """The wordings of a family's sentence; where one thing is said of all, its own."""
    patterns = first.voice.lexicon.summary
    whole = len(said) == 1 and first.every and _what(said[0].fact) not in NOBODY
    every = f"{opening}_all" if whole else ""
    return patterns.get(every, patterns[opening])


def _unlike(message: Message, counts: Sequence[Message], voice: Voice) -> bool:
    """Whether what missed its target is, as far as is told, not all of the unit of `message`."""
    missed = [m.fact for m in counts if _what(m.fact) in MISSED]
    codes = {code.partition("|")[0] for fact in missed for code in getattr(fact, "members", ())}
    units = {voice.indicator(code).unit for code in codes}
    return units != {voice.indicator(message.fact.indicator).unit}


def _furthest(message: Message, unlike: bool, voice: Voice, so_far: Discourse) -> Statement:
    """The measure that misses by most; how that is measured, where others have other units."""
    words = Words(voice, so_far, message.fact)
    patterns = voice.lexicon.summary
    against = {"name": words.target_name, "figure": words.target, "at_most": words.at_most}
    above = message.fact.direction == "up"  # of a measure of which less is wanted
    pattern = patterns["against_most" if above else "against"][0]
    percent = voice.indicator(message.fact.indicator).unit == "percent"
    measured = patterns["in_points" if percent else "in_proportion"][0] if unlike else ""
    names = {"a_target": voice.templates.render(pattern, against), "measured": measured}
    side = "furthest_above" if above else "furthest"
    text = voice.templates.render(patterns[side][0], names, words)
    return finish(so_far, text, [message])


def _what(fact: Fact) -> str:
    what = str(getattr(fact, "what", ""))
    return f"{SINCE}_{what}" if fact.kind == "since_last" else what
