"""Where red, amber and green begin and end, as officers write it: "≥ 95%", "90–94.9", "below 90".

Only forms that say their side are read. Bands hold their edges, so that one which stops short of a
number ("below 90") ends one step before it; and where two meet in a number, it is the better's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.sources.workbooks import plain

COLOURS = ("green", "amber", "red")
"""From the best."""
_N = r"£?\s*(-?\d[\d,]*(?:\.\d+)?)\s*%?"
_FROM = re.compile(rf"(?:≥|>=|=>|at least|from|min(?:imum)?)\s*{_N}|{_N}\s*(?:\+|(?:or|and) "
                   r"(?:more|above|over|higher|greater))")  # fmt: skip
_TO = re.compile(rf"(?:≤|<=|=<|at most|up to|no more than|max(?:imum)?)\s*{_N}|{_N}\s*(?:or|and) "
                 r"(?:less|below|under|fewer|lower)")  # fmt: skip
_ABOVE = re.compile(rf"(?:>|above|over|more than|greater than|higher than)\s*{_N}")
_BELOW = re.compile(rf"(?:<|below|under|less than|fewer than|lower than)\s*{_N}")
_BETWEEN = re.compile(rf"(?:between )?{_N}\s*(?:-|–|to|and)\s*{_N}")


@dataclass(frozen=True, slots=True)
class Band:
    """A colour's figures, both ends among them; None where it is open."""

    first: Decimal | None = None
    last: Decimal | None = None


def reads_as_band(text: str) -> bool:
    """Whether `text` says where a colour begins or ends."""
    return _read(text, Decimal(1)) is not None


def bands_of(texts: Mapping[str, str], decimals: int) -> dict[str, Band]:
    """The bands of one measure by colour, of what its row says under each.

    `decimals` are those of its figures; finer ones in the texts count. What cannot be read, and
    bands that overlap by more than an edge, are left out.
    """
    told = [text for text in texts.values() if _read(text, Decimal(1))]
    places = max([decimals, *(_places(text) for text in told)], default=0)
    step = Decimal(1).scaleb(-places)
    found = {
        colour: band for colour in COLOURS if (band := _read(texts.get(colour, ""), step))
    }  # fmt: skip
    for better, worse in (("green", "amber"), ("amber", "red"), ("green", "red")):
        if better in found and worse in found:
            found[worse] = _apart(found[worse], found[better], step)
    bands = list(found.values())
    if any(_overlap(one, two) for at, one in enumerate(bands) for two in bands[at + 1 :]):
        return {}
    return found


def edges(colour: str, band: Band) -> dict[str, str]:
    """The ends of a band as columns of a table of targets."""
    ends = {f"{colour}_from": band.first, f"{colour}_to": band.last}
    return {name: plain(end) for name, end in ends.items() if end is not None}


def _read(text: str, step: Decimal) -> Band | None:
    words = " ".join(text.casefold().replace("−", "-").split())
    if match := _BETWEEN.fullmatch(words):
        ends = sorted((_number(match[1]), _number(match[2])))
        return Band(ends[0], ends[1])
    for pattern, low, past in ((_FROM, True, 0), (_TO, False, 0), (_ABOVE, True, 1),
                               (_BELOW, False, 1)):  # fmt: skip
        if match := pattern.fullmatch(words):
            number = _number(next(filter(None, match.groups())))
            return Band(number + past * step) if low else Band(None, number - past * step)
    return None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _places(text: str) -> int:
    return max((len(found) for found in re.findall(r"\.(\d+)", text)), default=0)


def _apart(band: Band, better: Band, step: Decimal) -> Band:
    """`band` without the number in which it meets a better one."""
    first, last = band.first, band.last
    if last is not None and last == better.first:
        last -= step
    if first is not None and first == better.last:
        first += step
    return Band(first, last)


def _overlap(one: Band, two: Band) -> bool:
    below = one.last is not None and two.first is not None and one.last < two.first
    above = two.last is not None and one.first is not None and two.last < one.first
    return not below and not above
