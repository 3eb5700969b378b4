"""Papers that contradict themselves, and papers that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.consistency import inconsistencies
from reporter.problems import Problem
from reporter.reading import read_paper
from tests.consistency.sentences import NEAR_MISSES, PLANTED


def told(text: str) -> tuple[Problem, ...]:
    return inconsistencies(read_paper(text.encode(), "paper.txt"))


def codes(text: str) -> set[str]:
    return {problem.code for problem in told(text)}


@pytest.mark.parametrize(("code", "text"), PLANTED)
def test_a_planted_fault_is_found(code: str, text: str) -> None:
    found = told(text)
    assert {problem.code for problem in found} == {code}, [str(problem) for problem in found]
    assert all(problem.fix and problem.place.at == "line 1" for problem in found)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_is_let_be(text: str) -> None:
    assert [str(problem) for problem in told(text)] == []


def papers(name: str) -> list[tuple[str, str]]:
    """(code, text) of the papers in a file, each begun by a line of "== code"."""
    whole = (Path(__file__).parent / name).read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in f"\n{whole}".split("\n==")[1:])
    return [(code.strip(), text) for code, _, text in parts]


@pytest.mark.parametrize(("code", "text"), papers("contradicting.txt"))
def test_a_fault_across_lines_is_found(code: str, text: str) -> None:
    assert codes(text) == {code}, [str(problem) for problem in told(text)]


@pytest.mark.parametrize("text", [text for _, text in papers("agreeing.txt")])
def test_lines_that_agree_are_let_be(text: str) -> None:
    assert [str(problem) for problem in told(text)] == []


def test_what_is_too_long_for_a_sentence_is_let_be() -> None:
    assert told("In all 1 of 2 (75%) " + "from 1 to 2 " * 20_000) == ()
    assert told("| " + " | ".join(f"{n}%" for n in range(3_000)) + " |") == ()
