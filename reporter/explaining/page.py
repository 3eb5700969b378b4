"""The whole paper as one page for a browser, with the evidence beside each sentence.

The page needs nothing else: no script, no picture, no address. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reporter.explaining.paper import Explained, Passage
from reporter.explaining.telling import HOW, known, place_of, short, spelt_value
from reporter.reading import Block

TEMPLATE = Path(__file__).with_name("page.html.jinja")
APART = ("header", "footer", "comment", "alt")


@dataclass(frozen=True, eq=False)
class Entry:
    """What stands on the page in one row: a heading, or text or a table with what is behind it."""

    level: int
    number: str
    text: str
    passages: tuple[Passage, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def page_of(explained: Explained) -> bytes:
    """The page as UTF-8."""
    template = _environment().from_string(TEMPLATE.read_text(encoding="utf-8"))
    counts = {how: sum(it.how == how for it in explained.passages) for how in HOW}
    return template.render(
        title=explained.report.get("title", explained.name),
        name=explained.name,
        entries=tuple(_entries(explained)),
        how=HOW,
        counts=counts,
        explained=explained,
    ).encode()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Any] = {
        "known": known, "place": place_of, "short": short, "spelt": spelt_value,
    }  # fmt: skip
    made.filters |= filters
    return made


def _entries(explained: Explained) -> Iterator[Entry]:
    """Every paragraph and table in reading order."""
    by_place: dict[str, list[Passage]] = {}
    for passage in explained.passages:
        by_place.setdefault(passage.place, []).append(passage)
    tables = {id(block): table for table in explained.reading.tables for block in table.blocks}
    done: set[int] = set()
    for block in explained.reading.blocks:
        table = tables.get(id(block))
        if table is not None and block.kind != "alt":
            if table.index not in done:
                done.add(table.index)
                places = dict.fromkeys(own.place for own in table.blocks)
                found = [it for place in places for it in by_place.get(place, ())]
                yield Entry(0, "", table.caption, tuple(found), table.rows)
        elif block.text.strip() and not block.style.startswith("toc") and _is_shown(block):
            yield Entry(
                block.level, block.number, block.text, _own(by_place.get(block.place, ()), block)
            )


def _is_shown(block: Block) -> bool:
    return block.kind not in APART or block.kind == "alt"


def _own(passages: Sequence[Passage], block: Block) -> tuple[Passage, ...]:
    """Those of the passages at a block's place that are in its text: places may repeat."""
    return tuple(it for it in passages if it.text in block.text)
