"""`reporter template` and the commands for a draft, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.cli import app
from reporter.problems import ProblemsFoundError
from tests.document.test_adopting import council_file
from tests.document.test_template import NAMES
from tests.final.test_final import answered, draft


def run(*args: object) -> tuple[int, str]:
    """The exit code and stdout of a command; faults of the input are left to the caller."""
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    if isinstance(result.exception, ProblemsFoundError):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_standard_templates_are_listed_and_agree() -> None:
    code, told = run("template", "list")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()] == NAMES
    assert "agree" in run("template", "check", "standard")[1]


def test_a_template_that_is_not_there_is_told() -> None:
    with pytest.raises(ProblemsFoundError, match=r"Templates here: .*standard"):
        run("template", "check", "standrad")


def test_a_file_is_adopted_once(tmp_path: Path) -> None:
    council_file().save(str(tmp_path / "ours.docx"))
    code, told = run("template", "adopt", tmp_path / "ours.docx", "-o", tmp_path / "new")
    assert code == 0
    assert [Path(line).name for line in told.splitlines()] == ["template.docx", "template.yaml"]
    assert run("template", "check", tmp_path / "new")[0] == 0
    with pytest.raises(ProblemsFoundError, match="a template stands here already"):
        run("template", "adopt", tmp_path / "ours.docx", "-o", tmp_path / "new")


def test_a_draft_is_checked_and_finalised(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(draft())
    code, told = run("check", paper, "--json")
    assert code == 0
    levels = {entry["level"] for entry in json.loads(told)["findings"]}
    assert levels <= {"warning", "open"}
    with pytest.raises(ProblemsFoundError, match="why the rise of 172"):
        run("finalise", paper)
    assert sorted(tmp_path.iterdir()) == [paper]
    filled = answered(draft())
    paper.write_bytes(filled)
    code, told = run("finalise", paper)
    assert (code, told) == (0, f"{tmp_path / 'paper-final.docx'}\n")
    assert paper.read_bytes() == filled
    assert run("finalise", paper, "-o", paper)[0] == 2


def test_a_paper_with_faults_ends_the_check_with_one(tmp_path: Path) -> None:
    council_file().save(str(tmp_path / "ours.docx"))
    code, told = run("check", tmp_path / "ours.docx")
    assert code == 1
    assert "ours.docx, the page footer: the pages have no numbers [access-5.19]" in told
