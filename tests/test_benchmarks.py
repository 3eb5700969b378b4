"""What the benchmark of a batch says is worked out right, and it ends where figures differ."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
FACT = {"kind": "level", "indicator": "visits", "value": 0.1 + 0.2}
RANK = {"kind": "rank", "indicator": "visits", "group": "England", "position": 3, "of": 150,
        "ties": 1}  # fmt: skip
ROW = {"value": 0.3, "place": 3, "of": 150, "ties": 1}


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("beside")


def files(folder: Path, row: dict[str, Any]) -> tuple[Path, Path]:
    """Evidence that says one fact and leaves out another, and the script's figures."""
    ours, theirs = folder / "ours.json", folder / "Anytown.json"
    ours.write_text(
        json.dumps({"statements": [{"facts": [FACT]}], "left_out": [{"fact": RANK, "rule": ""}]})
    )
    theirs.write_text(json.dumps({"visits": row}))
    return ours, theirs


def test_figures_that_are_the_same_are_counted(beside: ModuleType, tmp_path: Path) -> None:
    assert beside.held_together(*files(tmp_path, ROW)) == 4


@pytest.mark.parametrize("other", [{"value": 0.31}, {"value": None}, {"place": 4}, {"ties": 0}])
def test_one_figure_that_differs_ends_the_run(
    beside: ModuleType, tmp_path: Path, other: dict[str, Any]
) -> None:
    with pytest.raises(SystemExit, match="Anytown: 1 of 4 figures differ"):
        beside.held_together(*files(tmp_path, ROW | other))


def test_nothing_to_compare_ends_the_run(beside: ModuleType, tmp_path: Path) -> None:
    ours, theirs = files(tmp_path, ROW)
    theirs.write_text("{}")
    with pytest.raises(SystemExit, match="0 of 0"):
        beside.held_together(ours, theirs)


def test_the_start_of_a_script_is_shared_by_its_papers(beside: ModuleType) -> None:
    loop = beside.Script(1, 4.0, 2.0, 6.0, 3.0, "")
    assert loop.rate(4) == pytest.approx(60 / 3)
    assert loop.clock_rate(2) == pytest.approx(60 / 6)
    assert beside.Script(2, 4.0, 2.0, 6.0, 3.0, "").rate(4) == pytest.approx(2 * 60 / 3)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is Linux's own")
def test_memory_is_that_of_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    watching = importlib.import_module("watching")
    child = "import time; held = b'x' * 60_000_000; print(flush=True); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        found = [process.pid, *watching.offspring(process.pid)]
        assert len(found) == 2
        assert 57 < sum(map(watching.megabytes, found)) < 120
        subprocess.run(["kill", *map(str, reversed(found))], check=True)
    assert watching.megabytes(process.pid) == 0
