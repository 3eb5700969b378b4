"""The paper on how any authority compares, from the published tool: whole and honest."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Setting, load_commission

BRIEF = Path(__file__).parents[1] / "data" / "lait-children" / "report.yaml"
FOLDER = Path(__file__).parents[2] / "shared" / "data" / "lait"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published figures (shared/data/lait) are not on this machine"
)


@cache
def evidence(area: str, period: str, out: Path) -> Any:
    setting = Setting(area, FOLDER, period, "none")
    return json.loads(build_report(BRIEF, out, setting=setting).paths[1].read_bytes())


def test_the_outline_covers_the_services_and_every_code_is_the_tools_own() -> None:
    commission = load_commission(BRIEF, Setting("Blackpool", FOLDER))
    outline = commission.brief.outline
    assert len(outline) >= 18
    assert sum(len(section.charts or ()) for section in outline) == 12
    assert sum(table.kind == "rank" for section in outline for table in section.tables) >= 18
    assert "warning" not in {w.level for w in commission.dataset.warnings if w.code == "no-figures"}
    assert "statistical neighbours, May 2025" in commission.brief.texts["background"][1]


def test_an_unknown_authority_is_refused_with_near_names() -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(BRIEF, Setting("Blackpol", FOLDER))
    assert "'Blackpool'" in str(caught.value)


def test_a_paper_ranks_and_names_its_neighbours(tmp_path: Path) -> None:
    found = evidence("Blackpool", "", tmp_path)
    rows = [s for s in found["statements"] if s["number"].startswith("Table")]
    assert sum(bool(re.search(r"\d+ of 15\d; [1-4]", row["text"])) for row in rows) > 100
    assert {s["section"] for s in found["statements"]} >= {"Referrals", "Youth justice"}


def test_a_published_rate_that_cannot_be_is_said_and_not_repeated(tmp_path: Path) -> None:
    found = evidence("Blackpool", "", tmp_path)
    justice = [s["text"] for s in found["statements"] if s["section"] == "Youth justice"]
    assert any("England" in text and "not used" in text for text in justice)
    raw = json.dumps([found["statements"], found["left_out"]])
    assert '"comparator_value": 1258' not in raw


def test_a_countrys_figure_that_stands_for_every_authority_is_none_of_theirs(
    tmp_path: Path,
) -> None:
    """For 2017/18 and 2018/19 all 158 authorities have England's percentage of school moves."""
    found = evidence("Leeds", "", tmp_path)
    assert any(it["code"] == "same-as-whole" and "school move" in it["what"]
               for it in found["checks"])  # fmt: skip
    everything = [*(f for s in found["statements"] for f in s["facts"]),
                  *(it["fact"] for it in found["left_out"])]  # fmt: skip
    moves = [fact for fact in everything if fact["indicator"] == "Stability_School"]
    assert moves
    periods = {fact.get(key) for fact in moves for key in ("period", "base_period")}
    assert not periods & {"2017/18", "2018/19"}


def test_an_earlier_year_knows_nothing_later(tmp_path: Path) -> None:
    found = evidence("Blackpool", "2019", tmp_path)
    assert found["report"]["period"] == "2019"
    text = json.dumps([found["statements"], found["left_out"]])
    years = {int(year) for year in re.findall(r'"period": "(?:AY)?(20\d\d)', text)}
    assert max(years) <= 2019
    assert not re.search(r'_period": "[^"]*20(2[1-9]|20/|20-)', text)
