"""The command line: what it says where, how it ends, and how little it loads to say so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from reporter import __version__
from reporter.cli import app


def reporter(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reporter", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_version_is_said_on_stdout() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"reporter {__version__}\n")


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, by the words that call it."""
    yield path
    for name, inner in getattr(group, "commands", {}).items():
        yield from commands(inner, (*path, name))


@pytest.mark.parametrize("command", tuple(commands(get_command(app))), ids=" ".join)
def test_every_help_page_has_an_example(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert f"Example: reporter {' '.join(command)}".strip() in " ".join(result.stdout.split())


def test_help_loads_neither_pandas_nor_matplotlib() -> None:
    code = (
        "import sys; from reporter.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'docx', 'jinja2', 'babel', 'pydantic'}\n"
        "sys.exit(str(loaded) if (loaded := sorted(heavy & set(sys.modules))) else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_missing_brief_is_a_problem_and_not_a_traceback() -> None:
    result = reporter("build", "no/such/report.yaml")
    assert (result.returncode, result.stdout) == (1, "")
    assert "no/such/report.yaml: there is no such file" in result.stderr
    assert "1 problem; nothing was written." in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["paper.docx", "figures.xlsx"])
def test_a_paper_or_a_workbook_in_place_of_the_brief_is_told_as_such(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"PK")
    result = reporter("build", str(tmp_path / name))
    assert result.returncode == 1
    assert f"{name}: this is no brief [no-brief]" in result.stderr
    assert "Name report.yaml, or the folder it stands in." in result.stderr


def test_paragraphs_of_help_are_laid_out_for_the_terminal() -> None:
    result = CliRunner().invoke(app, ["new", "--help"], env={"COLUMNS": "80"})
    assert "marked for you to confirm." in result.stdout  # in one row of it


def test_a_wrong_option_is_a_usage_error() -> None:
    result = reporter("build", "--no-such-option")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
