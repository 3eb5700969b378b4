"""What the template model expresses: each point of what councils ask for, by a paper built."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx_plus.core import qn

from reporter.document import (
    in_reading_order,
    load_template,
    misfits,
    too_long,
    write_document,
)
from reporter.document.deadlines import working_day_before
from reporter.final import finalise
from reporter.problems import ProblemsFoundError
from reporter.prose import AuthorParagraph, RealisedReport, RealisedSection
from reporter.reading import read_docx
from reporter.sources import Officer, Section
from tests.sample_report import brief

STANDARD = Path(__file__).parents[2] / "templates" / "standard"
TOP = """\
name: Ours
numbering: section.decimal
contents_over:
"""
NARRATIVE = "sections:\n  - {key: narrative, source: narrative}\n"
PERSON = Officer(name="A Person", role="Finance", cleared=date(2019, 6, 3))
CLEARANCE = "source: clearance, columns: [S, W, D], officers: {money: Finance}"
Given = dict[str, Any]
BARE: Given = {"officers": {}, "texts": {}, "fields": {}}


@cache
def docx() -> bytes:
    return (STANDARD / "template.docx").read_bytes()


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., list[str]]:
    """The paragraphs of a paper in a template of that yaml."""

    def make(yaml: str, given: Given | None = None) -> list[str]:
        return _words(_paper(tmp_path, yaml, given or {}).docx)

    return make


def _paper(folder: Path, yaml: str, given: Given) -> Any:
    (folder / "template.docx").write_bytes(docx())
    (folder / "template.yaml").write_text(TOP + yaml, encoding="utf-8")
    section = RealisedSection("Findings", (AuthorParagraph("Said."),))
    report = RealisedReport(brief(**(BARE | given)), "May 2019", (section,))
    return write_document(report, {}, load_template(folder))


def _words(made: bytes) -> list[str]:
    body = Document(io.BytesIO(made)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def field(extra: str, layout: str = "lines") -> str:
    asked = f"{{key: ours, label: Ours, {extra}}}"
    return f"front:\n  layout: {layout}\n  fields:\n    - {asked}\n{NARRATIVE}"


def section(extra: str) -> str:
    return f"{NARRATIVE}  - {{key: ours, heading: Our heading, {extra}}}\n"


def ours(value: str) -> Given:
    return {"fields": {"ours": value}}


def text(*paragraphs: str) -> Given:
    return {"texts": {"ours": paragraphs}}


KEY = "type: yes_no, yes_from: {sum: 500000}}\n    - {key: sum, label: Sum, type: money"
SWITCH = "type: yes_no}\n    - {key: why, label: Why, required: true, shown_if: {ours: ['Yes']}"
POINTS: dict[str, tuple[str, Given, tuple[str, ...]]] = {
    "lines of label and value": (field("type: text"), ours("x"), ("Ours: x",)),
    "a table of labels and values": (field("type: text", "table"), ours("x"), ("Ours", "x")),
    "a default": (field("default: All"), {}, ("Ours: All",)),
    "asked where empty": (field("required: true, prompt: who"), {}, ("Ours: [Author: who]",)),
    "days": (
        field("type: date"), ours("2019-06-20; 2019-07-03"),
        ("Ours: 20 June 2019, 3 July 2019",)),
    "a choice": (field("type: choice, choices: [A, B]"), ours("B"), ("Ours: B",)),
    "yes or no": (field("type: yes_no"), ours("No"), ("Ours: No",)),
    "ticks": (field("type: ticks, choices: [A, B, C]"), ours("A; C"), ("Ours: A; C",)),
    "money": (field("type: money"), ours("250000"), ("Ours: £250,000",)),
    "a condition that holds": (field(SWITCH), ours("Yes"), ("Ours: Yes", "Why: [Author: Why]")),
    "a tick as a condition": (
        field("type: ticks, choices: [A, B]}\n    - {key: why, label: Why, default: x, "
              "shown_if: {ours: [B]}"), ours("A; B"), ("Why: x",)),
    "an author's section": (section("form: plain"), text("x"), ("Our heading", "x")),
    "fixed words": (section("source: fixed, text: [Set.]"), {}, ("Our heading", "Set.")),
    "set words where nothing is said": (section("text: [None.]"), {}, ("Our heading", "None.")),
    "a section asked for": (section("required: true, prompt: say"), {}, ("[Author: say]",)),
    "a question": (section("source: question, choices: [A], default: A"), {}, ("Our heading A",)),
    "a table of options or dates": (
        section("form: table, columns: [Step, When]"), text("Council | July", "Review | May"),
        ("Our heading", "Step", "When", "Council", "July", "Review", "May")),
    "who cleared it": (
        section("source: clearance, columns: [Service, Who, When], officers: {money: Finance}"),
        {"officers": {"money": PERSON}},
        ("Service", "Who", "When", "Finance", "A Person, Finance", "3 June 2019")),
    "who has yet to clear it": (
        section(f"{CLEARANCE}, required: true"), {},
        ("Finance", "[Author: name and post]", "[Author: the day of clearance]")),
    "words over a list": (
        section("form: recommendations, lead: '{committee} is asked to:'"), text("Note it."),
        ("Our heading", "Children and Young People's Scrutiny Committee is asked to:", "Note it.")),
    "who fills a field in": (
        field("required: true, filled_by: democratic services, prompt: number"), {},
        ("Ours: [Author: democratic services to fill in: number]",)),
    "who writes a section": (
        section("required: true, filled_by: finance, prompt: the cost"), {},
        ("Our heading", "[Author: finance to fill in: the cost]")),
    "a deadline before the meeting": (
        field("type: deadline, working_days: 5, time: noon"), {},
        ("Ours: Thursday 13 June 2019, noon",)),
    "a sum that makes a decision key": (
        field(KEY), {"fields": {"sum": "500000"}}, ("Ours: Yes", "Sum: £500,000")),
    "a sum below that": (field(KEY), {"fields": {"sum": "499999.99"}}, ("Sum: £499,999.99",)),
    "what a contact lacks": (
        section("source: contact, form: plain, required: true, labels: {name: Name, email: Mail}"),
        {"officers": {"ours": PERSON}}, ("Our heading", "Name: A Person", "Mail: [Author: Mail]")),
    "headings without numbers": (
        section("heading_style: TOC Heading, text: [x]"), {}, ("Our heading",)),
}  # fmt: skip


@pytest.mark.parametrize("point", POINTS)
def test_a_point_is_expressed(lines: Callable[..., list[str]], point: str) -> None:
    yaml, given, wanted = POINTS[point]
    found = lines(yaml, given)
    at = found.index(wanted[0])
    assert tuple(found[at : at + len(wanted)]) == wanted


ABSENT = {
    "a condition that does not hold": (field(SWITCH), ours("No"), "Why"),
    "a section with nothing to say": (section("form: plain"), {}, "Our heading"),
    "a section under a condition": (
        field("type: yes_no") + "  - {key: more, text: [More], shown_if: {ours: ['Yes']}}\n",
        ours("No"), "More"),
}  # fmt: skip


@pytest.mark.parametrize("point", ABSENT)
def test_what_is_not_asked_for_is_not_there(lines: Callable[..., list[str]], point: str) -> None:
    yaml, given, word = ABSENT[point]
    assert not [line for line in lines(yaml, given) if line.startswith(word)]


@pytest.mark.parametrize(
    ("yaml", "given", "code"),
    [
        (field("type: date"), ours("3 June"), "bad-date"),
        (field("type: ticks, choices: [A, B]"), ours("A; C"), "bad-choice"),
        (field("type: yes_no"), ours("Perhaps"), "bad-choice"),
        (field("type: money"), ours("a lot"), "bad-number"),
        (field(SWITCH), {"fields": {"ours": "No", "why": "x"}}, "not-shown"),
        (section("form: table, columns: [A, B]"), text("only one"), "bad-row"),
        (section("form: table"), {}, "no-columns"),
        (field("type: deadline"), {}, "bad-deadline"),
        (field("type: yes_no, yes_from: {other: 5}"), {}, "unknown-field"),
        (field(KEY), {"fields": {"sum": "500000", "ours": "No"}}, "bad-choice"),
        (section("form: plain"), {"outline": (Section(heading="X", within="no"),)}, "no-place"),
        (
            field("type: yes_no") + "  - {key: more, heading: More, shown_if: {ours: ['Yes']}}\n",
            {"outline": (Section(heading="X", within="more"),)},
            "not-shown",
        ),
        (
            section("form: numbered"),
            {"outline": (Section(heading="X", sections=(Section(heading="Y", within="ours"),)),)},
            "no-place",
        ),
        (section("paragraph_style: Nowhere"), {}, "no-style"),
        (section("source: clearance, columns: [A, B, C]"), {}, "no-columns"),
        (field("type: ticks"), {}, "bad-choice"),
        (section("published: false, text: [x]") + "  - {key: b, text: [x]}\n", {}, "bad-order"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(tmp_path: Path, yaml: str, given: Given, code: str) -> None:
    with pytest.raises(ProblemsFoundError) as raised:
        _paper(tmp_path, yaml, given)
    assert {problem.code for problem in raised.value.problems} == {code}
    assert all(problem.fix for problem in raised.value.problems)


@pytest.mark.parametrize(
    ("yaml", "given", "words", "said"),
    [
        ("limits: {words: 10}\n" + NARRATIVE, {}, 11,
         "the paper has 11 words, and the template allows 10"),
        ("limits: {pages: 1}\n" + NARRATIVE, {}, 1,
         "the paper has 2 pages, and the template allows 1"),
        (field("max_words: 2"), ours("one two three"), 1, "Ours has 3 words"),
        (field("max_characters: 2"), ours("one"), 1, "Ours has 3 characters"),
        (section("max_words: 2"), text("one two", "three"), 1, "Our heading has 3 words"),
        (section("max_paragraphs: 1"), text("one two", "three"), 1, "Our heading has 2 paragraphs"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_told_with_its_count(
    tmp_path: Path, yaml: str, given: Given, words: int, said: str
) -> None:
    _paper(tmp_path, yaml, given)
    template, asked = load_template(tmp_path), brief(**(BARE | given))
    (found,) = too_long(asked, template, words, 2)
    assert found.what.startswith(said)
    assert found.level == "warning"


def test_words_are_counted_without_what_drafts_alone_hold(tmp_path: Path) -> None:
    hidden = section("published: false, source: fixed, text: [Four words of it.]")
    with_it, without = (_paper(tmp_path, yaml, {}).words for yaml in (hidden, NARRATIVE))
    assert with_it == without > 5


def test_a_section_that_is_not_published_goes_from_the_final_copy(tmp_path: Path) -> None:
    yaml = section(f"{CLEARANCE}, published: false")
    draft = _paper(tmp_path, yaml, {"officers": {"money": PERSON}}).docx
    assert "A Person, Finance" in _words(draft)
    final = _words(finalise(draft, "paper.docx")[0])
    assert not {"A Person, Finance", "Our heading"} & set(final)
    assert "Said." in final


def test_a_part_of_the_report_stands_within_a_section(tmp_path: Path) -> None:
    found = _within(tmp_path, section("text: [Set.], required: true"))
    assert found == ["Findings", "Said.", "Our heading", "Set.", "Held."]


def test_numbers_run_within_one_section(tmp_path: Path) -> None:
    """TEMPLATES.md, numbering (iv): one run in a section, in a paper of decimals."""
    yaml = section("text: [One., Two.], paragraph_style: Recommendation") + (
        "  - {key: more, heading: More, text: [Again.], paragraph_style: Recommendation}\n"
        "  - {key: last, heading: Last, text: [Usual.]}\n"
    )
    lettered = (STANDARD.parent / "bcp" / "template.docx").read_bytes()
    (tmp_path / "template.docx").write_bytes(lettered)
    top = TOP.replace("section.decimal", "lettered")
    (tmp_path / "template.yaml").write_text(top + yaml, encoding="utf-8")
    report = RealisedReport(brief(**BARE), "May 2019", (RealisedSection("Findings", ()),))
    made = write_document(report, {}, load_template(tmp_path)).docx
    blocks = [(b.number, b.text) for b in read_docx(made, "paper.docx").blocks]
    at = blocks.index(("1", "Findings"))
    assert blocks[at : at + 8] == [
        ("1", "Findings"), ("2", "Our heading"), ("1", "One."), ("2", "Two."), ("3", "More"),
        ("1", "Again."), ("4", "Last"), ("a", "Usual."),
    ]  # fmt: skip


def _within(folder: Path, yaml: str) -> list[str]:
    (folder / "template.docx").write_bytes(docx())
    (folder / "template.yaml").write_text(TOP + yaml, encoding="utf-8")
    parts = (
        RealisedSection("Findings", (AuthorParagraph("Said."),)),
        RealisedSection("Elsewhere", (AuthorParagraph("Held."),), within="ours"),
    )
    outline = (Section(heading="Elsewhere", within="ours"), Section(heading="Findings"))
    asked = brief(**BARE, outline=outline)
    template = load_template(folder)
    headings = [each.heading for each in in_reading_order(asked, template).outline]
    assert headings == ["Findings", "Elsewhere"]
    made = write_document(RealisedReport(asked, "May 2019", parts), {}, template).docx
    words = _words(made)
    return words[words.index("Findings") :]


@pytest.mark.parametrize(
    ("meeting", "days", "said"),
    [
        ((2025, 1, 6), 3, (2024, 12, 31)),  # New Year's Day
        ((2023, 1, 3), 1, (2022, 12, 30)),  # the Monday after New Year's Day, a Sunday
        ((2022, 12, 29), 1, (2022, 12, 28)),
        ((2022, 12, 28), 1, (2022, 12, 23)),  # Boxing Day, Christmas Day moved
        ((2025, 4, 23), 3, (2025, 4, 16)),  # Good Friday, Easter Monday
        ((2025, 5, 27), 1, (2025, 5, 23)),
        ((2025, 5, 6), 1, (2025, 5, 2)),
        ((2025, 8, 26), 1, (2025, 8, 22)),
    ],
)  # fmt: skip
def test_working_days_leave_out_holidays(
    meeting: tuple[int, int, int], days: int, said: tuple[int, int, int]
) -> None:
    assert working_day_before(date(*meeting), days) == date(*said)


def test_a_template_names_further_days_that_are_none() -> None:
    assert working_day_before(date(2022, 6, 6), 1) == date(2022, 6, 3)
    closed = (date(2022, 6, 2), date(2022, 6, 3))
    assert working_day_before(date(2022, 6, 6), 1, closed) == date(2022, 6, 1)


def test_a_part_for_drafts_alone_is_told_where_its_mark_is_gone(tmp_path: Path) -> None:
    """As LibreOffice leaves it, which keeps no controls about whole paragraphs."""
    yaml = section(f"{CLEARANCE}, published: false")
    document = Document(io.BytesIO(_paper(tmp_path, yaml, {"officers": {"money": PERSON}}).docx))
    for control in list(document.element.body.findall(qn("w:sdt"))):
        for block in list(control.find(qn("w:sdtContent"))):
            control.addprevious(block)
        control.getparent().remove(control)
    saved = io.BytesIO()
    document.save(saved)
    with pytest.raises(ProblemsFoundError) as raised:
        finalise(saved.getvalue(), "paper.docx")
    assert [problem.code for problem in raised.value.problems] == ["lost-mark"]


CONDITIONS = {
    "exempt": ({"status": "Exempt"}, {"Reason for exemption": "[Author: the paragraph of"}),
    "part exempt": ({"status": "Part exempt"}, {"Reason for exemption": "[Author: the paragraph"}),
    "urgent": ({"urgent": "Yes"}, {"Reason for urgency": "[Author: why the decision cannot"}),
    "late": (
        {"late": "Yes", "late_need": "Grant ends."},
        {"Why it is late": "[Author: why the report", "Why it cannot wait": "Grant ends."},
    ),
    "key decision": (
        {"key_decision": "Yes", "key_decision_test": "Spending or saving above the limit"},
        {"Why it is a key decision": "Spending or saving", "Open to call-in": "Yes",
         "Forward plan reference": "[Author: reference and"},
    ),
}  # fmt: skip
HIDDEN = {"Reason for exemption", "Reason for urgency", "Why it is late", "Why it cannot wait",
          "Why it is a key decision", "Forward plan reference", "Open to call-in"}  # fmt: skip


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_of_the_standard_template_asks_for_its_reasons(name: str) -> None:
    fields, wanted = CONDITIONS[name]
    report = RealisedReport(brief(fields=fields), "May 2019", ())
    words = _words(write_document(report, {}, load_template(STANDARD)).docx)
    assert set(wanted) == HIDDEN & set(words)
    for label, start in wanted.items():
        assert words[words.index(label) + 1].startswith(start)


def test_a_brief_that_fits_has_no_misfit() -> None:
    assert not [*misfits(brief(), load_template(STANDARD))]
