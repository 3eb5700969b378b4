"""The paper as a Word file: what stands in it, how it is numbered, and that it repeats."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx_plus.core import qn
from lxml import etree

from reporter.charts import Picture, draw_chart
from reporter.document import Paper, Template, load_template, write_document
from reporter.document.body import charts_of
from reporter.document.widths import column_needs, column_widths
from reporter.problems import ProblemsFoundError
from reporter.prose import (
    AuthorParagraph,
    Cell,
    Column,
    Paragraph,
    RealisedReport,
    RealisedSection,
    Row,
    Table,
)
from reporter.sources import Officer
from tests.sample_report import LABELS, Said, brief, report

TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def standard() -> Template:
    return load_template(TEMPLATES / "standard")


@cache
def pictures() -> dict[str, Picture]:
    return {chart.alt.id: draw_chart(chart) for chart in charts_of(report().sections)}


@cache
def paper() -> Paper:
    return write_document(report(), pictures(), standard())


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(name: str = "word/document.xml", docx: bytes = b"") -> Any:
    return etree.fromstring(parts(docx or paper().docx)[name])


def text_of(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


def styled(style: str, root: Any = None) -> list[Any]:
    root = tree() if root is None else root
    return [
        p for p in root.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None
        and p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) == style
    ]  # fmt: skip


def plain_report(*lines: str, **changes: object) -> RealisedReport:
    section = RealisedSection("Findings", tuple(AuthorParagraph(line) for line in lines))
    return RealisedReport(brief(**changes), "May 2019", (section,))


def test_headings_stand_in_the_order_of_the_template() -> None:
    headings = [text_of(p) for p in styled("Heading1")]
    assert headings == [
        "Purpose of the report", "Recommendations", "Child protection plans", "Children in care",
        "Implications", "Sources", "Background papers", "Contact",
    ]  # fmt: skip
    assert [text_of(p) for p in styled("Heading2")] == [
        "Starts and ends", "Financial", "Legal", "Equalities",
    ]  # fmt: skip


def test_the_file_holds_the_parts_that_are_read_for_its_evidence() -> None:
    assert parts(paper().docx) == dict(paper().parts)


def test_numbers_are_those_that_word_will_print() -> None:
    numbers = paper().numbers
    assert numbers["s001"] == numbers["s002"] == "3.2"  # after the author's own 3.1
    assert numbers["s003"] == "3.2"  # a bullet belongs to the paragraph before it
    assert numbers["s007"] == "3.3"
    assert numbers["s009"] == "3.4"  # the count runs on under the second heading
    assert numbers["s012"] == "4.1"
    assert (numbers["s006"], numbers["s013"], numbers["s017"]) == (
        "Figure 1", "Table 1", "Figure 5",
    )  # fmt: skip


def test_no_number_is_typed_and_every_list_is_real() -> None:
    root = tree()
    entries = [*styled("TOC1", root), *styled("TOC2", root)]  # these repeat the headings' numbers
    for node in root[0].findall(qn("w:p")):
        if node in entries:
            continue
        assert not re.match(r"[•\-–*]\s|\(?\d+(\.\d+)*[.)]?\s|[a-z]\)\s", text_of(node))
    assert [text_of(p) for p in styled("ListBullet")][:2] == [
        "a new front door has opened;", "two teams have merged.",
    ]  # fmt: skip


def test_bold_ranges_become_bold_runs() -> None:
    first = styled("NumberedParagraph")[2]
    bold = [
        text_of(r)
        for r in first.iter(qn("w:r"))
        if r.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
    ]
    assert bold == ["number of children subject to a plan rose "]


def test_captions_count_in_seq_fields_and_stand_above() -> None:
    captions = styled("Caption")
    assert [text_of(p)[:8] for p in captions] == [
        "Figure 1", "Figure 2", "Figure 3", "Figure 4", "Table 1:", "Figure 5", "Figure 6",
        "Figure 7",
    ]  # fmt: skip
    for node in captions:
        codes = "".join(t.text for t in node.iter(qn("w:instrText")))
        assert re.fullmatch(r" SEQ (Figure|Table) \\\* ARABIC ", codes)
        following = node.getnext()
        assert (
            following.tag == qn("w:tbl") or next(following.iter(qn("w:drawing")), None) is not None
        )
    names = [n.get(qn("w:name")) for n in tree().iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert sum(name.startswith("_Ref_") for name in names) == 8


def test_paragraphs_point_to_the_tables_and_figures_after_them() -> None:
    found = [text_of(p) for p in styled("NumberedParagraph")]
    assert [re.findall(r"See .*", text) for text in found if "See" in text] == [
        ["See Figure 1."], ["See Figure 2."], ["See Figure 3 and Figure 4."], ["See Table 1."],
        ["See Figure 5, Figure 6 and Figure 7."],
    ]  # fmt: skip
    anchors = {n.get(qn("w:name")) for n in tree().iter(qn("w:bookmarkStart"))}
    codes = [t.text.split() for t in tree().iter(qn("w:instrText"))]
    assert {code[1] for code in codes if code[0] == "REF"} <= anchors


def test_a_long_paper_has_a_contents_list_with_links() -> None:
    keys = ["reasons", "background", "options", "consultation", "next_steps", "legal", "risk", "hr"]
    long = plain_report("x", texts=dict.fromkeys(keys, ("Words.",)))
    root = tree(docx=write_document(long, {}, standard()).docx)
    entries = [*styled("TOC1", root), *styled("TOC2", root)]
    assert [text_of(p) for p in entries][:3] == [
        "1 Purpose of the report", "2 Recommendations", "3 Reasons for recommendations",
    ]  # fmt: skip
    links = [link.get(qn("w:anchor")) for p in entries for link in p.iter(qn("w:hyperlink"))]
    anchors = [n.get(qn("w:name")) for n in root.iter(qn("w:bookmarkStart"))]
    assert len(links) == len(set(links)) == len(styled("Heading1", root))
    assert set(links) <= set(anchors)
    kinds = [n.get(qn("w:fldCharType")) for p in entries for n in p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    short = write_document(plain_report("x"), {}, standard()).docx
    assert not styled("TOC1", tree(docx=short))


def test_tables_have_header_rows_and_no_merged_or_blank_cells() -> None:
    tables = [*tree().iter(qn("w:tbl"))]
    assert len(tables) == 2
    for table in tables:
        rows = table.findall(qn("w:tr"))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        assert look.get(qn("w:firstRow")) == "1"
        assert not [*table.iter(qn("w:gridSpan"), qn("w:vMerge"))]
        assert all(text_of(cell).strip() for cell in table.iter(qn("w:tc")))
        widths = [int(c.get(qn("w:w"))) for c in table.iter(qn("w:gridCol"))]
        assert sum(widths) == int(table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w")))
        assert widths[0] == max(widths) or len(widths) == 2


def luminance(colour: str) -> float:
    parts_ = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts_]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_rag_is_a_word_on_a_colour_that_can_be_read() -> None:
    found = []
    for cell in tree().iter(qn("w:tc")):
        shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
        if shade is not None:
            found.append(text_of(cell))
            ink = next(cell.iter(qn("w:color"))).get(qn("w:val"))
            assert contrast(shade.get(qn("w:fill")), ink) >= 4.5
    assert found == ["Amber", "Red", "Green"]


def test_pictures_are_inline_with_the_words_of_their_alternative_text() -> None:
    properties = [n for n in tree().iter() if str(n.tag).endswith("}docPr")]
    assert [n.get("descr") for n in properties] == [
        chart.alt.text for chart in charts_of(report().sections)
    ]
    assert len({n.get("id") for n in properties}) == 7
    assert not [n for n in tree().iter() if str(n.tag).endswith("}anchor")]


def test_prompts_are_tagged_controls_that_show_where_to_write() -> None:
    prompts = styled("Prompt")
    assert [text_of(p)[:9] for p in prompts] == ["[Author: "] * 4
    controls = [n for p in prompts for n in p.iter(qn("w:sdt"))]
    tags = [n.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for n in controls]
    assert tags == ["prompt-s005", "prompt-financial", "prompt-legal", "prompt-equalities"]
    assert all(n.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None for n in controls)
    ids = [n.get(qn("w:val")) for n in tree().iter(qn("w:id")) if n.get(qn("w:val"))]
    assert len(ids) == len(set(ids))


def test_each_generated_paragraph_carries_its_evidence_in_a_comment() -> None:
    comments = [*tree("word/comments.xml").iter(qn("w:comment"))]
    anchors = [n.get(qn("w:id")) for n in tree().iter(qn("w:commentReference"))]
    assert [c.get(qn("w:id")) for c in comments] == anchors
    assert {c.get(qn("w:author")) for c in comments} == {"reporter"}
    assert {c.get(qn("w:date")) for c in comments} == {"2019-06-20T00:00:00Z"}
    first = [text_of(p) for p in comments[0].iter(qn("w:p"))]
    assert first == [
        "s001 by rule change-material",
        "change, cp_plans, Anytown: 429 (2019-05), from 257 (2018-07), result 172 count. "
        "observations.csv rows 12, 15.",
        "s002 by rule change-material",
        "change, cp_plans, Anytown: 429 (2019-05), from 257 (2018-07), result 172 count. "
        "observations.csv rows 12, 15.",
    ]
    starts = {n.get(qn("w:id")) for n in tree().iter(qn("w:commentRangeStart"))}
    assert starts == set(anchors)


def test_the_file_says_what_it_is() -> None:
    document = Document(io.BytesIO(paper().docx))
    core = document.core_properties
    assert core.title == "Children's services performance update"
    assert (core.language, core.author) == ("en-GB", "Anytown Council")
    assert core.subject == "Children and Young People's Scrutiny Committee, May 2019"
    assert str(core.created) == str(core.modified) == "2019-06-20 00:00:00+00:00"
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert text_of(section.header._element) == "Anytown CouncilDRAFT"
    codes = "".join(t.text for t in section.footer._element.iter(qn("w:instrText")))
    assert codes.split() == ["PAGE", "NUMPAGES"]


def test_nothing_of_the_library_s_own_template_is_left() -> None:
    content = parts(paper().docx)
    assert not [n for n in content if "thumbnail" in n or "customXml" in n or "Effects" in n]
    words = b"".join(content[n] for n in content if n.endswith(".xml"))
    assert b"en-US" not in words
    assert b"python-docx" not in words
    assert b'w:val="15"' in content["word/settings.xml"]


def test_no_layout_by_blank_lines_or_tabs() -> None:
    for node in tree().iter(qn("w:p")):
        assert text_of(node).strip() or next(node.iter(qn("w:drawing")), None) is not None
    assert not [*tree().iter(qn("w:tab"), qn("w:br"))]


def test_the_same_report_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import hashlib\n"
        "from tests.document.test_document import paper\n"
        "print(hashlib.sha256(paper().docx).hexdigest())"
    )
    root = str(Path(__file__).parents[2])
    found = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": root, "TZ": zone},
        ).stdout
        for seed, zone in (("0", "UTC"), ("7", "Asia/Tokyo"))
    }  # fmt: skip
    assert len(found) == 1
    assert write_document(report(), pictures(), standard()) == paper()


HOSTILE = [
    'Ampers & ands <b>tags</b> "quotes" it\'s ]]> &amp; {{ field }} %s {0} $x$',
    "Emoji 👩‍👩‍👧 📈 and Welsh: ŵ ŷ Ŵ Ŷ, Llanfair­pwll, tŷ bach",
    "العربية من اليمين إلى اليسار and עברית",
    "x" * 3000,
    "\u202eturned\u202c\u00a0and\u2011joined",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_text_arrives_as_it_was_written(words: str) -> None:
    said = Said()
    whole = report(
        title=words, council=words, committee=words, fields={"wards": words},
        officers={"report_of": Officer(name=words)},
        texts={"purpose": (words,), "legal": (words,)},
    )  # fmt: skip
    section = RealisedSection(words, (AuthorParagraph(words),))
    caption = replace(next(charts_of(whole.sections)), caption=words, source=words)
    alt = {caption.alt.id: pictures()[caption.alt.id]}
    mixed = replace(
        section, blocks=(*section.blocks, replace(caption, alt=caption.alt._replace(text=words)))
    )
    made = write_document(replace(whole, sections=(mixed,)), alt, standard())
    assert said.count == 0
    root = tree(docx=made.docx)
    found = [text_of(p) for p in root.iter(qn("w:p"))]
    assert found.count(words) >= 6  # title, two cells, two texts, heading, paragraph, source
    assert f"Figure 1: {words}" in found
    assert next(n.get("descr") for n in root.iter() if str(n.tag).endswith("}docPr")) == words


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"XML|surrogates"):
        write_document(plain_report(f"bad {bad} text"), {}, standard())


def test_what_the_template_has_no_place_for_is_a_problem() -> None:
    wrong = plain_report(
        "x", fields={"wardz": "All", "status": "Secret"}, texts={"nothing": ("x",)},
        officers={"chef": Officer(name="A")},
    )  # fmt: skip
    with pytest.raises(ProblemsFoundError) as caught:
        write_document(wrong, {}, standard())
    assert [p.code for p in caught.value.problems] == ["bad-choice", *["no-place"] * 3]
    told = [p.fix for p in caught.value.problems if p.code == "no-place"]
    assert all(fix.startswith("Take it out of the brief, or give it a place in") for fix in told)
    assert {p.place.file for p in caught.value.problems} == {"report.yaml"}


def test_a_condition_shows_its_field_and_asks_for_it() -> None:
    made = write_document(plain_report("x", fields={"status": "Exempt"}), {}, standard())
    labels = [text_of(cell) for cell in tree(docx=made.docx).iter(qn("w:tc"))]
    at = labels.index("Reason for exemption")
    assert labels[at + 1].startswith("[Author: the paragraph of Schedule 12A")
    assert "Reason for exemption" not in [text_of(c) for c in tree().iter(qn("w:tc"))]


def test_a_table_too_wide_for_the_page_stands_on_a_landscape_page() -> None:
    said = Said()
    columns = (Column("Performance measure", False),
               *(Column(f"{month} performance", True) for month in LABELS[:10]))  # fmt: skip
    row = Row((Cell("Visits"), *[Cell("94.3%")] * 10), said("Visits; 94.3%"))
    wide = Table("trend", "Six months", columns, (row,))
    blocks = (Paragraph((said("One."),)), wide, wide, Paragraph((said("Two."),)))
    section = RealisedSection("Care", blocks)
    made = write_document(RealisedReport(brief(), "May 2019", (section,)), {}, standard())
    pages = Document(io.BytesIO(made.docx)).sections
    assert [int(page.page_width.mm) for page in pages] == [210, 297, 210]
    root = tree(docx=made.docx)
    assert sum(int(c.get(qn("w:w"))) for c in [*root.iter(qn("w:tblGrid"))][1]) > 14000
    assert len([*root.iter(qn("w:headerReference"))]) == 3


def table_of(*columns: tuple[str, str]) -> Table:
    cells = tuple(Cell(text) for _, text in columns)
    row = Row(cells, Said()("; ".join(text for _, text in columns)))
    heads = tuple(Column(heading, index > 0) for index, (heading, _) in enumerate(columns))
    return Table("scorecard", "Caption", heads, (row,))


def test_columns_fit_their_words_and_a_long_first_one_gets_two_lines() -> None:
    figures = [(f"March {year}", "94.3%") for year in range(2018, 2024)]
    table = table_of(("Measure", "Children on a plan visited in the past four weeks"), *figures)
    widths = column_widths(table, 9400)
    assert sum(widths) == 9400
    assert widths[0] > 2400
    assert all(width >= need for width, need in zip(widths, column_needs(table), strict=True))


def test_a_no_break_space_holds_words_together_in_cells_and_not_in_headings() -> None:
    apart, together = table_of(("A", "31 March 2018")), table_of(("A", "31\u00a0March\u00a02018"))
    assert column_needs(together) > column_needs(apart)
    assert column_needs(table_of(("31\u00a0March", "x"))) == column_needs(
        table_of(("31 March", "x"))
    )


def test_a_figure_is_pointed_to_where_its_measure_is_told() -> None:
    from types import SimpleNamespace as Fake

    from reporter.document.body import with_references
    from reporter.prose import Chart, Paragraph, Statement, Table

    def said(*codes: str) -> Statement:
        return Statement("s1", "", tuple(Fake(indicator=code) for code in codes), ())  # type: ignore[arg-type]

    def chart(code: str) -> Chart:
        made = object.__new__(Chart)
        object.__setattr__(made, "alt", said(code))
        return made

    first, second = Paragraph((said("visits"),)), Paragraph((said("plans", "visits"),))
    last = Paragraph((said("delays"),))
    blocks = [
        first,
        second,
        last,
        chart("visits"),
        object.__new__(Table),
        chart("delays"),
        chart("x"),
    ]
    found = [labels for _, labels in with_references(blocks)][:3]
    assert found == [
        (),
        (("Figure", 0),),
        (("Table", 0), ("Figure", 1), ("Figure", 2)),
    ]
