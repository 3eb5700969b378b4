"""The README keeps its word: the report that it shows in full builds as it stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"^```(?:csv|yaml) (our-report/\S+)\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """The folder that the README shows, file by file."""
    blocks = BLOCK.findall(README.read_text(encoding="utf-8"))
    for name, text in blocks:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert len(blocks) == 5
    return tmp_path / "our-report"


def test_the_report_shown_builds_and_says_what_its_figures_say(shown: Path) -> None:
    docx, evidence = build_report(shown / "report.yaml", shown.parent / "out").paths
    said = " ".join(s["text"] for s in json.loads(evidence.read_text("utf-8"))["statements"])
    assert docx.stat().st_size > 0
    for words in ("93.9%", "248 children", "the target of 92%", "England"):
        assert words in said.replace("\u00a0", " ")


def test_the_way_from_excel_works_as_it_is_shown(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```sh new\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    for line in block.splitlines():
        program, *words = line.split()
        assert program == "reporter"
        command = [sys.executable, "-m", "reporter", *words]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False,
                             env={**os.environ, "PYTHONPATH": str(README.parent)})  # fmt: skip
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "our-report.docx").stat().st_size > 0


def test_the_fault_shown_is_told_in_the_words_shown(shown: Path) -> None:
    file = shown / "observations.csv"
    file.write_text(file.read_text("utf-8").replace("month,93.9,", 'month,"93,9",'), "utf-8")
    with pytest.raises(ProblemsFoundError) as found:
        build_report(shown / "report.yaml", shown.parent / "out")
    told = "\n".join(f"{problem.level}: {problem}" for problem in found.value.problems)
    example = re.search(r"^error: .*$", README.read_text(encoding="utf-8"), re.M)
    assert example is not None
    assert example.group() in told
    assert not (shown.parent / "out").exists() or not list((shown.parent / "out").iterdir())
