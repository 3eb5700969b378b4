"""Rows of a flat table in, the nouns that YAML files else hold out: indicators and areas.

A row is an entry, a column a field of it; an empty cell leaves the field out. Lists are written
with commas between, and a field within a field by both names: `counted_one`, `material_points`. A
control chart begins anew at one day at most (`rebased_since`, and so on), and a measure has one
break (`breaks_since`, `breaks_apart`); YAML may name several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue
from reporter.sources.tables import Form, Table
from reporter.yamlfile import Path_, Places, fit

_LISTS = ("period_types", "linked", "please_confirm", "apart")
_ONE_OF_MANY = ("rebased", "breaks")
"""Lists of entries, of which a row holds one."""
_WITHIN = ("counted", "flows", "material", *_ONE_OF_MANY)
_FLAGS = {"true": True, "t": True, "yes": True, "1": True,
          "false": False, "f": False, "no": False, "0": False}  # fmt: skip
_BOOLEANS = ("noun_plural", "of_plural", "any_length")
INDICATORS = Form(
    "indicators",
    ("code", "name", "unit", "noun"),
    (
        "polarity", "short", "noun_plural", "counted_one", "counted_many", "of", "of_plural",
        "state", "decimals", "per", "per_noun", "each", "period_types", "any_length", "numerator",
        "denominator", "flows_starts", "flows_ends", "rate", "conversion_from", "population",
        "share_of", "change_on", "budget", "outturn", "unit_cost", "linked", "echo_of",
        "echo_months", "method", "material_absolute", "material_relative", "material_points",
        "breaks_since", "breaks_apart", "breaks_why", "breaks_source",
        "rebased_since", "rebased_change", "rebased_author", "rebased_reason",
        "disclosure", "explained_by", "source", "note", "section", "please_confirm",
    ),
    sheets=("measures",),
)  # fmt: skip
AREAS = Form(
    "areas",
    ("area", "kind"),
    ("region", "statistic", "phrase", "short_phrase", "possessive"),
    sheets=("places",),
)


def flat_catalogue(table: Table) -> tuple[Catalogue, Places]:
    """The catalogue in `table`, and where its entries stand; `ProblemsFoundError` for misfits."""
    plain, places = _entries(table, "code", "indicators")
    return fit(plain, places.at, Catalogue, places.name), places


def flat_areas(table: Table) -> tuple[Areas, Places]:
    """The areas in `table`, and where they stand; `ProblemsFoundError` for misfits."""
    plain, places = _entries(table, "area", "areas")
    return fit(plain, places.at, Areas, places.name), places


def _entries(table: Table, key: str, under: str) -> tuple[dict[str, Any], Places]:
    """The rows as the plain data of a YAML file, under the key `under`."""
    name = table.rows.file.text(0)
    entries: dict[str, dict[str, Any]] = {}
    at: dict[Path_, Place] = {(): Place.of(name), (under,): Place.of(name)}
    found: list[Problem] = []
    for row in range(len(table.rows.row)):
        cells = {column: cell.text(row) for column, cell in table.columns.items()}
        code = cells.pop(key)
        place = Place.of(name, row=int(table.rows.row[row]), column=key)
        if not code or code in entries:
            what = f"{code!r} stands in an earlier row too" if code else "the cell is empty"
            found.append(Problem(place, "repeated-key", what, "Give each row its own."))
        entries[code] = _entry(cells)
        at[under, code] = place
        for column in cells:
            at[(under, code, *_path(column))] = Place.of(name, row=place.row, column=column)
    if found:
        raise ProblemsFoundError(found)
    return {under: entries}, Places(name, at)


def _path(column: str) -> Path_:
    head, _, rest = column.partition("_")
    if head in _ONE_OF_MANY and rest:
        return (head, 0, rest)
    return (head, rest) if rest and head in _WITHIN else (column,)


def _entry(cells: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for column, text in cells.items():
        if not text:
            continue
        path = _path(column)
        if len(path) == 3:
            entry.setdefault(str(path[0]), [{}])[0][path[2]] = _listed(str(path[2]), text)
        elif len(path) == 2:
            entry.setdefault(str(path[0]), {})[path[1]] = text
        else:
            flag = _FLAGS.get(text.lower()) if column in _BOOLEANS else None
            entry[column] = _listed(column, text) if flag is None else flag
    return entry


def _listed(field: str, text: str) -> str | list[str]:
    return [part.strip() for part in text.split(",")] if field in _LISTS else text
