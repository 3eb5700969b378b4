"""`finalise --register`: the clean copy and the register are written together, or neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.cli import app
from tests.disclosure.test_package import write

RUN = CliRunner()


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    brief = write(tmp_path / "paper", "none", "public")
    assert RUN.invoke(app, ["build", str(brief), "-o", str(tmp_path / "out"), "-q"]).exit_code == 0
    return tmp_path / "out" / "paper.docx"


def test_a_final_copy_adds_itself_to_the_register(draft: Path) -> None:
    register = draft.parent / "published.json"
    done = RUN.invoke(app, ["finalise", str(draft), "--register", str(register)])
    assert done.exit_code == 0, done.output
    (document,) = json.loads(register.read_bytes())["documents"]
    assert (document["document"], document["period"]) == ("paper-final.docx", "2025-03")
    assert len(document["figures"]) == 11
    RUN.invoke(app, ["finalise", str(draft), "--register", str(register)])
    assert len(json.loads(register.read_bytes())["documents"]) == 1


def test_without_a_register_it_is_told_that_one_is_wanted(draft: Path) -> None:
    done = RUN.invoke(app, ["finalise", str(draft)])
    assert done.exit_code == 0
    assert "not-registered" in done.output


def test_nothing_is_written_where_the_register_cannot_be_read(draft: Path) -> None:
    register = draft.parent / "published.json"
    register.write_text("nothing", encoding="utf-8")
    done = RUN.invoke(app, ["finalise", str(draft), "--register", str(register)])
    assert done.exit_code == 1
    assert not (draft.parent / "paper-final.docx").exists()
    assert register.read_text(encoding="utf-8") == "nothing"


def test_a_restricted_paper_has_no_place_in_it(tmp_path: Path) -> None:
    brief = write(tmp_path / "paper", "none", "restricted")
    RUN.invoke(app, ["build", str(brief), "-o", str(tmp_path), "-q"])
    draft, register = str(tmp_path / "paper.docx"), str(tmp_path / "p.json")
    done = RUN.invoke(app, ["finalise", draft, "--register", register])
    assert done.exit_code == 1
    assert not (tmp_path / "p.json").exists()
