"""Change: the present figure against every base that is sound for it.

Bases: the figure before it, the same period last year, the last financial year end, the first of
the series since any break, and every baseline of the brief. None lies across a break, none is of
another length or season than the present figure (1.10.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reporter.facts.columns import direction_words, judgement_words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, is_material, percent_change, result_units
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.table import Table, make_table, named_period
from reporter.facts.verdicts import change_verdicts

YEAR_END_BASES = ("snapshot", "any", "rolling_12m")
"""Bases of figures of which one stands at, or for the year to, a year end."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Present figures and what each is held against: positions of equal length, none of them -1."""

    label: str
    baseline: str
    at: Ints
    base: Ints


def base_pairs(panel: Panel) -> list[Pairs]:
    """Every present figure with each of its bases, label by label."""
    at = panel.current[panel.of_indicator("change_on", panel.current) == ""]
    before, first = panel.before(at), panel.first_of_segment(at)
    first = np.where((first == before) | (before == NONE), NONE, first)
    found = [
        _pairs(panel, "previous_period", "", at, before),
        _pairs(panel, "same_period_last_year", "", at, panel.year_before(at)),
        _pairs(panel, "year_end", "", at, _year_end(panel, at)),
        _pairs(panel, "first_of_series", "", at, first),
    ]
    for since in panel.question.baselines:
        days = [np.datetime64(day, "D").astype(np.int64) for day in (since.start, since.end)]
        base = panel.find(panel.series[at], np.full(len(at), days[1]), exact=False)
        safe = np.maximum(base, 0)
        good = (base >= 0) & (base < at) & (panel.points.end[safe] >= days[0])
        good &= panel.segment[safe] == panel.segment[at]
        found.append(_pairs(panel, "baseline", since.name, at, np.where(good, base, NONE)))
    return found


def _pairs(panel: Panel, label: str, baseline: str, at: Ints, base: Ints) -> Pairs:
    """Those with a base that ends before the present figure: else nothing has moved since."""
    ends = panel.points.end
    held = (base >= 0) & (ends[np.maximum(base, 0)] < ends[at])
    return Pairs(label, baseline, at[held], base[held])


def _year_end(panel: Panel, at: Ints) -> Ints:
    """The figure at the last 31 March before the present one, of stocks, percentages and rolling
    years.
    """
    month = panel.points.end[at].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    april = month - (month - 3) % 12  # months since January 1970; the third is April
    last = (april.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)) - 1
    found = panel.find(panel.series[at], last)
    safe = np.maximum(found, 0)
    kinds = np.array(panel.names["basis"], dtype=str)[panel.points.basis[at]]
    good = (found >= 0) & (found < at) & np.isin(kinds, YEAR_END_BASES)
    return np.where(good & (panel.segment[safe] == panel.segment[at]), found, NONE)


def changes(panel: Panel) -> list[Table]:
    """A table of changes for each base label and baseline.

    `result` is the exact difference in `result_unit`; direction is that of the figures as shown;
    `material` needs the cut points of the unit and, where a method is declared, a verdict that is
    not mere noise.
    """
    held = [_table(panel, pairs) for pairs in base_pairs(panel) if len(pairs.at)]
    return held + _published(panel)


def _published(panel: Panel) -> list[Table]:
    """Figures that are changes themselves: the figure is the result, and its base is not known.

    Without a base there is no telling whether it is material.
    """
    labels = panel.of_indicator("change_on", panel.current)
    tables = []
    for label in sorted(set(labels) - {""}):
        at = panel.current[labels == label]
        value, units = panel.value_at(at), panel.units(at)
        tables.append(
            make_table(
                panel,
                "change",
                at,
                Evidence(points=(at,)),
                base_label=str(label),
                result=value,
                result_unit=units,
                percent=np.where(units == "percent", value, np.nan),
                direction=direction_words(panel.shown_at(at)),
                judgement=judgement_words(panel.shown_at(at), panel.sign(at)),
            )
        )
    return tables


def _table(panel: Panel, pairs: Pairs) -> Table:
    at, base = pairs.at, pairs.base
    value, base_value = panel.value_at(at), panel.value_at(base)
    units = panel.units(at)
    shown = shown_difference(panel, at, base)
    verdicts = change_verdicts(panel, at, base, pairs.label == "previous_period")
    noise = np.isin(np.asarray(verdicts), ("common_cause",))
    least = panel.thresholds["percent_base_minimum"]
    return make_table(
        panel,
        "change",
        at,
        Evidence(points=(at, base)),
        base_label=pairs.label,
        baseline=pairs.baseline,
        **named_period(panel, base, "base"),
        base_value=base_value,
        result=difference(value, base_value),
        result_unit=result_units(units),
        percent=percent_change(value, base_value, units, least),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
        material=is_material(panel, at, value, base_value) & ~noise & (shown != 0),
        verdict=verdicts,
        months_between=months_between(panel, base, at),
    )


def shown_difference(panel: Panel, at: Ints, base: Ints) -> Floats:
    """The difference of two figures as displayed: its sign is the direction."""
    return difference(panel.shown_at(at), panel.shown_at(base))


def months_between(panel: Panel, earlier: Ints, later: Ints) -> Ints:
    """Whole calendar months between the ends of two figures' periods."""
    ends = [
        panel.points.end[x].astype("datetime64[D]").astype("datetime64[M]")
        for x in (earlier, later)
    ]
    return (ends[1].astype(np.int64) - ends[0].astype(np.int64)).astype(np.int64)


def moved(panel: Panel, at: Ints, base: Ints) -> Bools:
    """Whether two figures differ as shown."""
    differ: Bools = shown_difference(panel, at, base) != 0
    return differ
