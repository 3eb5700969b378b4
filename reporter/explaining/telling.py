"""What stands behind a passage, told: as lines for the console, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from reporter.audit import FactData
from reporter.explaining.paper import Explained, LeftOut, Passage
from reporter.rules import Rule, spelt

HOW = {
    "same": "It stands as it was generated.",
    "edited": "It was edited; it was generated as:",
    "part": "It is a part of a sentence that was generated as:",
    "own": "No fact stands behind these words: they are the author's own, or the template's.",
}
SHOWN = 12
"""So many comparisons that were left out are listed one by one."""
_ELSEWHERE = ("kind", "sources", "stated", "periods", "names")
_NOTHING = ("", None, False, "none", "unknown", "not_judged")


def lines_of(explained: Explained, passages: Sequence[Passage]) -> Iterator[str]:
    """Everything behind `passages`, each after a line of its own."""
    for file in explained.changed:
        yield f"{file} is no longer the file that this paper was made from."
    told: set[str] = set()
    for passage in passages:
        yield ""
        yield ", ".join(filter(None, (passage.number, passage.section))) or passage.place
        yield f"  {passage.text}"
        yield HOW[passage.how]
        if passage.how in ("edited", "part"):
            yield f"  {passage.generated}"
        claim = passage.claim
        if claim is None or claim.id in told:
            continue
        told.add(claim.id)
        for id_ in claim.rules:
            yield from _rule_lines(explained, id_, claim.facts)
        for fact in claim.facts:
            yield from _fact_lines(explained, fact)
        yield from _beside(explained.besides(passage))


def _rule_lines(explained: Explained, id_: str, facts: Sequence[FactData]) -> Iterator[str]:
    """What the rule says and when, with what it found in the first fact of its kind."""
    rule = explained.book.rule(id_)
    if rule is None:
        yield f"Rule {id_}, which is in none of the rules at hand"
        return
    yield f"Rule {id_}: {_says(rule)}"
    fact = next((fact for fact in facts if fact.get("kind") == rule.about), {})
    for name, condition in rule.when.items():
        found = f" (here {spelt_value(fact[name])})" if name in fact else ""
        yield f"  when {name} {spelt(condition)}{found}"


def _says(rule: Rule) -> str:
    return rule.say if isinstance(rule.say, str) else " / ".join(dict.fromkeys(rule.say))


def _fact_lines(explained: Explained, fact: FactData) -> Iterator[str]:
    """The fact with all that is known of it, the words that state it, and its rows."""
    yield f"Fact, {fact['kind']}: " + ", ".join(
        f"{k} {spelt_value(v)}" for k, v in known(fact).items()
    )
    stated = [f'"{it["text"]}" for {spelt_value(it["for"])}' for it in fact.get("stated", ())]
    if stated:
        yield f"  stated as {', '.join(stated)}"
    for source in each_row(explained, fact):
        yield f"  from {place_of(source)}{_cells(explained, source)}"


def known(fact: FactData) -> dict[str, Any]:
    """What a fact knows, without what is told elsewhere."""
    return {
        name: value
        for name, value in fact.items()
        if name not in _ELSEWHERE and value != [] and value not in _NOTHING
    }


def spelt_value(value: Any) -> str:
    """A value of a fact as a person reads it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(spelt_value(item) for item in value)
    if isinstance(value, Mapping):
        return " ".join(spelt_value(item) for item in value.values())
    return f"{value:,.10g}" if isinstance(value, (int, float)) else str(value)


def each_row(explained: Explained, fact: FactData) -> Iterator[dict[str, Any]]:
    """The sources of a fact; of a run of rows those by themselves of which the cells are known."""
    for source in fact.get("sources", ()):
        run, file = _run(source), str(source["file"])
        if len(run) <= len(explained.rows):
            known_rows = [row for row in run if (file, row) in explained.rows]
        else:
            known_rows = sorted(row for name, row in explained.rows if name == file and row in run)
        if len(known_rows) < len(run):
            yield dict(source)
        if "to" in source:
            single = {name: value for name, value in source.items() if name != "to"}
            yield from ({**single, "row": row} for row in known_rows)
        elif known_rows:
            yield dict(source)


def _run(source: Mapping[str, Any]) -> range:
    first = int(source["row"])
    return range(first, int(source.get("to", first)) + 1)


def place_of(source: Mapping[str, Any]) -> str:
    """Where a source row stands."""
    if cell := source.get("cell"):
        return f"{source['file']}, cell {cell}"
    if statement := source.get("statement"):
        return f"{source['file']}, statement {statement}"
    if "to" in source:
        return f"{source['file']}, rows {source['row']} to {source['to']}"
    return f"{source['file']}, row {source['row']}"


def _row_of(explained: Explained, source: Mapping[str, Any]) -> Mapping[str, str]:
    """The cells of a row, where they are known; none of a run."""
    if "to" in source:
        return {}
    return explained.rows.get((str(source["file"]), int(source["row"])), {})


def _cells(explained: Explained, source: Mapping[str, Any]) -> str:
    row = _row_of(explained, source)
    told = "; ".join(value for value in row.values() if value not in ("", "nan"))
    return f": {told}" if told else ""


def _beside(left: Sequence[LeftOut]) -> Iterator[str]:
    """What else was compared of the same measure, by why it was left out."""
    if not left:
        yield "Nothing else that was compared of this measure was left out."
        return
    yield "Also compared of this measure, and left out:"
    in_turn = sorted(left, key=lambda it: it.why)
    for why, lot in groupby(in_turn, key=lambda it: it.why):
        items = list(lot)
        yield f"  {why} ({len(items)}): {', '.join(short(it.fact) for it in items[:SHOWN])}" + (
            f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
        )


def short(fact: FactData) -> str:
    """A fact in a few words: its kind, and what it is held against."""
    against = [fact.get("comparator"), fact.get("base_label"), fact.get("base_period")]
    words = next((str(it).replace("_", " ") for it in against if it), "")
    return f"{fact['kind']} ({words})" if words else str(fact["kind"])


def data_of(explained: Explained, passages: Sequence[Passage]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "paper": explained.name,
        "changed": list(explained.changed),
        "passages": [
            {
                "text": it.text, "number": it.number, "section": it.section, "place": it.place,
                "how": it.how, "generated": it.generated,
                "rules": list(it.claim.rules) if it.claim else [],
                "facts": [_with_rows(explained, fact) for fact in it.facts],
                "left_out": [
                    {"fact": dict(left.fact), "rule": left.rule, "why": left.why}
                    for left in explained.besides(it)
                ],
            }
            for it in passages
        ],
    }  # fmt: skip


def _with_rows(explained: Explained, fact: FactData) -> dict[str, Any]:
    sources = [
        {**source, "cells": _row_of(explained, source)} for source in each_row(explained, fact)
    ]
    return {**fact, "sources": sources}
