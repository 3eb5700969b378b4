"""What a row says of its own changes ("Change", "Variance", arrows), held to its figures.

Such cells are no figures of the report, which works out changes itself. A cell that no reading of
its heading bears out is a doubt: one of the numbers in the row is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.sources.officers.findings import Found
from reporter.sources.officers.grid import Cell
from reporter.sources.officers.mapping import alike
from reporter.sources.officers.period_words import read_words
from reporter.sources.officers.values import Words, read_cell
from reporter.sources.periods import parse_period

_CHANGE = re.compile(
    r"(?:(?:%|percentage|per cent|net|actual|annual|quarterly|monthly) )?"
    r"(?:change|movement|diff(?:erence)?|var(?:iance)?|\+ ?/ ?-|±)(?:[ (].*)?"
    r"|(?:vs|v|against|compared (?:to|with))\.? .*"
)
_TARGET = re.compile(r"\b(?:target|plan|goal)\b")
_EITHER = re.compile(r"(?:% )?(?:diff(?:erence)?|var(?:iance)?|\+ ?/ ?-|±)(?: ?\(?%\)?)?")
_ARROWS = re.compile(r"(?:direction(?: of (?:travel|change))?|dot|arrow|trend|change)")
_UP, _DOWN = "↑▲⬆🔺⇧△", "↓▼⬇🔻⇩▽"
_TINY = Decimal("0.000001")
_Pair = tuple[Found, Found]


def is_change(heading: str) -> bool:
    """Whether the cells under a heading say how the figures beside them moved, as numbers."""
    return bool(_CHANGE.fullmatch(_plain(heading)))


def is_arrow(heading: str) -> bool:
    """Whether they may say so as arrows."""
    return bool(_ARROWS.fullmatch(_plain(heading)))


def bears_out(heading: str, cell: Cell, row: Sequence[Found], times: Decimal) -> bool:
    """Whether figures of `row` give the number in `cell`, by any reading of its heading.

    True as well where nothing in the row says. `times` is what plain numbers of the row are
    multiplied with.
    """
    pairs = list(_pairs(heading, row))
    told = list(_told(heading, cell, times))
    if not pairs or not told:
        return True
    return any(_gives(pair, number, step) for pair in pairs for number, step in told)


def arrow_fits(cell: Cell, row: Sequence[Found]) -> bool:
    """Whether an arrow goes the way of the latest figure of `row`, against any earlier one.

    Only where more is better do better and more look alike; it is asked for no other measure.
    """
    up, down = (any(sign in cell.text for sign in signs) for signs in (_UP, _DOWN))
    pairs = [(_number(now), _number(then)) for now, then in _pairs("change", row)]
    if up == down or not pairs:
        return True
    return any(now >= then if up else now <= then for now, then in pairs)


def _plain(heading: str) -> str:
    return alike(heading).strip(" :.*")


def _pairs(heading: str, row: Sequence[Found]) -> Iterator[_Pair]:
    """The latest figure of a row with each that the heading may hold it against."""
    words = _plain(heading)
    own = [one for one in row if one.amount == "value" and one.figure.number is not None]
    if not own:
        return
    own.sort(key=lambda one: (parse_period(one.period).end, parse_period(one.period).start))
    if not _TARGET.search(words):
        base = read_words(heading).key or read_words(heading).year
        for at, now in enumerate(own):
            for then in own[:at]:
                if _comparable(now, then) and base in ("", then.period):
                    yield now, then
    if _TARGET.search(words) or _EITHER.fullmatch(words):
        for target in row:
            if target.amount == "target" and target.figure.number is not None:
                for now in [one for one in own if one.period == target.period] or own[-1:]:
                    yield from ((now, target), (target, now))


def _comparable(now: Found, then: Found) -> bool:
    names = ("area", "indicator", "breakdown", "category", "period_type")
    same = all(getattr(now, name) == getattr(then, name) for name in names)
    return same and now.period != then.period


def _told(heading: str, cell: Cell, times: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """The numbers that a cell may mean, each with half a step of its last digit."""
    as_written = read_cell(cell, Words({}, {}))
    if isinstance(as_written, str) or as_written.number is None:
        return
    step = _half(as_written.number, whole=True)
    for factor in dict.fromkeys((times, Decimal(1), Decimal(100 if "%" in heading else 1))):
        figure = read_cell(cell, Words({}, {}), factor)
        assert not isinstance(figure, str)
        yield Decimal(figure.value), step * (factor if figure.value != as_written.value else 1)


def _gives(pair: _Pair, told: Decimal, step: Decimal) -> bool:
    """Whether the two give the number as their difference or its share of the second, rounded."""
    now, then = (_number(one) for one in pair)
    blur = sum((_half(_number(one), whole=_rounded(one)) for one in pair), step) + _TINY
    if abs(now - then - told) <= blur:
        return True
    share = 100 * (now - then) / abs(then) if then else None
    return share is not None and abs(share - told) <= step + 100 * blur / abs(then)


def _number(one: Found) -> Decimal:
    assert one.figure.number is not None
    return one.figure.number


def _rounded(one: Found) -> bool:
    """Whether a whole number may be a rounded one: a share is, a count is not."""
    return one.figure.unit == "percent"


def _half(number: Decimal, *, whole: bool) -> Decimal:
    """Half a step of the last digit; nothing for whole numbers that are exact."""
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Decimal(0) if not places and not whole else Decimal("0.5").scaleb(-places)
