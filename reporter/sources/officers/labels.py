"""The measures that a workbook's labels name, and the codes they get."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reporter.sources.officers.grid import Cell
from reporter.sources.officers.guessing import Measured, bare, measured
from reporter.sources.officers.headings import JOIN
from reporter.sources.officers.mapping import Labelled, Sheet, alike
from reporter.sources.officers.nesting import own_part
from reporter.sources.officers.values import Figure, Words, is_numeric, marks_of, read_cell
from reporter.sources.officers.vocabulary import area_of, role_of

_NUMBER = re.compile(r"(?:number|no\.?|count|total)\b", re.I)
_SHARE = re.compile(r"\s*\(?%\)?|\b(?:percentage|proportion|per ?cent)(?: of)?\s*", re.I)
_UNNAMED = re.compile(r"(?:sheet|table|tab|data)?\s*\d*", re.I)
_Key = tuple[str, str, str]
_NOT_A_MEASURE = ("period", "area", "category")


@dataclass(slots=True)
class _Seen:
    """A label of a measure, and what its rows or columns hold."""

    sheet: str
    title: str
    label: str
    section: str = ""
    cells: list[Cell] = field(default_factory=list)
    unit: str = ""
    polarity: str = ""
    scale: str = ""
    whole: str = ""
    """The label of the row of which its own is a part."""
    about: str = ""
    """What a label that is only a unit is of: the title of its table."""


@dataclass(slots=True)
class Labels:
    """All labels that were seen, by sheet and title."""

    seen: dict[tuple[str, str, str], _Seen] = field(default_factory=dict)

    def add(self, sheet: str, title: str, label: str) -> _Seen:
        """The record of a label under a title of a sheet."""
        key = (sheet, alike(title), alike(label))
        return self.seen.setdefault(key, _Seen(sheet, title, label))

    def settled(
        self, sheets: Sequence[Sheet]
    ) -> tuple[tuple[Measured, ...], dict[str, tuple[Labelled, Measured]]]:
        """The indicators, and by the labels that a mapping names what each is.

        A label that stands in several places is told apart by its title or sheet, where those are
        not themselves a period or a place.
        """
        same = {sheet.sheet for sheet in sheets if sheet.name_is in _NOT_A_MEASURE}
        beside = {one.sheet for one in sheets if one.amount or one.name_is == "area"}
        groups = self._groups(same, beside)
        count: dict[str, list[tuple[str, str]]] = {}
        for sheet, title, label in groups:
            count.setdefault(label, []).append((sheet, title))
        several = len({sheet for sheet, _, _ in groups}) > 1
        indicators: dict[str, Measured] = {}
        found: dict[str, tuple[Labelled, Measured]] = {}
        for (_, _, label), told in groups.items():
            first = told[0]
            key, prefix = first.label, ""
            if len(count[label]) > 1:
                titles = len({place[1] for place in count[label]}) == len(count[label])
                prefix = first.title if titles and first.title else first.sheet
                key = JOIN.join(part for part in (prefix, first.label) if part)
            one = _measured(told, prefix, indicators)
            told_apart = first.sheet not in same and not _UNNAMED.fullmatch(first.sheet)
            if several and not one.section and told_apart:
                one = replace(one, section=first.sheet)
            indicators[one.code] = one
            found[key] = (_labelled(one, told), one)
        return tuple(indicators.values()), found

    def _groups(self, same: set[str], beside: set[str]) -> dict[_Key, list[_Seen]]:
        """The labels that name one measure, by sheet ("" for those in `same`), title and label.

        One without figures, as one of a sheet of targets or of England's figures (`beside`), is
        that of another sheet.
        """
        groups: dict[_Key, list[_Seen]] = {}
        bare: dict[_Key, _Seen] = {}
        for (sheet, title, label), seen in self.seen.items():
            key = ("" if sheet in same else sheet, title, label)
            if seen.cells and sheet not in beside:
                groups.setdefault(key, []).append(seen)
            else:
                bare[key] = seen
        for key, seen in bare.items():
            own = [other for other in groups if other[2] == key[2]]
            groups.setdefault(own[0] if len(own) == 1 else key, []).append(seen)
        return groups


def sheets_alike(labels: Labels, sheets: Sequence[Sheet]) -> list[Sheet]:
    """`sheets` with those that hold the same measures told apart by their names.

    The name is the place where one of them names one beside our own, else a group.
    """
    by_sheet: dict[str, set[str]] = {}
    for sheet, _, label in labels.seen:
        if not role_of(sheet):  # Actuals and Targets are no members of a group
            by_sheet.setdefault(sheet, set()).add(label)
    named_by = {sheet.sheet: sheet for sheet in sheets if not sheet.name_is and not sheet.measure}
    twins = [
        name
        for name in named_by
        if name in by_sheet
        and any(by_sheet[name] == by_sheet.get(other) for other in named_by if other != name)
    ]
    places = any(area_of(name) for name in twins)
    shared = {name for name in by_sheet if _shares(by_sheet, name)}
    places_apart = {name for name in shared & set(named_by) if area_of(name)}

    def told(sheet: Sheet) -> Sheet:
        if places:
            return replace(sheet, name_is="area")
        return replace(sheet, name_is="category", breakdown="group")

    return [
        replace(sheet, name_is="area") if sheet.sheet in places_apart
        else told(sheet) if sheet.sheet in twins else sheet
        for sheet in sheets
    ]  # fmt: skip


def _shares(by_sheet: Mapping[str, set[str]], name: str) -> bool:
    """Whether another sheet holds a measure of this one."""
    return any(by_sheet[name] & by_sheet[other] for other in by_sheet if other != name)


def _measured(seen: Sequence[_Seen], prefix: str, known: Mapping[str, Measured]) -> Measured:
    cells = [cell for one in seen for cell in one.cells]
    figures = [cell for cell in map(_figure, cells) if cell is not None]
    units = {figure.unit for figure in figures if figure.unit}
    shown = "percent" if "percent" in units else next(iter(sorted(units)), "")
    shown = shown or ("money" if seen[0].scale.strip("(").startswith(("£", "all", "in")) else "")
    numbers = [figure.number for figure in figures if figure.number is not None]
    times = _times(seen[0], figures, cells, shown)
    numbers = [number * times for number in numbers] if times != 1 else numbers
    unit = next((one.unit for one in seen if one.unit), "")
    unit = unit or (shown if shown.startswith("per") else "")
    good = next((one.polarity for one in seen if one.polarity), "")
    label, _, part = seen[0].label.partition(JOIN)
    if seen[0].about:
        label, part = bare(seen[0].about), label
    part = own_part(part)
    if seen[0].whole and _NUMBER.match(part):
        label = _SHARE.sub("", label)  # the number behind a share is none
    label = f"{label} ({part[:1].lower()}{part[1:]})" if part else label
    label = f"{prefix}: {label}" if prefix else label
    one = measured(label, numbers, shown=shown, unit=unit, polarity=good)
    code, number = one.code, 2
    while code in known:
        code, number = f"{one.code}_{number}", number + 1
    return replace(one, code=code, section=seen[0].section)


def _labelled(one: Measured, seen: Sequence[_Seen]) -> Labelled:
    cells = [cell for item in seen for cell in item.cells]
    figures = [figure for figure in map(_figure, cells) if figure is not None]
    shown = "percent" if any(figure.unit == "percent" for figure in figures) else ""
    return Labelled(
        indicator=one.code,
        times=_times(seen[0], figures, cells, shown),
        period_type="snapshot" if one.stock else "",
    )


def _figure(cell: Cell) -> Figure | None:
    """The figure in a cell, whatever its marks mean; None for a symbol."""
    marks = {alike(mark): "" for mark in marks_of(cell.text)}
    read = read_cell(cell, Words({}, marks)) if is_numeric(cell) else ""
    return read if isinstance(read, Figure) else None


def _times(seen: _Seen, figures: Sequence[Figure], cells: Sequence[Cell], shown: str) -> Decimal:
    """What plain numbers are to be multiplied with."""
    words = f"{seen.label} {seen.unit}"
    numbers = [figure.number for figure in figures if figure.number is not None]
    if re.search(r"%|per ?cent|percentage|proportion", words, re.I):
        broken = any("." in cell.text for cell in cells)
        fractions = not shown and broken and bool(numbers) and all(0 <= n <= 1 for n in numbers)
        return Decimal(100 if fractions else 1)
    return scale_of(f"{words} {seen.scale}")


def scale_of(words: str) -> Decimal:
    """What `words` say that plain numbers are multiplied with: 1000 where they say £000."""
    if re.search(r"£\s*['’]?(?:0{3}s?|k)\b|\b000s\b|\(k\)|thousands", words, re.I):
        return Decimal(1000)
    if re.search(r"£\s*m(?:illions?)?\b|\bmillions\b", words, re.I):
        return Decimal(1_000_000)
    return Decimal(1)
