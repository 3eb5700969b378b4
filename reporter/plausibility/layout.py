"""The figures of a dataset as columns of numbers, laid out once for all the papers on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.sources import Dataset

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
_TEXTS = (
    "area", "indicator", "breakdown", "category", "basis", "period", "status", "missing",
    "published", "file", "cell", "text",
)  # fmt: skip


class Texts(NamedTuple):
    """A column of texts: each distinct one once, and which of them each row holds."""

    distinct: tuple[str, ...]
    codes: Ints

    def at(self, row: int) -> str:
        """What stands in `row`."""
        return self.distinct[int(self.codes[row])]

    def where(self, passes: Callable[[str], bool], rows: Ints) -> Bools:
        """Which of `rows` hold a text that passes."""
        return np.array([passes(text) for text in self.distinct], np.bool_)[self.codes[rows]]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """`Dataset.observations`, column by column; rows are counted from 0."""

    texts: Mapping[str, Texts]
    start: Days
    end: Days
    value: Floats
    numerator: Floats
    denominator: Floats
    months: Ints
    era: Ints
    """Figures of a measure may be compared where it is equal."""
    row: Ints
    """The row of each in its file."""
    decimals: Ints
    """How many digits each figure has behind the point, as its source wrote it."""
    of_area: Mapping[str, Ints]
    of_measure: Mapping[str, Ints]


@lru_cache(maxsize=1)
def laid_out(dataset: Dataset) -> Layout:
    """The columns of `dataset`."""
    rows = dataset.observations
    texts = {name: _texts(rows[name]) for name in _TEXTS}
    decimals = [len(text.partition(".")[2]) for text in texts["text"].distinct]
    return Layout(
        texts=texts,
        start=rows["start"].to_numpy().astype("datetime64[D]"),
        end=rows["end"].to_numpy().astype("datetime64[D]"),
        value=rows["value"].to_numpy(np.float64),
        numerator=rows["numerator"].to_numpy(np.float64),
        denominator=rows["denominator"].to_numpy(np.float64),
        months=rows["months"].to_numpy(),
        era=rows["era"].to_numpy(),
        row=rows["row"].to_numpy(),
        decimals=np.array(decimals, np.int16)[texts["text"].codes],
        of_area=_rows_of_each(texts["area"]),
        of_measure=_rows_of_each(texts["indicator"]),
    )


def _texts(column: pd.Series[Any]) -> Texts:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Texts(tuple(map(str, column.cat.categories)), column.cat.codes.to_numpy())
    codes, distinct = pd.factorize(column)
    return Texts(tuple(map(str, distinct)), codes.astype(np.int32))


def _rows_of_each(column: Texts) -> dict[str, Ints]:
    """The rows of each text, in order."""
    order = np.argsort(column.codes, kind="stable").astype(np.int32)
    ends = np.searchsorted(column.codes[order], np.arange(len(column.distinct) + 1))
    return {text: order[ends[at] : ends[at + 1]] for at, text in enumerate(column.distinct)}
