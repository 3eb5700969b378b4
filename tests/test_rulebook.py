"""The rule book for its editors: listed, explained and tested, with a council's folder on top."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.cli import app
from reporter.problems import Problem, ProblemsFoundError
from reporter.rulebook import explain_rule, list_rules, run_examples

RULE = """\
- id: change-previous
  say: "{{ up }} from the {{ base }} of {{ base_named }}"
  examples:
    - given: {indicator: plans, value: 429, base_value: 420, base_period: 2019-04, base_label: previous_period, direction: up}
      says: up from the 420 of April 2019
    - given: {indicator: plans, value: 429, base_value: 420, base_period: 2018-05, base_label: same_period_last_year, direction: up}
      silent: true
- {id: change-year, off: true}
- id: level-short
  about: level
  when: {current: true, value: {above: worth_a_word}}
  role: note
  say: "there are many of them"
  examples:
    - given: {indicator: plans, value: 429}
      says: There are many of them.
    - given: {indicator: plans, value: 3}
      silent: true
"""  # noqa: E501
THRESHOLDS = "worth_a_word: {value: 100, unit: count, reason: Ours.}\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "ours.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "thresholds.yaml").write_text(THRESHOLDS, encoding="utf-8")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "ours.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def failures(own: Path) -> tuple[Problem, ...]:
    return run_examples(own)[0]


def line_of(lines: tuple[str, ...], start: str) -> str:
    (found,) = (line for line in lines if line.split()[0] == start)
    return " ".join(found.split())


def test_the_list_says_where_each_rule_stands_and_what_became_of_it(own: Path) -> None:
    lines = list_rules(own)
    assert line_of(lines, "level").startswith("level level headline 50 rules/level.yaml:2")
    over, off, new = (line_of(lines, i) for i in ("change-previous", "change-year", "level-short"))
    assert f"change modifier 46 {own}/ours.yaml:1 overridden, first at rules/change.yaml:3" in over
    assert f"{own}/ours.yaml:8 off, first at" in off
    assert new.endswith(f"level note 50 {own}/ours.yaml:9")


def test_a_rule_is_explained_with_its_thresholds_words_and_examples(own: Path) -> None:
    said = "\n".join(explain_rule("level-short", own))
    assert "value above worth_a_word" in said
    assert "worth_a_word: 100 count. Ours." in said
    assert "given indicator plans, value 429\n  it says: There are many of them." in said
    assert "up: " in "\n".join(explain_rule("change-previous"))


@pytest.mark.parametrize("id_", ["low", "peak", "change-year"])
def test_words_of_a_rule_are_explained_once(id_: str) -> None:
    lines = [it for it in explain_rule(id_) if it.startswith("    ") or "{{" in it]
    assert len(lines) == len(set(lines)) > 1


def test_a_rule_that_is_not_there_is_a_problem_with_the_nearest() -> None:
    with pytest.raises(ProblemsFoundError, match="Did you mean 'change-year'"):
        explain_rule("change-yaer")


def test_the_standard_holds_and_so_does_a_sound_folder_over_it(own: Path) -> None:
    assert run_examples()[0] == ()
    assert failures(own) == ()
    (own / "lexicon.yaml").write_text("directions: {down: lower}\n", encoding="utf-8")
    assert failures(own) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ("the 420 of", "about 420 in", "example-differs", 4, 'got "up from the 420 of April 2019"'),
        ("value: 429}", "value: 42}", "example-differs", 15, "got silence"),
        ("indicator: plans", "indicator: plnas", "unknown-measure", 4, "not in the cast"),
        ("value: 429, base", "value: many, base", "bad-number", 4, "must be a number"),
        ("{{ base }}", "{{ was }}", "rule-misfires", 4, "change-previous cannot be said of plans"),
        ("{{ base }}", "{{ bse }}", "unknown-word", 2, "no word 'bse'"),
        ("{{ base }}", "{{ base }", "bad-say", 2, "cannot be read"),
        ("{{ base }}", "{{ base.__class__ }}", "bad-say", 2, "only names"),
        ("{{ base }}", "{{ base | upper }}", "bad-say", 2, "only names"),
        ("{{ base }}", "{% include 'x' %}", "bad-say", 2, "only names"),
        ("{{ base }}", "{% for n in base %}{{ n }}{% endfor %}", "bad-say", 2, "only names"),
    ],
)
def test_each_failure_has_its_line_and_says_what_it_got(
    own: Path, old: str, new: str, code: str, line: int, words: str
) -> None:
    change(own, old, new)
    problem = failures(own)[0]
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.file == str(own / "ours.yaml")
    assert words in problem.what
    assert problem.fix


def test_silence_is_explained_by_the_condition_that_failed(own: Path) -> None:
    change(own, "value: 429}", "value: 42}")
    (problem,) = failures(own)
    assert "value is '42.0', and the rule asks: above worth_a_word." in problem.fix


def test_a_changed_rule_asks_for_examples_of_its_own_where_it_was_changed(own: Path) -> None:
    (own / "thresholds.yaml").unlink()
    (own / "ours.yaml").write_text("- {id: streak-back, say: as it was}\n", encoding="utf-8")
    (problem,) = failures(own)
    assert (problem.place.file, problem.place.line) == (str(own / "ours.yaml"), 1)
    assert "its example stands at" in problem.fix


def test_a_slip_in_the_id_of_a_rule_is_found(own: Path) -> None:
    change(own, "id: change-year", "id: chnage-year")
    with pytest.raises(ProblemsFoundError, match="did you mean to change 'change-year'"):
        list_rules(own)


def test_two_rules_of_one_id_in_two_files_of_a_folder_are_a_problem(own: Path) -> None:
    (own / "other.yaml").write_text("- {id: change-year, weight: 3}\n", encoding="utf-8")
    with pytest.raises(ProblemsFoundError, match="stands twice in this folder"):
        list_rules(own)


def test_the_command_ends_with_1_where_an_example_does_not_hold(own: Path) -> None:
    run = CliRunner().invoke(app, ["rules", "test", str(own)])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "all hold" in run.stderr
    change(own, "the 420 of", "about 420 in")
    run = CliRunner().invoke(app, ["rules", "test", str(own)])
    assert run.exit_code == 1
    assert "expected" in run.stdout
    assert "1 does not hold" in run.stderr


def test_every_word_of_the_vocabulary_is_listed() -> None:
    run = CliRunner().invoke(app, ["rules", "words"])
    assert run.exit_code == 0
    assert "base_when: The earlier period" in run.stdout


def test_the_example_in_the_readme_holds(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"```yaml our-rules/(\S+)\n(.*?)```", readme, re.DOTALL)
    assert [name for name, _ in files] == ["ours.yaml", "thresholds.yaml", "lexicon.yaml"]
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert failures(tmp_path) == ()
    assert "off, first at" in line_of(list_rules(tmp_path), "streak-seasonal")


def test_a_folder_without_rules_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError, match="no file of rules"):
        run_examples(tmp_path)
