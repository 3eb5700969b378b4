"""The nouns of `disclosure.yaml`: which figures each source may not show (STANDARDS 3.2.3).

A council's own folder of rules may lay its file over the standard's: a rule of the same name
replaces the standard's, others are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reporter.problems import Place, Problem, ProblemsFoundError, closest
from reporter.sources import Commission
from reporter.yamlfile import Places, decode, fit, parse, shape

FILE = "disclosure.yaml"
UNDECLARED = "undeclared"
"""The rule for figures that arrive suppressed, of a source that names none."""
AreaKind = Literal["authority", "region", "country", "group"]


@shape
class Rule:
    """What a source may not show.

    A count, or the numerator of a percentage or rate, from `smallest` to `largest` is hidden, and
    so is a figure whose denominator is. `zeros`: whether a true 0 may be shown. `levels`: the kinds
    of area whose figures are hidden. `round_to`: for a kind of area, the multiple to which counts
    are rounded.
    """

    about: str
    smallest: int = 1
    largest: int
    zeros: Literal["shown", "hidden"] = "shown"
    levels: tuple[AreaKind, ...] = ("authority",)
    round_to: Mapping[AreaKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """All disclosure rules by name."""

    rules: Mapping[str, Rule]

    def rule(self, name: str) -> Rule | None:
        """The rule called `name`; None where `name` is empty."""
        return self.rules[name] if name else None

    @property
    def undeclared(self) -> Rule:
        """What a suppressed figure of a source without a rule is taken to have been hidden by."""
        return self.rules[UNDECLARED]


def load_policy(folders: Sequence[Path]) -> Policy:
    """The rules of the folders' files, a later folder's over an earlier one's.

    Raises `ProblemsFoundError` with every fault in any of them.
    """
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for folder in folders:
        path = folder / FILE
        if not path.is_file():
            continue
        try:
            plain, at = parse(decode(path.read_bytes(), str(path)), str(path))
            read = fit(plain, at, dict[str, Rule], str(path))
        except ProblemsFoundError as error:
            problems += error.problems
            continue
        problems += _misfits(read, Places(str(path), at))
        rules |= read
    if problems:
        raise ProblemsFoundError(problems)
    return Policy(rules)


def _misfits(rules: Mapping[str, Rule], places: Places) -> Iterable[Problem]:
    for name, rule in rules.items():
        if not 0 < rule.smallest <= rule.largest:
            what = f"figures from {rule.smallest} to {rule.largest} are none"
            fix = "Write the smallest and the largest figure to hide, from 1: 1 and 5, say."
            yield places.problem((name, "largest"), "bad-range", what, fix)
        for kind, base in rule.round_to.items():
            if base < 2:
                what, fix = f"nothing is rounded to {base}", "Write 5 or 10, or delete the line."
                yield places.problem((name, "round_to", kind), "bad-rounding", what, fix)


def check_names(commission: Commission, policy: Policy, name: str) -> list[Problem]:
    """Rules that the brief called `name` or its catalogue names, and that nobody has written."""
    brief, catalogue = commission.brief, commission.dataset.catalogue
    named = [(Place.of(name), brief.disclosure)]
    named += [
        (Place.of(brief.data.indicators, at=f"indicator {code}"), entry.disclosure)
        for code, entry in catalogue.indicators.items()
    ]
    return [
        _unknown(place, wanted, policy)
        for place, wanted in named
        if wanted and wanted not in policy.rules
    ]


def _unknown(place: Place, name: str, policy: Policy) -> Problem:
    near = closest(name, policy.rules)
    fix = f"Did you mean {near!r}? " if near else ""
    fix += f"Those known are {', '.join(sorted(policy.rules))}; yours go into {FILE}."
    return Problem(place, "unknown-disclosure", f"there is no disclosure rule {name!r}", fix)
