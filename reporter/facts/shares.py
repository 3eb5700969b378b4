"""Share: part of a whole, and over- or under-representation against a reference population.

A share is worked out where a count has a breakdown and a total of the same period, or names the
count that it is a share of; a percentage is a share already where its catalogue entry says of what,
or where the members of its breakdown add up to 100.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.columns import Words, coded_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, percent_of, ratio_of
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel, pick
from reporter.facts.table import Table, make_table, named_period


def wholes(panel: Panel, at: Ints) -> Ints:
    """The whole that each figure is part of, or -1.

    A category is part of its own indicator's total; where there is none, of the same category of
    its `share_of`, else of that one's total. A total is part of the total of its `share_of`.
    """
    points, names = panel.points, panel.names
    code = {name: place for place, name in enumerate(names["indicator"])}
    catalogue = panel.dataset.catalogue.indicators
    of = np.array(
        [code.get(catalogue[name].share_of, NONE) for name in names["indicator"]], np.int64
    )
    own = points.indicator[at]
    wanted = of[own] if len(of) else own
    is_part = np.array([name != "" for name in names["breakdown"]], bool)[points.breakdown[at]]
    found = same_period_of(panel, at, np.where(is_part, own, NONE))
    for same_category in (True, False):
        declared = same_period_of(panel, at, wanted, same_category)
        found = np.where(found == NONE, declared, found)
    return np.where((panel.units(at) == "count") & (found != at), found, NONE)


def same_period_of(panel: Panel, at: Ints, indicator: Ints, keep_category: bool = False) -> Ints:
    """The figure of another indicator for each point's area, period and basis, or -1.

    It is the total, or with `keep_category` that of the point's own breakdown and category. There
    is none where `indicator` is -1.
    """
    found = np.full(len(at), NONE, np.int64)
    asked = np.flatnonzero(indicator != NONE)
    if len(asked):
        found[asked] = _same_period_of(panel, at[asked], indicator[asked], keep_category)
    return found


def _same_period_of(panel: Panel, at: Ints, indicator: Ints, keep_category: bool) -> Ints:
    points, names = panel.points, panel.names
    blank = [
        names[name].index("") if "" in names[name] else NONE for name in ("breakdown", "category")
    ]
    fields = {name: getattr(points, name) for name in ("area", "basis", "start", "end")}
    left = pd.DataFrame({name: column[at] for name, column in fields.items()})
    left["indicator"] = indicator
    left["breakdown"] = points.breakdown[at] if keep_category else blank[0]
    left["category"] = points.category[at] if keep_category else blank[1]
    candidates = np.flatnonzero(np.isin(points.indicator, np.unique(indicator)))
    right = pd.DataFrame({name: column[candidates] for name, column in fields.items()})
    for name in ("indicator", "breakdown", "category"):
        right[name] = getattr(points, name)[candidates]
    right["found"] = candidates
    right = right.drop_duplicates(list(left.columns), keep="last")
    merged = left.merge(right, on=list(left.columns), how="left")
    return merged["found"].fillna(NONE).to_numpy(np.int64)


def shares(panel: Panel) -> list[Table]:
    """Shares of counts, and percentages that are shares already."""
    return [table for make in (_counted, _stated) if (table := make(panel))]


def _counted(panel: Panel) -> Table | None:
    at = panel.current
    whole = wholes(panel, at)
    held = (whole >= 0) & (panel.value_at(whole) > 0)
    held &= panel.value_at(at) <= panel.value_at(whole)
    at, whole = at[held], whole[held]
    if not len(at):
        return None
    value, total = panel.value_at(at), panel.value_at(whole)
    base = panel.before(at)
    base_whole = np.where(base >= 0, wholes(panel, np.maximum(base, 0)), NONE)
    base = np.where(base_whole >= 0, base, NONE)
    base_share = percent_of(panel.value_at(base), panel.value_at(base_whole))
    share = percent_of(value, total)
    reference = references(panel, at)
    reference_share = percent_of(panel.value_at(reference[0]), panel.value_at(reference[1]))
    return _table(
        panel, at, share, base, base_share,
        Evidence(points=(at, whole, base, base_whole, *reference)),
        numerator=value, denominator=total, whole=total,
        reference=_reference_words(panel, reference[0]),
        reference_share=reference_share,
        ratio=ratio_of(share, reference_share),
        representation=_representation(panel, share, reference_share),
    )  # fmt: skip


def _stated(panel: Panel) -> Table | None:
    at = panel.current
    names = np.array(panel.names["breakdown"], dtype=str)
    declared = panel.of_indicator("share_of", at).astype(str) != ""
    declared |= panel.of_indicator("of", at).astype(str) != ""
    in_parts = names[panel.points.breakdown[at]] != ""
    percent = panel.units(at) == "percent"
    at = at[percent & (declared | (in_parts & makes_whole(panel, at)))]
    if not len(at):
        return None
    base = panel.before(at)
    now, then = (_exact_percentage(panel, place) for place in (at, base))
    return _table(panel, at, now, base, then, Evidence(points=(at, base)))


def _exact_percentage(panel: Panel, at: Ints) -> Floats:
    """A percentage from its counts where both are given, else as it is stated."""
    part, whole = pick(panel.points.numerator, at), pick(panel.points.denominator, at)
    counted = percent_of(part, whole)
    return np.where(np.isnan(counted), panel.value_at(at), counted)


def _table(
    panel: Panel,
    at: Ints,
    share: Floats,
    base: Ints,
    base_share: Floats,
    evidence: Evidence,
    **own: Any,
) -> Table:
    family = pd.Series(share).groupby(family_of(panel, at))
    biggest = (share == family.transform("max").to_numpy()) & (
        family.transform("size").to_numpy() > 1
    )
    return make_table(
        panel, "share", at, evidence,
        result=share, result_unit="percent", share=share, largest=biggest,
        **named_period(panel, base, "base"), base_value=panel.value_at(base),
        base_share=base_share, **own,
    )  # fmt: skip


def family_of(panel: Panel, at: Ints) -> Ints:
    """One number for the members of a breakdown of one indicator, area and period."""
    points = panel.points
    frame = pd.DataFrame(
        {
            n: getattr(points, n)[at]
            for n in ("area", "indicator", "breakdown", "basis", "start", "end")
        }
    )
    family = frame.groupby(list(frame.columns), sort=True).ngroup()
    return np.asarray(family, np.int64)


def makes_whole(panel: Panel, at: Ints) -> Bools:
    """Whether the percentages of each point's breakdown add up to 100 within the tolerance."""
    total = pd.Series(panel.value_at(at)).groupby(family_of(panel, at)).transform("sum").to_numpy()
    near: Bools = (
        np.abs(difference(total, np.full(len(at), 100.0)))
        <= panel.thresholds["whole_sum_tolerance"]
    )
    return near


def references(panel: Panel, at: Ints) -> tuple[Ints, Ints]:
    """The reference population of each member and its total, of the latest year; -1 where there is
    none.
    """
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    catalogue = panel.dataset.catalogue.indicators
    of = [code.get(catalogue[name].population, NONE) for name in panel.names["indicator"]]
    population = np.array(of, np.int64)[panel.points.indicator[at]]
    part = latest_of(panel, at, population, keep_category=True)
    whole = latest_of(panel, at, population, keep_category=False)
    safe = np.maximum(part, 0), np.maximum(whole, 0)
    paired = (part >= 0) & (whole >= 0) & (part != whole)
    paired &= panel.points.end[safe[0]] == panel.points.end[safe[1]]
    return np.where(paired, part, NONE), np.where(paired, whole, NONE)


def latest_of(
    panel: Panel,
    at: Ints,
    indicator: Ints,
    keep_category: bool,
    area: Ints | None = None,
    only: Ints | None = None,
) -> Ints:
    """The latest figure of another indicator by the end of each point's period, or -1.

    It is of the point's own area, or of `area`; `only` are the points that may be found.
    """
    found = np.full(len(at), NONE, np.int64)
    points, names = panel.points, panel.names
    wanted = np.flatnonzero(indicator >= 0)
    if not len(wanted):
        return found
    blank = [
        names[name].index("") if "" in names[name] else NONE for name in ("breakdown", "category")
    ]
    owner = points.area[at] if area is None else area
    left = pd.DataFrame({"order": wanted, "area": owner[wanted]})
    left["indicator"] = indicator[wanted]
    left["breakdown"] = points.breakdown[at[wanted]] if keep_category else blank[0]
    left["category"] = points.category[at[wanted]] if keep_category else blank[1]
    left["until"] = points.end[at[wanted]]
    candidates = np.flatnonzero(np.isin(points.indicator, np.unique(indicator[wanted])))
    candidates = candidates if only is None else np.intersect1d(candidates, only)
    keys = ["area", "indicator", "breakdown", "category"]
    right = pd.DataFrame({name: getattr(points, name)[candidates] for name in keys})
    right["end"], right["found"] = points.end[candidates], candidates
    both = left.merge(right, on=keys)
    both = both[both["end"] <= both["until"]].sort_values(["order", "end", "found"], kind="stable")
    best = both.drop_duplicates("order", keep="last")
    found[best["order"].to_numpy()] = best["found"].to_numpy()
    return found


def _reference_words(panel: Panel, part: Ints) -> Words:
    codes = np.where(part >= 0, panel.points.indicator[np.maximum(part, 0)], NONE)
    return coded_words(codes, panel.names["indicator"])


def _representation(panel: Panel, share: Floats, reference: Floats) -> Words:
    """over, under or in line: the share by the reference share against its cut point and its
    inverse.
    """
    limit = panel.thresholds["representation_ratio"]
    ratio = ratio_of(share, reference)
    return words(
        len(share), "in_line",
        (ratio >= limit, "over"), (ratio <= 1 / limit, "under"), (np.isnan(ratio), "unknown"),
    )  # fmt: skip
