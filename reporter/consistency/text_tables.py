"""What the text says of targets against the bands of the tables that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.bands import BandedRow, banded_rows
from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.consistency.values import content_words

_FIX = "Put the word that the table bears out, or correct the table."
_OUTSIDE = re.compile(
    r"\b(?:outside (?:of )?|below |short of |not meeting |missed |misses |failed to meet |worse"
    r" than |under )(?:the |its |our |this )?(?:\w+ )?target\w*(?: range)?",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:exceed\w* |meet\w* |met |within |inside |above |achiev\w+ |on |better than )(?:the "
    r"|its |our |this )?(?:\w+ )?target\w*(?: range)?",
    re.IGNORECASE,
)
_SLIGHT = re.compile(r"\b(?:slightly|marginally|just|narrowly|only just)\s+$", re.IGNORECASE)
_COMMON = frozenset([
    "performance", "measure", "measures", "percentage", "number", "numbers", "relation",
    "proportion", "rate", "children", "young", "people", "child", "service", "services", "council",
    "quarter", "year", "table", "high", "higher", "remain", "remains", "continue", "continues",
    "outcome", "outcomes", "work", "case", "cases", "currently", "within", "looked", "after",
    "slightly", "marginally", "evident", "illustrated", "demonstrated", "reflected", "shown",
    "end", "although", "small", "place",
])  # fmt: skip


def targets_in_text(paper: Paper) -> Iterator[Finding]:
    """ "Adoption is outside its target", with every row on adoption in the green band."""
    rows = [row for table in paper.tables for row in banded_rows(table) if row.colours]
    if not rows:
        return
    for statement in paper.statements:
        outside, inside = _OUTSIDE.search(statement.text), _INSIDE.search(statement.text)
        said = outside or inside
        both = outside is not None and inside is not None
        if said is None or both or re.search(r"\bnot\b|n['’]t\b", statement.text):
            continue
        about = _rows_of(statement, rows, said.start())
        if not about:
            continue
        green = [row for row in about if row.colours == ("green",)]
        if outside and len(green) == len(about):
            what = (
                f"{quoted(outside.group())} is said, and every row on it is green"
                f" ({_values(about)}): {quoted(statement.text)}"
            )
            yield Finding(statement.at, "target", what, _FIX)
        elif inside and not green and all(row.colours for row in about):
            what = (
                f"{quoted(inside.group())} is said, and no row on it is green"
                f" ({_values(about)}): {quoted(statement.text)}"
            )
            yield Finding(statement.at, "target", what, _FIX)
        elif outside:
            yield from _by_how_much(statement, outside, [row for row in about if row not in green])


def _values(rows: list[BandedRow]) -> str:
    return ", ".join(row.value for row in rows)


def _rows_of(statement: Statement, rows: list[BandedRow], end: int) -> list[BandedRow]:
    """The rows that bear every telling word of a clause before the verdict, the nearest first."""
    clauses = re.split(r"\b(?:and|but|although|while|which|with)\b|[,;]", statement.text[:end])
    for clause in reversed(clauses):
        stems = {word[:5] for word in content_words(clause) - _COMMON}
        found = [row for row in rows if stems and stems <= _stems(row.label)]
        found = found or _by_head(stems, rows)
        if found:
            return found
    return []


def _stems(label: str) -> set[str]:
    return {word[:5] for word in content_words(label)}


def _by_head(stems: set[str], rows: list[BandedRow]) -> list[BandedRow]:
    """A single telling word that only some rows bear names them."""
    found = [row for row in rows if stems & _stems(row.label)]
    return found if len(stems) == 1 and len(found) < len(rows) else []


def _by_how_much(
    statement: Statement, outside: re.Match[str], rows: list[BandedRow]
) -> Iterator[Finding]:
    """ "slightly below" is said of a distance of no more than five."""
    if not _SLIGHT.search(statement.text[: outside.start()]) or len(rows) != 1:
        return
    row = rows[0]
    green = next((b for b in row.bands if b.colour == "green"), None)
    if green is None or row.number is None or not row.value.endswith("%"):
        return
    edges = [abs(row.number - edge) for edge in (green.low, green.high) if edge is not None]
    if edges and min(edges) > 5:
        what = (
            f"{row.value} is {min(edges).normalize():f} points from the green band, which is"
            f" not slight: {quoted(statement.text)}"
        )
        yield Finding(statement.at, "target", what, _FIX, "warning")


CHECKS = (targets_in_text,)
