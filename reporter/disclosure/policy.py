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
HUNDRED = 100
UNDECLARED = "undeclared"
"""The rule for figures that arrive suppressed, of a source that names none."""
AreaKind = Literal["authority", "region", "country", "group"]


@shape
class Dominance:
    """When a sum of money or tonnes tells too much of one of those who make it up (3.4).

    It is hidden where fewer than `fewest` make it up; where the `leading` largest (1 or 2) make up
    more than `share` percent; or where all but the two largest come to less than `closeness`
    percent of the largest, so that the second could work out the first. 0 leaves a test out.
    """

    fewest: int = 3
    leading: int = 1
    share: int = 0
    closeness: int = 0


@shape
class Rule:
    """What a source may not show.

    A count, or the numerator of a percentage or rate, from `smallest` to `largest` is hidden, and
    so is a figure whose denominator is. `zeros`: whether a true 0 may be shown. `rest`: whether a
    percentage may be shown of which so few are the rest. `everybody_of`: a percentage of 0 or 100
    of so many, or fewer, is hidden, as it tells something of each (3.3.3). `dominance` is for sums
    of money and tonnes. `levels`: the kinds of area whose figures are hidden. `round_to`: for a
    kind of area, the multiple to which counts are rounded.
    """

    about: str
    smallest: int = 1
    largest: int | None = None
    zeros: Literal["shown", "hidden"] = "shown"
    rest: Literal["shown", "hidden"] = "shown"
    everybody_of: int = 0
    dominance: Dominance | None = None
    levels: tuple[AreaKind, ...] = ("authority",)
    round_to: Mapping[AreaKind, int] = field(default_factory=dict)

    @property
    def few(self) -> int:
        """The largest number that is too few; 0 where figures are not hidden for their size."""
        return self.largest or 0


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
        if rule.largest is None and rule.dominance is None:
            what = "it does not say what is hidden"
            fix = "Write `largest: 5` for figures up to 5, or `dominance:` for sums of money."
            yield places.problem((name,), "missing-key", what, fix)
        if rule.largest is not None and not 0 < rule.smallest <= rule.largest:
            what = f"figures from {rule.smallest} to {rule.largest} are none"
            fix = "Write the smallest and the largest figure to hide, from 1: 1 and 5, say."
            yield places.problem((name, "largest"), "bad-range", what, fix)
        if rule.dominance is not None and not _is_sound(rule.dominance):
            fix = "Write `fewest` from 2, `leading` as 1 or 2, `share` and `closeness` as percent."
            what = "these cannot be tests of who makes up a sum"
            yield places.problem((name, "dominance"), "bad-dominance", what, fix)
        for kind, base in rule.round_to.items():
            if base < 2:
                what, fix = f"nothing is rounded to {base}", "Write 5 or 10, or delete the line."
                yield places.problem((name, "round_to", kind), "bad-rounding", what, fix)


def _is_sound(tests: Dominance) -> bool:
    percents = 0 <= tests.share < HUNDRED and 0 <= tests.closeness <= HUNDRED
    return tests.fewest > 1 and tests.leading in (1, 2) and percents


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
