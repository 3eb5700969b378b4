"""The evidence file: statements in reading order, every fact whole, every run the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reporter import __version__
from reporter.evidence import evidence_bytes, fact_of
from reporter.fact_text import FactWriter, fact_fields
from reporter.fact_values import plain
from reporter.facts import KINDS, Fact, Source, compute_facts
from reporter.plan import ChartPlan, LeftOut
from reporter.prose import (
    AuthorParagraph,
    BulletList,
    Cell,
    Chart,
    Column,
    Paragraph,
    Prompt,
    RealisedReport,
    RealisedSection,
    Row,
    Span,
    Statement,
    Table,
)
from reporter.sources import Brief, InputFile
from tests.facts.making import dataset, indicator, question, years
from tests.sample_report import BARE

TEXT = "429 children were subject to a plan, up from 257 in July 2018."


def change() -> Fact:
    return KINDS["change"](
        indicator="cp_plans", area="Exampleshire", period="2019-05", period_type="snapshot",
        value=429.0, unit="count", base_period="2018-07", base_value=257.0, result=172.0,
        result_unit="count", direction="up", base_label="baseline", percent=66.9260700389105,
        sources=(Source("observations.csv", 12), Source("observations.csv", 2)),
    )  # fmt: skip


def statement(number: int, text: str = "Words.", facts: tuple[Fact, ...] = ()) -> Statement:
    return Statement(f"s{number:03}", text, facts, ("a-rule",))


def sentence() -> Statement:
    spans = (
        Span(45, 48, "number", 0, "base_value", number=257.0),
        Span(0, 3, "number", 0, "value", number=429.0),
        Span(52, 61, "period", 0, "base_period", key="2018-07"),
    )
    return Statement("s001", TEXT, (change(),), ("change-material",), spans)


def report() -> RealisedReport:
    brief = Brief(
        title="Überblick", area="Exampleshire", committee="Scrutiny", period="2019-05",
        meeting_date=date(2019, 6, 20), outline=(),
    )  # fmt: skip
    plan = ChartPlan("line", "", (), (), "count", 0)
    chart = Chart(plan, "", "", "", (), (), "", "", statement(5), BARE, ())
    row = Row((Cell("Plans"), Cell("429")), statement(4))
    table = Table("trend", "", (Column("Measure", False), Column("Now", True)), (row,))
    inner = RealisedSection("Inner", (chart,))
    blocks = (
        AuthorParagraph("Ours."), Paragraph((sentence(),)), BulletList((statement(2),)),
        Prompt(statement(3)), table,
    )  # fmt: skip
    left = (LeftOut(change(), "change-small", "length budget"),)
    return RealisedReport(brief, "May 2019", (RealisedSection("Plans", blocks, (inner,)),), left)


def read(*given: Any) -> dict[str, Any]:
    """The evidence as it is read back."""
    found: dict[str, Any] = json.loads(evidence_bytes(*given))
    return found


INPUTS = (InputFile("observations.csv", "b"), InputFile("indicators.yaml", "a"))


def test_statements_stand_in_reading_order_with_section_and_printed_number() -> None:
    data = read(report(), {"s001": "5.1.1", "s005": "Figure 1"}, INPUTS)
    assert [(s["id"], s["section"], s["number"]) for s in data["statements"]] == [
        ("s001", "Plans", "5.1.1"), ("s002", "Plans", ""), ("s003", "Plans", ""),
        ("s004", "Plans", ""), ("s005", "Inner", "Figure 1"),
    ]  # fmt: skip


def test_a_fact_has_its_fields_what_states_it_and_its_rows() -> None:
    (fact,) = read(report(), {}, INPUTS)["statements"][0]["facts"]
    assert fact["kind"] == "change"
    assert (fact["value"], fact["base_value"], fact["result"]) == (429, 257, 172)
    assert (fact["breakdown"], fact["category"]) == ("", "")
    assert (fact["comparator"], fact["comparator_value"]) == (None, None)
    assert fact["base_label"] == "baseline"
    assert fact["stated"] == [{"text": "429", "for": 429}, {"text": "257", "for": 257}]
    assert fact["periods"] == [{"text": "July 2018", "for": "2018-07"}]
    assert fact["names"] == []
    assert fact["sources"] == [
        {"file": "observations.csv", "row": 12}, {"file": "observations.csv", "row": 2},
    ]  # fmt: skip


def test_the_report_its_inputs_and_what_is_left_out_are_named() -> None:
    data = read(report(), {}, (*INPUTS, INPUTS[0]))
    assert list(data) == ["report", "inputs", "statements", "left_out", "checks"]
    assert data["report"]["version"] == __version__
    assert [entry["file"] for entry in data["inputs"]] == ["indicators.yaml", "observations.csv"]
    (left,) = data["left_out"]
    assert (left["fact"]["kind"], left["rule"], left["why"]) == (
        "change", "change-small", "length budget",
    )  # fmt: skip


def test_the_file_is_utf8_json_with_one_ending_newline() -> None:
    raw = evidence_bytes(report(), {}, INPUTS)
    assert raw.endswith(b"}\n")
    assert "Überblick".encode() in raw
    assert json.loads(raw)["statements"][0]["text"] == TEXT
    assert raw == evidence_bytes(report(), {}, tuple(reversed(INPUTS)))


def test_figures_keep_their_digits_and_lose_the_dust_of_arithmetic() -> None:
    assert plain(0.1 + 0.2) == 0.3
    assert plain(429.0) == 429
    assert isinstance(plain(429.0), int)
    assert plain(12.345678901234) == 12.345678901234
    assert plain((True, None, "x", -0.0)) == [True, None, "x", 0]


def test_a_run_of_rows_is_named_by_its_ends() -> None:
    places = (Source("a.csv", 3, to=9), Source('"b".xlsx', 4, "S!H7"), Source("c", 2, "", "s001"))
    fact = fact_fields(replace(change(), sources=places))
    assert fact["sources"] == [
        {"file": "a.csv", "row": 3, "to": 9},
        {"file": '"b".xlsx', "row": 4, "cell": "S!H7"},
        {"file": "c", "row": 2, "statement": "s001"},
    ]
    assert [list(place.rows) for place in places] == [[3, 4, 5, 6, 7, 8, 9], [4], [2]]


def test_a_flag_is_no_number_though_both_are_equal() -> None:
    one = replace(change(), value=1.0, base_value=0.0, material=True, months_between=1)
    other = replace(one, material=False, months_between=0)
    writer = FactWriter()
    facts = [json.loads(writer.whole(fact)) for fact in (one, other, one)]
    flags = [fact["material"] for fact in facts]
    assert [flag is True for flag in flags] == [True, False, True]
    assert not any(type(fact[name]) is bool for fact in facts for name in ("value", "base_value"))
    assert facts[0] == facts[2]


def test_facts_are_written_by_columns_as_each_is_by_itself() -> None:
    rows = [*years("a", 2015, [9, 7, 8, 7, 7]), *years("b", 2015, [1.5, 2, 0, 2.25, 3])]
    figures = dataset(rows, a=indicator(), b=indicator())
    facts = compute_facts(figures, question("2019/20"))
    found = facts.about("Here", lambda _: {"a"})
    writer = FactWriter(found)
    assert len({fact.kind for fact in found.facts}) > 3
    for fact in found.facts:
        assert writer.whole(fact) == FactWriter().whole(fact)
        other = replace(fact, category="%s")
        assert writer.whole(other) == FactWriter().whole(other)
    alone = [
        FactWriter().whole(fact)
        for fact in facts.about("Here", None).facts
        if fact.indicator == "b"
    ]
    assert writer.rest == alone
    assert len(found) == len(found.facts) + len(alone)


def test_a_fact_is_the_same_when_it_is_read_back() -> None:
    whole = replace(change(), sources=(Source("a.csv", 3, to=9),))
    assert fact_of(fact_fields(whole)) == whole
    broken = fact_fields(whole)
    broken["sources"][0]["to"] = "many"
    with pytest.raises(TypeError):
        fact_of(broken)
