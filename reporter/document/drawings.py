"""Charts in the package: a picture or a chart part with its workbook, and the run that shows it.

Comes in: what the charts room drew. Goes out: relationships and runs. Decides nothing.
"""

from __future__ import annotations

import io
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from reporter.charts import WORKBOOK_ID, Drawing, NativeChart
from reporter.document import ooxml
from reporter.document.ooxml import EMU_PER_MM, WP, Element, el, sub

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


def shown(drawing: Drawing, relation: str, number: int, alt: str, most_mm: float) -> Element:
    """A run with the chart in the line of text, at most so wide; `alt` is its text alternative."""
    scale = min(1.0, most_mm / drawing.width_mm)
    width, height = drawing.width_mm * scale, drawing.height_mm * scale
    if not isinstance(drawing, NativeChart):
        return ooxml.picture(relation, number, alt, width, height)
    spaces: Any = {"wp": WP, "a": _A, "c": _C, "r": _R}
    size = [str(round(mm * EMU_PER_MM)) for mm in (width, height)]
    node = el("w:r")
    sides = {"distT": "0", "distB": "0", "distL": "0", "distR": "0"}
    inline = etree.SubElement(sub(node, "w:drawing"), f"{{{WP}}}inline", sides, nsmap=spaces)
    etree.SubElement(inline, f"{{{WP}}}extent", cx=size[0], cy=size[1])
    named = {"id": str(number), "name": f"Chart {number}", "descr": alt}
    etree.SubElement(inline, f"{{{WP}}}docPr", named)
    etree.SubElement(inline, f"{{{WP}}}cNvGraphicFramePr")
    graphic = etree.SubElement(inline, f"{{{_A}}}graphic")
    data = etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_C)
    etree.SubElement(data, f"{{{_C}}}chart", {f"{{{_R}}}id": relation})
    return node
