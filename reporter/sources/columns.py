"""Columns of text: each distinct text once, and a code a row that says which.

A table of 641,070 rows has a few thousand distinct periods, names and values. Everything that reads
or checks a cell does so once a text, and everything that is said of a row is looked up by its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reporter.numbering import combine, distinct
from reporter.problems import SHOWN, Level, Place, Problem, shorten

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`texts` in order of first use, without repeats; `codes[i]` says which of them row i holds."""

    codes: Codes
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, cells: Iterable[str]) -> Column:
        """The column of `cells`, white space round each of them taken away."""
        index: dict[str, int] = {}
        codes = [index.setdefault(cell, len(index)) for cell in cells]
        return cls(np.array(codes, dtype=np.int32), tuple(index)).stripped()

    @classmethod
    def of_series(cls, series: pd.Series[Any]) -> Column:
        """The column of a pandas series of text; a missing cell is empty."""
        import pandas as pd

        codes, distinct = pd.factorize(series, use_na_sentinel=False)
        texts = tuple("" if pd.isna(text) else str(text) for text in distinct)
        return cls(codes.astype(np.int32), texts).stripped().merged()

    @classmethod
    def constant(cls, text: str, length: int) -> Column:
        """`length` rows of the same `text`."""
        return cls(np.zeros(length, dtype=np.int32), (text,))

    @classmethod
    def concat(cls, columns: Sequence[Column]) -> Column:
        """The rows of all `columns`, one after the other."""
        index: dict[str, int] = {}
        parts = [np.empty(0, dtype=np.int32)]
        for column in columns:
            places = [index.setdefault(text, len(index)) for text in column.texts]
            parts.append(np.array(places, dtype=np.int32)[column.codes] if places else column.codes)
        return cls(np.concatenate(parts), tuple(index))

    def stripped(self) -> Column:
        """The same without white space round any text."""
        return Column(self.codes, tuple(text.strip() for text in self.texts)).merged()

    def merged(self) -> Column:
        """The same with equal texts made one."""
        index: dict[str, int] = {}
        places = [index.setdefault(text, len(index)) for text in self.texts]
        if len(index) == len(self.texts):
            return self
        return Column(np.array(places, dtype=np.int32)[self.codes], tuple(index))

    def take(self, rows: NDArray[Any]) -> Column:
        """The given rows (positions or a mask) in the given order."""
        return Column(self.codes[rows], self.texts)

    def used(self) -> Column:
        """The same with only the texts that some row holds."""
        codes = self._held()
        if len(codes) == len(self.texts):
            return self
        places = np.zeros(len(self.texts), dtype=np.int32)
        places[codes] = np.arange(len(codes), dtype=np.int32)
        return Column(places[self.codes], tuple(self.texts[code] for code in codes))

    def _held(self) -> list[int]:
        """The codes of the texts that some row holds, in order."""
        return np.flatnonzero(np.bincount(self.codes, minlength=len(self.texts))).tolist()

    def text(self, row: int) -> str:
        """What stands in `row`, counted from 0."""
        return self.texts[int(self.codes[row])]

    def each(self, look_up: Callable[[str], Any], dtype: Any) -> NDArray[Any]:
        """`look_up` of every row's text, worked out once a text."""
        return np.array([look_up(text) for text in self.texts], dtype=dtype)[self.codes]

    def where(self, test: Callable[[str], bool]) -> Mask:
        """The rows whose text passes `test`."""
        return self.each(test, np.bool_)

    def holds(self, *texts: str) -> Mask:
        """The rows whose text is one of `texts`."""
        return self.where(lambda text: text in texts)

    def categorical(self) -> pd.Categorical:
        """The same for pandas: only texts that are used, in alphabetical order."""
        import pandas as pd

        order = sorted(self._held(), key=lambda code: self.texts[code])
        places = np.zeros(len(self.texts), dtype=np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        names = pd.Index([self.texts[code] for code in order], dtype="str")
        return pd.Categorical.from_codes(places[self.codes], categories=names)


def combinations(columns: Sequence[Column]) -> tuple[list[tuple[str, ...]], NDArray[np.intp]]:
    """The distinct rows of `columns` as texts, and which of them each row is."""
    key = combine([column.codes for column in columns])
    first, inverse = distinct(key)
    return [tuple(column.text(row) for column in columns) for row in first.tolist()], inverse


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Where each row of a table stands: its file, and its row there (the header is row 1).

    `cell` names the very cell (Scorecard!H7) where a row of a workbook holds many figures.
    """

    file: Column
    row: Codes
    cell: Column | None = None

    def place(self, row: int, column: str) -> Place:
        """Where a row, counted from 0, stands; in `column`, unless its very cell is known."""
        if self.cell is not None and (name := self.cell.text(row)):
            return Place.of(self.file.text(row), at=f"cell {name}")
        return Place.of(self.file.text(row), row=int(self.row[row]), column=column)

    def cells(self) -> Column:
        """The cell of every row; "" where only its row is known."""
        return self.cell or Column.constant("", len(self.row))

    def problems(
        self,
        bad: Mask,
        column: str,
        code: str,
        what: Callable[[int], str],
        fix: str | Callable[[int], str],
        level: Level = "error",
    ) -> list[Problem]:
        """A problem for each `bad` row; of very many in one file the first, and how many more.

        `what` and `fix` are given the row's position, counted from 0.
        """
        found: list[Problem] = []
        at = np.flatnonzero(bad)
        for file_code in dict.fromkeys(self.file.codes[at].tolist()):
            here = at[self.file.codes[at] == file_code]
            first = [
                Problem(
                    self.place(i, column),
                    code,
                    what(i),
                    fix if isinstance(fix, str) else fix(i),
                    level,
                )
                for i in here[: SHOWN + 1].tolist()
            ]
            found += shorten(first, len(here))
        return found
