"""The text of a chart part, piece by piece: DrawingML as Word's schema orders it.

Written as text because a chart of 36 points has two thousand elements, and ten times as much time
would go into making each of them an object. Words come in through `said`, which escapes them.
Knows no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from reporter.charts.arial import text_width
from reporter.charts.nouns import WORKBOOK_ID
from reporter.charts.style import INK, QUIET

FONT = "Arial"
Box = tuple[float, ...]
"""x, y, width, height as fractions of the chart; x and y alone for what sizes itself."""
EMU_PER_POINT = 12_700
_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("c", "drawingml/2006/chart"),
        ("a", "drawingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
    )
)
_LEVEL = '<a:bodyPr rot="0" vert="horz"/>'
LEVEL, UNTURNED, SPARING = 0, 1, 600
"""How names along an axis are turned so that all programs keep them level. LibreOffice breaks names
that are told 0 where they do not fit, even letter by letter; it keeps 1 as it is along an axis of
time, and elsewhere turns them upwards; from 600, a hundredth of a degree, it leaves some out.
"""
NO_LINE = "<a:ln><a:noFill/></a:ln>"
_NO_FRAME = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_UNBROKEN = (
    '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr>'
    '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
)
_SPACE = "\u00a0"
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _leaders() -> str:
    """Lines from the points to labels that stand elsewhere, as Word has known them since 2013."""
    look = shape(line(QUIET, 0.5))
    return (
        '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"'
        ' xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
        f'<c15:showLeaderLines val="1"/><c15:leaderLines>{look}</c15:leaderLines>'
        "</c:ext></c:extLst>"
    )


def said(words: str) -> str:
    """`words` as text or an attribute of XML; `ValueError` where they hold what XML cannot."""
    if _UNFIT.search(words):
        raise ValueError(f"{words!r} holds a character that a Word file cannot")
    return escape(words, {'"': "&quot;"})


def switch(tag: str, value: object) -> str:
    """An element that is only a value."""
    return f'<c:{tag} val="{value}"/>'


def solid(colour: str) -> str:
    """One colour ("#12436D") inside."""
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def line(colour: str, points: float = 0.0, dash: str = "") -> str:
    """An outline or a line; its width is Word's own where `points` is 0."""
    width = f' w="{round(points * EMU_PER_POINT)}"' if points else ""
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f"<a:ln{width}>{solid(colour)}{dashed}</a:ln>"


def marker(style: str, edge: str, inside: str, size: int = 6) -> str:
    """The sign at a point: its form, the colours of its edge and inside."""
    look = "" if style == "none" else shape(solid(inside), line(edge))
    return f"<c:marker>{switch('symbol', style)}{switch('size', size)}{look}</c:marker>"


def shape(*inside: str) -> str:
    """How something looks: its filling, then its line."""
    return f"<c:spPr>{''.join(inside)}</c:spPr>"


def layout(at: Box | None, inner: bool = False) -> str:
    """Where something stands; where Word puts it if `at` is None."""
    if at is None:
        return "<c:layout/>"
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    sides = "".join(switch(side, f"{value:.4f}") for side, value in zip("xywh", at, strict=False))
    return f"<c:layout><c:manualLayout>{target}{modes}{sides}</c:manualLayout></c:layout>"


def title(heads: Iterable[tuple[str, bool]], at: Box | None = None, colour: str = "") -> str:
    """A level title, a paragraph a head (words, whether bold); nothing without heads.

    LibreOffice sets all in bold and centres them on each other: spaces make them equally wide.
    """
    heads = _levelled(list(heads))
    lines = "".join(_paragraph(words, bold, colour) for words, bold in heads)
    if not lines:
        return ""
    rich = f"<c:tx><c:rich>{_LEVEL}<a:lstStyle/>{lines}</c:rich></c:tx>"
    return f"<c:title>{rich}{layout(at)}{switch('overlay', 0)}</c:title>"


def _levelled(heads: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    heavy = any(bold for _, bold in heads)
    widest = max((text_width(words, heavy) for words, _ in heads), default=0.0)
    space = text_width(_SPACE, heavy)
    return [
        (words + _SPACE * round((widest - text_width(words, heavy)) / space), bold)
        for words, bold in heads
    ]


def _paragraph(words: str, bold: bool, colour: str) -> str:
    look = f'sz="{1100 if bold else 1000}" b="{int(bold)}"'
    inside = f'{solid(colour) if colour else ""}<a:latin typeface="{FONT}"/>'
    run = f'<a:r><a:rPr lang="en-GB" {look}>{inside}</a:rPr><a:t>{said(words)}</a:t></a:r>'
    return f'<a:p><a:pPr algn="l"><a:defRPr {look}/></a:pPr>{run}</a:p>'


def key(side: str, at: Box | None) -> str:
    """The key of the series, beside or above the plot, in their order."""
    return f"<c:legend>{switch('legendPos', side)}{layout(at)}{switch('overlay', 0)}</c:legend>"


def level_text(turn: int) -> str:
    """Text of an axis, turned by `turn` sixty-thousandths of a degree: see `LEVEL` and others."""
    end = '<a:p><a:pPr><a:defRPr/></a:pPr><a:endParaRPr lang="en-GB"/></a:p>'
    return f'<c:txPr><a:bodyPr rot="{turn}" vert="horz"/><a:lstStyle/>{end}</c:txPr>'


def number(form: str, linked: bool = False) -> str:
    """How numbers are written; `linked` to the cells of the workbook, which say the same."""
    return f'<c:numFmt formatCode="{said(form)}" sourceLinked="{int(linked)}"/>'


def name_point(
    index: int,
    form: str,
    separator: str,
    moved: Box | None = None,
    side: str = "r",
    inside: str = "<a:noFill/>",
) -> str:
    """Writes the name of the series and its figure to the right (or other `side`) of one point.

    `moved`: how far from there, as fractions of the chart; a thin line then leads back.
    """
    place = ""
    if moved:
        sides = "".join(switch(side, f"{by:.4f}") for side, by in zip("xy", moved, strict=True))
        place = f"<c:layout><c:manualLayout>{sides}</c:manualLayout></c:layout>"
    label = (
        f"<c:dLbl>{switch('idx', index)}{place}{number(form)}{shape(inside)}{_UNBROKEN}"
        f"{switch('dLblPos', side)}{_flags(value=True, name=True)}"
        f"<c:separator>{separator}</c:separator></c:dLbl>"
    )
    return f"<c:dLbls>{label}{_flags(value=False)}{_leaders() if moved else ''}</c:dLbls>"


def show_values(form: str, others: Mapping[int, str]) -> str:
    """Writes each figure at the end of its bar; `others` are the formats of single ones."""
    look = f"{shape('<a:noFill/>')}{_UNBROKEN}{switch('dLblPos', 'outEnd')}{_flags(value=True)}"
    single = "".join(
        f"<c:dLbl>{switch('idx', at)}{number(own)}{look}</c:dLbl>" for at, own in others.items()
    )
    return f"<c:dLbls>{single}{number(form)}{look}</c:dLbls>"


def _flags(value: bool, name: bool = False) -> str:
    told = {"LegendKey": False, "Val": value, "CatName": False, "SerName": name,
            "Percent": False, "BubbleSize": False}  # fmt: skip
    return "".join(switch(f"show{tag}", int(on)) for tag, on in told.items())


def texts(cells: str, values: Sequence[str]) -> str:
    """Names in the workbook's `cells`, and as they stand there."""
    points = _points([said(value) for value in values])
    return f"<c:strRef><c:f>{cells}</c:f><c:strCache>{points}</c:strCache></c:strRef>"


def figures(cells: str, values: Sequence[float | None], form: str) -> str:
    """Numbers in the workbook's `cells`, and as they stand there: nothing for a gap."""
    points = _points([None if value is None else repr(float(value)) for value in values])
    cache = f"<c:numCache><c:formatCode>{said(form)}</c:formatCode>{points}</c:numCache>"
    return f"<c:numRef><c:f>{cells}</c:f>{cache}</c:numRef>"


def _points(values: Sequence[str | None]) -> str:
    known = ((i, value) for i, value in enumerate(values) if value is not None)
    points = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in known)
    return f"{switch('ptCount', len(values))}{points}"


def chart_space(inside: str) -> bytes:
    """The whole part: square corners, no frame, its workbook."""
    look = f'<a:defRPr sz="1000">{solid(INK)}<a:latin typeface="{FONT}"/></a:defRPr>'
    text = (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr>"
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    data = f'<c:externalData r:id="{WORKBOOK_ID}">{switch("autoUpdate", 0)}</c:externalData>'
    made = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<c:chartSpace {_SPACES}>{switch('date1904', 0)}{switch('lang', 'en-GB')}"
        f"{switch('roundedCorners', 0)}<c:chart>{inside}</c:chart>{_NO_FRAME}{text}{data}"
        "</c:chartSpace>"
    )
    return made.encode("utf-8")
