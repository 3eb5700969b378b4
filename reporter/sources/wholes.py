"""Published figures that cannot be: a country's or region's beside those of its members.

A percentage, rate, score or average of a whole lies between those of its members. One that does not
is left out as unreliable and told; so are the figures of members that all repeat their whole's. A
count of a whole that is not the sum of its members' is told, and stays, where all are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.numbering import combine, numbered
from reporter.problems import Place, Problem, shorten
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST = 5
"""Members with figures, of fewer of which nothing is concluded."""
SAMPLE = 20
"""The same where the areas that are listed may not be all."""
MOST_MISSING = 0.2
"""Share of the members without a figure, beyond which nothing is concluded."""
OFF_BY = 0.02
"""How far a sum may lie off, as figures of members are rounded or revised apart."""
ROUNDED_BY = 5
"""How far the count of each member may be rounded."""
HUNDRED = 100
"""All may well have a hundred per cent, or none."""
UNRELIABLE = "unreliable"
_BETWEEN = ("percent", "rate", "score", "average", "ratio")
_ALIKE = ("indicator", "breakdown", "category", "basis")
_DAYS = ("start", "end")


@dataclass(frozen=True, slots=True)
class _Family:
    """A whole and what it is made of."""

    whole: str
    members: tuple[str, ...]
    called: str
    kind: str
    """What the whole is: country or region."""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Every figure, a column each; `row` is its row among the observations."""

    row: Ints
    area: Ints
    measure: Ints
    value: Floats
    cell: Ints
    """A number for all areas' figures of one measure, member and period."""
    areas: tuple[str, ...]
    """The names behind `area`."""
    units: tuple[str, ...]
    """The unit of each `measure`."""
    seen: Bools
    """Measures by areas: whether there is any figure."""

    def of(self, *names: str) -> Bools:
        """Which figures are of these areas."""
        return np.isin(self.areas, names)[self.area]


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """The whole's figures with the range, sum and number of its members' for the same period."""

    row: Ints
    cell: Ints
    unit: NDArray[np.str_]
    value: Floats
    low: Floats
    high: Floats
    sum: Floats
    size: Ints
    ever: Ints
    """How many members have a figure of the measure at all."""

    def take(self, chosen: Bools) -> _Beside:
        """The figures that are `chosen`."""
        return _Beside(*(getattr(self, name)[chosen] for name in self.__slots__))

    def each(self, chosen: Bools) -> Iterator[dict[str, Any]]:
        """Each figure that is `chosen`, by the names of the columns."""
        own = self.take(chosen)
        columns = [getattr(own, name).tolist() for name in self.__slots__]
        yield from (
            dict(zip(self.__slots__, row, strict=True)) for row in zip(*columns, strict=True)
        )


def without_impossible(
    observations: pd.DataFrame, catalogue: Catalogue, areas: Areas
) -> tuple[pd.DataFrame, list[Problem]]:
    """`observations` with every figure that cannot be as missing, and a warning for each."""
    families = list(_families(areas))
    if not families:
        return observations, []
    known = _known(observations, catalogue)
    wrong: list[int] = []
    told: dict[str, list[Problem]] = {}
    for family in families:
        beside = _beside(family, known)
        beside = beside.take(~np.isin(beside.row, wrong))  # told already
        for at, code, what, fix, rows in _faults(family, beside, known, areas.complete):
            wrong += rows
            file, row = str(observations["file"].iloc[at]), int(observations["row"].iloc[at])
            where = Place.of(file, row=row, column="value")
            told.setdefault(code, []).append(Problem(where, code, what, fix, "warning"))
    problems = [problem for found in told.values() for problem in shorten(sorted(found))]
    return _left_out(observations, sorted(set(wrong))), problems


def _families(areas: Areas) -> Iterator[_Family]:
    kinds: dict[str, list[str]] = {}
    for name, area in areas.areas.items():
        kinds.setdefault(area.kind, []).append(name)
    authorities = kinds.get("authority", [])
    found = [
        _Family(region, tuple(a for a in authorities if areas.areas[a].region == region),
                "authorities", "region")
        for region in kinds.get("region", [])
    ]  # fmt: skip
    if len(kinds.get("country", [])) == 1:
        (country,) = kinds["country"]
        found.append(_Family(country, tuple(kinds.get("region", [])), "regions", "country"))
        found.append(_Family(country, tuple(authorities), "authorities", "country"))
    fewest = FEWEST if areas.complete else SAMPLE
    return (family for family in found if len(family.members) >= fewest)


def _known(observations: pd.DataFrame, catalogue: Catalogue) -> _Known:
    value = observations["value"].to_numpy(np.float64)
    rows = np.flatnonzero(~np.isnan(value))
    names = {name: observations[name].astype("category").cat for name in ("area", *_ALIKE)}
    codes = {name: column.codes.to_numpy()[rows] for name, column in names.items()}
    days = [observations[name].to_numpy().astype("datetime64[D]")[rows] for name in _DAYS]
    ends = [numbered(day.astype(np.int64)) for day in days]
    measures, areas = (tuple(map(str, names[it].categories)) for it in ("indicator", "area"))
    seen = np.zeros((len(measures), len(areas)), np.bool_)
    seen[codes["indicator"], codes["area"]] = True
    entries = catalogue.indicators
    return _Known(
        row=rows,
        area=codes["area"],
        measure=codes["indicator"],
        value=value[rows],
        cell=numbered(combine([*(codes[name] for name in _ALIKE), *ends])),
        areas=areas,
        units=tuple(entries[code].unit if code in entries else "" for code in measures),
        seen=seen,
    )


def _beside(family: _Family, known: _Known) -> _Beside:
    """The figures of a whole that members enough stand beside."""
    members = known.of(*family.members)
    cell, value = known.cell[members], known.value[members]
    count = int(known.cell.max(initial=-1)) + 1
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, cell, value)
    np.maximum.at(high, cell, value)
    size = np.bincount(cell, minlength=count)
    total = np.bincount(cell, weights=value, minlength=count)
    ever = known.seen[:, np.isin(known.areas, family.members)].sum(axis=1)
    own = known.of(family.whole)
    cell, measure = known.cell[own], known.measure[own]
    found = _Beside(
        row=known.row[own],
        cell=cell,
        unit=np.array(known.units, str)[measure],
        value=known.value[own],
        low=low[cell],
        high=high[cell],
        sum=total[cell].astype(np.float64),
        size=size[cell],
        ever=ever[measure],
    )
    return found.take((found.size >= FEWEST) & (found.size >= (1 - MOST_MISSING) * found.ever))


def _faults(
    family: _Family, beside: _Beside, known: _Known, listed: bool
) -> Iterator[tuple[int, str, str, str, list[int]]]:
    """(row, code, what, fix, rows to be left out) of each fault of a family.

    `listed`: whether the areas that are known are all that there are.
    """
    whole, value = family.whole, beside.value
    complete = (beside.size == beside.ever) & listed
    # Where a member has no figure, it may lie as far outside as the others lie apart.
    leeway = np.where(complete, 1e-9, beside.high - beside.low)
    outside = (value > beside.high + leeway) | (value < beside.low - leeway)
    repeated = (beside.low == value) & (beside.high == value) & (value > 0)
    counted = beside.unit == "count"
    near = np.maximum(OFF_BY * np.abs(beside.sum), ROUNDED_BY * beside.size)
    off = complete & (np.abs(value - beside.sum) > near)
    ranged = np.isin(beside.unit, _BETWEEN)
    for row in beside.each(ranged & outside):
        among = f"{row['size']} {family.called}"
        summed = abs(row["value"] - row["sum"]) <= OFF_BY * abs(row["sum"])
        what = f"{row['value']:g} for {whole} lies outside the figures of its {among} " + (
            f"({row['low']:g} to {row['high']:g})" + ("; it is their sum" if summed else "")
        )
        fix = "It is left out as unreliable. Ask whoever published it, or correct the file."
        yield row["row"], "outside-its-members", what, fix, [row["row"]]
    copied = ranged & repeated & (value != HUNDRED) & (beside.size >= SAMPLE)
    copied &= family.kind == "country"
    for row in beside.each((counted & repeated) | copied):
        same = (known.cell == row["cell"]) & (known.value == row["value"])
        same &= known.of(*family.members) if row["unit"] == "count" else ~known.of(whole)
        what = f"all {row['size']} {family.called} of {whole} have its own figure, "
        what += f"{row['value']:g}"
        fix = "Theirs are left out as unreliable. Ask whoever published them, or correct the file."
        yield row["row"], "same-as-whole", what, fix, known.row[same].tolist()
    if family.called == "authorities":
        for row in beside.each(counted & off & ~repeated):
            what = f"{row['value']:g} for {whole} is not the sum of its {row['size']} "
            what += f"{family.called}, {row['sum']:g}"
            fix = "Check which of them it counts; it is used as it stands."
            yield row["row"], "not-the-sum", what, fix, []


def _left_out(observations: pd.DataFrame, rows: Sequence[int]) -> pd.DataFrame:
    if not rows:
        return observations
    frame = observations.copy(deep=False)
    for name in ("value", "numerator", "denominator"):
        column = frame[name].to_numpy(np.float64).copy()
        column[rows] = np.nan
        frame[name] = column
    missing = frame["missing"].astype("category").cat
    reasons = sorted({*missing.categories, UNRELIABLE})
    place = np.array([reasons.index(reason) for reason in missing.categories], np.int8)
    codes = place[missing.codes.to_numpy()]
    codes[rows] = reasons.index(UNRELIABLE)
    frame["missing"] = pd.Categorical.from_codes(codes, pd.Index(reasons, dtype="str"))
    frame["missing"] = frame["missing"].cat.remove_unused_categories()
    return frame
