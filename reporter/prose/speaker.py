"""What every part of the vocabulary stands on: the voice, what was said so far, and the fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from reporter.facts import Fact
from reporter.prose.discourse import Discourse
from reporter.prose.voice import Voice


@dataclass(slots=True, eq=False)
class Speaker:
    """A fact, and all that is needed to speak of it at this point of the report. Nothing changes
    it; it is not frozen, as one is made for every clause, and freezing takes thrice as long.
    """

    voice: Voice
    so_far: Discourse
    fact: Fact

    def _field(self, name: str) -> Any:
        return getattr(self.fact, name)

    def _figure(self, name: str) -> float:
        """A numeric field that the rule's conditions have made sure of."""
        return known(getattr(self.fact, name), name)

    def listed(self, items: Sequence[str]) -> str:
        """`items` as a list: A, B and C."""
        return str(format_list(list(items), locale=self.voice.style.locale))


def known(value: float | None, name: str) -> float:
    """`value`; a rule that speaks of what its fact does not have is wrong."""
    if value is None:
        raise ValueError(f"a rule speaks of {name!r}, which its fact does not have")
    return value
