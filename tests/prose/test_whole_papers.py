"""Every paper in data/, from its figures to its words: style, spans, the same words each time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reporter.facts import Question, compute_facts, load_thresholds
from reporter.plan import plan_report
from reporter.prose import Chart, RealisedReport, Table, realise_report
from reporter.rules import choose_messages
from reporter.sources import load_commission
from tests import papers
from tests.prose.saying import BOOK, LEXICON, RULES
from tests.prose.style import (
    AVERAGE,
    all_statements,
    average_length,
    blocks,
    paper_faults,
    span_faults,
)

DATA = Path(__file__).parents[2] / "data"
FOLDERS = {name: DATA / name for name in papers.PAPERS}
FOLDERS["services"] = Path(__file__).parents[1] / "data" / "services"
"""An invented borough's paper on several services: few periods, noughts, a breakdown of one."""
FOLDERS["adult"] = Path(__file__).parents[1] / "data" / "adult"
FOLDERS["schools"] = Path(__file__).parents[1] / "data" / "schools"
"""Invented papers with peers, buckets and groups, of which the catalogue has no phrases."""
PAPERS = tuple(FOLDERS)


@cache
def thresholds() -> object:
    return load_thresholds(RULES / "thresholds.yaml")


@cache
def words_of(name: str) -> RealisedReport:
    return written(name)


def written(name: str) -> RealisedReport:
    commission = load_commission(FOLDERS[name] / "report.yaml")
    brief, dataset = commission.brief, commission.dataset
    question = Question.of(brief, thresholds())  # type: ignore[arg-type]
    facts = compute_facts(dataset, question).of(brief.area)
    messages = choose_messages(BOOK, facts, dataset.catalogue)
    return realise_report(plan_report(commission, facts, messages), dataset, LEXICON)


@pytest.mark.parametrize("name", PAPERS)
def test_a_clerk_would_strike_out_nothing(name: str) -> None:
    catalogue = load_commission(FOLDERS[name] / "report.yaml").dataset.catalogue
    assert paper_faults(words_of(name), catalogue) == []


@pytest.mark.parametrize("name", PAPERS)
def test_sentences_are_short_on_average(name: str) -> None:
    assert 0 < average_length(words_of(name)) <= AVERAGE


@pytest.mark.parametrize("name", PAPERS)
def test_every_digit_lies_in_one_span(name: str) -> None:
    assert span_faults(all_statements(words_of(name))) == []


@pytest.mark.parametrize("name", PAPERS)
def test_statements_are_numbered_in_reading_order(name: str) -> None:
    numbers = [statement.id for statement in all_statements(words_of(name))]
    assert numbers == sorted(set(numbers))


def test_the_same_figures_give_the_same_words() -> None:
    name = PAPERS[0]
    assert [s.text for s in all_statements(written(name))] == [
        s.text for s in all_statements(words_of(name))
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_tables_have_no_blank_cell_and_charts_say_what_they_show(name: str) -> None:
    for block in blocks(words_of(name)):
        if isinstance(block, Table):
            assert block.caption
            assert all(column.heading for column in block.columns)
            assert all(cell.text.strip() for row in block.rows for cell in row.cells)
            assert all(len(row.cells) == len(block.columns) for row in block.rows)
        if isinstance(block, Chart):
            assert 20 <= len(block.alt.text) <= 250
            assert block.title
            assert block.caption
            assert len(block.line_labels) == len(block.plan.lines)
            assert len(set(block.period_labels)) == len(block.period_labels)
