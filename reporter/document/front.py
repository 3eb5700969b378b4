"""The front matter: what each field of the template says, from the brief or its default.

A field that stands in the Word file as a content control of that tag is filled there; the others
are laid out as the template asks. A required field without a value becomes a prompt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from babel.dates import format_date

from reporter.document import ooxml
from reporter.document.draft import Draft
from reporter.document.ooxml import Element
from reporter.document.template import Field, FieldType, Front, Template, TemplateSection
from reporter.problems import Problem
from reporter.prose import RealisedReport
from reporter.sources import Brief, Officer
from reporter.yamlfile import Places

NOWHERE = Places("report.yaml", {})
KINDS: tuple[FieldType, ...] = get_args(FieldType)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field says: its words, or (where they are missing and required) what the author is
    asked."""

    key: str
    label: str
    words: str
    prompt: str = ""


def answers_of(report: RealisedReport, template: Template) -> tuple[Answer, ...]:
    """The fields that this paper shows, in order; those with neither words nor a prompt are left
    out."""
    front = template.spec.front
    said = said_by(report, template)
    found = []
    for field in front.fields:
        if not shown(field.shown_if, said):
            continue
        words = said[field.key]
        prompt = (field.prompt or field.label) if field.required and not words else ""
        if words or prompt:
            found.append(Answer(field.key, field.label, words, prompt))
    return tuple(found)


def said_by(report: RealisedReport, template: Template) -> dict[str, str]:
    """What the front fields and the questions say, by key."""
    fields = {field.key: words_of(field, report) for field in template.spec.front.fields}
    questions = (section for section in template.sections if section.source == "question")
    given = report.brief.fields
    return fields | {
        section.key: given.get(section.key) or section.default for section in questions
    }


def shown(conditions: Mapping[str, tuple[str, ...]], said: Mapping[str, str]) -> bool:
    """Whether every field in `conditions` has one of the values there."""
    return all(said[key] in values for key, values in conditions.items())


def words_of(field: Field, report: RealisedReport) -> str:
    """What the brief says for `field`, or its default."""
    brief, key = report.brief, field.of or field.key
    if field.type == "officer":
        return officer_line(brief.officers.get(key)) or field.default
    if field.type == "paragraphs":
        return " ".join(brief.texts.get(key, ())) or field.default
    return own_fields(report).get(key) or brief.fields.get(key) or field.default


def own_fields(report: RealisedReport) -> dict[str, str]:
    """The fields that every brief has, in words."""
    brief = report.brief
    day = format_date(brief.meeting_date, "d MMMM y", locale=brief.style.locale)
    return {
        "title": brief.title,
        "council": brief.council,
        "area": brief.area,
        "committee": brief.committee,
        "meeting_date": day,
        "period": report.period,
    }


def officer_line(officer: Officer | None) -> str:
    """Name and post."""
    return (
        "" if officer is None else ", ".join(part for part in (officer.name, officer.role) if part)
    )


def misfits(brief: Brief, template: Template, places: Places = NOWHERE) -> Iterator[Problem]:
    """What the brief says and this template has no place for, and choices that it does not
    offer; `places` are those of the brief's keys."""
    front = template.spec.front
    fields = {field.of or field.key: field for field in front.fields}
    questions = {s.key: s for s in template.sections if s.source == "question"}
    written = [
        s.of or s.key for s in template.sections if s.source in ("author", "background_papers")
    ]
    written += [s.of for s in template.sections if s.source == "narrative" and s.of]
    contacts = [s.key for s in template.sections if s.source == "contact"]
    kinds = {kind: [key for key, field in fields.items() if field.type == kind] for kind in KINDS}
    simple = [*kinds["text"], *kinds["date"], *kinds["choice"], *questions]
    for what, keys, known in (
        ("fields", brief.fields, simple),
        ("officers", brief.officers, [*kinds["officer"], *contacts]),
        ("texts", brief.texts, list(dict.fromkeys([*written, *kinds["paragraphs"]]))),
    ):
        for key in keys:
            if key not in known:
                wrong = f"the template {template.folder!r} has no place for {key!r} of `{what}`"
                fix = f"Keys that it has: {', '.join(known) or 'none'}."
                yield places.problem((what, key), "no-place", wrong, fix)
    offered = {key: field.choices for key, field in fields.items()}
    offered |= {key: section.choices for key, section in questions.items()}
    for key, choices in offered.items():
        given = brief.fields.get(key, "")
        if choices and given and given not in choices:
            wrong = f"{key} cannot be {given!r}"
            fix = f"Choose one of {', '.join(choices)}."
            yield places.problem(("fields", key), "bad-choice", wrong, fix)


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
        draft.add(draft.styles.lead, [ooxml.run(lead)])
    title = [draft.control("title", "Title", brief.title)] if "title" not in placed else []
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
        label = [ooxml.run(words, bold=True)] if words else []
        draft.add(draft.styles.front_line, [*label, control_of(draft, answer)])


def control_of(draft: Draft, answer: Answer) -> Element:
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
        ooxml.table_cell(each, ooxml.paragraph(heading, [ooxml.run(words)], keep_next=True))
        for each, words in zip(widths, front.headings, strict=True)
    ]
    rows = [ooxml.table_row(cells, header=True)]
    for index, answer in enumerate(answers):
        keep = index < len(answers) - 1
        label = ooxml.paragraph(heading, [ooxml.run(answer.label)], keep_next=keep)
        entry = ooxml.paragraph(text, [control_of(draft, answer)], keep_next=keep)
        rows.append(
            ooxml.table_row(
                [ooxml.table_cell(widths[0], label), ooxml.table_cell(widths[1], entry)]
            )
        )
    draft.place(ooxml.table(draft.style_id(draft.styles.table), widths, front.caption, rows))


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
