"""Each council's template against points taken from its seed: order, wording, numbering."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx_plus.core import qn

from reporter.charts import Picture
from reporter.document import load_template, write_document
from reporter.document.numbering import Numbering
from reporter.document.template import numbering_of
from reporter.prose import AuthorParagraph, RealisedReport, RealisedSection
from reporter.sources import Officer
from tests.sample_report import brief

TEMPLATES = Path(__file__).parents[2] / "templates"
PERSON = Officer(name="A Person", role="Director", telephone="01234", email="a@example.org")


def printed(template: str, **changes: object) -> list[str]:
    """Every paragraph as it is printed: its number, which nobody typed, and its words."""
    sections = (
        RealisedSection("First part", (AuthorParagraph("One."), AuthorParagraph("Two."))),
        RealisedSection(
            "Second part",
            (AuthorParagraph("Three."),),
            (RealisedSection("Inner part", (AuthorParagraph("Four."),)),),
        ),
    )
    report = RealisedReport(brief(**changes), "May 2019", sections)
    pictures: dict[str, Picture] = {}
    made = write_document(report, pictures, load_template(TEMPLATES / template)).docx
    document = Document(io.BytesIO(made))
    numbering = Numbering(document.styles.element, numbering_of(document))
    begun: set[str] = set()
    lines = []
    for node in document.element.body.iter(qn("w:p")):
        properties = node.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")).get(qn("w:val"))
        _restart(numbering, style, properties, begun)
        words = "".join(t.text or "" for t in node.iter(qn("w:t")))
        lines.append(f"{numbering.next_number(style)} {words}".strip())
    return lines


def _restart(numbering: Numbering, style: str, properties: Any, begun: set[str]) -> None:
    """Counts again from the start where a paragraph is of a new instance of its list."""
    instance = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    if style == "Recommendation" and instance is not None:
        key = instance.get(qn("w:val"))
        if key not in begun:
            numbering.restart(style)
        begun.add(key)


def in_order(lines: list[str], *points: str) -> None:
    at = -1
    for point in points:
        assert point in lines[at + 1 :], (point, lines)
        at = lines.index(point, at + 1)


BLACKPOOL = {
    "officers": {"report_of": PERSON},
    "texts": {
        "purpose": ("To inform.",), "recommendations": ("Note it.",), "reasons": ("Assurance.",),
        "background": ("Before.",), "council_priority": ("It is:\n- Communities.",),
    },
}  # fmt: skip


def test_blackpool() -> None:
    lines = printed("blackpool", **BLACKPOOL)
    assert lines[:4] == [
        "Report to:  Children and Young People's Scrutiny Committee",
        "Relevant Officer:  A Person, Director",
        "Date of Meeting:  20 June 2019",
        "Children's services performance update",
    ]
    in_order(
        lines, "1.0 Purpose of the report:", "1.1 To inform.", "2.0 Recommendation(s):",
        "2.1 Note it.", "3.0 Reasons for recommendation(s):", "3.1 Assurance.",
        "3.2a Is the recommendation contrary to a plan or strategy adopted or approved by the "
        "Council? No",
        "3.2b Is the recommendation in accordance with the Council's approved budget? Yes",
        "3.3 Other alternative options considered:", "None.", "4.0 Council Priority:", "4.1 It is:",
        "Communities.", "5.0 Background Information", "5.1 Before.", "5.2 First part", "5.2.1 One.",
        "5.2.2 Two.", "5.3 Second part", "5.3.1 Three.", "Inner part", "5.3.2 Four.",
        "6.0 Does the information submitted include any exempt information? No",
        "7.0 List of Appendices:", "8.0 Legal considerations:",
        "9.0 Human Resources considerations:", "10.0 Equalities considerations:",
        "11.0 Financial considerations:", "12.0 Risk management considerations:",
        "13.0 Ethical considerations:", "14.0 Internal/ External Consultation undertaken:",
        "15.0 Background papers:", "15.1 None.",
    )  # fmt: skip


def test_blackpool_exempt_asks_for_the_paragraph() -> None:
    lines = printed("blackpool", **BLACKPOOL, fields={"exempt": "Yes"})
    at = lines.index("6.0 Does the information submitted include any exempt information? Yes")
    assert lines[at + 1].startswith("[Author: the paragraph of Schedule 12A")


def test_stockton_has_covering_sheet_and_report_in_one_file() -> None:
    lines = printed(
        "stockton", committee="Cabinet",
        officers={"report_of": Officer(name="Senior Team"), "lead_member": PERSON,
                  "contact": PERSON},
        texts={"purpose": ("Update.",), "recommendations": ("Note it.", "Go on."),
               "reasons": ("Welfare.",), "background": ("Before.",), "legal": ("More care.",)},
    )  # fmt: skip
    assert lines[0] == "Cabinet item covering sheet"
    assert lines[1].startswith("Agenda item [Author: ")
    in_order(
        lines, "Report to Cabinet", "20 June 2019", "Report of Senior Team", "Cabinet decision",
        "A Person, Director", "Children's services performance update", "1 Summary", "Update.",
        "2 Recommendations", "Cabinet is requested to:", "1 Note it.", "2 Go on.",
        "3 Reasons for the Recommendation(s)/Decision(s)", "4 Members' Interests",
        "Disclosable Pecuniary Interests", "Report to Cabinet", "20 June 2019",
        "Children's services performance update", "Summary", "Recommendations", "1 Note it.",
        "2 Go on.", "Detail", "1 Before.", "First part", "2 One.", "3 Two.", "4 Three.", "5 Four.",
        "Community impact implications", "Financial implications", "Legal implications",
        "6 More care.", "Risk assessment", "Council plan policy principles and priorities",
        "Corporate parenting implications", "Consultation including ward/councillors",
        "Name of Contact Officer: A Person", "Post Title: Director", "Telephone No: 01234",
        "Email Address: a@example.org", "Education related? No", "Background Papers",
        "Not applicable.", "Ward(s) and Ward Councillors", "Not applicable.", "Property",
    )  # fmt: skip


def test_bcp_has_a_table_in_front_and_letters_that_start_again() -> None:
    lines = printed(
        "bcp", officers={"report_of": PERSON, "lead_member": PERSON, "author": PERSON},
        texts={"purpose": ("Summary.",), "recommendations": ("Note it.",), "reasons": ("Asked.",),
               "legal": ("None arising.",)},
    )  # fmt: skip
    assert lines[0] == "Children and Young People's Scrutiny Committee"
    in_order(
        lines, "Report subject", "Meeting date", "Status", "Public Report", "Executive summary",
        "Summary.", "Recommendations", "Note it.", "Reason for recommendations", "Asked.",
        "Portfolio Holder(s)", "Corporate Director", "Report Authors", "Wards", "All",
        "Classification", "1 First part", "1a One.", "1b Two.", "2 Second part",
        "2a Three.", "2b Four.", "3 Summary of financial implications",
        "4 Summary of legal implications", "4a None arising.",
        "5 Summary of public health implications", "6 Summary of equality implications",
        "7 Summary of risk assessment", "8 Background papers", "None.", "9 Appendices",
    )  # fmt: skip


def test_haringey_is_a_briefing_with_bullets_and_no_numbers() -> None:
    lines = printed(
        "haringey", officers={"report_of": PERSON, "lead_member": Officer(name="Cllr B")},
        texts={"priorities": ("Staff", "Audit"), "next_steps": ("Visit.",)},
    )  # fmt: skip
    assert lines == [
        "Children's services performance update", "Cllr B", "A Person, Director",
        "Children and Young People's Scrutiny Committee", "20 June 2019", "Improvement priorities",
        "Staff", "Audit", "First part", "One.", "Two.", "Second part", "Three.", "Inner part",
        "Four.", "What's next?", "Visit.",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["blackpool", "stockton", "bcp", "haringey", "standard"])
def test_looks_are_readable(name: str) -> None:
    """STANDARDS 5.17: sans serif, 12 points and 10 in tables, no italics or capitals."""
    document = Document(TEMPLATES / name / "template.docx")
    for style in document.styles:
        size = style.font.size if hasattr(style, "font") and style.font is not None else None
        assert size is None or size.pt >= (8 if "annotation" in style.name else 10), style.name
        assert not [*style.element.iter(qn("w:caps"), qn("w:i"))]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:sz"))).get(qn("w:val")) == "24"
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:ascii")) == "Arial"
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "en-GB"
