"""The evidence of a paper, read back: its statements, their facts, and what else was generated.

In: bytes of a `NAME.evidence.json`. Out: an `Evidence`, or the problems of a file that is none.
Facts stay plain data: they are what was written, not what this version of the product would make.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from reporter.problems import Place, Problem, ProblemsFoundError

FactData = Mapping[str, Any]
_LISTS = ("inputs", "statements", "left_out")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement as it was generated, with the facts behind it."""

    id: str
    section: str
    number: str
    text: str
    rules: tuple[str, ...]
    facts: tuple[FactData, ...]
    kept: bool = False
    """Whether a refresh left an author's words standing in its place."""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: cells joined by semicolons."""
        return self.number.startswith("Table ") and not self.rules

    @property
    def is_prompt(self) -> bool:
        """Whether it asks the author something."""
        return any("why" in rule for rule in self.rules) or self.text.rstrip().endswith("?")


@dataclass(frozen=True, slots=True)
class HiddenFigure:
    """A figure of the paper's area that no reader may see: what it is of, and its days.

    `current` says whether it is of the report's own period; `called` how its measure may be called.
    """

    indicator: str
    category: str
    first: date
    last: date
    current: bool
    called: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the evidence of a paper holds.

    `pieces` is the paper as it was generated, in order: (id of a statement, "", "") or, for what is
    none (captions, headings, an author's words from the brief), ("", style, text). Evidence of
    older versions has none.
    """

    name: str
    report: Mapping[str, str]
    inputs: Mapping[str, str]
    claims: tuple[Claim, ...]
    left_out: tuple[FactData, ...]
    pieces: tuple[tuple[str, str, str], ...] = ()
    charts: tuple[Mapping[str, Any], ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What the template asks of the paper: its `headings`, and how many `words` it may have."""
    hidden: tuple[HiddenFigure, ...] = ()

    @cached_property
    def facts(self) -> tuple[FactData, ...]:
        """Every fact that a statement rests on, then those that were left out."""
        return (*(fact for claim in self.claims for fact in claim.facts), *self.left_out)

    @cached_property
    def areas(self) -> frozenset[str]:
        """Every place and comparator that its facts name."""
        names = {str(self.report.get("area", ""))}
        for fact in self.facts:
            names |= {str(fact.get(key) or "") for key in ("area", "comparator")}
        return frozenset(names - {""})


def load_evidence(raw: bytes, name: str) -> Evidence:
    """The evidence in `raw`; `name` is what the user calls the file.

    Raises `ProblemsFoundError` where it is no evidence file.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        return _evidence(data, name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"this is no evidence file of a paper: {_why(error)}"
        fix = "Give the .evidence.json that was written with the paper, or build it again."
        raise ProblemsFoundError([Problem(Place.of(name), "bad-evidence", what, fix)]) from None


def _why(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error) or "it is too deep"


def _evidence(data: Any, name: str) -> Evidence:
    for key in _LISTS:
        if not isinstance(data[key], list):
            raise TypeError(f"{key} is no list")
    inputs = {str(entry["file"]): str(entry["sha256"]) for entry in data["inputs"]}
    report = {str(key): str(value) for key, value in data["report"].items()}
    return Evidence(
        name, report, inputs,
        tuple(_claim(entry) for entry in data["statements"]),
        tuple(_fact(entry["fact"]) for entry in data["left_out"]),
        tuple(_pieces(data.get("paper", ()))),
        tuple(data.get("charts", ())),
        _asked(data.get("asked", {})),
        tuple(map(_hidden, data.get("hidden", ()))),
    )  # fmt: skip


def _hidden(entry: Any) -> HiddenFigure:
    first, last = (date.fromisoformat(str(entry[key])) for key in ("from", "to"))
    return HiddenFigure(
        str(entry["indicator"]), str(entry["category"]), first, last, entry["current"] is True,
        tuple(map(str, entry["called"])),
    )  # fmt: skip


def _asked(entry: Any) -> dict[str, Any]:
    """The headings and lengths asked for; `TypeError` or `ValueError` where they are none."""
    found: dict[str, Any] = {
        "headings": [
            {"heading": str(one["heading"]), **_words(one)} for one in entry.get("headings", ())
        ]
    }
    return found | _words(entry)


def _words(entry: Any) -> dict[str, int]:
    return {"words": int(entry["words"])} if "words" in entry else {}


def _claim(entry: Any) -> Claim:
    return Claim(
        str(entry["id"]), str(entry["section"]), str(entry["number"]),
        str(entry.get("generated") or entry["text"]), tuple(map(str, entry["rules"])),
        tuple(_fact(fact) for fact in entry["facts"]), entry.get("edited") is True,
    )  # fmt: skip


def _fact(entry: Any) -> FactData:
    if not isinstance(entry, dict):
        raise TypeError("a fact is no object")
    return entry


def _pieces(blocks: Any) -> Iterator[tuple[str, str, str]]:
    for block in blocks:
        for piece in block["pieces"]:
            if piece.get("statement"):
                yield str(piece["statement"]), "", ""
                continue
            cells = piece.get("cells")
            style = "table row" if cells else str(block.get("style", ""))
            yield "", style, "; ".join(map(str, cells)) if cells else str(piece["text"])
