"""Refreshing files: names, evidence, a chain of refreshes, faults told, LibreOffice before it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx_integrity import check as integrity
from typer.testing import CliRunner

from reporter.cli import app
from reporter.problems import ProblemsFoundError
from reporter.refresh import figures_moved, match_statements, refresh_paper
from reporter.refresh.lines import normal
from tests.refresh.editing import Desk, comments_of, parts_of, resolved, texts_of, words_of
from tests.refresh.pairs import CHANGES, DATE, Pair, pair, revise

ROOT = Path(__file__).parents[2]
SMALL = "haringey-2018 a month later"
NATIVE = "stockton-2016 revised, Word's own charts"


def again(papers: Pair, mine: bytes, evidence: dict[str, Any]) -> bytes:
    """`mine`, refreshed once more with the figures of the new paper."""
    new = papers.new_docx, papers.new_evidence
    return refresh_paper(mine, "paper.docx", evidence, *new, DATE, accept=True).docx


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("accept", [False, True])
def test_the_file_is_sound(name: str, accept: bool, tmp_path: Path) -> None:
    papers = pair(name)
    desk = Desk(papers.docx)
    for edit in (desk.reword, desk.drop_sentence, desk.track, desk.write_in_cell):
        edit(5)
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(papers.docx)
    after.write_bytes(papers.refreshed(desk.saved(), accept).docx)
    known = {finding.code for finding in integrity(str(before))}
    assert [finding for finding in integrity(str(after)) if finding.code not in known] == []


def test_accepted_pictures_leave_no_old_ones_behind() -> None:
    papers = pair("blackpool-2019 revised")
    done = papers.refreshed(papers.docx, accept=True).docx
    assert len(parts_of(done)) == len(parts_of(papers.new_docx))


def test_a_chain_of_refreshes_knows_what_was_edited_and_deleted() -> None:
    papers = pair(SMALL)
    desk = Desk(papers.docx)
    reworded, gone = moved_sentences(papers)[:2]
    desk.reword(place_of(desk, reworded))
    desk.drop_paragraph(place_of(desk, gone))
    first = papers.refreshed(desk.saved(), accept=True)
    marked = [each for each in first.evidence["statements"] if each.get("edited")]
    assert len(marked) == 1
    assert "notably" in marked[0]["text"]
    assert "notably" not in marked[0]["generated"]
    assert first.evidence["deleted"]
    evidence = json.loads(json.dumps(first.evidence))
    assert again(papers, first.docx, evidence) == first.docx
    # Back to the old figures: the edit and the deletion are still known.
    back = refresh_paper(
        first.docx, "paper.docx", evidence, papers.docx, papers.evidence, DATE, accept=True
    )
    assert gone not in "\n".join(texts_of(back.docx))
    assert "notably" in "\n".join(texts_of(back.docx))
    assert [each["id"] for each in back.evidence["statements"] if each.get("edited")] == [
        marked[0]["id"]
    ]


def test_changes_that_are_still_pending_are_refreshed_too(tmp_path: Path) -> None:
    papers = pair(SMALL)
    first = papers.refreshed(papers.docx)
    evidence = json.loads(json.dumps(first.evidence))
    back = refresh_paper(first.docx, "paper.docx", evidence, papers.docx, papers.evidence, DATE)
    told = [normal(text) for text in resolved(back.docx, accept=True)]
    assert told == [normal(text) for text in texts_of(papers.docx)]


def test_front_matter_and_headings_follow_the_brief_unless_edited(folder: Path) -> None:
    brief = folder / "haringey" / "report.yaml"
    text = brief.read_text(encoding="utf-8")
    text = text.replace("2018-12-17", "2019-01-14").replace("Headlines", "In short")
    told_before = "A strategy on violence and exploitation is being written."
    note = "Note the progress made and the measures that need attention."
    text = text.replace(told_before, "A strategy on violence is out for comment.")
    brief.write_text(text.replace(note, "Note the progress made."), encoding="utf-8")
    paper = folder / "out" / "haringey.docx"
    desk = Desk(paper.read_bytes())
    desk.reword(next(at for at, p in enumerate(desk.paragraphs()) if note in words_of(p)))
    paper.write_bytes(desk.saved())
    assert run("refresh", paper, brief, "--accept", "-o", folder / "new.docx").exit_code == 0
    told = texts_of((folder / "new.docx").read_bytes())
    assert any("14 January 2019" in text for text in told)
    assert not any("17 December 2018" in text for text in told)
    assert "In short" in told
    assert "Headlines" not in told
    assert any("A strategy on violence is out for comment." in text for text in told)
    assert any("notably" in text for text in told)
    assert "Now: Note the progress made." in comments_of((folder / "new.docx").read_bytes())


def test_a_sentence_that_the_author_brought_up_to_date_needs_no_comment() -> None:
    papers = pair(SMALL)
    pairs = match_statements(papers.evidence["statements"], papers.new_evidence["statements"])
    new = {each["id"]: each["text"] for each in papers.new_evidence["statements"]}
    old = next(s for s in papers.evidence["statements"] if s["text"] in moved_sentences(papers))
    desk = Desk(papers.docx)
    p = desk.paragraphs()[place_of(desk, old["text"])]
    desk._say(p, words_of(p).replace(old["text"], new[pairs[old["id"]]]))
    done = papers.refreshed(desk.saved())
    assert done.tally.kept == 0


def moved_sentences(papers: Pair) -> list[str]:
    """The sentences that open their paragraphs and whose figures moved."""
    old, new = papers.evidence["statements"], papers.new_evidence["statements"]
    told = {each["id"]: each for each in new}
    pairs = match_statements(old, new)
    opening = [words_of(p) for p in Desk(papers.docx).paragraphs()]
    return [
        str(each["text"])
        for each in old
        if each["id"] in pairs
        and figures_moved(each, told[pairs[each["id"]]])
        and re.search(r"\d%", each["text"])
        and any(text.startswith(each["text"]) for text in opening)
    ]


def place_of(desk: Desk, sentence: str) -> int:
    """Which of its paragraphs opens with a sentence."""
    found = (at for at, p in enumerate(desk.paragraphs()) if words_of(p).startswith(sentence))
    return next(found)


def test_a_sentence_written_anew_is_remarked_on_where_its_figure_moved() -> None:
    papers = pair("blackpool-2019 revised")
    about = "section 47 enquiries"
    sentence = next(text for text in moved_sentences(papers) if f"of {about} were" in text)
    figure = next(iter(re.findall(r"\d+%", sentence)))
    last = sentence.rstrip(".").split(" ")[-1]
    desk = Desk(papers.docx)
    p = next(p for p in desk.paragraphs() if sentence in words_of(p))
    own = f"Members will want to know why {figure} is where we stand with {about}, {last}."
    desk._say(p, words_of(p).replace(sentence, own))
    done = papers.refreshed(desk.saved())
    assert normal(own) in "\n".join(resolved(done.docx, accept=True))
    comments = normal(comments_of(done.docx))
    assert "so it stays as it is." in comments
    assert f"Before: {normal(sentence)}" in comments
    assert done.tally.kept + done.tally.looked_at == 1


@pytest.mark.parametrize(
    ("name", "says"), [(NATIVE, "You edited this cell"), (SMALL, "You edited this table")]
)
def test_what_the_author_wrote_in_a_table_stays_with_a_comment(name: str, says: str) -> None:
    papers = pair(name)
    cells = {c for b in papers.evidence["paper"] for p in b["pieces"] for c in p.get("cells", ())}
    new = {c for b in papers.new_evidence["paper"] for p in b["pieces"] for c in p.get("cells", ())}
    desk = Desk(papers.docx)
    texts = [normal(words_of(cell)) for cell in desk.cells()]
    desk.write_in_cell(next(at for at, text in enumerate(texts) if text in cells - new))
    done = papers.refreshed(desk.saved())
    assert any("Remark number 1" in text for text in resolved(done.docx, accept=True))
    assert says in comments_of(done.docx)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="not installed: soffice")
def test_a_paper_saved_by_libreoffice_is_still_known(tmp_path: Path) -> None:
    papers = pair("blackpool-2019 revised")
    (tmp_path / "paper.docx").write_bytes(papers.docx)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "saved"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(out)]
    subprocess.run([*command, str(tmp_path / "paper.docx")], check=True, timeout=300)
    mine = (out / "paper.docx").read_bytes()
    assert papers.refreshed(mine, same=True).docx == mine
    done = papers.refreshed(mine)
    fresh = papers.refreshed(papers.docx)
    assert done.tally == fresh.tally
    new = [normal(text) for text in texts_of(papers.new_docx)]
    assert [normal(text) for text in resolved(done.docx, accept=True)] == new


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report of two pages, built."""
    made = Path(shutil.copytree(ROOT / "data" / "haringey-2018", tmp_path / "haringey"))
    assert run("build", made, "-o", tmp_path / "out", "-q").exit_code == 0
    return tmp_path


def test_the_command_writes_beside_and_never_over(folder: Path) -> None:
    paper = folder / "out" / "haringey.docx"
    before = paper.read_bytes()
    revise(folder / "haringey" / "observations.csv")
    for name in ("haringey-refreshed", "haringey-refreshed-2"):
        assert run("refresh", paper, folder / "haringey", "-q").exit_code == 0
        assert (folder / "out" / f"{name}.docx").is_file()
        assert (folder / "out" / f"{name}.evidence.json").is_file()
    assert paper.read_bytes() == before
    done = run("refresh", paper, folder / "haringey", "-o", paper)
    assert isinstance(done.exception, ProblemsFoundError)
    assert {problem.code for problem in done.exception.problems} == {"stands-already"}


def test_the_same_figures_give_the_same_files(folder: Path) -> None:
    paper = folder / "out" / "haringey.docx"
    done = run("refresh", paper, folder / "haringey", "-o", folder / "new" / "again.docx")
    assert done.exit_code == 0
    assert "nothing changed" in done.stderr
    assert (folder / "new" / "again.docx").read_bytes() == paper.read_bytes()
    evidence = (folder / "out" / "haringey.evidence.json").read_bytes()
    assert (folder / "new" / "again.evidence.json").read_bytes() == evidence


def test_a_copy_is_known_by_the_name_that_it_was_a_copy_of(folder: Path) -> None:
    paper = folder / "out" / "haringey.docx"
    copy = folder / "out" / "haringey-mine.docx"
    copy.write_bytes(paper.read_bytes())
    done = run("refresh", copy, folder / "haringey")
    assert done.exit_code == 0
    assert "nothing changed" in done.stderr
    assert (folder / "out" / "haringey-mine-refreshed.evidence.json").is_file()


def test_the_evidence_of_another_paper_is_told() -> None:
    one, other = pair(SMALL), pair(NATIVE)
    with pytest.raises(ProblemsFoundError) as caught:
        refresh_paper(one.docx, "paper.docx", other.evidence, other.docx, other.evidence, DATE)
    assert {problem.code for problem in caught.value.problems} == {"not-its-evidence"}


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", "no-evidence"), ("[]", "no-evidence"), ('{"paper": 5}', "no-evidence"),
     ('{"paper": [{}], "statements": []}', "no-evidence"), ("[" * 100_000, "no-evidence"),
     ("", "empty-file")],
)  # fmt: skip
def test_evidence_that_is_none_is_told_and_nothing_written(
    folder: Path, content: str, code: str
) -> None:
    bad = folder / "bad.json"
    bad.write_text(content, encoding="utf-8")
    paper = folder / "out" / "haringey.docx"
    done = run("refresh", paper, folder / "haringey", "--evidence", bad)
    assert isinstance(done.exception, ProblemsFoundError)
    assert {problem.code for problem in done.exception.problems} == {code}
    assert not (folder / "out" / "haringey-refreshed.docx").exists()


def test_every_fault_is_told_at_once(folder: Path) -> None:
    (folder / "haringey" / "targets.csv").unlink(missing_ok=True)
    (folder / "haringey" / "observations.csv").write_text("area\n", encoding="utf-8")
    not_one = folder / "paper.docx"
    not_one.write_bytes(b"no zip")
    done = run("refresh", not_one, folder / "haringey")
    codes = {problem.code for problem in done.exception.problems}  # type: ignore[union-attr]
    assert {"not-docx", "no-file", "missing-column"} <= codes
