"""The rule book for its editors: what stands in it, what a rule says, whether its examples hold.

In come the folders of rules, the standard's and the council's; out go lines of text and problems.
It makes no rule and no sentence: the rooms of rules and prose do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError, closest
from reporter.prose import check_rules, load_cast, load_lexicon, vocabulary
from reporter.rules import Condition, Example, Rule, RuleBook, load_rules, rule_schema, spelt
from reporter.standard import standard_folder

CAST = "examples.yaml"
SPEAKING = ("about", "when", "role", "say", "examples")
"""Keys that decide what a rule says; a layer that leaves them alone leaves its examples alone."""
LIMITS = ("at_least", "at_most", "above", "below")


def folders_of(own: Path | None) -> tuple[Path, ...]:
    """The standard folder of rules and the council's `own` over it, where there is one."""
    standard = standard_folder("rules")
    return (standard, own) if own else (standard,)


def list_rules(own: Path | None = None) -> tuple[str, ...]:
    """A line for each rule of the book: id, kind, role, weight, where it stands, what became of it.

    Raises `ProblemsFoundError` with every fault in the folders.
    """
    book = load_rules(folders_of(own))
    rules = [rule for id_ in book.layers if (rule := book.rule(id_))]
    rows = [("id", "about", "role", "weight", "stands at", "")]
    rows += [(*_columns(rule), _at(book, rule), _state(book, rule)) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return tuple(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _columns(rule: Rule) -> tuple[str, str, str, str]:
    return rule.id, rule.about, rule.role, str(rule.weight)


def _at(book: RuleBook, rule: Rule) -> str:
    return _place(book.layers[rule.id][-1])


def _place(place: Place) -> str:
    """`place` as programs write it: the file from here where it lies here, and the line."""
    path = Path(place.file)
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return f"{path}:{place.line}"


def _state(book: RuleBook, rule: Rule) -> str:
    """Whether the rule is off or overridden, and where it was made first."""
    first, *later = book.layers[rule.id]
    if not later:
        return "off" if rule.off else ""
    return f"{'off' if rule.off else 'overridden'}, first at {_place(first)}"


def explain_rule(id_: str, own: Path | None = None) -> tuple[str, ...]:
    """What the rule `id_` says, when, with which thresholds, and its examples, as lines.

    Raises `ProblemsFoundError` with every fault in the folders, or where there is no such rule.
    """
    folders = folders_of(own)
    book = load_rules(folders)
    rule = book.rule(id_)
    if rule is None:
        near = closest(id_, book.layers)
        fix = f"Did you mean {near!r}? " if near else ""
        fix += "`reporter rules list` shows them all."
        place = Place.of(folders[-1])
        raise ProblemsFoundError([Problem(place, "no-rule", f"there is no rule {id_!r}", fix)])
    return tuple(_explained(rule, book))


def _explained(rule: Rule, book: RuleBook) -> Iterator[str]:
    yield f"{rule.id}: {rule.role} about {rule.about}, weight {rule.weight}"
    state = _state(book, rule)
    yield f"  {_at(book, rule)}{f' ({state})' if state else ''}"
    yield "It says"
    words = dict(vocabulary())
    for say in (rule.say,) if isinstance(rule.say, str) else dict.fromkeys(rule.say):
        yield f"  {say}"
        for name in [name for name in words if f"{{{{ {name} }}}}" in say]:
            yield f"    {name}: {words.pop(name)}"  # told where it comes first
    yield "when all of these hold" if rule.when else "always."
    for name, condition in rule.when.items():
        yield f"  {name} {spelt(condition)}"
        yield from _thresholds(condition, book)
    for example in rule.examples:
        yield from _example(example)


def _thresholds(condition: Condition, book: RuleBook) -> Iterator[str]:
    for test in LIMITS:
        cut = book.thresholds.get(getattr(condition, test) or "")
        if cut:
            yield f"    {getattr(condition, test)}: {cut.value} {cut.unit}. {cut.reason}"


def _example(example: Example) -> Iterator[str]:
    yield f"For example, given {_given(example.given)}"
    yield "  it is silent" if example.silent else f"  it says: {example.says}"


def _given(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in given.items())


def run_examples(own: Path | None = None) -> tuple[tuple[Problem, ...], str]:
    """Every example that does not hold, with its place; and the run in a line.

    The standard's examples are held to the standard's words and thresholds, those of the rules that
    `own` adds or changes to the council's. Raises `ProblemsFoundError` for faults in the files.
    """
    standard = standard_folder("rules")
    cast = load_cast(standard / CAST)
    book, lexicon = load_rules([standard]), load_lexicon([standard])
    if own is None:
        problems = check_rules(book, lexicon, cast)
        return problems, _summary(book.rules, problems)
    folders = folders_of(own)
    layered, words = load_rules(folders), load_lexicon(folders)
    changed = {rule.id for rule in layered.rules if _speaks_otherwise(layered, rule, standard)}
    untouched = {rule.id for rule in book.rules} - changed - {rule.id for rule in layered.off}
    problems = check_rules(book, lexicon, cast, untouched)
    problems += check_rules(layered, words, cast, changed)
    return problems, _summary(layered.rules, problems)


def _speaks_otherwise(book: RuleBook, rule: Rule, standard: Path) -> bool:
    """Whether a layer over the standard makes or changes what `rule` says."""
    places = book.places[rule.id]
    keys = [place.file for path, place in places.at.items() if path[:1] and path[0] in SPEAKING]
    return any(Path(file).parent != standard for file in keys)


def _summary(rules: Sequence[Rule], problems: Sequence[Problem]) -> str:
    examples = sum(len(rule.examples) for rule in rules)
    failed = (
        f"{len(problems)} {'does' if len(problems) == 1 else 'do'} not hold"
        if problems
        else "all hold"
    )
    return f"{examples} examples of {len(rules)} rules: {failed}"


def list_words() -> tuple[str, ...]:
    """Every name that the words of a rule may use, with what it gives."""
    return tuple(f"{name}: {help_}" for name, help_ in vocabulary().items())


def schema_text(own: Path | None = None) -> str:
    """The JSON Schema of rule files over the standard rules and those of `own`."""
    return json.dumps(rule_schema(load_rules(folders_of(own))), indent=1, ensure_ascii=False)
