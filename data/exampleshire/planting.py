"""What is planted among the figures of Exampleshire, by the tables of `measures.py`.

Provisional, revised and forecast figures, a break, missing months, figures that are not available,
do not apply or are suppressed: each is to be met again in the paper, as a caveat or as a comparison
that is not made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import measures as table
from series import half_up, published

OWN = "Exampleshire"
Row = dict[str, str]
"""A row of observations.csv by its columns."""


def blank(old: Row, symbol: str) -> Row:
    """The row with a symbol in place of its figures."""
    return old | {"value": symbol, "numerator": "", "denominator": ""}


def planted(rows: list[Row]) -> Iterator[Row]:
    """The rows with what is planted among the council's own: see the tables of `measures.py`."""
    last: dict[str, list[str]] = {}
    for old in rows:
        if old["area"] == OWN and old["period"] not in last.setdefault(old["indicator"], []):
            last[old["indicator"]].append(old["period"])
    provisional = {(code, key) for code, n in table.PROVISIONAL.items() for key in last[code][-n:]}
    hidden = suppressed([old for old in rows if old["indicator"] == table.SUPPRESSED])
    for old in rows:
        at = (old["indicator"], old["period"])
        if old["area"] != OWN:
            yield blank(old, "z") if at in table.CLOSED else old
        elif at in table.UNAVAILABLE:
            yield blank(old, "x")
        elif at in table.CLOSED:
            yield blank(old, "z")
        elif (*at, old["category"]) in hidden:
            yield blank(old, "c")
        elif at not in table.MISSING:
            if at in table.BREAKS or at in provisional:
                old = old | {"status": "break" if at in table.BREAKS else "provisional"}
            yield from reported(old)


def reported(new: Row) -> Iterator[Row]:
    """A row, or two where its figure was reported twice: the first report and the later one."""
    at = (new["indicator"], new["period"])
    if at in table.REVISED and not new["breakdown"]:
        by = table.REVISED[at]
        first = new | {"value": str(int(new["value"]) + by)} if not new["numerator"] else new
        if new["numerator"]:
            n, d = int(new["numerator"]) + by, int(new["denominator"])
            first = new | {"value": half_up(Decimal(100 * n) / d, 1), "numerator": str(n)}
        yield first
        later = date.fromisoformat(new["published"]) + timedelta(60)
        yield new | {"status": "revised", "published": later.isoformat()}
        return
    if at in {("outturn_gbp", "2024/25"), ("variance_gbp", "2024/25")}:
        by = 1000 * table.FORECAST.get(
            new["category"], 0 if new["category"] else sum(table.FORECAST.values())
        )
        yield new | {
            "value": str(int(new["value"]) + by),
            "status": "forecast",
            "published": published(32),
        }
    yield new


def suppressed(rows: list[Row]) -> set[tuple[str, str, str]]:
    """(indicator, period, category) of what is not shown: 1 to 5, and what would give it away."""
    found = set()
    for key in dict.fromkeys(old["period"] for old in rows):
        cells = {old["category"]: int(old["value"]) for old in rows if old["period"] == key}
        small = {category for category, count in cells.items() if 1 <= count <= 5}
        rest = sorted(
            (count, category) for category, count in cells.items() if category and count > 5
        )
        if len(small - {""}) == 1:
            small.add(rest[0][1] if rest else "")
        found |= {(rows[0]["indicator"], key, category) for category in small}
    return found
