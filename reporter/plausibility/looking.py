"""The figures that a paper is about, laid out for looking through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.plausibility.elsewhere import Elsewhere
from reporter.plausibility.nouns import Point, Series
from reporter.problems import Place, Problem
from reporter.sources import Brief, Catalogue, Commission, Dataset, Section, parse_period


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """`rows`: observations of the brief's area up to its period, as `Dataset` has them.

    Index 0 to n - 1, sorted as there; figures that are missing for a reason are left out. `own` are
    the same with those. `targets`: those of the area, or of any. `told`: warnings that reading gave
    of these rows, and of no row in particular.
    """

    brief: Brief
    catalogue: Catalogue
    commission: Commission
    own: pd.DataFrame
    rows: pd.DataFrame
    texts: Sequence[str]
    """The figures in `rows` as their source wrote them."""
    series: Mapping[Series, tuple[Point, ...]]
    """In the order of time; of several values published for one period, the last."""
    replaced: tuple[tuple[Point, Point], ...]
    """The first value published for a period, with the last."""
    asked: frozenset[str]
    """The measures of the outline."""
    elsewhere: Elsewhere
    """What other areas have."""
    targets: pd.DataFrame
    told: tuple[Problem, ...]

    def place(self, row: int, column: str = "value") -> Place:
        """Where the row of that index stands in its file."""
        at = int(self.rows["row"].to_numpy()[row])
        return Place.of(str(self.rows["file"].iat[row]), row=at, column=column)

    def name(self, row: int) -> str:
        """What the figure is of: the measure's name, its member and the period."""
        code, category, period = (
            str(self.rows[name].iat[row]) for name in ("indicator", "category", "period")
        )
        member = f", {category}" if category else ""
        return f"{self.catalogue.indicators[code].name}{member}, {period}"

    def text(self, row: int) -> str:
        """The figure as its source wrote it."""
        return self.texts[row]


def doubt(figures: Figures, row: int, code: str, what: str, fix: str) -> Problem:
    """A doubt about the figure in the row of that index."""
    return Problem(figures.place(row), code, f"{figures.name(row)}: {what}", fix, "warning")


def figures_of(commission: Commission) -> Figures:
    """The figures that the paper of `commission` is about."""
    brief, dataset = commission.brief, commission.dataset
    until = pd.Timestamp(parse_period(brief.period).end)
    codes = set(_codes(brief.outline))
    own = dataset.observations.iloc[_rows_of_areas(dataset).get(brief.area, [])]
    own = own[(own["end"] <= until) & own["indicator"].isin(codes)]
    shown = own[own["missing"].astype(str) == ""].reset_index(drop=True)
    series, replaced = _series(shown)
    targets = dataset.targets
    held = targets["area"].isin(["", brief.area]) & targets["indicator"].isin(codes)
    return Figures(
        brief=brief,
        catalogue=dataset.catalogue,
        commission=commission,
        own=own,
        rows=shown,
        texts=shown["text"].astype(str).tolist(),
        series=series,
        replaced=replaced,
        asked=frozenset(codes),
        elsewhere=Elsewhere(dataset),
        targets=targets[held].reset_index(drop=True),
        told=_told(dataset, brief.area, codes),
    )


@lru_cache(maxsize=1)
def _rows_of_areas(dataset: Dataset) -> dict[str, NDArray[np.int64]]:
    """The rows of each area, found once for all the papers on a dataset."""
    column = dataset.observations["area"].astype("category").cat
    codes = column.codes.to_numpy()
    order = np.argsort(codes, kind="stable").astype(np.int64)
    ends = np.searchsorted(codes[order], np.arange(len(column.categories) + 1))
    return {str(area): order[ends[at] : ends[at + 1]] for at, area in enumerate(column.categories)}


def _series(
    rows: pd.DataFrame,
) -> tuple[dict[Series, tuple[Point, ...]], tuple[tuple[Point, Point], ...]]:
    """Every series of the rows, and the first and last value of periods published twice."""
    names = [rows[name].astype(str).tolist() for name in Series._fields]
    days = [rows[name].to_numpy().astype("datetime64[D]").tolist() for name in ("start", "end")]
    texts = [rows[name].astype(str).tolist() for name in ("period", "published")]
    found: dict[Series, dict[date, list[Point]]] = {}
    for at, value in enumerate(rows["value"].tolist()):
        series = Series(*(column[at] for column in names))
        point = Point(at, texts[0][at], days[0][at], days[1][at], value, texts[1][at])
        found.setdefault(series, {}).setdefault(point.end, []).append(point)
    replaced = []
    in_turn = {}
    for series, by_end in found.items():
        for versions in by_end.values():
            versions.sort(key=lambda point: point.published)
            if versions[0].published != versions[-1].published:
                replaced.append((versions[0], versions[-1]))
        in_turn[series] = tuple(by_end[end][-1] for end in sorted(by_end))
    return in_turn, tuple(replaced)


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
