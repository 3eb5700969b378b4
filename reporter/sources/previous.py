"""The evidence of the previous paper, read as the stranger's file that it may be.

In: bytes of a `NAME.evidence.json`. Out: a `Previous`, what that paper told and from which figures;
or every fault of a file that is none, or that belongs to another area, a later period or a
narrower audience.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporter.files import read_bytes
from reporter.problems import Place, Problem, ProblemsFoundError, raise_errors, shorten
from reporter.sources.brief import Brief
from reporter.sources.periods import parse_period
from reporter.sources.register import Figure, figures_in

if TYPE_CHECKING:
    from reporter.sources.desk import Desk

NOT_ASKED = "no section of the outline asks for it"
"""Why a paper leaves out what it knows of a measure that it is not about."""
MAX_BYTES = 64 * 2**20
MAX_TEXT = 2_000
"""Letters of a statement; a longer one is none of ours."""
_TEXTS = (
    "kind", "indicator", "area", "breakdown", "category", "comparator", "period", "period_type",
    "base_period", "base_period_type", "comparator_period", "unit", "direction", "judgement",
    "base_label", "baseline", "statistic", "level", "band", "status",
)  # fmt: skip
_FIGURES = ("level", "change", "target", "comparator")
"""Kinds of fact whose value is a figure of the data."""
_NUMBERS = ("value", "base_value", "comparator_value")
_FLAGS = ("met", "material")
_PERIODS = ("period", "base_period", "comparator_period")
_FIX = "Give the .evidence.json that was written with the previous paper, as it was written."


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A fact that a statement of the previous paper rests on.

    `fields` are the fact's own by name: texts ("" for none), figures (None for none) and flags;
    `stated` the numbers that the statement put into words. `row` counts statements from 1.
    """

    statement: str
    row: int
    number: str
    """Where it stood: 5.2, Table 1, Figure 2."""
    text: str
    fields: Mapping[str, Any]
    stated: frozenset[float]


@dataclass(frozen=True, slots=True, eq=False)
class Previous:
    """What the previous paper told: its area and period, and every fact in its statements.

    `known` are the measures that it knew of and was about, told or not; `disclosed` are its figures
    as a register has them.
    """

    file: str
    area: str
    period: str
    audience: str
    told: tuple[Told, ...]
    known: frozenset[str]
    disclosed: tuple[Figure, ...]


def previous_of(desk: Desk, brief: Brief, given: Path | None) -> Previous | None:
    """The previous paper that the run (`given`) or the brief names; None where neither does.

    Faults join the problems of `desk`.
    """
    try:
        if given is not None:
            name = given.name
            raw: bytes | None = read_bytes(given, str(given), MAX_BYTES)
            desk.note(name, raw)
        elif brief.previous:
            name = brief.previous
            raw = desk.bytes(name, MAX_BYTES, ("previous",))
        else:
            return None
        if raw is None:
            return None
        previous = read_previous(raw, name)
        desk.problems += check_previous(previous, brief)
    except ProblemsFoundError as error:
        desk.problems += error.problems
        return None
    return previous


def read_previous(raw: bytes, name: str) -> Previous:
    """The evidence in `raw`, which the user calls `name`.

    Raises `ProblemsFoundError` with the statement at each fault.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ProblemsFoundError([_fault(name, "", "this is no evidence of a paper")]) from None
    report, listed = _part(data, "report", dict), _part(data, "statements", list)
    if report is None or listed is None:
        what = "this is no evidence of a paper: it has no report, or no statements"
        raise ProblemsFoundError([_fault(name, "", what)])
    found: list[Problem] = []
    told: list[Told] = []
    for row, statement in enumerate(listed, 1):
        try:
            told += _statement(statement, row)
        except ValueError as error:
            found.append(_fault(name, f"statement {row}", str(error)))
    period, area, audience = (report.get(key) for key in ("period", "area", "audience"))
    if not isinstance(area, str) or not isinstance(period, str) or not _is_period(period):
        found.append(_fault(name, "report", "it does not say of which area and period it is"))
    try:
        disclosed = (*figures_in(data.get("disclosed", [])), *_told_figures(told))
    except ValueError as error:
        found.append(_fault(name, "disclosed", str(error)))
    raise_errors(shorten(found))
    known = {one.fields["indicator"] for one in told} | _asked_for(data)
    return Previous(name, str(area), str(period), str(audience or ""), tuple(told),
                    frozenset(known - {""}), tuple(dict.fromkeys(disclosed)))  # fmt: skip


def _told_figures(told: Iterable[Told]) -> Iterator[Figure]:
    """The figures that the paper told, of whatever measure, as a register has them.

    The first of several of one series and period.
    """
    found: dict[Figure, Figure] = {}
    for one in told:
        at = one.fields
        value = at["value"]
        if at["kind"] in _FIGURES and at["indicator"] and value is not None and value in one.stated:
            key = (at["area"], at["indicator"], at["breakdown"], at["category"], at["period"],
                   at["period_type"])  # fmt: skip
            found.setdefault(key, (*key, f"{value:.15g}", "", ""))
    yield from found.values()


def check_previous(previous: Previous, brief: Brief) -> Iterator[Problem]:
    """What keeps the previous paper from being held against this one."""
    place = Place.of(previous.file, at="report")
    if previous.area != brief.area:
        what = f"it is about {previous.area!r}, and this paper is about {brief.area!r}"
        yield Problem(place, "other-area", what, "Name the previous paper on the same area.")
    if previous.audience == "restricted" and brief.audience != "restricted":
        what = "it is of a restricted paper, whose figures a public one may not repeat"
        yield Problem(place, "restricted-evidence", what, "Name that of the public paper.")
    if not _is_period(brief.period):
        return
    then, now = parse_period(previous.period), parse_period(brief.period)
    if then.end > now.end:
        what = f"it is of {previous.period}, after the period of this paper, {brief.period}"
        yield Problem(place, "later-evidence", what, "Name the paper before this one.")
    elif then == now:
        what = f"it is of {previous.period} too: only what was revised since can be told"
        fix = "Name the paper on the period before, unless this one takes its place."
        yield Problem(place, "same-period", what, fix, "warning")


def _fault(name: str, at: str, what: str) -> Problem:
    return Problem(Place.of(name, at=at), "bad-previous", what, _FIX)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _part(data: Any, key: str, wanted: type) -> Any:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, wanted) else None


def _statement(statement: Any, row: int) -> Iterator[Told]:
    """The facts of a statement; `ValueError` says what is wrong with it."""
    facts, text = _part(statement, "facts", list), _part(statement, "text", str)
    name = _part(statement, "id", str)
    if facts is None or text is None or name is None or len(text) > MAX_TEXT:
        raise ValueError("it has not an id, a text of our length and a list of facts")
    for fact in facts:
        if not isinstance(fact, dict):
            raise ValueError("one of its facts is no fact")
        fields: dict[str, Any] = {key: _text(fact, key) for key in _TEXTS}
        fields |= {key: _number(fact, key) for key in _NUMBERS}
        fields |= {key: fact.get(key) is True for key in _FLAGS}
        for key in _PERIODS:
            if fields[key] and not _is_period(fields[key]):
                raise ValueError(f"its {key}, {fields[key]!r}, is no period")
        at = _printed(_part(statement, "number", str) or "")
        yield Told(_printed(name), row, at, _printed(text), fields, _stated(fact))


def _text(fact: Mapping[str, Any], key: str) -> str:
    found = fact.get(key)
    if found is not None and (not isinstance(found, str) or found != _printed(found)):
        raise ValueError(f"the {key} of one of its facts is no text")
    return found or ""


def _number(fact: Mapping[str, Any], key: str) -> float | None:
    found = fact.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ValueError(f"the {key} of one of its facts is no number")
    try:
        figure = float(found)
    except OverflowError:
        figure = math.inf
    if not math.isfinite(figure):
        raise ValueError(f"the {key} of one of its facts is no figure that can be")
    return figure


def _stated(fact: Mapping[str, Any]) -> frozenset[float]:
    entries = [entry for entry in _part(fact, "stated", list) or () if isinstance(entry, dict)]
    return frozenset(number for entry in entries if (number := _number(entry, "for")) is not None)


def _printed(text: str) -> str:
    """`text` without what no reader sees: control characters and those of private use."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")


def _is_period(key: str) -> bool:
    try:
        parse_period(key)
    except ValueError:
        return False
    return True


def _asked_for(data: Mapping[str, Any]) -> frozenset[str]:
    """The measures of what was left out although the outline asked for it."""
    left = [item for item in _part(data, "left_out", list) or () if isinstance(item, dict)]
    facts = [item.get("fact") for item in left if item.get("why") != NOT_ASKED]
    codes = [fact.get("indicator") for fact in facts if isinstance(fact, dict)]
    return frozenset(code for code in codes if isinstance(code, str))
