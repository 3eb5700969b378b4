"""The places of the open data format: one name for each, whatever codes it has borne.

An authority keeps the Department's three-digit number when it is given a new nine-digit code, and
loses it when its boundary changes. So what shares either code is one place, and what shares only a
name is two: the one with the latest figures bears it plain, the other as "Name (until 2019)".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from reporter.sources.areas import Area, AreaKind, Areas
from reporter.sources.columns import Column, combinations
from reporter.sources.periods import parse_period
from reporter.sources.tables import Table

_STEMS = (
    "english_devolved_area", "institution", "local_enterprise_partnership", "lsip",
    "mayoral_combined_authority", "opportunity_area", "pcon", "pfa", "planning_area", "provider",
    "school", "sponsor", "trust", "ward", "lad",
)  # fmt: skip
_ENDS = ("code", "name", "id", "urn", "ukprn", "upin", "laestab", "estab", "postcode")
PLACE_COLUMNS = frozenset(
    (
        "country_code", "country_name", "region_code", "region_name", "old_la_code", "new_la_code",
        "la_name", "rsc_region_lead_name", *(f"{stem}_{end}" for stem in _STEMS for end in _ENDS),
    )
)  # fmt: skip
"""Columns that say where, at any level."""
LEVELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "National": ("country_name", ("country_code",)),
    "Regional": ("region_name", ("region_code",)),
    "Local authority": ("la_name", ("old_la_code", "new_la_code")),
    "Local authority district": ("lad_name", ("lad_code",)),
    "RSC region": ("rsc_region_lead_name", ()),
    "Parliamentary constituency": ("pcon_name", ("pcon_code",)),
    "Local skills improvement plan area": ("lsip_name", ("lsip_code",)),
    "Local enterprise partnership": (
        "local_enterprise_partnership_name", ("local_enterprise_partnership_code",)
    ),
    "Mayoral combined authority": (
        "mayoral_combined_authority_name", ("mayoral_combined_authority_code",)
    ),
    "English devolved area": ("english_devolved_area_name", ("english_devolved_area_code",)),
    "Opportunity area": ("opportunity_area_name", ("opportunity_area_code",)),
    "Police force area": ("pfa_name", ("pfa_code",)),
    "Planning area": ("planning_area_name", ("planning_area_code",)),
    "Ward": ("ward_name", ("ward_code",)),
    "MAT": ("trust_name", ("trust_id",)),
    "Sponsor": ("sponsor_name", ("sponsor_id",)),
    "School": ("school_name", ("school_urn", "school_laestab")),
    "Provider": ("provider_name", ("provider_ukprn",)),
    "Institution": ("institution_name", ("institution_id",)),
}  # fmt: skip
"""Each level with the column of its name and those of its codes, the steadiest first."""
_KINDS: dict[str, AreaKind] = {"National": "country", "Regional": "region", "RSC region": "region"}
NO_CODE = ("", "x", "z", "c", ":")
"""What stands for a code where a place has none or is not known."""
NOWHERE = ("", "not available", "unknown", "not known")
"""Names, in lower case, of the place of those whose place is not known."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as some rows have it; what shares a level and a code is one place."""

    level: str
    codes: tuple[str, ...]
    name: str
    region: str
    until: date
    """The last day that those rows are about."""


def spots_of(
    table: Table, at: NDArray[np.intp], period: Column
) -> tuple[tuple[Spot, ...], NDArray[np.intp]]:
    """The places of the rows `at`, and which of them each row is about; `period` has their times.

    A place that is spelt in two ways is two spots with a code in common.
    """
    ends = np.array([parse_period(key).end.toordinal() for key in period.texts])[period.codes]
    levels = table.columns["geographic_level"].take(at)
    numbers = np.zeros(len(at), np.intp)
    spots: dict[Spot, int] = {}
    for level, (name, codes) in LEVELS.items():
        here = np.flatnonzero(levels.holds(level))
        columns = [
            table.columns.get(column, Column.constant("", len(table.rows.row))).take(at[here])
            for column in (name, "region_name", *codes)
        ]
        rows, inverse = combinations(columns)
        for number, (text, region, *codes_there) in enumerate(rows):
            mine = here[inverse == number]
            until = date.fromordinal(int(ends[mine].max()))
            known = tuple(code for code in codes_there if code not in NO_CODE)
            spot = Spot(level, known, text, region, until)
            numbers[mine] = spots.setdefault(spot, len(spots))
    return tuple(spots), numbers


def settle(spots: Iterable[Spot]) -> tuple[dict[Spot, str], Areas]:
    """The name of the place of each spot, and the areas under those names.

    A place is called what its latest figures call it.
    """
    ordered = sorted(spots, key=lambda it: (it.until, it.level, it.codes, it.name, it.region))
    latest: list[Spot] = []
    of: dict[Spot, int] = {}
    for at, places in enumerate(_places(ordered)):
        latest.append(places[-1])
        of |= dict.fromkeys(places, at)
    names = _names(latest)
    regions = {spot.name: name for spot, name in names.items() if spot.level == "Regional"}
    areas = {name: _area(spot, regions) for spot, name in names.items()}
    return {spot: names[latest[at]] for spot, at in of.items()}, Areas(areas=areas)


def _places(spots: Sequence[Spot]) -> list[list[Spot]]:
    """`spots` in groups that share codes, directly or through others."""
    group: dict[tuple[str, str], list[Spot]] = {}
    for spot in spots:
        keys = [(spot.level, code) for code in spot.codes or (f"name {spot.name}",)]
        together = [spot]
        for other in {id(group[key]): group[key] for key in keys if key in group}.values():
            together = [*other, *together]
        for member in together:
            codes = member.codes or (f"name {member.name}",)
            group |= {(member.level, code): together for code in codes}
    groups = {id(members): members for members in group.values()}.values()
    return [sorted(members, key=spots.index) for members in groups]


def _names(places: Sequence[Spot]) -> dict[Spot, str]:
    """A name for each place that no other has."""
    alike: dict[str, list[Spot]] = {}
    for spot in places:
        alike.setdefault(spot.name, []).append(spot)
    names: dict[Spot, str] = {}
    for sharing in alike.values():
        names |= _told_apart(sharing)
    return dict(sorted(names.items(), key=lambda item: item[1]))


def _told_apart(sharing: Sequence[Spot]) -> dict[Spot, str]:
    """Places of one name: that of the highest level with the latest figures keeps it plain."""
    levels = list(LEVELS)
    first, *rest = sorted(sharing, key=lambda it: (levels.index(it.level), -it.until.toordinal()))
    names = {first: first.name}
    for spot in rest:
        mark = spot.level[:1].lower() + spot.level[1:]
        if spot.level == first.level:
            mark = f"until {spot.until.year}" if spot.until < first.until else " ".join(spot.codes)
        name = f"{spot.name} ({mark})"
        names[spot] = f"{name[:-1]}, {' '.join(spot.codes)})" if name in names.values() else name
    return names


def _area(spot: Spot, regions: Mapping[str, str]) -> Area:
    kind = _KINDS.get(spot.level, "authority")
    region = regions.get(spot.region, spot.region) if kind == "authority" else ""
    return Area(kind=kind, region="" if region.casefold() in (*NO_CODE, *NOWHERE) else region)
