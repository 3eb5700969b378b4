"""What is new since the previous paper: the section that tells it, and its sentence at the top.

Sort by sort, in the facts' order, the weightiest news first; what a paper of the brief's length has
no room for is counted all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reporter.facts import Fact
from reporter.plan.material import heaviest_first
from reporter.plan.nouns import LeftOut, MessageGroup, ParagraphPlan
from reporter.plan.paragraphs import FULL
from reporter.rules import Message
from reporter.sources import Brief, Section

KIND = "since_last"
ROOM = {"brief": 2, "standard": 4, "full": 12}
"""Pieces of news of one sort that a paper of each length tells."""


BESIDE = ("band", "met")


@dataclass(frozen=True, slots=True)
class News:
    """The paragraphs of the section, the sentence of counts for the top, and what is left out."""

    paragraphs: tuple[ParagraphPlan, ...] = ()
    summary: tuple[ParagraphPlan, ...] = ()
    left: tuple[LeftOut, ...] = ()


def outline_with_news(brief: Brief, messages: Sequence[Message]) -> tuple[Section, ...]:
    """The outline, with a section of the news where there is any and the outline asks for none.

    That follows a summary of the whole paper that opens it, and has no heading yet.
    """
    if not any(_is_news(m) for m in messages) or any(map(_asks, brief.outline)):
        return brief.outline
    first = brief.outline[:1] if brief.outline and brief.outline[0].summary == "report" else ()
    own = Section(heading="", since_last=True, charts=())
    return (*first, own, *brief.outline[len(first) :])


def plan_news(brief: Brief, messages: Sequence[Message]) -> News:
    """The news among `messages`; without any there are no paragraphs."""
    news = [message for message in messages if _is_news(message)]
    counts = tuple(m for m in news if _tells(m.fact) == "count")
    opening = [m for m in news if _tells(m.fact) == "paper"]
    counted = (_group(counts),) if counts else ()
    at_top = any(_sums_up(section) for section in brief.outline)
    first = [*(_group((m,)) for m in opening), *(() if at_top else counted)]
    plans, left = [ParagraphPlan(tuple(first))] if first else [], []
    sorts: dict[str, list[Message]] = {}
    for message in news:
        if _tells(message.fact) == "measure":
            sorts.setdefault(_what(message.fact), []).append(message)
    for found in sorts.values():
        ordered, again = _once(heaviest_first(found), sorts)
        left += again
        told, rest = ordered[: ROOM[brief.length]], ordered[ROOM[brief.length] :]
        left += [LeftOut(m.fact, m.rule.id, "length budget: counted, not told") for m in rest]
        groups = [_group((message,)) for message in told]
        plans += [
            ParagraphPlan(tuple(groups[at : at + FULL])) for at in range(0, len(groups), FULL)
        ]
    summary = (ParagraphPlan(counted, about="summary"),) if at_top and counted else ()
    return News(tuple(plans), summary, tuple(left))


def _once(
    found: Sequence[Message], sorts: Mapping[str, Sequence[Message]]
) -> tuple[Sequence[Message], list[LeftOut]]:
    """`found` without turns of figures that are told, then and now, beside their targets."""
    beside = {m.fact.indicator for what in BESIDE for m in sorts.get(what, ())}
    again = [m for m in found if _what(m.fact) == "reversed" and m.fact.indicator in beside]
    why = "counted; its figures are told beside its target"
    return [m for m in found if m not in again], [LeftOut(m.fact, m.rule.id, why) for m in again]


def without_news(messages: Iterable[Message]) -> list[Message]:
    """What is told of the measures themselves."""
    return [message for message in messages if not _is_news(message)]


def _is_news(message: Message) -> bool:
    return message.fact.kind == KIND


def _tells(fact: Fact) -> str:
    return str(getattr(fact, "tells", ""))


def _what(fact: Fact) -> str:
    return str(getattr(fact, "what", ""))


def _group(messages: tuple[Message, ...]) -> MessageGroup:
    fact = messages[0].fact
    return MessageGroup(fact.indicator, fact.breakdown, fact.category, messages)


def _asks(section: Section) -> bool:
    return section.since_last or any(map(_asks, section.sections))


def _sums_up(section: Section) -> bool:
    return section.summary == "report" or any(map(_sums_up, section.sections))
