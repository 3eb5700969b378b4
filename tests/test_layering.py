"""A council's folder over the standard rules, through a build: its changes and its faults."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reporter.pipeline import build_report
from reporter.problems import Problem, ProblemsFoundError

SMALL = Path(__file__).parents[1] / "data" / "haringey-2018"
OVERRIDE = """\
- id: change-baseline
  say: "against {{ base }} {{ base_when }}"
"""
OFF = "- {id: low, off: true}\n"
ADDED = """\
- id: many
  about: level
  when: {current: true, unit_kind: count, value: {at_least: many_people}}
  role: note
  say: "{{ noun }} is one to watch"
"""
MANY = "many_people: {value: 900, unit: count, reason: Ours.}\n"
ASKED = (
    "change_worth_asking: "
    '{value: 1000, unit: percent of the base, reason: "Our members ask of little."}\n'
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files of a council's folder, and gives the brief that names it."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "paper"))
    brief = folder / "report.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("length: standard", "length: standard\nrules: our-rules"))
    (folder / "our-rules").mkdir()

    def write_files(**files: str) -> Path:
        for name, content in files.items():
            (folder / "our-rules" / f"{name}.yaml").write_text(content, encoding="utf-8")
        return brief

    return write_files


def said(brief: Path) -> list[dict[str, Any]]:
    outputs = build_report(brief, brief.parent / "out")
    found: list[dict[str, Any]] = json.loads(outputs.paths[1].read_bytes())["statements"]
    return found


def text_of(statements: list[dict[str, Any]]) -> str:
    return "\n".join(s["text"].replace("\N{NO-BREAK SPACE}", " ") for s in statements)


def rules_of(statements: list[dict[str, Any]]) -> set[str]:
    return {rule for statement in statements for rule in statement["rules"]}


def test_the_paper_without_a_folder_is_the_standards(write: Write) -> None:
    standard = said(write(ours="- {id: level, weight: 50}\n"))
    text = text_of(standard)
    assert "from 23.3% in February 2018" in text
    assert "above the upper target" in text
    assert {"low", "change-why-large"} <= rules_of(standard)
    assert "many" not in rules_of(standard)


def test_words_rules_thresholds_and_lexicon_of_a_council_change_its_paper(write: Write) -> None:
    brief = write(
        ours=OVERRIDE + OFF + ADDED,
        thresholds=MANY + ASKED,
        lexicon="sides: {up: over}\n",
    )
    paper = said(brief)
    text, rules = text_of(paper), rules_of(paper)
    assert "against 23.3% in February 2018" in text
    assert "down from 23.3%" not in text
    assert "low" not in rules
    assert "The number of children in need is one to watch." in text
    assert "change-why-large" not in rules
    assert "over the upper target" in text
    assert "above the upper target" not in text


def problem(brief: Path) -> Problem:
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(brief, brief.parent / "out")
    assert not (brief.parent / "out").exists()
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("file", "content", "code", "line"),
    [
        ("ours", OFF + OVERRIDE.replace("base_when", "bsae_when"), "unknown-word", 3),
        ("ours", OVERRIDE.replace("}} {{", "} {{"), "bad-say", 2),
        ("ours", ADDED.replace("at_least: many_people", "at_least: 1").replace("noun", "was"),
         "rule-misfires", 5),
        ("ours", ADDED, "bad-condition", 3),
        ("ours", "- {id: chnage-why, off: true}\n", "missing-key", 1),
        ("thresholds", f"{ASKED}lookback_points: {{value: a year, unit: points, reason: Ours.}}\n",
         "bad-number", 2),
        ("thresholds", ASKED.replace("asking:", "askin:"), "unused-threshold", 1),
        ("thresholds", ASKED.replace("1000", "-5"), "bad-threshold", 1),
        ("thresholds", "streak_steps: {value: 5, unit: steps}\n", "missing-key", 1),
        ("lexicon", "sides:\n  upp: over\n", "unknown-key", 2),
        ("lexicon", "side:\n  up: over\n", "unknown-key", 1),
        ("lexicon", "sides:\n  up:\n", "bad-value", 2),
        ("lexicon", "sides:\n  up: 'over {{ target }}'\n", "unknown-word", 2),
        ("lexicon", "periods:\n  month: 'in {{ mnth }}'\n", "unknown-word", 2),
        ("lexicon", "periods:\n  month: 'in {{ month }'\n", "bad-pattern", 2),
        ("lexicon", "names:\n  mean_of: 'the mean of {names}'\n", "unknown-word", 2),
        ("lexicon", "verbs:\n  up: []\n", "empty-list", 2),
        ("lexicon", "level:\n  count: ['{{ number.real }}']\n", "bad-pattern", 2),
        ("lexicon", "tables:\n  trend: '{{ subject }}, {{ dimension }}'\n", "unknown-word", 2),
        ("words", "sides: {up: over}\n", "not-a-list", 1),
        ("examples", "indicators: {}\n", "not-read", 0),
    ],
)  # fmt: skip
def test_a_fault_in_any_of_its_files_is_told_with_its_line(
    write: Write, file: str, content: str, code: str, line: int
) -> None:
    found = problem(write(**{file: content}))
    assert (found.code, found.place.line) == (code, line)
    assert Path(found.place.file).parts[-2:] == ("our-rules", f"{file}.yaml")
    assert found.fix


def test_a_file_that_would_be_passed_over_is_a_problem(write: Write) -> None:
    brief = write(ours=OFF)
    (brief.parent / "our-rules" / "ours.yaml").rename(brief.parent / "our-rules" / "ours.yml")
    assert problem(brief).code == "not-read"


def test_further_forms_of_a_period_may_be_added(write: Write) -> None:
    brief = write(lexicon="periods:\n  day_short: 'on {{ day }}'\n")
    assert said(brief)


def test_a_folder_that_is_not_there_is_told_at_the_briefs_line(write: Write) -> None:
    brief = write()
    (brief.parent / "our-rules").rmdir()
    found = problem(brief)
    lines = brief.read_text(encoding="utf-8").splitlines()
    assert (found.code, found.place.file) == ("no-folder", str(brief))
    assert lines[found.place.line - 1] == "rules: our-rules"
