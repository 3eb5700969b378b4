"""Areas that are asked about together have the facts of each when it is asked about alone."""

from __future__ import annotations

from typing import Any

from reporter.facts import compute_facts
from reporter.sources import Dataset, PeerGroup
from tests.facts.making import dataset, indicator, question, row, series, years

OWN = {"Here": ("n", "Group A", "England"), "There": ("England", "m"), "Alone": ("Group B",)}
RATE = "s47_rate"


def figures() -> Dataset:
    rows: list[dict[str, Any]] = []
    for at, area in enumerate(
        ("Here", "There", "Alone", "England", "Group A", "Group B", "X", "Y")
    ):
        rows += series("s", "2019-10", [20 + at, 24 - at, 22], area=area)
        rows += years(RATE, 2017, [270 + at, 278 - at], area=area)
        rows += years("people", 2018, [6000 + at], area=area)
        rows += series("p", "2019-09", [60 - at, 61, 64 + at % 3], area=area, denominator=100)
        for sex, value in (("Girls", 60 + at), ("Boys", 58)):
            member = {"breakdown": "sex", "category": sex, "area": area}
            rows += years("g", 2017, [value - 3, value], **member)
    # One has the whole of a measure, the other its members only.
    rows += [row("g", "2018/19", 60, period_type="year", area="Here")]
    peers = {
        "n": PeerGroup(of="Here", members=("X", "Y", "There", "Alone"), model="Model 1"),
        "m": PeerGroup(of="There", members=("X", "Y", "Here", "Alone"), model="Model 1"),
    }
    targets = [
        {"indicator": "p", "area": area, "start": start, "end": end, "target": 62,
         "green_from": 62, "red_to": 60, **given}
        for area, start, end, given in (
            ("Here", "2019-04-01", "2020-03-31", {}), ("There", "2019-11-01", "2020-03-31", {}),
        )
    ]  # fmt: skip
    percent = indicator(unit="percent", polarity="high_good", state="on time")
    return dataset(
        rows, targets=targets, peers=peers,
        s=indicator(rate=RATE, population="people", polarity="low_good"),
        **{RATE: indicator(unit="rate", per=10000, polarity="low_good")},
        people=indicator(), p=percent, g=percent,
    )  # fmt: skip


def test_each_area_is_held_against_its_own_comparators() -> None:
    data, groups = figures(), {"Work": ("s", RATE), "Pupils": ("p", "g")}
    together = compute_facts(data, question("2019-12", areas=tuple(OWN), own=OWN, groups=groups))
    kinds = set()
    for area, names in OWN.items():
        alone = question("2019-12", areas=(area,), comparators=names, groups=groups)
        facts = compute_facts(data, alone).of(area)
        assert together.of(area) == facts
        kinds |= {(fact.kind, fact.comparator) for fact in facts if fact.comparator}
    for kind in ("comparator", "gap", "conditional", "count_summary"):
        assert (kind, "England") in kinds
        assert kind == "conditional" or (kind, "Group B") in kinds
    assert {("comparator", "n"), ("count_summary", "m"), ("target", "target")} <= kinds
