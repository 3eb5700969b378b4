"""Whom an area is held against: areas with figures of their own, and peer groups worked out here.

Comparators are named by the question, or belong to the area: its region, the countries, published
groups, and the peer groups made for it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Pairs of present figures and areas with figures of their own: each one's first comparator,
    then each one's second, and so on.
    """
    at = panel.current
    found = []
    for rank, theirs in enumerate(rivals_of_areas(panel, ("region", "country", "group"))):
        area = theirs[panel.points.area[at]]
        held = (area >= 0) & (area != panel.points.area[at])
        found.append(Against(at[held], area[held], rank))
    return found


def rivals_of_areas(panel: Panel, kinds: Sequence[str]) -> Ints:
    """Comparators by areas: the code of the first area with figures of its own that each area is
    held against, of the second, and so on; -1 where it has no more.

    Where none are named: all areas of these `kinds`, of regions an area's own only.
    """
    names, areas = panel.names["area"], panel.dataset.areas.areas
    code = {name: at for at, name in enumerate(names)}
    wide = [name for name, area in areas.items() if area.kind in set(kinds) - {"region"}]
    columns = {}
    for at in panel.asked_areas().tolist():
        wanted = panel.question.against(names[at])
        if wanted is None:
            region = areas[names[at]].region if "region" in kinds and names[at] in areas else ""
            wanted = (region, *wide)
        columns[at] = [code[name] for name in wanted if name in code and name in areas]
    found = np.full((max(map(len, columns.values()), default=0), len(names)), NONE, np.int64)
    for at, column in columns.items():
        found[: len(column), at] = column
    return found


def circles(panel: Panel) -> list[Circle]:
    """The peer groups that are asked for, with the present figures of the areas they are for."""
    names, groups = panel.names["area"], panel.dataset.areas.peer_groups
    code = {name: at for at, name in enumerate(names)}
    own: dict[str, list[str]] = {}
    for name, group in groups.items():
        own.setdefault(group.of, []).append(name)
    areas = panel.points.area[panel.current]
    found = []
    for area in np.unique(areas).tolist():
        at, made = panel.current[areas == area], own.get(names[area], [])
        wanted = panel.question.against(names[area])
        for name in made if wanted is None else [name for name in wanted if name in made]:
            others = {code[member] for member in groups[name].members if member in code}
            if others := others - {area}:
                found.append(Circle(name, groups[name], at, np.array(sorted(others), np.int64)))
    return found
