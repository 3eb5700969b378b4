"""Papers on authorities and measures that nobody wrote rules for: the published figures of twenty.

Each paper has a section a topic of the tool's dictionary, with other measures for each authority,
so that together they speak of most of the four hundred.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reporter.consistency import inconsistencies
from reporter.facts import Question, compute_facts
from reporter.plan import plan_report
from reporter.prose import RealisedReport, realise_report
from reporter.reading import read_paper
from reporter.rules import choose_messages
from reporter.sources import Brief, Commission, Dataset, Measure, Section, load_lait
from tests.prose.saying import BOOK, LEXICON
from tests.prose.style import (
    AVERAGE,
    all_statements,
    average_length,
    paper_faults,
    span_faults,
)
from tests.prose.test_whole_papers import thresholds

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "lait"
PERIOD = "2025-09"
A_SECTION = 5
"""Measures a section."""
DIFFICULT = (
    "City of London",  # very few children
    "Isles of Scilly",
    "Cumberland",  # since 2023
    "Westmorland and Furness",
    "North Northamptonshire",  # since 2021
)
AUTHORITIES = 20

pytestmark = pytest.mark.skipif(
    not (FOLDER / "bds_long.parquet").is_file(),
    reason="the published figures (shared/data/lait) are not on this machine",
)


@cache
def published() -> Dataset:
    return load_lait(FOLDER)


@cache
def topics() -> dict[str, list[str]]:
    """The codes of each topic, as the dictionary has them, where there are figures."""
    known = published().catalogue.indicators
    found: dict[str, list[str]] = {}
    with (FOLDER / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = row["Measure_short"].strip()
            codes = found.setdefault(row["Topic"].strip(), [])
            if code in known and code not in codes:
                codes.append(code)
    return {topic: codes for topic, codes in found.items() if codes}


def authorities() -> list[str]:
    """The difficult ones, and others evenly from the whole list."""
    if not FOLDER.is_dir():
        return list(DIFFICULT)
    areas = published().areas.areas
    rest = [name for name in areas if areas[name].kind == "authority" and name not in DIFFICULT]
    wanted = AUTHORITIES - len(DIFFICULT)
    return [*DIFFICULT, *(rest[number * len(rest) // wanted] for number in range(wanted))]


def brief_for(area: str, turn: int) -> Brief:
    areas = published().areas
    neighbours = f"{area}: statistical neighbours 2025 (median)"
    comparators = (neighbours, areas.areas[area].region, "England")
    outline = []
    for topic, codes in topics().items():
        first = turn * A_SECTION % len(codes)
        turned = [*codes[first:], *codes[:first]][:A_SECTION]
        outline.append(
            Section(heading=topic, measures=tuple(Measure(indicator=code) for code in turned))
        )
    return Brief(
        title=f"Children in {area}",
        area=area,
        committee="Children's Scrutiny Committee",
        meeting_date=date(2025, 11, 20),
        period=PERIOD,
        comparators=tuple(
            name for name in comparators if name in areas.areas or name in areas.peer_groups
        ),
        outline=tuple(outline),
    )


def figures_for(brief: Brief) -> Dataset:
    """The figures that the brief can speak of: its measures, for it and its comparators."""
    whole = published()
    areas = whole.areas
    wanted = {brief.area, *brief.comparators}
    wanted |= {name for name, area in areas.areas.items() if area.kind == "authority"}
    for name in brief.comparators:
        if name in areas.peer_groups:
            wanted |= set(areas.peer_groups[name].members)
    codes = {measure.indicator for section in brief.outline for measure in section.measures}
    frame = whole.observations
    kept = frame[frame["area"].isin(wanted) & frame["indicator"].isin(codes)]
    return replace(whole, observations=kept.reset_index(drop=True))


@cache
def paper_on(area: str) -> RealisedReport:
    brief = brief_for(area, authorities().index(area))
    dataset = figures_for(brief)
    question = Question.of(brief, thresholds())  # type: ignore[arg-type]
    facts = compute_facts(dataset, question).of(area)
    messages = choose_messages(BOOK, facts, dataset.catalogue)
    plan = plan_report(Commission(brief, dataset, FOLDER), facts, messages)
    return realise_report(plan, dataset, LEXICON)


@pytest.mark.parametrize("area", authorities())
def test_a_clerk_would_strike_out_nothing(area: str) -> None:
    assert paper_faults(paper_on(area), published().catalogue) == []


@pytest.mark.parametrize("area", authorities())
def test_every_digit_lies_in_one_span(area: str) -> None:
    assert span_faults(all_statements(paper_on(area))) == []


@pytest.mark.parametrize("area", authorities())
def test_no_sentence_contradicts_itself_or_another(area: str) -> None:
    said = "\n\n".join(" ".join(s.text.split()) for s in all_statements(paper_on(area)))
    assert [str(fault) for fault in inconsistencies(read_paper(said.encode(), "it.txt"))] == []


def test_the_papers_are_whole_and_their_sentences_short() -> None:
    papers = [paper_on(area) for area in authorities()]
    assert all(len(all_statements(paper)) > 40 for paper in papers)
    assert all(average_length(paper) <= AVERAGE for paper in papers)
