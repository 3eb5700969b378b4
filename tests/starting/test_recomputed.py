"""Papers made of officers' workbooks: every figure of every fact read again from its cell.

The cells are read here by other code than the product's: as text, with its own few rules.
"""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reporter.pipeline import build_report
from reporter.starting import start
from tests.sources.officers import kinds, returns
from tests.sources.officers.dashboards import Kind

_PLACE = Path(__file__).parents[1] / "sources" / "officers" / "books.py"
_spec = importlib.util.spec_from_file_location("officers_books", _PLACE)
assert _spec is not None
assert _spec.loader is not None
books: Any = importlib.util.module_from_spec(_spec)
__import__("sys").modules["officers_books"] = books
_spec.loader.exec_module(books)


SMALL = (returns.beneath, returns.apart, returns.running, returns.amid, returns.headed,
         returns.ranked, returns.abroad)  # fmt: skip
FIVE = (kinds.adult_care, kinds.finance, kinds.planning, kinds.workforce, kinds.leisure)


def number(cell: Any) -> set[float]:
    """What a cell may state: as it stands, by its sign for per cent, thousands and millions."""
    if isinstance(cell.value, int | float):
        shown = cell.value * (100 if "%" in cell.number_format else 1)
        scales = (1, 1000, 1_000_000)  # (£000) and (£m) stand in the label
        return {round(shown * scale, 9 if scale == 1 else 6) for scale in scales}
    text = str(cell.value).replace(",", "")
    scale = 1_000_000 if "m" in text else 1_000 if "k" in text else 1
    found = re.search(r"\d+(?:\.\d+)?", text)
    sign = -1 if re.fullmatch(r"\(.*\)", text) else 1
    if not found:
        return set()
    stated = sign * float(found.group()) * scale
    return {round(stated, 6), round(stated * 1000, 6)}


@pytest.mark.parametrize(
    "make",
    [books.scorecard, books.services, books.months_down, *FIVE, *SMALL],
    ids=lambda make: make.__name__,
)
def test_every_figure_of_a_fact_stands_in_a_cell_that_it_names(make: Any, tmp_path: Path) -> None:
    book = make()
    area = "Exampleford" if isinstance(book, Kind) else "Sometown"
    if isinstance(book, bytes):
        book = books.Book("kind.xlsx", book)
    if isinstance(book, Kind):
        book = books.Book(book.file, book.raw)
    (tmp_path / book.name).write_bytes(book.raw)
    start(tmp_path / "paper", tmp_path / book.name, area)
    _, evidence = build_report(tmp_path / "paper" / "report.yaml", tmp_path / "out").paths
    raw = openpyxl.load_workbook(tmp_path / book.name, data_only=True)
    told = json.loads(evidence.read_text("utf-8"))
    facts = [fact for s in told["statements"] for fact in s["facts"]]
    facts += [item["fact"] for item in told["left_out"]]
    checked = 0
    for fact in facts:
        cells = [source["cell"] for source in fact["sources"] if source.get("cell")]
        if not cells or fact["kind"] in ("average", "count_summary", "annualised"):
            continue  # figures of their own arithmetic
        stated = set().union(*(number(raw[c.split("!")[0]][c.split("!")[1]]) for c in cells))
        for field in ("value", "base_value"):
            if fact[field] is not None:
                assert any(abs(fact[field] - one) < 1e-6 for one in stated), (fact, stated)
                checked += 1
    assert checked > (8 if make in (*FIVE, *SMALL) else 30)
