"""The figures that a paper is about, laid out for looking through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from reporter.plausibility.courses import Courses, courses_of
from reporter.plausibility.elsewhere import Elsewhere, elsewhere
from reporter.plausibility.layout import Bools, Ints, Layout, laid_out
from reporter.plausibility.nouns import Point, Series
from reporter.problems import Place, Problem
from reporter.sources import Brief, Catalogue, Commission, Dataset, Section, parse_period


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What a paper is about: observations of the brief's area up to its period, of the measures of
    its outline.

    A row is one of `Dataset.observations`, counted from 0, whose columns are in `layout`.
    """

    brief: Brief
    catalogue: Catalogue
    commission: Commission
    layout: Layout
    rows: Ints
    """In order."""
    shown: Ints
    """Those of `rows` that are not missing for a reason."""
    courses: Courses
    """The series of what is shown."""
    asked: frozenset[str]
    """The measures of the outline."""
    elsewhere: Elsewhere
    """What other areas have."""
    told: tuple[Problem, ...]
    """Warnings that reading gave of these rows, and of no row in particular."""

    def series(self, doubtful: Bools) -> Iterator[tuple[Series, tuple[Point, ...]]]:
        """The series at the positions `doubtful`, with their points."""
        for at in np.flatnonzero(doubtful).tolist():
            yield self.courses.series[at], self.courses.points(at)

    def place(self, row: int, column: str = "value") -> Place:
        """Where a row stands in its file: in `column`, unless its very cell is known."""
        file = self.layout.texts["file"].at(row)
        if cell := self.layout.texts["cell"].at(row):
            return Place.of(file, at=f"cell {cell}")
        return Place.of(file, row=int(self.layout.row[row]), column=column)

    def name(self, row: int) -> str:
        """What the figure is of: the measure's name, its member and the period."""
        texts = self.layout.texts
        code, category, period = (
            texts[name].at(row) for name in ("indicator", "category", "period")
        )
        member = f", {category}" if category else ""
        return f"{self.catalogue.indicators[code].name}{member}, {period}"

    def text(self, row: int) -> str:
        """The figure as its source wrote it."""
        return self.layout.texts["text"].at(row)


def doubt(figures: Figures, row: int, code: str, what: str, fix: str) -> Problem:
    """A doubt about the figure in a row."""
    return Problem(figures.place(row), code, f"{figures.name(row)}: {what}", fix, "warning")


def figures_of(commission: Commission) -> Figures:
    """The figures that the paper of `commission` is about."""
    brief, dataset = commission.brief, commission.dataset
    until = np.datetime64(parse_period(brief.period).end)
    codes = frozenset(_codes(brief.outline))
    layout = laid_out(dataset)
    rows = layout.of_area.get(brief.area, np.empty(0, np.int32))
    asked = layout.texts["indicator"].where(codes.__contains__, rows)
    rows = rows[(layout.end[rows] <= until) & asked]
    shown = rows[layout.texts["missing"].where("".__eq__, rows)]
    return Figures(
        brief=brief,
        catalogue=dataset.catalogue,
        commission=commission,
        layout=layout,
        rows=rows,
        shown=shown,
        courses=courses_of(layout, shown),
        asked=codes,
        elsewhere=elsewhere(dataset),
        told=_told(dataset, brief.area, codes),
    )


def _told(dataset: Dataset, own: str, codes: Collection[str]) -> tuple[Problem, ...]:
    """The warnings of reading that are about the paper's measures, with their names.

    Those of a row of another authority or region, or of a row that was left out, are none of its
    business.
    """
    files, row_at = _rows_told_of(dataset)
    areas = dataset.areas.areas
    apart = ("authority", "region")
    beside = {own, areas[own].region, *(n for n, area in areas.items() if area.kind not in apart)}
    found = []
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in dataset.warnings:
        area, code = row_at.get((problem.place.file, problem.place.row), (own, ""))
        if problem.place.file not in files or not problem.place.row:
            found.append(problem)
        elif code in codes and area in beside:
            name = dataset.catalogue.indicators[code].name
            told = replace(problem, what=f"{name}: {problem.what}")
            if area == own:
                found.append(told)
            else:
                alike.setdefault((problem.code, area, code), []).append(told)
    return (*found, *(_together(lot) for lot in alike.values()))


@lru_cache(maxsize=1)
def _rows_told_of(
    dataset: Dataset,
) -> tuple[frozenset[str], dict[tuple[str, int], tuple[str, str]]]:
    """The files of figures, and area and measure of each row that reading warned of."""
    rows = dataset.observations
    files = frozenset(rows["file"].astype("category").cat.categories.astype(str))
    numbers = {problem.place.row for problem in dataset.warnings}
    some = rows[np.isin(rows["row"].to_numpy(), sorted(numbers))]
    keys = zip(some["file"].astype(str), some["row"].astype(int), strict=True)
    about = zip(some["area"].astype(str), some["indicator"].astype(str), strict=True)
    return files, dict(zip(keys, about, strict=True))


def _together(lot: Sequence[Problem]) -> Problem:
    """Doubts of one kind about one measure of another area, in one: the last, and how many more."""
    if len(lot) == 1:
        return lot[0]
    last = max(lot, key=lambda problem: problem.place.row)
    more = f"; so it is in {len(lot) - 1} more row{'s' if len(lot) > 2 else ''} of the measure"
    return replace(last, what=last.what + more)


def _codes(sections: Sequence[Section]) -> Iterator[str]:
    """The indicators that the outline speaks of, and the flows of its stocks."""
    for section in sections:
        yield from (measure.indicator for measure in section.measures)
        for table in section.tables:
            yield from (measure.indicator for measure in table.measures)
        for chart in section.charts or ():
            yield from (measure.indicator for measure in chart.measures)
        yield from _codes(section.sections)
