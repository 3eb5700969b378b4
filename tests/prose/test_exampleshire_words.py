"""Words that only a full-size council calls for, from its figures to its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporter.facts import Question, compute_facts, load_thresholds
from reporter.plan import plan_report
from reporter.prose import (
    Chart,
    Paragraph,
    RealisedBlock,
    RealisedReport,
    RealisedSection,
    Table,
    load_lexicon,
    realise_report,
)
from reporter.rules import choose_messages, load_rules
from reporter.sources import load_commission

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"


def blocks(sections: tuple[RealisedSection, ...]) -> Iterator[RealisedBlock]:
    for section in sections:
        yield from section.blocks
        yield from blocks(section.sections)


@pytest.fixture(scope="module")
def report() -> RealisedReport:
    """The invented council's paper in words."""
    commission = load_commission(ROOT / "data" / "exampleshire" / "report.yaml")
    question = Question.of(commission.brief, load_thresholds(RULES / "thresholds.yaml"))
    facts = compute_facts(commission.dataset, question).of(commission.brief.area)
    messages = choose_messages(load_rules([RULES]), facts, commission.dataset.catalogue)
    plan = plan_report(commission, facts, messages)
    return realise_report(plan, commission.dataset, load_lexicon([RULES]))


@pytest.fixture(scope="module")
def said(report: RealisedReport) -> str:
    """All its generated sentences."""
    paragraphs = [block for block in blocks(report.sections) if isinstance(block, Paragraph)]
    text = " ".join(one.text for block in paragraphs for one in block.statements)
    return text.replace("\xa0", " ")


def test_a_year_to_date_that_ends_in_march_is_named_by_its_whole_year(said: str) -> None:
    sentence = next(s for s in said.split(". ") if "spending since April was £140 million" in s)
    assert "in 2024/25" in sentence.replace("In 2024/25", "in 2024/25")


def test_members_with_a_state_of_their_own_are_listed_in_it(said: str) -> None:
    assert "162 were subject to a plan for emotional abuse" in said
    assert "children were for neglect" not in said


def test_an_unchanged_member_names_since_when(said: str) -> None:
    assert "(unchanged from)" not in said


def test_brackets_hold_no_brackets(said: str) -> None:
    assert "since)" not in said
    assert "))" not in said


def test_bars_of_peers_bear_the_names_of_the_authorities(report: RealisedReport) -> None:
    charts = [block for block in blocks(report.sections) if isinstance(block, Chart)]
    peers = [chart for chart in charts if chart.plan.kind == "peers"]
    assert peers
    for chart in peers:
        assert {"Exampleshire", "Testborough"} <= set(chart.line_labels)


def test_money_below_nought_bears_its_sign_before_the_pound(report: RealisedReport) -> None:
    tables = [block for block in blocks(report.sections) if isinstance(block, Table)]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert any(cell.startswith("\u2212£236k") for cell in cells)
    assert not any("£-" in cell or "£\u2212" in cell for cell in cells)


def test_a_part_that_lowers_a_sum_keeps_its_sign(said: str) -> None:
    assert "The variance was made up of" in said
    assert "\u2212£544,000 (Adult residential and nursing care)" in said
