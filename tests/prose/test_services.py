"""What a paper on other services says, word for word where it is hard to say."""

from __future__ import annotations

import pytest

from tests.prose.style import sentences
from tests.prose.test_whole_papers import words_of


@pytest.fixture(scope="module")
def said() -> str:
    texts = (statement.text for statement in sentences(words_of("services")))
    return " ".join(texts).replace("\u00a0", " ")


def test_nought_is_none_and_no_number(said: str) -> None:
    assert "complaints upheld increased from none in October to December 2024 to 1 in" in said
    assert "no children were killed on the borough's roads" in said
    assert "from no in" not in said


def test_less_of_what_should_be_less_is_better(said: str) -> None:
    assert "above the target of no more than 12 days but down from a peak of 16.9 days" in said
    assert "This is better than in January to March 2024 (78.9%) and above the target" in said


def test_a_breakdown_of_one_member_is_that_member(said: str) -> None:
    assert "88% of repairs at the East depot were completed on time, down from 91%" in said


def test_a_total_is_parted_by_its_members_and_the_change_by_their_parts(said: str) -> None:
    assert "19 people on foot (29% of the total, 26% in 2023), 13 on a bicycle (20%)" in said
    assert "The fall of 18 since 2023 is made up of 7 fewer on a motorcycle, 6 in a car" in said


def test_an_average_is_what_a_figure_is_above_or_below(said: str) -> None:
    assert "set against an average" not in said
