"""What a check finds: a fault of a file and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reporter.problems import Level
from reporter.reading import OpenedPaper
from reporter.wordml import Node


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it stands in words, what is wrong, what to do, how much it matters."""

    at: str
    what: str
    fix: str
    level: Level = "error"


Check = Callable[[OpenedPaper], Iterator[Fault]]


def told_once(paper: OpenedPaper, nodes: list[Node], what: str, fix: str) -> Iterator[Fault]:
    """One fault at the first of `nodes`, which says how many more there are; none for none."""
    if not nodes:
        return
    more = f", and {len(nodes) - 1} more like it" if len(nodes) > 1 else ""
    yield Fault(paper.at(nodes[0]), what + more, fix)
