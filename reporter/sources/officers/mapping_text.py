"""A proposed mapping as the text of a YAML file, with a remark on every guess."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reporter.sources.officers.draft import Guess
from reporter.sources.officers.proposing import Proposal
from reporter.yamlfile import quoted

_HEAD = """\
# Where the figures stand in {workbook}. What is marked `guess` was guessed: look at each, correct
# it here, and run `reporter convert` again to see what comes of it. Headings say what stands under
# them, so that the next workbook, with a column more, is read alike.
"""


def mapping_text(proposal: Proposal) -> str:
    """The text of mapping.yaml."""
    spec = proposal.spec
    why = _reasons(proposal.guesses)
    lines = [_HEAD.format(workbook=spec.workbook), f"workbook: {quoted(spec.workbook)}"]
    for name, about in _SINGLE:
        if value := getattr(spec, name):
            lines.append(f"{name}: {quoted(value)}{_remark(why, name)}")
        else:
            lines.append(f"# {name}: {about}")
    lines.append("sheets:")
    for sheet in spec.sheets:
        lines.append(f"  - {_inline(_fields(sheet))}{_remark(why, f'sheet {sheet.sheet!r}')}")
    lines += _section("headings", spec.headings, "heading", why)
    lines += _section("measures", spec.measures, "measure", why)
    lines += _section("areas", spec.areas, "heading", why)
    lines += _section("scales", spec.scales, "rows of", why)
    lines += _section("symbols", spec.symbols, "cells with", why)
    lines += _section("marks", spec.marks, "the mark", why)
    for name in ("totals", "sums", "not_read"):
        if texts := getattr(spec, name):
            lines.append(f"{name}: [{', '.join(quoted(text) for text in texts)}]")
    lines.append('# leave_out: {"Sheet!A1": why this cell is not to be read}')
    return "\n".join(lines) + "\n"


_SINGLE = (
    ("area", "whose figures these are, where nothing says so; else the brief's own area"),
    ("year", "2024/25, for headings such as Q1 or Apr that name no year"),
    ("quarters", "calendar or financial: the year of which Q1 2024 or H1 2024 is a part"),
    ("dates", "month, week or day: what a date in a heading stands for"),
    ("source", "where the figures come from, for source lines"),
)


def _reasons(guesses: Iterable[Guess]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for guess in guesses:
        found.setdefault(guess.where, []).append(f"{guess.what}: {guess.why}")
    return found


def _remark(why: Mapping[str, list[str]], where: str) -> str:
    told = why.get(where)
    return f"  # guess: {'; '.join(told)}" if told else ""


def _section(
    name: str, items: Mapping[str, Any], kind: str, why: Mapping[str, list[str]]
) -> list[str]:
    if not items:
        return []
    lines = [f"{name}:"]
    for text, item in items.items():
        remark = _remark(why, f"{kind} {text!r}") or _remark(why, f"place {text!r}")
        lines.append(f"  {quoted(text)}: {_value(item)}{remark}")
    return lines


def _value(item: Any) -> str:
    if not dataclasses.is_dataclass(item):
        return quoted(str(item))
    fields = _fields(item)
    only = ("holds", "indicator")
    if len(fields) == 1 and (name := next(iter(fields))) in only:
        return quoted(str(fields[name]))
    return _inline(fields)


def _fields(item: Any) -> dict[str, Any]:
    """The fields of `item` that differ from their defaults."""
    found = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value != field.default and value not in ("", ()):
            found[field.name] = value
    return found


def _inline(fields: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in fields.items()) + "}"


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, (Decimal, int)) else quoted(str(value))
