"""What a Word comment says of a generated paragraph: the rules, the figures and where they
stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from reporter.facts import Fact
from reporter.prose import Statement
from reporter.rounding import without_dust

MOST_LINES = 40
SHOWN = 6
"""Rows of a file that a line names."""


def evidence_lines(statements: Iterable[Statement]) -> list[str]:
    """A line a statement with its rules, then one a fact; the rest is left to the evidence file."""
    lines: list[str] = []
    for statement in statements:
        rules = f" by rule {', '.join(statement.rules)}" if statement.rules else ""
        lines.append(f"{statement.id}{rules}")
        lines += dict.fromkeys(_fact_line(fact) for fact in statement.facts)
    if len(lines) > MOST_LINES:
        left = len(lines) - MOST_LINES + 1
        lines = [*lines[: MOST_LINES - 1], f"And {left} lines more in the evidence file."]
    return lines


def _fact_line(fact: Fact) -> str:
    what = [fact.indicator, fact.area]
    what += [f"{fact.breakdown}: {fact.category}"] if fact.category else []
    figures = []
    if fact.value is not None:
        figures.append(f"{_plain(fact.value)} ({fact.period})")
    if fact.base_value is not None:
        figures.append(f"from {_plain(fact.base_value)} ({fact.base_period})")
    if fact.comparator_value is not None:
        when = f", {fact.comparator_period}" if fact.comparator_period else ""
        figures.append(f"against {_plain(fact.comparator_value)} ({fact.comparator}{when})")
    if fact.result is not None:
        figures.append(f"result {_plain(fact.result)} {fact.result_unit}".rstrip())
    said = ", ".join(figures) or "no figure"
    return f"{fact.kind}, {', '.join(what)}: {said}. {_where(fact)}".rstrip()


def _where(fact: Fact) -> str:
    held: dict[tuple[str, str], list[Any]] = {}
    at, rows = "", list[Any]()
    for file, row, cell, statement, to in fact.sources:
        if cell or statement:
            kind = "cell" if cell else "statement"
            held.setdefault((file, kind), []).append(cell or statement)
            continue
        if file != at or not rows:
            at, rows = file, held.setdefault((file, "row"), [])
        rows.append((row, to if to > row else row))
    places = (_place(file, kind, found) for (file, kind), found in held.items())
    return f"{'; '.join(places)}." if held else ""


def _place(file: str, kind: str, found: Sequence[Any]) -> str:
    """The first few of what was `found` in a file, names of cells or runs of rows."""
    if kind == "row":
        first, count = _first_rows(found), _rows_in(found)
    else:
        names = dict.fromkeys(found)
        first, count = islice(names, SHOWN), len(names)
    more = f" and {count - SHOWN} more" if count > SHOWN else ""
    return f"{file} {kind}{'s' if count > 1 else ''} {', '.join(map(str, first))}{more}"


def _first_rows(runs: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The rows that are shown of `runs` (first and last row), each once, in order."""
    rows: dict[int, None] = {}
    for first, last in runs:
        if first == last:
            rows[first] = None
        else:
            rows |= dict.fromkeys(range(first, min(last, first + SHOWN - 1) + 1))
        if len(rows) >= SHOWN:
            break
    return islice(rows, SHOWN)


def _rows_in(runs: Iterable[tuple[int, int]]) -> int:
    """How many different rows there are in `runs`, without a look at each row of a long one."""
    count = reached = 0
    for first, last in sorted(runs):
        if last > reached:
            count += last - (first - 1 if first > reached else reached)
            reached = last
    return count


def _plain(value: float) -> str:
    exact = without_dust(value)
    return str(int(exact)) if exact.is_integer() else repr(exact)
