"""What a Word comment says of a generated paragraph: the rules, the figures and where they
stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from reporter.facts import Behind, Fact, Source
from reporter.prose import Statement
from reporter.rounding import SIGNIFICANT

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
    return f"{fact.kind}, {', '.join(what)}: {said}. {_where(fact.sources)}".rstrip()


def _where(sources: Sequence[Source]) -> str:
    """Each file with the first rows or cells of it."""
    if isinstance(sources, Behind) and (alone := sources.rows_of_one_file()):
        return f"{_rows(*alone)}."
    held: dict[tuple[str, str], list[Any]] = {}
    for file, row, cell, statement, to in sources:
        kind = "cell" if cell else "statement" if statement else "row"
        held.setdefault((file, kind), []).append(cell or statement or (row, to))
    places = (
        _rows(file, *zip(*found, strict=True)) if kind == "row" else _names(file, kind, found)
        for (file, kind), found in held.items()
    )
    return f"{'; '.join(places)}." if held else ""


def _rows(file: str, firsts: Sequence[int], lasts: Sequence[int]) -> str:
    """The first few rows of runs, of which `lasts` are 0 for one row, and how many there are."""
    if not any(lasts):
        return _names(file, "row", firsts)
    runs = [(row, max(row, to)) for row, to in zip(firsts, lasts, strict=True)]
    return _named(file, "row", _first_rows(runs), _rows_in(runs))


def _names(file: str, kind: str, found: Iterable[Any]) -> str:
    """The first few of what was `found` in a file, each once."""
    names = dict.fromkeys(found)
    return _named(file, kind, names, len(names))


def _named(file: str, kind: str, names: Iterable[Any], count: int) -> str:
    more = f" and {count - SHOWN} more" if count > SHOWN else ""
    shown = ", ".join(map(str, islice(names, SHOWN)))
    return f"{file} {kind}{'s' if count > 1 else ''} {shown}{more}"


def _first_rows(runs: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The rows that are shown of `runs` (first and last row), in order, and maybe some after."""
    rows: dict[int, None] = {}
    for first, last in runs:
        if first == last:
            rows[first] = None
        else:
            rows |= dict.fromkeys(range(first, min(last, first + SHOWN - 1) + 1))
        if len(rows) >= SHOWN:
            break
    return rows


def _rows_in(runs: Iterable[tuple[int, int]]) -> int:
    """How many different rows there are in `runs`, without a look at each row of a long one."""
    count = reached = 0
    for first, last in sorted(runs):
        if last > reached:
            count += last - (first - 1 if first > reached else reached)
            reached = last
    return count


def _plain(value: float) -> str:
    """`value` without dust, and without a point where it is whole."""
    text = f"{value + 0.0:.{SIGNIFICANT}g}"  # nought has no sign
    if "e" in text:  # of a size that Python writes with a power of ten, but for whole figures
        exact = float(text)
        return str(int(exact)) if exact.is_integer() else repr(exact)
    return text
