"""Numbers in words: cardinals, ordinals, fractions and multiples."""

from __future__ import annotations

import re
from decimal import Decimal

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
]  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000}
_TIMES = {
    "doubl": "2", "trebl": "3", "tripl": "3", "quadrupl": "4", "halv": "0.5", "twice": "2",
    "twofold": "2", "threefold": "3", "fourfold": "4", "fivefold": "5", "tenfold": "10",
}  # fmt: skip

VALUES = {word: number for number, word in enumerate(_SMALL)}
VALUES |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
VALUES |= {"nil": 0, "nought": 0}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
ORDINALS |= {f"{word[:-1]}ieth": VALUES[word] for word in _TENS}
PARTS = _PARTS | {word: n for word, n in ORDINALS.items() if 3 <= n <= 20}

_ONE_TO_NINE = "|".join(_SMALL[1:10])
_UNDER_100 = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE_TO_NINE}))?"
    rf"|{'|'.join(sorted(VALUES, key=len, reverse=True))}"
)
_SCALE = "|".join(_SCALES)
CARDINAL = (
    rf"(?:(?:{_UNDER_100}|an?) (?:{_SCALE})(?: (?:{_SCALE}))?"
    rf"(?:(?:,? and |,? )(?:{_UNDER_100})(?: (?:{_SCALE}))?)*|{_UNDER_100})"
)
"""A whole number in words, of any size; compile with IGNORECASE between word borders."""

ORDINAL = rf"(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_ORDINALS[:9])})|{'|'.join(ORDINALS)})"
_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_FEW = "|".join(_SMALL[1:10])
# "a third of the cases" is a fraction and "the third case" none; "a quarter" may be three months.
FRACTION = (
    rf"(?:(?:an?|one)[- ](?:{_PART})(?=\s+(?:of|to|were|was|are|is|had|have|in|lower|higher|more"
    rf"|fewer|less|since|from|on)\b|\s*[.,;:)]|$)"
    rf"|(?:{_FEW})[- ](?:{_PART})s|half|halves)"
)
MULTIPLE = (
    r"(?:(?:doubl|trebl|tripl|quadrupl|halv)(?:e|es|ed|ing)|twice"
    r"|twofold|threefold|fourfold|fivefold|tenfold)"
)

_TOKEN = re.compile(r"[a-z]+")


def value_of_words(words: str) -> Decimal:
    """The value of a cardinal or ordinal in words ("two hundred and five", "twenty-first")."""
    whole = group = 0
    for word in _TOKEN.findall(words.casefold()):
        if word in _SCALES and _SCALES[word] == 100:
            group = (group or 1) * 100
        elif word in _SCALES:
            whole, group = whole + (group or 1) * _SCALES[word], 0
        elif word in VALUES:
            group += VALUES[word]
        elif word in ORDINALS:
            group += ORDINALS[word]
    return Decimal(whole + group)


def value_of_fraction(words: str) -> Decimal:
    """The value of a fraction in words ("two-thirds", "a quarter", "half")."""
    first, *rest = _TOKEN.findall(words.casefold())
    if not rest:
        return Decimal("0.5")
    part = rest[-1] if rest[-1] in PARTS else rest[-1].removesuffix("s")
    return Decimal(VALUES.get(first, 1)) / Decimal(PARTS[part])


def value_of_multiple(word: str) -> Decimal:
    """By how many times a multiple multiplies ("doubled" 2, "halved" 0.5)."""
    return next(
        Decimal(value) for stem, value in _TIMES.items() if word.casefold().startswith(stem)
    )
