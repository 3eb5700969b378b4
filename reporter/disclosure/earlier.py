"""What readers know already: the figures that earlier documents showed, or hid (STANDARDS 3.3.4).

A figure that another document shows hides nothing any more, and what it hides must not come out of
the two together. So the audit sees the figures of earlier documents beside the paper's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from reporter.sources import Commission, Dataset, figures_in, parse_period, rows_of
from reporter.sums import Bools, Cell, Cells, cells_of

SAME = 1e-9
HIDDEN = "c"


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """A dataset with the figures of earlier documents that it lacks after its own, `own` rows.

    `shown` are the figures that those documents showed, by what they are about.
    """

    dataset: Dataset
    own: int
    shown: dict[Cell, set[float]]

    def known(self, cells: Cells) -> Bools:
        """The `cells` of which an earlier document shows the figure that is theirs now."""
        return np.array(
            [
                any(abs(figure - now) <= SAME for figure in self.shown.get(cell, ()))
                for cell, now in zip(cells.all, cells.quantity.tolist(), strict=True)
            ],
            np.bool_,
        )


def together(dataset: Dataset, earlier: pd.DataFrame | None) -> Together:
    """`dataset` and the figures of `earlier` documents, an observations frame or None."""
    own = dataset.observations
    if earlier is None or not len(earlier):
        return Together(dataset, len(own), {})
    catalogue = dataset.catalogue
    then = cells_of(earlier, catalogue)
    shown: dict[Cell, set[float]] = {}
    for row, at in enumerate(then.of_row.tolist()):
        if not np.isnan(then.row_quantity[row]):
            shown.setdefault(then.all[at], set()).add(float(then.row_quantity[row]))
    have = set(cells_of(own, catalogue).all)
    lacking = np.array([cell not in have for cell in then.all], np.bool_)
    # Of several documents with a figure, one that shows it tells more than one that hides it.
    best: dict[int, int] = {}
    for row in np.flatnonzero(lacking[then.of_row]).tolist():
        at = int(then.of_row[row])
        if at not in best or np.isnan(then.row_quantity[best[at]]):
            best[at] = row
    more = earlier.iloc[sorted(best.values())]
    rows = pd.concat([own, more.reindex(columns=own.columns)], ignore_index=True)
    return Together(replace(dataset, observations=rows), len(own), shown)


def disclosed(commission: Commission) -> tuple[tuple[str, ...], ...]:
    """The figures under a rule of disclosure that a paper of `commission` shows or hides, as a
    register has them: of its measures, its area and what that is held against, up to its period.
    """
    brief, dataset = commission.brief, commission.dataset
    codes = {
        code
        for code, entry in dataset.catalogue.indicators.items()
        if entry.disclosure or brief.disclosure
    }
    if not codes:
        return ()
    rows = dataset.observations
    asked = rows["indicator"].isin(codes) & rows["area"].isin(set(_areas(commission)))
    asked &= rows["end"] <= pd.Timestamp(parse_period(brief.period).end)
    names = ("area", "indicator", "breakdown", "category", "period", "period_type")
    kept = rows[asked]
    texts = {name: kept[name].astype(str).tolist() for name in (*names, "text")}
    for name in ("numerator", "denominator"):
        texts[name] = ["" if np.isnan(it) else f"{it:.15g}" for it in kept[name].tolist()]
    texts["value"] = texts.pop("text")
    keys = list(texts)
    return rows_of(dict(zip(keys, row, strict=True)) for row in zip(*texts.values(), strict=True))


def hidden_since(
    commission: Commission, evidence: Mapping[str, Any]
) -> frozenset[tuple[str, str, str]]:
    """(area, measure, period) of every figure that a paper of `commission` hides and the one of
    this `evidence` may show: those under a rule of disclosure, and those that their source hides
    and the evidence tells.

    `evidence` is plain data as a file has it, and may be damaged.
    """
    try:
        then = parse_period(str(evidence["report"]["period"])).end
        before = {figure[:6] for figure in figures_in(evidence.get("disclosed", []))
                  if figure[6] == HIDDEN}  # fmt: skip
        told = set(_told(evidence))
    except (AttributeError, KeyError, TypeError, ValueError):
        return frozenset()
    now = {figure[:6] for figure in disclosed(commission) if figure[6] == HIDDEN}
    by_rule = {
        (area, code, period)
        for area, code, _, _, period, _ in now - before
        if parse_period(period).start <= then
    }
    gone = _hidden_by_source(commission) & told
    return frozenset(by_rule | {(area, code, period) for area, code, _, _, period in gone})


def _told(evidence: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """(area, measure, breakdown, category, period) of every figure that facts give."""
    facts = [fact for statement in evidence["statements"] for fact in statement["facts"]]
    for fact in [*facts, *(each["fact"] for each in evidence["left_out"])]:
        member = str(fact.get("breakdown") or ""), str(fact.get("category") or "")
        area, code, period = (str(fact.get(name) or "") for name in ("area", "indicator", "period"))
        other = str(fact.get("comparator_period") or period)
        for figure, whose, when in (
            ("value", area, period),
            ("base_value", area, str(fact.get("base_period") or "")),
            ("comparator_value", str(fact.get("comparator") or ""), other),
        ):
            if fact.get(figure) is not None:
                yield whose, code, *member, when


def _hidden_by_source(commission: Commission) -> set[tuple[str, ...]]:
    """The same of every figure that its source hides, of the paper's area and its comparators."""
    rows = commission.dataset.observations
    secret = (rows["missing"] == "suppressed") & rows["area"].isin(set(_areas(commission)))
    names = ("area", "indicator", "breakdown", "category", "period")
    return set(zip(*(rows.loc[secret, name].astype(str) for name in names), strict=True))


def hidden_from_readers(
    commission: Commission, figures: Collection[tuple[str, ...]]
) -> list[dict[str, Any]]:
    """Those of the `disclosed` figures that a paper of `commission` hides and that are its area's,
    so that words may be held against them: what each is of, its days, whether it is of the report's
    period, and how its measure is called.
    """
    brief, indicators = commission.brief, commission.dataset.catalogue.indicators
    now = parse_period(brief.period)
    found = []
    for figure in sorted(set(figures)):
        area, code, breakdown, category, key, _, value, *_ = figure
        if value != HIDDEN or area != brief.area or code not in indicators:
            continue
        period, entry = parse_period(key), indicators[code]
        called = (entry.name, entry.noun, entry.short, entry.numerator, entry.denominator)
        found.append({
            "indicator": code, "breakdown": breakdown, "category": category, "period": key,
            "from": period.start.isoformat(), "to": period.end.isoformat(),
            "current": period.start <= now.end and period.end >= now.start,
            "called": list(dict.fromkeys(filter(None, called))),
        })  # fmt: skip
    return found


def still_hidden(
    commission: Commission, evidence: Mapping[str, Any], since: Collection[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    """What is hidden `since` the paper of this `evidence`, or was before, by its source alone: as
    `hidden_from_readers` has what a rule hides.
    """
    try:
        before = [(str(one["indicator"]), str(one["period"])) for one in evidence.get("hidden", ())]
    except (AttributeError, KeyError, TypeError):
        before = []
    under_rule = {(figure[1], figure[4]) for figure in disclosed(commission)}
    own = {
        (code, period)
        for area, code, _, _, period in _hidden_by_source(commission)
        if area == commission.brief.area and (code, period) not in under_rule
    }
    of_since = {(code, period) for area, code, period in since if area == commission.brief.area}
    figures = [
        (commission.brief.area, code, "", "", period, "", HIDDEN)
        for code, period in sorted(own & (of_since | set(before)))
    ]
    return hidden_from_readers(commission, figures)


def _areas(commission: Commission) -> Iterator[str]:
    """The paper's area, and every area whose figures it is held against."""
    brief, areas = commission.brief, commission.dataset.areas
    yield brief.area
    named: Collection[str] = brief.comparators
    for name in named:
        if name in areas.peer_groups:
            yield from areas.peer_groups[name].members
        else:
            yield name
