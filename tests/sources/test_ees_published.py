"""Papers on the five published files: every figure compared, found again in the raw rows."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporter.pipeline import build_report

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ees"
REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
PLANS = "d3_cpps_subsequent_plan_2013_to_2025.csv"
CARE, LEAVERS, STABILITY = (
    "cla_number_and_rate_per_10k_children.csv",
    "la_care_leavers_activity.csv",
    "la_cla_placement_stability.csv",
)
ON_31_MARCH = {"population_type": "Children looked after on 31 March each year"}
OLDER = {"care_leaver_age": "19 to 21 years"}
MOVED = {"placement_stability": "With 3 or more placements during the year"}
Entry = tuple[str, dict[str, str], str, tuple[str, ...]]
FILES: list[Entry] = [
    (REFERRALS, {}, "", ("referral_count", "rereferral_percent", "no_further_action_percent")),
    (PLANS, {}, "", ("CPP_start", "CPP_subsequent", "CPP_subsequent_percent")),
    (CARE, ON_31_MARCH, "", ("children_count", "rate_per_10000")),
    (LEAVERS, OLDER, "breakdown", ("care_leaver_count", "care_leaver_percent")),
    (STABILITY, MOVED, "", ("children_count", "children_percent")),
]
AREAS = ("Leeds", "Dorset")
GONE = ("c", "x", "u", "z", "k", "low")

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published files in ../shared/data/ees are not on this machine"
)


def raw_figures(entry: Entry) -> dict[tuple[str, str, str, str], list[str]]:
    """The cells of the rows asked for: area, measure, category and year that it ends in."""
    file, filters, breakdown, measures = entry
    found: dict[tuple[str, str, str, str], list[str]] = {}
    with (FOLDER / file).open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            if any(row[name] != item for name, item in filters.items()):
                continue
            area = row["la_name"] or row["region_name"] or row["country_name"]
            if area == "Dorset" and row["new_la_code"] == "E10000009":
                area = "Dorset (until 2019)"
            category = row[breakdown] if breakdown and row[breakdown] != "Total" else ""
            for measure in measures:
                key = (area, measure, category, row["time_period"])
                found.setdefault(key, []).append(row[measure])
    assert all(len(cells) == 1 for cells in found.values())
    return found


def year_of(period: str) -> str:
    return period[:2] + period[-2:] if "/" in period else period[:4]


def brief(area: str, entry: Entry) -> str:
    file, filters, breakdown, measures = entry
    source: dict[str, Any] = {"file": f"../{file}", "filters": filters, "measures": list(measures)}
    wanted: list[Any] = list(measures)
    if breakdown:
        source["breakdowns"] = [breakdown]
        wanted.append({"indicator": measures[1], "breakdown": breakdown})
    return json.dumps({
        "title": "Children's services", "area": area, "committee": "Scrutiny",
        "council": f"{area} Council", "meeting_date": "2025-12-11", "period": "2024/25",
        "data": {"ees": [source]}, "comparators": ["England"],
        "outline": [{"heading": "Figures", "measures": wanted, "tables": ["comparison"]}],
    })  # fmt: skip


def facts_of(evidence: Path) -> list[dict[str, Any]]:
    written = json.loads(evidence.read_bytes())
    said = [fact for statement in written["statements"] for fact in statement["facts"]]
    return said + [entry["fact"] for entry in written["left_out"]]


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry[0][:12])
def test_every_figure_is_that_of_the_raw_row(tmp_path: Path, entry: Entry, area: str) -> None:
    raw = raw_figures(entry)
    if not any(key[0] == area for key in raw):
        pytest.skip("the file has no such authority")
    shutil.copyfile(FOLDER / entry[0], tmp_path / entry[0])
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "report.yaml").write_text(brief(area, entry), encoding="utf-8")
    facts = facts_of(build_report(folder / "report.yaml", tmp_path / "out").paths[1])
    checked = 0
    for fact in facts:
        if fact["kind"] not in ("level", "change", "comparator", "peak_trough", "record"):
            continue
        series = (fact["area"], fact["indicator"], fact["category"])
        value = raw[*series, year_of(fact["period"])][0]
        if value in GONE:
            assert fact["value"] is None
            continue
        assert Decimal(str(fact["value"])) == Decimal(value)
        if fact["kind"] == "comparator" and (*_of(fact), year_of(fact["comparator_period"])) in raw:
            other = raw[*_of(fact), year_of(fact["comparator_period"])][0]
            assert Decimal(str(fact["comparator_value"])) == Decimal(other)
            assert Decimal(str(fact["result"])) == Decimal(value) - Decimal(other)
        elif fact["base_value"] is not None and year_of(fact["base_period"] or "") != "":
            before = raw[*series, year_of(fact["base_period"])][0]
            assert Decimal(str(fact["base_value"])) == Decimal(before)
            if fact["kind"] == "change":
                assert Decimal(str(fact["result"])) == Decimal(value) - Decimal(before)
        checked += 1
    assert checked or all(raw[key][0] in GONE for key in raw if key[0] == area)


def _of(fact: dict[str, Any]) -> tuple[str, str, str]:
    return fact["comparator"], fact["indicator"], fact["category"]
