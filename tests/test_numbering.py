"""Rows numbered: equal where the rows are equal, and in the order of the rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reporter.numbering import combine, distinct, numbered

FAR = 2**40
ROWS = st.lists(st.tuples(*(st.integers(-FAR, FAR) | st.integers(0, 3) for _ in range(3))))


@given(ROWS)
def test_numbers_are_those_of_the_rows_in_their_order(rows: list[tuple[int, ...]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    in_order = sorted(set(rows))
    wanted = [in_order.index(row) for row in rows]
    key = combine(list(columns))
    assert numbered(key).tolist() == wanted
    first, number = distinct(key)
    assert number.tolist() == wanted
    assert first.tolist() == [rows.index(row) for row in in_order]


def test_columns_of_few_numbers_keep_their_own_type() -> None:
    small, large = np.array([3, 1, 3], np.int8), np.array([7, 7, 5], np.int32)
    assert numbered(combine([small, large])).tolist() == [2, 0, 1]
    assert small.tolist() == [3, 1, 3]
