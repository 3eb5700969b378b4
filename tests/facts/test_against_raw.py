"""The published figures worked out again from the raw file, with plain other code: none may differ.

No pandas arithmetic and nothing of the facts room: dictionaries, Decimal and the statistics module.
"""

from __future__ import annotations

import csv
import math
import os
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.facts import Facts, Question, compute_facts
from reporter.sources import load_lait
from tests.facts.making import standard_thresholds

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "lait"
EVERY = int(os.environ.get("RAW_EVERY", "9"))
"""One measure in nine is worked out again; RAW_EVERY=1 takes them all."""
TOTALS = ("number", "entries", "total cases", "social workers", "fte", "spend", "unit cost")

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the published figures in ../shared/data/lait are not on this machine",
)


@dataclass
class Raw:
    """The raw file as nested dictionaries: measure, area, year that it ends in, figure."""

    figures: dict[str, dict[str, dict[int, Decimal]]]
    decimals: dict[str, int]
    sign: dict[str, int]
    adds_up: dict[str, bool]
    region: dict[str, str]
    neighbours: dict[tuple[str, str], list[str]]

    def authorities(self) -> list[str]:
        return sorted(self.region)

    def shown(self, measure: str, value: Decimal) -> Decimal:
        step = Decimal(1).scaleb(-self.decimals[measure])
        exact = Decimal(f"{value:.13g}")
        return exact.quantize(step, rounding=ROUND_HALF_UP)


def ends_in(text: str) -> int:
    body = text.split(" ")[0].replace("/", "-").split("-")
    return int(body[0]) if len(body) == 1 else int("20" + body[-1])


@pytest.fixture(scope="module")
def raw() -> Raw:
    with (FOLDER / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as handle:
        entries: dict[str, dict[str, str]] = {}
        for entry in csv.DictReader(handle):
            entries.setdefault(entry["Measure_short"].strip(), entry)
    table = pd.read_parquet(FOLDER / "bds_long.parquet")
    columns = (table[name].tolist() for name in ("Short Desc", "LA and Regions", "Years", "Values"))
    figures: dict[str, dict[str, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    fractions: dict[str, bool] = defaultdict(bool)
    for measure, area, year, value in zip(*columns, strict=True):
        if value != "-" and year != "0":
            figures[measure][area][ends_in(year)] = Decimal(repr(float(value)))
            fractions[measure] |= not float(value).is_integer()
    codes = pd.read_excel(FOLDER / "la_code_list.xlsx", engine="openpyxl")
    name_of = dict(zip(codes["LA Number"], codes["LA Name"], strict=True))
    region = {
        name: {"Inner London": "London (Inner)", "Outer London": "London (Outer)"}.get(
            place, "Yorkshire and the Humber" if place.startswith("Yorkshire") else place
        )
        for name, place in zip(codes["LA Name"], codes["Region"], strict=True)
        if isinstance(place, str)
    }
    neighbours = {}
    for year, month in (("2021", "april"), ("2025", "may")):
        sheet = pd.read_excel(
            FOLDER / f"statistical_neighbours_{month}_{year}.xlsx", header=2, engine="openpyxl"
        )
        for _, line in sheet.iterrows():
            if line["LA num"] in name_of:
                numbers = [line[f"SN{place}"] for place in range(1, 11)]
                names = [name_of[number] for number in numbers if number in name_of]
                neighbours[name_of[line["LA num"]], year] = names
    axis = {code: entry["y_axis_name"].lower() for code, entry in entries.items()}
    return Raw(
        figures=figures,
        decimals={
            m: int(entries[m]["dps"])
            if entries[m]["dps"].isdigit() and fractions[m]
            else int(fractions[m])
            for m in figures
        },
        sign={m: {"High": 1, "Low": -1}.get(entries[m]["Polarity"], 0) for m in figures},
        adds_up={
            m: not entries[m]["Chart_title"].endswith("(%)")
            and (
                entries[m]["Chart_title"].startswith("Number of")
                or ("%" not in axis[m] and any(word in axis[m] for word in TOTALS))
            )
            for m in figures
        },
        region=region,
        neighbours=neighbours,
    )


@pytest.fixture(scope="module")
def facts() -> Facts:
    return compute_facts(load_lait(FOLDER), Question.at("2026-12", standard_thresholds()))


def rows(facts: Facts, kind: str, raw: Raw, **wanted: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """The facts of a kind about the sampled measures, by measure and area (and comparator or
    group).
    """
    frame = facts.table(kind)
    for field, word in wanted.items():
        frame = frame[frame[field] == word]
    frame = frame[frame["indicator"].isin(sample(raw))]
    named = {"comparator": ["comparator"], "rank": ["group"]}.get(kind, [])
    keys = frame[["indicator", "area", *named]].astype(str)
    found = dict(
        zip(keys.itertuples(index=False, name=None), frame.to_dict("records"), strict=True)
    )
    assert len(found) == len(frame)
    return found


def sample(raw: Raw) -> list[str]:
    return sorted(raw.figures)[::EVERY]


def current(raw: Raw) -> Iterator[tuple[str, str, dict[int, Decimal], int]]:
    """Measure, area, its figures by year and the latest year, of every authority with a figure."""
    for measure in sample(raw):
        for area in raw.authorities():
            series = raw.figures[measure].get(area, {})
            if series:
                yield measure, area, series, max(series)


def close(found: float, exact: Decimal | float, *sizes: Decimal) -> bool:
    scale = max([abs(float(size)) for size in sizes] + [abs(float(exact)), 1e-9])
    return math.isclose(found, float(exact), rel_tol=0, abs_tol=1e-12 * scale)


def word(step: Decimal) -> str:
    return "up" if step > 0 else "down" if step < 0 else "same"


def verdict(step: Decimal, sign: int) -> str:
    return {0: "not_judged"}.get(sign) or {1: "better", -1: "worse"}.get(
        int(step.compare(Decimal(0))) * sign, "same"
    )


def test_the_change_on_the_year(raw: Raw, facts: Facts) -> None:
    found = rows(facts, "change", raw, base_label="same_period_last_year")
    expected = 0
    for measure, area, series, year in current(raw):
        if year - 1 not in series:
            assert (measure, area) not in found
            continue
        expected += 1
        fact = found[measure, area]
        now, then = series[year], series[year - 1]
        assert (fact["value"], fact["base_value"]) == (float(now), float(then))
        assert close(fact["result"], now - then, now, then), (measure, area)
        step = raw.shown(measure, now) - raw.shown(measure, then)
        assert fact["direction"] == word(step), (measure, area)
        assert fact["judgement"] == verdict(step, raw.sign[measure])
    assert len(found) == expected > 1000


@pytest.mark.parametrize("kind", ["country", "region"])
def test_england_and_the_region(raw: Raw, facts: Facts, kind: str) -> None:
    found = {
        key[:2]: fact for key, fact in rows(facts, "comparator", raw, comparator_kind=kind).items()
    }
    expected = 0
    for measure, area, series, year in current(raw):
        other = "England" if kind == "country" else raw.region[area]
        theirs = raw.figures[measure].get(other, {})
        if raw.adds_up[measure] or year not in theirs:
            fact = found.pop((measure, area), None)
            assert fact is None or not fact["same_period"]
            continue
        expected += 1
        fact = found[measure, area]
        assert (fact["comparator"], fact["comparator_value"]) == (other, float(theirs[year]))
        assert close(fact["result"], series[year] - theirs[year], series[year], theirs[year])
        gap = raw.shown(measure, series[year]) - raw.shown(measure, theirs[year])
        assert fact["direction"] == word(gap)
        assert fact["judgement"] == verdict(gap, raw.sign[measure])
    assert len(found) == expected > 1000


@pytest.mark.parametrize("model", ["2021", "2025"])
@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_the_mean_and_median_of_neighbours(
    raw: Raw, facts: Facts, model: str, statistic: str
) -> None:
    found = {
        key[:2]: fact
        for key, fact in rows(
            facts, "comparator", raw, comparator_kind="peers", statistic=statistic
        ).items()
        if model in key[2]
    }
    expected = 0
    for measure, area, series, year in current(raw):
        members = raw.neighbours.get((area, model), [])
        theirs = [raw.figures[measure].get(name, {}) for name in members]
        values = [figures[year] for figures in theirs if year in figures]
        if len(values) < 2:
            fact = found.pop((measure, area), None)
            assert fact is None or not fact["same_period"]
            continue
        expected += 1
        fact = found[measure, area]
        exact = statistics.mean(values) if statistic == "mean" else statistics.median(values)
        assert close(fact["comparator_value"], exact, *values), (measure, area)
        assert (fact["members"], fact["members_of"]) == (len(values), len(members))
        assert close(fact["result"], series[year] - exact, series[year], exact)
    assert len(found) == expected > 500


def places(own: Decimal, others: list[Decimal], sign: int) -> tuple[int, int, int]:
    better = [x for x in others if (x < own if sign < 0 else x > own)]
    return len(better) + 1, len(others) + 1, others.count(own)


def test_the_rank_and_quartile_among_authorities(raw: Raw, facts: Facts) -> None:
    found = rows(facts, "rank", raw, group="England")
    for measure, area, series, year in current(raw):
        others = [
            raw.figures[measure][name][year]
            for name in raw.authorities()
            if name != area and year in raw.figures[measure].get(name, {})
        ]
        position, of, ties = places(series[year], others, raw.sign[measure])
        if of < 3:
            assert (measure, area, "England") not in found
            continue
        fact = found.pop((measure, area, "England"))
        assert (fact["position"], fact["of"], fact["ties"]) == (position, of, ties)
        assert fact["quartile"] == math.ceil(Decimal(4 * position) / of)
    assert not found


@pytest.mark.parametrize("model", ["April 2021", "May 2025"])
def test_the_rank_among_neighbours(raw: Raw, facts: Facts, model: str) -> None:
    group = f"statistical neighbours, {model}"
    found = rows(facts, "rank", raw, group=group)
    for measure, area, series, year in current(raw):
        members = raw.neighbours.get((area, model[-4:]), [])
        theirs = [raw.figures[measure].get(name, {}) for name in members]
        others = [figures[year] for figures in theirs if year in figures]
        if len(others) < 2:
            assert (measure, area, group) not in found
            continue
        fact = found.pop((measure, area, group))
        position, of, ties = places(series[year], others, raw.sign[measure])
        assert (fact["position"], fact["of"], fact["ties"]) == (position, of, ties)
        assert fact["quartile"] == math.ceil(Decimal(4 * position) / of)
    assert not found


@pytest.mark.parametrize("extreme", ["highest", "lowest"])
def test_records(raw: Raw, facts: Facts, extreme: str) -> None:
    found = rows(facts, "record", raw, extreme=extreme)
    sign = 1 if extreme == "highest" else -1
    for measure, area, series, year in current(raw):
        before = sorted(past for past in series if past < year)
        now = raw.shown(measure, series[year])
        passed = 0
        for past in reversed(before):
            if sign * raw.shown(measure, series[past]) >= sign * now:
                break
            passed += 1
        if passed < 3:
            assert (measure, area) not in found, (measure, area)
            continue
        fact = found.pop((measure, area))
        ever = passed == len(before)
        base = before[0] if ever else before[-passed - 1]
        assert (fact["points"], fact["on_record"]) == (passed, ever)
        assert (fact["base_value"], fact["years"]) == (float(series[base]), year - base)
    assert not found


@pytest.mark.parametrize("pattern", ["rising", "falling"])
def test_streaks(raw: Raw, facts: Facts, pattern: str) -> None:
    found = rows(facts, "streak", raw, pattern=pattern)
    sign = 1 if pattern == "rising" else -1
    for measure, area, series, year in current(raw):
        steps = 0
        while year - steps - 1 in series:
            later, past = series[year - steps], series[year - steps - 1]
            if sign * (raw.shown(measure, later) - raw.shown(measure, past)) <= 0:
                break
            steps += 1
        if steps < 3:
            assert (measure, area) not in found, (measure, area)
            continue
        fact = found.pop((measure, area))
        assert (fact["length"], fact["base_value"]) == (steps, float(series[year - steps]))
    assert not found
