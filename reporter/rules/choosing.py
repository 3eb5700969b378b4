"""Facts in, Messages out: which rules fire for which facts, and how much each message weighs.

A message weighs its rule's `weight` plus three computed parts, so that planning can rank:

- size: up to 10 for a material change or a difference of half or more of the larger of the two
  figures, in proportion below that: so a rise weighs what the fall back would (STANDARDS 1.9.5);
- judgement: 5 where the fact is judged better or worse (both count alike, STANDARDS 1.9.5);
- target: 10 for a missed target or a red band, 5 more where it is newly so.

A fact about a category weighs 5 less than the whole it belongs to.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reporter.facts import Fact
from reporter.rules.book import RuleBook
from reporter.rules.derived import DERIVED
from reporter.rules.nouns import Condition, Message, Rule
from reporter.sources import Catalogue

SIZE, JUDGED, TARGET, NEWLY, CATEGORY = 10.0, 5.0, 10.0, 5.0, -5.0
FULL_SIZE_PERCENT = 50.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule held against a fact: that it fired, or the first condition that failed and on what."""

    rule: str
    fired: bool
    field: str = ""
    wanted: str = ""
    found: str = ""


def choose_messages(
    book: RuleBook, facts: Iterable[Fact], catalogue: Catalogue
) -> tuple[Message, ...]:
    """A message for every rule that fires, in the order of the facts and then of the rule book."""
    rules = {kind: book.about(kind) for kind in {rule.about for rule in book.rules}}
    numbers = {name: float(threshold.value) for name, threshold in book.thresholds.items()}
    places = {rule.id: book.places[rule.id].nearest(("say",)) for rule in book.rules}
    messages = []
    for fact in facts:
        for rule in rules.get(fact.kind, ()):
            if _unmet(rule, fact, catalogue, numbers) is None:
                weight = rule.weight + computed_weight(fact, catalogue)
                messages.append(Message(fact, rule, weight, places[rule.id]))
    return tuple(messages)


def explain(book: RuleBook, fact: Fact, catalogue: Catalogue) -> tuple[Explanation, ...]:
    """For each rule about the fact's kind, that it fired or the first condition that failed."""
    numbers = {name: float(threshold.value) for name, threshold in book.thresholds.items()}
    return tuple(
        failure(rule, fact, catalogue, numbers) or Explanation(rule.id, fired=True)
        for rule in book.about(fact.kind)
    )


def failure(
    rule: Rule, fact: Fact, catalogue: Catalogue, thresholds: Mapping[str, float]
) -> Explanation | None:
    """The first condition of `rule` that `fact` does not meet; None where it meets them all."""
    unmet = _unmet(rule, fact, catalogue, thresholds)
    if unmet is None:
        return None
    name, found = unmet
    return Explanation(rule.id, False, name, spelt(rule.when[name]), _as_written(found))


def _unmet(
    rule: Rule, fact: Fact, catalogue: Catalogue, thresholds: Mapping[str, float]
) -> tuple[str, Any] | None:
    """The field of the first condition that `fact` does not meet, and what it has there."""
    for name, condition in rule.when.items():
        found = field_value(name, fact, catalogue)
        if not _holds(condition, found, thresholds):
            return name, found
    return None


def _as_written(found: Any) -> str:
    """`found` as a rule would name it; "" where nothing is known."""
    return "" if found is None else str(found).lower() if isinstance(found, bool) else str(found)


def field_value(name: str, fact: Fact, catalogue: Catalogue) -> Any:
    """What the fact has in the field `name`, its own or a derived one."""
    make = DERIVED.get(name)
    return make(fact, catalogue) if make else getattr(fact, name)


def computed_weight(fact: Fact, catalogue: Catalogue) -> float:
    """What the figures add to a rule's weight; the parts are in this module's docstring."""
    weight = SIZE * min(_size(fact) / FULL_SIZE_PERCENT, 1.0)
    if getattr(fact, "material", False):
        weight = SIZE
    if fact.judgement in ("better", "worse"):
        weight += JUDGED
    if fact.kind == "target" and (not getattr(fact, "met", True) or _band(fact) == "red"):
        newly = _band(fact) == "red" and getattr(fact, "previous_band", "none") in (
            "amber",
            "green",
        )
        weight += TARGET + NEWLY * newly
    if fact.category:
        weight += CATEGORY
    return weight


def _size(fact: Fact) -> float:
    """How far the figure is from what it is held against, in percent of the larger of the two."""
    base = fact.base_value if fact.base_value is not None else fact.comparator_value
    larger = max(abs(base or 0.0), abs(fact.value or 0.0))
    if base is None or fact.result is None or not larger:
        return 0.0
    return 100 * abs(fact.result) / larger


def _band(fact: Fact) -> str:
    return str(getattr(fact, "band", "none"))


def _holds(condition: Condition, found: Any, thresholds: Mapping[str, float]) -> bool:
    if condition.known is not None and (found not in (None, "", ())) != condition.known:
        return False
    if condition.is_ is not None and not _same(found, condition.is_):
        return False
    if condition.one_of is not None and not any(_same(found, word) for word in condition.one_of):
        return False
    if condition.not_one_of is not None and any(_same(found, w) for w in condition.not_one_of):
        return False
    tests = (
        (condition.at_least, operator.ge),
        (condition.at_most, operator.le),
        (condition.above, operator.gt),
        (condition.below, operator.lt),
    )
    for wanted, test in tests:
        if wanted is None:
            continue
        limit = thresholds[wanted] if wanted in thresholds else float(wanted)
        if found is None or not test(found, limit):
            return False
    return True


def _same(found: Any, wanted: str | bool) -> bool:
    if isinstance(wanted, bool) or isinstance(found, bool):
        return bool(found == wanted)
    if isinstance(found, (int, float)):
        return found == float(wanted)
    return (found or "") == wanted


def spelt(condition: Condition) -> str:
    """The condition as the rule editor wrote it."""
    parts = []
    if condition.known is not None:
        parts.append("is known" if condition.known else "is not known")
    for key in ("is_", "one_of", "not_one_of", "at_least", "at_most", "above", "below"):
        value = getattr(condition, key)
        if value is None:
            continue
        word = ", ".join(value) if isinstance(value, tuple) else str(value).lower()
        parts.append(f"{key.rstrip('_').replace('_', ' ')} {word}")
    return " and ".join(parts)
