"""A cell of an officer's workbook in, a figure out: digits or a symbol, with its marks.

"84.2%", "1,034*", "£1.2m", "(35)", "↑ 94.1 p" and "85.6% (113/132)" are figures; what is none says
why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.sources.officers.grid import Cell
from reporter.sources.officers.mapping import alike
from reporter.sources.workbooks import plain

_ARROWS = re.compile(
    "[←-⇿➔-➾⬀-⬏▲△▴▵▶▷►▸▼▽▾▿◀◁◄◂●○◯■□◆◇★☆✓✔✗✘✖✅❌❎⛔⚠❗🔺🔻🟤🟣⬛⬜⚫⚪🔴🟠🟡🟢🔵⇧⇩\ufe0f]+"
)
_CORE = (
    r"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<pound>£)?\s*(?P<sign2>-)?"
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s*(?P<unit>%|percent|per cent|pp|k|m|bn|thousand|million|billion|days?|weeks?|months?"
    r"|hours?|hrs|minutes?|mins?|seconds?|secs?|tonnes?|kg|km|miles?|fte"
    r"|per (?:1,?000|10,?000|100,?000)\b(?: \w+){0,2})?"
    r"\s*(?(open)\))"
)  # fmt: skip
_NUMBER = re.compile(_CORE, re.I)
_PARTS = re.compile(r"\s*[(\[]?\s*(\d[\d,]*)\s*(?:/|of|out of)\s*(\d[\d,]*)\s*[)\]]?", re.I)
_ABOUT = re.compile(r"^(?:~|c\.|circa|approx(?:\.|imately)?|around|about)\s*(?=[£\d])", re.I)
_MARK = re.compile(
    r"\s*(?:\[(?P<b>[^\[\]]{1,12})\]|\((?P<p>[A-Za-z]{1,12}|[A-Za-z]?\d{1,2})\)"
    r"|(?P<s>[*†‡§#^]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)|(?<=[\d%\s])(?P<w>[A-Za-z]{1,4}|prov\w*|rev\w*"
    r"|est\w*|approx\w*))$",
    re.I,
)
_TIMES = {
    "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000,
    "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_BOUND = re.compile(
    r"^(?:[≥≤<>]=?|=|at least|min(?:imum)?|max(?:imum)?|up to|under|below|over|above|less than"
    r"|more than|no more than|not more than)\s*(?=[£\d.])"
    r"|(?<=[\d%])\s*(?:\+|or (?:more|above|over|less|below|under|fewer|higher|lower))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell states: plain digits or a symbol, its status, and its parts where it has them."""

    value: str
    status: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    """percent, money or "per 10,000", where the cell itself shows it."""

    @property
    def number(self) -> Decimal | None:
        """The number; None for a symbol."""
        return Decimal(self.value) if self.value[-1:].isdigit() else None


@dataclass(frozen=True, slots=True)
class Words:
    """The symbols and marks of a mapping, as they are compared."""

    symbols: Mapping[str, str]
    marks: Mapping[str, str]


def read_cell(cell: Cell, words: Words, times: Decimal = Decimal(1)) -> Figure | str:
    """The figure in `cell`, or why there is none; "" for a blank one."""
    if cell.fault == "error":
        return f"the cell holds the error {cell.text}"
    if cell.fault:
        return "the cell holds a formula whose result is not stored"
    if cell.number is not None:
        scale = Decimal(1) if cell.percent else times / (cell.shown_in if times > 1 else 1)
        unit = "percent" if cell.percent else "money" if cell.pounds else ""
        return Figure(plain(cell.number * scale), unit=unit)
    if cell.day:
        return f"{cell.text} is a date"
    return _of_text(cell.text, words, times)


def is_numeric(cell: Cell) -> bool:
    """Whether `cell` holds a number in any form, marks and bounds included."""
    if cell.number is not None or cell.fault:
        return True
    if cell.day:
        return False
    if re.search(r"% (?:ci|cl|confidence)\b", cell.text, re.I):
        return False
    text = _ABOUT.sub("", without_bound(cell.text))
    bare = _bare(text)[0]
    return bool(_NUMBER.fullmatch(bare)) or _with_parts(text) is not None


def marks_of(text: str) -> tuple[str, ...]:
    """The footnote marks behind the number in `text`, the first one first."""
    return _bare(_plain(text))[1]


def _bare(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the marks behind it, and those marks."""
    found: list[str] = []
    while not _NUMBER.fullmatch(text) and (match := _MARK.search(text)):
        found.append(_inner(match))
        text = text[: match.start()].strip()
    return text, tuple(reversed(found))


def without_bound(text: str) -> str:
    """`text` without "at least" or "≥" before it or "or more" behind it."""
    return _BOUND.sub("", _plain(text)).strip()


def _plain(text: str) -> str:
    text = _ARROWS.sub(" ", text).replace("−", "-").replace("\xa0", " ")
    return " ".join(re.sub(r"^[–—](?=\s*[£\d])", "-", text.strip()).split())


def _of_text(text: str, words: Words, times: Decimal) -> Figure | str:
    bare = _plain(text)
    if not bare:
        return ""
    if symbol := words.symbols.get(alike(text)) or words.symbols.get(alike(bare)):
        return Figure(symbol)
    status: set[str] = set()
    if _ABOUT.match(bare):
        bare = _ABOUT.sub("", bare)
        status.add("approximate")
    while not _NUMBER.fullmatch(bare):
        if whole := _with_parts(bare):
            return Figure(whole[0], " ".join(sorted(status)), whole[1], whole[2], "percent")
        match = _MARK.search(bare)
        if match is None:
            return f"{text!r} is not a number"
        mark = alike(_inner(match))
        if mark not in words.marks:
            known = "symbols" if match.start() == 0 else "marks"
            return f"{text!r} is not a number, and {_inner(match)!r} is not among the {known}"
        status.add(words.marks[mark])
        bare = bare[: match.start()].strip()
        if symbol := words.symbols.get(alike(bare)):
            return Figure(symbol, " ".join(sorted(status - {""})))
    value, unit = _number(bare, times)
    return Figure(value, " ".join(sorted(status - {""})), unit=unit)


def _inner(match: re.Match[str]) -> str:
    return next(found for found in match.groups() if found)


def _with_parts(text: str) -> tuple[str, str, str] | None:
    """The value and its parts in "85.6% (113/132)"."""
    match = _NUMBER.match(text)
    if match is None or "%" not in text:
        return None
    parts = _PARTS.fullmatch(text[match.end() :])
    if parts is None:
        return None
    top, base = (part.replace(",", "") for part in parts.groups())
    return _number(match.group(), Decimal(1))[0], top, base


def _number(text: str, times: Decimal) -> tuple[str, str]:
    """Plain digits, and the unit that the text shows."""
    match = _NUMBER.fullmatch(text)
    assert match is not None
    number = Decimal(re.sub("[, ]", "", match["digits"]))
    unit = (match["unit"] or "").lower()
    percent = unit in ("%", "percent", "per cent")
    number *= _TIMES.get(unit, 1 if percent else times)
    negative = match["open"] or "-" in (match["sign"], match["sign2"])
    shown = "percent" if percent else "money" if match["pound"] else ""
    shown = unit if unit.startswith("per 1") else shown
    return plain(-number if negative else number), shown
