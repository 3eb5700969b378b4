"""A message in words: the rule's wording filled from the fact, and the statement that it makes."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import UndefinedError

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.prose.discourse import Discourse
from reporter.prose.nouns import Statement
from reporter.prose.words import Words
from reporter.rules import Message

LEVEL = "^{{ level }}"
"""What a rule says that leaves the clause to the catalogue's phrases."""


_STATED = {"good": 1, "bad": -1, "neutral": 0}
_JUDGED = {"better": 1, "worse": -1}


def say(words: Words, message: Message, alone: bool = False, form: str = "") -> str:
    """The marked words of `message`; `form` where one of its wordings has been picked.

    A rule that speaks of what its fact does not have is its editor's fault: `ProblemsFoundError`.
    """
    pattern = form or wording(message, alone)
    try:
        return words.voice.templates.render(pattern, vocabulary=words)
    except (UndefinedError, ValueError, AttributeError) as error:
        fact = message.fact
        of = f"{fact.indicator} {fact.category} at {fact.period}"
        what = f"{message.rule.id} cannot be said of {of}: {error}"
        fix = "Add a condition to the rule, so that it fires only where the fact has it."
        place = message.place or Place.of(f"rule {message.rule.id}")
        raise ProblemsFoundError([Problem(place, "rule-misfires", what, fix)]) from error


def forms(message: Message) -> tuple[str, ...]:
    """Every wording of the message's rule."""
    pattern = message.rule.say
    return (pattern,) if isinstance(pattern, str) else pattern


def wording(message: Message, alone: bool) -> str:
    """A rule's words: the first hang on a clause, the second stand after "that is"."""
    wordings = forms(message)
    return wordings[1 if alone and len(wordings) > 1 else 0]


def third(message: Message) -> str:
    """A modifier's third wording: a change's whole clause, a low across a change; "" where none."""
    wordings = forms(message)
    return wordings[2] if len(wordings) > 2 and message.rule.role == "modifier" else ""


def valence(message: Message) -> int:
    """1 for what is judged good, -1 for bad, 0 for neither."""
    stated = _STATED.get(message.rule.polarity)
    return _JUDGED.get(message.fact.judgement, 0) if stated is None else stated


def finish(
    so_far: Discourse, text: str, messages: Sequence[Message], aside: bool = False
) -> Statement:
    """The statement of `text`, with every fact and rule of `messages` once, in their order."""
    facts = {id(message.fact): message.fact for message in messages}
    rules = tuple(dict.fromkeys(m.rule.id for m in messages))
    return so_far.finish(text, tuple(facts.values()), rules, aside=aside)
