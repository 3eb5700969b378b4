"""Phrases about one figure as one: order, connectives, and nothing said twice.

Praise and blame are parted by "but", which is true exactly because the two are judged differently;
"still" is added where what moved for the better stands where it should not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reporter.prose.voice import Voice
from reporter.rules import Message

STANDING = ("target", "comparator", "rank")
"""Kinds that say where a figure stands, not how it moved."""


class Phrase(NamedTuple):
    """A rendered message: its words, which way it is judged, and the message itself."""

    text: str
    valence: int
    message: Message
    across: Message | None = None
    """Of a change, the low or peak between its two figures, which the phrase tells too."""
    between: str = ""
    """Its words: "with a low of 70% in February 2021 in between"."""

    @property
    def is_open(self) -> bool:
        """Whether a comma must close it: "the third rise in a row, from 400 in February 2019"."""
        return bool(self.between) or ", " in self.text

    @property
    def messages(self) -> list[Message]:
        """What the phrase says."""
        return [self.message] if self.across is None else [self.message, self.across]


def hang(clause: str, phrases: Sequence[Phrase], voice: Voice) -> str:
    """`clause` with `phrases` after it: ", up from 76% in May 2018 but still below the target"."""
    return f"{clause}, {join(phrases, voice)}" if phrases else clause


def hang_on_verb(
    clause: str, phrases: Sequence[Phrase], valence: int, was: str, voice: Voice
) -> str:
    """`clause`, which says how a figure moved (judged `valence`), with where it stands after it:
    ", above the target of 90%", or ", but was still below" it.
    """
    if not phrases:
        return clause
    text = join(phrases, voice)
    if phrases[0].valence * valence >= 0:
        return f"{clause}, {text}"
    still = f" {voice.word('still')}" if phrases[0].message.fact.kind in STANDING else ""
    return f"{clause}, {voice.word('but')} {was}{still} {text}"


def in_order(phrases: Sequence[Phrase]) -> list[Phrase]:
    """`phrases` with at most one turn from good to bad or back; movements before standings."""
    judged = [phrase.valence for phrase in phrases if phrase.valence]
    first = judged[0] if judged else 0

    def place(phrase: Phrase) -> tuple[bool, bool]:
        return phrase.valence * first < 0, phrase.message.fact.kind in STANDING

    return sorted(phrases, key=place)


def join(phrases: Sequence[Phrase], voice: Voice) -> str:
    """`phrases` as one: "better than in October 2020 (76%) but still short of the target"."""
    groups: list[list[Phrase]] = []
    for phrase in phrases:
        if groups and not _turns(groups[-1], phrase):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    texts = [_listed(group, voice) for group in groups]
    text = texts[0]
    for group, before, words in zip(groups[1:], groups, texts[1:], strict=False):
        still = _still(before, group[0])
        comma = "," if before[-1].is_open else ""
        text += f"{comma} {voice.word('but_still' if still else 'but')} {words}"
    return text


def _turns(group: Sequence[Phrase], phrase: Phrase) -> bool:
    """Whether `phrase` is judged the other way than what stands in `group`."""
    return any(held.valence * phrase.valence < 0 for held in group)


def _still(before: Sequence[Phrase], phrase: Phrase) -> bool:
    """A figure that moved one way yet stands on the other side is still there."""
    moved = any(p.message.fact.kind not in STANDING and p.valence for p in before)
    return moved and phrase.message.fact.kind in STANDING


def _listed(phrases: Sequence[Phrase], voice: Voice) -> str:
    """Phrases judged alike; one that begins like the one before it does not say so again."""
    starts = voice.starts
    runs: list[list[str]] = []
    before = ""
    for phrase in phrases:
        start = next((start for start in starts if phrase.text.startswith(start)), "")
        if start and start == before:
            runs[-1].append(starts[start] + phrase.text.removeprefix(start))
        else:
            runs.append([phrase.text])
        before = start
    and_ = f" {voice.word('and')} "
    texts = [_series(run, and_) for run in runs]
    # A comma keeps "from A and from B" apart from what is no part of it.
    long = any(len(run) > 1 for run in runs[:-1]) or any(p.is_open for p in phrases[:-1])
    return _series(texts, f",{and_}" if long else and_)


def _series(texts: Sequence[str], and_: str) -> str:
    """`texts` with commas between them and `and_` before the last."""
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])}{and_}{texts[-1]}"
