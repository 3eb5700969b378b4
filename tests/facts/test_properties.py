"""Properties that hold for any figures (issue: fairness, exactness, nothing from hidden values)."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.facts import KINDS, Facts, compute_facts
from reporter.rounding import round_half_up, round_half_up_array, without_dust, without_dust_array
from reporter.sources import Dataset, Flows, PeerGroup
from tests.facts.making import dataset, indicator, question, series, years

FEW = settings(max_examples=12, deadline=None, derandomize=True)
FLIPPED = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
VALUES = st.lists(st.integers(0, 400), min_size=2, max_size=14)
DECIMAL = st.decimals(0, 100, places=1).map(float)
HIDDEN_ROW_VALUE = 987_654.0


def council(values: list[int], others: list[int], **given: Any) -> Dataset:
    """A count in two ages with starts and ends, and a percentage with neighbours and England."""
    young = [value // 3 for value in values]
    rows = series("stock", "2018-01", list(values))
    rows += series("stock", "2018-01", young, breakdown="age", category="young")
    old = [value - part for value, part in zip(values, young, strict=True)]
    rows += series("stock", "2018-01", old, breakdown="age", category="old")
    rows += series("share", "2018-01", [value / 4 for value in values])
    for area, shift in (("A", 1), ("B", 7), ("C", 19), ("England", 11)):
        rows += series("share", "2018-01", [(v + shift) / 4 for v in others], area=area)
    percent = {"unit": "percent", "polarity": "high_good", "decimals": 1} | given
    return dataset(
        rows,
        [{"indicator": "share", "target": 50.0, "green_from": 50.0, "red_to": 49.9}],
        {"near": PeerGroup(of="Here", members=("A", "B", "C"), model="m")},
        stock=indicator(flows=Flows(starts="in", ends="out")),
        share=indicator(**percent),
    )


def ask(data: Dataset, *areas: str) -> Facts:
    return compute_facts(data, question("2019-12", areas=areas or ("Here",), comparators=None))


def listed(facts: Facts) -> Counter[str]:
    """Every fact as text, its sources by the row's own text and not by its place."""
    return Counter(
        repr(replace(fact, sources=())) for kind in KINDS for fact in facts.objects(kind)
    )


@FEW
@given(values=VALUES, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values: list[int], seed: Any) -> None:
    data = council(values, values)
    order = list(range(len(data.observations)))
    seed.shuffle(order)
    shuffled = replace(data, observations=data.observations.iloc[order].reset_index(drop=True))
    first, second = ask(data), ask(shuffled)
    assert listed(first) == listed(second)
    for kind in KINDS:
        assert [f.sources for f in first.objects(kind)] == [f.sources for f in second.objects(kind)]


@FEW
@given(values=VALUES, others=VALUES)
def test_swapping_area_and_comparator_flips_the_direction(
    values: list[int], others: list[int]
) -> None:
    length = min(len(values), len(others))
    rows = series("p", "2018-01", values[:length])
    rows += series("p", "2018-01", others[:length], area="There")
    data = dataset(rows, p=indicator(unit="percent", polarity="low_good"))
    here, there = (
        compute_facts(data, question("2019-12", areas=(own,), comparators=(other,))).objects(
            "comparator"
        )[0]
        for own, other in (("Here", "There"), ("There", "Here"))
    )
    assert here.direction == FLIPPED.get(there.direction, there.direction)
    assert here.judgement == FLIPPED.get(there.judgement, there.judgement)
    assert here.result == -there.result
    assert (here.gap, here.verdict == "similar") == (there.gap, there.verdict == "similar")


@FEW
@given(values=VALUES)
def test_reversing_the_signs_flips_only_direction_and_judgement(values: list[int]) -> None:
    """A series mirrored about its last figure moves by the same amounts the other way (1.9.5)."""
    mirrored = [2000 + (values[-1] - value) for value in values]
    given = [2000 + (value - values[-1]) for value in values]
    plus, minus = (
        compute_facts(
            dataset(
                series("a", "2018-01", figures), a=indicator(polarity="high_good", unit="percent")
            ),
            question("2019-12"),
        )
        for figures in (given, mirrored)
    )
    changes = zip(plus.objects("change"), minus.objects("change"), strict=True)
    for one, other in changes:
        assert (one.base_period, one.material) == (other.base_period, other.material)
        assert one.result == -other.result
        assert one.direction == FLIPPED.get(other.direction, other.direction)
        assert one.judgement == FLIPPED.get(other.judgement, other.judgement)
    for kind, swap in (("record", {"highest": "lowest"}), ("peak_trough", {"peak": "low"})):
        both = swap | {word: key for key, word in swap.items()}
        sides = [
            {(f.extreme, f.base_period, abs(f.result)) for f in facts.objects(kind)}
            for facts in (plus, minus)
        ]
        assert {(both[word], *rest) for word, *rest in sides[0]} == sides[1]
    lengths = [
        Counter((f.pattern in ("rising", "falling"), f.length) for f in facts.objects("streak")
                if f.pattern not in ("stable", "fluctuating"))
        for facts in (plus, minus)
    ]  # fmt: skip
    assert lengths[0] == lengths[1]


@FEW
@given(values=VALUES, others=VALUES)
def test_neutral_polarity_never_judges(values: list[int], others: list[int]) -> None:
    length = min(len(values), len(others))
    data = council(values[:length], others[:length], polarity="neutral")
    told = ask(data)
    for kind in KINDS:
        assert {fact.judgement for fact in told.objects(kind)} <= {"not_judged"}


@FEW
@given(values=VALUES)
def test_contributions_and_remainder_make_the_change(values: list[int]) -> None:
    for driver in ask(council(values, values)).objects("driver"):
        parts = sum(part.contribution for part in driver.parts)
        assert parts + driver.residual == pytest.approx(driver.result, abs=1e-9)


@FEW
@given(values=VALUES, hidden=st.data())
def test_no_fact_rests_on_a_suppressed_value(values: list[int], hidden: Any) -> None:
    data = council(values, values)
    frame = data.observations.copy()
    chosen = hidden.draw(st.sets(st.integers(0, len(frame) - 1), max_size=len(frame) // 2))
    rows = sorted(chosen)
    frame.loc[rows, "missing"] = "suppressed"
    frame.loc[rows, "value"] = np.nan
    told = ask(replace(data, observations=frame))
    # The same figures with a number left standing beside the mark: it must not be read either.
    leaky = frame.copy()
    leaky.loc[rows, "value"] = HIDDEN_ROW_VALUE
    assert listed(told) == listed(ask(replace(data, observations=leaky)))
    secret = set(frame.loc[rows, "row"])
    for kind in KINDS:
        for fact in told.objects(kind):
            cited = {row for s in fact.sources if s.file == "observations.csv" for row in s.rows}
            if kind == "caveat" and fact.reason == "suppressed":
                assert cited <= secret
                assert fact.value is None
            else:
                assert not cited & secret


@FEW
@given(values=VALUES, others=VALUES)
def test_every_fact_is_whole(values: list[int], others: list[int]) -> None:
    """Results agree with the figures beside them, and every fact cites a row."""
    length = min(len(values), len(others))
    told = ask(council(values[:length], others[:length]))
    for kind in KINDS:
        for fact in told.objects(kind):
            assert fact.sources
            if kind in ("change", "peak_trough", "record"):
                assert fact.result == pytest.approx(fact.value - fact.base_value, abs=1e-9)
            if kind == "comparator":
                assert fact.result == pytest.approx(fact.value - fact.comparator_value, abs=1e-9)
            for field in fields(fact):
                value = getattr(fact, field.name)
                assert not (isinstance(value, float) and np.isnan(value)), field.name


@FEW
@given(values=st.lists(DECIMAL, min_size=4, max_size=12))
def test_ranks_are_places_from_one_to_n(values: list[float]) -> None:
    names = [f"Area {place}" for place in range(len(values))]
    rows = [r for n, v in zip(names, values, strict=True) for r in years("r", 2018, [v], area=n)]
    data = dataset(rows, r=indicator(unit="rate", polarity="low_good"))
    found = ask(data, *names).objects("rank")
    country = [rank for rank in found if rank.group == ""]
    assert sorted(rank.position for rank in country)[0] == 1
    for rank in country:
        better = sum(other < rank.value for other in values)
        assert (rank.position, rank.of) == (better + 1, len(values))
        assert rank.ties == values.count(rank.value) - 1
        assert 1 <= rank.quartile <= 4


@given(
    value=st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False).map(lambda x: round(x, 6)),
    places=st.integers(0, 3),
)
def test_rounding_columns_is_rounding_each(value: float, places: int) -> None:
    one = float(round_half_up(value, places))
    assert round_half_up_array(np.array([value]), places)[0] == pytest.approx(one, abs=1e-9)
    assert without_dust_array(np.array([value]))[0] == pytest.approx(
        without_dust(value), rel=1e-12, abs=1e-15
    )


def test_tables_hold_the_fields_of_their_dataclasses() -> None:
    told = ask(council([30, 60, 90], [30, 50, 60]))
    for kind, make in KINDS.items():
        names = [field.name for field in fields(make) if field.name != "sources"]
        table = told.table(kind)
        assert list(table.columns) == names
        assert isinstance(table, pd.DataFrame)
        assert len(table) == len(told.objects(kind)) == told.count()[kind]
