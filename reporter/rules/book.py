"""Folders of YAML in, a `RuleBook` out: the standard's rules, a council's and a brief's on top.

A folder holds one file a fact family, each a list of rules, and may hold `thresholds.yaml`. Of two
rules with one id the later folder's wins key by key, so that `{id: change-up, weight: 80}` moves a
rule and `{id: change-up, off: true}` silences it; a new id adds a rule. Knows no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.facts import Threshold
from reporter.files import read_bytes
from reporter.problems import Place, Problem, ProblemsFoundError, closest, raise_errors
from reporter.rules.checking import NUMERIC, check_rule
from reporter.rules.nouns import Rule
from reporter.yamlfile import MAX_BYTES, Path_, Places, decode, fit, parse

THRESHOLDS = "thresholds.yaml"
CAST = "examples.yaml"
NOT_RULES = frozenset({THRESHOLDS, CAST, "lexicon.yaml", "disclosure.yaml"})
NEEDED = ("about", "role", "say")
"""What a rule cannot do without, beside its id."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """All rules in force, in the order of their files, and every threshold by name."""

    rules: tuple[Rule, ...]
    thresholds: Mapping[str, Threshold]
    places: Mapping[str, Places]
    """Where each rule's keys stand, by id: of an overridden key, the latest place."""
    layers: Mapping[str, tuple[Place, ...]]
    """Where each rule stands, by id: first where it was made, then where it was overridden."""
    off: tuple[Rule, ...] = ()
    """Rules that a layer has switched off."""

    def about(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind of fact."""
        return tuple(rule for rule in self.rules if rule.about == kind)

    def rule(self, id_: str) -> Rule | None:
        """The rule called `id_`, in force or not; None where there is none."""
        return next((rule for rule in (*self.rules, *self.off) if rule.id == id_), None)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A rule as written, before its layers are joined: its keys and their places."""

    keys: dict[str, Any]
    places: dict[Path_, Place]
    file: str
    layers: tuple[Place, ...]


def load_rules(folders: Sequence[Path]) -> RuleBook:
    """The rule book of `folders`, the standard's first.

    Raises `ProblemsFoundError` with every fault in every file.
    """
    problems: list[Problem] = []
    thresholds: dict[str, Threshold] = {}
    added: dict[str, Place] = {}
    drafts: dict[str, _Draft] = {}
    for folder in folders:
        for file in _files(folder, folder is folders[0], problems):
            try:
                if file.name == THRESHOLDS:
                    read, places = _read_thresholds(file, problems)
                    added |= {name: places[(name,)] for name in read if name not in thresholds}
                    thresholds |= read
                elif file.name not in NOT_RULES:
                    _lay(_read(file), drafts, problems)
            except ProblemsFoundError as error:
                problems += error.problems
        if folder is folders[0]:
            added = {}
    rules = _fitting(drafts, thresholds, problems)
    if not problems:  # else the rule that names one may be among those at fault
        problems += _unused(added, rules, thresholds)
    raise_errors(problems)
    return RuleBook(
        rules=tuple(rule for rule in rules if not rule.off),
        thresholds=thresholds,
        places={key: Places(draft.file, draft.places) for key, draft in drafts.items()},
        layers={key: draft.layers for key, draft in drafts.items()},
        off=tuple(rule for rule in rules if rule.off),
    )


def _fitting(
    drafts: Mapping[str, _Draft], thresholds: Mapping[str, Threshold], problems: list[Problem]
) -> list[Rule]:
    """The rules that `drafts` make; what is wrong with the others joins `problems`."""
    rules = []
    for key, draft in drafts.items():
        if missing := [need for need in NEEDED if need not in draft.keys]:
            problems.append(_unfinished(key, draft, missing, drafts))
            continue
        try:
            rule = fit(draft.keys, draft.places, Rule, draft.file)
        except ProblemsFoundError as error:
            problems += error.problems
            continue
        problems += check_rule(rule, draft.places, Place.of(draft.file), thresholds)
        rules.append(rule)
    return rules


def _unfinished(
    key: str, draft: _Draft, missing: Sequence[str], drafts: Mapping[str, _Draft]
) -> Problem:
    """A rule without its main keys: a new one that is not whole, or a slip in the id of another."""
    near = closest(key, (known for known in drafts if known != key))
    fix = f"Write {', '.join(missing)} for a new rule"
    fix += f"; or did you mean to change {near!r}?" if near else ", or take the id of another."
    what = f"there is no rule {key!r} beneath it to change, and it has no {' or '.join(missing)}"
    return Problem(draft.places[()], "missing-key", what, fix)


def _unused(
    added: Mapping[str, Place], rules: Sequence[Rule], thresholds: Mapping[str, Threshold]
) -> Iterator[Problem]:
    """Thresholds that a later layer adds and no rule names: slips in the names of others."""
    named = {
        getattr(condition, test)
        for rule in rules
        for condition in rule.when.values()
        for test in NUMERIC
    }
    for name, place in added.items():
        if name not in named:
            near = closest(name, (known for known in thresholds if known not in added))
            fix = f"Did you mean {near!r}?" if near else "Name it in a rule, or delete it."
            yield Problem(place, "unused-threshold", f"nothing uses the threshold {name!r}", fix)


def _read_thresholds(
    file: Path, problems: list[Problem]
) -> tuple[dict[str, Threshold], dict[Path_, Place]]:
    """The thresholds of `file` and their places; one below nought joins `problems`."""
    name = str(file)
    data, places = parse(decode(read_bytes(file, name, MAX_BYTES), name), name)
    read = fit(data, places, dict[str, Threshold], name)
    for key, threshold in read.items():
        if threshold.value < 0:
            what = f"the threshold {key!r} is below nought"
            fix = "Write the size alone; which way it is held is the rule's business."
            problems.append(Problem(places[(key,)], "bad-threshold", what, fix))
    return read, places


def _files(folder: Path, first: bool, problems: list[Problem]) -> list[Path]:
    """The YAML files of `folder` by name; what would be passed over in silence is a problem.

    Only the standard's folder, the `first`, has the cast that examples speak of.
    """
    if not folder.is_dir():
        fix = "Check the name; a rules folder is given by its path from the brief."
        what = "there is no such folder of rules"
        problems.append(Problem(Place.of(folder), "no-folder", what, fix))
        return []
    files, misnamed = sorted(folder.glob("*.yaml")), sorted(folder.glob("*.yml"))
    for file in misnamed:
        what = "only files whose names end in .yaml are read"
        problems.append(Problem(Place.of(file), "not-read", what, "Rename it."))
    if not files and not misnamed:
        what = "there is no file of rules in this folder"
        fix = "Write one that ends in .yaml here, or name the folder that has them."
        problems.append(Problem(Place.of(folder), "empty-folder", what, fix))
    if not first and folder / CAST in files:
        what = "the cast of the examples is the standard's, and this file is not read"
        fix = "Delete it, and let your examples speak of the standard's cast."
        problems.append(Problem(Place.of(folder / CAST), "not-read", what, fix))
    return files


def _read(file: Path) -> list[_Draft]:
    """The rules of one file, each with places of its own."""
    name = str(file)
    data, places = parse(decode(read_bytes(file, name, MAX_BYTES), name), name)
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        fix = "Begin each rule with `- id: ...`; words belong in lexicon.yaml, cut points in "
        fix += "thresholds.yaml."
        what = "a file of rules must be a list of rules"
        raise ProblemsFoundError([Problem(Place.of(name, 1), "not-a-list", what, fix)])
    drafts = []
    for index, item in enumerate(data):
        own = {path[1:]: place for path, place in places.items() if path[:1] == (index,)}
        drafts.append(_Draft(item, own, name, (own[()],)))
    return drafts


def _lay(drafts: list[_Draft], under: dict[str, _Draft], problems: list[Problem]) -> None:
    """Lay one file's rules over those already read."""
    for draft in drafts:
        key = draft.keys.get("id")
        if not isinstance(key, str) or not key.strip():
            fix = "Add a line `id: ...` with a name of its own."
            problems.append(Problem(draft.places[()], "missing-key", "a rule has no id", fix))
        elif key in under and Path(under[key].file).parent == Path(draft.file).parent:
            fix = f"Give one of the two another id (the first is at {under[key].layers[-1]})."
            what = f"the rule {key!r} stands twice in this folder"
            problems.append(Problem(draft.places[()], "repeated-rule", what, fix))
        elif key in under:
            old = under[key]
            merged = {**old.keys, **draft.keys}
            kept = {path: at for path, at in old.places.items() if path[:1] not in draft.places}
            places = {**kept, **draft.places}
            under[key] = _Draft(merged, places, draft.file, old.layers + draft.layers)
        else:
            under[key] = draft
