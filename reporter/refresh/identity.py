"""Which statement of a new report is which of an old one, whatever their figures are now.

In: the statements of two evidence files as plain data. Two statements are the same when they speak
of the same comparisons (kind, measure, area, group, comparator, kind of base), not of the same
periods and values: so a revised figure and the next quarter both find their statement again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reporter.sameness import WHAT, FactKey, fact_key

Evidence = Mapping[str, Any]
FIGURES = (
    "value", "base_value", "comparator_value", "result", "numerator", "denominator", "percent",
    "share", "whole", "people", "mean", "low", "high", "ratio", "rate", "base_rate", "minimum",
    "upper", "position", "of", "lowest_value", "highest_value", "length", "points", "was",
)  # fmt: skip
_ENOUGH = 0.34
_SECTION, _RULES, _WORDS, _ORDER = 0.2, 0.2, 0.1, 0.05


def subject_key(fact: Evidence) -> FactKey:
    """What a fact is about: measure, area, group and member."""
    return tuple(str(fact.get(name) or "") for name in WHAT[1:5])


def form_of(statement: Evidence) -> str:
    """How a statement stands in the paper: a sentence, a row, a chart's text or a question."""
    number = str(statement.get("number", ""))
    if number.startswith("Table "):
        return "row"
    if number.startswith("Figure "):
        return "chart"
    asks = str(statement.get("generated") or statement["text"]).rstrip().endswith("?")
    return "question" if asks or any("why" in rule for rule in statement["rules"]) else "sentence"


@dataclass(frozen=True, slots=True)
class _Card:
    """What a statement is known by."""

    at: int
    form: str
    section: str
    text: str
    rules: frozenset[str]
    facts: frozenset[FactKey]
    subjects: frozenset[FactKey]


def _card(at: int, statement: Evidence) -> _Card:
    facts = statement["facts"]
    return _Card(
        at, form_of(statement), str(statement["section"]),
        str(statement.get("generated") or statement["text"]), frozenset(statement["rules"]),
        frozenset([*map(fact_key, facts), *filter(None, map(_level_key, facts))]),
        frozenset(map(subject_key, facts)),
    )  # fmt: skip


def _level_key(fact: Evidence) -> FactKey | None:
    """That the present figure is stated, by whatever comparison: "429, up from 257" says it too."""
    says = any(words["for"] == fact.get("value") for words in fact.get("stated", ()))
    return ("states", *subject_key(fact)) if says and fact.get("value") is not None else None


def match_statements(old: Sequence[Evidence], new: Sequence[Evidence]) -> dict[str, str]:
    """The id in `new` of each statement of `old` that it says again; each is taken once at most.

    The best likeness is settled first; likeness counts shared comparisons, then rules, section,
    words and order. Statements without facts are the same where form and words are.
    """
    before = [_card(at, statement) for at, statement in enumerate(old)]
    after = [_card(at, statement) for at, statement in enumerate(new)]
    by_subject: dict[tuple[str, FactKey | str], list[_Card]] = {}
    for card in after:
        for key in card.subjects or (card.text,):
            by_subject.setdefault((card.form, key), []).append(card)
    found = []
    for card in before:
        near = {
            other.at: other
            for key in card.subjects or (card.text,)
            for other in by_subject.get((card.form, key), ())
        }
        found += [(_likeness(card, other), card.at, other.at) for other in near.values()]
    pairs: dict[str, str] = {}
    taken: set[int] = set()
    gone: set[int] = set()
    for score, first, second in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if score >= _ENOUGH and first not in gone and second not in taken:
            gone.add(first)
            taken.add(second)
            pairs[str(old[first]["id"])] = str(new[second]["id"])
    return pairs


def _likeness(one: _Card, other: _Card) -> float:
    """0 where they share no comparison; above 1 where nearly all is shared."""
    shared = _overlap(one.facts, other.facts)
    if not shared:
        return 0.0
    near = 1 / (1 + abs(one.at - other.at))
    words = SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()
    return (
        shared * _overlap(one.subjects, other.subjects)
        + _RULES * _overlap(one.rules, other.rules)
        + _SECTION * (one.section == other.section)
        + _WORDS * words
        + _ORDER * near
    )


def _overlap(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Shared members, as a part of all; 1 where neither has any."""
    return len(one & other) / len(one | other) if one or other else 1.0


def covered(statement: Evidence, said: Iterable[Evidence]) -> bool:
    """Whether every comparison of `statement` was made by the statements in `said`."""
    keys = {fact_key(fact) for fact in statement["facts"]}
    return bool(keys) and keys <= {fact_key(fact) for each in said for fact in each["facts"]}


def said_of(statement: Evidence) -> list[tuple[Any, ...]]:
    """What a statement states, apart from its wording: numbers as shown, periods, directions."""
    found: list[tuple[Any, ...]] = []
    for fact in statement["facts"]:
        key = fact_key(fact)
        found += [(key, "number", each["text"], each["for"]) for each in fact.get("stated", ())]
        # "May" and "the end of May 2019" are one period, told after others or alone.
        found += [(key, "period", "", each["for"]) for each in fact.get("periods", ())]
        found.append((key, "direction", fact.get("direction"), fact.get("judgement")))
    return sorted(found, key=repr)


def figures_moved(old: Evidence, new: Evidence) -> bool:
    """Whether `new` states other figures, periods or directions than `old`."""
    return said_of(old) != said_of(new)


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that an old statement showed and that is shown otherwise now.

    `now` is empty where no statement shows it any more.
    """

    was: str
    now: str
    statement: str
    """Id of the old statement."""


def moved_numbers(
    old: Sequence[Evidence], new: Sequence[Evidence], unsaid: Sequence[Evidence] = ()
) -> tuple[Moved, ...]:
    """Every number of `old` whose fact and field show another one in `new`, in reading order.

    `unsaid` are facts that the new report found and does not tell: a figure that is the same there
    has not moved.
    """
    now: dict[tuple[FactKey, str], str] = {}
    for statement in new:
        for fact in statement["facts"]:
            for name, text in _shown(fact):
                now.setdefault((fact_key(fact), name), text)
    known = {fact_key(fact): fact for fact in unsaid}
    found: dict[Moved, None] = {}
    for statement in old:
        for fact in statement["facts"]:
            other = known.get(fact_key(fact), {})
            for name, text in _shown(fact):
                current = now.get((fact_key(fact), name), "")
                same = not current and other.get(name) == fact[name]
                if current != text and not same:
                    found[Moved(text, current, str(statement["id"]))] = None
    return tuple(found)


def _shown(fact: Evidence) -> list[tuple[str, str]]:
    """(field, words) of each number that a fact shows, where its field is known."""
    found = []
    for words in fact.get("stated", ()):
        name = next((n for n in FIGURES if fact.get(n) == words["for"]), "")
        if name and words["for"] is not None:
            found.append((name, str(words["text"])))
    return found
