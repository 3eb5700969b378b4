"""Which sums of money belong together: a budget, the outturn that is held against it, its variance.

A guess by their labels; a variance only where the figures themselves bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.sources.officers.guessing import Measured
from reporter.sources.symbols import read_value
from reporter.sources.tables import Table

_BUDGET = re.compile(r"\bbudget\b", re.I)
_LATEST = re.compile(r"revised|current|latest|working", re.I)
_OUTTURN = re.compile(r"outturn|forecast|projected|projection", re.I)
_VARIANCE = re.compile(r"variance|over ?/? ?\(?under", re.I)
_EARLIER = re.compile(r"\b(?:previous|last|prior|original|P\d+|to date|profiled)\b", re.I)
_BORNE_OUT = Decimal("0.8")
"""So large a share of variances must be outturn less budget."""
_SERIES = ("area", "breakdown", "category", "period", "period_type")
_Figures = Mapping[str, Mapping[tuple[str, ...], Decimal]]


def with_budgets(measures: Sequence[Measured], observations: Table) -> tuple[Measured, ...]:
    """`measures` with the outturn's budget, and the variance's budget and outturn."""
    money = [one for one in measures if one.unit == "money"]
    budget = _only([one for one in money if _is(one, _BUDGET) and not _is(one, _VARIANCE)])
    figures = _figures(observations)
    spent = [one for one in money if _is(one, _OUTTURN) and not _is(one, _VARIANCE)]
    beside = [one for one in spent if budget and _together(figures, budget.code, one.code)]
    outturn = _only(beside if len(spent) > 1 else spent)
    variance = _only([one for one in money if _is(one, _VARIANCE)])
    if budget is None or outturn is None or _is(outturn, _BUDGET):
        return tuple(measures)
    why = ("budget", "their labels say so")
    held = {outturn.code: replace(outturn, budget=budget.code, why=(*outturn.why, why))}
    if variance and _borne_out(figures, budget.code, outturn.code, variance.code):
        held[variance.code] = replace(
            variance, budget=budget.code, outturn=outturn.code, why=(*variance.why, why)
        )
    return tuple(held.get(one.code, one) for one in measures)


def _is(one: Measured, words: re.Pattern[str]) -> bool:
    return bool(words.search(one.name))


def _only(found: Sequence[Measured]) -> Measured | None:
    """The one that is meant, of several the latest; None where that is not clear."""
    found = [one for one in found if not _is(one, _EARLIER)]
    latest = [one for one in found if _is(one, _LATEST)]
    found = found if len(found) == 1 else latest
    return found[0] if len(found) == 1 else None


def _together(figures: _Figures, code: str, other: str) -> bool:
    """Whether the two have a figure of the same place, part and period."""
    return not figures.get(code, {}).keys().isdisjoint(figures.get(other, {}))


def _figures(table: Table) -> _Figures:
    found: dict[str, dict[tuple[str, ...], Decimal]] = {}
    columns = [table.columns[name] for name in _SERIES]
    for row in range(len(table.rows.row)):
        reading = read_value(table.columns["value"].text(row))
        if not reading.wrong and not reading.missing:
            key = tuple(column.text(row) for column in columns)
            value = Decimal(table.columns["value"].text(row))
            found.setdefault(table.columns["indicator"].text(row), {})[key] = value
    return found


def _borne_out(figures: _Figures, budget: str, outturn: str, variance: str) -> bool:
    """Whether variances are mostly outturn less budget, as far as their decimals show."""
    planned, spent, over = (figures.get(code, {}) for code in (budget, outturn, variance))
    both = [key for key in over if key in planned and key in spent]
    close = [
        key
        for key in both
        if abs(spent[key] - planned[key] - over[key]) <= max(abs(spent[key]) / 1000, Decimal(1))
    ]
    return bool(both) and len(close) >= _BORNE_OUT * len(both)
