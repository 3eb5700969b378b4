"""Comparator: against England, a region, another area, a published group, or a computed peer group.

Like with like (1.10.3): the same indicator, breakdown, category and period first. Failing that, the
latest earlier figure of the same basis, or of another basis where the unit does not grow with time,
or a moment against a year; `same_period` is then false and `comparator_period` says which. A year
to date is never held against a full year, and a council's count never against the total of its
region or country.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.changes import months_between
from reporter.facts.columns import Words, coded_words, direction_words, judgement_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import EXTENSIVE_UNITS, difference, ratio_of, result_units
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.rivals import Against, published_rivals
from reporter.facts.table import Table, area_words, make_table, named_period
from reporter.facts.verdicts import level_verdicts

KINDS_OF_AREA = {
    "region": "region",
    "country": "country",
    "group": "peers",
    "authority": "authority",
}


@dataclass(frozen=True, slots=True, eq=False)
class Then:
    """Both figures at the period before: what the gap was, and how both moved since."""

    base: Ints
    """The area's own earlier point, -1 where there is none to compare."""
    base_value: Floats
    other_base: Floats
    """The comparator's figure then; NaN where unknown."""


def published_comparators(panel: Panel) -> list[Table]:
    """A table for each comparator with figures of its own."""
    return [table for pairs in published_rivals(panel) if (table := _published(panel, pairs))]


def _published(panel: Panel, pairs: Against) -> Table | None:
    at, area = held_against(panel, pairs)
    other = panel.place[panel.cell[at], area]
    other = np.where(other >= 0, other, latest_alike(panel, at, area))
    held = other >= 0
    at, area, other = at[held], area[held], other[held]
    if not len(at):
        return None
    same = panel.cell[at] == panel.cell[other]
    base = np.where(same, panel.before(at), NONE)
    other_base = np.where(base >= 0, panel.place[panel.cell[np.maximum(base, 0)], area], NONE)
    broken = panel.segment[np.maximum(other_base, 0)] != panel.segment[other]
    other_base = np.where((other_base >= 0) & ~broken, other_base, NONE)
    base = np.where(other_base >= 0, base, NONE)
    then = Then(base, panel.value_at(base), panel.value_at(other_base))
    kinds, statistics = _about(panel, area)
    return comparator_table(
        panel, at, panel.value_at(other), then,
        Evidence(points=(at, other, base, other_base)),
        comparator=area_words(panel, area),
        **named_period(panel, other, "comparator"),
        comparator_kind=kinds,
        statistic=statistics,
        members=0,
        members_of=0,
        model="",
        same_period=same,
    )  # fmt: skip


def held_against(panel: Panel, pairs: Against) -> tuple[Ints, Ints]:
    """The pairs without those of a count and the total over its region or country."""
    at, area = pairs.at, pairs.area
    comparable = ~(np.isin(panel.units(at), EXTENSIVE_UNITS) & _is_whole(panel, area))
    return at[comparable], area[comparable]


def _is_whole(panel: Panel, area: Ints) -> Bools:
    """Whether each area is a region or country: its counts are totals over its councils."""
    areas = panel.dataset.areas.areas
    whole = [
        name in areas and areas[name].kind in ("region", "country") for name in panel.names["area"]
    ]
    return np.array(whole, dtype=bool)[area]


def _about(panel: Panel, area: Ints) -> tuple[Words, Words]:
    """What kind of comparator each area is, and which statistic its figures are."""
    areas = panel.dataset.areas.areas
    known = [areas.get(name) for name in panel.names["area"]]
    kinds: list[str] = [KINDS_OF_AREA[entry.kind] if entry else "authority" for entry in known]
    statistics: list[str] = [entry.statistic if entry else "value" for entry in known]
    return coded_words(area, kinds), coded_words(area, statistics)


def latest_alike(panel: Panel, at: Ints, area: Ints) -> Ints:
    """The latest earlier figure of the comparing area that may stand beside each point, or -1.

    An equal basis is preferred; within a basis the latest period; never older than
    `comparator_lag_months`.
    """
    found = np.full(len(at), NONE, np.int64)
    lacking = np.flatnonzero(panel.place[panel.cell[at], area] < 0)
    if not len(lacking):
        return found
    mine, points = at[lacking], panel.points
    left = pd.DataFrame(
        {"order": lacking, "mine": mine, "key": panel.key[mine], "area": area[lacking]}
    )
    wanted = np.isin(points.area, np.unique(area)) & np.isin(panel.key, np.unique(panel.key[mine]))
    theirs = np.flatnonzero(wanted)
    right = pd.DataFrame({"theirs": theirs, "key": panel.key[theirs], "area": points.area[theirs]})
    both = left.merge(right, on=["key", "area"])
    mine, theirs = both["mine"].to_numpy(), both["theirs"].to_numpy()
    both = both[may_stand_beside(panel, mine, theirs)]
    mine, theirs = both["mine"].to_numpy(), both["theirs"].to_numpy()
    both = both.assign(
        equal=points.basis[mine] == points.basis[theirs], end=points.end[theirs]
    ).sort_values(["order", "equal", "end", "theirs"], kind="stable")
    best = both.drop_duplicates("order", keep="last")
    found[best["order"].to_numpy()] = best["theirs"].to_numpy()
    return found


def may_stand_beside(panel: Panel, mine: Ints, theirs: Ints) -> Bools:
    """Whether a figure of another period or basis may stand beside one's own, and be said to."""
    points = panel.points
    types = np.array(panel.names["period_type"], dtype=str)
    own, other = types[points.period_type[mine]], types[points.period_type[theirs]]
    equal = points.basis[mine] == points.basis[theirs]
    to_date = (own == "ytd") | (other == "ytd")
    annual = np.isin(other, ("year", "rolling_12m")) | (other == "snapshot")
    moment = (own == "snapshot") & annual
    free = ~np.isin(panel.units(mine), EXTENSIVE_UNITS) | moment
    recent = months_between(panel, theirs, mine) <= panel.thresholds["comparator_lag_months"]
    sound: Bools = (equal | (free & ~to_date)) & recent & (points.era[mine] == points.era[theirs])
    return sound & (points.end[theirs] <= points.end[mine])


def comparator_table(
    panel: Panel, at: Ints, other: Floats, then: Then, evidence: Evidence, **fields: Any
) -> Table:
    """The comparator facts of the points at `at` with the comparator's figures `other`.

    `result` is value less comparator. Gap, crossing and relative read both at `then.base` as well.
    """
    value, shown = panel.value_at(at), panel.shown_at(at)
    gap = difference(shown, panel.show(other, at))
    return make_table(
        panel, "comparator", at, evidence,
        comparator_value=other,
        result=difference(value, other),
        result_unit=result_units(panel.units(at)),
        direction=direction_words(gap),
        judgement=judgement_words(gap, panel.sign(at)),
        ratio=ratio_of(value, other),
        verdict=level_verdicts(panel, at, other),
        **named_period(panel, then.base, "base"),
        base_value=then.base_value,
        **movement(panel, at, gap, other, then),
        **fields,
    )  # fmt: skip


def movement(panel: Panel, at: Ints, gap: Floats, other: Floats, then: Then) -> dict[str, Any]:
    """The columns that say how the area moved against its comparator since `then.base`."""
    shown_base, shown_other = panel.show(then.base_value, at), panel.show(then.other_base, at)
    was = difference(shown_base, shown_other)
    known = ~np.isnan(was)
    crossed = known & (np.sign(gap) * np.sign(was) < 0)
    own_move = difference(panel.shown_at(at), shown_base)
    other_move = difference(panel.show(other, at), shown_other)
    opposite = np.sign(own_move) * np.sign(other_move) < 0
    size = difference(np.abs(own_move), np.abs(other_move))
    return {
        "gap": words(
            len(at), "unknown",
            (known & ~crossed & (np.abs(gap) > np.abs(was)), "widening"),
            (known & ~crossed & (np.abs(gap) < np.abs(was)), "narrowing"),
            (known & (gap == was), "same"),
        ),
        "crossing": words(
            len(at), "none",
            (crossed & (gap > 0), "moved_above"), (crossed & (gap < 0), "moved_below"),
        ),
        "relative": words(
            len(at), "unknown",
            (known & (size > 0), "faster"), (known & (size < 0), "slower"),
            (known & (size == 0), "alike"), (known & opposite, "opposite"),
        ),
        "comparator_change": difference(other, then.other_base),
    }  # fmt: skip
