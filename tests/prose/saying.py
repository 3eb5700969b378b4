"""Helpers for tests of words: the cast's facts, a voice, and what a paragraph of groups says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reporter.facts import KINDS, Fact
from reporter.plan import MessageGroup
from reporter.prose import Statement, load_cast, load_lexicon
from reporter.prose.aggregate import say_group
from reporter.prose.discourse import Discourse
from reporter.prose.flows import is_flows, say_flows
from reporter.prose.parallel import merged
from reporter.prose.summaries import is_summary, say_summary
from reporter.prose.voice import Voice
from reporter.rules import Message, choose_messages, load_rules
from reporter.sources import Areas, Catalogue, Style

RULES = Path(__file__).parents[2] / "rules"
BOOK = load_rules([RULES])
CAST = load_cast(RULES / "examples.yaml")
LEXICON = load_lexicon([RULES])
CATALOGUE = Catalogue(indicators=CAST.indicators, breakdowns=CAST.breakdowns)
AREAS = Areas(areas=CAST.areas, peer_groups=CAST.peer_groups)


def fact(kind: str, indicator: str, value: float | None = None, **fields: Any) -> Fact:
    """A fact about Exampleshire at the end of May 2019."""
    unit = CAST.indicators[indicator].unit if indicator else "count"
    given = {"area": "Exampleshire", "period": "2019-05", "period_type": "snapshot", "unit": unit}
    return KINDS[kind](**{**given, "indicator": indicator, "value": value, **fields})


def voice(style: Style | None = None, catalogue: Catalogue = CATALOGUE) -> Voice:
    """The house's voice over the cast."""
    return Voice(LEXICON, catalogue, AREAS, style or Style())


def messages(*facts: Fact) -> tuple[Message, ...]:
    """What the standard rules make of `facts`; of two about one comparison the heavier."""
    found: dict[tuple[Any, ...], Message] = {}
    for message in choose_messages(BOOK, facts, CATALOGUE):
        about = message.fact
        key = (about.kind, about.indicator, about.category, about.comparator, about.base_period)
        if message.rule.role != "prompt" and (
            key not in found or message.weight > found[key].weight
        ):
            found[key] = message
    return tuple(found.values())


def group(*facts: Fact) -> MessageGroup:
    """One group of all that the rules say of `facts`, the first one's series leading."""
    first = facts[0]
    members = {about.category for about in facts}
    return MessageGroup(
        first.indicator, first.breakdown, first.category if len(members) == 1 else "",
        messages(*facts), parallel=len(members) > 1,
    )  # fmt: skip


def paragraph(*groups: MessageGroup, speaker: Voice | None = None) -> list[Statement]:
    """The statements of a paragraph."""
    speaker = speaker or voice()
    so_far = Discourse(speaker)
    so_far.start_paragraph()
    found: list[Statement] = []
    for one in merged(groups):
        counts = is_summary(one) or any(m.fact.kind == "count_summary" for m in one.messages)
        say = say_summary if counts else say_flows if is_flows(one) else say_group
        found += say(one, speaker, so_far)
    return found


def text(*groups: MessageGroup, speaker: Voice | None = None) -> str:
    """The same as one text, with plain spaces."""
    said = paragraph(*groups, speaker=speaker)
    return " ".join(statement.text for statement in said).replace("\u00a0", " ")
