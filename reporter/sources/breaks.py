"""Breaks in series: which figures of a measure may be compared with which, as the catalogue says.

Figures of one measure compare where they are of one *era*. Era 0 is the first; each declared break
begins the next, and figures that stand apart have a negative era for each of their periods. Marks
in the data (`status: break`) are the figures' own and stand beside this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reporter.numbering import combine, distinct
from reporter.problems import Problem, closest
from reporter.sources.catalogue import Break, Catalogue, OneOrMany
from reporter.sources.periods import KEYS, Period, parse_period, period_covered
from reporter.yamlfile import Path_, Places, shape

if TYPE_CHECKING:
    from reporter.sources.desk import Desk

_OF_A_MOMENT = ("snapshot", "ytd", "rolling_6m", "rolling_12m", "window")
"""Period types whose figures are dated by their ends: what is new shows from the first of them."""


@shape
class SharedBreak(Break):
    """A break of several measures."""

    measures: OneOrMany


@shape
class SharedBreaks:
    """The whole of the file that a brief names under `breaks`."""

    breaks: tuple[SharedBreak, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A break of one measure, and where it is declared."""

    code: str
    given: Break
    path: Path_
    places: Places

    def fault(self, code: str, what: str, fix: str, key: str = "") -> Problem:
        """What is wrong with it, at one of its keys."""
        return self.places.problem((*self.path, key) if key else self.path, code, what, fix)


def declared_in(catalogue: Catalogue, places: Places) -> list[Declared]:
    """The breaks that the entries of a catalogue declare themselves."""
    return [
        Declared(code, given, ("indicators", code, "breaks", at), places)
        for code, entry in catalogue.indicators.items()
        for at, given in enumerate(entry.breaks)
    ]


def read_breaks(
    desk: Desk,
    name: str,
    catalogue: Catalogue,
    declared: Sequence[Declared],
    observations: pd.DataFrame | None,
) -> Catalogue:
    """`catalogue` with its own breaks and those of the shared file `name` ("" for none), in order.

    What is wrong with any of them joins the problems of `desk`, whose folder holds the file.
    """
    every = list(declared)
    read = desk.yaml(name, SharedBreaks, ("breaks",)) if name else None
    if read:
        more, unknown = _shared(*read, catalogue.indicators)
        every += more
        desk.problems += unknown
    faults = check_breaks(every, observations)
    desk.problems += faults
    return catalogue if faults else _with_breaks(catalogue, every)


def _shared(
    given: SharedBreaks, places: Places, codes: Mapping[str, Any]
) -> tuple[list[Declared], list[Problem]]:
    """The breaks of a shared file, measure by measure, and the measures that there are none of."""
    declared: list[Declared] = []
    found: list[Problem] = []
    for at, each in enumerate(given.breaks):
        own = Break(since=each.since, apart=each.apart, why=each.why, source=each.source)
        for turn, code in enumerate(each.measures):
            if code in codes:
                declared.append(Declared(code, own, ("breaks", at), places))
                continue
            near = closest(code, codes)
            fix = f"Did you mean {near!r}?" if near else "Mend the code, or delete it."
            path = ("breaks", at, "measures", turn)
            what = f"there is no indicator {code!r}"
            found.append(places.problem(path, "unknown-indicator", what, fix))
    return declared, found


def _with_breaks(catalogue: Catalogue, declared: Sequence[Declared]) -> Catalogue:
    """`catalogue` with all that is declared of its measures, each one's earliest first."""
    of: dict[str, list[Break]] = {}
    for each in declared:
        of.setdefault(each.code, []).append(each.given)
    if not of:
        return catalogue
    entries = {
        code: replace(catalogue.indicators[code], breaks=tuple(sorted(breaks, key=_first)))
        for code, breaks in of.items()
    }
    return replace(catalogue, indicators={**catalogue.indicators, **entries})


def _first(given: Break) -> tuple[str, str]:
    starts = [parse_period(key).start.isoformat() for key in (given.since, *given.apart) if key]
    return min(starts), given.why


def check_breaks(declared: Sequence[Declared], observations: pd.DataFrame | None) -> list[Problem]:
    """What is wrong with breaks by themselves, against one another, and against the figures."""
    found: list[Problem] = []
    begun: dict[tuple[str, str, Period], Declared] = {}
    kinds = _kinds_of(declared, observations)
    for each in declared:
        given = each.given
        if not given.why.strip():
            fix = "Write a clause that the paper may print: the definition was changed."
            found.append(each.fault("break-unsaid", "`why` is empty", fix, "why"))
        if not given.since and not given.apart:
            what = "the break names no period"
            fix = "Write `since`, its first period, or `apart`, periods that compare with none."
            found.append(each.fault("break-nowhere", what, fix))
        for role, key in (*(("since", s) for s in [given.since] if s),
                          *(("apart", key) for key in given.apart)):  # fmt: skip
            try:
                period = parse_period(key)
            except ValueError as error:
                fix = f"Write it like one of these: {KEYS}."
                found.append(each.fault("bad-period", str(error), fix, role))
                continue
            first = begun.setdefault((each.code, role, period), each)
            if first is not each or given.apart.count(key) > 1:
                what = f"{each.code!r} has another break with {role} {key!r}"
                found.append(each.fault("repeated-break", what, "Keep one of them.", role))
            if fault := _off_beat(each.code, period, kinds):
                found.append(each.fault("break-rhythm", *fault, role))
    return list(dict.fromkeys(found))


def _kinds_of(
    declared: Sequence[Declared], observations: pd.DataFrame | None
) -> Mapping[str, Mapping[str, str]]:
    """For each measure with breaks the kinds of its periods, each with one of its keys."""
    if observations is None or not declared:
        return {}
    codes = {each.code for each in declared}
    own = observations.loc[observations["indicator"].isin(codes), ["indicator", "period"]]
    pairs = own.drop_duplicates().astype(str)
    kinds: dict[str, dict[str, str]] = {}
    for code, key in zip(pairs["indicator"], pairs["period"], strict=True):
        kinds.setdefault(code, {}).setdefault(parse_period(key).kind, key)
    return kinds


def _off_beat(
    code: str, period: Period, kinds: Mapping[str, Mapping[str, str]]
) -> tuple[str, str] | None:
    """What is wrong with a period whose kind the figures of its measure do not have."""
    own = kinds.get(code, {})
    if not own or period.kind in own:
        return None
    named = " and ".join(f"{kind.replace('_', ' ')}s ({own[kind]})" for kind in sorted(own))
    kind = f"{'an' if period.kind[0] == 'a' else 'a'} {period.kind.replace('_', ' ')}"
    what = f"{period.key!r} is {kind}, and the figures of {code!r} are for {named}"
    return what, "Write the period as the figures have it."


def with_eras(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """`observations` with the era of each row, by what the catalogue declares."""
    codes, keys, types = (observations[n].cat for n in ("indicator", "period", "period_type"))
    entries = [catalogue.indicators.get(str(code)) for code in codes.categories]
    held = np.array([bool(entry and entry.breaks) for entry in entries], np.bool_)
    rows = np.flatnonzero(held[codes.codes.to_numpy()]) if len(held) else np.zeros(0, np.int64)
    if not len(rows):
        return observations
    columns = [each.codes.to_numpy()[rows] for each in (codes, keys, types)]
    first, inverse = distinct(combine(columns))
    found = []
    for code, key, kind in zip(*(column[first].tolist() for column in columns), strict=True):
        entry = entries[code]
        assert entry is not None
        found.append(_era(entry.breaks, str(keys.categories[key]), str(types.categories[kind])))
    eras = np.zeros(len(observations), np.int16)
    eras[rows] = np.array(found, np.int16)[inverse]
    return observations.assign(era=eras)


def _era(breaks: Sequence[Break], key: str, period_type: str) -> int:
    """The era of a figure of a measure with `breaks`, by its period and type."""
    period = parse_period(key)
    for place, apart in enumerate(key for each in breaks for key in each.apart):
        if parse_period(apart) == period:
            return -1 - place
    covered = period_covered(key, period_type)
    begins = covered.end if period_type in _OF_A_MOMENT else covered.start
    return sum(parse_period(each.since).start <= begins for each in begun(breaks))


def begun(breaks: Sequence[Break]) -> tuple[Break, ...]:
    """The breaks that begin an era, in time: the era 1 begins with the first of them."""
    able = [each for each in breaks if each.since]
    return tuple(sorted(able, key=lambda each: parse_period(each.since).start))


def era_break(breaks: Sequence[Break], era: int) -> Break | None:
    """The break that set figures of `era` off from all before; None of the first era."""
    if era > 0:
        return begun(breaks)[era - 1]
    every = [each for each in breaks for _ in each.apart]
    return every[-1 - era] if era < 0 else None
