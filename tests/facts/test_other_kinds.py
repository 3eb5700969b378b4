"""Streaks, ranks, gaps, ranges, drivers, conversions, averages and the rest, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import compute_facts
from reporter.sources import Breakdown, Dataset, Flows, PeerGroup
from tests.facts.making import dataset, indicator, question, row, series, since, years

PERCENT = indicator(unit="percent", polarity="high_good", decimals=1)


def facts(data: Dataset, kind: str, period: str = "2019-12", **asked: Any) -> tuple[Any, ...]:
    return compute_facts(data, question(period, **asked)).objects(kind)


def patterns(data: Dataset, period: str = "2019-12") -> dict[str, Any]:
    return {streak.pattern: streak for streak in facts(data, "streak", period)}


def cited(fact: Any) -> int:
    """How many rows stand behind a fact."""
    return sum(len(source.rows) for source in fact.sources)


def test_rising_needs_three_steps_of_one_sign() -> None:
    data = dataset(series("a", "2019-01", [90, 10, 20, 40, 80]), a=indicator(polarity="high_good"))
    rising = patterns(data)["rising"]
    assert (rising.length, rising.base_period, rising.base_value) == (3, "2019-02", 10.0)
    assert (rising.low, rising.high, rising.judgement) == (10.0, 80.0, "better")
    flat = dataset(series("a", "2019-01", [10, 20, 20, 40]), a=indicator())
    assert "rising" not in patterns(flat)


def test_a_streak_does_not_cross_a_break_a_hole_or_a_missing_figure() -> None:
    broken = series("a", "2019-01", [1, 20, 40, 80, 160])
    broken[2]["status"] = "break"
    hole = series("a", "2019-01", [1, 20, None, 80, 160, 320])
    hidden = series("a", "2019-01", [1, 20, "c", 80, 160, 320])
    for rows in (broken, hole, hidden):
        assert "rising" not in patterns(dataset(rows, a=indicator()))


def test_stable_within_tolerance_and_not_when_a_signal_marks_it() -> None:
    data = dataset(series("p", "2019-01", [70, 50.2, 50.0, 50.9, 50.4]), p=PERCENT)
    stable = patterns(data)["stable"]
    assert (stable.length, stable.base_period) == (4, "2019-02")
    assert (stable.low, stable.high) == (50.0, 50.9)


def test_settled_at_about_sixty_two_a_week_for_four_weeks() -> None:
    weeks = [
        row("a", f"2019-W{17 + i}", x, period_type="week")
        for i, x in enumerate([99, 61, 63, 62, 62])
    ]
    stable = patterns(dataset(weeks, a=indicator()))["stable"]
    assert (stable.length, stable.base_period, stable.value) == (4, "2019-W18", 62.0)


def test_fluctuating_turns_twice_without_a_trend() -> None:
    data = dataset(series("a", "2019-01", [50, 90, 40, 95, 60, 99]), a=indicator())
    fluctuating = patterns(data)["fluctuating"]
    assert (fluctuating.length, fluctuating.low, fluctuating.high) == (6, 40.0, 99.0)
    once = dataset(series("a", "2019-01", [10, 40, 90, 150, 100, 40]), a=indicator())
    assert "fluctuating" not in patterns(once)


def test_back_at_an_earlier_level() -> None:
    data = dataset(series("a", "2019-01", [100, 150, 180, 100]), a=indicator())
    back = patterns(data)["back_at"]
    assert (back.base_period, back.length, back.result) == ("2019-01", 4, 0.0)
    assert (back.direction, back.judgement) == ("same", "not_judged")


def test_seasonal_needs_the_same_step_in_three_years() -> None:
    values = [10 if month % 12 == 7 else 20 + month for month in range(36)]
    data = dataset(series("a", "2017-01", values[:32]), a=indicator())  # ends in August 2019
    seasonal = patterns(data, "2019-08")["seasonal"]
    assert (seasonal.length, seasonal.direction) == (3, "down")


def test_met_and_missed_against_the_target_then_in_force() -> None:
    targets = [
        {"indicator": "p", "target": 80.0, "end": "2019-03-31"},
        {"indicator": "p", "target": 90.0, "start": "2019-04-01"},
    ]
    data = dataset(series("p", "2019-01", [70, 85, 81, 92, 93]), targets, p=PERCENT)
    met = patterns(data)["met"]
    assert (met.length, met.base_period, met.comparator_value) == (4, "2019-02", 90.0)
    assert cited(met) == 5


def test_rank_with_ties_excluded_areas_and_change_of_rank() -> None:
    rows = years("r", 2017, [30, 20])
    for name, values in {"A": [10, 20], "B": [20, 25], "C": [40, "x"], "D": [35, 15]}.items():
        rows += years("r", 2017, values, area=name)
    rows += years("r", 2017, [1, 1], area="England")
    data = dataset(rows, r=indicator(unit="rate", polarity="low_good", per=10000))
    country, region = facts(data, "rank", "2019")
    assert (country.group, region.group) == ("England", "Region")
    assert (country.position, country.of, country.ties, country.excluded) == (2, 4, 1, 1)
    assert (country.previous_position, country.quartile) == (3, 2)
    # Changes: here -10, A +10, B +5, D -20: the second-largest fall.
    assert (country.position_of_change, country.of_change) == (2, 4)


def test_nobody_is_ranked_where_a_suppressed_figure_could_change_it() -> None:
    rows = years("r", 2017, [30, 20])
    for name, values in {"A": [10, 20], "B": [20, "c"], "C": [40, 50]}.items():
        rows += years("r", 2017, values, area=name)
    assert facts(dataset(rows, r=indicator(unit="rate")), "rank", "2019") == ()


@pytest.mark.parametrize("own", [(), ("n",)], ids=["all authorities", "neighbours"])
def test_a_place_before_is_not_told_where_a_suppressed_figure_could_change_it(
    own: tuple[str, ...],
) -> None:
    rows = years("r", 2017, [30, 20])
    for name, values in {"A": [10, 20], "B": ["c", 20], "C": [40, 50]}.items():
        rows += years("r", 2017, values, area=name)
    peers = {"n": PeerGroup(of="Here", members=("A", "B", "C"))}
    data = dataset(rows, peers=peers if own else {}, r=indicator(unit="rate"))
    for rank in facts(data, "rank", "2019", **({"comparators": own} if own else {})):
        assert (rank.of, rank.base_value) == (4, 30)
        assert (rank.previous_position, rank.position_of_change, rank.of_change) == (0, 0, 0)


def test_small_numbers_bar_the_rank_and_are_told() -> None:
    rows = years("p", 2018, [50], numerator=5, denominator=10)
    for name in "ABC":
        rows += years("p", 2018, [60], area=name)
    data = dataset(rows, p=PERCENT)
    assert facts(data, "rank", "2019") == ()
    assert [c.reason for c in facts(data, "caveat", "2019")] == ["small_numbers"]


def test_rank_among_neighbours_counts_the_area_itself() -> None:
    rows = years("r", 2018, [50])
    for name, value in {"A": 40, "B": 60, "C": 70}.items():
        rows += years("r", 2018, [value], area=name)
    peers = {"n": PeerGroup(of="Here", members=("A", "B", "C", "Z"), model="Model 1")}
    found = facts(
        dataset(rows, peers=peers, r=indicator(unit="rate")), "rank", "2019", comparators=("n",)
    )
    own = next(rank for rank in found if rank.group == "Model 1")
    assert (own.position, own.of) == (3, 4)


def test_funnel_places_the_rank() -> None:
    rows = years("p", 2018, [30], numerator=60, denominator=200)
    for name in "ABC":
        rows += years("p", 2018, [20], numerator=40, denominator=200, area=name)
    (rank, _) = facts(dataset(rows, p=PERCENT), "rank", "2019")
    assert rank.funnel == "outside_95"


def test_the_gap_between_two_groups_and_whether_it_narrows() -> None:
    rows = [
        *years("p", 2017, [60, 66], breakdown="gender", category="Girls"),
        *years("p", 2017, [50, 61], breakdown="gender", category="Boys"),
        *years("p", 2018, [70], breakdown="gender", category="Girls", area="England"),
        *years("p", 2018, [62], breakdown="gender", category="Boys", area="England"),
    ]
    (gap,) = facts(dataset(rows, p=PERCENT), "gap", "2019", comparators=("England",))
    assert (gap.category, gap.other, gap.result) == ("Girls", "Boys", 5.0)
    assert (gap.base_difference, gap.comparator_difference) == (10.0, 8.0)
    assert (gap.movement, gap.comparator, gap.comparator_value) == ("narrowing", "England", 61.0)


def test_the_range_over_teams_with_ties_and_outliers() -> None:
    values = {"A": 10, "B": 12, "C": 12, "D": 13, "E": 40, "F": 10}
    rows = [
        observation
        for name, value in values.items()
        for observation in series("c", "2019-12", [value], breakdown="team", category=name)
    ]
    (spread,) = facts(dataset(rows, c=indicator(unit="average")), "range")
    assert (spread.lowest, spread.highest) == (("A", "F"), ("E",))
    assert (spread.lowest_value, spread.highest_value, spread.units) == (10.0, 40.0, 6)
    assert (spread.outliers, spread.result, spread.category) == (("E",), 30.0, "")
    assert cited(spread) == 6


def test_a_stated_range_of_units_that_are_not_named() -> None:
    rows = series("c", "2019-12", [6], breakdown="worker", category="lowest unit")
    rows += series("c", "2019-12", [28], breakdown="worker", category="highest unit")
    (spread,) = facts(dataset(rows, c=indicator(unit="average")), "range")
    assert (spread.lowest_value, spread.highest_value) == (6.0, 28.0)
    assert (spread.lowest, spread.highest, spread.units) == ((), (), 0)


def members(code: str, now: dict[str, int], then: dict[str, int]) -> list[dict[str, Any]]:
    return [
        observation
        for name in now
        for observation in series(
            code, "2019-11", [then[name], now[name]], breakdown="age", category=name
        )
    ]


def test_drivers_by_member_with_the_remainder() -> None:
    rows = series("a", "2019-11", [100, 140])
    rows += members("a", {"0 to 4": 50, "5 to 9": 78}, {"0 to 4": 45, "5 to 9": 50})
    driver = next(d for d in facts(dataset(rows, a=indicator()), "driver"))
    assert [(p.category, p.contribution, p.percent) for p in driver.parts] == [
        ("5 to 9", 28.0, 70.0), ("0 to 4", 5.0, 12.5),
    ]  # fmt: skip
    assert (driver.result, driver.residual, driver.identity_holds) == (40.0, 7.0, False)
    assert (driver.pattern, driver.breakdown, driver.category) == ("mostly_one", "age", "")


def test_an_even_split() -> None:
    rows = series("a", "2019-11", [100, 160])
    rows += members("a", {"x": 55, "y": 55, "z": 50}, {"x": 35, "y": 33, "z": 32})
    driver = next(d for d in facts(dataset(rows, a=indicator()), "driver"))
    assert (driver.pattern, driver.residual, driver.identity_holds) == ("evenly_split", 0.0, True)


def test_a_fall_is_split_as_a_rise_is() -> None:
    rows = series("a", "2019-11", [140, 100])
    rows += members("a", {"x": 45, "y": 55}, {"x": 50, "y": 90})
    driver = next(d for d in facts(dataset(rows, a=indicator()), "driver"))
    assert [(p.category, p.contribution, p.percent) for p in driver.parts] == [
        ("y", -35.0, 87.5), ("x", -5.0, 12.5),
    ]  # fmt: skip


def test_members_that_hold_more_than_the_whole_make_up_no_change() -> None:
    rows = series("a", "2019-11", [100, 140])
    both = members("a", {"x": 60, "y": 80, "x or y": 140}, {"x": 40, "y": 60, "x or y": 100})
    assert not list(facts(dataset([*rows, *both], a=indicator()), "driver"))
    rounded = members("a", {"x": 61, "y": 81}, {"x": 41, "y": 60})
    assert list(facts(dataset([*rows, *rounded], a=indicator()), "driver"))


def flows_data(ends: list[int], november: int | None = None) -> Dataset:
    stock = {9: 100, 12: 130} if november is None else {9: 100, 11: november, 12: 130}
    rows = [row("stock", f"2019-{m:02d}", v, period_type="snapshot") for m, v in stock.items()]
    rows += series("starts", "2019-10", [20, 30, 25]) + series("ends", "2019-10", ends)
    return dataset(
        rows, stock=indicator(flows=Flows(starts="starts", ends="ends")),
        starts=indicator(), ends=indicator(),
    )  # fmt: skip


def test_starts_less_ends_make_up_the_change_of_a_stock() -> None:
    driver = next(d for d in facts(flows_data([10, 15, 20]), "driver") if d.source == "flows")
    assert [(p.indicator, p.value, p.contribution) for p in driver.parts] == [
        ("starts", 75.0, 75.0), ("ends", 45.0, -45.0),
    ]  # fmt: skip
    assert (driver.pattern, driver.residual, driver.identity_holds) == ("starts_exceed", 0.0, True)
    assert cited(driver) == 8


def test_an_identity_that_does_not_hold_is_told() -> None:
    data = flows_data([10, 15, 10])
    driver = next(d for d in facts(data, "driver") if d.source == "flows")
    assert (driver.residual, driver.identity_holds) == (-10.0, False)
    assert "identity" in {caveat.reason for caveat in facts(data, "caveat")}


def test_flows_that_do_not_cover_every_day_say_nothing() -> None:
    rows = [
        row("stock", f"2019-{m:02d}", v, period_type="snapshot") for m, v in ((9, 100), (12, 130))
    ]
    rows += series("starts", "2019-10", [20, None, 25]) + series("ends", "2019-10", [1, 1, 1])
    data = dataset(
        rows, stock=indicator(flows=Flows(starts="starts", ends="ends")),
        starts=indicator(), ends=indicator(),
    )  # fmt: skip
    assert facts(data, "driver") == ()


def test_a_rates_change_is_of_the_count_and_of_the_population() -> None:
    rows = years("r", 2017, [50], numerator=500, denominator=100_000)
    rows += years("r", 2018, [60], numerator=660, denominator=110_000)
    driver = facts(dataset(rows, r=indicator(unit="rate", per=10000)), "driver", "2019")[0]
    count, people = driver.parts
    assert count.contribution + people.contribution == pytest.approx(10.0)
    assert (round(count.contribution, 3), round(people.contribution, 3)) == (15.273, -5.273)
    assert driver.identity_holds


def test_conversion_of_counts_and_of_percentages() -> None:
    rows = series("contacts", "2019-11", [200, 300]) + series("referrals", "2019-11", [80, 99])
    rows += series("rate", "2019-11", [40, 33])
    data = dataset(
        rows,
        contacts=indicator(),
        referrals=indicator(conversion_from="contacts"),
        rate=indicator(unit="percent", conversion_from="contacts"),
    )
    counted, stated = facts(data, "conversion")
    assert (counted.rate, counted.base_rate, counted.direction) == (33.0, 40.0, "down")
    assert (counted.stage_from, counted.stage_to) == ("contacts", "referrals")
    assert (counted.numerator, counted.denominator) == (99.0, 300.0)
    assert (stated.rate, stated.base_rate, stated.stage_to) == (33.0, 40.0, "rate")


def test_averages_of_counts_and_weighted_averages_of_percentages() -> None:
    rows = series("a", "2019-10", [10, 20, 60])
    rows += series("q", "2019-10", [10, 20, 60])
    for code, counts in (("p", [(1, 10), (50, 100), (90, 90)]),):
        for month, (x, n) in enumerate(counts, start=10):
            rows += series(code, f"2019-{month}", [100 * x / n], numerator=x, denominator=n)
    data = dataset(rows, a=indicator(), q=PERCENT, p=PERCENT)
    count, percent = facts(data, "average")
    assert (count.window, count.mean, count.low, count.high) == (3, 30.0, 10.0, 60.0)
    assert (percent.indicator, percent.mean) == ("p", pytest.approx(70.5))


def test_a_weekly_average_is_an_average_of_its_own_period() -> None:
    data = dataset(series("w", "2019-11", [60, 62]), w=indicator(each="week", any_length=True))
    (average,) = facts(data, "average")
    assert (average.window, average.mean, average.low) == (1, 62.0, 62.0)


def test_the_typical_range_leaves_the_present_figure_out() -> None:
    data = dataset(series("a", "2019-01", [*range(101, 111), 500]), a=indicator())
    typical = next(a for a in facts(data, "average") if a.typical)
    assert (typical.window, typical.low, typical.high) == (10, 101.0, 109.0)
    assert typical.mean == 105.5


def test_annualised_counts_and_rates_that_are_so_already() -> None:
    rows = series("a", "2019-12", [20])
    rows += [row("r", "2018-12..2019-12", 68, period_type="window")]
    data = dataset(rows, a=indicator(), r=indicator(unit="rate", per=10000))
    count, rate = facts(data, "annualised")
    assert (count.factor, count.result, count.per) == (12.0, 240.0, 0)
    assert (rate.factor, rate.result, rate.per) == (1.0, 68.0, 10000)


def test_linked_measures_that_part_ways() -> None:
    rows = series("volume", "2019-11", [100, 150]) + series("timely", "2019-11", [70, 80])
    data = dataset(rows, volume=indicator(), timely=indicator(unit="percent", linked=("volume",)))
    (together,) = facts(data, "relation")
    assert (together.relation, together.other) == ("together", "volume")
    rows = series("volume", "2019-11", [100, 150]) + series("timely", "2019-11", [80, 70])
    data = dataset(rows, volume=indicator(), timely=indicator(unit="percent", linked=("volume",)))
    (opposite,) = facts(data, "relation")
    assert (opposite.relation, opposite.other_value, opposite.other_base_value) == (
        "opposite", 150.0, 100.0,
    )  # fmt: skip


def test_inflow_above_outflow() -> None:
    relation = next(r for r in facts(flows_data([10, 15, 20]), "relation"))
    assert (relation.indicator, relation.other) == ("starts", "ends")
    assert (relation.relation, relation.value, relation.other_value) == (
        "inflow_above_outflow", 25.0, 20.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at_end_of_november", "direction"), [(120, "up"), (150, "none"), (None, "up")]
)
def test_the_course_of_a_stock_is_not_said_against_its_own_figures(
    at_end_of_november: int | None, direction: str
) -> None:
    data = flows_data([10, 15, 20], at_end_of_november)
    relation = next(r for r in facts(data, "relation") if r.period == "2019-12")
    assert (relation.stock, relation.stock_direction) == ("stock", direction)


def test_an_echo_needs_three_lags_and_a_test() -> None:
    leader = [10, 30, 20, 60, 15, 45, 80, 35, 20, 70, 50, 25]
    lag = 3
    follower = [5, 5, 5, *[x + 2 for x in leader[:-lag]]]
    rows = series("lead", "2019-01", leader) + series("follow", "2019-01", follower)
    data = dataset(rows, lead=indicator(), follow=indicator(echo_of="lead", echo_months=lag))
    (echo,) = facts(data, "relation")
    assert (echo.relation, echo.lag, round(echo.correlation, 9)) == ("echo", 3, 1.0)
    short = dataset(
        series("lead", "2019-04", leader[3:]) + series("follow", "2019-04", follower[3:]),
        lead=indicator(), follow=indicator(echo_of="lead", echo_months=lag),
    )  # fmt: skip
    assert facts(short, "relation") == ()


def test_if_the_recent_level_held() -> None:
    rows = series("s47", "2019-10", [20, 24, 22]) + years("s47_rate", 2018, [278], area="England")
    rows += years("people", 2018, [6000])
    data = dataset(
        rows,
        s47=indicator(rate="s47_rate", population="people"),
        s47_rate=indicator(unit="rate", per=10000),
        people=indicator(),
    )
    (conditional,) = facts(data, "conditional", comparators=("England",))
    assert (conditional.window, conditional.result, conditional.result_unit) == (3, 440.0, "rate")
    assert (conditional.comparator, conditional.comparator_value) == ("England", 278.0)
    assert (conditional.direction, conditional.comparator_period) == ("up", "2018/19")


def test_on_course_for_the_year_end() -> None:
    year = {"start": "2019-04-01", "end": "2020-03-31"}
    targets = [
        {"indicator": "n", "target": 120.0, **year},
        {"indicator": "p", "target": 90.0, **year},
    ]
    rows = [row("n", "2019-09", 66, period_type="ytd")]
    rows += series("p", "2019-06", [70, 75, 80, 85])
    data = dataset(rows, targets, n=indicator(polarity="high_good"), p=PERCENT)
    count, percent = facts(data, "target", "2019-09")
    assert (count.met, count.on_course) == (False, "yes")
    assert (percent.met, percent.on_course) == (False, "yes")
    late = facts(data, "target", "2020-03")
    assert {target.on_course for target in late} <= {"yes", "unknown"}


def test_assurance_of_a_target_by_limits() -> None:
    values = [50.0, 52, 51, 50, 52, 51, 50, 52, 51, 50, 52, 51]
    targets = [{"indicator": "p", "target": 90.0}]
    p = indicator(unit="percent", polarity="high_good", method="spc")
    (target,) = facts(dataset(series("p", "2019-01", values), targets, p=p), "target")
    assert target.assurance == "fail"


def test_the_declared_method_gives_the_verdict() -> None:
    calm = series("s", "2019-01", [50, 52, 51, 50, 52, 51, 50, 52, 51, 50, 52, 51])
    wild = series("w", "2019-01", [50, 52, 51, 50, 52, 51, 50, 52, 51, 50, 52, 99])
    few = series("c", "2019-11", [40, 60], numerator=4, denominator=10)
    few[1]["numerator"] = 6
    many = series("d", "2019-11", [40, 60], numerator=400, denominator=1000)
    many[1]["numerator"] = 600
    spc = indicator(unit="percent", polarity="high_good", method="spc")
    ci = indicator(unit="percent", polarity="high_good", method="ci")
    data = dataset([*calm, *wild, *few, *many], s=spc, w=spc, c=ci, d=ci)
    found = {c.indicator: c for c in facts(data, "change") if c.base_label == "previous_period"}
    assert {code: change.verdict for code, change in found.items()} == {
        "s": "common_cause", "w": "special_cause", "c": "similar", "d": "higher",
    }  # fmt: skip
    assert not found["s"].material
    assert found["w"].material


def test_caveats_of_what_is_missing_revised_provisional_or_broken() -> None:
    revised = [row("r", "2019-11", 10, published="2019-12-01")]
    revised += [row("r", "2019-11", 14, published="2020-01-01"), row("r", "2019-12", 15)]
    broken = series("b", "2019-10", [1, 2, 3])
    broken[1]["status"] = "break"
    rows = [
        *series("h", "2019-11", [5, "c"]),
        *series("p", "2019-12", [5], status="provisional"),
        *revised,
        *broken,
        *series("m", "2019-01", [1, 2, 3]), row("m", "2019-12", 9),
    ]  # fmt: skip
    data = dataset(rows, **{code: indicator() for code in "hprbm"})
    found = {(c.indicator, c.reason): c for c in facts(data, "caveat")}
    assert set(found) == {
        ("h", "suppressed"), ("p", "provisional"), ("r", "revised"), ("b", "break"),
        ("m", "missing"),
    }  # fmt: skip
    hidden = found["h", "suppressed"]
    assert (hidden.period, hidden.value, hidden.affects) == ("2019-12", None, "level")
    assert hidden.sources[0].row == 3
    assert (found["r", "revised"].was, found["r", "revised"].value) == (10.0, 14.0)
    assert cited(found["r", "revised"]) == 2


def test_a_comparator_that_may_not_be_used_is_told() -> None:
    rows = [row("a", "2019-12", 5, period_type="ytd"), *years("a", 2018, [9], area="England")]
    data = dataset(rows, a=indicator(unit="rate"))
    (caveat,) = facts(data, "caveat", comparators=("England",))
    assert (caveat.reason, caveat.comparator, caveat.affects) == (
        "not_comparable", "England", "comparator",
    )  # fmt: skip


def test_bands_with_a_hole_and_parts_beyond_their_total_are_told() -> None:
    targets = [{"indicator": "p", "green_from": 95.0, "red_to": 94.0}]
    rows = series("p", "2019-12", [94.5]) + series("a", "2019-12", [10])
    rows += series("a", "2019-12", [8], breakdown="g", category="x")
    rows += series("a", "2019-12", [7], breakdown="g", category="y")
    data = dataset(rows, targets, p=PERCENT, a=indicator())
    found = {c.reason: c for c in facts(data, "caveat")}
    assert set(found) == {"bands", "parts"}
    assert (found["parts"].result, found["parts"].breakdown) == (5.0, "g")


def test_how_many_measures_met_improved_and_are_red() -> None:
    band = {"green_from": 90.0, "red_to": 89.9, "target": 90.0}
    targets = [{"indicator": code, **band} for code in ("p", "q", "r")]
    rows = [
        *series("p", "2019-11", [80, 95]),
        *series("q", "2019-11", [95, 80]),
        *series("r", "2019-11", [80, 85]),
    ]
    data = dataset(rows, targets, p=PERCENT, q=PERCENT, r=PERCENT)
    found = {
        (s.category, s.what): s for s in facts(data, "count_summary", groups={"Plans": ("p", "q")})
    }
    red = found["", "red"]
    assert (red.result, red.denominator, red.members, red.base_count) == (2.0, 3.0, ("q", "r"), 2)
    assert found["", "met"].members == ("p",)
    assert found["", "better"].members == ("p", "r")
    assert found["", "newly_red"].members == ("q",)
    assert found["Plans", "red"].members == ("q",)
    assert found["Plans", "missed"].denominator == 2.0


def test_how_many_measures_rank_in_the_first_and_last_quarters() -> None:
    names = [f"A{n}" for n in range(8)]
    rows = [
        row
        for n, name in enumerate(names)
        for code, value in (("p", 60 + n), ("q", 60 - n), ("n", 60 + n))
        for row in series(code, "2019-12", [value], area=name, denominator=100)
    ]
    rows += series("p", "2019-12", [64], area="England")
    neutral = indicator(unit="percent")
    data = dataset(rows, p=PERCENT, q=PERCENT, n=neutral)
    own = facts(data, "count_summary", areas=("A7",), comparators=("England",))
    found = {s.what: s for s in own if s.what.endswith("quarter")}
    assert found["best_quarter"].members == ("p",)
    assert found["worst_quarter"].members == ("q",)
    assert {s.denominator for s in found.values()} == {2.0}  # nobody says what is best of n


@pytest.mark.parametrize(
    ("better", "what"),
    [(0, "best_quarter"), (1, "best_quarter"), (2, ""), (7, ""), (8, "worst_quarter")],
)
def test_the_quarters_that_are_counted_are_those_of_the_ranks(better: int, what: str) -> None:
    values = [90.0 if n < better else 10.0 for n in range(10)]
    rows = [
        row
        for n, value in enumerate(values)
        for row in series("p", "2019-12", [value], area=f"A{n}", denominator=100)
    ]
    rows += series("p", "2019-12", [50], area="A10", denominator=100)
    rows += series("p", "2019-12", [50], area="England")
    data = dataset(rows, p=PERCENT)
    own = facts(data, "count_summary", areas=("A10",), comparators=("England",))
    assert {s.what for s in own if s.what.endswith("quarter")} == ({what} if what else set())
    (rank,) = [f for f in facts(data, "rank", areas=("A10",), comparators=("England",))
               if f.group == "England"]  # fmt: skip
    assert what == {1: "best_quarter", 4: "worst_quarter"}.get(rank.quartile, "")


def test_where_all_are_level_nobody_is_in_the_best_quarter() -> None:
    rows = [r for n in range(4)
            for r in series("p", "2019-12", [50], area=f"A{n}", denominator=100)]  # fmt: skip
    rows += series("p", "2019-12", [50], area="England")
    found = facts(
        dataset(rows, p=PERCENT), "count_summary", areas=("A1",), comparators=("England",)
    )
    assert not [s for s in found if s.what.endswith("quarter")]


def test_breakdowns_that_are_ends_of_a_range_are_no_parts() -> None:
    rows = series("w", "2019-12", [170], breakdown="range", category="low")
    rows += series("w", "2019-12", [180], breakdown="range", category="high")
    data = dataset(rows, w=indicator())
    catalogue = data.catalogue
    ends = {"range": Breakdown(label="Range", ends_of="figure")}
    object.__setattr__(catalogue, "breakdowns", ends)
    found = compute_facts(data, question("2019-12", baselines=(since("x", "2019-11"),)))
    assert found.count()["range"] == 1
    assert found.count()["gap"] == 0
