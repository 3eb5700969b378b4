"""Breaks in charts and tables: no line leads over one, and the reason is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reporter.charts import draw_chart
from reporter.charts.grids import grid_of
from reporter.facts import Question, compute_facts
from reporter.opening import open_materials
from reporter.plan import ChartPlan, DocumentPlan, SectionPlan, TablePlan, plan_report
from reporter.prose import Chart, RealisedReport, Table, realise_report
from reporter.rules import choose_messages
from tests.sources.conftest import HEADER

CATALOGUE = """\
indicators:
  score:
    name: Score
    unit: score
    noun: average score
    polarity: high_good
    decimals: 1
    breaks:
      - {since: 2018/19, why: grades count other points, source: A release}
      - {apart: [2020/21, 2021/22], why: schools awarded the grades, source: Another}
  second: {name: Second score, unit: score, noun: second score, polarity: high_good, decimals: 1%s}
"""
SAME = ", breaks: [{apart: [2020/21, 2021/22], why: schools awarded the grades}]"
REPORT = """\
title: Grades
area: Sometown
committee: Scrutiny
meeting_date: 2025-06-12
period: 2024/25
data: {areas: areas.yaml}
comparators: [England]
outline:
  - heading: Grades
    measures: [score, second]
    charts: [{kind: line, measures: [score]}]
    tables: [{kind: trend, measures: [score, second]}]
"""
AREAS = "areas:\n  Sometown: {kind: authority}\n  England: {kind: country}\n"
OWN = [60, 61, 40, 41, 70, 71, 44, 45, 46]
FIRST = 2016


def rows(skip: int = 99) -> Iterator[str]:
    for area, more in (("Sometown", 0), ("England", 5)):
        for code in ("score", "second"):
            for turn, value in enumerate(OWN):
                year = FIRST + turn
                if turn != skip:
                    yield f"{area},{code},,,{year}/{(year + 1) % 100},year,{value + more},,,,"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: Any) -> dict[str, tuple[DocumentPlan, RealisedReport]]:
    return {
        "now": made(tmp_path_factory.mktemp("grades"), SAME, "2024/25"),
        "then": made(tmp_path_factory.mktemp("grades"), "", "2021/22"),
    }


def made(folder: Any, same: str, period: str) -> tuple[DocumentPlan, RealisedReport]:
    (folder / "paper").mkdir()
    files = {
        "report.yaml": REPORT.replace("2024/25", period), "indicators.yaml": CATALOGUE % same,
        "areas.yaml": AREAS, "observations.csv": "\n".join([HEADER, *rows()]),
    }  # fmt: skip
    for name, text in files.items():
        (folder / "paper" / name).write_text(text, encoding="utf-8")
    given = open_materials(folder / "paper" / "report.yaml")
    dataset = given.commission.dataset
    asked = Question.of(given.commission.brief, given.thresholds)
    facts = compute_facts(dataset, asked).of("Sometown")
    messages = choose_messages(given.rules, facts, dataset.catalogue)
    plan = plan_report(given.commission, facts, messages)
    return plan, realise_report(plan, dataset, given.lexicon)


def only(section: SectionPlan, kind: type) -> Any:
    (found,) = (block for block in section.blocks if isinstance(block, kind))
    return found


def test_a_line_is_parted_at_a_break_and_open_where_figures_stand_apart(papers: Any) -> None:
    chart = only(papers["now"][0].sections[0], ChartPlan)
    drawn = [
        (x.area, x.until, [(p.period, p.value) for p in x.points if p.value]) for x in chart.lines
    ]
    assert drawn == [
        (area, until, [(f"{year}/{year - 1999}", value + more) for year, value in points])
        for until, points in (
            ("", [(2018, 40), (2019, 41), (2022, 44), (2023, 45), (2024, 46)]),
            ("2018/19", [(2016, 60), (2017, 61)]),
        )
        for area, more in (("Sometown", 0), ("England", 5))
    ]  # fmt: skip
    assert [p.mark for p in chart.lines[0].points] == ["break", "", "apart", "apart", "", "", ""]


def test_what_a_line_was_before_looks_as_the_line_and_has_no_name(papers: Any) -> None:
    chart = next(c for c in papers["now"][1].sections[0].blocks if isinstance(c, Chart))
    assert [column.place for column in grid_of(chart).columns] == [0, 1, 0, 1]
    assert chart.line_labels[2:] == ("Sometown before 2018/19", "England before 2018/19")
    assert draw_chart(chart).png


NOTES = (
    "Figures before 2018/19 are not comparable with later ones: grades count other points.",
    "Figures for 2020/21 and 2021/22 are left out, as they are not comparable with others: "
    "schools awarded the grades.",
)


def test_the_chart_and_the_table_say_why_below(papers: Any) -> None:
    blocks = papers["now"][1].sections[0].blocks
    chart = next(block for block in blocks if isinstance(block, Chart))
    assert [note for note in chart.notes if "comparable" in note] == list(NOTES)
    assert not any("gap" in note for note in chart.notes)
    table = next(block for block in blocks if isinstance(block, Table))
    told = NOTES[1].replace("left out, as they are ", "")
    assert f"Score and Second score: {told}" in table.notes


def test_the_text_says_each_reason_once_a_section(papers: Any) -> None:
    plan, report = papers["now"]
    text = " ".join(str(block) for block in report.sections[0].blocks)
    assert text.count("schools awarded the grades") >= 1
    said = [item for item in plan.left_out if item.rule == "caveat-apart"]
    assert [item.why for item in said] == ["the section says it of another measure"]


def test_a_present_figure_that_stands_apart_is_drawn_by_itself(papers: Any) -> None:
    table = only(papers["then"][0].sections[0], TablePlan)
    shown = [(each.periods, each.apart) for each in table.breaks if each.indicator == "score"]
    assert shown == [(("2018/19",), False), (("2021/22",), False), (("2020/21",), True)]
