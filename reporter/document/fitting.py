"""Whether what a brief gives fits its template: keys, choices, days, sums, rows and lengths.

In: a brief and a template. Out: a problem for each thing that the template has no place for
(`misfits`), and one for each that is longer than it allows (`too_long`), with its count; `asked_of`
keeps for the evidence what an edited paper is held to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from reporter.document.front import SUM, cells_of, parted, reaches, said_by, shown
from reporter.document.spec import Field, FieldType, TemplateSection
from reporter.document.template import Template
from reporter.problems import Problem
from reporter.sources import Brief, Section
from reporter.yamlfile import Places

NOWHERE = Places("report.yaml", {})
KINDS: tuple[FieldType, ...] = get_args(FieldType)
_SIMPLE: tuple[FieldType, ...] = ("text", "date", "choice", "yes_no", "ticks", "money")
_WRITTEN = ("author", "background_papers")


def misfits(brief: Brief, template: Template, places: Places = NOWHERE) -> Iterator[Problem]:
    """What the brief says and this template does not take; `places` are those of its keys."""
    yield from _without_place(brief, template, places)
    yield from _bad_values(brief, template, places)
    yield from _hidden(brief, template, places)
    for section in template.sections:
        yield from _bad_rows(brief, section, places)
    yield from _too_dear(brief, template, places)
    yield from _held_nowhere(brief, template, places)


def _too_dear(brief: Brief, template: Template, places: Places) -> Iterator[Problem]:
    """Fields that say No though a sum of money makes them Yes."""
    for field in _fields(template):
        key = field.of or field.key
        if brief.fields.get(key) == "No" and (by := reaches(field, brief)):
            wrong = f"{key} is No, and {by} is £{field.yes_from[by]:,} or more"
            fix = "Say Yes, or correct the sum."
            yield places.problem(("fields", key), "bad-choice", wrong, fix)


def _held_nowhere(brief: Brief, template: Template, places: Places) -> Iterator[Problem]:
    """Sections of the outline that name a section of the template which cannot hold them."""
    said = said_by(brief, template)
    holders = {s.key: s for s in template.sections if s.source == "author" and s.heading}
    for index, section in enumerate(brief.outline):
        at = ("outline", index, "within")
        if section.within and section.within not in holders:
            wrong = f"the template {template.folder!r} has no section {section.within!r} to hold it"
            fix = f"Leave it out, or name one of {', '.join(holders) or 'none'}."
            yield places.problem(at, "no-place", wrong, fix)
        elif section.within and not shown(holders[section.within].shown_if, said):
            wrong = f"it stands within {section.within!r}, which would not be shown"
            fix = "See when the template shows that section, or leave `within` out."
            yield places.problem(at, "not-shown", wrong, fix)
        for path, inner in _inner(section, ("outline", index)):
            if inner.within:
                fix = "Move it to the top of the outline."
                wrong = "only a section at the top of the outline can stand within another"
                yield places.problem((*path, "within"), "no-place", wrong, fix)


def _inner(section: Section, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Section]]:
    for index, inner in enumerate(section.sections):
        at = (*path, "sections", index)
        yield at, inner
        yield from _inner(inner, at)


def in_reading_order(brief: Brief, template: Template) -> Brief:
    """The brief with its outline in the order in which the template lays it out."""
    keys = [section.key for section in template.sections]
    body = next(i for i, s in enumerate(template.sections) if s.source == "narrative")
    at = {key: index for index, key in enumerate(keys)}
    ordered = sorted(brief.outline, key=lambda section: at.get(section.within, body))
    return replace(brief, outline=tuple(ordered))


def _without_place(brief: Brief, template: Template, places: Places) -> Iterator[Problem]:
    fields = {field.of or field.key: field for field in template.spec.front.fields}
    kinds = {kind: [key for key, field in fields.items() if field.type == kind] for kind in KINDS}
    questions = [s.key for s in template.sections if s.source == "question"]
    written = [s.of or s.key for s in template.sections if s.source in _WRITTEN]
    written += [s.of for s in template.sections if s.source == "narrative" and s.of]
    people = [s.key for s in template.sections if s.source == "contact"]
    people += [key for s in template.sections for key in s.officers]
    simple = [key for kind in _SIMPLE for key in kinds[kind]]
    for what, keys, known in (
        ("fields", brief.fields, [*simple, *questions]),
        ("officers", brief.officers, list(dict.fromkeys([*kinds["officer"], *people]))),
        ("texts", brief.texts, list(dict.fromkeys([*written, *kinds["paragraphs"]]))),
    ):
        for key in keys:
            if key not in known:
                wrong = f"the template {template.folder!r} has no place for {key!r} of `{what}`"
                fix = "Take it out of the brief, or give it a place in template.yaml."
                fix += f" There is: {', '.join(known) or 'none'}."
                yield places.problem((what, key), "no-place", wrong, fix)


def _bad_values(brief: Brief, template: Template, places: Places) -> Iterator[Problem]:
    asked = {field.of or field.key: (field.type, field.offered) for field in _fields(template)}
    for section in template.sections:
        if section.source == "question":
            asked[section.key] = ("choice", section.choices)
    for key, (kind, offered) in asked.items():
        given = brief.fields.get(key, "")
        parts = parted(given) if kind in ("ticks", "date") else (given,)
        for part in parts if given else ():
            wrong, at = f"{key} cannot be {part!r}", ("fields", key)
            if offered and part not in offered:
                fix = f"Choose one of {', '.join(offered)}."
                yield places.problem(at, "bad-choice", wrong, fix)
            elif kind == "date" and not _is(date.fromisoformat, part):
                fix = "Write the day as 2025-06-12, several with semicolons between."
                yield places.problem(at, "bad-date", wrong, fix)
            elif kind == "money" and not SUM.fullmatch(part):
                fix = "Write the pounds as a number: 250000, or 1250.50."
                yield places.problem(at, "bad-number", wrong, fix)


def _fields(template: Template) -> tuple[Field, ...]:
    return template.spec.front.fields


def _is(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _hidden(brief: Brief, template: Template, places: Places) -> Iterator[Problem]:
    """What is given although the condition for showing it does not hold."""
    said = said_by(brief, template)
    items: tuple[Field | TemplateSection, ...] = (*_fields(template), *template.sections)
    for item in items:
        key = item.of or item.key
        if shown(item.shown_if, said):
            continue
        for what, given in (("fields", brief.fields), ("texts", brief.texts)):
            if key in given:
                when = " and ".join(
                    f"{other} is {' or '.join(values)}" for other, values in item.shown_if.items()
                )
                wrong = f"{key} is given, and would not be shown"
                fix = f"It is shown where {when}: set that, or take this out."
                yield places.problem((what, key), "not-shown", wrong, fix)


def _bad_rows(brief: Brief, section: TemplateSection, places: Places) -> Iterator[Problem]:
    key = section.of or section.key
    for line in brief.texts.get(key, ()) if section.form == "table" else ():
        if len(cells_of(line)) != len(section.columns):
            wrong = f"{key} has a row of {len(cells_of(line))} cells, not {len(section.columns)}"
            fix = f"Write each as {' | '.join(section.columns)}."
            yield places.problem(("texts", key), "bad-row", wrong, fix)


def too_long(brief: Brief, template: Template, words: int, pages: int = 0) -> Iterator[Problem]:
    """Where a paper of so many words and pages (0: not counted), or a text of its brief, is longer
    than the template allows."""
    limits = template.spec.limits
    yield from _over("the paper", words, limits.words, "words")
    yield from _over("the paper", pages, limits.pages, "pages")
    said = said_by(brief, template)
    for field in _fields(template):
        text, name = said[field.key], field.label or field.key
        yield from _over(name, len(text.split()), field.max_words, "words")
        yield from _over(name, len(text), field.max_characters, "characters")
    for section in template.sections:
        lines = brief.texts.get(section.of or section.key, ())
        name = section.heading or section.key
        count = sum(len(line.split()) for line in lines)
        yield from _over(name, count, section.max_words, "words")
        yield from _over(name, len(lines), section.max_paragraphs, "paragraphs")


def _over(name: str, count: int, most: int | None, unit: str) -> Iterator[Problem]:
    if most is not None and count > most:
        what = f"{name} has {count:,} {unit}, and the template allows {most:,}"
        fix = "Shorten it in Word or in the brief; nothing was cut."
        yield NOWHERE.problem((), "too-long", what, fix, "warning")


def asked_of(brief: Brief, template: Template) -> dict[str, Any]:
    """What an edited paper is still held to: its headings that the template asks for, and how many
    words it and each section may have."""
    said = said_by(brief, template)
    asked: list[dict[str, Any]] = []
    for section in template.sections:
        told = section.source in ("author", "fixed") and section.heading and section.published
        if told and (section.required or section.text) and shown(section.shown_if, said):
            limit = {"words": section.max_words} if section.max_words else {}
            asked.append({"heading": section.heading, **limit})
    words = template.spec.limits.words
    return {"headings": asked, **({"words": words} if words else {})}
