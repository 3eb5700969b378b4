"""Charts in the package: a picture or a chart part with its workbook, and the run that shows it.

Comes in: what the charts room drew. Goes out: relationships and the markup of
runs. Decides nothing.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reporter.charts import WORKBOOK_ID, Drawing, NativeChart
from reporter.document import markup

EMU_PER_MM = 36_000
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = {
    "wp": f"{_DRAWN}/wordprocessingDrawing",
    "a": f"{_DRAWN}/main",
    "pic": f"{_DRAWN}/picture",
    "c": f"{_DRAWN}/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_FRAME = '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'


def relate(document: Any, drawing: Drawing, number: int) -> str:
    """Takes the chart, `number` from 1 in the file, into the package; the relationship to it."""
    if not isinstance(drawing, NativeChart):
        return str(document.part.get_or_add_image(io.BytesIO(drawing.png))[0])
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        drawing.workbook,
        package,
    )
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, drawing.xml,
                 package)  # fmt: skip
    chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, WORKBOOK_ID)
    return str(document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART))


def shown(
    drawing: Drawing, relation: str, number: int, alt: str, most_mm: float, known: Mapping[Any, str]
) -> str:
    """A run with the chart in the line of text, at most so wide; `alt` is its text alternative.

    `known` are the prefixes that the part declares in which it will stand.
    """
    scale = min(1.0, most_mm / drawing.width_mm)
    size = " ".join(
        f'{side}="{round(mm * scale * EMU_PER_MM)}"'
        for side, mm in (("cx", drawing.width_mm), ("cy", drawing.height_mm))
    )
    named = f'id="{number}" name="Chart {number}"'
    if isinstance(drawing, NativeChart):
        kind, frame = "c", "<wp:cNvGraphicFramePr/>"
        content = f'<c:chart r:id="{relation}"/>'
    else:
        kind, frame = "pic", _FRAME
        content = _picture(relation, named, size)
    declared = "".join(
        f' xmlns:{prefix}="{_SPACES[prefix]}"'
        for prefix in ("wp", "a", kind, "r")
        if known.get(prefix) != _SPACES[prefix]
    )
    return (
        f'<w:r><w:drawing><wp:inline{declared} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr {named} descr="{markup.name(alt)}"/>{frame}'
        f'<a:graphic><a:graphicData uri="{_SPACES[kind]}">{content}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _picture(relation: str, named: str, size: str) -> str:
    return (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
