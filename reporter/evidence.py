"""The evidence file: for every generated statement its rules, its facts and the rows behind them.

In come the realised report and the numbers that the paper printed; out goes JSON with the keys that
the design's section on evidence names. The same input gives the same bytes: keys stand in a fixed
order, statements in reading order, figures in their shortest form.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from reporter import __version__
from reporter.facts import KINDS, Band, DriverPart, Fact, Source
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
    Span,
    Statement,
    Table,
)
from reporter.rounding import without_dust
from reporter.sources import InputFile

EXACT_DIGITS = 15
"""A figure as typed has at most as many significant digits; more are dust of arithmetic."""
_EMPTY_IS_NULL = frozenset(
    {
        "base_period", "base_period_type", "comparator", "comparator_period",
        "comparator_period_type", "result_unit",
    }
)  # fmt: skip
_MEMBERS: Mapping[str, Callable[..., Any]] = {"sources": Source, "parts": DriverPart, "bands": Band}


def evidence_bytes(
    report: RealisedReport,
    numbers: Mapping[str, str],
    inputs: Iterable[InputFile],
    checks: Iterable[Problem] = (),
) -> bytes:
    """The evidence of `report` as UTF-8 JSON; `numbers` maps statement ids to printed numbers, and
    `checks` are the doubts about its figures.
    """
    return as_bytes(evidence_of(report, numbers, inputs, checks))


def as_bytes(data: Mapping[str, Any]) -> bytes:
    """Evidence as UTF-8 JSON: every item of its lists stands on a line of its own."""
    parts = ",\n".join(f"{_json(key)}: {_lines(value)}" for key, value in data.items())
    return f"{{\n{parts}\n}}\n".encode()


def _lines(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(_json(item) for item in value) + "\n]" if value else "[]"
    return _json(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
"""What is written here is made here, and never holds itself."""


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def evidence_of(
    report: RealisedReport,
    numbers: Mapping[str, str],
    inputs: Iterable[InputFile],
    checks: Iterable[Problem] = (),
) -> dict[str, Any]:
    """The same as plain data."""
    brief = report.brief
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
        "statements": [
            _statement(statement, heading, numbers.get(statement.id, ""))
            for heading, statement in statements(report)
        ],
        "left_out": [_left_out(item) for item in report.left_out],
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


def _statement(statement: Statement, section: str, number: str) -> dict[str, Any]:
    return {
        "id": statement.id,
        "section": section,
        "number": number,
        "text": statement.text,
        "rules": list(statement.rules),
        "facts": [
            _fact(fact, statement, [span for span in statement.spans if span.fact == place])
            for place, fact in enumerate(statement.facts)
        ],
    }


def _fact(fact: Fact, statement: Statement, spans: list[Span]) -> dict[str, Any]:
    """A fact's fields, then the words of the statement that state it, then the rows behind it."""
    fields = fact_fields(fact)
    sources = fields.pop("sources")
    return {
        **fields,
        "stated": _words(statement, spans, "number"),
        "periods": _words(statement, spans, "period"),
        "names": _words(statement, spans, "name"),
        "sources": sources,
    }


def _words(statement: Statement, spans: list[Span], kind: str) -> list[dict[str, Any]]:
    """The words of one kind of span with what they state, each once, in the order of the text."""
    found: list[dict[str, Any]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.kind == kind:
            means = plain(span.number) if kind == "number" else span.key
            words = {"text": statement.text[span.start : span.end], "for": means}
            if words not in found:
                found.append(words)
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


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {"fact": fact_fields(item.fact), "rule": item.rule, "why": item.why}


def fact_fields(fact: Fact) -> dict[str, Any]:
    """The kind, the shared fields and the kind's own, as plain data; nothing known is null."""
    fields: dict[str, Any] = {"kind": fact.kind}
    for name in _names(fact.kind):
        value = getattr(fact, name)
        if value == "" and name in _EMPTY_IS_NULL:
            value = None
        fields[name] = plain(value)
    fields["sources"] = [_source(source) for source in fact.sources]
    return fields


@cache
def _names(kind: str) -> tuple[str, ...]:
    """The fields of a kind of fact, but for its sources, which come last."""
    return tuple(field.name for field in dataclasses.fields(KINDS[kind]) if field.name != "sources")


def _source(source: Source) -> dict[str, Any]:
    """File and row of an observation; its cell where a row of a workbook holds many figures; the
    statement of a previous paper.
    """
    place: dict[str, Any] = {"file": source.file, "row": source.row}
    if source.cell:
        place["cell"] = source.cell
    if source.statement:
        place["statement"] = source.statement
    return place


def plain(value: Any) -> Any:
    """`value` as JSON holds it: whole figures without a point or dust, dataclasses as objects."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return _figure(float(value))
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return [plain(item) for item in value]


def _figure(value: float) -> int | float:
    exact = value if float(f"{value:.{EXACT_DIGITS}g}") == value else without_dust(value)
    return int(exact) if exact.is_integer() else exact


def statement_of(data: Mapping[str, Any]) -> Statement:
    """A statement of an evidence file as an object again, but for its spans and bold words.

    `KeyError`, `TypeError` or `AttributeError` where `data` is no statement of ours.
    """
    facts = tuple(fact_of(fact) for fact in data["facts"])
    return Statement(data["id"], data["text"], facts, tuple(data["rules"]))


def fact_of(data: Mapping[str, Any]) -> Fact:
    """The inverse of `fact_fields`: a fact of an evidence file as an object again."""
    cls = KINDS[data["kind"]]
    fields = {field.name: data[field.name] for field in dataclasses.fields(cls)}
    for name, value in fields.items():
        if value is None and name in _EMPTY_IS_NULL:
            fields[name] = ""
        elif isinstance(value, list):
            fields[name] = tuple(_MEMBERS[name](**v) if name in _MEMBERS else v for v in value)
    return cls(**fields)
