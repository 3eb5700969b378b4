"""Which messages about one series are said, in what order, and why the others are not.

The heaviest message that can open a sentence opens; the others follow by weight as long as they
add something and the length that the brief asks for allows it. Nothing is said twice: what a
message would tell the reader beyond the opening figure is its `topic`, and a topic is spent once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reporter.facts import Fact
from reporter.plan.material import series_of
from reporter.plan.nouns import LeftOut
from reporter.rules import Message
from reporter.sources import Brief


@dataclass(frozen=True, slots=True)
class Budget:
    """How many messages a measure may take, and how many of them of one sort."""

    messages: int
    comparators: int
    times: int
    extremes: int
    notes: int


BUDGETS = {
    "brief": Budget(messages=2, comparators=1, times=1, extremes=1, notes=1),
    "standard": Budget(messages=4, comparators=2, times=2, extremes=1, notes=1),
    "full": Budget(messages=6, comparators=6, times=3, extremes=2, notes=2),
}
_EXTREMES = ("peak_trough", "record")
_OVER_TIME = ("change", "peak_trough", "record")
_MOVING = (*_OVER_TIME, "streak")
_BASES = (
    "baseline", "same_period_last_year", "year_end", "previous_period", "start_of_period",
    "whole_stretch", "first_of_series",
)  # fmt: skip
"""Bases of a change in the order in which its make-up is told of them."""
_OPENERS = ("headline", "sentence", "predicate", "contrast", "modifier")
_ORDER = {"headline": 0, "modifier": 1, "predicate": 2, "contrast": 3, "sentence": 4, "note": 5}


FLOWS = "flows "
"""How the topic of starts and ends begins, which one sentence tells together."""


def topic(fact: Fact) -> str:
    """What `fact` tells beyond its own figure: two facts of one topic repeat each other."""
    own = f"{fact.indicator}|{fact.breakdown}|{fact.category}|{fact.period_type}"
    kind = fact.kind
    if kind == "level" or (kind == "share" and fact.unit == "percent"):
        # A percentage's share of its whole is the percentage itself.
        return f"value {own} {fact.period}"
    if kind == "annualised" and fact.result == fact.value:
        return f"value {own} {fact.period}"
    if kind == "relation" and str(getattr(fact, "stock", "")):
        return f"{FLOWS}{own}"
    if kind in _OVER_TIME or (kind in ("streak", "relation") and fact.base_value is not None):
        return f"base {own} {fact.base_period}"
    if kind in ("comparator", "target"):
        return f"{kind} {own} {fact.comparator}"
    if kind in ("num_denom", "share"):
        return f"parts {own} {fact.numerator} {fact.denominator}"
    extra = (getattr(fact, name, "") for name in ("reason", "aspect", "source", "other", "what"))
    return " ".join((kind, own, *(str(part) for part in extra if part)))


@dataclass(slots=True)
class _Said:
    """What has been said so far of one measure. It lives within one call of `choose`."""

    messages: list[Message] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    by_topic: dict[str, Message] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    """How many messages of each kind."""
    weighing: int = 0
    """How many messages the budget counts."""

    def say(self, message: Message) -> None:
        self.messages.append(message)
        about = topic(message.fact)
        self.by_topic[about] = message
        self.kinds[message.fact.kind] = self.kinds.get(message.fact.kind, 0) + 1
        free = message.rule.role == "sentence" and about.startswith(FLOWS)
        self.weighing += message.fact.kind != "caveat" and not free
        if message.rule.role in ("headline", "sentence"):
            fact = message.fact
            value = f"value {fact.indicator}|{fact.breakdown}|{fact.category}|{fact.period_type}"
            self.by_topic.setdefault(f"{value} {fact.period}", message)

    def leave(self, message: Message, why: str) -> None:
        self.left.append(LeftOut(message.fact, message.rule.id, why))

    def count(self, kinds: Sequence[str]) -> int:
        return sum([self.kinds.get(kind, 0) for kind in kinds])


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said of a measure, the opening first; what is not; and the author's prompts."""

    said: tuple[Message, ...]
    left: tuple[LeftOut, ...] = ()
    prompts: tuple[Message, ...] = ()


def budget_of(brief: Brief, stress: bool) -> Budget:
    """The budget for one measure: the brief's length, and more where the author stresses it."""
    plain = BUDGETS[brief.length]
    if not stress:
        return plain
    return replace(plain, messages=plain.messages + 1, times=plain.times + 1)


def choose(messages: Sequence[Message], brief: Brief, budget: Budget) -> Choice:
    """Choose from `messages` (the heaviest first) what is said of one series within `budget`."""
    said = _Said()
    prompts = tuple(message for message in messages if message.rule.role == "prompt")
    notes = [message for message in messages if message.rule.role == "note"]
    rest = _by_base([m for m in messages if m.rule.role not in ("prompt", "note")])
    if brief.baselines:
        rest = _since_baselines(rest, said)
    opening = _opening(rest)
    if opening is not None:
        said.say(opening)
        same = [message for message in messages if states_the_same(message, opening)]
        rest = [message for message in rest if message not in same] if same else rest
    for message in _by_telling(rest, brief):
        if message is not opening:
            _consider(message, said, budget)
    for message in notes:
        if said.count(("caveat",)) < budget.notes:
            said.say(message)
        else:
            said.leave(message, "length budget")
    chosen = _in_order(said.messages, opening)
    if opening is not None:
        chosen = (opening, *same, *chosen[1:])
    return Choice(chosen, tuple(said.left), prompts)


def states_the_same(message: Message, opening: Message) -> bool:
    """Whether the words of `opening` say `message` too: a percentage is a level and a share."""
    one, other = message.fact, opening.fact
    return (
        (one.kind, other.kind) in (("level", "share"), ("share", "level"))
        and message.rule.role == opening.rule.role == "headline"
        and series_of(one) == series_of(other)
        and (one.period, one.period_type) == (other.period, other.period_type)
        and one.value == other.value
    )


def _opening(messages: Sequence[Message]) -> Message | None:
    """The heaviest message of the first role that can open a sentence.

    Where a level and a stated share say the same figure, the share has the whole behind it.
    """
    for role in _OPENERS:
        able = [message for message in messages if message.rule.role == role]
        if able:
            shares = [m for m in able if m.fact.kind == "share"]
            return next((m for m in shares if topic(m.fact) == topic(able[0].fact)), able[0])
    return None


def _by_telling(messages: Iterable[Message], brief: Brief) -> list[Message]:
    """By weight, but comparators take their turns in the brief's order: the most telling first."""
    ordered = list(messages)
    places = [n for n, message in enumerate(ordered) if message.fact.kind == "comparator"]
    rank = {name: n for n, name in enumerate(brief.comparators)}
    turns = sorted(places, key=lambda n: (rank.get(ordered[n].fact.comparator, len(rank)), n))
    result = list(ordered)
    for place, source in zip(places, turns, strict=True):
        result[place] = ordered[source]
    return result


def _by_base(messages: Sequence[Message]) -> list[Message]:
    """By weight, but what a change is made of is told since the base of the change that is told."""
    places = [n for n, message in enumerate(messages) if message.fact.kind == "driver"]
    told = _told_since(messages)

    def turn(place: int) -> tuple[bool, int, int]:
        fact = messages[place].fact
        return fact.base_period != told, _BASES.index(str(getattr(fact, "base_label", ""))), place

    result = list(messages)
    for place, source in zip(places, sorted(places, key=turn), strict=True):
        result[place] = messages[source]
    return result


def _since_baselines(messages: Sequence[Message], said: _Said) -> list[Message]:
    """`messages` without what changes since the start of a series are made of: a paper with
    baselines of its own does not tell of them.
    """
    told = _told_since(messages)
    kept = []
    for message in messages:
        fact = message.fact
        first = fact.kind == "driver" and getattr(fact, "base_label", "") == "first_of_series"
        if first and fact.base_period != told:
            said.leave(message, "the paper tells of changes since its own baselines")
        else:
            kept.append(message)
    return kept


def _told_since(messages: Sequence[Message]) -> str:
    """The base of the heaviest comparison over time."""
    return next((m.fact.base_period for m in messages if m.fact.kind in _OVER_TIME), "")


def _consider(message: Message, said: _Said, budget: Budget) -> None:
    """Say `message` if it adds something and there is room, else note why it is left out."""
    fact = message.fact
    about = topic(fact)
    first = said.by_topic.get(about)
    if first is not None:
        same = "the same figure is" if fact.kind == "level" else "the same comparison is"
        said.leave(message, f"{same} said by {first.rule.id}")
    elif message.rule.role == "headline" and fact.kind == "level":
        said.leave(message, "the measure already opens with a figure")
    elif fact.kind == "caveat":
        said.say(message)  # a mark of doubt costs two words and is never left out
    elif message.rule.role == "sentence" and about.startswith(FLOWS):
        said.say(message)  # it states the figure in place of the opening
    elif said.weighing >= budget.messages:
        said.leave(message, "length budget")
    elif fact.kind in _MOVING and said.count(_MOVING) >= budget.times:
        said.leave(message, "length budget: enough comparisons over time")
    elif fact.kind in _EXTREMES and said.count(_EXTREMES) >= budget.extremes:
        said.leave(message, "length budget: enough peaks and lows")
    elif _repeats_an_extreme(fact) and said.count(_EXTREMES):
        said.leave(message, "a peak or low says as much")
    elif fact.kind == "comparator" and said.count(("comparator",)) >= budget.comparators:
        said.leave(message, "length budget: enough comparators")
    else:
        said.say(message)


def _repeats_an_extreme(fact: Fact) -> bool:
    """Whether `fact` gives the range of a run, of which a peak or a low is one end."""
    return fact.kind == "streak" and getattr(fact, "pattern", "") in ("stable", "fluctuating")


def _in_order(messages: Sequence[Message], opening: Message | None) -> tuple[Message, ...]:
    """The opening, what hangs on it, then further clauses, contrasts, sentences and notes."""
    rest = [message for message in messages if message is not opening]
    rest.sort(key=lambda message: _ORDER[message.rule.role])
    return (opening, *rest) if opening is not None else tuple(rest)
