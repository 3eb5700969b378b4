"""Published figures that cannot be: a country's or region's beside those of its members.

A percentage, rate, score or average of a whole lies between those of its members. One that does not
is left out as unreliable and told; so are the figures of members that all repeat their whole's. A
count of a whole that is not the sum of its members' is told, and stays, where all are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reporter.problems import Place, Problem, shorten
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue
from reporter.sources.columns import combine

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
        beside = beside[~beside.index.isin(wrong)]  # told already
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


def _known(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Every figure: its `area`, `indicator`, `unit`, `value`, and a number for its `cell`, which is
    that of all areas' figures of the measure, member and period. The index is the observation's.
    """
    known = observations[observations["value"].notna()]
    names = {name: known[name].astype("category") for name in ("area", *_ALIKE)}
    days = (known[name].to_numpy().astype("datetime64[D]").astype(np.int64) for name in _DAYS)
    codes = (names[name].cat.codes.to_numpy() for name in _ALIKE)
    units = {code: entry.unit for code, entry in catalogue.indicators.items()}
    measure = names["indicator"].cat
    return pd.DataFrame(
        {
            "area": names["area"],
            "indicator": measure.codes,
            "unit": names["indicator"].map(units),
            "value": known["value"],
            "cell": pd.factorize(combine([*codes, *days]))[0],
        }
    )


def _beside(family: _Family, known: pd.DataFrame) -> pd.DataFrame:
    """The whole's figures with the range, sum and number of its members' for the same period.

    `ever` is how many members have a figure of the measure at all.
    """
    members = known[known["area"].isin(family.members)]
    ranges = members.groupby("cell", sort=False)["value"].agg(["min", "max", "sum", "size"])
    both = known[known["area"] == family.whole].join(ranges, on="cell", how="inner")
    with_figures = members[["indicator", "area"]].drop_duplicates()
    both["ever"] = both["indicator"].map(with_figures["indicator"].value_counts()).astype(float)
    return both[(both["size"] >= FEWEST) & (both["size"] >= (1 - MOST_MISSING) * both["ever"])]


def _faults(
    family: _Family, beside: pd.DataFrame, known: pd.DataFrame, listed: bool
) -> Iterator[tuple[int, str, str, str, list[int]]]:
    """(row, code, what, fix, rows to be left out) of each fault of a family.

    `listed`: whether the areas that are known are all that there are.
    """
    whole, value = family.whole, beside["value"]
    complete = (beside["size"] == beside["ever"]) & listed
    # Where a member has no figure, it may lie as far outside as the others lie apart.
    leeway = np.where(complete, 1e-9, beside["max"] - beside["min"])
    outside = (value > beside["max"] + leeway) | (value < beside["min"] - leeway)
    repeated = (beside["min"] == value) & (beside["max"] == value) & (value > 0)
    counted = beside["unit"] == "count"
    near = np.maximum(OFF_BY * beside["sum"].abs(), ROUNDED_BY * beside["size"])
    off = complete & ((value - beside["sum"]).abs() > near)
    ranged = beside["unit"].isin(_BETWEEN)
    for at, row in beside[ranged & outside].iterrows():
        among = f"{int(row['size'])} {family.called}"
        summed = abs(row["value"] - row["sum"]) <= OFF_BY * abs(row["sum"])
        what = f"{row['value']:g} for {whole} lies outside the figures of its {among} " + (
            f"({row['min']:g} to {row['max']:g})" + ("; it is their sum" if summed else "")
        )
        fix = "It is left out as unreliable. Ask whoever published it, or correct the file."
        yield int(str(at)), "outside-its-members", what, fix, [int(str(at))]
    copied = ranged & repeated & (value != HUNDRED) & (beside["size"] >= SAMPLE)
    copied &= family.kind == "country"
    for at, row in beside[(counted & repeated) | copied].iterrows():
        same = (known["cell"] == row["cell"]) & (known["value"] == row["value"])
        place = known["area"]
        same &= place != whole if row["unit"] != "count" else place.isin(family.members)
        what = f"all {int(row['size'])} {family.called} of {whole} have its own figure, "
        what += f"{row['value']:g}"
        fix = "Theirs are left out as unreliable. Ask whoever published them, or correct the file."
        yield int(str(at)), "same-as-whole", what, fix, known.index[same].tolist()
    if family.called == "authorities":
        for at, row in beside[counted & off & ~repeated].iterrows():
            what = f"{row['value']:g} for {whole} is not the sum of its {int(row['size'])} "
            what += f"{family.called}, {row['sum']:g}"
            fix = "Check which of them it counts; it is used as it stands."
            yield int(str(at)), "not-the-sum", what, fix, []


def _left_out(observations: pd.DataFrame, rows: Sequence[int]) -> pd.DataFrame:
    if not rows:
        return observations
    frame = observations.copy(deep=False)
    for name in ("value", "numerator", "denominator"):
        column = frame[name].to_numpy(np.float64).copy()
        column[rows] = np.nan
        frame[name] = column
    reasons = frame["missing"].astype(str).to_numpy(dtype=object)
    reasons[rows] = UNRELIABLE
    frame["missing"] = pd.Categorical(reasons)
    return frame
