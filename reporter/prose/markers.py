"""Private marks round the words that state something, and their way into spans.

While a sentence is being made its figures, periods and names carry a mark each, so that clauses may
be joined, reordered and recast as plain text. `resolve` takes the marks out of the finished
sentence and says where they stood. Marks use three characters of Unicode's private area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from reporter.facts import Fact
from reporter.prose.nouns import Span

OPEN, MID, CLOSE = "\ue000", "\ue001", "\ue002"
TOKEN = re.compile(f"{OPEN}([0-9]+){MID}|{CLOSE}")
_BEGIN = re.compile(f"{OPEN}([0-9]+){MID}")
_MARKED = re.compile(f"{OPEN}([0-9]+){MID}([^{CLOSE}]*){CLOSE}")
Kind = Literal["number", "period", "name"]


class Mark(NamedTuple):
    """What the marked words state, of which fact, and whether they are set off in bold."""

    kind: Kind
    fact: Fact
    field: str
    number: float | None = None
    key: str = ""
    bold: bool = False


class Marks:
    """The marks given out in one report, by number."""

    def __init__(self) -> None:
        self._given: list[Mark] = []

    def put(self, text: str, mark: Mark) -> str:
        """`text` with `mark` round it, in place of marks within; nothing round nothing."""
        if not text:
            return ""
        if OPEN in text:
            text = plain(text)
        self._given.append(mark)
        return f"{OPEN}{len(self._given) - 1}{MID}{text}{CLOSE}"

    def within(self, text: str) -> list[Mark]:
        """The marks in `text`, in their order."""
        return [self.of(number) for number in _BEGIN.findall(text)]

    def of(self, number: str) -> Mark:
        """The mark with that number, as it stands in a text."""
        return self._given[int(number)]

    def without(self, text: str, field: str) -> str:
        """`text` without the words that state `field`."""

        def keep(found: re.Match[str]) -> str:
            mark = self._given[int(found.group(1))]
            return "" if mark.field == field else found.group()

        return _MARKED.sub(keep, text)


class Resolved(NamedTuple):
    """Plain text with its facts and its marks, and the spans and bold stretches these stood for."""

    text: str
    facts: tuple[Fact, ...]
    marks: Sequence[Mark]
    spans: tuple[Span, ...]
    bold: tuple[tuple[int, int], ...]


def plain(text: str) -> str:
    """`text` without its marks."""
    return _BEGIN.sub("", text).replace(CLOSE, "") if OPEN in text else text


def length(*texts: str) -> int:
    """How many words `texts` have together."""
    return sum(len(plain(text).split()) for text in texts)


def resolve(text: str, marks: Marks, facts: Sequence[Fact]) -> Resolved:
    """The words of `text` and what they state of `facts`; facts that marks name besides follow."""
    words = _MARKED.split(text)
    met = [marks.of(number) for number in words[1::3]]
    del words[1::3]  # bare and marked words by turns are left
    known = {id(fact): fact for fact in facts}
    places = {fact: index for index, fact in enumerate(known)}
    ends = [*accumulate(map(len, words))]
    spans, bold = [], []
    for mark, start, end in zip(met, ends[:-1:2], ends[1::2], strict=True):
        kind, fact, field, number, key, is_bold = mark
        place = places.setdefault(id(fact), len(places))
        if place == len(known):
            known[id(fact)] = fact
        spans.append(Span(start, end, kind, place, field, number, key))
        if is_bold:
            bold.append((start, end))
    return Resolved("".join(words), tuple(known.values()), met, tuple(spans), tuple(bold))
