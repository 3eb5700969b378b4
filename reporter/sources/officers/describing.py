"""Figures that are there already, of whatever form, with the indicators that they likely are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from reporter.problems import ProblemsFoundError
from reporter.sources.columns import Column, combinations
from reporter.sources.flat import INDICATORS
from reporter.sources.officers.converting import Conversion, convert_workbook
from reporter.sources.officers.guessing import Measured, measured
from reporter.sources.officers.money import with_budgets
from reporter.sources.symbols import read_value
from reporter.sources.tables import Form, Table, read_table
from reporter.sources.tidy import OPTIONAL, REQUIRED


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A file's figures in the tidy form, and the measures that its codes or labels name.

    `conversion` is how they were found in an officer's workbook; None for a table with a figure a
    row.
    """

    observations: Table
    measures: tuple[Measured, ...]
    conversion: Conversion | None = None

    def areas(self) -> tuple[str, ...]:
        """The areas that there are figures of, those with most figures first."""
        column = self.observations.columns["area"]
        count = {name: int((column.codes == at).sum()) for at, name in enumerate(column.texts)}
        return tuple(sorted(count, key=lambda name: (-count[name], name)))

    def codes(self) -> frozenset[str]:
        """The codes of the measures that there are figures of."""
        return frozenset(self.observations.columns["indicator"].texts)

    def periods(self, area: str) -> dict[str, list[str]]:
        """By the code of each measure the keys of the periods of an area's figures."""
        names = [self.observations.columns[name] for name in ("area", "indicator", "period")]
        found: dict[str, list[str]] = {}
        for own, code, key in combinations(names)[0]:
            if own == area:
                found.setdefault(code, []).append(key)
        return found

    def hundreds(self) -> frozenset[str]:
        """The codes of percentages of which every figure of the whole is 100."""
        percents = {one.code for one in self.measures if one.unit == "percent"}
        names = [self.observations.columns[name] for name in ("indicator", "breakdown", "value")]
        wholes: dict[str, set[bool]] = {}
        for code, breakdown, text in combinations(names)[0]:
            if code in percents and not breakdown and not (reading := read_value(text)).missing:
                wholes.setdefault(code, set()).add(not reading.wrong and Decimal(text) == 100)
        return frozenset(code for code, all_ in wholes.items() if all_ == {True})


def describe(raw: bytes, file: str, area: str) -> Described:
    """The figures in `raw`, called `file`: a table with a figure a row, or an officer's workbook.

    Raises `ProblemsFoundError` where it is neither.
    """
    if table := _tidy(raw, file):
        empty = Column.constant("", len(table.rows.row))
        table = replace(table, columns={**dict.fromkeys(OPTIONAL, empty), **table.columns})
        return Described(table, with_budgets(tuple(_measures(table)), table))
    found = convert_workbook(raw, file, area)
    if found.mapped.observations is None:
        raise ProblemsFoundError(found.mapped.problems)
    observations = found.mapped.observations
    return Described(observations, with_budgets(found.measures, observations), found)


def is_tidy(raw: bytes, file: str) -> bool:
    """Whether `raw` is a table with a figure a row, which needs no mapping."""
    return _headed(raw, file) is not None


def is_catalogue(raw: bytes, file: str) -> bool:
    """Whether `raw` describes measures, as our own sheet `measures` does."""
    try:
        table = read_table(raw, file, INDICATORS, rows=1)
    except ProblemsFoundError:
        return False
    return set(INDICATORS.required) <= set(table.columns)


def _tidy(raw: bytes, file: str) -> Table | None:
    """The table in `raw` where it has the columns of one; None for a file of another form.

    Raises `ProblemsFoundError` where it has them, and cannot be read for another reason.
    """
    return read_table(raw, file, _FORM) if _headed(raw, file) else None


_FORM = Form("observations", REQUIRED, OPTIONAL, others=True, sheets=("figures",))


def _headed(raw: bytes, file: str) -> Table | None:
    """The first row of the table in `raw`, where it has the columns of one with a figure a row."""
    try:
        table = read_table(raw, file, _FORM, rows=1)
    except ProblemsFoundError:
        if PurePosixPath(file).suffix.lower() == ".parquet":
            raise
        return None
    return table if set(REQUIRED) <= set(table.columns) else None


_CAPITALS = frozenset(
    ("cin", "cla", "lac", "cp", "cpp", "ehcp", "ehc", "eet", "neet", "send", "sen", "fte", "ks1",
     "ks2", "ks4", "sdq", "asb", "foi", "dtoc", "mash")
)  # fmt: skip


def _spelt(word: str) -> str:
    """A word of a code as a label has it."""
    return "(%)" if word == "pct" else word.upper() if word in _CAPITALS else word


def _measures(table: Table) -> Iterator[Measured]:
    """The likely indicator of every code, by its words and its figures."""
    codes, values = table.columns["indicator"], table.columns["value"]
    pairs, _ = combinations([codes, values])
    figures: dict[str, list[Decimal]] = {code: [] for code in codes.texts}
    for code, text in pairs:
        reading = read_value(text)
        if not reading.wrong and not reading.missing:
            figures[code].append(Decimal(text))
    for code in sorted(code for code in figures if code):
        words = " ".join(_spelt(word) for word in code.split("_") if word)
        one = measured(words[:1].upper() + words[1:], figures[code])
        yield replace(one, code=code, why=(*one.why, ("name", "made of the code")))
