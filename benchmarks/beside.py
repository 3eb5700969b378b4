"""Runs the script of `script.py` as a user would, and holds its figures to those of our papers."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watching import Memory, as_usual, children

HERE = Path(__file__).parent
Fact = Mapping[str, Any]


@dataclass(frozen=True)
class Script:
    """What the script costs by `jobs` processes, one a core: seconds to start and read, and a
    paper; of the processor and by the clock.
    """

    jobs: int
    start: float
    paper: float
    start_clock: float
    paper_clock: float
    memory: str

    def rate(self, papers: int) -> float:
        """Papers a minute of its cores at full work, its start shared by `papers`."""
        return 60 * self.jobs / (self.start / papers + self.paper)

    def clock_rate(self, papers: int) -> float:
        """Papers a minute by the clock, its start shared by `papers`."""
        return 60 / (self.start_clock / papers + self.paper_clock)


def run_script(brief: Path, folder: Path, areas: Sequence[str], out: Path, jobs: int) -> Script:
    """The script's papers on `areas` in `out`, by `jobs` processes; 1 is a plain loop."""
    from document import own_template

    out.mkdir(parents=True)
    words, template = out.with_suffix(".json"), out.with_suffix(".docx")
    words.write_text(json.dumps(typed(brief, folder, areas[0])), encoding="utf-8")
    template.write_bytes(own_template())
    command = [sys.executable, str(HERE / "script.py"), str(folder), str(template), str(words),
               str(out), "--jobs", str(jobs)]  # fmt: skip
    before, started = children(), time.perf_counter()
    with (
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=as_usual()
        ) as run,
        Memory(run.pid) as memory,
    ):
        assert run.stdin
        assert run.stdout
        start = float(run.stdout.readline().split()[0])
        ready = time.perf_counter()
        run.communicate("\n".join(areas))
    clock, busy = time.perf_counter() - ready, children() - before - start
    made = len([*out.glob("*.docx")])
    assert made == len(areas), f"{made} papers of {len(areas)}"
    return Script(jobs, start, busy / made, ready - started, clock / made, str(memory))


def typed(brief: Path, folder: Path, area: str) -> dict[str, Any]:
    """What an analyst types once: the outline, and how each measure is spoken of."""
    from reporter.sources import Setting, load_commission

    commission = load_commission(brief, Setting(area, folder))
    catalogue = commission.dataset.catalogue.indicators
    outline = [section_of(section, area) for section in commission.brief.outline]
    outline[0]["counted"] = sorted(catalogue)
    spoken = {code: spoken_as(indicator) for code, indicator in catalogue.items()}
    until = int(commission.brief.period)
    return {"until": until, "outline": outline, "measures": spoken}


def section_of(section: Any, area: str) -> dict[str, Any]:
    tables = [
        {"caption": t.caption, "measures": [m.indicator for m in t.measures]}
        for t in section.tables
    ]
    charts = [{"kind": c.kind, "measure": c.measures[0].indicator} for c in section.charts or ()]
    counted = [measure for table in tables for measure in table["measures"]]
    measures = [measure.indicator for measure in section.measures]
    heading = section.heading.replace(area, "{area}")
    return {"heading": heading, "measures": measures, "tables": tables, "charts": charts,
            "counted": counted}  # fmt: skip


def spoken_as(indicator: Any) -> dict[str, Any]:
    after = {"percent": "%", "rate": f" per {indicator.per:,}"}.get(indicator.unit, "")
    before = "£" if indicator.unit == "money" else ""
    since = [ends_in(each.since) for each in indicator.breaks if each.since]
    apart = [ends_in(period) for each in indicator.breaks for period in each.apart]
    return {"noun": indicator.noun, "decimals": indicator.decimals, "before": before,
            "after": after, "since": since, "apart": apart}  # fmt: skip


def ends_in(period: str) -> int:
    """The year in which a period ends."""
    from reporter.sources import parse_period

    return parse_period(period).end.year


def held_together(evidence: Path, figures: Path) -> int:
    """How many figures of the script's paper are those of ours: all, or we end here.

    Every figure that one of our paper's facts has and the script's paper works out too.
    """
    ours = json.loads(evidence.read_bytes())
    rows = json.loads(figures.read_bytes())
    said = [fact for statement in ours["statements"] for fact in statement["facts"]]
    left = [item["fact"] for item in ours["left_out"]]
    pairs = [pair for fact in (*said, *left) for pair in compared(fact, rows)]
    wrong = [pair for pair in pairs if not same(pair[1], pair[2])]
    if wrong or not pairs:
        sys.exit(f"{figures.stem}: {len(wrong)} of {len(pairs)} figures differ: {wrong[:5]}")
    return len(pairs)


def same(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9)


def compared(
    fact: Fact, rows: Mapping[str, Any]
) -> Iterator[tuple[str, float | None, float | None]]:
    """Each figure of `fact` beside the script's."""
    row = rows.get(fact["indicator"])
    if row is None:
        return
    match fact["kind"]:
        case "level":
            yield f"{fact['indicator']}: value", fact["value"], row["value"]
        case "change" if fact["base_label"] == "previous_period":
            yield f"{fact['indicator']}: before", fact["base_value"], row["before"]
        case "comparator" if fact["same_period"]:
            name = {"peers": "median", "country": "country"}.get(fact["comparator_kind"], "region")
            yield f"{fact['indicator']}: {name}", fact["comparator_value"], row[name]
        case "rank" if fact["group"] == "England":
            yield from placed(fact, row, "")
        case "rank" if fact["group"].startswith("statistical"):
            yield from placed(fact, row, "near_")


def placed(
    fact: Fact, row: Mapping[str, Any], group: str
) -> Iterator[tuple[str, float | None, float | None]]:
    for ours, theirs in (("position", "place"), ("of", "of"), ("ties", "ties")):
        yield f"{fact['indicator']}: {group}{theirs}", fact[ours], row[f"{group}{theirs}"]
