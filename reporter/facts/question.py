"""What is asked of the figures: which areas, up to when, since when, against whom.

A `Question` holds everything that `compute_facts` needs beside the dataset, so that the same
question of the same figures gives the same facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from reporter.facts.thresholds import Thresholds
from reporter.sources import Brief, Section, parse_period


@dataclass(frozen=True, slots=True)
class Since:
    """A baseline: the days it covers, and the brief's name for it."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a dataset.

    `areas` None asks for every authority. `comparators` None compares each area with what belongs
    to it: its region, every country and published group, and the peer groups made for it. Names
    compare with those, in that order; where `own` has an area, with the names there in their place.
    `groups` are sections: a name and the codes of its indicators, each counted.
    """

    start: date
    end: date
    """The reporting period; no figure that ends later is used, unless it is a forecast."""
    thresholds: Thresholds
    areas: tuple[str, ...] | None = None
    baselines: tuple[Since, ...] = ()
    comparators: tuple[str, ...] | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def against(self, area: str) -> tuple[str, ...] | None:
        """The names that `area` is held against, in order; None for what belongs to it."""
        return self.own.get(area, self.comparators)

    @classmethod
    def of(cls, brief: Brief, thresholds: Thresholds) -> Question:
        """The question that a brief asks; its periods have been checked by the sources room."""
        period = parse_period(brief.period)
        baselines = []
        for baseline in brief.baselines:
            since = parse_period(baseline.period)
            baselines.append(Since(baseline.name, since.start, since.end))
        groups: dict[str, tuple[str, ...]] = {}
        for section in brief.outline:
            _note(section, groups)
        return cls(
            start=period.start,
            end=period.end,
            thresholds=thresholds,
            areas=(brief.area,),
            baselines=tuple(baselines),
            comparators=brief.comparators,
            groups=groups,
        )

    @classmethod
    def of_all(cls, briefs: Sequence[Brief], thresholds: Thresholds) -> Question:
        """The question that several briefs ask together, which differ in their areas only and in
        what these are held against. Groups have the headings of the first.
        """
        first = cls.of(briefs[0], thresholds)
        own = {brief.area: brief.comparators for brief in briefs}
        return replace(first, areas=tuple(own), own=own)

    @classmethod
    def at(
        cls, period: str, thresholds: Thresholds, areas: tuple[str, ...] | None = None
    ) -> Question:
        """Everything about `areas` as at `period`, a key such as 2019-05."""
        asked = parse_period(period)
        return cls(start=asked.start, end=asked.end, thresholds=thresholds, areas=areas)


def _note(section: Section, groups: dict[str, tuple[str, ...]]) -> None:
    """The codes that a section, its tables and its subsections speak of, under its heading."""
    for below in section.sections:
        _note(below, groups)
    own = [measure.indicator for measure in section.measures]
    own += [measure.indicator for table in section.tables for measure in table.measures]
    for below in section.sections:
        own += groups.get(below.heading, ())
    if own:
        groups[section.heading] = tuple(dict.fromkeys(own))
