"""Every paper in data/, read as a hostile statistician would: is each statement true and sound?

`test_papers` holds figures to their rows. Here each claim is worked out again from the raw files:
extremes over all rows, periods like with like and both named, directions and judgements, targets
met, small wholes. Nothing of the facts, rules or prose rooms is used.
"""

from __future__ import annotations

import calendar
import csv
import json
import re
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from tests.papers import PAPERS, Built, built, rows_behind

Fact = dict[str, Any]
Row = dict[str, str]
OWN = ("area", "indicator", "breakdown", "category")
MOVED = ("change", "peak_trough", "record", "streak")
SIGN = {"high_good": 1, "low_good": -1, "neutral": 0}
LIKE = 1.5
"""How much longer one stretch may be than another in one series of peaks and lows."""
SAME = 1.12
"""As much longer as a long month is than February."""
FEWEST = 20
"""The smallest whole of which a percentage is worked out (1.1.7)."""
UP = re.compile(r"\b(?:up(?!-to-date)|rose|risen|grew|grown|increased|above)\b")
DOWN = re.compile(r"\b(?:down|fell|fallen|declined|decreased|below)\b")


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


@cache
def rows_of(file: Path) -> tuple[Row, ...]:
    """The records of a CSV file; record n stands in row n + 2."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def catalogue(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((folder / "indicators.yaml").read_text())["indicators"]
    return loaded


def cited(paper: Built, fact: Fact) -> list[Row]:
    return [rows_of(paper.folder / file)[row - 2] for file, row in rows_behind(fact)]


def number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def stretch(key: str, kind: str) -> tuple[date, date]:
    """First and last day of the period `key` of a `kind`, read by hand."""
    if ".." in key:
        first, _, last = key.partition("..")
        return stretch(first, "")[0], stretch(last, "")[1]
    first, last = _named(key)
    if kind == "snapshot":
        return last, last
    if kind == "ytd":
        return date(last.year - (last.month < 4), 4, 1), last
    for name, months in (("rolling_12m", 12), ("rolling_6m", 6)):
        if kind == name:
            start = last.year * 12 + last.month - months
            return date(start // 12, start % 12 + 1, 1), last
    return first, last


def _named(key: str) -> tuple[date, date]:
    numbers = [int(part) for part in re.findall(r"\d+", key)]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        return date(*numbers), date(*numbers)
    if "W" in key:
        monday = date.fromisocalendar(numbers[0], numbers[1], 1)
        return monday, monday + timedelta(days=6)
    if "Q" in key:
        months = numbers[0] * 12 + 3 + 3 * (numbers[2] - 1)
        end = months + 2
        return date(months // 12, months % 12 + 1, 1), month_end(end // 12, end % 12 + 1)
    if key.startswith("AY"):
        return date(numbers[0], 9, 1), date(numbers[0] + 1, 8, 31)
    if "/" in key:
        return date(numbers[0], 4, 1), date(numbers[0] + 1, 3, 31)
    if "-" in key:
        return date(numbers[0], numbers[1], 1), month_end(numbers[0], numbers[1])
    return date(numbers[0], 1, 1), date(numbers[0], 12, 31)


def days(key: str, kind: str) -> int:
    first, last = stretch(key, kind)
    return (last - first).days + 1


def alike(one: tuple[str, str], other: tuple[str, str], factor: float) -> bool:
    """Whether two periods are both moments, or stretches of like length."""
    moments = [kind == "snapshot" for _, kind in (one, other)]
    if any(moments):
        return all(moments)
    lengths = sorted((days(*one), days(*other)))
    return lengths[1] <= factor * lengths[0]


def latest(paper: Built, fact: Fact) -> list[Row]:
    """The rows of the fact's series, the last published of each period, in order of their ends."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows_of(paper.folder / "observations.csv"):
        if all(row[key] == fact[key] for key in OWN):
            key = (row["period"], row["period_type"])
            if key not in found or (row.get("published") or "") >= (
                found[key].get("published") or ""
            ):
                found[key] = row
    return sorted(found.values(), key=lambda row: stretch(row["period"], row["period_type"])[1])


def is_sentence(statement: dict[str, Any]) -> bool:
    return not statement["number"].startswith(("Table", "Figure")) and ";" not in statement["text"]


def where(statement: dict[str, Any], fact: Fact) -> str:
    about = f"{statement['id']} {fact['kind']} {fact['indicator']} {fact['category']}".rstrip()
    return f"{about}: {statement['text']}"


# Figures and their periods


def test_no_fact_but_a_caveat_rests_on_a_missing_figure(paper: Built) -> None:
    faults = [
        where(statement, fact)
        for statement, fact in paper.facts()
        if fact["kind"] != "caveat"
        for row in cited(paper, fact)
        if "value" in row and number(row["value"]) is None
    ]
    assert faults == []


def test_figures_are_of_the_kind_of_period_that_is_said(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        own = {key: fact[key] for key in OWN}
        other = {**own, "area": fact["comparator"]}
        for role, who in (("", own), ("base_", own), ("comparator_", other)):
            if role and (fact["kind"] not in MOVED if role == "base_" else fact.get("members")):
                continue
            value, period = fact[f"{role}value"], fact[f"{role}period"]
            kind = fact[f"{role}period_type"]
            if value is None or not period or fact["kind"] in ("range", "gap", "count_summary"):
                continue
            rows = [
                row
                for row in cited(paper, fact)
                if row.get("period") == period
                and all(row.get(key, "") == text for key, text in who.items())
            ]
            if rows and kind not in {row["period_type"] for row in rows}:
                faults.append(f"{role}{kind} {where(statement, fact)}")
    assert faults == []


def test_a_base_is_of_like_length_unless_the_measure_allows_any(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        if fact["kind"] not in MOVED or fact["base_value"] is None:
            continue
        base = (fact["base_period"], fact["base_period_type"])
        now = (fact["period"], fact["period_type"])
        any_length = catalogue(paper.folder)[fact["indicator"]].get("any_length") in (True, "true")
        if not alike(base, now, SAME) and not any_length:
            faults.append(where(statement, fact))
        moved = re.search(r"\b(?:up|down) from\b|\b(?:rose|risen|fell|fallen)\b", statement["text"])
        if moved and not stretch(*base)[1] < stretch(*now)[1]:
            faults.append(f"no earlier: {where(statement, fact)}")
    assert faults == []


def test_a_base_that_is_stated_has_its_period_named_beside_it_or_just_before(paper: Built) -> None:
    faults = []
    named: set[str] = set()
    for statement in paper.evidence["statements"]:
        here = {words["for"] for fact in statement["facts"] for words in fact["periods"]}
        for fact in statement["facts"]:
            stated = {words["for"] for words in fact["stated"]}
            held = fact["kind"] in ("change", "peak_trough") and fact["base_value"] in stated
            if held and is_sentence(statement) and fact["base_period"] not in here | named:
                faults.append(where(statement, fact))
        named = here if is_sentence(statement) else named
    assert faults == []


# What is said of them


def test_peaks_and_lows_are_the_extremes_of_all_like_rows(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        if fact["kind"] != "peak_trough":
            continue
        now = (fact["period"], fact["period_type"])
        since = stretch(fact["first_period"], fact["period_type"])[1]
        values = [
            value
            for row in latest(paper, fact)
            if (value := number(row["value"])) is not None
            and since <= stretch(row["period"], row["period_type"])[1] <= stretch(*now)[1]
            and alike((row["period"], row["period_type"]), now, LIKE)
        ]
        extreme = max(values) if fact["extreme"] == "peak" else min(values)
        if len(values) < 3 or extreme != fact["base_value"] or extreme == fact["value"]:
            faults.append(where(statement, fact))
    assert faults == []


def test_records_are_beaten_by_no_row_since(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        if fact["kind"] != "record":
            continue
        now = (fact["period"], fact["period_type"])
        since = stretch(fact["base_period"], fact["base_period_type"])[1]
        sign = 1 if fact["extreme"] == "highest" else -1
        for row in latest(paper, fact):
            end = stretch(row["period"], row["period_type"])[1]
            value = number(row["value"])
            inside = since <= end if fact["on_record"] else since < end
            if value is None or not inside or end >= stretch(*now)[1]:
                continue
            if alike((row["period"], row["period_type"]), now, LIKE) and (
                sign * value >= sign * fact["value"]
            ):
                faults.append(where(statement, fact))
    assert faults == []


def test_directions_and_judgements_follow_from_figures_and_polarity(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        against = {"comparator": "comparator_value", "target": "comparator_value"}.get(
            fact["kind"], "base_value"
        )
        if fact["kind"] not in ("change", "peak_trough", "comparator", "target"):
            continue
        if fact[against] is None or fact["value"] is None:
            continue
        entry = catalogue(paper.folder)[fact["indicator"]]
        places = int(entry.get("decimals", 0))
        step = 0.5 * 10**-places
        gap = fact["value"] - fact[against]
        wanted = {"up": gap > -step, "down": gap < step, "same": abs(gap) < 2 * step}
        sign = SIGN[entry.get("polarity", "neutral")] * {"up": 1, "down": -1}.get(
            fact["direction"], 0
        )
        judged = {1: "better", -1: "worse", 0: "same"}[sign]
        if SIGN[entry.get("polarity", "neutral")] == 0:
            judged = "not_judged"
        if not wanted.get(fact["direction"], False) or fact["judgement"] != judged:
            faults.append(f"{fact['direction']} {fact['judgement']} {where(statement, fact)}")
    assert faults == []


def test_words_of_direction_stand_before_the_figures_they_are_true_of(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        text = statement["text"]
        field = "base_value" if fact["kind"] in ("change", "peak_trough") else "comparator_value"
        if fact["kind"] not in ("change", "peak_trough", "comparator") or not is_sentence(
            statement
        ):
            continue
        for words in fact["stated"]:
            place = text.find(words["text"])
            if words["for"] != fact[field] or text.count(words["text"]) != 1 or place < 0:
                continue
            before = text[:place]
            said = [(m.end(), "up") for m in UP.finditer(before)]
            said += [(m.end(), "down") for m in DOWN.finditer(before)]
            neither = (
                before.rfind("in line with"),
                before.rfind("the same as"),
                before.rfind("times"),
            )
            last = max(said, default=(-1, ""))
            moved = last[0] > max(neither) and fact["direction"] in ("up", "down")
            if moved and last[1] != fact["direction"]:
                faults.append(f"{last[1]}, not {fact['direction']}: {where(statement, fact)}")
    assert faults == []


def test_targets_are_met_as_the_row_in_force_says(paper: Built) -> None:
    faults = []
    for statement, fact in paper.facts():
        if fact["kind"] != "target" or fact["comparator_value"] is None:
            continue
        polarity = SIGN[catalogue(paper.folder)[fact["indicator"]].get("polarity", "neutral")]
        met = polarity * (fact["value"] - fact["comparator_value"]) >= 0 and polarity != 0
        row = next(row for row in cited(paper, fact) if "valid_for" in row)
        first, _, last = row["valid_for"].partition("..")
        end = stretch(fact["period"], fact["period_type"])[1]
        in_force = stretch(first, "")[0] <= end <= stretch(last or first, "")[1]
        if met != fact["met"] or number(row[fact["level"]]) != fact["comparator_value"]:
            faults.append(where(statement, fact))
        if not in_force or row["indicator"] != fact["indicator"]:
            faults.append(f"not in force: {where(statement, fact)}")
    assert faults == []


def test_counts_of_measures_name_as_many_as_they_say(paper: Built) -> None:
    for statement, fact in paper.facts():
        if fact["kind"] == "count_summary":
            assert len(set(fact["members"])) == fact["result"] <= fact["denominator"], statement


def test_no_percentage_is_worked_out_of_a_small_whole(paper: Built) -> None:
    faults = [
        where(statement, fact)
        for statement, fact in paper.facts()
        if fact["kind"] == "share" and fact["unit"] != "percent"
        if fact["denominator"] and fact["denominator"] < FEWEST
        if is_sentence(statement) and any("%" in words["text"] for words in fact["stated"])
    ]
    assert faults == []


def test_no_percentage_changes_by_a_percentage(paper: Built) -> None:
    faults = [
        where(statement, fact)
        for statement, fact in paper.facts()
        if fact["unit"] == "percent" and fact["base_value"] is not None and fact.get("percent")
    ]
    assert faults == []


# What a clerk would strike out


def test_sentences_agree_and_open_with_a_word(paper: Built) -> None:
    wrong = re.compile(r"^\d|\b(?:were|are) 1 (?!\d)|(?:^|[ ,])1 [a-z]+s were\b|£[-−]")
    faults = [
        statement["text"]
        for statement in paper.evidence["statements"]
        if is_sentence(statement) and wrong.search(statement["text"])
    ]
    assert faults == []


def test_nothing_is_said_twice(paper: Built) -> None:
    said = [s["text"] for s in paper.evidence["statements"] if is_sentence(s)]
    assert sorted({text for text in said if said.count(text) > 1}) == []


# The audit finds what is wrong


def _swap(name: str, value: Any) -> Any:
    def change(fact: Fact) -> None:
        fact[name] = value(fact) if callable(value) else value

    return change


FAULTS = [
    (test_figures_are_of_the_kind_of_period_that_is_said, "change", _swap("period_type", "week")),
    (test_a_base_is_of_like_length_unless_the_measure_allows_any, "change",
     _swap("base_period", lambda fact: fact["period"])),
    (test_a_base_that_is_stated_has_its_period_named_beside_it_or_just_before, "change",
     _swap("base_period", "1999-01")),
    (test_peaks_and_lows_are_the_extremes_of_all_like_rows, "peak_trough",
     _swap("base_value", lambda fact: fact["base_value"] + 1)),
    (test_directions_and_judgements_follow_from_figures_and_polarity, "change",
     _swap("direction", lambda fact: "down" if fact["direction"] == "up" else "up")),
    (test_directions_and_judgements_follow_from_figures_and_polarity, "target",
     _swap("judgement", "same")),
    (test_words_of_direction_stand_before_the_figures_they_are_true_of, "comparator",
     _swap("direction", lambda fact: "down" if fact["direction"] == "up" else "up")),
    (test_targets_are_met_as_the_row_in_force_says, "target",
     _swap("met", lambda fact: not fact["met"])),
    (test_counts_of_measures_name_as_many_as_they_say, "count_summary",
     _swap("result", lambda fact: fact["result"] + 1)),
]  # fmt: skip


@pytest.mark.parametrize(("check", "kind", "change"), FAULTS)
def test_a_planted_fault_is_found(check: Any, kind: str, change: Any) -> None:
    sound = built("exampleshire")
    evidence = sound.evidence
    for statement in evidence["statements"]:
        for fact in statement["facts"]:
            if fact["kind"] == kind:
                change(fact)
    with pytest.raises(AssertionError):
        check(Built(sound.name, sound.docx, json.dumps(evidence).encode()))


@pytest.mark.parametrize(
    "text",
    ["27 children were female.", "There were 1 care leaver.", "Of the rest, 1 leavers were there.",
     "The variance was £-639,000."],
)  # fmt: skip
def test_a_clumsy_sentence_is_found(text: str) -> None:
    sound = built("blackpool-2018")
    evidence = sound.evidence
    evidence["statements"][0]["text"] = text
    with pytest.raises(AssertionError):
        test_sentences_agree_and_open_with_a_word(
            Built(sound.name, sound.docx, json.dumps(evidence).encode())
        )


def test_no_two_columns_of_a_table_are_headed_alike(paper: Built) -> None:
    for table in Document(BytesIO(paper.docx)).tables:
        heads = [cell.text for cell in table.rows[0].cells]
        assert len(set(heads)) == len(heads), heads
