"""Tables, captions and charts that say another thing than when they were generated."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reporter.audit import Finding, audit_reading, load_evidence
from reporter.pipeline import build_report
from reporter.reading import Block, open_paper, read_opened, read_paper
from reporter.sources import Setting
from tests.audit.mutating import changed, replace_in, saved
from tests.papers import PAPERS, ROOT, built


@cache
def native(name: str = "haringey-2018") -> tuple[bytes, bytes]:
    """A paper with Word's own charts, and its evidence."""
    with TemporaryDirectory() as out:
        brief = ROOT / "data" / name / "report.yaml"
        setting = Setting(charts="native")
        docx, evidence = build_report(brief, Path(out), setting=setting).paths
        return docx.read_bytes(), evidence.read_bytes()


def errors(docx: bytes, raw: bytes) -> list[Finding]:
    audit = audit_reading(read_paper(docx, "paper.docx"), load_evidence(raw, "paper"))
    return [finding for finding in audit.findings if finding.level == "error"]


def edited(name: str, chosen: Callable[[Block], bool], pattern: str, new: str) -> list[Finding]:
    """The errors of a paper after the first chosen block in which the pattern is found changed."""
    paper = open_paper(built(name).docx, name)
    for block in read_opened(paper).blocks:
        match = re.search(pattern, block.text) if chosen(block) else None
        if match:
            replace_in(block, match.start(), match.end(), match.expand(new))
            return errors(saved(paper), built(name).raw)
    pytest.skip(f"{name} has no {pattern!r} there")


@pytest.mark.parametrize("name", PAPERS)
def test_a_caption_with_another_year_is_an_error(name: str) -> None:
    found = edited(name, lambda b: b.kind == "caption", r"\b20(\d)(\d)\b(?!/)", r"19\1\2")
    assert [f.code for f in found] == ["wrong-period"]


@pytest.mark.parametrize("name", PAPERS)
def test_a_heading_of_a_column_with_another_year_is_an_error(name: str) -> None:
    def is_heading(block: Block) -> bool:
        return bool(block.cell) and block.cell.row == 1 and block.kind == "cell"  # type: ignore[union-attr]

    found = edited(name, is_heading, r"\b20(\d)(\d)\b", r"19\1\2")
    assert {f.code for f in found} == {"wrong-cell"}


@pytest.mark.parametrize("name", PAPERS)
def test_captions_out_of_turn_are_errors(name: str) -> None:
    found = edited(name, lambda b: b.kind == "caption", r"(?<=^Table )1", "4")
    assert "wrong-caption-number" in {f.code for f in found}


def test_a_figure_that_may_not_be_shown_is_told_when_it_comes_back() -> None:
    data = json.loads(built("haringey-2018").raw)
    row = next(s for s in data["statements"] if s["number"].startswith("Table"))
    cells = row["text"].split("; ")
    row["text"] = "; ".join([*cells[:1], "confidential", *cells[2:]])
    found = errors(built("haringey-2018").docx, json.dumps(data).encode())
    assert "restored-figure" in {f.code for f in found}


def test_native_charts_as_built_raise_no_alarm() -> None:
    assert errors(*native()) == []


@pytest.mark.parametrize(
    ("old", "code"),
    [(r"<c:val>.*?<c:v>([\d.]+)</c:v>", "wrong-chart"),
     (r"<c:cat>.*?<c:v>([^<]+)</c:v>", "wrong-chart"),
     (r"<c:tx>.*?<c:v>([^<]+)</c:v>", "wrong-chart")],
)  # fmt: skip
def test_a_charts_cache_that_says_something_else_is_an_error(old: str, code: str) -> None:
    docx, raw = native()
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        part = next(name for name in archive.namelist() if name.startswith("word/charts/chart"))
        xml = archive.read(part).decode()
    match = re.search(old, xml, re.S)
    assert match is not None
    other = match[0].replace(f">{match[1]}<", ">77.7<" if "val" in old else ">77<")
    found = errors(changed(docx, part, match[0], other), raw)
    assert code in {f.code for f in found}
    if "val" in old:
        assert "chart-workbook" in {f.code for f in found}
