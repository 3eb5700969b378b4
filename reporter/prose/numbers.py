"""Figures in words: rounding, thousands, units, money, fractions and multiples.

Rounds once, half up (`reporter.rounding`), and takes the signs of the house locale from Babel.
No-break spaces keep a number and its unit on one line (STANDARDS 1.6.7).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from reporter.prose.lexicon import Lexicon
from reporter.rounding import round_half_up, without_dust

NBSP = "\u00a0"
MONEY_DIGITS = 3
MILLION = 1_000_000
THOUSAND = 1_000
FIVE_FIGURES = 9_999.5
"""Less than this is rounded to four figures at most."""


@lru_cache(maxsize=1 << 14)
def decimal_text(value: float, decimals: int, locale: str, strip: bool = False) -> str:
    """`value` rounded and laid out: 2,548 or 94.3; with `strip`, 90 rather than 90.0."""
    rounded = round_half_up(value, decimals)
    if strip and rounded == rounded.to_integral_value():
        decimals = 0
    return f"{rounded:,.{decimals}f}".translate(_symbols(locale))


@cache
def _symbols(locale: str) -> dict[int, str]:
    """The locale's signs between thousands and before decimals, for those that Python writes."""
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})


def figure(
    value: float, unit: str, decimals: int, lexicon: Lexicon, locale: str, strip: bool = False
) -> str:
    """`value` with its unit as it stands in a sentence.

    A positive figure that would be shown as 0 is said to be less than the smallest one that shows
    (STANDARDS 1.3.4). Rates come without their base, which is named apart.
    """
    size = abs(value)
    if unit == "money":
        text = money(size, lexicon, locale)
    else:
        if 0 < size < 1 and not round_half_up(size, decimals):
            smallest = float(Decimal(1).scaleb(-decimals))
            text = _with_unit(smallest, unit, decimals, lexicon, locale)
            return f"{lexicon.words['less_than']} {text}"
        text = _with_unit(size, unit, decimals, lexicon, locale, strip)
    return f"{lexicon.words['minus']}{text}" if value < 0 and size else text


def _with_unit(
    size: float, unit: str, decimals: int, lexicon: Lexicon, locale: str, strip: bool = False
) -> str:
    number = decimal_text(size, decimals, locale, strip)
    if unit == "percent":
        return f"{number}%"
    if unit in lexicon.units:
        counted = lexicon.units[unit]
        one = round_half_up(size, decimals) == 1
        return f"{number}{NBSP}{counted.one if one else counted.many}"
    return number


def money(size: float, lexicon: Lexicon, locale: str, exact: bool = False) -> str:
    """Pounds to three significant figures: £1.36 million, £475,000 (STANDARDS 1.3.1, 1.6.4). A sum
    of four figures is given whole: £1,905 beside a table is no rounder as £1,910, only another.

    `exact` gives whole pounds, for tables; pence are shown of sums below ten pounds.
    """
    pound = lexicon.words["pound"]
    if exact:
        return f"{pound}{decimal_text(size, 0, locale)}"
    if size >= MILLION * 0.9995:
        return f"{pound}{_significant(size / MILLION, locale)}{NBSP}{lexicon.words['million']}"
    if size >= FIVE_FIGURES:
        return f"{pound}{_significant(size, locale)}"
    whole = size == int(size)
    return f"{pound}{decimal_text(size, 0 if whole or size >= 10 else 2, locale)}"


def money_as_shown(value: float) -> float:
    """The sum that `money` states: what a chart shows where the text says £513,000."""
    size = abs(value)
    if size >= FIVE_FIGURES:
        shown = float(_to_digits(size, MONEY_DIGITS))
    else:
        shown = float(round_half_up(size, 0 if size == int(size) or size >= 10 else 2))
    return -shown if value < 0 else shown


def _significant(size: float, locale: str) -> str:
    rounded = without_dust(float(_to_digits(size, MONEY_DIGITS)))
    exact = Decimal(repr(rounded)).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return decimal_text(rounded, places, locale)


def _to_digits(size: float, digits: int) -> Decimal:
    before = Decimal(repr(without_dust(size))).adjusted()
    return round_half_up(size, digits - 1 - before)


def counted_in_words(number: int, lexicon: Lexicon, style: str, locale: str) -> str:
    """A number of things that is no statistic: words up to nine in house style `ons` (1.6.1)."""
    if (style == "ons" or number == 1) and 0 <= number < len(lexicon.numerals):
        return lexicon.numerals[number]
    return decimal_text(number, 0, locale)


def ordinal(number: int, lexicon: Lexicon, style: str, figures: bool = False) -> str:
    """first ... ninth, 10th; in a sequence with a higher one, figures (STANDARDS 1.6.1)."""
    if style == "ons" and not figures and 1 <= number <= len(lexicon.ordinals):
        return lexicon.ordinals[number - 1]
    teen = number % 100 in (11, 12, 13)
    suffix = lexicon.words["ordinal_other"] if teen else _suffixes(lexicon).get(number % 10)
    return f"{number}{suffix or lexicon.words['ordinal_other']}"


def _suffixes(lexicon: Lexicon) -> dict[int, str]:
    words = lexicon.words
    return {1: words["ordinal_1"], 2: words["ordinal_2"], 3: words["ordinal_3"]}


def points(difference: float, decimals: int, lexicon: Lexicon, locale: str) -> str:
    """The size of a difference of percentages, in percentage points (STANDARDS 1.1.1, 1.1.2)."""
    return _with_unit(abs(difference), "points", decimals, lexicon, locale)


def multiple(ratio: float, lexicon: Lexicon, locale: str) -> str:
    """How many times as high: "more than twice", "2.7 times", "half"; else "" (1.5.4).

    Between the bands of half and one and a half a multiple tells nothing that the figures do not.
    """
    exact = Decimal(repr(without_dust(ratio)))
    for band in lexicon.multiples:
        if band.above < exact <= band.up_to:
            return band.words
    if exact > max(band.up_to for band in lexicon.multiples if band.up_to < 3):
        return f"{decimal_text(ratio, 1, locale, strip=True)} {lexicon.words['times']}"
    return ""


def fraction(percent: float, denominator: float | None, lexicon: Lexicon) -> str:
    """The narrowest true fraction phrase for `percent`, or "" (STANDARDS 1.5.2, 1.5.3)."""
    if denominator is not None and denominator < 50:
        return ""
    exact = Decimal(repr(without_dust(percent)))
    nearest = min(lexicon.fractions, key=lambda known: abs(known.percent - exact))
    distance = exact - nearest.percent
    for band in lexicon.fraction_hedges:
        if band.above < distance <= band.up_to:
            return f"{band.words} {nearest.words}".strip()
    return ""
