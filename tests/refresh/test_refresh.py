"""A refresh after whatever an author did: nothing of his is lost, nothing of ours is stale."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.refresh import figures_moved, match_statements
from reporter.refresh.lines import normal
from tests.refresh.editing import EDITS, Desk, comments_of, resolved, texts_of
from tests.refresh.pairs import CHANGES, LARGE, Pair, pair

Edits = list[tuple[str, int]]
edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 60)), max_size=6)
steady = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])


def edited(docx: bytes, edits: Edits) -> bytes:
    desk = Desk(docx)
    for name, at in edits:
        EDITS[name](desk, at)
    return desk.saved() if edits else docx


def plain(texts: list[str]) -> list[str]:
    return [normal(text) for text in texts]


def sentences(evidence: dict[str, Any]) -> dict[str, str]:
    """The text of each sentence of the narrative by id."""
    return {
        each["id"]: normal(each["text"])
        for each in evidence["statements"]
        if not each["number"].startswith(("Table", "Figure")) and "?" not in each["text"]
    }


@pytest.mark.parametrize("name", [*CHANGES, *LARGE])
def test_an_untouched_paper_becomes_the_new_one(name: str) -> None:
    papers = pair(name)
    done = papers.refreshed(papers.docx)
    assert resolved(done.docx, accept=False) == texts_of(papers.docx)
    accepted = papers.refreshed(papers.docx, accept=True)
    assert resolved(done.docx, accept=True) == texts_of(accepted.docx)
    assert plain(texts_of(accepted.docx)) == plain(texts_of(papers.new_docx))
    # The evidence is the new paper's but for its ids, which stay.
    new, now = papers.new_evidence, accepted.evidence
    assert [s["text"] for s in now["statements"]] == [s["text"] for s in new["statements"]]
    assert [s["number"] for s in now["statements"]] == [s["number"] for s in new["statements"]]
    assert "deleted" not in now
    # Comments with evidence say what the new paper's say.
    assert _unnumbered(comments_of(accepted.docx)) == _unnumbered(comments_of(papers.new_docx))


def _unnumbered(comments: str) -> list[str]:
    return sorted(re.sub(r"^s\d+", "", line) for line in comments.split("\n"))


@pytest.mark.parametrize("name", CHANGES)
@steady
@given(edits=edits)
def test_nothing_is_lost_and_nothing_is_stale(name: str, edits: Edits) -> None:
    papers = pair(name)
    mine = edited(papers.docx, edits)
    done = papers.refreshed(mine)
    now = "\n".join(plain(resolved(done.docx, accept=True)))
    assert resolved(done.docx, accept=False) == texts_of(mine)
    assert resolved(done.docx, accept=True) == texts_of(papers.refreshed(mine, True).docx)
    _author_is_heard(papers, mine, now)
    _nothing_is_stale(papers, mine, now, comments_of(done.docx))


def _author_is_heard(papers: Pair, mine: bytes, now: str) -> None:
    """Every paragraph with a word of the author's is there, but for sentences of ours in it."""
    ours = sorted(sentences(papers.evidence).values(), key=len, reverse=True)
    generated = set(plain(texts_of(papers.docx)))
    for text in plain(texts_of(mine)):
        if text in generated:
            continue
        for sentence in ours:
            text = text.replace(sentence, "\n")
        for own in text.split("\n"):
            assert own.strip() in now


def _nothing_is_stale(papers: Pair, mine: bytes, now: str, comments: str) -> None:
    """What stood untouched says the new figures; what was edited says so; what went stays away."""
    old, new = sentences(papers.evidence), sentences(papers.new_evidence)
    pairs = match_statements(papers.evidence["statements"], papers.new_evidence["statements"])
    says = {each["id"]: each for each in papers.evidence["statements"]}
    told = {each["id"]: each for each in papers.new_evidence["statements"]}
    stands = "\n".join(plain(texts_of(mine)))
    common = Counter(old.values()) + Counter(new.values())
    for key, text in old.items():
        other = pairs.get(key, "")
        if other not in new or new[other] == text or common[text] > 1:
            continue
        if text in stands:
            assert new[other] in now
            assert text not in now
        elif f"Before: {text}" in normal(comments):
            assert new[other] not in now
        elif figures_moved(says[key], told[other]):
            # Deleted, or edited beyond recognition: it is not put back.
            assert new[other] not in now


@pytest.mark.parametrize("name", CHANGES)
@steady
@given(edits=edits)
def test_the_same_figures_change_nothing(name: str, edits: Edits) -> None:
    papers = pair(name)
    mine = edited(papers.docx, edits)
    assert papers.refreshed(mine, same=True).docx == mine
