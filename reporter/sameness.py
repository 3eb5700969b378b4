"""Which comparison a fact is, however it came out: the same in each report that makes it.

In the basement: a refresh finds a statement again by it, and a report what the last one said of the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FactKey = tuple[str, ...]
WHAT = ("kind", "indicator", "area", "breakdown", "category", "comparator")
WHICH = (
    "base_label", "baseline", "extreme", "level", "statistic", "source", "aspect", "other",
    "stage_from", "stage_to", "reason", "what", "group", "reference",
)  # fmt: skip
"""Own fields of a kind that say which comparison it is, not how it came out."""


def fact_key(fact: Mapping[str, Any]) -> FactKey:
    """What a fact compares, from its fields; not over which periods, nor with what result."""
    return key_of(fact.get)


def key_of(field: Callable[[str], Any]) -> FactKey:
    """The same, from what gives each field by its name."""
    return tuple(str(field(name) or "") for name in (*WHAT, *WHICH))
