"""A `Commission` in, what is doubtful in its figures out: before a word is written (STANDARDS 7.2).

The front door: `look_through` tells the author which figures to look at again, with their rows. It
decides nothing: each can be right. It sees what the paper may show, and nothing else.
"""

from __future__ import annotations

from reporter.plausibility.adding import check_sums
from reporter.plausibility.bands import check_bands
from reporter.plausibility.coverage import check_coverage
from reporter.plausibility.looking import Figures, figures_of
from reporter.plausibility.oddities import check_oddities
from reporter.plausibility.series import check_series
from reporter.plausibility.versions import check_versions
from reporter.problems import Problem, in_order
from reporter.sources import Commission

__all__ = ["look_through"]
_BY_GRAVITY = (
    "few-figures",
    # What may not be published, or contradicts itself in the paper
    "published-before", "not-protected", "given-away", "not-hidden",
    "not-its-parts", "numerator-above", "negative-count", "above-100", "unit-slip", "two-figures",
    "does-not-add-up", "shares-not-100", "nought-or-none", "outside-its-members", "same-as-whole",
    # What changes what the committee was told, or how it is judged
    "told-otherwise", "revised", "copied", "standstill", "decimals-lost",
    "bands-overlap", "bands-gap", "no-middle",
    # What may have a reason that only its author knows
    "jump", "old-figure", "gap", "not-the-sum",
)  # fmt: skip
GRAVITY = {code: at for at, code in enumerate(_BY_GRAVITY)}
"""How grave a doubt is; what is not in it comes last."""


def look_through(commission: Commission) -> tuple[Problem, ...]:
    """Every doubt about the figures of the brief's area up to its period, as warnings, the gravest
    first.

    The warnings about single rows that were found in reading them are among them.
    """
    figures: Figures = figures_of(commission)
    found = in_order(
        [
            *figures.told,
            *check_coverage(figures),
            *check_sums(figures),
            *check_series(figures),
            *check_oddities(figures),
            *check_versions(figures),
            *check_bands(figures),
        ]
    )
    return tuple(sorted(found, key=lambda problem: GRAVITY.get(problem.code, len(GRAVITY))))
