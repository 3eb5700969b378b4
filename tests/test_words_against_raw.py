"""What the papers on the published figures say in words, held to the raw file by other code.

Each sentence about a measure is taken apart into what it claims: figures with their periods, up or
down, better or worse, above or below whom, places, runs and multiples. Each claim is worked out
again from the raw file, and no number may be left that no claim accounts for, unless the tool's own
title of the measure has it. RAW_PAPERS=20 takes twenty papers, the odd ones first.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from reporter.batch import run_batch
from reporter.sources import Setting
from tests.facts.test_against_raw import FOLDER, Raw
from tests.facts.test_against_raw import raw as published_figures
from tests.test_lait_children import BRIEF
from tests.words_claims import TITLES, Held, claims

AREAS = (
    "City of London", "Dorset (Pre LG)", "Leeds", "Isles of Scilly", "Cumberland", "Camden",
    "Barnet", "Westmorland and Furness", "North Northamptonshire", "Northamptonshire", "Cumbria",
    "Dorset", "Essex", "Kent", "Lancashire", "Rutland", "Cornwall", "Tower Hamlets", "Blackpool",
    "Bournemouth, Christchurch and Poole",
)[: int(os.environ.get("RAW_PAPERS", "3"))]  # fmt: skip
UNTIL = 2025
WITHOUT = (
    "no figure",
    "none of these measures",
    "nor is there",
    "nor are there",
    "is not used",
    "are not used",
    "not comparable with",
)
"""Words of sentences that tell of no figure."""
raw_figures = published_figures  # the fixture of that test, under a name of its own

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published figures (shared/data/lait) are not on this machine"
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("words")
    (folder / "areas.txt").write_text("\n".join(AREAS))
    setting = Setting(data=FOLDER, charts="none")
    outputs = run_batch(BRIEF, str(folder / "areas.txt"), folder / "out", setting=setting)
    assert outputs.failed == ()
    with (FOLDER / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        for entry in csv.DictReader(file):
            TITLES.setdefault(entry["Measure_short"].strip(), entry["Chart_title"])
    return {
        result.area: json.loads((folder / "out" / next(iter(result.files))).read_bytes())
        for result in outputs.results
    }


def told(evidence: Any) -> Iterator[tuple[str, str]]:
    """The sentences about one measure, with its code; not the rows of tables, nor charts."""
    for statement in evidence["statements"]:
        codes = {fact["indicator"] for fact in statement["facts"] if fact["indicator"]}
        outside = statement["number"].startswith(("Table", "Figure"))
        silent = any(words in statement["text"].lower() for words in WITHOUT)
        if len(codes) == 1 and not outside and not silent:
            yield codes.pop(), statement["text"]


@pytest.mark.parametrize("area", AREAS)
def test_every_claim_of_every_sentence_is_that_of_the_raw_file(
    raw_figures: Raw, papers: dict[str, Any], area: str
) -> None:
    wrong, held_to, last = [], 0, dict[str, int]()
    for code, text in told(papers[area]):
        held = Held(raw_figures, code, area, UNTIL, last.get(code, 0))
        for words, holds in claims(held, text):
            held_to += 1
            if not holds:
                wrong.append((code, words, text))
        last[code] = held.now
    assert not wrong, (len(wrong), held_to, wrong[:3])
    assert held_to > 200


@pytest.mark.parametrize(
    "text",
    [
        "The rate of children looked after was 185 per 10,000 at the end of March 2025.",
        "The rate of children looked after was 184 per 10,000 at the end of March 2024.",
        "This is up from 228 in March 2020.",
        "This is down from a peak of 182 in March 2024.",
        "This is below the median for statistical neighbours (126 per 10,000).",
        "This is above the median for statistical neighbours (125 per 10,000).",
        "This is three times the figure for the North West (90 per 10,000).",
        "This is the 2nd highest of 151 authorities in England.",
        "This is the highest of 152 authorities in England.",
        "This is the best of 151 authorities in England.",
        "This is the third rise in a row, from 182 in March 2024.",
        "This is 17 more than ever.",
    ],
)
def test_a_false_claim_is_found(raw_figures: Raw, text: str) -> None:
    held = Held(raw_figures, "LAC", "Blackpool", UNTIL)
    assert not all(holds for _, holds in claims(held, text))


def test_a_true_sentence_holds(raw_figures: Raw) -> None:
    held = Held(raw_figures, "LAC", "Blackpool", UNTIL)
    text = (
        "The rate of children looked after was 184 per 10,000 at the end of March 2025, down from "
        "a peak of 228 in March 2020 and up from 182 in March 2024, above the median for "
        "statistical neighbours (126 per 10,000) and twice the figure for the North West (90 per "
        "10,000), and the highest of 151 authorities in England."
    )
    found = [*claims(held, text)]
    assert all(holds for _, holds in found), found
    assert len(found) == 6
