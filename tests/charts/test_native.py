"""Charts of Word's own are tested by their elements and by the cells of their workbooks."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from reporter.charts import NativeChart, Picture, native_chart
from reporter.charts.grids import Grid, evenly_spaced, grid_of, scale_of
from reporter.charts.native import NATIVE, why_not
from reporter.charts.style import FOCUS, OTHERS, PALETTE, SIGNALS
from reporter.prose import Chart
from tests.sample_report import CHARTS, MONTHS, OWN, Said, chart, line

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def sample(kind: str) -> Chart:
    return CHARTS[kind](Said()("Alternative text."))


def built(wanted: Chart) -> NativeChart:
    made = native_chart(wanted)
    assert isinstance(made, NativeChart)
    return made


def root_of(wanted: Chart) -> Any:
    return etree.fromstring(built(wanted).xml)


def cells_of(wanted: Chart) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(built(wanted).workbook))
    assert book.sheetnames == ["Sheet1"]
    return [[cell.value for cell in row] for row in book["Sheet1"].iter_rows()]


def cached(series: Any, of: str = "val") -> dict[int, str]:
    return {int(point.get("idx")): point.findtext(f"{C}v")
            for point in series.find(f"{C}{of}").iter(f"{C}pt")}  # fmt: skip


def one(root: Any, path: str) -> Any:
    found = root.find(f".//{C}" + path.replace("/", f"/{C}"))
    assert found is not None, path
    return found


def value(root: Any, path: str) -> str:
    return str(one(root, path).get("val"))


def words_of(root: Any) -> str:
    return " ".join(node.text or "" for node in root.iter(f"{A}t"))


def fill_of(node: Any) -> str:
    return str(node.find(f"{C}spPr/{A}solidFill/{A}srgbClr").get("val"))


@pytest.mark.parametrize("kind", [kind for kind in NATIVE if kind != "funnel"])
def test_cache_and_workbook_hold_the_points_of_the_plan_and_nothing_else(kind: str) -> None:
    wanted = sample(kind)
    root, cells = root_of(wanted), cells_of(wanted)
    planned = sorted(p.value for x in wanted.plan.lines for p in x.points if p.value is not None)
    sheet = [[row[at] for row in cells[1:]] for at in range(1, len(cells[0]))]
    assert sorted(v for column in sheet for v in column if v is not None) == pytest.approx(
        planned, rel=1e-12
    )
    series = root.findall(f".//{C}ser")
    assert len(series) == len(sheet)
    for drawn, column in zip(series, sheet, strict=True):
        held = {i: float(text) for i, text in cached(drawn).items()}
        assert held == {i: v for i, v in enumerate(column) if v is not None}
    names = [one(s, "tx/strRef/strCache/pt/v").text for s in series]
    assert names == cells[0][1:]


def test_a_gap_is_an_empty_cell_never_a_zero() -> None:
    root = root_of(sample("line"))
    own = root.find(f".//{C}ser")
    assert sorted(cached(own)) == [i for i, v in enumerate(OWN) if v is not None]
    assert value(root, "dispBlanksAs") == "gap"
    assert [row[1] for row in cells_of(sample("line"))][10] is None
    assert "A gap means that there is no figure." in built(sample("line")).notes


def test_months_are_dates_and_other_periods_their_names() -> None:
    cells = cells_of(sample("line"))
    assert [row[0] for row in cells[1:3]] == [datetime(2018, 5, 1), datetime(2018, 6, 1)]
    root = root_of(sample("line"))
    assert one(root, "dateAx/numFmt").get("formatCode") == "[$-809]mmmm yyyy"
    assert value(root, "dateAx/baseTimeUnit") == "months"
    assert list(cached(root_of(sample("bars")).find(f".//{C}ser"), "cat").values()) == [
        "2015/16", "2016/17", "2017/18", "2018/19",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["bars", "peers", "composition", "flows", "range"])
def test_bars_start_at_zero_on_the_only_value_axis(kind: str) -> None:
    root = root_of(sample(kind))
    assert float(value(root, "valAx/scaling/min")) == 0
    assert len(root.findall(f".//{C}valAx")) == 1
    for series in root.iter(f"{C}ser"):
        assert value(series, "invertIfNegative") == "0"


def test_lines_differ_by_more_than_colour_in_the_order_of_the_palette() -> None:
    series = root_of(sample("line")).findall(f".//{C}ser")
    looks = [s.find(f"{C}spPr/{A}ln") for s in series]
    colours = ["#" + x.find(f"{A}solidFill/{A}srgbClr").get("val") for x in looks]
    assert colours[:3] == list(PALETTE[:3])
    assert len({x.find(f"{A}prstDash").get("val") for x in looks}) == 4
    assert len({value(s, "marker/symbol") for s in series}) == 4
    assert {value(s, "smooth") for s in series} == {"0"}


def test_a_provisional_point_is_hollow_and_said_so() -> None:
    made = built(sample("line"))
    own = root_of(sample("line")).find(f".//{C}ser")
    points = own.findall(f"{C}dPt")
    assert [value(p, "idx") for p in points] == ["12"]
    assert fill_of(points[0].find(f"{C}marker")) == "FFFFFF"
    assert made.notes[0] == "Hollow points are provisional."


def test_a_signal_has_its_own_shape_and_colour_and_is_said() -> None:
    own = root_of(sample("xmr")).find(f".//{C}ser")
    points = {value(point, "idx"): point for point in own.findall(f"{C}dPt")}
    assert len(points) == 13  # each point of a control chart is judged
    assert value(points["11"], "marker/symbol") == "triangle"
    assert value(points["10"], "marker/symbol") == "circle"
    assert fill_of(points["11"].find(f"{C}marker")) == SIGNALS["signal"][0].lstrip("#")
    assert any("a signal of change" in note for note in built(sample("xmr")).notes)


def test_a_series_of_slower_rhythm_is_joined_unless_another_has_gaps() -> None:
    england = line("comparator", "England", [280.0, 285, 290, 284, 286], MONTHS[::3])
    for value, joined in ((300.0, True), (None, False)):
        own = line("own", "Anytown", [300.0, value, *(300.0 + i for i in range(11))])
        lines = chart("line", [own, england], ["Anytown", "England"], Said()("Alternative text."))
        if joined:
            assert root_of(lines).find(f".//{C}dispBlanksAs").get("val") == "span"
        else:
            assert "less often" in why_not(lines)


def test_lines_are_named_at_their_ends_or_in_a_key_above() -> None:
    apart = chart("line", [line("own", "Anytown", [50.0 + i for i in range(13)]),
                           line("comparator", "England", [20.0] * 13)],
                  ["Anytown", "England"], Said()("Alt."))  # fmt: skip
    root = root_of(apart)
    assert root.find(f".//{C}legend") is None
    for series in root.iter(f"{C}ser"):
        label = one(series, "dLbls/dLbl")
        shown = [value(label, tag) for tag in ("idx", "showSerName", "showVal", "dLblPos")]
        assert shown == ["12", "1", "1", "r"]


def test_a_cut_axis_says_so() -> None:
    wanted = chart("line", [line("own", "Anytown", [90.0 + i / 10 for i in range(13)])],
                   ["Anytown"], Said()("Alt."), decimals=1)  # fmt: skip
    root = root_of(wanted)
    assert 0 < float(value(root, "valAx/scaling/min")) < 90
    assert "does not start at zero" in words_of(root)


def test_peers_are_ranked_with_ours_marked_and_none_left_out() -> None:
    cells = cells_of(sample("peers"))
    names = [row[0] for row in cells[1:]]
    assert names[0] == "Easton"
    assert names[-2:] == ["Westford: no figure", "Target"]
    series = root_of(sample("peers")).find(f".//{C}ser")
    assert fill_of(series) == OTHERS.lstrip("#")
    ours = next(p for p in series.findall(f"{C}dPt")
                if value(p, "idx") == str(names.index("Anytown")))  # fmt: skip
    assert fill_of(ours) == FOCUS.lstrip("#")
    assert value(root_of(sample("peers")), "catAx/scaling/orientation") == "maxMin"


def test_parts_are_stacked_and_named_beside() -> None:
    root = root_of(sample("composition"))
    assert (value(root, "grouping"), value(root, "overlap")) == ("stacked", "100")
    assert value(root, "legend/legendPos") == "r"


@pytest.mark.parametrize("kind", NATIVE)
def test_text_is_level_and_as_large_as_in_the_pictures(kind: str) -> None:
    root = root_of(sample(kind))
    sizes = {int(node.get("sz")) for node in root.iter() if node.get("sz")}
    assert min(sizes) >= 1000
    assert not {node.get("rot") for node in root.iter(f"{A}bodyPr")} - {None, "0", "1", "600"}
    assert value(root, "roundedCorners") == "0"


@pytest.mark.parametrize("kind", NATIVE)
def test_elements_stand_in_the_order_of_the_schema(kind: str) -> None:
    orders = {
        "chartSpace": "date1904 lang roundedCorners chart spPr txPr externalData",
        "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs "
                 "showDLblsOverMax",
        "catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark "
                 "minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset "
                 "tickLblSkip tickMarkSkip noMultiLvlLbl",
        "dateAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark "
                  "minorTickMark tickLblPos spPr txPr crossAx crosses auto lblOffset "
                  "baseTimeUnit majorUnit majorTimeUnit",
        "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark "
                 "minorTickMark tickLblPos spPr txPr crossAx crosses crossBetween majorUnit",
        "ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val xVal yVal smooth",
        "scatterChart": "scatterStyle varyColors ser axId",
        "dLbl": "idx layout numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
                "showPercent showBubbleSize separator",
        "dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
                 "showPercent showBubbleSize extLst",
    }  # fmt: skip
    root = root_of(sample(kind))
    for tag, order in orders.items():
        known = order.split()
        for node in root.iter(C + tag):
            places = [known.index(etree.QName(child).localname) for child in node]
            assert all(a <= b for a, b in pairwise(places)), (tag, places)


def test_ids_of_axes_are_numbers_the_schema_allows() -> None:
    for kind in NATIVE:
        for node in root_of(sample(kind)).iter(f"{C}axId", f"{C}crossAx"):
            assert node.get("val").isdigit()


def test_what_word_cannot_draw_comes_as_a_picture_that_says_why() -> None:
    years = ["2012/13", "2015/16", "2016/17", "2018/19"]
    uneven = chart("line", [line("own", "A", [1.0, 2, 3, 4], years)], ["A"], Said()("Alt."),
                   periods=tuple(years))  # fmt: skip
    again = native_chart(uneven)
    assert isinstance(again, Picture)
    assert again.instead_of == "its periods are not evenly spaced"


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_with_no_figures_at_all_is_a_picture(kind: str) -> None:
    full = sample(kind)
    lines = tuple(
        replace(x, points=tuple(point._replace(value=None, mark="") for point in x.points))
        for x in full.plan.lines
    )
    assert isinstance(native_chart(replace(full, plan=replace(full.plan, lines=lines))), Picture)


def test_a_name_is_never_a_formula() -> None:
    lines = [line("member", "A", [2.0], ["2018/19"]), line("member", "A", [1.0], ["2018/19"])]
    names = ['=HYPERLINK("https://example.org")', "<b> & {x} 📈"]
    wanted = chart("bars", lines, names, Said()("Alt."), periods=("2018/19",))
    cells = cells_of(wanted)
    assert [row[0] for row in cells[1:]] == names
    book = load_workbook(io.BytesIO(built(wanted).workbook))
    assert book["Sheet1"]["A2"].data_type == "s"
    assert list(cached(root_of(wanted).find(f".//{C}ser"), "cat").values()) == names


def test_negative_bars_have_room_and_names_stand_clear() -> None:
    heads = ["Fostering", "Home care"]
    lines = [line("member", "A", [v], ["2018/19"], n)
             for n, v in zip(heads, [-544_000.0, 2_763_000.0], strict=True)]  # fmt: skip
    root = root_of(chart("bars", lines, heads, Said()("Alt."), periods=("2018/19",)))
    assert float(value(root, "valAx/scaling/min")) < -544_000
    assert value(root, "catAx/tickLblPos") == "low"


def test_steps_are_round_and_few() -> None:
    for high in (0.03, 0.7, 3.0, 47.0, 99.0, 2_763_000.0):
        grid = Grid("columns", ("a",), (grid_of(sample("bars")).columns[0],))
        grid = replace(grid, columns=(replace(grid.columns[0], values=(high,)),))
        step = scale_of(grid, "count", 3).step
        assert re.fullmatch(r"[125]|2\.5", f"{step / 10 ** len(str(int(step))):.4g}"
                            .lstrip("0.") or "1") or step < 1  # fmt: skip
        assert high / 5 <= step <= high


def test_evenly_spaced_periods() -> None:
    assert evenly_spaced(["2018/19-Q1", "2018/19-Q2", "2018/19-Q3"])
    assert evenly_spaced(["2019-W01", "2019-W02", "2019-W03"])
    assert not evenly_spaced(["2018/19-Q1", "2018/19-Q2", "2019/20-Q3"])


def test_two_processes_give_the_same_bytes() -> None:
    code = (
        "import hashlib, sys\n"
        "from reporter.charts import native_chart\n"
        "from tests.sample_report import CHARTS, Said\n"
        "made = [native_chart(CHARTS[k](Said()('Alt.'))) for k in sys.argv[1:]]\n"
        "print([hashlib.sha256(m.xml + m.workbook).hexdigest() for m in made])\n"
        "assert 'matplotlib' not in sys.modules\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code, *NATIVE], check=True, capture_output=True,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1] != b""


def test_a_funnel_is_a_scatter_with_the_points_of_the_plan_and_only_ours_named() -> None:
    wanted = sample("funnel")
    root = root_of(wanted)
    assert root.find(f".//{C}scatterChart") is not None
    series = {one(s, "tx/strRef/strCache/pt/v").text: s for s in root.iter(f"{C}ser")}
    assert [*series] == ["Other areas", "Anytown", "Average of these areas", "95% limits",
                         "99.8% limits"]  # fmt: skip
    others = [x.points[0] for x in wanted.plan.lines if x.role == "member"]
    assert [float(v) for v in cached(series["Other areas"], "xVal").values()] == [
        p.of for p in others
    ]
    assert [float(v) for v in cached(series["Other areas"], "yVal").values()] == [
        p.value for p in others
    ]
    assert list(cached(series["Anytown"], "yVal").values()) == ["21.0"]
    assert 40 not in cached(series["95% limits"], "yVal")  # between the two curves
    assert len(cached(series["95% limits"], "yVal")) == 80
    cells = cells_of(wanted)
    assert cells[0] == [word for name in series for word in ("Number of plans", name)]
    assert [row[3] for row in cells[1:3]] == [21.0, None]
    assert "Area 3" not in built(wanted).xml.decode()
    labels = root.findall(f".//{C}dLbl")
    assert len(labels) == 1
    assert value(labels[0], "dLblPos") in "tblr"


def ends_of(root: Any) -> list[Any]:
    return [one(series, "dLbls/dLbl") for series in root.iter(f"{C}ser")]


def test_names_at_the_ends_of_near_lines_are_moved_apart() -> None:
    near = [line("own", "Anytown", [300.0 + i for i in range(13)]),
            line("comparator", "England", [312.4] * 13),
            line("comparator", "North West", [311.6] * 13)]  # fmt: skip
    wanted = chart("line", near, ["Anytown", "England", "North West"], Said()("Alt."))
    root = root_of(wanted)
    assert root.find(f".//{C}legend") is None
    height = built(wanted).height_mm / 25.4 * 72
    down = [
        float(label.find(f"{C}layout/{C}manualLayout/{C}y").get("val")) * height
        if label.find(f"{C}layout") is not None else 0.0
        for label in ends_of(root)
    ]  # fmt: skip
    scale = scale_of(grid_of(wanted), "count", 0)
    at = [165 * (scale.high - v) / (scale.high - scale.low) for v in (312.0, 312.4, 311.6)]
    places = sorted(a + b for a, b in zip(at, down, strict=True))
    assert all(b - a >= 14 for a, b in pairwise(places))


def test_the_name_of_a_line_that_ends_early_stands_beside_the_plot_with_a_line_to_it() -> None:
    early = line("comparator", "England", [280.0] * 9 + [None] * 4)
    root = root_of(chart("line", [line("own", "Anytown", [300.0] * 13), early],
                         ["Anytown", "England"], Said()("Alt.")))  # fmt: skip
    label = ends_of(root)[1]
    assert value(label, "idx") == "8"
    assert float(value(label, "layout/manualLayout/x")) > 0.1
    assert b"showLeaderLines" in etree.tostring(root)


def test_names_too_long_for_the_ends_stand_in_a_key() -> None:
    name = "The Borough of Llanfairpwllgwyngyll and the Isles and their Hinterland"
    lines = [line("own", "A", [1.0] * 13), line("comparator", "B", [2.0] * 13)]
    root = root_of(chart("line", lines, [name, "B"], Said()("Alt.")))
    assert value(root, "legend/legendPos") == "t"
    assert root.find(f".//{C}dLbls") is None


def test_sums_look_as_in_the_text() -> None:
    lines = [line("member", "A", [v], ["2018/19"], n)
             for n, v in (("Care", 2_763_499.0), ("Homes", 512_500.0))]  # fmt: skip
    wanted = chart("bars", lines, ["Care", "Homes"], Said()("Alt."), unit="money",
                   periods=("2018/19",))  # fmt: skip
    root = root_of(wanted)
    [single] = root.findall(f".//{C}dLbl")
    form = single.find(f"{C}numFmt").get("formatCode")
    assert form.split(";")[0] == '"£"#,##0.00,,"\u00a0million"'
    assert [row[1] for row in cells_of(wanted)[1:]] == [2_760_000, 513_000]
    assert '" million"' in one(root, "valAx/numFmt").get("formatCode")


def test_a_figure_too_small_to_show_is_no_nought() -> None:
    lines = [line("member", "A", [v], ["2018/19"], n) for n, v in (("B", 0.04), ("C", 0.0))]
    root = root_of(chart("bars", lines, ["B", "C"], Said()("Alt."), unit="percent", decimals=1,
                         periods=("2018/19",)))  # fmt: skip
    [single] = root.findall(f".//{C}dLbl")
    assert single.find(f"{C}numFmt").get("formatCode") == '"less than 0.1%"'


def test_an_axis_of_months_names_the_last_of_them() -> None:
    months = [f"{2022 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}" for m in range(36)]
    root = root_of(chart("line", [line("own", "A", [40.0 + m for m in range(36)], months)], ["A"],
                         Said()("Alt."), periods=tuple(months)))  # fmt: skip
    first = int(value(root, "dateAx/scaling/min"))
    every = int(value(root, "dateAx/majorUnit"))
    assert (date(1899, 12, 30) + timedelta(first)) == date(2022, 3, 1)
    assert value(root, "dateAx/majorTimeUnit") == "months"
    assert 36 % every == 0


def test_an_axis_of_months_with_a_figure_a_year_names_months_that_have_one() -> None:
    years = [f"{2016 + year}-03" for year in range(10) if year != 4]
    values = [40.0 + at for at in range(9)]
    root = root_of(chart("line", [line("own", "A", values, years)], ["A"], Said()("Alt."),
                         periods=tuple(years)))  # fmt: skip
    first = date(1899, 12, 30) + timedelta(int(value(root, "dateAx/scaling/min")))
    every = int(value(root, "dateAx/majorUnit"))
    assert (first.month, every % 12) == (3, 0)
    assert 24 <= every <= 48
