"""Elements of a chart part that python-pptx has no words for: level titles, places, labels.

Knows no report: words, numbers and fractions of the chart's size in, elements at their place in
the schema's order out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from reporter.charts.nouns import WORKBOOK_ID
from reporter.rounding import round_half_up

FONT = "Arial"
Box = tuple[float, ...]
"""x, y, width, height as fractions of the chart; x and y alone for what sizes itself."""
_NS = nsdecls("c", "a", "r")
_LEVEL = '<a:bodyPr rot="0" vert="horz"/>'
_FREE = '<a:bodyPr rot="1" vert="horz"/>'
_BARE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def number_format(decimals: int, unit: str) -> str:
    """The number format of Excel for figures of `unit`; a true minus sign for those below zero."""
    digits = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    digits += '"%"' if unit == "percent" else ""
    return f"{digits};\u2212{digits}"


def shown(value: float, decimals: int, unit: str) -> str:
    """`value` as `number_format` shows it."""
    text = f"{round_half_up(value, decimals):,f}".replace("-", "\u2212")
    return f"{text}%" if unit == "percent" else text


def join_over_blanks(root: Any) -> None:
    """Draws lines on over cells without a figure: for series that have figures less often."""
    root.find(f".//{qn('c:dispBlanksAs')}").set("val", "span")


def set_title(root: Any, heads: Sequence[tuple[str, bool]], colour: str) -> None:
    """The title at the upper left, a paragraph a head (words, whether bold); none without heads."""
    chart = root.find(qn("c:chart"))
    deleted = chart.find(qn("c:autoTitleDeleted"))
    deleted.set("val", "0" if heads else "1")
    if heads:
        chart.insert(0, _title([(words, bold, colour) for words, bold in heads], (0.0, 0.0)))


def set_axis_title(axis: Any, words: str) -> None:
    """A level title of an axis."""
    before = ("c:axId", "c:scaling", "c:delete", "c:axPos", "c:majorGridlines", "c:minorGridlines")
    _after(axis, before, _title([(words, False, "")], None))


def _title(paragraphs: Sequence[tuple[str, bool, str]], at: Box | None) -> Any:
    node = parse_xml(
        f"<c:title {_NS}><c:tx><c:rich>{_LEVEL}<a:lstStyle/></c:rich></c:tx>"
        f'{_layout(at)}<c:overlay val="0"/></c:title>'
    )
    rich = node.find(f"{qn('c:tx')}/{qn('c:rich')}")
    for words, bold, colour in paragraphs:
        size, weight = ("1100", "1") if bold else ("1000", "0")
        fill = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>' * bool(colour)
        made = parse_xml(
            f'<a:p {_NS}><a:pPr algn="l"><a:defRPr sz="{size}" b="{weight}"/></a:pPr><a:r>'
            f'<a:rPr lang="en-GB" sz="{size}" b="{weight}">{fill}'
            f'<a:latin typeface="{FONT}"/></a:rPr><a:t/></a:r></a:p>'
        )
        made.find(f"{qn('a:r')}/{qn('a:t')}").text = words
        rich.append(made)
    return node


def _layout(at: Box | None, inner: bool = False) -> str:
    if at is None:
        return "<c:layout/>"
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    sides = "".join(f'<c:{side} val="{value:.4f}"/>'
                    for side, value in zip("xywh", at, strict=False))  # fmt: skip
    return f"<c:layout><c:manualLayout>{target}{modes}{sides}</c:manualLayout></c:layout>"


def set_plot(root: Any, at: Box) -> None:
    """Where the plot within its axes stands."""
    plot = root.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    holder = parse_xml(f"<c:plotArea {_NS}>{_layout(at, inner=True)}</c:plotArea>")
    plot.insert(0, holder[0])


def set_key(root: Any, side: str, at: Box | None) -> None:
    """The key of the series, beside or above the plot, in their order."""
    chart = root.find(f"{qn('c:chart')}")
    old = chart.find(qn("c:legend"))
    key = parse_xml(
        f'<c:legend {_NS}><c:legendPos val="{side}"/>{_layout(at)}<c:overlay val="0"/></c:legend>'
    )
    chart.replace(old, key)


def keep_level(axis: Any, broken: bool) -> None:
    """Keeps the names along an axis level, `broken` into lines where they need it.

    Other programs than Word break names letter by letter when they are told "level", so that is
    said only of names that fit.
    """
    old = axis.find(qn("c:txPr"))
    if old is not None:
        axis.remove(old)
    before = ("c:axId", "c:scaling", "c:delete", "c:axPos", "c:majorGridlines", "c:minorGridlines",
              "c:title", "c:numFmt", "c:majorTickMark", "c:minorTickMark", "c:tickLblPos",
              "c:spPr")  # fmt: skip
    level = parse_xml(
        f"<c:txPr {_NS}>{_LEVEL if broken else _FREE}<a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr>"
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    _after(axis, before, level)


def set_skip(axis: Any, every: int) -> None:
    """Writes every so many of the names along an axis, and a tick at each."""
    end = axis.find(qn("c:noMultiLvlLbl"))
    for tag in ("tickLblSkip", "tickMarkSkip"):
        end.addprevious(parse_xml(f'<c:{tag} {_NS} val="{every}"/>'))


def set_months(axis: Any, every: int, form: str) -> None:
    """Writes every so many of the months along an axis of dates, and a tick at each."""
    known = ("c:auto", "c:lblOffset", "c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit")
    for tag in known[2:]:
        for old in axis.findall(qn(tag)):
            axis.remove(old)
    for tag, value in zip(known[2:], ("months", str(every), "months"), strict=True):
        before = [child for child in axis if child.tag in {qn(one) for one in known}]
        before[-1].addnext(parse_xml(f'<{tag} {_NS} val="{value}"/>'))
    axis.find(qn("c:numFmt")).set("formatCode", form)


def cross_at_end(axis: Any) -> None:
    """Puts the axis at the far end of the one that it crosses."""
    axis.find(qn("c:crosses")).set("val", "max")


def name_point(series: Any, index: int, form: str) -> None:
    """Writes the name of the series and its figure to the right of one point."""
    _labels(series, [_label(index, form)], "")


def show_values(series: Any, form: str) -> None:
    """Writes each figure at the end of its bar."""
    shape = f"{_number(form)}<c:spPr><a:noFill/></c:spPr>"
    _labels(series, [], f'{shape}<c:dLblPos val="outEnd"/>', value=True)


def _label(index: int, form: str) -> str:
    return (
        f'<c:dLbl><c:idx val="{index}"/>{_number(form)}<c:dLblPos val="r"/>'
        f"{_flags(value=True, name=True)}<c:separator> </c:separator></c:dLbl>"
    )


def _labels(series: Any, points: Sequence[str], shape: str, value: bool = False) -> None:
    holder = series.get_or_add_dLbls()
    made = parse_xml(f"<c:dLbls {_NS}>{''.join(points)}{shape}{_flags(value)}</c:dLbls>")
    series.replace(holder, made)


def _number(form: str) -> str:
    code = form.replace('"', "&quot;")
    return f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'


def _flags(value: bool, name: bool = False) -> str:
    said = {"LegendKey": False, "Val": value, "CatName": False, "SerName": name,
            "Percent": False, "BubbleSize": False}  # fmt: skip
    return "".join(f'<c:show{tag} val="{int(on)}"/>' for tag, on in said.items())


def finish(root: Any) -> None:
    """What holds for every chart: square corners, no frame, its workbook."""
    root.find(qn("c:chart")).addnext(parse_xml(_BARE.replace("spPr>", f"spPr {_NS}>", 1)))
    dated = root.find(qn("c:date1904"))
    for tag in ('roundedCorners val="0"', 'lang val="en-GB"'):
        dated.addnext(parse_xml(f"<c:{tag.split()[0]} {_NS} {tag.split()[1]}/>"))
    root.append(
        parse_xml(
            f'<c:externalData {_NS} r:id="{WORKBOOK_ID}"><c:autoUpdate val="0"/></c:externalData>'
        )
    )


def _after(parent: Any, before: Sequence[str], node: Any) -> None:
    """Puts `node` behind the last child whose tag may stand before it."""
    tags = {qn(tag) for tag in before}
    last = [child for child in parent if child.tag in tags][-1]
    last.addnext(node)
