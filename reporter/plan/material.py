"""What the planner chooses from: the messages and facts of a report, by series.

In come a commission, facts and messages; out goes one frozen `Material` that every part of this
room reads. It knows no order and chooses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from reporter.facts import Caveat, Fact
from reporter.rules import Message
from reporter.sources import Brief, Commission, Dataset, Indicator, Measure, Period, parse_period

_NUMBER = re.compile(r"\d+")
_BELOW = ("under ", "below ", "up to ", "<")
Series = tuple[str, str, str]
"""Indicator, breakdown and category; the last two are empty for the total."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Messages and facts by series, in a fixed order: the heaviest first."""

    commission: Commission
    period: Period
    messages: Mapping[Series, tuple[Message, ...]]
    facts: Mapping[Series, Mapping[str, Sequence[Fact]]]
    """By series and kind."""
    levels: Mapping[Series, Fact]
    """The latest level of each series that has one."""

    @property
    def brief(self) -> Brief:
        """The author's brief."""
        return self.commission.brief

    @property
    def dataset(self) -> Dataset:
        """The figures themselves, for charts."""
        return self.commission.dataset

    def indicator(self, code: str) -> Indicator:
        """The catalogue's entry for `code`; the sources room has made sure that there is one."""
        return self.dataset.catalogue.indicators[code]

    def about(self, series: Series) -> tuple[Message, ...]:
        """Messages about `series`, the heaviest first."""
        return self.messages.get(series, ())

    def of_kind(self, series: Series, kind: str) -> tuple[Fact, ...]:
        """Facts of one kind about `series`, in the order in which they were made."""
        return tuple(self.facts.get(series, {}).get(kind, ()))

    def present(self, series: Series) -> Fact | None:
        """The latest level of `series`; of several that end together the first that was made."""
        return self.levels.get(series)

    def members(self, measure: Measure) -> tuple[str, ...]:
        """The categories that `measure` asks for: its list, else the catalogue's and as found.

        Categories that all have numbers, such as age groups, run upwards.
        """
        if measure.categories:
            return measure.categories
        declared = self.dataset.catalogue.breakdowns.get(measure.breakdown)
        listed = tuple(declared.members) if declared else ()
        found = {
            category
            for indicator, breakdown, category in (*self.messages, *self.facts)
            if (indicator, breakdown) == (measure.indicator, measure.breakdown) and category
        }
        every = (*listed, *sorted(found.difference(listed)))
        ages = [_NUMBER.search(category) for category in every]
        if not all(ages):
            return every
        return tuple(sorted(every, key=_by_number))

    def missing(self, measure: Measure, category: str = "") -> Fact:
        """The caveat that `measure` has no figure for the report's period."""
        return Caveat(
            indicator=measure.indicator,
            area=self.brief.area,
            breakdown=measure.breakdown,
            category=category,
            period=self.brief.period,
            period_type="",
            unit=self.indicator(measure.indicator).unit,
            reason="missing",
        )


def _by_number(category: str) -> tuple[bool, int, str]:
    """Under 1, 1 to 4, 5 to 9, 16 and over."""
    found = _NUMBER.search(category)
    first = int(found.group()) if found else 0
    return not category.lower().startswith(_BELOW), first, category


def series_of(fact: Fact) -> Series:
    """The series that `fact` is about."""
    found: Series = _SERIES(fact)
    return found


_SERIES = attrgetter("indicator", "breakdown", "category")


def _latest(levels: Sequence[Fact]) -> Fact:
    return max(levels, key=lambda fact: parse_period(fact.period).end)


_WEIGHT = attrgetter("weight")
_BY_NAME = attrgetter(
    "rule.id", "fact.period", "fact.base_period", "fact.comparator", "fact.indicator",
    "fact.breakdown", "fact.category",
)  # fmt: skip


def heaviest_first(messages: Iterable[Message]) -> tuple[Message, ...]:
    """`messages` by weight; equal ones by rule, period and comparator: every run agrees."""
    return tuple(sorted(sorted(messages, key=_BY_NAME), key=_WEIGHT, reverse=True))


def gather(commission: Commission, facts: Iterable[Fact], messages: Sequence[Message]) -> Material:
    """The material of a report: everything about the brief's own area, by series."""
    by_series: dict[Series, list[Message]] = {}
    for message in messages:
        by_series.setdefault(_SERIES(message.fact), []).append(message)
    known: dict[Series, dict[str, list[Fact]]] = {}
    for fact in facts:
        known.setdefault(_SERIES(fact), {}).setdefault(fact.kind, []).append(fact)
    return Material(
        commission=commission,
        period=parse_period(commission.brief.period),
        messages={series: heaviest_first(found) for series, found in by_series.items()},
        facts=known,
        levels={it: _latest(kinds["level"]) for it, kinds in known.items() if "level" in kinds},
    )
