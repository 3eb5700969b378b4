"""What the quantities of a text say of one another: n of m, from one to another, a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reporter.english.quantities import Quantity


@dataclass(frozen=True, slots=True)
class NOfM:
    """ "34 of 56", "34 out of the 56", with the percentage said beside it, if there is one."""

    part: Quantity
    whole: Quantity
    share: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """ "15 to 20", "between 15 and 20": a stretch of values, not a movement."""

    low: Quantity
    high: Quantity


@dataclass(frozen=True, slots=True)
class Change:
    """A movement with both its ends, earlier and later; `by` is its stated size, if there is"
    " one."""

    base: Quantity
    value: Quantity
    by: Quantity | None = None


_OF = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?(?:out )?of (?:the |these |those |its |our |a total of |all |some"
    r" )*",
    re.IGNORECASE,
)
_OF_ABOUT = re.compile(r"\s+(?:[a-z]+ ){0,4}out of (?:the |a total of )*", re.IGNORECASE)
_FROM = re.compile(
    r"(?:\bfrom|\bfrom (?:a |an |the )?(?:high|low|peak|baseline|average|figure|total|level|rate"
    r"|position)s? of)"
    r" (?:an? (?:average|total|estimated) of |a |the |only |just |about |around |over |under "
    r"|nearly |almost )*$",
    re.IGNORECASE,
)
_TO_ONLY = re.compile(
    r"(?:[^.;:!?]|\.(?=\d))*?\bto (?:an? |the |only |just |about |around |over |under |nearly "
    r"|almost |some |its |"
    r"(?:current |latest |new |record |present )*(?:high|low|level|rate|figure|total|average"
    r"|position|lower|higher|"
    r"low level|estimated)s? of |than |stand at |of )*$",
    re.IGNORECASE,
)


def find_n_of_m(text: str, quantities: tuple[Quantity, ...]) -> tuple[NOfM, ...]:
    """Every part of a whole in `text`, both counts, with the share stated right beside it."""
    figures = [q for q in quantities if q.is_figure]
    found = []
    for i, (part, whole) in enumerate(pairwise(figures)):
        between = text[part.end : whole.start]
        joined = _OF.fullmatch(between) or _OF_ABOUT.fullmatch(between)
        if joined and part.unit == whole.unit == "":
            found.append(NOfM(part, whole, _share(text, figures, i)))
    for first, second, whole in zip(figures, figures[1:], figures[2:], strict=False):
        bracketed = re.fullmatch(r"\s*\(\s*", text[first.end : second.start])
        joined = _CLOSED_OF.fullmatch(text[second.end : whole.start])
        if (
            bracketed
            and joined
            and whole.unit == ""
            and {first.unit, second.unit} == {"", "percent"}
        ):
            part, share = (first, second) if first.unit == "" else (second, first)
            found.append(NOfM(part, whole, share))
    return tuple(found)


_CLOSED_OF = re.compile(
    r"\)\s*(?:out )?of (?:the |these |those |its |our |a total of |all )*", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\s*(?:[a-z'’-]+ ){0,6}[a-z'’-]*\s*(?:\(|[-–,]|or|i\.?e\.?,?|equating to|equal to"
    r"|representing|which is|that is|which represents|equivalent to)\s*"
    r"(?:about |around |just over |just under |some |or |a rate of |representing |equating to "
    r"|which is |approximately )*",
    re.IGNORECASE,
)


def _share(text: str, figures: list[Quantity], i: int) -> Quantity | None:
    """The percentage said of the part and whole at `i`: "34 of 56 (61%)", "61% (34 of 56)"."""
    part, whole = figures[i], figures[i + 1]
    if i + 2 < len(figures):
        after = figures[i + 2]
        beside = _BESIDE.fullmatch(text[whole.end : after.start])
        of_next = re.match(r"\s*\(\s*\d+ (?:out )?of\b", text[after.end :])
        if after.unit in ("percent", "fraction") and beside and not of_next:
            return after
    if i:
        before = figures[i - 1]
        between = text[before.end : part.start]
        if before.unit in ("percent", "fraction") and re.fullmatch(
            r"\s*[(,–-]?\s*\(?|(?:\s[\w'’-]+){1,5}\s\(", between
        ):
            return before
    return None


def find_spans(text: str, quantities: tuple[Quantity, ...]) -> tuple[Span, ...]:
    """Ranges of values: two figures joined by a dash, or by "between ... and"."""
    found = []
    for low, high in pairwise(q for q in quantities if q.is_figure):
        between, before = text[low.end : high.start], text[max(0, low.start - 12) : low.start]
        dashed = re.fullmatch(r"\s?[-–]\s?", between)
        worded = between.strip().casefold() == "and" and re.search(
            r"between\s$", before, re.IGNORECASE
        )
        bracketed = text[: low.start].endswith("(") and text[high.end :].startswith(")")
        bare = (
            between.strip().casefold() == "to"
            and not _FROM.search(text[: low.start])
            and not bracketed
        )
        if (dashed or worded or bare) and _same_kind(low, high):
            found.append(Span(low, high))
    return tuple(found)


def find_changes(text: str, quantities: tuple[Quantity, ...]) -> tuple[Change, ...]:
    """Movements with both ends: "from X to Y", "to Y from X", "Y, down from X", "(X to Y)"."""
    figures = [
        q
        for q in quantities
        if q.is_figure
        and q.unit not in ("ordinal", "times")
        and not _LASTING.search(text[: q.start])
    ]
    back = list(_to_from(text, figures))
    onward = [c for c in _from_to(text, figures) if not _is_range(text, c, back)]
    begun = {id(c.base) for c in onward}
    found = onward + [c for c in back if id(c.base) not in begun]
    taken = {id(q) for change in found for q in (change.base, change.value)}
    for base, value in pairwise(figures):
        fresh = id(base) not in taken and id(value) not in taken
        around = text[max(0, base.start - 1) : base.start] + text[value.end : value.end + 1]
        bracketed = around == "()" and text[base.end : value.start].strip() == "to"
        lasting = value.unit in ("days", "weeks", "months", "years")
        if fresh and bracketed and not lasting and _same_kind(base, value):
            found.append(Change(base, value))
    return tuple(sorted(found, key=lambda change: min(change.base.start, change.value.start)))


def _from_to(text: str, figures: list[Quantity]) -> Iterator[Change]:
    for i, base in enumerate(figures):
        if not _FROM.search(text[: base.start]):
            continue
        for value in figures[i + 1 : i + 3]:
            between = text[base.end : value.start]
            if len(between) < 90 and _TO_ONLY.fullmatch(between) and _same_kind(base, value):
                yield Change(base, value)
                break
            if value.unit == base.unit:
                break


_LASTING = re.compile(
    r"\b(?:last|past|previous|latest|first|next|within|every|rolling)\s+$", re.IGNORECASE
)
_BACK = re.compile(
    r"(?:[^.;:!?]|\.(?=\d)){0,120}?\b(?:from|compared (?:to|with)|against|than)\b"
    r" (?:an? (?:high|low|peak|average|total|baseline|figure|position)s? of |the (?:\w+"
    r" )?(?:figure|level|rate|total|number) of |a |the |about |around |just |over |only )*",
    re.IGNORECASE,
)


def _to_from(text: str, figures: list[Quantity]) -> Iterator[Change]:
    for value, base in pairwise(figures):
        between = text[value.end : base.start]
        moved = re.search(r"\b(?:from)\s", between, re.IGNORECASE)
        if moved and _BACK.fullmatch(between) and _same_kind(value, base):
            before = text[max(0, value.start - 12) : value.start]
            if not _FROM.search(text[: value.start]) and not re.search(r"\bby\s+\w*\s*$", before):
                yield Change(base, value)


def _is_range(text: str, change: Change, back: list[Change]) -> bool:
    """Whether "from 75 to 80%" ends "to 50% from 75 to 80%": a range that is itself an end."""
    bare = text[change.base.end : change.value.start].strip().casefold() == "to"
    ends = [c.value for c in back if c.base is change.base]
    return bare and any(re.search(r"\bto\s+$", text[: end.start]) for end in ends)


_LEFT_OUT = ("percent", "gbp", "days", "weeks", "hours", "minutes", "miles", "tonnes")
"""Units that stand at one end of a change only: "from 15 to 20 days"."""


def _same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two figures measure alike; "from 15 to 20%" leaves out the first sign."""
    if one.unit == other.unit:
        return True
    bare, unit = (one, other.unit) if one.unit == "" else (other, one.unit)
    return bare.unit == "" and unit in _LEFT_OUT
