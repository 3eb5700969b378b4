"""Caveats of figures that may not be compared over time: since a break, and those set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from reporter.facts.columns import categorical
from reporter.facts.evidence import Evidence, Lists
from reporter.facts.panel import MARKS, Bools, Ints, Panel
from reporter.facts.table import Table, make_table, named_period
from reporter.sources import Break, era_break

DAYS = 8_000_000
"""More days than lie between the first and last that there are, so that one number holds both."""


def not_comparable_over_time(panel: Panel) -> list[Table]:
    """What is told of breaks within the lookback, and of periods set apart amid the figures."""
    tables = (_broken(panel), _alone(panel), _apart(panel))
    return [table for table in tables if table is not None]


def _broken(panel: Panel) -> Table | None:
    """Series whose comparable figures begin at a break: marked in the data, or declared."""
    at, points = panel.current, panel.points
    first = panel.first_of_segment(at)
    before = np.maximum(first - 1, 0)
    inner = (first > 0) & (panel.series[before] == panel.series[first])
    declared = inner & (points.era[before] != points.era[first])
    marked = (points.marks[first] >> MARKS.index("break")) & 1 == 1
    held = (inner | marked) & (at - first < panel.thresholds["lookback_points"])
    if not held.any():
        return None
    at, first = at[held], first[held]
    return make_table(
        panel, "caveat", at, Evidence(points=(at, first)), reason="break", affects="change",
        **named_period(panel, first, "base"),
        base_value=panel.value_at(first),
        points=at - first + 1,
        **_declared(panel, at, declared[held]),
    )  # fmt: skip


def _alone(panel: Panel) -> Table | None:
    """Present figures that stand apart from all others of their series."""
    at, points = panel.current, panel.points
    at = at[points.era[at] < 0]
    at = at[np.bincount(panel.whole)[panel.whole[at]] > 1]
    if not len(at):
        return None
    names = panel.names["period"]
    return make_table(
        panel, "caveat", at, Evidence(points=(at,)),
        {"set_apart": lambda row: (names[points.period[at[row]]],)},
        reason="apart", affects="change",
        points=1,
        **_declared(panel, at, np.full(len(at), True)),
    )  # fmt: skip


def _declared(panel: Panel, at: Ints, declared: Bools) -> dict[str, Any]:
    """Why figures of the eras of those at `at` compare with no others, and who says so."""
    return _reasons(_breaks_of(panel, at, declared))


def _reasons(given: Sequence[Break | None]) -> dict[str, Any]:
    return {
        "why": categorical(*_texts([each.why if each else "" for each in given])),
        "declared_by": categorical(*_texts([each.source if each else "" for each in given])),
    }


def _breaks_of(panel: Panel, at: Ints, declared: Bools) -> list[Break | None]:
    """The break that begins the era of each point, where it is `declared`."""
    catalogue = panel.dataset.catalogue.indicators
    names = panel.names["indicator"]
    found: dict[tuple[int, int], Break | None] = {}
    keys = zip(panel.points.indicator[at].tolist(), panel.points.era[at].tolist(), strict=True)
    given = []
    for key, is_declared in zip(keys, declared.tolist(), strict=True):
        if is_declared and key not in found:
            found[key] = era_break(catalogue[names[key[0]]].breaks, key[1])
        given.append(found[key] if is_declared else None)
    return given


def _texts(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """The distinct of `texts`, and which of them each is: codes first."""
    known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return np.array([known[text] for text in texts], np.int64), list(known)


def _apart(panel: Panel) -> Table | None:
    """Series that go on after figures that stand apart, told of each reason for which they do."""
    points = panel.points
    apart = np.flatnonzero(points.era < 0)
    if not len(apart):
        return None
    apart = apart[np.lexsort((points.end[apart], panel.whole[apart]))]
    at = panel.current[points.era[panel.current] >= 0]
    begin, of, theirs = panel.first_of_segment(at), points.indicator[at], points.indicator[apart]
    found: list[tuple[Ints, Lists]] = []
    given: list[Break] = []
    for code, eras, each in _setting_apart(panel):
        own, others = of == code, apart[theirs == code]
        amid = others[np.isin(points.era[others], eras)]
        found.append(_over(panel, at[own], begin[own], amid))
        given += [each] * len(found[-1][0])
    at, lists = np.concatenate([at for at, _ in found]), _together([lists for _, lists in found])
    last = lists.at[lists.start + lists.size - 1]
    length = at - panel.find(panel.series[at], points.end[last], exact=False)
    held = np.flatnonzero(length <= panel.thresholds["lookback_points"])
    if not len(held):
        return None
    at, last, length = at[held], last[held], length[held]
    lists = Lists(lists.at, lists.start[held], lists.size[held])
    names = panel.names["period"]
    return make_table(
        panel, "caveat", at, Evidence(points=(at,), others=(lists,)),
        {"set_apart": lambda row: tuple(
            names[points.period[each]] for each in lists.of(np.array([row]))[1]
        )},
        reason="apart", affects="change",
        **named_period(panel, last, "base"),
        base_value=panel.value_at(last),
        **_reasons([given[row] for row in held]),
        points=length,
    )  # fmt: skip


def _setting_apart(panel: Panel) -> Iterator[tuple[int, list[int], Break]]:
    """Each break that sets periods apart: of which indicator, and their eras."""
    catalogue = panel.dataset.catalogue.indicators
    for code, name in enumerate(panel.names["indicator"]):
        owners = [each for each in catalogue[name].breaks for _ in each.apart]
        for given in dict.fromkeys(owners):
            yield code, [-1 - at for at, owner in enumerate(owners) if owner is given], given


def _over(panel: Panel, at: Ints, begin: Ints, apart: Ints) -> tuple[Ints, Lists]:
    """Those at `at` with comparable figures, from `begin` on, before and after some of those at
    `apart`, which stand by series and time; and the latter.
    """
    points = panel.points
    keys = panel.whole[apart], points.end[apart]
    first = _after(keys, panel.whole[at], points.end[begin])
    size = _after(keys, panel.whole[at], points.end[at]) - first
    held = size > 0
    return at[held], Lists(apart, first[held], size[held])


def _together(lists: Sequence[Lists]) -> Lists:
    """The rows of all `lists`, one after another."""
    offsets = np.cumsum([0, *(len(each.at) for each in lists)])
    starts = [each.start + offset for each, offset in zip(lists, offsets, strict=False)]
    return Lists(
        np.concatenate([each.at for each in lists]),
        np.concatenate(starts),
        np.concatenate([each.size for each in lists]),
    )


def _after(keys: tuple[Ints, Ints], series: Ints, day: Ints) -> Ints:
    """How many of the points with `keys`, series and end, come before the end of `day` in each
    series: all those of series before it, and those that end by then.
    """
    whole, end = keys
    packed = whole * DAYS + end
    return np.searchsorted(packed, series * DAYS + day, side="right")
