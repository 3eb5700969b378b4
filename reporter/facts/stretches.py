"""Stretches that end together: the last five months of a year beside the whole of it.

Only figures that may be compared whatever the length of their period stand in one series so. The
shortest, the last in its series, is the present figure and the others are what it is part of.
"""

from __future__ import annotations

import numpy as np

from reporter.facts.changes import months_between, shown_difference
from reporter.facts.columns import direction_words, judgement_words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, is_material, percent_change, result_units
from reporter.facts.panel import Bools, Ints, Panel
from reporter.facts.table import Table, make_table, named_period


def stretches(panel: Panel) -> list[Table]:
    """Levels of stretches that end with a shorter present one, and its change against the longest.

    The change's `base_label` is whole_stretch.
    """
    part, whole, longest = _wholes(panel)
    if not len(part):
        return []
    level = make_table(
        panel, "level", whole, Evidence(points=(whole,)),
        result=panel.value_at(whole),
        result_unit=panel.units(whole),
        current=panel.points.end[whole] >= _start_of_question(panel),
    )  # fmt: skip
    return [level, _against(panel, part[longest], whole[longest])]


def _against(panel: Panel, part: Ints, whole: Ints) -> Table:
    value, base = panel.value_at(part), panel.value_at(whole)
    units, shown = panel.units(part), shown_difference(panel, part, whole)
    least = panel.thresholds["percent_base_minimum"]
    return make_table(
        panel, "change", part, Evidence(points=(part, whole)),
        base_label="whole_stretch",
        baseline="",
        **named_period(panel, whole, "base"),
        base_value=base,
        result=difference(value, base),
        result_unit=result_units(units),
        percent=percent_change(value, base, units, least),
        direction=direction_words(shown),
        judgement=judgement_words(shown, panel.sign(part)),
        material=is_material(panel, part, value, base) & (shown != 0),
        verdict="none",
        months_between=months_between(panel, whole, part),
    )  # fmt: skip


def _wholes(panel: Panel) -> tuple[Ints, Ints, Bools]:
    """Present figures, those that end with them and start earlier, and which are the longest."""
    ends, starts = panel.points.end, panel.points.start
    before = np.maximum(panel.current - 1, 0)
    held = panel.series[before] == panel.series[panel.current]
    held &= (ends[before] == ends[panel.current]) & (before < panel.current)
    present = panel.current[held]
    first = panel.find(panel.series[present], ends[present] - 1, exact=False) + 1
    first = np.maximum(first, panel.first_of_segment(present))
    parts, wholes = [], []
    for at, start in zip(present.tolist(), first.tolist(), strict=True):
        for whole in range(start, at):
            if starts[whole] < starts[at] and ends[whole] == ends[at]:
                parts.append(at)
                wholes.append(whole)
    part, whole_at = np.array(parts, np.int64), np.array(wholes, np.int64)
    longest = np.r_[True, part[1:] != part[:-1]][: len(part)]
    return part, whole_at, longest


def _start_of_question(panel: Panel) -> np.int64:
    return np.datetime64(panel.question.start, "D").astype(np.int64)
