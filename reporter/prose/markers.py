"""Private marks round the words that state something, and their way into spans.

While a sentence is being made its figures, periods and names carry a mark each, so that clauses may
be joined, reordered and recast as plain text. `resolve` takes the marks out of the finished
sentence and says where they stood. Marks use three characters of Unicode's private area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reporter.facts import Fact
from reporter.prose.nouns import Span

OPEN, MID, CLOSE = "\ue000", "\ue001", "\ue002"
TOKEN = re.compile(f"{OPEN}([0-9]+){MID}|{CLOSE}")
_INNERMOST = re.compile(f"{OPEN}([0-9]+){MID}[^{OPEN}{MID}{CLOSE}]*{CLOSE}")
Kind = Literal["number", "period", "name", "bold"]


@dataclass(frozen=True, slots=True)
class Mark:
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
        return [self.of(number) for number in TOKEN.findall(text) if number]

    def of(self, number: str) -> Mark:
        """The mark with that number, as it stands in a text."""
        return self._given[int(number)]

    def without(self, text: str, field: str) -> str:
        """`text` without the words that state `field`."""

        def keep(found: re.Match[str]) -> str:
            mark = self._given[int(found.group(1))]
            return "" if mark.field == field else found.group()

        return _INNERMOST.sub(keep, text)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Plain text with the spans and the bold stretches that its marks stood for."""

    text: str
    spans: tuple[Span, ...]
    bold: tuple[tuple[int, int], ...]


def plain(text: str) -> str:
    """`text` without its marks."""
    return TOKEN.sub("", text) if OPEN in text else text


def length(*texts: str) -> int:
    """How many words `texts` have together."""
    return sum(len(plain(text).split()) for text in texts)


def resolve(text: str, marks: Marks, facts: Sequence[Fact]) -> Resolved:
    """The words of `text` and what they state of `facts`, which must hold every marked fact."""
    # Words and marks by turns: a mark's number where it opens, None where it closes.
    first, *rest = TOKEN.split(text)
    words, end = [first], len(first)
    spans: list[Span] = []
    bold: list[tuple[int, int]] = []
    open_marks: list[tuple[Mark, int]] = []
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        if number:
            open_marks.append((marks.of(number), end))
        else:
            mark, start = open_marks.pop()
            if mark.kind == "bold":
                bold.append((start, end))
            elif mark.fact is not None:
                where = _index(facts, mark.fact)
                spans.append(Span(start, end, mark.kind, where, mark.field, mark.number, mark.key))
        words.append(after)
        end += len(after)
    spans.sort(key=lambda span: (span.start, span.end))
    return Resolved("".join(words), tuple(spans), tuple(sorted(bold)))


def _index(facts: Sequence[Fact], fact: Fact) -> int:
    for index, held in enumerate(facts):
        if held is fact:
            return index
    return list(facts).index(fact)
