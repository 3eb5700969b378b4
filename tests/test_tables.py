"""Every kind of table from figures that nobody has seen, and tables far beyond the usual."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from reporter.check import check_paper
from reporter.pipeline import build_report
from reporter.reading import read_paper
from tests.papers import PAPERS, built

MONTHS = [f"2024-{month:02}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
PERCENT = re.compile(r"[−-]?\d[\d,]*(\.\d+)?%")
BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Shown:
    """A table of a paper: its rows of texts, the notes under it, its caption and its element."""

    caption: str
    rows: list[list[str]]
    notes: list[str]
    element: Any

    def column(self, heading: str) -> list[str]:
        """The cells under a heading."""
        at = self.rows[0].index(heading)
        return [row[at] for row in self.rows[1:]]


def text_of(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


def tables_of(docx: bytes) -> Iterator[Shown]:
    """The tables with a caption."""
    body = list(Document(BytesIO(docx)).element.body)
    for at, node in enumerate(body):
        before = text_of(body[at - 1]) if at else ""
        if node.tag == qn("w:tbl") and before.startswith("Table "):
            notes = []
            for after in body[at + 1 :]:
                style = after.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
                if style is None or style.get(qn("w:val")) != "Source":
                    break
                notes.append(text_of(after))
            rows = [[text_of(c) for c in r.iter(qn("w:tc"))] for r in node.iter(qn("w:tr"))]
            yield Shown(before, rows, notes, node)


def report(folder: Path, tables: Sequence[dict[str, Any]], rows: Sequence[Sequence[Any]],
           measures: dict[str, Any], targets: Sequence[Sequence[Any]] = ()) -> bytes:  # fmt: skip
    """The paper with `tables` on `rows` of (area, indicator, breakdown, category, period, type,
    value, numerator, denominator)."""
    (folder / "council").mkdir()
    at = folder / "council"
    with (at / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([
            ["area", "indicator", "breakdown", "category", "period", "period_type", "value",
             "numerator", "denominator"], *rows])  # fmt: skip
    with (at / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([
            ["indicator", "valid_for", "target", "minimum", "upper", "green_from", "green_to",
             "amber_from", "amber_to", "red_from", "red_to"], *targets])  # fmt: skip
    areas = {"Anytown": {"kind": "authority"}, "England": {"kind": "country"}}
    brief = {
        "title": "Tables", "area": "Anytown", "council": "Anytown Council",
        "committee": "Scrutiny Committee", "meeting_date": "2025-05-01", "period": "2025-03",
        "comparators": ["England"], "charts": "none",
        "data": {"targets": "targets.csv", "areas": "areas.yaml"},
        "officers": {"report_of": {"name": "A. Director", "role": "Director"}},
        "texts": {"purpose": ["To report."], "recommendations": ["Note it."]},
        "outline": [{"heading": f"Section {n}", "tables": [table], "measures": []}
                    for n, table in enumerate(tables, start=1)],
    }  # fmt: skip
    entries = {"indicators": measures, "breakdowns": {"service": {"label": "Service"}}}
    for name, content in (("areas", {"areas": areas}), ("indicators", entries), ("report", brief)):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (at / f"{name}.yaml").write_text(text.replace("'2025-05-01'", "2025-05-01"), "utf-8")
    return build_report(at / "report.yaml", folder / "out").paths[0].read_bytes()


VISITS = {"name": "Visits on time", "unit": "percent", "decimals": 1, "polarity": "high_good",
          "noun": "proportion of visits on time"}  # fmt: skip
RATE = {"name": "Children in care", "unit": "rate", "per": 10000, "decimals": 1,
        "noun": "rate of children in care"}  # fmt: skip
PEOPLE = {"name": "Pupils", "unit": "count", "decimals": 1, "noun": "number of pupils"}
MONEY = {"unit": "money", "polarity": "low_good"}
MEASURES = {
    "visits": VISITS,
    "repeats": {**VISITS, "name": "Repeat referrals", "polarity": "low_good"},
    "care": RATE,
    "pupils": PEOPLE,
    "budget": {**MONEY, "name": "Budget", "noun": "budget"},
    "outturn": {**MONEY, "name": "Outturn", "noun": "outturn", "budget": "budget"},
}


def monthly(code: str, values: Sequence[Any], counts: bool = True) -> Iterator[list[Any]]:
    for month, value in zip(MONTHS, values, strict=True):
        number = round(value * 2) if counts and isinstance(value, float) else ""
        yield ["Anytown", code, "", "", month, "month", value, number, 200 if number else ""]


def yearly(area: str, code: str, values: Sequence[float], service: str = "") -> Iterator[list[Any]]:
    for period, value in zip(("2024-03", "2025-03"), values, strict=True):
        of = ["service", service] if service else ["", ""]
        yield [area, code, *of, period, "snapshot", value, "", ""]


def spent(budget: float, outturn: float, service: str = "") -> Iterator[list[Any]]:
    of = ["service", service] if service else ["", ""]
    for code, value in (("budget", budget), ("outturn", outturn)):
        yield ["Anytown", code, *of, "2024/25", "year", value, "", ""]


FIGURES = [
    *monthly("visits", [90.0, 91.5, "x", 92.0, 92.5, 91.0, 90.5, 93.0, 94.0, 95.0, 96.0, 94.5]),
    *monthly("repeats", [20.0, 21.0, 20.5, 22.0, 19.5, 18.0, 18.5, 19.0, 20.0, 21.0, 22.0, "c"]),
    *yearly("Anytown", "care", (80.1, 85.4)),
    *yearly("England", "care", (70.0, 71.2)),
    *yearly("Anytown", "pupils", (9553.0, 9601.0)),
    *yearly("Anytown", "pupils", (4000.0, 4101.0), "North"),
    *yearly("Anytown", "pupils", (5553.0, 5500.0), "South"),
    *spent(10_400_000, 12_150_500, "Care"),
    *spent(3_250_000, 3_250_000, "Schools"),
    *spent(950_000, 887_250, "Roads"),
    *spent(14_600_000, 16_287_750),
]
TARGETS = [
    ["visits", "2024/25", 92.5, "", "", 92.5, 100, 90, 92.4, 0, 89.9],
    ["repeats", "2024/25", "", 22, 18, "", "", "", "", "", ""],
    ["pupils", "2024/25", 9600, "", "", "", "", "", "", "", ""],
]
KINDS = [
    {"kind": "scorecard", "measures": ["visits", "repeats", "pupils"],
     "show": ["counts", "bands", "sparklines"]},
    {"kind": "trend", "measures": ["visits", "repeats"], "show": "sparklines"},
    {"kind": "comparison", "measures": ["care"]},
    {"kind": "group", "measures": [{"indicator": "pupils", "breakdown": "service"}]},
    {"kind": "finance", "measures": [{"indicator": "outturn", "breakdown": "service"}]},
]  # fmt: skip


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Shown]]:
    docx = report(tmp_path_factory.mktemp("kinds"), KINDS, FIGURES, MEASURES, TARGETS)
    return docx, list(tables_of(docx))


def test_a_scorecard_shows_bands_current_trend_target_and_rating(kinds: Any) -> None:
    table = kinds[1][0]
    assert (
        table.column("Bands")[0] == "Green 92.5% to 100.0%, amber 90.0% to 92.4%, red 0.0% to 89.9%"
    )
    assert table.column("Rating")[0] == "Green"
    assert table.column("Target") == ["92.5%", "22.0% to 18.0%", "9,600"]
    assert table.column("Number")[0] == "189"
    assert table.column("Change on previous")[0] == "down ▼"
    assert table.column("Course")[0] == "▁▃·▃▄▂▁▅▆▇█▇ 90.0%\u00a0to\u00a096.0%"


def test_a_target_in_bands_alone_is_where_green_begins_and_ends(tmp_path: Path) -> None:
    targets = [["visits", "2024/25", "", "", "", 92.5, 100, 90, 92.4, 0, 89.9], TARGETS[2]]
    table = {"kind": "scorecard", "measures": ["visits", "pupils"]}
    (shown,) = tables_of(report(tmp_path, [table], FIGURES, MEASURES, targets))
    assert shown.column("Target") == ["Green 92.5% to 100.0%", "9,600"]
    assert shown.column("Rating")[0] == "Green"


def test_a_hidden_figure_says_so_with_a_note_and_is_not_drawn(kinds: Any) -> None:
    table = kinds[1][0]
    trend = kinds[1][1]
    assert trend.column("March 2025")[1] == "suppressed"
    course = table.column("Course")[1]
    assert course.split()[0][-1] == "·"
    assert sum(letter in BARS for letter in course) == 11
    assert any(note.startswith("Suppressed:") for note in trend.notes)


def test_a_trend_has_six_months_and_what_the_last_is_made_of(kinds: Any) -> None:
    heads = kinds[1][1].rows[0]
    months = [head for head in heads if re.fullmatch(r"\w+\u00a020\d\d|\w+ 20\d\d", head)]
    assert len(months) == 6
    assert kinds[1][1].column("Number")[0] == "189"
    assert kinds[1][1].column("Out of")[0] == "200"


def test_rates_are_compared_with_their_ratio(kinds: Any) -> None:
    table = kinds[1][2]
    assert table.column("England") == ["71.2"]
    assert table.column("Times England") == ["1.2"]


def test_a_group_table_has_a_row_a_member_and_whole_counts(kinds: Any) -> None:
    table = kinds[1][3]
    assert [row[0] for row in table.rows] == ["Service", "North", "South"]
    assert "9,601" not in str(table.rows)
    assert not re.search(r"\d\.\d", str(table.rows))


def test_a_finance_table_is_in_one_unit_with_words_and_its_total_last(kinds: Any) -> None:
    table = kinds[1][4]
    assert table.rows[0] == ["Service", "Budget", "Outturn, 2024/25", "Variance"]
    assert table.rows[1:] == [
        ["Care", "£10,400k", "£12,151k", "+£1,751k overspend"],
        ["Roads", "£950k", "£887k", "−£63k underspend"],
        ["Schools", "£3,250k", "£3,250k", "£0k on budget"],
        ["Total", "£14,600k", "£16,288k", "+£1,688k overspend"],
    ]
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
               for run in [*table.element.iter(qn("w:tr"))][-1].iter(qn("w:r")))  # fmt: skip


def test_counts_are_whole_in_text_and_tables(kinds: Any) -> None:
    words = " ".join(block.text for block in read_paper(kinds[0], "x").blocks)
    assert "9,601" in words
    assert "9,601.0" not in words


WORD = "Verwaltungsgerichtsbarkeitszuständigkeitsverordnung"


def stress(folder: Path) -> bytes:
    """200 rows of measures: long words, gaps, symbols, huge and tiny figures, ampersands."""
    rows: list[list[Any]] = []
    measures = {}
    targets = []
    for n in range(200):
        name = ["Short", f"{WORD} {n}", f'A & B <{n}> "x" ŵ 📈', "w" * 70, "one two " * 20][n % 5]
        decimals = n % 3
        measures[f"m{n}"] = {"name": f"{name} {n}".strip(), "noun": f"figure {n}",
                             "unit": ("percent", "count", "rate", "days")[n % 4],
            "decimals": decimals,
                             **({"per": 1000} if n % 4 == 2 else {})}  # fmt: skip
        for at, month in enumerate(MONTHS):
            value: Any = round((n * 7 + at * 13) % 97 + at / 3, decimals)
            if n % 4 == 1:
                value = round(value) * 10 ** (n % 7)
            if (n + at) % 11 == 0:
                value = ("c", "x", "z", "low", "u")[n % 5]
            rows.append(["Anytown", f"m{n}", "", "", month, "month", value, "", ""])
        if n % 2:
            targets.append([f"m{n}", "2024/25", 50 + n % 3, "", "", 60, "", 40, 59.9, "", 39.9])
        elif n % 4 == 0:
            targets.append([f"m{n}", "2024/25", "", 40, 60, "", "", "", "", "", ""])
    codes = list(measures)
    return report(
        folder,
        [
            {"kind": "scorecard", "measures": codes, "show": ["counts", "bands", "sparklines"]},
            {"kind": "trend", "measures": codes[:20], "show": ["sparklines"]},
        ],
        rows, measures, targets,
    )  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, kinds: Any) -> dict[str, bytes]:
    made = {"kinds": kinds[0], "stress": stress(tmp_path_factory.mktemp("stress"))}
    return {**made, **{name: built(name).docx for name in PAPERS}}


def test_every_table_of_every_paper_keeps_the_rules_of_tables(papers: dict[str, bytes]) -> None:
    found = 0
    for name, docx in papers.items():
        page = Document(BytesIO(docx)).sections[0]
        upright = (page.page_width - page.left_margin - page.right_margin) // 635
        turned = (page.page_height - page.left_margin - page.right_margin) // 635
        for table in tables_of(docx):
            found += 1
            where = f"{name}, {table.caption}"
            assert_rules(table, where)
            width = sum(int(c.get(qn("w:w"))) for c in table.element.iter(qn("w:gridCol")))
            assert width in (upright, turned), where
    assert found >= 20


def assert_rules(table: Shown, where: str) -> None:
    heads, *rows = [*table.element.iter(qn("w:tr"))]
    marked = [r.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for r in (heads, *rows)]
    assert marked == [True] + [False] * len(rows), where
    assert all(r.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in (heads, *rows))
    assert not [*table.element.iter(qn("w:gridSpan"), qn("w:vMerge"))], where
    assert {len(row) for row in table.rows} == {len(table.rows[0])}, where
    assert all(text.strip() for row in table.rows for text in row), where
    for at in range(1, len(table.rows[0])):
        assert_column(table, rows, at, where)
    for row, texts in zip(rows, table.rows[1:], strict=True):
        for cell, text in zip(row.iter(qn("w:tc")), texts, strict=True):
            shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
            assert (shade is not None) == (text in ("Red", "Amber", "Green")), f"{where}: {text}"
            if re.search("[▲▼►]", text):
                assert re.match("(up ▲|down ▼|unchanged ►)", text), f"{where}: {text}"


def assert_column(table: Shown, rows: Sequence[Any], at: int, where: str) -> None:
    texts = [row[at] for row in table.rows[1:]]
    numbers = [text for text in texts if re.match(r"[+−]?£?\d", text)]
    if not numbers:
        return
    for row in rows:
        cell = [*row.iter(qn("w:tc"))][at]
        style = next(cell.iter(qn("w:pStyle"))).get(qn("w:val"))
        assert style == "TableNumber", f"{where}, column {at}: {style}"
    if table.rows[0][at] == "Target":
        shares = {len((m[1] or "").rstrip("%")) for t in numbers for m in PERCENT.finditer(t)}
        assert len(shares) <= 1, f"{where}: {numbers}"
    units = {text[-1:] if text[-1:] in "km" else "" for t in numbers if "£" in t
             for text in [t.split()[0]]}  # fmt: skip
    assert len(units) <= 1, f"{where}: {numbers}"


def test_tables_far_beyond_the_usual_pass_every_check(papers: dict[str, bytes]) -> None:
    for name in ("kinds", "stress"):
        found = check_paper(papers[name], f"{name}.docx")
        assert [str(p) for p in found if p.level == "error"] == []
