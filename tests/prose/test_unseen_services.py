"""What papers on adult care and on schools say, word for word where it is hard to say."""

from __future__ import annotations

from functools import cache

from tests.prose.style import sentences
from tests.prose.test_whole_papers import words_of


@cache
def said(name: str) -> str:
    texts = (statement.text for statement in sentences(words_of(name)))
    return " ".join(texts).replace("\u00a0", " ")


def test_all_that_missed_is_none_that_met() -> None:
    assert "Of the four measures with a target, none met it." in said("schools")


def test_members_of_a_measure_are_no_measures() -> None:
    assert "Of the 10 measures that can be judged against the period before" in said("schools")


def test_two_groups_are_held_against_each_other_after_their_figures() -> None:
    gap = "The gap between other pupils and disadvantaged pupils has widened from 16.8"
    assert gap in said("schools")
    assert said("schools").index("31.9 for disadvantaged pupils") < said("schools").index(gap)


def test_a_member_without_a_phrase_shares_one_bracket_with_what_is_said_of_it() -> None:
    assert "59 people (Hospital team; 30% of the total)" in said("adult")
    assert ") (" not in said("adult").replace("(provisional)", "")


def test_a_small_change_is_neither_better_nor_worse() -> None:
    small = said("adult").split("The following changed little")[1].split("The following")[0]
    assert not any(word in small for word in ("better", "worse", "improved", "worsened"))


def test_a_section_counts_its_ranks_and_names_the_only_one() -> None:
    ranked = (
        "of the three measures that are ranked, one, the overall absence rate, was in the worst"
    )
    assert ranked in said("schools")


def test_counts_that_sections_open_with_are_worded_in_turn() -> None:
    text = said("schools")
    assert "Since the period before, of the three measures that can be judged, two" in text
    assert "Four measures can be judged against the period before: two improved" in text


def test_what_hardly_ever_happens_has_no_average() -> None:
    assert "less than 1" not in said("adult")
    assert "within the usual range of zero to 3" in said("adult")
