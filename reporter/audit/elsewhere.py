"""What a sentence that refresh kept says truly of its measure, though not what its statement says.

In: a figure or a period of a sentence that its author had written, and the facts of the paper. Out:
whether a fact of the same measure states it. After a refresh a statement may compare with another
period than the author's words do; those are no fault while the figures still hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporter.audit.evidence import Claim, FactData
from reporter.audit.support import agrees
from reporter.audit.tokens import Token
from reporter.english import Period, Quantity

_ABOUT = ("indicator", "area", "breakdown", "category")
_HELD = (
    ("value", "unit", ("period",)),
    ("base_value", "unit", ("base_period",)),
    ("result", "result_unit", ("period", "base_period")),
)
"""Fields of a figure, of its unit, and of the periods that it may be said of."""
_SHARES = {"percent": "percent", "fraction": "percent", "points": "points"}
_MONEY = "money"
_THEN = re.compile(
    r"\s*\(?(?:(?:in|at|for|during|by|to|on|of|the|end|start|year|months?|quarter)\s+)*", re.I
)
"""What may stand between a figure and the period after it that it is of."""


def unit_kind(one: Quantity) -> str:
    """The kind of unit that a number is in: percent, points, money, or other (counts, time)."""
    return _SHARES.get(one.unit) or (_MONEY if one.unit == "gbp" else "other")


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """The tokens of a kept sentence, its `text`, and the `facts` of its statement's measure."""

    text: str
    tokens: tuple[Token, ...]
    facts: tuple[FactData, ...]
    worded: frozenset[str]
    """Keys of numbers that names of measures hold: the 24 of "within 24 hours"."""

    def holds(self, token: Token) -> bool:
        """Whether a number, or the figures that a period stands with, are true of the measure."""
        if token.kind == "number":
            return self._is_true(token)
        beside = [one for one in self._figures() if self._period_of(one) == token]
        return bool(beside) and all(map(self._is_true, beside))

    def _figures(self) -> list[Token]:
        return [t for t in self.tokens if t.kind == "number" and t.key not in self.worded]

    def _is_true(self, token: Token) -> bool:
        one, period = token.quantity, self._period_of(token)
        if one is None or (period is None and any(t.kind == "period" for t in self.tokens)):
            return False
        return any(
            kind == unit_kind(one)
            and agrees(one, figure)
            and (period is None or any(_is_of(period, when, fact) for when in periods))
            for fact in self.facts
            for figure, kind, periods in _stated(fact)
        )

    def _period_of(self, figure: Token) -> Token | None:
        """The period right after a figure, else the one before it with no figure between."""
        at = self.tokens.index(figure)
        after = next((t for t in self.tokens[at:] if t.kind == "period"), None)
        if after and _THEN.fullmatch(self.text[figure.end : after.start].replace("\u00a0", " ")):
            return after
        figures = set(self._figures())
        for token in reversed(self.tokens[:at]):
            if token.kind == "period":
                return token
            if token in figures:
                return None
        return None


def elsewhere(
    text: str, tokens: Sequence[Token], claim: Claim, facts: Iterable[FactData],
    worded: frozenset[str],
) -> Elsewhere:  # fmt: skip
    """What can be asked of a kept sentence; only `facts` about what its `claim` is about count."""
    about = {_about(fact) for fact in claim.facts}
    return Elsewhere(text, tuple(tokens), tuple(f for f in facts if _about(f) in about), worded)


def _about(fact: FactData) -> tuple[str, ...]:
    return tuple(str(fact.get(key) or "") for key in _ABOUT)


def _stated(fact: FactData) -> Iterator[tuple[Decimal, str, list[str]]]:
    """The figures of a fact, each with its kind of unit and the periods that it is of."""
    for key, unit, periods in _HELD:
        value = fact.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            kind = str(fact.get(unit) or "")
            kind = kind if kind in ("percent", "points", _MONEY) else "other"
            yield Decimal(repr(value)), kind, [str(fact.get(each) or "") for each in periods]


def _is_of(token: Token, when: str, fact: FactData) -> bool:
    """Whether a period of the text is the period that a fact writes `when`."""
    said = token.period
    if said is None or not when:
        return False
    if said.first is None or said.last is None:
        named = (str(p.get("text", "")) for p in fact.get("periods", ()) if p.get("for") == when)
        words = token.text.casefold().replace("\u00a0", " ")
        return any(words in text.casefold().replace("\u00a0", " ") for text in named)
    return when in _written(said) or when.endswith(f"..{said.last:%Y-%m}")


def _written(said: Period) -> set[str]:
    """How evidence may write a period whose days are known."""
    assert said.first is not None
    assert said.last is not None
    if said.kind == "financial_year":
        return {f"{said.first:%Y}/{said.last:%y}"}
    if said.kind == "academic_year":
        return {f"AY{said.first:%Y}/{said.last:%y}"}
    if said.kind == "day":
        return {f"{said.last:%Y-%m-%d}", f"{said.last:%Y-%m}"}
    return {f"{said.last:%Y-%m}"} if said.kind == "month" else set()
