"""Sentences of the author's own that still give a figure of the draft which is another one now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporter.refresh.align import Spot
from reporter.refresh.decide import Papers
from reporter.refresh.identity import Moved, moved_numbers
from reporter.refresh.likeness import words_in
from reporter.refresh.lines import normal

_FIGURE = re.compile(r"[£$€]?\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(19|20)\d\d")
_WORD = 5
"""A word of so many letters or more tells what a sentence is about."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A sentence to look at, and what to say of it."""

    spot: Spot
    lines: tuple[str, ...]


def stale_sentences(papers: Papers, unsaid: Sequence[Mapping[str, Any]]) -> list[Stale]:
    """The author's own sentences that give a figure which moved, and speak of the same thing.

    `unsaid` are the facts that the new paper does not tell.
    """
    moved = moved_numbers(list(papers.said.values()), list(papers.says.values()), unsaid)
    by_figure: dict[str, list[Moved]] = {}
    for each in moved:
        for figure in _FIGURE.findall(each.was):
            by_figure.setdefault(figure, []).append(each)
    found = []
    for spot in papers.found.free:
        text = papers.places[spot.at].block.pieces[0].text[spot.start : spot.end]
        before = list(dict.fromkeys(_lines(text, by_figure, papers)))
        if before:
            opening = "You wrote this, so it stays as it is. A figure in it may have changed."
            left = papers.hiding.is_left(text, papers.said.values())
            found.append(Stale(spot, tuple(papers.hiding.told(opening, before, (), left))))
    return found


def _lines(text: str, by_figure: Mapping[str, Sequence[Moved]], papers: Papers) -> list[str]:
    about = _long_words(text)
    lines = []
    for figure in _FIGURE.findall(text):
        for moved in by_figure.get(figure, ()) if _is_telling(figure) else ():
            if about & _subject_words(moved.statement, papers):
                gone = f"the new paper no longer gives {moved.was}."
                now = f"{moved.was} is now {moved.now}." if moved.now else gone
                before = normal(str(papers.said[moved.statement]["text"]))
                lines += [f"Before: {before}", f"Now: {now}"]
                break
    return lines


def _subject_words(statement: str, papers: Papers) -> set[str]:
    """Words that tell what a statement is about: its own, its section's, and those of the others
    on the same measures."""
    own = papers.said[statement]
    measures = {fact["indicator"] for fact in own["facts"]}
    told = [
        str(each["text"])
        for each in papers.said.values()
        if measures & {fact["indicator"] for fact in each["facts"]}
    ]
    return _long_words(" ".join([*told, str(own["section"])]))


def _long_words(text: str) -> set[str]:
    return {word for word in words_in(normal(text)) if len(word) >= _WORD and word.isalpha()}


def _is_telling(figure: str) -> bool:
    """Whether a figure is unlikely to stand in a sentence by chance."""
    digits = re.sub(r"\D", "", figure)
    return not _YEAR.fullmatch(figure) and (len(digits) > 1 or not figure.isdigit())
