"""Conversion: the share of one stage that passes to the next."""

from __future__ import annotations

import numpy as np

from reporter.facts.columns import coded_words, direction_words, judgement_words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, percent_of
from reporter.facts.panel import NONE, Ints, Panel
from reporter.facts.shares import same_period_of
from reporter.facts.table import Table, make_table, named_period
from reporter.rounding import round_half_up_array


def conversions(panel: Panel) -> list[Table]:
    """Conversions of indicators that name the stage before.

    A count is held against the count of its `conversion_from` of the same period, breakdown and
    category; a percentage is the rate itself. `base_rate` is that of the period before.
    """
    return [table for of in (_counted, _stated) if (table := of(panel)) is not None]


def stages(panel: Panel, at: Ints) -> Ints:
    """The code of the stage before each point's indicator; -1 where none is named."""
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    catalogue = panel.dataset.catalogue.indicators
    of = [code.get(catalogue[n].conversion_from, NONE) for n in panel.names["indicator"]]
    return np.array(of, np.int64)[panel.points.indicator[at]]


def _counted(panel: Panel) -> Table | None:
    at = panel.current[panel.units(panel.current) == "count"]
    stage = stages(panel, at)
    at, stage = at[stage >= 0], stage[stage >= 0]
    entry = same_period_of(panel, at, stage, keep_category=True)
    held = (entry >= 0) & (panel.value_at(entry) > 0)
    at, stage, entry = at[held], stage[held], entry[held]
    if not len(at):
        return None
    base = panel.before(at)
    base_entry = np.where(
        base >= 0, same_period_of(panel, np.maximum(base, 0), stage, keep_category=True), NONE
    )
    entries = np.maximum(base_entry, 0), np.maximum(entry, 0)
    unbroken = panel.segment[entries[0]] == panel.segment[entries[1]]
    base_entry = np.where(unbroken, base_entry, NONE)
    base = np.where(base_entry >= 0, base, NONE)
    rate = percent_of(panel.value_at(at), panel.value_at(entry))
    base_rate = percent_of(panel.value_at(base), panel.value_at(base_entry))
    shown = difference(round_half_up_array(rate, 1), round_half_up_array(base_rate, 1))
    return make_table(
        panel, "conversion", at, Evidence(points=(at, entry, base, base_entry)),
        numerator=panel.value_at(at),
        denominator=panel.value_at(entry),
        result=rate,
        result_unit="percent",
        stage_from=coded_words(stage, panel.names["indicator"]),
        stage_to=coded_words(panel.points.indicator[at], panel.names["indicator"]),
        rate=rate,
        base_rate=base_rate,
        **named_period(panel, base, "base"),
        base_value=panel.value_at(base),
        direction=direction_words(shown),
        judgement="not_judged",
    )  # fmt: skip


def _stated(panel: Panel) -> Table | None:
    catalogue = panel.dataset.catalogue.indicators
    named = [bool(catalogue[name].conversion_from) for name in panel.names["indicator"]]
    at = panel.current[panel.units(panel.current) == "percent"]
    at = at[np.array(named, bool)[panel.points.indicator[at]]]
    if not len(at):
        return None
    base = panel.before(at)
    shown = difference(panel.shown_at(at), panel.shown_at(base))
    stage = [catalogue[name].conversion_from for name in panel.names["indicator"]]
    own = panel.points.indicator[at]
    return make_table(
        panel, "conversion", at, Evidence(points=(at, base)),
        result=panel.value_at(at),
        result_unit="percent",
        stage_from=coded_words(own, stage),
        stage_to=coded_words(own, panel.names["indicator"]),
        rate=panel.value_at(at),
        base_rate=panel.value_at(base),
        **named_period(panel, base, "base"),
        base_value=panel.value_at(base),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(at)),
    )  # fmt: skip
