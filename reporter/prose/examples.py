"""The rules' own examples, run: what a rule says of a fact, word for word, or its silence.

`examples.yaml` beside the standard rules holds the cast: a few invented measures and areas.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reporter.facts import Fact
from reporter.plan import MessageGroup
from reporter.problems import Place, Problem
from reporter.prose.aggregate import say_group
from reporter.prose.discourse import Discourse
from reporter.prose.lexicon import Lexicon
from reporter.prose.markers import plain
from reporter.prose.numbers import NBSP
from reporter.prose.realise import say_prompt
from reporter.prose.saying import say
from reporter.prose.summaries import is_summary, say_summary
from reporter.prose.templates import Templates
from reporter.prose.voice import Voice
from reporter.prose.words import Words, vocabulary
from reporter.rules import Message, Rule, RuleBook, as_fact, choose_messages
from reporter.sources import Area, Areas, Breakdown, Catalogue, Indicator, PeerGroup, Style
from reporter.yamlfile import read_yaml, shape

PHRASES = ("modifier", "contrast")
"""Roles whose examples are the phrase alone; the others' are the sentence that it makes."""
BY_PROSE = frozenset({"level"})
"""Names that prose fills when it chooses the shape of a clause."""


@shape
class Cast:
    """The whole of `examples.yaml`."""

    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown]
    areas: Mapping[str, Area]
    peer_groups: Mapping[str, PeerGroup]
    defaults: Mapping[str, str]


def load_cast(file: Path) -> Cast:
    """The measures and areas that examples speak of."""
    return read_yaml(file, Cast)


def check_words(book: RuleBook) -> tuple[Problem, ...]:
    """Names in what the rules say that the vocabulary lacks, and patterns that are broken."""
    templates = Templates()
    return tuple(p for rule in book.rules for p in _names(rule, templates, book.places[rule.id]))


def check_rules(book: RuleBook, lexicon: Lexicon, cast: Cast) -> tuple[Problem, ...]:
    """What is wrong with the words of `book`: unknown names, examples that say something else."""
    catalogue = Catalogue(indicators=cast.indicators, breakdowns=cast.breakdowns)
    areas = Areas(areas=cast.areas, peer_groups=cast.peer_groups)
    voice = Voice(lexicon, catalogue, areas, Style())
    problems = []
    for rule in book.rules:
        place = book.places[rule.id]
        found = _names(rule, voice.templates, place)
        problems += found or _examples(rule, book, voice, cast, place)
    return tuple(problems)


def _names(rule: Rule, templates: Templates, place: Place) -> list[Problem]:
    known = {*vocabulary(), *BY_PROSE}
    problems = []
    for pattern in (rule.say,) if isinstance(rule.say, str) else rule.say:
        try:
            unknown = sorted(templates.names(pattern) - known)
        except ValueError as error:
            fix = "Check the double braces."
            problems.append(Problem(place, "bad-say", f"{rule.id}: {error}", fix))
            continue
        for name in unknown:
            what = f"{rule.id}: there is no word {name!r} in the vocabulary"
            fix = "`reporter rules words` lists the names that `say` may use."
            problems.append(Problem(place, "unknown-word", what, fix))
    return problems


def _examples(rule: Rule, book: RuleBook, voice: Voice, cast: Cast, place: Place) -> list[Problem]:
    problems = []
    for number, example in enumerate(rule.examples, start=1):
        fact = example_fact(rule.about, example.given, cast)
        messages = choose_messages(book, [fact], voice.catalogue)
        own = [message for message in messages if message.rule.id == rule.id]
        said = speak(own[0], voice) if own else ""
        wanted = "" if example.silent else example.says
        if said != wanted:
            what = f"{rule.id}, example {number}: it says {said!r}, not {wanted!r}"
            fix = "Mend the rule, its conditions or the example."
            problems.append(Problem(place, "example-differs", what, fix))
    return problems


def example_fact(kind: str, given: Mapping[str, Any], cast: Cast) -> Fact:
    """The fact of an example, with the cast's defaults and its measure's unit."""
    code = str(given.get("indicator", ""))
    unit = cast.indicators[code].unit if code in cast.indicators else "count"
    return as_fact(kind, {"unit": unit, **cast.defaults, **given})


def speak(message: Message, voice: Voice) -> str:
    """What `message` says by itself: a phrase for a modifier, else its whole sentence."""
    so_far = Discourse(voice)
    fact = message.fact
    if message.rule.role in PHRASES:
        words = Words(voice, so_far, fact)
        text = plain(say(words, message))
    elif message.rule.role == "prompt":
        text = say_prompt(message, voice, so_far).text
    else:
        group = MessageGroup(fact.indicator, fact.breakdown, fact.category, (message,))
        speak_of = say_summary if is_summary(group) else say_group
        text = " ".join(statement.text for statement in speak_of(group, voice, so_far))
    return text.replace(NBSP, " ")
