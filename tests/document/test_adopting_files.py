"""Word files as councils have them: adopted whole, or told what speaks against it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx_plus.core import qn

from reporter.document import adopt_template, load_template
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.starting import start
from reporter.templating import adopt, check_template
from tests.document.test_template import TEMPLATES

STANDARD = (TEMPLATES / "standard" / "template.docx").read_bytes()


def bytes_of(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def words_of(docx: bytes) -> list[str]:
    document = Document(io.BytesIO(docx))
    section = document.sections[0]
    stories = (section.header._element, document.element.body, section.footer._element)
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for s in stories
            for p in s.iter(qn("w:p"))]  # fmt: skip


def split(line: Any, text: str) -> None:
    """`text` in runs of three letters, as Word leaves it after edits."""
    for at in range(0, len(text), 3):
        line.add_run(text[at : at + 3])


def with_a_table_in_front() -> Any:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for label, field in (("Report to", "{{ Report to }}"), ("Date", "{{ Date of meeting }}"),
                         ("Subject", "{{ report title }}"), ("Director", "{{ report_of }}"),
                         ("Key decision", "{{ key decision }}")):  # fmt: skip
        row = table.add_row().cells
        row[0].text = label
        split(row[1].paragraphs[0], field)
    for heading, words in (("1. Purpose", "[Say what it is for]"), ("2. Recommendations", "That:"),
                           ("3. Performance", "{{ body }}"), ("4. Legal", "")):  # fmt: skip
        document.add_heading(heading, 1)
        document.add_paragraph(words)
    return document


def with_fields_about_the_page() -> Any:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ council }} | {{ committee }}"
    document.sections[0].footer.paragraphs[0].text = "Report of {{ report_of }}, {{ date }}"
    box = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ ti</w:t></w:r><w:r><w:t>tle }}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    document.add_paragraph().add_run()._r.append(box)
    document.add_paragraph("{{ body }}")
    return document


def with_headings_of_its_own() -> Any:
    document = Document()
    style = document.styles.add_style("Report Heading", 1)
    outline = f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'
    style.element.get_or_add_pPr().append(parse_xml(outline))
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        node = document.styles[name].element
        node.getparent().remove(node)
    document.add_paragraph("{{ title }}: {{ committee }}, {{ meeting_date }}")
    for heading, words in (("Purpose", "[What is it for?]"), ("Findings", "{{ body }}"),
                           ("Equalities", "None.")):  # fmt: skip
        document.add_paragraph(heading, style="Report Heading")
        document.add_paragraph(words)
    return document


def with_recommendations_in_a_line() -> Any:
    document = Document()
    for words in ("{{ title }}", "{{ committee }}, {{ meeting_date }}", "{{ purpose }}",
                  "{{ recommendations }}", "{{ body }}", "Ask {{ contact }}."):  # fmt: skip
        document.add_paragraph(words)
    return document


def with_controls_already() -> Any:
    document = Document()
    space = nsdecls("w")
    for tag, inside in (
        ("title", "<w:r><w:t>[Title]</w:t></w:r>"),
        ("Doc Ref: 1", "<w:r><w:t>CAB/1</w:t></w:r>"),
        ("logo", "<w:r><w:drawing/></w:r>"),
    ):
        document.add_paragraph()._p.append(
            parse_xml(
                f'<w:sdt {space}><w:sdtPr><w:alias w:val="Of {tag}"/><w:tag w:val="{tag}"/>'
                f'<w:id w:val="7"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
            )
        )
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:sdt {space}><w:sdtPr><w:tag w:val="kind"/><w:showingPlcHdr/><w:dropDownList>'
            '<w:listItem w:displayText="Choose" w:value=""/><w:listItem w:value="Decision"/>'
            '<w:listItem w:value="Information"/></w:dropDownList></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>Choose</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    document.add_paragraph("{{ committee }}, {{ meeting_date }}, {{ wards }}")
    document.add_paragraph("{{ body }}")
    return document


def with_a_second_part() -> Any:
    document = with_recommendations_in_a_line()
    document.add_section()
    document.add_heading("How to read this", 1)
    return document


FILES = (with_a_table_in_front, with_fields_about_the_page, with_headings_of_its_own,
         with_recommendations_in_a_line, with_controls_already, with_a_second_part)  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda make: make.__name__)
def test_a_first_report_is_built_in_a_councils_own_file(
    tmp_path: Path, file: Callable[[], Any]
) -> None:
    """Adopt, check, new, build: as its first user does it."""
    (tmp_path / "ours.docx").write_bytes(bytes_of(file()))
    adopt(tmp_path / "ours.docx", tmp_path / "ours")
    check_template(str(tmp_path / "ours"))
    started = start(tmp_path / "first")
    brief = started.paths[0].parent / "report.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("template: standard", "template: ../ours"), encoding="utf-8")
    words = words_of(build_report(brief, tmp_path / "out").paths[0].read_bytes())
    shown = " ".join(words)
    for told in ("Performance report", "Overview and Scrutiny Committee", "9 June 2025",
                 "To report performance to the end of the period.", "A. Director",
                 "Note the performance reported."):  # fmt: skip
        assert told in shown
    assert "{{" not in shown


def spec_of(document: Any, tmp_path: Path) -> Any:
    tmp_path.joinpath("t").mkdir()
    for name, data in adopt_template(bytes_of(document), "Ours.docx", STANDARD).items():
        (tmp_path / "t" / name).write_bytes(data)
    return load_template(tmp_path / "t").spec


def test_words_and_looks_are_understood(tmp_path: Path) -> None:
    spec = spec_of(with_a_table_in_front(), tmp_path)
    assert [(f.key, f.type) for f in spec.front.fields] == [
        ("committee", "text"), ("meeting_date", "date"), ("report_of", "officer"),
        ("key_decision", "yes_no"),
    ]  # fmt: skip
    purpose, recommendations, narrative, legal = spec.sections
    assert (purpose.heading, purpose.prompt) == ("1. Purpose", "Say what it is for")
    assert (recommendations.lead, recommendations.text) == ("That:", ())
    assert (narrative.heading, legal.prompt) == ("3. Performance", "legal")


def test_headings_in_styles_of_its_own_are_found(tmp_path: Path) -> None:
    spec = spec_of(with_headings_of_its_own(), tmp_path)
    assert spec.styles.headings == ("Report Heading", "Heading 2", "Heading 3")
    assert {s.heading for s in spec.sections} >= {"Purpose", "Findings", "Equalities"}


def test_controls_that_stand_already_are_fields_or_stay(tmp_path: Path) -> None:
    spec = spec_of(with_controls_already(), tmp_path)
    found = {field.key: field for field in spec.front.fields}
    assert (found["Doc Ref: 1"].default, found["Doc Ref: 1"].label) == ("CAB/1", "Of Doc Ref: 1")
    assert found["kind"].choices == ("Decision", "Information")
    assert "logo" not in found


def test_several_recommendations_are_several_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "ours.docx").write_bytes(bytes_of(with_recommendations_in_a_line()))
    adopt(tmp_path / "ours.docx", tmp_path / "ours")
    brief = start(tmp_path / "first").paths[0].parent / "report.yaml"
    text = brief.read_text(encoding="utf-8").replace("template: standard", "template: ../ours")
    note = '- "Note the performance reported."'
    assert note in text
    text = text.replace(note, f"{note}\n    - Ask for more.")
    brief.write_text(text, encoding="utf-8")
    words = words_of(build_report(brief, tmp_path / "out").paths[0].read_bytes())
    at = words.index("Note the performance reported.")
    assert words[at + 1] == "Ask for more."


def repacked(docx: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def as_template(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")


def tied(parts: dict[str, bytes]) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/attachedTemplate" Target="file:///H:/council.dotx" '
        'TargetMode="External"/></Relationships>'
    ).encode()
    link = f'<w:attachedTemplate xmlns:r="{kind}" r:id="rId1"/>'.encode()
    settings = parts["word/settings.xml"]
    end = settings.index(b">", settings.index(b"<w:settings")) + 1
    parts["word/settings.xml"] = settings[:end] + link + settings[end:]


@pytest.mark.parametrize("change", [as_template, tied])
def test_words_own_templates_and_what_is_tied_to_one_are_let_in(
    change: Callable[[dict[str, bytes]], None],
) -> None:
    plain = adopt_template(bytes_of(with_a_second_part()), "a.docx", STANDARD)
    docx = repacked(bytes_of(with_a_second_part()), change)
    made = adopt_template(docx, "a.docx", STANDARD)
    assert made["template.yaml"] == plain["template.yaml"]
    assert b"attachedTemplate" not in made["template.docx"]
    with zipfile.ZipFile(io.BytesIO(made["template.docx"])) as archive:
        assert not [n for n in archive.namelist() if b"attachedTemplate" in archive.read(n)]


def with_macros(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def in_a_change(parts: dict[str, bytes]) -> None:
    _wrap(parts, b'<w:ins w:id="9" w:author="A" w:date="2024-01-01T00:00:00Z">', b"</w:ins>")


def in_a_link(parts: dict[str, bytes]) -> None:
    _wrap(parts, b'<w:hyperlink w:anchor="top">', b"</w:hyperlink>")


def _wrap(parts: dict[str, bytes], start: bytes, end: bytes) -> None:
    words = b"<w:r><w:t>{{ purpose }}</w:t></w:r>"
    assert words in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(words, start + words + end)


@pytest.mark.parametrize(
    ("change", "codes"),
    [(with_macros, {"unsafe-docx"}), (in_a_change, {"bad-field", "tracked-change"}),
     (in_a_link, {"bad-field"})],
)  # fmt: skip
def test_what_would_spoil_every_paper_is_told(
    change: Callable[[dict[str, bytes]], None], codes: set[str]
) -> None:
    with pytest.raises(ProblemsFoundError) as raised:
        adopt_template(repacked(bytes_of(with_recommendations_in_a_line()), change), "a", STANDARD)
    assert {problem.code for problem in raised.value.problems} == codes
    assert all(problem.fix for problem in raised.value.problems)
