"""A `Commission` in, what is doubtful in its figures out: before a word is written (STANDARDS 7.2).

The front door: `look_through` tells the author which figures to look at again, with their rows. It
decides nothing: each can be right. It sees what the paper may show, and nothing else.
"""

from __future__ import annotations

from reporter.plausibility.adding import check_sums
from reporter.plausibility.bands import check_bands
from reporter.plausibility.looking import Figures, figures_of
from reporter.plausibility.series import check_series
from reporter.plausibility.versions import check_versions
from reporter.problems import Problem, in_order
from reporter.sources import Commission

__all__ = ["look_through"]


def look_through(commission: Commission) -> tuple[Problem, ...]:
    """Every doubt about the figures of the brief's area up to its period, as warnings.

    The warnings about single rows that were found in reading them are among them.
    """
    figures: Figures = figures_of(commission)
    return in_order(
        [
            *figures.told,
            *check_sums(figures),
            *check_series(figures),
            *check_versions(figures),
            *check_bands(figures),
        ]
    )
