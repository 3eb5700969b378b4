"""Tables of the template's own: rows that an author wrote as lines, and who cleared the paper."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.document import markup
from reporter.document.draft import Draft
from reporter.document.front import date_in_words, officer_line
from reporter.document.spec import TemplateSection
from reporter.sources import Brief


def write_rows(draft: Draft, section: TemplateSection, rows: Sequence[Sequence[str]]) -> None:
    """A table of the section's columns with the words of `rows`; a blank cell says so."""
    _write(draft, section, [[markup.run(words or "None") for words in row] for row in rows])


def write_clearance(draft: Draft, section: TemplateSection, brief: Brief) -> None:
    """A row for each service: its officer, and the day on which he cleared the paper.

    What is missing is asked for where the section is required; else the row is left out.
    """
    rows = []
    for key, service in section.officers.items():
        officer = brief.officers.get(key)
        if officer is None and not section.required:
            continue
        who, day = officer_line(officer), officer.cleared if officer else None
        when = date_in_words(day, brief) if day else ""
        rows.append([
            markup.run(service),
            _entry(draft, key, f"{service}, officer", who, "name and post"),
            _entry(draft, f"{key}_cleared", f"{service}, cleared", when, "the day of clearance"),
        ])  # fmt: skip
    if rows:
        _write(draft, section, rows)


def _entry(draft: Draft, key: str, alias: str, words: str, prompt: str) -> str:
    if words:
        return draft.control(key, alias, words)
    return draft.prompt_control(key, alias, prompt)


def _write(draft: Draft, section: TemplateSection, rows: Sequence[Sequence[str]]) -> None:
    heading, text = (
        draft.style_id(n) for n in (draft.styles.table_heading, draft.styles.table_text)
    )
    share, rest = divmod(draft.page.width, len(section.columns))
    widths = [share + (rest if index == 0 else 0) for index in range(len(section.columns))]
    made = [_row(heading, widths, [markup.run(words) for words in section.columns], header=True)]
    made += [_row(text, widths, row) for row in rows]
    caption = section.heading or section.key
    draft.place(markup.table(draft.style_id(draft.styles.table), widths, caption, made))


def _row(style: str, widths: Sequence[int], entries: Sequence[str], *, header: bool = False) -> str:
    cells = [
        markup.cell_of(width, style, entry, keep_next=header)
        for width, entry in zip(widths, entries, strict=True)
    ]
    return markup.table_row(cells, header=header)
