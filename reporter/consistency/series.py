"""Figures with their periods in one sentence, against its word of movement and its window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, zip_longest

from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.english import Period, Quantity

_FIX = "Put the word that the figures bear out, or correct the figures."
_IN = re.compile(
    r"\)?(?:\s[a-z]+){0,5}?,?\s*(?:\(?\s*(?:in|at|at the end of|as at|by|for|during|on|end of|to"
    r"|at end of)\s+(?:the end of |the )?|\()$",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each|steadily|consistently|consecutive|continuous(?:ly)?|continued|year on year"
    r"|month on month|quarter on quarter)\b",
    re.IGNORECASE,
)


def series_of(statement: Statement) -> list[tuple[date, Quantity, Period]]:
    """(day, figure, period) of a sentence's dated figures, in order of time; empty if unclear."""
    found: list[tuple[date, Quantity, Period]] = []
    figures = [q for q in statement.english.figures if q.unit != "ordinal"]
    dated = years_filled(statement.english.periods)
    for number, following in zip_longest(figures, figures[1:]):
        stop = following.start if following else len(statement.text)
        near = [(day, p) for day, p in dated if number.end <= p.start < stop]
        if near and _IN.fullmatch(statement.text[number.end : near[0][1].start]):
            found.append((near[0][0], number, near[0][1]))
    days = [day for day, _, _ in found]
    alike = len({q.unit for _, q, _ in found}) == 1 and len(set(days)) == len(days)
    return sorted(found, key=lambda entry: entry[0]) if alike and len(found) > 1 else []


def years_filled(periods: tuple[Period, ...]) -> list[tuple[date, Period]]:
    """The first day of each month, quarter or year; a month without a year takes the next one's."""
    found: list[tuple[date, Period]] = []
    year: int | None = None
    for period in reversed(periods):
        if period.first is not None:
            found.append((period.first, period))
            year = period.first.year
        elif period.kind == "month" and period.month and year:
            found.append((date(year, period.month, 1), period))
    return list(reversed(found))


def words_of_series(paper: Paper) -> Iterator[Finding]:
    """ "entries fell, with 1 in July, 9 in August and 13 in September"."""
    for statement in paper.statements:
        series = series_of(statement)
        senses = [s for s in statement.english.senses if s.family == "direction"]
        words = {s.sense for s in senses}
        if (
            len(series) < 2
            or len(words) != 1
            or any(s.negated for s in senses)
            or statement.changes
        ):
            continue
        figures = [q for q in statement.english.figures if q.unit != "ordinal"]
        if re.search(r"\bfrom\s(?:an? \w+ of\s)?$", statement.text[: figures[0].start]):
            continue
        extreme = any(s.family in ("extreme", "comparison") for s in statement.english.senses)
        if len(figures) != len(series) or extreme or len(senses) > 2:
            continue
        yield from _judged(statement, series, senses[0].sense, senses[0].text)


def _judged(
    statement: Statement, series: list[tuple[date, Quantity, Period]], sense: str, word: str
) -> Iterator[Finding]:
    first, last, before_last = series[0][1], series[-1][1], series[-2][1]
    listed = ", ".join(q.text for _, q, _ in series)
    moved, step = last.value - first.value, last.value - before_last.value
    up = sense == "up"
    if sense == "same":
        material = abs(moved) >= 5 and (last.unit == "percent" or abs(moved) * 10 >= first.value)
        if material:
            yield Finding(
                statement.at,
                "direction",
                f"{quoted(word)} is said of {listed}: {quoted(statement.text)}",
                _FIX,
                "warning",
            )
    elif moved and (moved > 0) != up:
        yield Finding(
            statement.at,
            "direction",
            f"{quoted(word)} is said of {listed}: {quoted(statement.text)}",
            _FIX,
        )
    elif len(series) > 2:
        steps = [b.value - a.value for (_, a, _), (_, b, _) in pairwise(series)]
        against = [s for s in steps if s and (s > 0) != up]
        if against and (
            _EVERY.search(statement.text)
            or (step in against and abs(step) * 4 >= before_last.value)
        ):
            what = (
                f"{quoted(word)} is said of {listed}, which does not go one way:"
                f" {quoted(statement.text)}"
            )
            yield Finding(statement.at, "direction", what, _FIX, "warning")


_WINDOW = re.compile(
    r"\b(?:over|throughout|during|in|across|for)\s+(?:the course of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_PEAK = re.compile(r"\b(?:peak(?:ed|ing)?|low|high|highest|lowest|trough)\b", re.IGNORECASE)


def windows(paper: Paper) -> Iterator[Finding]:
    """ "over the nine months", with figures a year apart or a peak from before."""
    for paragraph in paper.paragraphs:
        opening = paragraph.statements[0] if paragraph.statements else None
        if opening is None or paragraph.kind in ("heading", "caption"):
            continue
        window = next((p for p in opening.english.periods if _is_topic(opening, p)), None)
        if window is None:
            continue
        yield from _apart(opening, window, paragraph.statements[:2])
        yield from _outside(paper, window, paragraph.statements[:3])


def _is_topic(opening: Statement, period: Period) -> bool:
    """Whether a paragraph opens with a window that no date of its own ends."""
    if period.kind != "window" or period.months < 3:
        return False
    says_more = [q for q in opening.english.figures if not period.start <= q.start < period.end]
    dated = any(p.first for p in opening.english.periods)
    begins = _WINDOW.search(opening.text[: period.start])
    ended = (
        says_more
        or dated
        or re.match(
            r"\W*(?:up to|to|ending|ended|from|since|before|between)\b", opening.text[period.end :]
        )
    )
    return bool(begins) and not ended


def _months(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month


def _apart(
    opening: Statement, window: Period, statements: tuple[Statement, ...]
) -> Iterator[Finding]:
    """The first figures with two dates are as far apart as the window is long, or a month less."""
    for statement in statements:
        dated = [p for p in statement.english.periods if p.kind in ("month", "day") and p.first]
        ends = statement.changes or (len(series_of(statement)) == 2)
        if len(dated) != 2 or not ends:
            continue
        days = sorted(p.first for p in dated if p.first)
        months = _months(days[0], days[1])
        if abs(months - window.months) > 1:
            what = (f"the paragraph speaks of {window.text}, and its figures are {months} months"
                    f" apart "
                    f"({dated[0].text}, {dated[1].text}): {quoted(opening.text)}")  # fmt: skip
            yield Finding(
                statement.at, "date", what, "Say over which months the figures moved.", "warning"
            )
        return


def _outside(paper: Paper, window: Period, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    """A peak or low that is said to lie in the window lies before it."""
    end = paper.latest_month
    if end is None or not window.text.casefold().startswith(("last", "past", "previous")):
        return
    for statement in statements:
        for day, period in years_filled(statement.english.periods):
            said = _PEAK.search(statement.text[max(0, period.start - 45) : period.start])
            if period.kind == "month" and said and _months(day, end) > window.months:
                what = (f"{quoted(said.group())} in {period.text} lies outside {window.text},"
                        f" which the paragraph "
                        f"speaks of: {quoted(statement.text)}")  # fmt: skip
                yield Finding(
                    statement.at,
                    "date",
                    what,
                    "Check the month, or say that it was before.",
                    "warning",
                )


CHECKS = (words_of_series, windows)
