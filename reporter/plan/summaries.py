"""The summary that opens a section: how many of its measures met their targets, and how they moved.

The facts count everything that can be counted; a reader needs one count of targets, one of
movements and the measure that is furthest off. The rest is left to the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reporter.plan.headlines import every_measure, headlines
from reporter.plan.material import Material
from reporter.plan.nouns import Block, LeftOut, MessageGroup, ParagraphPlan
from reporter.rules import Message
from reporter.sources import Section

IN_A_PARAGRAPH = 3
"""Headline points in a paragraph."""
ENOUGH = 3
"""Of fewer measures nobody needs to be told how many."""
_BANDS = ("green", "amber", "red")
_MOVES = ("better", "same", "worse")
_COVERAGE = ("without_figure", "old_figure", "ended", "begun")
"""Of how much nothing can be told, or nothing of late: a reader knows that first."""
_QUARTERS = ("best_quarter", "worst_quarter")
_SIDES = ("above_comparator", "below_comparator")


def summary(material: Material, section: Section) -> tuple[list[Block], tuple[LeftOut, ...]]:
    """The paragraph of counts for `section`, if its brief asks for one; and the counts left out."""
    whole = section.summary == "report"
    series = ("", "", "") if whole else ("", "section", section.heading)
    counts = [m for m in material.about(series) if m.fact.kind == "count_summary"]
    if not section.summary or not counts:
        return [], ()
    chosen = _chosen(material, counts)
    kept = {id(message) for message in chosen}
    left = tuple(
        LeftOut(m.fact, m.rule.id, "the section's summary counts otherwise")
        for m in counts
        if id(m) not in kept
    )
    if not chosen:
        return [], left
    sections = material.brief.outline if whole else (section,)
    codes = {measure.indicator for each in sections for measure in every_measure(each)}
    worst = _furthest(material, codes)
    if not whole:
        return [ParagraphPlan((_counted([*chosen, *_known(worst)]),), about="summary")], left
    moved = (*_MOVES, *_QUARTERS, *_SIDES)
    bare = [m for m in chosen if _what(m) in _COVERAGE]
    moves = [m for m in chosen if _what(m) in moved]
    targets = [*(m for m in chosen if _what(m) not in (*_COVERAGE, *moved)), *_known(worst)]
    firsts = [ParagraphPlan((_counted(bare),), about="summary")] if bare else []
    return [*firsts, *_paper(material, targets, moves, worst)], left


def _what(count: Message) -> str:
    return getattr(count.fact, "what", "")


def _known(worst: Message | None) -> tuple[Message, ...]:
    return (worst,) if worst else ()


def _counted(said: Sequence[Message]) -> MessageGroup:
    first = said[0].fact
    return MessageGroup(first.indicator, first.breakdown, first.category, tuple(said))


def _paper(
    material: Material, targets: Sequence[Message], moves: Sequence[Message], worst: Message | None
) -> Iterator[ParagraphPlan]:
    """The summary of the whole paper: its targets and the worst miss, then how its measures moved
    and the headline points, a few a paragraph.
    """
    if targets:
        yield ParagraphPlan((_counted(targets),), about="summary")
    points = [*((_counted(moves),) if moves else ()), *headlines(material, worst)]
    for start in range(0, len(points), IN_A_PARAGRAPH):
        some = points[start : start + IN_A_PARAGRAPH]
        yield ParagraphPlan(tuple(some), about="summary")


def _chosen(material: Material, counts: Sequence[Message]) -> list[Message]:
    """One count of targets, the newly red, the movements, the places among the group that the brief
    names first; against others only in a full paper.
    """
    by_what: dict[str, Message] = {}
    for message in _of_one_group(material, counts):
        if message.fact.result and (message.fact.denominator or 0) >= ENOUGH:
            by_what.setdefault(_what(message), message)
    chosen = [
        *_targets(by_what),
        *(by_what[word] for word in (*_MOVES, *_QUARTERS) if word in by_what),
    ]
    if material.brief.length == "brief":
        chosen = _targets(by_what)
    if material.brief.length == "full":
        chosen += [by_what[word] for word in _SIDES if word in by_what]
    return [*(by_what[word] for word in _COVERAGE if word in by_what), *chosen]


def _of_one_group(material: Material, counts: Sequence[Message]) -> list[Message]:
    """`counts`, those of ranks among the first group only of which enough are counted."""
    ranked = [m for m in counts if _what(m) in _QUARTERS]
    enough = [m for m in ranked if (m.fact.denominator or 0) >= ENOUGH]
    first = min(enough, key=lambda m: _asked(material, m), default=None)
    return [m for m in counts if _what(m) not in _QUARTERS or _alike(m, first)]


def _alike(message: Message, first: Message | None) -> bool:
    return first is not None and message.fact.comparator == first.fact.comparator


def _asked(material: Material, message: Message) -> int:
    """The place of the group of a count of ranks among the comparators of the brief; last where it
    names none.
    """
    peers = material.dataset.areas.peer_groups
    asked = [
        peers[name].model or name if name in peers else name for name in material.brief.comparators
    ]
    group = message.fact.comparator
    return asked.index(group) + 1 if group in asked else len(asked) + 1


def _targets(by_what: Mapping[str, Message]) -> list[Message]:
    """Met, between and below where all have both targets; else met; else bands. And newly red."""
    standings: tuple[str, ...] = ("met", "between", "below")
    wholes = {by_what[word].fact.denominator for word in standings if word in by_what}
    if len(wholes) == 1 and ("between" in by_what or "below" in by_what):
        words = standings
    elif "met" in by_what or "missed" in by_what:
        words = ("met",) if "met" in by_what else ("missed",)
    else:
        words = _BANDS
    return [by_what[word] for word in (*words, "newly_red") if word in by_what]


def _furthest(material: Material, codes: set[str]) -> Message | None:
    """The present figure that misses its target, or its minimum, by most: of percentages by
    percentage points; where none is a percentage, in proportion to the target.
    """
    missed = [
        message
        for series, messages in material.messages.items()
        if series[0] in codes and not series[1] and "target" in material.facts.get(series, ())
        for message in messages
        if message.fact.kind == "target" and _misses(material, message)
    ]
    percentages = [m for m in missed if material.indicator(m.fact.indicator).unit == "percent"]
    if percentages:
        return max(percentages, key=lambda m: (abs(m.fact.result or 0.0), m.fact.indicator))
    return max(missed, key=_shortfall, default=None)


def _misses(material: Material, message: Message) -> bool:
    fact = message.fact
    if not fact.result or not fact.comparator_value:
        return False
    level = material.present((fact.indicator, fact.breakdown, fact.category))
    if level is not None and (level.period, level.period_type) != (fact.period, fact.period_type):
        return False
    which = getattr(fact, "level", "target")
    below = which == "minimum" and getattr(fact, "standing", "") == "below"
    return below or (which == "target" and not getattr(fact, "met", True))


def _shortfall(message: Message) -> tuple[float, str]:
    fact = message.fact
    return abs((fact.result or 0.0) / (fact.comparator_value or 1.0)), fact.indicator
