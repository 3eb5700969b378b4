"""Which rows of a published file a brief asks for, and what each is about: category and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reporter.numbering import combine
from reporter.problems import Place, Problem, closest
from reporter.sources.brief import EesFile
from reporter.sources.columns import Column, Mask, combinations
from reporter.sources.desk import Desk
from reporter.sources.ees_layout import Layout
from reporter.sources.ees_places import LEVELS, NOWHERE, Spot, spots_of
from reporter.sources.ees_times import Time, at_month_end, family, read_time
from reporter.sources.sieve import Sieve
from reporter.sources.tables import Table
from reporter.yamlfile import Path_

LISTED = 12
"""So many items of a filter are listed in a message."""
_NO_TIME = Time("", "")


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Rows of a table, by position, with what each is about; `spots[spot[i]]` is the place."""

    at: NDArray[np.intp]
    period: Column
    period_type: Column
    breakdown: Column
    category: Column
    spots: tuple[Spot, ...]
    spot: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Chooser:
    """Chooses rows of `table` by what the brief says at `key`; faults join the desk's problems."""

    desk: Desk
    table: Table
    choice: EesFile
    layout: Layout
    key: Path_
    sieve: Sieve | None = None
    """Through which the rows of the file went, if it is a large one."""

    def chosen(self) -> Chosen | None:
        """The rows; None where there is a fault."""
        before = len(self.desk.problems)
        mask = self._placed() & self._fixed()
        breakdown, category, kept = self._apart()
        mask &= kept
        self._check_free(mask, category)
        at = np.flatnonzero(mask)
        times = self._times(at)
        if not len(at):
            what = f"{self.choice.file} has no rows of this"
            self._tell((), "no-rows", what, "Check the levels and the filters.")
        if any(problem.level == "error" for problem in self.desk.problems[before:]):
            return None
        period = Column.of(time.period for time in times)
        spots, spot = spots_of(self.table, at, period)
        found = Chosen(
            at,
            period,
            Column.of(time.period_type for time in times),
            breakdown.take(at),
            category.take(at),
            spots,
            spot,
        )
        return found if self._is_told_apart(found) else None

    def _tell(self, path: Path_, code: str, what: str, fix: str) -> None:
        self.desk.problems.append(self.desk.places.problem((*self.key, *path), code, what, fix))

    def _warn(self, mask: Mask, code: str, what: str, fix: str) -> None:
        """One warning for all rows in `mask`, at the first; `what` follows their number."""
        if mask.any():
            row = self._row(int(np.flatnonzero(mask)[0]))
            self._tell_left(int(mask.sum()), row, code, what, fix)

    def _tell_left(self, count: int, row: int, code: str, what: str, fix: str) -> None:
        """One warning for `count` rows, at the first."""
        if count:
            place = Place.of(self.choice.file, row=row, column="geographic_level")
            problem = Problem(place, code, f"{count:,} {what}", fix, "warning")
            self.desk.problems.append(problem)

    def _place(self, row: int, column: str) -> Place:
        return Place.of(self.choice.file, row=self._row(row), column=column)

    def _row(self, at: int) -> int:
        return int(self.table.rows.row[at])

    # Which rows

    def _placed(self) -> Mask:
        """Rows of the levels asked for, whose place is known."""
        level = self.table.columns["geographic_level"]
        for at, name in enumerate(self.choice.levels):
            if name not in LEVELS:
                near = closest(name, LEVELS)
                fix = f"Did you mean {near!r}?" if near else f"Levels are {', '.join(LEVELS)}."
                self._tell(("levels", at), "unknown-level", f"there is no level {name!r}", fix)
        mask = level.holds(*self.choice.levels)
        if self.sieve:
            count, row, others = self.sieve.left_out(self.choice.levels)
        else:
            count, row = int((~mask).sum()), self._row(int(np.argmin(mask))) if len(mask) else 0
            others = tuple(sorted(set(level.texts) - set(self.choice.levels)))
        self._tell_left(
            count, row, "level-left-out",
            f"rows of other levels are left out: {', '.join(others)[:200]}",
            "Name those that the report needs under `levels`.",
        )  # fmt: skip
        nowhere = np.zeros(len(mask), np.bool_)
        for name, (column, _) in LEVELS.items():
            names = self.table.columns.get(column, Column.constant("", len(mask)))
            blank = names.where(lambda text: text.casefold() in NOWHERE)
            nowhere |= mask & blank & level.holds(name)
        self._warn(
            nowhere, "place-not-known", "rows name no place, and are left out",
            "Nothing to do, where their people are in the figures for the country.",
        )  # fmt: skip
        return mask & ~nowhere

    def _fixed(self) -> Mask:
        """Rows that have the item to which the brief fixes each filter."""
        mask = np.ones(len(self.table.rows.row), np.bool_)
        for name, item in self.choice.filters.items():
            if (column := self.table.columns.get(name)) is not None:
                if item not in column.texts:
                    self._no_item(("filters", name), name, item, column.texts)
                mask &= column.holds(item)
        return mask

    def _no_item(self, path: Path_, name: str, item: str, known: Sequence[str]) -> None:
        near = closest(item, known)
        fix = f"Did you mean {near!r}?" if near else f"There are {listed(known)}."
        self._tell(path, "unknown-item", f"the filter {name} has no item {item!r}", fix)

    def _total(self, at: int) -> str:
        """The item of a breakdown that stands for all the others together; "" if there is none."""
        kept = self.choice.breakdowns[at]
        items = self.table.columns[kept.filter].texts
        if kept.total:
            if kept.total not in items:
                self._no_item(("breakdowns", at, "total"), kept.filter, kept.total, items)
            return kept.total
        said = self.layout.described.get(kept.filter)
        default = said.total if said else ""
        return next((item for item in (default, "Total", "total") if item and item in items), "")

    def _apart(self) -> tuple[Column, Column, Mask]:
        """Breakdown and category of each row, and which rows stand for one breakdown at most."""
        count = len(self.table.rows.row)
        inside = np.zeros(count, np.int32)
        kept_rows = np.ones(count, np.bool_)
        breakdown = category = Column.constant("", count)
        for at, kept in enumerate(self.choice.breakdowns):
            column = self.table.columns.get(kept.filter)
            if column is None:
                continue
            total = self._total(at)
            if not total and len(self.choice.breakdowns) > 1:
                what = f"{kept.filter} has no item for the total, and is not the only breakdown"
                fix = f"Name one of its items as `total`: {listed(column.texts)}."
                self._tell(("breakdowns", at), "no-total", what, fix)
            for item in kept.items:
                if item not in column.texts:
                    self._no_item(("breakdowns", at, "items"), kept.filter, item, column.texts)
            member = ~column.holds(total)
            if kept.items:
                kept_rows &= column.holds(*kept.items, total)
            inside += member
            breakdown = _where(member, Column.constant(kept.filter, count), breakdown)
            category = _where(member, column, category)
        return breakdown, category, kept_rows & (inside <= 1)

    def _check_free(self, mask: Mask, category: Column) -> None:
        """Filters with several items left that nothing tells apart: they would count twice."""
        named = {*self.choice.filters, *(kept.filter for kept in self.choice.breakdowns)}
        rows = np.flatnonzero(mask)
        for name in self.layout.filters:
            column = self.table.columns[name]
            items = sorted({column.texts[code] for code in np.unique(column.codes[rows])})
            follows = _follows(column.codes[rows], category.codes[rows])
            if name in named or len(items) < 2 or follows:
                continue
            what = f"the filter {name} of {self.choice.file} is free; it has {listed(items)}"
            one = "Total" if "Total" in items else items[0]
            fix = (
                f"Fix it under `filters`, as {name}: {one!r}, or keep its items apart with "
                f"`breakdowns: [{name}]`."
            )
            self._tell((), "free-filter", what, fix)

    # What each is about

    def _times(self, at: NDArray[np.intp]) -> list[Time]:
        """The time of each row in `at`; one that cannot be read is a problem."""
        columns = [self.table.columns[name].take(at) for name in ("time_period", "time_identifier")]
        pairs, inverse = combinations(columns)
        times: list[Time] = []
        faults: list[str] = []
        for pair in pairs:
            try:
                times.append(self._time(*pair))
                faults.append("")
            except ValueError as error:
                times.append(_NO_TIME)
                faults.append(str(error))
        for number, fault in enumerate(faults):
            if fault:
                place = self._place(int(at[np.flatnonzero(inverse == number)[0]]), "time_period")
                fix = "Correct it in the file, or the entry's `snapshot` in the brief."
                self.desk.problems.append(Problem(place, "bad-time", fault, fix))
        families = sorted({family(identifier) for _, identifier in pairs})
        if len(families) > 1 and not any(faults):
            what = f"{self.choice.file} mixes times of different kinds: {', '.join(families)}"
            self._tell((), "mixed-times", what, "Split it into a file for each kind.")
        return [times[number] for number in inverse.tolist()]

    def _time(self, time_period: str, identifier: str) -> Time:
        time = read_time(time_period, identifier, self.choice.reporting_year)
        return at_month_end(time, self.choice.snapshot) if self.choice.snapshot else time

    def _is_told_apart(self, found: Chosen) -> bool:
        """Whether no two rows are about the same; if they are, a filter was taken for figures."""
        columns = (found.period, found.breakdown, found.category)
        parts: list[NDArray[Any]] = [found.spot, *(column.codes for column in columns)]
        key = combine(parts)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        repeated = first[inverse] != np.arange(len(key))
        if not repeated.any():
            return True
        row, like = int(found.at[repeated][0]), int(found.at[first[inverse]][repeated][0])
        figures = ", ".join(measure.column for measure in self.layout.measures)
        what = f"this row is about the place, time and filter items of row {self._row(like)} too"
        fix = (
            "If a filter is of numbers, name it under `filters` or `breakdowns`. Taken for figures "
            f"were: {figures[:300]}."
        )
        self.desk.problems.append(Problem(self._place(row, ""), "rows-alike", what, fix))
        return False


def listed(items: Sequence[str]) -> str:
    """The first items in quotes, and how many more there are."""
    shown = ", ".join(repr(item[:80]) for item in sorted(items)[:LISTED])
    more = len(items) - LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _where(mask: Mask, yes: Column, no: Column) -> Column:
    """The cells of `yes` where `mask` holds, else those of `no`."""
    both = Column.concat([yes, no])
    count = len(mask)
    return Column(np.where(mask, both.codes[:count], both.codes[count:]), both.texts)


def _follows(codes: NDArray[np.int32], other: NDArray[np.int32]) -> bool:
    """Whether rows that are equal in `other` are equal in `codes` too, as groups of items are."""
    return len(np.unique(combine([other, codes]))) == len(np.unique(other))
