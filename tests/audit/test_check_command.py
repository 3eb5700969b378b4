"""`reporter check` on edited papers: its list, its exit, its JSON and its annotated copy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
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
    """What is found in `paper` that is not in it as it was built."""
    found: list[dict[str, Any]] = json.loads(check(paper, "--json", *options).stdout)["findings"]
    known = {(f["code"], f["what"]) for f in as_built()}
    return [f for f in found if (f["code"], f["what"]) not in known]


@cache
def as_built() -> tuple[dict[str, Any], ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.docx"
        path.write_bytes(built(NAME).docx)
        path.with_name(f"{NAME}.evidence.json").write_bytes(built(NAME).raw)
        return tuple(json.loads(check(path, "--json").stdout)["findings"])


def statement(pattern: str) -> re.Match[str]:
    """The first sentence of the paper in which the pattern is found, blanks made plain."""
    said = [s["text"] for s in built(NAME).evidence["statements"] if s["rules"]]
    texts = [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]
    return next(m for text in texts if (m := re.search(pattern, text)) and "Why " not in text)


RATE = r"(\d+\.\d)%"


def wrong(paper: Path, to: str = "") -> Path:
    """The paper with its first percentage a tenth off."""
    rate = statement(RATE)
    off = f"{rate[1][:-1]}{(int(rate[1][-1]) + 1) % 10}%"
    return edit(paper, rate.string, rate.string.replace(rate[0], off, 1), to)


def test_a_paper_as_built_is_fine_and_lists_what_is_open(paper: Path) -> None:
    result = check(paper)
    assert result.exit_code == 0
    assert "open: " in result.stdout
    assert "[empty-place]" in result.stdout
    assert "0 problems" in result.stderr
    assert "open place" in result.stderr


def test_with_final_open_places_and_comments_are_problems(paper: Path) -> None:
    result = check(paper, "--final")
    assert result.exit_code == 1
    found = json.loads(check(paper, "--json", "--final").stdout)["findings"]
    wrong = {f["code"] for f in found if f["level"] == "error"}
    assert {"empty-place", "comment-left"} <= wrong


def test_comments_that_are_left_are_told_once(paper: Path) -> None:
    final = json.loads(check(paper, "--json", "--final").stdout)["findings"]
    [left] = [f for f in final if f["code"] == "comment-left"]
    assert re.fullmatch(r"this comment is still there, and \d+ more", left["what"])


def test_a_wrong_number_is_told_with_its_place_and_what_to_do(paper: Path) -> None:
    result = check(wrong(paper))
    assert result.exit_code == 1
    assert f'where the figures say "{statement(RATE)[0]}" [wrong-number]' in result.stdout
    assert "Put back what the figures say" in result.stdout


@pytest.mark.parametrize("name", ["-final", "-final-v2", " (1)", "_edited"])
def test_the_evidence_is_found_beside_a_copy_of_another_name(paper: Path, name: str) -> None:
    copy = wrong(paper, f"{NAME}{name}.docx")
    assert [f["code"] for f in findings(copy) if f["level"] == "error"] == ["wrong-number"]


def test_evidence_elsewhere_is_given(paper: Path, tmp_path: Path) -> None:
    moved = tmp_path / "other" / "paper.docx"
    moved.parent.mkdir()
    wrong(paper).rename(moved)
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
    rate = next(n for n in data["numbers"] if n["text"] == statement(RATE)[0])
    assert rate["support"] == "fact"
    assert rate["facts"][0]["sources"][0]["file"] == "observations.csv"


OWN = "Practice Week takes a new form."  # An author's line of the brief.


@pytest.mark.parametrize(
    ("words", "level", "code"),
    [
        ("A workforce of 4,321 people", "note", "unsupported-number"),
        ("Figures for Rotherham are awaited", "warning", "other-area"),
        ("See Table 9", "error", "no-such-display"),
        (
            "There were 777 looked after children at the end of October 2018.",
            "error",
            "contradicts",
        ),
        ("The number of looked after children fell.", "error", "wrong-direction"),
    ],
)
def test_an_authors_own_words_are_held_to_the_figures(
    paper: Path, words: str, level: str, code: str
) -> None:
    found = [(f["level"], f["code"]) for f in findings(edit(paper, OWN, words))]
    assert (level, code) in found


def test_an_authors_own_words_that_keep_to_the_figures_are_fine(paper: Path) -> None:
    own = "At the end of October 2018, 321 looked after children were in our care."
    assert findings(edit(paper, OWN, own)) == []


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"up from a low of (\S+) in", r"an increase from the low of \1 in"),
        (r"up from (\S+) in", r"having risen from \1 in"),
        (RATE, r"about \1 per cent"),
        (r"There were (\S+) children in need at the end of (\w+ \d+),",
         r"At the end of \2, \1 children were in need,"),
        (r"\.$", r", which the committee asked about in spring."),
    ],
)  # fmt: skip
def test_rewording_that_keeps_to_the_figures_is_no_problem(
    paper: Path, pattern: str, new: str
) -> None:
    found = statement(pattern)
    edited = edit(paper, found.string, re.sub(pattern, new, found.string, count=1))
    assert [f for f in findings(edited) if f["level"] in ("error", "warning")] == []


def test_the_annotated_copy_has_a_comment_at_each_finding_and_keeps_the_others(
    paper: Path, tmp_path: Path
) -> None:
    wrong(paper)
    before = [b.text for b in read_paper(paper.read_bytes(), "p").blocks if b.kind == "comment"]
    copy = tmp_path / "annotated.docx"
    assert check(paper, "--annotate", copy).exit_code == 1
    blocks = read_paper(copy.read_bytes(), "annotated.docx").blocks
    comments = [b for b in blocks if b.kind == "comment"]
    assert [b.text for b in comments][: len(before)] == before
    ours = [b for b in comments if b.author == "reporter"]
    assert any("[wrong-number]" in b.text for b in ours)
    assert integrity(str(copy)) == integrity(str(paper))


def test_a_text_can_be_checked_and_not_annotated(tmp_path: Path) -> None:
    text = tmp_path / "paper.txt"
    text.write_text("Plans rose to 429.\n", encoding="utf-8")
    assert check(text).exit_code == 0
    assert check(text, "--annotate", tmp_path / "a.docx").exit_code == 2
