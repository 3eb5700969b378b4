"""Queries of a database in, tables out: SQLite and PostgreSQL, and nothing is ever written there.

A result is a table like that of a file. Databases promise no order, so its rows are put in the
order of their texts, column by column; the row of the evidence is a row in that order, row 2 the
first. The address comes from a variable of the environment, and no message repeats more of it than
the database's name.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import numpy as np

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.columns import Rows
from reporter.sources.records import Gathered, Record, gather
from reporter.sources.tables import Form, Table, checked

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection, Engine

MAX_TEXT = 1_000_000
"""So long may a text be that SQLite makes, in bytes."""
CONNECT_SECONDS = 10
BATCH = 2_000
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)?")
_QUERY = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(select|with|values)\b", re.I | re.S)


@dataclass(frozen=True, slots=True, eq=False)
class Database:
    """A database that can be asked; `name` is what messages and evidence call it."""

    name: str
    engine: Engine
    seconds: int

    def table(self, query: str, form: Form) -> tuple[Table, str]:
        """The result of `query`, or the table or view of that name, and the result's SHA-256.

        Raises `ProblemsFoundError` where there is no result; else faults are in the table.
        """
        label = self.label(query)
        place = Place.of(f"{self.name}, {form.name}")
        until = time.monotonic() + self.seconds
        try:
            with (
                self.engine.connect() as connection,
                closing(_records(connection, query, place, until)) as records,
            ):
                found = gather(records, label)
        except ProblemsFoundError:
            raise
        except Exception as error:  # The driver's own: a network, a permission, the user's query.
            raise ProblemsFoundError([self._refused(error, place)]) from None
        ordered = _in_order(found)
        table = checked(ordered.header, ordered.columns, ordered.rows, label, form)
        return Table(table.columns, table.rows, (*found.problems, *table.problems)), _digest(
            ordered
        )

    def label(self, query: str) -> str:
        """What evidence calls a result: the database, and the query by its SHA-256."""
        return f"{self.name}, query {hashlib.sha256(query.strip().encode()).hexdigest()[:12]}"

    def _refused(self, error: Exception, place: Place) -> Problem:
        words = self._words(error)
        late = re.search(r"interrupted|statement timeout|canceling statement", words)
        if late:
            what = f"the query takes longer than {self.seconds} seconds"
            fix = "Make it faster or smaller, or write a larger `seconds` in the brief."
            return Problem(place, "too-slow", what, fix)
        fix = "Try the query with the same address in a tool of the database."
        return Problem(place, "bad-query", f"the database says: {words}", fix)

    def _words(self, error: Exception) -> str:
        """The first lines of what the driver says, without the password wherever it may stand."""
        said = str(getattr(error, "orig", None) or error) or type(error).__name__
        password = self.engine.url.password
        if password:
            for form in (str(password), quote(str(password)), quote_plus(str(password))):
                said = said.replace(form, "***")
        return " ".join(line.strip() for line in said.splitlines()[:3] if line.strip())[:300]


def open_database(
    text: str, file_of: Callable[[str], str], seconds: int, place: Place
) -> Database | None:
    """The database at the address `text`; `file_of` is the path of a file that the brief names.

    None where there is no such file, of which `file_of` has told. Raises `ProblemsFoundError` for
    what is no address. No connection is made yet.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    variable = _VARIABLE.fullmatch(text.strip())
    address = os.environ.get(variable[1], "") if variable else text.strip()
    if not address:
        what = f"the variable {variable[1] if variable else ''} is not set"
        fix = "Set it to the address, such as postgresql://reader:password@server/database."
        raise ProblemsFoundError([Problem(place, "no-variable", what, fix)])
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and not url.database:
            raise ValueError("a database in memory holds nothing yet")
    except (ArgumentError, ValueError):
        fix = "Write it like sqlite:///figures.db or postgresql://reader@server/database."
        what = "this is not the address of a database"
        raise ProblemsFoundError([Problem(place, "bad-address", what, fix)]) from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        name = str(url.database)
        path = file_of(name) if variable is None else name
        return _sqlite(Path(path), seconds) if path else None
    if kind in ("postgresql", "postgres") and variable:
        return _postgresql(url, seconds, place)
    if variable is None:
        what = "the address of a database server does not belong in a brief"
        fix = "Write `url: ${REPORTER_DB}`, and set that variable to the address."
        raise ProblemsFoundError([Problem(place, "address-in-brief", what, fix)])
    what = f"databases of the kind {kind!r} are not read"
    fix = "Name one of SQLite or PostgreSQL, or save the figures as CSV."
    raise ProblemsFoundError([Problem(place, "unknown-database", what, fix)])


def _sqlite(path: Path, seconds: int) -> Database:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        "sqlite://", creator=lambda: _read_only(path, seconds), poolclass=NullPool
    )
    return Database(path.name, engine, seconds)


def _read_only(path: Path, seconds: int) -> Any:
    """A connection to a SQLite file that may only read, for so long and so much text."""
    import sqlite3

    reading = (
        sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION,
    )  # fmt: skip

    def allow(action: int, *of: str | None) -> int:
        # SQLAlchemy asks for this setting at first.
        asks = action == sqlite3.SQLITE_PRAGMA and of[:2] == ("read_uncommitted", None)
        return sqlite3.SQLITE_OK if asks or action in reading else sqlite3.SQLITE_DENY

    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=CONNECT_SECONDS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT)
    connection.set_authorizer(allow)
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > until), 10_000)
    return connection


def _postgresql(url: URL, seconds: int, place: Place) -> Database:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    options = f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000}"
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            poolclass=NullPool,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "options": options,
                "application_name": "reporter",
            },
        )
    except ImportError:
        what = "PostgreSQL needs a driver that is not installed"
        fix = "Install this product with its extra `postgresql`."
        raise ProblemsFoundError([Problem(place, "no-driver", what, fix)]) from None
    return Database(url.database or "postgresql", engine, seconds)


def _records(connection: Connection, query: str, place: Place, until: float) -> Generator[Record]:
    """The header and the rows of the result as texts, numbered as they come."""
    text = query.strip().removesuffix(";")
    if _NAME.fullmatch(text):
        quote = connection.dialect.identifier_preparer.quote
        text = f"SELECT * FROM {'.'.join(quote(part) for part in text.split('.'))}"
    elif not _QUERY.match(text):
        what, fix = "this is neither a query nor the name of a table", "Begin it with SELECT."
        raise ProblemsFoundError([Problem(place, "not-a-query", what, fix)])
    options = {"stream_results": True, "no_parameters": True, "yield_per": BATCH}
    with connection.exec_driver_sql(text, execution_options=options) as result:
        names = list(result.keys())
        yield 1, names
        for row, values in enumerate(result, 2):
            if time.monotonic() > until:
                raise TimeoutError("interrupted")
            pairs = zip(values, names, strict=True)
            yield row, [_text(value, place, name) for value, name in pairs]


def _text(value: Any, place: Place, column: str) -> str:
    """A value as it would stand in a file; decimals keep the places that the database gives."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    what = f"the database gives values of the type {type(value).__name__}"
    fix = "Cast the column to text or a number in the query."
    where = Place.of(place.file, column=column)
    raise ProblemsFoundError([Problem(where, "odd-type", what, fix)])


def _in_order(found: Gathered) -> Gathered:
    """The rows in the order of their texts, the first column first, numbered anew."""
    ranks = []
    for column in found.columns:
        rank = np.empty(len(column.texts), np.int64)
        rank[sorted(range(len(rank)), key=column.texts.__getitem__)] = np.arange(len(rank))
        ranks.append(rank[column.codes])
    count = len(found.rows.row)
    order = np.lexsort(ranks[::-1]) if ranks and count else np.arange(count)
    rows = Rows(found.rows.file, np.arange(2, count + 2, dtype=np.int32))
    return Gathered(found.header, [column.take(order) for column in found.columns], rows)


def _digest(found: Gathered) -> str:
    """The SHA-256 of the result: names and cells, each after its length, row by row."""
    digest = hashlib.sha256()
    texts: list[list[bytes]] = []
    for name, column in zip(found.header, found.columns, strict=True):
        cells = [_framed(text) for text in column.texts]
        digest.update(_framed(name))
        texts.append([cells[code] for code in column.codes.tolist()])
    for row in zip(*texts, strict=True):
        digest.update(b"".join(row))
    return digest.hexdigest()


def _framed(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    return b"%d:%b" % (len(raw), raw)
