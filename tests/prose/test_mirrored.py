"""What rose and what fell, better and worse, are said in the same words turned round (1.9.5)."""

from __future__ import annotations

import pytest

from reporter.prose import RealisedReport
from tests.prose.mirrored import SWAPPED, paper, skeleton
from tests.prose.style import length, paper_faults, sentences


@pytest.fixture(scope="module")
def there() -> RealisedReport:
    return paper(turned=False)


@pytest.fixture(scope="module")
def back() -> RealisedReport:
    return paper(turned=True)


def test_a_paper_turned_round_is_the_same_paper_turned_round(
    there: RealisedReport, back: RealisedReport
) -> None:
    one, other = ([s.text for s in sentences(paper)] for paper in (there, back))
    assert [skeleton(text) for text in one] == [skeleton(text) for text in other]


def test_neither_side_is_longer(there: RealisedReport, back: RealisedReport) -> None:
    one, other = ([length(s.text) for s in sentences(paper)] for paper in (there, back))
    assert one == other


def test_the_papers_do_speak_of_both_sides(there: RealisedReport) -> None:
    said = " ".join(s.text for s in sentences(there)).lower().split()
    for word in ("up", "increased", "peak", "above"):
        assert {word, SWAPPED[word]} <= set(said), word


def test_a_clerk_would_strike_out_nothing(there: RealisedReport, back: RealisedReport) -> None:
    assert paper_faults(there) + paper_faults(back) == []
