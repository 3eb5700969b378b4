"""The front matter: what each field of the template says, from the brief or its default.

A field that stands in the Word file as a content control of that tag is filled there; the others
are laid out as the template asks. A required field without a value becomes a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from reporter.document import markup
from reporter.document.deadlines import working_day_before
from reporter.document.draft import Draft
from reporter.document.spec import Field, Front, TemplateSection
from reporter.document.template import Template
from reporter.prose import RealisedReport
from reporter.sources import Brief, Officer

_PARTS = re.compile(r"\s*;\s*")
SUM = re.compile(r"\d{1,15}(\.\d\d)?")
_CELLS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field says: its words, or (where they are missing and required) what the author is
    asked."""

    key: str
    label: str
    words: str
    prompt: str = ""
    more: tuple[str, ...] = ()
    """Its further paragraphs, where `words` are the first of several."""


def answers_of(report: RealisedReport, template: Template) -> tuple[Answer, ...]:
    """The fields that this paper shows, in order; those with neither words nor a prompt are left
    out."""
    front = template.spec.front
    said = said_by(report.brief, template, report.period)
    found = []
    for field in front.fields:
        if not shown(field.shown_if, said):
            continue
        words, *more = _paragraphs(field, report.brief) or [said[field.key]]
        prompt = field.asked if field.required and not words else ""
        if words or prompt:
            found.append(Answer(field.key, field.label, words, prompt, tuple(more)))
    return tuple(found)


def _paragraphs(field: Field, brief: Brief) -> list[str]:
    given = brief.texts.get(field.of or field.key, ()) if field.type == "paragraphs" else ()
    return [" ".join(text.split()) for text in given if text.strip()]


def said_by(brief: Brief, template: Template, period: str = "") -> dict[str, str]:
    """What the front fields and the questions say, by key."""
    fields = {
        field.key: words_of(field, brief, period) or _reckoned(field, brief, template)
        for field in template.spec.front.fields
    }
    questions = (section for section in template.sections if section.source == "question")
    given = brief.fields
    return fields | {
        section.key: given.get(section.key) or section.default for section in questions
    }


def shown(conditions: Mapping[str, tuple[str, ...]], said: Mapping[str, str]) -> bool:
    """Whether every field in `conditions` has one of the values there."""
    return all(
        said[key] in values or any(part in values for part in parted(said[key]))
        for key, values in conditions.items()
    )


def parted(words: str) -> tuple[str, ...]:
    """Several values that were given with semicolons between."""
    return tuple(part for part in _PARTS.split(words.strip()) if part)


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a row that was written as a line."""
    return tuple(_CELLS.split(line.strip().strip("|").strip()))


def words_of(field: Field, brief: Brief, period: str = "") -> str:
    """What the brief says for `field`, or its default."""
    key = field.of or field.key
    if field.type == "officer":
        return officer_line(brief.officers.get(key)) or field.default
    if field.type == "paragraphs":
        return " ".join(brief.texts.get(key, ())) or field.default
    if own := own_fields(brief, period).get(key):
        return own
    given = brief.fields.get(key) or field.default
    if field.type == "yes_no" and reaches(field, brief):
        return brief.fields.get(key) or "Yes"
    if field.type == "date":
        return ", ".join(_day(part, brief) for part in parted(given))
    if field.type == "money" and SUM.fullmatch(given):
        return f"£{Decimal(given):,}"
    return given


def reaches(field: Field, brief: Brief) -> str:
    """The key of a sum of money that is as large as makes the answer to `field` Yes, if any."""
    for key, pounds in field.yes_from.items():
        given = brief.fields.get(key, "")
        if SUM.fullmatch(given) and Decimal(given) >= pounds:
            return key
    return ""


def _reckoned(field: Field, brief: Brief, template: Template) -> str:
    """A deadline before the meeting: "Monday 2 June 2025, noon"."""
    if field.type != "deadline":
        return ""
    day = working_day_before(brief.meeting_date, field.working_days, template.spec.closed)
    words = format_date(day, "EEEE d MMMM y", locale=brief.style.locale)
    return f"{words}, {field.time}" if field.time else words


def _day(text: str, brief: Brief) -> str:
    """A day in words; what is none, as it stands, since a template may have words by default."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return date_in_words(day, brief)


def date_in_words(day: date, brief: Brief) -> str:
    """12 June 2025."""
    return format_date(day, "d MMMM y", locale=brief.style.locale)


def own_fields(brief: Brief, period: str) -> dict[str, str]:
    """The fields that every brief has, in words."""
    return {
        "title": brief.title,
        "council": brief.council,
        "area": brief.area,
        "committee": brief.committee,
        "meeting_date": date_in_words(brief.meeting_date, brief),
        "period": period,
    }


def officer_line(officer: Officer | None) -> str:
    """Name and post."""
    return (
        "" if officer is None else ", ".join(part for part in (officer.name, officer.role) if part)
    )


def write_front(
    draft: Draft,
    front: Front,
    report: RealisedReport,
    answers: Sequence[Answer],
    placed: Collection[str],
) -> None:
    """Lead, title and answers as the template lays them out, without those `placed` before."""
    brief = report.brief
    if front.lead:
        lead = front.lead.replace("{committee}", brief.committee)
        draft.add(draft.styles.lead, markup.run(lead))
    title = draft.control("title", "Title", brief.title) if "title" not in placed else ""
    if front.title == "first" and title:
        draft.add(draft.styles.title, title)
    left = [answer for answer in answers if answer.key not in placed]
    if front.layout == "table" and left:
        _as_table(draft, front, left)
    elif front.layout == "lines":
        write_lines(draft, front, left)
    if front.title == "last" and title:
        draft.add(draft.styles.title, title)


def write_lines(draft: Draft, front: Front, answers: Iterable[Answer]) -> None:
    """A line of label and value for each answer."""
    for answer in answers:
        words = f"{answer.label}{front.separator}" if answer.label else ""
        label = markup.run(words, bold=True) if words else ""
        first, *more = _entries(draft, answer)
        draft.add(draft.styles.front_line, label + first)
        for entry in more:
            draft.add(draft.styles.front_line, entry)


def _entries(draft: Draft, answer: Answer) -> list[str]:
    """What stands in each paragraph of an answer; the first one's control is the field's."""
    return [control_of(draft, answer), *(markup.run(words) for words in answer.more)]


def control_of(draft: Draft, answer: Answer) -> str:
    """The content control that holds an answer or asks for it."""
    if answer.prompt:
        return draft.prompt_control(answer.key, answer.label, answer.prompt)
    return draft.control(answer.key, answer.label, answer.words)


def _as_table(draft: Draft, front: Front, answers: Sequence[Answer]) -> None:
    width = draft.page.width
    heading, text = (
        draft.style_id(name) for name in (draft.styles.table_heading, draft.styles.table_text)
    )
    widths = [width * 3 // 10, width - width * 3 // 10]
    cells = [
        markup.cell_of(each, heading, markup.run(words), keep_next=True)
        for each, words in zip(widths, front.headings, strict=True)
    ]
    rows = [markup.table_row(cells, header=True)]
    for index, answer in enumerate(answers):
        keep = index < len(answers) - 1
        label = markup.cell_of(widths[0], heading, markup.run(answer.label), keep_next=keep)
        told = (markup.paragraph(text, one, keep_next=keep) for one in _entries(draft, answer))
        cells = [label, markup.table_cell(widths[1], "".join(told))]
        rows.append(markup.table_row(cells))
    draft.place(markup.table(draft.style_id(draft.styles.table), widths, front.caption, rows))


def section_lines(section: TemplateSection, report: RealisedReport) -> tuple[str, ...]:
    """The paragraphs of a section that is not generated: the brief's, or the template's own."""
    brief = report.brief
    if section.source == "fixed":
        return section.text
    if section.source == "contact":
        officer = brief.officers.get(section.key) or brief.officers.get("author")
        return contact_lines(officer, section.labels)
    return brief.texts.get(section.of or section.key) or section.text


def contact_lines(officer: Officer | None, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Name and post, telephone, email: a line each; under labels of the template, each alone."""
    if officer is None:
        return ()
    if labels:
        given = ((label, getattr(officer, key)) for key, label in labels.items())
        return tuple(f"{label}: {words}" for label, words in given if words)
    telephone = f"Telephone: {officer.telephone}" if officer.telephone else ""
    email = f"Email: {officer.email}" if officer.email else ""
    return tuple(line for line in (officer_line(officer), telephone, email) if line)
