"""The nouns of this room: what the paper will say, in what order and form. No grammar, no Word.

Those of which a paper has thousands are named tuples, made and compared in a third of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reporter.facts import Fact
from reporter.rules import Message
from reporter.sources import Brief, Rebase


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """Messages about one series (or one indicator over its categories), the opening one first.

    Prose makes one to three sentences of it. `parallel` groups hold like messages about the members
    of a breakdown, to be said as a list.
    """

    indicator: str
    breakdown: str
    category: str
    messages: tuple[Message, ...]
    parallel: bool = False
    every: bool = False
    """Whether a group of measures without a figure is all that its section has spoken of."""


@dataclass(frozen=True, slots=True)
class ParagraphPlan:
    """Groups that share a paragraph. `about` is what it opens with: a measure, or a summary."""

    groups: tuple[MessageGroup, ...]
    about: Literal["measure", "summary", "bucket"] = "measure"
    bucket: Literal["", "better", "same", "worse", "not_judged"] = ""


@dataclass(frozen=True, slots=True)
class AuthorText:
    """The author's own paragraph, word for word."""

    text: str


@dataclass(frozen=True, slots=True)
class PromptPlan:
    """A marked place for the author, and the change that raises the question."""

    message: Message


ColumnKind = Literal[
    "measure", "category", "current", "previous", "last_year", "base", "target", "minimum", "upper",
    "band", "direction", "comparator", "ratio", "difference", "numerator", "denominator", "period",
    "share", "budget", "variance", "rank", "quartile", "bands", "sparkline",
]  # fmt: skip


class ColumnPlan(NamedTuple):
    """A column: what it holds and, for periods, comparators and baselines, which.

    `current` is of an indicator, by its code, where measures stand side by side as columns.
    """

    kind: ColumnKind
    of: str = ""


class CellPlan(NamedTuple):
    """What stands in a cell: a field of a fact, or a name; `why_not` where there is no figure."""

    fact: Fact | None = None
    field: str = ""
    why_not: str = ""
    course: tuple[Fact | None, ...] = ()
    """The figures of a sparkline in time order, None for a gap; `fact` is then the last of them."""


Cells = Mapping[ColumnPlan, CellPlan]
"""The cells of a row by their columns."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row while its table is planned: what is known of a series, before columns are chosen."""

    series: tuple[str, str, str]
    cells: Cells
    total: bool = False


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row about one series; a cell a column after the first, which names the series."""

    indicator: str
    breakdown: str
    category: str
    cells: tuple[CellPlan, ...]
    total: bool = False
    """Whether it is the sum of the rows above it."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table; `caption` is the author's, or empty for prose to write one.

    `too_few` are comparators with figures for so few rows that they have no column.
    """

    kind: str
    caption: str
    columns: tuple[ColumnPlan, ...]
    rows: tuple[RowPlan, ...]
    too_few: tuple[str, ...] = ()
    breaks: tuple[BreakPlan, ...] = ()


class PointPlan(NamedTuple):
    """A point of a chart: None is a gap, never zero.

    `mark`: words such as approximate, provisional; improvement, concern or signal (neither good nor
    bad) for a special cause; break where nothing before it in its series may be compared with it;
    apart for a gap whose figure may not be compared with any other. `of` is the denominator, where
    a funnel puts points over theirs.
    """

    period: str
    value: float | None
    mark: str = ""
    of: float | None = None


LineRole = Literal["own", "comparator", "target", "member", "limit", "centre"]


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A series of a chart. `role` decides its look: the area's own, a comparator, a target.

    A limit's `category` says which it is: upper or lower; in a funnel 95 or 99.8 before that.
    `until` is the period before which an average or a limit held, where it was worked out anew, or
    with which a break begins, where the line goes on as another.
    """

    indicator: str
    area: str
    breakdown: str
    category: str
    role: LineRole
    points: tuple[PointPlan, ...]
    until: str = ""


Caution = Literal["uneven", "trial", "few", "stock", "rare"]


@dataclass(frozen=True, slots=True)
class RebasePlan:
    """A declared change of the process, and the first period whose figure comes after it."""

    period: str
    change: Rebase


@dataclass(frozen=True, slots=True)
class BreakPlan:
    """Figures of a measure that may not be compared with its others, and why ("" if nobody says).

    Those before the one of its `periods` or, where they stand `apart`, those for all of them.
    """

    indicator: str
    periods: tuple[str, ...]
    apart: bool
    why: str


MOST_PAIRS = 18


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart: kind, series and the facts that its alternative text states.

    `verdict` is what limits allow to be said of the area's latest figure: common, improvement,
    concern or signal (xmr); within, above, below, far_above or far_below (funnel). Empty: nothing.
    `cautions` of a control chart: denominators so uneven that each point has limits of its own; too
    few points for a verdict (trial), or for limits that stay as they are (few); figures that carry
    over from one to the next (stock); events too rare for it.
    `rule` is that of STANDARDS 2.2 by which the latest figure is a signal; 0 where it is none.
    """

    kind: str
    caption: str
    lines: tuple[LinePlan, ...]
    messages: tuple[Message, ...]
    unit: str
    decimals: int
    verdict: str = ""
    rule: int = 0
    cautions: tuple[Caution, ...] = ()
    rebased: tuple[RebasePlan, ...] = ()
    breaks: tuple[BreakPlan, ...] = ()

    @property
    def drawn_as_lines(self) -> bool:
        """Whether so many starts and ends are lines: bars could not be told apart."""
        return len({point.period for line in self.lines for point in line.points}) > MOST_PAIRS

    @property
    def trial(self) -> bool:
        """Whether its limits rest on too few points to be judged by."""
        return "trial" in self.cautions


Block = ParagraphPlan | AuthorText | PromptPlan | TablePlan | ChartPlan


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section of the outline, in order; `within` is the key of the template's that holds it."""

    heading: str
    blocks: tuple[Block, ...]
    sections: tuple[SectionPlan, ...] = ()
    within: str = ""


class LeftOut(NamedTuple):
    """A message that was not said, and why."""

    fact: Fact
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """The whole paper: its brief, its sections in the outline's order, and what was left out."""

    brief: Brief
    sections: tuple[SectionPlan, ...]
    left_out: tuple[LeftOut, ...] = ()
