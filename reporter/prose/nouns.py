"""The nouns of this room: a report in words, each number, period and name tied to its fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from reporter.facts import Fact
from reporter.plan import ChartPlan, LeftOut
from reporter.sources import Brief


class Span(NamedTuple):
    """Words that state something of a fact: `text[start:end]`.

    A number states `number`, the exact value, hedges included ("just under a quarter" for 24.1); a
    period or name states `key`. `fact` is an index into the statement's facts. Every digit of a
    generated statement lies in exactly one span.
    """

    start: int
    end: int
    kind: Literal["number", "period", "name"]
    fact: int
    field: str
    number: float | None = None
    key: str = ""


class Statement(NamedTuple):
    """A generated sentence, table row or alternative text, with its evidence; `id` is s001 ..."""

    id: str
    text: str
    facts: tuple[Fact, ...]
    rules: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Generated sentences of one paragraph, in order."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Parallel statements, one a bullet."""

    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class AuthorParagraph:
    """The author's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A marked place: what the author is asked. Removed or replaced before the paper is final."""

    statement: Statement


Rag = Literal["", "red", "amber", "green"]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading, and whether its cells are numbers (right-aligned)."""

    heading: str
    numeric: bool


class Cell(NamedTuple):
    """A cell's words; `rag` colours it beside the word that is already there."""

    text: str
    rag: Rag = ""


class Row(NamedTuple):
    """A row: its cells, and the statement that carries its evidence (the cells joined by "; ")."""

    cells: tuple[Cell, ...]
    statement: Statement
    total: bool = False
    """Whether it is the sum of the rows above it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption and notes. No merged and no blank cells."""

    kind: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart writes of its own: how figures look along its axes, and what is not there."""

    before: str
    """What stands before a figure: "£" where it is money."""
    after: str
    """What stands after it: "%"."""
    minus: str
    million: str
    less_than: str
    no_figure: str
    cut_label: str
    """The name of the value axis where that does not start at zero."""
    ends: str
    """What hollow and full dots are, in a chart of two periods; empty in others."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in words: the plan it is drawn from and everything written on or beside it.

    The figures of the plan are as exact as the data; sums of money are those that the text states.
    """

    plan: ChartPlan
    title: str
    subtitle: str
    value_label: str
    line_labels: tuple[str, ...]
    """One a line of the plan, in its order."""
    period_labels: tuple[str, ...]
    """One a distinct period, in time order."""
    caption: str
    source: str
    alt: Statement
    words: ChartWords
    shown: tuple[tuple[str, ...], ...]
    """For each line the words of its figures as the text has them, gaps empty; nothing for the
    curves of a funnel.
    """
    notes: tuple[str, ...] = ()
    """What points, gaps and limits mean, a sentence each."""
    across_label: str = ""
    """What lies along the foot of a funnel; empty where that is time or names."""


RealisedBlock = Paragraph | BulletList | AuthorParagraph | Prompt | Table | Chart


@dataclass(frozen=True, slots=True)
class RealisedSection:
    """A section in words; `within` is the key of the template's section that holds it."""

    heading: str
    blocks: tuple[RealisedBlock, ...]
    sections: tuple[RealisedSection, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class RealisedReport:
    """The narrative in words, ready for a template. Front matter stays in the brief."""

    brief: Brief
    period: str
    """The reporting period as the house names it: "May 2019"."""
    sections: tuple[RealisedSection, ...]
    left_out: tuple[LeftOut, ...] = ()
    methods: tuple[str, ...] = ()
    """How the comparisons were made that its sentences rest on, a sentence a method."""
