"""Words that stand over columns and say what is measured, or of which group: all guesses."""

from __future__ import annotations

import re
from dataclasses import replace

from reporter.sources.officers.headings import AMOUNTS, TARGETS
from reporter.sources.officers.mapping import Heading, alike
from reporter.sources.officers.sniffing import UNIT, Sniffed
from reporter.sources.officers.vocabulary import TOTALS, area_of, is_period, role_of


def named_over(column: Sniffed) -> str:
    """The name of the measure over a column: its lowest heading, unless that is only a unit."""
    above = [name for name in column.names[:-1] if name]
    return above[-1] if above and UNIT.fullmatch(column.names[-1]) else column.names[-1]


def over_unit(column: Sniffed) -> bool:
    """Whether only the unit below the name of a measure says that a column holds figures."""
    named = len(column.names) > 1 and bool(UNIT.fullmatch(column.names[-1]))
    above = role_of(named_over(column)) is None and not area_of(named_over(column))
    return named and above and column.holds == "value" and not column.periods


def by_units(columns: list[Sniffed]) -> list[Sniffed]:
    """`columns` with those that give one label's number, rate and the like made measures of it.

    Such are the columns of one period that only a unit tells apart, and a rate beside others.
    """
    kinds = {column.holds for column in columns}
    if "measure" not in kinds or {"numerator", "denominator"} & kinds:
        return columns
    heads: dict[tuple[str, ...], set[str]] = {}
    for column in columns:
        if column.names and UNIT.fullmatch(column.names[-1]):
            heads.setdefault(column.names[:-1], set()).add(alike(column.names[-1]))
    found: list[Sniffed] = []
    for column in columns:
        name = column.names[-1] if column.names else ""
        beside = heads.get(column.names[:-1], set())
        if column.holds in TARGETS and len(beside) > 1 and column.heading:
            share = max(beside, key=lambda word: ("%" in word, "rate" in word, word))
            heading = replace(column.heading, measure=share)
            column = replace(column, heading=heading, why="it stands beside the figure of a share")
        one_of = len(heads.get(column.names[:-1], ())) > 1 and UNIT.fullmatch(name)
        rated = RATED.fullmatch(name)
        if column.numbers and (one_of or (rated and not column.heading)):
            area = area_of(rated[1] or "") if rated else ""
            text = rated[2] if rated and area else name
            why = "it says what it gives of each row's label"
            column = replace(column, heading=Heading(measure=text, area=area), why=why)
        found.append(column)
    return found


RATED = re.compile(
    r"(?:(\S.*?\S) )?(rate(?: per [\d,]+(?: \w+){0,2})?|per [\d,]+(?: \w+)?|number|%)", re.I
)
"""A unit that may stand behind the name of a place: MSG rate per 1,000."""


def undated(columns: list[Sniffed]) -> list[Sniffed]:
    """`columns` with comparators and parts that name no period made those of the latest.

    Only where other columns name theirs; what our own figure is of is never guessed so.
    """
    if not any(column.periods for column in columns):
        return columns
    why = "it names no period; the latest is usual"
    found = []
    for column in columns:
        part = column.holds in ("numerator", "denominator")
        roles = [role_of(name) for name in column.names]
        part = part and not any(role and role.period for role in roles)
        if not column.periods and column.numbers and (part or (column.area and not column.heading)):
            heading = column.heading or Heading(area=column.area)
            column = replace(column, heading=replace(heading, period="latest"), why=why)
        found.append(column)
    return found


def over_amounts(columns: list[Sniffed]) -> list[Sniffed]:
    """`columns` with the measures that stand over Actual and Target where periods stand down."""
    kinds = {column.holds for column in columns}
    words = {
        column.number: next((n for n in reversed(column.names) if not role_of(n)), "")
        for column in columns
        if column.holds in AMOUNTS and not column.periods and not column.area
    }
    names = set(words.values()) - {""}
    if "measure" in kinds or "period" not in kinds or len(names) < 2 or "" in words.values():
        return columns
    why = "periods stand down, and the measure over it"
    return [
        replace(column, heading=replace(column.heading, measure=words[column.number]), why=why)
        if column.number in words and column.heading
        else column
        for column in columns
    ]


def over_periods(columns: list[Sniffed], area: str) -> list[Sniffed]:
    """`columns` with the words over periods that stand under several of them told apart.

    They are measures where the rows are members of a group, else members of the row's measure.
    """
    words = {column.number: word for column in columns if (word := _word_over(column, area))}
    when = {
        number: tuple(c.text for c in column.path if c.text != words[number])
        for column in columns
        if (number := column.number) in words
    }
    if len(set(words.values())) < 2 or len(set(when.values())) == len(when):
        return columns
    rows = next((c for c in columns if c.holds in ("measure", "category")), None)
    if rows and rows.holds == "measure" and not any(_whole_group(text) for text in rows.texts):
        return [
            category(column, words[column.number]) if column.number in words else column
            for column in columns
        ]
    why = "measures stand over the periods, and each row is a part of them"
    found = []
    for column in columns:
        if column.number in words:
            heading = Heading(measure=words[column.number])
            column = replace(column, heading=heading, why=why)
        elif column is rows and rows.holds == "measure":
            column = replace(column, heading=Heading(holds="category", breakdown="group"), why=why)
        found.append(column)
    return found


def _word_over(column: Sniffed, area: str) -> str:
    """The one word over a column of a period that says nothing known; "" where there is none."""
    if not column.periods or column.area or column.heading:
        return ""
    texts = [cell.text for cell in column.path if not cell.day and not is_period(cell.text)]
    ours = alike(area) if area else None
    own = [text for text in texts if not role_of(text) and alike(text) != ours]
    return own[-1] if own else ""


def _whole_group(text: str) -> bool:
    """Whether a label is the whole of the rows beside it."""
    return bool(TOTALS.fullmatch(alike(text)) or re.match(r"all\b", alike(text)))


def category(column: Sniffed, word: str = "") -> Sniffed:
    """A column of one category, `word`, where measures stand down and nothing else across."""
    kind = next((name for name in column.names[:-1] if name and name != word), "group")
    kind = "group" if word else kind
    word = word or column.names[-1]
    breakdown = "_".join(alike(kind).split())
    heading = Heading(breakdown=breakdown, category=word)
    return replace(column, heading=heading, why="measures stand down, and no period across")
