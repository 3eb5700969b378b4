"""The number in a cell of an invented workbook, read by openpyxl and no code of ours."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

_MARKS = re.compile(r"\s*(?:\([a-z]\)|\[\d\]|[*¹²]|per 10,000)$")


def number_in(cell: Any) -> Decimal | None:
    """The number that a reader sees in a cell, None where it holds none."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        shown = re.sub(r'"[^"]*"|\\.', "", cell.number_format)
        return number * 100 if "%" in shown else number
    text = re.sub(r"^(?:c\. |~|≥|[✅❌🟢] )", "", _MARKS.sub("", str(value).strip()))
    text = re.sub(r" (?:mins|minutes|tonnes)$", "", text.replace("−", "-").replace("–", "-"))
    for end, times in (("m", 1_000_000), ("k", 1_000)):
        if re.fullmatch(rf"£[\d.]+{end}", text):
            return Decimal(text[1:-1]) * times
    if not re.fullmatch(r"\(?[-+]?£?[\d,]+(?:\.\d+)?\s?%?\)?", text):
        return None
    number = Decimal(re.sub(r"[^\d.]", "", text))
    return -number if text.startswith(("(", "-")) else number
