"""Whether everyone can read a Word file: every row of STANDARDS part 5, a function each.

In: a finished .docx, ours or another's. Out: a `Problem` a fault, its code the row (`access-5.6`).
No fault found is not the same as accessible: whether words are plain and a description serves, a
person judges.
"""

from __future__ import annotations

from reporter.check.colours import row_5_15
from reporter.check.faults import Check
from reporter.check.rows_file import (
    row_5_1,
    row_5_2,
    row_5_18,
    row_5_19,
    row_5_21,
    row_5_23,
    row_5_25,
)  # fmt: skip
from reporter.check.rows_pictures import row_5_11, row_5_12, row_5_13, row_5_20
from reporter.check.rows_tables import row_5_6, row_5_7, row_5_8, row_5_9, row_5_10, row_5_14
from reporter.check.rows_text import (
    row_5_3,
    row_5_4,
    row_5_5,
    row_5_16,
    row_5_17,
    row_5_22,
    row_5_24,
)  # fmt: skip
from reporter.problems import Place, Problem
from reporter.reading import open_paper

ROWS: tuple[tuple[str, Check], ...] = (
    ("5.1", row_5_1), ("5.2", row_5_2), ("5.3", row_5_3), ("5.4", row_5_4), ("5.5", row_5_5),
    ("5.6", row_5_6), ("5.7", row_5_7), ("5.8", row_5_8), ("5.9", row_5_9), ("5.10", row_5_10),
    ("5.11", row_5_11), ("5.12", row_5_12), ("5.13", row_5_13), ("5.14", row_5_14),
    ("5.15", row_5_15), ("5.16", row_5_16), ("5.17", row_5_17), ("5.18", row_5_18),
    ("5.19", row_5_19), ("5.20", row_5_20), ("5.21", row_5_21), ("5.22", row_5_22),
    ("5.23", row_5_23), ("5.24", row_5_24), ("5.25", row_5_25),
)  # fmt: skip


def check_paper(docx: bytes, name: str) -> tuple[Problem, ...]:
    """Everything in `docx` that shuts a reader out, row by row; `name` is what the user calls it.

    Raises `ProblemsFoundError` where the file cannot be opened safely.
    """
    paper = open_paper(docx, name)
    found = (
        Problem(Place.of(name, at=fault.at), f"access-{row}", fault.what, fault.fix, fault.level)
        for row, check in ROWS
        for fault in check(paper)
    )
    return tuple(dict.fromkeys(found))
