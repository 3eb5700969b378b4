"""The members of a breakdown: what is said of all side by side, and which of them stand out."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.facts import Fact
from reporter.rules import Message

IN_A_LIST = 6
"""Of more members only those are told that have something to tell."""
_STANDING_OUT = ("comparator", "target")
Like = tuple[str, str, str, str]
"""Kind, period, base period and comparator: what messages side by side have in common."""


def alike(about: Sequence[Message]) -> list[tuple[Message, ...]]:
    """Sets of messages of one kind about several members, the weightiest first.

    A set takes one message a member (the heaviest), says no kind again that an earlier set says,
    and is no bare list of figures where another set states the same figures and more.
    """
    sets = [(like, held) for like, held in _by_likeness(about).items() if len(held) > 1]
    sets.sort(key=lambda pair: -max(message.weight for message in pair[1].values()))
    chosen: list[tuple[Message, ...]] = []
    taken: set[str] = set()
    for (kind, *_), held in sets:
        says = _says(kind, tuple(held.values()))
        bare = kind == "level" and any(
            other != "level" and held.keys() <= more.keys() for (other, *_), more in sets
        )
        if says not in taken and not bare and not (says == "level" and chosen):
            chosen.append(tuple(held.values()))
            taken.add(says)
    return [_filled(chosen[0], about), *chosen[1:]] if chosen else []


def _filled(messages: Sequence[Message], about: Sequence[Message]) -> tuple[Message, ...]:
    """A set with every member in it: the bare figure of those that it passes over.

    Beside a figure goes the member's own change, if the change is one that matters: so a list of
    figures does not keep quiet about the one that moved, or provisional.
    """
    kinds = {message.fact.kind for message in messages}
    if not kinds <= {"level", "share", "change", "peak_trough", "finance"}:
        return tuple(messages)
    own = {message.fact.category: message for message in messages}
    period = messages[0].fact.period
    filled: list[Message] = []
    every = tuple(dict.fromkeys(message.fact.category for message in about))
    for member in every if len(every) <= IN_A_LIST else own:
        theirs = [m for m in about if m.fact.category == member and m.fact.period == period]
        if member not in own:
            filled += [m for m in theirs if m.fact.kind == "level"][:1]
        else:
            filled.append(own[member])
        if member in own and own[member].fact.kind not in ("change", "peak_trough"):
            filled += [m for m in theirs if _moved(m)][:1]
        filled += [m for m in theirs if _marked(m)][:1]
    return tuple(filled)


def _marked(message: Message) -> bool:
    """Whether the message marks its figure as in doubt; a forecast's name says that it is one."""
    reason = getattr(message.fact, "reason", "")
    return message.rule.role == "modifier" and reason not in ("", "forecast")


def _moved(message: Message) -> bool:
    """Whether the message is a change worth a word beside the figure."""
    return (
        message.fact.kind == "change"
        and message.rule.role == "modifier"
        and getattr(message.fact, "material", False)
    )


def _by_likeness(about: Sequence[Message]) -> dict[Like, dict[str, Message]]:
    """The heaviest message of each kind about each member, members in their order."""
    found: dict[Like, dict[str, Message]] = {}
    for message in about:
        fact = message.fact
        if message.rule.role in ("prompt", "note") or fact.kind == "caveat":
            continue
        since = "" if fact.kind == "share" else fact.base_period
        held = found.setdefault((fact.kind, fact.period, since, fact.comparator), {})
        if fact.category not in held or held[fact.category].weight < message.weight:
            held[fact.category] = message
    return found


def _says(kind: str, messages: Sequence[Message]) -> str:
    """The kind of what is said: a percentage's share of its whole is the percentage itself."""
    if kind == "share" and all(message.fact.unit == "percent" for message in messages):
        return "level"
    return kind


def standouts(about: Sequence[Message], spoken: Sequence[Message]) -> list[tuple[Message, Message]]:
    """Members held against something that nothing in `spoken` mentions: figure and comparison.

    The weightiest first, one a member.
    """
    said = {(m.fact.kind, m.fact.comparator) for m in spoken}
    weightiest = sorted(about, key=lambda message: -message.weight)
    found: dict[str, tuple[Message, Message]] = {}
    for message in weightiest:
        fact = message.fact
        if fact.kind not in _STANDING_OUT or (fact.kind, fact.comparator) in said:
            continue
        if message.rule.role in ("prompt", "note") or fact.category in found:
            continue
        opening = _figure_of(fact, about)
        if opening is not None:
            found[fact.category] = (opening, message)
    return list(found.values())


def _figure_of(fact: Fact, about: Sequence[Message]) -> Message | None:
    """The message that states the member's figure at the same period, to hang a comparison on."""
    same = (fact.category, fact.period, fact.period_type)
    for message in about:
        own = message.fact
        if own.kind == "level" and (own.category, own.period, own.period_type) == same:
            return message
    return None
