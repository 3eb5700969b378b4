"""Target: figures against the targets and bands in force in their own period (1.10.9).

A band is judged on the figure as shown. A figure that falls between two bands, or in two, has no
colour; `caveats` reports it. Small numbers have no colour either (1.8.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from reporter.facts.columns import Words, categorical, direction_words, judgement_words, words
from reporter.facts.course import on_course
from reporter.facts.evidence import Evidence
from reporter.facts.kinds import Band
from reporter.facts.measures import EXTENSIVE_UNITS, difference, result_units, small_numbers
from reporter.facts.panel import NONE, Bools, Floats, Ints, Panel
from reporter.facts.runs import back, latest_causes, spc_runs
from reporter.facts.table import Table, make_table, named_period
from reporter.facts.xmr import assurance

FIGURES = ("target", "minimum", "upper")
COLOURS: tuple[Literal["red", "amber", "green"], ...] = ("red", "amber", "green")
SERIES = ("area", "indicator", "breakdown", "category")


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """The target row in force for each point, and its figures; -1 and NaN where there is none."""

    row: Ints
    target: Floats
    minimum: Floats
    upper: Floats
    lower_edges: Floats
    """Points by colours, in the order of `COLOURS`: from; open ends are infinite, no band is NaN.
    """
    upper_edges: Floats
    until: Ints
    """The last day for which the target holds."""


def match_targets(panel: Panel, at: Ints) -> Matched:
    """The target in force for each point: its own area's before one for any area, the latest before
    others.
    """
    row = _rows_in_force(panel, at)
    frame = panel.dataset.targets
    picked = {
        name: _pick(frame[name].to_numpy(np.float64), row)
        for name in (*FIGURES, *(f"{c}_{end}" for c in COLOURS for end in ("from", "to")))
    }
    lower = np.column_stack([picked[f"{colour}_from"] for colour in COLOURS])
    upper = np.column_stack([picked[f"{colour}_to"] for colour in COLOURS])
    unset = np.isnan(lower) & np.isnan(upper)
    until = frame["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    return Matched(
        row=row,
        target=picked["target"],
        minimum=picked["minimum"],
        upper=picked["upper"],
        lower_edges=np.where(unset, np.nan, np.where(np.isnan(lower), -np.inf, lower)),
        upper_edges=np.where(unset, np.nan, np.where(np.isnan(upper), np.inf, upper)),
        until=until[row] if len(until) else np.full(len(row), NONE),
    )


def _pick(column: Floats, row: Ints) -> Floats:
    if not len(column):
        return np.full(len(row), np.nan)
    return np.where(row >= 0, column[np.maximum(row, 0)], np.nan)


def _rows_in_force(panel: Panel, at: Ints) -> Ints:
    """The row of `Dataset.targets` that holds for each point, or -1."""
    found = np.full(len(at), NONE, np.int64)
    frame = panel.dataset.targets
    if not len(frame) or not len(at):
        return found
    points = panel.points
    left = pd.DataFrame({name: getattr(points, name)[at] for name in SERIES})
    left["end"], left["order"] = points.end[at], np.arange(len(at))
    right = _coded_targets(panel, frame)
    left["type"], left["adds_up"] = points.period_type[at], _adds_up(panel, at)
    keys = ["indicator", "breakdown", "category"]
    merged = left.merge(right, on=keys, suffixes=("", "_target"))
    inside = (merged["end"] >= merged["from"]) & (merged["end"] <= merged["to"])
    own = merged["area_target"] == merged["area"]
    merged = merged[inside & (own | (merged["area_target"] == NONE)) & _of_type(panel, merged)]
    merged["typed"] = merged["type_target"] == merged["type"]
    by = ["order", "area_target", "typed", "from", "target_row"]
    merged = merged.sort_values(by, kind="stable")
    last = merged.drop_duplicates("order", keep="last")
    found[last["order"].to_numpy()] = last["target_row"].to_numpy()
    return found


def _adds_up(panel: Panel, at: Ints) -> Bools:
    """Whether the figures of the parts of a year make up that of the year."""
    types = np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[at]]
    parts = ~np.isin(types, ("snapshot", "ytd", "rolling_12m", "year"))
    found: Bools = parts & np.isin(panel.units(at), EXTENSIVE_UNITS)
    return found


def _of_type(panel: Panel, merged: pd.DataFrame) -> pd.Series[bool]:
    """Whether each target is for figures of each point's type of period.

    One for a year is for all figures in it, but for counts and sums of a part of it.
    """
    year = _code_of(panel, "period_type", "year")
    wanted = merged["type_target"]
    whole = (wanted == year) & ~merged["adds_up"]
    return (wanted == NONE) | (wanted == merged["type"]) | whole


def _code_of(panel: Panel, name: str, label: str) -> int:
    names = list(panel.names[name])
    return names.index(label) if label in names else len(names)


def _coded_targets(panel: Panel, frame: pd.DataFrame) -> pd.DataFrame:
    """Targets with the panel's codes; names that no figure has are dropped, area "" is -1.

    So is the type of period "".
    """
    coded: dict[str, Any] = {}
    for name in SERIES:
        codes = {label: code for code, label in enumerate(panel.names[name])}
        if name == "area":
            codes[""] = NONE
        coded[name] = frame[name].astype(str).map(codes)
    types = {label: code for code, label in enumerate(panel.names["period_type"])}
    types |= {"year": _code_of(panel, "period_type", "year"), "": NONE}
    coded["type"] = frame["period_type"].astype(str).map(types)
    coded["from"] = frame["start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    coded["to"] = frame["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    right = pd.DataFrame(coded)
    right["target_row"] = np.arange(len(frame))
    return right.dropna().astype(np.int64)


def bands_of(shown: Floats, matched: Matched) -> tuple[Ints, Ints]:
    """The colour of each shown figure (index in `COLOURS`, -1 for none) and how many bands it falls
    in.
    """
    inside = (shown[:, None] >= matched.lower_edges) & (shown[:, None] <= matched.upper_edges)
    hits = inside.sum(axis=1)
    return np.where(hits == 1, inside.argmax(axis=1), NONE), hits


def has_bands(matched: Matched) -> Bools:
    """Whether any band is set for each point."""
    return np.asarray(~np.isnan(matched.lower_edges).all(axis=1))


def meets(shown: Floats, wanted: Floats, sign: Ints) -> Bools:
    """Whether a shown figure is on the good side of, or at, what is wanted; never where neutral."""
    good: Bools = (sign * difference(shown, wanted) >= 0) & (sign != 0)
    return good


def colour_words(codes: Ints) -> Words:
    """red, amber, green or none."""
    return categorical(np.where(codes < 0, 3, codes), [*COLOURS, "none"])


def targets(panel: Panel) -> list[Table]:
    """A fact a figure that a target row sets: target, minimum and upper.

    `result` is the margin in the figures' unit, positive on the good side (by polarity; where
    neutral, above). `standing` reads minimum and upper together: meets the upper, between, or below
    the minimum.
    """
    at = panel.current
    matched = match_targets(panel, at)
    earlier = panel.before(at)
    safe = np.where(earlier >= 0, earlier, at)
    previous, _ = bands_of(panel.shown_at(safe), match_targets(panel, safe))
    previous = np.where((earlier >= 0) & ~small_numbers(panel, safe), previous, NONE)
    band, _ = bands_of(panel.shown_at(at), matched)
    band = np.where(small_numbers(panel, at), NONE, band)
    tables = []
    for level in FIGURES:
        wanted = getattr(matched, level)
        rows = np.flatnonzero(~np.isnan(wanted))
        if level == "target":  # bands without a target are still worth a fact
            rows = np.flatnonzero(
                ~np.isnan(wanted) | (has_bands(matched) & np.isnan(matched.minimum))
            )
        if len(rows):
            tables.append(_table(panel, at, matched, rows, level, band, previous, earlier))
    return tables


def _table(
    panel: Panel,
    at: Ints,
    matched: Matched,
    rows: Ints,
    level: str,
    band: Ints,
    previous: Ints,
    earlier: Ints,
) -> Table:
    own, wanted = at[rows], getattr(matched, level)[rows]
    shown, sign = panel.shown_at(own), panel.sign(own)
    value, gap = panel.value_at(own), difference(panel.shown_at(own), wanted)
    margin = difference(value, wanted) * np.where(sign < 0, -1, 1)
    met = meets(shown, wanted, sign)
    types = np.array(panel.names["period_type"], dtype=str)[panel.points.period_type[own]]
    spent = (panel.units(own) == "money") & (types != "snapshot")  # arrears have no budget
    lower, higher = matched.lower_edges[rows], matched.upper_edges[rows]
    before = np.where(previous[rows] >= 0, earlier[rows], NONE)
    return make_table(
        panel,
        "target",
        own,
        Evidence(points=(own, before), targets=matched.row[rows]),
        {"bands": lambda row: _bands(lower[row], higher[row])},
        comparator=words(len(own), level, (spent & (level == "target"), "budget")),
        comparator_value=wanted,
        result=margin + 0.0,
        result_unit=result_units(panel.units(own)),
        direction=direction_words(gap),
        judgement=judgement_words(gap, sign),
        band=colour_words(band[rows]),
        previous_band=colour_words(previous[rows]),
        met=met,
        level=level,
        standing=standings(shown, matched.minimum[rows], matched.upper[rows], sign),
        minimum=matched.minimum[rows],
        upper=matched.upper[rows],
        on_course=on_course(panel, own, wanted, matched.until[rows]),
        assurance=_assurance(panel, own, wanted),
    )


def _bands(lower: Floats, upper: Floats) -> tuple[Band, ...]:
    """The bands of one point, from its edges in the order of `COLOURS`."""
    return tuple(
        Band(colour=colour, first=_end(lower[at]), last=_end(upper[at]))
        for at, colour in reversed([*enumerate(COLOURS)])
        if not np.isnan(lower[at])
    )


def _end(edge: float) -> float | None:
    return float(edge) if np.isfinite(edge) else None


def standings(shown: Floats, minimum: Floats, upper: Floats, sign: Ints) -> Words:
    """met, between or below, where both a minimum and an upper target are set."""
    both = ~np.isnan(minimum) & ~np.isnan(upper) & (sign != 0)
    over = meets(shown, upper, sign)
    above = meets(shown, minimum, sign)
    return words(
        len(shown), "unknown",
        (both & ~above, "below"),
        (both & above & ~over, "between"),
        (both & over, "met"),
    )  # fmt: skip


def _assurance(panel: Panel, at: Ints, wanted: Floats) -> Words:
    """pass, fail or inconsistent, of figures that may be judged by XmR."""
    verdict = np.full(len(at), "none", dtype="<U12")
    able, first = spc_runs(panel, at)
    rows = np.flatnonzero(able)
    if len(rows):
        _, _, limits = latest_causes(panel, at[rows], first[rows])
        sign = panel.sign(at[rows])
        verdict[rows] = assurance(wanted[rows], limits.lower, limits.upper, sign)
    return words(len(at), "none", *((verdict == w, w) for w in ("pass", "fail", "inconsistent")))


def target_streaks(panel: Panel) -> list[Table]:
    """How many periods in a row a target was met, or missed, each against the one then in force.

    The target is the row's target, else its upper, else its minimum.
    """
    at = panel.current
    wanted, _ = _goal(panel, at)
    at = at[~np.isnan(wanted) & (panel.sign(at) != 0)]
    if not len(at):
        return []
    wanted, row = _goal(panel, at)
    met = meets(panel.shown_at(at), wanted, panel.sign(at))
    first, running = at.copy(), np.ones(len(at), bool)
    start = panel.run_start[at]
    for steps in range(1, int((at - start).max(initial=0)) + 1):
        earlier = back(panel, at, start, steps)
        safe = np.maximum(earlier, 0)
        goal, _ = _goal(panel, safe)
        same = meets(panel.shown_at(safe), goal, panel.sign(safe)) == met
        running &= (earlier >= 0) & ~np.isnan(goal) & same
        if not running.any():
            break
        first = np.where(running, earlier, first)
    length = at - first + 1
    held = length >= panel.thresholds["target_streak_periods"]
    at, first, length, met = at[held], first[held], length[held], met[held]
    return [
        make_table(
            panel, "streak", at, Evidence(points=(at,), runs=((first, at),), targets=row[held]),
            pattern=words(len(at), "missed", (met, "met")),
            length=length,
            **named_period(panel, first, "base"),
            base_value=panel.value_at(first),
            comparator="target",
            comparator_value=wanted[held],
            judgement="not_judged",
        )
    ]  # fmt: skip


def _goal(panel: Panel, at: Ints) -> tuple[Floats, Ints]:
    matched = match_targets(panel, at)
    goal = np.where(np.isnan(matched.target), matched.upper, matched.target)
    return np.where(np.isnan(goal), matched.minimum, goal), matched.row
