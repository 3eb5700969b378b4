"""Every paper in data/: nothing is stated that the rows of its raw files do not hold.

The checks read the evidence file and the CSV files by their own means: no number is looked up with
the code that wrote it.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reporter.check import check_paper
from tests.papers import PAPERS, ROOT, Built, built, rows_behind

SHARED = ROOT.parent / "shared"
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
RECALL, LENGTH = 0.90, 1.25

Fact = dict[str, Any]


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_there_are_papers() -> None:
    assert PAPERS, "no data/*/report.yaml was found"


# What is stated


def test_every_number_is_stated_by_a_fact_of_its_statement(paper: Built) -> None:
    faults = []
    for statement in paper.evidence["statements"]:
        text = statement["text"]
        known = [
            words["text"]
            for fact in statement["facts"]
            for kind in ("stated", "periods", "names")
            for words in fact[kind]
        ]
        covered = _covered(text, known)
        for found in NUMBER.finditer(text):
            if not all(covered[found.start() : found.end()]):
                faults.append(f"{statement['id']}: {found.group()!r} in {text!r}")
    assert faults == []


def _covered(text: str, known: list[str]) -> list[bool]:
    covered = [False] * len(text)
    for words in known:
        start = text.find(words) if words else -1
        while start >= 0:
            covered[start : start + len(words)] = [True] * len(words)
            start = text.find(words, start + 1)
    return covered


def test_every_stated_number_is_a_figure_of_its_fact_rounded_half_up(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        figures = {abs(number) for number in _figures(fact)}
        for words in fact["stated"]:
            means = abs(words["for"])
            where = f"{statement['id']} {fact['kind']} {fact['indicator']}: {words}"
            if not any(_close(means, figure) for figure in figures):
                faults.append(f"{where} is no figure of the fact")
            if not _says(words["text"], means):
                faults.append(f"{where} is not what the words say")
    assert faults == []


def _figures(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield float(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("stated", "sources"):
                yield from _figures(inner)
    elif isinstance(value, list):
        yield float(len(value))
        for inner in value:
            yield from _figures(inner)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def _says(text: str, means: float) -> bool:
    """Whether a figure in digits is `means`, rounded half up to a place that is printed.

    Words without digits (a third, twice) and hedged ones (around, nearly) are checked elsewhere.
    """
    found = NUMBER.search(text)
    if found is None or not re.fullmatch(
        r"[£−-]*[\d,.]+\s?(%|m|k|million|thousand)?", text.strip()
    ):
        return True
    printed = Decimal(found.group().replace(",", ""))
    scale = 1
    if re.search(r"\d\s?(m\b|million)", text):
        scale = 1_000_000
    elif re.search(r"\d\s?(k\b|thousand)", text):
        scale = 1_000
    exact = Decimal(repr(float(f"{means / scale:.13g}")))
    last = int(printed.as_tuple().exponent)
    zeros = len(found.group()) - len(found.group().replace(",", "").rstrip("0")) if not last else 0
    return any(
        (exact / place).quantize(Decimal(1), rounding=ROUND_HALF_UP) * place == printed
        for place in (Decimal(1).scaleb(power) for power in range(last, zeros + 1))
    )


def test_everyone_can_read_it(paper: Built) -> None:
    found = check_paper(paper.docx, f"{paper.name}.docx")
    assert [str(problem) for problem in found if problem.level == "error"] == []


# What the rows hold


@cache
def _table(file: Path) -> tuple[dict[str, str], ...]:
    """The records of a CSV file; record n stands in row n + 2."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return tuple(csv.DictReader(handle))


def _cited(paper: Built, fact: Fact) -> list[dict[str, str]]:
    return [_table(paper.folder / file)[row - 2] for file, row in rows_behind(fact)]


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", "").lstrip("£").rstrip("%"))
    except ValueError:
        return None


def _held(rows: list[dict[str, str]], **wanted: str | None) -> list[float]:
    """The values of the cited observations that have all the `wanted` keys."""
    return [
        value
        for row in rows
        if "period" in row
        and all((row.get(key) or "") == (text or "") for key, text in wanted.items())
        and (value := _number(row["value"])) is not None
    ]


def _own(fact: Fact, period: str | None) -> dict[str, str | None]:
    keys: tuple[str, ...] = ("area", "indicator", "breakdown", "category")
    if fact.get("high") is not None or fact.get("base_high") is not None:
        keys = ("area", "indicator")  # an end of a figure stated as a range has its own category
    return {**{key: fact[key] for key in keys}, "period": period}


DIRECT = ("level", "change", "peak_trough", "target", "comparator", "record", "num_denom", "streak")


def test_values_are_those_of_the_cited_rows(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        rows = _cited(paper, fact)
        where = f"{statement['id']} {fact['kind']} {fact['indicator']} {fact['category']}".rstrip()
        if fact["kind"] in DIRECT and fact["value"] is not None:
            if not _among(fact["value"], _held(rows, **_own(fact, fact["period"]))):
                faults.append(f"{where}: value {fact['value']} at {fact['period']}")
            base = fact["base_value"]
            if base is not None and not _among(
                base, _held(rows, **_own(fact, fact["base_period"]))
            ):
                faults.append(f"{where}: base_value {base} at {fact['base_period']}")
        if fact["sources"] == [] and fact["kind"] not in ("caveat", "count_summary"):
            faults.append(f"{where}: no rows are cited")
    assert faults == []


def _among(value: float, held: list[float]) -> bool:
    return any(_close(value, other) for other in held)


def test_comparators_and_targets_are_those_of_the_cited_rows(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        against = fact["comparator_value"]
        if against is None or fact["kind"] not in ("comparator", "target", "num_denom"):
            continue
        rows = _cited(paper, fact)
        if fact["kind"] == "comparator":
            ok = _is_comparator(fact, rows)
        else:
            cells = [_number(cell) for row in rows if "period" not in row for cell in row.values()]
            ok = _among(against, [cell for cell in cells if cell is not None])
        if not ok:
            where = f"{statement['id']} {fact['kind']} {fact['indicator']}"
            faults.append(f"{where}: {fact['comparator']} {against}")
    assert faults == []


def _is_comparator(fact: Fact, rows: list[dict[str, str]]) -> bool:
    """Whether the comparator's figure is a published one, or the statistic of its members' rows."""
    same = {key: fact[key] for key in ("indicator", "breakdown", "category")}
    period = fact["comparator_period"] or fact["period"]
    against = fact["comparator_value"]
    if not fact["members"]:
        return _among(against, _held(rows, **same, area=fact["comparator"], period=period))
    members = _held([row for row in rows if row.get("area") != fact["area"]], **same, period=period)
    assert len(members) == fact["members"], fact
    statistic = statistics.median if fact["statistic"] == "median" else statistics.fmean
    return abs(statistic(members) - against) <= 1e-6 * max(1.0, abs(against))


def test_numerators_and_denominators_are_those_of_the_cited_rows(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        rows = _cited(paper, fact)
        held = [
            _number(row.get(key))
            for row in rows
            for key in ("value", "numerator", "denominator")
        ]  # fmt: skip
        known = [cell for cell in held if cell is not None]
        for key in ("numerator", "denominator"):
            stated = fact[key]
            if stated is not None and fact["kind"] != "count_summary" and not _among(stated, known):
                faults.append(
                    f"{statement['id']} {fact['kind']} {fact['indicator']}: {key} {stated}"
                )
    assert faults == []


def test_results_follow_from_the_figures(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        wanted = _result(fact)
        result = fact["result"]
        if result is not None and wanted is not None and abs(abs(result) - abs(wanted)) > 1e-6:
            where = f"{statement['id']} {fact['kind']} {fact['indicator']} {fact['category']}"
            faults.append(f"{where}: result {result}, by the figures {wanted}")
        if fact["kind"] == "change" and fact["direction"] in ("up", "down"):
            published = fact["base_value"] is None  # the source gives the change and not its ends
            rises = fact["result"] > 0 if published else fact["value"] > fact["base_value"]
            if rises != (fact["direction"] == "up"):
                faults.append(f"{statement['id']}: {fact['direction']} from {fact['base_value']}")
    assert faults == []


def _result(fact: Fact) -> float | None:
    kind = fact["kind"]
    if kind in ("change", "peak_trough") and fact["base_value"] is not None:
        return float(fact["value"] - fact["base_value"])
    if kind == "comparator" and fact["comparator_value"] is not None:
        return float(fact["value"] - fact["comparator_value"])
    if kind in ("share", "num_denom") and fact["numerator"] is not None and fact["denominator"]:
        return float(100 * fact["numerator"] / fact["denominator"])
    return None


# The evidence file itself


def test_inputs_are_named_without_a_machines_paths_and_hashed(paper: Built) -> None:
    entries = paper.evidence["inputs"]
    names = [entry["file"] for entry in entries]
    assert {"report.yaml", "observations.csv", "indicators.yaml"} <= set(names)
    assert any(name.startswith("rules/") for name in names)
    assert any(name.endswith("template.docx") for name in names)
    assert not [name for name in names if name.startswith(("/", "..")) or "\\" in name]
    for entry in entries:
        file = paper.folder / entry["file"]
        if file.is_file():
            assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]


def test_what_is_left_out_says_why(paper: Built) -> None:
    assert all(item["why"] and item["fact"]["kind"] for item in paper.evidence["left_out"])


def test_statements_have_unique_ids_and_clean_words(paper: Built) -> None:
    statements = paper.evidence["statements"]
    assert statements
    ids = [statement["id"] for statement in statements]
    assert len(set(ids)) == len(ids)
    bad = re.compile(r"\b(None|nan|NaN)\b|[{}]|  | ,|\.\.(?!\d)| \.(?!\d)")
    assert [s["text"] for s in statements if bad.search(s["text"]) or not s["text"]] == []


def test_a_statement_without_facts_states_no_figure(paper: Built) -> None:
    bare = [s["text"] for s in paper.evidence["statements"] if not s["facts"]]
    assert [text for text in bare if NUMBER.search(text)] == []


# The same input gives the same bytes


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    paper: Built, tmp_path: Path
) -> None:
    seed = "4711"
    code = (
        "import sys, pathlib; from reporter.pipeline import build_report; "
        "build_report(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(paper.folder / "report.yaml"), str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"},
    )
    assert (tmp_path / f"{paper.name}.evidence.json").read_bytes() == paper.raw
    assert (tmp_path / f"{paper.name}.docx").read_bytes() == paper.docx


# Against what the authors said


def test_recall_of_the_authors_claims(
    paper: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scorer = SHARED / "tools" / "score_claims.py"
    ledger = SHARED / "ledger" / paper.name.replace("-", "")
    if not scorer.is_file():
        pytest.skip("the scorer does not stand beside this checkout")
    if not ledger.is_dir():
        pytest.skip(f"no author's claims are on record for {paper.name}")
    file = tmp_path / "evidence.json"
    file.write_bytes(paper.raw)
    done = subprocess.run(
        [sys.executable, str(scorer), str(file), str(ledger), "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    score = json.loads(done.stdout)
    with capsys.disabled():
        print(f"\n{paper.name}: recall {score['recall']:.3f} at {score['length']:.2f} x the length")
    assert score["recall"] >= RECALL
    assert score["length"] <= LENGTH
