"""Control charts and funnels carry the facts room's limits, clipped to what can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from reporter.facts import (
    Z95,
    laney_limits,
    proportion_limits,
    rate_limits,
    rate_places,
    xmr_limits,
)
from reporter.plan import ChartPlan, plan_report
from reporter.plan.material import Material
from reporter.sources import Area, Areas, ChartBrief, PeerGroup, Rebase

VALUES = [96.0, 99, 97, 98, 95, 99, 97, 96, 98, 99, 97, 98, 70]


def months(values: list[float], **given: Any) -> list[dict[str, Any]]:
    keys = [f"{2018 + (m + 4) // 12}-{(m + 4) % 12 + 1:02}" for m in range(13)][-len(values) :]
    return [
        {"indicator": "visits", "period": key, "value": value, "period_type": "month", **given}
        for key, value in zip(keys, values, strict=True)
    ]


def drawn(make: Any, kind: str, code: str, rows: Any, facts: Any = (), **given: Any) -> Any:
    """The first chart of a section that asks for `kind`; why there is none where there is none."""
    wanted = ChartBrief(kind=kind, comparators=given.pop("comparators", ()))
    areas = given.pop("areas", None)
    commission = make.commission(
        make.section(code, charts=(wanted,)), rows=rows, charts="pictures", **given
    )
    if areas:
        object.__setattr__(commission.dataset, "areas", areas)
    plan = plan_report(commission, facts, [])
    charts = [block for block in plan.sections[0].blocks if isinstance(block, ChartPlan)]
    return charts[0] if charts else " ".join(item.why for item in plan.left_out)


def test_a_control_chart_has_its_average_its_clipped_limits_and_its_signals(make: Any) -> None:
    moved = make.change("2019-04", 98.0, indicator="visits", value=70.0, period_type="month",
                        unit="percent", verdict="special_cause")  # fmt: skip
    level = make.fact("level", "visits", value=70.0, period_type="month", unit="percent")
    chart = drawn(make, "xmr", "visits", months(VALUES), [level, moved])
    limits = xmr_limits([VALUES])
    own, centre, upper, lower = chart.lines
    assert [line.role for line in chart.lines] == ["own", "centre", "limit", "limit"]
    assert [point.value for point in centre.points] == pytest.approx([limits.mean[0]] * 13)
    assert limits.upper[0] > 100
    assert {point.value for point in upper.points} == {100.0}
    assert [point.value for point in lower.points] == pytest.approx([limits.lower[0]] * 13)
    assert own.points[-1].mark == "signal"  # the measure has no polarity: neither good nor bad
    assert (chart.verdict, chart.trial) == ("signal", False)


def test_limits_stand_over_the_latest_unbroken_run_and_few_points_are_a_trial(make: Any) -> None:
    rows = [row for row in months(VALUES) if row["period"] != "2018-09"]
    level = make.fact("level", "visits", value=70.0, period_type="month", unit="percent")
    chart = drawn(make, "xmr", "visits", rows, [level])
    own, centre, *_ = chart.lines
    assert (len(own.points), centre.points[0].period, len(centre.points)) == (13, "2018-10", 8)
    assert (chart.trial, chart.verdict) == (True, "")


def test_a_break_starts_a_new_run(make: Any) -> None:
    rows = months(VALUES)
    rows[4]["status"] = "break"
    chart = drawn(make, "xmr", "visits", rows)
    assert chart.lines[1].points[0].period == rows[4]["period"]


def test_figures_that_share_their_data_have_no_control_limits(make: Any) -> None:
    level = make.fact("level", "visits", value=70.0, period_type="rolling_12m", unit="percent")
    rows = months(VALUES, period_type="rolling_12m")
    assert "not fit for control limits" in drawn(make, "xmr", "visits", rows, [level])


NAMES = ["Exampleshire", "Aford", "Bford", "Cford", "Dford"]
AREAS = Areas(
    areas={name: Area(kind="authority") for name in NAMES},
    peer_groups={"similar": PeerGroup(of="Exampleshire", members=tuple(NAMES[1:]))},
)
COUNTS = [(90, 100), (160, 200), (240, 300), (330, 400), (400, 500)]


def counted(counts: list[tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        {"indicator": "visits", "area": name, "value": 100 * x / n, "numerator": float(x),
         "denominator": float(n)}
        for name, (x, n) in zip(NAMES, counts, strict=True)
    ]  # fmt: skip


def test_a_funnel_puts_areas_over_their_denominators_between_limits(make: Any) -> None:
    level = make.fact("level", "visits", value=90.0)
    chart = drawn(make, "funnel", "visits", counted(COUNTS), [level], areas=AREAS,
                  comparators=("similar",))  # fmt: skip
    areas = [line for line in chart.lines if line.role in ("own", "member")]
    assert [line.points[0].of for line in areas] == [100.0, 200.0, 300.0, 400.0, 500.0]
    baseline = sum(x for x, _ in COUNTS) / sum(n for _, n in COUNTS)
    upper = next(line for line in chart.lines if line.category == "95 upper")
    last = upper.points[-1]
    assert last.value == pytest.approx(100 * float(proportion_limits(baseline, last.of, Z95)[1]))
    assert chart.verdict == "above"  # 90% of 100; the limits there are 73.7% and 89.0%


def test_a_funnel_without_an_areas_counts_says_whose(make: Any) -> None:
    rows = counted(COUNTS)
    rows[2]["numerator"] = float("nan")
    level = make.fact("level", "visits", value=90.0)
    why = drawn(make, "funnel", "visits", rows, [level], areas=AREAS, comparators=("similar",))
    assert "Bford has no numerator or denominator" in why
    few = drawn(make, "funnel", "visits", rows[:2], [level], areas=AREAS, comparators=("similar",))
    assert "fewer than 5 areas" in few


def test_the_limits_of_a_rate_agree_with_the_exact_verdicts_below_ten_events() -> None:
    of, baseline = 1000.0, 0.005
    lower, upper = rate_limits(baseline, of, Z95)
    verdicts = rate_places(np.arange(10.0), np.full(10, of), baseline)
    outside = [not lower * of <= x <= upper * of for x in range(10)]
    assert [bool(place) for place in verdicts] == outside


def test_a_slower_rhythm_has_no_gaps_between_its_figures(make: Any) -> None:
    keys = ["2018-06", "2018-09", "2018-12", "2019-03"]
    own = [{**row, "indicator": "plans"} for row in months([400.0 + m for m in range(13)])]
    england = [
        {"area": "England", "period": key, "value": 300.0, "period_type": "month"} for key in keys
    ]
    wanted = ChartBrief(kind="line", comparators=("England",))
    commission = make.commission(
        make.section("plans", charts=(wanted,)), rows=[*own, *england], charts="pictures"
    )
    chart = next(
        b for b in plan_report(commission, [], []).sections[0].blocks if isinstance(b, ChartPlan)
    )
    assert [point.period for point in chart.lines[1].points] == keys
    missing = [row for row in england if row["period"] != "2018-12"]
    longer = {**england[0], "period": "2018-03"}
    commission = make.commission(
        make.section("plans", charts=(wanted,)), rows=[*own, longer, *missing], charts="pictures"
    )
    chart = next(
        b for b in plan_report(commission, [], []).sections[0].blocks if isinstance(b, ChartPlan)
    )
    gaps = [point.period for point in chart.lines[1].points if point.value is None]
    assert gaps == ["2018-12"]


REBASE = Rebase(since=date(2018, 11, 1), change="a new recording system", author="A. Analyst",
                reason="visits are counted by day, not by week")  # fmt: skip


def with_visits(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """Every catalogue of these tests describes visits with `fields`."""
    real = Material.indicator
    monkeypatch.setattr(
        Material, "indicator",
        lambda self, code: replace(real(self, code), **fields) if code == "visits" else
        real(self, code),
    )  # fmt: skip


def test_limits_begin_anew_only_where_a_change_is_declared(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [50.0, 52, 51, 53, 50, 52, 80, 82, 81, 83, 80, 82, 81]
    [own, centre, *_] = drawn(make, "xmr", "visits", months(values)).lines
    assert len({point.value for point in centre.points}) == 1
    with_visits(monkeypatch, rebased=(REBASE,))
    chart = drawn(make, "xmr", "visits", months(values))
    centres = [line for line in chart.lines if line.role == "centre"]
    assert [line.until for line in centres] == ["2018-11", ""]
    assert centres[0].points[-1].period == "2018-10"
    assert [line.points[0].value for line in centres] == pytest.approx(
        [np.mean(values[:6]), np.mean(values[6:])]
    )
    assert chart.rebased[0].period == "2018-11"
    assert chart.trial  # seven points since: trial limits until there are twelve
    assert not any(point.mark for point in own.points[6:] if chart.rule)


def test_a_change_outside_the_run_is_none(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with_visits(monkeypatch, rebased=(replace(REBASE, since=date(2017, 1, 1)),))
    chart = drawn(make, "xmr", "visits", months(VALUES))
    assert (chart.rebased, len([x for x in chart.lines if x.role == "centre"])) == ((), 1)


def test_uneven_denominators_give_each_point_limits_of_its_own(make: Any) -> None:
    rows = months([90.0, 92, 88, 91, 89, 93, 90, 88, 92, 90, 91, 89, 90])
    for at, row in enumerate(rows):
        row["denominator"] = 100.0 if at % 2 else 400.0
        row["numerator"] = row["value"] * row["denominator"] / 100
    chart = drawn(make, "xmr", "visits", rows)
    lower = next(line for line in chart.lines if line.category == "lower")
    few, many = lower.points[1].value, lower.points[0].value
    assert few < many
    assert chart.cautions[0] == "uneven"
    x, n = [r["numerator"] for r in rows], [r["denominator"] for r in rows]
    limits = laney_limits(x, n)
    assert [p.value for p in lower.points] == pytest.approx(limits.lower[0].tolist())
    rows[3]["numerator"] = 999.0
    assert "differ more than twofold" in drawn(make, "xmr", "visits", rows)


def test_limits_of_equal_denominators_are_those_of_one_pair() -> None:
    values = np.array([80.0, 82, 79, 81, 85, 78])
    widened, plain = laney_limits(values, np.full(6, 100.0)), xmr_limits(values)
    assert widened.mean == pytest.approx(plain.mean)
    assert widened.upper[0] == pytest.approx(np.full(6, plain.upper[0]))
    assert laney_limits([0, 0, 0], [5, 9, 20]).upper[0].tolist() == [0, 0, 0]


def test_cautions_of_few_points_of_stocks_and_of_rare_events(make: Any) -> None:
    assert drawn(make, "xmr", "visits", months(VALUES)).cautions == ("few",)
    level = make.fact("level", "plans", value=2.0, period_type="snapshot")
    rows = [
        {**row, "indicator": "plans", "value": float(at % 3), "period_type": "snapshot"}
        for at, row in enumerate(months(VALUES))
    ]
    assert drawn(make, "xmr", "plans", rows, [level]).cautions == ("few", "stock", "rare")
    short = drawn(make, "xmr", "plans", rows[-8:], [level])
    assert short.cautions == ("trial", "stock", "rare")


GROUP = Areas(
    areas={"Exampleshire": Area(kind="authority")},
    peer_groups={"similar": PeerGroup(of="Exampleshire", members=("Aford", "Bford", "Cford"))},
)


def test_similar_authorities_are_a_line_of_their_median(make: Any) -> None:
    rows = months([50.0, 51, 52, 53])
    for area, shift in (("Aford", 1), ("Bford", 2), ("Cford", 30)):
        rows += [{**row, "area": area, "value": row["value"] + shift} for row in months([50.0] * 4)]
    del rows[-1]  # Cford has no figure for the last month
    rows = [row for row in rows if row["period"] != "2019-03" or row.get("area") != "Bford"]
    rows = [row for row in rows if row["period"] != "2019-03" or row.get("area") != "Cford"]
    chart = drawn(make, "line", "visits", rows, areas=GROUP, comparators=("similar",))
    median = next(line for line in chart.lines if line.area == "similar")
    assert median.role == "comparator"
    # In May two members are left; for March only one has a figure, and one is no group.
    assert [point.value for point in median.points] == [52.0, None, 52.0, 51.5]
