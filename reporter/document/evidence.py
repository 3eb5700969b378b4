"""What a Word comment says of a generated paragraph: the rules, the figures and where they
stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from reporter.facts import Fact
from reporter.prose import Statement
from reporter.rounding import without_dust

MOST_LINES = 40


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
    rows: dict[tuple[str, str], dict[str | int, None]] = {}
    for source in fact.sources:
        kind = "cell" if source.cell else "statement" if source.statement else "row"
        place = source.cell or source.statement or source.row
        rows.setdefault((source.file, kind), {})[place] = None
    places = []
    for (file, kind), each in rows.items():
        shown = ", ".join(map(str, islice(each, 6)))
        more = f" and {len(each) - 6} more" if len(each) > 6 else ""
        places.append(f"{file} {kind}{'s' if len(each) > 1 else ''} {shown}{more}")
    return f"{'; '.join(places)}." if places else ""


def _plain(value: float) -> str:
    exact = without_dust(value)
    return str(int(exact)) if exact == int(exact) else repr(exact)
