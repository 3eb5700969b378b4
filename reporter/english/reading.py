"""All that one text says in quantities, periods and words of comparison."""

from __future__ import annotations

from dataclasses import dataclass

from reporter.english.periods import Period, find_periods
from reporter.english.quantities import Quantity, find_quantities
from reporter.english.senses import Sense, find_senses


@dataclass(frozen=True, slots=True)
class English:
    """A text, usually a sentence, with what was found in it; offsets count from its start."""

    text: str
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    senses: tuple[Sense, ...]

    @property
    def figures(self) -> tuple[Quantity, ...]:
        """The quantities that count or measure something."""
        return tuple(q for q in self.quantities if q.is_figure)


def read_english(text: str) -> English:
    """`text` read: its quantities without those of dates, its periods, its words of comparison."""
    periods = find_periods(text)
    return English(text, find_quantities(text, periods), periods, find_senses(text))
