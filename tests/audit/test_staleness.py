"""Figures that changed since a paper was generated are told at the statements that they touch."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from reporter.audit import load_evidence
from reporter.checking import check_file
from reporter.staleness import brief_near, changed_since
from tests.papers import ROOT, built

NAME = "haringey-2018"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper as it lies after `reporter build haringey-2018 -o out`."""
    shutil.copytree(ROOT / "data" / NAME, tmp_path / NAME)
    (tmp_path / "out").mkdir()
    made = built(NAME)
    (tmp_path / "out" / f"{NAME}.evidence.json").write_bytes(made.raw)
    (tmp_path / "out" / f"{NAME}.docx").write_bytes(made.docx)
    return tmp_path / "out" / f"{NAME}.docx"


def figures(paper: Path) -> Path:
    return paper.parents[1] / NAME / "observations.csv"


def change(paper: Path, old: str, new: str) -> None:
    file = figures(paper)
    text = file.read_text("utf-8")
    assert re.search(old, text, re.M)
    file.write_text(re.sub(old, new, text, count=1, flags=re.M), "utf-8")


def stale(paper: Path) -> list[str]:
    return [f.what for f in check_file(paper).findings if f.code == "changed-since"]


def test_nothing_is_told_while_the_figures_are_as_they_were(paper: Path) -> None:
    assert stale(paper) == []


def test_every_statement_of_a_changed_figure_is_told_with_the_new_one(paper: Path) -> None:
    change(paper, r"^(Haringey,children_in_need,.*2018-10,snapshot,)997,", r"\g<1>995,")
    found = stale(paper)
    assert found
    assert all("995" in what or "997" in what for what in found)
    evidence = json.loads(built(NAME).raw)
    touched = [s["id"] for s in evidence["statements"] if "997" in s["text"]]
    known = load_evidence(built(NAME).raw, NAME)
    assert set(touched) <= set(changed_since(known, figures(paper).with_name("report.yaml")))


def test_the_new_figure_is_written_as_the_paper_writes_its_own(paper: Path) -> None:
    change(paper, r"^(Haringey,children_in_need,.*2018-10,snapshot,)997,", r"\g<1>1997,")
    assert any("997 is 1,997 now" in what for what in stale(paper))


def test_a_figure_that_the_paper_does_not_show_is_no_matter(paper: Path) -> None:
    with figures(paper).open("a", encoding="utf-8") as file:
        columns = figures(paper).read_text("utf-8").splitlines()[0].count(",") + 1
        file.write(",".join(["Elsewhere", "children_in_need", "", "", "2012-10", "snapshot", "5"]
                            + [""] * (columns - 7)) + "\n")  # fmt: skip
    assert [what for what in stale(paper) if " now" in what] == []


def test_figures_that_cannot_be_read_now_are_a_warning(paper: Path) -> None:
    change(paper, r"snapshot,997,", "snapshot,many,")
    levels = {f.level for f in check_file(paper).findings if f.code == "changed-since"}
    assert levels == {"warning"}


@pytest.mark.parametrize("title", ["", "Another paper"])
def test_a_brief_of_another_paper_is_not_taken(paper: Path, title: str) -> None:
    evidence = load_evidence(built(NAME).raw, str(paper.with_name(f"{NAME}.evidence.json")))
    assert brief_near(paper, evidence) is not None
    data: dict[str, Any] = json.loads(built(NAME).raw)
    data["report"]["title"] = title
    other = load_evidence(json.dumps(data).encode(), str(paper.with_name("x.evidence.json")))
    assert brief_near(paper, other) is None
