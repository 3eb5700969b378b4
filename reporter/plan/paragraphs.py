"""Message groups to paragraphs: related measures together, two to four sentences, prompts after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reporter.facts import Fact
from reporter.plan.material import Material, series_of
from reporter.plan.nouns import Block, LeftOut, MessageGroup, ParagraphPlan, PromptPlan
from reporter.plan.told import Told
from reporter.rules import Message
from reporter.sources import Indicator

FULL = 4
"""Sentences in a paragraph at most, as planned; a group is never torn apart."""
IN_A_SENTENCE = 2.5
"""Members of a list that a sentence bears, two or three."""
PHRASES = 2
"""Phrases that a sentence bears behind its figure."""
THIN = 2
"""A paragraph of fewer sentences takes in the next measure, related or not."""

PROMPTS = 1
"""Prompts of a section, unless the brief is full: the author answers the weightiest question."""

Bucket = Literal["", "better", "same", "worse", "not_judged"]
_BUCKETS: tuple[Bucket, ...] = ("better", "same", "worse", "not_judged")
_BASES = ("previous_period", "same_period_last_year", "baseline", "year_end", "first_of_series")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Paragraphs and prompts of a section in order, and the prompts that found no place."""

    blocks: tuple[Block, ...]
    left: tuple[LeftOut, ...] = ()


def sentences(group: MessageGroup) -> int:
    """How many sentences prose will need for `group`, near enough to plan with.

    A list takes one for two or three members. The figure's own sentence bears two phrases, each
    further one two more, and what is said of the rate that goes with a count has one to itself.
    """
    if group.parallel:
        return math.ceil(len({m.fact.category for m in group.messages}) / IN_A_SENTENCE)
    if all(m.fact.value is None and m.rule.role == "note" for m in group.messages):
        return math.ceil(len(group.messages) / IN_A_SENTENCE)
    clauses = [m for m in group.messages if m.rule.role in ("predicate", "contrast")]
    whole = [m for m in group.messages if m.rule.role in ("sentence", "note")]
    hung = [m for m in group.messages if m.rule.role == "modifier" and m.fact.kind != "caveat"]
    own = sum(m.fact.indicator == group.indicator for m in hung)
    opens = 0 if group.messages[0] in whole else max(1, math.ceil(own / PHRASES))
    return opens + (own < len(hung)) + len(whole) + len(clauses) // 2


def paragraphs(material: Material, tellings: Sequence[Told]) -> Blocks:
    """Paragraphs of what is told of the section's measures, in the outline's order."""
    lots: list[list[MessageGroup]] = []
    for group in (group for told in tellings for group in told.groups):
        if lots and _joins(material, lots[-1], group):
            lots[-1].append(group)
        else:
            lots.append([group])
    return _with_prompts(material, [ParagraphPlan(tuple(lot)) for lot in lots], tellings)


def buckets(material: Material, tellings: Sequence[Told]) -> Blocks:
    """Paragraphs of improved, unmoved, deteriorated and unjudged measures, heaviest first."""
    sorted_out: dict[Bucket, list[MessageGroup]] = {bucket: [] for bucket in _BUCKETS}
    for told in tellings:
        for group in told.groups:
            sorted_out[bucket_of(material, group)].append(group)
    plans = []
    for bucket in _BUCKETS:
        heaviest = sorted(sorted_out[bucket], key=lambda group: -group.messages[0].weight)
        for place, lot in enumerate(_lots(heaviest)):
            opens = ParagraphPlan(lot, about="bucket", bucket=bucket)
            plans.append(ParagraphPlan(lot) if place else opens)
    return _with_prompts(material, plans, tellings)


def _lots(groups: Sequence[MessageGroup]) -> list[tuple[MessageGroup, ...]]:
    """`groups` in paragraphs of `FULL` sentences at most; the first has the bucket's opening."""
    lots: list[list[MessageGroup]] = []
    long = 0
    for group in groups:
        if not lots or long + sentences(group) > FULL:
            lots.append([])
            long = 0 if len(lots) > 1 else 1
        lots[-1].append(group)
        long += sentences(group)
    return [tuple(lot) for lot in lots]


def bucket_of(material: Material, group: MessageGroup) -> Bucket:
    """Where `group` belongs by its facts: the change that is said decides, else the nearest."""
    said = [message.fact for message in group.messages if message.fact.kind == "change"]
    known = material.of_kind((group.indicator, group.breakdown, group.category), "change")
    for fact in (*said, *sorted(known, key=_nearness)):
        return _judged(fact)
    return "not_judged"


def _nearness(fact: Fact) -> int:
    label = getattr(fact, "base_label", "")
    return _BASES.index(label) if label in _BASES else len(_BASES)


def _judged(change: Fact) -> Bucket:
    if change.judgement == "not_judged":
        return "not_judged"
    moved = getattr(change, "material", False) and change.judgement != "same"
    chance = getattr(change, "verdict", "none") in ("common_cause", "similar")
    return change.judgement if moved and not chance else "same"


def _joins(material: Material, lot: Sequence[MessageGroup], group: MessageGroup) -> bool:
    """Whether `group` still belongs to the paragraph of `lot`."""
    long = sum(sentences(other) for other in lot)
    if long + sentences(group) > FULL:
        return False
    return long < THIN or any(related(material, other, group) for other in lot)


def related(material: Material, one: MessageGroup, other: MessageGroup) -> bool:
    """Whether members read the two together: a stock and its flows, two stages, linked ones."""
    if one.indicator == other.indicator:
        return True
    first, second = material.indicator(one.indicator), material.indicator(other.indicator)
    if other.indicator in _kin(first) or one.indicator in _kin(second):
        return True
    shared = _kin(first) & _kin(second)
    return bool(shared)


def _kin(indicator: Indicator) -> frozenset[str]:
    flows = (indicator.flows.starts, indicator.flows.ends) if indicator.flows else ()
    named = (
        indicator.rate, indicator.conversion_from, indicator.share_of, indicator.echo_of,
        *indicator.linked, *flows,
    )  # fmt: skip
    return frozenset(code for code in named if code)


def _with_prompts(
    material: Material, plans: Sequence[ParagraphPlan], tellings: Sequence[Told]
) -> Blocks:
    """The paragraphs, and after those that raise the weightiest questions the prompt for them."""
    waiting = sorted(
        (prompt for told in tellings for prompt in told.prompts), key=lambda m: -m.weight
    )
    room = len(plans) if material.brief.length == "full" else PROMPTS
    asked: dict[int, Message] = {}
    left = []
    for prompt in waiting:
        place = next((n for n, plan in enumerate(plans) if _raises(plan, prompt)), None)
        if place is None or place in asked or len(asked) >= room:
            left.append(LeftOut(prompt.fact, prompt.rule.id, "enough prompts in this section"))
        else:
            asked[place] = prompt
    blocks: list[Block] = []
    for place, plan in enumerate(plans):
        blocks.append(plan)
        if place in asked:
            blocks.append(PromptPlan(asked[place]))
    return Blocks(tuple(blocks), tuple(left))


def _raises(plan: ParagraphPlan, prompt: Message) -> bool:
    """Whether the paragraph states what the prompt asks about: its series, since the same base."""
    about = (series_of(prompt.fact), prompt.fact.base_period)
    said = (m.fact for group in plan.groups for m in group.messages)
    return any((series_of(fact), fact.base_period) == about for fact in said)
