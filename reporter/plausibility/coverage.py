"""Whether there are figures enough, and new enough, for what the outline asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from reporter.plausibility.looking import Figures
from reporter.problems import Place, Problem
from reporter.sources import parse_period

PART = 0.2
"""So much of the measures of an outline may lack a figure, or have an old one."""
FEWEST = 5
"""Outlines of fewer measures are overseen without help."""
OLD = 3 * 366
"""Days before the end of the report after which a latest figure is an old one."""


def check_coverage(figures: Figures) -> Iterator[Problem]:
    """That many measures of the outline have no figure for the area, or none of late."""
    asked = figures.asked
    latest: dict[str, date] = {}
    courses = figures.courses
    ends = figures.layout.end[courses.rows[courses.stops - 1]].tolist()
    for series, end in zip(courses.series, ends, strict=True):
        latest[series.indicator] = max(end, latest.get(series.indicator, date.min))
    until = parse_period(figures.brief.period).end
    lacking = sum(code not in latest for code in asked)
    old = sum((until - latest[code]).days > OLD for code in asked if code in latest)
    if len(asked) < FEWEST or lacking + old <= PART * len(asked):
        return
    newest = f" The newest figure of all is of {max(latest.values()):%B %Y}." if latest else ""
    have = "has" if lacking == 1 else "have"
    what = (
        f"of {len(asked)} measures, {lacking:,} {have} no figure for {figures.brief.area} that may "
        f"be shown, and the latest of {old:,} is more than three years old"
    )
    fix = f"Say so where the paper begins, or leave out what has too little to tell.{newest}"
    yield Problem(_outline(figures), "few-figures", what, fix, "warning")


def _outline(figures: Figures) -> Place:
    """Where the outline stands, by the brief's name alone: a paper is the same in any folder."""
    written = figures.commission.written
    place = written.places.nearest(("outline",)) if written else Place.of("report.yaml")
    return replace(place, file=PurePath(place.file).name)
