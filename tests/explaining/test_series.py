"""Why a series is spoken of as it is: facts, rules that fired or not, what was said or left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.cli import app
from reporter.explaining import Series, explain_series
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError

BRIEF = Path(__file__).parents[2] / "data" / "haringey-2018" / "report.yaml"
TURNOVER = Series("staff_turnover_pct")


@pytest.fixture(scope="module")
def lines() -> tuple[str, ...]:
    return explain_series(BRIEF, TURNOVER)


def test_the_heading_names_the_series(lines: tuple[str, ...]) -> None:
    assert "(staff_turnover_pct), Haringey, " in lines[0]


def test_every_fact_comes_with_its_rows_and_every_rule_of_its_kind(lines: tuple[str, ...]) -> None:
    start = next(n for n, line in enumerate(lines) if line.startswith("level: "))
    assert "period_type" in lines[start]
    assert "from observations.csv, row" in lines[start + 1]
    said = "\n".join(lines[start : lines.index("", start)])
    assert "  level-earlier fires (weight" in said
    assert "  level is silent: current is false, and it asks: is true" in said


def test_what_was_said_is_what_the_paper_says(lines: tuple[str, ...], tmp_path: Path) -> None:
    evidence = build_report(BRIEF, tmp_path).paths[1].read_text(encoding="utf-8")
    told = [line.split('"')[1] for line in lines if ", said in s" in line and line.count('"') == 2]
    assert told
    assert all(f'"text": "{text}"' in evidence for text in told)


def test_every_rule_that_fired_has_a_fate(lines: tuple[str, ...]) -> None:
    fired = [line for line in lines if " fires (weight" in line]
    fates = (", said in", ", left out: ", ", planned, and not said")
    assert fired
    assert all(any(fate in line for fate in fates) for line in fired)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (Series("staff_turnover"), "Did you mean 'staff_turnover_pct'?"),
        (Series("staff_turnover_pct", "teams"), "no breakdown 'teams'"),
    ],
)
def test_a_series_that_is_not_there_is_a_problem(series: Series, words: str) -> None:
    with pytest.raises(ProblemsFoundError, match=words):
        explain_series(BRIEF, series)


def test_the_command_takes_a_rule_or_a_series_and_not_both() -> None:
    run = CliRunner().invoke
    series = ["rules", "explain", "--brief", str(BRIEF.parent), "--indicator", TURNOVER.indicator]
    assert "fires (weight" in run(app, series).stdout
    assert run(app, [*series, "level"]).exit_code == 2
    assert run(app, ["rules", "explain"]).exit_code == 2
    assert run(app, ["rules", "explain", "--brief", str(BRIEF)]).exit_code == 2
