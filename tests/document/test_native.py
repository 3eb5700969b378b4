"""Word's own charts in the package: parts, relationships, alternative text, nothing hidden."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx_integrity import check as integrity
from docx_plus.core import qn
from lxml import etree
from openpyxl import load_workbook

from reporter.charts import NativeChart, native_chart
from reporter.check import check_paper
from reporter.document import load_template, write_document
from reporter.document.body import charts_of
from reporter.pipeline import build_report
from reporter.prose.numbers import money_as_shown
from tests.sample_report import report

ROOT = Path(__file__).parents[2]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@cache
def made() -> bytes:
    drawings = {chart.alt.id: native_chart(chart) for chart in charts_of(report().sections)}
    assert sum(isinstance(each, NativeChart) for each in drawings.values()) == 7
    return write_document(report(), drawings, load_template(ROOT / "templates" / "standard")).docx


def parts(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of a package and of the packages within it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, content
            if content[:2] == b"PK":
                yield from ((f"{name}!{inner}", data) for inner, data in parts(content))


def test_each_chart_is_related_to_its_workbook() -> None:
    document = Document(io.BytesIO(made()))
    frames = [*document.element.iter(f"{C}chart")]
    assert len(frames) == 7
    for frame in frames:
        chart = document.part.related_parts[frame.get(qn("r:id"))]
        assert chart.content_type.endswith("drawingml.chart+xml")
        wanted = etree.fromstring(chart.blob).find(f"{C}externalData").get(qn("r:id"))
        book = chart.related_parts[wanted]
        assert book.partname.endswith(".xlsx")
        assert load_workbook(io.BytesIO(book.blob)).sheetnames == ["Sheet1"]


def test_each_chart_has_a_text_alternative_and_an_id_of_its_own() -> None:
    document = Document(io.BytesIO(made()))
    shapes = [*document.element.iter(f"{WP}docPr")]
    assert len(shapes) == 7
    assert all(len(shape.get("descr")) > 20 for shape in shapes)
    assert len({shape.get("id") for shape in shapes}) == 7


def test_independent_checks_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(made())
    assert integrity(str(path)) == []
    assert not [one for one in check_paper(made(), "paper.docx") if one.level == "error"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(made())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "paper.pdf").stat().st_size > 20_000


def test_two_processes_give_the_same_bytes() -> None:
    code = "import hashlib; from tests.document.test_native import made\n" \
           "print(hashlib.sha256(made()).hexdigest())"  # fmt: skip
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]


LIMITS = (
    "Average", "Upper limit", "Lower limit", "Median of similar authorities",
    "Average of these areas", "95% limits", "99.8% limits",
)  # fmt: skip
"""Columns that are worked out, not published."""


def built(out: Path) -> bytes:
    """The invented council's paper with charts of Word's own, one of them of suppressed figures."""
    folder = Path(shutil.copytree(ROOT / "data" / "exampleshire", out / "paper"))
    brief = (folder / "report.yaml").read_text(encoding="utf-8")
    chosen = "- {kind: line, measures: [absence_pct], comparators: [England]}"
    assert chosen in brief
    assert "charts: pictures" in brief
    more = "- {kind: line, measures: [{indicator: permanent_exclusions, breakdown: phase}]}"
    brief = brief.replace(chosen, f"{more}\n      {chosen}").replace("charts: pictures",
                                                                      "charts: native")  # fmt: skip
    (folder / "report.yaml").write_text(brief, encoding="utf-8")
    outputs = build_report(folder / "report.yaml", out)
    pictures = re.findall(r"\((\d+)\)", outputs.summary.split("pictures because", 1)[-1])
    assert len(pictures) <= 2  # the funnel, and lines of two rhythms with gaps
    return outputs.paths[0].read_bytes()


def test_a_real_paper_holds_published_figures_and_nothing_in_place_of_a_hidden_one(
    tmp_path: Path,
) -> None:
    with (ROOT / "data" / "exampleshire" / "observations.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    published = {float(row["value"]) for row in rows if _is_number(row["value"])}
    with (ROOT / "data" / "exampleshire" / "targets.csv").open(encoding="utf-8") as file:
        targets = {float(cell) for row in csv.DictReader(file) for cell in row.values()
                   if _is_number(cell)}  # fmt: skip
    hidden_seen = False
    for name, content in parts(built(tmp_path)):
        if not name.endswith(".xlsx"):
            continue
        cells = [[cell.value for cell in row]
                 for row in load_workbook(io.BytesIO(content))["Sheet1"].iter_rows()]  # fmt: skip
        shown = [i for i, head in enumerate(cells[0]) if head not in LIMITS]
        of_own = [i for i in shown[1:] if not str(cells[0][i]).startswith("Number of")]
        figures = [row[i] for row in cells[1:] for i in of_own]
        known = published | targets | {money_as_shown(v) for v in published}
        assert {float(v) for v in figures if v is not None} <= known
        hidden_seen |= cells[0][1:3] == ["Primary", "Secondary"] and None in figures
    assert hidden_seen


def _is_number(text: Any) -> bool:
    return bool(text) and str(text).replace(".", "", 1).replace("-", "", 1).isdigit()
