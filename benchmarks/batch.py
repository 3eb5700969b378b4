"""Papers a minute and peak memory of a whole batch, beside a docxtpl script of the same content.

    python benchmarks/batch.py [FOLDER] [--areas N] [--pictures N]

FOLDER holds the files of the Local Authority Interactive Tool (default ../shared/data/lait). All in
one run: papers of ten authorities, of forty and of all with charts of Word's own, and of all with
pictures, each by `reporter batch --jobs 2`; and ten of them by `script.py`, which a good analyst
would write: it reads the files once a run, compares with pandas and writes its own sentences,
tables and charts by docxtpl. It is run in two ways, which are told apart in every line:

- in one process, the plain loop that such a script is, and its default: one core at work, the
  other idle, beside ours on two;
- in two processes, one a core, beside ours on two.

For scale, docxtpl and pyplot alone are timed in one process too, with all words given to them.
Figures of the script's papers are held to our evidence, and both its ways to each other: all must
be the same, or there is no result. Ours chooses, writes the evidence and looks the figures through
too.

Both run as Python does by default: compiled modules are kept from run to run.

Rates at full work are of processor time: what the cores named make if they do nothing else. Those
by the clock are what was made in this run, waiting included: true only where nothing else runs. The
script's start is shared by as many papers as ours. Memory is of all processes together, what they
share counted once, and then of each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from beside import Script, held_together, run_script
from watching import Memory, as_usual, children

ROOT = Path(__file__).parents[1]
BRIEF = ROOT / "data" / "lait-children" / "report.yaml"
CORES = 2
TEN, FORTY = 10, 40


@dataclass(frozen=True)
class Run:
    """What a batch on `CORES` cost: seconds by the clock and of the processor, and memory."""

    papers: int
    clock: float
    busy: float
    memory: str

    @property
    def rate(self) -> float:
        """Papers a minute of its cores at full work."""
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
        print(f"ours, in {CORES} processes on {CORES} cores")
        runs = [
            report("native charts", batch(given.folder, some, "native", out / f"{len(some)}"))
            for some in {len(some): some for some in (ten, spread(areas, FORTY), areas)}.values()
        ]
        some = spread(areas, given.pictures or len(areas))
        drawn = report("pictures", batch(given.folder, some, "pictures", out / "pictures"))
        tell_growth(runs)
        print(f"the script, {len(ten)} papers with pictures")
        scripts = [
            report_script(run_script(BRIEF, given.folder, ten, out / f"script-{jobs}", jobs))
            for jobs in (1, CORES)
        ]
        tell_figures(ten, out)
    words = scripted_words(given.folder, ten)
    compare({"native charts": runs[-1], "pictures": drawn}, scripts, words)


def spread(areas: Sequence[str], wanted: int) -> list[str]:
    """As many of `areas` as `wanted`, from all over the list."""
    return [*areas[:: max(len(areas) // wanted, 1)][:wanted]]


def report(name: str, run: Run) -> Run:
    print(f"  {name}: {run.papers} papers in {run.busy:.0f} s of the processor, {run.clock:.0f} s "
          f"by the clock: {run.rate:.0f} a minute at full work, {run.clock_rate:.0f} by the "
          f"clock; {run.memory}", flush=True)  # fmt: skip
    return run


def tell_growth(runs: Sequence[Run]) -> None:
    """What each further paper costs; flat if a batch does not slow down as it grows."""
    for one, more in pairwise(runs):
        further = (more.busy - one.busy) / (more.papers - one.papers)
        print(f"  from {one.papers} papers to {more.papers}: {further:.2f} s of the processor a "
              f"further paper")  # fmt: skip


def way_of(script: Script) -> str:
    if script.jobs == 1:
        return "one process on one core (its default, a plain loop)"
    return f"{script.jobs} processes on {script.jobs} cores"


def report_script(script: Script) -> Script:
    print(f"  in {way_of(script)}: {script.start:.1f} s of the processor to start and read, "
          f"{script.paper:.2f} s a paper; by the clock {script.start_clock:.1f} s and "
          f"{script.paper_clock:.2f} s; {script.memory}", flush=True)  # fmt: skip
    return script


def tell_figures(areas: Sequence[str], out: Path) -> None:
    """Ends the run where a figure of the script is not ours, in either of its ways."""
    from reporter.pipeline import names_of

    same = 0
    for area in areas:
        one, both = (out / f"script-{jobs}" / f"{area}.json" for jobs in (1, CORES))
        if one.read_bytes() != both.read_bytes():
            sys.exit(f"{area}: the script's figures differ between one process and {CORES}")
        same += held_together(out / f"{len(areas)}" / names_of(BRIEF, area)[1], one)
    print(f"  its figures for these areas: all {same:,} that ours has too are the same")


def compare(ours: Mapping[str, Run], scripts: Sequence[Script], words: float) -> None:
    """How many papers ours makes while the script makes one."""
    for name, run in ours.items():
        print(f"ours on {CORES} cores with {name}: {run.rate:.0f} papers a minute at full "
              f"work, {run.clock_rate:.0f} by the clock")  # fmt: skip
        for script in scripts:
            rate, clock = script.rate(run.papers), script.clock_rate(run.papers)
            print(f"  {run.rate / rate:.1f} times ({run.clock_rate / clock:.1f} by the clock) the "
                  f"script in {way_of(script)}: {rate:.1f} ({clock:.1f})")  # fmt: skip
        print(f"  {run.rate / words:.1f} times docxtpl with its words given, in one process on "
              f"one core: {words:.1f}")  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    default = ROOT.parent / "shared" / "data" / "lait"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--areas", type=counted, help="the first N only (default: all)")
    parser.add_argument(
        "--pictures", type=counted, help="how many papers with pictures (default: all)"
    )
    return parser.parse_args()


def counted(words: str) -> int:
    if (number := int(words)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


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
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=as_usual()) as process,
        Memory(process.pid) as memory,
    ):
        process.wait()
    clock, busy = time.perf_counter() - started, children() - before
    if process.returncode:
        sys.exit(f"the batch ended with {process.returncode}")
    made = len([*out.glob("*.docx")])
    assert made == len(areas), f"{made} papers of {len(areas)}"
    return Run(made, clock, busy, str(memory))


def scripted_words(folder: Path, areas: Sequence[str]) -> float:
    """Papers a minute of one core by docxtpl and pyplot alone: the words are made before, and not
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
        given, found = desk.about(area, tuple(areas))
        commission = given.commission
        messages = choose_messages(given.rules, found.facts, commission.dataset.catalogue)
        plan = plan_report(commission, found.facts, messages)
        words = realise_report(plan, commission.dataset, given.lexicon)
        if not busy:
            scripted(words, template, tight=True)  # its libraries are loaded before it is timed
        started = time.process_time()
        scripted(words, template, tight=True)
        busy += time.process_time() - started
    return 60 * len(areas) / busy


if __name__ == "__main__":
    main()
