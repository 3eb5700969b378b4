"""One measure with two values for one date, in the text and against the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporter.consistency.grid import Grid
from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.english import Period, Quantity, find_periods

_FIX = "Give the same figure in both places, or say which was revised."
_STOP = frozenset([
    "the", "a", "an", "of", "in", "to", "for", "and", "or", "by", "at", "on", "with", "from", "as",
    "who", "which", "that", "this", "these", "those", "their", "our", "its", "is", "are", "was",
    "were", "has", "have", "had", "been", "be", "being", "it", "there", "we", "were", "stood",
    "stands", "total", "overall", "number", "percentage", "proportion", "rate", "share", "figure",
    "level", "average", "subject", "per", "cent", "%", "end",
])  # fmt: skip
_WORD = re.compile(r"[a-z][a-z'’-]+|\d+(?:[-–]\d+)?")
_VERB = re.compile(
    r"\b(?:was|were|is|are|stood at|stands at|rose|fell|increased|decreased|reduced|grew|dropped"
    r"|has|have|had|reached|totalled|remained|remains|"
    r"declined|improved|declining|falling|rising)\b",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:revis\w+|restat\w+|previously reported|at the time|provisional\w*|updated"
    r"|retrospective\w*|target\w*|forecast|project\w+|expected|"
    r"estimat\w+|compared|England|national\w*|region\w*|similar|statistical|neighbours?|average"
    r" of|cumulative|year to date|range|between|"
    r"per month|a month|each|respectively|additional|further|of which|of these|of whom|a peak"
    r"|previous)\b",
    re.IGNORECASE,
)


def content_words(text: str) -> frozenset[str]:
    """The words of a phrase that tell what it is about, in small letters and the singular."""
    found = (word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text.casefold()))
    return frozenset(_singular(word) for word in found if word not in _STOP)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class Claim:
    """A measure's value at a time, said somewhere."""

    words: frozenset[str]
    period: tuple[object, ...]
    number: Quantity
    at: str
    text: str


def two_values(paper: Paper) -> Iterator[Finding]:
    """The same words for the measure, the same period, and another figure."""
    found: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in (*_said(paper), *_shown(paper)):
        found[(claim.words, claim.period, claim.number.unit)].append(claim)
    for claims in found.values():
        one = claims[0]
        for other in claims[1:]:
            if one.text != other.text and _differ(one.number, other.number):
                what = (
                    f"{other.number.text} here, and {one.number.text} at {one.at} for the"
                    f" same: {quoted(other.text)}"
                )
                yield Finding(other.at, "two-values", what, _FIX)
                break


def _differ(one: Quantity, other: Quantity) -> bool:
    slack = max(one.step, other.step) / 2
    return abs(one.value - other.value) > slack and not one.hedge and not other.hedge


def _said(paper: Paper) -> Iterator[Claim]:
    """The measures that sentences give a figure and a period for."""
    for statement in paper.statements:
        if not statement.english.figures or _REVISED.search(statement.text):
            continue
        words = _counted(statement) or _subject(statement)
        if len(words) < 2 or words & {"it", "they", "this"}:
            continue
        for number, period in _dated(statement):
            yield Claim(words, _key(period), number, statement.at, statement.text)


_THERE = re.compile(r"\bthere (?:was|were|is|are|has been|have been)\s+$", re.IGNORECASE)


def _subject(statement: Statement) -> frozenset[str]:
    """The words before the last verb in front of the figures: "The number of repairs was 40"."""
    verbs = list(_VERB.finditer(statement.text, 0, statement.english.figures[0].start))
    return content_words(_without_periods(statement, verbs[-1].start())) if verbs else frozenset()


def _counted(statement: Statement) -> frozenset[str]:
    """The words after the figure of "There were 40 repairs overdue in May 2019"."""
    number = statement.english.figures[0]
    if not _THERE.search(statement.text[: number.start]) or number.unit != "":
        return frozenset()
    stops = [p.start for p in statement.english.periods if p.start > number.end]
    after = statement.text[number.end : min(stops, default=len(statement.text))]
    phrase = re.split(r"[,;:.(]|\b(?:up|down|compared|which|and)\b", after)[0]
    return content_words(phrase)


def _without_periods(statement: Statement, end: int) -> str:
    text = statement.text[:end]
    for period in statement.english.periods:
        if period.end <= end:
            text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    return text


def _key(period: Period) -> tuple[object, ...]:
    return (period.kind if period.kind != "day" else "month", str(period.last)[:7])


_IN = re.compile(r"[^.;,()\d]{0,60}(?:\b(?:in|at|on|by)(?: the end of)?\s|\s\()", re.IGNORECASE)


def _dated(statement: Statement) -> Iterator[tuple[Quantity, Period]]:
    """The figures of a sentence, each with the one period that stands right by it."""
    figures = [q for q in statement.english.figures if q.unit != "ordinal"]
    periods = [p for p in statement.english.periods if p.last is not None]
    levels = [
        q
        for q in figures
        if not re.search(
            r"\b(?:by|of|another|further)\s*$", statement.text[max(0, q.start - 8) : q.start]
        )
    ]
    if len(figures) == len(levels) == 1 and len(periods) == 1:
        yield figures[0], periods[0]
        return
    for change in statement.changes:
        for number in (change.base, change.value):
            near = [p for p in periods if number.end <= p.start]
            if near and _IN.fullmatch(statement.text, number.end, near[0].start):
                yield number, near[0]


def _shown(paper: Paper) -> Iterator[Claim]:
    """The cells of tables whose column is headed by a period and whose row names a measure."""
    for table in paper.tables:
        grid = Grid(table)
        dated = {}
        for column, heading in enumerate(grid.headings):
            periods = [p for p in find_periods(heading) if p.last is not None]
            if (
                len(periods) == 1
                and len(content_words(heading[: periods[0].start] + heading[periods[0].end :])) == 0
            ):
                dated[column] = periods[0]
        for row in grid.rows:
            words = content_words(row.label)
            for column, period in dated.items():
                shown = row.at(column)
                if shown is not None and len(words) > 1:
                    unit = "percent" if shown.percent else ""
                    number = Quantity(
                        0, 0, shown.text, shown.value, unit, max(shown.step, Decimal(0))
                    )
                    yield Claim(words, _key(period), number, grid.at(row), row.label)


CHECKS = (two_values,)
