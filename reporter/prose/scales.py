"""How figures are shown in a table: one unit of money in all, as many decimals down a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reporter.facts import Fact
from reporter.plan import CellPlan, ColumnPlan, TablePlan
from reporter.prose.numbers import MILLION, THOUSAND, decimal_text, figure
from reporter.prose.voice import Voice
from reporter.rounding import round_half_up

OWN_UNIT = ("value", "base_value")
TARGETS = ("comparator_value", "minimum", "upper")
_MONEY = (*OWN_UNIT, *TARGETS, "result")
_IN_THOUSANDS, _IN_MILLIONS = MILLION // 10, MILLION * THOUSAND
"""Pounds; from so large a sum on a table is in thousands or millions."""
_MOST_DIGITS = 3  # of a million: finer than that, thousands say it shorter


@dataclass(frozen=True, slots=True)
class Shown:
    """The look of a figure: its decimals (None: those of its measure), and of money the unit.

    `unit` is the number of pounds in one, and `pattern` the key of the words round it.
    """

    decimals: int | None = None
    unit: int = 1
    pattern: str = ""

    def words(self, fact: Fact, value: float, voice: Voice) -> str:
        """`value` of the fact's measure as it stands in a cell."""
        indicator = voice.indicator(fact.indicator)
        if self.pattern and indicator.unit == "money":
            text = decimal_text(abs(value) / self.unit, self.decimals or 0, voice.style.locale)
            text = voice.templates.render(voice.lexicon.tables[self.pattern], {"number": text})
            return f"{voice.word('minus')}{text}" if value < 0 else text
        if self.decimals is None or indicator.unit == "money":
            return voice.bare(fact, value, exact=True)
        return figure(value, indicator.unit, self.decimals, voice.lexicon, voice.style.locale)


_ITS_OWN = Shown()


@dataclass(frozen=True, slots=True)
class Scale:
    """The looks of a table: of its money, and of the targets of each column and unit."""

    money: Shown = Shown()
    targets: Mapping[tuple[ColumnPlan, str], Shown] = field(default_factory=dict)

    def of(self, column: ColumnPlan, fact: Fact) -> Shown:
        """How a figure of `fact` is shown in `column`."""
        if fact.unit == "money":
            return self.money
        return self.targets.get((column, fact.unit), _ITS_OWN)


def scale_of(plan: TablePlan, voice: Voice) -> Scale:
    """The looks that all figures of the table allow."""
    ends: dict[tuple[ColumnPlan, str], list[tuple[float, int]]] = {}
    for row in plan.rows:
        for column, cell in zip(plan.columns[1:], row.cells, strict=True):
            if cell.fact is not None and cell.fact.kind == "target":
                decimals = voice.indicator(cell.fact.indicator).decimals
                found = ends.setdefault((column, cell.fact.unit), [])
                found += [(value, decimals) for value in _targets_in(cell)]
    targets = {
        key: Shown(max((digits_of([value], most) for value, most in found), default=0))
        for key, found in ends.items()
    }
    return Scale(_money(plan), targets)


def digits_of(values: Iterable[float], most: int) -> int:
    """No decimals where all `values` are whole as shown with `most`, else that many."""
    shown = (round_half_up(value, most) for value in values)
    return 0 if all(value == value.to_integral_value() for value in shown) else most


def _targets_in(cell: CellPlan) -> list[float]:
    names = ("minimum", "upper") if cell.field == "bounds" else (cell.field,)
    found = (getattr(cell.fact, name) for name in names if name in TARGETS)
    return [value for value in found if value is not None]


def _money(plan: TablePlan) -> Shown:
    """Thousands or millions where the largest sum is so large and none but nothing would show as 0.

    Else whole pounds, as where not all figures are money.
    """
    cells = [cell for row in plan.rows for cell in row.cells if cell.fact is not None]
    facts = [cell.fact for cell in cells]
    if any(fact.unit != "money" for fact in facts if fact is not None):
        return Shown()
    found = (getattr(cell.fact, cell.field) for cell in cells if cell.field in _MONEY)
    sizes = [abs(value) for value in found if value]
    if max(sizes, default=0) >= _IN_MILLIONS:
        for digits in range(1, _MOST_DIGITS):
            if min(sizes) * 10**digits >= MILLION / 2:
                return Shown(digits, MILLION, "in_millions")
    if max(sizes, default=0) >= _IN_THOUSANDS and min(sizes) >= THOUSAND / 2:
        return Shown(0, THOUSAND, "in_thousands")
    return Shown()
