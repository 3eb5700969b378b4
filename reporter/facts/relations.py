"""Relation: two measures read together, and one that follows another after a lag.

opposite, together: linked measures whose figures moved, as shown, since the same earlier period.
inflow_above_outflow, outflow_above_inflow: the starts and ends of a stock over the same period.
echo: a declared follower and lag; said only with at least three full lags of data and a one-sided
correlation test of the steps at the declared level.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from reporter.facts.changes import shown_difference
from reporter.facts.columns import Words, coded_words, direction_words, words
from reporter.facts.evidence import Evidence
from reporter.facts.measures import difference, result_units
from reporter.facts.panel import NONE, Floats, Ints, Panel
from reporter.facts.shares import latest_of, same_period_of
from reporter.facts.table import Table, make_table, named_period
from reporter.rounding import without_dust


def relations(panel: Panel) -> list[Table]:
    """Linked measures, inflow against outflow, and echoes."""
    made = (*_linked(panel), *_inflow(panel), _echoes(panel))
    return [table for table in made if table is not None]


def _codes(panel: Panel, wanted: list[str]) -> Ints:
    """The indicator code of each name, for each point's indicator; -1 where there is none."""
    code = {name: place for place, name in enumerate(panel.names["indicator"])}
    return np.array([code.get(name, NONE) for name in wanted], np.int64)


def _linked(panel: Panel) -> list[Table | None]:
    catalogue = panel.dataset.catalogue.indicators
    lists = [catalogue[name].linked for name in panel.names["indicator"]]
    tables = []
    for place in range(max((len(linked) for linked in lists), default=0)):
        of = _codes(panel, [linked[place] if place < len(linked) else "" for linked in lists])
        tables.append(_link(panel, of))
    return tables


def _link(panel: Panel, of: Ints) -> Table | None:
    """How each series and the one linked with it moved since the figure before."""
    at = panel.current
    base = panel.before(at)
    wanted = of[panel.points.indicator[at]]
    held = (wanted >= 0) & (base >= 0)
    at, base, wanted = at[held], base[held], wanted[held]
    other = _at_end_of(panel, at, wanted)
    other_base = _at_end_of(panel, base, wanted)
    safe = np.maximum(other, 0), np.maximum(other_base, 0)
    held = (other >= 0) & (other_base >= 0) & (panel.series[safe[0]] == panel.series[safe[1]])
    held &= panel.segment[safe[0]] == panel.segment[safe[1]]
    at, base, other, other_base = at[held], base[held], other[held], other_base[held]
    moved, other_moved = (
        shown_difference(panel, at, base),
        shown_difference(panel, other, other_base),
    )
    product = np.sign(moved) * np.sign(other_moved)
    told = product != 0
    if not told.any():
        return None
    at, base, other, other_base = at[told], base[told], other[told], other_base[told]
    return _table(
        panel, at, base, other, other_base,
        relation=words(len(at), "together", (product[told] < 0, "opposite")),
    )  # fmt: skip


def _at_end_of(panel: Panel, at: Ints, indicator: Ints) -> Ints:
    """The figure of another indicator that ends on the same day, of any basis; else -1."""
    found = latest_of(panel, at, indicator, keep_category=True)
    safe = np.maximum(found, 0)
    return np.where((found >= 0) & (panel.points.end[safe] == panel.points.end[at]), found, NONE)


def _inflow(panel: Panel) -> list[Table | None]:
    """Starts against ends over the same period, told of the starts."""
    catalogue = panel.dataset.catalogue.indicators
    flows = [flow for entry in catalogue.values() if (flow := entry.flows) is not None]
    ends_of = {flow.starts: flow.ends for flow in flows}
    of = _codes(panel, [ends_of.get(name, "") for name in panel.names["indicator"]])
    at = panel.current
    at = at[of[panel.points.indicator[at]] >= 0]
    if not len(at):
        return []
    other = same_period_of(panel, at, of[panel.points.indicator[at]], keep_category=True)
    held = (other >= 0) & (panel.units(at) == panel.units(np.maximum(other, 0)))
    at, other = at[held], other[held]
    gap = difference(panel.shown_at(at), panel.shown_at(other))
    at, other, gap = at[gap != 0], other[gap != 0], gap[gap != 0]
    base = panel.before(at)
    other_base = panel.before(other)
    paired = (base >= 0) & (other_base >= 0)
    paired &= panel.points.end[np.maximum(base, 0)] == panel.points.end[np.maximum(other_base, 0)]
    relation = words(len(at), "outflow_above_inflow", (gap > 0, "inflow_above_outflow"))
    base, other_base = np.where(paired, base, NONE), np.where(paired, other_base, NONE)
    if not len(at):
        return []
    stock, now, then = _stock(panel, at)
    return [
        _table(
            panel, at, base, other, other_base, (now, then),
            relation=relation, stock=stock, stock_direction=_stock_moved(panel, gap, now, then),
        )
    ]  # fmt: skip


def _stock(panel: Panel, at: Ints) -> tuple[Words, Ints, Ints]:
    """What the starts at `at` add to, and its figures at the end of their period and just before
    it; -1 where unknown. A rate's count stands for the rate, and its figures where there are any.
    """
    catalogue = panel.dataset.catalogue.indicators
    flows = {entry.flows.starts: code for code, entry in catalogue.items() if entry.flows}
    counts = {entry.rate: code for code, entry in catalogue.items() if entry.rate}
    stocks = [flows.get(name, "") for name in panel.names["indicator"]]
    counted = [counts.get(name, name) for name in stocks]
    now, then = np.full((2, len(at)), NONE, np.int64)
    for names in (stocks, counted):
        end = _at_end_of(panel, at, _codes(panel, names)[panel.points.indicator[at]])
        safe = np.maximum(end, 0)
        start = panel.find(panel.series[safe], panel.points.start[at] - 1)
        known = (end >= 0) & (start >= 0) & (panel.segment[start] == panel.segment[safe])
        now, then = np.where(known, end, now), np.where(known, start, then)
    own = panel.points.indicator[at]
    return coded_words(own, counted), now, then


def _stock_moved(panel: Panel, gap: Floats, now: Ints, then: Ints) -> Words:
    """Which way the stock went: starts less ends (`gap`) say so, and no figure of it otherwise."""
    known = (now >= 0) & (then >= 0)
    shown = shown_difference(panel, np.maximum(now, 0), np.maximum(then, 0))
    agrees = ~known | (np.sign(shown) == np.sign(gap))
    return direction_words(np.where(agrees, gap, np.nan))


def _echoes(panel: Panel) -> Table | None:
    """Series that follow the one they are declared to follow. Only the few that declare it are
    read.
    """
    catalogue = panel.dataset.catalogue.indicators
    of = _codes(panel, [catalogue[name].echo_of for name in panel.names["indicator"]])
    at = panel.current[of[panel.points.indicator[panel.current]] >= 0]
    leader = latest_of(panel, at, of[panel.points.indicator[at]], keep_category=True)
    lags = panel.of_indicator("echo_months", at)
    kept: list[tuple[int, int, int, int, float]] = []
    for own, other, months in zip(at.tolist(), leader.tolist(), lags.tolist(), strict=True):
        if other >= 0 and months > 0:
            kept += _echo(panel, own, other, months)
    if not kept:
        return None
    rows = np.array([row[:4] for row in kept], np.int64)
    return _table(
        panel, rows[:, 0], panel.before(rows[:, 0]), rows[:, 1], rows[:, 2],
        relation=words(len(rows), "echo"),
        lag=rows[:, 3],
        correlation=np.array([row[4] for row in kept]),
    )  # fmt: skip


def _echo(
    panel: Panel, own: int, other: int, months: int
) -> list[tuple[int, int, int, int, float]]:
    """The echo of one series, if there is one: its points, lag and correlation."""
    ends = panel.points.end.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    mine = np.arange(int(panel.run_start[own]), own + 1)
    theirs = np.arange(int(panel.run_start[other]), other + 1)
    led = {int(ends[at]): int(at) for at in theirs}
    pairs = [(int(at), led[int(ends[at]) - months]) for at in mine if int(ends[at]) - months in led]
    span = int(ends[own] - ends[mine[0]])
    if len(pairs) < 5 or span < panel.thresholds["echo_lags"] * months:
        return []
    places = np.array(pairs)
    steps = [np.diff(panel.points.value[places[:, side]]) for side in (0, 1)]
    if min(np.ptp(step) for step in steps) == 0:
        return []
    correlation = float(np.corrcoef(steps[0], steps[1])[0, 1])
    free = len(steps[0]) - 2
    t = correlation * np.sqrt(free / max(1 - correlation**2, 1e-12))
    if float(special.stdtr(free, -t)) >= panel.thresholds["echo_p_value"]:
        return []
    return [(own, pairs[-1][1], pairs[-2][1], months, without_dust(correlation))]


def _table(
    panel: Panel, at: Ints, base: Ints, other: Ints, other_base: Ints,
    beside: tuple[Ints, ...] = (), **own: Any,
) -> Table:  # fmt: skip
    return make_table(
        panel, "relation", at, Evidence(points=(at, base, other, other_base, *beside)),
        **named_period(panel, base, "base"),
        base_value=panel.value_at(base),
        result=difference(panel.value_at(at), panel.value_at(base)),
        result_unit=result_units(panel.units(at)),
        direction=direction_words(shown_difference(panel, at, base)),
        other=coded_words(panel.points.indicator[other], panel.names["indicator"]),
        other_value=panel.value_at(other),
        other_base_value=panel.value_at(other_base),
        **own,
    )  # fmt: skip
