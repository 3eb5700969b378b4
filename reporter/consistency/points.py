"""Percent said of a change of a percentage, where percentage points are meant (STANDARDS 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.changes import sizes_in
from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.english import Quantity

_FIX = "Write percentage points, or give both percentages."
_SIDES = r"(?:higher|lower|more|less|better|worse|above|below|up|down)"
_NOUNS = (
    r"(?:increase|decrease|rise|fall|reduction|drop|improvement|decline|growth|difference"
    r"|change|deterioration|gap)"
)
_THIS = re.compile(
    rf"^(?:(?:this|that|it|which) (?:is|was|represents|represented|equates to|shows|marks)\b|an?"
    rf" (?:\w+ )?{_NOUNS}\b|\d[\d.]*\s?(?:%|per cent) {_SIDES}\b)",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    rf"(?:\b{_NOUNS} (?:of |\()(?:about |around |just |over |almost |nearly |approximately )*"
    rf"|\bby (?:about |around |just |over |almost |nearly |a further )*|\b(?:up|down) (?:by )?)$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    rf"\s*(?:{_SIDES} than|{_NOUNS}\b|{_SIDES}\b(?= (?:on|than|the)))", re.IGNORECASE
)
_APART = re.compile(
    r"^\s*[,(–-]\s*(?:which (?:is|was|represents) )?"
    rf"(?:(?:an? )?(?:\w+ )?{_NOUNS} (?:of )?|(?:up|down) (?:by )?)?$",
    re.IGNORECASE,
)
_SHARE_SUBJECT = re.compile(
    r"\b(?:percentage|proportion|share|conversion rate)\b(?: of\b)?", re.IGNORECASE
)
_MOVED = re.compile(
    r"\b(?:rose|risen|fell|fallen|increased|decreased|improved|dropped|grew|declined|reduced"
    r"|grown) by (?:about |around |just |over |almost |nearly )*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:relative|proportionate|in relative terms)\b", re.IGNORECASE)


def percent_for_points(paper: Paper) -> Iterator[Finding]:
    """ "88% were on time. This is 5% higher than last quarter.", and the same in one sentence."""
    for statement in paper.statements:
        if _RELATIVE.search(statement.text):
            continue
        sizes = [size.start for change in statement.changes for size in sizes_in(statement, change)]
        ends = [end.start for c in statement.changes for end in (c.base, c.value)]
        for number in statement.english.figures:
            if number.start in (*sizes, *ends):
                continue
            if (
                number.unit == "percent"
                and _is_change(statement, number)
                and _level_of(paper, statement, number)
            ):
                what = (
                    f"{number.text} is said of the change of a percentage, so that it is"
                    f" either percentage points or a share of the earlier figure:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "points", what, _FIX, "warning")
                break


def _is_change(statement: Statement, number: Quantity) -> bool:
    before, after = statement.text[: number.start], statement.text[number.end :]
    return bool(_CHANGE_BEFORE.search(before) or _CHANGE_AFTER.match(after))


def _level_of(paper: Paper, statement: Statement, number: Quantity) -> bool:
    """Whether what changed is a percentage: by the sentence before, a level beside it, its name."""
    if _THIS.match(statement.text):
        before = paper.before(statement)
        return (
            before is not None
            and _speaks_of_one_share(before)
            and number is statement.english.figures[0]
        )
    earlier = [q for q in statement.english.figures if q.end <= number.start]
    if earlier and earlier[-1].unit == "percent":
        between = statement.text[earlier[-1].end : number.start]
        return bool(_APART.match(between)) and not _is_change(statement, earlier[-1])
    moved = _MOVED.search(statement.text[: number.start])
    subject = _SHARE_SUBJECT.search(statement.text[: number.start])
    return bool(
        not earlier
        and moved
        and subject
        and subject.start() < 25
        and len(statement.english.figures) == 1
    )


def _speaks_of_one_share(before: Statement) -> bool:
    """Whether the last figure of a sentence is a percentage that is no change itself."""
    figures = before.english.figures
    levels = [q for q in figures if q.unit == "percent" and not _is_change(before, q)]
    return len(levels) == 1 and figures[-1] is levels[0]


_DOUBLE = re.compile(
    r"\b(?:(?P<down>down|fell|fallen|decreas\w+|reduc\w+|drop\w*|declin\w+|lower|fall)"
    r"|(?P<up>up|rose|risen|increas\w+|grew|grown|rise))\s+(?:by |of )?[-−–]£?\d[\d,.]*%?",
    re.IGNORECASE,
)


def double_signs(paper: Paper) -> Iterator[Finding]:
    """ "down -12%" and "up by -3%": the word and the sign together say the opposite of one."""
    for statement in paper.statements:
        for found in _DOUBLE.finditer(statement.text):
            how = "twice that it fell" if found["down"] else "that it rose and that it fell"
            what = f"{quoted(found.group())} says {how}: {quoted(statement.text)}"
            yield Finding(statement.at, "direction", what, "Leave out the sign or the word.")


CHECKS = (percent_for_points, double_signs)
