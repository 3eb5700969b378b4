"""Figures that the old paper told and that may not be shown any more.

Nothing that a refresh writes repeats them. What the author wrote stays, as everywhere; where it may
still give one, a comment asks him to take it out, and no final copy is made before that is done.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporter.final import HIDDEN_LEFT

Figure = tuple[str, str, str]
"""Area, measure and period."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PERIODS = ("period", "base_period", "comparator_period")


@dataclass(frozen=True, slots=True)
class Hiding:
    """The `figures` that nobody may see any more, and old statements that may rest on them."""

    figures: Collection[Figure] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.figures)

    def told(
        self, opening: str, before: Iterable[str], now: Iterable[str], left: bool
    ) -> list[str]:
        """What a comment says on words of the author's that stay: what it was `before` only where
        nothing is hidden; first of all that a figure may be `left` in them.
        """
        if not self:
            return [opening, *before, *now]
        return [HIDDEN_LEFT if left else opening, *now]

    def is_left(self, words: str, statements: Iterable[Mapping[str, Any]]) -> bool:
        """Whether `words` give a number of old `statements` that rests on a hidden figure."""
        numbers = set(_NUMBER.findall(words))
        return any(numbers & _numbers(fact) for fact in self.resting(statements))

    def resting(self, statements: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The facts of old `statements` that may rest on a hidden figure."""
        if not self:
            return []
        facts = (fact for statement in statements for fact in statement["facts"])
        return [fact for fact in facts if any(_rests_on(fact, figure) for figure in self.figures)]


def _numbers(fact: Mapping[str, Any]) -> set[str]:
    texts: Sequence[Mapping[str, Any]] = fact.get("stated") or ()
    return {number for stated in texts for number in _NUMBER.findall(str(stated.get("text")))}


def _rests_on(fact: Mapping[str, Any], figure: Figure) -> bool:
    """Whether a fact is about the figure's measure and period; against others, of any area."""
    area, code, period = figure
    return (
        code in (fact.get("indicator"), fact.get("other"))
        and any(fact.get(name) == period for name in _PERIODS)
        and bool(fact.get("comparator") or fact.get("area") == area)
    )
