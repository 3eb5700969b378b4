"""Whom an area is held against: areas with figures of their own, and peer groups worked out here.

Comparators are named by the question, or belong to the area: its region, the countries, published
groups, and the peer groups made for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reporter.facts.panel import NONE, Ints, Panel
from reporter.sources import PeerGroup


@dataclass(frozen=True, slots=True, eq=False)
class Against:
    """Points paired with a comparing area: `at` and the area's code, of one kind and statistic."""

    at: Ints
    area: Ints
    rank: int
    """Place among the comparators asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Circle:
    """Points of the areas that a peer group is for, and the codes of its members."""

    name: str
    group: PeerGroup
    at: Ints
    members: Ints


def published_rivals(panel: Panel) -> list[Against]:
    """Pairs of present figures and areas with figures of their own, comparator by comparator."""
    areas = panel.dataset.areas.areas
    code = {name: at for at, name in enumerate(panel.names["area"])}
    at, wanted = panel.current, panel.question.comparators
    if wanted is None:
        own = np.array(
            [code.get(areas[n].region, NONE) if n in areas else NONE for n in panel.names["area"]],
            np.int64,
        )
        region = own[panel.points.area[at]] if len(own) else at
        found = [Against(at[region >= 0], region[region >= 0], 0)]
        names = [name for name, area in areas.items() if area.kind in ("country", "group")]
    else:
        found, names = [], [name for name in wanted if name in areas]
    for name in names:
        if name in code:
            held = at[panel.points.area[at] != code[name]]
            found.append(Against(held, np.full(len(held), code[name], np.int64), len(found)))
    return found


def circles(panel: Panel) -> list[Circle]:
    """The peer groups that are asked for, with the present figures of the areas they are for."""
    code = {name: at for at, name in enumerate(panel.names["area"])}
    wanted = panel.question.comparators
    groups = panel.dataset.areas.peer_groups
    order = list(groups) if wanted is None else [name for name in wanted if name in groups]
    by_area: dict[int, Ints] = {}
    areas = panel.points.area[panel.current]
    for area in np.unique(areas).tolist():
        by_area[area] = panel.current[areas == area]
    found = []
    for name in order:
        group = groups[name]
        members = [code[m] for m in group.members if m in code and m != group.of]
        if members and group.of in code and code[group.of] in by_area:
            at = by_area[code[group.of]]
            found.append(Circle(name, group, at, np.array(sorted(set(members)), np.int64)))
    return found
