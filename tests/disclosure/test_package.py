"""No hidden figure, and nothing made of one, anywhere in what is published (STANDARDS 3.6.2)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from reporter.checking import check_file, finalised
from reporter.final import finalise
from reporter.pipeline import build_report
from reporter.problems import Problem, ProblemsFoundError
from reporter.refreshing import refresh_report
from reporter.sources import Setting

INDICATORS = """\
indicators:
  referrals:
    name: Referrals
    unit: count
    polarity: neutral
    noun: number of referrals
    counted: {one: referral, many: referrals}
    disclosure: local
  late:
    name: Visits late
    unit: percent
    decimals: 2
    polarity: low_good
    noun: proportion of visits made late
    numerator: visits made late
    denominator: visits due
    disclosure: local
breakdowns:
  team: {label: Team, phrase: "in the {category} team"}
"""
TEAMS = {"North": (4, 4111), "South": (4222, 4333), "East": (4444, 4567)}
"""Before and now: North's before is hidden, and South's, so that it cannot be worked out."""
BRIEF = """\
title: Referrals by team
area: Exampleford
committee: Scrutiny Committee
meeting_date: 2025-06-12
period: 2025-03
charts: {charts}
audience: {audience}
officers:
  report_of: {{name: A. Director}}
  contact: {{name: A. Officer, telephone: 01234 567890, email: a@example.org}}
texts:
  purpose: [To report.]
  recommendations: [Note the report.]
  financial: [None.]
  legal: [None.]
  equalities: [None.]
outline:
  - heading: Referrals
    measures: [referrals, {{indicator: referrals, breakdown: team}}]
    tables: [{{kind: trend, measures: [{{indicator: referrals, breakdown: team}}]}}]
    charts:
      - kind: composition
        measures: [{{indicator: referrals, breakdown: team}}]
      - kind: line
        measures: [late]
  - heading: Visits
    measures: [late]
    tables: [scorecard]
"""
T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
HIDDEN_RATE = 13.79
"""Four of 29: hidden for its numerator."""


def write(folder: Path, charts: str, audience: str) -> Path:
    rows = ["area,indicator,breakdown,category,period,period_type,value,numerator,denominator"]
    for period, at in (("2025-02", 0), ("2025-03", 1)):
        figures = {team: pair[at] for team, pair in TEAMS.items()}
        total = sum(figures.values())
        rows.append(f"Exampleford,referrals,,,{period},month,{total},,")
        rows += [
            f"Exampleford,referrals,team,{team},{period},month,{value},,"
            for team, value in figures.items()
        ]
    for period, top, base in (("2025-01", 7, 31), ("2025-02", 8, 37), ("2025-03", 4, 29)):
        value = f"{100 * top / base:.2f}"
        rows.append(f"Exampleford,late,,,{period},month,{value},{top},{base}")
    folder.mkdir()
    (folder / "observations.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    brief = folder / "report.yaml"
    brief.write_text(BRIEF.format(charts=charts, audience=audience), encoding="utf-8")
    return brief


def texts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Every part of a package as text, its nested packages' parts too, and its pictures' bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            inner = package.read(part)
            if inner[:4] == b"PK\x03\x04":
                yield from texts(inner, f"{name}/{part}")
            else:
                yield f"{name}/{part}", inner.decode("utf-8", "replace")


def forms(figure: float) -> re.Pattern[str]:
    """`figure` as it may be written: with a comma, and with fewer decimals."""
    whole = f"{figure:,.0f}" if figure == int(figure) else f"{figure:g}"
    plain = whole.replace(",", "")
    return re.compile(f"(?<![0-9.,#]){'|'.join({re.escape(whole), re.escape(plain)})}(?![0-9])")


@pytest.mark.parametrize("charts", ["pictures", "native"])
def test_a_public_package_holds_no_hidden_figure(tmp_path: Path, charts: str) -> None:
    brief = write(tmp_path / "paper", charts, "public")
    docx, evidence = (p.read_bytes() for p in build_report(brief, tmp_path / "out").paths)
    # The smallest other team of February is hidden with North; what North was is 4, and its fall or
    # share would give it away.
    hidden = [4222, 4111 - 4, HIDDEN_RATE, 13.8, 4333 - 4222]
    parts = [*texts(docx, "paper.docx"), ("evidence", evidence.decode())]
    assert len(parts) > 10
    for figure in hidden:
        for name, text in parts:
            assert not forms(figure).search(text), f"{figure} stands in {name}"
    assert "4,444" in " ".join(text for _, text in parts)
    report = json.loads(evidence)["report"]
    assert report["audience"] == "public"


def test_a_refresh_keeps_no_figure_that_is_hidden_since(tmp_path: Path) -> None:
    """The first draft had no rule of disclosure: what it showed is in no tracked change."""
    brief = write(tmp_path / "paper", "native", "public")
    catalogue = brief.parent / "indicators.yaml"
    catalogue.write_text(INDICATORS.replace("    disclosure: local\n", ""), encoding="utf-8")
    draft, _ = build_report(brief, tmp_path / "out").paths
    catalogue.write_text(INDICATORS, encoding="utf-8")
    done = refresh_report(draft, brief, lambda name, number, total: None)
    assert [note.code for note in done.notes] == ["hides-more"]
    docx, evidence = (path.read_bytes() for path in done.paths)
    for name, text in [*texts(docx, "paper.docx"), ("evidence", evidence.decode())]:
        for figure in (4222, HIDDEN_RATE, 13.8):
            assert not forms(figure).search(text), f"{figure} stands in {name}"
    again = refresh_report(done.paths[0], brief, lambda name, number, total: None)
    assert again.notes == ()


@pytest.mark.parametrize("accept", [False, True])
def test_an_authors_words_with_a_hidden_figure_are_not_repeated_and_never_final(
    tmp_path: Path, accept: bool
) -> None:
    """He edited a sentence, a cell and a sentence of his own that give what is hidden since."""
    brief = write(tmp_path / "paper", "none", "public")
    catalogue = brief.parent / "indicators.yaml"
    catalogue.write_text(INDICATORS.replace("    disclosure: local\n", ""), encoding="utf-8")
    draft, _ = build_report(brief, tmp_path / "out").paths
    catalogue.write_text(INDICATORS, encoding="utf-8")
    document = Document(str(draft))
    sentence = next(p for p in document.paragraphs if "13.79%" in p.text)
    for node in list(sentence._p.iter(T))[1:]:
        node.text = ""
    words = "We are glad that the proportion of visits made late was 13.79% in March 2025."
    next(sentence._p.iter(T)).text = words
    own = next(p for p in document.paragraphs if p.text.startswith("To report"))
    own.insert_paragraph_before("In our view 13.79% of visits made late is very many indeed.")
    cell = next(
        cell for table in document.tables for row in table.rows for cell in row.cells
        if cell.text == "13.79%"
    )  # fmt: skip
    cell.paragraphs[0].runs[0].text = "13.79% (!)"
    for run in cell.paragraphs[0].runs[1:]:
        run.text = ""
    document.save(str(draft))

    done = refresh_report(draft, brief, lambda name, number, total: None, accept=accept)
    codes = [note.code for note in done.notes]
    assert codes == ["hidden-left"] if accept else codes == ["hides-more", "hidden-left"]
    assert "3 places" in done.notes[-1].what
    docx, evidence = (path.read_bytes() for path in done.paths)
    left = json.loads(evidence)
    for statement in left["statements"]:
        if statement.get("edited"):
            del statement["text"]  # his own words, as they stand in the paper
    assert "13.79" not in json.dumps(left)
    told = dict(texts(docx, "paper.docx"))
    assert "13.79" not in told["paper.docx/word/comments.xml"]
    assert told["paper.docx/word/document.xml"].count("13.79%") == 3  # his own words
    with pytest.raises(ProblemsFoundError) as caught:
        finalise(docx, "paper.docx")
    found = [problem for problem in caught.value.problems if problem.code == "hidden-left"]
    assert len(found) == 3
    assert all(problem.place.at for problem in found)


def edited(paper: Path, old: str, new: str) -> None:
    """Writes `new` in place of each paragraph of the body or a table that says `old`, and takes
    all comments out, as an author may in Word.
    """
    document = Document(str(paper))
    cells = [c for t in document.tables for r in t.rows for c in r.cells]
    for paragraph in [*document.paragraphs, *(p for c in cells for p in c.paragraphs)]:
        if old in "".join(t.text or "" for t in paragraph._p.iter(T)):
            first, *rest = paragraph._p.iter(T)
            first.text = new
            for node in rest:
                node.text = ""
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.body.iter(T.replace("}t", f"}}{name}"))):
            mark.getparent().remove(mark)
    document.save(str(paper))


def kept_from_final(paper: Path) -> list[str]:
    """The words in which numbers that may be hidden keep a paper from being final."""
    problems: tuple[Problem, ...] = ()
    try:
        finalised(paper)
    except ProblemsFoundError as error:
        problems = tuple(error.problems)
    found = [one for one in problems if one.code == "hidden-figure"]
    assert all(one.place.at and one.fix for one in found)
    told = [one for one in check_file(paper).findings if one.code == "hidden-figure"]
    assert [one.level for one in told] == ["error"] * len(found)
    assert [one.what for one in told] == [one.what for one in found]
    return [one.what.split('"')[1] for one in found]


LATE = "the proportion of visits made late was {} in March 2025"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (f"We are glad that {LATE.format('13.79%')}.", ["13.79%"]),
        (f"We are glad that {LATE.format('around 14%')}.", ["14%"]),
        ("Four of 29 visits made late or not were ours, which is few visits made late.",
         ["Four", "29"]),
        ("Visits late: 13.8% at the end of the quarter.", ["13.8%"]),
        ("The proportion of visits made late was 21.62% in February 2025.", []),
        ("The proportion of visits made late was 9% in March 2023.", []),
        ("Fewer than 5 visits made late were ours.", []),
        ("There were 17 new starters in March 2025.", []),
        ("Referrals in the North team were 4,107 up in February 2025.", ["4,107"]),
    ],
)  # fmt: skip
def test_an_authors_words_with_a_hidden_figure_are_never_final_though_no_comment_says_so(
    tmp_path: Path, words: str, kept: list[str]
) -> None:
    brief = write(tmp_path / "paper", "none", "public")
    draft, _ = build_report(brief, tmp_path / "out").paths
    assert kept_from_final(draft) == []
    edited(draft, "To report.", words)
    assert kept_from_final(draft) == kept


def test_the_comment_taken_out_and_the_figure_left_in_is_refused(tmp_path: Path) -> None:
    brief = write(tmp_path / "paper", "none", "public")
    catalogue = brief.parent / "indicators.yaml"
    catalogue.write_text(INDICATORS.replace("    disclosure: local\n", ""), encoding="utf-8")
    draft, _ = build_report(brief, tmp_path / "out").paths
    catalogue.write_text(INDICATORS, encoding="utf-8")
    edited(draft, "visits made late was 13.79%", f"As we said, {LATE.format('13.79%')}.")
    paper = refresh_report(draft, brief, lambda name, number, total: None).paths[0]
    edited(paper, "nothing says this", "")
    assert "13.79%" in kept_from_final(paper)
    edited(paper, "As we said,", "As we said, we may not say it.")
    assert kept_from_final(paper) == []


def test_a_figure_that_its_source_hides_since_is_nowhere_and_never_final(tmp_path: Path) -> None:
    """No rule of disclosure stands in the catalogue: the figure itself was replaced by c."""
    brief = write(tmp_path / "paper", "native", "public")
    catalogue = brief.parent / "indicators.yaml"
    catalogue.write_text(INDICATORS.replace("    disclosure: local\n", ""), encoding="utf-8")
    draft, _ = build_report(brief, tmp_path / "out").paths
    figures = brief.parent / "observations.csv"
    rows = figures.read_text(encoding="utf-8").splitlines()
    late = "Exampleford,late,,,2025-03,month,"
    rows = [f"{late}c,," if row.startswith(late) else row for row in rows]
    figures.write_text("\n".join(rows) + "\n", encoding="utf-8")
    paper = draft
    for notes in (["hides-more"], []):
        done = refresh_report(paper, brief, lambda name, number, total: None)
        paper = done.paths[0]
        assert [note.code for note in done.notes] == notes
        docx, evidence = (path.read_bytes() for path in done.paths)
        for name, text in [*texts(docx, "paper.docx"), ("evidence", evidence.decode())]:
            assert not forms(HIDDEN_RATE).search(text), name
    edited(paper, "To report.", f"We are glad that {LATE.format('13.79%')}.")
    assert kept_from_final(paper) == ["13.79%"]


def test_a_restricted_paper_shows_it_and_says_so_for_good(tmp_path: Path) -> None:
    brief = write(tmp_path / "paper", "none", "public")
    paths = build_report(brief, tmp_path, setting=Setting(audience="restricted")).paths
    assert [path.name for path in paths] == [
        "paper-restricted.docx", "paper-restricted.evidence.json",
    ]  # fmt: skip
    docx, evidence = (path.read_bytes() for path in paths)
    clean, _ = finalise(docx, "paper.docx")
    for data in (docx, clean):
        document = Document(io.BytesIO(data))
        assert document.core_properties.title.startswith("RESTRICTED, NOT FOR PUBLICATION: ")
        headers = " ".join(p.text for s in document.sections for p in s.header.paragraphs)
        assert "RESTRICTED, NOT FOR PUBLICATION" in headers
    assert "13.79" in evidence.decode()
    assert json.loads(evidence)["report"]["audience"] == "restricted"
