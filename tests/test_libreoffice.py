"""Every paper in data/ opens in an independent word processor, with its words where they belong."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reporter.pipeline import build_report
from tests.papers import PAPERS

ROOT = Path(__file__).parents[1]
MISSING = [tool for tool in ("soffice", "pdftotext") if shutil.which(tool) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every paper, its evidence and the PDF that LibreOffice makes of it."""
    out = tmp_path_factory.mktemp("opened")
    papers = [build_report(ROOT / "data" / name / "report.yaml", out).paths[0] for name in PAPERS]
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*command, *map(str, papers)], check=True, capture_output=True, timeout=300)
    return out


def words_of(pdf: Path) -> str:
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return " ".join(text.split())


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_opens_whole(opened: Path, name: str) -> None:
    words = words_of(opened / f"{name}.pdf")
    evidence = json.loads((opened / f"{name}.evidence.json").read_text(encoding="utf-8"))
    assert " ".join(evidence["report"]["title"].split()) in words
    # Paragraphs, whatever their council's numbering; tables and figures go by their captions.
    told = [s for s in evidence["statements"] if not s["number"].startswith(("Table", "Figure"))]
    assert told
    # A page break may part any one sentence; the opening words of nearly all stand together.
    openings = [" ".join(s["text"].split()[:3]) for s in told]
    found = sum(opening in words for opening in openings)
    assert found >= 0.9 * len(openings)
    for fault in ("Error! ", "Error: Reference", "{{", "}}", " nan "):
        assert fault not in words
