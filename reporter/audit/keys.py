"""When two texts, numbers or periods say the same however they are written."""

from __future__ import annotations

from decimal import Decimal

from reporter.english import Period, Quantity

_TABS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2018": "'",
                       "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-",
                       "\u2013": "-", "\u2014": "-", "\u2012": "-",
                       "\u2212": "-", "\u00ad": "-"})  # fmt: skip


def plain_text(text: str) -> str:
    """`text` with one kind of blank, quotation mark and hyphen, letter for letter as long."""
    return text.translate(_TABS)


def period_key(period: Period) -> str:
    """Equal for periods of the same days, however they are written."""
    if period.first is None or period.last is None:
        return " ".join(period.text.casefold().split())
    return f"{period.first:%Y-%m-%d}..{period.last:%Y-%m-%d}"


def number_key(one: Quantity) -> str:
    """Equal for numbers that say the same: 0.50 and 0.5 differ in what they claim, 1,000 and 1000
    do not.
    """
    step = "" if one.step == 0 else f"~{one.step.normalize()}"
    return f"{_shortest(one.value)}{step} {one.unit}".strip()


def _shortest(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.000001")).normalize(), "f")
