"""The tables of a brief that come from its database, read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from reporter.problems import ProblemsFoundError
from reporter.sources.brief import Data, Sql
from reporter.sources.dataset import InputFile
from reporter.sources.desk import Desk
from reporter.sources.tables import Form, Table
from reporter.yamlfile import Path_, Places

if TYPE_CHECKING:
    from reporter.sources.database import Database

Which = Literal["observations", "targets", "indicators", "areas"]
T = TypeVar("T")
LONGEST = 3_600
_KEY: Path_ = ("data", "sql")


@dataclass(frozen=True, slots=True, eq=False)
class Queries:
    """What the brief asks of a database; faults join the desk's problems."""

    desk: Desk
    sql: Sql | None
    database: Database | None

    def has(self, which: Which) -> bool:
        """Whether the brief asks the database for this table."""
        return self.sql is not None and bool(getattr(self.sql, which))

    def table(self, which: Which, form: Form) -> Table | None:
        """The table; None if it cannot be had."""
        if self.sql is None or self.database is None:
            return None
        query = str(getattr(self.sql, which))
        try:
            table, digest = self.database.table(query, form)
        except ProblemsFoundError as error:
            self.desk.problems += error.problems
            return None
        self.desk.problems += table.problems
        self.desk.inputs.append(InputFile(self.database.label(query), digest))
        return table

    def fitted(
        self, which: Which, form: Form, fit: Callable[[Table], tuple[T, Places]]
    ) -> tuple[T, Places] | None:
        """What `fit` makes of the table, with its places; None if there is a fault."""
        return self.desk.entries(self.table(which, form), form, fit)


def queries_of(desk: Desk, data: Data) -> Queries:
    """The queries of a brief; a database that cannot be opened is a problem."""
    sql = data.sql
    if sql is None:
        return Queries(desk, None, None)
    for name in ("targets", "indicators", "areas"):
        if getattr(sql, name) and ("data", name) in desk.places.at:
            what = f"{name} are named both as a file and as a query"
            problem = desk.places.problem(("data", name), "named-twice", what, "Keep one of them.")
            desk.problems.append(problem)
    if not 1 <= sql.seconds <= LONGEST:
        what, fix = f"a query cannot take {sql.seconds} seconds", f"Write 1 to {LONGEST:,}."
        desk.problems.append(desk.places.problem((*_KEY, "seconds"), "bad-limit", what, fix))
        return Queries(desk, sql, None)
    return Queries(desk, sql, _opened(desk, sql))


def _opened(desk: Desk, sql: Sql) -> Database | None:
    from reporter.sources.database import open_database

    key = (*_KEY, "url")

    def file_of(name: str) -> str:
        path = desk.located(name, key)
        return str(path) if path else ""

    try:
        return open_database(sql.url, file_of, sql.seconds, desk.places.nearest(key))
    except ProblemsFoundError as error:
        desk.problems += error.problems
        return None
