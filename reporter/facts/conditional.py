"""Conditional: the annual figure if the recent level held, and where that would stand."""

from __future__ import annotations

import numpy as np

from reporter.facts.averages import window_figures, year_factor
from reporter.facts.columns import Words, coded_words, direction_words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, percent_of, ratio_of
from reporter.facts.panel import NONE, Floats, Ints, Panel
from reporter.facts.rivals import rivals_of_areas
from reporter.facts.runs import back
from reporter.facts.shares import latest_of
from reporter.facts.table import Table, area_words, make_table, named_period
from reporter.rounding import without_dust_array


def conditionals(panel: Panel) -> list[Table]:
    """The mean of the last figures of a count, scaled to a year; as a rate where it has one.

    A count with `rate` and a population becomes that rate, held against each comparator's latest
    annual figure of it; any other count is held against its own last full year. An average that is
    itself per week or month counts as the recent level.
    """
    at = panel.current
    factor = year_factor(panel, at)
    at = at[(panel.units(at) == "count") & (factor > 1)]
    each = panel.of_indicator("each", at).astype(str) != ""
    window = np.where(each, 1, panel.thresholds.whole("conditional_points"))
    start = np.where(each, at, back(panel, at, panel.run_start[at], int(window.max(initial=1)) - 1))
    mean = np.where(each, panel.value_at(at), np.nan)
    long = np.flatnonzero(~each & (start >= 0))
    mean[long] = window_figures(panel, at[long], panel.thresholds.whole("conditional_points"))[0]
    held = ~np.isnan(mean)
    at, start, window, mean = at[held], start[held], window[held], mean[held]
    annual = without_dust_array(mean * year_factor(panel, at))
    rate, people = _as_rate(panel, at, annual)
    rated, plain = np.flatnonzero(~np.isnan(rate)), np.flatnonzero(np.isnan(rate))
    tables = [_against_last_year(panel, at[plain], start[plain], window[plain], annual[plain])]
    tables += _against_others(
        panel, at[rated], start[rated], window[rated], rate[rated], people[rated]
    )
    return [table for table in tables if len(table.frame)]


def _rate_codes(panel: Panel) -> Ints:
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    catalogue = panel.dataset.catalogue.indicators
    return np.array([code.get(catalogue[n].rate, NONE) for n in panel.names["indicator"]], np.int64)


def _as_rate(panel: Panel, at: Ints, annual: Floats) -> tuple[Floats, Ints]:
    """The annual count as the indicator's rate, NaN where it has none; and the population."""
    catalogue = panel.dataset.catalogue.indicators
    names = panel.names["indicator"]
    code = {name: place for place, name in enumerate(names)}
    own = panel.points.indicator[at]
    behind, per = [], []
    for name in names:
        entry = catalogue.get(catalogue[name].rate)
        behind.append(code.get((entry and entry.population) or catalogue[name].population, NONE))
        per.append(float(entry.per) if entry and entry.per else np.nan)
    people = latest_of(panel, at, np.array(behind, np.int64)[own], keep_category=True)
    scaled = percent_of(annual, panel.value_at(people)) / 100 * np.array(per, np.float64)[own]
    return without_dust_array(scaled), people


def _against_last_year(panel: Panel, at: Ints, start: Ints, window: Ints, annual: Floats) -> Table:
    """Held against the last full year of the same series, where there is one."""
    types = np.array(panel.names["period_type"], dtype=str)
    year = latest_of(
        panel, at, panel.points.indicator[at], keep_category=True,
        only=np.flatnonzero(types[panel.points.period_type] == "year"),
    )  # fmt: skip
    other = panel.value_at(year)
    name = coded_words(np.where(year >= 0, 0, NONE), ["last_full_year"])
    return _table(panel, at, start, window, annual, year, other, name, "count")


def _against_others(
    panel: Panel, at: Ints, start: Ints, window: Ints, rate: Floats, people: Ints
) -> list[Table]:
    codes = _rate_codes(panel)[panel.points.indicator[at]]
    tables = []
    told = np.zeros(len(at), bool)
    for rivals in rivals_of_areas(panel, ("country",)):
        area = rivals[panel.points.area[at]]
        theirs = latest_of(panel, at, codes, keep_category=True, area=area)
        rows = np.flatnonzero(theirs >= 0)
        told[rows] = True
        tables.append(
            _table(
                panel, at[rows], start[rows], window[rows], rate[rows], theirs[rows],
                panel.value_at(theirs[rows]), area_words(panel, area[rows]), "rate", people[rows],
            )
        )  # fmt: skip
    rows = np.flatnonzero(~told)
    nobody = np.full(len(rows), NONE, np.int64)
    alone = _table(
        panel, at[rows], start[rows], window[rows], rate[rows], nobody,
        np.full(len(rows), np.nan), area_words(panel, nobody), "rate", people[rows],
    )  # fmt: skip
    return [*tables, alone]


def _table(
    panel: Panel, at: Ints, start: Ints, window: Ints, result: Floats, theirs: Ints, other: Floats,
    comparator: Words, unit: str, people: Ints | None = None,
) -> Table:  # fmt: skip
    gap = difference(result, other)
    cited = (at, theirs) if people is None else (at, theirs, people)
    return make_table(
        panel, "conditional", at, Evidence(points=cited, runs=((start, at),)),
        window=window,
        result=result,
        result_unit=unit,
        comparator=comparator,
        **named_period(panel, theirs, "comparator"),
        comparator_value=other,
        ratio=ratio_of(result, other),
        direction=direction_words(gap),
    )  # fmt: skip
