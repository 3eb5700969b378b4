"""What a paper may speak of: the measures of its outline, and those that stand behind them.

Asked once a brief, before a rule is held against any fact: comparisons of other measures, of which
published figures have many, go into the evidence as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporter.sources import Commission, Indicator, Section

IN_TABLES = frozenset(
    {"level", "change", "target", "comparator", "rank", "share", "finance", "caveat"}
)
"""Kinds of fact that a table shows, or that a summary counts of what stands in one."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Codes of the measures that a paper may tell or draw, and of all that it may show."""

    told: frozenset[str]
    shown: frozenset[str]

    def of(self, kind: str) -> frozenset[str]:
        """The measures of which the paper may use facts of a kind; "" stands for the paper's own
        counts.
        """
        return self.shown if kind in IN_TABLES else self.told


def reach_of(commission: Commission) -> Reach:
    """What the paper of `commission` may speak of, and what the previous paper knew of."""
    catalogue = commission.dataset.catalogue.indicators
    previous = commission.previous.known if commission.previous else frozenset[str]()
    told = {"", *previous}
    tabled: set[str] = set()
    for section in commission.brief.outline:
        _note(section, told, tabled)
    links = [(code, other) for code, entry in catalogue.items() for other in _named(entry)]
    return Reach(_with_kin(told, links), _with_kin(told | tabled, links))


def _note(section: Section, told: set[str], tabled: set[str]) -> None:
    """Add what a section tells or draws, and what only its tables show.

    A table that stands in place of sentences tells its measures, and the members of a breakdown are
    found among facts of every kind.
    """
    told |= {measure.indicator for measure in section.measures}
    told |= {m.indicator for chart in section.charts or () for m in chart.measures}
    for table in section.tables:
        tabled |= {measure.indicator for measure in table.measures}
        told |= {m.indicator for m in table.measures if table.instead or m.breakdown}
    for inner in section.sections:
        _note(inner, told, tabled)


def _named(entry: Indicator) -> Iterator[str]:
    """The measures that a measure's entry names: its rate, its budget, the flows of a stock."""
    one = (entry.rate, entry.conversion_from, entry.population, entry.share_of, entry.budget,
           entry.outturn, entry.unit_cost, entry.echo_of)  # fmt: skip
    yield from filter(None, (*one, *entry.linked))
    if entry.flows:
        yield from (entry.flows.starts, entry.flows.ends)


def _with_kin(codes: Iterable[str], links: Iterable[tuple[str, str]]) -> frozenset[str]:
    """`codes` and all that stand behind them, whichever of two names the other."""
    beside: dict[str, list[str]] = {}
    for one, other in links:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found = set(codes)
    waiting = list(found)
    while waiting:
        new = [other for other in beside.get(waiting.pop(), ()) if other not in found]
        found.update(new)
        waiting += new
    return frozenset(found)
