"""An edited paper is still held to the headings and lengths that its template asks for."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from reporter.checking import Checked, check_file
from reporter.pipeline import build_report
from tests.papers import PAPERS

ROOT = Path(__file__).parents[2]
CODES = ("missing-heading", "too-long")


def found(checked: Checked) -> list[tuple[str, str]]:
    return [(f.code, f.what) for f in checked.findings if f.code in CODES]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest paper, in its template with limits of length."""
    folder = tmp_path_factory.mktemp("asked")
    for name in ("report.yaml", "areas.yaml", "indicators.yaml", "observations.csv", "targets.csv"):
        (folder / name).write_bytes((ROOT / "data" / "haringey-2018" / name).read_bytes())
    brief = folder / "report.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("template: haringey", "template: ours"), encoding="utf-8")
    (folder / "ours").mkdir()
    source = ROOT / "templates" / "haringey"
    (folder / "ours" / "template.docx").write_bytes((source / "template.docx").read_bytes())
    yaml = (source / "template.yaml").read_text(encoding="utf-8")
    yaml = yaml.replace("numbering: none", "numbering: none\nlimits: {words: 1300}")
    asked = "    heading: Improvement priorities\n"
    assert asked in yaml
    yaml = yaml.replace(asked, f"{asked}    max_words: 30\n")
    (folder / "ours" / "template.yaml").write_text(yaml, encoding="utf-8")
    return build_report(brief, folder / "out").paths[0]


def edited(paper: Path, tmp_path: Path, old: str, new: str) -> Path:
    document = Document(io.BytesIO(paper.read_bytes()))
    line = next(p for p in document.paragraphs if old in "".join(r.text for r in p.runs))
    line.runs[0].text = line.runs[0].text.replace(old, new)
    document.save(str(tmp_path / paper.name))
    beside = paper.with_suffix(".evidence.json")
    (tmp_path / beside.name).write_bytes(beside.read_bytes())
    return tmp_path / paper.name


def test_the_paper_as_it_was_built_has_all_that_is_asked(paper: Path) -> None:
    assert found(check_file(paper)) == []


def test_a_reworded_heading_of_the_template_is_told(paper: Path, tmp_path: Path) -> None:
    checked = check_file(edited(paper, tmp_path, "Improvement priorities", "Our priorities"))
    ((code, what),) = found(checked)
    assert code == "missing-heading"
    assert '"Improvement priorities", which is gone or was reworded' in what


def test_a_section_and_a_paper_grown_too_long_are_told(paper: Path, tmp_path: Path) -> None:
    checked = check_file(edited(paper, tmp_path, "Restorative practice", "word " * 400))
    told = [(f.code, f.place) for f in checked.findings if f.code in CODES]
    assert told == [
        ("too-long", "the whole paper"), ("too-long", 'the section "Improvement priorities"'),
    ]  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_of_ours_lacks_what_its_template_asks_for(name: str, tmp_path: Path) -> None:
    built = build_report(ROOT / "data" / name / "report.yaml", tmp_path).paths[0]
    assert found(check_file(built)) == []
