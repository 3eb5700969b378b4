"""The annex of a draft for its author: what is doubtful in the figures, gone from the final copy.

It stands in one content control at the end of the paper, with no number of its own and no place in
the contents list, so that taking it away changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from reporter.document import markup
from reporter.document.draft import Draft
from reporter.document.spec import Annex
from reporter.problems import Problem

TAG = "data_checks"
SEQUENCE = "SEQ Annex \\* ARABIC"
"""The annex counts its tables by itself, so that the paper's keep their numbers without it."""
MOST = 30
"""Rows; what is beyond stands in the evidence."""


def data_checks(draft: Draft, words: Annex, checks: Sequence[Problem]) -> str:
    """The control with heading, lead and a table of `checks`, of which there is at least one."""
    styles = draft.styles
    heading = markup.paragraph(
        draft.style_id(styles.contents_heading), markup.run(words.heading), page_break=True
    )
    lead = markup.paragraph(draft.style_id(styles.plain), markup.run(words.lead))
    before, _, after = words.caption.partition("{number}")
    numbered = markup.run(before) + markup.field(SEQUENCE, "1") + markup.run(after)
    caption = markup.paragraph(draft.style_id(styles.caption), numbered, keep_next=True)
    blocks = [heading, lead, caption, _table(draft, words, checks[:MOST])]
    if len(checks) > MOST:
        rest = words.more.replace("{count}", f"{len(checks) - MOST:,}")
        blocks.append(markup.paragraph(draft.style_id(styles.source), markup.run(rest)))
    return draft.draft_only(TAG, words.heading, "".join(blocks))


def _table(draft: Draft, words: Annex, checks: Sequence[Problem]) -> str:
    where, what = draft.page.width * 25 // 100, draft.page.width * 45 // 100
    widths = (where, what, draft.page.width - where - what)
    heading, text = (
        draft.style_id(draft.styles.table_heading),
        draft.style_id(draft.styles.table_text),
    )
    rows = [markup.table_row(_cells(heading, widths, words.columns), header=True)]
    for check in checks:
        told = (str(check.place), check.what, check.fix)
        rows.append(markup.table_row(_cells(text, widths, told)))
    return markup.table(draft.style_id(draft.styles.table), widths, words.heading, rows)


def _cells(style: str, widths: Sequence[int], texts: Sequence[str]) -> list[str]:
    return [
        markup.cell_of(width, style, markup.run(text))
        for width, text in zip(widths, texts, strict=True)
    ]
