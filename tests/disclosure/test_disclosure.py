"""Small figures hidden, others with them, none to be worked out (STANDARDS 3.2, 3.3)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.disclosure import Policy, load_policy, protect
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources import Dataset, Flows
from tests.facts.making import dataset, indicator, row, series

RULES = Path(__file__).parents[2] / "rules"
LOCAL = indicator(disclosure="local")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy([RULES])


def table(code: str, **members: Any) -> list[dict[str, Any]]:
    """A total and its members in May 2019."""
    rows = []
    for name, value in members.items():
        named = {} if name == "total" else {"breakdown": "team", "category": name}
        rows.append(row(code, "2019-05", value, **named))
    return rows


def shown(protected: Dataset) -> list[float | None]:
    """The value of every row in the order of the rows; None for a hidden one."""
    frame = protected.observations
    assert ((frame["missing"] == "suppressed") == (frame["text"] == "c")).all()
    hidden = frame["missing"] == "suppressed"
    assert frame.loc[hidden, ["value", "numerator", "denominator"]].isna().all(axis=None)
    return [None if np.isnan(value) else float(value) for value in frame["value"]]


def codes(protected: Dataset) -> list[str]:
    return [problem.code for problem in protected.warnings]


def test_small_counts_are_hidden_and_a_true_nought_is_not(policy: Policy) -> None:
    given_rows = series("plans", "2019-01", [0, 1, 5, 6])
    protected = protect(dataset(given_rows, plans=LOCAL), policy)
    assert shown(protected) == [0, None, None, 6]
    assert codes(protected) == ["hidden-small"]
    assert protected.warnings[0].what.startswith("2 figures of plans")


def test_without_a_rule_nothing_is_touched(policy: Policy) -> None:
    before = dataset(series("plans", "2019-01", [0, 1, 5, 6]), plans=indicator())
    assert protect(before, policy) is before


def test_the_briefs_rule_serves_measures_that_declare_none(policy: Policy) -> None:
    before = dataset(series("plans", "2019-01", [3, 60]), plans=indicator())
    assert shown(protect(before, policy, "local")) == [None, 60]


def test_a_percentage_is_hidden_with_a_small_numerator_or_denominator(policy: Policy) -> None:
    rows = [
        row("late", "2019-01", 20.0, numerator=3, denominator=15),
        row("late", "2019-02", 50.0, numerator=10, denominator=20),
        row("late", "2019-03", 100.0, numerator=4, denominator=4),
        row("late", "2019-04", 30.0, denominator=10),
        row("late", "2019-05", 0.0, numerator=0, denominator=30),
    ]
    protected = protect(dataset(rows, late=indicator(unit="percent", disclosure="local")), policy)
    assert shown(protected) == [None, 50, None, None, 0]


def test_the_smallest_other_part_is_hidden_too(policy: Policy) -> None:
    rows = table("plans", total=60, a=3, b=10, c=0, d=47)
    protected = protect(dataset(rows, plans=LOCAL), policy)
    assert shown(protected) == [60, None, None, 0, 47]
    assert codes(protected) == ["hidden-small", "hidden-too"]


def test_two_small_parts_that_give_each_other_away_need_a_third(policy: Policy) -> None:
    # Two figures from 1 to 5 that make 2 are 1 and 1.
    rows = table("plans", total=52, a=1, b=1, c=20, d=30)
    assert shown(protect(dataset(rows, plans=LOCAL), policy)) == [52, None, None, None, 30]


def test_two_small_parts_that_may_be_anything_need_no_third(policy: Policy) -> None:
    rows = table("plans", total=56, a=3, b=3, c=20, d=30)
    assert shown(protect(dataset(rows, plans=LOCAL), policy)) == [56, None, None, 20, 30]


def test_the_total_goes_where_no_part_is_left(policy: Policy) -> None:
    rows = table("plans", total=3, a=3, b=0)
    assert shown(protect(dataset(rows, plans=LOCAL), policy)) == [None, None, 0]


def test_a_part_of_one_way_of_dividing_is_hidden_in_each(policy: Policy) -> None:
    rows = [
        *table("plans", total=60, a=3, b=57),
        row("plans", "2019-05", 20, breakdown="sex", category="girls"),
        row("plans", "2019-05", 40, breakdown="sex", category="boys"),
    ]
    assert shown(protect(dataset(rows, plans=LOCAL), policy)) == [60, None, None, 20, 40]


def test_members_that_do_not_add_up_elsewhere_are_no_parts(policy: Policy) -> None:
    # A child can have several reasons: the reasons are more than the children.
    rows = [
        *table("plans", total=60, a=3, b=30, c=50),
        *(r | {"period": "2019-04"} for r in table("plans", total=60, a=30, b=30, c=50)),
    ]
    assert shown(protect(dataset(rows, plans=LOCAL), policy))[:4] == [60, None, 30, 50]


def test_months_do_not_give_away_what_their_quarter_hides(policy: Policy) -> None:
    rows = [
        *series("starts", "2019-04", [20, 3, 30]),
        row("starts", "2019/20-Q1", 53, period_type="quarter"),
    ]
    assert shown(protect(dataset(rows, starts=LOCAL), policy)) == [None, None, 30, 53]


def test_the_year_to_date_does_not_give_away_a_month(policy: Policy) -> None:
    rows = [
        *series("starts", "2019-04", [20, 3]),
        row("starts", "2019-04", 20, period_type="ytd"),
        row("starts", "2019-05", 23, period_type="ytd"),
    ]
    protected = shown(protect(dataset(rows, starts=LOCAL), policy))
    assert protected[1] is None
    april, may = protected[0], protected[3]
    assert april is None or may is None
    assert protected[2] is None or may is None


def test_a_rate_and_a_share_go_with_their_count(policy: Policy) -> None:
    rows = [
        row("plans", "2019-05", 3),
        row("rate", "2019-05", 1.1),
        *table("starts", total=100, a=3, b=3, c=94),
        *table("share", a=3.0, b=3.0, c=94.0),
    ]
    protected = protect(
        dataset(
            rows,
            plans=indicator(disclosure="local", rate="rate"),
            rate=indicator(unit="rate", per=10000),
            starts=LOCAL,
            share=indicator(unit="percent", share_of="starts"),
        ),
        policy,
    )
    assert shown(protected) == [None, None, 100, None, None, 94, None, None, 94]


def test_a_stock_and_its_flows_do_not_give_away_one_of_them(policy: Policy) -> None:
    rows = [
        *series("stock", "2019-01", [100, 110, 108, 113], period_type="snapshot"),
        *series("starts", "2019-02", [30, 10, 8]),
        *series("ends", "2019-02", [20, 12, 3]),
    ]
    flows = Flows(starts="starts", ends="ends")
    protected = protect(
        dataset(
            rows,
            stock=indicator(disclosure="local", flows=flows),
            starts=LOCAL,
            ends=LOCAL,
        ),
        policy,
    )
    *_, stock, _, _, starts, _, _, ends = shown(protected)
    assert ends is None
    assert starts is None or stock is None


def test_a_region_does_not_give_away_its_authority(policy: Policy) -> None:
    rows = []
    for period, values in (("2019-04", (40, 30, 70)), ("2019-05", (3, 30, 33))):
        for area, value in zip(("Here", "There", "Region"), values, strict=True):
            rows.append(row("plans", period, value, area=area))
    assert shown(protect(dataset(rows, plans=LOCAL), policy))[3:] == [None, None, 33]


def test_totals_are_rounded_and_small_figures_of_a_region_shown(policy: Policy) -> None:
    rows = [
        row("plans", "2019-05", 1234, area="England"),
        row("plans", "2019-05", 45, area="Region"),
        row("plans", "2019-05", 45),
    ]
    before = dataset(rows, plans=indicator(disclosure="children_in_need"))
    protected = protect(before, policy)
    assert shown(protected) == [1230, 50, 45]
    assert list(protected.observations["text"]) == ["1230", "50", "45"]


def test_every_value_published_for_a_hidden_figure_is_hidden(policy: Policy) -> None:
    rows = [
        row("plans", "2019-05", 3, published="2019-06-01"),
        row("plans", "2019-05", 30, published="2019-07-01"),
    ]
    assert shown(protect(dataset(rows, plans=LOCAL), policy)) == [None, None]


def test_what_the_source_gave_away_is_told_and_hidden(policy: Policy) -> None:
    rows = table("plans", total=60, a="c", b=10, d=47)
    protected = protect(dataset(rows, plans=indicator()), policy)
    assert shown(protected) == [60, None, None, 47]
    (leak, more) = protected.warnings
    assert (leak.code, leak.place.row, more.code) == ("given-away", 3, "hidden-too")
    assert "3" not in leak.what + leak.fix


def test_what_a_source_hid_for_anothers_sake_need_not_be_small(policy: Policy) -> None:
    """Of two that make 14, one is small and one is not: nobody can tell which, or what it is."""
    rows = table("plans", total=25, a="c", b="c", d=11)
    protected = protect(dataset(rows, plans=LOCAL), policy)
    assert shown(protected) == [25, None, None, 11]
    assert codes(protected) == []


def test_a_total_that_its_source_rounds_gives_nothing_away(policy: Policy) -> None:
    """Regions to the nearest ten, as published: what is hidden may be any of ten numbers."""
    years_of = [(f"{2010 + n}/{11 + n}", 13 * n + 31, 7 * n + 22) for n in range(12)]
    rows = []
    for period, here, there in years_of:
        hidden = "c" if period == "2021/22" else here
        for area, value in (("Here", hidden), ("There", there)):
            rows.append(row("plans", period, value, area=area, period_type="year"))
        total = round(here + there, -1)
        rows.append(row("plans", period, total, area="Region", period_type="year"))
    protected = protect(dataset(rows, plans=indicator()), policy)
    assert (shown(protected).count(None), codes(protected)) == (1, [])
    for at, (_, here, there) in enumerate(years_of):  # the same with exact totals
        exact = here + there
        rows[3 * at + 2] = rows[3 * at + 2] | {"value": float(exact), "text": str(exact)}
    protected = protect(dataset(rows, plans=indicator()), policy)
    assert (shown(protected).count(None), codes(protected)) == (2, ["given-away", "hidden-too"])


def test_a_source_that_hid_two_is_left_alone(policy: Policy) -> None:
    rows = table("plans", total=60, a="c", b="c", d=47)
    protected = protect(dataset(rows, plans=indicator()), policy)
    assert shown(protected) == [60, None, None, 47]
    assert codes(protected) == []


def test_warnings_of_a_hidden_row_give_no_figure(policy: Policy) -> None:

    before = dataset(series("plans", "2019-01", [3, 60]), plans=LOCAL)
    told = Problem(
        Place.of("observations.csv", row=2), "odd", "the value is 3", "Not 3?", "warning"
    )
    protected = protect(replace(before, warnings=(told,)), policy)
    (discreet, _) = protected.warnings
    assert discreet.code in ("odd", "hidden-small")
    assert not any("3" in problem.what + problem.fix for problem in protected.warnings)


@given(
    parts=st.lists(st.integers(0, 12), min_size=2, max_size=5),
    others=st.lists(st.integers(0, 12), min_size=2, max_size=5),
)
def test_no_hidden_figure_can_be_worked_out_by_trying(parts: list[int], others: list[int]) -> None:
    """By brute force over whole numbers, an attacker cannot narrow a small figure to one."""
    policy = load_policy([RULES])
    rows = table("plans", total=sum(parts), **{f"m{at}": v for at, v in enumerate(parts)})
    values = shown(protect(dataset(rows, plans=LOCAL), policy))
    total, members = values[0], values[1:]
    hidden = [at for at, value in enumerate(members) if value is None]
    if not hidden or total is None:
        return
    rest = int(total - sum(value for value in members if value is not None))
    fits = [f for f in product(range(1, rest + 1), repeat=len(hidden)) if sum(f) == rest]
    for place, at in enumerate(hidden):
        if 1 <= parts[at] <= 5:
            assert {1, 5} <= {fit[place] for fit in fits}
    assert others


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ours: {about: A, largest: 0}\n", "bad-range"),
        ("ours: {about: A, largest: 5, round_to: {country: 1}}\n", "bad-rounding"),
        ("ours: {about: A, largest: 5, round_to: {town: 10}}\n", "unknown-key"),
        ("ours: {about: A}\n", "missing-key"),
    ],
)
def test_a_fault_in_a_councils_rule_is_told(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "disclosure.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFoundError) as caught:
        load_policy([RULES, tmp_path])
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == (code, 1)


def test_a_councils_rule_replaces_the_standards(tmp_path: Path) -> None:
    rule = "local: {about: Ours., largest: 9, zeros: hidden}\n"
    (tmp_path / "disclosure.yaml").write_text(rule, encoding="utf-8")
    policy = load_policy([RULES, tmp_path])
    before = dataset(series("plans", "2019-01", [0, 9, 10]), plans=LOCAL)
    assert shown(protect(before, policy)) == [None, None, 10]


@pytest.mark.parametrize("cell", ["", "Card!B7"])
def test_a_warning_about_a_hidden_figure_gives_no_figure(policy: Policy, cell: str) -> None:
    """Whether it names the row of a table, or the cell of an officer's workbook."""
    rows = [row("late", "2019-01", 25.0, numerator=3, denominator=15)]
    before = dataset(rows, late=indicator(unit="percent", disclosure="local"))
    frame = before.observations.assign(cell=pd.Categorical([cell]))
    file, line = str(frame["file"].iloc[0]), int(frame["row"].iloc[0])
    place = Place.of(file, at=f"cell {cell}") if cell else Place.of(file, row=line, column="value")
    doubt = Problem(place, "does-not-divide", "3 of 15 is 20%, not 25%", "Check it.", "warning")
    before = replace(before, observations=frame, warnings=(doubt,))
    told = [one for one in protect(before, policy).warnings if one.code == "does-not-divide"]
    assert [one.what for one in told] == [
        "these figures, some of which may not be shown, do not agree"
    ]
