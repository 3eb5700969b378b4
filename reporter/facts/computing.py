"""The recipe: a panel of the dataset, then every family of comparison on it."""

from __future__ import annotations

from collections.abc import Callable

from reporter.facts.averages import annualised, averages
from reporter.facts.bounds import bounded_averages, bounded_changes
from reporter.facts.breakdowns import gaps, ranges
from reporter.facts.caveats import broken_identities, caveats
from reporter.facts.changes import changes
from reporter.facts.collection import Facts
from reporter.facts.comparators import published_comparators
from reporter.facts.conditional import conditionals
from reporter.facts.conversions import conversions
from reporter.facts.drivers import drivers
from reporter.facts.extremes import peaks_and_lows, records
from reporter.facts.finance import finance
from reporter.facts.laying import asking, build_panel
from reporter.facts.levels import levels, num_denoms
from reporter.facts.panel import Panel
from reporter.facts.peers import peer_comparators
from reporter.facts.question import Question
from reporter.facts.ranks import ranks
from reporter.facts.relations import relations
from reporter.facts.shares import shares
from reporter.facts.streaks import streaks
from reporter.facts.stretches import stretches
from reporter.facts.summaries import summaries
from reporter.facts.table import Table
from reporter.facts.targets import target_streaks, targets
from reporter.sources import Dataset

FAMILIES: tuple[Callable[[Panel], list[Table]], ...] = (
    lambda panel: [levels(panel)],
    changes,
    stretches,
    bounded_changes,
    bounded_averages,
    peaks_and_lows,
    records,
    streaks,
    targets,
    target_streaks,
    published_comparators,
    peer_comparators,
    ranks,
    shares,
    lambda panel: [num_denoms(panel)],
    gaps,
    ranges,
    drivers,
    conversions,
    averages,
    annualised,
    finance,
    relations,
    conditionals,
    caveats,
)


def compute_facts(dataset: Dataset, question: Question, laid_out: Panel | None = None) -> Facts:
    """Every sound comparison of the figures that `question` asks about.

    Nothing that ends after the question's period is used, forecasts apart; nothing rests on a
    missing value, and the order of the observations' rows makes no difference. Many questions of
    one dataset and period that differ in areas and comparators may share what is `laid_out`.
    """
    panel = asking(laid_out, question) if laid_out else build_panel(dataset, question)
    tables = [table for family in FAMILIES for table in family(panel)]
    tables += broken_identities(panel, tables)
    return Facts(panel, [*tables, *summaries(panel, tables)])
