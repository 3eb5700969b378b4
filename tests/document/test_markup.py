"""Markup written as text: byte for byte what the elements built one by one are."""

from __future__ import annotations

import pytest
from lxml import etree

from reporter.document import markup, ooxml

TEXTS = (
    "plain", " two  blanks ", "R&D < 5 > 3", "</w:t><w:t>", "&lt;&#13;", "\"quoted\" 'twice'",
    "tab\tline\nreturn\rboth\r\n", "no-break\u00a0space", "Ynys Môn, 江東区 \U0001f600", "]]>",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("keep", [True, False])
def test_a_row_is_the_same_as_text_and_as_elements(text: str, keep: bool) -> None:
    look = {"keep_next": keep, "align": "right" if keep else ""}
    told = markup.paragraph(text, markup.run(text), **look)  # type: ignore[arg-type]
    (quick,) = markup.parsed(
        [markup.table_row([markup.table_cell(90, told, "D4351C")], header=keep)]
    )
    built = ooxml.paragraph(text, [ooxml.run(text)], **look)  # type: ignore[arg-type]
    slow = ooxml.table_row([ooxml.table_cell(90, built, fill="D4351C")], header=keep)
    assert etree.tostring(quick) == etree.tostring(slow)


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_keeps_its_lines(text: str) -> None:
    styles = {"text": "CommentText", "reference": 'A"B'}
    (made,) = markup.parsed(
        [markup.comment(7, "A <B>", "2025-06-12T00:00:00Z", [text, "b"], styles)]
    )
    assert [t.text or "" for t in made.iter(f"{{{ooxml.NSMAP['w']}}}t")] == [text, "b"]
    assert sorted(made.attrib.values()) == ["2025-06-12T00:00:00Z", "7", "A <B>", "A<"]


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1b[31m", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"XML|surrogates"):
        markup.parsed([markup.run(f"before {text} after")])
