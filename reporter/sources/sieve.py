"""Which rows of a very large published file are kept, by what the brief fixes, as they stream by.

A file of millions of rows is never held whole: of a row that no entry of the brief can ask for,
only its level and the items of its fixed filters are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.columns import Column

FROM = 50_000_000
"""Files with so many bytes are sieved."""
MAX_ITEMS = 50_000
LEVEL = "geographic_level"
Allowed = Mapping[str, frozenset[str]]
"""By column, the items of which a row must have one."""
Keeps = Callable[[int, Sequence[str]], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """Keeps the rows that fit one of `wanted`; `items` are counted of all rows, `first` seen at."""

    file: str
    wanted: tuple[Allowed, ...]
    items: dict[str, dict[str, int]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    """The first row of each level."""

    def of(self, header: Sequence[str]) -> Keeps:
        """What tells whether a row, by its number and cells under `header`, is kept."""
        at = {name: number for number, name in reversed(list(enumerate(header)))}
        names = dict.fromkeys(name for allowed in self.wanted for name in allowed if name in at)
        counts = [(at[name], self.items.setdefault(name, {})) for name in names]
        tests = [
            [(at[name], items) for name, items in allowed.items() if name in at]
            for allowed in self.wanted
        ]
        level, first, width = at.get(LEVEL, -1), self.first, len(header)

        def keeps(row: int, record: Sequence[str]) -> bool:
            if len(record) < width:
                return True  # so that it is told
            for column, count in counts:
                item = record[column].strip()
                count[item] = count.get(item, 0) + 1
                if len(count) > MAX_ITEMS:
                    raise ProblemsFoundError([self._too_many(header[column])])
                if column == level and count[item] == 1:
                    first[item] = row
            return any(
                all(record[column].strip() in items for column, items in test) for test in tests
            )

        return keeps

    def known(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """`columns` of the kept rows with all items of the file among their texts."""
        found = dict(columns)
        for name, count in self.items.items():
            if (column := columns.get(name)) is not None:
                texts = dict.fromkeys((*column.texts, *count))
                found[name] = Column(column.codes, tuple(texts))
        return found

    def left_out(self, levels: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
        """How many rows of other levels there are, the first of them, and which levels."""
        others = {name: n for name, n in self.items.get(LEVEL, {}).items() if name not in levels}
        row = min((self.first[name] for name in others), default=0)
        return sum(others.values()), row, tuple(sorted(others))

    def _too_many(self, name: str) -> Problem:
        what = f"the filter {name} has more than {MAX_ITEMS:,} items"
        fix = "Take it out of `filters`; if it is of figures, name it under `measures`."
        return Problem(Place.of(self.file, column=name), "too-large", what, fix)
