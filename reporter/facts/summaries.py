"""Count_summary: how many measures met their target, improved, worsened or are red, and which.

Counted for each area over the whole report, and for each group of the question (a section), whose
name stands in `category` with the breakdown "section". A measure counts once: its target fact is
the one about its target, else its upper target; its change is that from the period before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporter.facts.columns import Words, categorical, coded_words, words
from reporter.facts.evidence import Evidence, Lists
from reporter.facts.panel import Bools, Ints, Panel
from reporter.facts.table import Table, make_table
from reporter.numbering import distinct

SECTION = "section"
ORDER_OF_LEVELS = ("target", "upper", "minimum")


def summaries(panel: Panel, tables: Sequence[Table]) -> list[Table]:
    """Counts over the target, change, comparator and rank facts that are in `tables`."""
    made = (of(panel, tables) for of in (_of_targets, _of_changes, _of_comparators, _of_ranks))
    return [table for table in made if table is not None]


@dataclass(frozen=True, slots=True, eq=False)
class _Stack:
    """The facts of a kind one under another: their points, series and own columns."""

    at: Ints
    area: Ints
    indicator: Ints
    category: Words
    columns: dict[str, Any]
    """Words and numbers as the tables have them."""

    def take(self, rows: Any) -> _Stack:
        """The facts at `rows`, positions or a mask."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        category: Words = self.category[rows]
        return _Stack(self.at[rows], self.area[rows], self.indicator[rows], category, columns)


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """What is counted: which facts are `held` `among` which, and were in the period before."""

    what: str
    held: Bools
    among: Bools
    was: Bools | None = None


def _stacked(
    panel: Panel, tables: Sequence[Table], kind: str, keep: Sequence[str]
) -> _Stack | None:
    """The facts of `kind` about the latest figure of each series; None where there are none."""
    parts = [table for table in tables if table.kind == kind and len(table.frame)]
    if not parts:
        return None
    at = np.concatenate([part.evidence.points[0] for part in parts])
    stack = _Stack(
        at=at,
        area=panel.points.area[at],
        indicator=panel.points.indicator[at],
        category=_words([part.frame["category"] for part in parts]),
        columns={name: _column([part.frame[name] for part in parts]) for name in keep},
    )
    return stack.take(_present(panel, stack))


def _words(parts: Sequence[pd.Series[Any]]) -> Words:
    joined: Words = pd.api.types.union_categoricals(list(parts))
    return joined


def _column(parts: Sequence[pd.Series[Any]]) -> NDArray[Any] | Words:
    if not isinstance(parts[0].dtype, pd.CategoricalDtype):
        return np.concatenate([part.to_numpy() for part in parts])
    return _words(parts)


def _present(panel: Panel, stack: _Stack) -> Bools:
    """Which facts are about the latest figure of their series.

    A measure with a figure for the month and one for the year so far counts once.
    """
    keys = (stack.category.codes, panel.points.breakdown[stack.at], stack.indicator, stack.area)
    end = panel.points.end[stack.at]
    order = np.lexsort((stack.at, -end, *keys))
    fresh = np.zeros(len(order), bool)
    fresh[:1] = True
    for key in keys:
        fresh[1:] |= np.diff(key[order]) != 0
    present: Bools = np.isin(stack.at, stack.at[order[fresh]])
    return present


def _measures(panel: Panel, stack: _Stack) -> _Stack:
    """The facts of whole measures, and of members of those that have no total: members of a measure
    with one are no measures of their own.
    """
    whole = np.asarray(stack.category == "")
    measure = stack.area * len(panel.names["indicator"]) + stack.indicator
    return stack.take(whole | ~np.isin(measure, measure[whole]))


def _of_targets(panel: Panel, tables: Sequence[Table]) -> Table | None:
    keep = ("level", "met", "standing", "band", "previous_band", "comparator_value")
    stack = _stacked(panel, tables, "target", keep)
    if stack is None:
        return None
    level = [ORDER_OF_LEVELS.index(word) for word in stack.columns["level"].tolist()]
    rank = np.lexsort((np.array(level, np.int64), stack.at))
    first = np.r_[True, np.diff(stack.at[rank]) != 0][: len(rank)]
    wanted = pd.Series(stack.columns["comparator_value"]).groupby(stack.at).transform("max")
    stack, wanted = stack.take(rank[first]), wanted.to_numpy()[rank[first]]
    met, standing, band, before = (stack.columns[n] for n in keep[1:5])
    placed, coloured = standing != "unknown", band != "none"
    judged = np.asarray(panel.sign(stack.at) != 0) & ~np.isnan(wanted)
    newly = (band == "red") & (before != "none") & (before != "red")
    tallies = [
        _Tally("met", met, judged),
        _Tally("missed", ~met & judged, judged),
        *(_Tally(word, standing == word, placed) for word in ("between", "below")),
        *(
            _Tally(word, band == word, coloured, before == word)
            for word in ("green", "amber", "red")
        ),
        _Tally("newly_red", newly, coloured),
    ]
    return _count(panel, stack, tallies, known_before=stack.area[before != "none"])


def _of_changes(panel: Panel, tables: Sequence[Table]) -> Table | None:
    stack = _stacked(panel, tables, "change", ("base_label", "judgement"))
    if stack is None:
        return None
    stack = _measures(panel, stack.take(stack.columns["base_label"] == "previous_period"))
    word = stack.columns["judgement"]
    judged = word != "not_judged"
    tallies = [_Tally(what, word == what, judged) for what in ("better", "worse", "same")]
    return _count(panel, stack, tallies)


def _of_comparators(panel: Panel, tables: Sequence[Table]) -> Table | None:
    stack = _stacked(panel, tables, "comparator", ("comparator", "direction"))
    if stack is None:
        return None
    stack = _named(panel, stack, "comparator")
    every, direction = np.ones(len(stack.at), bool), stack.columns["direction"]
    tallies = [
        _Tally("above_comparator", direction == "up", every),
        _Tally("below_comparator", direction == "down", every),
    ]
    return _count(panel, stack, tallies, by="comparator")


def _of_ranks(panel: Panel, tables: Sequence[Table]) -> Table | None:
    """Measures of which more or less is better, in the first and last quarters of each group.

    The quarters are those of the ranks, as tables show them; where all are level, nobody is best.
    """
    stack = _stacked(panel, tables, "rank", ("group", "of", "ties", "quartile"))
    if stack is None:
        return None
    stack = _named(panel, _measures(panel, stack), "group")
    stack = stack.take(np.asarray(panel.sign(stack.at) != 0))
    of, ties, quarter = (stack.columns[name] for name in ("of", "ties", "quartile"))
    every = np.ones(len(stack.at), bool)
    tallies = [
        _Tally("best_quarter", (quarter == 1) & (ties + 1 < of), every),
        _Tally("worst_quarter", quarter == 4, every),
    ]
    return _count(panel, stack, tallies, by="group")


def _named(panel: Panel, stack: _Stack, by: str) -> _Stack:
    """The facts against somebody who was asked for: nobody asks for counts over each of hundreds of
    neighbour groups.
    """
    names, own = stack.columns[by].categories, stack.columns[by].codes
    named, known = np.array(names != ""), np.array(names.isin(panel.names["area"]))
    asked = [panel.question.against(name) is not None for name in panel.names["area"]]
    return stack.take(named[own] & (known[own] | np.array(asked, bool)[stack.area]))


def _count(
    panel: Panel, stack: _Stack, tallies: Sequence[_Tally], by: str = "",
    known_before: Ints | None = None,
) -> Table | None:  # fmt: skip
    """One fact an area, name in the column `by`, tally and scope in which at least one is held.

    `known_before` are the areas whose figures before are counted too.
    """
    scopes, inside = _scopes(panel)
    who = stack.columns[by] if by else words(len(stack.at), "")
    names, name = [str(word) for word in who.categories], who.codes
    first, turn = distinct(stack.area * len(names) + name)
    every = pd.concat([_told(stack, inside, at, tally) for at, tally in enumerate(tallies)])
    every["turn"] = first[turn][every["row"].to_numpy()]
    every["group"] = every.groupby(["turn", "tally", "scope"], sort=True).ngroup()
    found = every.groupby("group").agg(
        size=("held", "size"), held=("held", "sum"), was=("was", "sum")
    )
    counted = every[every["held"]].sort_values(["group", "row"])
    if not len(counted):
        return None
    found = found[found["held"] > 0]
    one = counted.drop_duplicates("group")
    at = stack.at[counted["row"].to_numpy()]
    starts = np.flatnonzero(~counted["group"].duplicated().to_numpy())
    latest = np.lexsort((np.arange(len(at)), -panel.points.end[at], counted["group"]))[starts]
    row, tally = one["row"].to_numpy(), one["tally"].to_numpy()
    with_was = np.array([it.was is not None for it in tallies])[tally]
    with_was &= np.isin(stack.area[row], [] if known_before is None else known_before)
    members = Lists(at, starts, found["held"].to_numpy(np.int64))
    nothing = np.full(len(one), np.nan)
    labels = _labels(panel, stack, counted["row"].to_numpy(), members)
    headings = coded_words(one["scope"].to_numpy(), scopes)
    return make_table(
        panel, "count_summary", at[latest], Evidence(others=(members,)),
        tuples={"members": labels},
        indicator="",
        breakdown=words(len(one), "", (np.asarray(headings != ""), SECTION)),
        category=headings,
        value=nothing,
        numerator=nothing,
        denominator=found["size"].to_numpy(np.float64),
        unit="count",
        result=found["held"].to_numpy(np.float64),
        result_unit="measures",
        what=categorical(tally, [it.what for it in tallies]),
        comparator=coded_words(name[row], names),
        base_count=np.where(with_was, found["was"].to_numpy(np.float64), np.nan),
    )  # fmt: skip


def _told(stack: _Stack, inside: Bools, at: int, tally: _Tally) -> pd.DataFrame:
    """A row for each fact of a tally in each of its scopes."""
    among = np.flatnonzero(tally.among)
    scope, place = np.nonzero(inside[:, stack.indicator[among]])
    row = among[place]
    was = np.zeros(len(row), bool) if tally.was is None else tally.was[row]
    return pd.DataFrame(
        {"tally": at, "scope": scope, "row": row, "held": tally.held[row], "was": was}
    )


def _labels(
    panel: Panel, stack: _Stack, counted: Ints, members: Lists
) -> Callable[[int], tuple[str, ...]]:
    """The measures of each fact: their codes, with the category after a bar."""
    codes, categories = panel.names["indicator"], list(stack.category.categories)
    indicator, category = stack.indicator[counted], stack.category.codes[counted]

    def labels(row: int) -> tuple[str, ...]:
        own = slice(members.start[row], members.start[row] + members.size[row])
        pairs = zip(indicator[own].tolist(), category[own].tolist(), strict=True)
        named = ((codes[code], categories[member]) for code, member in pairs)
        return tuple(f"{code}|{member}" if member else code for code, member in named)

    return labels


def _scopes(panel: Panel) -> tuple[list[str], Bools]:
    """The whole report, "", and each group; and scopes by indicators: which each is about."""
    groups, codes = panel.question.groups, panel.names["indicator"]
    inside = [np.ones(len(codes), bool)]
    inside += [np.isin(codes, list(members)) for members in groups.values()]
    return ["", *groups], np.array(inside)
