"""The vocabulary of the rules: every name that a `say` may use is a property of `Words`.

A property gives marked words about one fact. Its docstring is its help for rule editors.
"""

from __future__ import annotations

from reporter.prose.say_counts import Counts
from reporter.prose.say_flows import FlowWords
from reporter.prose.say_periods import Periods


class Words(FlowWords, Counts, Periods):
    """What can be said of `fact` at this point of the report."""

    __slots__ = ()


def vocabulary() -> dict[str, str]:
    """Every name that a pattern may use, with its help."""
    names = sorted(name for name in dir(Words) if isinstance(getattr(Words, name), property))
    return {name: (getattr(Words, name).__doc__ or "").strip() for name in names}
