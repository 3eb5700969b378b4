"""Bad input: every fault is told in one run, with its place and what to do; nothing is written.

Each fault is made in a copy of the invented council's folder. The five parts of what a user is told
are checked apart from the words: file, line or row, column, what is wrong, what to do.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporter.cli import main
from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import load_commission

HOME = Path(__file__).parents[1] / "data" / "exampleshire"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Fault:
    """How to make a fault in a folder, and where it must be told."""

    name: str
    make: Callable[[Path], None]
    code: str
    file: str
    line: int = 0
    row: int = 0
    column: str = ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "council"
    shutil.copytree(HOME, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def change_row(row: int, **cells: str) -> Callable[[Path], None]:
    """Change cells of a row of the observations; the header is row 1."""

    def make(folder: Path) -> None:
        rows = read_rows(folder)
        rows[row - 2].update(cells)
        write_rows(folder, rows)

    return make


def repeat_row(row: int) -> Callable[[Path], None]:
    """Repeat a row of the observations at the end, with another value."""

    def make(folder: Path) -> None:
        rows = read_rows(folder)
        write_rows(folder, [*rows, rows[row - 2] | {"value": "1"}])

    return make


def drop_column(folder: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "value"} for row in read_rows(folder)]
    write_rows(folder, rows)


def read_rows(folder: Path) -> Rows:
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(folder: Path, rows: Rows) -> None:
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def change_line(name: str, line: int, text: str) -> Callable[[Path], None]:
    """Change a line of a text file, counted from 1."""

    def make(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        lines[line - 1] = text
        (folder / name).write_text("\n".join(lines), encoding="utf-8")

    return make


def empty(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text("", encoding="utf-8") and None


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def make_pipe(name: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return make


def make_folder(name: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return make


def write_bytes(name: str, raw: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(raw) and None


def line_of(name: str, start: str) -> int:
    """The line of a file in the folder that starts so."""
    lines = (HOME / name).read_text(encoding="utf-8").split("\n")
    return next(i for i, line in enumerate(lines, 1) if line.startswith(start))


BRIEF, CATALOGUE, FIGURES = "report.yaml", "indicators.yaml", "observations.csv"
COMMITTEE, POLARITY = line_of(BRIEF, "committee:"), line_of(CATALOGUE, "    polarity:")
CONTACTS = line_of(BRIEF, "      - contacts")
DATA_FILE = line_of(BRIEF, "  targets:")

SMALL = [
    Fault("an unknown indicator", change_row(60, indicator="contactz"), "unknown-indicator",
          FIGURES, row=60, column="indicator"),
    Fault("an unknown area", change_row(64, area="Atlantis"), "unknown-area",
          FIGURES, row=64, column="area"),
    Fault("no such month", change_row(61, period="2025-13"), "bad-period",
          FIGURES, row=61, column="period"),
    Fault("text for a value", change_row(62, value="about 12"), "bad-number",
          FIGURES, row=62, column="value"),
    Fault("text for a numerator", change_row(700, numerator="many"), "bad-number",
          FIGURES, row=700, column="numerator"),
    Fault("an unknown status", change_row(66, status="prov"), "bad-status",
          FIGURES, row=66, column="status"),
    Fault("a bad date of publication", change_row(65, published="yesterday"), "bad-date",
          FIGURES, row=65, column="published"),
    Fault("a repeated observation", repeat_row(63), "duplicate-observation", FIGURES, row=7631),
    Fault("text for a target",
          change_line("targets.csv", 3, "assessments_on_time_pct,2023/24,eighty,,,,,,,,,"),
          "bad-number", "targets.csv", row=3, column="target"),
    Fault("a bad key in the brief", change_line(BRIEF, COMMITTEE, "comittee: Scrutiny"),
          "unknown-key", BRIEF, line=COMMITTEE, column="1"),
    Fault("an unknown measure in the outline",
          change_line(BRIEF, CONTACTS, "      - contracts"),
          "unknown-indicator", BRIEF, line=CONTACTS, column="9"),
    Fault("a bad key in the catalogue",
          change_line(CATALOGUE, POLARITY, "    polarty: low_good"),
          "unknown-key", CATALOGUE, line=POLARITY, column="5"),
]  # fmt: skip
"""Faults that hide no other: all of them must be told in one run."""

WHOLE = [
    Fault("a missing column", drop_column, "missing-column", FIGURES, row=1),
    Fault("a choice that there is not",
          change_line(CATALOGUE, POLARITY, "    polarity: lower"),
          "bad-choice", CATALOGUE, line=POLARITY, column="5"),
    Fault("an empty table", empty(FIGURES), "empty-file", FIGURES),
    Fault("an empty catalogue", empty(CATALOGUE), "empty-file", CATALOGUE),
    Fault("an empty brief", empty(BRIEF), "empty-file", BRIEF),
    Fault("no brief", remove(BRIEF), "no-file", BRIEF),
    Fault("a file that is not there", remove("targets.csv"), "no-file", BRIEF, line=DATA_FILE,
          column="3"),
    Fault("a folder for a table", make_folder(FIGURES), "unreadable-file", FIGURES),
    Fault("a folder for a brief", make_folder(BRIEF), "unreadable-file", BRIEF),
    Fault("a pipe for a table", make_pipe(FIGURES), "unreadable-file", FIGURES),
    Fault("a table in another encoding",
          write_bytes(FIGURES, "area,indicator\nCaf\xe9,1\n".encode("latin-1")),
          "bad-encoding", FIGURES, row=2),
    Fault("broken YAML", change_line("areas.yaml", 4, "  Exampleshire: {kind: authority"),
          "bad-yaml", "areas.yaml", line=5, column="16"),
]  # fmt: skip

by_name = pytest.mark.parametrize("fault", [*SMALL, *WHOLE], ids=lambda fault: fault.name)


def problems(brief: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFoundError) as raised:
        load_commission(brief)
    return raised.value.problems


def tells(problem: Problem, fault: Fault) -> bool:
    """Whether the problem is the fault, in its place."""
    place = problem.place
    return (
        (problem.code, Path(place.file).name) == (fault.code, fault.file)
        and (place.line, place.row) == (fault.line, fault.row)
        and place.column == fault.column
    )


def test_the_folder_is_sound_before_it_is_spoilt(folder: Path) -> None:
    assert load_commission(folder / BRIEF).dataset.warnings == ()


@by_name
def test_a_fault_is_told_with_its_place_and_what_to_do(folder: Path, fault: Fault) -> None:
    fault.make(folder)
    found = problems(folder / BRIEF)
    assert any(tells(problem, fault) for problem in found), found
    for problem in found:
        assert problem.what
        assert problem.fix.endswith((".", "?"))


def test_all_faults_are_told_in_one_run(folder: Path) -> None:
    for fault in SMALL:
        fault.make(folder)
    found = problems(folder / BRIEF)
    missed = [fault.name for fault in SMALL if not any(tells(p, fault) for p in found)]
    assert missed == []


def test_an_unreadable_table_does_not_hide_a_fault_in_another_file(folder: Path) -> None:
    empty(FIGURES)(folder)
    change_line(CATALOGUE, POLARITY, "    polarty: low_good")(folder)
    assert {problem.code for problem in problems(folder / BRIEF)} == {"empty-file", "unknown-key"}


def test_problems_are_in_the_order_of_their_places(folder: Path) -> None:
    for fault in SMALL:
        fault.make(folder)
    found = problems(folder / BRIEF)
    assert [p.place for p in found] == sorted(p.place for p in found)


# On the command line


@dataclass(frozen=True)
class Run:
    """What a command said and did."""

    code: int
    out: str
    err: str


@pytest.fixture
def build(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """`reporter build` in this process; a fault of ours is an exception, and fails the test."""

    def run(*words: str | Path) -> Run:
        monkeypatch.setattr("sys.argv", ["reporter", "build", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Run(ended.value.code if isinstance(ended.value.code, int) else 1, said.out, said.err)

    return run


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "faults",
    # A folder in place of a brief is no fault here: the command looks for report.yaml in it.
    [SMALL, *([fault] for fault in WHOLE if fault.name != "a folder for a brief")],
    ids=lambda faults: faults[0].name if len(faults) == 1 else "many faults",
)
def test_the_command_ends_with_1_and_writes_nothing(
    folder: Path, build: Callable[..., Run], faults: list[Fault]
) -> None:
    for fault in faults:
        fault.make(folder)
    before = tree(folder.parent)
    run = build(folder / BRIEF, "-o", folder.parent / "out")
    assert (run.code, run.out) == (1, "")
    for fault in faults:
        assert fault.file in run.err
        assert f"[{fault.code}]" in run.err
    assert "Traceback" not in run.err
    assert tree(folder.parent) == before


def test_the_command_tells_figures_template_and_out_folder_in_one_run(
    folder: Path, build: Callable[..., Run]
) -> None:
    change_row(62, value="about 12")(folder)
    change_line(BRIEF, line_of(BRIEF, "template:"), "template: nowhere")(folder)
    blocked = folder.parent / "out"
    blocked.write_text("a file stands here", encoding="utf-8")
    run = build(folder / BRIEF, "-o", blocked)
    assert (run.code, run.out) == (1, "")
    assert "observations.csv, row 62, column value" in run.err
    assert "nowhere" in run.err
    assert str(blocked) in run.err
    assert blocked.read_text(encoding="utf-8") == "a file stands here"


def test_an_earlier_paper_stays_as_it_was(folder: Path, build: Callable[..., Run]) -> None:
    out = folder.parent / "out"
    out.mkdir()
    (out / "exampleshire.docx").write_bytes(b"the paper of last quarter")
    change_row(62, value="about 12")(folder)
    assert build(folder / BRIEF, "-o", out).code == 1
    assert tree(out) == ["exampleshire.docx"]
    assert (out / "exampleshire.docx").read_bytes() == b"the paper of last quarter"
