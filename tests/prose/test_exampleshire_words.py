"""Words that only a full-size council calls for, from its figures to its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.facts import Question, compute_facts, load_thresholds
from reporter.plan import plan_report
from reporter.prose import Paragraph, RealisedSection, load_lexicon, realise_report
from reporter.rules import choose_messages, load_rules
from reporter.sources import load_commission

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"


def sentences(sections: tuple[RealisedSection, ...]) -> list[str]:
    found = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found += [statement.text for statement in block.statements]
        found += sentences(section.sections)
    return found


@pytest.fixture(scope="module")
def said() -> str:
    """All generated sentences of the invented council's paper."""
    commission = load_commission(ROOT / "data" / "exampleshire" / "report.yaml")
    question = Question.of(commission.brief, load_thresholds(RULES / "thresholds.yaml"))
    facts = compute_facts(commission.dataset, question).of(commission.brief.area)
    messages = choose_messages(load_rules([RULES]), facts, commission.dataset.catalogue)
    plan = plan_report(commission, facts, messages)
    report = realise_report(plan, commission.dataset, load_lexicon([RULES]))
    return " ".join(sentences(report.sections)).replace("\xa0", " ")


def test_a_year_to_date_that_ends_in_march_is_named_by_its_whole_year(said: str) -> None:
    assert "The spending since April was £140 million in 2024/25" in said


def test_members_with_a_state_of_their_own_are_listed_in_it(said: str) -> None:
    assert "162 were subject to a plan for emotional abuse" in said
    assert "children were for neglect" not in said


def test_an_unchanged_member_names_since_when(said: str) -> None:
    assert "(unchanged from)" not in said


def test_brackets_hold_no_brackets(said: str) -> None:
    assert "since)" not in said
    assert "))" not in said
