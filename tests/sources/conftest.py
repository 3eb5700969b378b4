"""A small commission on disk that a test breaks in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import Commission, load_commission

REPORT = """\
title: Progress
area: Sometown
committee: Scrutiny
meeting_date: 2019-07-11
period: 2019-05
data:
  targets: targets.csv
  areas: areas.yaml
baselines:
  - {name: inspection, period: 2018-11}
comparators: [England]
outline:
  - heading: Plans
    measures: [plans, {indicator: plans, breakdown: age, categories: [5 to 9]}]
  - heading: Timeliness
    measures:
      - on_time
"""
INDICATORS = """\
indicators:
  plans: {name: Plans, unit: count, noun: number of plans, polarity: neutral}
  on_time:
    name: Visits on time
    unit: percent
    noun: percentage of visits on time
    decimals: 1
    of: visits
    state: on time
"""
AREAS = """\
areas:
  Sometown: {kind: authority, region: The North}
  England: {kind: country}
"""
HEADER = (
    "area,indicator,breakdown,category,period,period_type,value,"
    "numerator,denominator,status,published"
)
ROWS = [
    "Sometown,plans,,,2019-05,snapshot,429,,,,",
    "Sometown,plans,age,5 to 9,2019-05,snapshot,c,,,,",
    "Sometown,on_time,,,2019-05,month,82.0,41,50,p approx,2019-06-20",
    "England,on_time,,,2018/19,year,75,,,,",
]
TARGETS = "indicator,valid_for,target,note\non_time,2019/20,90,agreed\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the commission with some files replaced (None: left out); returns the brief's path."""

    def write_files(**files: str | bytes | None) -> Path:
        folder = tmp_path / "paper"
        folder.mkdir(exist_ok=True)
        standard: dict[str, str | bytes | None] = {
            "report.yaml": REPORT,
            "indicators.yaml": INDICATORS,
            "areas.yaml": AREAS,
            "observations.csv": "\n".join([HEADER, *ROWS, ""]),
            "targets.csv": TARGETS,
        }
        for name, content in (standard | files).items():
            if content is not None:
                raw = content if isinstance(content, bytes) else content.encode()
                (folder / name).write_bytes(raw)
        return folder / "report.yaml"

    return write_files


Load = Callable[..., Commission]
Faults = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def load(write: Write) -> Load:
    return lambda **files: load_commission(write(**files))


@pytest.fixture
def faults(write: Write) -> Faults:
    """All problems of the commission with some files replaced."""

    def find(**files: str | bytes | None) -> tuple[Problem, ...]:
        brief = write(**files)
        with pytest.raises(ProblemsFoundError) as caught:
            load_commission(brief)
        return caught.value.problems

    return find


@pytest.fixture
def csv_of() -> Callable[..., str]:
    """An observations file: a header, the standard rows from `first` on (4), then more."""

    def make(*rows: str, header: str = HEADER, first: int = 0) -> str:
        return "\n".join([header, *ROWS[first:], *rows, ""])

    return make


@pytest.fixture
def report() -> str:
    """The standard brief."""
    return REPORT


@pytest.fixture
def indicators() -> str:
    return INDICATORS


@pytest.fixture
def areas() -> str:
    return AREAS
