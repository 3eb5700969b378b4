"""Columns of words and marks: every word held once, a code a row.

A frame of a million facts holds small whole numbers; the words are shared by all tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reporter.facts.panel import MARKS, NONE, Bools, Ints

if TYPE_CHECKING:
    Words = pd.Categorical[Any]
else:
    Words = pd.Categorical  # not generic outside its stubs


def categorical(codes: Any, names: Sequence[str]) -> Words:
    """The name of each code in `names`, which are distinct; -1 is no name."""
    make: Any = pd.Categorical.from_codes
    column: Words = make(codes, dtype=_type_of(tuple(names)))
    return column


@lru_cache(maxsize=1024)
def _type_of(names: tuple[str, ...]) -> pd.CategoricalDtype:
    """The type of a column of these words, made once: pandas checks that they are distinct."""
    return pd.CategoricalDtype(pd.Index(names, dtype="str"))


def recoded(column: Words, options: Sequence[str]) -> Words:
    """`column` with exactly `options` as its names, in their order; `ValueError` if one is lost."""
    names = [str(name) for name in column.categories]
    back = np.array([*(options.index(n) if n in options else NONE for n in names), NONE], np.int64)
    codes = back[np.asarray(column.codes, np.int64)]
    if (codes < 0).any():
        lost = sorted({names[code] for code in column.codes[codes < 0].tolist()})
        raise ValueError(f"{lost} are not among {list(options)}")
    return categorical(codes, options)


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


def status_words(bits: Ints) -> Words:
    """Status bits as words, in the order of `MARKS`, one space apart."""
    kept = np.flatnonzero(np.bincount(bits, minlength=1))
    codes = np.searchsorted(kept, bits)
    names = [" ".join(m for at, m in enumerate(MARKS) if bit >> at & 1) for bit in kept.tolist()]
    return categorical(codes, names)


def coded_words(codes: Ints, names: Sequence[str]) -> Words:
    """The name of each code in `names`, of which several may be equal; "" where it is -1."""
    kept = {name: place for place, name in enumerate(dict.fromkeys(("", *names)))}
    back = np.array([*(kept[name] for name in names), 0], np.int64)  # the last serves -1
    return categorical(back[codes], list(kept))
