"""What a rule may test beside a fact's own fields: read off the fact or the indicator catalogue.

| field | meaning |
|---|---|
| polarity | high_good, low_good or neutral: the catalogue's word on the indicator |
| unit_kind | count, percent, rate, money ...: the catalogue's unit |
| has_state | whether the indicator or the category says what its people are ("on time") |
| flow | whether the period is a stretch of time (true) or a moment (false) |
| size | the size of `result`, without its sign |
| relative | the size of `result` in percent of `base_value`, else of `comparator_value` |
| approximate, provisional, revised | whether a figure that the fact rests on carries that mark |
| total | whether it is about the whole, not a category |
| asked | whether a prompt for the author could name usual explanations |
| noted | whether the catalogue has a caveat of its own about the indicator |
| by_the_year | whether a count is known by the year: it has a rate, or is a flow of a stock |
| ends_of | units or figure where the breakdown is only the two ends of a range |
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from reporter.facts import Fact
from reporter.sources import Catalogue, Indicator, Polarity, Unit


def _indicator(fact: Fact, catalogue: Catalogue) -> Indicator | None:
    return catalogue.indicators.get(fact.indicator)


def _polarity(fact: Fact, catalogue: Catalogue) -> Polarity:
    indicator = _indicator(fact, catalogue)
    return indicator.polarity if indicator else "neutral"


def _unit_kind(fact: Fact, catalogue: Catalogue) -> Unit:
    indicator = _indicator(fact, catalogue)
    return indicator.unit if indicator else "count"


def _has_state(fact: Fact, catalogue: Catalogue) -> bool:
    indicator = _indicator(fact, catalogue)
    return bool(indicator and indicator.state)


def _flow(fact: Fact, catalogue: Catalogue) -> bool:
    return fact.period_type not in ("snapshot", "day")


def _size(fact: Fact, catalogue: Catalogue) -> float | None:
    return None if fact.result is None else abs(fact.result)


def _relative(fact: Fact, catalogue: Catalogue) -> float | None:
    base = fact.base_value if fact.base_value is not None else fact.comparator_value
    if fact.result is None or not base:
        return None
    return 100 * abs(fact.result / base)


def _approximate(fact: Fact, catalogue: Catalogue) -> bool:
    return "approximate" in fact.status.split()


def _provisional(fact: Fact, catalogue: Catalogue) -> bool:
    return "provisional" in fact.status.split()


def _revised(fact: Fact, catalogue: Catalogue) -> bool:
    return "revised" in fact.status.split()


def _total(fact: Fact, catalogue: Catalogue) -> bool:
    return not fact.category


def _asked(fact: Fact, catalogue: Catalogue) -> bool:
    indicator = _indicator(fact, catalogue)
    return bool(indicator and indicator.explained_by)


def _noted(fact: Fact, catalogue: Catalogue) -> bool:
    indicator = _indicator(fact, catalogue)
    return bool(indicator and indicator.note)


def _by_the_year(fact: Fact, catalogue: Catalogue) -> bool:
    indicator = _indicator(fact, catalogue)
    if indicator is None or indicator.each or indicator.change_on:
        return False
    flows = (entry.flows for entry in catalogue.indicators.values())
    return bool(indicator.rate) or any(
        fact.indicator in (flow.starts, flow.ends) for flow in flows if flow is not None
    )


def _ends_of(fact: Fact, catalogue: Catalogue) -> Literal["", "units", "figure"]:
    breakdown = catalogue.breakdowns.get(fact.breakdown)
    return breakdown.ends_of if breakdown else ""


DERIVED: dict[str, Callable[[Fact, Catalogue], Any]] = {
    "polarity": _polarity,
    "unit_kind": _unit_kind,
    "has_state": _has_state,
    "flow": _flow,
    "size": _size,
    "relative": _relative,
    "approximate": _approximate,
    "provisional": _provisional,
    "revised": _revised,
    "total": _total,
    "asked": _asked,
    "noted": _noted,
    "by_the_year": _by_the_year,
    "ends_of": _ends_of,
}
