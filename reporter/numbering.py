"""Whole numbers in the place of distinct rows of columns: rows are many, what differs is little.

The basement of the house. Arrays in and out are of whole numbers, an element a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def combine(parts: Sequence[NDArray[Any]]) -> Ints:
    """One number a row that sorts as the rows of `parts` do, the first part first.

    Rows have equal numbers where all parts are equal.
    """
    key = np.zeros(len(parts[0]), dtype=np.int64)
    if not len(key):
        return key
    size = 1
    for part in parts:
        low, width = _span(part)
        if size * width >= 2**62:
            key = numbered(key)
            size = int(key.max()) + 1
        if width > 1:
            key *= width
            key += part
            key -= low
            size *= width
    return key


def numbered(key: NDArray[Any]) -> Ints:
    """The same numbers as those from 0 on without gaps, in their order."""
    codes, values = pd.factorize(key)
    return _places(values)[codes]


def distinct(key: NDArray[Any]) -> tuple[Ints, Ints]:
    """The first row of each distinct number, in the order of the numbers, and which each row is."""
    codes, values = pd.factorize(key)
    # Codes are in the order of their first rows: each of these is larger than all before it.
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    places = _places(values)
    rows = np.empty(len(values), np.int64)
    rows[places] = first
    return rows, places[codes]


def _places(values: NDArray[Any]) -> Ints:
    """The place of each of the distinct `values` among them in their order."""
    places = np.empty(len(values), np.int64)
    places[np.argsort(values)] = np.arange(len(values))
    return places


def _span(key: NDArray[Any]) -> tuple[int, int]:
    """The lowest number and how many there are from there to the highest."""
    low = int(key.min())
    return low, int(key.max()) - low + 1
