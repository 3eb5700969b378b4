"""Facts per second and peak memory on the whole of the published tool, beside a plain pandas
script.

    python benchmarks/facts.py [FOLDER]

FOLDER holds the files of the Local Authority Interactive Tool (default ../shared/data/lait). The
plain script is what an analyst would write: for each series of a slice of measures the change on
the year, the distance from England and the rank, by groupby and loops. Both are timed in this one
run.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pandas as pd

from reporter.facts import Facts, Question, compute_facts, load_thresholds
from reporter.sources import Dataset, load_lait

ROOT = Path(__file__).parents[1]
SLICE = 12
"""Measures that the plain script works out; it would take minutes over all of them."""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "lait"
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: give the folder with the published files")
    started = time.perf_counter()
    dataset = load_lait(folder)
    print(f"loaded {len(dataset.observations):,} observations in {since(started):.1f} s")
    question = Question.at("2026-12", load_thresholds(ROOT / "rules" / "thresholds.yaml"))
    started, processor = time.perf_counter(), time.process_time()
    facts = compute_facts(dataset, question)
    seconds, busy = since(started), time.process_time() - processor
    total = report(facts, seconds, busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process, loading included: {peak:,.0f} MB")
    plain, plain_seconds = plain_script(dataset)
    print(f"plain pandas script: {plain:,} facts of {SLICE} measures in {plain_seconds:.2f} s")
    ratio = (plain_seconds / plain) / (seconds / total)
    print(f"a fact costs {ratio:,.0f} times as much in the plain script")


def since(started: float) -> float:
    return time.perf_counter() - started


def report(facts: Facts, seconds: float, busy: float) -> int:
    """Print the counts by kind and the speed; how many facts there are."""
    counts = facts.count()
    total = sum(counts.values())
    for kind, count in counts.items():
        print(f"  {kind:<14}{count:>10,}")
    print(f"{total:,} facts in {seconds:.2f} s ({busy:.2f} s of processor time)")
    print(f"{total / seconds:,.0f} facts a second")
    return total


def plain_script(dataset: Dataset) -> tuple[int, float]:
    """Change on the year, England and rank for a slice of measures, as a script would do it."""
    kinds = {name: area.kind for name, area in dataset.areas.areas.items()}
    wanted = sorted(dataset.catalogue.indicators)[:: len(dataset.catalogue.indicators) // SLICE]
    frame = dataset.observations
    frame = frame[frame["indicator"].isin(wanted[:SLICE]) & frame["value"].notna()]
    frame = frame.astype({"area": str, "indicator": str})
    started = time.perf_counter()
    made = []
    for (area, measure), series in frame.groupby(["area", "indicator"], sort=True):
        if kinds.get(str(area)) != "authority":
            continue
        series = series.sort_values("end")
        latest = series.iloc[-1]
        last_year = series[series["end"] == latest["end"] - pd.DateOffset(years=1)]
        if len(last_year):
            made.append(("change", area, measure, latest["value"] - last_year["value"].iloc[0]))
        same = frame[(frame["indicator"] == measure) & (frame["end"] == latest["end"])]
        england = same.loc[same["area"] == "England", "value"]
        if len(england):
            made.append(("england", area, measure, latest["value"] - england.iloc[0]))
        peers = same[same["area"].map(kinds) == "authority"].set_index("area")["value"]
        made.append(("rank", area, measure, peers.rank(method="min")[area]))
    return len(made), since(started)


if __name__ == "__main__":
    main()
