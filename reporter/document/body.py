"""The sections of the paper: the template's own in its order, the narrative in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from reporter.charts import Drawing, NativeChart
from reporter.document import drawings, markup
from reporter.document.draft import Draft
from reporter.document.forms import write_clearance, write_rows
from reporter.document.front import (
    Answer,
    cells_of,
    control_of,
    own_fields,
    said_by,
    section_lines,
    shown,
    write_lines,
)
from reporter.document.spec import TemplateSection, asking
from reporter.document.tables import write_table
from reporter.document.template import Template
from reporter.prose import (
    AuthorParagraph,
    BulletList,
    Chart,
    Paragraph,
    Prompt,
    RealisedBlock,
    RealisedReport,
    RealisedSection,
    Statement,
    Table,
)

TWIPS_PER_MM = 1440 / 25.4
_BULLET = re.compile(r"[-•*–]\s+")
_BLANKS = re.compile(r"[ \t\r\n]+")


class BodyWriter:
    """Writes sections into a draft. `said` are the words of the front fields, `width` twips of
    text."""

    def __init__(
        self,
        draft: Draft,
        report: RealisedReport,
        pictures: Mapping[str, Drawing],
        relations: Mapping[str, str],
        answers: Sequence[Answer],
        template: Template,
    ) -> None:
        self.draft = draft
        self.report = report
        self.pictures = pictures
        self.relations = relations
        self.answers = answers
        self.template = template
        self.said = said_by(report.brief, template, report.period)
        self.own = own_fields(report.brief, report.period)

    def write(self, sections: tuple[TemplateSection, ...], level: int = 1) -> None:
        """The template's `sections` and all under them, headings at `level`."""
        for section in sections:
            if shown(section.shown_if, self.said):
                self._section(section, level)

    def _section(self, section: TemplateSection, level: int) -> None:
        draft, start = self.draft, len(self.draft.body)
        outside, draft.own_style = draft.own_style, section.paragraph_style or draft.own_style
        if section.paragraph_style:
            draft.restart(section.paragraph_style)
        if section.page_break:
            draft.break_page()
        if section.source == "question":
            self._question(section, level)
        elif section.source == "narrative":
            self._narrative(section, level)
        else:
            self._told(section, level)
        if not section.published:
            draft.wrap_from(start, section.key, section.heading or section.key)
        draft.own_style = outside

    def _narrative(self, section: TemplateSection, level: int) -> None:
        """The report's own sections, under the template's heading if it has one."""
        if section.heading:
            self._heading(section, level)
        for line in self.report.brief.texts.get(section.of, ()):
            self.author_line(line, section.form)
        for realised in self.report.sections:
            if not realised.within:
                self._realised(realised, level + bool(section.heading))
        if not any(each.source == "sources" for each in self.template.sections):
            for note in self.report.methods:
                self.draft.add(self.draft.styles.source, markup.run(note))

    def _told(self, section: TemplateSection, level: int) -> None:
        """A section that nobody generates: the author's words or the template's, else a prompt."""
        draft = self.draft
        if section.source == "sources":
            lines = tuple(self._sources())
        else:
            lines = section_lines(section, self.report)
        cleared = section.officers.keys() & self.report.brief.officers.keys()
        held = [one for one in self.report.sections if one.within == section.key]
        inside = section.required or section.sections or section.fields or cleared or held
        if not (lines or inside):
            return
        by_key = {answer.key: answer for answer in self.answers}
        repeated = (by_key[key] for key in section.fields if key in by_key)
        write_lines(draft, self.template.spec.front, repeated)
        if section.heading:
            self._heading(section, level)
        if section.lead and lines:
            self.author_line(self._filled(section.lead), "plain")
        if section.form == "recommendations":
            draft.restart(draft.styles.recommendation)
        if section.source == "clearance":
            write_clearance(draft, section, self.report.brief)
        elif section.form == "table" and lines:
            write_rows(draft, section, [cells_of(line) for line in lines])
        else:
            for line in lines:
                self.author_line(line, section.form)
        for realised in held:
            self._held(realised, level)
        if section.required and not lines and not section.officers and not held:
            asked = asking(section.prompt or section.heading, section.filled_by)
            draft.prompt(section.key, section.heading or section.key, asked)
        if section.source == "contact":
            self._rest_of_contact(section, lines)
        self.write(section.sections, level + 1)

    def _rest_of_contact(self, section: TemplateSection, lines: Sequence[str]) -> None:
        """What the template asks of a contact and the brief lacks, then the template's words."""
        draft = self.draft
        for key, label in section.labels.items() if section.required and lines else ():
            if not any(line.startswith(f"{label}: ") for line in lines):
                asked = draft.prompt_control(f"{section.key}_{key}", label, label)
                draft.add(draft.styles.plain, markup.run(f"{label}: ") + asked)
        for line in section.text:
            self.author_line(line, section.form)

    def _heading(self, section: TemplateSection, level: int) -> None:
        self.draft.heading(self._filled(section.heading), level, section.heading_style)

    def _filled(self, words: str) -> str:
        """The template's own words with the brief's in their braces."""
        for key, value in self.own.items():
            words = words.replace(f"{{{key}}}", value)
        return words

    def _question(self, section: TemplateSection, level: int) -> None:
        """The heading as a question with its answer, as a heading or in a paragraph."""
        draft = self.draft
        words = self.report.brief.fields.get(section.key) or section.default
        asked = asking(section.prompt or section.heading, section.filled_by)
        answer = Answer(section.key, section.heading, words, "" if words else asked)
        if section.form == "heading":
            draft.heading(f"{section.heading} {words}".strip(), level)
            if answer.prompt:
                draft.prompt(section.key, section.heading, answer.prompt)
            return
        content = markup.run(f"{section.heading} ") + control_of(draft, answer)
        draft.add(self._question_style(section), content)

    def _question_style(self, section: TemplateSection) -> str:
        styles, body = self.draft.styles, self.draft.body
        if section.form != "lettered":
            return styles.plain
        before = body[-1].style if body else ""
        asked = {self.draft.style_id(n) for n in (styles.first_question, styles.question) if n}
        return styles.question if before in asked else styles.first_question or styles.question

    def _realised(self, section: RealisedSection, level: int) -> None:
        self.draft.heading(section.heading, level)
        self._held(section, level)

    def _held(self, section: RealisedSection, level: int) -> None:
        """What a section of the report says, under a heading that stands already."""
        for block, labels in with_references(section.blocks):
            self._block(block, labels)
        for child in section.sections:
            self._realised(child, level + 1)

    def _block(self, block: RealisedBlock, labels: Sequence[Reference]) -> None:
        draft = self.draft
        match block:
            case Paragraph(statements):
                text, bold = "", []
                for statement in statements:
                    at = len(text) + (1 if text else 0)
                    text += (" " if text else "") + statement.text
                    bold += [(at + start, at + end) for start, end in statement.bold]
                words = markup.runs(text, bold) + draft.references(labels)
                draft.paragraph(words, statements)
            case BulletList(items):
                for item in items:
                    draft.add(draft.styles.bullet, markup.runs(item.text, item.bold), [item])
            case AuthorParagraph(text):
                self.author_line(text, "numbered")
            case Prompt(statement):
                draft.prompt(statement.id, "Author to write", statement.text, [statement])
            case Table():
                write_table(draft, block)
            case Chart():
                self._chart(block)

    def _chart(self, chart: Chart) -> None:
        """Caption above, as in every table, then the chart, its notes and the source line."""
        draft = self.draft
        draft.caption("Figure", chart.caption or chart.title, [chart.alt])
        drawing = self.pictures[chart.alt.id]
        shown_at = drawings.shown(
            drawing,
            self.relations[chart.alt.id],
            draft.new_id(),
            chart.alt.text,
            draft.page.width / TWIPS_PER_MM,
            draft.page.prefixes,
        )
        notes = " ".join(drawing.notes if isinstance(drawing, NativeChart) else ())
        draft.add(draft.styles.figure, shown_at, keep_next=bool(notes or chart.source))
        if notes:
            draft.add(draft.styles.source, markup.run(notes), keep_next=bool(chart.source))
        if chart.source:
            draft.add(draft.styles.source, markup.run(chart.source))

    def author_line(self, text: str, form: str) -> None:
        """A paragraph of the author's; one that starts with a dash or bullet becomes a real
        bullet."""
        draft = self.draft
        for part in re.split(r"\n[ \t]*\n|\n(?=[-•*–]\s)", text.strip()):
            words = _BLANKS.sub(" ", part).strip()
            if not words:
                continue
            if form == "bullets" or _BULLET.match(words):
                draft.add(draft.styles.bullet, markup.run(_BULLET.sub("", words, count=1)))
            elif form == "recommendations":
                draft.add(draft.styles.recommendation, markup.run(words))
            elif form == "plain":
                draft.add(draft.styles.plain, markup.run(words))
            else:
                draft.paragraph(markup.run(words))

    def _sources(self) -> Iterator[str]:
        """What the figures were published in, then the method note."""
        found = (chart.source for chart in charts_of(self.report.sections) if chart.source)
        bare = (re.sub(r"^Source:\s*", "", source) for source in found)
        yield from dict.fromkeys(source[:1].upper() + source[1:] for source in bare)
        yield from self.report.methods


Label = Literal["Table", "Figure"]
Reference = tuple[Label, int]
"""A display that comes later: its label, and how many with that label come before it."""


def with_references(
    blocks: Sequence[RealisedBlock],
) -> Iterator[tuple[RealisedBlock, tuple[Reference, ...]]]:
    """Each block, and for a paragraph the tables and figures after it that it should point to.

    The last paragraph before them does, unless a figure shows what an earlier one is about and the
    last is not.
    """
    found: dict[int, list[Reference]] = {}
    waiting: list[int] = []
    shown: dict[Label, int] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if shown:
                waiting, shown = [], {}
            waiting.append(index)
        elif isinstance(block, Table | Chart) and waiting:
            label: Label = "Table" if isinstance(block, Table) else "Figure"
            about = _about(block.alt) if isinstance(block, Chart) else frozenset()
            host = next((at for at in reversed(waiting) if about & _said(blocks[at])), waiting[-1])
            found.setdefault(host, []).append((label, shown.get(label, 0)))
            shown[label] = shown.get(label, 0) + 1
    for index, block in enumerate(blocks):
        yield block, tuple(found.get(index, ()))


def _about(statement: Statement) -> frozenset[str]:
    return frozenset(fact.indicator for fact in statement.facts)


def _said(block: RealisedBlock) -> frozenset[str]:
    told = block.statements if isinstance(block, Paragraph) else ()
    return frozenset().union(*(_about(statement) for statement in told))


def charts_of(sections: tuple[RealisedSection, ...]) -> Iterator[Chart]:
    """Every chart, in reading order."""
    for section in sections:
        yield from (block for block in section.blocks if isinstance(block, Chart))
        yield from charts_of(section.sections)
