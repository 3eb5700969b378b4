"""What a Word comment says of a generated paragraph: the rules, the figures and where they
stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

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
    held: dict[tuple[str, str], tuple[list[str], list[tuple[int, int]]]] = {}
    for file, row, cell, statement, to in fact.sources:
        kind = "cell" if cell else "statement" if statement else "row"
        names, runs = held.setdefault((file, kind), ([], []))
        if cell or statement:
            names.append(cell or statement)
        else:
            runs.append((row, max(row, to)))
    places = []
    for (file, kind), (names, runs) in held.items():
        count = len(set(names)) + _rows_in(runs)
        shown = ", ".join(
            map(str, islice(dict.fromkeys(names), SHOWN) if names else _first_rows(runs))
        )
        more = f" and {count - SHOWN} more" if count > SHOWN else ""
        places.append(f"{file} {kind}{'s' if count > 1 else ''} {shown}{more}")
    return f"{'; '.join(places)}." if places else ""


def _first_rows(runs: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The rows that are shown of `runs` (first and last row), each once, in order."""
    rows: dict[int, None] = {}
    for first, last in runs:
        rows |= dict.fromkeys(range(first, min(last, first + SHOWN - 1) + 1))
        if len(rows) >= SHOWN:
            break
    return islice(rows, SHOWN)


def _rows_in(runs: Iterable[tuple[int, int]]) -> int:
    """How many different rows there are in `runs`, without a look at each row of a long one."""
    count = reached = 0
    for first, last in sorted(runs):
        if last > reached:
            count += last - max(first - 1, reached)
            reached = last
    return count


def _plain(value: float) -> str:
    exact = without_dust(value)
    return str(int(exact)) if exact == int(exact) else repr(exact)
