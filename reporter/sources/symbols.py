"""What stands in a cell of figures: a number, a symbol for a missing one, marks (STANDARDS 3.1)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from reporter.problems import closest

Missing = Literal["", "suppressed", "not_applicable", "not_available", "low", "unreliable"]

SYMBOLS: dict[str, Missing] = {
    "c": "suppressed",
    "z": "not_applicable",
    "x": "not_available",
    ":": "not_available",
    "..": "not_available",
    "low": "low",
    "k": "low",
    "~": "low",
    "u": "unreliable",
}
AMBIGUOUS = frozenset(
    ("-", "–", "—", "*", ".", "...", "n/a", "na", "n.a.", "#n/a", "null", "none", "nil", "nan")
)
"""Legacy symbols, in lower case: what they mean differs by file."""

MARKS = {
    "approx": "approximate",
    "approximate": "approximate",
    "b": "break",
    "break": "break",
    "derived": "derived",
    "e": "estimated",
    "estimated": "estimated",
    "f": "forecast",
    "forecast": "forecast",
    "p": "provisional",
    "provisional": "provisional",
    "r": "revised",
    "er": "revised",
    "revised": "revised",
    "stated": "",
}
CHOICE = (
    "c (suppressed), z (not applicable), x (not available), low (rounds to 0) or u (unreliable)"
)
LARGEST = 1e15
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as read: a number (else NaN), why there is none, or what is `wrong` and its `fix`."""

    value: float = math.nan
    missing: Missing = ""
    wrong: str = ""
    fix: str = ""


def read_value(text: str) -> Reading:
    """The number or symbol in `text`; published brackets round a symbol, as in [c], are allowed."""
    if _NUMBER.fullmatch(text):
        value = float(text)
        if abs(value) < LARGEST:
            return Reading(value + 0.0)
        fix = "Check it; a figure of a council has at most 15 digits."
        return Reading(wrong="the number is too large", fix=fix)
    symbol = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if symbol in SYMBOLS:
        return Reading(missing=SYMBOLS[symbol])
    return _misfit(text)


def _misfit(text: str) -> Reading:
    """What is wrong with a cell that is neither a number nor a symbol."""
    lower = text.lower()
    if not text:
        fix = f"Write the number, or why there is none: {CHOICE}; or delete the row."
        return Reading(wrong="there is no value", fix=fix)
    if lower in AMBIGUOUS:
        wrong = f"{text!r} means different things in different files"
        return Reading(wrong=wrong, fix=f"Write what is meant here: {CHOICE}.")
    if _COMMAS.fullmatch(text):
        fix = f"Take the commas out: {text.replace(',', '')}."
    elif text.endswith("%"):
        fix = "Take the % away and write 49 for 49%; the catalogue says that it is a percentage."
    elif "£" in text:
        fix = "Write pounds in full and without the sign: 1200000 for £1.2m."
    elif text[0] in "−–—":
        fix = "Write the minus sign as a plain hyphen."
    elif lower in SYMBOLS:
        fix = f"Write the symbol in small letters: {lower}."
    elif lower.strip("[]") in MARKS:
        fix = "Put this mark in the column `status`, and the number here."
    elif text.startswith("#"):
        fix = "Mend the formula in Excel; this is its error."
    else:
        fix = f"Write digits with a point for decimals, or why there is no figure: {CHOICE}."
    return Reading(wrong=f"{text!r} is not a number", fix=fix)


def read_status(text: str) -> str:
    """The marks in `text`, in order and one space apart; `ValueError` names an unknown one."""
    marks = set()
    for word in text.replace(",", " ").split():
        mark = MARKS.get(word.lower().strip("[]"))
        if mark is None:
            near = closest(word, MARKS)
            raise ValueError(f"{word!r} is not a status" + (f"; {near!r} is" if near else ""))
        marks.add(mark)
    return " ".join(sorted(marks - {""}))
