"""Tables merged cell by cell: what is ours follows the new figures, what the author wrote stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from reporter.refresh.align_blocks import TableFound
from reporter.refresh.clones import Cloner
from reporter.refresh.decide import Papers
from reporter.refresh.hiding import Hiding
from reporter.refresh.lines import line_of
from reporter.refresh.paragraphs import Editor
from reporter.refresh.runs import place_after, text_node
from reporter.refresh.skeleton import cells_of
from reporter.refresh.tally import Tally
from reporter.wordml import RUN, Node, P, W, child

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The cells of one table as generated before, as its author left it, and as generated now."""

    old: Sequence[Cells]
    mine: Sequence[Cells]
    new: Sequence[Cells]
    mine_rows: Sequence[Node]
    new_rows: Sequence[Node]
    found: TableFound
    pairs: Mapping[int, int]
    """New row of each old one."""
    hiding: Hiding
    said: Sequence[Sequence[Mapping[str, Any]]]
    """The statement that each old row is, if any."""


def merge_tables(papers: Papers, editor: Editor, cloner: Cloner, tally: Tally) -> None:
    """Brings every table that stands in the author's paper up to the new one."""
    for b, found in papers.tables.items():
        place, t = papers.places[found.at], papers.pairing.blocks.get(b)
        if t is None:
            _no_longer(papers, b, found, editor, tally)
            continue
        its = papers.new[t]
        sides = Sides(
            [piece.cells for piece in papers.old[b].pieces],
            [piece.cells for piece in place.block.pieces],
            [piece.cells for piece in its.block.pieces],
            place.rows, its.rows, found,
            {p: papers.pairing.pieces[b, p][1] for p in range(len(papers.old[b].pieces))
             if (b, p) in papers.pairing.pieces and papers.pairing.pieces[b, p][0] == t},
            papers.hiding, [papers.statements([(b, p)]) for p in range(len(papers.old[b].pieces))],
        )  # fmt: skip
        if sides.old == sides.new:
            continue
        if len(sides.old[0]) == len(sides.new[0]):
            _merge(sides, editor, cloner, tally)
        elif sides.old == sides.mine:
            _rebuild(place.node, its.node, sides, editor, cloner, tally)
        else:
            tally.kept += 1
            opening = "You edited this table, so it stays as it is. Its columns are others now."
            now = [f"Now: {'; '.join(cells)}" for cells in sides.new]
            left = bool(sides.hiding.resting(chain.from_iterable(sides.said)))
            _remark(sides.mine_rows[0], editor, sides.hiding.told(opening, (), now, left))


def _merge(sides: Sides, editor: Editor, cloner: Cloner, tally: Tally) -> None:
    for r, cells in enumerate(sides.old):
        m, q = sides.found.rows.get(r), sides.pairs.get(r)
        if m is None:
            continue
        if q is None:
            _row_no_longer(sides, r, m, editor, tally)
        elif cells != sides.new[q]:
            _merge_row(sides, r, m, q, editor, tally)
    _new_rows(sides, editor, cloner, tally)


def _merge_row(sides: Sides, r: int, m: int, q: int, editor: Editor, tally: Tally) -> None:
    mine, its = cells_of(sides.mine_rows[m]), cells_of(sides.new_rows[q])
    for column, (before, now) in enumerate(zip(sides.old[r], sides.new[q], strict=True)):
        at = sides.found.columns.get(column)
        if at is None or at >= len(mine) or before == now:
            continue
        says = sides.mine[m][at]
        if says == before:
            _say(mine[at], its[column], editor)
            tally.cells += 1
        elif says != now:
            tally.kept += 1
            opening = "You edited this cell, so it stays as it is. Its figure has changed."
            left = sides.hiding.is_left(says, sides.said[r])
            lines = sides.hiding.told(opening, [f"Before: {before}"], [f"Now: {now}"], left)
            editor.remarks.around(next(mine[at].iter(P)), lines)


def _say(cell: Node, like: Node, editor: Editor) -> None:
    """Lets a cell of one paragraph say what the cell `like` says, in its colour if it has one."""
    lines = [line for line in map(line_of, cell.iter(P)) if line.text]
    words = [run for run in like.iter(RUN) if run.find(f"{W}t") is not None]
    gone = list(dict.fromkeys(run for line in lines for atom in line.atoms for run in atom.runs))
    coloured = next(like.iter(f"{W}color"), None) is not None
    made = [deepcopy(run) for run in words]
    if gone and not coloured and next(cell.iter(f"{W}color"), None) is None:
        made = [_in_the_look_of(gone[0], "".join(t.text or "" for t in like.iter(f"{W}t")))]
    editor.tracker.delete(gone)
    insertion = editor.tracker.inserted(made)
    if gone:
        place_after(insertion, gone[-1], inside=True)
    else:
        next(cell.iter(P)).append(insertion)
    editor.tracker.shade(cell, like)


def _in_the_look_of(run: Node, text: str) -> Node:
    made = etree.Element(RUN)
    properties = child(run, "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    made.append(text_node(text))
    return made


def _row_no_longer(sides: Sides, r: int, m: int, editor: Editor, tally: Tally) -> None:
    if sides.old[r] == sides.mine[m]:
        editor.tracker.mark_row(sides.mine_rows[m], "del")
        tally.removed += 1
        return
    tally.kept += 1
    opening = "You edited this row, so it stays. The table no longer has it."
    left = sides.hiding.is_left("; ".join(sides.mine[m]), sides.said[r])
    before = [f"Before: {'; '.join(sides.old[r])}"]
    _remark(sides.mine_rows[m], editor, sides.hiding.told(opening, before, (), left))


def _remark(row: Node, editor: Editor, lines: Sequence[str]) -> None:
    editor.remarks.around(next(row.iter(P)), lines)


def _new_rows(sides: Sides, editor: Editor, cloner: Cloner, tally: Tally) -> None:
    """New rows go behind the row that they follow in the new table."""
    came_from = {q: r for r, q in sides.pairs.items()}
    at: Node | None = None
    for q, row in enumerate(sides.new_rows):
        if q in came_from:
            m = sides.found.rows.get(came_from[q])
            at = at if m is None else sides.mine_rows[m]
            continue
        made = _fitted(cloner.row(row), sides)
        editor.tracker.mark_row(made, "ins")
        tally.added += 1
        if at is None:
            sides.mine_rows[0].addprevious(made)
        else:
            at.addnext(made)
        at = made


def _fitted(row: Node, sides: Sides) -> Node:
    """A new row in the author's columns: without those he took out, blank in those he added."""
    back = {mine: ours for ours, mine in sides.found.columns.items()}
    width = len(sides.mine[sides.found.rows.get(0, 0)])
    if back == {at: at for at in range(len(sides.old[0]))} and width == len(back):
        return row
    cells = cells_of(row)
    wanted = []
    for at in range(width):
        cell = cells[back[at]] if at in back else deepcopy(cells[-1])
        for text in cell.iter(f"{W}t") if at not in back else ():
            text.text = ""
        wanted.append(cell)
    for cell in cells:
        row.remove(cell)
    row.extend(wanted)
    return row


def _rebuild(
    mine: Node, new: Node, sides: Sides, editor: Editor, cloner: Cloner, tally: Tally
) -> None:
    """Other columns in a table that nobody touched: its rows go, the new ones come in their
    place."""
    last = sides.mine_rows[-1]
    for row in reversed(sides.new_rows):
        made = cloner.row(row)
        editor.tracker.mark_row(made, "ins")
        last.addnext(made)
    for row in sides.mine_rows:
        editor.tracker.mark_row(row, "del")
    old_grid, grid = child(mine, "tblGrid"), child(new, "tblGrid")
    if old_grid is not None and grid is not None:
        editor.tracker.regrid(mine, deepcopy(grid))
    tally.cells += sum(map(len, sides.new))


def _no_longer(papers: Papers, b: int, found: TableFound, editor: Editor, tally: Tally) -> None:
    """A table that the new paper does not have: it goes if its author left it as it was."""
    place, old = papers.places[found.at], papers.old[b]
    if [piece.cells for piece in old.pieces] == [piece.cells for piece in place.block.pieces]:
        for row in place.rows:
            editor.tracker.mark_row(row, "del")
        tally.removed += 1
        return
    tally.kept += 1
    opening = "You edited this table, so it stays. The paper no longer has it."
    left = bool(papers.hiding.resting(papers.statements((b, p) for p in range(len(old.pieces)))))
    _remark(place.rows[0], editor, papers.hiding.told(opening, (), (), left))
