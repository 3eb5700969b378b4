"""Why the paper says what it says of one series: every fact of it, the rules held against each.

In come a brief and the name of a series; out go lines of text. It follows the recipe of a build up
to the sentences, and decides nothing: what was said or left out, and why, is read off the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.evidence import statements
from reporter.fact_text import fact_fields
from reporter.facts import Fact, Question, compute_facts, since_last
from reporter.opening import Materials, open_materials
from reporter.plan import LeftOut, plan_report
from reporter.problems import Place, Problem, ProblemsFoundError, closest
from reporter.prose import Statement, realise_report
from reporter.rules import Explanation, Message, choose_messages, explain

NAMED_ABOVE = ("kind", "indicator", "area", "breakdown", "category", "sources")
"""Fields that the heading or the line's own beginning says."""
NOT_KNOWN = ("", "none", "unknown", "not_judged")


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of the brief's area, or one member of its breakdown."""

    indicator: str
    breakdown: str = ""
    category: str = ""

    def holds(self, fact: Fact) -> bool:
        """Whether `fact` is about this series."""
        return (fact.indicator, fact.breakdown, fact.category) == (
            self.indicator,
            self.breakdown,
            self.category,
        )

    def __str__(self) -> str:
        parts = (self.indicator, self.breakdown, self.category)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of the messages: the statements of the paper, and what was left out."""

    said: tuple[Statement, ...]
    left: Mapping[str, tuple[LeftOut, ...]]
    """By rule."""

    def tabled(self, fact: Fact) -> Iterator[str]:
        """The rows of tables that show the figures of `fact`."""
        for statement in self.said:
            if not statement.rules and fact in statement.facts:
                yield f'  shown in {statement.id}: "{statement.text}"'

    def of(self, message: Message) -> Iterator[str]:
        """Where `message` was said, or why it was not."""
        rule, fact = message.rule.id, message.fact
        found = [s for s in self.said if rule in s.rules and fact in s.facts]
        for statement in found:
            yield f'said in {statement.id}: "{statement.text}"'
        whys = [item.why for item in self.left.get(rule, ()) if item.fact == fact]
        for why in dict.fromkeys(whys):
            yield f"left out: {why}"
        if not found and not whys:
            yield "planned, and not said: another sentence has its figures"


def explain_series(brief_path: Path, series: Series) -> tuple[str, ...]:
    """The facts of `series`, what every rule makes of each, and what the paper says of it.

    Raises `ProblemsFoundError` with every fault of the brief and what it names, or where its
    catalogue or figures have no such series.
    """
    given = open_materials(brief_path)
    brief, dataset = given.commission.brief, given.commission.dataset
    _find(series, given, brief_path)
    facts = compute_facts(dataset, Question.of(brief, given.thresholds)).of(brief.area)
    facts = (*facts, *since_last(given.commission, facts, given.thresholds))
    own = [fact for fact in facts if series.holds(fact)]
    if not own:
        raise ProblemsFoundError([_no_facts(series, facts, brief_path)])
    messages = choose_messages(given.rules, facts, dataset.catalogue)
    plan = plan_report(given.commission, facts, messages)
    report = realise_report(plan, dataset, given.lexicon)
    outcome = _Outcome(tuple(said for _, said in statements(report)), _by_rule(plan.left_out))
    name = dataset.catalogue.indicators[series.indicator].name
    lines = [f"{name} ({series}), {brief.area}, {brief.period}"]
    for fact in own:
        lines += ["", *_fact_lines(fact), *outcome.tabled(fact)]
        lines += _rule_lines(fact, given, [m for m in messages if m.fact is fact], outcome)
    return (*lines, "", _summary(own, messages))


def _find(series: Series, given: Materials, brief: Path) -> None:
    """Raise a problem where the catalogue has no such indicator, or its data no such breakdown."""
    dataset = given.commission.dataset
    catalogue = list(dataset.catalogue.indicators)
    if series.indicator not in catalogue:
        raise ProblemsFoundError([_none("indicator", series.indicator, catalogue, brief)])
    rows = dataset.observations
    own = rows["breakdown"][rows["indicator"] == series.indicator]
    known = sorted(set(own.astype(str)) - {""})
    if series.breakdown and series.breakdown not in known:
        raise ProblemsFoundError([_none("breakdown", series.breakdown, known, brief)])


def _none(kind: str, wanted: str, known: Sequence[str], brief: Path) -> Problem:
    """That there is no `wanted` among the `known`, and the nearest or the first of them."""
    near = closest(wanted, known)
    fix = f"Did you mean {near!r}?" if near else f"There are: {', '.join(known[:10]) or 'none'}."
    what = f"there is no {kind} {wanted!r} in the data of this brief"
    return Problem(Place.of(brief), f"no-{kind}", what, fix)


def _no_facts(series: Series, facts: Sequence[Fact], brief: Path) -> Problem:
    """That nothing is known of the series, and what is of its neighbours."""
    near = [fact for fact in facts if fact.indicator == series.indicator]
    others = dict.fromkeys(
        str(Series(series.indicator, fact.breakdown, fact.category)) for fact in near
    )
    fix = f"There are facts of {'; '.join(others)}." if others else "Look at its figures and dates."
    what = f"no comparison can be made of {series} in the brief's area and period"
    return Problem(Place.of(brief), "no-facts", what, fix)


def _by_rule(left_out: Sequence[LeftOut]) -> dict[str, tuple[LeftOut, ...]]:
    found: dict[str, tuple[LeftOut, ...]] = {}
    for item in left_out:
        found[item.rule] = (*found.get(item.rule, ()), item)
    return found


def _fact_lines(fact: Fact) -> Iterator[str]:
    """The fact with all that is known of it, and the rows that it rests on."""
    fields = fact_fields(fact)
    known = {
        name: value for name, value in fields.items() if name not in NAMED_ABOVE and _says(value)
    }
    yield f"{fact.kind}: " + ", ".join(f"{name} {_spelt(value)}" for name, value in known.items())
    rows: dict[str, list[int]] = {}
    cells: dict[str, list[str]] = {}
    for source in fact.sources:
        if source.statement:
            yield f"  from {source.file}, statement {source.statement}"
        elif source.cell:
            cells.setdefault(source.file, []).append(source.cell)
        else:
            rows.setdefault(source.file, []).extend(source.rows)
    for file, names in cells.items():
        yield f"  from {file}, cell{'s' if len(names) > 1 else ''} {', '.join(names)}"
    for file, numbers in rows.items():
        yield f"  from {file}, row{'s' if len(numbers) > 1 else ''} {_runs(sorted(numbers))}"


def _says(value: Any) -> bool:
    return not (value is None or value is False or value == [] or value in NOT_KNOWN)


def _spelt(value: Any) -> str:
    """`value` as a rule would name it."""
    return "true" if value is True else str(value)


def _runs(numbers: Sequence[int]) -> str:
    """Sorted `numbers` with runs in short: 3, 7 to 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _rule_lines(
    fact: Fact, given: Materials, messages: Sequence[Message], outcome: _Outcome
) -> Iterator[str]:
    """A line for each rule about the fact's kind, what it fired for first."""
    held = explain(given.rules, fact, given.commission.dataset.catalogue)
    by_rule = {message.rule.id: message for message in messages}
    for explanation in sorted(held, key=lambda one: not one.fired):
        if explanation.fired:
            message = by_rule[explanation.rule]
            for fate in outcome.of(message):
                yield f"  {explanation.rule} fires (weight {message.weight:.1f}), {fate}"
        else:
            yield f"  {explanation.rule} {_silence(explanation)}"
    if not held:
        yield "  no rule in force is about this kind of fact"


def _silence(explanation: Explanation) -> str:
    found = explanation.found or "empty"
    return f"is silent: {explanation.field} is {found}, and it asks: {explanation.wanted}"


def _summary(facts: Sequence[Fact], messages: Sequence[Message]) -> str:
    fired = sum(any(message.fact is fact for fact in facts) for message in messages)
    return f"{len(facts)} facts, for which {fired} rules fire"
