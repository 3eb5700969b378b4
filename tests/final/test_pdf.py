"""A tagged PDF where LibreOffice is installed; a warning, and no failure, where it is not."""

from __future__ import annotations

import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from reporter import pdf
from reporter.problems import Problem
from tests.final.test_final import answered, draft

installed = pytest.mark.skipif(shutil.which("soffice") is None, reason="not installed: soffice")


@installed
def test_the_pdf_is_tagged_and_the_same_each_time() -> None:
    made = [pdf.pdf_of(answered(draft()), "paper.docx") for _ in range(2)]
    assert isinstance(made[0], bytes)
    assert made[0] == made[1]
    for sign in (b"/StructTreeRoot", b"<pdfuaid:part>1", b"/Lang(en-GB)", b"/DisplayDocTitle true"):
        assert sign in made[0]


@installed
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="not installed: pdfinfo")
def test_another_program_reads_the_pdf(tmp_path: Path) -> None:
    files = {"paper.docx": draft()}
    assert pdf.add_pdf(files, "paper.docx") == ()
    (tmp_path / "paper.pdf").write_bytes(files["paper.pdf"])
    told = subprocess.run(["pdfinfo", str(tmp_path / "paper.pdf")], capture_output=True, text=True)
    lines = {" ".join(line.split()) for line in told.stdout.splitlines()}
    assert {"Tagged: yes", "Title: Children's services performance update"} <= lines
    assert told.stderr == ""


def warned(problem: bytes | Problem, words: str) -> None:
    assert isinstance(problem, Problem)
    assert (problem.code, problem.level) == ("no-pdf", "warning")
    assert words in problem.what


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    warned(pdf.pdf_of(b"", "paper.docx"), "LibreOffice is not installed here")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("sleep 60", "took longer than 1 seconds"),
        ("exit 3", "ended with 3"),
        ("exit 0", "gave none"),
    ],
)
def test_a_libreoffice_that_fails_is_told_of_and_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, words: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(pdf, "SECONDS", 1)
    started = time.monotonic()
    warned(pdf.pdf_of(b"", "paper.docx"), words)
    assert time.monotonic() - started < 20
