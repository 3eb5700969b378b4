"""Sums of money across: Budget, Outturn and Variance, with their year and unit in one heading."""

from __future__ import annotations

import re
from dataclasses import replace

from reporter.sources.officers.mapping import Heading, alike
from reporter.sources.officers.period_words import read_words
from reporter.sources.officers.sniffing import Sniffed

_SUM = re.compile(
    r"(?:(?:original|revised|latest|current|approved|annual|full[ -]year|net|gross|working|profiled"
    r"|forecast|projected|provisional|actual|final|total|ytd) )*"
    r"(?:budgets?|outturn|forecast|projection|actuals?|spend|expenditure|variance|income"
    r"|over ?/? ?\(?under\)? ?-?spend|commitments?)(?: (?:to date|at year end))?"
)
_SCALE = re.compile(r"[(,\s]*£\s?['’]?(?:0{3}s?|k|m|millions?)?\s*\)?$|[(,\s]*['’]?0{3}s\)?$", re.I)


def across(columns: list[Sniffed]) -> list[Sniffed]:
    """`columns` with those of budgets beside outturns, forecasts or variances made measures, of
    which each row is a part.

    Only where a heading says a period or a unit of money beside the sum; plain ones are read alike
    without that.
    """
    named = {c.number: name for c in columns if c.numbers and (name := _sum_over(c))}
    budgets = [name for name in named.values() if "budget" in alike(name)]
    if len(named) < 2 or not budgets or not any(map(_says_more, columns)):
        return columns
    texts = [c for c in columns if not c.numbers and c.holds in ("measure", "ignore", "")]
    rows = max(texts, key=lambda c: len(set(c.texts)), default=None)
    found = []
    for column in columns:
        if column.number in named:
            dated = any(read_words(name).says for name in column.names)
            heading = Heading(measure=named[column.number])
            why = "it names a sum of money beside a budget"
            column = replace(column, heading=heading, why=why, periods=column.periods or dated)
        elif column is rows:
            kind = "_".join(re.findall("[a-z0-9]+", alike(column.names[-1]))) or "group"
            kind = "group" if column.names[-1].startswith("(column ") else kind
            why = "sums of money stand across, and each row is a part of them"
            column = replace(column, heading=Heading(holds="category", breakdown=kind), why=why)
        found.append(column)
    return found


def _says_more(column: Sniffed) -> bool:
    """Whether the name of a sum stands in one heading with its period or unit."""
    name = _sum_over(column)
    return bool(name) and (name not in column.names or bool(_SCALE.search(name)))


def _sum_over(column: Sniffed) -> str:
    """The name of the sum of money over a column, without its period; "" where there is none."""
    for text in reversed(column.names):
        part = read_words(text)
        rest = _as_written(text, part.rest) if part.says else text
        if rest and _SUM.fullmatch(alike(_SCALE.sub("", rest))):
            return rest
    return ""


def _as_written(text: str, rest: str) -> str:
    """The words `rest` of `text` with its capitals."""
    at = text.casefold().find(rest)
    return text[at : at + len(rest)] if at >= 0 else rest
