"""Tables point at facts cell by cell; charts hold like periods only, and gaps stay gaps."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reporter.plan import ChartPlan, ColumnPlan, DocumentPlan, TablePlan, plan_report
from reporter.plan.series import between
from reporter.sources import ChartBrief, Measure, TableBrief


def block(plan: DocumentPlan, kind: type) -> Any:
    return next((b for b in plan.sections[0].blocks if isinstance(b, kind)), None)


def planned(
    make: Any, section: Any, facts: Any = (), messages: Any = (), **given: Any
) -> DocumentPlan:
    commission = make.commission(section, **{"charts": "pictures", **given})
    known = [*facts, *(message.fact for message in messages)]
    return plan_report(commission, known, messages)


def months(first: int, last: int, **given: Any) -> list[dict[str, Any]]:
    return [
        {"period": f"2019-{month:02}", "value": 400.0 + month, **given}
        for month in range(first, last + 1)
    ]


# Tables


def test_a_scorecard_has_a_column_only_where_a_row_has_a_figure(make: Any) -> None:
    level = make.fact("level", "visits", value=80.7, numerator=793.0, denominator=983.0)
    moved = make.change("2019-04", 71.5, indicator="visits", value=80.7)
    target = make.fact(
        "target", "visits", value=80.7, comparator="minimum", comparator_value=90.0,
        minimum=90.0, upper=95.0, band="red",
    )  # fmt: skip
    count = make.fact("level", "referrals", value=62.0)
    wanted = TableBrief(kind="scorecard", show=("counts",))
    section = make.section("visits", "referrals", tables=(wanted,))
    table = block(planned(make, section, [level, moved, target, count]), TablePlan)
    assert [column.kind for column in table.columns] == [
        "measure", "previous", "numerator", "denominator", "current", "direction", "minimum",
        "upper", "band",
    ]  # fmt: skip
    first, second = table.rows
    assert [getattr(c.fact, c.field) for c in first.cells] == [
        71.5, 793.0, 983.0, 80.7, "up", 90.0, 95.0, "red",
    ]  # fmt: skip
    assert [cell.fact is None for cell in second.cells] == [
        True, True, True, False, True, True, True, True,
    ]  # fmt: skip
    assert {cell.why_not for cell in second.cells if cell.fact is None} == {"not_available"}


def test_an_arrow_is_told_from_a_figure_that_the_table_shows(make: Any) -> None:
    before = make.change("2019-04", 95.0, indicator="visits", value=90.0)
    last_year = {"base_label": "same_period_last_year", "indicator": "visits", "value": 90.0}
    facts = [
        make.fact("level", "visits", value=90.0), before, make.change("2018-05", 80.0, **last_year)
    ]  # fmt: skip
    for code in ("plans", "starts", "ends"):  # too few rows have a month before for a column
        facts += [
            make.fact("level", code, value=9.0),
            make.change(
                "2018-05", 8.0, value=9.0, indicator=code, base_label="same_period_last_year"
            ),
        ]
    codes = ("visits", "plans", "starts", "ends")
    section = make.section(*codes, tables=(TableBrief(kind="scorecard"),))
    table = block(planned(make, section, facts), TablePlan)
    kinds = [column.kind for column in table.columns]
    assert kinds == ["measure", "last_year", "current", "direction"]
    arrows = [row.cells[2].fact for row in table.rows]
    assert [fact.base_period for fact in arrows] == ["2018-05"] * 4


def test_rows_with_one_target_and_with_two_share_a_column(make: Any) -> None:
    both = {"comparator": "minimum", "comparator_value": 90.0, "minimum": 90.0, "upper": 95.0}
    facts = [
        make.fact("level", "visits", value=91.0), make.fact("level", "plans", value=7.0),
        make.fact("target", "visits", value=91.0, **both),
        make.fact("target", "plans", value=7.0, comparator="target", comparator_value=8.0),
    ]  # fmt: skip
    section = make.section("visits", "plans", tables=(TableBrief(kind="scorecard"),))
    table = block(planned(make, section, facts), TablePlan)
    assert [column.kind for column in table.columns] == ["measure", "current", "target"]
    assert [row.cells[1].field for row in table.rows] == ["bounds", "comparator_value"]


def test_a_comparison_puts_the_comparators_in_the_order_of_the_brief(make: Any) -> None:
    def against(name: str, value: float) -> Any:
        return make.fact(
            "comparator", value=149.0, comparator=name, comparator_value=value, ratio=149 / value
        )

    section = make.section("plans", tables=(TableBrief(kind="comparison"),))
    facts = [against("England", 45.0), against("Similar", 70.0)]
    plan = planned(make, section, facts, comparators=("Similar", "England"))
    assert block(plan, TablePlan).columns == (
        ColumnPlan("measure"), ColumnPlan("current"), ColumnPlan("comparator", "Similar"),
        ColumnPlan("comparator", "England"), ColumnPlan("ratio", "Similar"),
    )  # fmt: skip


def test_a_comparator_with_few_figures_has_a_note_and_no_column(make: Any) -> None:
    codes = ["plans", "starts", "ends", "referrals", "plans_rate"]
    facts = [
        make.fact("comparator", code, value=9.0, comparator="Similar", comparator_value=8.0)
        for code in codes
    ]
    facts.append(make.fact("comparator", value=9.0, comparator="England", comparator_value=7.0))
    section = make.section(*codes, tables=(TableBrief(kind="comparison"),))
    table = block(planned(make, section, facts, comparators=("Similar", "England")), TablePlan)
    assert [column.of for column in table.columns] == ["", "", "Similar"]
    assert table.too_few == ("England",)


def test_a_trend_has_the_last_six_like_periods_oldest_first(make: Any) -> None:
    rows = [
        *months(1, 5),
        *({**row, "period": f"2018-1{n}"} for n, row in enumerate(months(10, 12))),
        {"period": "2018/19", "period_type": "year", "basis": "financial_year", "value": 5000.0},
    ]
    level = make.fact("level", value=405.0)
    section = make.section("plans", tables=(TableBrief(kind="trend"),))
    table = block(planned(make, section, [level], rows=rows), TablePlan)
    assert [column.of for column in table.columns] == [
        "", "2018-12", "2019-01", "2019-02", "2019-03", "2019-04", "2019-05",
    ]  # fmt: skip
    assert [cell.fact.value for cell in table.rows[0].cells] == [
        412.0, 401.0, 402.0, 403.0, 404.0, 405.0,
    ]  # fmt: skip
    assert all(cell.fact.sources[0].row for cell in table.rows[0].cells)


def test_a_group_table_has_a_row_a_member(make: Any) -> None:
    facts = [
        make.fact("level", value=n, breakdown="age", category=name)
        for n, name in enumerate(["5 to 9", "0 to 4"], start=40)
    ]
    section = make.section(
        Measure(indicator="plans", breakdown="age"), tables=(TableBrief(kind="group"),)
    )
    table = block(planned(make, section, facts), TablePlan)
    assert table.columns == (ColumnPlan("category"), ColumnPlan("current"))
    assert [row.category for row in table.rows] == ["0 to 4", "5 to 9"]


def test_a_table_may_stand_in_place_of_sentences(make: Any) -> None:
    level = make.message(make.fact("level", value=1.0), "headline")
    section = make.section("plans", tables=(TableBrief(kind="scorecard", instead=True),))
    plan = planned(make, section, messages=[level])
    assert [type(b) for b in plan.sections[0].blocks] == [TablePlan]
    assert "table" in plan.left_out[0].why


def test_a_table_without_figures_is_left_out_and_said_so(make: Any) -> None:
    section = make.section("plans", tables=(TableBrief(kind="finance"),))
    plan = planned(make, section)
    assert block(plan, TablePlan) is None
    assert "no figures for the finance table" in {item.why for item in plan.left_out}


# Charts


def test_a_line_is_chosen_for_a_series_of_four_points_with_its_gaps(make: Any) -> None:
    rows = [row for row in months(1, 5) if row["period"] != "2019-03"]
    rows += [{"period": "2019-06", "value": 1.0}]
    rows += months(1, 5, area="England", basis="snapshot")
    level = make.message(make.fact("level", value=405.0), "headline")
    plan = planned(
        make, make.section("plans"), messages=[level], rows=rows, comparators=("England",)
    )
    chart = block(plan, ChartPlan)
    assert (chart.kind, chart.unit, chart.decimals) == ("line", "count", 0)
    own, england = chart.lines
    assert [(p.period, p.value) for p in own.points] == [
        ("2019-01", 401.0), ("2019-02", 402.0), ("2019-03", None), ("2019-04", 404.0),
        ("2019-05", 405.0),
    ]  # fmt: skip
    assert (england.role, len(england.points)) == ("comparator", 5)
    assert chart.messages == (level,)


def test_the_target_in_force_in_each_period_is_a_line(make: Any) -> None:
    targets = pd.DataFrame(
        [
            {**dict.fromkeys(make.targets.columns, ""), "indicator": "plans", "target": target,
             "start": pd.Timestamp(start), "end": pd.Timestamp(end)}
            for start, end, target in [
                ("2018-04-01", "2019-03-31", 90.0), ("2019-04-01", "2020-03-31", 95.0),
            ]
        ]
    )  # fmt: skip
    level = make.message(make.fact("level", value=405.0), "headline")
    plan = planned(
        make, make.section("plans"), messages=[level], rows=months(2, 5), targets=targets
    )
    target = block(plan, ChartPlan).lines[-1]
    assert target.role == "target"
    assert [point.value for point in target.points] == [90.0, 90.0, 95.0, 95.0]


def test_a_revised_figure_takes_the_place_of_the_first(make: Any) -> None:
    rows = months(1, 5, published="2019-06-01")
    rows += [{"period": "2019-05", "value": 500.0, "published": "2019-07-01"}]
    level = make.message(make.fact("level", value=500.0), "headline")
    chart = block(planned(make, make.section("plans"), messages=[level], rows=rows), ChartPlan)
    assert [point.value for point in chart.lines[0].points] == [401.0, 402.0, 403.0, 404.0, 500.0]


def test_bars_are_chosen_for_three_members_of_a_breakdown(make: Any) -> None:
    names = ["10 to 14", "5 to 9", "0 to 4"]
    rows = [
        {"breakdown": "age", "category": name, "value": float(n)} for n, name in enumerate(names)
    ]
    facts = [make.fact("level", value=row["value"], **_member(row)) for row in rows]
    section = make.section(Measure(indicator="plans", breakdown="age"))
    chart = block(planned(make, section, facts, rows=rows), ChartPlan)
    assert chart.kind == "bars"
    assert [(line.category, line.points[0].value) for line in chart.lines] == [
        ("0 to 4", 2.0), ("5 to 9", 1.0), ("10 to 14", 0.0),
    ]  # fmt: skip


def _member(row: dict[str, Any]) -> dict[str, Any]:
    return {"breakdown": row["breakdown"], "category": row["category"]}


def test_comparators_make_bars_where_there_is_no_course(make: Any) -> None:
    facts = [
        make.fact("comparator", value=149.0, comparator=name, comparator_value=value)
        for name, value in (("England", 45.0), ("Similar", 70.0))
    ]
    plan = planned(make, make.section("plans"), facts, comparators=("Similar", "England"))
    chart = block(plan, ChartPlan)
    assert [(line.area, line.role, line.points[0].value) for line in chart.lines] == [
        ("Exampleshire", "own", 149.0), ("Similar", "comparator", 70.0),
        ("England", "comparator", 45.0),
    ]  # fmt: skip


def test_no_chart_where_the_figures_allow_none_or_the_brief_wants_none(make: Any) -> None:
    level = make.message(make.fact("level", value=405.0), "headline")
    short = planned(make, make.section("plans"), messages=[level], rows=months(4, 5))
    assert block(short, ChartPlan) is None
    none = planned(make, make.section("plans", charts=()), messages=[level], rows=months(1, 5))
    assert block(none, ChartPlan) is None


def test_a_chart_that_cannot_be_drawn_is_left_out_and_said_so(make: Any) -> None:
    section = make.section("plans", charts=(ChartBrief(kind="flows"),))
    plan = planned(make, section)
    assert "too few figures for the flows chart" in {item.why for item in plan.left_out}


@pytest.mark.parametrize(
    ("first", "last", "keys"),
    [
        ("2018-11", "2019-02", ("2018-12", "2019-01")),
        ("2018/19-Q3", "2019/20-Q2", ("2018/19-Q4", "2019/20-Q1")),
        ("2015/16", "2018/19", ("2016/17", "2017/18")),
        ("AY2016/17", "AY2018/19", ("AY2017/18",)),
        ("2016", "2018", ("2017",)),
        ("2018-10-12", "2018-10-20", ()),
        ("2019-01", "2019-02", ()),
    ],
)
def test_missing_periods_have_keys(first: str, last: str, keys: tuple[str, ...]) -> None:
    assert between(first, last) == keys
