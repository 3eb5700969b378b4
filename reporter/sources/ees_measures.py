"""What the columns of the open data format measure: as their metadata says, else as their names do.

Metadata is for the publisher's platform and seldom comes with a downloaded file (STANDARDS 3.7.11),
so everything here has a second best: the unit from the column's name, the decimals from its cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.sources.catalogue import Indicator, Unit
from reporter.sources.columns import Column
from reporter.sources.lait_names import noun_of
from reporter.sources.symbols import read_value
from reporter.sources.tables import Form, Table

META = Form("columns", ("col_name", "col_type"), others=True)
SOURCE = "Explore education statistics, Department for Education"
_UNITS: dict[str, Unit] = {"%": "percent", "£": "money", "£m": "money", "pp": "score"}
_NAMED: tuple[tuple[str, Unit], ...] = (
    (r"percent|(^|_)(pct|perc|pc)(_|$)|proportion", "percent"),
    (r"(^|_)per_?\d", "rate"),
    (r"(^|_)(gbp|cost|costs|expenditure|spend|pounds|income)(_|$)", "money"),
    (r"(^|_)(average|avg|mean|median|score|att8|p8|attainment8|progress8)(_|$)", "score"),
    (r"(^|_)days(_|$)", "days"),
)
"""What the name of a column says of its unit, the first that fits."""
_PER = re.compile(r"per_?(\d+)(k|_000)?", re.IGNORECASE)
_SURPLUS = re.compile(r"\b(number|counts?|num|percentage|percent|pct|perc|proportion)\b", re.I)


@dataclass(frozen=True, slots=True)
class Described:
    """A column as its metadata has it; empty where that says nothing."""

    kind: str
    label: str = ""
    unit: str = ""
    decimals: str = ""
    total: str = ""


def described(meta: Table) -> dict[str, Described]:
    """The columns that a metadata file describes, by name."""
    nothing = Column.constant("", len(meta.rows.row))

    def cells(name: str) -> Column:
        return meta.columns.get(name, nothing)

    return {
        cells("col_name").text(row): Described(
            kind=cells("col_type").text(row).lower(),
            label=cells("label").text(row),
            unit=cells("indicator_unit").text(row),
            decimals=cells("indicator_dp").text(row),
            total=cells("filter_default").text(row),
        )
        for row in range(len(meta.rows.row))
    }


def indicator_of(name: str, column: Column, said: Described | None, of: str) -> Indicator:
    """An indicator for the column called `name`; `of` names the filter items that it is fixed to.

    Its polarity is neutral: neither a column nor its metadata says whether more of it is better.
    """
    unit = _UNITS.get(said.unit) if said and said.unit else None
    unit = unit or _unit_of(name, column)
    match = _PER.search(name) if unit == "rate" else None
    noun = noun_of(said.label, unit) if said and said.label else _noun(name, unit)
    noun += f" ({of})" if of else ""
    return Indicator(
        name=noun[:1].upper() + noun[1:],
        noun=noun,
        unit=unit,
        per=int(match[1]) * (1000 if match[2] else 1) if match else 0,
        decimals=_decimals(column, said),
        source=SOURCE,
    )


def _unit_of(name: str, column: Column) -> Unit:
    """The unit that the name says; else a count where all figures are whole, or else a score."""
    lower = name.lower()
    unit = next((unit for form, unit in _NAMED if re.search(form, lower)), None)
    return unit or ("score" if _places(column) else "count")


def _noun(name: str, unit: Unit) -> str:
    """A noun phrase, after "the", of the words in a column's name: the referral count."""
    words = _SURPLUS.sub(" ", re.sub(r"_+", " ", _PER.sub("", name)))
    plain = " ".join(word if word.isupper() else word.lower() for word in words.split())
    mark = {"count": "count", "percent": "percentage"}.get(unit, "")
    if unit == "rate" and not plain.endswith("rate"):
        mark = "rate"
    return " ".join(part for part in (plain, mark) if part) or name


def _decimals(column: Column, said: Described | None) -> int:
    if said and said.decimals in ("0", "1", "2", "3", "4", "5", "6"):
        return int(said.decimals)
    return _places(column)


def _places(column: Column) -> int:
    """The most decimals that a figure of `column` has, up to 2."""
    numbers = [text for text in column.texts if not read_value(text).wrong and "." in text]
    return min(2, max((len(text.partition(".")[2]) for text in numbers), default=0))


def in_pounds(column: Column) -> Column:
    """A column of millions of pounds, in pounds."""
    texts = (
        text if read_value(text).wrong or read_value(text).missing else
        format((Decimal(text) * 1_000_000).normalize(), "f")
        for text in column.texts
    )  # fmt: skip
    return Column(column.codes, tuple(texts)).merged()


def item_within(item: str, label: str) -> str:
    """An item of the filter called `label` within a sentence: a bare number says of what it is."""
    bare = not any(letter.isalpha() for letter in item)
    said = f"{label} {item}" if bare else item
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def label_of(names: Mapping[str, Described], name: str) -> str:
    """How a filter is called: by its label, else by the words of its name."""
    said = names.get(name)
    return said.label if said and said.label else name.replace("_", " ")
