"""A paper as its checks see it: paragraphs of statements in reading order, and its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from reporter.english import Change, English, NOfM, Period, find_changes, find_n_of_m, read_english
from reporter.problems import Level
from reporter.reading import Block, Reading, ReadTable, sentences_of

_LONG = 60
"""A line of text this long that ends without a stop was broken by the end of a page."""
LONGEST, MOST = 2000, 40
"""More letters and numbers than a sentence has: what has more is no prose, and slow to check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: where it stands in words, its code, what is wrong and what to do."""

    at: str
    code: str
    what: str
    fix: str
    level: Level = "error"


@dataclass(frozen=True, eq=False)
class Statement:
    """A sentence with what was read in it; `turn` counts from 0 in its paragraph."""

    english: English
    turn: int
    paragraph: Paragraph

    @property
    def text(self) -> str:
        """The sentence."""
        return self.english.text

    @property
    def at(self) -> str:
        """Where it stands, in a reader's words."""
        return self.paragraph.place

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Its movements that have both ends."""
        return find_changes(self.text, self.english.quantities)

    @cached_property
    def n_of_m(self) -> tuple[NOfM, ...]:
        """Its parts of wholes."""
        return find_n_of_m(self.text, self.english.quantities)


@dataclass(eq=False)
class Paragraph:
    """A paragraph, joined where a page break cut it. `index` is its turn in the main text."""

    index: int
    kind: str
    text: str
    number: str
    level: int
    section: tuple[str, ...]
    place: str

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its sentences, read; what is longer than any sentence is left."""
        said = (read_english(s.text) for s in sentences_of(self.text) if len(s.text) <= LONGEST)
        plain = (english for english in said if len(english.quantities) <= MOST)
        return tuple(Statement(english, i, self) for i, english in enumerate(plain))


class Paper:
    """What the checks look at. `paragraphs` holds headings too, but no cells of tables."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.paragraphs = tuple(_joined(reading))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The sentences of the main text without its headings and captions."""
        spoken = (p for p in self.paragraphs if p.kind not in ("heading", "caption"))
        return tuple(statement for paragraph in spoken for statement in paragraph.statements)

    def before(self, statement: Statement) -> Statement | None:
        """The statement right before, in the same paragraph or the one before it."""
        at = self._turns[id(statement)]
        if not at:
            return None
        found = self.statements[at - 1]
        return found if statement.paragraph.index - found.paragraph.index <= 2 else None

    @cached_property
    def _turns(self) -> dict[int, int]:
        return {id(statement): at for at, statement in enumerate(self.statements)}

    @property
    def tables(self) -> tuple[ReadTable, ...]:
        """Its tables as they were read."""
        return self.reading.tables

    @cached_property
    def periods(self) -> tuple[tuple[Paragraph, Period], ...]:
        """Every period that the main text names, headings and captions too."""
        return tuple(
            (p, period)
            for p in self.paragraphs
            for s in p.statements
            for period in s.english.periods
        )

    @cached_property
    def meeting(self) -> date | None:
        """The day of the meeting, where the head of the paper names one."""
        dates = meeting_dates(self.reading)
        return dates[0][1] if dates else None

    @cached_property
    def latest_month(self) -> date | None:
        """The first day of the month that the paper reports: of those it names most, the last."""
        months = [p.first for _, p in self.periods if p.first and p.kind in ("month", "day")]
        counted = Counter(
            day.replace(day=1) for day in months if not self.meeting or day < self.meeting
        )
        often = [month for month, n in counted.items() if n >= max(3, max(counted.values()) // 2)]
        return max(often, default=None)


_MEETING = re.compile(r"\b(?:date of (?:the )?meeting|meeting date)\b\W*", re.IGNORECASE)


def meeting_dates(reading: Reading) -> list[tuple[str, date]]:
    """(place, day) wherever the paper labels a date as that of its meeting."""
    found: list[tuple[str, date]] = []
    lines = [(b.place, b.text) for b in reading.blocks if b.kind not in ("cell", "comment")]
    lines += [(table.place, " ".join(row)) for table in reading.tables for row in table.rows]
    for place, text in lines:
        label = _MEETING.search(text)
        if not label or len(text) > 150:
            continue
        days = [p for p in read_english(text[label.end() :]).periods if p.kind == "day" and p.first]
        if days and days[0].first and days[0].start < 12:
            found.append((place, days[0].first))
    return found


def _joined(reading: Reading) -> Iterator[Paragraph]:
    """The main text by paragraphs; a line that a page break cut goes on with the next one."""
    index, waiting = 0, None
    for block in reading.body:
        if (
            block.kind in ("cell", "alt")
            or _asks(block)
            or not (block.text.strip() or block.number)
        ):
            continue
        if waiting is not None and _goes_on(waiting, block):
            waiting.text = f"{waiting.text} {block.text.strip()}"
            continue
        if waiting is not None:
            yield waiting
        number, text = _number_of(block)
        waiting = Paragraph(
            index, block.kind, text, number, block.level, block.section, block.place
        )
        index += 1
    if waiting is not None:
        yield waiting


_TYPED = re.compile(
    r"(?:[-\u2022]\s+)?(?P<number>\d{1,3}(?:\.\d{1,3})+[a-z]?|(?:\d{1,2}|[a-z])(?=[.)]))[.)]?\s+"
    r"(?=[\"'(*\u2018\u201c]*[A-Z\u00a3])"
)


def _number_of(block: Block) -> tuple[str, str]:
    """The number and text of a block; a number that was typed in a Word file is its number too."""
    text = block.text.strip()
    typed = _TYPED.match(text) if block.element is not None and not block.number else None
    if typed is None:
        return block.number, text
    return typed["number"], text[typed.end() :]


def _asks(block: Block) -> bool:
    """Whether a block is a place where an author is still asked to write."""
    return block.is_asking or (block.text.startswith("[") and block.text.rstrip().endswith("]"))


_OPEN_END = re.compile(
    r"(?:,|[-–]|\b(?:an?|the|of|to|in|on|at|by|and|or|for|from|with|than|which|that|January|February"
    r"|March|April|May|June|July|August|September|October|November|December))$"
)
"""A line that ends so has not ended."""


def _goes_on(before: Paragraph, block: Block) -> bool:
    """Whether a line of a text file goes on with the sentence of the one before."""
    if block.element is not None or block.number or block.level or block.kind == "list":
        return False
    if before.level or before.text.endswith((".", "!", "?", ":", ";")) or len(before.text) < _LONG:
        return False
    return bool(re.match(r"[a-z(]", block.text) or _OPEN_END.search(before.text))


def quoted(text: str, length: int = 90) -> str:
    """A sentence in quotation marks, shortened in its middle of words."""
    said = " ".join(text.split())
    if len(said) > length:
        said = said[: length - 1].rsplit(" ", 1)[0] + " …"
    return f'"{said}"'


def figure(value: Decimal | int) -> str:
    """A number as a reader writes it: 1690 is 1,690 and 34.60 is 34.6."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
