"""A small invented council for the planner: facts and messages made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.facts import KINDS, Fact, Source
from reporter.rules import Message, Rule
from reporter.sources import (
    Areas,
    Breakdown,
    Brief,
    Catalogue,
    Commission,
    Dataset,
    Flows,
    Indicator,
    Measure,
    Member,
    Section,
    parse_period,
)

AREA = "Exampleshire"
NOW = "2019-05"


def fact(kind: str, indicator: str = "plans", **given: Any) -> Fact:
    own: dict[str, dict[str, Any]] = {
        "change": {"base_label": "previous_period"},
        "peak_trough": {"extreme": "low"},
        "record": {"extreme": "highest", "points": 12},
        "streak": {"pattern": "rising", "length": 4},
        "comparator": {"comparator_kind": "country"},
        "share": {"share": 10.0},
        "count_summary": {"what": "met"},
        "caveat": {"reason": "provisional"},
    }
    shared = {"indicator": indicator, "area": AREA, "period": NOW, "period_type": "snapshot"}
    sources = (Source("observations.csv", 2),)
    return KINDS[kind](
        **{**shared, "unit": "count", "sources": sources, **own.get(kind, {}), **given}
    )


def message(fact: Fact, role: str = "modifier", weight: float = 50, rule: str = "") -> Message:
    named = rule or f"{fact.kind}-{fact.base_period or fact.comparator or role}"
    return Message(fact, Rule(id=named, about=fact.kind, role=role, say="..."), weight)


def change(base_period: str, base_value: float, **given: Any) -> Fact:
    value = given.pop("value", 429.0)
    return fact(
        "change", value=value, base_period=base_period, base_value=base_value,
        result=value - base_value, direction="up", **given,
    )  # fmt: skip


def indicator(name: str, **given: Any) -> Indicator:
    return Indicator(**{"name": name, "unit": "count", "noun": f"number of {name}", **given})


CATALOGUE = Catalogue(
    indicators={
        "plans": indicator(
            "plans", rate="plans_rate", flows=Flows(starts="starts", ends="ends")
        ),
        "plans_rate": indicator("rate of plans", unit="rate", per=10000),
        "starts": indicator("starts of plans"),
        "ends": indicator("ends of plans"),
        "starts_pct": indicator("share of starts", unit="percent", share_of="starts"),
        "visits": indicator("visits on time", unit="percent", decimals=1),
        "referrals": indicator("referrals"),
    },
    breakdowns={
        "age": Breakdown(label="Age", members={"0 to 4": Member(), "5 to 9": Member()}),
    },
)  # fmt: skip
COLUMNS = {
    "area": AREA, "indicator": "plans", "breakdown": "", "category": "", "period": NOW,
    "period_type": "snapshot", "value": float("nan"), "numerator": float("nan"),
    "denominator": float("nan"), "text": "", "status": "", "missing": "", "published": "",
    "file": "observations.csv", "cell": "", "basis": "snapshot", "era": 0,
}  # fmt: skip


def observations(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    full = []
    for number, row in enumerate(rows, start=2):
        period = parse_period(row.get("period", NOW))
        ends = {"start": pd.Timestamp(period.start), "end": pd.Timestamp(period.end)}
        full.append({**COLUMNS, **ends, "months": 1, "row": number, **row})
    columns = [*COLUMNS, "start", "end", "months", "row"]
    frame = pd.DataFrame(full, columns=columns)
    texts = ["area", "indicator", "breakdown", "category", "period", "period_type", "basis"]
    return frame.astype(dict.fromkeys(texts, "category"))


TARGETS = pd.DataFrame(
    columns=[
        "area", "indicator", "breakdown", "category", "start", "end", "target", "minimum", "upper",
        "green_from", "green_to", "amber_from", "amber_to", "red_from", "red_to", "note", "file",
        "row",
    ]
)  # fmt: skip


def commission(
    *sections: Section,
    rows: Sequence[dict[str, Any]] = (),
    targets: pd.DataFrame = TARGETS,
    **given: Any,
) -> Commission:
    """A commission of an outline; the brief's other keys and the observations by name."""
    brief = Brief(
        title="Performance", area=AREA, committee="Scrutiny", meeting_date=date(2019, 6, 20),
        period=NOW, outline=sections, **{"charts": "none", **given},
    )  # fmt: skip
    dataset = Dataset(observations(rows), targets, CATALOGUE, Areas(areas={}))
    return Commission(brief, dataset, Path())


def section(*codes: str | Measure, **given: Any) -> Section:
    measures = tuple(c if isinstance(c, Measure) else Measure(indicator=c) for c in codes)
    return Section(**{"heading": "Plans", "measures": measures, **given})


class Makers:
    """The functions of this file, for tests."""

    fact = staticmethod(fact)
    message = staticmethod(message)
    change = staticmethod(change)
    commission = staticmethod(commission)
    section = staticmethod(section)
    targets = TARGETS


@pytest.fixture
def make() -> type[Makers]:
    return Makers
