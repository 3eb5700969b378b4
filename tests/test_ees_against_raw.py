"""Papers on the five published files: every fact worked out again from the raw rows.

RAW_PAPERS=25 takes every area of `AREAS`, and three more years of each.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporter.facts import Question, compute_facts
from reporter.opening import open_materials
from reporter.pipeline import build_report
from tests.ees_papers import (
    AREAS,
    BASELINE,
    FOLDER,
    PAPERS,
    PEERS,
    TARGET_COLUMNS,
    region_of,
    write_paper,
)
from tests.recomputed import Cell, Measure, World, differences, facts_about, facts_in, plain

MANY = int(os.environ.get("RAW_PAPERS", "2"))
YEARS = ("2024/25",) if MANY < 20 else ("2024/25", "2023/24", "2021/22", "2018/19")
GONE = {"c": "suppressed", "z": "not_applicable", "x": "not_available", "k": "low",
        "low": "low", "u": "unreliable"}  # fmt: skip
SIGNS = {"high_good": 1, "low_good": -1}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published files in ../shared/data/ees are not on this machine"
)


def place(row: dict[str, str]) -> str:
    old = row["la_name"] == "Dorset" and row["new_la_code"] == "E10000009"
    return "Dorset (until 2019)" if old else (
        row["la_name"] or row["region_name"] or row["country_name"])  # fmt: skip


def cells_of(entry: dict[str, Any], row: dict[str, str]) -> Iterator[tuple[str, Cell]]:
    for asked in entry["measures"]:
        asked = {"column": asked} if isinstance(asked, str) else asked
        text = row[asked["column"]]
        x, n = (number(row[asked[name]]) if name in asked else None
                for name in ("numerator", "denominator"))  # fmt: skip
        code = asked.get("code") or asked["column"]
        gone = GONE.get(text, "")
        yield code, Cell(None, gone) if gone else Cell(Decimal(text), "", x, n)


def number(text: str) -> Decimal | None:
    return None if text in GONE else Decimal(text)


def member_of(entry: dict[str, Any], row: dict[str, str]) -> tuple[str, str] | None:
    """Breakdown and category of a row; None where the brief does not ask for it."""
    if any(row[name] != item for name, item in entry.get("filters", {}).items()):
        return None
    for kept in entry.get("breakdowns", ()):
        kept = {"filter": kept} if isinstance(kept, str) else kept
        item = row[kept["filter"]]
        if item == kept.get("total", "Total"):
            return "", ""
        wanted = kept.get("items", [item])
        return (kept["filter"], item) if item in wanted else None
    return "", ""


def raw_world(name: str, area: str, region: str, period: str) -> World:
    """The raw figures that a paper asks for."""
    paper = PAPERS[name]
    cells: dict[Any, dict[int, Cell]] = {}
    kinds, regions, decimals = {}, {}, {}
    for entry in paper["ees"]:
        with (FOLDER / entry["file"]).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                member = member_of(entry, row)
                if member is None:
                    continue
                kinds[place(row)] = {"National": "country", "Regional": "region"}.get(
                    row["geographic_level"], "authority")  # fmt: skip
                if row["la_name"]:
                    regions[place(row)] = row["region_name"]
                for code, cell in cells_of(entry, row):
                    known = cells.setdefault((place(row), code, *member), {})
                    assert int(row["time_period"]) not in known
                    known[int(row["time_period"])] = cell
                    if cell.value is not None:
                        digits = -int(cell.value.as_tuple().exponent)
                        decimals[code] = max(decimals.get(code, 0), digits)
    snapshots = {asked.get("code") for entry in paper["ees"] if entry.get("snapshot")
                 for asked in entry["measures"]}  # fmt: skip
    measures = {}
    for entry in paper["ees"]:
        for asked in entry["measures"]:
            code = asked if isinstance(asked, str) else asked.get("code") or asked["column"]
            said = paper["indicators"].get(code, {"decimals": decimals[code]})
            unit = said.get("unit") or ("percent" if "percent" in code else "count")
            sign = SIGNS.get(said.get("polarity", ""), 0)
            snapshot = code in snapshots
            more = {**said, "month": 3} if snapshot else said
            measures[code] = Measure(unit, said.get("decimals", 0), sign, snapshot, more)
    against = ("England", region, "Similar", "Kent") if area != "Kent" else ("England",)

    def period_of(code: str, year: int) -> str:
        return f"{year}-03" if measures[code].snapshot else f"{year - 1}/{year % 100:02d}"

    return World(
        cells, measures, kinds, regions, int(period[:4]) + 1, period_of, {area: against},
        groups={(area, "Similar"): PEERS}, baselines={"the plan": int(BASELINE[:4]) + 1},
        targets=targets_of(paper), sections={"Figures": tuple(measures)},
    )  # fmt: skip


def targets_of(paper: dict[str, Any]) -> dict[tuple[str, int], dict[str, Decimal]]:
    found = {}
    for line in paper["targets"]:
        row = dict(zip(TARGET_COLUMNS, line.split(","), strict=True))
        goals = {name: Decimal(row[name]) for name in TARGET_COLUMNS[2:] if row[name]}
        found[row["indicator"], int(row["valid_for"][:4]) + 1] = goals
    return found


@pytest.mark.parametrize("period", YEARS)
@pytest.mark.parametrize("area", AREAS[:MANY])
@pytest.mark.parametrize("name", PAPERS)
def test_every_fact_is_that_of_the_raw_rows(
    tmp_path: Path, name: str, area: str, period: str
) -> None:
    region = region_of(name, area)
    world = raw_world(name, area, region, period)
    if not any(series.now == world.until for series in world.of_area(area)):
        pytest.skip("the file has no figure of the area for that year")
    brief = write_paper(tmp_path / name, name, area, region, period)
    expected = facts_about(world, area)
    wrong = list(differences(computed(brief), expected, every=True))
    evidence = json.loads(build_report(brief, tmp_path / "out").paths[1].read_bytes())
    wrong += differences(facts_in(evidence), expected, every=True)
    assert not wrong, (len(wrong), len(expected), wrong[:5])
    assert len(expected) > 20


def computed(brief: Path) -> list[dict[str, Any]]:
    """Every fact that a paper is chosen from."""
    given = open_materials(brief)
    asked = Question.of(given.commission.brief, given.thresholds)
    return plain(compute_facts(given.commission.dataset, asked).of(given.commission.brief.area))


def test_one_figure_that_is_another_is_found(tmp_path: Path) -> None:
    world = raw_world("plans", "Leeds", "Yorkshire and The Humber", "2024/25")
    brief = write_paper(tmp_path / "plans", "plans", "Leeds", "Yorkshire and The Humber", "2024/25")
    facts = computed(brief)
    for area, year in (("Leeds", 2019), ("England", 2025), ("Kent", 2024), ("Sheffield", 2025)):
        key = (area, "CPP_subsequent_percent", "", "")
        true = world.cells[key][year]
        assert true.value is not None
        off = true._replace(value=100 - true.value)
        cells = {**world.cells, key: {**world.cells[key], year: off}}
        wrong = differences(facts, facts_about(replace(world, cells=cells), "Leeds"), every=True)
        assert list(wrong), area
    assert not list(differences(facts, facts_about(world, "Leeds"), every=True))
