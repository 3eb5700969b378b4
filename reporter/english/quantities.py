"""Quantities in text: figures and number words, with their value, unit and precision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporter.english.numerals import (
    CARDINAL,
    FRACTION,
    MULTIPLE,
    ORDINAL,
    value_of_fraction,
    value_of_multiple,
    value_of_words,
)  # fmt: skip
from reporter.english.periods import Period, find_periods


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states.

    `value` is in `unit`: "" (a count), percent, points, gbp, per_1000 and its like, days, weeks,
    months, years, hours, minutes, miles, tonnes, fraction (of 1), times or ordinal. `step` is the
    smallest difference that the text shows (34: 1; 3.5%: 0.1; £1.2m: 100000; words: 1, fractions
    0). `hedge` is about, over or under where the text says so. `role` is "figure" for what is
    counted or measured, else "reference" (a paragraph, an Act, a telephone) or "age".
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str = ""
    step: Decimal = Decimal(1)
    hedge: str = ""
    role: str = "figure"
    spelled: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it counts or measures something."""
        return self.role == "figure"

    def agrees(self, other: Decimal) -> bool:
        """Whether `other` may be written as this quantity is: it rounds to it, either way."""
        return abs(self.value - other) <= self.step / 2


_SCALES = {"m": 6, "million": 6, "bn": 9, "billion": 9, "k": 3, "thousand": 3}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = (
    r"\s?(?:(?P<points>(?:%|per\s?cent|percentage)[- ]points?|ppts?\b|p\.p\.|pp\b|points?\b)"
    r"|(?P<percent>%|per\s?cent\b)"
    r"|(?P<rate>per\s(?:1,?000|10,?000|100,?000|10?0?k)\b|‰)"
    r"|(?P<time>[- ](?:working |calendar )?(?:days?|weeks?|months?|years?|hours?|minutes?|miles?"
    r"|tonnes?)\b))"
)
_FIGURE = re.compile(
    rf"(?<![\w.,/])(?<![A-Za-z]-)(?P<sign>[-−–+](?=[\d£€$]))?(?P<money>[£€$])?\s?(?P<digits>{_DIGITS})"
    rf"(?:(?P<scale>\s?(?:million|billion|thousand|bn)|[mk])\b)?"
    rf"(?P<nth>st|nd|rd|th)?(?![A-Za-z]|[\d])(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = re.compile(
    rf"\b(?:(?P<fraction>{FRACTION})|(?P<multiple>{MULTIPLE})|(?P<ordinal>{ORDINAL})|"
    rf"(?P<cardinal>{CARDINAL})(?P<times>(?: and a half)? times)?)\b(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{CARDINAL})\s+in\s+(?:every\s+)?(?P<m>\d{{1,3}}|{CARDINAL})(?!\s*(?:%"
    rf"|per\s?cent)|[\d,.]*\d)\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/.])([1-9])/([2-9]|1[0-9])(?![\d/])|([¼½¾⅓⅔])")
_VULGAR = {"¼": Decimal(1) / 4, "½": Decimal(1) / 2, "¾": Decimal(3) / 4,
           "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}  # fmt: skip

_HEDGES = {
    "about": r"about|around|approximately|approx\.?|some|roughly|circa|c\.|or so|close to|nearly"
    r"|almost",
    "over": r"over|more than|above|at least|a little over|just over|in excess of|upwards of"
    r"|exceeding",
    "under": r"under|less than|fewer than|below|at most|just under|up to|no more than|not more"
    r" than",
}
_HEDGE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\s*(?:a |the )?$)" for name, words in _HEDGES.items()),
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:\b(?:paragraphs?|paras?\.?|sections?|tables?|figures?|fig\.?|charts?|graphs?|appendix"
    r"|appendices|annex(?:es)?|pages?|"
    r"p\.|pp\.|items?|schedule|parts?|clauses?|regulations?|articles?|rules?|stage|key stage|KS"
    r"|levels?|grade|tier|"
    r"bands?|priority|priorities|objectives?|outcomes?|goals?|recommendations?|phase|step|options?|"
    r"questions?|rooms?|wards?|ref(?:erence)?|version|group|year|act|minute|tel(?:ephone)?(?:"
    r" no)?|phone|no|nos|strand|theme|chapter|pillar|standard)"
    r"[.:]?\s*(?:\d+[\d.()a-z]*\s*(?:,|and|to|or|&|-|–)\s*)*\(?|[#@]|\bs\.?\s?|\bss\.?\s?"
    r"|\bCOVID[- ]|\bper\s)$",
    re.IGNORECASE,
)
_REFERENCE_AFTER = re.compile(
    r"\s?(?:\([a-z]\)|[a-z]\b(?!\s)|:\d\d|\.\d+\.|(?:am|pm)\b)", re.IGNORECASE
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age of|year olds?)\s*(?:between |from |under |over )?(?:\w+\s?(?:-|–|to"
    r"|and|or)\s?)?$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"s?\s?(?:(?:-|–|to|and|or|,)\s?\d{1,2}s?\s?)*[-–\s](?:years?|yrs?"
    r"|months?)\.?[- ]?(?:olds?\b|of age)"
    r"|(?:\s?[-–]\s?\d{1,2})?s\b(?!\s?%)|\+s?\s?(?:years?|population)",
    re.IGNORECASE,
)
_NOT_NUMBERS = re.compile(
    r"(?<![\w.])\d+(?:\.\d+){2,}(?![\w.]?\w)|https?://\S+|www\.\S+|\S+@\S+\.\S+"
    r"|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b|\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b"
    r"|\b\d{1,2}[:.]\d\d\s?(?:am|pm)\b|\b24/7\b|\b\d{1,2}:\d\d\b",
)


def find_quantities(text: str, periods: tuple[Period, ...] | None = None) -> tuple[Quantity, ...]:
    """The numbers of `text` in order, those of dates left out; none within another."""
    named = find_periods(text) if periods is None else periods
    taken = [(p.start, p.end) for p in named if p.kind != "window"]
    taken += [match.span() for match in _NOT_NUMBERS.finditer(text)]
    found: list[Quantity] = []
    for made in (*_slashed(text), *_one_in(text), *_figures(text), *_worded(text)):
        if not any(made.start < end and start < made.end for start, end in taken):
            taken.append((made.start, made.end))
            found.append(made)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _figures(text: str) -> Iterator[Quantity]:
    for m in _FIGURE.finditer(text):
        digits = m["digits"].replace(",", "")
        value = Decimal(digits)
        step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
        scale = (m["scale"] or "").strip().casefold()
        if scale in ("m", "k") and not m["money"] and "." not in digits:
            scale = "" if scale == "m" else scale
        power = _SCALES.get(scale, 0)
        value, step = value.scaleb(power), step.scaleb(power)
        if m["sign"] and m["sign"] != "+":
            value = -value
        unit = "gbp" if m["money"] else "ordinal" if m["nth"] else _unit(m)
        yield _placed(text, m, value, unit, step)


def _worded(text: str) -> Iterator[Quantity]:
    for m in _WORDS.finditer(text):
        if m["fraction"]:
            value, unit, step = value_of_fraction(m["fraction"]), "fraction", Decimal(0)
        elif m["multiple"]:
            value, unit, step = value_of_multiple(m["multiple"]), "times", Decimal(0)
        elif m["ordinal"]:
            value, unit, step = value_of_words(m["ordinal"]), "ordinal", Decimal(1)
        else:
            value, unit, step = value_of_words(m["cardinal"]), _unit(m), Decimal(1)
            if m["times"]:
                half = Decimal("0.5") if "half" in m["times"] else 0
                value, unit = value + half, "times"
        yield _placed(text, m, value, unit, step, spelled=True)


def _one_in(text: str) -> Iterator[Quantity]:
    for m in _ONE_IN.finditer(text):
        n, m_ = (Decimal(s) if s.isdecimal() else value_of_words(s) for s in (m["n"], m["m"]))
        if 0 < n < m_ <= 1000:
            yield Quantity(
                m.start(), m.end(), m[0], n / m_, "fraction", Decimal(0), _hedge(text, m.start())
            )


def _slashed(text: str) -> Iterator[Quantity]:
    for m in _SLASHED.finditer(text):
        value = _VULGAR[m[3]] if m[3] else Decimal(m[1]) / Decimal(m[2])
        if value < 1:
            yield Quantity(
                m.start(), m.end(), m[0], value, "fraction", Decimal(0), _hedge(text, m.start())
            )


def _unit(m: re.Match[str]) -> str:
    said = m["unit"]
    if not said:
        return ""
    if m["points"]:
        return "points"
    if m["percent"]:
        return "percent"
    if m["rate"]:
        people = "".join(c for c in said.replace("k", "000") if c.isdecimal())
        return f"per_{people or 1000}"
    return str(re.findall(r"[a-z]+", said.casefold())[-1]).removesuffix("s") + "s"


def _placed(
    text: str, m: re.Match[str], value: Decimal, unit: str, step: Decimal, spelled: bool = False
) -> Quantity:
    start = m.start()
    said = m[0].strip()
    start += len(m[0]) - len(m[0].lstrip())
    end = start + len(said)
    role = _role(text, start, end, m, unit)
    return Quantity(start, end, said, value, unit, step, _hedge(text, start), role, spelled)


def _hedge(text: str, start: int) -> str:
    found = _HEDGE.search(text[max(0, start - 30) : start])
    return found.lastgroup or "" if found else ""


def _role(text: str, start: int, end: int, m: re.Match[str], unit: str) -> str:
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    number_end = m.end("unit") if m["unit"] and unit not in ("years", "months") else end
    tail = (
        text[number_end : number_end + 40]
        if unit not in ("years", "months")
        else text[m.start("unit") : end + 20]
    )
    if unit in ("", "years", "months", "ordinal") and (
        _AGE_BEFORE.search(before) or _AGE_AFTER.match(tail)
    ):
        return "age"
    if unit in ("", "ordinal") and (_REFERENCE.search(before) or _REFERENCE_AFTER.match(after)):
        return "reference"
    return "figure"
