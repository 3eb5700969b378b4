"""The pictures and charts of a Word file: alternative texts, a chart's caches and its workbook."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.package import problems_of_package
from reporter.problems import Place
from reporter.reading.blocks import ReadChart, ReadSeries
from reporter.reading.opened import MAIN, OpenedPaper
from reporter.wordml import FALLBACK, WP, A, Node, P, R, whole, within

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PT, _V = f"{C}pt", f"{C}v"
MOST_CELLS = 20_000
MOST_POINTS = 20_000
_BAD_WORKBOOK = (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError)


@dataclass(frozen=True, slots=True, eq=False)
class PictureFound:
    """A drawing: its alternative text, the node that holds it, and the drawing itself."""

    alt: str
    node: Node
    drawing: Node


def pictures_in(paragraph: Node) -> Iterator[PictureFound]:
    """The drawings of a paragraph itself, new ones and those of old programs (VML)."""
    for node in paragraph.iter(f"{WP}docPr"):
        holder = node.getparent()
        if holder is not None and _is_own(node, paragraph):
            yield PictureFound(node.get("descr", "").strip(), node, holder)
    for node in paragraph.iter("{urn:schemas-microsoft-com:vml}shape"):
        if node.get("alt") and _is_own(node, paragraph):
            yield PictureFound(node.get("alt", "").strip(), node, node)


def _is_own(node: Node, paragraph: Node) -> bool:
    return within(node, FALLBACK) is None and within(node, P) is paragraph


def chart_at(
    paper: OpenedPaper, part: str, picture: PictureFound, place: str, *, cells: bool = True
) -> ReadChart | None:
    """The chart that a drawing shows; None where it shows another kind of picture.

    `cells`: whether its workbook is read too.
    """
    found = next(picture.drawing.iter(f"{C}chart"), None)
    if found is None:
        return None
    name = related(paper, part, found.get(f"{R}id", ""))
    root = paper.root(name) if name in paper.content else None
    if root is None:
        return None
    series = tuple(_series(node) for node in root.iter(f"{C}ser"))
    workbook = _workbook(paper, name, root) if cells else ()
    return ReadChart(place, name, _title(root), picture.alt, series, workbook)


def charts_of(paper: OpenedPaper) -> tuple[ReadChart, ...]:
    """Word's own charts of the main text in order, without their places and workbooks.

    For who wants nothing else of a paper: all of it takes many times as long to read.
    """
    pictures = (
        PictureFound(node.get("descr", "").strip(), node, holder)
        for node in paper.body.iter(f"{WP}docPr")
        if (holder := node.getparent()) is not None and within(node, FALLBACK) is None
    )
    charts = (chart_at(paper, MAIN, picture, "", cells=False) for picture in pictures)
    return tuple(chart for chart in charts if chart is not None)


def _title(root: Node) -> str:
    """The chart's own title; those of its axes are none."""
    titles = [node for node in root.iter(f"{C}title") if within(node, f"{C}plotArea") is None]
    return "".join(t.text or "" for title in titles[:1] for t in title.iter(f"{A}t"))


def related(paper: OpenedPaper, part: str, key: str) -> str:
    """The name of the part that `part` means by a relationship's id; empty where there is none."""
    folder, name = posixpath.split(part)
    root = paper.root(f"{folder}/_rels/{name}.rels")
    for node in () if root is None else root:
        if node.get("Id") == key and node.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip(
                "/"
            )
    return ""


def _series(node: Node) -> ReadSeries:
    def first(*tags: str) -> Node | None:
        return next(node.iterchildren(*tags), None)

    name = first(f"{C}tx")
    words = "" if name is None else " ".join(v.text or "" for v in name.iter(_V))
    categories, values = first(f"{C}cat", f"{C}xVal"), first(f"{C}val", f"{C}yVal")
    return ReadSeries(words, _points(categories), _points(values))


def _points(node: Node | None) -> tuple[str, ...]:
    """The cached points in their order; a gap is an empty text."""
    if node is None:
        return ()
    # Of several levels of categories the first is the one nearest to the axis.
    holder = next(node.iter(f"{C}lvl"), node)
    found: dict[int, str] = {}
    at = 0
    for each in holder.iter(_PT, _V):
        if each.tag == _PT:
            at = whole(each.get("idx", ""), 0)
            found[at] = ""
        elif found:
            found[at] = found[at] or each.text or ""
    last = min(max(found, default=-1), MOST_POINTS)
    return tuple(found.get(at, "") for at in range(last + 1))


def _workbook(paper: OpenedPaper, part: str, root: Node) -> tuple[tuple[str, ...], ...]:
    """The cells of the first sheet of the workbook in a chart."""
    link = next(root.iter(f"{C}externalData"), None)
    name = "" if link is None else related(paper, part, link.get(f"{R}id", ""))
    raw = paper.content.get(name)
    if raw is None or problems_of_package(raw, Place.of(name)):
        return ()
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        rows, cells = [], 0
        for row in book.worksheets[0].iter_rows(values_only=True):
            cells += len(row)
            if cells > MOST_CELLS:
                break
            rows.append(tuple("" if cell is None else str(cell) for cell in row))
        return tuple(rows)
    except (*_BAD_WORKBOOK, IndexError):
        return ()
