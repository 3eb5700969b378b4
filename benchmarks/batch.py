"""Papers a minute and peak memory of a whole batch, beside a docxtpl script of the same content.

    python benchmarks/batch.py [FOLDER] [--areas N] [--pictures N]

FOLDER holds the files of the Local Authority Interactive Tool (default ../shared/data/lait). In one
run: every authority's paper with charts of Word's own on two cores, the same for ten, some with
pictures, and for ten of the papers the script that a user would write, docxtpl with one fresh
pyplot figure a chart, of text that is given to it in words. Ours reads, compares, writes the
sentences and the evidence too. Rates are of processor time, which other work on the machine does
not change: two cores make twice as much, for a script that is one process as well. Memory is of all
processes together, what they share counted once.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BRIEF = ROOT / "data" / "lait-children" / "report.yaml"
CORES = 2
TEN = 10
TICK = 0.25


@dataclass(frozen=True)
class Run:
    """What a batch cost: seconds by the clock and of the processor, and megabytes at the peak."""

    papers: int
    clock: float
    busy: float
    peak: float

    @property
    def rate(self) -> float:
        """Papers a minute of two cores with nothing else to do."""
        return 60 * CORES * self.papers / self.busy


def main() -> None:
    given = arguments()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder} is not there: give the folder with the published files")
    areas = authorities(given.folder)[: given.areas]
    spread = areas[:: max(len(areas) // TEN, 1)][:TEN]
    native = report("native, all", batch(given.folder, areas, "native"))
    few = report("native, ten", batch(given.folder, spread, "native"))
    pictures = areas[:: max(len(areas) // given.pictures, 1)][: given.pictures]
    drawn = report("pictures", batch(given.folder, pictures, "pictures"))
    theirs = scripts(given.folder, spread)
    print(f"docxtpl and pyplot, ten: {theirs:6.1f} papers a minute of two cores")
    print(f"a paper of {native.papers} costs {native.busy / native.papers:.2f} s of the processor, "
          f"one of {few.papers} {few.busy / few.papers:.2f} s")  # fmt: skip
    print(f"native charts: {native.rate / theirs:.1f} times the rate of the script")
    print(f"pictures: {drawn.rate / theirs:.1f} times the rate of the script")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    default = ROOT.parent / "shared" / "data" / "lait"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--areas", type=int, default=None, help="the first N only")
    parser.add_argument("--pictures", type=int, default=40, help="how many papers with pictures")
    return parser.parse_args()


def authorities(folder: Path) -> list[str]:
    from reporter.sources import load_lait

    areas = load_lait(folder).areas.areas
    return [name for name, area in areas.items() if area.kind == "authority"]


def batch(folder: Path, areas: Sequence[str], charts: str) -> Run:
    """A batch as a user calls it."""
    with tempfile.TemporaryDirectory() as out:
        names = Path(out) / "areas.txt"
        names.write_text("\n".join(areas), encoding="utf-8")
        command = [sys.executable, "-m", "reporter", "batch", str(BRIEF), "--areas", str(names),
                   "--data", str(folder), "--charts", charts, "--jobs", str(CORES),
                   "-o", f"{out}/papers", "--quiet"]  # fmt: skip
        before, started = children(), time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(TICK)
        if process.returncode:
            sys.exit(f"the batch ended with {process.returncode}")
        clock = time.perf_counter() - started
        made = len([*Path(out, "papers").glob("*.docx")])
        assert made == len(areas), f"{made} papers of {len(areas)}"
        return Run(made, clock, children() - before, peak)


def children() -> float:
    """Processor seconds of every process that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(pid: int) -> float:
    """Megabytes of a process and those that it started; what they share counts once."""
    total = 0.0
    for each in [pid, *offspring(pid)]:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue  # it has just ended
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def offspring(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def report(name: str, run: Run) -> Run:
    print(f"{name}: {run.papers} papers in {run.clock:.0f} s by the clock, {run.busy:.0f} s of the "
          f"processor: {run.rate:.1f} a minute of two cores; {run.peak:,.0f} MB at the peak",
          flush=True)  # fmt: skip
    return run


def scripts(folder: Path, areas: Sequence[str]) -> float:
    """Papers a minute of two cores by the script; the words are made before, and not timed."""
    from document import own_template, scripted

    from reporter.batch.making import open_desk
    from reporter.plan import plan_report
    from reporter.prose import realise_report
    from reporter.rules import choose_messages
    from reporter.sources import Setting

    desk, template = open_desk(BRIEF, Setting(data=folder)), own_template()
    busy = 0.0
    for area in areas:
        given, facts = desk.about(area, tuple(areas))
        commission = given.commission
        messages = choose_messages(given.rules, facts, commission.dataset.catalogue)
        words = realise_report(
            plan_report(commission, facts, messages), commission.dataset, given.lexicon
        )
        if not busy:
            scripted(words, template, tight=True)  # its libraries are loaded before it is timed
        started = time.process_time()
        scripted(words, template, tight=True)
        busy += time.process_time() - started
    return 60 * CORES * len(areas) / busy


if __name__ == "__main__":
    main()
