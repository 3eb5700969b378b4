"""Charts are tested by what is put on their sheets, not by pixels."""

from __future__ import annotations

import struct
import subprocess
import sys
from calendar import month_name
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.charts import NativeChart, draw_chart, native_chart
from reporter.charts.draw import lay_out
from reporter.charts.letters import block_of, sides_of, text_width, wrapped
from reporter.charts.marks import Boxes, Dots, Stroke, Words
from reporter.charts.sheet import Sheet
from reporter.charts.style import (
    COMMON,
    FOCUS,
    HATCHES,
    INK,
    MARKERS,
    OTHERS,
    PALETTE,
    QUIET,
    SIGNALS,
    TEXT,
    WIDTH,
    look_of,
    spread,
)
from reporter.plan import LinePlan, PointPlan
from reporter.prose import Chart
from tests.sample_report import CHARTS, LABELS, MONTHS, Said, chart, line, worded


def sample(kind: str) -> Chart:
    return CHARTS[kind](Said()("Alternative text."))


def words_of(sheet: Sheet) -> list[str]:
    return [mark.text for mark in sheet.marks if isinstance(mark, Words)]


def strokes_of(sheet: Sheet, of: str = "") -> list[Stroke]:
    """The strokes that show `of`, or all that show a series."""
    found = [mark for mark in sheet.marks if isinstance(mark, Stroke) and mark.of]
    return [mark for mark in found if of in ("", mark.of)]


def dots_of(sheet: Sheet) -> dict[str, Dots]:
    return {mark.of: mark for mark in sheet.marks if isinstance(mark, Dots)}


def boxes_of(sheet: Sheet) -> list[Boxes]:
    return [mark for mark in sheet.marks if isinstance(mark, Boxes) and mark.of]


def figure_at(sheet: Sheet, y: float) -> float:
    """The figure of the upright axis that stands at `y`."""
    low, high = sheet.up
    return low + (sheet.floor - y) / sheet.height * (high - low)


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
def test_words_are_legible_level_and_apart(kind: str) -> None:
    assert_apart(lay_out(sample(kind)))


@pytest.mark.parametrize("kind", ["line", "flows"])
def test_months_of_three_years_stand_apart_and_on_the_page(kind: str) -> None:
    assert_apart(lay_out(three_years(kind)))


def assert_apart(sheet: Sheet) -> None:
    """All words are large enough, on the page, and clear of each other."""
    boxes = []
    for words in sheet.marks:
        if not isinstance(words, Words) or not words.text:
            continue
        assert words.size >= TEXT
        left, right = sides_of(words)
        top, tall = block_of(words)
        assert left >= -1, words.text
        assert right <= WIDTH + 1, words.text
        assert top >= -1, words.text
        assert top + tall <= sheet.total + 1, words.text
        boxes.append((words.text, left, right, top, top + tall))
    for (one, *a), (other, *b) in combinations(boxes, 2):
        apart = a[1] <= b[0] + 1 or b[1] <= a[0] + 1 or a[3] <= b[2] + 1 or b[3] <= a[2] + 1
        assert apart, f"{one!r} stands on {other!r}"


@pytest.mark.parametrize("kind", ["bars", "peers", "composition", "flows", "range"])
def test_bars_start_at_zero(kind: str) -> None:
    sheet = lay_out(sample(kind))
    assert (sheet.across if kind in ("peers", "range") else sheet.up)[0] == 0


def test_a_line_has_gaps_for_what_is_missing_and_says_so() -> None:
    sheet = lay_out(sample("line"))
    [own] = strokes_of(sheet, "own")
    assert own.spots.count(None) == 1
    assert own.spots[-1] is not None
    assert figure_at(sheet, own.spots[-1][1]) == pytest.approx(429)
    assert "A gap means that there is no figure." in "".join(words_of(sheet))


@pytest.mark.parametrize("known", [slice(4, None), slice(None, 9), slice(2, 11)])
def test_a_line_that_starts_later_or_ends_earlier_has_no_gap(known: slice) -> None:
    values: list[float | None] = [None] * 13
    values[known] = [300.0] * len(values[known])
    own = line("own", "Anytown", [200.0 + i for i in range(13)])
    drawn = chart("line", [own, line("target", "", values)], ["Anytown", "Target"], Said()("Alt."))
    assert "A gap" not in "".join(words_of(lay_out(drawn)))
    made = native_chart(drawn)
    assert isinstance(made, NativeChart)
    assert "A gap" not in "".join(made.notes)


def test_lines_differ_by_more_than_colour_and_are_named_at_their_ends() -> None:
    sheet = lay_out(sample("line"))
    lines = strokes_of(sheet)
    assert len({stroke.dash for stroke in lines}) == len({s.colour for s in lines}) == len(lines)
    shapes = [mark.shape for mark in sheet.marks if isinstance(mark, Dots) and not mark.of]
    assert len(set(shapes)) == len(shapes) == 3
    assert {"Anytown 429", "England 312", "Target 300"} <= set(words_of(sheet))


def test_a_target_changes_at_once() -> None:
    own = line("own", "A", [5.0, 6, 7], MONTHS[:3])
    target = line("target", "A", [4.0, 8, 8], MONTHS[:3])
    wanted = chart("line", [own, target], ["A", "Target"], Said()("Alt."), periods=LABELS[:3])
    [stroke] = strokes_of(lay_out(wanted), "target")
    assert all(a and b and (a[0] == b[0] or a[1] == b[1]) for a, b in pairwise(stroke.spots))


def test_a_provisional_point_is_hollow_and_a_signal_is_marked() -> None:
    assert dots_of(lay_out(sample("line")))["provisional"].face == "#FFFFFF"
    sheet = lay_out(sample("xmr"))
    [spot] = dots_of(sheet)["signal"].spots
    assert figure_at(sheet, spot[1]) == pytest.approx(22)
    assert any("purple triangle: a signal of change" in words for words in words_of(sheet))


def test_special_causes_differ_by_colour_shape_and_word() -> None:
    values: list[float | None] = [12.0, 14, 13, 30, 15, 2, 13]
    marks = {3: "improvement", 5: "provisional concern"}
    own = line("own", "Anytown", values, MONTHS[:7], marks=marks)
    wanted = chart("xmr", [own], ["Anytown"], Said()("Alternative."), periods=LABELS[:7])
    sheet = lay_out(worded(replace(wanted, plan=replace(wanted.plan, cautions=("trial",)))))
    points = dots_of(sheet)
    good, bad = points["improvement"], points["provisional concern"]
    assert (good.shape, good.face) == ("D", "#00B0F0")
    assert (bad.shape, bad.face, bad.edge) == ("s", "#FFFFFF", "#E46C0A")
    said = " ".join(words_of(sheet)).replace("\n", " ")
    for words in ("improvement", "cause for concern", "normal variation", "Trial limits"):
        assert words in said
    assert_apart(sheet)


def test_a_line_of_slower_rhythm_joins_its_points() -> None:
    quarters = MONTHS[::3]
    lines = [
        line("own", "Anytown", [300.0 + i for i in range(13)]),
        line("comparator", "England", [280.0, 285, 290, 284, 286], quarters),
    ]
    wanted = chart("line", lines, ["Anytown", "England"], Said()("Alternative text."))
    sheet = lay_out(wanted)
    [england] = strokes_of(sheet, "comparator")
    shown = [figure_at(sheet, spot[1]) for spot in england.spots if spot]
    assert shown == pytest.approx([280.0, 285, 290, 284, 286])
    assert None not in england.spots  # nothing is missing between


def test_a_funnel_marks_and_names_ours_alone_among_its_limits() -> None:
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
    sheet = lay_out(replace(wanted, across_label="Number of visits"))
    said = words_of(sheet)
    assert "Anytown 90%" in said
    assert not any("Riverton" in words for words in said)
    assert said.count("95% limits") == said.count("Other areas") == 1
    assert "Number of visits" in said
    dots = dots_of(sheet)
    assert (dots["Anytown"].shape, dots["Riverton"].shape) == ("D", "o")
    assert_apart(sheet)


def funnel_of(areas: list[tuple[str, str, float, float]]) -> Sheet:
    """A funnel of (role, name, value, denominator) with an average of 25."""
    lines = [
        LinePlan("visits", name, "", "", role, (PointPlan("2019-05", value, of=of),))  # type: ignore[arg-type]
        for role, name, value, of in areas
    ]
    lines.append(LinePlan("visits", "", "", "", "centre", (PointPlan("2019-05", 25.0, of=99.0),)))
    labels = ["Anytown", *["Other areas"] * (len(areas) - 1), "Average"]
    return lay_out(
        chart("funnel", lines, labels, Said()("Alt."), unit="percent", periods=("May 2019",))
    )


def assert_name_hides_none(sheet: Sheet) -> Words:
    [name] = [mark for mark in sheet.marks if isinstance(mark, Words) and mark.plate]
    left, right = sides_of(name)
    top, tall = block_of(name)
    spots = [dots.spots[0] for of, dots in dots_of(sheet).items() if of.startswith("A")]
    assert not any(left < x < right and top < y < top + tall for x, y in spots)
    return name


def test_the_name_in_a_funnel_hides_no_other_area() -> None:
    crowd = [("member", f"A{n}", 25.0, 100.0 + n) for n in range(0, 100, 9)]
    assert_name_hides_none(funnel_of([("own", "Anytown", 30.0, 200.0), *crowd]))


def test_where_others_stand_close_the_name_in_a_funnel_stands_off_and_a_line_leads_to_it() -> None:
    close = [("member", f"A{n}", 31.0 + (n % 3 - 1) * 2.5, 160.0 + 4 * n) for n in range(20)]
    far = [("member", "A-", 2.0, 100.0), ("member", "A+", 40.0, 300.0)]
    sheet = funnel_of([("own", "Anytown", 31.0, 200.0), *close, *far])
    name = assert_name_hides_none(sheet)
    [at] = dots_of(sheet)["Anytown"].spots
    assert abs(name.y - at[1]) > 12
    strokes = [mark for mark in sheet.marks if isinstance(mark, Stroke)]
    assert any(stroke.spots == (at, (name.x, name.y)) for stroke in strokes)


def test_every_column_of_a_few_stated_months_is_named() -> None:
    months = ["2018-07", "2018-11", "2018-12", "2019-03", "2019-05"]
    names = ("July 2018", "November 2018", "December 2018", "March 2019", "May 2019")
    own = line("own", "Anytown", [563.0, 572, 565, 580, 586], months)
    sheet = lay_out(chart("bars", [own], ["Anytown"], Said()("Alternative."), periods=names))
    assert {name.replace(" ", "\n") for name in names} <= set(words_of(sheet))
    assert_apart(sheet)


def test_a_cut_axis_says_so() -> None:
    wanted = chart("line", [line("own", "Anytown", [90.0 + i / 10 for i in range(13)])],
                   ["Anytown"], Said()("Alt."), decimals=1)  # fmt: skip
    sheet = lay_out(wanted)
    assert sheet.up[0] > 0
    assert any("does not start at zero" in words for words in words_of(sheet))


def test_peers_are_ranked_with_ours_marked() -> None:
    sheet = lay_out(sample("peers"))
    bars = {bar.of: bar for bar in boxes_of(sheet)}
    scale = (sheet.across[1] - sheet.across[0]) / sheet.width
    ranked = sorted(bars.values(), key=lambda bar: bar.places[0][1])
    lengths = [bar.places[0][2] * scale for bar in ranked]
    assert lengths == pytest.approx([70.4, 61.2, 55.0, 48.9, 43.1])
    assert [name for name, bar in bars.items() if bar.face == FOCUS] == ["Anytown"]
    names = [mark for mark in sheet.marks if isinstance(mark, Words) and mark.side == "right"]
    assert [words.text for words in names if words.bold] == ["Anytown"]
    assert "no figure" in words_of(sheet)


def test_parts_are_stacked_in_order_and_named() -> None:
    sheet = lay_out(sample("composition"))
    parts = boxes_of(sheet)
    assert [part.face for part in parts] == list(PALETTE[:4])
    last = [part.places[-1] for part in parts]
    for (_, y, _, _), (_, above, _, tall) in pairwise(last):
        assert above + tall == pytest.approx(y)
    assert "Foster care 350" in words_of(sheet)


def contrast(one: str, other: str) -> float:
    """The ratio of contrast of WCAG 2.2 between two colours."""
    lights = []
    for colour in (one, other):
        parts = [part / 255 for part in bytes.fromhex(colour.lstrip("#"))]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_colours_stand_out_from_white_and_neighbours_differ_by_more_than_colour() -> None:
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour in PALETTE)
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in (INK, QUIET))
    for colour in (OTHERS, COMMON, *(colour for colour, _ in SIGNALS.values())):
        # Those that are pale on white are always drawn with a dark edge.
        assert max(contrast(colour, "#FFFFFF"), contrast(colour, INK)) >= 3
    for at, (one, other) in enumerate(pairwise(PALETTE)):
        told = (HATCHES[at], MARKERS[at]) != (HATCHES[at + 1], MARKERS[at + 1])
        assert contrast(one, other) >= 3 or told
    assert len(set(HATCHES)) == len(set(MARKERS)) == len(PALETTE)


def edges(sheet: Sheet) -> list[tuple[str, str]]:
    """(face, edge) of every filled shape."""
    filled = [mark for mark in sheet.marks if isinstance(mark, Boxes | Dots)]
    return [(mark.face, mark.edge) for mark in filled]


@pytest.mark.parametrize("kind", CHARTS)
def test_every_shape_stands_out_from_the_paper(kind: str) -> None:
    """By its face, its edge, or (white between stacked parts) its pattern and place."""
    for face, edge in edges(lay_out(sample(kind))):
        assert max(contrast(face, "#FFFFFF"), contrast(edge or face, "#FFFFFF")) >= 3


def test_a_dollar_or_a_brace_is_only_text() -> None:
    wanted = chart("line", [line("own", "A", [1.0] * 13)], ["$x^2$ {a_b} & <i> 📈"], Said()("Alt."))
    assert any("$x^2$" in words for words in words_of(lay_out(wanted)))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_with_no_figures_at_all_is_lay_out(kind: str) -> None:
    full = sample(kind)
    lines = tuple(
        replace(one, points=tuple(point._replace(value=None, mark="") for point in one.points))
        for one in full.plan.lines
    )
    draw_chart(replace(full, plan=replace(full.plan, lines=lines)))


def test_one_period_and_very_long_names_are_lay_out() -> None:
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
    assert lines.replace("\n", "").replace(" ", "") == text.replace(" ", "")
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


def test_a_figure_and_its_unit_stay_on_one_line() -> None:
    assert wrapped("Anytown £1.94\u00a0million", 90) == "Anytown\n£1.94\u00a0million"


def test_equal_figures_and_nothing_but_noughts_stand_on_whole_numbers() -> None:
    for value in (5.0, 0.0):
        sheet = lay_out(chart("line", [line("own", "A", [value] * 13)], ["A"], Said()("Alt.")))
        assert sheet.up[0] == 0
        assert all("." not in words for words in words_of(sheet)[2:])


def test_figures_of_bars_below_zero_stand_below_them_above_a_line_at_zero() -> None:
    years = ["2016/17", "2017/18"]
    sheet = lay_out(chart("bars", [line("own", "A", [-5.0, 7.0], years)], ["A"], Said()("Alt."),
                          periods=tuple(years)))  # fmt: skip
    [bars] = boxes_of(sheet)
    below = next(mark for mark in sheet.marks if isinstance(mark, Words) and mark.text == "−5")
    assert below.y >= bars.places[0][1] + bars.places[0][3]
    assert_apart(sheet)


def test_bars_are_dark_where_none_of_them_is_ours() -> None:
    lines = [line("member", "A", [v], ["2018/19"], n) for n, v in (("X", 2.0), ("Y", 1.0))]
    drawn = lay_out(chart("bars", lines, ["X", "Y"], Said()("Alt."), periods=("2018/19",)))
    assert {bar.face for bar in boxes_of(drawn)} == {FOCUS}


def test_more_than_six_series_never_look_alike() -> None:
    looks = {(look.colour, look.dash, look.marker, look.hatch)
             for look in (look_of("member", turn) for turn in range(36))}  # fmt: skip
    assert len(looks) == 36
