"""Where red, amber and green begin, as workbooks write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.pipeline import build_report
from reporter.sources import convert_workbook, load_commission
from reporter.sources.officers.bands import bands_of, edges
from reporter.starting import start
from tests.sources.officers.kinds import Rows, book

FORMS = [
    (("≥ 95%", "90-95%", "< 90%"), 1, "green_from 95 amber_from 90 amber_to 94.9 red_to 89.9"),
    (("20 or less", "21 - 25", "> 25"), 0, "green_to 20 amber_from 21 amber_to 25 red_from 26"),
    (("above 85%", "80% to 85%", "below 80%"), 0,
     "green_from 86 amber_from 80 amber_to 85 red_to 79"),
    (("95+", "90 – 94.99", "less than 90"), 1,
     "green_from 95 amber_from 90 amber_to 94.99 red_to 89.99"),
    (("<= 1,000", "1,001–1,200", "over 1,200"), 0,
     "green_to 1000 amber_from 1001 amber_to 1200 red_from 1201"),
    (("at least 85%", "", ""), 1, "green_from 85"),
    (("95", "90", "85"), 0, ""),  # no side
    (("≥ 90", "85-95", "< 85"), 0, ""),  # green and amber overlap
    (("on track", "at risk", "off track"), 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "decimals", "wanted"), FORMS)
def test_bands_are_read_where_they_say_their_side(
    texts: tuple[str, str, str], decimals: int, wanted: str
) -> None:
    found = bands_of(dict(zip(("green", "amber", "red"), texts, strict=True)), decimals)
    said = {
        name: end for colour, band in found.items() for name, end in edges(colour, band).items()
    }
    assert " ".join(f"{name} {end}" for name, end in said.items()) == wanted


ROWS: Rows = [
    ["Measure", "Q1 2025/26", "Q2 2025/26", "Target", "Green", "Amber", "Red", "RAG"],
    ["Calls answered (%)", "91.2%", "94.6%", "95%", "≥ 95%", "90-95%", "< 90%", "A"],
    ["Days to process", 21, 27, 20, "20 or less", "21 - 25", "> 25", "R"],
    ["Complaints", 12, 9, 10, 10, 15, 20, "G"],
]


def test_each_band_is_a_guess_with_its_cell_and_colours_the_paper(tmp_path: Path) -> None:
    raw = book(("KPI", ROWS))
    found = convert_workbook(raw, "kpi.xlsx", "Exampleford")
    line = next(line for line in found.text.splitlines() if line.startswith("  Green:"))
    assert "green" in line.partition(":")[2]
    assert "# guess" in line
    cells = {one.cell: one.why for one in found.mapped.aside}
    assert {"KPI!E4", "KPI!F4", "KPI!G4"} <= set(cells)
    assert "a band without a side" in cells["KPI!E4"]
    (tmp_path / "kpi.xlsx").write_bytes(raw)
    start(tmp_path / "ours", tmp_path / "kpi.xlsx", "Exampleford")
    targets = load_commission(tmp_path / "ours" / "report.yaml").dataset.targets
    first = targets.iloc[0]
    names = ("target", "green_from", "amber_from", "amber_to", "red_to")
    assert [first[name] for name in names] == [95, 95, 90, 94.9, 89.9]
    assert first["cell"] == "KPI!D2"
    made = build_report(tmp_path / "ours" / "report.yaml", tmp_path / "out")
    evidence = made.paths[1].read_text("utf-8")
    assert '"band": "amber"' in evidence
    assert '"band": "red"' in evidence


def test_bands_stand_beside_each_of_several_targets() -> None:
    rows = [
        ["Measure", "Actual 2023/24", "Target 2023/24", "Actual 2024/25", "Target 2024/25",
         "Green if"],
        ["Calls answered (%)", "91%", "92%", "94%", "95%", "≥ 95%"],
        ["Letters answered (%)", "81%", "82%", "84%", "85%", "≥ 85%"],
    ]  # fmt: skip
    found = convert_workbook(book(("KPI", rows)), "kpi.xlsx", "Exampleford")
    assert found.mapped.problems == ()
    table = found.mapped.targets
    assert table is not None
    names = ("indicator", "valid_for", "target", "green_from")
    told = [" ".join(table.columns[name].text(row) for name in names) for row in range(4)]
    assert told == [
        "calls_answered_pct 2023/24 92 95", "calls_answered_pct 2024/25 95 95",
        "letters_answered_pct 2023/24 82 85", "letters_answered_pct 2024/25 85 85",
    ]  # fmt: skip
