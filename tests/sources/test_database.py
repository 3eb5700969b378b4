"""Tables of a brief from a database: the same as from files, read only, and no secret told."""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import Dataset, load_commission
from tests.sources.conftest import HEADER, REPORT, ROWS, TARGETS

NUMBERS = ("numerator", "denominator", "target")
FROM_DATABASE = """\
data:
  areas: areas.yaml
  sql:
    url: {url}
    observations: {observations}
    targets: targets
    seconds: {seconds}
"""
Load = Callable[..., Dataset]
Faults = Callable[..., tuple[Problem, ...]]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def fill(run: Callable[[str, list[Any]], Any], mark: str, rows: list[dict[str, str]]) -> None:
    """The standard commission as tables, with figures as numbers where they are."""
    for name, entries in (("observations", rows), ("targets", rows_of(TARGETS))):
        columns = [f"{c} {'numeric' if c in NUMBERS else 'text'}" for c in entries[0]]
        run(f"create table {name} ({', '.join(columns)})", [])
        for entry in entries:
            marks = ", ".join([mark] * len(entry))
            run(f"insert into {name} values ({marks})", [cell or None for cell in entry.values()])


@pytest.fixture
def standard() -> list[dict[str, str]]:
    return rows_of("\n".join([HEADER, *ROWS]))


@pytest.fixture
def figures(tmp_path: Path, standard: list[dict[str, str]]) -> Path:
    (tmp_path / "paper").mkdir()
    path = tmp_path / "paper" / "figures.db"
    with sqlite3.connect(path) as connection:
        fill(connection.execute, "?", standard)
    connection.close()
    return path


def brief_of(url: str, observations: str, seconds: int, more: str) -> str:
    before, _, rest = REPORT.partition("data:\n")
    return before + FROM_DATABASE.format(
        url=url, observations=observations, seconds=seconds
    ) + more + rest[rest.index("baselines:") :]  # fmt: skip


@pytest.fixture
def load(write: Callable[..., Path]) -> Load:
    def make(
        url: str = "sqlite:///figures.db",
        observations: str = "observations",
        seconds: int = 30,
        more: str = "",
        **files: str | None,
    ) -> Dataset:
        report = brief_of(url, f'"{observations}"', seconds, more)
        nothing = {"observations.csv": None, "targets.csv": None}
        brief = write(**({"report.yaml": report} | nothing | files))
        for name in nothing:
            if name not in files:
                (brief.parent / name).unlink(missing_ok=True)
        return load_commission(brief).dataset

    return make


@pytest.fixture
def faults(load: Load) -> Faults:
    def find(**given: Any) -> tuple[Problem, ...]:
        with pytest.raises(ProblemsFoundError) as caught:
            load(**given)
        return caught.value.problems

    return find


def only(problems: tuple[Problem, ...], table: str = "observations") -> Problem:
    """The one problem of a table; others may follow from it."""
    (problem,) = (p for p in problems if p.place.file.endswith(table))
    return problem


def same_but_places(one: pd.DataFrame, other: pd.DataFrame) -> None:
    drop = ["file", "row", "text"]
    pd.testing.assert_frame_equal(one.drop(columns=drop), other.drop(columns=drop))


# SQLite


def test_a_database_gives_what_files_give(
    figures: Path, load: Load, write: Callable[..., Path]
) -> None:
    from_files = load_commission(write()).dataset
    dataset = load()
    same_but_places(from_files.observations, dataset.observations)
    assert dataset.targets["target"].tolist() == [90.0]
    sources = {entry.file: entry.sha256 for entry in dataset.inputs}
    (file,) = set(dataset.observations["file"])
    assert file.startswith("figures.db, query ")
    assert len(sources[file]) == 64
    assert sorted(dataset.observations["row"]) == [2, 3, 4, 5]


def test_the_order_of_its_rows_makes_no_difference(
    figures: Path, standard: list[dict[str, str]], load: Load
) -> None:
    first = load()
    figures.unlink()
    with sqlite3.connect(figures) as connection:
        fill(connection.execute, "?", standard[::-1])
    connection.close()
    again = load()
    pd.testing.assert_frame_equal(first.observations, again.observations)
    assert first.inputs == again.inputs
    with sqlite3.connect(figures) as connection:
        connection.execute("update observations set numerator = 42 where numerator = 41")
    connection.close()
    assert load().inputs != first.inputs


def test_a_query_in_place_of_a_name(figures: Path, load: Load) -> None:
    query = (
        "with ours as (select * from observations where area = 'Sometown') "
        "select area, indicator, breakdown, category, period, period_type, "
        "'12:30%' as source, value from ours"
    )
    dataset = load(observations=query)
    assert set(dataset.observations["area"]) == {"Sometown"}
    assert set(dataset.observations["source"]) == {"12:30%"}


def test_the_address_may_stand_in_a_variable(
    figures: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTER_TEST_DB", f"sqlite:///{figures}")
    dataset = load(url="${REPORTER_TEST_DB}")
    assert set(dataset.observations["file"].str.slice(0, 10)) == {"figures.db"}


def test_indicators_and_areas_from_tables(figures: Path, load: Load, faults: Faults) -> None:
    more = "    indicators: measures\n    areas: places\n"
    with sqlite3.connect(figures) as connection:
        connection.executescript(
            """
            create table measures (code, name, unit, noun, polarity, decimals, "of", state,
                                   noun_plural, counted_one, counted_many, linked);
            insert into measures values
              ('plans', 'Plans', 'count', 'number of plans', 'neutral', null, null, null, 0,
               'plan', 'plans', 'on_time'),
              ('on_time', 'Visits on time', 'percent', 'percentage of visits on time', null, 1,
               'visits', 'on time', null, null, null, null);
            create table places (area, kind, region);
            insert into places values ('Sometown', 'authority', 'The North'),
                                      ('England', 'country', null);
            """
        )
    connection.close()
    without = {"areas.yaml": None, "indicators.yaml": None}
    report = brief_of("sqlite:///figures.db", "observations", 30, more)
    report = report.replace("  areas: areas.yaml\n", "")
    dataset = load(**{"report.yaml": report}, **without)
    plans = dataset.catalogue.indicators["plans"]
    assert plans.counted is not None
    assert (plans.counted.many, plans.linked, plans.decimals) == ("plans", ("on_time",), 0)
    assert dataset.catalogue.indicators["on_time"].decimals == 1
    assert dataset.areas.areas["Sometown"].region == "The North"

    with sqlite3.connect(figures) as connection:
        connection.execute(
            "update measures set unit = 'percents', linked = 'of' where unit='count'"
        )
    connection.close()
    found = faults(**{"report.yaml": report}, **without)
    assert [(p.code, p.place.row, p.place.column) for p in found if p.place.row] == [
        ("bad-choice", 3, "unit")
    ]


@pytest.mark.parametrize(
    "query",
    [
        "select * from observations; drop table observations",
        "drop table observations",
        "delete from observations",
        "with x as (select 1) delete from observations",
        "with x as (select 1) insert into observations (area) select 'x'",
        "pragma journal_mode = delete",
        "attach database 'other.db' as other",
        "vacuum into 'copy.db'",
        "select load_extension('x')",
        "select writefile('x', 'y') as area",
    ],
)
def test_nothing_is_written(figures: Path, faults: Faults, query: str) -> None:
    before = figures.read_bytes(), sorted(figures.parent.iterdir())
    problem = only(faults(observations=query))
    assert problem.code in ("bad-query", "not-a-query")
    after = figures.read_bytes(), [p for p in sorted(figures.parent.iterdir()) if p in before[1]]
    assert after == before
    assert not [p for p in figures.parent.iterdir() if p.name in ("other.db", "copy.db", "x")]


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select {} from n"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (ENDLESS.format("count(*) as area"), "too-slow"),
        (ENDLESS.format("i as area"), "too-slow"),
        ("select hex(zeroblob(900000000)) as area", "bad-query"),
        ("select zeroblob(10) as area, 1 as value", "odd-type"),
        ("select area, area from observations", "repeated-column"),
        ("select nothing from observations", "bad-query"),
        ("select area from nowhere", "bad-query"),
        ("nowhere", "bad-query"),
        ("observations where 1", "not-a-query"),
        ("select area, period from observations", "missing-column"),
        ("select * from observations where 0", "no-rows"),
    ],
)  # fmt: skip
def test_queries_that_cannot_serve(figures: Path, faults: Faults, query: str, code: str) -> None:
    start = time.monotonic()
    found = faults(observations=query, seconds=2)
    assert code in {problem.code for problem in found}
    assert time.monotonic() - start < 20
    for problem in found:
        assert problem.fix.endswith((".", "?"))


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("${REPORTER_NOT_SET}", "no-variable", "REPORTER_NOT_SET"),
        ("sqlite:///nowhere.db", "no-file", "nowhere.db"),
        ("sqlite:////etc/passwd", "path-outside", "leads out"),
        ("sqlite:///../../figures.db", "path-outside", "leads out"),
        ("'sqlite://'", "bad-address", "address"),
        ("postgresql://me:secret-word@server/figures", "address-in-brief", "variable"),
        ("mysql://me:secret-word@server/figures", "address-in-brief", "variable"),
        ("figures.db", "bad-address", "address"),
        ("sqlite:///areas.yaml", "bad-query", "not a database"),
    ],
)
def test_addresses_that_cannot_serve(
    figures: Path, faults: Faults, url: str, code: str, words: str
) -> None:
    found = faults(url=url)
    problem = next(problem for problem in found if problem.code == code)
    assert words in problem.what + problem.fix
    assert "secret-word" not in "".join(map(str, found))


@pytest.mark.parametrize("scheme", ["mysql", "oracle", "mssql"])
def test_other_databases_are_refused(
    figures: Path, faults: Faults, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("REPORTER_TEST_DB", f"{scheme}://me:secret-word@server/figures")
    (problem,) = faults(url="${REPORTER_TEST_DB}")
    assert problem.code == "unknown-database"
    assert "secret-word" not in str(problem)


def test_a_damaged_file_is_a_problem(figures: Path, faults: Faults) -> None:
    raw = bytearray(figures.read_bytes())
    raw[100:4000] = b"\xff" * 3900
    figures.write_bytes(raw)
    assert only(faults()).code == "bad-query"


def test_a_table_in_a_file_and_a_query_is_a_problem(figures: Path, faults: Faults) -> None:
    found = faults(more="  targets: targets.csv\n", **{"targets.csv": TARGETS})
    assert "named-twice" in {problem.code for problem in found}


def test_a_limit_that_is_none(figures: Path, faults: Faults) -> None:
    assert "bad-limit" in {problem.code for problem in faults(seconds=0)}


# PostgreSQL

WHERE = [os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
"""Debian keeps the server's programs out of the way."""
INITDB, PG_CTL = (shutil.which(name, path=os.pathsep.join(WHERE)) for name in ("initdb", "pg_ctl"))
needs_server = pytest.mark.skipif(
    not INITDB or not PG_CTL or (os.geteuid() == 0 and not shutil.which("setpriv")),
    reason="there is no PostgreSQL server on this machine",
)


def as_nobody(*words: str) -> None:
    """The server refuses to run as root."""
    prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    command = [*(prefix if os.geteuid() == 0 else []), *words]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd="/")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address, with its password, of a private server that a reader may log in to."""
    psycopg = pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="server-"))
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    secret = folder / "secret"
    secret.write_text("owner-word\n", encoding="utf-8")
    secret.chmod(0o644)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    as_nobody(str(INITDB), "-D", data, "-U", "owner", f"--pwfile={secret}", "-A", "scram-sha-256",
              "-E", "UTF8", "--no-sync")  # fmt: skip
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    as_nobody(str(PG_CTL), "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
    try:
        owner = f"postgresql://owner:owner-word@127.0.0.1:{port}/postgres"
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("create role reader login password 'p%ss/w:rd'")
            connection.execute("create database figures owner reader")
        address = f"postgresql://reader:p%25ss%2Fw%3Ard@127.0.0.1:{port}/figures"
        with psycopg.connect(address) as connection:
            rows = rows_of("\n".join([HEADER, *ROWS]))
            fill(lambda text, cells: connection.execute(text, cells), "%s", rows)
        yield address
    finally:
        as_nobody(str(PG_CTL), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def remote(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("REPORTER_TEST_DB", server)
    return "${REPORTER_TEST_DB}"


@needs_server
def test_a_server_gives_what_files_give(
    remote: str, load: Load, write: Callable[..., Path]
) -> None:
    from_files = load_commission(write()).dataset
    dataset = load(url=remote)
    same_but_places(from_files.observations, dataset.observations)
    (file,) = set(dataset.observations["file"])
    assert file.startswith("figures, query ")
    assert not [entry for entry in dataset.inputs if "127.0.0.1" in entry.file]


@needs_server
def test_its_types_as_a_file_would_have_them(remote: str, load: Load) -> None:
    query = (
        "select 'Sometown' as area, 'on_time' as indicator, '2019-05' as period, "
        "'month' as period_type, 84.20::numeric(5,2) as value, 421::bigint as numerator, "
        "500::float8 as denominator, date '2019-06-20' as published, '100%'::varchar as source"
    )
    frame = load(url=remote, observations=query).observations
    assert frame["text"].tolist() == ["84.20"]
    assert frame["published"].tolist() == ["2019-06-20"]
    assert frame[["numerator", "denominator"]].to_numpy().tolist() == [[421.0, 500.0]]


@needs_server
@pytest.mark.parametrize(
    "query",
    [
        "select area from observations; drop table observations",
        "select area from observations) x; commit; begin read write; drop table observations; --",
        "select 1; commit; set default_transaction_read_only = off; drop table observations",
        "with gone as (delete from observations returning *) select * from gone",
        "select set_config('transaction_read_only', 'off', false) as area, 1 as x "
        "union all select lo_create(0)::text, 2",
        "select nextval('nowhere') as area",
        "select area into other from observations",
    ],
)
def test_nothing_is_written_to_a_server(
    remote: str, faults: Faults, load: Load, query: str
) -> None:
    assert only(faults(url=remote, observations=query)).code == "bad-query"
    assert len(load(url=remote).observations) == len(ROWS)


@needs_server
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("select pg_sleep(60)::text as area", "too-slow"),
        ("select g::text as area from generate_series(1, 100000000000) g", "too-"),
        ("select area from nowhere", "bad-query"),
        ("nowhere", "bad-query"),
        ("select array[1, 2] as area", "odd-type"),
        ("select area, period from observations", "missing-column"),
    ],
)
def test_queries_that_cannot_serve_a_server(
    remote: str, faults: Faults, query: str, code: str
) -> None:
    start = time.monotonic()
    found = faults(url=remote, observations=query, seconds=2)
    assert [problem for problem in found if problem.code.startswith(code)]
    assert time.monotonic() - start < 20


@needs_server
@pytest.mark.parametrize(
    "change",
    [
        ("p%25ss%2Fw%3Ard", "wr%25ng%2Fword"),
        ("/figures", "/nowhere"),
        ("@127.0.0.1:", "@127.0.0.1:1"),
    ],
)
def test_what_cannot_be_reached_is_told_without_the_password(
    server: str, faults: Faults, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    monkeypatch.setenv("REPORTER_TEST_DB", server.replace(*change))
    found = faults(url="${REPORTER_TEST_DB}")
    assert only(found).code == "bad-query"
    said = "".join(map(str, found))
    for secret in ("p%ss/w:rd", "p%25ss%2Fw%3Ard", "wr%ng/word", "wr%25ng%2Fword"):
        assert secret not in said
