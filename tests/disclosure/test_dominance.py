"""Sums of money that tell too much of one of those who make them up (STANDARDS 3.4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reporter.disclosure import Policy, load_policy, protect
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Breakdown
from tests.disclosure.test_disclosure import RULES, codes, shown
from tests.facts.making import dataset, indicator, row

MONEY = indicator(unit="money", disclosure="ours")


def policy(tmp_path: Path, tests: str) -> Policy:
    text = f"ours: {{about: Ours., dominance: {{{tests}}}}}\n"
    (tmp_path / "disclosure.yaml").write_text(text, encoding="utf-8")
    return load_policy([RULES, tmp_path])


def spend(value: float, count: float, largest: float, second: float, **more: Any) -> dict[str, Any]:
    parts = {"contributors": count, "largest": largest, "second_largest": second}
    return row("spend", "2019-05", value, **parts, **more)


@pytest.mark.parametrize(
    ("tests", "parts", "hidden"),
    [
        ("fewest: 3", (2, 60, 40), True),
        ("fewest: 3", (3, 98, 1), False),
        ("share: 75", (9, 76, 4), True),
        ("share: 75", (9, 75, 4), False),
        ("share: 75, leading: 2", (9, 50, 26), True),
        ("share: 75, leading: 2", (9, 50, 25), False),
        ("closeness: 10", (9, 80, 13), True),  # 7 is less than a tenth of 80
        ("closeness: 10", (9, 80, 12), False),
        ("fewest: 3", (0, 0, 0), True),  # 100 of nobody is a fault, and shown to nobody
    ],
)
def test_each_test_and_its_edge(
    tmp_path: Path, tests: str, parts: tuple[float, float, float], hidden: bool
) -> None:
    made = dataset([spend(100, *parts)], spend=MONEY)
    assert shown(protect(made, policy(tmp_path, tests))) == [None if hidden else 100]


def test_a_sum_of_which_nobody_knows_who_makes_it_up_is_hidden_and_told(tmp_path: Path) -> None:
    made = dataset([row("spend", "2019-05", 100)], spend=MONEY)
    protected = protect(made, policy(tmp_path, "fewest: 3"))
    assert shown(protected) == [None]
    (told,) = protected.warnings
    assert told.code == "hidden-unexplained"
    assert "contributors" in told.fix


def test_nothing_spent_is_nobodys(tmp_path: Path) -> None:
    made = dataset([row("spend", "2019-05", 0)], spend=MONEY)
    assert shown(protect(made, policy(tmp_path, "fewest: 3"))) == [0]


def test_another_part_is_hidden_too_so_that_it_stays_open(tmp_path: Path) -> None:
    rows = [
        spend(1000, 30, 90, 80),
        spend(100, 1, 100, 0, breakdown="service", category="a"),
        spend(400, 9, 90, 80, breakdown="service", category="b"),
        spend(500, 9, 90, 80, breakdown="service", category="c"),
    ]
    protected = protect(dataset(rows, spend=MONEY), policy(tmp_path, "fewest: 3"))
    assert shown(protected) == [1000, None, None, 500]
    assert codes(protected) == ["hidden-dominated", "hidden-too"]
    assert not any("3" in it.what or "100" in it.what for it in protected.warnings)


def test_a_part_that_is_too_small_to_hide_it_is_not_enough(tmp_path: Path) -> None:
    # 100 behind 101 stays between 95 and 101 only: less than the tenth that is asked for.
    rows = [
        spend(601, 30, 90, 80),
        spend(100, 1, 100, 0, breakdown="service", category="a"),
        spend(1, 9, 0.5, 0.1, breakdown="service", category="b"),
        spend(500, 9, 90, 80, breakdown="service", category="c"),
    ]
    protected = protect(dataset(rows, spend=MONEY), policy(tmp_path, "fewest: 3"))
    assert shown(protected) == [601, None, None, None]


def test_the_variance_does_not_give_away_the_outturn(tmp_path: Path) -> None:
    def money(code: str, value: float, month: str, **parts: Any) -> dict[str, Any]:
        return row(code, month, value, **parts)

    rows = []
    for month, count in (("2019-04", 9), ("2019-05", 1)):
        parts = {"contributors": count, "largest": 300, "second_largest": 200}
        rows += [
            money("outturn", 1100, month, **parts),
            money("budget", 1000, month),
            money("variance", 100, month),
        ]
    made = dataset(
        rows,
        outturn=MONEY,
        budget=indicator(unit="money"),
        variance=indicator(unit="money", outturn="outturn", budget="budget"),
    )
    *before, outturn, budget, variance = shown(protect(made, policy(tmp_path, "fewest: 3")))
    assert before == [1100, 1000, 100]
    assert outturn is None
    assert budget is None or variance is None


def test_a_breakdown_by_provider_tells_who_makes_up_the_sum(tmp_path: Path) -> None:
    members = {"a": 600, "b": 300, "c": 100}
    rows = [row("spend", "2019-05", 1000)]
    rows += [
        row("spend", "2019-05", paid, breakdown="provider", category=name)
        for name, paid in members.items()
    ]
    made = dataset(rows, spend=MONEY)
    catalogue = replace(
        made.catalogue, breakdowns={"provider": Breakdown(label="Provider", contributors=True)}
    )
    made = replace(made, catalogue=catalogue)
    rules = policy(tmp_path, "fewest: 3")
    assert shown(protect(made, rules)) == [1000, None, None, None]
    rules = policy(tmp_path, "fewest: 4")
    assert shown(protect(made, rules)) == [None, None, None, None]


def test_money_is_not_hidden_for_being_a_small_number(tmp_path: Path) -> None:
    made = dataset([row("spend", "2019-05", 3.8)], spend=indicator(unit="money"))
    assert shown(protect(made, load_policy([RULES]), "local")) == [3.8]


@pytest.mark.parametrize("tests", ["fewest: 1", "leading: 3", "share: 100", "closeness: -1"])
def test_tests_that_are_none_are_refused(tmp_path: Path, tests: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        policy(tmp_path, tests)
    assert [problem.code for problem in caught.value.problems] == ["bad-dominance"]


OBSERVATIONS = """\
area,indicator,period,period_type,value,contributors,largest,second_largest
Here,spend,2018/19,year,900,12,100,90
Here,spend,2019/20,year,7777,12,7000,500
"""
CATALOGUE = """\
indicators:
  spend: {name: Spend, unit: money, noun: spend on contracts, disclosure: contracts}
"""
BRIEF = """\
title: Spend
area: Here
committee: C
meeting_date: 2020-06-01
period: 2019/20
outline: [{heading: Spend, measures: [spend], tables: [trend]}]
"""


def test_columns_of_contributors_serve_the_rule_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    for name, text in (
        ("observations.csv", OBSERVATIONS), ("indicators.yaml", CATALOGUE), ("report.yaml", BRIEF),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    outputs = build_report(folder / "report.yaml", tmp_path / "out")
    evidence = outputs.paths[1].read_text(encoding="utf-8")
    assert "900" in evidence
    assert not any(figure in evidence for figure in ("7777", "7,777", "7000", "7,000"))
    assert "hidden-dominated" in [problem.code for problem in outputs.warnings]


@pytest.mark.parametrize(
    ("row", "column"),
    [("10,2.5,5,1", "contributors"), ("10,2,11,1", "largest"), ("10,2,5,6", "second_largest")],
)
def test_contributions_that_cannot_be_are_told(tmp_path: Path, row: str, column: str) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    head = OBSERVATIONS.splitlines()[0]
    (folder / "observations.csv").write_text(f"{head}\nHere,spend,2019/20,year,{row}\n")
    (folder / "indicators.yaml").write_text(CATALOGUE)
    (folder / "report.yaml").write_text(BRIEF)
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(folder / "report.yaml", tmp_path / "out")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.column) == (
        "bad-contribution",
        2,
        column,
    )
