"""The markup of WordprocessingML that a paper is written in: text, not elements.

Texts, numbers and markup in, markup out, children in the order of the schema (STANDARDS 6.1.1). A
paper has ten thousand elements, and each as an object takes many times as long. Every text and name
is escaped here; the prefix is always `w`. Decides nothing, knows no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from docx_plus.core import NSMAP
from lxml import etree

Element = etree._Element
_BOLD = "<w:b/><w:bCs/>"


def element(markup: str) -> Element:
    """What `markup` says, as the element that it is."""
    (made,) = etree.fromstring(f'<w:all xmlns:w="{NSMAP["w"]}">{markup}</w:all>')
    return made


def words(text: str) -> str:
    """`text` as it stands in markup."""
    # Four times as fast as a translation: few texts hold any of them.
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\r", "&#13;")


def name(text: str) -> str:
    """`text` as it stands in an attribute."""
    plain = words(text).replace('"', "&quot;")
    return plain.replace("\t", "&#9;").replace("\n", "&#10;")


def value(tag: str, text: str) -> str:
    """An element that is only a value."""
    return f'<w:{tag} w:val="{name(text)}"/>'


def run(text: str, colour: str = "", *, bold: bool = False, style: str = "") -> str:
    """A run of `text` in a style of letters (an id); in `colour` (six hex digits) it is bold."""
    look = ""
    if bold or colour or style:
        look = value("rStyle", style) if style else ""
        look += _BOLD if bold or colour else ""
        look += value("color", colour) if colour else ""
        look = f"<w:rPr>{look}</w:rPr>"
    said = f">{words(text)}</w:t>" if text else "/>"
    return f'<w:r>{look}<w:t xml:space="preserve"{said}</w:r>'


def runs(text: str, bold: Sequence[tuple[int, int]] = ()) -> str:
    """`text` as runs, the ranges in `bold` in bold."""
    made, at = "", 0
    for start, end in sorted(bold):
        made += run(text[at:start]) if start > at else ""
        made += run(text[start:end], bold=True) if end > start else ""
        at = max(at, end)
    return made + run(text[at:]) if at < len(text) or not made else made


@lru_cache(maxsize=512)
def properties(
    style: str,
    *,
    numbering: tuple[str, int] | None = None,
    keep_next: bool = False,
    space_before: int | None = None,
    align: str = "",
    page_break: bool = False,
) -> str:
    """What stands in the `w:pPr` of a paragraph in `style` (an id). `numbering` is a (numId, level)
    of its own, `space_before` twips."""
    made = value("pStyle", style)
    made += "<w:keepNext/>" if keep_next else ""
    made += "<w:pageBreakBefore/>" if page_break else ""
    if numbering:
        level = value("ilvl", str(numbering[1]))
        made += f"<w:numPr>{level}{value('numId', numbering[0])}</w:numPr>"
    made += f'<w:spacing w:before="{space_before}"/>' if space_before is not None else ""
    return made + (value("jc", align) if align else "")


def paragraph(
    style: str,
    content: str = "",
    *,
    keep_next: bool = False,
    align: str = "",
    page_break: bool = False,
) -> str:
    """A paragraph in `style` (an id)."""
    look = properties(style, keep_next=keep_next, align=align, page_break=page_break)
    return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with its cached `result`, so that it reads right before Word updates it."""
    return f"{_opening(instruction)}{run(result)}{_edge('end')}"


def _opening(instruction: str) -> str:
    asked = f'<w:instrText xml:space="preserve"> {words(instruction)} </w:instrText>'
    return f"{_edge('begin')}<w:r>{asked}</w:r>{_edge('separate')}"


def _edge(of: str) -> str:
    """A run that marks where a part of a field begins or ends."""
    return f'<w:r><w:fldChar w:fldCharType="{of}"/></w:r>'


def contents(entries: Sequence[tuple[str, str, str]], levels: int) -> str:
    """A contents list as a TOC field: a paragraph for each (style, anchor, text).

    It has links and no page numbers, which only Word's layout knows: so it is never out of date.
    """
    lines = [
        f'<w:hyperlink w:anchor="{name(anchor)}" w:history="1">{run(text)}</w:hyperlink>'
        for _, anchor, text in entries
    ]
    lines[0] = _opening(f'TOC \\o "1-{levels}" \\n \\h \\z \\u') + lines[0]
    lines[-1] += _edge("end")
    styles = (style for style, _, _ in entries)
    return "".join(map(paragraph, styles, lines))


def bookmark(content: str, number: int, key: str) -> str:
    """`content` in the bookmark `key`."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name(key)}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def content_control(tag: str, alias: str, number: int, content: str, *, prompt: bool) -> str:
    """A content control for a text. `prompt`: shows a placeholder, which the author's first
    keystroke replaces."""
    kind = "<w:showingPlcHdr/><w:text/>" if prompt else "<w:text/>"
    return _control(tag, alias, number, kind, content)


def block_control(tag: str, alias: str, number: int, blocks: str) -> str:
    """A content control round whole paragraphs and tables."""
    return _control(tag, alias, number, "", blocks)


def _control(tag: str, alias: str, number: int, kind: str, content: str) -> str:
    named = f'{value("alias", alias[:64])}{value("tag", tag[:64])}<w:id w:val="{number}"/>'
    return f"<w:sdt><w:sdtPr>{named}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(style: str, widths: Sequence[int], caption: str, rows: Iterable[str]) -> str:
    """A table of fixed column `widths` in twips whose first row and first column are headers."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
    )
    size = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    told = f"{value('tblStyle', style)}{size}{look}{value('tblCaption', caption)}"
    return f"<w:tbl><w:tblPr>{told}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def table_row(cells: Iterable[str], *, header: bool = False) -> str:
    """A row that stays on one page; a header row repeats on each."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table_cell(width: int, content: str, fill: str = "") -> str:
    """A cell of `width` twips with paragraphs, shaded with `fill` (six hex digits)."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr>{content}</w:tc>"


def cell_of(
    width: int,
    style: str,
    content: str,
    *,
    fill: str = "",
    keep_next: bool = False,
    align: str = "",
) -> str:
    """The same of one paragraph in `style` (an id)."""
    return f"{_cell_opening(width, style, fill, keep_next, align)}{content}</w:p></w:tc>"


@lru_cache(maxsize=512)
def _cell_opening(width: int, style: str, fill: str, keep_next: bool, align: str) -> str:
    whole = table_cell(width, paragraph(style, keep_next=keep_next, align=align), fill)
    return whole.removesuffix("</w:p></w:tc>")


def comment(
    number: int, author: str, date: str, lines: Sequence[str], styles: dict[str, str]
) -> str:
    """A `w:comment` of one paragraph a line. `styles` gives the ids of `text` and `reference`."""
    initials = "".join(word[0] for word in author.split())
    mark = f"<w:r>{_reference(styles['reference'])}<w:annotationRef/></w:r>"
    opening = f"<w:p><w:pPr>{properties(styles['text'])}</w:pPr>"
    told = f"</w:p>{opening}".join(map(run, lines))
    return (
        f'<w:comment w:id="{number}" w:author="{name(author)}" w:date="{date}" '
        f'w:initials="{name(initials)}">{opening}{mark}{told}</w:p></w:comment>'
    )


def commented(content: str, number: int, reference_style: str) -> str:
    """The `content` of a paragraph as what comment `number` speaks of."""
    shown = f'{_reference(reference_style)}<w:commentReference w:id="{number}"/>'
    return (
        f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
        f"<w:r>{shown}</w:r>"
    )


def _reference(style: str) -> str:
    return f"<w:rPr>{value('rStyle', style)}</w:rPr>"
