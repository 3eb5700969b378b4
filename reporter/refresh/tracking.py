"""Changes written into a Word file as tracked ones, and settled where they are wanted at once.

Everything is first written as a tracked change; `settle` then accepts those of this run. So what
Word makes of "Accept all" and what is written without tracking are the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from reporter.wordml import RUN, TBL, TR, VAL, Node, P, W, child, local

AUTHOR = "reporter"
_CHANGES = ("ins", "del", "moveTo", "moveFrom")
_RENAMED = ((f"{W}t", f"{W}delText"), (f"{W}instrText", f"{W}delInstrText"))


class Tracker:
    """Writes changes by `reporter` with one date; ids above `first_id` are free in the file.

    `accept` says that they are to be settled at the end.
    """

    def __init__(self, date: str, first_id: int, accept: bool) -> None:
        self.date = date
        self.accept = accept
        self._next_id = first_id
        self.made: list[Node] = []
        """The marks of every change, to settle."""
        self._grids: list[tuple[Node, Node]] = []
        self._spans: list[Node] = []

    def new_id(self) -> str:
        """An id that no mark in the file has."""
        self._next_id += 1
        return str(self._next_id)

    def mark(self, tag: str) -> Node:
        """An empty mark of change such as `ins`."""
        node = etree.Element(
            f"{W}{tag}",
            {f"{W}id": self.new_id(), f"{W}author": AUTHOR, f"{W}date": self.date},
        )
        self.made.append(node)
        return node

    # Words

    def delete(self, runs: Sequence[Node]) -> Node | None:
        """Marks whole runs of one paragraph as deleted; the last mark, None where none was made."""
        wrapper = None
        for run in runs:
            before = run.getprevious()
            if wrapper is None or before is not wrapper:
                wrapper = self.mark("del")
                run.addprevious(wrapper)
            wrapper.append(run)
            for old, new in _RENAMED:
                for node in run.iter(old):
                    node.tag = new
        return wrapper

    def inserted(self, runs: Iterable[Node]) -> Node:
        """`runs` as an insertion that stands nowhere yet."""
        wrapper = self.mark("ins")
        wrapper.extend(runs)
        return wrapper

    # Paragraphs, rows and cells

    def insert_paragraph(self, paragraph: Node) -> None:
        """Marks all of a new paragraph as inserted."""
        for node in list(paragraph):
            self._insert_inside(node)
        _mark_properties(paragraph).insert(0, self.mark("ins"))

    def _insert_inside(self, node: Node) -> None:
        if node.tag == RUN:
            wrapper = self.mark("ins")
            node.addprevious(wrapper)
            wrapper.append(node)
        elif local(node) in ("hyperlink", "smartTag"):
            for inner in list(node):
                self._insert_inside(inner)
        elif local(node) == "sdt":
            content = child(node, "sdtContent")
            for inner in () if content is None else list(content):
                self._insert_inside(inner)
            if not self.accept:
                # Rejected, an insertion would leave the empty control behind.
                _unwrap(node)

    def delete_paragraph(self, paragraph: Node) -> None:
        """Marks a paragraph whose words are all deleted as gone itself."""
        for control in list(paragraph.iter(f"{W}sdt")):
            _unwrap(control)
        _mark_properties(paragraph).insert(0, self.mark("del"))

    def mark_row(self, row: Node, tag: str) -> None:
        """Marks a row as inserted or deleted, and the words in its cells with it."""
        _row_properties(row).append(self.mark(tag))
        for paragraph in row.iter(P):
            if tag == "ins":
                self.insert_paragraph(paragraph)
            else:
                self.delete(_plain_runs(paragraph))

    def shade(self, cell: Node, like: Node) -> None:
        """Gives a cell the fill of the cell `like`, the old one kept in the mark of change."""
        properties, wanted = child(cell, "tcPr"), child(like, "tcPr", "shd")
        old = child(properties, "shd")
        if properties is None or _written(old) == _written(wanted):
            return
        change = self.mark("tcPrChange")
        before = deepcopy(properties)
        for node in [node for node in before if local(node) == "tcPrChange"]:
            before.remove(node)
        change.append(before)
        if old is not None:
            properties.remove(old)
        if wanted is not None:
            widths = [n for n in properties if local(n) in _BEFORE_SHADE]
            properties.insert(len(widths), deepcopy(wanted))
        for node in [node for node in properties if local(node) == "tcPrChange"]:
            properties.remove(node)
        properties.append(change)

    def regrid(self, table: Node, grid: Node) -> None:
        """Gives a table whose rows are all exchanged the columns of the new ones.

        While the old rows are still there, it is as wide as the wider.
        """
        self._grids.append((table, grid))
        old = child(table, "tblGrid")
        if old is not None and len(grid) > len(old):
            old.addnext(deepcopy(grid))
            table.remove(old)
        width = max(len(grid), 0 if old is None else len(old))
        for row in table.iter(TR):
            cells = [node for node in row if local(node) == "tc"]
            if cells and len(cells) < width:
                self._spans.append(_span(cells[-1], width - len(cells) + 1))

    # The end

    def settle(self) -> None:
        """Accepts every change of this run, innermost first."""
        for mark in sorted(self.made, key=_depth, reverse=True):
            _accept(mark)
        for table, grid in self._grids:
            old = child(table, "tblGrid")
            assert old is not None  # It had one before.
            old.addnext(grid)
            table.remove(old)
        for span in self._spans:
            above = span.getparent()
            if above is not None:
                above.remove(span)


def _span(cell: Node, width: int) -> Node:
    """Lets a cell reach over `width` columns."""
    properties = child(cell, "tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    span = etree.Element(f"{W}gridSpan", {VAL: str(width)})
    properties.insert(sum(1 for node in properties if local(node) in ("cnfStyle", "tcW")), span)
    return span


_BEFORE_SHADE = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders",
)  # fmt: skip


def _unwrap(control: Node) -> None:
    """The content of a control in its place."""
    content, holder = child(control, "sdtContent"), control.getparent()
    for node in () if content is None else list(content):
        control.addprevious(node)
    if holder is not None:
        holder.remove(control)


def _written(node: Node | None) -> bytes:
    return b"" if node is None else bytes(etree.tostring(node, method="c14n", exclusive=True))


def _mark_properties(paragraph: Node) -> Node:
    """The `w:rPr` of the paragraph's own mark, made where there is none."""
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    found = child(properties, "rPr")
    if found is None:
        found = etree.Element(f"{W}rPr")
        after = [n for n in properties if local(n) in ("sectPr", "pPrChange")]
        if after:
            after[0].addprevious(found)
        else:
            properties.append(found)
    return found


def _row_properties(row: Node) -> Node:
    """The `w:trPr` of a row, made where there is none."""
    found = child(row, "trPr")
    if found is None:
        found = etree.Element(f"{W}trPr")
        row.insert(sum(1 for node in row if local(node) == "tblPrEx"), found)
    return found


def _plain_runs(paragraph: Node) -> list[Node]:
    """The runs of a paragraph that are not deleted yet."""
    return [
        run
        for run in paragraph.iter(RUN)
        if not any(local(above) in ("del", "moveFrom") for above in run.iterancestors())
    ]


def _depth(node: Node) -> int:
    return sum(1 for _ in node.iterancestors())


def _accept(mark: Node) -> None:
    parent, kind = mark.getparent(), local(mark)
    if parent is None:
        return
    if local(parent) == "trPr":
        _accept_row(mark, parent)
    elif local(parent) == "rPr":
        _accept_paragraph(mark, parent)
    elif kind == "ins":
        for node in list(mark):
            mark.addprevious(node)
        parent.remove(mark)
    elif kind == "del":
        parent.remove(mark)
        if (
            local(parent) in _CHANGES
            and len(parent) == 0
            and (above := parent.getparent()) is not None
        ):
            above.remove(parent)
    else:
        parent.remove(mark)


def _accept_row(mark: Node, properties: Node) -> None:
    row = properties.getparent()
    properties.remove(mark)
    table = None if row is None else row.getparent()
    if local(mark) == "del" and row is not None and table is not None:
        table.remove(row)
        holder = table.getparent()
        if table.tag == TBL and next(table.iter(TR), None) is None and holder is not None:
            holder.remove(table)


def _accept_paragraph(mark: Node, properties: Node) -> None:
    """A deleted paragraph goes; an inserted one loses its mark."""
    paragraph = next(properties.iterancestors(P), None)
    above = properties.getparent()
    properties.remove(mark)
    if above is not None and len(properties) == 0:
        above.remove(properties)
    holder = None if paragraph is None else paragraph.getparent()
    if local(mark) == "del" and paragraph is not None and holder is not None:
        holder.remove(paragraph)
