"""The published figures of the Department for Education's Local Authority Interactive Tool.

A folder with `bds_long.parquet`, `data_dictionary.csv`, `la_code_list.xlsx` and the statistical
neighbours of 2021 and 2025 in, a `Dataset` out: every authority, region and England, every measure
and year, each with the measure's polarity, decimals and unit, and each authority's ten neighbours
in both models, by mean and by median.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from reporter.numbering import combine, distinct
from reporter.problems import Place, Problem, ProblemsFoundError, raise_errors
from reporter.sources.areas import Area, Areas, PeerGroup
from reporter.sources.catalogue import Catalogue, Indicator, Polarity, Unit
from reporter.sources.columns import Column, Rows
from reporter.sources.dataset import Dataset, InputFile
from reporter.sources.lait_names import ABBREVIATIONS, noun_of, people_of
from reporter.sources.lait_years import LaitYear, read_year
from reporter.sources.observations import observations_frame
from reporter.sources.parquet import parquet_columns
from reporter.sources.tables import csv_records
from reporter.sources.targets import no_targets
from reporter.sources.workbooks import xlsx_records

FIGURES = "bds_long.parquet"
DICTIONARY = "data_dictionary.csv"
AUTHORITIES = "la_code_list.xlsx"
NEIGHBOURS = {
    "2021": (
        "statistical_neighbours_april_2021.xlsx",
        "statistical neighbours, April 2021",
        date(2021, 4, 1),
    ),
    "2025": (
        "statistical_neighbours_may_2025.xlsx",
        "statistical neighbours, May 2025",
        date(2025, 5, 1),
    ),
}
"""The file of each model, its name in a paper, and the day from which it is known."""
COLUMNS = ("LA and Regions", "Short Desc", "Years", "Values")
"""What is read of the figures' many columns."""
SHEET = "LA SN Groups"
NO_FIGURE = "-"
_POLARITY: dict[str, Polarity] = {"High": "high_good", "Low": "low_good"}
_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"%|turnover rate|absence rate", "percent"),
    (r"rate per", "rate"),
    (r"spend|unit cost", "money"),
    (r"average|score", "score"),
    (r"case load", "average"),
)
"""What the label of a measure's axis says of its unit, the first that fits; else a count."""


def refuse_lait(path: Path) -> None:
    """Raises `ProblemsFoundError` where `path` is the tool's folder, or a file in it: such figures
    need no new report, nor a mapping.
    """
    folder = path if path.is_dir() else path.parent
    if (path.is_dir() or path.name in _files()) and (folder / FIGURES).is_file():
        what = "these are the figures of the Local Authority Interactive Tool, all in one folder"
        fix = (
            f"Build the report that there is of them: reporter build data/lait-children --data "
            f"{folder} --area NAME; or write `lait: FOLDER` under `data` in a brief."
        )
        raise ProblemsFoundError([Problem(Place.of(path), "lait-folder", what, fix)])


def load_lait(folder: Path) -> Dataset:
    """The whole of the tool's figures in `folder`.

    A row whose year cannot be read is left out and told in `Dataset.warnings`; anything else that
    is wrong raises `ProblemsFoundError`.
    """
    raw = {name: _bytes(folder / name) for name in _files()}
    given, rows = _given(raw[FIGURES])
    dictionary = _dictionary(raw[DICTIONARY])
    indicators = _indicators(dictionary, given["Short Desc"], given["Values"])
    catalogue = Catalogue(indicators=indicators, abbreviations=ABBREVIATIONS)
    areas = _areas(raw, given["LA and Regions"])
    tidy, kept, warnings = _tidy(given, rows, dictionary)
    where = Rows(rows.file.take(kept), rows.row[kept])
    frame, problems = observations_frame(tidy, where, catalogue, areas, given["Values"].take(kept))
    raise_errors(problems)
    inputs = tuple(InputFile(name, hashlib.sha256(raw[name]).hexdigest()) for name in _files())
    return Dataset(frame, no_targets(), catalogue, areas, inputs, (*warnings, *problems))


def _given(raw: bytes) -> tuple[dict[str, Column], Rows]:
    """The columns of the figures that are read, by name, and their rows."""
    names, columns, rows = parquet_columns(raw, FIGURES, COLUMNS)
    lost = [name for name in COLUMNS if name not in names]
    if lost:
        what = f"there is no column {', '.join(lost)}"
        fix = "Take the file as it is published, with all its columns."
        raise ProblemsFoundError([Problem(Place.of(FIGURES, row=1), "missing-column", what, fix)])
    return dict(zip(names, columns, strict=True)), rows


def _files() -> tuple[str, ...]:
    return (FIGURES, DICTIONARY, AUTHORITIES, *(file for file, *_ in NEIGHBOURS.values()))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        fix = f"Put these files into the folder: {', '.join(_files())}."
        problem = Problem(Place.of(path), "unreadable-file", what, fix)
        raise ProblemsFoundError([problem]) from None


def _dictionary(raw: bytes) -> dict[str, dict[str, str]]:
    """The dictionary's entry for each code, the first where it has two."""
    records = csv_records(raw, DICTIONARY)
    _, header = next(records)
    found: dict[str, dict[str, str]] = {}
    for _, cells in records:
        entry = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        found.setdefault(entry["Measure_short"], entry)
    return found


def _indicators(
    dictionary: dict[str, dict[str, str]], codes: Column, values: Column
) -> dict[str, Indicator]:
    """An indicator for every code in the figures, by name.

    Decimals are the dictionary's; where it has none, one for a measure that is not always whole.
    """
    broken = values.each(lambda text: not text.endswith(".0") and "." in text, np.bool_)
    parts = np.zeros(len(codes.texts), np.bool_)
    parts[codes.codes[broken]] = True
    return {
        code: _indicator(dictionary.get(code, {}), code, bool(parts[codes.texts.index(code)]))
        for code in sorted(codes.texts)
    }


def _indicator(entry: dict[str, str], code: str, has_parts: bool) -> Indicator:
    axis = entry.get("y_axis_name", "")
    title = entry.get("Chart_title", code)
    unit: Unit = next((unit for form, unit in _UNITS if re.search(form, axis, re.I)), "count")
    if title.endswith("(%)"):
        unit = "percent"
    elif title.startswith("Number of"):
        unit = "count"  # whatever its axis says
    per = re.search(r"per ([\d,]+)", axis) if unit == "rate" else None
    noun = noun_of(title, unit)
    decimals = entry.get("dps", "")
    return Indicator(
        name=noun[:1].upper() + noun[1:],
        noun=noun,
        unit=unit,
        per=int(per[1].replace(",", "")) if per else 0,
        per_noun=people_of(axis) if per else "",
        polarity=_POLARITY.get(entry.get("Polarity", ""), "neutral"),
        decimals=int(decimals) if decimals.isdigit() and has_parts else int(has_parts),
        within_month=entry.get("Year_Type") == "Annual - January",  # the school census
        source="Local Authority Interactive Tool, Department for Education",
    )


def _areas(raw: dict[str, bytes], column: Column) -> Areas:
    regions: dict[str, str] = {}
    codes: dict[str, str] = {}
    for _, cells in _records(raw[AUTHORITIES], AUTHORITIES, ""):
        number, name, region = cells[0], cells[1], cells[2]
        codes[number] = name
        regions[name] = region
    names = sorted(column.texts)
    known = {name.casefold(): name for name in names}
    areas = {name: _area(name, regions.get(name, ""), known) for name in names}
    return Areas(areas=areas, peer_groups=dict(_neighbours(raw, codes, areas)), complete=True)


def _area(name: str, region: str, known: dict[str, str]) -> Area:
    """An authority with its region; what has no region of its own is a region, or England."""
    if name == "England":
        return Area(kind="country")
    if not region or region == "NA":
        return Area(kind="region")
    if region in ("Inner London", "Outer London"):
        region = f"London ({region.split()[0]})"
    return Area(kind="authority", region=known.get(region.casefold(), region))


def _neighbours(
    raw: dict[str, bytes], codes: dict[str, str], areas: dict[str, Area]
) -> Iterator[tuple[str, PeerGroup]]:
    for year, (file, model, since) in NEIGHBOURS.items():
        for _, cells in _records(raw[file], file, SHEET):
            of = codes.get(cells[0], "")
            members = tuple(codes[code] for code in cells[5:25:2] if code in codes)
            if of not in areas or not members:
                continue
            for statistic in ("mean", "median"):
                yield (
                    f"{of}: statistical neighbours {year} ({statistic})",
                    PeerGroup(
                        of=of,
                        members=members,
                        model=model,
                        since=since,
                        statistic="mean" if statistic == "mean" else "median",
                        phrase="statistical neighbours",
                    ),
                )


def _records(raw: bytes, file: str, sheet: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a workbook that begin with an authority's number."""
    found: list[Problem] = []
    for row, cells in xlsx_records(raw, file, sheet.casefold(), found):
        if cells and cells[0].isdigit() and len(cells) > 2:
            yield row, cells


def _tidy(
    given: dict[str, Column], rows: Rows, dictionary: dict[str, dict[str, str]]
) -> tuple[dict[str, Column], np.ndarray[Any, Any], list[Problem]]:
    """The figures as columns of the tidy form, which rows they are, and the years not read."""
    codes, years = given["Short Desc"], given["Years"]
    first, inverse = distinct(combine([codes.codes, years.codes]))
    read: list[LaitYear | None] = []
    for row in first.tolist():
        entry = dictionary.get(codes.text(row), {})
        read.append(read_year(years.text(row), entry.get("Year_Type", "")))
    known = np.array([year is not None for year in read])[inverse]
    kept = np.flatnonzero(known)
    of_row = inverse[kept].astype(np.int32)
    texts = [[getattr(year, name) if year else "" for year in read] for name in _YEAR_FIELDS]
    nothing = Column.constant("", len(kept))
    tidy = {
        "area": given["LA and Regions"].take(kept),
        "indicator": codes.take(kept),
        "breakdown": nothing,
        "category": nothing,
        "value": _plain(given["Values"]).take(kept),
        **{
            name: Column(of_row, tuple(column)).merged()
            for name, column in zip(_YEAR_FIELDS, texts, strict=True)
        },
    }
    return tidy, kept, _unread(years, rows, ~known)


_YEAR_FIELDS = ("period", "period_type", "status")


def _plain(values: Column) -> Column:
    """Figures without exponents, as which a spreadsheet stores 0.07; "-" means not available."""
    return Column(
        values.codes,
        tuple(
            "x" if text == NO_FIGURE else _without_exponent(text) if "E" in text else text
            for text in values.texts
        ),
    ).merged()


def _without_exponent(text: str) -> str:
    return np.format_float_positional(float(text), trim="-")


def _unread(years: Column, rows: Rows, unread: np.ndarray[Any, Any]) -> list[Problem]:
    return rows.problems(
        unread,
        "Years",
        "unread-year",
        lambda row: f"the year {years.text(row)!r} is not one; the row is left out",
        "Correct the year in the file.",
        level="warning",
    )
