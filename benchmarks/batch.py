"""Papers a minute and peak memory of a whole batch, beside a docxtpl script of the same content.

    python benchmarks/batch.py [FOLDER] [--areas N] [--pictures N]

FOLDER holds the files of the Local Authority Interactive Tool (default ../shared/data/lait). In one
run, on two cores: papers of ten authorities, of forty and of all with charts of Word's own, some
with pictures, and ten of them by the script that a user would write. That is timed in two ways:
docxtpl with a fresh pyplot figure a chart, of text that is given to it in words, and the whole of
`script.py`, which reads the files once a run, compares with pandas and writes its own sentences and
tables. Its figures are held to those of our evidence: all must be the same, or there is no result.
Ours chooses, writes the evidence and looks the figures through too. Rates of processor time are
what two idle cores make, whatever else runs; those by the clock are what they made now. The
script's start is shared by as many papers as ours. Memory is of all processes together, what they
share counted once.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from beside import Script, children, held_together, run_script

ROOT = Path(__file__).parents[1]
BRIEF = ROOT / "data" / "lait-children" / "report.yaml"
CORES = 2
TEN, FORTY = 10, 40
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

    @property
    def clock_rate(self) -> float:
        """Papers a minute by the clock."""
        return 60 * self.papers / self.clock


def main() -> None:
    given = arguments()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder} is not there: give the folder with the published files")
    areas = authorities(given.folder)[: given.areas]
    ten = spread(areas, TEN)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        runs = [
            report(
                f"native, {len(some)}", batch(given.folder, some, "native", out / f"{len(some)}")
            )
            for some in {len(some): some for some in (ten, spread(areas, FORTY), areas)}.values()
        ]
        pictures = spread(areas, given.pictures)
        drawn = report("pictures", batch(given.folder, pictures, "pictures", out / "pictures"))
        script = run_script(BRIEF, given.folder, ten, out / "script", CORES)
        same = sum(held_together(evidence_of(area, out / f"{len(ten)}"),
                                 out / "script" / f"{area}.json") for area in ten)  # fmt: skip
    print(f"the script's figures for {len(ten)} areas: all {same:,} that ours has too are the same")
    tell_growth(runs)
    compare(runs[-1], drawn, script, scripted_words(given.folder, ten))


def spread(areas: Sequence[str], wanted: int) -> list[str]:
    """As many of `areas` as `wanted`, from all over the list."""
    return [*areas[:: max(len(areas) // wanted, 1)][:wanted]]


def evidence_of(area: str, folder: Path) -> Path:
    from reporter.pipeline import names_of

    return folder / names_of(BRIEF, area)[1]


def tell_growth(runs: Sequence[Run]) -> None:
    """What each further paper costs; flat if a batch does not slow down as it grows."""
    for one, more in pairwise(runs):
        further = (more.busy - one.busy) / (more.papers - one.papers)
        print(f"from {one.papers} papers to {more.papers}: {further:.2f} s of the processor a "
              f"further paper")  # fmt: skip


def compare(native: Run, drawn: Run, script: Script, words: float) -> None:
    rate, clock = script.rate(native.papers, CORES), script.clock_rate(native.papers)
    print(f"the whole script: {rate:.1f} papers a minute of two cores, {clock:.1f} by the clock; "
          f"with the words given: {words:.1f}")  # fmt: skip
    for name, run in (("native charts", native), ("pictures", drawn)):
        print(f"{name}: {run.rate / rate:.1f} times the rate of the whole script "
              f"({run.clock_rate / clock:.1f} by the clock), {run.rate / words:.1f} times that of "
              f"docxtpl with the words given")  # fmt: skip


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


def batch(folder: Path, areas: Sequence[str], charts: str, out: Path) -> Run:
    """A batch as a user calls it."""
    names = out.with_suffix(".txt")
    names.write_text("\n".join(areas), encoding="utf-8")
    command = [sys.executable, "-m", "reporter", "batch", str(BRIEF), "--areas", str(names),
               "--data", str(folder), "--charts", charts, "--jobs", str(CORES), "-o", str(out),
               "--quiet"]  # fmt: skip
    before, started = children(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(TICK)
    if process.returncode:
        sys.exit(f"the batch ended with {process.returncode}")
    clock = time.perf_counter() - started
    made = len([*out.glob("*.docx")])
    assert made == len(areas), f"{made} papers of {len(areas)}"
    return Run(made, clock, children() - before, peak)


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


def scripted_words(folder: Path, areas: Sequence[str]) -> float:
    """Papers a minute of two cores by docxtpl and pyplot alone: the words are made before, and not
    timed.
    """
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
