"""Counts are shown whole, whatever decimals their source carries."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from reporter.sources.catalogue import Catalogue

_FEW = 1 / 20
"""Of a measure's figures: as few with a fraction are slips or halves, more are what it counts in,
such as full-time equivalents."""


def with_whole_counts(catalogue: Catalogue, observations: pd.DataFrame) -> Catalogue:
    """`catalogue` without decimals for counts of which no more than a few figures have a fraction.

    `observations` has the columns `indicator` and `value`, NaN where there is no figure.
    """
    codes = [
        code for code, one in catalogue.indicators.items() if one.unit == "count" and one.decimals
    ]
    if not codes:
        return catalogue
    found = observations[observations["indicator"].isin(codes) & observations["value"].notna()]
    parted = found["value"] % 1 != 0
    shares = parted.groupby(found["indicator"].astype(str)).mean()
    whole = {
        code: replace(catalogue.indicators[code], decimals=0)
        for code in codes
        if shares.get(code, 1.0) <= _FEW
    }
    return replace(catalogue, indicators={**catalogue.indicators, **whole})
