"""What a person asks about: a paragraph's number, a table or figure, or words of the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from reporter.explaining.paper import Explained, Passage
from reporter.problems import Place, Problem, ProblemsFoundError

ALIKE = 0.6
"""Words that share so much with a sentence are taken for it."""
OFFERED = 3
_DISPLAY = re.compile(r"(table|figure|chart)\s*(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?[0-9]+[a-z]?(\.[0-9a-z]+)*\.?\)?|[a-z][.)]", re.IGNORECASE)


def find_place(explained: Explained, asked: str) -> tuple[Passage, ...]:
    """The passages of `explained` that `asked` names; raises `ProblemsFoundError` with the nearest
    where there is none.
    """
    words = " ".join(asked.split()).strip("\"'\u2018\u2019\u201c\u201d ")
    found: Sequence[Passage]
    if display := _DISPLAY.fullmatch(words):
        label = f"{'Table' if display[1].lower() == 'table' else 'Figure'} {display[2]}"
        found = [it for it in explained.passages if _label(it) == label]
    elif _NUMBER.fullmatch(words):
        number = words.strip("().").lower()
        found = [it for it in explained.passages if it.number.strip("().").lower() == number]
    else:
        found = _with_words(explained, words)
    if not found:
        raise ProblemsFoundError([_nowhere(explained, words)])
    return tuple(found)


def _label(passage: Passage) -> str:
    return passage.claim.number if passage.claim else passage.number


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[\w%£.]+", text.casefold().replace("\u00a0", " ")))


def _with_words(explained: Explained, words: str) -> list[Passage]:
    """The passages that hold `words`, now or as generated; else the one most like them."""
    asked = _folded(words)
    if not asked:
        return []
    holding = [
        it
        for it in explained.passages
        if asked in _folded(it.text) or asked in _folded(it.generated)
    ]
    if holding:
        return holding
    score, nearest = max(
        ((_likeness(asked, it), -at) for at, it in enumerate(explained.passages)), default=(0.0, 0)
    )
    return [explained.passages[-nearest]] if score >= ALIKE else []


def _likeness(asked: str, passage: Passage) -> float:
    """How much of `asked` is in the passage, word by word."""
    own, other = asked.split(), _folded(passage.text).split()
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return shared / max(len(own), 1)


def _nowhere(explained: Explained, words: str) -> Problem:
    what = f"nothing in this paper is numbered or worded {words!r}"
    if _NUMBER.fullmatch(words) or _DISPLAY.fullmatch(words):
        known = dict.fromkeys(_label(it) or it.number for it in explained.passages)
        near = sorted(filter(None, known), key=lambda it: -_close(it, words))[:OFFERED]
    else:
        asked = _folded(words)
        ranked = sorted(explained.passages, key=lambda it: -_likeness(asked, it))
        near = [it.text if len(it.text) <= 80 else f"{it.text[:77]}..." for it in ranked[:OFFERED]]
    fix = f"The nearest are: {'; '.join(near)}." if near else "The paper has no text."
    return Problem(Place.of(explained.name), "no-place", what, fix)


def _close(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()
