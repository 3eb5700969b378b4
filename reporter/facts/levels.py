"""Level and num_denom: a figure at its date, and what it means in people."""

from __future__ import annotations

import numpy as np

from reporter.facts.columns import words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, percent_of
from reporter.facts.panel import Panel, pick
from reporter.facts.table import Table, make_table
from reporter.facts.targets import Matched, match_targets
from reporter.rounding import without_dust_array


def levels(panel: Panel) -> Table:
    """The present figure of every series: the last one up to the report's period.

    A figure that is itself a change is none. `current` is false where that figure is of an earlier
    period than the report's own.
    """
    at = panel.current[panel.of_indicator("change_on", panel.current) == ""]
    start = np.datetime64(panel.question.start, "D").astype(np.int64)
    return make_table(
        panel,
        "level",
        at,
        Evidence(points=(at,)),
        result=panel.value_at(at),
        result_unit=panel.units(at),
        current=panel.points.end[at] >= start,
    )


def num_denoms(panel: Panel) -> Table:
    """n out of m, for percentages and counts with a numerator and a denominator.

    Where a percentage has a target that it misses, `people` is the least number more (high good) or
    fewer (low good) in the numerator that would have met it. `result` is the percentage.
    """
    at = panel.current
    numerator, denominator = pick(panel.points.numerator, at), pick(panel.points.denominator, at)
    of_people = np.isin(panel.units(at), ("percent", "count"))
    at = at[of_people & (denominator > 0) & (numerator >= 0) & (numerator <= denominator)]
    numerator, denominator = pick(panel.points.numerator, at), pick(panel.points.denominator, at)
    matched: Matched = match_targets(panel, at)
    percent = panel.units(at) == "percent"
    wanted = np.where(np.isnan(matched.target), matched.minimum, matched.target)
    wanted = np.where(percent, wanted, np.nan)
    named_target = percent & ~np.isnan(matched.target)
    named_minimum = percent & np.isnan(matched.target) & ~np.isnan(matched.minimum)
    exact = without_dust_array(wanted * denominator / 100)
    sign = panel.sign(at)
    needed = np.where(sign > 0, np.ceil(exact), np.floor(exact))
    short = np.where(sign > 0, needed - numerator, numerator - needed)
    people = np.where((sign != 0) & (short > 0), short, np.nan)
    target_row = np.where(named_target | named_minimum, matched.row, -1)
    return make_table(
        panel,
        "num_denom",
        at,
        Evidence(points=(at,), targets=target_row),
        comparator=words(len(at), "", (named_target, "target"), (named_minimum, "minimum")),
        comparator_value=wanted,
        result=percent_of(numerator, denominator),
        result_unit="percent",
        people=without_dust_array(people),
        direction=words(
            len(at), "none",
            (difference(panel.value_at(at), wanted) > 0, "up"),
            (difference(panel.value_at(at), wanted) < 0, "down"),
        ),
    )  # fmt: skip
