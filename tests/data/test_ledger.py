"""The five real papers: their figures are those of the ledger, and their words fit the sentences.

The ledger lies beside the project and not in it; where it is missing, its tests are skipped and the
rest still holds the folders to their own catalogues.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reporter.sources import (
    Areas,
    Brief,
    Catalogue,
    Indicator,
    Measure,
    Section,
    load_commission,
    parse_period,
)
from reporter.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
LEDGER = ROOT.parent / "shared" / "ledger"
FOLDERS = {
    "blackpool-2019": "blackpool2019",
    "blackpool-2018": "blackpool2018",
    "stockton-2016": "stockton2016",
    "bcp-2021": "bcp2021",
    "haringey-2018": "haringey2018",
}
WARNINGS = {"stockton-2016": ["not-its-parts"], "haringey-2018": ["not-its-parts"]}
"""What the papers' own figures get wrong: 34% for 9 of 26, and 2.6 for 51 by 17."""
ARTICLE = re.compile(r"(a|an|the)\s", re.IGNORECASE)
PROPER = {"England", "English", "Ofsted", "Pupil", "Corporate", "Edge", "Holding"}
Row = dict[str, str]
folders = pytest.mark.parametrize("folder", FOLDERS)


@cache
def brief(folder: str) -> Brief:
    return read_yaml(ROOT / "data" / folder / "report.yaml", Brief)


@cache
def catalogue(folder: str) -> Catalogue:
    return read_yaml(ROOT / "data" / folder / brief(folder).data.indicators, Catalogue)


@cache
def areas(folder: str) -> Areas:
    name = brief(folder).data.areas
    return read_yaml(ROOT / "data" / folder / name, Areas) if name else Areas(areas={})


@cache
def observations(folder: str) -> list[Row]:
    rows = []
    for name in brief(folder).data.observations:
        with (ROOT / "data" / folder / name).open(encoding="utf-8", newline="") as handle:
            rows += list(csv.DictReader(handle))
    return rows


def ledger(folder: str) -> list[Row]:
    path = LEDGER / FOLDERS[folder] / "observations.csv"
    if not path.exists():
        pytest.skip(f"the ledger of {folder} is not beside this checkout")
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    # The ledger keeps a figure as first reported as a category; here `published` tells it apart.
    return [row | {"category": ""} if row["breakdown"] == "version" else row for row in rows]


def figures(rows: list[Row]) -> set[tuple[str, str, str, Decimal]]:
    """What rows say apart from when: periods were made honest on the way, values may not change."""
    return {(row["area"], row["indicator"], row["category"], Decimal(row["value"])) for row in rows}


def measures(sections: tuple[Section, ...]) -> Iterator[Measure]:
    for section in sections:
        yield from section.measures
        for table in section.tables:
            yield from table.measures
        yield from measures(section.sections)


def phrases(folder: str) -> Iterator[tuple[str, str]]:
    """(where, phrase) of everything that stands inside a sentence."""
    for code, indicator in catalogue(folder).indicators.items():
        for field in (
            "noun",
            "short",
            "of",
            "state",
            "per_noun",
            "each",
            "numerator",
            "denominator",
        ):
            yield f"{code}.{field}", getattr(indicator, field)
        if indicator.counted:
            yield f"{code}.counted.one", indicator.counted.one
            yield f"{code}.counted.many", indicator.counted.many
    for name, breakdown in catalogue(folder).breakdowns.items():
        yield f"{name}.phrase", breakdown.phrase
        for category, member in breakdown.members.items():
            yield f"{name}.{category}.phrase", member.phrase
            yield f"{name}.{category}.state", member.state


@folders
def test_every_figure_of_the_ledger_is_carried_over(folder: str) -> None:
    assert figures(ledger(folder)) - figures(observations(folder)) == set()


@folders
def test_no_figure_is_invented(folder: str) -> None:
    assert figures(observations(folder)) - figures(ledger(folder)) == set()


@folders
def test_the_folder_loads_whole(folder: str) -> None:
    commission = load_commission(ROOT / "data" / folder / "report.yaml")
    assert [one.code for one in commission.dataset.warnings] == WARNINGS.get(folder, [])
    assert len(commission.dataset.observations) == len(observations(folder))


@folders
def test_every_figure_is_known_to_the_catalogue(folder: str) -> None:
    known = catalogue(folder)
    for row in observations(folder):
        assert row["indicator"] in known.indicators
        if row["breakdown"]:
            breakdown = known.breakdowns[row["breakdown"]]
            assert row["category"] in breakdown.members or breakdown.phrase, row


@folders
def test_every_area_is_declared(folder: str) -> None:
    found = {row["area"] for row in observations(folder)} | set(brief(folder).comparators)
    declared = set(areas(folder).areas) | set(areas(folder).peer_groups)
    assert found - declared <= ({brief(folder).area} if not declared else set())


@folders
def test_the_catalogue_names_only_measures_that_it_has(folder: str) -> None:
    known = catalogue(folder).indicators
    for code, indicator in known.items():
        named = {*indicator.linked, indicator.rate, indicator.conversion_from, indicator.population}
        named |= {indicator.share_of, indicator.unit_cost, indicator.echo_of}
        named |= {indicator.budget, indicator.outturn}
        if indicator.flows:
            named |= {indicator.flows.starts, indicator.flows.ends}
        assert named - {""} - set(known) == set(), code


@folders
def test_every_observation_has_its_own_key(folder: str) -> None:
    key = ("area", "indicator", "breakdown", "category", "period", "period_type", "published")
    seen = [tuple(row.get(field, "") for field in key) for row in observations(folder)]
    assert sorted(k for k in set(seen) if seen.count(k) > 1) == []


@folders
def test_every_measure_of_the_outline_has_a_current_figure(folder: str) -> None:
    end = parse_period(brief(folder).period).end
    for measure in measures(brief(folder).outline):
        assert _is_current(folder, measure, end), measure


def _is_current(folder: str, measure: Measure, end: date) -> bool:
    """Whether it has a figure that is not a year old, or one for a year that is under way."""
    for row in observations(folder):
        period = parse_period(row["period"])
        if (
            (row["area"], row["indicator"]) == (brief(folder).area, measure.indicator)
            and row["breakdown"] == measure.breakdown
            and (not measure.categories or row["category"] in measure.categories)
            and period.start <= end
            and (end - period.end).days < 366
        ):
            return True
    return False


@folders
def test_phrases_fit_inside_a_sentence(folder: str) -> None:
    allowed = PROPER | set(catalogue(folder).abbreviations) | {brief(folder).area}
    for where, phrase in phrases(folder):
        assert not ARTICLE.match(phrase), f"{where} starts with an article: {phrase}"
        assert phrase == " ".join(phrase.split()), f"{where} has stray spaces: {phrase!r}"
        assert not phrase.endswith((".", ",", ";", ":")), f"{where} ends with a stop: {phrase}"
        first = phrase.split(" ")[0]
        assert not first[:1].isupper() or first in allowed, f"{where} starts upper case: {phrase}"


@folders
def test_every_measure_has_the_words_that_its_unit_needs(folder: str) -> None:
    for code, indicator in catalogue(folder).indicators.items():
        assert _missing_words(indicator) == [], code


def _missing_words(indicator: Indicator) -> list[str]:
    missing = []
    if indicator.unit == "rate" and not (indicator.per and indicator.per_noun):
        missing.append("a rate needs `per` and `per_noun`")
    if indicator.unit == "percent" and indicator.state and not indicator.of:
        missing.append("a percentage with `state` needs `of`")
    if indicator.unit == "count" and indicator.state and not indicator.counted:
        missing.append("a count with `state` needs `counted`")
    if indicator.unit == "count" and indicator.any_length:
        missing.append("a count grows with its period: it cannot have `any_length`")
    return missing
