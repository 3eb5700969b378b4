"""A batch that is killed, stopped, short of space or not alone: each paper whole or absent, and the
resumed result that of an uninterrupted run.

KILLS=20 KILL_AREAS=25 runs the whole of the test on the published figures; by itself it is small.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reporter.batch import run_batch
from reporter.batch.hold import held
from reporter.problems import ProblemsFoundError
from reporter.sources import load_lait
from tests.test_batch import AREAS, brief_in, digests
from tests.test_lait_children import BRIEF as PUBLISHED
from tests.test_lait_children import FOLDER

KILLS, KILL_AREAS = int(os.environ.get("KILLS", "3")), int(os.environ.get("KILL_AREAS", "3"))
LONGEST = 300
"""Seconds within which anything here is done, on however slow a machine."""


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    return brief_in(tmp_path)


def started(brief: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "reporter", "batch", str(brief), "-o", str(out), "-j", "2"]
    return subprocess.Popen(
        [*command, *more], start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def papers(out: Path) -> set[str]:
    return {path.stem for path in out.glob("[!.]*.docx")}


def wait_for(run: subprocess.Popen[str], out: Path, wanted: int) -> None:
    """Until there are as many papers as `wanted`, or the run has ended."""
    until = time.monotonic() + LONGEST
    while run.poll() is None and len(papers(out)) < wanted and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("alone", [True, False])
def test_a_batch_that_is_told_to_stop_says_how_it_goes_on(
    brief: Path, tmp_path: Path, number: signal.Signals, alone: bool
) -> None:  # fmt: skip
    out = tmp_path / "out"
    run = started(brief, out)
    wait_for(run, out, 1)
    (os.kill if alone else os.killpg)(run.pid, number)
    told = run.communicate(timeout=LONGEST)[1]
    if run.returncode:  # else it was done before it heard us
        assert (run.returncode, told) == (
            130, "stopped: run the same command again to make the rest\n",
        )  # fmt: skip
    names = {path.name for path in out.iterdir()} - {".batch.jsonl", "batch.json"}
    assert names == {
        f"{stem}{kind}" for stem in papers(out) for kind in (".docx", ".evidence.json")
    }
    run_batch(brief, "all", out)
    run_batch(brief, "all", tmp_path / "whole")
    assert digests(out) == digests(tmp_path / "whole")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A disk on which files with these words in their names find no space."""
    words: list[str] = []
    real = Path.write_bytes

    def write(path: Path, content: bytes) -> int:  # type: ignore[override]
        if any(word in path.name for word in words):
            real(path, content[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    return words


def test_a_full_disk_leaves_what_was_there_and_is_told(
    brief: Path, tmp_path: Path, full_disk: list[str]
) -> None:  # fmt: skip
    out = tmp_path / "out"
    run_batch(brief, "all", out)
    before = digests(out)
    (out / "batch.json").unlink()  # so that everything is made again
    full_disk.append("midford.docx")
    outputs = run_batch(brief, "all", out, jobs=2)
    assert [result.area for result in outputs.failed] == ["Midford"]
    assert "No space left" in outputs.failed[0].problems[0].what
    assert digests(out) == before  # the old pair of Midford, whole, and no temporary file


def test_a_list_that_cannot_be_written_does_not_hide_what_was_made(
    brief: Path, tmp_path: Path, full_disk: list[str]
) -> None:  # fmt: skip
    full_disk.append("batch.json")
    outputs = run_batch(brief, "all", tmp_path / "out")
    assert [problem.code for problem in outputs.problems] == ["not-written"]
    assert len(outputs.results) == len(AREAS)
    assert not outputs.failed
    full_disk.clear()
    assert run_batch(brief, "all", tmp_path / "out").kept == len(AREAS)  # by the notes of the run


def test_a_second_batch_in_one_folder_waits_and_then_says_why_not(
    brief: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with held(out), pytest.raises(ProblemsFoundError, match="another batch"), held(out, 0.2):
        pass
    assert run_batch(brief, "all", out).failed == ()


def test_two_batches_in_one_folder_make_one_result(brief: Path, tmp_path: Path) -> None:
    runs = [started(brief, tmp_path / "out") for _ in range(2)]
    assert [run.wait(LONGEST) for run in runs] == [0, 0]
    told = [run.communicate()[1] for run in runs]
    assert sum("5 there already" in text for text in told) == 1
    run_batch(brief, "all", tmp_path / "whole")
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


def kill(run: subprocess.Popen[str], chance: random.Random) -> str:
    """Kills the batch, its processes with it, or one of its workers."""
    who = chance.choice(("all", "first", "worker"))
    try:
        if who == "all":
            os.killpg(run.pid, signal.SIGKILL)
        elif who == "first":
            os.kill(run.pid, signal.SIGKILL)
        else:
            children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
            os.kill(int(chance.choice(children)), signal.SIGKILL)
    except (OSError, IndexError):
        pass  # it ended just now, or has no worker yet
    return who


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the published figures are not on this machine")
@pytest.mark.skipif(sys.platform != "linux", reason="workers are found in /proc")
def test_papers_of_published_figures_survive_kills_at_random_points(tmp_path: Path) -> None:
    known = load_lait(FOLDER).areas.areas
    every = [name for name, area in known.items() if area.kind == "authority"]
    names, out = tmp_path / "names.txt", tmp_path / "out"
    names.write_text("\n".join(every[:: len(every) // KILL_AREAS][:KILL_AREAS]))
    more = ("--areas", str(names), "--data", str(FOLDER), "--charts", "native")
    ended(started(PUBLISHED, tmp_path / "whole", *more))
    expected, chance = digests(tmp_path / "whole"), random.Random(20)
    for _ in range(KILLS):
        run = started(PUBLISHED, out, *more)
        if chance.random() < 0.7:  # amid the papers; else while it starts, compares or is done
            wait_for(run, out, len(papers(out)) + 1)
        time.sleep(chance.uniform(0, 2))
        who = kill(run, chance)
        if who == "worker":
            run.wait(LONGEST * KILL_AREAS)
        run.communicate()
        if who != "first" or chance.random() < 0.5:  # else its workers have a paper in hand yet
            time.sleep(5)
            assert_whole_or_absent(out, expected)
    ended(started(PUBLISHED, out, *more))
    assert digests(out) == expected


def ended(run: subprocess.Popen[str]) -> None:
    """Waits until the run is done, as it should be."""
    told = run.communicate(timeout=LONGEST * KILL_AREAS)[1]
    assert run.returncode == 0, told


def assert_whole_or_absent(out: Path, expected: dict[str, str]) -> None:
    """Whatever has the name of a paper or of evidence is that of the uninterrupted run."""
    found = digests(out) if out.is_dir() else {}
    found = {name: digest for name, digest in found.items() if not name.startswith(".")}
    assert found.items() <= expected.items()
    assert all(name.replace(".docx", ".evidence.json") in found for name in found)
