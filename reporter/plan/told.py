"""What is said of a measure of the outline, and how a choice of messages becomes a group."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reporter.plan.choose import Budget, Choice
from reporter.plan.material import Series
from reporter.plan.nouns import LeftOut, MessageGroup
from reporter.rules import Message


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a measure of the outline, what is not, and the prompts that it raises."""

    groups: tuple[MessageGroup, ...]
    left: tuple[LeftOut, ...] = ()
    prompts: tuple[Message, ...] = ()

    def __add__(self, other: Told) -> Told:
        return Told(
            self.groups + other.groups, self.left + other.left, self.prompts + other.prompts
        )


NOTHING = Told(())


def as_group(series: Series, choice: Choice) -> Told:
    """The choice about `series` as a group of its own; no group where nothing is said."""
    groups = (MessageGroup(*series, messages=choice.said),) if choice.said else ()
    return Told(groups, choice.left, choice.prompts)


def half(budget: Budget) -> Budget:
    """The budget of a figure beside the one that a measure is told by."""
    return replace(budget, messages=max(1, budget.messages // 2), comparators=1, times=1)
