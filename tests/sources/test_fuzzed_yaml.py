"""Mappings, briefs, catalogues and areas spoilt: each is used, or every fault told with its place.

Here the files stay YAML, and what is in them is of another type, range, place or name; bytes are
spoilt too, so that there are aliases, tags and broken letters. Nothing takes long.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.pipeline import build_report
from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import convert_workbook, load_commission, reconvert_workbook
from reporter.yamlfile import parse
from tests.sources.mutants import Change, Edit, altered, changes, edits, spoilt
from tests.sources.officers import books, dashboards, kinds, scorecards

LONGER = int(os.environ.get("FUZZ", "1"))
"""Times as many examples as by itself."""
SECONDS = 20
"""Of the processor, for any one file: nothing hangs."""
ROOT = Path(__file__).parents[2]


def some(examples: int) -> settings:
    return settings(
        max_examples=examples * LONGER, deadline=None, suppress_health_check=list(HealthCheck)
    )


def faults_of(act: Callable[[], Any], *files: str) -> tuple[Problem, ...]:
    """What is wrong, each with one of these files, with what, and what to do; in bounded time."""
    start = time.process_time()
    try:
        act()
        found: tuple[Problem, ...] = ()
    except ProblemsFoundError as error:
        found = tuple(error.problems)
        assert found
    assert time.process_time() - start < SECONDS
    for problem in found:
        assert problem.what
        assert problem.fix
        assert problem.place.file, problem
        assert not files or problem.place.file.rpartition("/")[2] in files, problem
    return found


MAKERS: tuple[Callable[[], Any], ...] = (
    kinds.libraries, kinds.finance, kinds.wards, books.scorecard, books.services,
    books.sheet_a_quarter, dashboards.customers, dashboards.pivot, scorecards.side_by_side,
    scorecards.below,
)  # fmt: skip


@cache
def workbook(make: Callable[[], Any]) -> tuple[bytes, str, Any]:
    """A workbook, the mapping that is proposed for it, and that as plain data."""
    made = make()
    raw = made if isinstance(made, bytes) else made.raw
    text = convert_workbook(raw, "f.xlsx", "Sometown").text
    return raw, text, parse(text, "mapping.yaml")[0]


def remapped(raw: bytes, mapping: bytes) -> None:
    def act() -> None:
        found = reconvert_workbook(raw, "f.xlsx", "Sometown", mapping, "mapping.yaml").mapped
        faults_of(lambda: _told(found.problems), "mapping.yaml", "f.xlsx")

    faults_of(act, "mapping.yaml", "f.xlsx")


def _told(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise ProblemsFoundError(problems)


@some(60)
@given(wanted=changes(), make=st.sampled_from(MAKERS))
def test_altered_mappings(wanted: list[Change], make: Callable[[], Any]) -> None:
    raw, _, plain = workbook(make)
    remapped(raw, json.dumps(altered(plain, wanted), ensure_ascii=False).encode())


@some(60)
@given(wanted=edits(), make=st.sampled_from(MAKERS))
def test_spoilt_mappings(wanted: list[Edit], make: Callable[[], Any]) -> None:
    raw, text, _ = workbook(make)
    remapped(raw, spoilt(text.encode(), wanted))


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """A copy of a whole report, which a test may spoil in one file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "paper"
        shutil.copytree(ROOT / "tests" / "data" / "services", folder)
        yield folder


FILES = ("report.yaml", "indicators.yaml", "areas.yaml")


def with_file(folder: Path, name: str, raw: bytes, act: Callable[[], Any]) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(raw)
    try:
        faults_of(act)
    finally:
        (folder / name).write_bytes(whole)


def plain_of(file: Path) -> Any:
    return parse(file.read_text("utf-8"), file.name)[0]


@some(60)
@given(wanted=changes(), name=st.sampled_from(FILES))
def test_altered_files_of_a_report(copy: Path, wanted: list[Change], name: str) -> None:
    raw = json.dumps(altered(plain_of(copy / name), wanted), ensure_ascii=False).encode()
    with_file(copy, name, raw, lambda: load_commission(copy / "report.yaml"))


@some(12)
@given(wanted=changes(), name=st.sampled_from(FILES))
def test_altered_files_give_a_paper_or_are_refused(
    copy: Path, wanted: list[Change], name: str
) -> None:
    raw = json.dumps(altered(plain_of(copy / name), wanted), ensure_ascii=False).encode()
    out = copy.parent / "out"
    with_file(copy, name, raw, lambda: build_report(copy / "report.yaml", out))
    shutil.rmtree(out, ignore_errors=True)
