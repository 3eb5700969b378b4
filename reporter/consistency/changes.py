"""The stated size of a change against its two ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reporter.consistency.paper import Finding, Paper, Statement, figure, quoted
from reporter.english import Change, Quantity

FIX = "Work the change out again from its two ends, or correct the end that is wrong."
_NOUNS = (r"increases?|decreases?|rises?|falls?|reductions?|drops?|growth|declines?"
          r"|improvements?|changes?|differences?|uplift|"
          r"more|less|fewer|higher|lower|greater|up|down|above|below")  # fmt: skip
_BEFORE = re.compile(
    r"(?:\bby|\b(?:increase|decrease|rise|fall|reduction|drop|growth|decline|improvement|change"
    r"|difference|uplift) of|\b(?:up|down|increased|decreased|rose|fell|reduced|grew|risen"
    r"|fallen|dropped|declined))"
    r"\s*(?:an? |about |around |some |just |over |under |nearly |almost |approximately |more"
    r" than |a further |\+)*$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\s*(?:[a-z]+ )?(?:increase|decrease|rise|fall|reduction|drop|growth|decline|improvement"
    r"|uplift)\b",
    re.IGNORECASE,
)
_THAN_AFTER = re.compile(
    r"\s*(?:[a-z]+ )?(?:more|less|fewer|higher|lower|greater) than\b", re.IGNORECASE
)
_AFTER = re.compile(rf"\s*(?:[a-z]+ ){{0,3}}?(?:{_NOUNS})\b", re.IGNORECASE)
_THIS = re.compile(
    r"^(?:(?:this|that|it) (?:is|was|represents|represented|equates to|amounts to|means)|a"
    r" (?:rise|fall|reduction|decrease|increase|drop)|an increase)\b",
    re.IGNORECASE,
)


def sizes_of_changes(paper: Paper) -> Iterator[Finding]:
    """ "up by 37 from 202 to 238"; "from 111 to 77, a reduction of 35%"."""
    for statement in paper.statements:
        if len(statement.changes) != 1:
            yield from _each_in_its_clause(statement)
            continue
        (change,) = statement.changes
        for size in sizes_in(statement, change):
            yield from _against(statement, change, size)
    for statement in paper.statements:
        before = paper.before(statement)
        if (
            before is None
            or not _THIS.match(statement.text)
            or len(before.changes) != 1
            or statement.changes
        ):
            continue
        for size in sizes_in(statement, None)[:1]:
            yield from _against(statement, before.changes[0], size)


def _each_in_its_clause(statement: Statement) -> Iterator[Finding]:
    """Several changes in a sentence: each with the size in brackets or commas right after it."""
    for change in statement.changes:
        end = max(change.base.end, change.value.end)
        later = [
            min(c.base.start, c.value.start)
            for c in statement.changes
            if min(c.base.start, c.value.start) > end
        ]
        stop = min(later, default=len(statement.text))
        for size in sizes_in(statement, change):
            if end <= size.start < stop and re.match(
                r"[^.;]{0,40}?[(,]", statement.text[end : size.start + 1]
            ):
                yield from _against(statement, change, size)
                break


_ELSEWHERE = re.compile(
    r";|\b(?:with|of which|of whom|but|while|whereas|including)\b"
    r"|\band\b(?! (?:is|was|represents|equates)\b)",
    re.IGNORECASE,
)


def sizes_in(statement: Statement, change: Change | None) -> list[Quantity]:
    """The figures that say how large a change is: not its ends, nor those of another clause."""
    found = []
    for number in statement.english.figures:
        if number.unit == "ordinal" or (change and _is_apart(statement, change, number)):
            continue
        before, after = statement.text[: number.start], statement.text[number.end :]
        alone = change is not None and _is_bracketed_size(statement, change, number)
        said = _BEFORE.search(before) or _NOUN_AFTER.match(after)
        beside = change is not None and _is_beside(statement, change, number)
        loose = change is None and _AFTER.match(after)
        if alone or said or beside or loose or _THAN_AFTER.match(after):
            found.append(number)
    return found


def _is_beside(statement: Statement, change: Change, number: Quantity) -> bool:
    """Whether "500 fewer" stands right behind the ends of a change, with a comma between."""
    last = max(change.base.end, change.value.end)
    gap, after = statement.text[last : number.start], statement.text[number.end :]
    closed = re.match(r"\s(?:more|fewer|less|higher|lower)(?=[.,;)]|$)", after)
    return (
        number.start > last and re.fullmatch(r"(?:\s[a-z]+)?, ", gap) is not None and bool(closed)
    )


def _is_bracketed_size(statement: Statement, change: Change, number: Quantity) -> bool:
    """Whether a percentage stands alone in brackets right behind the ends of a change."""
    last = max(change.base.end, change.value.end)
    if number.unit not in ("percent", "points") or number.start < last:
        return False
    between, after = statement.text[last : number.start], statement.text[number.end :]
    compared = re.search(
        r"\b(?:above|below|median|average|target|than|with|for|England)\b", between
    )
    bracket = re.fullmatch(r"[^;()]{0,40}\(\s*[-+−]?", between)
    return bool(bracket and not compared and after.lstrip().startswith(")"))


def _is_apart(statement: Statement, change: Change, number: Quantity) -> bool:
    """Whether a figure is an end of the change or stands in another clause than it."""
    ends = (change.base, change.value)
    if any(number.start == end.start for end in ends):
        return True
    first, last = min(end.start for end in ends), max(end.end for end in ends)
    if number.start < first:
        between = statement.text[number.end : first]
    else:
        between = statement.text[last : number.start]
    return first < number.start < last or len(between) > 80 or bool(_ELSEWHERE.search(between))


def _against(statement: Statement, change: Change, size: Quantity) -> Iterator[Finding]:
    said = problem_of(change, size)
    if said:
        yield Finding(
            statement.at,
            "points" if "percentage point" in said else "change",
            f"{said}: {quoted(statement.text)}",
            FIX,
        )


def problem_of(change: Change, size: Quantity) -> str:
    """What is wrong with the stated size of a change; empty where it may be right."""
    base, value = change.base, change.value
    difference, slack = abs(value.value - base.value), (base.step + value.step) / 2
    ends = f"{base.text} to {value.text}"
    if size.unit == "percent" and value.unit == "percent":
        relative = 100 * difference / base.value if base.value else Decimal(0)
        as_points = difference == abs(size.value) and abs(relative - difference) > size.step / 2
        if is_percent_of(change, size) and not as_points:
            return ""
        return f"{ends} is {figure(difference)} percentage points, not {size.text}"
    if size.unit in ("percent", "fraction"):
        return "" if is_percent_of(change, size) else _wrong_percent(change, size, ends)
    if size.unit == "times":
        return ""
    alike = size.unit in (value.unit, base.unit) or (
        size.unit == "points" and value.unit == "percent"
    )
    if not alike or _allows(size, difference, slack + size.step / 2):
        return ""
    # A figure of another size, or one of the ends said again, is no slip of the change.
    if (
        size.unit == ""
        and difference > 0
        and (abs(size.value) > 10 * difference or abs(size.value) in (base.value, value.value))
    ):
        return ""
    unit = " percentage points" if value.unit == "percent" else ""
    shown = f"£{figure(difference)}" if value.unit == "gbp" else figure(difference)
    return f"{ends} is a change of {shown}{unit}, not {size.text}"


def _wrong_percent(change: Change, size: Quantity, ends: str) -> str:
    if not change.base.value:
        return ""
    exact = 100 * (change.value.value - change.base.value) / change.base.value
    return f"{ends} is a change of {figure(abs(exact).quantize(Decimal('0.1')))}%, not {size.text}"


def is_percent_of(change: Change, size: Quantity) -> bool:
    """Whether a stated percentage may be the change of its ends, all as they are rounded."""
    base, value = change.base, change.value
    if base.value <= 0:
        return True
    stated = abs(100 * size.value if size.unit == "fraction" else size.value)
    low = 100 * (abs(value.value - base.value) - (value.step + base.step) / 2) / base.value
    high = 100 * (abs(value.value - base.value) + (value.step + base.step) / 2) / base.value
    if base.step == value.step == 1 and base.unit == value.unit == "":
        low = high = 100 * abs(value.value - base.value) / base.value
    slack = size.step / 2 + (2 if size.unit == "fraction" else 0)
    if size.hedge or base.hedge or value.hedge:
        slack += max(Decimal(2), stated / 10)
    return low - slack <= stated <= high + slack


def _allows(size: Quantity, difference: Decimal, slack: Decimal) -> bool:
    """Whether a difference fits a stated size: exact, or on the side that its hedge says."""
    stated = abs(size.value)
    if size.hedge == "over":
        return difference >= stated - slack
    if size.hedge == "under":
        return difference <= stated + slack
    if size.hedge == "about":
        return abs(difference - stated) <= slack + stated / 10
    if size.unit == "" and size.step == 1 and slack == Decimal("1.5"):
        return difference == stated
    return abs(difference - stated) <= slack


CHECKS = (sizes_of_changes,)
