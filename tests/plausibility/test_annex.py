"""What is doubtful stands at the end of the draft, in the evidence, and not in the final copy."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from reporter.check import check_paper
from reporter.final.cleaning import clean
from reporter.pipeline import build_report
from reporter.reading import open_paper

DATA = Path(__file__).parents[2] / "data"
HEADING = "For the author: figures to check"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, int]:
    """The draft, its evidence and the number of warnings of a paper with doubtful figures."""
    folder = tmp_path_factory.mktemp("annex")
    outputs = build_report(DATA / "stockton-2016" / "report.yaml", folder)
    docx, evidence = (path.read_bytes() for path in outputs.paths)
    return docx, evidence, len(outputs.warnings)


def body(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_the_draft_and_the_evidence_list_every_doubt(paper: tuple[bytes, bytes, int]) -> None:
    docx, evidence, count = paper
    checks = json.loads(evidence)["checks"]
    assert len(checks) == count > 10
    text = body(docx)
    assert HEADING in text
    for check in checks:
        assert check["what"].replace("'", "&#39;") in text or check["what"] in text
        assert check["file"]
        assert check["row"]


def test_the_draft_is_still_accessible(paper: tuple[bytes, bytes, int]) -> None:
    found = check_paper(paper[0], "paper.docx")
    assert [problem for problem in found if problem.level == "error"] == []


def test_a_paper_without_doubts_has_no_annex(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA / "blackpool-2018", tmp_path / "paper"))
    outputs = build_report(folder / "report.yaml", tmp_path / "out")
    assert outputs.warnings == ()
    assert HEADING not in body(outputs.paths[0].read_bytes())
    assert json.loads(outputs.paths[1].read_bytes())["checks"] == []


def test_the_final_copy_has_none_of_it(paper: tuple[bytes, bytes, int]) -> None:
    opened = open_paper(paper[0], "paper.docx")
    _, changed, _ = clean(opened)
    words = "".join(changed["word/document.xml"].itertext())
    assert HEADING not in words
    assert "in no band" not in words
