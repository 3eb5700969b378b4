"""Small datasets for tests: rows of a few words in, a `Dataset` out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from reporter.facts import Question, Since, Thresholds, load_thresholds
from reporter.sources import Area, Areas, Catalogue, Dataset, Indicator, PeerGroup, parse_period
from reporter.sources.breaks import with_eras
from reporter.sources.periods import basis, year_to_date

RULES = Path(__file__).parents[2] / "rules"
MISSING = {"c": "suppressed", "z": "not_applicable", "x": "not_available", "k": "low"}
TARGET_FIGURES = (
    "target", "minimum", "upper", "green_from", "green_to", "amber_from", "amber_to",
    "red_from", "red_to",
)  # fmt: skip


@lru_cache(maxsize=1)
def standard_thresholds() -> Thresholds:
    return load_thresholds(RULES / "thresholds.yaml")


def indicator(**fields: Any) -> Indicator:
    return Indicator(**({"name": "Measure", "noun": "measure", "unit": "count"} | fields))


def row(code: str, period: str, value: Any, **fields: Any) -> dict[str, Any]:
    """An observation; `value` a number, or a symbol for a missing one."""
    given = {
        "area": "Here", "breakdown": "", "category": "", "period_type": "month", "status": "",
        "numerator": float("nan"), "denominator": float("nan"), "published": "",
    }  # fmt: skip
    symbol = value if isinstance(value, str) else ""
    number = float("nan") if symbol else float(value)
    return given | {
        "indicator": code, "period": period, "value": number, "text": str(value),
        "missing": MISSING.get(symbol, ""),
    } | fields  # fmt: skip


def series(code: str, first: str, values: list[Any], **fields: Any) -> list[dict[str, Any]]:
    """Observations of months that follow on `first`, such as 2018-04; None leaves a month out."""
    year, month = (int(part) for part in first.split("-"))
    rows = []
    for step, value in enumerate(values):
        at = year * 12 + month - 1 + step
        if value is not None:
            rows.append(row(code, f"{at // 12}-{at % 12 + 1:02d}", value, **fields))
    return rows


def years(code: str, first: int, values: list[Any], **fields: Any) -> list[dict[str, Any]]:
    """Observations of financial years that follow on the one that starts in `first`."""
    rows = []
    for step, value in enumerate(values):
        if value is not None:
            year = first + step
            rows.append(
                row(
                    code,
                    f"{year}/{(year + 1) % 100:02d}",
                    value,
                    **{"period_type": "year"} | fields,
                )
            )
    return rows


def dataset(
    rows: list[dict[str, Any]],
    targets: list[dict[str, Any]] | None = None,
    peers: dict[str, PeerGroup] | None = None,
    **indicators: Indicator,
) -> Dataset:
    """A dataset of `rows`; areas named England, Region and Group ... are what they are called."""
    frame = pd.DataFrame(rows)
    periods = [parse_period(key) for key in frame["period"]]
    periods = [
        year_to_date(period) if kind == "ytd" else period
        for period, kind in zip(periods, frame["period_type"], strict=True)
    ]
    starts = [
        period.end if kind == "snapshot" else period.start
        for period, kind in zip(periods, frame["period_type"], strict=True)
    ]
    frame["start"] = pd.to_datetime(starts).astype("datetime64[s]")
    frame["end"] = pd.to_datetime([period.end for period in periods]).astype("datetime64[s]")
    frame["cell"] = ""
    frame["months"] = [
        0 if kind == "snapshot" else period.months
        for period, kind in zip(periods, frame["period_type"], strict=True)
    ]
    frame["basis"] = [
        basis(period, kind, indicators[code].any_length)
        for period, kind, code in zip(
            periods, frame["period_type"], frame["indicator"], strict=True
        )
    ]
    for name in ("indicator", "period", "period_type"):
        frame[name] = frame[name].astype("category")
    frame["era"] = 0
    frame = with_eras(frame, Catalogue(indicators=indicators))
    frame["file"], frame["row"] = "observations.csv", range(2, len(frame) + 2)
    for name in ("area", "indicator", "breakdown", "category", "period", "period_type", "basis"):
        frame[name] = frame[name].astype("category")
    names = list(frame["area"].cat.categories)
    return Dataset(
        observations=frame,
        targets=_targets(targets or []),
        catalogue=Catalogue(indicators=indicators),
        areas=Areas(areas={name: _area(name) for name in names}, peer_groups=peers or {}),
    )


def _area(name: str) -> Area:
    if name == "England":
        return Area(kind="country")
    if name == "Region":
        return Area(kind="region")
    if name.startswith("Group"):
        return Area(kind="group", statistic="median")
    return Area(kind="authority", region="Region")


def _targets(rows: list[dict[str, Any]]) -> pd.DataFrame:
    given: dict[str, Any] = {
        "area": "", "indicator": "", "breakdown": "", "category": "", "period_type": "",
        "start": "2000-04-01", "end": "2100-03-31", "note": "", "file": "targets.csv", "cell": "",
    }  # fmt: skip
    given |= dict.fromkeys(TARGET_FIGURES, float("nan"))
    frame = pd.DataFrame([given | target for target in rows], columns=[*given, "row"])
    frame["row"] = range(2, len(frame) + 2)
    for name in ("start", "end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame.astype(dict.fromkeys(TARGET_FIGURES, "float64"))


def question(period: str, **fields: Any) -> Question:
    asked = parse_period(period)
    given = {"areas": ("Here",), "thresholds": standard_thresholds()} | fields
    return Question(start=asked.start, end=asked.end, **given)


def since(name: str, period: str) -> Since:
    asked = parse_period(period)
    return Since(name, asked.start, asked.end)
