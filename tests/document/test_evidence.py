"""What a comment says of the rows behind a fact, whichever way they are looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reporter.document import evidence_lines
from reporter.facts import Behind, Source, compute_facts
from reporter.prose import Statement
from tests.facts.making import dataset, indicator, question, series


def told(fact: Any) -> str:
    """The line on where `fact` stands."""
    (_, line) = evidence_lines([Statement("s001", "It rose.", (fact,), ())])
    return line.rpartition(". ")[2]


def placed(places: list[tuple[str, int, str]]) -> list[Any]:
    """The facts of a series whose figures stand at `places`: file, row, cell."""
    rows = series("s", "2019-01", [20 + at * 3 % 7 for at in range(len(places))])
    data = dataset(rows, s=indicator())
    columns = dict(zip(("file", "row", "cell"), zip(*places, strict=True), strict=True))
    data = replace(data, observations=data.observations.assign(**columns))
    facts = compute_facts(data, question(f"2019-{len(places):02d}")).of("Here")
    assert all(isinstance(fact.sources, Behind) for fact in facts)
    return list(facts)


@pytest.mark.parametrize(
    "places",
    [
        [("a.csv", row, "") for row in range(2, 12)],
        [("a.csv", row * 3, "") for row in range(2, 12)],
        [("a.csv", 90 - row - row % 3, "") for row in range(10)],
        [("a.csv" if row < 4 else "b.csv", row, "") for row in range(2, 12)],
        [("a.xlsx", 7, f"Scorecard!{column}7") for column in "BCDEFGHIJK"],
        [("a.xlsx", row, "Scorecard!B7" if row > 8 else "") for row in range(2, 12)],
    ],
)
def test_a_fact_of_many_is_told_as_one_by_itself(places: list[tuple[str, int, str]]) -> None:
    facts = placed(places)
    lines = [told(fact) for fact in facts]
    assert lines == [told(replace(fact, sources=tuple(fact.sources))) for fact in facts]
    assert any(" more." in line for line in lines)


def test_a_run_of_rows_is_counted_and_each_row_once() -> None:
    (fact, *_) = placed([("a.csv", 2, ""), ("a.csv", 3, "")])
    runs = (Source("a.csv", 8), Source("a.csv", 3, to=9), Source("a.csv", 30), Source("a.csv", 30))
    assert told(replace(fact, sources=runs)) == "a.csv rows 8, 3, 4, 5, 6, 7 and 2 more."
