"""Papers that contradict themselves, and papers that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.consistency import inconsistencies
from reporter.problems import Problem
from reporter.reading import read_paper
from tests.consistency.sentences import NEAR_MISSES, PLANTED
from tests.reading.making import docx, p, r


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


def test_numbers_typed_in_a_word_file_are_numbers_of_its_paragraphs() -> None:
    said = (
        "5.1 Visits rose.",
        "5.2 Visits fell.",
        "5.2 Of them 3 of 4 (75%) were late.",
        "5.4\tCalls rose.",
    )
    found = inconsistencies(read_paper(docx("".join(p(r(words)) for words in said)), "it.docx"))
    assert [(problem.code, problem.what[:21]) for problem in found] == [
        ("numbering", "the number 5.2 stands"),
        ("numbering", "5.3 is missing before"),
    ]


def cells(*texts: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(r(text))}</w:tc>" for text in texts) + "</w:tr>"


def test_a_table_of_a_word_file_is_checked() -> None:
    rows = cells("Team", "Open", "Closed") + cells("North", "10", "20") + cells("South", "15", "25")
    body = f"<w:tbl>{rows}{cells('Total', '25', '46')}</w:tbl>{p(r('The end.'))}"
    (found,) = inconsistencies(read_paper(docx(body), "it.docx"))
    assert found.code == "sum"
    assert "row 4" in found.place.at
