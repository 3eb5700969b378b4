"""What the check of a paper finds: faults, things to look at, places that still wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from reporter.reading import Block

FindingLevel = Literal["error", "warning", "note", "open"]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One finding. `start` and `end` are offsets in the block's text, where it has a block.

    error: it contradicts the figures. warning: a person should look. note: for sign-off. open: it
    still waits for its author.
    """

    place: str
    code: str
    what: str
    fix: str
    level: FindingLevel = "error"
    block: Block | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number of the paper and what supports it: facts with their rows, the wording, or nothing.

    `support` is "fact", "wording" (a part of the statement that is no figure: "within 45 days"),
    "given" (the author's own words, as they were in the brief) or "none".
    """

    place: str
    text: str
    support: str
    statement: str = ""
    facts: tuple[dict[str, Any], ...] = field(default=())
