"""The recipe: a panel of the dataset, then every family of comparison on it."""

from __future__ import annotations

from collections.abc import Callable

from reporter.facts.changes import changes
from reporter.facts.comparators import published_comparators
from reporter.facts.extremes import peaks_and_lows, records
from reporter.facts.finance import finance
from reporter.facts.levels import levels, num_denoms
from reporter.facts.panel import Panel, build_panel
from reporter.facts.peers import peer_comparators
from reporter.facts.question import Question
from reporter.facts.ranks import ranks
from reporter.facts.shares import shares
from reporter.facts.table import Facts, Table
from reporter.facts.targets import targets
from reporter.sources import Dataset

FAMILIES: tuple[Callable[[Panel], list[Table]], ...] = (
    lambda panel: [levels(panel)],
    changes,
    peaks_and_lows,
    records,
    targets,
    published_comparators,
    peer_comparators,
    ranks,
    shares,
    lambda panel: [num_denoms(panel)],
    finance,
)


def compute_facts(dataset: Dataset, question: Question) -> Facts:
    """Every sound comparison of the figures that `question` asks about.

    Nothing that ends after the question's period is used, forecasts apart; nothing rests on a
    missing value, and the order of the observations' rows makes no difference.
    """
    panel = build_panel(dataset, question)
    return Facts(panel, [table for family in FAMILIES for table in family(panel)])
