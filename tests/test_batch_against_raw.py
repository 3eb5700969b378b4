"""Every fact of a sample of papers of a batch, worked out again from the raw file: none may differ.

What the papers say and what they leave out alike. Plain other code: dictionaries, Decimal and the
statistics module; nothing of the facts room.
"""

from __future__ import annotations

import json
import math
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reporter.batch import run_batch
from reporter.sources import Setting
from tests.facts.test_against_raw import FOLDER, Raw, close, places, verdict, word
from tests.facts.test_against_raw import raw as published_figures
from tests.papers import rows_behind

BRIEF = Path(__file__).parents[1] / "data" / "lait-children" / "report.yaml"
SAMPLE = ("Blackpool", "Camden", "City of London", "Cumberland", "Dorset (Pre LG)", "Essex")
EARLIER = ("Blackpool", "Isles of Scilly", "Northamptonshire")
"""Areas of which the report of 2019 is made too, with the model of neighbours of 2021."""
DUST = 1e-12
"""In proportion: figures of the file with more than fifteen digits are written with thirteen."""
Fact = dict[str, Any]
figures_of_the_file = published_figures  # the fixture of that test, under a name of its own

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published figures (shared/data/lait) are not on this machine"
)


@pytest.fixture(scope="module")
def raw(figures_of_the_file: Raw) -> Raw:
    """The raw figures without those that cannot be: an England rate that is a sum, a region's count
    that stands for each of its authorities, and England's share that stands for every area.
    """
    figures = {measure: dict(areas) for measure, areas in figures_of_the_file.figures.items()}
    figures["FirstYJS"] = {a: s for a, s in figures["FirstYJS"].items() if a != "England"}
    cases = figures["SEN_CASES_DUR_YEAR"]
    for area, region in figures_of_the_file.region.items():
        if region == "Yorkshire and the Humber" and cases.get(area, {}).get(2022) == 6078:
            cases[area] = {year: value for year, value in cases[area].items() if year != 2022}
    moves = figures["Stability_School"]
    of_england = {(year, moves["England"][year]) for year in (2018, 2019)}
    for area in moves.keys() - {"England"}:
        moves[area] = dict(moves[area].items() - of_england)
    return replace(figures_of_the_file, figures=figures)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The evidence of each paper of the sample."""
    return evidence_of(tmp_path_factory.mktemp("batch"), SAMPLE, "")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The evidence of the papers as they would have been in 2019."""
    return evidence_of(tmp_path_factory.mktemp("earlier"), EARLIER, "2019")


def evidence_of(folder: Path, areas: Sequence[str], period: str) -> dict[str, Any]:
    (folder / "areas.txt").write_text("\n".join(areas))
    setting = Setting(data=FOLDER, period=period, charts="none")
    outputs = run_batch(BRIEF, str(folder / "areas.txt"), folder / "out", setting=setting)
    assert outputs.failed == ()
    return {
        result.area: json.loads((folder / "out" / next(iter(result.files))).read_bytes())
        for result in outputs.results
    }


def facts_of(evidence: Any) -> Iterator[Fact]:
    """Every fact of a paper, said or left out, with the year that the paper reports."""
    until = ends(evidence["report"]["period"])
    for statement in evidence["statements"]:
        yield from ({**fact, "until": until} for fact in statement["facts"])
    yield from ({**item["fact"], "until": until} for item in evidence["left_out"])


def ends(period: str) -> int:
    """The year in which a period ends, which is how the raw file names it."""
    numbers = re.findall(r"\d+", period.split("..")[-1])
    return 2000 + int(numbers[1]) if "/" in period.split("..")[-1] else int(numbers[0])


def own(raw: Raw, fact: Fact) -> dict[int, Decimal]:
    """The area's series up to the fact's period."""
    series = raw.figures[fact["indicator"]].get(fact["area"], {})
    return {year: value for year, value in series.items() if year <= ends(fact["period"])}


def stands(raw: Raw, fact: Fact, field: str, period: str) -> bool:
    """Whether a figure of the fact is the file's, but for the dust that the evidence leaves out."""
    exact = own(raw, fact).get(ends(fact[period]))
    return exact is not None and math.isclose(fact[field], float(exact), rel_tol=DUST)


def shown(raw: Raw, fact: Fact, value: Decimal) -> Decimal:
    return raw.shown(fact["indicator"], value)


def moved(raw: Raw, fact: Fact, now: Decimal, then: Decimal) -> bool:
    """Whether result, direction and judgement are those of the step from `then` to `now`."""
    step = shown(raw, fact, now) - shown(raw, fact, then)
    judged = verdict(step, raw.sign[fact["indicator"]])
    return (
        close(fact["result"], now - then, now, then)
        and fact["direction"] == word(step)
        and fact["judgement"] == judged
    )


def is_level(raw: Raw, fact: Fact) -> bool:
    return bool(fact["result"] == fact["value"])


def is_change(raw: Raw, fact: Fact) -> bool:
    series = own(raw, fact)
    now, base = ends(fact["period"]), ends(fact["base_period"])
    labels = {
        "previous_period": max(year for year in series if year < now),
        "same_period_last_year": now - 1,
        "year_end": now - 1,
        "first_of_series": min(series),
    }
    percent = fact["percent"]
    fits = percent is None or math.isclose(
        percent, float((series[now] - series[base]) / series[base] * 100), rel_tol=1e-9
    )
    return (
        base == labels[fact["base_label"]] and fits and moved(raw, fact, series[now], series[base])
    )


def is_extreme(raw: Raw, fact: Fact) -> bool:
    """A peak or a low: nothing of the series since it is beyond, and it is beyond the figure."""
    series = own(raw, fact)
    now, at = ends(fact["period"]), ends(fact["base_period"])
    first = ends(fact["first_period"])
    sign = 1 if fact["extreme"] == "peak" else -1
    figures = {year: sign * shown(raw, fact, v) for year, v in series.items() if year >= first}
    highest = figures[at] == max(figures.values()) and figures[at] > figures[now]
    return highest and moved(raw, fact, series[now], series[at])


def is_record(raw: Raw, fact: Fact) -> bool:
    series = own(raw, fact)
    now = ends(fact["period"])
    sign = 1 if fact["extreme"] == "highest" else -1
    figures = {year: sign * shown(raw, fact, value) for year, value in series.items()}
    before = sorted(year for year in figures if year < now)
    passed = 0
    while passed < len(before) and figures[before[-passed - 1]] < figures[now]:
        passed += 1
    ever = passed == len(before)
    base = before[0] if ever else before[-passed - 1]
    found = (fact["points"], fact["on_record"], ends(fact["base_period"]))
    return found == (passed, ever, base) and fact["years"] == now - base


def is_streak(raw: Raw, fact: Fact) -> bool:
    series = own(raw, fact)
    now, base = ends(fact["period"]), ends(fact["base_period"])
    exact = [series[year] for year in sorted(series) if base <= year <= now]
    run = [shown(raw, fact, value) for value in exact]
    steps = [later - before for before, later in pairwise(run)]
    sign = {"rising": 1, "falling": -1}.get(fact["pattern"])
    if sign is not None:
        holds = all(sign * step > 0 for step in steps) and fact["length"] == len(steps)
    elif fact["pattern"] == "back_at":
        holds = run[0] == run[-1]
    elif fact["pattern"] == "fluctuating":
        holds = any(step > 0 for step in steps) and any(step < 0 for step in steps)
    else:
        holds = fact["pattern"] == "stable"
    ends_of_range = [(fact["low"], float(min(exact))), (fact["high"], float(max(exact)))]
    return holds and all(
        said is None or math.isclose(said, found, rel_tol=DUST) for said, found in ends_of_range
    )


def members(raw: Raw, fact: Fact) -> list[str]:
    """The neighbours by the model that the fact names."""
    model = fact.get("model") or fact["group"]
    return raw.neighbours.get((fact["area"], model.split()[-1]), [])


def is_comparator(raw: Raw, fact: Fact) -> bool:
    figures = raw.figures[fact["indicator"]]
    now, year = own(raw, fact)[ends(fact["period"])], ends(fact["comparator_period"])
    if fact["comparator_kind"] == "peers":
        held = [figures[n][year] for n in members(raw, fact) if year in figures.get(n, {})]
        exact = statistics.median(held)
        if (fact["members"], fact["members_of"]) != (len(held), len(members(raw, fact))):
            return False
    else:
        assert fact["comparator"] in ("England", raw.region[fact["area"]])
        exact = figures[fact["comparator"]][year]
    ratio = fact["ratio"]
    fits = ratio is None or math.isclose(ratio, float(now / exact), rel_tol=1e-9)
    return fits and close(fact["comparator_value"], exact) and moved(raw, fact, now, exact)


def is_rank(raw: Raw, fact: Fact) -> bool:
    figures, group = raw.figures[fact["indicator"]], fact["group"]
    among = {
        "England": raw.authorities(),
        raw.region[fact["area"]]: [
            name for name, place in raw.region.items() if place == raw.region[fact["area"]]
        ],
    }.get(group, members(raw, fact))
    year = ends(fact["period"])
    now = own(raw, fact)[year]
    others = [
        figures[name][year]
        for name in among
        if name != fact["area"] and year in figures.get(name, {})
    ]
    position, of, ties = places(now, others, raw.sign[fact["indicator"]])
    quartile = math.ceil(Decimal(4 * position) / of)
    found = (fact["position"], fact["of"], fact["ties"], fact["quartile"], fact["result"])
    return found == (position, of, ties, quartile, position) and was_placed(raw, fact, among)


def was_placed(raw: Raw, fact: Fact, among: Sequence[str]) -> bool:
    """The place at the period before, and that of the change since."""
    if fact["base_period"] is None:
        return fact["previous_position"] in (0, None)
    figures, sign = raw.figures[fact["indicator"]], raw.sign[fact["indicator"]]
    now, base = ends(fact["period"]), ends(fact["base_period"])
    others = [figures[name] for name in among if name != fact["area"] and name in figures]
    series = own(raw, fact)
    then = places(series[base], [f[base] for f in others if base in f], sign)[0]
    if base != now - 1:  # the changes of those are ranked whose figure before is of that year too
        return bool(fact["previous_position"] == then)
    steps = [step_of(f, base, now) for f in others if now in f and base in f]
    change = places(step_of(series, base, now), steps, sign)
    found = (fact["previous_position"], fact["position_of_change"], fact["of_change"])
    return found == (then, change[0], change[1])


def step_of(series: dict[int, Decimal], base: int, now: int) -> Decimal:
    """A change without the dust of the file, which has 3.5000000000000004."""
    return Decimal(f"{series[now]:.13g}") - Decimal(f"{series[base]:.13g}")


def is_average(raw: Raw, fact: Fact) -> bool:
    series = own(raw, fact)
    first, now = ends(fact["first_period"]), ends(fact["period"])
    # The usual range is that of the years before; an average is of the last ones, this one too.
    until = now - 1 if fact["typical"] else now
    window = [value for year, value in series.items() if first <= year <= until]
    mean = sum(window, Decimal(0)) / len(window)
    found = (fact["window"], fact["low"], fact["high"])
    extremes = (len(window), float(min(window)), float(max(window)))
    return found == extremes and close(fact["mean"], mean, *window)


def is_count(raw: Raw, fact: Fact) -> bool:
    """How many measures moved one way since the figure before; those of sections by their list."""
    names, until = fact["members"], fact["until"]
    if fact["what"] not in ("better", "worse", "same"):
        return bool(fact["result"] == len(names) <= fact["denominator"])
    counted = []
    for measure in raw.figures:
        series = raw.figures[measure].get(fact["area"], {})
        known = sorted(year for year in series if year <= until)
        if raw.sign[measure] and len(known) > 1:
            step = raw.shown(measure, series[known[-1]]) - raw.shown(measure, series[known[-2]])
            if verdict(step, raw.sign[measure]) == fact["what"]:
                counted.append(measure)
    if fact["breakdown"] == "section":
        return set(names) <= set(counted) and fact["result"] == len(names)
    return sorted(names) == sorted(counted) and fact["result"] == len(counted)


RIGHT: dict[str, Callable[[Raw, Fact], bool]] = {
    "level": is_level,
    "change": is_change,
    "peak_trough": is_extreme,
    "record": is_record,
    "streak": is_streak,
    "comparator": is_comparator,
    "rank": is_rank,
    "average": is_average,
    "count_summary": is_count,
    "finance": is_level,
}
WITHOUT_ARITHMETIC = ("caveat", "annualised")


@pytest.mark.parametrize("area", SAMPLE)
def test_every_fact_is_that_of_the_raw_file(raw: Raw, papers: dict[str, Any], area: str) -> None:
    hold(raw, papers[area])


@pytest.mark.parametrize("area", EARLIER)
def test_so_is_every_fact_of_an_earlier_year(raw: Raw, earlier: dict[str, Any], area: str) -> None:
    assert all(ends(fact["period"]) <= 2019 for fact in facts_of(earlier[area]))
    hold(raw, earlier[area])


def hold(raw: Raw, evidence: Any) -> None:
    """Every fact of the evidence against the raw file."""
    wrong, counts = [], Counter[str]()
    for fact in facts_of(evidence):
        kind = fact["kind"]
        counts[kind] += 1
        assert kind in RIGHT or kind in WITHOUT_ARITHMETIC, kind
        if kind != "count_summary" and fact["value"] is not None:
            if not stands(raw, fact, "value", "period"):
                wrong.append(("value", fact))
            if fact["base_value"] is not None and not stands(
                raw, fact, "base_value", "base_period"
            ):
                wrong.append(("base_value", fact))
        if kind in RIGHT and not RIGHT[kind](raw, fact):
            wrong.append((kind, fact))
    assert not wrong, (len(wrong), Counter(kind for kind, _ in wrong), wrong[:2])
    assert sum(counts[kind] for kind in RIGHT) > 1000


@pytest.mark.parametrize("area", SAMPLE)
def test_every_row_that_is_cited_is_of_the_fact(papers: dict[str, Any], area: str) -> None:
    import pandas as pd

    table = pd.read_parquet(FOLDER / "bds_long.parquet")
    codes = table["Short Desc"].tolist()
    for fact in facts_of(papers[area]):
        if fact["kind"] == "rank":
            assert len(set(rows_behind(fact))) == len(rows_behind(fact)) == fact["of"]
        if fact["indicator"]:
            assert {codes[row - 2] for _, row in rows_behind(fact)} <= {fact["indicator"]}
