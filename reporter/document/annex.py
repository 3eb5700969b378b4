"""The annex of a draft for its author: what is doubtful in the figures, gone from the final copy.

It stands in one content control at the end of the paper, with no number of its own and no place in
the contents list, so that taking it away changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporter.document import ooxml
from reporter.document.draft import Draft
from reporter.document.ooxml import Element
from reporter.document.spec import Annex
from reporter.problems import Problem

TAG = "data_checks"
SEQUENCE = "SEQ Annex \\* ARABIC"
"""The annex counts its tables by itself, so that the paper's keep their numbers without it."""
MOST = 30
"""Rows; what is beyond stands in the evidence."""


def data_checks(draft: Draft, words: Annex, checks: Sequence[Problem]) -> Element:
    """The control with heading, lead and a table of `checks`, of which there is at least one."""
    styles = draft.styles
    heading = ooxml.paragraph(
        draft.style_id(styles.contents_heading), [ooxml.run(words.heading)], page_break=True
    )
    lead = ooxml.paragraph(draft.style_id(styles.plain), [ooxml.run(words.lead)])
    before, _, after = words.caption.partition("{number}")
    numbered = [ooxml.run(before), *ooxml.field(SEQUENCE, "1"), ooxml.run(after)]
    caption = ooxml.paragraph(draft.style_id(styles.caption), numbered, keep_next=True)
    blocks = [heading, lead, caption, _table(draft, words, checks[:MOST])]
    if len(checks) > MOST:
        rest = words.more.replace("{count}", f"{len(checks) - MOST:,}")
        blocks.append(ooxml.paragraph(draft.style_id(styles.source), [ooxml.run(rest)]))
    return draft.draft_only(TAG, words.heading, blocks)


def _table(draft: Draft, words: Annex, checks: Sequence[Problem]) -> Element:
    where, what = draft.page.width * 25 // 100, draft.page.width * 45 // 100
    widths = (where, what, draft.page.width - where - what)
    heading, text = (
        draft.style_id(draft.styles.table_heading),
        draft.style_id(draft.styles.table_text),
    )
    rows = [ooxml.table_row(_cells(heading, widths, words.columns), header=True)]
    for check in checks:
        told = (str(check.place), check.what, check.fix)
        rows.append(ooxml.table_row(_cells(text, widths, told)))
    return ooxml.table(draft.style_id(draft.styles.table), widths, words.heading, rows)


def _cells(style: str, widths: Sequence[int], texts: Sequence[str]) -> list[Element]:
    return [
        ooxml.table_cell(width, ooxml.paragraph(style, [ooxml.run(text)]))
        for width, text in zip(widths, texts, strict=True)
    ]
