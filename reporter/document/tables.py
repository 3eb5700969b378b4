"""A table of the report as a Word table: repeated header row, numbers to the right, RAG as word
and colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reporter.document import markup, ooxml
from reporter.document.draft import Draft
from reporter.prose import Cell, Column, Table

# (fill, text): contrast 4.86, 12.79 and 6.21 to 1 (STANDARDS 5.15).
RAG_COLOURS = {
    "red": ("D4351C", "FFFFFF"),
    "amber": ("FFC000", "000000"),
    "green": ("00703C", "FFFFFF"),
}
KEPT_TOGETHER = 15  # rows; a longer table may break between rows
_PADDING = 200  # twips beside the words of a cell
_BLANKS = re.compile(r"[ \t\n]+")  # where a line may break: not at a no-break space
_ENDLESS = 24  # characters; a longer word may break
# Twips of 10 point Arial, by kind of letter; any other takes 111.
_NARROW, _THIN, _WIDE, _CAPITAL = 50, 67, 170, 140


def write_table(draft: Draft, table: Table) -> None:
    """Caption, table and notes; on a landscape page where the columns need it."""
    width = draft.page.width
    needs = column_needs(table)
    turned = sum(needs) > width and draft.turn_page()
    if turned:
        width = draft.page.long_width
    _write(draft, table, column_widths(table, width, needs))
    if turned:
        draft.turn_page_back()


def _write(draft: Draft, table: Table, widths: Sequence[int]) -> None:
    label = draft.caption("Table", table.caption)
    draft.comment(draft.body[-1], [row.statement for row in table.rows])
    together = len(table.rows) <= KEPT_TOGETHER
    rows = [markup.table_row(_header(draft, table, widths), header=True)]
    for index, row in enumerate(table.rows):
        left = len(table.rows) - index
        # The last two rows keep the notes company, however long the table is.
        keep = (together and left > 1) or (bool(table.notes) and left <= 2)
        rows.append(markup.table_row(_row(draft, table, row.cells, widths, keep)))
        draft.numbers[row.statement.id] = label
    style = draft.style_id(draft.styles.table)
    made = markup.elements(rows)
    draft.place(ooxml.table(style, widths, table.caption or label, made))
    for left, note in zip(range(len(table.notes), 0, -1), table.notes, strict=True):
        draft.add(draft.styles.source, [ooxml.run(note)], keep_next=left > 1)


def _header(draft: Draft, table: Table, widths: Sequence[int]) -> Iterator[str]:
    style = draft.style_id(draft.styles.table_heading)
    for width, column in zip(widths, table.columns, strict=True):
        align = "right" if column.numeric else ""
        words = markup.run(_heading(column))
        content = markup.paragraph(style, words, keep_next=True, align=align)
        yield markup.table_cell(width, content)


def _heading(column: Column) -> str:
    """A heading whose words may part: "October 2024" in two lines, not in a wide column."""
    return column.heading.replace("\u00a0", " ")


def _row(
    draft: Draft, table: Table, cells: Sequence[Cell], widths: Sequence[int], keep: bool
) -> Iterator[str]:
    for width, column, cell in zip(widths, table.columns, cells, strict=True):
        name = draft.styles.table_number if column.numeric else draft.styles.table_text
        fill, ink = RAG_COLOURS.get(cell.rag, ("", ""))
        words = markup.run(cell.text, ink)
        content = markup.paragraph(draft.style_id(name), words, keep_next=keep)
        yield markup.table_cell(width, content, fill)


def column_needs(table: Table) -> list[int]:
    """Twips that each column needs for its longest word; an endless word may break."""
    needs = []
    for index, column in enumerate(table.columns):
        texts = [_heading(column), *(row.cells[index].text for row in table.rows)]
        words = [word[:_ENDLESS] for text in texts for word in _BLANKS.split(text)]
        needs.append(_PADDING + max(width_of(word) for word in words))
    return needs


@lru_cache(maxsize=1 << 13)
def width_of(text: str) -> int:
    """Twips that `text` takes in bold 10 point Arial, near enough to part columns by."""
    twips = 0
    for letter in text:
        if letter in "ijl.,:;|!'":
            twips += _NARROW
        elif letter in "frt()[]-/ \u00a0":
            twips += _THIN
        elif letter in "mwMW%@":
            twips += _WIDE
        else:
            twips += _CAPITAL if letter.isupper() else 111
    return twips * 106 // 100


def column_widths(table: Table, total: int, needs: Sequence[int] = ()) -> list[int]:
    """Twips a column, `total` in all: what the longest word needs, then room where text is long."""
    needs, wishes = needs or column_needs(table), []
    for index, column in enumerate(table.columns):
        cells = (width_of(row.cells[index].text) for row in table.rows)
        # A heading may take three lines; what stands under it one, or two where it is long.
        wishes.append(_PADDING + min(max(width_of(column.heading) // 3, *cells, 0), 5_000))
    if sum(needs) > total:
        widths = [need * total // sum(needs) for need in needs]
    else:
        # Two lines for every cell come before one line for any.
        halves = [(wish + _PADDING) // 2 for wish in wishes]
        widths = _filled(_filled(needs, halves, total), wishes, total)
    spare = total - sum(widths)
    widths = [width + spare // len(widths) for width in widths]
    widths[0] += total - sum(widths)
    return widths


def _filled(needs: Sequence[int], wishes: Sequence[int], total: int) -> list[int]:
    """Small wishes are met first, so that one long column does not starve many short ones."""
    widths, spare = list(needs), total - sum(needs)
    order = sorted(range(len(needs)), key=lambda i: wishes[i] - needs[i])
    for left, i in zip(range(len(order), 0, -1), order, strict=True):
        extra = min(max(wishes[i] - needs[i], 0), spare // left)
        widths[i] += extra
        spare -= extra
    return widths
