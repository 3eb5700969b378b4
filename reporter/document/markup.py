"""Elements that a paper has thousands of, written as text and parsed at once: table rows, comments.

Texts and numbers in, markup out; `parsed` makes elements of it, alike in every byte to those that
`ooxml` builds one by one, which takes five times as long. Every text and name is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx_plus.core import NSMAP
from lxml import etree

from reporter.document.ooxml import Element

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_NAME = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})
_BOLD = "<w:b/><w:bCs/>"


def parsed(markup: Iterable[str]) -> Element:
    """An element round what `markup` says; `ValueError` where a text holds what XML cannot."""
    whole = f'<w:all xmlns:w="{NSMAP["w"]}">{"".join(markup)}</w:all>'
    parser: Any = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        made: Element = etree.fromstring(whole, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a text holds a character that XML cannot: {error.msg}") from None
    return made


def run(text: str, colour: str = "", *, bold: bool = False) -> str:
    """A run of `text`; in `colour` (six hex digits) it is bold too."""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    look = f"<w:rPr>{_BOLD}{ink}</w:rPr>" if bold or colour else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text.translate(_TEXT)}</w:t></w:r>'


def paragraph(style: str, runs: str, *, keep_next: bool = False, align: str = "") -> str:
    """A paragraph in `style` (an id)."""
    kept = "<w:keepNext/>" if keep_next else ""
    set_ = f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{_style('pStyle', style)}{kept}{set_}</w:pPr>{runs}</w:p>"


def table_cell(width: int, content: str, fill: str = "") -> str:
    """A cell of `width` twips with one paragraph, shaded with `fill` (six hex digits)."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr>{content}</w:tc>"


def table_row(cells: Iterable[str], *, header: bool = False) -> str:
    """A row that stays on one page; a header row repeats on each."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def comment(
    number: int, author: str, date: str, lines: Sequence[str], styles: dict[str, str]
) -> str:
    """A `w:comment` of one paragraph a line. `styles` gives the ids of `text` and `reference`."""
    initials = "".join(word[0] for word in author.split())
    look = f"<w:rPr>{_style('rStyle', styles['reference'])}</w:rPr>"
    mark = f"<w:r>{look}<w:annotationRef/></w:r>"
    first, *rest = (run(line) for line in lines)
    told = "".join(paragraph(styles["text"], runs) for runs in (mark + first, *rest))
    return (
        f'<w:comment w:id="{number}" w:author="{author.translate(_NAME)}" w:date="{date}" '
        f'w:initials="{initials.translate(_NAME)}">{told}</w:comment>'
    )


def _style(kind: str, key: str) -> str:
    return f'<w:{kind} w:val="{key.translate(_NAME)}"/>'
