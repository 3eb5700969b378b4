"""Counts are shown whole, unless they count in parts."""

from __future__ import annotations

import pandas as pd
import pytest

from reporter.sources import Catalogue, Indicator
from reporter.sources.counting import with_whole_counts


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [
        ([9553.0, 9601.0], "count", 0),
        ([9553.0] * 30 + [9553.5], "count", 0),  # a half among many
        ([15.5], "count", 1),  # full-time equivalents
        ([28.3, 30.1, 31.0, float("nan")], "count", 1),
        ([float("nan")], "count", 1),
        ([94.0, 95.0], "percent", 1),
    ],
)
def test_decimals_of_counts(values: list[float], unit: str, decimals: int) -> None:
    one = Indicator(name="Pupils", unit=unit, noun="number of pupils", decimals=1)  # type: ignore[arg-type]
    frame = pd.DataFrame({"indicator": "pupils", "value": values}).astype({"indicator": "category"})
    found = with_whole_counts(Catalogue(indicators={"pupils": one}), frame)
    assert found.indicators["pupils"].decimals == decimals
