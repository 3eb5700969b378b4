"""What stands behind a place of a paper, told from the file, its evidence and its brief."""

from __future__ import annotations

import html.parser
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.cli import app
from reporter.explaining import Explained, explain_paper, find_place, lines_of, page_of
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError

DATA = Path(__file__).parents[2] / "data" / "blackpool-2019"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_report(DATA / "report.yaml", tmp_path_factory.mktemp("explained")).paths[0]


@pytest.fixture(scope="module")
def explained(paper: Path) -> Explained:
    return explain_paper(paper, brief=DATA / "report.yaml")


def told(explained: Explained, asked: str) -> str:
    return "\n".join(lines_of(explained, find_place(explained, asked)))


def edited(paper: Path, before: str, after: str, folder: Path) -> Path:
    """A copy of the paper with its evidence, words of it changed."""
    copy = folder / paper.name
    shutil.copy(paper.with_name("blackpool-2019.evidence.json"), folder)
    made = io.BytesIO()
    with zipfile.ZipFile(paper) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode(), 1)
            new.writestr(item, data)
    copy.write_bytes(made.getvalue())
    return copy


def test_a_paragraph_by_its_number_with_facts_rows_rule_and_what_was_left_out(
    explained: Explained,
) -> None:
    lines = told(explained, "5.5.1")
    assert "5.5.1, Child protection plans" in lines
    assert "429 children were subject to a child protection plan" in lines
    assert "Rule low: up from a low of" in lines
    assert "when direction is up (here up)" in lines
    assert "from observations.csv, row 50: Blackpool; cp_plans; 2019-05; 429" in lines
    assert "Also compared of this measure, and left out:" in lines
    assert explained.changed == ()


@pytest.mark.parametrize("asked", ["Table 1", "table 1", "Figure 1", "chart 1"])
def test_a_table_or_figure_by_its_label(explained: Explained, asked: str) -> None:
    kind = "Table" if "table" in asked.lower() else "Figure"
    found = [it for it in find_place(explained, asked) if it.claim]
    assert found
    assert {it.claim.number for it in found if it.claim} == {f"{kind} 1"}


def test_a_heading_is_named_by_its_number_alone(explained: Explained) -> None:
    heading = told(explained, "1.0").split("\n")[1]
    assert heading == "1.0"


def test_a_quoted_sentence_or_a_part_of_one(explained: Explained) -> None:
    (whole,) = find_place(explained, "“429 children were subject to a child protection plan”")
    assert whole.number == "5.5.1"
    assert find_place(explained, "429 children were under a child protection plan")[0] == whole


def test_an_edited_sentence_is_shown_beside_what_was_generated(paper: Path, tmp_path: Path) -> None:
    copy = edited(paper, "429", "431", tmp_path)
    lines = told(explain_paper(copy), "5.5.1")
    assert "431 children were subject" in lines
    assert "It was edited; it was generated as:" in lines
    assert "429 children were subject" in lines


def test_an_authors_own_words_have_no_fact(paper: Path, tmp_path: Path) -> None:
    own = "The new manager of the service has set up weekly panels with our partners."
    copy = edited(paper, "(149 per", f"(149 per 10,000). {own} This is (149 per", tmp_path)
    assert "No fact stands behind these words" in told(explain_paper(copy), own)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("5.99", "5.9"), ("Table 77", "Table 2"), ("zebras in the council chamber at noon", "")],
)
def test_what_is_not_there_is_told_with_the_nearest(
    explained: Explained, asked: str, offered: str
) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        find_place(explained, asked)
    (problem,) = caught.value.problems
    assert problem.code == "no-place"
    assert "The nearest are" in problem.fix
    assert offered in problem.fix


def test_a_paper_without_evidence_is_told(paper: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(paper, tmp_path / "alone.docx"))
    with pytest.raises(ProblemsFoundError) as caught:
        explain_paper(alone)
    assert [problem.code for problem in caught.value.problems] == ["no-evidence"]


def test_figures_that_changed_since_are_named(paper: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "blackpool-2019"))
    figures = folder / "observations.csv"
    figures.write_text(figures.read_text("utf-8").replace(",429,", ",430,"), "utf-8")
    explained = explain_paper(paper, brief=folder / "report.yaml")
    assert explained.changed == ("observations.csv",)
    assert "no longer the file" in told(explained, "5.5.1")


class _Page(html.parser.HTMLParser):
    """The tags of a page, and what each has open at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_holds_every_sentence_and_needs_nothing_else(explained: Explained) -> None:
    text = page_of(explained).decode()
    page = _Page()
    page.feed(text)
    assert page.open == []
    tags = [tag for tag, _ in page.seen]
    assert tags.count("h1") == 1
    assert {"main", "header", "aside", "details", "table", "h2"} <= set(tags)
    assert not {"script", "img", "link", "iframe", "form"} & set(tags)
    assert not any({"href", "src", "onclick"} & set(attrs) for _, attrs in page.seen)
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
    for passage in explained.passages:
        if passage.claim and not passage.claim.is_row and passage.kind == "paragraph":
            assert " ".join(passage.text.split()) in plain


def test_the_page_escapes_what_an_author_wrote(paper: Path, tmp_path: Path) -> None:
    wicked = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}"
    copy = edited(paper, "429 children", f"429 {wicked} children", tmp_path)
    text = page_of(explain_paper(copy)).decode()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ 7 * 7 }}" in text


def test_the_command_prints_json_and_writes_a_page(paper: Path, tmp_path: Path) -> None:
    page = tmp_path / "pages" / "paper.html"
    done = CliRunner().invoke(app, ["explain", str(paper), "5.5.1", "--json", "--html", str(page)])
    assert done.exit_code == 0
    data, _ = json.JSONDecoder().raw_decode(done.stdout)
    assert data["passages"][0]["facts"][0]["sources"][0]["row"] == 50
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert CliRunner().invoke(app, ["explain", str(paper)]).exit_code == 2
