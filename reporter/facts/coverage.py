"""Of how many measures of the outline there is no figure, or none of late: what a reader must know
of a place too small, or too new, for most of what is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Literal

from reporter.facts.fact import Fact
from reporter.facts.kinds import CountSummary
from reporter.facts.question import Question
from reporter.facts.thresholds import Thresholds
from reporter.sources import Brief, parse_period

YEAR = 366
Lack = Literal["without_figure", "old_figure"]


def coverage(
    brief: Brief, facts: Iterable[Fact], thresholds: Thresholds
) -> tuple[CountSummary, ...]:
    """How many measures have no figure (`without_figure`), and how many an old one at best
    (`old_figure`); nothing where nearly all have one of late, or the outline has few measures.

    `facts` are those about the area of `brief`. What stands behind a count are the latest figures
    of all measures that have any.
    """
    groups = Question.of(brief, thresholds).groups
    asked = tuple(dict.fromkeys(chain.from_iterable(groups.values())))
    if len(asked) < thresholds.whole("coverage_measures"):
        return ()
    latest = _latest(facts, asked)
    long_ago = timedelta(days=YEAR * thresholds.whole("old_figure"))
    until = parse_period(brief.period).end
    lacking = [code for code in asked if code not in latest]
    old = [code for code in latest if until - parse_period(latest[code].period).end > long_ago]
    if 100 * (len(lacking) + len(old)) <= thresholds["coverage_part"] * len(asked):
        return ()
    return tuple(_counts(brief, {"without_figure": lacking, "old_figure": old}, asked, latest))


def _latest(facts: Iterable[Fact], asked: Sequence[str]) -> dict[str, Fact]:
    """The latest figure of each measure `asked` that has one, in the order asked."""
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind != "level" or fact.value is None:
            continue
        held = found.get(fact.indicator)
        if held is None or parse_period(held.period).end < parse_period(fact.period).end:
            found[fact.indicator] = fact
    return {code: found[code] for code in asked if code in found}


def _counts(
    brief: Brief, found: Mapping[Lack, Sequence[str]], asked: Sequence[str],
    latest: Mapping[str, Fact],
) -> Iterator[CountSummary]:  # fmt: skip
    sources = dict.fromkeys(source for fact in latest.values() for source in fact.sources)
    for what, members in found.items():
        if members:
            yield CountSummary(
                what=what,
                indicator="", area=brief.area, period=brief.period,
                period_type=parse_period(brief.period).kind, unit="count",
                denominator=float(len(asked)), result=float(len(members)),
                result_unit="measures", members=tuple(members), sources=tuple(sources),
            )  # fmt: skip
