"""The dataset that leaves this room: every figure with its place, and what is known of it.

`Dataset.observations`, one row an observation, index 0 to n - 1, sorted by area, indicator,
breakdown, category, period_type (each alphabetically), end, start and published:

| column | type | meaning |
|---|---|---|
| area, indicator, breakdown, category | category | the series; the last two "" for the total |
| period | category | the period key as typed: 2019-05, 2018/19-Q2, 2018-12..2019-05 |
| period_type | category | one of `PeriodType` |
| start, end | datetime64[s] | first and last day that the figure is about: a snapshot's are |
| | | equal, a year to date starts on 1 April, a rolling figure 6 or 12 months before its end |
| months | int16 | length in whole months; 0 for a snapshot and for days and weeks |
| basis | category | what may be compared with what: equal bases are alike (see `periods.basis`) |
| value, numerator, denominator | float64 | NaN where there is none |
| text | str | the value as the source wrote it |
| status | category | marks in order, one space apart: approximate, break, derived, |
| | | estimated, forecast, provisional, revised; "" for none |
| missing | category | "" or suppressed, not_applicable, not_available, low, unreliable |
| published | category | ISO date on which the value was first reported, or "" |
| source | category | where the value was published, as the source wrote it, or "" |
| file | category | the input file, as the brief names it |
| row | int32 | its row there; the header is row 1 |
| cell | category | its cell there (Scorecard!H7) where a row holds many figures, else "" |
| era | int16 | figures of a measure compare where it is equal, by declared breaks (`breaks`) |
| contributors, largest, second_largest | float64 | where a file has them: how many make up a sum, |
| | | and what the largest two come to; for rules of disclosure, and for nothing beyond them |

`Dataset.targets`, one row a target, same index rule: area ("" for any), indicator, breakdown,
category, period_type ("" for figures of every type), start, end (the days on which it holds;
1900-01-01 and 2199-12-31 where open), target, minimum, upper, green_from, green_to, amber_from,
amber_to, red_from, red_to (float64, NaN where open), note, file, row, cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reporter.problems import Problem
from reporter.sources.areas import Areas
from reporter.sources.brief import Brief
from reporter.sources.catalogue import Catalogue
from reporter.sources.previous import Previous
from reporter.sources.setting import Setting
from reporter.yamlfile import Places


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, as the brief names it, with the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """All figures of a report. The columns of its two frames are in this module's docstring."""

    observations: pd.DataFrame
    targets: pd.DataFrame
    catalogue: Catalogue
    areas: Areas
    inputs: tuple[InputFile, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What was read but should be looked at; errors never get this far."""


Breakdowns = Mapping[str, Mapping[str, Collection[str]]]
"""What there are figures of: the breakdowns of each indicator, each with its categories."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A brief as its file has it, from which it is made for one area or another."""

    brief: Brief
    places: Places
    setting: Setting
    breakdowns: Breakdowns | None


@dataclass(frozen=True, slots=True, eq=False)
class Commission:
    """A brief with its data: what a report is built from."""

    brief: Brief
    dataset: Dataset
    folder: Path
    written: Written | None = None
    """None where the brief was made without a file."""
    previous: Previous | None = None
    """What the previous paper told; None where none is named."""
    earlier: pd.DataFrame | None = None
    """The figures that earlier documents showed, or hid (suppressed), in the columns of
    `Dataset.observations`; `source` is the document. None where none is known."""
