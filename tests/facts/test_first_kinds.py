"""Level, change, peak_trough, target, comparator, share and num_denom on tables worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import Question, Source, compute_facts
from reporter.sources import Dataset, PeerGroup
from tests.facts.making import dataset, indicator, question, row, series, since, years

NEIGHBOURS = PeerGroup(of="Here", members=("A", "B", "C", "D"), model="Model 1")
MEANS = PeerGroup(of="Here", members=("A", "B", "C", "D"), model="Model 1", statistic="mean")


def facts(data: Dataset, kind: str, period: str = "2019-05", **asked: Any) -> tuple[Any, ...]:
    return compute_facts(data, question(period, **asked)).objects(kind)


def test_level_is_the_last_figure_up_to_the_period() -> None:
    data = dataset(series("a", "2019-03", [7, 8, 9, 10]), a=indicator())
    (level,) = facts(data, "level")
    assert (level.period, level.value, level.current) == ("2019-05", 9.0, True)
    assert level.sources == (Source("observations.csv", 4),)
    (earlier,) = facts(data, "level", "2019-12")
    assert (earlier.value, earlier.current) == (10.0, False)


def test_change_against_every_base() -> None:
    rows = series("a", "2018-04", [100, 101, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 110, 120])
    data = dataset(rows, a=indicator(polarity="low_good", any_length=True))
    found = facts(data, "change", baselines=(since("inspection", "2018-11"),))
    bases = {(c.base_label, c.baseline): (c.base_period, c.base_value, c.result) for c in found}
    assert bases == {
        ("previous_period", ""): ("2019-04", 110.0, 10.0),
        ("same_period_last_year", ""): ("2018-05", 101.0, 19.0),
        ("year_end", ""): ("2019-03", 90.0, 30.0),
        ("first_of_series", ""): ("2018-04", 100.0, 20.0),
        ("baseline", "inspection"): ("2018-11", 94.0, 26.0),
    }
    previous = found[0]
    assert (previous.direction, previous.judgement, previous.material) == ("up", "worse", True)
    assert previous.percent == pytest.approx(100 / 11)
    assert [c.months_between for c in found] == [1, 12, 2, 13, 6]


def test_a_monthly_total_has_no_year_end_to_be_held_against() -> None:
    data = dataset(series("a", "2019-02", [5, 6, 7, 8]), a=indicator())
    assert "year_end" not in {c.base_label for c in facts(data, "change")}


def test_direction_is_judged_on_the_figures_as_shown_and_the_result_is_exact() -> None:
    data = dataset(series("p", "2019-04", [50.14, 50.11]), p=indicator(unit="percent", decimals=1))
    (change,) = [c for c in facts(data, "change") if c.base_label == "previous_period"]
    assert (change.direction, change.result, change.material) == ("same", -0.03, False)
    assert (change.percent, change.result_unit) == (None, "points")


def test_no_percentage_change_from_a_base_below_twenty() -> None:
    data = dataset(series("a", "2019-04", [19, 38]), a=indicator())
    (change,) = facts(data, "change")
    assert change.percent is None


def test_no_change_lies_across_a_break() -> None:
    rows = series("a", "2019-03", [10, 20, 30])
    rows[1]["status"] = "break"
    found = facts(dataset(rows, a=indicator()), "change")
    assert {c.base_period for c in found} == {"2019-04"}
    assert found[0].status == "break"


def test_a_year_to_date_is_held_against_the_same_months_only() -> None:
    rows = [
        row("a", "2018/19", 120, period_type="year"),
        row("a", "2018-09", 50, period_type="ytd"),
        row("a", "2019-08", 55, period_type="ytd"),
        row("a", "2019-09", 60, period_type="ytd"),
    ]
    found = facts(dataset(rows, a=indicator()), "change", "2019-09")
    assert {(c.value, c.base_value) for c in found} == {(60.0, 50.0)}


def test_nothing_rests_on_a_suppressed_value() -> None:
    data = dataset(series("a", "2019-02", [10, 20, "c", 30]), a=indicator())
    found = compute_facts(data, question("2019-05"))
    rows = {row for fact in found.of("Here") for s in fact.sources for row in s.rows}
    assert 4 not in {
        row for fact in found.objects("change") for s in fact.sources for row in s.rows
    }
    assert rows <= {2, 3, 4, 5}


def test_peak_and_low_within_the_lookback() -> None:
    rows = series("a", "2018-01", [500, 40, 60, 20, 30, 60, 50, 55, 40, 45, 41, 42, 43, 44])
    peak, low = facts(dataset(rows, a=indicator()), "peak_trough", "2019-02")
    assert (peak.extreme, peak.base_period, peak.base_value, peak.result) == (
        "peak", "2018-06", 60.0, -16.0,
    )  # fmt: skip
    assert (low.base_period, low.result, low.direction) == ("2018-04", 24.0, "up")
    assert (low.lookback, low.first_period) == (12, "2018-03")
    assert low.percent == 120.0


def test_record_since_and_on_record() -> None:
    rows = series("a", "2018-01", [9, 3, 4, 5, 6, 8]) + series("b", "2018-01", [1, 2, 3, 4])
    data = dataset(rows, a=indicator(), b=indicator(polarity="high_good"))
    since_january, ever = facts(data, "record", "2018-06")
    assert (since_january.base_period, since_january.points, since_january.on_record) == (
        "2018-01", 4, False,
    )  # fmt: skip
    assert (ever.base_period, ever.points, ever.on_record) == ("2018-01", 3, True)
    assert (since_january.judgement, ever.judgement) == ("not_judged", "better")


@pytest.mark.parametrize("kind", ["peak_trough", "record"])
def test_nothing_is_highest_or_lowest_over_a_suppressed_figure(kind: str) -> None:
    behind = dataset(series("a", "2018-01", [2, 9, "c", 4, 5, 6, 7]), a=indicator())
    (found,) = facts(behind, kind, "2018-07")
    assert (found.base_period, found.base_value) == ("2018-04", 4.0)
    assert found.extreme == ("low" if kind == "peak_trough" else "highest")
    within = dataset(series("a", "2018-01", [2, 9, 4, "c", 5, 6]), a=indicator())
    assert not facts(within, kind, "2018-06")


def test_target_bands_and_a_hole_between_them() -> None:
    bands = {
        "green_from": 95.0, "amber_from": 90.0, "amber_to": 94.0, "red_to": 89.0, "target": 95.0,
    }  # fmt: skip
    rows = [
        *series("p", "2019-04", [93, 95.2]), *series("q", "2019-05", [94.4]),
        *series("r", "2019-04", [95, 80], numerator=8, denominator=10),
    ]  # fmt: skip
    percent = indicator(unit="percent", polarity="high_good", decimals=1)
    targets = [{"indicator": code, **bands} for code in "pqr"]
    found = facts(dataset(rows, targets, p=percent, q=percent, r=percent), "target")
    assert [(t.band, t.previous_band, t.met) for t in found] == [
        ("green", "amber", True), ("none", "none", False), ("none", "none", False),
    ]  # fmt: skip
    assert [t.result for t in found] == [0.2, -0.6, -15.0]
    assert found[0].sources[-1] == Source("targets.csv", 2)


def test_minimum_and_upper_targets() -> None:
    targets = [{"indicator": "p", "minimum": 90.0, "upper": 95.0}]
    rows = series("p", "2019-05", [94.4])
    data = dataset(rows, targets, p=indicator(unit="percent", polarity="high_good", decimals=1))
    minimum, upper = facts(data, "target")
    assert (minimum.level, minimum.met, upper.level, upper.met) == ("minimum", True, "upper", False)
    assert {minimum.standing, upper.standing} == {"between"}
    assert (minimum.result, upper.result) == (4.4, -0.6)


def test_each_figure_is_held_against_the_target_of_its_own_time() -> None:
    targets = [
        {"target": 80.0, "green_from": 80.0, "red_to": 79.9, "end": "2019-03-31"},
        {"target": 90.0, "green_from": 90.0, "red_to": 89.9, "start": "2019-04-01"},
    ]
    targets = [{"indicator": "p", **target} for target in targets]
    rows = series("p", "2019-03", [85, 85])
    data = dataset(rows, targets, p=indicator(unit="percent", polarity="high_good"))
    (target,) = facts(data, "target", "2019-04")
    assert (target.comparator_value, target.band, target.previous_band) == (90.0, "red", "green")


def test_a_target_of_a_type_is_for_figures_of_that_type() -> None:
    """A year's number is nothing for a month; a year's percentage is, and for the year so far."""
    rows = [
        *series("n", "2019-04", [40]), row("n", "2019-04", 120, period_type="ytd"),
        *series("p", "2019-04", [88.0]),
    ]  # fmt: skip
    targets = [
        {"indicator": "n", "target": 500.0, "period_type": "year"},
        {"indicator": "n", "target": 100.0, "period_type": "ytd"},
        {"indicator": "p", "target": 90.0, "period_type": "year"},
    ]
    percent = indicator(unit="percent", polarity="high_good")
    data = dataset(rows, targets, n=indicator(unit="count"), p=percent)
    found = facts(data, "target", "2019-04")
    assert [(t.indicator, t.period_type, t.comparator_value) for t in found] == [
        ("n", "ytd", 100.0), ("p", "month", 90.0),
    ]  # fmt: skip
    data = dataset(rows, targets[:1], n=indicator(unit="count"), p=percent)
    (year,) = facts(data, "target", "2019-04")
    assert (year.period_type, year.comparator_value) == ("ytd", 500.0)


def test_comparator_gap_crossing_and_speed() -> None:
    rows = years("r", 2017, [40, 52]) + years("r", 2017, [45, 47], area="England")
    rows += years("r", 2017, [50, 60], area="Region")
    data = dataset(rows, r=indicator(unit="rate", polarity="low_good", per=10000))
    region, england = facts(data, "comparator", "2019", comparators=None)
    assert (england.comparator, england.result, england.judgement) == ("England", 5.0, "worse")
    assert (england.crossing, england.relative, england.gap) == ("moved_above", "faster", "unknown")
    assert (region.gap, region.relative, region.result) == ("narrowing", "faster", -8.0)
    assert england.ratio == pytest.approx(52 / 47)
    assert (england.verdict, england.comparator_change) == ("higher", 2.0)


def test_a_count_is_not_held_against_the_total_of_its_country() -> None:
    rows = years("a", 2017, [40, 52]) + years("a", 2017, [45000, 47000], area="England")
    assert facts(dataset(rows, a=indicator()), "comparator", "2019", comparators=None) == ()


def test_an_annual_comparator_beside_a_moment_says_its_period() -> None:
    rows = [
        row("r", "2019-05", 149, period_type="snapshot"),
        row("r", "2018/19", 50, period_type="year", area="England"),
        row("r", "2019-05", 60, period_type="ytd", area="Region"),
    ]
    data = dataset(rows, r=indicator(unit="rate", per=10000))
    (england,) = facts(data, "comparator", comparators=("Region", "England"))
    assert (england.comparator_period, england.same_period) == ("2018/19", False)
    assert england.gap == "unknown"


def test_peer_groups_by_median_and_mean_of_the_members_with_a_figure() -> None:
    rows = years("r", 2017, [30, 50])
    for name, values in {"A": [10, 40], "B": [20, 41], "C": [90, 99], "D": [5, "c"]}.items():
        rows += years("r", 2017, values, area=name)
    peers = {"median": NEIGHBOURS, "mean": MEANS}
    data = dataset(rows, peers=peers, r=indicator(unit="rate", per=10000))
    median, mean = facts(data, "comparator", "2019", comparators=("median", "mean"))
    assert (median.comparator_value, mean.comparator_value) == (41.0, 60.0)
    assert (median.statistic, mean.statistic) == ("median", "mean")
    assert (median.members, median.members_of, median.model) == (3, 4, "Model 1")
    # D had a figure the year before and has none now: the two medians are of other members.
    assert (median.gap, median.base_value) == ("unknown", None)


def test_share_of_a_total_and_the_largest() -> None:
    rows = [
        *series("a", "2019-04", [80, 100]),
        *series("a", "2019-04", [20, 30], breakdown="age", category="0 to 4"),
        *series("a", "2019-04", [60, 70], breakdown="age", category="5 to 9"),
    ]
    young, old = facts(dataset(rows, a=indicator()), "share")
    assert (young.share, young.base_share, young.largest) == (30.0, 25.0, False)
    assert (old.share, old.whole, old.numerator, old.largest) == (70.0, 100.0, 70.0, True)


def test_a_share_against_the_reference_population() -> None:
    rows = [
        *series("a", "2019-05", [100]),
        *series("a", "2019-05", [30], breakdown="ethnicity", category="Black"),
        *years("pop", 2018, [1000]),
        *years("pop", 2018, [100], breakdown="ethnicity", category="Black"),
    ]
    data = dataset(rows, a=indicator(population="pop"), pop=indicator())
    share = next(s for s in facts(data, "share") if s.indicator == "a")
    assert (share.reference_share, share.ratio, share.representation) == (10.0, 3.0, "over")


def test_n_out_of_m_and_what_the_gap_to_target_means_in_people() -> None:
    rows = series("p", "2019-05", [80], numerator=80, denominator=100)
    rows += series("q", "2019-05", [12], numerator=71, denominator=580)
    data = dataset(
        rows,
        [{"indicator": "p", "target": 90.5}, {"indicator": "q", "target": 10.0}],
        p=indicator(unit="percent", polarity="high_good"),
        q=indicator(unit="percent", polarity="low_good"),
    )
    more, fewer = facts(data, "num_denom")
    assert (more.numerator, more.denominator, more.people) == (80.0, 100.0, 11.0)
    assert (fewer.people, fewer.comparator) == (13.0, "target")


def test_cases_for_each_worker_are_not_n_out_of_m() -> None:
    rows = series("c", "2019-05", [16.4], numerator=606, denominator=37)
    assert facts(dataset(rows, c=indicator(unit="average")), "num_denom") == ()


def test_every_authority_is_asked_for_by_default() -> None:
    rows = years("r", 2017, [1, 2]) + years("r", 2017, [3, 4], area="There")
    rows += years("r", 2017, [3, 4], area="England")
    data = dataset(rows, r=indicator(unit="rate"))
    found = compute_facts(data, Question.at("2019", question("2019").thresholds))
    assert [level.area for level in found.objects("level")] == ["Here", "There"]
    assert found.of("England") == ()
    assert found.count()["level"] == 2
