"""The published figures of the Local Authority Interactive Tool as a `World` of raw figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd
import yaml

from reporter.facts import Question, compute_facts
from reporter.opening import Materials, materials_about, open_materials
from reporter.sources import Brief, Section, Setting
from tests.facts.test_against_raw import FOLDER, Raw, ends_in
from tests.recomputed import Cell, Measure, World, plain
from tests.test_lait_children import BRIEF

Figures = dict[str, dict[str, dict[int, Cell]]]
PERIODS = ("period", "base_period", "comparator_period", "first_period")
WRONG = Cell(None, "unreliable")


def ends(period: str) -> int:
    """The year in which a period ends, which is how the raw file names it."""
    numbers = re.findall(r"\d+", period.split("..")[-1])
    return 2000 + int(numbers[1]) if "/" in period.split("..")[-1] else int(numbers[0])


def by_year(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact with the years that its periods end in for their names."""
    apart = (
        {"set_apart": [str(ends(key)) for key in fact["set_apart"]]} if "set_apart" in fact else {}
    )
    return fact | apart | {name: str(ends(fact[name])) for name in PERIODS if fact.get(name)}


def published(raw: Raw) -> Figures:
    """Every cell of the file, without those that cannot be: an England rate that is a sum, a
    region's count that stands for each of its authorities, and England's share that stands for all.
    """
    cells: Figures = {
        measure: {a: {y: Cell(v) for y, v in s.items()} for a, s in areas.items()}
        for measure, areas in raw.figures.items()
    }
    table = pd.read_parquet(FOLDER / "bds_long.parquet")
    gone = (table["Values"] == "-") & (table["Years"] != "0")
    table = table[gone | table["Years"].str.contains("prov")]
    columns = (table[name].tolist() for name in ("Short Desc", "LA and Regions", "Years"))
    for measure, area, year in zip(*columns, strict=True):
        known = cells.get(measure, {}).setdefault(area, {}) if measure in cells else {}
        cell = known.get(ends_in(year), Cell(None, "not_available"))
        known[ends_in(year)] = cell._replace(provisional="prov" in year)
    summed = cells["FirstYJS"]["England"]
    summed |= {year: WRONG for year, cell in summed.items() if cell.value is not None}
    for area, region in raw.region.items():
        cases = cells["SEN_CASES_DUR_YEAR"].get(area, {})
        if region == "Yorkshire and the Humber" and cases.get(2022) == Cell(Decimal("6078.0")):
            cases[2022] = WRONG
    moves = cells["Stability_School"]
    for year in (2018, 2019):
        of_england = moves["England"][year]
        for area in moves.keys() - {"England"}:
            if moves[area].get(year) == of_england:
                moves[area][year] = WRONG
    return cells


def computed(
    areas: Sequence[str], period: str
) -> tuple[dict[str, list[dict[str, Any]]], list[Materials]]:
    """Every fact that the papers about `areas` are chosen from, by area; and their materials."""
    first = open_materials(BRIEF, setting=Setting(data=FOLDER, area=areas[0], period=period))
    given = [first, *(materials_about(first, area) for area in areas[1:])]
    dataset, found = first.commission.dataset, {}
    for area, each in zip(areas, given, strict=True):
        asked = Question.of(each.commission.brief, first.thresholds)
        found[area] = [by_year(fact) for fact in plain(compute_facts(dataset, asked).of(area))]
    return found, given


def world_of(
    raw: Raw, cells: Figures, facts: Mapping[str, list[dict[str, Any]]], given: Sequence[Materials]
) -> World:
    """The raw figures as papers on them ask for them.

    What a measure's unit is, and what kind of period its figures are of, are words of its title and
    its years; they are taken as they are.
    """
    entries = given[0].commission.dataset.catalogue.indicators
    levels = [f for found in facts.values() for f in found if f["kind"] == "level"]
    types = {fact["indicator"]: fact["period_type"] for fact in levels}
    march = {
        str(row.indicator)
        for row in given[0]
        .commission.dataset.observations[["indicator", "end"]]
        .drop_duplicates("indicator")
        .itertuples()
        if row.end.month == 3
    }
    measures = {
        code: Measure(
            entries[code].unit, raw.decimals[code], raw.sign[code], types.get(code) == "snapshot",
            {"type": types.get(code, "year"), "per": entries[code].per,
             "month": 3 if code in march else 0},
        )
        for code in cells
    }  # fmt: skip
    places = {area for areas in cells.values() for area in areas}
    kinds = dict.fromkeys(raw.region, "authority") | {
        area: "country" if area == "England" else "region" for area in places - raw.region.keys()
    }
    against, groups, models = {}, {}, {}
    for each in given:
        brief, peers = each.commission.brief, each.commission.dataset.areas.peer_groups
        against[brief.area] = brief.comparators
        for name in brief.comparators:
            if name in peers:
                models[name] = peers[name].model
                members = raw.neighbours[brief.area, models[name].split()[-1]]
                groups[brief.area, name] = tuple(members)
    return World(
        {(area, code, "", ""): figures for code, areas in cells.items()
         for area, figures in areas.items()},
        measures, kinds, raw.region, ends(given[0].commission.brief.period),
        lambda code, year: str(year), against, groups, models, breaks=declared_breaks(),
    )  # fmt: skip


def era(code: str, year: int) -> int:
    """What figures of a measure may be compared with, as `World.era`."""
    return World({}, {}, {}, {}, 0, lambda _, at: str(at), {}, breaks=declared_breaks()).era(
        code, year
    )


@cache
def declared_breaks() -> dict[str, list[dict[str, Any]]]:
    """The breaks that stand beside the brief, by measure, with years as the raw file names them."""
    given = yaml.safe_load(BRIEF.with_name("breaks.yaml").read_text(encoding="utf-8"))["breaks"]
    found: dict[str, list[dict[str, Any]]] = {}
    for each in given:
        years = {"apart": [str(ends(key)) for key in each.get("apart", ())]}
        if "since" in each:
            years["since"] = str(ends(each["since"]))
        for code in each["measures"]:
            found.setdefault(code, []).append(each | years)
    return found


def sections_of(brief: Brief) -> dict[str, tuple[str, ...]]:
    """The codes that each section of the brief speaks of, by its heading."""
    found: dict[str, tuple[str, ...]] = {}

    def walk(section: Section) -> tuple[str, ...]:
        codes = [measure.indicator for measure in section.measures]
        codes += [measure.indicator for table in section.tables for measure in table.measures]
        codes += [code for inner in section.sections for code in walk(inner)]
        if codes:
            found[section.heading] = tuple(dict.fromkeys(codes))
        return tuple(codes)

    for section in brief.outline:
        walk(section)
    return found
