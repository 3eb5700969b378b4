"""Rank: position among peers, with ties, the number ranked and how many were left out (1.8.7).

Position 1 is the best by polarity (the highest where neutral); equal exact figures share a
position. An area is ranked among the authorities of its country and of its region, and within each
of its neighbour groups together with its members. Nobody is ranked on small numbers, and no group
is ranked, now or at the period before, in which a suppressed figure could change the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from reporter.facts.columns import Words, coded_words, words
from reporter.facts.evidence import Evidence, Lists
from reporter.facts.funnel import proportion_places, rate_places
from reporter.facts.measures import difference, small_numbers
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel, pick
from reporter.facts.peers import lay_square, points_of
from reporter.facts.rivals import Circle, circles
from reporter.facts.table import Table, make_table, named_period


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Places of points within their group: position, of how many, and how many share it besides."""

    position: Ints
    of: Ints
    ties: Ints


def ranks(panel: Panel) -> list[Table]:
    """Ranks among all authorities, those of the region, and each neighbour group."""
    at, country = panel.current, _field(panel, by_region=False)
    among = _among(panel, country, np.r_[at, panel.before(at)])
    orders = _by_value(panel, among), _by_change(panel, among)
    fields = (country, _field(panel, by_region=True))
    wide = [_among_authorities(panel, field, among, *orders) for field in fields]
    return [table for table in (*wide, _among_neighbours(panel)) if table is not None]


def direction_of_good(panel: Panel, at: Ints) -> Ints:
    """1 where the highest figure is first, -1 where the lowest is."""
    return np.where(panel.sign(at) < 0, -1, 1)


def quartile_of(position: Ints, of: Ints) -> Ints:
    """The quarter of the list that a position falls in: 4 position / of, rounded up."""
    return -(-4 * position // np.maximum(of, 1))


_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """Who is ranked with whom: each area's group, the groups' names, and which areas take part."""

    group_of: Ints
    labels: list[str]
    takes_part: Bools

    def family(self, panel: Panel, at: Ints) -> Ints:
        """One number for the points of one cell and group, who are ranked together."""
        return panel.cell[at] * len(self.labels) + self.group_of[panel.points.area[at]]

    def others(self, panel: Panel, at: Ints, among: Ints) -> Lists:
        """The points of everyone who is ranked with those at `at`, out of those `among`."""
        points = panel.points
        placed = among[panel.place[panel.cell[among], points.area[among]] == among]
        family = self.family(panel, placed)
        order = np.lexsort((points.area[placed], family))
        wanted = self.family(panel, at)
        start, stop = (np.searchsorted(family[order], wanted, side) for side in _SIDES)
        return Lists(placed[order], start, stop - start)


def _field(panel: Panel, by_region: bool) -> _Field:
    names, areas = panel.names["area"], panel.dataset.areas.areas
    authority = np.array([n not in areas or areas[n].kind == "authority" for n in names], bool)
    if not by_region:
        countries = [name for name, area in areas.items() if area.kind == "country"]
        label = countries[0] if len(countries) == 1 else ""
        return _Field(np.zeros(len(names), np.int64), [label], authority)
    regions = [areas[n].region if n in areas else "" for n in names]
    labels = sorted(set(regions))
    placed = np.array([region != "" for region in regions], bool)
    codes = np.array([labels.index(region) for region in regions], np.int64)
    return _Field(codes, labels, authority & placed)


def _among_authorities(
    panel: Panel, field: _Field, among: Ints, by_value: _Order, by_change: _Order
) -> Table | None:
    if not field.takes_part.any():
        return None
    at = panel.current
    among = among[field.takes_part[panel.points.area[among]]]
    position, of, ties = _wide_places(panel, field, by_value)
    moved_to, moved_of, _ = _wide_places(panel, field, by_change)
    group, hidden = field.group_of[panel.points.area[at]], _hidden_in(panel, field)
    held = (of[at] >= panel.thresholds["rank_minimum"]) & ~small_numbers(panel, at)
    held &= ~hidden[panel.cell[at], group]
    at, group = at[held], group[held]
    earlier = panel.before(at)
    cell_then = panel.cell[np.maximum(earlier, 0)]
    known_then = (earlier >= 0) & ~hidden[cell_then, group]
    sizes = np.bincount(field.group_of[field.takes_part], minlength=len(field.labels))
    return _table(
        panel, at, earlier, Positions(position[at], of[at], ties[at]),
        Evidence(points=(at,), others=(field.others(panel, at, among),)),
        excluded=sizes[group] - of[at],
        funnel=_wide_funnel(panel, field, at, among),
        group=coded_words(group, field.labels),
        previous_position=np.where(known_then, position[np.maximum(earlier, 0)], 0),
        position_of_change=np.where(known_then, moved_to[at], 0),
        of_change=np.where(known_then, moved_of[at], 0),
    )  # fmt: skip


def _among(panel: Panel, field: _Field, at: Ints) -> Ints:
    """The points of all who take part in the cells of the points at `at`, of which some are -1."""
    wanted = np.zeros(len(panel.place), np.bool_)
    wanted[panel.cell[at[at >= 0]]] = True
    return np.flatnonzero(field.takes_part[panel.points.area] & wanted[panel.cell])


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Points in the order of their families and, within one, of their worth, the best first."""

    at: Ints
    family: Ints
    worth: Floats


def _by_value(panel: Panel, at: Ints) -> _Order:
    """The points at `at`, those of one cell by their values."""
    return _in_order(panel, at, panel.value_at(at), panel.cell[at])


def _by_change(panel: Panel, among: Ints) -> _Order:
    """Those `among` with a point before, those of the same two periods by how they changed."""
    at = among[panel.before(among) >= 0]
    before = panel.before(at)
    change = difference(panel.value_at(at), panel.value_at(before))
    return _in_order(panel, at, change, panel.cell[at] * len(panel.place) + panel.cell[before])


def _in_order(panel: Panel, at: Ints, values: Floats, family: Ints) -> _Order:
    worth = -values * direction_of_good(panel, at)  # the best is the smallest
    order = np.lexsort((worth, family))
    return _Order(at[order], family[order], worth[order])


def _wide_places(panel: Panel, field: _Field, order: _Order) -> tuple[Ints, Ints, Ints]:
    """Position, of and ties of each point within its family and group; 0 of what is in none."""
    group = field.group_of[panel.points.area[order.at]].astype(np.int16)
    rows = np.flatnonzero(field.takes_part[panel.points.area[order.at]])
    rows = rows[np.argsort(group[rows], kind="stable")]  # sixteen bits are sorted in one pass
    group, family, worth = group[rows], order.family[rows], order.worth[rows]
    places = np.arange(len(rows))
    new_family = _fresh(group) | _fresh(family)
    new_value = new_family | _fresh(worth)
    start = np.maximum.accumulate(np.where(new_family, places, 0))
    first = np.maximum.accumulate(np.where(new_value, places, 0))
    sizes, ties = (_sizes_of_runs(fresh) for fresh in (new_family, new_value))
    found = np.zeros((3, len(panel.series)), np.int64)
    found[:, order.at[rows]] = first - start + 1, sizes, ties - 1
    return found[0], found[1], found[2]


def _fresh(column: NDArray[Any]) -> Bools:
    """Whether each element is another than the one before it."""
    fresh: Bools = np.r_[True, column[1:] != column[:-1]][: len(column)]
    return fresh


def _sizes_of_runs(fresh: Bools) -> Ints:
    """For each element, how many there are in its run; `fresh` marks where runs begin."""
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.r_[starts, len(fresh)])
    return np.repeat(sizes, sizes)


def _hidden_in(panel: Panel, field: _Field) -> Bools:
    """Cells by groups: whether a suppressed figure could change the order."""
    found = np.zeros((len(panel.hidden), len(field.labels)), np.bool_)
    for group in range(len(field.labels)):
        found[:, group] = panel.hidden[:, field.takes_part & (field.group_of == group)].any(axis=1)
    return found


def _among_neighbours(panel: Panel) -> Table | None:
    found = _distinct(circles(panel))
    square = lay_square(found)
    theirs = points_of(panel, panel.cell[square.at], square.members)
    barred = _any_hidden(panel, panel.cell[square.at], square.members)
    barred |= small_numbers(panel, square.at)
    places = _in_square(panel, square.at, square.at, theirs)
    held = np.flatnonzero((places.of >= panel.thresholds["rank_minimum"]) & ~barred)
    if not len(held):
        return None
    at, members, theirs = square.at[held], square.members[held], theirs[held]
    earlier = panel.before(at)
    cell = np.where(earlier >= 0, panel.cell[np.maximum(earlier, 0)], NONE)
    theirs_then = points_of(panel, cell, members)
    then = _in_square(panel, at, earlier, theirs_then)
    unbroken = panel.segment[np.maximum(theirs, 0)] == panel.segment[np.maximum(theirs_then, 0)]
    paired = np.where((theirs >= 0) & unbroken, theirs_then, NONE)
    change = _changes_in_square(panel, at, earlier, theirs, paired)
    known_then = (cell >= 0) & ~_any_hidden(panel, np.maximum(cell, 0), members)
    names = [circle.group.model or circle.name for circle in found]
    circle = square.circle[held]
    return _table(
        panel, at, earlier,
        Positions(places.position[held], places.of[held], places.ties[held]),
        Evidence(points=(at,), others=(Lists.of_square(theirs),)),
        excluded=(members >= 0).sum(axis=1) + 1 - places.of[held],
        funnel=_funnel(panel, at, *_sums_in_square(panel, np.column_stack([at, theirs]))),
        group=coded_words(circle, names),
        previous_position=np.where(known_then, then.position, 0),
        position_of_change=np.where(known_then, change.position, 0),
        of_change=np.where(known_then, change.of, 0),
    )  # fmt: skip


def _any_hidden(panel: Panel, cell: Ints, members: Ints) -> Bools:
    """Whether any member's figure of each row's cell is suppressed."""
    secret = panel.hidden[cell[:, None], np.maximum(members, 0)] & (members >= 0)
    return np.asarray(secret.any(axis=1), np.bool_)


def _distinct(found: list[Circle]) -> list[Circle]:
    """One circle for each area, model and set of members: mean and median rank alike."""
    kept: dict[tuple[str, str, tuple[int, ...]], Circle] = {}
    for circle in found:
        alike = (circle.group.of, circle.group.model, tuple(circle.members.tolist()))
        kept.setdefault(alike, circle)
    return list(kept.values())


def _in_square(panel: Panel, owner: Ints, at: Ints, theirs: Ints) -> Positions:
    """Positions of the figures at `at` among themselves and those at `theirs`, row by row."""
    return _compare(panel, owner, panel.value_at(at), pick(panel.points.value, theirs))


def _changes_in_square(
    panel: Panel, at: Ints, earlier: Ints, theirs: Ints, theirs_then: Ints
) -> Positions:
    value = panel.points.value
    own = difference(panel.value_at(at), panel.value_at(earlier))
    other = difference(pick(value, theirs), pick(value, theirs_then))
    return _compare(panel, at, own, other)


def _compare(panel: Panel, owner: Ints, own: Floats, others: Floats) -> Positions:
    sign = direction_of_good(panel, owner)[:, None]
    better = (others - own[:, None]) * sign > 0
    known = ~np.isnan(own)
    return Positions(
        np.where(known, better.sum(axis=1) + 1, 0),
        np.where(known, (~np.isnan(others)).sum(axis=1) + 1, 0),
        np.where(known, (others == own[:, None]).sum(axis=1), 0),
    )


def _wide_funnel(panel: Panel, field: _Field, at: Ints, among: Ints) -> Words:
    """Places in the funnel of all who are ranked together, who are `among` these points."""
    family = field.family(panel, among)
    counts = (panel.points.numerator[among], panel.points.denominator[among])
    width = len(panel.place) * len(field.labels)
    own = field.family(panel, at)
    sums = (np.bincount(family, column, width) for column in counts)  # NaN where one lacks
    events, of = (each[own].astype(np.float64) for each in sums)
    return _funnel(panel, at, events, of)


def _sums_in_square(panel: Panel, together: Ints) -> tuple[Floats, Floats]:
    """Events and trials of each row's points; NaN where one of them lacks its own."""
    there = together >= 0
    columns = (panel.points.numerator, panel.points.denominator)
    events, of = (np.where(there, pick(column, together), 0).sum(axis=1) for column in columns)
    return events, of


def _funnel(panel: Panel, at: Ints, events: Floats, of: Floats) -> Words:
    """within, outside_95 or outside_998 of the funnel round `events` by `of`; else none."""
    x, n, units = panel.points.numerator[at], panel.points.denominator[at], panel.units(at)
    baseline = np.divide(events, of, out=np.full(len(at), np.nan), where=of > 0)
    sound = (x >= 0) & (n > 0) & ~np.isnan(baseline)
    place = np.full(len(at), NONE, np.int64)
    for unit, places, fits in (
        ("percent", proportion_places, x <= n),
        ("rate", rate_places, x >= 0),
    ):
        rows = np.flatnonzero(sound & fits & (units == unit))
        place[rows] = places(x[rows], n[rows], baseline[rows])
    names = ("within", "outside_95", "outside_998")
    return words(len(at), "none", *((place == i, name) for i, name in enumerate(names)))


def _table(
    panel: Panel, at: Ints, earlier: Ints, places: Positions, evidence: Evidence, **own: Any
) -> Table:
    return make_table(
        panel, "rank", at, evidence,
        result=places.position,
        result_unit="position",
        **named_period(panel, earlier, "base"),
        base_value=panel.value_at(earlier),
        position=places.position,
        of=places.of,
        ties=places.ties,
        quartile=quartile_of(places.position, places.of),
        **own,
    )  # fmt: skip
