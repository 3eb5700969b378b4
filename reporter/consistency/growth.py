"""Changes told by their size and one end, against another figure, or in times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reporter.consistency.changes import FIX, is_percent_of, problem_of
from reporter.consistency.paper import Finding, Paper, Statement, figure, quoted
from reporter.english import Change, Quantity

_THAN = re.compile(
    r"\s(?:[\w'’-]+ ){0,3}?(?P<side>more|fewer|less|higher|lower) than (?:the |a |last year's )?"
    r"(?:[A-Za-z'’-]+ ){0,5}(?:of )?",
    re.IGNORECASE,
)


def differences(paper: Paper) -> Iterator[Finding]:
    """ "There were 304 plans, 37 more than the 262 in March"."""
    for statement in paper.statements:
        figures = statement.english.figures
        for value, size, base in zip(figures, figures[1:], figures[2:], strict=False):
            than = _THAN.fullmatch(statement.text, size.end, base.start)
            alike = value.unit == base.unit and size.unit in (value.unit, "points")
            near = not re.search(r"[;:]|\.(?!\d)", statement.text[value.end : size.start])
            if not than or not alike or not near or statement.changes or base.unit == "percent":
                continue
            up = than["side"].casefold() in ("more", "higher")
            said = problem_of(Change(base, value), size)
            if (value.value > base.value) != up:
                said = f"{quoted(than['side'])} is said of {base.text} to {value.text}"
            if said:
                yield Finding(statement.at, "change", f"{said}: {quoted(statement.text)}", FIX)


_BY_TO = re.compile(r"\bby\s+$", re.IGNORECASE)


def changes_without_a_base(paper: Paper) -> Iterator[Finding]:
    """ "rose by 86 to 176 (80%)": the size and the end give the base, those two the share."""
    for statement in paper.statements:
        figures = statement.english.figures
        for size, end, share in zip(figures, figures[1:], figures[2:], strict=False):
            by = _BY_TO.search(statement.text[: size.start])
            onward = re.fullmatch(
                r"(?:\s[\w'’-]+){0,5}\s\(?(?:up |down )?to\s", statement.text[size.end : end.start]
            )
            beside = re.fullmatch(
                r"\s*[,(]\s*(?:an? (?:rise|increase|fall|reduction) of )?",
                statement.text[end.end : share.start],
            )
            counts = size.unit == end.unit == "" and share.unit == "percent"
            if not (by and onward and beside and counts) or statement.changes:
                continue
            fell = _FELL.search(statement.text[: size.start])
            base = Quantity(0, 0, "", end.value + size.value if fell else end.value - size.value)
            if base.value > 0 and not is_percent_of(Change(base, end), share):
                exact = figure((100 * size.value / base.value).quantize(Decimal("0.1")))
                what = f"{size.text} on {figure(base.value)} is {exact}%, not {share.text}"
                yield Finding(statement.at, "change", f"{what}: {quoted(statement.text)}", FIX)


_FELL = re.compile(
    r"\b(?:fell|fallen|down|decreas\w+|reduc\w+|dropp?\w*|declin\w+)\b", re.IGNORECASE
)
_TIMES = re.compile(
    r"\b(?P<hedge>more than |over |almost |nearly |about |around |roughly |just over |just under"
    r" )?(?:(?P<up>doubl|trebl|tripl|quadrupl)(?:ed|ing)|(?P<down>halv)(?:ed|ing))\b",
    re.IGNORECASE,
)
_FACTORS = {
    "doubl": Decimal(2),
    "trebl": Decimal(3),
    "tripl": Decimal(3),
    "quadrupl": Decimal(4),
    "halv": Decimal("0.5"),
}


def ratios(paper: Paper) -> Iterator[Finding]:
    """ "doubled from 12 to 20"; "fell by a third from 90 to 80" is a change's size, above."""
    for statement in paper.statements:
        found = _TIMES.search(statement.text)
        if found is None or len(statement.changes) != 1:
            continue
        (change,) = statement.changes
        if change.base.value <= 0 or not _close_to(statement, found.end(), change):
            continue
        factor = _FACTORS[(found["up"] or found["down"]).casefold()]
        ratio = change.value.value / change.base.value
        if not _is_about(ratio, factor, (found["hedge"] or "").strip().casefold()):
            what = (f"{change.base.text} to {change.value.text} is"
                    f" {figure(ratio.quantize(Decimal('0.01')))} times as many, not "
                    f"{found.group().strip()}: {quoted(statement.text)}")  # fmt: skip
            yield Finding(statement.at, "change", what, FIX)


def _close_to(statement: Statement, end: int, change: Change) -> bool:
    first = min(change.base.start, change.value.start)
    return first > end and not re.search(r"[;:]|, (?:and|but|while)\b", statement.text[end:first])


def _is_about(ratio: Decimal, factor: Decimal, hedge: str) -> bool:
    if hedge in ("more than", "over", "just over"):
        return ratio > factor if factor > 1 else ratio < factor
    if hedge in ("almost", "nearly", "just under"):
        return abs(ratio - factor) <= factor / 5 and (
            ratio < factor if factor > 1 else ratio > factor
        )
    return abs(ratio - factor) <= factor * Decimal("0.12")


_TIMES_AS = re.compile(
    r"\s(?:as (?:many|much|high|large|long) as |the size of )?(?:the |that of |last year's )?"
    r"(?:[A-Za-z'’-]+ ){0,6}(?:of |\(|at )",
    re.IGNORECASE,
)
_HEDGES = {"over": "more than", "under": "almost"}


def multiples(paper: Paper) -> Iterator[Finding]:
    """ "At 55 it is more than twice the England rate of 30"."""
    for statement in paper.statements:
        figures = statement.english.figures
        for one, times, other in zip(figures, figures[1:], figures[2:], strict=False):
            is_multiple = times.unit == "times" or (times.text.casefold() == "half")
            held = _TIMES_AS.fullmatch(statement.text, times.end, other.start)
            apart = re.search(
                r"[;:]|\.(?!\d)|\b(?:but|and)\b", statement.text[one.end : times.start]
            )
            base = re.search(r"\b(?:from|by)\s+(?:an? \w+ of )?$", statement.text[: one.start])
            if (
                not is_multiple
                or not held
                or apart
                or base
                or one.unit != other.unit
                or not other.value
            ):
                continue
            before = statement.text[max(0, times.start - 9) : times.start].casefold()
            nearly = before.endswith(("almost ", "nearly "))
            hedge = "almost" if nearly else _HEDGES.get(times.hedge, "")
            if not _is_about(one.value / other.value, times.value, hedge):
                ratio = figure((one.value / other.value).quantize(Decimal("0.01")))
                what = f"{one.text} is {ratio} times {other.text}, not {times.text}"
                yield Finding(statement.at, "change", f"{what}: {quoted(statement.text)}", FIX)


CHECKS = (differences, changes_without_a_base, ratios, multiples)
