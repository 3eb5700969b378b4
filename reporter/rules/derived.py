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
| planned | whether a figure that the fact rests on is a plan or a forecast |
| total | whether it is about the whole, not a category |
| asked | whether a prompt for the author could name usual explanations |
| noted | whether the catalogue has a caveat of its own about the indicator |
| of_people | whether it is a percentage of people: its noun, or `of`, says of whom |
| by_the_year | whether a count is known by the year: it has a rate, or is a flow of a stock |
| composition | whether it is a percentage whose categories say what a whole is made of |
| leads | of a relation, whether the indicator stands before the other in the catalogue |
| top_percent | of a driver, the size of the largest part in percent of the change |
| all_told | of a driver, whether the parts add up and are few enough to be named |
| off_average | how far the figure is from the mean of a window, in percent of the mean |
| outside | whether the figure lies outside a usual range |
| revised_by | how far a revised figure is from its old value, in percent of that |
| rate_moved | of a conversion, by how many percentage points its rate moved |
| tier | of a rank: top or bottom, the first or last quarter; middle; none elsewhere |
| place | of a rank: first, last (alone or tied) or between; none elsewhere |
| ends_of | units or figure where the breakdown is only the two ends of a range |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from reporter.facts import Fact
from reporter.sources import Catalogue, Indicator, Polarity, Unit

NAMED = 6
_OF_PEOPLE = re.compile(
    r"\b(?:people|persons?|residents|child(?:ren)?|pupils|students|learners|year[- ]olds"
    r"|babies|infants|adults|wom[ae]n|m[ae]n|girls|boys|patients|carers|leavers|households"
    r"|families|workers|staff|employees|population)\b"
)
"""Parts of a change that one sentence can name."""


def _indicator(fact: Fact, catalogue: Catalogue) -> Indicator | None:
    return catalogue.indicators.get(fact.indicator)


def _polarity(fact: Fact, catalogue: Catalogue) -> Polarity:
    indicator = _indicator(fact, catalogue)
    return indicator.polarity if indicator else "neutral"


def _unit_kind(fact: Fact, catalogue: Catalogue) -> Unit:
    indicator = _indicator(fact, catalogue)
    return indicator.unit if indicator else "count"


def _of_people(fact: Fact, catalogue: Catalogue) -> bool:
    one = _indicator(fact, catalogue)
    if one is None or one.unit != "percent" or one.change_on:
        return False
    return bool(_OF_PEOPLE.search(one.of) or _OF_PEOPLE.search(one.noun.partition(" of ")[2]))


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


def _planned(fact: Fact, catalogue: Catalogue) -> bool:
    return "forecast" in fact.status.split()


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


def _composition(fact: Fact, catalogue: Catalogue) -> bool:
    indicator = _indicator(fact, catalogue)
    return bool(
        indicator
        and indicator.unit == "percent"
        and (indicator.share_of or (indicator.of and not indicator.state))
    )


def _leads(fact: Fact, catalogue: Catalogue) -> bool:
    codes = list(catalogue.indicators)
    other = getattr(fact, "other", "")
    known = fact.indicator in codes and other in codes
    return known and codes.index(fact.indicator) < codes.index(other)


def _top_percent(fact: Fact, catalogue: Catalogue) -> float | None:
    percents = [abs(part.percent or 0.0) for part in getattr(fact, "parts", ())]
    return max(percents, default=None)


def _all_told(fact: Fact, catalogue: Catalogue) -> bool:
    return bool(getattr(fact, "identity_holds", False)) and len(getattr(fact, "parts", ())) <= NAMED


def _off_average(fact: Fact, catalogue: Catalogue) -> float | None:
    mean = getattr(fact, "mean", None)
    return 100 * abs(fact.value - mean) / abs(mean) if mean and fact.value is not None else None


def _outside(fact: Fact, catalogue: Catalogue) -> bool:
    low, high = getattr(fact, "low", None), getattr(fact, "high", None)
    if fact.value is None or low is None or high is None:
        return False
    return not low <= fact.value <= high


def _revised_by(fact: Fact, catalogue: Catalogue) -> float | None:
    was = getattr(fact, "was", None)
    return 100 * abs(fact.value - was) / abs(was) if was and fact.value is not None else None


def _rate_moved(fact: Fact, catalogue: Catalogue) -> float | None:
    now, before = getattr(fact, "rate", None), getattr(fact, "base_rate", None)
    return None if now is None or before is None else abs(now - before)


def _tier(fact: Fact, catalogue: Catalogue) -> Literal["top", "middle", "bottom", "none"]:
    position, of = getattr(fact, "position", None), getattr(fact, "of", None)
    if position is None or of is None:
        return "none"
    if position - 1 < of / 4:
        return "top"
    return "bottom" if position > 3 * of / 4 else "middle"  # quarter 4, as tables show it


def _place(fact: Fact, catalogue: Catalogue) -> Literal["first", "last", "between", "none"]:
    position, of = getattr(fact, "position", None), getattr(fact, "of", None)
    if position is None or of is None:
        return "none"
    if position == 1:
        return "first"
    return "last" if position + (getattr(fact, "ties", None) or 0) >= of else "between"


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
    "planned": _planned,
    "total": _total,
    "asked": _asked,
    "noted": _noted,
    "of_people": _of_people,
    "ends_of": _ends_of,
    "by_the_year": _by_the_year,
    "composition": _composition,
    "leads": _leads,
    "top_percent": _top_percent,
    "all_told": _all_told,
    "off_average": _off_average,
    "outside": _outside,
    "revised_by": _revised_by,
    "rate_moved": _rate_moved,
    "tier": _tier,
    "place": _place,
}
OF_MEASURE = frozenset(
    (
        "polarity",
        "unit_kind",
        "has_state",
        "asked",
        "noted",
        "of_people",
        "by_the_year",
        "composition",
    )
)
"""Those that all facts about a measure share."""
