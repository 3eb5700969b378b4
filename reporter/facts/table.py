"""Facts as tables: one frame a kind, whose columns are the fields of the kind's dataclass.

Words are categories, numbers are numbers, so that a million facts stay small; only chosen rows
become objects, and only then is their evidence looked up in the observations.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd

from reporter.facts.kinds import KINDS, Fact, Source
from reporter.facts.panel import MARKS, NONE, Bools, Ints, Panel, Points

if TYPE_CHECKING:
    Words = pd.Categorical[Any]
else:
    Words = pd.Categorical  # not generic outside its stubs
SHARED_WORDS = ("area", "indicator", "breakdown", "category", "period", "period_type")


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What each row of a table rests on: positions among the panel's points.

    `points` are columns of single points (-1: none); `runs` are columns of first and last point of
    a run within a series; `others` gives further points of a row, and `marks` their status bits;
    `targets` are rows of `Dataset.targets`.
    """

    points: tuple[Ints, ...] = ()
    runs: tuple[tuple[Ints, Ints], ...] = ()
    others: Callable[[int], Sequence[int]] | None = None
    marks: Ints | None = None
    targets: Ints | None = None
    rows: Ints | None = None
    """Further rows of `Dataset.observations`: missing or replaced figures."""

    def of(self, row: int) -> list[int]:
        """The points of one row, each once, in the order in which they were named."""
        found = [int(column[row]) for column in self.points]
        for first, last in self.runs:
            if first[row] >= 0:
                found += range(int(first[row]), int(last[row]) + 1)
        if self.others is not None:
            found += [int(at) for at in self.others(row)]
        return [at for at in dict.fromkeys(found) if at >= 0]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The facts of one kind and what they rest on, row by row."""

    kind: str
    frame: pd.DataFrame
    evidence: Evidence
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]] = dataclasses.field(default_factory=dict)
    """Fields that hold tuples, made for a row only when it is looked at."""


class Facts:
    """All facts of a question, by kind. `table` gives frames, `of` and `objects` dataclasses."""

    def __init__(self, panel: Panel, tables: Iterable[Table]) -> None:
        self._panel = panel
        self._tables: dict[str, list[Table]] = {kind: [] for kind in KINDS}
        for table in tables:
            if len(table.frame):
                self._tables[table.kind].append(table)

    def count(self) -> dict[str, int]:
        """How many facts there are of each kind, every kind named."""
        return {k: sum(len(t.frame) for t in found) for k, found in self._tables.items()}

    def table(self, kind: str) -> pd.DataFrame:
        """The facts of a kind, one a row; columns are the fields of its dataclass but `sources`.

        Unknown numbers are NaN; words are categories, and tuples are tuples.
        """
        frames = [_with_tuples(table) for table in self._tables[kind]]
        if not frames:
            return pd.DataFrame(columns=list(_columns(kind)))
        return frames[0] if len(frames) == 1 else _stack(frames)

    def of(self, area: str) -> tuple[Fact, ...]:
        """Every fact about `area`: by kind as in `KINDS`, then in the order of its series."""
        found: list[Fact] = []
        for tables in self._tables.values():
            for table in tables:
                words = table.frame["area"]
                if area in words.cat.categories:
                    code = words.cat.categories.get_loc(area)
                    rows = np.flatnonzero(words.cat.codes.to_numpy() == code)
                    found += self._objects(table, rows)
        return tuple(found)

    def objects(self, kind: str, rows: Iterable[int] | None = None) -> tuple[Fact, ...]:
        """The facts in `rows` of `table(kind)`, or all, as dataclasses with their sources."""
        ends = np.cumsum([len(table.frame) for table in self._tables[kind]])
        wanted = range(int(ends[-1]) if len(ends) else 0) if rows is None else rows
        wanted = np.array(list(wanted), np.int64)
        part = np.searchsorted(ends, wanted, side="right")
        made: dict[int, Fact] = {}
        for place, table in enumerate(self._tables[kind]):
            own = np.flatnonzero(part == place)
            first = int(ends[place]) - len(table.frame)
            made |= zip(own.tolist(), self._objects(table, wanted[own] - first), strict=True)
        return tuple(made[place] for place in range(len(wanted)))

    def _objects(self, table: Table, rows: Ints) -> Iterator[Fact]:
        make = KINDS[table.kind]
        chosen = table.frame.iloc[rows]
        columns = {name: _plain(chosen[name]) for name in table.frame.columns}
        cited = self._sources(table.evidence, rows)
        for place, row in enumerate(rows.tolist()):
            fields = {name: column[place] for name, column in columns.items()}
            fields |= {name: make_one(row) for name, make_one in table.tuples.items()}
            yield make(**fields, sources=cited[place])

    def _sources(self, evidence: Evidence, rows: Ints) -> list[tuple[Source, ...]]:
        """The observations and targets behind each row, all looked up at once."""
        dataset, points = self._panel.dataset, self._panel.points
        used = [evidence.of(row) for row in rows.tolist()]
        at = np.unique(np.array([point for row in used for point in row], np.int64))
        frame = dataset.observations.iloc[points.row[at]]
        files, lines = frame["file"].tolist(), frame["row"].to_numpy(np.int64).tolist()
        source = {
            point: Source(str(file), line)
            for point, file, line in zip(at.tolist(), files, lines, strict=True)
        }
        found = [tuple(source[point] for point in row) for row in used]
        if evidence.rows is not None:
            frame = dataset.observations.iloc[evidence.rows[rows]]
            missing = zip(frame["file"].tolist(), frame["row"].to_numpy(np.int64), strict=True)
            for place, (file, line) in enumerate(missing):
                found[place] += (Source(str(file), int(line)),)
        if evidence.targets is not None:
            targets: Any = dataset.targets
            for place, row in enumerate(evidence.targets[rows].tolist()):
                if row >= 0:
                    file, line = targets["file"].iat[row], targets["row"].iat[row]
                    found[place] += (Source(str(file), int(line)),)
        return found


def make_table(
    panel: Panel,
    kind: str,
    at: Ints,
    evidence: Evidence,
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]] | None = None,
    **fields: Any,
) -> Table:
    """A table of `kind` about the points at `at`; `fields` override and add to the shared columns.

    A field that is not given takes the dataclass's default. A string stands for a whole column.
    """
    bits = evidence_marks(panel, at, evidence)
    return _table(panel, kind, panel.points, at, bits, evidence, tuples or {}, fields)


def table_of_missing(panel: Panel, about: Points, reasons: Words, affects: str) -> Table:
    """Caveats about figures that are not there: their places and marks, and no number at all."""
    fields = {"reason": reasons, "affects": affects}
    at = np.arange(len(about.row))
    return _table(panel, "caveat", about, at, about.marks, Evidence(rows=about.row), {}, fields)


def _table(
    panel: Panel,
    kind: str,
    about: Points,
    at: Ints,
    bits: Ints,
    evidence: Evidence,
    tuples: Mapping[str, Callable[[int], tuple[Any, ...]]],
    fields: Mapping[str, Any],
) -> Table:
    tuples = {**dict.fromkeys(_tuple_fields(kind), _nothing), **tuples}
    given: dict[str, Any] = {
        name: categorical(getattr(about, name)[at], list(panel.names[name]))
        for name in SHARED_WORDS
    }
    given |= {name: getattr(about, name)[at] for name in ("value", "numerator", "denominator")}
    given["unit"] = pd.Categorical(panel.units_of(about.indicator[at]))
    given["status"] = status_words(bits)
    given |= fields
    columns = {
        name: _column(given.get(name, default), hint, len(at))
        for name, (hint, default) in _columns(kind).items()
        if name not in tuples
    }
    return Table(kind, pd.DataFrame(columns), evidence, tuples)


def _nothing(row: int) -> tuple[Any, ...]:
    return ()


def words(length: int, default: str, *choices: tuple[Bools, str]) -> Words:
    """A column of words: `default`, and where a mask holds its word (a later mask wins)."""
    names = list(dict.fromkeys([default, *(word for _, word in choices)]))
    codes = np.zeros(length, np.int8)
    for mask, word in choices:
        codes[mask] = names.index(word)
    return categorical(codes, names)


def direction_words(difference: Any) -> Words:
    """up, down or same by the sign of differences between shown figures; none where unknown."""
    difference = np.asarray(difference, dtype=np.float64)
    up, down = difference > 0, difference < 0
    return words(
        len(difference), "same", (up, "up"), (down, "down"), (np.isnan(difference), "none")
    )


def judgement_words(difference: Any, sign: Ints) -> Words:
    """better, worse or same: the sign of a shown difference by polarity; neutral never judges."""
    good = np.sign(np.nan_to_num(np.asarray(difference, dtype=np.float64))) * sign
    not_judged = (sign == 0) | np.isnan(np.asarray(difference, dtype=np.float64))
    return words(
        len(sign), "same", (good > 0, "better"), (good < 0, "worse"), (not_judged, "not_judged")
    )


def evidence_marks(panel: Panel, at: Ints, evidence: Evidence) -> Ints:
    """The status bits of every figure that each row touches."""
    marks = panel.points.marks
    found = marks[at].copy() if len(at) else np.zeros(0, np.int64)
    for column in evidence.points:
        found |= np.where(column >= 0, marks[np.maximum(column, 0)], 0)
    for first, last in evidence.runs:
        for bit in range(len(MARKS)):
            seen = np.r_[0, np.cumsum((marks >> bit) & 1)]
            held = (first >= 0) & (seen[last + 1] > seen[np.maximum(first, 0)])
            found |= held.astype(np.int64) << bit
    if evidence.marks is not None:
        found |= evidence.marks
    return found


def status_words(bits: Ints) -> Words:
    """Status bits as words, in the order of `MARKS`, one space apart."""
    kept, codes = np.unique(bits, return_inverse=True)
    names = [" ".join(m for at, m in enumerate(MARKS) if bit >> at & 1) for bit in kept.tolist()]
    return categorical(codes, names)


def period_words(panel: Panel, at: Ints) -> Words:
    """The period key of each point; "" where `at` is -1."""
    return _name_words(panel.points.period, panel.names["period"], at)


def named_period(panel: Panel, at: Ints, role: str) -> dict[str, Any]:
    """The fields `<role>_period` and `<role>_period_type` of the points at `at`; "" where -1."""
    types = _name_words(panel.points.period_type, panel.names["period_type"], at)
    return {f"{role}_period": period_words(panel, at), f"{role}_period_type": types}


def area_words(panel: Panel, codes: Ints) -> Words:
    """The name of each area code; "" where it is -1."""
    return coded_words(codes, panel.names["area"])


def category_words(panel: Panel, at: Ints) -> Words:
    """The category of each point; "" where `at` is -1."""
    return _name_words(panel.points.category, panel.names["category"], at)


def coded_words(codes: Ints, names: Sequence[str]) -> Words:
    """The name of each code in `names`, of which several may be equal; "" where it is -1."""
    kept = {name: place for place, name in enumerate(dict.fromkeys(("", *names)))}
    back = np.array([*(kept[name] for name in names), 0], np.int64)  # the last serves -1
    return categorical(back[codes], list(kept))


def _name_words(column: Ints, names: tuple[str, ...], at: Ints) -> Words:
    if not len(column):
        return pd.Categorical([""] * len(at))
    return coded_words(np.where(at >= 0, column[np.maximum(at, 0)], NONE), names)


def categorical(codes: Any, names: Sequence[str]) -> Words:
    """The name of each code in `names`, which are distinct."""
    make: Any = pd.Categorical.from_codes
    column: Words = make(codes, list(names))
    return column


@lru_cache(maxsize=64)
def _columns(kind: str) -> dict[str, tuple[Any, Any]]:
    """The type and default of every field of a kind but its sources, in its order."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    return {
        field.name: (
            hints[field.name],
            None if field.default is dataclasses.MISSING else field.default,
        )
        for field in dataclasses.fields(cls)
        if field.name != "sources"
    }


@lru_cache(maxsize=64)
def _tuple_fields(kind: str) -> tuple[str, ...]:
    return tuple(name for name, (hint, _) in _columns(kind).items() if get_origin(hint) is tuple)


def _column(value: Any, hint: Any, length: int) -> Any:
    """A column of `length` in the type that `hint` asks for."""
    origin = get_origin(hint)
    if origin is Literal or hint is str:
        options = list(get_args(hint)) if origin is Literal else None
        if isinstance(value, str):
            return categorical(np.zeros(length, np.int8), [value])
        column = value if isinstance(value, pd.Categorical) else pd.Categorical(value)
        return column if options is None else column.set_categories(options)
    kind = _numeric(hint)
    if value is None or np.isscalar(value):
        value = np.full(length, np.nan if value is None else value)
    return np.asarray(value).astype(kind)


def _numeric(hint: Any) -> type[np.generic]:
    if hint is bool:
        return np.bool_
    if hint is int:
        return np.int32
    return np.float64


def _plain(column: pd.Series[Any]) -> list[Any]:
    """A column's values as plain Python; an unknown number is None."""
    values = column.tolist()
    if column.dtype == np.float64:
        return [None if value != value else value for value in values]
    return values


def _with_tuples(table: Table) -> pd.DataFrame:
    frame = table.frame
    for name, make_one in table.tuples.items():
        column = np.empty(len(frame), dtype=object)
        column[:] = [make_one(row) for row in range(len(frame))]
        frame = frame.assign(**{name: column})
    return frame[list(_columns(table.kind))]


def _stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames one under another, words staying categories."""
    columns = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(pd.api.types.union_categoricals(parts))
        else:
            columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns)
