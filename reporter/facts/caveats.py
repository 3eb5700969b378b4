"""Caveat: why a figure needs care, or why a comparison was not made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from reporter.facts.breaks import not_comparable_over_time
from reporter.facts.columns import words
from reporter.facts.comparators import held_against, latest_alike
from reporter.facts.evidence import Evidence
from reporter.facts.families import families_of, in_breakdown
from reporter.facts.measures import difference, small_numbers
from reporter.facts.panel import MARKS, MISSING, UNRELIABLE, Ints, Panel
from reporter.facts.rivals import published_rivals
from reporter.facts.shares import same_period_of
from reporter.facts.table import Table, area_words, make_table, named_period, table_of_missing
from reporter.facts.targets import bands_of, has_bands, match_targets


def caveats(panel: Panel) -> list[Table]:
    """All caveats that the figures call for; `affects` names the kind that was not made."""
    made = (
        missing_now(panel),
        _marked(panel),
        _revised(panel),
        *not_comparable_over_time(panel),
        _holes(panel),
        _small(panel),
        _bands(panel),
        _parts(panel),
        *_not_comparable(panel),
        *_unreliable(panel),
    )
    return [table for table in made if table is not None]


def _caveat(panel: Panel, at: Ints, reason: str, affects: str, **own: Any) -> Table | None:
    if not len(at):
        return None
    evidence = own.pop("evidence", Evidence(points=(at,)))
    assert isinstance(evidence, Evidence)
    given = {"reason": reason, "affects": affects, **own}
    return make_table(panel, "caveat", at, evidence, **given)


def missing_now(panel: Panel) -> Table | None:
    """The latest missing figure of each series with none since: its period and why."""
    absent, points = panel.absent, panel.points
    asked = np.isin(absent.area, panel.asked_areas())
    absent = absent.take(asked)
    if not len(absent.row):
        return None
    keys = ["area", "indicator", "breakdown", "category", "basis"]
    frame = pd.DataFrame({name: getattr(absent, name) for name in keys})
    frame["end"], frame["order"] = absent.end, np.arange(len(absent.row))
    known = pd.DataFrame({name: getattr(points, name)[panel.current] for name in keys})
    known["known"] = points.end[panel.current]
    frame = frame.merge(known, on=keys, how="left").sort_values([*keys, "end", "order"])
    frame = frame[frame["known"].isna() | (frame["end"] > frame["known"])]
    last = frame.drop_duplicates(keys, keep="last")["order"].to_numpy(np.int64)
    gone = absent.take(last)
    reasons = words(
        len(last),
        "missing",
        *((gone.missing == code, word) for code, word in enumerate(MISSING) if word),
    )
    return table_of_missing(panel, gone, reasons, "level")


def _marked(panel: Panel) -> Table | None:
    """Present figures that are provisional, estimated or forecast."""
    at = panel.current
    marks = panel.points.marks[at]
    bits = {word: (marks >> MARKS.index(word)) & 1 == 1 for word in MARKS}
    provisional, estimated = bits["provisional"], bits["estimated"] | bits["forecast"]
    held = provisional | estimated
    reason = words(int(held.sum()), "estimated", (provisional[held], "provisional"))
    if not held.any():
        return None
    own = at[held]
    return make_table(panel, "caveat", own, Evidence(points=(own,)), reason=reason, affects="")


def broken_identities(panel: Panel, tables: Sequence[Table]) -> list[Table]:
    """Stocks that starts and ends do not add up to, of the driver facts in `tables`."""
    found = []
    for table in tables:
        if table.kind == "driver" and len(table.frame):
            frame = table.frame
            flows = frame["source"].to_numpy() == "flows"
            wrong = flows & ~frame["identity_holds"].to_numpy(bool)
            at = table.evidence.points[0][wrong]
            residual = frame["residual"].to_numpy(np.float64)[wrong]
            made = _caveat(panel, at, "identity", "driver", result=residual)
            found += [made] if made is not None else []
    return found


def _revised(panel: Panel) -> Table | None:
    """Figures that replaced an earlier published one of the same period: now and then."""
    told = np.isin(panel.superseded.area, panel.asked_areas()) & (panel.successor >= 0)
    at, was = panel.successor[told], panel.superseded.value[told]
    changed = panel.value_at(at) != was
    at, was, rows = at[changed], was[changed], panel.superseded.row[told][changed]
    return _caveat(
        panel, at, "revised", "", was=was, base_value=was,
        result=difference(panel.value_at(at), was),
        evidence=Evidence(points=(at,), rows=rows),
    )  # fmt: skip


def _holes(panel: Panel) -> Table | None:
    """Present figures before which a period is missing: nothing runs across the hole."""
    at = panel.current
    before = panel.before(at)
    held = (
        (before >= 0)
        & ~panel.joined[at]
        & ~panel.over_apart[at]
        & (at - panel.first_of_segment(at) > 1)
    )
    at, before = at[held], before[held]
    return _caveat(
        panel, at, "missing", "streak", **named_period(panel, before, "base"),
        base_value=panel.value_at(before), evidence=Evidence(points=(at, before)),
    )  # fmt: skip


def _small(panel: Panel) -> Table | None:
    at = panel.current
    return _caveat(panel, at[small_numbers(panel, at)], "small_numbers", "rank")


def _bands(panel: Panel) -> Table | None:
    """Figures between two bands, or in two of them: a fault of the bands, not a colour to guess."""
    at = panel.current
    matched = match_targets(panel, at)
    _, hits = bands_of(panel.shown_at(at), matched)
    wrong = has_bands(matched) & (hits != 1)
    evidence = Evidence(points=(at[wrong],), targets=matched.row[wrong])
    return _caveat(panel, at[wrong], "bands", "target", evidence=evidence)


def _parts(panel: Panel) -> Table | None:
    """Members of a breakdown of a count that add up to more than their total."""
    at = panel.current
    found = families_of(panel, at[in_breakdown(panel, at) & (panel.units(at) == "count")])
    if not len(found.at):
        return None
    first = found.at[found.starts]
    whole = same_period_of(panel, first, panel.points.indicator[first])
    total = found.reduce(np.add, panel.value_at(found.at))
    over = difference(total, panel.value_at(whole))
    rows = np.flatnonzero(over > 0)
    return _caveat(
        panel, whole[rows], "parts", "driver",
        breakdown=pd.Categorical(
            [panel.names["breakdown"][code] for code in panel.points.breakdown[first[rows]]]
        ),
        comparator_value=total[rows],
        result=over[rows],
        evidence=Evidence(points=(whole[rows],), others=(found.lists(rows),)),
    )  # fmt: skip


def _not_comparable(panel: Panel) -> list[Table | None]:
    """Comparators that have figures of the measure, but none that may be set beside the present
    one.
    """
    tables = []
    for pairs in published_rivals(panel):
        at, area = held_against(panel, pairs)
        lacking = panel.place[panel.cell[at], area] < 0
        at, area = at[lacking], area[lacking]
        unsound = latest_alike(panel, at, area) < 0
        at, area = at[unsound], area[unsound]
        has_figures = np.zeros((int(panel.key.max(initial=-1)) + 1, len(panel.names["area"])), bool)
        has_figures[panel.key, panel.points.area] = True
        told = has_figures[panel.key[at], area]
        at, area = at[told], area[told]
        comparator = area_words(panel, area)
        tables.append(_caveat(panel, at, "not_comparable", "comparator", comparator=comparator))
    return tables


_CELL = ("indicator", "breakdown", "category", "basis", "start", "end")


def _unreliable(panel: Panel) -> list[Table | None]:
    """Comparators whose figure for the present period is known to be wrong, and is not used."""
    wrong = panel.absent.take(panel.absent.missing == UNRELIABLE)
    if not len(wrong.row):
        return []
    theirs = pd.DataFrame({name: getattr(wrong, name) for name in (*_CELL, "area", "row")})
    tables = []
    for pairs in published_rivals(panel):
        at, area = held_against(panel, pairs)
        own = pd.DataFrame({name: getattr(panel.points, name)[at] for name in _CELL})
        both = own.assign(area=area, at=at).merge(theirs, on=[*_CELL, "area"])
        at, area = both["at"].to_numpy(np.int64), both["area"].to_numpy(np.int64)
        evidence = Evidence(points=(at,), rows=both["row"].to_numpy(np.int64))
        comparator = area_words(panel, area)
        tables.append(
            _caveat(panel, at, "unreliable", "comparator", comparator=comparator, evidence=evidence)
        )
    return tables
