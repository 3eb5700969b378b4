"""Doubts about targets: bands that overlap or leave gaps, and bounds in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from reporter.plausibility.looking import Figures
from reporter.problems import Place, Problem

COLOURS = ("green", "amber", "red")
FIX = "Mend the bounds, or say in the note how such a figure is judged."


def check_bands(figures: Figures) -> Iterator[Problem]:
    """Each row of targets whose bands do not meet, or whose minimum and target leave no middle."""
    targets = figures.commission.dataset.targets
    if targets.empty:
        return
    held = targets["area"].isin(["", figures.brief.area])
    for row in targets[held & targets["indicator"].isin(figures.asked)].to_dict("records"):
        decimals = figures.catalogue.indicators[str(row["indicator"])].decimals
        name = figures.catalogue.indicators[str(row["indicator"])].name
        for code, what in (*_between(row, decimals), *_bounds(row)):
            place = Place.of(str(row["file"]), row=int(row["row"]))
            yield Problem(place, code, f"{name}: {what}", FIX, "warning")


def _between(row: dict[Any, Any], decimals: int) -> Iterator[tuple[str, str]]:
    """What lies between bands that should meet: nothing, or figures of both."""
    bands = sorted(
        (_or(row[f"{colour}_from"], -np.inf), _or(row[f"{colour}_to"], np.inf), colour)
        for colour in COLOURS
        if not (np.isnan(row[f"{colour}_from"]) and np.isnan(row[f"{colour}_to"]))
    )
    gaps = []
    for (_, top, lower), (bottom, _, upper) in pairwise(bands):
        if bottom <= top:
            shared = f"{bottom:g} is" if bottom == top else f"{bottom:g} to {top:g} are"
            yield "bands-overlap", f"{shared} in both the {lower} and the {upper} band"
        elif bottom - top > 10.0**-decimals * (1 + 1e-9):
            gaps.append(f"{top:g} and {bottom:g}")
    if gaps:
        yield "bands-gap", f"figures between {', or between '.join(gaps)}, are in no band"


def _or(value: float, otherwise: float) -> float:
    return otherwise if np.isnan(value) else float(value)


def _bounds(row: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    if row["minimum"] == row["upper"]:
        yield "no-middle", f"the minimum and the upper target are both {row['minimum']:g}"
