"""Parts of "the 36 children", the lines of a list, and the names that a number announces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.consistency.paper import Finding, Paper, Statement, figure, quoted
from reporter.consistency.shares import items_of
from reporter.consistency.totals import FIX, is_near
from reporter.english import Quantity

_REST = re.compile(r"\b(?:the )?(?:remaining|remainder|rest|other)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"(?:^|\bthat )of (?:the |these |those |all )*$", re.IGNORECASE)


_COLOURS = re.compile(r"\b(?:green|amber|red)\b", re.IGNORECASE)


def parts_of_the_whole(paper: Paper) -> Iterator[Finding]:
    """ "Of the 36 children, 27 were girls and 8 boys": parts that nearly, but do not, make it."""
    for statement in paper.statements:
        figures = [q for q in statement.english.figures if q.unit == "" and not q.hedge]
        if len(figures) < 3 or not _OF_ALL.search(statement.text[: figures[0].start]):
            continue
        whole, parts = figures[0], figures[1:]
        sums = [sum((p.value for p in parts[:n]), Decimal(0)) for n in range(1, len(parts) + 1)]
        if whole.value in sums or statement.n_of_m:
            continue
        exhaustive = bool(_REST.search(statement.text[parts[0].end :])) or _has_all_colours(
            statement
        )
        slack = max(Decimal(1), whole.value / 20)
        off = [s for s in sums[1:] if abs(s - whole.value) <= slack]
        if (exhaustive and len(parts) >= 2) or off:
            added = off[0] if off else sums[-1]
            yield _unequal(statement, parts[: sums.index(added) + 1], whole, exhaustive)


def _has_all_colours(statement: Statement) -> bool:
    return len({word.casefold() for word in _COLOURS.findall(statement.text)}) == 3


def _unequal(
    statement: Statement, parts: Sequence[Quantity], whole: Quantity, sure: bool
) -> Finding:
    listed = " + ".join(part.text for part in parts)
    added = figure(sum((part.value for part in parts), Decimal(0)))
    what = f"{listed} make {added}, not {whole.text}: {quoted(statement.text)}"
    return Finding(statement.at, "sum", what, FIX, "error" if sure else "warning")


def colours_of_the_whole(paper: Paper) -> Iterator[Finding]:
    """ "12 of the 15 measures are green, 3 are amber and 2 are red"."""
    for statement in paper.statements:
        if len(statement.n_of_m) != 1 or len(set(_COLOURS.findall(statement.text.casefold()))) < 2:
            continue
        (pair,) = statement.n_of_m
        figures = [q for q in statement.english.figures if q.unit == ""]
        rest = [q for q in figures if q.start > pair.whole.end]
        each = all(_COLOURS.search(statement.text[q.end : q.end + 25]) for q in rest)
        if figures[:1] != [pair.part] or not rest or not each:
            continue
        added = pair.part.value + sum((q.value for q in rest), Decimal(0))
        wrong = (
            added != pair.whole.value if _has_all_colours(statement) else added > pair.whole.value
        )
        if wrong:
            yield _unequal(statement, [pair.part, *rest], pair.whole, True)


def items_of_the_whole(paper: Paper) -> Iterator[Finding]:
    """The lines of a list, each with its count, against the number that introduces them."""
    for statement in paper.statements:
        items = items_of(paper, statement)
        wholes = [q for q in statement.english.figures if q.unit == "" and not q.hedge]
        counts = (
            [
                q
                for item in items
                for q in item.statements[0].english.figures[:1]
                if q.start < 4 and q.unit == ""
            ]
            if items
            else []
        )
        if (
            len(wholes) == 1
            and len(counts) == len([i for i in items if not i.text.startswith("(")]) >= 2
        ):
            added = sum((q.value for q in counts), Decimal(0))
            if added != wholes[0].value and is_near(added, wholes[0].value):
                what = (
                    f"the lines below make {figure(added)}, not {wholes[0].text}:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "sum", what, FIX)
        yield from _named_number(statement, len(items))


_SO_MANY = re.compile(
    r"(?:\bthe following|\bthese|\bthere (?:are|were)|\bhas|\bhave|\binto|\bare|\bmain)\s+$",
    re.IGNORECASE,
)


def _named_number(statement: Statement, items: int) -> Iterator[Finding]:
    """ "the following three priorities:" before a list of another length."""
    figures = statement.english.figures
    if not items or not figures or not figures[-1].spelled or not 2 <= figures[-1].value <= 12:
        return
    number = figures[-1]
    follows = re.fullmatch(r"(?: [\w'’-]+){1,4}\s*:-?\s*", statement.text[number.end :])
    if follows and _SO_MANY.search(statement.text[: number.start]) and number.value != items:
        what = f"{number.text} are announced, and {items} follow: {quoted(statement.text)}"
        yield Finding(statement.at, "sum", what, FIX, "warning")


_LIST = re.compile(
    r"(?:\s*:|\s+–|\s+-|,? namely|\s*\(|,? which (?:are|were))\s*(?P<items>[^:;()\d]+?)\s*[).]*$"
)


def names_of_n(paper: Paper) -> Iterator[Finding]:
    """ "three of the five homes: A and B": as many names as the number says."""
    for statement in paper.statements:
        wholes = [pair.whole.start for pair in statement.n_of_m]
        for number in statement.english.figures:
            if number.start in wholes:
                continue
            listed = re.fullmatch(r"[\w\s'’-]{0,60}?" + _LIST.pattern, statement.text[number.end :])
            if number.unit != "" or not 2 <= number.value <= 12 or number.hedge or listed is None:
                continue
            few, many = _lengths(listed["items"])
            if few >= 2 and not few <= number.value <= many:
                what = f"{number.text} are announced, and {few} are named: {quoted(statement.text)}"
                yield Finding(statement.at, "sum", what, FIX, "warning")


def _lengths(items: str) -> tuple[int, int]:
    """The least and the most things that a list names: "A and B" may be one of them."""
    pieces = [p for p in re.split(r"\s*,\s*(?:and\s+)?", items) if p.strip()]
    last = 1 if pieces and re.search(r"\band\b", pieces[-1]) and len(pieces[-1].split()) <= 9 else 0
    ands = sum(len(re.findall(r"\band\b|&", piece)) for piece in pieces)
    proper = all(re.match(r"(?:the |and )*[A-Z]", piece) for piece in pieces) and bool(pieces)
    short = all(len(piece.split()) <= 6 for piece in pieces)
    if not short or not (proper or len(pieces) >= 2):
        return 0, 0
    return len(pieces) + (last if len(pieces) == 1 or last else 0), len(pieces) + ands


CHECKS = (parts_of_the_whole, colours_of_the_whole, items_of_the_whole, names_of_n)
