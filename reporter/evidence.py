"""The evidence file: for every generated statement its rules, its facts and the rows behind them.

In come the realised report and the numbers that the paper printed; out goes JSON with the keys that
the design's section on evidence names. The same input gives the same bytes: keys stand in a fixed
order, statements in reading order, figures in their shortest form.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from reporter import __version__
from reporter.fact_text import FactWriter
from reporter.fact_values import EMPTY_IS_NULL, as_json
from reporter.facts import KINDS, Band, DriverPart, Fact, Findings, Source
from reporter.plan import LeftOut
from reporter.problems import Problem
from reporter.prose import (
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
from reporter.sources import NOT_ASKED, InputFile


def _source(file: str, row: int, **own: Any) -> Source:
    """A source of an evidence file; `TypeError` where its rows are none."""
    if not all(isinstance(number, int) for number in (row, own.get("to", 0))):
        raise TypeError("the row of a source is no number")
    return Source(file, row, **own)


_MEMBERS: Mapping[str, Callable[..., Any]] = {
    "sources": _source, "parts": DriverPart, "bands": Band,
}  # fmt: skip


def evidence_bytes(
    report: RealisedReport,
    numbers: Mapping[str, str],
    inputs: Iterable[InputFile],
    checks: Iterable[Problem] = (),
    found: Findings | None = None,
) -> bytes:
    """The evidence of `report` as UTF-8 JSON; `numbers` maps statement ids to printed numbers,
    `checks` are the doubts about its figures, and `found` is what it was made from, with facts of
    measures that it is not about.
    """
    return as_bytes(evidence_of(report, numbers, inputs, checks, found))


_BETWEEN = ",\n"


def as_bytes(data: Mapping[str, Any]) -> bytes:
    """Evidence as UTF-8 JSON: every item of its lists stands on a line of its own.

    An item of bytes is JSON already, or several items with what parts them.
    """
    parts: list[bytes] = []
    for key, value in data.items():
        parts += (b",\n" if parts else b"{\n", as_json(key).encode(), b": ", *_lines(value))
    return b"".join((*parts, b"\n}\n"))


def _lines(value: Any) -> Iterator[bytes]:
    if not isinstance(value, list) or not value:
        yield as_json(value).encode()
        return
    before = b"[\n"
    for item in value:
        yield before
        yield item if isinstance(item, bytes) else as_json(item).encode()
        before = _BETWEEN.encode()
    yield b"\n]"


def evidence_of(
    report: RealisedReport,
    numbers: Mapping[str, str],
    inputs: Iterable[InputFile],
    checks: Iterable[Problem] = (),
    found: Findings | None = None,
) -> dict[str, Any]:
    """The same by its keys; statements and what is left out are JSON already, the rest is plain."""
    brief, writer = report.brief, FactWriter(found)
    files = {(entry.file, entry.sha256) for entry in inputs}
    return {
        "report": {
            "title": brief.title,
            "area": brief.area,
            "period": brief.period,
            "template": brief.template,
            "audience": brief.audience,
            "version": __version__,
        },
        "inputs": [{"file": file, "sha256": sha256} for file, sha256 in sorted(files)],
        "statements": list(_statements(report, numbers, writer)),
        "left_out": _left_out(report.left_out, writer),
        "checks": [_check(problem) for problem in checks],
    }


def statements(report: RealisedReport) -> Iterator[tuple[str, Statement]]:
    """Every generated statement in reading order, with the heading of its section."""
    for section in report.sections:
        yield from _of_section(section)


def _of_section(section: RealisedSection) -> Iterator[tuple[str, Statement]]:
    for block in section.blocks:
        for statement in _of_block(block):
            yield section.heading, statement
    for inner in section.sections:
        yield from _of_section(inner)


def _of_block(block: RealisedBlock) -> Iterator[Statement]:
    match block:
        case Paragraph():
            yield from block.statements
        case BulletList():
            yield from block.items
        case Prompt():
            yield block.statement
        case Table():
            for row in block.rows:
                yield row.statement
        case Chart():
            yield block.alt


def _statements(
    report: RealisedReport, numbers: Mapping[str, str], writer: FactWriter
) -> Iterator[bytes]:
    for section, statement in statements(report):
        fields = {
            "id": statement.id,
            "section": section,
            "number": numbers.get(statement.id, ""),
            "text": statement.text,
            "rules": statement.rules,
        }
        facts = ", ".join(_facts(statement, writer))
        yield f'{as_json(fields)[:-1]}, "facts": [{facts}]}}'.encode()


def _facts(statement: Statement, writer: FactWriter) -> Iterator[str]:
    """A fact's fields, then the words of the statement that state it, then the rows behind it."""
    words = _words(statement, writer)
    for place, fact in enumerate(statement.facts):
        stated, periods, names = (", ".join(words.get((place, kind), ())) for kind in _SPANS)
        head, behind = writer.parted(fact)
        said = f'"stated": [{stated}], "periods": [{periods}], "names": [{names}], '
        yield f"{head}{said}{behind}"


_SPANS = ("number", "period", "name")


def _words(
    statement: Statement, writer: FactWriter
) -> Mapping[tuple[int | None, str], Mapping[str, None]]:
    """The words that state a fact with what they state, by the fact and the kind of span: each
    once, in the order of the text.
    """
    found: dict[tuple[int | None, str], dict[str, None]] = {}
    for span in sorted(statement.spans, key=attrgetter("start", "end")):
        means = writer.value(span.number if span.kind == "number" else span.key)
        text = writer.value(statement.text[span.start : span.end])
        found.setdefault((span.fact, span.kind), {})[f'{{"text": {text}, "for": {means}}}'] = None
    return found


def _check(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "row": place.row,
        "column": place.column,
        "code": problem.code,
        "what": problem.what,
        "fix": problem.fix,
    }


def _left_out(items: Sequence[LeftOut], writer: FactWriter) -> list[bytes]:
    """Facts that no statement states, and those of measures that no section speaks of, against
    which no rule was held: thousands, those as one text.
    """
    lines = []
    for item in items:
        fact, rule, why = writer.whole(item.fact), writer.value(item.rule), writer.value(item.why)
        lines.append(f'{{"fact": {fact}, "rule": {rule}, "why": {why}}}')
    if writer.rest:
        before, after = '{"fact": ', f', "rule": "", "why": {as_json(NOT_ASKED)}}}'
        between = f"{after}{_BETWEEN}{before}"
        lines.append(f"{before}{between.join(writer.rest)}{after}")
    return [line.encode() for line in lines]


def statement_of(data: Mapping[str, Any]) -> Statement:
    """A statement of an evidence file as an object again, but for its spans and bold words.

    `KeyError`, `TypeError` or `AttributeError` where `data` is no statement of ours.
    """
    facts = tuple(fact_of(fact) for fact in data["facts"])
    return Statement(data["id"], data["text"], facts, tuple(data["rules"]))


def fact_of(data: Mapping[str, Any]) -> Fact:
    """A fact of an evidence file as an object again: the inverse of writing it."""
    cls = KINDS[data["kind"]]
    fields = {field.name: data[field.name] for field in dataclasses.fields(cls)}
    for name, value in fields.items():
        if value is None and name in EMPTY_IS_NULL:
            fields[name] = ""
        elif isinstance(value, list):
            fields[name] = tuple(_MEMBERS[name](**v) if name in _MEMBERS else v for v in value)
    return cls(**fields)
