"""Raw yearly figures, and the arithmetic that all facts share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, NamedTuple

RELATIVE = ("count", "rate", "money", "days", "weeks", "tonnes")
EXTENSIVE = ("count", "money", "tonnes")
Key = tuple[str, str, str, str]
"""Area, indicator, breakdown, category."""
Fact = tuple[tuple[Any, ...], dict[str, Any]]
"""What tells a fact from all others, and what its fields must be."""


class Cell(NamedTuple):
    """A figure, or why there is none, with the counts that it is made of."""

    value: Decimal | None
    missing: str = ""
    x: Decimal | None = None
    n: Decimal | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Measure:
    """What of the catalogue the arithmetic hangs on."""

    unit: str
    decimals: int
    sign: int
    snapshot: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.more.get(name)


@dataclass(frozen=True)
class World:
    """All figures, by place and measure and by the year that they end in."""

    cells: Mapping[Key, Mapping[int, Cell]]
    measures: Mapping[str, Measure]
    kinds: Mapping[str, str]
    """Of each area: authority, region or country."""
    regions: Mapping[str, str]
    until: int
    period_of: Callable[[str, int], str]
    """How the figure of a measure in a year is dated."""
    against: Mapping[str, tuple[str, ...]]
    """By area, whom the brief holds it against, in order."""
    groups: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Members of the group of similar authorities that an area has under a name."""
    models: Mapping[str, str] = field(default_factory=dict)
    """Groups that are known by the model they are of."""
    baselines: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[tuple[str, int], Mapping[str, Decimal]] = field(default_factory=dict)
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most_lag: int = 2
    breaks: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """By measure, its breaks as a file of them has them."""

    def era(self, code: str, year: int) -> int:
        """What figures of a measure may be compared with: those of an equal number."""
        breaks = self.breaks.get(code, ())
        if any(self.period_of(code, year) in each.get("apart", ()) for each in breaks):
            return -year
        return sum(year >= year_of(each["since"]) for each in breaks if "since" in each)

    @cached_property
    def country(self) -> str:
        return next(name for name, kind in self.kinds.items() if kind == "country")

    @cached_property
    def _series(self) -> dict[Key, Series]:
        return {key: Series(self, key) for key in self.cells}

    def series(self, *key: str) -> Series | None:
        """The series of area, indicator, breakdown and category, where it has a figure."""
        found = self._series.get((*key, "", "")[:4])  # type: ignore[arg-type]
        return found if found and found.years else None

    def of_area(self, area: str) -> Iterator[Series]:
        for key, series in self._series.items():
            if key[0] == area and series.years:
                yield series

    def twin(self, series: Series, area: str) -> Series | None:
        """The same measure of another area, as far as it compares with `series`."""
        found = self.series(area, *series.key[1:])
        return self.of_era(found.key, series.era) if found else None

    def of_era(self, key: Key, era: int) -> Series:
        """A series as far as its figures are of the era."""
        known = self._series[key]
        if known.era == era:
            return known
        if (key, era) not in self._others:
            self._others[key, era] = Series(self, key, era)
        return self._others[key, era]

    @cached_property
    def _others(self) -> dict[tuple[Key, int], Series]:
        return {}


class Series:
    """The figures of one measure of one place up to the report's year."""

    def __init__(self, world: World, key: Key, era: int | None = None) -> None:
        self.world, self.key = world, key
        self.area, self.code, self.breakdown, self.category = key
        self.measure = world.measures[self.code]
        self.every = {y: c for y, c in sorted(world.cells[key].items()) if y <= world.until}
        known = [year for year, cell in self.every.items() if cell.value is not None]
        self.era = world.era(self.code, known[-1]) if known and era is None else era or 0
        self.cells = {y: c for y, c in self.every.items() if world.era(self.code, y) == self.era}
        self.others = [year for year in known if year not in self.cells]
        self.years = [year for year, cell in self.cells.items() if cell.value is not None]

    @property
    def now(self) -> int:
        return self.years[-1]

    def __getitem__(self, year: int) -> Decimal:
        value = self.cells[year].value
        assert value is not None
        return value

    def has(self, year: int) -> bool:
        return year in self.cells and self.cells[year].value is not None

    def shown(self, year: int) -> Decimal:
        return self.show(self[year])

    def show(self, value: Decimal) -> Decimal:
        return rounded(value, self.measure.decimals)

    def before(self, year: int) -> int | None:
        at = self.years.index(year)
        return self.years[at - 1] if at else None

    def joined(self, year: int) -> bool:
        """Whether nothing is missing or left out between this figure and the one before it."""
        earlier = self.before(year)
        if earlier is None or any(y in self.cells for y in range(earlier + 1, year)):
            return False
        if self.over(year):
            return False
        steps = [days(a, b) for a, b in zip(self.years, self.years[1:], strict=False)]
        return days(earlier, year) <= 1.5 * min(steps)

    def over(self, year: int) -> list[int]:
        """Years set apart, with figures, between this figure and the one before it."""
        earlier = self.before(year)
        return [y for y in self.others if earlier is not None and earlier < y < year]

    def run(self) -> list[int]:
        """The years of the unbroken run up to now."""
        at = len(self.years) - 1
        while at and self.joined(self.years[at]):
            at -= 1
        return self.years[at:]

    def in_sight(self) -> list[int]:
        """The years since the last figure that is suppressed or set apart."""
        hidden = [y for y, cell in self.cells.items() if cell.missing == "suppressed"]
        hidden += [y for y in self.others if self.years[0] < y]
        last = max((y for y in hidden if y < self.now), default=0)
        return [year for year in self.years if year > last]

    def small(self, year: int) -> bool:
        """Whether a percentage or rate rests on few."""
        cell = self.cells[year]
        few = cell.x is not None and cell.x < 10
        of_few = cell.n is not None and cell.n < 50
        return self.measure.unit in ("percent", "rate", "ratio") and (few or of_few)

    def period(self, year: int) -> str:
        return self.world.period_of(self.code, year)

    def fact(self, kind: str, own: tuple[Any, ...] = (), **fields: Any) -> Fact:
        """A fact about the figure now: its identity, and its fields with the shared ones."""
        cell = self.cells[self.now]
        unit = self.measure.unit
        usual = "snapshot" if self.measure.snapshot else "year"
        shared = {
            "period": self.period(self.now),
            "period_type": self.measure.get("type") or usual,
            "value": cell.value, "numerator": cell.x, "denominator": cell.n, "unit": unit,
        }  # fmt: skip
        if "result_unit" not in fields and fields.get("result") is not None:
            fields["result_unit"] = "points" if unit == "percent" else unit
        return ((kind, *self.key, *own), shared | fields)

    def named(self, year: int | None, role: str = "base") -> dict[str, Any]:
        """The period of a year under `role`; None is no year."""
        return {f"{role}_period": None if year is None else self.period(year)}

    def moved(self, now: Decimal, then: Decimal) -> dict[str, Any]:
        """Result, direction and judgement of the step between two figures."""
        step = self.show(now) - self.show(then)
        return {"result": now - then, "direction": word(step),
                "judgement": judged(step, self.measure.sign)}  # fmt: skip

    def percent(self, now: Decimal, then: Decimal) -> Decimal | None:
        allowed = self.measure.unit in RELATIVE and then >= 20
        return 100 * (now - then) / then if allowed else None

    def similar(self, value: Decimal, base: Decimal) -> bool:
        """Whether two figures are alike by the tolerance of their unit."""
        size = abs(less(value, base))
        if self.measure.unit == "percent":
            return size <= 1
        if self.measure.unit == "count":
            limit = Decimal("1.96") * (abs(value) + abs(base)).sqrt()
        else:
            limit = abs(base) / 20
        return size <= limit * (1 + Decimal("1e-12"))

    def counts(self, year: int) -> tuple[float, float] | None:
        """Events and trials, where the figure declares intervals and has both."""
        cell = self.cells[year]
        if self.measure.get("method") != "ci" or cell.x is None or not cell.n:
            return None
        if self.measure.unit == "percent" and cell.x > cell.n:
            return None
        return float(cell.x), float(cell.n)


def rounded(value: Decimal, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return Decimal(f"{value:.13g}").quantize(step, rounding=ROUND_HALF_UP)


def less(value: Decimal, base: Decimal) -> Decimal:
    """The difference without the dust of files that hold 3.5000000000000004."""
    largest = max(abs(value), abs(base))
    return round(value - base, 12 - largest.adjusted()) if largest else value


def year_of(period: str) -> int:
    """The year that a period ends in: 2022 of AY2021/22 and of 2021/22."""
    bare = period.removeprefix("AY")
    return int(bare[:4]) + ("/" in bare)


def days(earlier: int, later: int) -> int:
    return (date(later, 3, 31) - date(earlier, 3, 31)).days


def word(step: Decimal) -> str:
    return "up" if step > 0 else "down" if step < 0 else "same"


def judged(step: Decimal, sign: int) -> str:
    if not sign:
        return "not_judged"
    return "same" if not step else "better" if (step > 0) == (sign > 0) else "worse"


def ratio(value: Decimal, base: Decimal) -> Decimal | None:
    return value / base if base > 0 and value >= 0 else None


def percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return 100 * part / whole if part is not None and whole is not None and whole > 0 else None


def near(found: Any, wanted: Any, size: float = 0.0) -> bool:
    """Whether a field is what it must be; numbers but for the dust of their binary form."""
    if isinstance(wanted, Decimal | float | int) and not isinstance(wanted, bool):
        if found is None or isinstance(found, bool | str):
            return False
        scale = max(abs(float(wanted)), abs(float(found)), size)
        return math.isclose(found, float(wanted), rel_tol=0, abs_tol=2e-12 * scale)
    return bool(found == wanted)
