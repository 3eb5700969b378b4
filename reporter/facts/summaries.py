"""Count_summary: how many measures met their target, improved, worsened or are red, and which.

Counted for each area over the whole report, and for each group of the question (a section), whose
name stands in `category` with the breakdown "section". A measure counts once: its target fact is
the one about its target, else its upper target; its change is that from the period before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reporter.facts.panel import Bools, Ints, Panel
from reporter.facts.table import Evidence, Table, make_table

SECTION = "section"


def summaries(panel: Panel, tables: Sequence[Table]) -> list[Table]:
    """Counts over the target, change, comparator and rank facts that are in `tables`."""
    made = [
        *_of_targets(panel, tables),
        *_of_changes(panel, tables),
        *_of_comparators(panel, tables),
        *_of_ranks(panel, tables),
    ]
    return [table for table in made if table is not None]


def _stacked(
    panel: Panel, tables: Sequence[Table], kind: str, keep: Sequence[str]
) -> tuple[pd.DataFrame, Ints]:
    """The facts of a kind one under another, words as text, with the point that each is about."""
    parts = [table for table in tables if table.kind == kind and len(table.frame)]
    if not parts:
        return pd.DataFrame(), np.zeros(0, np.int64)
    columns = ["area", "indicator", "breakdown", "category", *keep]
    frame = pd.concat(
        [part.frame[columns].astype(dict.fromkeys(columns, object)) for part in parts]
    )
    at = np.concatenate([part.evidence.points[0] for part in parts])
    present = _present(panel, frame, at)
    return frame[present].reset_index(drop=True), at[present]


def _present(panel: Panel, frame: pd.DataFrame, at: Ints) -> Bools:
    """Which facts are about the latest figure of their series.

    A measure with a figure for the month and one for the year so far counts once.
    """
    series = frame.groupby(["area", "indicator", "breakdown", "category"], sort=False).ngroup()
    latest = pd.DataFrame({"series": series.to_numpy(), "at": at, "end": panel.points.end[at]})
    chosen = latest.sort_values(["end", "at"], ascending=[False, True]).drop_duplicates("series")
    return np.isin(at, chosen["at"].to_numpy())


def _measures(frame: pd.DataFrame, at: Ints) -> tuple[pd.DataFrame, Ints]:
    """The rows of whole measures, and of members of those that have no total: members of a measure
    with one are no measures of their own.
    """
    whole = frame["category"] == ""
    own = whole | ~frame["indicator"].isin(frame["indicator"][whole])
    return frame[own].reset_index(drop=True), at[own.to_numpy(bool)]


def _of_targets(panel: Panel, tables: Sequence[Table]) -> list[Table | None]:
    keep = ("level", "met", "standing", "band", "previous_band")
    frame, at = _stacked(panel, tables, "target", keep)
    if not len(frame):
        return []
    order = frame["level"].map({"target": 0, "upper": 1, "minimum": 2}).to_numpy(np.int64)
    rank = np.lexsort((order, at))
    frame, at = frame.iloc[rank].reset_index(drop=True), at[rank]
    first = np.r_[True, at[1:] != at[:-1]][: len(at)]
    frame, at = frame[first].reset_index(drop=True), at[first]
    met = frame["met"].to_numpy(bool)
    standing, band = frame["standing"].to_numpy(), frame["band"].to_numpy()
    before = frame["previous_band"].to_numpy()
    placed, coloured = standing != "unknown", band != "none"
    judged = np.asarray(panel.sign(at) != 0) & ~np.isnan(_wanted(tables, at))
    was_coloured = before != "none"
    newly = (band == "red") & was_coloured & (before != "red")
    counts: list[tuple[str, Bools, Bools, Bools | None]] = [
        ("met", met, judged, None),
        ("missed", ~met & judged, judged, None),
        *((word, standing == word, placed, None) for word in ("between", "below")),
        *((word, band == word, coloured, before == word) for word in ("green", "amber", "red")),
        ("newly_red", newly, coloured, None),
    ]
    return [
        _count(
            panel, frame, at, what, held, among, was if was is None or was_coloured.any() else None
        )
        for what, held, among, was in counts
    ]


def _wanted(tables: Sequence[Table], at: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The target's figure of each point, NaN where it has bands only."""
    parts = [table for table in tables if table.kind == "target"]
    found = pd.Series(
        np.concatenate([part.frame["comparator_value"].to_numpy() for part in parts]),
        index=np.concatenate([part.evidence.points[0] for part in parts]),
    )
    return found.groupby(level=0).max().reindex(at).to_numpy(np.float64)


def _of_changes(panel: Panel, tables: Sequence[Table]) -> list[Table | None]:
    frame, at = _stacked(panel, tables, "change", ("base_label", "judgement"))
    if not len(frame):
        return []
    latest = frame["base_label"].to_numpy() == "previous_period"
    frame, at = _measures(frame[latest].reset_index(drop=True), at[latest])
    word = frame["judgement"].to_numpy()
    judged = word != "not_judged"
    return [
        _count(panel, frame, at, what, word == what, judged, None)
        for what in ("better", "worse", "same")
    ]


def _of_comparators(panel: Panel, tables: Sequence[Table]) -> list[Table | None]:
    frame, at = _stacked(panel, tables, "comparator", ("comparator", "direction"))
    if not len(frame):
        return []
    made: list[Table | None] = []
    for name in frame["comparator"].drop_duplicates().tolist():
        if panel.question.comparators is None and name not in panel.names["area"]:
            continue  # nobody asked for the sum over each of hundreds of neighbour groups
        own = frame["comparator"].to_numpy() == name
        part, points = frame[own].reset_index(drop=True), at[own]
        direction = part["direction"].to_numpy()
        for what, word in (("above_comparator", "up"), ("below_comparator", "down")):
            held = direction == word
            among = np.ones(len(part), bool)
            made.append(_count(panel, part, points, what, held, among, None, str(name)))
    return made


def _of_ranks(panel: Panel, tables: Sequence[Table]) -> list[Table | None]:
    """Measures of which more or less is better, in the first and last quarters of each group.

    The quarters are those of the ranks, as tables show them; where all are level, nobody is best.
    """
    frame, at = _stacked(panel, tables, "rank", ("group", "of", "ties", "quartile"))
    made: list[Table | None] = []
    frame, at = _measures(frame, at) if len(frame) else (frame, at)
    for name in frame["group"].drop_duplicates().tolist() if len(frame) else ():
        if not name or (panel.question.comparators is None and name not in panel.names["area"]):
            continue
        own = (frame["group"].to_numpy() == name) & np.asarray(panel.sign(at) != 0)
        part, points = frame[own].reset_index(drop=True), at[own]
        of, ties, quarter = (part[n].to_numpy(np.int64) for n in ("of", "ties", "quartile"))
        among = np.ones(len(part), bool)
        best, worst = (quarter == 1) & (ties + 1 < of), quarter == 4
        for what, held in (("best_quarter", best), ("worst_quarter", worst)):
            made.append(_count(panel, part, points, what, held, among, None, str(name)))
    return made


def _count(
    panel: Panel, frame: pd.DataFrame, at: Ints, what: str, held: Bools, among: Bools,
    was: Bools | None, comparator: str = "",
) -> Table | None:  # fmt: skip
    """One fact an area and scope in which at least one measure is `held`."""
    rows: list[Ints] = []
    sizes: list[int] = []
    before: list[float] = []
    sections: list[str] = []
    codes = frame["indicator"].to_numpy()
    for section, scope in _scopes(panel, codes):
        inside = np.flatnonzero(scope & among)
        areas = panel.points.area[at[inside]]
        for area in np.unique(areas).tolist():
            own = inside[areas == area]
            counted = own[held[own]]
            if len(counted):
                rows.append(counted)
                sizes.append(len(own))
                before.append(np.nan if was is None else float(was[own].sum()))
                sections.append(section)
    if not rows:
        return None
    labels = [_label(*given) for given in zip(*(frame[n] for n in _LABEL), strict=True)]
    latest = [at[counted[np.argmax(panel.points.end[at[counted]])]] for counted in rows]
    named = np.array([section != "" for section in sections])
    nothing = np.full(len(rows), np.nan)
    return make_table(
        panel, "count_summary", np.array(latest, np.int64),
        Evidence(others=lambda row: at[rows[row]].tolist()),
        tuples={"members": lambda row: tuple(labels[i] for i in rows[row].tolist())},
        indicator="",
        breakdown=pd.Categorical(np.where(named, SECTION, "").tolist()),
        category=pd.Categorical(sections),
        value=nothing,
        numerator=nothing,
        denominator=np.array(sizes, np.float64),
        unit="count",
        result=np.array([len(counted) for counted in rows], np.float64),
        result_unit="measures",
        what=what,
        comparator=comparator,
        base_count=np.array(before),
    )  # fmt: skip


_LABEL = ("indicator", "category")


def _label(indicator: str, category: str) -> str:
    return f"{indicator}|{category}" if category else indicator


def _scopes(
    panel: Panel, codes: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> list[tuple[str, Bools]]:
    """The whole report, then each group, as masks over rows with these indicator codes."""
    whole = [("", np.ones(len(codes), bool))]
    return whole + [
        (name, np.isin(codes.astype(str), list(members)))
        for name, members in panel.question.groups.items()
    ]
