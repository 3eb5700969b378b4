"""Finance: budget and outturn, sums and what they are made of, and what a change costs.

Budgets and outturns are of one period, breakdown and category; a variance is positive where it is
over the budget.
"""

from __future__ import annotations

import numpy as np

from reporter.facts.changes import base_pairs
from reporter.facts.columns import direction_words, judgement_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.families import families_of, in_breakdown
from reporter.facts.kinds import DriverPart
from reporter.facts.measures import difference, percent_of
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.shares import latest_of, same_period_of
from reporter.facts.table import Table, make_table, named_period
from reporter.facts.targets import match_targets
from reporter.rounding import without_dust_array

COSTED_BASES = ("baseline", "year_end", "same_period_last_year")
"""Changes that members ask the price of; from one month to the next it would be noise."""


def finance(panel: Panel) -> list[Table]:
    """Variances, amounts, make-ups and costs of changes."""
    at = panel.current[panel.units(panel.current) == "money"]
    budget = _figures_of(panel, at, "budget")
    target = match_targets(panel, at)
    types = np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]
    wanted = np.where(types == "snapshot", np.nan, target.target)  # arrears have no budget
    planned = np.where(budget >= 0, panel.value_at(budget), wanted)
    row = np.where(budget >= 0, NONE, target.row)
    is_outturn = np.asarray(panel.of_indicator("outturn", at).astype(str) == "")
    held: Bools = ~np.isnan(planned) & is_outturn
    made = (
        _variances(panel, at[held], budget[held], planned[held], row[held]),
        _amounts(panel, at[~held], budget[~held]),
        _make_ups(panel, at),
    )
    return [*(table for table in made if table is not None), *_costs(panel)]


def _codes_of(panel: Panel, field: str) -> Ints:
    """The indicator that `field` names, for each indicator; -1 where it names none."""
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    catalogue = panel.dataset.catalogue.indicators
    named = [code.get(getattr(catalogue[name], field), NONE) for name in panel.names["indicator"]]
    return np.array(named, np.int64)


def _figures_of(panel: Panel, at: Ints, field: str) -> Ints:
    """The figure of the indicator that `field` names, of the same period and category; or -1."""
    wanted = _codes_of(panel, field)[panel.points.indicator[at]]
    return same_period_of(panel, at, wanted, keep_category=True)


def _variances(
    panel: Panel, at: Ints, budget: Ints, planned: Floats, target_row: Ints
) -> Table | None:
    """Outturns against the budget in the figures, or else the target of their own dates."""
    value = panel.value_at(at)
    over = difference(value, planned)
    shown = difference(panel.shown_at(at), panel.show(planned, at))
    return make_table(
        panel,
        "finance",
        at,
        Evidence(points=(at, budget), targets=target_row),
        aspect="variance",
        comparator="budget",
        **named_period(panel, budget, "comparator"),
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
        aspect="amount",
        comparator=words(len(at), "", (known, "budget")),
        comparator_value=panel.value_at(budget),
        result=panel.value_at(at),
        result_unit="money",
        variance=np.where(known, panel.value_at(at), np.nan),
    )


def _make_ups(panel: Panel, at: Ints) -> Table | None:
    """A sum of money or a pressure, and the members of its breakdown, the largest first."""
    found = families_of(panel, at[in_breakdown(panel, at)])
    chosen = np.flatnonzero(found.sizes > 1)
    first = found.at[found.starts[chosen]]
    whole = same_period_of(panel, first, panel.points.indicator[first])
    chosen, first, whole = chosen[whole >= 0], first[whole >= 0], whole[whole >= 0]
    if not len(chosen):
        return None
    values, names = panel.points.value, panel.names

    def parts(row: int) -> tuple[DriverPart, ...]:
        members = sorted(found.members(int(chosen[row])), key=lambda m: (-values[m], m))
        total = float(values[whole[row]])
        return tuple(
            DriverPart(
                category=names["category"][int(panel.points.category[member])],
                indicator=names["indicator"][int(panel.points.indicator[member])],
                value=float(values[member]),
                base_value=0.0,
                contribution=float(values[member]),
                percent=100 * float(values[member]) / total if total else None,
            )
            for member in members
        )

    breakdown = np.array(names["breakdown"], dtype=object)[panel.points.breakdown[first]]
    return make_table(
        panel,
        "finance",
        whole,
        Evidence(points=(whole,), others=(found.lists(chosen),)),
        {"parts": parts},
        aspect="parts",
        breakdown=breakdown,
        result=panel.value_at(whole),
        result_unit="money",
    )


def _costs(panel: Panel) -> list[Table]:
    """Changes of a count at the latest yearly cost of one, for each base that members ask about."""
    cost_of = _codes_of(panel, "unit_cost")
    tables: list[Table] = []
    for pairs in base_pairs(panel):
        wanted = cost_of[panel.points.indicator[pairs.at]]
        if pairs.label not in COSTED_BASES or not (wanted >= 0).any():
            continue
        own = latest_of(panel, pairs.at, wanted, keep_category=True)
        cost = np.where(own >= 0, own, latest_of(panel, pairs.at, wanted, keep_category=False))
        at, base, cost = (column[cost >= 0] for column in (pairs.at, pairs.base, cost))
        change, price = difference(panel.value_at(at), panel.value_at(base)), panel.value_at(cost)
        tables.append(
            make_table(
                panel,
                "finance",
                at,
                Evidence(points=(at, base, cost)),
                aspect="unit_cost_change",
                **named_period(panel, base, "base"),
                base_value=panel.value_at(base),
                result=without_dust_array(change * price),
                result_unit="money",
                unit_cost=price,
                direction=direction_words(change),
            )
        )
    return tables
