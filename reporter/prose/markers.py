"""Private marks round the words that state something, and their way into spans.

While a sentence is being made its figures, periods and names carry a mark each, so that clauses may
be joined, reordered and recast as plain text. `resolve` takes the marks out of the finished
sentence and says where they stood. Marks use three characters of Unicode's private area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from reporter.facts import Fact
from reporter.prose.nouns import Span

OPEN, MID, CLOSE = "\ue000", "\ue001", "\ue002"
TOKEN = re.compile(f"{OPEN}([0-9]+){MID}|{CLOSE}")
_BEGIN = re.compile(f"{OPEN}([0-9]+){MID}")
_INNERMOST = re.compile(f"{OPEN}([0-9]+){MID}[^{OPEN}{MID}{CLOSE}]*{CLOSE}")
_PLACE = attrgetter("start", "end")
Kind = Literal["number", "period", "name", "bold"]


class Mark(NamedTuple):
    """What the marked words state, of which fact; `bold` marks set words off and state nothing."""

    kind: Kind
    fact: Fact | None
    field: str = ""
    number: float | None = None
    key: str = ""


class Marks:
    """The marks given out in one report, by number."""

    def __init__(self) -> None:
        self._given: list[Mark] = []

    def put(self, text: str, mark: Mark) -> str:
        """`text` with `mark` round it; nothing round nothing."""
        if not text:
            return ""
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

        return _INNERMOST.sub(keep, text)


class Resolved(NamedTuple):
    """Plain text with its facts, its marks in their order, and the spans and bold stretches that
    these stood for.
    """

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
    """The words of `text` and what they state of `facts`; facts that marks name besides are added.

    Words are cut at the marks, not sought by a pattern: it is done to every sentence, row and cell.
    """
    places = {id(fact): index for index, fact in enumerate(facts)}
    known = [*facts]
    words: list[str] = []
    end = 0
    met: list[Mark] = []
    still_open: list[tuple[Mark, int]] = []
    spans: list[Span] = []
    bold: list[tuple[int, int]] = []
    *closed, last = text.split(CLOSE)
    for piece in closed:
        before, *begun = piece.split(OPEN)
        words.append(before)
        end += len(before)
        for each in begun:
            number, _, after = each.partition(MID)
            mark = marks.of(number)
            met.append(mark)
            if mark.fact is not None and id(mark.fact) not in places:
                places[id(mark.fact)] = len(known)
                known.append(mark.fact)
            still_open.append((mark, end))
            words.append(after)
            end += len(after)
        mark, start = still_open.pop()
        if mark.kind == "bold":
            bold.append((start, end))
        elif mark.fact is not None:
            where = places[id(mark.fact)]
            spans.append(Span(start, end, mark.kind, where, mark.field, mark.number, mark.key))
    words.append(last)
    spans.sort(key=_PLACE)
    return Resolved("".join(words), tuple(known), met, tuple(spans), tuple(sorted(bold)))
