"""A report in words with every kind of block, for the tests of charts and document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from reporter.facts import KINDS, Fact, Source
from reporter.plan import ChartPlan, LinePlan, PointPlan
from reporter.prose import (
    AuthorParagraph,
    BulletList,
    Cell,
    Chart,
    ChartWords,
    Column,
    Paragraph,
    Prompt,
    RealisedReport,
    RealisedSection,
    Row,
    Statement,
    Table,
    load_lexicon,
)
from reporter.prose.chart_words import as_shown, figures_of, notes_of, words_of
from reporter.prose.voice import Voice
from reporter.sources import Areas, Brief, Catalogue, Officer, Style

RULES = Path(__file__).parents[1] / "rules"

MONTHS = [f"{2018 + (m + 4) // 12}-{(m + 4) % 12 + 1:02d}" for m in range(13)]
NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"]  # fmt: skip
LABELS = tuple(f"{NAMES[int(m[5:]) - 1]} {m[:4]}" for m in MONTHS)


def change(value: float = 429, base: float = 257) -> Fact:
    return KINDS["change"](
        indicator="cp_plans", area="Anytown", period="2019-05", period_type="snapshot", value=value,
        unit="count", base_period="2018-07", base_value=base, result=value - base,
        result_unit="count", direction="up", base_label="baseline",
        sources=(Source("observations.csv", 12), Source("observations.csv", 15)),
    )  # fmt: skip


class Said:
    """Statements with ids in order."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, text: str, bold: tuple[tuple[int, int], ...] = ()) -> Statement:
        self.count += 1
        return Statement(f"s{self.count:03d}", text, (change(),), ("change-material",), bold=bold)


def line(role: str, area: str, values: list[float | None], periods: list[str] | None = None,
         category: str = "", marks: dict[int, str] | None = None) -> LinePlan:  # fmt: skip
    points = tuple(
        PointPlan(p, v, (marks or {}).get(i, ""))
        for i, (p, v) in enumerate(zip(periods or MONTHS, values, strict=False))
    )
    return LinePlan("cp_plans", area, "", category, role, points)


def chart(kind: str, lines: list[LinePlan], labels: list[str], alt: Statement, *,
          unit: str = "count", decimals: int = 0, title: str = "Plans are at a peak",
          periods: tuple[str, ...] = LABELS, value_label: str = "Children",
          caption: str = "Children subject to a child protection plan") -> Chart:  # fmt: skip
    plan = ChartPlan(kind, caption, tuple(lines), (), unit, decimals)
    return worded(
        Chart(plan, title, "Anytown, month end, May 2018 to May 2019", value_label, tuple(labels),
              periods, caption, SOURCE, alt, BARE, ())
    )  # fmt: skip


BARE = ChartWords("", "", "", "", "", "", "", "")


@cache
def standard_voice() -> Voice:
    """The house's voice over no measures."""
    return Voice(load_lexicon([RULES]), Catalogue(indicators={}), Areas(areas={}), Style())


def worded(made: Chart) -> Chart:
    """`made` with the figures, words and notes that prose writes for its plan."""
    plan = as_shown(made.plan)
    voice = standard_voice()
    return replace(
        made,
        plan=plan,
        words=words_of(plan, made.value_label, made.period_labels, voice),
        shown=figures_of(plan, voice),
        notes=tuple(notes_of(plan, voice)),
    )


SOURCE = "Source: Children in need census"
OWN = [257.0, 262, 271, 280, 285, 291, 310, 333, 352, None, 390, 412, 429]


def line_chart(alt: Statement) -> Chart:
    return chart(
        "line",
        [line("own", "Anytown", OWN, marks={12: "provisional"}),
         line("comparator", "England", [300 + i for i in range(13)]),
         line("comparator", "North West", [304 + i * 0.6 for i in range(13)]),
         line("target", "", [300.0] * 13)],
        ["Anytown", "England", "North West", "Target"],
        alt,
    )  # fmt: skip


def peers_chart(alt: Statement) -> Chart:
    names = [
        "Anytown",
        "Riverton",
        "Northcliffe-on-Sea and the Marshes",
        "Easton",
        "Westford",
        "England",
    ]
    values: list[float | None] = [61.2, 48.9, 55.0, 70.4, None, 43.1]
    roles = ["own", "member", "member", "member", "member", "comparator"]
    lines = [line(r, n, [v], ["2018/19"]) for r, n, v in zip(roles, names, values, strict=True)]
    lines.append(line("target", "", [50.0], ["2018/19"]))
    return chart("peers", lines, [*names, "Target"], alt, unit="rate_10000", decimals=1,
                 periods=("2018/19",), value_label="Rate per 10,000 children",
                 caption="Child protection plans per 10,000 children")  # fmt: skip


def composition_chart(alt: Statement) -> Chart:
    years = ["2014/15", "2015/16", "2016/17", "2017/18", "2018/19"]
    parts = {"Foster care": [300, 310, 330, 345, 350], "Residential homes": [40, 44, 47, 52, 61],
             "Placed with parents": [30, 28, 25, 31, 35], "Other": [9, 8, 6, 5, 3]}  # fmt: skip
    lines = [line("member", "Anytown", list(v), years, k) for k, v in parts.items()]
    return chart("composition", lines, list(parts), alt, periods=tuple(years),
                 caption="Children in care by placement")  # fmt: skip


def flows_chart(alt: Statement) -> Chart:
    starts = line("member", "Anytown", [30.0 + (i * 7) % 11 for i in range(13)], category="starts")
    ends = line("member", "Anytown", [25.0 + (i * 5) % 9 for i in range(13)], category="ends")
    return chart("flows", [starts, ends], ["Plans started", "Plans ended"], alt,
                 caption="Child protection plans started and ended")  # fmt: skip


def range_chart(alt: Statement) -> Chart:
    teams = ["Assessment", "North", "South", "Care leavers", "Disabled children"]
    values = [14.2, 18.9, 22.4, 17.1, 12.0]
    lines = [line("member", "Anytown", [v - 2, v], ["2018-05", "2019-05"], t)
             for t, v in zip(teams, values, strict=True)]  # fmt: skip
    lines.append(line("own", "Anytown", [17.3], ["2019-05"]))
    return chart("range", lines, [*teams, "Anytown"], alt, decimals=1,
                 periods=("May 2018", "May 2019"), value_label="Children per social worker",
                 caption="Caseload by team")  # fmt: skip


def xmr_chart(alt: Statement) -> Chart:
    values = [12.0, 14, 13, 12, 15, 11, 13, 14, 12, 13, 12, 22, 13]
    return chart("xmr", [line("own", "Anytown", list(values), marks={11: "signal"}),
                         line("centre", "", [13.4] * 13), line("limit", "", [20.1] * 13),
                         line("limit", "", [6.7] * 13)],
                 ["Anytown", "Mean", "Upper limit", "Lower limit"], alt,
                 caption="Referrals a week")  # fmt: skip


def bars_chart(alt: Statement) -> Chart:
    years = ["2015/16", "2016/17", "2017/18", "2018/19"]
    lines = [line("own", "Anytown", [7.2, 8.1, None, 9.4], years)]
    return chart("bars", lines, ["Anytown"], alt, unit="percent", decimals=1, periods=tuple(years),
                 value_label="Per cent of referrals", caption="Repeat referrals")  # fmt: skip


def funnel_chart(alt: Statement) -> Chart:
    across = [80.0 + 23 * i for i in range(40)]
    areas = [
        LinePlan("cp_plans", "Anytown" if i == 4 else f"Area {i}", "", "",
                 "own" if i == 4 else "member",
                 (PointPlan("2018/19", 15.0 + (i * 7) % 11, "", 100.0 + 60 * i),))
        for i in range(14)
    ]  # fmt: skip
    curves: list[tuple[str, str, float]] = [
        ("centre", "", 0.0), ("limit", "95 upper", 1.96), ("limit", "95 lower", -1.96),
        ("limit", "99.8 upper", 3.09), ("limit", "99.8 lower", -3.09),
    ]  # fmt: skip
    lines = [
        LinePlan("cp_plans", "Anytown", "", name, role,  # type: ignore[arg-type]
                 tuple(PointPlan("2018/19", 20 + z * (1600 / n) ** 0.5, "", n) for n in across))
        for role, name, z in curves
    ]  # fmt: skip
    labels = ["Other areas"] * 14 + ["Average of these areas", "95% limits", "95% limits",
                                      "99.8% limits", "99.8% limits"]  # fmt: skip
    made = chart("funnel", [*areas, *lines], labels, alt, unit="percent", decimals=1,
                 periods=("2018/19",), value_label="Per cent", caption="Repeat plans")  # fmt: skip
    return replace(made, across_label="Number of plans")


CHARTS = {
    "line": line_chart, "peers": peers_chart, "composition": composition_chart,
    "flows": flows_chart, "range": range_chart, "xmr": xmr_chart, "bars": bars_chart,
    "funnel": funnel_chart,
}  # fmt: skip


def table(said: Said, kind: str = "scorecard") -> Table:
    columns = (Column("Measure", False), Column("May 2019", True), Column("Target", True),
               Column("May 2018", True), Column("Status", False),
               Column("Direction", False))  # fmt: skip
    rows = []
    for name, *rest in (
        ("Visits to children on a child protection plan in the past four weeks", "94.3%", "95.0%",
         "91.0%", "Amber", "Improved ▲"),
        ("Care leavers in education, employment or training", "59.9%", "75.0%", "67.6%", "Red",
         "Worse ▼"),
        ("Reviews within statutory timescales", "99.0%", "98.0%", "96.0%", "Green", "Improved ▲"),
    ):  # fmt: skip
        cells = [Cell(name), *(Cell(text, text.lower() if text.lower() in ("red", "amber", "green")
                                    else "") for text in rest)]  # fmt: skip
        rows.append(Row(tuple(cells), said("; ".join(cell.text for cell in cells))))
    return Table(kind, "Measures against their targets, May 2019", columns, tuple(rows),
                 ("Figures are rounded.",))  # fmt: skip


def brief(**changes: object) -> Brief:
    given: dict[str, object] = {
        "title": "Children's services performance update",
        "area": "Anytown",
        "council": "Anytown Council",
        "committee": "Children and Young People's Scrutiny Committee",
        "meeting_date": date(2019, 6, 20),
        "period": "2019-05",
        "officers": {
            "report_of": Officer(name="A Person", role="Director of Children's Services"),
            "contact": Officer(name="B Person", role="Performance Manager",
                               telephone="01234 567890",
                               email="b.person@example.org"),
        },
        "texts": {"purpose": ("To report on performance to the end of May 2019.",),
                  "recommendations": ("Note the report.", "Say where more detail is wanted.")},
        "outline": (),
    }  # fmt: skip
    return Brief(**{**given, **changes})


def report(**changes: object) -> RealisedReport:
    said = Said()
    first = said("The number of children subject to a plan rose from 257 in July 2018 to 429.",
                 ((4, 46),))  # fmt: skip
    second = said("This is the highest for a year.")
    plans = RealisedSection(
        "Child protection plans",
        (
            AuthorParagraph("The service was inspected in November 2018. Since then:\n"
                            "- a new front door has opened;\n- two teams have merged."),
            Paragraph((first, second)),
            BulletList((said("Under one: 61 children, up from 40."), said("One to four: 101."))),
            Prompt(said("why did the number of plans rise by 172?")),
            line_chart(said("Line chart. Children subject to a plan rose from 257 to 429.")),
            Paragraph((said("The rate was above that of similar authorities."),)),
            peers_chart(said("Bar chart of six areas. Anytown's 61.2 is the second highest.")),
        ),
        (
            RealisedSection("Starts and ends", (
                Paragraph((said("More plans started than ended in each month."),)),
                flows_chart(said("Bar chart. Starts exceeded ends throughout the year.")),
                range_chart(said("Dot chart of five teams. Caseloads run from 12.0 to 22.4.")),
            )),
        ),
    )  # fmt: skip
    care = RealisedSection("Children in care", (
        Paragraph((said("There were 449 children in care at the end of May 2019."),)),
        table(said),
        Paragraph((said("Two of three measures improved."),)),
        composition_chart(said("Stacked bars. Foster care holds most children throughout.")),
        xmr_chart(said("Control chart. One point in April 2019 is a signal.")),
        bars_chart(said("Bar chart. Repeat referrals rose from 7.2% to 9.4%.")),
    ))  # fmt: skip
    return RealisedReport(brief(**changes), "May 2019", (plans, care))
