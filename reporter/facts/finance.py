"""Finance: an outturn against its budget, sums of money, and what a change costs at a unit cost.

Budgets and outturns are of one period, breakdown and category; a variance is positive where it is
over the budget.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reporter.facts.changes import base_pairs
from reporter.facts.measures import difference, percent_of
from reporter.facts.panel import NONE, Ints, Panel
from reporter.facts.shares import same_period_of
from reporter.facts.table import (
    Evidence,
    Table,
    direction_words,
    judgement_words,
    make_table,
    period_words,
    words,
)
from reporter.rounding import without_dust_array

COSTED_BASES = ("baseline", "year_end", "same_period_last_year")
"""Changes that members ask the price of; from one month to the next it would be noise."""

NO_PARTS: dict[str, Callable[[int], tuple[Any, ...]]] = {"parts": lambda row: ()}


def finance(panel: Panel) -> list[Table]:
    """Variances, amounts and costs of changes."""
    at = panel.current[panel.units(panel.current) == "money"]
    budget = _named(panel, at, "budget")
    outturn = np.array(panel.of_indicator("outturn", at), dtype=str) == ""
    is_variance = (budget >= 0) & outturn
    return [
        _variances(panel, at[is_variance], budget[is_variance]),
        _amounts(panel, at[~is_variance], budget[~is_variance]),
        *_costs(panel),
    ]


def _named(panel: Panel, at: Ints, field: str) -> Ints:
    """The figure that the catalogue's `field` names, of the same period and category; or -1."""
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    named = [code.get(str(name), NONE) for name in panel.of_indicator(field, at)]
    return same_period_of(panel, at, np.array(named, np.int64), keep_category=True)


def _variances(panel: Panel, at: Ints, budget: Ints) -> Table:
    value, planned = panel.value_at(at), panel.value_at(budget)
    over = difference(value, planned)
    shown = difference(panel.shown_at(at), panel.shown_at(budget))
    return make_table(
        panel,
        "finance",
        at,
        Evidence(points=(at, budget)),
        NO_PARTS,
        aspect="variance",
        comparator="budget",
        comparator_period=period_words(panel, budget),
        comparator_value=planned,
        result=over,
        result_unit="money",
        variance=over,
        percent=percent_of(over, planned),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
    )


def _amounts(panel: Panel, at: Ints, budget: Ints) -> Table:
    """Sums on their own; a variance that is given as such carries the budget that it belongs to."""
    known = budget >= 0
    return make_table(
        panel,
        "finance",
        at,
        Evidence(points=(at, budget)),
        NO_PARTS,
        aspect="amount",
        comparator=words(len(at), "", (known, "budget")),
        comparator_value=panel.value_at(budget),
        result=panel.value_at(at),
        result_unit="money",
        variance=np.where(known, panel.value_at(at), np.nan),
    )


def _costs(panel: Panel) -> list[Table]:
    """Changes of a count at the latest yearly cost of one, for each base that members ask about."""
    tables: list[Table] = []
    if not np.any(panel.of_indicator("unit_cost", panel.current) != ""):
        return tables
    for pairs in base_pairs(panel):
        cost = _unit_cost(panel, pairs.at)
        held = (cost >= 0) & (pairs.label in COSTED_BASES)
        at, base, cost = pairs.at[held], pairs.base[held], cost[held]
        change = difference(panel.value_at(at), panel.value_at(base))
        price = panel.value_at(cost)
        tables.append(
            make_table(
                panel,
                "finance",
                at,
                Evidence(points=(at, base, cost)),
                NO_PARTS,
                aspect="unit_cost_change",
                base_period=period_words(panel, base),
                base_value=panel.value_at(base),
                result=without_dust_array(change * price),
                result_unit="money",
                unit_cost=price,
                direction=direction_words(change),
            )
        )
    return tables


def _unit_cost(panel: Panel, at: Ints) -> Ints:
    """The latest cost of one of what each point counts, in its area; or -1."""
    points, names = panel.points, panel.names
    latest = {
        (int(points.area[place]), names["indicator"][points.indicator[place]]): int(place)
        for place in panel.current
        if names["breakdown"][points.breakdown[place]] == ""
    }
    wanted = panel.of_indicator("unit_cost", at)
    found = [
        latest.get((int(area), str(code)), NONE)
        for area, code in zip(points.area[at], wanted, strict=True)
    ]
    return np.array(found, np.int64)
