"""Breaks in the past of a series: which of its points begin a stretch, and which stand apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from reporter.facts import Caveat
from reporter.plan.figures import Figure
from reporter.plan.nouns import BreakPlan, LeftOut, PointPlan
from reporter.plan.told import Told
from reporter.rules import Message
from reporter.sources import Break, era_break

BREAK, APART = "break", "apart"
"""Marks of points: see `PointPlan`."""
SAID = "the section says it of another measure"
_DOUBTS = ("approximate", "provisional")


@cache
def mark_of(status: str) -> str:
    """What of a figure's marks a point shows."""
    return next((mark for mark in _DOUBTS if mark in status.split()), "")


def marked(found: Sequence[tuple[Figure, float | None]]) -> list[PointPlan]:
    """Figures in time order as points, one each: a break begins at some, and those set apart are
    gaps. The latest is a point even if it stands apart: it is what the paper is about.
    """
    points: list[PointPlan] = []
    before: Figure | None = None
    broken = False
    for turn, (one, value) in enumerate(found, 1):
        if one.era < 0 and turn < len(found):
            points.append(PointPlan(one.period, None, APART if value is not None else ""))
            continue
        broken |= before is not None and (BREAK in one.status.split() or one.era != before.era)
        if value is None:
            points.append(PointPlan(one.period, None, mark_of(one.status)))
            continue
        begins = BREAK if broken else ""
        points.append(PointPlan(one.period, value, f"{begins} {mark_of(one.status)}".strip()))
        before, broken = one, False
    return points


def reasons_once(tellings: Sequence[Told]) -> list[Told]:
    """`tellings` of one section, with each reason why figures do not compare said only once."""
    said: set[tuple[object, ...]] = set()
    found = []
    for told in tellings:
        groups, left = [], list(told.left)
        for group in told.groups:
            repeated = [m for m in group.messages if (key := _reason(m)) and key in said]
            said.update(key for m in group.messages if (key := _reason(m)))
            left += [LeftOut(m.fact, m.rule.id, SAID) for m in repeated]
            kept = tuple(m for m in group.messages if m not in repeated) if repeated else ()
            groups += [group] if not repeated else [replace(group, messages=kept)] if kept else []
        found.append(replace(told, groups=tuple(groups), left=tuple(left)))
    return found


def _reason(message: Message) -> tuple[object, ...]:
    """What a note tells of figures that do not compare; empty for anything else."""
    fact = message.fact
    if message.rule.role != "note" or not isinstance(fact, Caveat) or not fact.why:
        return ()
    return fact.reason, fact.why, fact.base_period, fact.set_apart


def is_broken(points: Sequence[PointPlan]) -> bool:
    """Whether some of `points` may not be compared with others."""
    return any(mark in (BREAK, APART) for point in points for mark in point.mark.split())


def since_break(points: Sequence[PointPlan]) -> int:
    """Where the latest stretch of `points` begins, over whose gaps they may be compared."""
    return max((i for i, point in enumerate(points) if BREAK in point.mark.split()), default=0)


def breaks_in(found: Sequence[Figure], code: str, given: Sequence[Break]) -> Iterator[BreakPlan]:
    """What may not be compared of `found`, figures of the measure `code` in time order, and why, by
    the breaks that are `given` for it.
    """
    apart: dict[Break | None, list[str]] = {}
    before: Figure | None = None
    for one, point in zip(found, marked([(one, one.value) for one in found]), strict=True):
        if point.mark == APART:
            apart.setdefault(era_break(given, one.era), []).append(one.period)
        elif BREAK in point.mark.split():
            declared = era_break(given, one.era) if before and before.era != one.era else None
            why = declared.why if declared else ""
            yield BreakPlan(code, (one.period,), apart=False, why=why)
        before = one if point.value is not None else before
    for each, periods in apart.items():
        yield BreakPlan(code, tuple(periods), apart=True, why=each.why if each else "")
