"""The style check finds what a committee clerk would strike out."""

from __future__ import annotations

import pytest

from tests.prose.style import neighbour_faults, sentence_faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The number rose because of demand.", "banned: because"),
        ("The number rose sharply.", "banned: sharply"),
        ("The number is just 4.", "just, and no hedge"),
        ("429 children were on a plan.", "opens with a figure"),
        ("The the number rose.", "debris: 'The the'"),
        ("The number  rose.", "debris: '  '"),
        ("The number was None.", "debris: 'None'"),
        ("The number was {{ value }}.", "debris: '{'"),
        ("The share rose by 2% points.", "a percent sign before points"),
        ("the number rose.", "opens without a capital"),
        ("The number rose", "no full stop"),
        ("The number was " + "one of " * 20 + "them.", "44 words"),
    ],
)
def test_a_fault_is_found(text: str, fault: str) -> None:
    assert fault in list(sentence_faults(text))


def test_a_plain_sentence_has_no_fault() -> None:
    assert list(sentence_faults("Just under a quarter (24.1%) were on time in May 2019.")) == []
    assert list(sentence_faults("None of these measures has a figure in May 2019.")) == []


def test_neighbours_share_no_opening_and_no_verb() -> None:
    assert list(neighbour_faults("At the end of May it rose.", "At the end it rose.")) == [
        "two openings alike: at the end",
        "one verb twice: rose",
    ]
    assert list(neighbour_faults("It was high.", "That was low.")) == []
