"""What a paper may speak of becomes facts, the rest is written as it is, and nothing is lost."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.fact_text import FactWriter, fact_fields
from reporter.facts import Facts, Question, compute_facts
from reporter.opening import Materials, open_materials
from reporter.pipeline import found_for
from reporter.plan import plan_report, reach_of
from reporter.rules import choose_messages
from reporter.sources import (
    Areas,
    Brief,
    Catalogue,
    ChartBrief,
    Commission,
    Dataset,
    Flows,
    Indicator,
    Measure,
    Section,
    TableBrief,
)
from tests.papers import PAPERS, ROOT, built

NOT_OF_A_FACT = ("stated", "periods", "names")
"""What a statement adds to a fact."""


@cache
def compared(name: str) -> tuple[Materials, Facts]:
    given = open_materials(ROOT / "data" / name / "report.yaml")
    question = Question.of(given.commission.brief, given.thresholds)
    return given, compute_facts(given.commission.dataset, question)


def area(given: Materials) -> str:
    return given.commission.brief.area


@pytest.mark.parametrize("name", PAPERS)
def test_facts_within_reach_give_the_plan_that_all_facts_give(name: str) -> None:
    given, facts = compared(name)
    catalogue = given.commission.dataset.catalogue

    def sections(some: Any) -> Any:
        messages = choose_messages(given.rules, some, catalogue)
        return plan_report(given.commission, some, messages).sections

    assert sections(found_for(given, facts).facts) == sections(facts.of(area(given)))


@pytest.mark.parametrize("name", PAPERS)
def test_every_comparison_stands_in_the_evidence(name: str) -> None:
    given, facts = compared(name)
    evidence = built(name).evidence
    said = [fact for statement in evidence["statements"] for fact in statement["facts"]]
    left = [item["fact"] for item in evidence["left_out"]]
    there = {
        json.dumps({key: value for key, value in fact.items() if key not in NOT_OF_A_FACT})
        for fact in (*said, *left)
    }
    made = {json.dumps(fact_fields(fact)) for fact in facts.of(area(given))}
    assert not made - there


@pytest.mark.parametrize("name", PAPERS)
def test_columns_are_written_as_facts_are(name: str) -> None:
    given, facts = compared(name)
    found = facts.about(area(given), lambda kind: ())
    assert not found.facts
    by_itself = FactWriter()
    assert FactWriter(found).rest == [by_itself.whole(fact) for fact in facts.of(area(given))]
    assert len(found) > 0


def count(**given: Any) -> Indicator:
    return Indicator(name="Name", unit="count", noun="number", **given)


def paper_on(*outline: Section, previous: Any = None) -> Commission:
    brief = Brief(title="Title", area="Here", committee="C", period="2020", outline=outline,
                  meeting_date=date(2020, 6, 1))  # fmt: skip
    catalogue = Catalogue(indicators={
        "stock": count(flows=Flows(starts="in", ends="out"), rate="per_head"),
        "in": count(), "out": count(), "per_head": count(), "shown": count(budget="limit"),
        "limit": count(), "drawn": count(), "parted": count(), "told_once": count(),
        "other": count(),
    })  # fmt: skip
    nothing = pd.DataFrame()
    data = Dataset(nothing, nothing, catalogue, Areas(areas={}))
    return Commission(brief, data, Path(), previous=previous)


SECTION = Section(
    heading="One",
    measures=(Measure(indicator="in"),),
    tables=(
        TableBrief(
            kind="scorecard",
            measures=(Measure(indicator="shown"), Measure(indicator="parted", breakdown="sex")),
        ),
    ),
    sections=(
        Section(
            heading="Two", charts=(ChartBrief(kind="line", measures=(Measure(indicator="drawn"),)),)
        ),
    ),
)


def test_a_measure_is_within_reach_with_those_that_stand_behind_it() -> None:
    reach = reach_of(paper_on(SECTION))
    assert reach.told == {"", "in", "stock", "out", "per_head", "drawn", "parted"}
    assert reach.shown == reach.told | {"shown", "limit"}


def test_a_table_shows_some_kinds_only_unless_it_stands_for_sentences() -> None:
    table = TableBrief(kind="scorecard", measures=(Measure(indicator="shown"),))
    reach = reach_of(paper_on(Section(heading="One", tables=(table,))))
    assert "shown" in reach.of("level")
    assert "shown" not in reach.of("streak")
    table = TableBrief(kind="scorecard", measures=(Measure(indicator="shown"),), instead=True)
    reach = reach_of(paper_on(Section(heading="One", tables=(table,))))
    assert "shown" in reach.of("streak")


def test_what_the_previous_paper_knew_is_within_reach() -> None:
    class Previous:
        known = frozenset({"told_once"})

    reach = reach_of(paper_on(previous=Previous()))
    assert reach.told == {"", "told_once"}
