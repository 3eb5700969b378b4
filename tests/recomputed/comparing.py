"""Evidence held to the facts that must be in it: none missing, none more, every field the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from tests.recomputed.world import Fact, near

OWN: dict[str, tuple[str, ...]] = {
    "change": ("base_label", "baseline"), "peak_trough": ("extreme",), "record": ("extreme",),
    "streak": ("pattern",), "target": ("level",), "comparator": ("comparator",),
    "rank": ("group",), "driver": ("source", "base_label"), "average": ("window", "typical"),
    "annualised": ("per",), "relation": ("other", "relation"),
    "caveat": ("reason", "affects", "comparator"), "count_summary": ("what", "comparator"),
    "range": ("period",),
}  # fmt: skip
"""What tells facts of one kind and series apart."""
COVERAGE = ("without_figure", "old_figure", "ended", "begun")
"""Counts of what there is a figure of, which have tests of their own."""
BLANK = ("area", "indicator", "breakdown", "category", "baseline", "affects", "model", "stock",
         "reference")  # fmt: skip
"""Words that are empty, not null, where there are none."""


def facts_in(evidence: Any) -> Iterator[dict[str, Any]]:
    """Every fact of a paper, said or left out; not that of a measure for which there is nothing,
    nor how many of these there are.
    """
    told = [fact for statement in evidence["statements"] for fact in statement["facts"]]
    for fact in [*told, *(item["fact"] for item in evidence["left_out"])]:
        nothing = fact["kind"] == "caveat" and fact["reason"] == "missing" and not fact["affects"]
        if not nothing and fact.get("what") not in COVERAGE:
            yield fact


def key_of(fact: dict[str, Any]) -> tuple[Any, ...]:
    own = OWN.get(fact["kind"], ())
    shared = (fact[name] for name in ("area", "indicator", "breakdown", "category"))
    # A stock may miss its starts and ends over several stretches.
    by = (fact["result"],) if fact.get("reason") == "identity" else ()
    if fact.get("reason") in ("break", "apart"):
        by = (fact["why"],)
    return (fact["kind"], *shared, *(fact[name] for name in own), *by)


def plain(facts: Iterable[Any]) -> list[dict[str, Any]]:
    """Facts as they are computed, as evidence has them; without their rows, which are looked up
    only when they are asked for.
    """
    return [
        {"kind": fact.kind} | {one.name: _plain(one.name, getattr(fact, one.name))
                               for one in fields(fact) if one.name != "sources"}
        for fact in facts
    ]  # fmt: skip


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [asdict(each) if is_dataclass(each) else each for each in value]
    return value if value != "" or name in BLANK else None


def differences(
    facts: Iterable[dict[str, Any]], expected: Iterable[Fact], *, every: bool = False
) -> Iterator[str]:
    """What of `facts` is not as it must be; and, where they are `every` one, what is lacking."""
    told = list(expected)
    wanted = dict(told)
    assert all(wanted[key] == fields for key, fields in told)
    found: set[Any] = set()
    for fact in facts:
        key = key_of(fact)
        if key not in wanted:
            yield f"not to be: {key}"
            continue
        found.add(key)
        for name, value in wanted[key].items():
            if not same(fact, name, value):
                yield f"{key}: {name} is {fact[name]!r}, not {value!r}"
    if every:
        yield from (f"not there: {key}" for key in wanted.keys() - found)


def same(fact: dict[str, Any], name: str, value: Any) -> bool:
    if name == "parts":
        return len(fact[name]) == len(value) and all(
            near(said[field], one[field], size(fact))
            for said, one in zip(fact[name], value, strict=True)
            for field in one
        )
    if isinstance(value, list):
        return sorted(fact[name]) == sorted(value)
    return near(fact[name], value, size(fact))


def size(fact: dict[str, Any]) -> float:
    """The largest figure that a fact rests on: of which its dust is a part."""
    names = ("value", "base_value", "comparator_value", "numerator", "denominator")
    return max(abs(fact[name] or 0) for name in names)
