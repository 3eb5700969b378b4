"""The method note: what "in line with" and "the usual range" mean, where a paper says them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from reporter.facts import Level, Threshold, Thresholds, load_thresholds
from reporter.prose import (
    Paragraph,
    RealisedReport,
    RealisedSection,
    Statement,
    load_lexicon,
    with_methods,
)
from reporter.sources import Brief, Catalogue, Indicator

RULES = Path(__file__).parents[2] / "rules"
LEXICON = load_lexicon([RULES])
CUTS = load_thresholds(RULES / "thresholds.yaml")


CATALOGUE = Catalogue(
    indicators={
        "visits": Indicator(name="Visits made on time", unit="percent", noun="visits made on time"),
        "checks": Indicator(
            name="Checks made on time", unit="percent", noun="checks made on time", method="ci"
        ),
    }
)
BRIEF = Brief(title="", committee="", meeting_date=date(2019, 6, 1), period="2019-05")


def notes(*spoken: tuple[str, str], cuts: Thresholds = CUTS) -> tuple[str, ...]:
    """The note on a paper in which each (measure, rule) of `spoken` makes a sentence."""
    statements = tuple(
        Statement(f"s{number:03}", "", (fact(code),), (rule,))
        for number, (code, rule) in enumerate(spoken)
    )
    inner = RealisedSection("Inner", (Paragraph(statements),))
    report = RealisedReport(BRIEF, "May 2019", (RealisedSection("Outer", (), (inner,)),))
    return with_methods(report, CATALOGUE, LEXICON, cuts).methods


def fact(code: str) -> Level:
    return Level(
        indicator=code, area="Exampleshire", period="2019-05", period_type="month", unit="percent"
    )


def test_a_paper_that_says_in_line_with_tells_the_tolerance() -> None:
    (note,) = notes(("visits", "comparator-similar"), ("visits", "comparator-similar"))
    assert note == (
        '"In line with" means that percentages differ by no more than 1, or rates and scores by no '
        "more than 5%, and that one is 0.9 to 1.1 times the other. It is a convention of this "
        "report, not a test."
    )


def test_a_council_s_own_tolerance_is_the_one_that_is_told() -> None:
    own = {"tolerance_percent_points": Threshold(value=Decimal("1.50"), unit="", reason="")}
    (note,) = notes(("visits", "comparator-similar"), cuts=replace(CUTS, named=CUTS.named | own))
    assert "percentages differ by no more than 1.5, or" in note


def test_measures_with_confidence_limits_have_a_note_of_their_own() -> None:
    tolerance, limits = notes(("checks", "comparator-similar"), ("visits", "comparator-similar"))
    assert "percentages differ" in tolerance
    assert "within the 95% limits" in limits
    assert notes(("checks", "comparator-similar")) == (limits,)


def test_one_note_serves_two_rules_and_a_rule_without_one_has_none() -> None:
    usual = ("The usual range holds at least the middle four-fifths of the earlier figures.",)
    assert notes(("visits", "average-within"), ("checks", "average-outside")) == usual
    assert notes(("visits", "level")) == ()
