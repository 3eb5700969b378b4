"""Markup written as text: every word comes back as it was, in the elements that are meant."""

from __future__ import annotations

from typing import Any

import pytest
from docx_plus.core import qn
from lxml import etree

from reporter.document import markup
from reporter.document.splicing import mark, spliced

TEXTS = (
    "plain", " two  blanks ", "R&D < 5 > 3", "</w:t><w:t>", "&lt;&#13;", "\"quoted\" 'twice'",
    "tab\tline\nreturn\rboth\r\n", "no-break\u00a0space", "Ynys Môn, 江東区 \U0001f600", "]]>",
)  # fmt: skip
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _root(xml: str) -> tuple[Any, bytes]:
    """The element of `xml` with a mark as its last child, and its bytes."""
    root = etree.fromstring(xml)
    root.append(mark("body"))
    return root, etree.tostring(root, encoding="UTF-8", standalone=True)


def _elements(node: Any) -> list[tuple[str, dict[str, str], str]]:
    return [(each.tag, dict(each.attrib), each.text or "") for each in node.iter()]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("keep", [True, False])
def test_a_row_holds_the_words_and_names_that_it_was_given(text: str, keep: bool) -> None:
    look = {"keep_next": keep, "align": "right" if keep else ""}
    told = markup.paragraph(text, markup.run(text), **look)  # type: ignore[arg-type]
    cell = markup.table_cell(90, told, "D4351C")
    assert cell == markup.cell_of(90, text, markup.run(text), fill="D4351C", **look)  # type: ignore[arg-type]
    made = markup.element(markup.table_row([cell], header=keep))
    want = [(qn("w:tr"), {}, ""), (qn("w:trPr"), {}, ""), (qn("w:cantSplit"), {}, "")]
    want += [(qn("w:tblHeader"), {}, "")] * keep
    shade = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): "D4351C"}
    want += [
        (qn("w:tc"), {}, ""), (qn("w:tcPr"), {}, ""),
        (qn("w:tcW"), {qn("w:w"): "90", qn("w:type"): "dxa"}, ""), (qn("w:shd"), shade, ""),
        (qn("w:p"), {}, ""), (qn("w:pPr"), {}, ""), (qn("w:pStyle"), {qn("w:val"): text}, ""),
    ]  # fmt: skip
    want += [(qn("w:keepNext"), {}, ""), (qn("w:jc"), {qn("w:val"): "right"}, "")] * keep
    want += [(qn("w:r"), {}, ""), (qn("w:t"), {qn("xml:space"): "preserve"}, text)]
    assert _elements(made) == want


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_keeps_its_lines(text: str) -> None:
    styles = {"text": "CommentText", "reference": 'A"B'}
    made = markup.element(markup.comment(7, "A <B>", "2025-06-12T00:00:00Z", [text, "b"], styles))
    assert [t.text or "" for t in made.iter(qn("w:t"))] == [text, "b"]
    assert [len(p.findall(qn("w:r"))) for p in made] == [2, 1]
    assert sorted(made.attrib.values()) == ["2025-06-12T00:00:00Z", "7", "A <B>", "A<"]


@pytest.mark.parametrize("text", TEXTS)
def test_controls_and_bookmarks_keep_their_names(text: str) -> None:
    inside = markup.bookmark(markup.run("x"), 8, text)
    made = markup.element(markup.content_control(text, text, 9, inside, prompt=True))
    tags = [etree.QName(node).localname for node in made.iter()]
    assert tags == [
        "sdt", "sdtPr", "alias", "tag", "id", "showingPlcHdr", "text", "sdtContent",
        "bookmarkStart", "r", "t", "bookmarkEnd",
    ]  # fmt: skip
    assert made[0][0].get(qn("w:val")) == made[0][1].get(qn("w:val")) == text
    assert made[1][0].get(qn("w:name")) == text


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1b[31m", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(text: str) -> None:
    root, part = _root(f'<w:body xmlns:w="{_W}"/>')
    with pytest.raises(ValueError, match=r"XML|surrogates"):
        spliced(part, "body", markup.paragraph("A", markup.run(f"before {text} after")), root)


@pytest.mark.parametrize(
    "xml",
    [
        '<w:body xmlns:w="{w}"><w:p/></w:body>',
        '<x:body xmlns:x="{w}" xmlns="urn:other"><x:p/></x:body>',
        '<x:body xmlns:x="{w}" xmlns:w="urn:other"><x:p/></x:body>',
        '<body xmlns="{w}"><p/></body>',
    ],
)
@pytest.mark.parametrize("text", ["plain", "عربي and plain", "plain עברית"])
def test_markup_means_the_same_whatever_prefix_the_template_has(xml: str, text: str) -> None:
    root, part = _root(xml.replace("{w}", _W))
    blocks = markup.paragraph("A", markup.run(text)) + markup.paragraph("B", markup.run("more"))
    made = etree.fromstring(spliced(part, "body", blocks, root))
    assert [node.tag for node in made] == [qn("w:p")] * 3
    assert ["".join(node.itertext()) for node in made] == ["", text, "more"]
    turned = sum(1 for _ in made.iter(qn("w:rtl")))
    assert turned == (text != "plain")
