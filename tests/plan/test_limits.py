"""Control charts and funnels carry the facts room's limits, clipped to what can be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reporter.facts import Z95, proportion_limits, rate_limits, rate_places, xmr_limits
from reporter.plan import ChartPlan, plan_report
from reporter.sources import Area, Areas, ChartBrief, PeerGroup

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
