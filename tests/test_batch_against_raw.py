"""Every fact of papers of a batch, worked out again from the raw file: none may differ.

All that is computed, what the papers say and what they leave out. RAW_PAPERS=25 takes twenty-five
areas, of which the odd ones come first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.batch import run_batch
from reporter.sources import Setting
from tests.facts.test_against_raw import FOLDER, Raw
from tests.facts.test_against_raw import raw as published_figures
from tests.lait_world import by_year, computed, ends, published, sections_of, world_of
from tests.papers import rows_behind
from tests.recomputed import differences, facts_about, facts_in
from tests.test_lait_children import BRIEF

AREAS = (
    "City of London", "Dorset (Pre LG)", "Blackpool", "Cumberland", "Camden", "Essex",
    "Isles of Scilly", "Northamptonshire", "Leeds", "Barnet", "Westmorland and Furness",
    "North Northamptonshire", "Cumbria", "Dorset", "Kent", "Lancashire", "Rutland", "Cornwall",
    "Tower Hamlets", "Bournemouth, Christchurch and Poole", "Birmingham", "Hartlepool",
    "Poole (Pre LG)", "West Northamptonshire", "Isle of Wight",
)[: int(os.environ.get("RAW_PAPERS", "3"))]  # fmt: skip
EARLIER = ("Isles of Scilly", "Northamptonshire")
"""Areas of which the report of 2019 is made too, with the model of neighbours of 2021."""
EVERY = [*((area, "") for area in AREAS), *((area, "2019") for area in EARLIER)]
raw_figures = published_figures  # the fixture of that test, under a name of its own

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published figures (shared/data/lait) are not on this machine"
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """The evidence of each paper by area and period."""
    folder = tmp_path_factory.mktemp("batch")
    return {
        (area, period): evidence
        for areas, period in ((AREAS, ""), (EARLIER, "2019"))
        for area, evidence in evidence_of(folder / f"in{period}", areas, period)
    }


def evidence_of(folder: Path, areas: Sequence[str], period: str) -> Iterator[tuple[str, Any]]:
    folder.mkdir()
    (folder / "areas.txt").write_text("\n".join(areas))
    setting = Setting(data=FOLDER, period=period, charts="none")
    outputs = run_batch(BRIEF, str(folder / "areas.txt"), folder / "out", setting=setting)
    assert outputs.failed == ()
    for result in outputs.results:
        yield result.area, json.loads((folder / "out" / next(iter(result.files))).read_bytes())


@pytest.fixture(scope="module")
def worlds(raw_figures: Raw) -> dict[str, Any]:
    """By period, the raw figures and what was computed of them."""
    cells, found = published(raw_figures), {}
    for areas, period in ((AREAS, ""), (EARLIER, "2019")):
        facts, given = computed(areas, period)
        briefs = {area: each.commission.brief for area, each in zip(areas, given, strict=True)}
        found[period] = world_of(raw_figures, cells, facts, given), facts, briefs
    return found


@pytest.mark.parametrize(("area", "period"), EVERY)
def test_every_fact_is_that_of_the_raw_file(
    worlds: dict[str, Any], papers: dict[tuple[str, str], Any], area: str, period: str
) -> None:
    world, facts, briefs = worlds[period]
    expected = facts_about(replace(world, sections=sections_of(briefs[area])), area)
    told = [by_year(fact) for fact in facts_in(papers[area, period])]
    wrong = list(differences(told, expected, every=True))
    wrong += differences(facts[area], expected, every=True)
    assert not wrong, (len(wrong), len(expected), wrong[:5])
    assert len(expected) > 1000
    assert len(told) > 500


@pytest.mark.parametrize("area", EARLIER)
def test_no_later_figure_is_in_an_earlier_paper(papers: dict[Any, Any], area: str) -> None:
    assert all(ends(fact["period"]) <= 2019 for fact in facts_in(papers[area, "2019"]))


@pytest.mark.parametrize("area", AREAS)
def test_every_row_that_is_cited_is_of_the_fact(papers: dict[Any, Any], area: str) -> None:
    codes = pd.read_parquet(FOLDER / "bds_long.parquet")["Short Desc"].tolist()
    for fact in facts_in(papers[area, ""]):
        if fact["kind"] == "rank":
            assert len(set(rows_behind(fact))) == len(rows_behind(fact)) == fact["of"]
        if fact["indicator"]:
            assert {codes[row - 2] for _, row in rows_behind(fact)} <= {fact["indicator"]}
