"""Rule books: layers, faults with their places, and why a rule fires or does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.facts import KINDS, Fact, Question, compute_facts, load_thresholds
from reporter.problems import ProblemsFoundError
from reporter.rules import RuleBook, choose_messages, explain, load_rules
from reporter.sources import Catalogue, Indicator, load_commission

RULES = Path(__file__).parents[2] / "rules"
SERVICES = Path(__file__).parents[1] / "data"
CATALOGUE = Catalogue(
    indicators={
        "visits": Indicator(name="Visits", unit="percent", polarity="high_good", noun="visits")
    }
)
RULE = """\
- id: up
  about: change
  when:
    direction: {one_of: [up, down]}
    size: {at_least: enough}
  role: modifier
  say: "{{ up }}"
  weight: 40
"""
THRESHOLDS = "enough: {value: 2, unit: percentage points, reason: A test.}\n"


def change(**fields: object) -> Fact:
    given = {
        "indicator": "visits", "area": "A", "period": "2019-05", "period_type": "month",
        "unit": "percent", "base_label": "baseline", "value": 82.0, "base_value": 76.0,
        "result": 6.0, "direction": "up", **fields,
    }  # fmt: skip
    return KINDS["change"](**given)  # type: ignore[arg-type]


def book(folder: Path, *layers: dict[str, str]) -> RuleBook:
    folders = []
    for number, layer in enumerate(layers):
        path = folder / str(number)
        path.mkdir()
        for name, content in layer.items():
            (path / name).write_text(content, encoding="utf-8")
        folders.append(path)
    return load_rules(folders)


STANDARD = {"change.yaml": RULE, "thresholds.yaml": THRESHOLDS}


def test_a_rule_fires_where_all_its_conditions_hold(tmp_path: Path) -> None:
    (message,) = choose_messages(
        book(tmp_path, STANDARD), [change(), change(result=1.0)], CATALOGUE
    )
    assert message.rule.id == "up"
    assert message.fact.result == 6.0


def test_weights_grow_with_size_and_judgement_alike_for_good_and_bad(tmp_path: Path) -> None:
    rules = book(tmp_path, STANDARD)
    facts = [
        change(), change(judgement="better"), change(judgement="worse"),
        change(material=True), change(category="x"), change(result=-6.0, direction="down"),
    ]  # fmt: skip
    plain, better, worse, material, part, down = (
        message.weight for message in choose_messages(rules, facts, CATALOGUE)
    )
    assert better == worse > plain > part
    assert material > plain == down


def test_a_later_layer_overrides_adds_and_switches_off(tmp_path: Path) -> None:
    own = "- {id: up, weight: 90}\n- {id: more, about: level, role: headline, say: x}\n"
    rules = book(tmp_path, STANDARD, {"own.yaml": own})
    assert {rule.id: rule.weight for rule in rules.rules} == {"up": 90, "more": 50}
    assert rules.rules[0].say == "{{ up }}"
    assert rules.places["up"].nearest(("weight",)).file.endswith("own.yaml")
    assert rules.places["up"].nearest(("say",)).file.endswith("change.yaml")
    assert len(rules.layers["up"]) == 2
    silent = book(tmp_path / "other", STANDARD, {"own.yaml": "- {id: up, off: true}\n"})
    assert silent.rules == ()
    assert [rule.id for rule in silent.off] == ["up"]


@pytest.fixture(autouse=True)
def other_folder(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()


@pytest.mark.parametrize(
    ("rule", "code", "line"),
    [
        ("- {id: x, about: chnage, role: modifier, say: x}\n", "unknown-kind", 1),
        (RULE.replace("direction:", "directoin:"), "unknown-field", 4),
        (RULE.replace("[up, down]", "[up, sideways]"), "bad-condition", 4),
        (RULE.replace("enough", "enuogh"), "bad-condition", 5),
        (RULE.replace("size", "base_label"), "bad-condition", 5),
        (RULE.replace("role: modifier", "role: modifer"), "bad-choice", 6),
        (RULE.replace("weight", "wieght"), "unknown-key", 8),
        (RULE.replace("- id: up\n ", "-"), "missing-key", 1),
        (RULE + RULE, "repeated-rule", 9),
        ("rules: none\n", "not-a-list", 1),
        (RULE.replace("id: up", "id: ''"), "missing-key", 1),
        (RULE.replace('"{{ up }}"', "[]"), "empty-say", 7),
        (RULE.replace('"{{ up }}"', "''"), "empty-say", 7),
        (RULE.replace("{one_of: [up, down]}", "{}"), "bad-condition", 4),
        (RULE.replace("[up, down]", "[]"), "bad-condition", 4),
        (RULE.replace("enough", "NaN"), "bad-condition", 5),
        (RULE + "  examples: [{given: {valeu: 3}, says: x}]\n", "unknown-field", 9),
        (RULE + "  examples: [{given: {value: 3}}]\n", "bad-example", 9),
    ],
)
def test_each_fault_has_its_line(tmp_path: Path, rule: str, code: str, line: int) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        book(tmp_path, {"change.yaml": rule, "thresholds.yaml": THRESHOLDS})
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.fix


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        book(tmp_path, {"a.yaml": RULE, "b.yaml": "- {about: level}\n", "c.yaml": "x: [\n"})
    assert {problem.code for problem in caught.value.problems} == {
        "bad-condition", "missing-key", "bad-yaml",
    }  # fmt: skip


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_rules([tmp_path / "none"])
    assert caught.value.problems[0].code == "no-folder"


def test_explaining_names_the_first_condition_that_failed(tmp_path: Path) -> None:
    rules = book(tmp_path, STANDARD)
    (fired,) = explain(rules, change(), CATALOGUE)
    (silent,) = explain(rules, change(result=1.0), CATALOGUE)
    assert fired.fired
    assert (silent.field, silent.wanted, silent.found) == ("size", "at least enough", "1.0")


def test_a_book_serves_two_catalogues_and_the_measures_of_each(tmp_path: Path) -> None:
    rule = "- {id: good, about: change, when: {polarity: high_good}, role: modifier, say: x}\n"
    rules = book(tmp_path, {"change.yaml": rule})
    unjudged = Catalogue(indicators={"visits": Indicator(name="Visits", unit="count", noun="it")})
    facts = [change(), change(indicator="other")]
    for catalogue, fired in ((CATALOGUE, ["visits"]), (unjudged, []), (CATALOGUE, ["visits"])):
        messages = choose_messages(rules, facts, catalogue)
        assert [message.fact.indicator for message in messages] == fired


@pytest.mark.parametrize("name", ["services", "adult", "schools"])
def test_what_fires_at_once_is_what_fires_rule_by_rule(name: str) -> None:
    commission = load_commission(SERVICES / name / "report.yaml")
    rules = load_rules([RULES])
    brief, catalogue = commission.brief, commission.dataset.catalogue
    question = Question.of(brief, load_thresholds(RULES / "thresholds.yaml"))
    facts = compute_facts(commission.dataset, question).of(brief.area)
    at_once = [(id(m.fact), m.rule.id) for m in choose_messages(rules, facts, catalogue)]
    one_by_one = [
        (id(fact), held.rule)
        for fact in facts
        for held in explain(rules, fact, catalogue)
        if held.fired
    ]
    assert at_once == one_by_one != []
