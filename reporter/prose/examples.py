"""The rules' own examples, run: what a rule says of a fact, word for word, or its silence.

`examples.yaml` beside the standard rules holds the cast: a few invented measures and areas.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.facts import Fact
from reporter.plan import MessageGroup
from reporter.problems import Place, Problem, ProblemsFoundError, closest
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
from reporter.rules import (
    Example,
    Message,
    Rule,
    RuleBook,
    as_fact,
    choose_messages,
    explain,
)
from reporter.sources import Area, Areas, Breakdown, Catalogue, Indicator, PeerGroup, Style
from reporter.yamlfile import Places, read_yaml, shape

PHRASES = ("modifier", "contrast")
"""Roles whose examples are the phrase alone; the others' are the sentence that it makes."""
NOWHERE = Places("an example", {})
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


def check_rules(
    book: RuleBook, lexicon: Lexicon, cast: Cast, only: Container[str] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with the words of `book`: unknown names, examples that say something else.

    `only` are the ids of the rules to look at; None means all.
    """
    catalogue = Catalogue(indicators=cast.indicators, breakdowns=cast.breakdowns)
    areas = Areas(areas=cast.areas, peer_groups=cast.peer_groups)
    stage = _Stage(book, Voice(lexicon, catalogue, areas, Style()), cast)
    problems: list[Problem] = []
    for rule in book.rules:
        if only is None or rule.id in only:
            found = _names(rule, book, stage.voice.templates)
            problems += found or stage.problems(rule)
    return tuple(problems)


def check_words(book: RuleBook) -> tuple[Problem, ...]:
    """Names in what the rules say that the vocabulary lacks, and patterns that are broken."""
    templates = Templates()
    return tuple(found for rule in book.rules for found in _names(rule, book, templates))


def _names(rule: Rule, book: RuleBook, templates: Templates) -> list[Problem]:
    """What is wrong with the patterns of `rule`, before any fact is held against them."""
    known = {*vocabulary(), *BY_PROSE}
    places = book.places[rule.id]
    problems = []
    for number, pattern in enumerate((rule.say,) if isinstance(rule.say, str) else rule.say):
        try:
            unknown = sorted(templates.names(pattern) - known)
        except ValueError as error:
            fix = "Check the double braces: each name stands in {{ and }}."
            what = f"the words of {rule.id} cannot be read: {error}"
            problems.append(places.problem(("say", number), "bad-say", what, fix))
            continue
        for name in unknown:
            what = f"{rule.id}: there is no word {name!r} in the vocabulary"
            near = closest(name, known)
            fix = f"Did you mean {near!r}? " if near else ""
            fix += "`reporter rules words` lists the names that `say` may use."
            problems.append(places.problem(("say", number), "unknown-word", what, fix))
    return problems


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where examples are played: the book, a voice over the cast, and the cast."""

    book: RuleBook
    voice: Voice
    cast: Cast

    def problems(self, rule: Rule) -> list[Problem]:
        """The examples of `rule` that do not hold."""
        found: list[Problem] = []
        for number, example in enumerate(rule.examples):
            try:
                problem = self._play(rule, number, example)
            except ProblemsFoundError as error:
                found += error.problems
                continue
            found += [problem] if problem else []
        return found

    def _play(self, rule: Rule, number: int, example: Example) -> Problem | None:
        places = self.book.places[rule.id]
        code = str(example.given.get("indicator", ""))
        if code and code not in self.cast.indicators:
            what = f"example {number + 1} of {rule.id} speaks of {code!r}, which is not in the cast"
            fix = f"Choose from {', '.join(self.cast.indicators)}."
            return places.problem(("examples", number), "unknown-measure", what, fix)
        where = places.under(("examples", number, "given"))
        fact = example_fact(rule.about, example.given, self.cast, where)
        messages = choose_messages(self.book, [fact], self.voice.catalogue)
        own = [message for message in messages if message.rule.id == rule.id]
        place, mend = self._to_mend(rule, number)
        try:
            said = speak(own[0], self.voice) if own else ""
        except ProblemsFoundError as error:
            (misfire,) = error.problems
            what = f"example {number + 1}: {misfire.what}"
            fix = f"{misfire.fix} Or give the example that field."
            return Problem(place, misfire.code, what, fix)
        wanted = "" if example.silent else example.says
        if said == wanted:
            return None
        what = f"example {number + 1} of {rule.id}: expected {_quoted(wanted)}, got {_quoted(said)}"
        why = "" if own else self._silence(rule, fact)
        return Problem(place, "example-differs", what, why + mend)

    def _to_mend(self, rule: Rule, number: int) -> tuple[Place, str]:
        """Where to mend an example that does not hold, and how: in the layer that changed it."""
        example = self.book.places[rule.id].nearest(("examples", number))
        changed = self.book.layers[rule.id][-1]
        if changed.file == example.file:
            return example, "Mend the rule, its conditions or the example."
        fix = f"The rule is changed here and its example stands at {example}: give it `examples:`"
        return changed, f"{fix} of its own here."

    def _silence(self, rule: Rule, fact: Fact) -> str:
        """Why `rule` is silent about `fact`."""
        for held in explain(self.book, fact, self.voice.catalogue):
            if held.rule == rule.id and not held.fired:
                return f"{held.field} is {held.found!r}, and the rule asks: {held.wanted}. "
        return ""


def _quoted(said: str) -> str:
    return f'"{said}"' if said else "silence"


def example_fact(kind: str, given: Mapping[str, Any], cast: Cast, where: Places = NOWHERE) -> Fact:
    """The fact of an example, with the cast's defaults and its measure's unit."""
    code = str(given.get("indicator", ""))
    unit = cast.indicators[code].unit if code in cast.indicators else "count"
    return as_fact(kind, {"unit": unit, **cast.defaults, **given}, where)


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
