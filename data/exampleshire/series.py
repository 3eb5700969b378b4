"""Months, levels and whole numbers: what `make.py` and `planting.py` count with.

Months are counted from April 2022 (0) to March 2025 (35); series are worked out from April 2021
(-12), so that a year of history stands behind the first figure. Noise is a sum of uniform numbers,
which needs nothing of the mathematics library: the figures are the same on every machine.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from measures import POPULATIONS, Path, Split

FIRST, LAST = -12, 35
ALL = range(FIRST, LAST + 1)
Series = dict[int, int]
"""Whole numbers by month."""


@dataclass(frozen=True)
class Span:
    """A period with a figure, and the months that go into it."""

    key: str
    period_type: str
    months: tuple[int, ...]

    @property
    def last(self) -> Span:
        """Its last month alone."""
        return Span(self.key, self.period_type, self.months[-1:])


def month_key(month: int) -> str:
    """2022-04 for month 0."""
    return f"{2022 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}"


def month_number(key: str) -> int:
    """The number of a month by its key."""
    year, month = key.split("-")
    return (int(year) - 2022) * 12 + int(month) - 4


def year_key(month: int) -> str:
    """The financial year in which a month lies: 2022/23 for months 0 to 11."""
    year = 2022 + month // 12
    return f"{year}/{(year + 1) % 100:02d}"


def quarter_key(month: int) -> str:
    """The quarter of the financial year in which a month lies: 2022/23-Q1 for months 0 to 2."""
    return f"{year_key(month)}-Q{month % 12 // 3 + 1}"


def year_to(month: int) -> tuple[int, ...]:
    """The twelve months up to a month."""
    return tuple(range(month - 11, month + 1))


def spans(every: str) -> list[Span]:
    """The periods of a measure that is published `every` so often."""
    months, ends = range(LAST + 1), (11, 23, 35)
    quarters = range(2, LAST + 1, 3)
    return {
        "month": [Span(month_key(m), "month", (m,)) for m in months],
        "snapshot": [Span(month_key(m), "snapshot", (m,)) for m in months],
        "rolling_12m": [Span(month_key(m), "rolling_12m", year_to(m)) for m in months],
        "ytd": [Span(month_key(m), "ytd", tuple(range(m // 12 * 12, m + 1))) for m in months],
        "quarter": [Span(quarter_key(m), "quarter", (m - 2, m - 1, m)) for m in quarters],
        "year": [Span(year_key(m), "year", year_to(m)) for m in ends],
        "annual": [Span(year_key(m), "year", (m,)) for m in ends],
        "academic": [Span(f"AY{year_key(m - 5)}", "year", (m,)) for m in (4, 16, 28)],
    }[every]  # fmt: skip


def published(month: int, days: int = 21) -> str:
    """The date on which the figure of a month is first reported."""
    year, number = (int(part) for part in month_key(month).split("-"))
    return (date(year, number, monthrange(year, number)[1]) + timedelta(days)).isoformat()


def noise(rng: random.Random) -> float:
    """A number with mean 0 and standard deviation 1."""
    return rng.uniform(-1, 1) + rng.uniform(-1, 1) + rng.uniform(-1, 1)


def levels(path: Path, rng: random.Random) -> dict[int, float]:
    """The level of each month; its events are met in order of time."""
    found = {}
    for month in ALL:
        level = path.level + path.trend * month / 12 + path.noise * noise(rng)
        level += path.season[month % 12] if path.season else 0
        level += sum(step for key, step in path.steps.items() if month_number(key) <= month)
        found[month] = level + path.spikes.get(month_key(month), 0)
    return found


def counts(path: Path, rng: random.Random) -> Series:
    """The levels as whole numbers, none below zero."""
    return {month: max(0, round(level)) for month, level in levels(path, rng).items()}


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts by `weights`; the largest remainders take what is left over."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def split_up(whole: Series, split: Split, rng: random.Random | None = None) -> dict[str, Series]:
    """The members of a breakdown, month by month; with `rng` their shares vary as well as drift."""
    parts: dict[str, Series] = {category: {} for category in split.members}
    for month, total in whole.items():
        weights = [
            first + (last - first) * max(month, 0) / LAST
            for first, last, _ in split.members.values()
        ]
        if rng:
            weights = [weight * (1 + 0.08 * noise(rng)) for weight in weights]
        for category, part in zip(parts, shared_out(total, weights), strict=True):
            parts[category][month] = part
    return parts


def half_up(number: Decimal, decimals: int) -> str:
    """`number` to so many places, halves away from zero."""
    return str(number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def scaled(whole: Series, size: float) -> Series:
    """The same for an area so many times as large."""
    return {month: round(count * size) for month, count in whole.items()}


def total(of: Path | str, series: Series, span: Span) -> int:
    """What a series comes to over a span: a population is its last estimate, all else a sum."""
    months = span.months[-1:] if str(of) in POPULATIONS else span.months
    return sum(series[month] for month in months)
