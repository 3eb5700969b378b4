"""Building a report: what it writes and where, every fault at once, and nothing half-written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reporter.pipeline import STEPS, build_report
from reporter.problems import ProblemsFoundError

SMALL = Path(__file__).parents[1] / "data" / "haringey-2018"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the smallest paper's folder, to be spoilt."""
    return Path(shutil.copytree(SMALL, tmp_path / "paper"))


def codes(brief: Path, out: Path) -> list[str]:
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(brief, out)
    return [problem.code for problem in caught.value.problems]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_two_files_bear_the_name_of_the_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "made" / "here"
    outputs = build_report(folder / "report.yaml", out)
    assert outputs.paths == (out / "paper.docx", out / "paper.evidence.json")
    assert sorted(path.name for path in out.iterdir()) == ["paper.docx", "paper.evidence.json"]
    assert outputs.paths[0].read_bytes()[:2] == b"PK"
    report = json.loads(outputs.paths[1].read_bytes())["report"]
    assert (report["area"], report["template"]) == ("Haringey", "haringey")
    assert "statements" in outputs.summary


def test_each_step_is_told_as_it_begins(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_report(folder / "report.yaml", tmp_path / "out", lambda *step: told.append(step))
    assert [number for _, number, _ in told] == list(range(1, STEPS + 1))
    assert {total for _, _, total in told} == {STEPS}


def test_nothing_is_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_report(folder / "report.yaml", tmp_path / "out")
    assert capsys.readouterr() == ("", "")


def test_faults_of_brief_data_template_rules_and_out_folder_are_told_at_once(
    folder: Path, tmp_path: Path
) -> None:
    change(folder / "report.yaml", "length: standard", "length: standard\nrules: our-rules")
    change(folder / "report.yaml", "template: haringey", "template: none-such")
    change(folder / "observations.csv", ",994,", ",many,")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    found = codes(folder / "report.yaml", tmp_path / "out")
    assert {"no-template", "no-folder", "bad-number", "bad-out-folder"} <= set(found)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


def test_what_the_template_has_no_place_for_is_told_before_anything_is_compared(
    folder: Path, tmp_path: Path
) -> None:
    brief = folder / "report.yaml"
    lines = [*brief.read_text(encoding="utf-8").split("\n"), "fields: {wardz: All}", ""]
    brief.write_text("\n".join(lines), encoding="utf-8")
    steps: list[str] = []
    with pytest.raises(ProblemsFoundError) as raised:
        build_report(brief, tmp_path / "out", lambda name, *_: steps.append(name))
    assert [(p.code, p.place.line) for p in raised.value.problems] == [
        ("no-place", lines.index("fields: {wardz: All}") + 1)
    ]
    assert len(steps) == 1


def test_a_faulty_brief_is_told_once_and_leaves_no_folder(folder: Path, tmp_path: Path) -> None:
    change(folder / "report.yaml", "committee:", "comittee:")
    found = codes(folder / "report.yaml", tmp_path / "out")
    assert "unknown-key" in found
    assert len(found) == len(set(found))
    assert not (tmp_path / "out").exists()


def test_a_draft_that_stands_there_outlives_a_faulty_run(folder: Path, tmp_path: Path) -> None:
    paths = build_report(folder / "report.yaml", tmp_path / "out").paths
    before = [path.read_bytes() for path in paths]
    change(folder / "observations.csv", ",994,", ",many,")
    assert codes(folder / "report.yaml", tmp_path / "out") == ["bad-number", "not-its-parts"]
    assert [path.read_bytes() for path in paths] == before


def test_a_councils_own_rules_lie_over_the_standard_ones(folder: Path, tmp_path: Path) -> None:
    own = folder / "our-rules"
    own.mkdir()
    (own / "ours.yaml").write_text("- {id: change-baseline, off: true}\n", encoding="utf-8")
    change(folder / "report.yaml", "length: standard", "length: standard\nrules: our-rules")
    evidence = json.loads(
        build_report(folder / "report.yaml", tmp_path / "out").paths[1].read_bytes()
    )
    assert "our-rules/ours.yaml" in [entry["file"] for entry in evidence["inputs"]]
    used = {rule for statement in evidence["statements"] for rule in statement["rules"]}
    assert "level" in used
    assert "change-baseline" not in used


def test_a_final_paper_is_refused_while_a_prompt_is_open(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(folder / "report.yaml", tmp_path / "out", final=True)
    assert {problem.code for problem in caught.value.problems} == {"empty-place"}
    assert not (tmp_path / "out").exists()


def test_a_pdf_that_cannot_be_made_is_told_of_and_the_paper_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    outputs = build_report(folder / "report.yaml", tmp_path / "out", pdf=True)
    assert [path.suffix for path in outputs.paths] == [".docx", ".json"]
    assert [(note.code, note.level) for note in outputs.notes] == [("no-pdf", "warning")]
