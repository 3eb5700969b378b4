"""What is found in published papers, against what was found by hand, and in papers of our own.

`seeds.csv` has a line for each contradiction that a machine could find, `entry` its number in the
list made by hand, `place` empty where we miss it; and one for each further alarm judged true.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from reporter.consistency import inconsistencies
from reporter.problems import Problem
from reporter.reading import read_paper
from tests.papers import PAPERS, built

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
JUDGED = Path(__file__).parent / "seeds.csv"
NAMES = ("000", "001", "002", "003", "004")
FOUND, FALSE_PER_THOUSAND = 2 / 3, 1.0
BORNE_OUT = {
    "bcp-2021": {
        ("heading", "is unchanged"),
        ("heading", "worsened from"),
        ("heading", "improved from"),
        ("two-values", "96% to 92%"),
    },
    "stockton-2016": {("bands", "both hold"), ("share", "not 34%")},
    "haringey-2018": {("bands", "both 91%"), ("bands", "leave out exactly 12")},
}
"""What the figures and headings of a brief in data/ bear out: its makers wrote them so."""
here = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the published papers (shared/seeds) are not on this machine"
)


@cache
def alarms(name: str) -> tuple[Problem, ...]:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    return inconsistencies(read_paper(path.read_bytes(), path.name))


def judged() -> Sequence[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_told(entry: dict[str, str], problem: Problem) -> bool:
    at = f"{problem.place.at},"
    return bool(entry["place"]) and entry["code"] == problem.code and f"{entry['place']}," in at


@here
def test_two_thirds_of_what_a_machine_could_find_are_found() -> None:
    listed = [entry for entry in judged() if entry["entry"]]
    wanted = {(e["seed"], e["entry"]) for e in listed}
    found = {
        (e["seed"], e["entry"])
        for e in listed
        if any(is_told(e, problem) for problem in alarms(e["seed"]))
    }
    print(f"found {len(found)} of {len(wanted)} contradictions in the published papers")
    missed = {(e["seed"], e["entry"]) for e in listed if not e["place"]}
    assert found == wanted - missed
    assert len(found) >= FOUND * len(wanted)


@here
@pytest.mark.parametrize("name", NAMES)
def test_false_alarms_are_rarer_than_one_in_a_thousand_words(name: str) -> None:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    words = len(path.read_text(encoding="utf-8").split())
    true = [entry for entry in judged() if entry["seed"] == name]
    false = [str(p) for p in alarms(name) if not any(is_told(entry, p) for entry in true)]
    print(f"{name}: {len(alarms(name))} alarms, {len(false)} false in {words} words")
    assert len(false) <= FALSE_PER_THOUSAND * words / 1000, false


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_of_ours_contradicts_itself(name: str) -> None:
    found = inconsistencies(read_paper(built(name).docx, f"{name}.docx"))
    known = BORNE_OUT.get(name, set())
    left = [str(p) for p in found if not any(p.code == c and words in p.what for c, words in known)]
    assert left == []
