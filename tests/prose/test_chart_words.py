"""What stands inside a chart and below it: figures as the text has them, names, notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reporter.plan import ChartPlan, LinePlan, PointPlan
from reporter.plan.nouns import RebasePlan
from reporter.prose.chart_words import as_shown, figures_of, line_label, notes_of, value_label
from reporter.prose.numbers import money, money_as_shown
from reporter.prose.voice import Voice
from reporter.sources import Areas, Catalogue, Indicator, PeerGroup, Rebase, Style
from tests.prose.saying import LEXICON, voice

MONTHS = [f"2019-{month:02}" for month in range(1, 6)]


def line(values: list[float | None], role: Any = "own", mark: str = "", **given: Any) -> LinePlan:
    points = tuple(PointPlan(k, v, mark if v else "") for k, v in zip(MONTHS, values, strict=False))
    return LinePlan("plans", "Anytown", "", given.pop("category", ""), role, points, **given)


def plan(kind: str, *lines: LinePlan, unit: str = "count", decimals: int = 0, **given: Any) -> Any:
    return ChartPlan(kind, "", lines, (), unit, decimals, **given)


@pytest.mark.parametrize("value", [512_500.0, 999_950.0, 2_763_499.0, 9.5, 12.4, 0.0, -63_449.0])
def test_a_sum_in_a_chart_is_the_one_in_the_text(value: float) -> None:
    shown = money_as_shown(value)
    assert money(abs(shown), LEXICON, "en_GB") == money(abs(value), LEXICON, "en_GB")
    assert money_as_shown(shown) == shown
    made = as_shown(plan("bars", line([value]), unit="money"))
    assert made.lines[0].points[0].value == shown


def test_figures_are_those_of_the_text_and_never_a_false_nought() -> None:
    [shown] = figures_of(plan("line", line([0.0, 0.04, None, 12.25]), unit="percent", decimals=1),
                         voice())  # fmt: skip
    assert shown == ("0.0%", "less than 0.1%", "", "12.3%")
    [sums] = figures_of(as_shown(plan("bars", line([512_500.0, -2_763_499.0]), unit="money")),
                        voice())  # fmt: skip
    assert sums == ("£513,000", "−£2.76\u00a0million")


def said(made: Any) -> str:
    return " ".join(notes_of(made, voice())).replace("\u00a0", " ")


def test_doubtful_points_of_lines_are_hollow_and_those_of_bars_are_told() -> None:
    lined = plan("line", line([1.0, 2.0], mark="provisional"))
    assert said(lined) == "Hollow points are provisional."
    assert said(replace(lined, kind="composition")) == "Some figures are provisional."


def test_a_gap_is_told_only_where_one_shows() -> None:
    assert "A gap" in said(plan("line", line([1.0, None, 2.0])))
    assert said(plan("line", line([None, 1.0, 2.0, None]))) == ""
    assert "left out of its bar" in said(plan("composition", line([1.0, None, 2.0])))
    assert said(plan("peers", line([None]))) == ""


def test_a_control_chart_tells_of_its_limits_its_rule_and_what_to_be_careful_of() -> None:
    change = Rebase(since=date(2019, 3, 1), change="a new form.", author="A. Analyst",
                    reason="visits are counted by day")  # fmt: skip
    made = plan(
        "xmr", line([1.0, 2, 3, 4, 5], mark="concern"), verdict="concern", rule=4,
        cautions=("few", "stock", "rare"), rebased=(RebasePlan("2019-03", change),),
    )  # fmt: skip
    notes = said(made)
    for words in (
        "orange square: a signal that gives cause for concern", "on one side of the average",
        "Fewer than twenty points", "same people or things", "events are few",
        "begin anew in March 2019: a new form.", "(A. Analyst): visits are counted by day.",
    ):  # fmt: skip
        assert words in notes
    assert "blue diamond" not in notes
    trial = said(replace(made, verdict="", cautions=("uneven", "trial"), rebased=()))
    assert "Trial limits" in trial
    assert "out of fewer" in trial
    assert "on one side" not in trial


def test_the_words_of_the_notes_are_the_lexicons() -> None:
    own = replace(LEXICON, charts={**LEXICON.charts, "note_gap": "Bwlch: dim ffigur."})
    speaker = Voice(own, Catalogue(indicators={}), Areas(areas={}), Style())
    assert [*notes_of(plan("line", line([1.0, None, 2.0])), speaker)] == ["Bwlch: dim ffigur."]


def test_names_of_lines_and_of_the_value_axis() -> None:
    areas = Areas(areas={}, peer_groups={"like": PeerGroup(of="Anytown", members=("A",))})
    units = {"plans": Indicator(name="Caseload", unit="average", noun="caseload", per_noun="cases"),
             "other": Indicator(name="Other", unit="average", noun="other")}  # fmt: skip
    speaker = Voice(LEXICON, Catalogue(indicators=units), areas, Style())
    peers = replace(line([1.0], "comparator"), area="like")
    brief: Any = type("Brief", (), {"area": "Anytown"})
    assert line_label(peers, "line", brief, speaker) == "Median of similar authorities"
    until = line([1.0], "limit", category="upper", until="2019-03")
    assert line_label(until, "xmr", brief, speaker) == "Upper limit before March\u00a02019"
    one = plan("line", line([1.0]), unit="average")
    assert value_label(one, speaker) == "Average number of cases"
    two = plan("line", line([1.0]), replace(line([1.0]), indicator="other"), unit="average")
    assert value_label(two, speaker) == "Average"
