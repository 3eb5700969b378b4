"""Words that hold one figure against another: above, below, the highest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.consistency.series import series_of
from reporter.english import Quantity, Sense

_FIX = "Put the word that the figures bear out, or correct the figures."
_APART = re.compile(
    r"\b(?:to|from|by|and|but|or|which(?! (?:is|was)\b)|while|with|for|compared|against|points?"
    r"|year|quarter|months?)\b|;|:|\.(?!\d)"
)
_HELD_AGAINST = re.compile(r"(?:\b(?:of|at|was|is|the|average)|England|\(|,)\s*$|^\s*$")
_OTHERWISE = re.compile(r";|:|\.(?!\d)|\bby\s*$|\bfrom\b|\bbut\b")
_NO_LEVEL = re.compile(
    r"\b(?:from|by|around|between|(?:increase|rise|fall|reduction|decrease|drop|change) of)\s+"
    r"(?:an? \w+ of )?$"
)


def words_of_comparisons(paper: Paper) -> Iterator[Finding]:
    """ "842, lower than the March figure of 952"; "15%, above the target of 20%"."""
    for statement in paper.statements:
        senses = [s for s in statement.english.senses if s.family == "comparison"]
        sides = [s for s in senses if s.sense in ("above", "below") and not s.negated]
        figures = [q for q in statement.english.figures if q.unit not in ("ordinal", "times")]
        for one, other in pairwise(figures):
            between = [s for s in sides if one.end <= s.start and s.end <= other.start]
            if len(between) != 1 or not _is_held_against(statement, one, between[0], other):
                continue
            over = between[0].sense == "above"
            if one.value < other.value if over else one.value > other.value:
                what = f"{quoted(between[0].text)} is said of {one.text} and {other.text}"
                yield Finding(statement.at, "direction", f"{what}: {quoted(statement.text)}", _FIX)


def _is_held_against(statement: Statement, one: Quantity, side: Sense, other: Quantity) -> bool:
    """Whether the figure before a word of comparison is held against the one behind it."""
    text = statement.text
    before, behind = text[one.end : side.start], text[side.end : other.start]
    if one.unit != other.unit or one.hedge or _NO_LEVEL.search(text[: one.start]):
        return False
    if _APART.search(before) or len(before) > 45 or len(behind) > 70 or _OTHERWISE.search(behind):
        return False
    if not re.search(r"[,)]|\b(?:is|was|are|were|remain\w*|stands?|stood)\b", before):
        return False
    bare = not behind.strip() and not side.text.casefold().endswith("than")
    return bool(_HELD_AGAINST.search(behind)) and not bare


_COMPARED = re.compile(
    r"\s*(?:\)|,)?\s*(?:compared (?:with|to)|against|versus|vs\.?)\s*(?:just |only |an? |the )*"
    r"(?:[\w'’-]+ ){0,6}?(?:\(|of |at )?$",
    re.IGNORECASE,
)


def words_of_compared_pairs(paper: Paper) -> Iterator[Finding]:
    """ "remains higher than in England (11%, compared with 14%)"."""
    for statement in paper.statements:
        senses = [s for s in statement.english.senses if s.family == "comparison"]
        sides = [s for s in senses if s.sense in ("above", "below")]
        figures = statement.english.figures
        if len(sides) != 1 or len(figures) != 2 or sides[0].negated or statement.changes:
            continue
        one, other = figures
        between = statement.text[one.end : other.start]
        before = statement.text[sides[0].end : one.start]
        if one.unit != other.unit or not _COMPARED.fullmatch(between) or sides[0].end > one.start:
            continue
        if re.search(r"[.;:]|\b(?:but|and|while|with|target)\b", before):
            continue
        over = sides[0].sense == "above"
        if one.value < other.value if over else one.value > other.value:
            what = f"{quoted(sides[0].text)} is said of {one.text} and {other.text}"
            yield Finding(statement.at, "direction", f"{what}: {quoted(statement.text)}", _FIX)


_EXTREME = re.compile(
    r"\b(?P<word>highest|lowest|peak|largest|smallest)\b(?: (?:level|point|figure|rate|number"
    r"|month|value|being|was|is|at|of|in|with|the))*\s*(?:[A-Z]\w+ )?\(?$",
    re.IGNORECASE,
)
_EXTREME_AFTER = re.compile(
    r"^(?: [a-z]+)?\)?,? (?:which (?:is|was) |is |was |being )?the (?P<word>highest|lowest)\b"
    r"(?! (?:since|for|ever|in the|rate in|of any|nationally|in England|regionally|being|was|is"
    r"|at|of))",
    re.IGNORECASE,
)


def extremes(paper: Paper) -> Iterator[Finding]:
    """ "12, 18, 15 and 14, the highest being 15": a peak that another of the series passes."""
    for statement in paper.statements:
        figures = [
            q
            for q in statement.english.figures
            if q.unit not in ("ordinal", "times", "months", "years", "weeks", "days")
        ]
        units = {q.unit for q in figures}
        words = {s.sense for s in statement.english.senses if s.family == "extreme"}
        if len(units) != 1 or len(words) != 1 or statement.n_of_m:
            continue
        if not _is_one_series(statement, figures):
            continue
        for number in figures:
            found = _EXTREME.search(statement.text[: number.start]) or _EXTREME_AFTER.match(
                statement.text[number.end :]
            )
            if not found:
                continue
            high = found["word"].casefold() in ("highest", "peak", "largest")
            passed = [
                q for q in figures if (q.value > number.value if high else q.value < number.value)
            ]
            if passed:
                what = (
                    f"{number.text} is called the {found['word'].casefold()}, and"
                    f" {passed[0].text} passes it: {quoted(statement.text)}"
                )
                yield Finding(statement.at, "direction", what, _FIX)
            break


def _is_one_series(statement: Statement, figures: list[Quantity]) -> bool:
    """Whether all figures of a sentence are those of one series: each dated, or a plain list."""
    if len(figures) < 3 or any(q.hedge for q in figures):
        return False
    if len(series_of(statement)) == len(figures):
        return True
    gaps = [statement.text[a.end : b.start].strip() for a, b in pairwise(figures)]
    return (
        sum(gap in (",", "and", ", and") for gap in gaps) >= 2
        and len(gaps) <= sum(gap in (",", "and", ", and") for gap in gaps) + 1
    )


CHECKS = (words_of_comparisons, words_of_compared_pairs, extremes)
