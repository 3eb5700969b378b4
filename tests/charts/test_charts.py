"""Charts are tested by their artists, not their pixels."""

from __future__ import annotations

import struct
import subprocess
import sys
from calendar import month_name
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from reporter.charts import draw_chart
from reporter.charts.style import FOCUS, PALETTE, SETTINGS, TEXT, spread, text_width, wrapped
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart
from tests.sample_report import CHARTS, LABELS, MONTHS, Said, chart, line


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Draws a chart and gives its figure."""

    def draw(wanted: Chart) -> Figure:
        figures: list[Figure] = []
        original = FigureCanvasAgg.draw

        def keep(self: Any) -> None:
            figures.append(self.figure)
            original(self)

        monkeypatch.setattr(FigureCanvasAgg, "draw", keep)
        draw_chart(wanted)
        return figures[0]

    return draw


def sample(kind: str) -> Chart:
    return CHARTS[kind](Said()("Alternative text."))


def words_of(figure: Figure) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text() and t.get_visible()]


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_chart_gives_the_same_bytes(kind: str) -> None:
    first, second = draw_chart(sample(kind)), draw_chart(sample(kind))
    assert first == second
    assert b"Software" not in first.png
    width, height = struct.unpack(">II", first.png[16:24])
    assert width == pytest.approx(160 / 25.4 * 200, abs=1)
    assert first.width_mm == 160.0
    assert height == pytest.approx(first.height_mm / 25.4 * 200, abs=1)


def three_years(kind: str) -> Chart:
    """36 months under their full names, which are of unlike length."""
    months = [f"{2022 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}" for m in range(36)]
    names = tuple(f"{month_name[int(m[5:])]} {m[:4]}" for m in months)
    rising = [40.0 + m for m in range(36)]
    lines = [
        line("own", "Anytown", rising, months),
        line("member", "Anytown", rising[::-1], months, "Ended"),
    ]
    alt = Said()("Alternative text.")
    return chart(kind, lines, ["Anytown and the Isles", "Ended"], alt, periods=names)


@pytest.mark.parametrize("kind", CHARTS)
def test_words_are_legible_level_and_apart(kind: str, drawn: Any) -> None:
    assert_apart(drawn(sample(kind)))


@pytest.mark.parametrize("kind", ["line", "flows"])
def test_months_of_three_years_stand_apart_and_on_the_page(kind: str, drawn: Any) -> None:
    assert_apart(drawn(three_years(kind)))


def assert_apart(figure: Figure) -> None:
    """All words are large enough, level, on the page, and clear of each other."""
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        boxes = []
        canvas: Any = figure.canvas
        renderer = canvas.get_renderer()
        page = figure.bbox.padded(3)
        for text in figure.findobj(Text):
            if not text.get_text() or not text.get_visible():
                continue
            assert text.get_fontsize() >= TEXT
            assert text.get_rotation() == 0
            # The box of an annotation takes in its arrow; that of its words alone is wanted.
            box = Text.get_window_extent(text, renderer)
            assert page.contains(box.x0, box.y0), text.get_text()
            assert page.contains(box.x1, box.y1), text.get_text()
            boxes.append((text.get_text(), box))
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a.x1 <= b.x0 + 2 or b.x1 <= a.x0 + 2 or a.y1 <= b.y0 + 3 or b.y1 <= a.y0 + 3
        assert apart, f"{one!r} stands on {other!r}"


@pytest.mark.parametrize("kind", ["bars", "peers", "composition", "flows", "range"])
def test_bars_start_at_zero(kind: str, drawn: Any) -> None:
    axes = drawn(sample(kind)).axes[0]
    low, _ = axes.get_xlim() if kind in ("peers", "range") else axes.get_ylim()
    assert low == 0
    assert len(axes.figure.axes) == 1


def test_a_line_has_gaps_for_what_is_missing_and_says_so(drawn: Any) -> None:
    figure = drawn(sample("line"))
    own = next(a for a in figure.axes[0].lines if a.get_label() == "own")
    values = list(own.get_ydata())
    assert [str(v) for v in values].count("nan") == 1
    assert values[-1] == 429
    assert "A gap means that there is no figure." in "".join(words_of(figure))


def test_lines_differ_by_more_than_colour_and_are_named_at_their_ends(drawn: Any) -> None:
    figure = drawn(sample("line"))
    lines = [a for a in figure.axes[0].lines if len(a.get_xdata()) > 1]
    looks = {(a.get_color(), str(a.get_linestyle()) + str(a._dash_pattern)) for a in lines}  # type: ignore[attr-defined]
    assert len({dash for _, dash in looks}) == len(lines)
    assert len({a.get_marker() for a in lines if a.get_label() != "target"}) == 3
    assert {"Anytown 429", "England 312", "Target 300"} <= set(words_of(figure))
    assert figure.axes[0].get_legend() is None


def test_a_provisional_point_is_hollow_and_a_signal_is_marked(drawn: Any) -> None:
    hollow = [a for a in drawn(sample("line")).axes[0].lines if a.get_label() == "provisional"]
    assert [a.get_markerfacecolor() for a in hollow] == ["white"]
    figure = drawn(sample("xmr"))
    signals = [a for a in figure.axes[0].lines if a.get_label() == "signal"]
    assert [list(a.get_ydata()) for a in signals] == [[22.0]]
    assert any("purple triangle: a signal of change" in words for words in words_of(figure))


def test_special_causes_differ_by_colour_shape_and_word(drawn: Any) -> None:
    values: list[float | None] = [12.0, 14, 13, 30, 15, 2, 13]
    marks = {3: "improvement", 5: "provisional concern"}
    own = line("own", "Anytown", values, MONTHS[:7], marks=marks)
    wanted = chart("xmr", [own], ["Anytown"], Said()("Alternative."), periods=LABELS[:7])
    figure = drawn(replace(wanted, plan=replace(wanted.plan, trial=True)))
    points = {a.get_label(): a for a in figure.axes[0].lines if len(a.get_xdata()) == 1}
    good, bad = points["improvement"], points["provisional concern"]
    assert (good.get_marker(), good.get_markerfacecolor()) == ("D", "#00B0F0")
    assert (bad.get_marker(), bad.get_markerfacecolor()) == ("s", "white")
    assert bad.get_markeredgecolor() == "#E46C0A"
    said = " ".join(words_of(figure)).replace("\n", " ")
    for words in ("improvement", "cause for concern", "normal variation", "Trial limits"):
        assert words in said
    assert_apart(figure)


def test_a_line_of_slower_rhythm_joins_its_points(drawn: Any) -> None:
    quarters = MONTHS[::3]
    lines = [
        line("own", "Anytown", [300.0 + i for i in range(13)]),
        line("comparator", "England", [280.0, 285, 290, 284, 286], quarters),
    ]
    wanted = chart("line", lines, ["Anytown", "England"], Said()("Alternative text."))
    england = [a for a in drawn(wanted).axes[0].lines if a.get_label() == "comparator"]
    assert list(england[0].get_ydata()) == [280.0, 285, 290, 284, 286]  # nothing missing between


def test_a_funnel_marks_and_names_ours_alone_among_its_limits(drawn: Any) -> None:
    areas = [("own", "Anytown", 90.0, 100.0), ("member", "Riverton", 80.0, 200.0),
             ("member", "Easton", 82.0, 400.0)]  # fmt: skip
    lines = [
        LinePlan("visits", name, "", "", role, (PointPlan("2019-05", value, of=of),))  # type: ignore[arg-type]
        for role, name, value, of in areas
    ]
    for role, category, width in (
        ("centre", "", 0), ("limit", "95 upper", 8), ("limit", "95 lower", -8),
        ("limit", "99.8 upper", 13), ("limit", "99.8 lower", -13),
    ):  # fmt: skip
        curve = tuple(PointPlan("2019-05", 81.0 + width * 10 / n**0.5, of=n) for n in (80.0, 420.0))
        lines.append(LinePlan("visits", "", "", category, role, curve))  # type: ignore[arg-type]
    labels = ["Anytown", "Other areas", "Other areas", "Average of these areas", "95% limits",
              "95% limits", "99.8% limits", "99.8% limits"]  # fmt: skip
    wanted = chart("funnel", lines, labels, Said()("Alternative text."), unit="percent",
                   periods=("May 2019",), value_label="Per cent")  # fmt: skip
    figure = drawn(replace(wanted, across_label="Number of visits"))
    said = words_of(figure)
    assert "Anytown 90%" in said
    assert not any("Riverton" in words for words in said)
    assert said.count("95% limits") == said.count("Other areas") == 1
    assert "Number of visits" in said
    shapes = {a.get_label(): a.get_marker() for a in figure.axes[0].lines}
    assert (shapes["Anytown"], shapes["Riverton"]) == ("D", "o")
    assert_apart(figure)


def test_every_column_of_a_few_stated_months_is_named(drawn: Any) -> None:
    months = ["2018-07", "2018-11", "2018-12", "2019-03", "2019-05"]
    names = ("July 2018", "November 2018", "December 2018", "March 2019", "May 2019")
    own = line("own", "Anytown", [563.0, 572, 565, 580, 586], months)
    figure = drawn(chart("bars", [own], ["Anytown"], Said()("Alternative."), periods=names))
    assert {name.replace(" ", "\n") for name in names} <= set(words_of(figure))
    assert_apart(figure)


def test_a_cut_axis_says_so(drawn: Any) -> None:
    wanted = chart("line", [line("own", "Anytown", [90.0 + i / 10 for i in range(13)])],
                   ["Anytown"], Said()("Alt."), decimals=1)  # fmt: skip
    figure = drawn(wanted)
    assert figure.axes[0].get_ylim()[0] > 0
    assert any("does not start at zero" in words for words in words_of(figure))


def test_peers_are_ranked_with_ours_marked(drawn: Any) -> None:
    axes = drawn(sample("peers")).axes[0]
    bars = sorted(axes.patches, key=lambda bar: bar.get_y())
    assert [round(bar.get_width(), 1) for bar in bars] == [70.4, 61.2, 55.0, 48.9, 43.1]
    ours = next(bar for bar in bars if round(bar.get_width(), 1) == 61.2)
    assert mpl.colors.to_hex(ours.get_facecolor()) == FOCUS.lower()
    bold = [t.get_text() for t in axes.findobj(Annotation) if t.get_fontweight() == "bold"]
    assert bold == ["Anytown"]
    assert "no figure" in words_of(axes.figure)


def test_parts_are_stacked_in_order_and_named(drawn: Any) -> None:
    axes = drawn(sample("composition")).axes[0]
    last = [c.patches[-1] for c in axes.containers]
    bottoms = [bar.get_y() for bar in last]
    assert bottoms == sorted(bottoms)
    assert [mpl.colors.to_hex(bar.get_facecolor()) for bar in last] == [
        colour.lower() for colour in PALETTE[:4]
    ]
    assert "Foster care 350" in words_of(axes.figure)


def test_a_dollar_or_a_brace_is_only_text(drawn: Any) -> None:
    wanted = chart("line", [line("own", "A", [1.0] * 13)], ["$x^2$ {a_b} & <i> 📈"], Said()("Alt."))
    assert any("$x^2$" in words for words in words_of(drawn(wanted)))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_with_no_figures_at_all_is_drawn(kind: str) -> None:
    full = sample(kind)
    lines = tuple(
        replace(one, points=tuple(replace(point, value=None, mark="") for point in one.points))
        for one in full.plan.lines
    )
    draw_chart(replace(full, plan=replace(full.plan, lines=lines)))


def test_one_period_and_very_long_names_are_drawn() -> None:
    wanted = chart("line", [line("own", "A", [5.0], MONTHS[:1])], ["Llanfairpwllgwyngyll" * 12],
                   Said()("Alt."), periods=("May 2018",))  # fmt: skip
    draw_chart(wanted)


def test_the_door_opens_without_matplotlib() -> None:
    code = "import reporter.charts, sys; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


sizes = st.floats(5, 40)


@given(st.lists(st.tuples(st.floats(0, 200), sizes), min_size=1, max_size=8))
def test_spread_labels_never_touch_and_keep_their_order(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    placed = spread(wanted, heights, 0, 200)
    order = sorted(range(len(labels)), key=lambda i: wanted[i])
    for a, b in pairwise(order):
        assert placed[b] - placed[a] >= (heights[a] + heights[b]) / 2 - 1e-6


printed = st.text(
    st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60
)


@given(printed, st.integers(30, 200))
def test_wrapped_text_keeps_every_letter(text: str, limit: int) -> None:
    lines = wrapped(text, limit)
    assert lines.replace("\n", "").replace(" ", "") == "".join(text.split())
    assert all(text_width(row) <= limit or len(row) == 1 for row in lines.split("\n"))


def test_periods_that_end_on_one_day_keep_their_labels_in_any_process() -> None:
    code = (
        "import hashlib\n"
        "from reporter.charts import draw_chart\n"
        "from tests.sample_report import Said, chart, line\n"
        "keys = ['2018/19-Q4', '2019-03', '2018/19', '2018-10..2019-03', '2019-05']\n"
        "lines = [line('own', 'A', [1.0, 2, 3, 4, 5], keys)]\n"
        "labels = ('year', 'half', 'quarter', 'month', 'May')\n"
        "for kind in ('line', 'bars', 'composition'):\n"
        "    made = draw_chart(chart(kind, lines, ['A'], Said()('Alt.'), periods=labels))\n"
        "    print(hashlib.sha256(made.png).hexdigest())"
    )
    root = str(Path(__file__).parents[2])
    found = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": root},
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(found) == 1
