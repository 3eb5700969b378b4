"""One brief, many areas: the papers of `build --area`; failures apart, broken work taken up."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.batch import Order, Result, make_one, run_batch
from reporter.batch.cluster import by_cluster
from reporter.batch.crew import by_processes
from reporter.batch.making import make_key, open_desk
from reporter.cli import app
from reporter.pipeline import build_report, slug
from reporter.problems import ProblemsFoundError
from reporter.sources import Setting

AREAS = ("Eastford", "Midford", "Northford", "Southford", "Westford")
BRIEF = """\
title: "How {area} compares"
council: "{area} Council"
committee: Scrutiny Committee
meeting_date: 2025-06-12
period: 2024/25
charts: none
data: {areas: areas.yaml}
comparators: ["{neighbours}", "{region}", England]
texts:
  purpose: ["To compare {area} with others."]
outline:
  - heading: "Visits in {area}"
    summary: true
    measures: [visits, plans]
    tables: [rank]
"""
INDICATORS = """\
indicators:
  visits: {name: Visits, unit: percent, polarity: high_good, noun: share of visits, decimals: 1}
  plans: {name: Plans, unit: rate, per: 10000, polarity: low_good, noun: rate of plans, decimals: 1}
"""
PLACES = """\
areas:
  Eastford: {kind: authority, region: North}
  Midford: {kind: authority, region: North}
  Northford: {kind: authority, region: North}
  Southford: {kind: authority, region: South}
  Westford: {kind: authority, region: South}
  North: {kind: region}
  South: {kind: region}
  England: {kind: country}
peer_groups:
  near Eastford: {of: Eastford, members: [Westford, Midford], model: Model of 2024}
  near Westford: {of: Westford, members: [Southford, Eastford], model: Model of 2024}
"""


def figures(step: float = 1.3) -> str:
    lines = ["area,indicator,period,period_type,value"]
    for at, area in enumerate((*AREAS, "North", "South", "England")):
        for measure, base in (("visits", 70), ("plans", 40)):
            for year in range(5):
                value = base + at * step + (year * 3) % 5
                lines.append(f"{area},{measure},{2020 + year}/{21 + year},year,{value:.1f}")
    return "\n".join(lines) + "\n"


def brief_in(tmp_path: Path) -> Path:
    """The brief of a small report on invented places, with its figures."""
    folder = tmp_path / "compared"
    folder.mkdir()
    for name, text in (
        ("report.yaml", BRIEF), ("indicators.yaml", INDICATORS), ("areas.yaml", PLACES),
        ("observations.csv", figures()),
    ):  # fmt: skip
        (folder / name).write_text(text)
    return folder / "report.yaml"


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    return brief_in(tmp_path)


def order_for(brief: Path, out: Path) -> Order:
    key = make_key(brief, Setting(), open_desk(brief, Setting()).given.inputs)
    return Order(brief, Setting(), AREAS, out, key)


def digests(out: Path) -> dict[str, str]:
    """The papers and evidence in `out`, but not the list with its seconds."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir())
        if path.name != "batch.json"
    }


def test_an_area_that_is_no_more_is_told_in_the_list_and_still_so_when_taken_up(
    brief: Path, tmp_path: Path
) -> None:
    """Eastford has no figure after 2018/19, though its source goes on to 2024/25."""
    folder = brief.parent
    years = [f"20{year}/{year + 1}" for year in range(16, 25)]
    codes = [f"m{at}" for at in range(5)]
    rows = ["area,indicator,period,period_type,value"]
    for area in AREAS:
        rows += [
            f"{area},{code},{year},year,{'x' if area == 'Eastford' and at > 2 else 50 + at}"
            for code in codes for at, year in enumerate(years)
        ]  # fmt: skip
    (folder / "observations.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    described = (f"  {code}: {{name: M, unit: count, noun: number of {code}}}\n" for code in codes)
    (folder / "indicators.yaml").write_text("indicators:\n" + "".join(described), encoding="utf-8")
    text = brief.read_text("utf-8").replace("[visits, plans]", f"[{', '.join(codes)}]")
    brief.write_text(text.replace("    summary: true\n", "    summary: report\n"), encoding="utf-8")
    for _ in range(2):
        outputs = run_batch(brief, "all", tmp_path / "out", jobs=1)
        notes = {result.area: result.notes for result in outputs.results if result.notes}
        (note,) = notes.pop("Eastford")
        assert "all five have their last for March 2019 or before" in note
        assert notes == {}
        listed = json.loads(outputs.listing.read_text("utf-8"))
        assert [entry["notes"] for entry in listed if entry["area"] == "Eastford"] == [[note]]


def test_every_paper_is_that_of_a_build_byte_for_byte(brief: Path, tmp_path: Path) -> None:
    outputs = run_batch(brief, "all", tmp_path / "many", jobs=2)
    assert [result.area for result in outputs.results] == list(AREAS)
    assert (outputs.failed, outputs.kept) == ((), 0)
    for area in AREAS:
        build_report(brief, tmp_path / "one", setting=Setting(area))
    assert digests(tmp_path / "many") == digests(tmp_path / "one")
    assert len(digests(tmp_path / "many")) == 2 * len(AREAS)


def test_the_list_of_results_says_what_was_made(brief: Path, tmp_path: Path) -> None:
    outputs = run_batch(brief, "all", tmp_path / "out")
    listed = json.loads(outputs.listing.read_text())
    assert [entry["area"] for entry in listed] == list(AREAS)
    assert listed[0]["paper"] == "compared-eastford.docx"
    assert listed[0]["evidence"] == "compared-eastford.evidence.json"
    assert listed[0]["seconds"] > 0
    assert listed[0]["problems"] == []


def test_a_failure_stops_only_its_own_paper(brief: Path, tmp_path: Path) -> None:
    places = brief.with_name("areas.yaml")
    places.write_text(PLACES.replace("Southford: {kind: authority, region: South}",
                                     "Southford: {kind: authority, region: Nowhere}"))  # fmt: skip
    outputs = run_batch(brief, "all", tmp_path / "out", jobs=2)
    (failed,) = outputs.failed
    assert failed.area == "Southford"
    assert "'Nowhere'" in str(failed.problems[0])
    assert len(digests(tmp_path / "out")) == 2 * (len(AREAS) - 1)
    shown = CliRunner().invoke(app, ["batch", str(brief), "-o", str(tmp_path / "out")])
    assert shown.exit_code == 1
    assert "error: Southford:" in shown.stderr
    assert "4 there already, 1 failed" in shown.stderr


def test_what_is_done_is_kept_and_what_changed_is_made_anew(brief: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(brief, "all", out)
    before = digests(out)
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("compared-*")}
    assert run_batch(brief, "all", out).kept == len(AREAS)
    assert times == {path.name: path.stat().st_mtime_ns for path in out.glob("compared-*")}
    (out / "compared-midford.docx").unlink()  # half a pair
    (out / "compared-eastford.docx").write_bytes(b"not what was written")
    assert run_batch(brief, "all", out).kept == len(AREAS) - 2
    assert digests(out) == before
    brief.with_name("observations.csv").write_text(figures(1.7))
    assert run_batch(brief, "all", out).kept == 0
    changed = digests(out)
    assert not set(changed.values()) & set(before.values())
    assert run_batch(brief, "all", out, setting=Setting(period="2022/23")).kept == 0
    assert not set(digests(out).values()) & set(changed.values())


def killed_for_midford(order: Order, area: str) -> Result:
    if area == "Midford":
        os.kill(os.getpid(), signal.SIGKILL)
    return make_one(order, area)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_worker_loses_one_paper_and_no_more(
    brief: Path, tmp_path: Path, jobs: int
) -> None:
    order = order_for(brief, tmp_path / "out")
    found = [*by_processes(order, [AREAS[:2], AREAS[2:]], jobs, killed_for_midford)]
    results = {result.area: result for result in found if result}
    assert set(results) == set(AREAS)
    assert [area for area, result in results.items() if not result.files] == ["Midford"]
    assert "SIGKILL" in results["Midford"].problems[0].what


def slow_in_the_second_chunk(order: Order, area: str) -> Result:
    """No paper, but the process that was asked for it."""
    time.sleep(0.3 if area in AREAS[1:] else 0)
    return Result(area, {"process": str(os.getpid())})


def test_the_last_few_areas_of_a_chunk_are_left_to_the_process_that_has_its_facts(
    brief: Path, tmp_path: Path
) -> None:
    order = order_for(brief, tmp_path / "out")
    found = [*by_processes(order, [AREAS[:1], AREAS[1:]], 2, slow_in_the_second_chunk)]
    made = {result.area: result.files["process"] for result in found if result}
    assert set(made) == set(AREAS)
    assert len({made[area] for area in AREAS[1:]}) == 1
    assert made[AREAS[0]] != made[AREAS[1]]


def test_a_chunk_with_many_areas_left_is_shared(brief: Path, tmp_path: Path) -> None:
    order = order_for(brief, tmp_path / "out")
    chunk = [*AREAS, *AREAS]
    found = [*by_processes(order, [chunk], 2, slow_in_the_second_chunk)]
    assert len([result for result in found if result]) == len(chunk)
    assert len({result.files["process"] for result in found if result}) == 2


def test_a_worker_that_sees_other_files_makes_nothing(
    brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.batch.making._IN_USE", {})  # as in a process of its own
    order = order_for(brief, tmp_path / "out")
    brief.with_name("observations.csv").write_text(figures(1.7))
    result = make_one(order, "Midford")
    assert (result.files, result.problems[0].code) == ({}, "other-inputs")


def test_a_fault_of_ours_is_one_papers_problem(
    brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("reporter.batch.making.make_paper", fails)
    result = make_one(order_for(brief, tmp_path), "Midford")
    assert (result.files, result.problems[0].code) == ({}, "paper-failed")
    assert "no ink" in result.problems[0].what


def test_names_in_a_file(brief: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("# two of them\nWestford\n\nEastford\n")
    outputs = run_batch(brief, str(names), tmp_path / "out")
    assert [result.area for result in outputs.results] == ["Westford", "Eastford"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Eastford\nWestfrod\n", "unknown-area", 2),
        ("Eastford\nEastford\n", "repeated-area", 2),
        ("# nobody\n", "no-areas", 0),
    ],
)
def test_faults_in_a_file_of_names(
    brief: Path, tmp_path: Path, text: str, code: str, line: int
) -> None:
    names = tmp_path / "names.txt"
    names.write_text(text)
    with pytest.raises(ProblemsFoundError) as caught:
        run_batch(brief, str(names), tmp_path / "out")
    (found,) = caught.value.problems
    assert (found.code, found.place.line) == (code, line)
    assert not (tmp_path / "out").exists()


def test_areas_whose_papers_would_have_one_name_are_refused(brief: Path, tmp_path: Path) -> None:
    places = brief.with_name("areas.yaml")
    places.write_text(PLACES.replace("peer_groups:", '  "East-ford?": {kind: authority}\n'
                                     '  East Ford: {kind: authority}\npeer_groups:'))  # fmt: skip
    with pytest.raises(ProblemsFoundError) as caught:
        run_batch(brief, "all", tmp_path / "out")
    assert {problem.code for problem in caught.value.problems} == {"same-name"}


@pytest.mark.parametrize("area", ["../../etc/passwd", "Ynys Môn", "a/b\\c:d", "x" * 30])
def test_the_name_of_a_file_is_safe(area: str) -> None:
    assert set(slug(area)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_batch_that_is_killed_leaves_no_partial_paper_and_is_taken_up_again(
    brief: Path, tmp_path: Path
) -> None:
    run_batch(brief, "all", tmp_path / "whole")
    whole, out = digests(tmp_path / "whole"), tmp_path / "out"
    command = [sys.executable, "-m", "reporter", "batch", str(brief), "-o", str(out), "-j", "2"]
    chance = random.Random(4)
    for _ in range(4):
        run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
        time.sleep(chance.uniform(0.5, 4))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        made = {path.name for path in out.glob("compared-*")} if out.is_dir() else set()
        assert all(name.replace(".docx", ".evidence.json") in made for name in made)
        assert all(name.replace(".evidence.json", ".docx") in made for name in made)
        assert made <= set(whole)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert digests(out) == whole  # temporary files of the killed are gone too


def test_a_cluster_makes_the_same_papers(brief: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    (tmp_path / "cluster").mkdir()
    order = order_for(brief, tmp_path / "cluster")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        results = [*by_cluster(order, [AREAS[:3], AREAS[3:]], cluster.scheduler_address)]
    assert {result.area for result in results if result.files} == set(AREAS)
    run_batch(brief, "all", tmp_path / "own")
    assert digests(tmp_path / "cluster") == digests(tmp_path / "own")


def test_a_cluster_that_is_not_there_is_told(brief: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ProblemsFoundError) as caught:
        run_batch(brief, "all", tmp_path / "out", cluster="nonsense")
    assert caught.value.problems[0].code == "no-cluster"
