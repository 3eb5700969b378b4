"""The elements of WordprocessingML that we write, built with docx-plus and plain functions.

Text and numbers in, elements out, children in the order of the schema (STANDARDS 6.1.1). What
neither python-docx nor docx-plus gives stands here and nowhere else. Decides nothing, knows no
report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from docx_plus.core import NSMAP, qn
from lxml import etree

Element = etree._Element
EMU_PER_MM = 36_000
TWIPS_PER_MM = 1440 / 25.4
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


_name = lru_cache(maxsize=256)(qn)
_MAIN: Any = {"w": NSMAP["w"]}


def el(tag: str, **attributes: str) -> Element:
    """An element such as "w:p". docx-plus has the same, which takes three times as long.

    A paper has ten thousand: this one declares only what it uses and looks each name up once.
    """
    node = etree.Element(_name(tag), nsmap=_MAIN)
    for key, value in attributes.items():
        node.set(_name(key) if ":" in key else key, value)
    return node


def sub(parent: Element, tag: str, **attributes: str) -> Element:
    """An element such as "w:p" as the last child of `parent`."""
    node = etree.SubElement(parent, _name(tag))
    for key, value in attributes.items():
        node.set(_name(key) if ":" in key else key, value)
    return node


def run(text: str, *, bold: bool = False, style: str = "") -> Element:
    """A run of `text`; `ValueError` where it holds what XML cannot."""
    node = el("w:r")
    if bold or style:
        properties = sub(node, "w:rPr")
        if style:
            sub(properties, "w:rStyle", **{"w:val": style})
        if bold:
            sub(properties, "w:b")
            sub(properties, "w:bCs")
    sub(node, "w:t", **{"xml:space": "preserve"}).text = text
    return node


def runs(text: str, bold: Sequence[tuple[int, int]] = ()) -> list[Element]:
    """`text` as runs, the ranges in `bold` in bold."""
    made, at = [], 0
    for start, end in sorted(bold):
        made += [run(text[at:start])] if start > at else []
        made += [run(text[start:end], bold=True)] if end > start else []
        at = max(at, end)
    return [*made, run(text[at:])] if at < len(text) or not made else made


def paragraph(
    style: str,
    children: Iterable[Element] = (),
    *,
    numbering: tuple[str, int] | None = None,
    keep_next: bool = False,
    space_before: int | None = None,
    align: str = "",
    page_break: bool = False,
) -> Element:
    """A paragraph in `style` (an id). `numbering` is a (numId, level) of its own, `space_before`
    twips."""
    node = el("w:p")
    properties = sub(node, "w:pPr")
    sub(properties, "w:pStyle", **{"w:val": style})
    if keep_next:
        sub(properties, "w:keepNext")
    if page_break:
        sub(properties, "w:pageBreakBefore")
    if numbering:
        listed = sub(properties, "w:numPr")
        sub(listed, "w:ilvl", **{"w:val": str(numbering[1])})
        sub(listed, "w:numId", **{"w:val": numbering[0]})
    if space_before is not None:
        sub(properties, "w:spacing", **{"w:before": str(space_before)})
    if align:
        sub(properties, "w:jc", **{"w:val": align})
    node.extend(children)
    return node


def field(instruction: str, result: str) -> list[Element]:
    """The runs of a field with its cached `result`, so that it reads right before Word updates
    it."""
    asked = el("w:r")
    sub(asked, "w:instrText", **{"xml:space": "preserve"}).text = f" {instruction} "
    return [_edge("begin"), asked, _edge("separate"), run(result), _edge("end")]


def _edge(of: str) -> Element:
    """A run that marks where a part of a field begins or ends."""
    node = el("w:r")
    sub(node, "w:fldChar", **{"w:fldCharType": of})
    return node


def contents(entries: Sequence[tuple[str, str, str]], levels: int) -> list[Element]:
    """A contents list as a TOC field: a paragraph for each (style, anchor, text).

    It has links and no page numbers, which only Word's layout knows: so it is never out of date.
    """
    made = []
    for style, anchor, text in entries:
        link = el("w:hyperlink", **{"w:anchor": anchor, "w:history": "1"})
        link.append(run(text))
        made.append(paragraph(style, [link]))
    *opening, _, end = field(f'TOC \\o "1-{levels}" \\n \\h \\z \\u', "")
    properties = made[0][0]
    for node in reversed(opening):
        properties.addnext(node)
    made[-1].append(end)
    return made


def bookmark(first: Element, last: Element, number: int, name: str) -> None:
    """Brackets what stands from `first` to `last` as the bookmark `name`."""
    first.addprevious(el("w:bookmarkStart", **{"w:id": str(number), "w:name": name}))
    last.addnext(el("w:bookmarkEnd", **{"w:id": str(number)}))


def content_control(
    tag: str,
    alias: str,
    number: int,
    content: Iterable[Element],
    *,
    prompt: bool,
) -> Element:
    """A content control. `prompt`: shows a placeholder, which the author's first keystroke
    replaces."""
    node = el("w:sdt")
    properties = sub(node, "w:sdtPr")
    sub(properties, "w:alias", **{"w:val": alias[:64]})
    sub(properties, "w:tag", **{"w:val": tag[:64]})
    sub(properties, "w:id", **{"w:val": str(number)})
    if prompt:
        sub(properties, "w:showingPlcHdr")
    sub(properties, "w:text")
    sub(node, "w:sdtContent").extend(content)
    return node


def block_control(tag: str, alias: str, number: int, blocks: Iterable[Element]) -> Element:
    """A content control round whole paragraphs and tables."""
    node = el("w:sdt")
    properties = sub(node, "w:sdtPr")
    sub(properties, "w:alias", **{"w:val": alias[:64]})
    sub(properties, "w:tag", **{"w:val": tag[:64]})
    sub(properties, "w:id", **{"w:val": str(number)})
    sub(node, "w:sdtContent").extend(blocks)
    return node


def section_break(target: Any, section: Any, landscape: bool) -> None:
    """Ends a section of pages with the paragraph `target`, its pages like those of `section`."""
    ending = deepcopy(section)
    if landscape:
        size = ending.find(qn("w:pgSz"))
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    target.find(qn("w:pPr")).append(ending)


def undo_section_break(target: Any) -> bool:
    """Takes away the section break that the paragraph `target` carries, if it does."""
    properties = target.find(qn("w:pPr"))
    ending = properties.find(qn("w:sectPr"))
    if ending is not None:
        properties.remove(ending)
    return ending is not None


def style_of(target: Any) -> str:
    """The id of the style of a paragraph made here."""
    return str(target.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")))


def anchor_comment(target: Element, number: int, reference_style: str) -> None:
    """Marks all of the paragraph `target` as what comment `number` speaks of."""
    start = el("w:commentRangeStart", **{"w:id": str(number)})
    properties = target.find(qn("w:pPr"))
    if properties is None:
        target.insert(0, start)
    else:
        properties.addnext(start)
    sub(target, "w:commentRangeEnd", **{"w:id": str(number)})
    reference = sub(target, "w:r")
    sub(sub(reference, "w:rPr"), "w:rStyle", **{"w:val": reference_style})
    sub(reference, "w:commentReference", **{"w:id": str(number)})


def picture(relation: str, number: int, alt: str, width_mm: float, height_mm: float) -> Element:
    """A run with an inline picture; `alt` is its text alternative."""
    name = f"Chart {number}"
    size = {"cx": str(round(width_mm * EMU_PER_MM)), "cy": str(round(height_mm * EMU_PER_MM))}
    node = el("w:r")
    inline = _in(sub(node, "w:drawing"), WP, "inline", distT="0", distB="0", distL="0", distR="0")
    _in(inline, WP, "extent", **size)
    _in(inline, WP, "docPr", id=str(number), name=name, descr=alt)
    _in(_in(inline, WP, "cNvGraphicFramePr"), _A, "graphicFrameLocks", noChangeAspect="1")
    data = _in(_in(inline, _A, "graphic"), _A, "graphicData", uri=_PIC)
    shown = _in(data, _PIC, "pic")
    labels = _in(shown, _PIC, "nvPicPr")
    _in(labels, _PIC, "cNvPr", id=str(number), name=name)
    _in(labels, _PIC, "cNvPicPr")
    fill = _in(shown, _PIC, "blipFill")
    _in(fill, _A, "blip").set(f"{{{_R}}}embed", relation)
    _in(_in(fill, _A, "stretch"), _A, "fillRect")
    shape = _in(shown, _PIC, "spPr")
    frame = _in(shape, _A, "xfrm")
    _in(frame, _A, "off", x="0", y="0")
    _in(frame, _A, "ext", **size)
    _in(_in(shape, _A, "prstGeom", prst="rect"), _A, "avLst")
    return node


def _in(parent: Element, space: str, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes, nsmap=_SPACES)


_SPACES: Any = {"wp": WP, "a": _A, "pic": _PIC}


def table(style: str, widths: Sequence[int], caption: str, rows: Iterable[Element]) -> Element:
    """A table of fixed column `widths` in twips whose first row and first column are headers."""
    node = el("w:tbl")
    properties = sub(node, "w:tblPr")
    sub(properties, "w:tblStyle", **{"w:val": style})
    sub(properties, "w:tblW", **{"w:w": str(sum(widths)), "w:type": "dxa"})
    sub(properties, "w:tblLayout", **{"w:type": "fixed"})
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0"}
    look |= {"noHBand": "1", "noVBand": "1"}
    flags = {f"w:{key}": value for key, value in look.items()}
    sub(properties, "w:tblLook", **{"w:val": "06A0"}, **flags)
    sub(properties, "w:tblCaption", **{"w:val": caption})
    grid = sub(node, "w:tblGrid")
    for width in widths:
        sub(grid, "w:gridCol", **{"w:w": str(width)})
    node.extend(rows)
    return node


def table_row(cells: Iterable[Element], *, header: bool = False) -> Element:
    """A row that stays on one page; a header row repeats on each."""
    node = el("w:tr")
    properties = sub(node, "w:trPr")
    sub(properties, "w:cantSplit")
    if header:
        sub(properties, "w:tblHeader")
    node.extend(cells)
    return node


def table_cell(width: int, *content: Element, fill: str = "") -> Element:
    """A cell of `width` twips with paragraphs, shaded with `fill` (six hex digits)."""
    node = el("w:tc")
    properties = sub(node, "w:tcPr")
    sub(properties, "w:tcW", **{"w:w": str(width), "w:type": "dxa"})
    if fill:
        sub(properties, "w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": fill})
    node.extend(content)
    return node
