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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from reporter.facts import Fact
from reporter.problems import Place
from reporter.rules.book import RuleBook
from reporter.rules.checking import field_types
from reporter.rules.derived import DERIVED, OF_MEASURE
from reporter.rules.nouns import Condition, Message, Rule
from reporter.sources import Catalogue

SIZE, JUDGED, TARGET, NEWLY, CATEGORY = 10.0, 5.0, 10.0, 5.0, -5.0
FULL_SIZE_PERCENT = 50.0
Test = Callable[[Any], bool]
Read = Callable[[Fact], Any]


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
    decks = _decks(book, catalogue)
    messages = []
    for fact in facts:
        fired = decks[fact.kind].fired(fact) if fact.kind in decks else ()
        if fired:
            more = computed_weight(fact, catalogue)
            messages += [Message(fact, it, it.weight + more, place) for it, place in fired]
    return tuple(messages)


@lru_cache(maxsize=2)
def _decks(book: RuleBook, catalogue: Catalogue) -> Mapping[str, _Deck]:
    """The rules by the kind of fact that they are about, made ready once for many papers."""
    return {kind: _Deck(book, kind, catalogue) for kind in {rule.about for rule in book.rules}}


_Placed = tuple[Rule, Place]
"""A rule, and where its words stand."""
_Tests = list[tuple[Read, Test]]


class _Deck:
    """The rules about one kind of fact, made ready to be held against thousands.

    Most conditions are about fields of which there are a few values (directions, judgements), or
    which all facts about a measure share: the rules that a combination of those leaves in play are
    found once.
    """

    def __init__(self, book: RuleBook, kind: str, catalogue: Catalogue) -> None:
        thresholds = _numbers(book)
        self._tests = [
            (rule, {name: test_of(when, thresholds) for name, when in rule.when.items()})
            for rule in book.about(kind)
        ]
        self._places = {rule.id: book.places[rule.id].nearest(("say",)) for rule, _ in self._tests}
        types = field_types(kind)
        asked = sorted({name for _, tests in self._tests for name in tests})
        self._read = {name: _reader(name, catalogue) for name in asked}
        self._shared = [name for name in asked if name in OF_MEASURE]
        self._of_measure: dict[str, tuple[Any, ...]] = {}
        self._few = [n for n in asked if n not in OF_MEASURE and _has_few(n, types[n].nature)]
        self._read_few = [self._read[name] for name in self._few]
        self._in_play: dict[tuple[Any, ...], list[tuple[_Placed, _Tests]]] = {}

    def fired(self, fact: Fact) -> list[_Placed]:
        """The rules whose conditions `fact` meets, in the order of the rule book."""
        shared = self._of_measure.get(fact.indicator)
        if shared is None:
            shared = tuple([self._read[name](fact) for name in self._shared])
            self._of_measure[fact.indicator] = shared
        values = (*shared, *[read(fact) for read in self._read_few])
        in_play = self._in_play.get(values)
        if in_play is None:
            known = dict(zip((*self._shared, *self._few), values, strict=True))
            in_play = self._in_play[values] = list(self._left(known))
        fired = []
        for placed, tests in in_play:
            for read, test in tests:
                if not test(read(fact)):
                    break
            else:
                fired.append(placed)
        return fired

    def _left(self, known: Mapping[str, Any]) -> Iterator[tuple[_Placed, _Tests]]:
        """The rules that the `known` fields leave in play, and what else they ask."""
        for rule, tests in self._tests:
            if all(test(known[name]) for name, test in tests.items() if name in known):
                rest = [(name, test) for name, test in tests.items() if name not in known]
                placed = rule, self._places[rule.id]
                yield placed, [(self._read[name], test) for name, test in rest]


def _has_few(name: str, nature: str) -> bool:
    """Whether a field of a `nature` has a few values; flags that are worked out are left until a
    rule asks for them.
    """
    return nature == "choice" or (nature == "flag" and name not in DERIVED)


def _reader(name: str, catalogue: Catalogue) -> Read:
    """What `field_value` reads of a fact, found once."""
    make = DERIVED.get(name)
    return (lambda fact: make(fact, catalogue)) if make else operator.attrgetter(name)


def explain(book: RuleBook, fact: Fact, catalogue: Catalogue) -> tuple[Explanation, ...]:
    """For each rule about the fact's kind, that it fired or the first condition that failed."""
    return tuple(
        failure(rule, fact, catalogue, _numbers(book)) or Explanation(rule.id, fired=True)
        for rule in book.about(fact.kind)
    )


def _numbers(book: RuleBook) -> dict[str, float]:
    return {name: float(threshold.value) for name, threshold in book.thresholds.items()}


def failure(
    rule: Rule, fact: Fact, catalogue: Catalogue, thresholds: Mapping[str, float]
) -> Explanation | None:
    """The first condition of `rule` that `fact` does not meet; None where it meets them all."""
    for name, condition in rule.when.items():
        found = field_value(name, fact, catalogue)
        if not test_of(condition, thresholds)(found):
            return Explanation(rule.id, False, name, spelt(condition), _as_written(found))
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


def test_of(condition: Condition, thresholds: Mapping[str, float]) -> Test:
    """Whether a value of a field is what `condition` asks for."""
    tests: list[Test] = []
    if condition.known is not None:
        wanted = condition.known
        tests.append(lambda found: (found not in (None, "", ())) == wanted)
    if condition.is_ is not None:
        tests.append(_among((condition.is_,)))
    if condition.one_of is not None:
        tests.append(_among(condition.one_of))
    if condition.not_one_of is not None:
        among = _among(condition.not_one_of)
        tests.append(lambda found: not among(found))
    bounds = (
        (condition.at_least, operator.ge),
        (condition.at_most, operator.le),
        (condition.above, operator.gt),
        (condition.below, operator.lt),
    )
    for bound, compare in bounds:
        if bound is not None:
            limit = thresholds[bound] if bound in thresholds else float(bound)
            tests.append(partial(_bounded, compare, limit))
    return tests[0] if len(tests) == 1 else lambda found: all(test(found) for test in tests)


def _bounded(compare: Callable[[Any, float], bool], limit: float, found: Any) -> bool:
    return found is not None and compare(found, limit)


def _among(wanted: Sequence[str | bool]) -> Test:
    words = frozenset(word for word in wanted if isinstance(word, str))

    def test(found: Any) -> bool:
        if isinstance(found, str):
            return found in words
        return any(_same(found, word) for word in wanted)

    return test


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
