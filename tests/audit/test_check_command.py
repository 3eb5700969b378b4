"""`reporter check` on edited papers: its list, its exit, its JSON and its annotated copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx_integrity import check as integrity
from typer.testing import CliRunner, Result

from reporter.audit import load_evidence
from reporter.cli import app
from reporter.problems import ProblemsFoundError
from reporter.reading import open_paper, read_opened, read_paper
from tests.audit.mutating import replace_in, saved
from tests.papers import built

NAME = "haringey-2018"
Check = Callable[..., Result]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = built(NAME)
    (tmp_path / f"{NAME}.docx").write_bytes(made.docx)
    (tmp_path / f"{NAME}.evidence.json").write_bytes(made.raw)
    return tmp_path / f"{NAME}.docx"


def edit(paper: Path, old: str, new: str, to: str = "") -> Path:
    """The paper with the first `old` of its text now `new`, under its own name or another."""
    opened = open_paper(paper.read_bytes(), paper.name)
    for block in read_opened(opened).blocks:
        start = block.text.replace("\N{NO-BREAK SPACE}", " ").find(old)
        if start >= 0 and block.kind != "comment":
            replace_in(block, start, start + len(old), new)
            break
    else:
        raise AssertionError(f"{old!r} is not in the paper")
    target = paper.with_name(to) if to else paper
    target.write_bytes(saved(opened))
    return target


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def findings(paper: Path, *options: str) -> list[dict[str, Any]]:
    data: dict[str, Any] = json.loads(check(paper, "--json", *options).stdout)
    found: list[dict[str, Any]] = data["findings"]
    return found


def test_a_paper_as_built_is_fine_and_lists_what_is_open(paper: Path) -> None:
    result = check(paper)
    assert result.exit_code == 0
    assert "open: " in result.stdout
    assert "[empty-place]" in result.stdout
    assert "0 problems, 0 warnings, 2 open places" in result.stderr


def test_with_final_open_places_and_comments_are_problems(paper: Path) -> None:
    result = check(paper, "--final")
    assert result.exit_code == 1
    assert {"empty-place", "comment-left"} <= {f["code"] for f in findings(paper, "--final")}


def test_a_wrong_number_is_told_with_its_place_and_what_to_do(paper: Path) -> None:
    result = check(edit(paper, "15.7%", "15.8%"))
    assert result.exit_code == 1
    assert 'it says "15.8%" where the figures say "15.7%" [wrong-number]' in result.stdout
    assert "Put back what the figures say" in result.stdout


@pytest.mark.parametrize("name", ["-final", "-final-v2", " (1)", "_edited"])
def test_the_evidence_is_found_beside_a_copy_of_another_name(paper: Path, name: str) -> None:
    copy = edit(paper, "15.7%", "15.8%", f"{NAME}{name}.docx")
    assert [f["code"] for f in findings(copy) if f["level"] == "error"] == ["wrong-number"]


def test_evidence_elsewhere_is_given(paper: Path, tmp_path: Path) -> None:
    moved = tmp_path / "other" / "paper.docx"
    moved.parent.mkdir()
    edit(paper, "15.7%", "15.8%").rename(moved)
    assert "no evidence beside it" in check(moved).stderr
    given = ("--evidence", str(tmp_path / f"{NAME}.evidence.json"))
    assert [f["code"] for f in findings(moved, *given) if f["level"] == "error"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"report": {}}', '{"inputs": {}, "statements": 1, "left_out": []}',
             '{"report": {}, "inputs": [], "left_out": [], "statements": [{"id": 1}]}'],
)  # fmt: skip
def test_what_is_no_evidence_is_told(text: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        load_evidence(text.encode(), "x.evidence.json")
    assert [problem.code for problem in caught.value.problems] == ["bad-evidence"]


def test_json_lists_every_number_with_its_rows(paper: Path) -> None:
    data = json.loads(check(paper, "--json").stdout)
    rate = next(number for number in data["numbers"] if number["text"] == "15.7%")
    assert rate["support"] == "fact"
    assert rate["facts"][0]["sources"][0]["file"] == "observations.csv"


@pytest.mark.parametrize(
    ("old", "new", "level", "code"),
    [
        ("A stable workforce", "A workforce of 4,321 people", "note", "unsupported-number"),
        ("A stable workforce", "Figures for Rotherham are awaited", "warning", "other-area"),
        ("Restorative practice",
         "The staff turnover rate was 19.9% in September 2018", "error", "contradicts"),
        ("Restorative practice", "See Table 9", "error", "no-such-display"),
        ("Restorative practice", "The staff turnover rate rose", "error", "wrong-direction"),
    ],
)  # fmt: skip
def test_an_authors_own_words_are_held_to_the_figures(
    paper: Path, old: str, new: str, level: str, code: str
) -> None:
    found = [(f["level"], f["code"]) for f in findings(edit(paper, old, new))]
    assert (level, code) in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("was 15.7% in September 2018, down from 23.3% in February 2018",
         "fell from 23.3% in February 2018 to 15.7% in September 2018"),
        ("was 15.7% in September", "was just 16% in September"),
        ("The staff turnover rate was", "Staff turnover stood at"),
        ("There were 997 children in need at the end of October 2018, up from",
         "At the end of October 2018, 997 children were in need, an increase from"),
        ("Work goes on to turn", "The work goes on to turn"),
    ],
)  # fmt: skip
def test_rewording_that_keeps_to_the_figures_is_no_problem(paper: Path, old: str, new: str) -> None:
    found = findings(edit(paper, old, new))
    assert [f for f in found if f["level"] in ("error", "warning")] == []


def test_the_annotated_copy_has_a_comment_at_each_finding_and_keeps_the_others(
    paper: Path, tmp_path: Path
) -> None:
    edit(paper, "15.7%", "15.8%")
    before = [b.text for b in read_paper(paper.read_bytes(), "p").blocks if b.kind == "comment"]
    copy = tmp_path / "annotated.docx"
    assert check(paper, "--annotate", copy).exit_code == 1
    blocks = read_paper(copy.read_bytes(), "annotated.docx").blocks
    comments = [b for b in blocks if b.kind == "comment"]
    assert [b.text for b in comments][: len(before)] == before
    ours = [b for b in comments if b.author == "reporter"]
    assert any("[wrong-number]" in b.text and "turnover" in b.place for b in ours)
    assert integrity(str(copy)) == integrity(str(paper))


def test_a_text_can_be_checked_and_not_annotated(tmp_path: Path) -> None:
    text = tmp_path / "paper.txt"
    text.write_text("Plans rose to 429.\n", encoding="utf-8")
    assert check(text).exit_code == 0
    assert check(text, "--annotate", tmp_path / "a.docx").exit_code == 2
