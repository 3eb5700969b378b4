"""A paper is read as its readers see it: what is inserted, filled in, printed by Word and drawn."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from reporter.problems import ProblemsFoundError
from reporter.reading import Block, read_paper, sentences_of
from tests.papers import PAPERS, built
from tests.reading.making import RELS, SPACES, docx, num, p, part, r

LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def read(
    body: str, numbering: str = "", parts: dict[str, str | bytes] | None = None
) -> tuple[Block, ...]:
    return read_paper(docx(body, numbering, parts), "paper.docx").blocks


def test_split_runs_marks_of_spelling_and_smart_tags_are_one_text() -> None:
    body = p(
        r("Plans rose fr"),
        '<w:proofErr w:type="spellStart"/>',
        r("om 4"),
        f"<w:smartTag>{r('2')}</w:smartTag>",
        "<w:r><w:tab/><w:t>to 5</w:t></w:r>",
    )
    (block,) = read(body)
    assert block.text == "Plans rose from 42 to 5"
    assert [block.text[piece.start :][: len(piece.text)] for piece in block.pieces] == [
        "Plans rose fr", "om 4", "2", " ", "to 5",
    ]  # fmt: skip


def test_insertions_count_and_deletions_do_not_and_both_are_kept() -> None:
    change = 'w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"'
    gone = f'<w:del {change}><w:r><w:delText xml:space="preserve">rose </w:delText></w:r></w:del>'
    (block,) = read(p(r("Plans "), gone, f"<w:ins {change}>{r('fell ')}</w:ins>", r("by 3.")))
    assert (block.text, block.before) == ("Plans fell by 3.", "Plans rose by 3.")
    assert block.is_tracked


def test_fields_show_their_results_and_hidden_words_nothing() -> None:
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    simple = f'<w:fldSimple w:instr=" SEQ Table ">{r("2")}</w:fldSimple>'
    body = p(r("See "), code, r("Table 1"), end, r(" and Table "), simple, r("!", "<w:vanish/>"))
    (block,) = read(body)
    assert block.text == "See Table 1 and Table 2"
    assert [(f.code, block.text[f.start : f.end]) for f in block.fields] == [
        ("REF x", "Table 1"), ("SEQ Table", "2"),
    ]  # fmt: skip


def test_controls_nested_and_around_say_their_tags_and_whether_they_ask() -> None:
    inner = (
        '<w:sdt><w:sdtPr><w:tag w:val="in"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent>{r('Write here')}</w:sdtContent></w:sdt>"
    )
    outer = (
        '<w:sdt><w:sdtPr><w:tag w:val="out"/></w:sdtPr>'
        f"<w:sdtContent>{p(inner)}{p(r('Filled.'))}</w:sdtContent></w:sdt>"
    )
    first, second = read(outer)
    assert [(c.tag, c.asking) for c in first.controls] == [("out", False), ("in", True)]
    assert first.is_asking
    assert (second.text, second.is_asking) == ("Filled.", False)


def test_numbers_are_those_that_word_prints() -> None:
    levels = [
        (1, 0),
        (1, 1),
        (1, 1),
        (1, 2),
        (1, 2),
        (1, 3),
        (1, 1),
        (1, 2),
        (1, 0),
        (1, 1),
        (2, 1),
    ]
    body = "".join(p(r("x"), more=num(key, level)) for key, level in levels)
    assert [block.number for block in read(body, LEVELS)] == [
        "4", "4.1", "4.2", "(a", "(b", "I", "4.3", "(a", "5", "5.1", "5.7",
    ]  # fmt: skip


def test_odd_numbers_in_lists_and_headings_do_no_harm() -> None:
    odd = LEVELS.replace('w:val="4"', 'w:val="four"').replace('w:ilvl="3"', 'w:ilvl="-3"')
    strange = p(r("x"), more='<w:outlineLvl w:val="no"/><w:numPr><w:ilvl w:val="z"/>'
                '<w:numId w:val="1"/></w:numPr>')  # fmt: skip
    assert [block.number for block in read(strange, odd)] == ["1"]


def test_sections_tables_and_places() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr>{}</w:tc>"
    row = "<w:tr>" + cell.format(2, p(r("Plans"))) + cell.format(1, p(r("429"))) + "</w:tr>"
    caption = p(r("Table "), '<w:fldSimple w:instr="SEQ Table">', r("1"), "</w:fldSimple>",
                r(": Plans"), style="Caption")  # fmt: skip
    body = p(r("Child protection"), style="H1") + caption + f"<w:tbl>{row}{row}</w:tbl>"
    reading = read_paper(docx(body), "paper.docx")
    (table,) = reading.tables
    assert table.rows == (("Plans", "429"), ("Plans", "429"))
    assert (table.caption, table.section) == ("Table 1: Plans", ("Child protection",))
    assert table.blocks[3].place == "table 1, row 2, column 3"
    assert reading.blocks[0].place == 'heading "Child protection"'


def test_a_text_box_is_read_once_and_alternative_texts_with_it() -> None:
    box = f"<w:txbxContent>{p(r('In the box'))}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        f"<wp:docPr id='1' name='b' descr='A box of 3'/><wps:txbx>{box}</wps:txbx></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape alt='A box'>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    blocks = read(p(r("About "), drawing))
    assert [(b.kind, b.text) for b in blocks] == [
        ("paragraph", "About "), ("alt", "A box of 3"), ("textbox", "In the box"),
    ]  # fmt: skip


def test_headers_notes_and_comments_come_after_the_text() -> None:
    line = f'<w:footnote w:type="separator" w:id="0">{p(r("-"))}</w:footnote>'
    note = f'<w:footnote w:id="1">{p(r("Of 56."))}</w:footnote>'
    comment = f'<w:comment w:id="7" w:author="Jo">{p(r("Why?"))}</w:comment>'
    body = p('<w:commentRangeStart w:id="7"/>', r("Text"), '<w:commentRangeEnd w:id="7"/>')
    blocks = read(
        p(r("About"), style="H1") + body,
        parts={
            "header1.xml": part("hdr", p(r("DRAFT"))),
            "footnotes.xml": part("footnotes", line + note),
            "comments.xml": part("comments", comment),
        },
    )
    assert [(b.kind, b.text) for b in blocks[2:]] == [
        ("footnote", "Of 56."), ("header", "DRAFT"), ("comment", "Why?"),
    ]  # fmt: skip
    assert blocks[-1].place == 'a comment by Jo at the paragraph "Text" under "About"'


def test_a_chart_gives_its_cache_and_its_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["", "Plans"])
    sheet.append(["May", 429])
    saved = io.BytesIO()
    book.save(saved)

    def cache(tag: str, words: str) -> str:
        point = f"<c:strCache><c:pt idx='0'><c:v>{words}</c:v></c:pt></c:strCache>"
        return f"<c:{tag}>{point}</c:{tag}>"

    chart = (
        f"<c:chartSpace {SPACES}><c:chart><c:plotArea><c:barChart><c:ser>{cache('tx', 'Plans')}"
        f"{cache('cat', 'May')}{cache('val', '429')}</c:ser></c:barChart></c:plotArea></c:chart>"
        "<c:externalData r:id='b'/></c:chartSpace>"
    )
    relations = '<Relationships xmlns="x">{}</Relationships>'.format
    one = f'<Relationship Id="{{}}" Type="{RELS}/x" Target="{{}}"/>'.format
    drawing = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='c' descr='Bars'/><a:graphic>"
        "<a:graphicData><c:chart r:id='k'/></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r>"
    )
    reading = read_paper(
        docx(
            p(drawing),
            parts={
                "_rels/document.xml.rels": relations(one("k", "charts/chart1.xml")),
                "charts/chart1.xml": chart,
                "charts/_rels/chart1.xml.rels": relations(one("b", "../embeddings/book.xlsx")),
                "embeddings/book.xlsx": saved.getvalue(),
            },
        ),
        "paper.docx",
    )
    (found,) = reading.charts
    assert (found.series[0].categories, found.series[0].values) == (("May",), ("429",))
    assert found.workbook == (("", "Plans"), ("May", "429"))
    assert found.alt == "Bars"


@pytest.mark.parametrize("name", PAPERS)
def test_every_statement_of_our_papers_is_found_again_where_its_evidence_says(name: str) -> None:
    paper = built(name)
    reading = read_paper(paper.docx, f"{name}.docx")
    texts: dict[str, str] = {}
    for block in reading.body:
        texts[block.address] = f"{texts.get(block.address, '')} {block.text}"
    whole = " ".join(block.text for block in reading.body)
    rows = {"; ".join(row) for table in reading.tables for row in table.rows}
    for statement in paper.evidence["statements"]:
        number = statement["number"]
        # A prompt has the number of the paragraph that it asks about, and prints none.
        numbered = number[:1].isdigit() and not statement["text"].startswith("Why ")
        known = texts.get(number, "") if numbered else whole
        assert statement["text"] in known or statement["text"] in rows, statement["id"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Plans rose to 3.5. They had been 2.", 2),
        ("Some, e.g. Visits, fell. See No. 5 and p. 4 of it.", 2),
        ("Cllr. A. Smith and Dr. Jones met. It was 2019. The end.", 3),
        ("Is it exempt? No. Was it late! Yes.", 4),
        ("1. Progress was made in s. 47 work.", 1),
        ('He said "it rose." Then it fell.', 2),
        ("The score was 2.6 (against 2.0) etc. The rest was fine", 2),
        ("  ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    found = sentences_of(text)
    assert len(found) == count
    assert all(text[s.start : s.end] == s.text for s in found)


def test_plain_text_has_numbers_headings_lists_and_tables() -> None:
    text = (
        "5.2 Children on a plan\n5.2.1 Plans rose to 429.\n- a. The first of them.\n"
        "34 of 56 were on time.\n| Measure | Now |\n|---|---|\n| Plans | 429 |\n"
    )
    reading = read_paper(text.encode(), "paper.txt")
    assert [(b.kind, b.number, b.text) for b in reading.blocks[:4]] == [
        ("heading", "5.2", "Children on a plan"), ("paragraph", "5.2.1", "Plans rose to 429."),
        ("list", "a", "The first of them."), ("paragraph", "", "34 of 56 were on time."),
    ]  # fmt: skip
    assert reading.tables[0].rows == (("Measure", "Now"), ("Plans", "429"))
    assert reading.blocks[1].section == ("Children on a plan",)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"a\x00b", b"%PDF-\xe2\xe3\xcf"])
def test_what_is_neither_word_nor_text_is_refused(raw: bytes) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        read_paper(raw, "paper.bin")
    assert caught.value.problems[0].code == "not-text"


def test_a_file_that_is_not_safe_is_refused(tmp_path: Path) -> None:
    hostile = docx("").replace(b"word/styles.xml", b"../rd/style.xml")
    with pytest.raises(ProblemsFoundError):
        read_paper(hostile, "paper.docx")
