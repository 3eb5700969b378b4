"""What a Word comment says of a generated paragraph: the rules, the figures and where they
stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

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
    rows: dict[tuple[str, str], list[range | tuple[str]]] = {}
    for source in fact.sources:
        kind = "cell" if source.cell else "statement" if source.statement else "row"
        named = source.cell or source.statement
        rows.setdefault((source.file, kind), []).append((named,) if named else source.rows)
    places = []
    for (file, kind), runs in rows.items():
        count = _distinct(runs)
        shown = ", ".join(map(str, islice(_once(runs), SHOWN)))
        more = f" and {count - SHOWN} more" if count > SHOWN else ""
        places.append(f"{file} {kind}{'s' if count > 1 else ''} {shown}{more}")
    return f"{'; '.join(places)}." if places else ""


def _once(runs: Iterable[range | tuple[str]]) -> Iterator[str | int]:
    """What `runs` hold, each once, in order."""
    seen: set[str | int] = set()
    places: Iterator[str | int] = chain.from_iterable(runs)
    for place in places:
        if place not in seen:
            seen.add(place)
            yield place


def _distinct(runs: Sequence[range | tuple[str]]) -> int:
    """How many different rows or names there are, without a look at each row of a long run."""
    count = last = 0
    for run in sorted((run for run in runs if isinstance(run, range)), key=lambda run: run.start):
        count += max(0, run.stop - max(run.start, last))
        last = max(last, run.stop)
    return count + len({name for run in runs if isinstance(run, tuple) for name in run})


def _plain(value: float) -> str:
    exact = without_dust(value)
    return str(int(exact)) if exact == int(exact) else repr(exact)
