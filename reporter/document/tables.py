"""A table of the report as a Word table: repeated header row, numbers to the right, RAG as word
and colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.document import markup
from reporter.document.draft import Draft
from reporter.document.widths import column_needs, column_widths, heading_of, lines_of
from reporter.prose import Row, Table

# (fill, text): contrast 4.86, 12.79 and 6.21 to 1 (STANDARDS 5.15).
RAG_COLOURS = {
    "red": ("D4351C", "FFFFFF"),
    "amber": ("FFC000", "000000"),
    "green": ("00703C", "FFFFFF"),
}
KEPT_TOGETHER = 16
"""Lines: a taller table may break between its rows, and leaves no page half empty before it."""
KEPT_WITH_CAPTION = 2  # rows


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
    label = draft.caption("Table", table.caption, [row.statement for row in table.rows])
    together = (
        sum(lines_of(row.cells, widths) for row in table.rows[:KEPT_TOGETHER]) <= KEPT_TOGETHER
    )
    rows = [markup.table_row(_header(draft, table, widths), header=True)]
    number, text = (draft.style_id(n) for n in (draft.styles.table_number, draft.styles.table_text))
    styles = [number if column.numeric else text for column in table.columns]
    for index, row in enumerate(table.rows):
        left = len(table.rows) - index
        # The last two rows keep the notes company, however long the table is.
        keep = (together and left > 1) or (bool(table.notes) and left <= 2)
        keep = keep or (index + 1 < KEPT_WITH_CAPTION and left > 1)
        rows.append(markup.table_row(_row(row, widths, styles, keep)))
    style = draft.style_id(draft.styles.table)
    draft.place(markup.table(style, widths, table.caption or label, rows))
    for left, note in zip(range(len(table.notes), 0, -1), table.notes, strict=True):
        draft.add(draft.styles.source, markup.run(note), keep_next=left > 1)


def _header(draft: Draft, table: Table, widths: Sequence[int]) -> Iterator[str]:
    style = draft.style_id(draft.styles.table_heading)
    for width, column in zip(widths, table.columns, strict=True):
        align = "right" if column.numeric else ""
        words = markup.run(heading_of(column))
        yield markup.cell_of(width, style, words, keep_next=True, align=align)


def _row(row: Row, widths: Sequence[int], styles: Sequence[str], keep: bool) -> Iterator[str]:
    for width, style, cell in zip(widths, styles, row.cells, strict=True):
        fill, ink = RAG_COLOURS.get(cell.rag, ("", ""))
        words = markup.run(cell.text, ink, bold=row.total)
        yield markup.cell_of(width, style, words, fill=fill, keep_next=keep)
