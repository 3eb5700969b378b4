"""The standard rule book says what its examples say, and a broken one is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.facts import KINDS
from reporter.prose import check_rules, load_lexicon, vocabulary
from reporter.rules import RuleBook, load_rules
from tests.prose.saying import BOOK, CAST, LEXICON, RULES


def test_every_example_of_every_rule_holds() -> None:
    assert check_rules(BOOK, LEXICON, CAST) == ()


def test_every_kind_of_fact_has_a_rule() -> None:
    assert {rule.about for rule in BOOK.rules} == set(KINDS)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_every_rule_shows_when_it_speaks_and_when_it_is_silent(rule: object) -> None:
    examples = rule.examples  # type: ignore[attr-defined]
    assert any(example.says for example in examples)
    assert any(example.silent for example in examples)


def test_every_word_of_the_vocabulary_has_its_help() -> None:
    assert all(vocabulary().values())


def broken(tmp_path: Path, rule: str) -> RuleBook:
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    return load_rules([RULES, tmp_path])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("{id: peak, say: 'down from {{ bas }}'}", "unknown-word"),
        ("{id: peak, say: 'down from {{ base }'}", "bad-say"),
        ("{id: peak, say: 'a fall from {{ base }}'}", "example-differs"),
        ("{id: peak, when: {extreme: low}}", "example-differs"),
    ],
)
def test_a_rule_that_does_not_keep_its_word_is_found(
    tmp_path: Path, change: str, code: str
) -> None:
    found = check_rules(broken(tmp_path, f"- {change}\n"), LEXICON, CAST)
    assert {problem.code for problem in found} == {code}
    assert found[0].place.file.endswith("own.yaml")
    assert found[0].place.line == 1


def test_a_council_may_lay_its_own_words_on_top(tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text("words: {around: about}\n", encoding="utf-8")
    lexicon = load_lexicon([RULES, tmp_path])
    assert lexicon.words["around"] == "about"
    assert lexicon.words["per"] == LEXICON.words["per"]
