"""A first reading of a published file that no brief describes: its filters, and what it measures.

The filter with most items is kept apart as a breakdown, where it has a total or too many items for
measures of their own; any other with a total is fixed to it. What is left makes measures of its
own, or, where those were too many, is fixed to the first item. All of it is a guess, which the
author reads in the brief.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reporter.files import readable
from reporter.problems import raise_errors
from reporter.sources.areas import Areas
from reporter.sources.brief import EesBreakdown, EesFile, EesMeasure
from reporter.sources.catalogue import Indicator
from reporter.sources.columns import Column, combinations
from reporter.sources.desk import MAX_PUBLISHED, Desk
from reporter.sources.ees import FORM, Opened, open_published, read_ees
from reporter.sources.ees_layout import TIMES, Layout, layout_of
from reporter.sources.ees_places import PLACE_COLUMNS
from reporter.sources.ees_times import MONTHS, Month
from reporter.sources.officers import Described, Measured, polarity_of
from reporter.sources.tables import Table, stacked
from reporter.yamlfile import Path_

FEW, MOST = 6, 12
"""A filter of so many items makes measures of its own; so many entries are made in all."""
MOST_ITEMS = 60
"""A column of numbers with more of them is no filter."""
_HEAD = 100_000  # bytes
_YEARS = ("Reporting year", "Financial year", "Calendar year")
_WHOLE = re.compile(r"(?:all|total)\b.*", re.I)
_OF = {"count": "number of", "rate": "rate of", "percent": "percentage of"}
_KEY: Path_ = ("data", "ees", 0)


@dataclass(frozen=True, slots=True, eq=False)
class Proposed:
    """What a brief may say of a published file, and what that makes of it.

    `files` are those that it was read from, `aside` the items of each filter that no entry asks
    for.
    """

    files: tuple[Path, ...]

    choices: tuple[EesFile, ...]
    described: Described
    areas: Areas
    aside: Mapping[str, tuple[str, ...]]


def is_published(path: Path) -> bool:
    """Whether the file at `path` has the columns of the open data format (STANDARDS 3.7).

    Raises `ProblemsFoundError` where it cannot be read.
    """
    with readable(path, str(path), MAX_PUBLISHED):
        if path.suffix.lower() != ".csv":
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
    names = re.split(rb"[,;\t]", head.partition(b"\n")[0].removeprefix(b"\xef\xbb\xbf"))
    return set(FORM.required) <= {name.strip(b' "\r').decode("ascii", "ignore") for name in names}


def propose_published(path: Path) -> Proposed:
    """A first reading of the published file at `path`.

    Raises `ProblemsFoundError` where it cannot be read.
    """
    desk = Desk(path.parent, path.name, path.name)
    bare = EesFile(file=path.name)
    opened = open_published(desk, path.name, (*_KEY, "file"), [bare])
    raise_errors(desk.problems)
    assert opened is not None, "what could not be opened has a problem, and was raised above"
    layout = _layout(desk, bare, opened)
    raise_errors(desk.problems)
    choices, aside = _choices(bare, opened.table, layout)
    desk = Desk(path.parent, path.name, path.name)
    published = read_ees(desk, choices)
    raise_errors(desk.problems)
    measures = tuple(
        _measured(code, entry) for code, entry in published.catalogue.indicators.items()
    )
    described = Described(stacked(published.tables), measures)
    files = tuple(path.parent / read.file for read in desk.inputs)
    return Proposed(files, choices, described, published.areas, aside)


def _layout(desk: Desk, bare: EesFile, opened: Opened) -> Layout:
    """The layout of the file; a column of numbers that tells rows apart, which nothing else does,
    is a filter: the year groups 1 to 6.
    """
    table, said = opened.table, opened.described
    layout = layout_of(desk, table, bare, said, _KEY)
    if _told_apart(table, layout.filters):
        return layout
    for measure in layout.measures:
        column = measure.column
        few = len(table.columns[column].texts) <= MOST_ITEMS
        if few and _told_apart(table, (*layout.filters, column)):
            as_filter = replace(bare, breakdowns=(EesBreakdown(filter=column),))
            return layout_of(desk, table, as_filter, said, _KEY)
    return layout


def _told_apart(table: Table, filters: Sequence[str]) -> bool:
    """Whether no two rows are of one place, one time and the same items."""
    names = [name for name in table.columns if name in PLACE_COLUMNS or name in TIMES]
    columns = [table.columns[name] for name in (*names, *filters)]
    return len(combinations(columns)[0]) == len(table.rows.row)


def _choices(
    bare: EesFile, table: Table, layout: Layout
) -> tuple[tuple[EesFile, ...], dict[str, tuple[str, ...]]]:
    """The entries of a brief on the file, and the items that none of them asks for."""
    mask = table.columns["geographic_level"].holds(*bare.levels)
    items = {name: _items(table.columns[name], mask) for name in layout.filters}
    items = {name: found for name, found in items.items() if len(found) > 1}
    items = {name: items[name] for name in items if not _is_group(name, items, table)}
    totals = {name: total for name in items if (total := _total(name, items[name], layout))}
    kept = _longest(items, totals)
    fixed = {name: total for name, total in totals.items() if name not in kept}
    split = sorted(items.keys() - totals.keys() - {*kept}, key=lambda it: (len(items[it]), it))
    for name, total in fixed.items():
        mask &= table.columns[name].holds(total)
    columns = [table.columns[name].take(np.flatnonzero(mask)) for name in split]
    pairs = combinations(columns)[0] if columns else [()]
    every = [dict(zip(split, pair, strict=True)) for pair in pairs]
    taken = every if len(every) <= MOST else every[:1]
    by_year = set(table.columns["time_identifier"].texts) <= set(_YEARS)
    codes = _codes([" ".join(one.values()) for one in taken])
    choices = tuple(
        replace(
            bare,
            filters=fixed | one,
            breakdowns=tuple(_kept(name, totals.get(name, "")) for name in kept),
            measures=tuple(_coded(each, code) for each in layout.measures),
            snapshot=_snapshot(" ".join(one.values())) if by_year else "",
        )
        for one, code in zip(taken, codes, strict=True)
    )
    asked = {name: {one[name] for one in taken} for name in split}
    asked |= {name: {total} for name, total in fixed.items()}
    aside = {
        name: tuple(item for item in items[name] if item not in known)
        for name, known in asked.items()
    }
    return choices, {name: left for name, left in aside.items() if left}


def _is_group(name: str, items: Mapping[str, Sequence[str]], table: Table) -> bool:
    """Whether the filter only sorts the items of another: Gender, of Boys and Girls."""
    return any(
        len(items[name]) < len(items[other])
        and len(combinations([table.columns[other], table.columns[name]])[0])
        == len(table.columns[other].texts)
        for other in items
        if other != name
    )


def _longest(items: Mapping[str, Sequence[str]], totals: Mapping[str, str]) -> list[str]:
    """The filter to be kept apart, if one is: the longest that must be, else that may be."""
    must = [name for name in items if name not in totals and len(items[name]) > FEW]
    return sorted(must or totals, key=lambda name: (-len(items[name]), name))[:1]


def _kept(name: str, total: str) -> EesBreakdown:
    return EesBreakdown(filter=name, total="" if total in ("Total", "total") else total)


def _items(column: Column, mask: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(column.texts[code] for code in np.unique(column.codes[mask]))


def _total(name: str, items: Sequence[str], layout: Layout) -> str:
    """The item that stands for all the others; "" where none or several could."""
    said = layout.described.get(name)
    if said and said.total in items:
        return said.total
    exact = [item for item in items if item.casefold() in ("total", "all")]
    wholes = exact or [item for item in items if _WHOLE.fullmatch(item)]
    return wholes[0] if len(wholes) == 1 else ""


def _codes(names: Sequence[str]) -> list[str]:
    """An ending for the codes of each of `names`, of the words that tell it from the others."""
    if len(names) < 2:
        return ["" for _ in names]
    words = [re.findall(r"[a-z0-9]+", name.lower()) for name in names]
    shared = set(words[0]).intersection(*words[1:])
    found: list[str] = []
    for own in words:
        code = "_".join([word for word in own if word not in shared][:4] or own[:4])
        again = (f"{code}_{number}" for number in count(2))
        found.append(code if code not in found else next(one for one in again if one not in found))
    return found


def _coded(measure: EesMeasure, ending: str) -> EesMeasure:
    return replace(measure, code=f"{measure.column}_{ending}") if ending else measure


def _snapshot(items: str) -> Literal["", Month]:
    """The month on whose last day the people of these items were counted, if they say one."""
    said = re.search(r"\b(?:on|at) (?:28|29|30|31) ([A-Z][a-z]+)\b", items)
    return next((month for month in MONTHS if said and said[1] == month), "")


def _measured(code: str, entry: Indicator) -> Measured:
    """The entry of a column as a guess, all of which is to be confirmed."""
    polarity, _ = polarity_of(f"{entry.name} {code}", "")
    noun = _noun(entry)
    why = tuple((field, "made of the column's name") for field in ("unit", "polarity", "noun"))
    return Measured(
        code, noun[:1].upper() + noun[1:], entry.unit, polarity, noun, entry.decimals, entry.per,
        stock=False, why=why, source=entry.source,
    )  # fmt: skip


def _noun(entry: Indicator) -> str:
    """'Children count (children in care)' is the number of children in care."""
    found = re.fullmatch(r"(?:(\w+) )?(?:count|rate|percentage) \((\w+\b[^()]*)\)", entry.noun)
    if entry.unit not in _OF or not found or found[1] not in (None, found[2].split()[0]):
        return entry.noun
    return f"{_OF[entry.unit]} {found[2].removesuffix(' each year')}"
