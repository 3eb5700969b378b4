"""A first mapping while it is made: what it will say, and every guess behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from reporter.sources.officers.labels import Labels
from reporter.sources.officers.mapping import Heading, Mark, Sheet, Symbol, alike


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was guessed: where, as what it was taken, and why."""

    where: str
    what: str
    why: str


@dataclass(slots=True)
class Draft:
    """What the mapping will say, gathered sheet by sheet."""

    file: str
    area: str
    guesses: dict[Guess, None] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    headings: dict[str, Heading] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    totals: dict[str, None] = field(default_factory=dict)
    sums: dict[str, None] = field(default_factory=dict)
    scales: dict[str, Decimal] = field(default_factory=dict)
    not_read: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    labels: Labels = field(default_factory=Labels)

    def guess(self, where: str, what: str, why: str) -> None:
        """Note a guess, once."""
        self.guesses.setdefault(Guess(where, what, why))

    def heading(self, text: str, heading: Heading, why: str, whole: str) -> None:
        """What a word of the headings means; where it means two things, its whole heading."""
        known = {alike(key): meant for key, meant in self.headings.items()}
        meant = known.get(alike(text))
        if meant == heading:
            return
        key = text if meant is None else whole
        self.headings[key] = heading
        told = heading.holds or "a name"
        detail = [heading.period and f"of the {heading.period} period", heading.breakdown]
        words = ", ".join([f"is read as {told}", *(word for word in detail if word)])
        self.guess(f"heading {key!r}", words, why)
