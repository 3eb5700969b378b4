"""The nouns of this room: a rule, its conditions and examples; the message it makes of a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator

from reporter.facts import Fact
from reporter.problems import Place
from reporter.yamlfile import shape

Role = Literal["headline", "predicate", "modifier", "contrast", "sentence", "prompt", "note"]


@shape
class Condition:
    """A test of one field. A bare value means `is`; numbers may name a threshold."""

    is_: str | bool | None = None
    one_of: tuple[str, ...] | None = None
    not_one_of: tuple[str, ...] | None = None
    at_least: str | None = None
    at_most: str | None = None
    above: str | None = None
    below: str | None = None
    known: bool | None = None


def _bare_condition(value: Any) -> Any:
    if isinstance(value, dict):
        return {("is_" if key == "is" else key): item for key, item in value.items()}
    return {"is_": value}


@shape
class Example:
    """A fact and what the rule makes of it: the exact words, or silence.

    `given` are fields of the fact over the kind's example defaults; `indicator` names one of the
    small cast in rules/examples.yaml.
    """

    given: Mapping[str, Any]
    says: str = ""
    silent: bool = False


@shape
class Rule:
    """What to say when a fact of kind `about` meets all conditions in `when`.

    | role | `say` is | becomes |
    |---|---|---|
    | headline | a verb phrase without subject; after `^`, a whole clause | opens the sentence |
    | predicate | a finite verb phrase without its subject | a further sentence: short form + it |
    | modifier | a phrase that hangs on a clause after a comma | "up from 45% in November 2018" |
    | contrast | a finite verb phrase | joined by "but" to the one before |
    | sentence | a whole sentence with its own subject, without the full stop | stands alone |
    | prompt | a question for the author | a marked place |
    | note | a whole sentence | under a table, or after the paragraph |
    """

    id: str
    about: str
    when: Mapping[str, Annotated[Condition, BeforeValidator(_bare_condition)]] = field(
        default_factory=dict
    )
    role: Role
    say: str | tuple[str, ...]
    """One wording; or two of one meaning: the first hangs on a clause, the second follows "that
    is". A modifier that begins with a bracket stands right behind the figure. A modifier may have a
    third: of a change a whole clause, after `^`, with which sentences take turns ("visits on time
    rose from 76% to 82%"); of a peak or low what it is beside a change across it ("with a low of
    70% in between"). Of a sentence or note each is a wording of its own."""
    weight: int = 50
    polarity: Literal["good", "bad", "neutral", "by_judgement"] = "by_judgement"
    examples: tuple[Example, ...] = ()
    off: bool = False


class Message(NamedTuple):
    """A fact that is worth saying, the rule that says so and how much it weighs.

    A paper has thousands: a named tuple is made in half the time.
    """

    fact: Fact
    rule: Rule
    weight: float
    place: Place | None = None
    """Where the words of the rule stand."""
