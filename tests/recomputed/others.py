"""Facts about one area beside others: comparators, groups of similar authorities, ranks."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from tests.recomputed.courses import Z95, interval
from tests.recomputed.world import EXTENSIVE, Fact, Series, judged, less, ratio, word

Z998 = 3.090232306167814
FEWEST_PEERS, FEWEST_RANKED = 2, 3


def beside(series: Series) -> Iterator[Fact]:
    """Every fact of a series against those of others."""
    world = series.world
    for name in world.against[series.area]:
        if (series.area, name) in world.groups:
            yield from _group(series, name)
        elif name in world.kinds and name != series.area:
            yield from _area(series, name)
    yield from ranks(series)


def _area(series: Series, name: str) -> Iterator[Fact]:
    """Against an area with figures of its own: of the same year, else of one or two before."""
    kind = series.world.kinds[name]
    if series.measure.unit in EXTENSIVE and kind != "authority":
        return
    other = series.world.twin(series, name)
    if other is None:
        return
    lags = (lag for lag in range(series.world.most_lag + 1) if other.has(series.now - lag))
    lag = next(lags, None)
    if lag is None:
        yield series.fact(
            "caveat", ("not_comparable", "comparator", name), value=series[series.now]
        )
        return
    before = None if lag else series.before(series.now)
    if before is not None and not other.has(before):
        before = None
    then = None if before is None else other[before]
    yield _comparator(
        series, name, other[series.now - lag], before, then, same_period=not lag,
        **series.named(series.now - lag, "comparator"), comparator_kind=kind,
        statistic="value", members=0, members_of=0, model="",
    )  # fmt: skip


def _group(series: Series, name: str) -> Iterator[Fact]:
    """Against the median of those members that have a figure."""
    every = members(series, name)
    for lag in range(series.world.most_lag + 1):
        year = series.now - lag
        there = [other for other in every if other.has(year)]
        if len(there) < FEWEST_PEERS:
            continue
        before = None if lag else series.before(year)
        if before is not None and any(other.has(before) != other.has(year) for other in every):
            before = None
        then = None if before is None else median(other[before] for other in there)
        yield _comparator(
            series, name, median(other[year] for other in there), before, then,
            same_period=not lag, **series.named(year, "comparator"), comparator_kind="peers",
            statistic="median", members=len(there), model=series.world.models.get(name, ""),
            members_of=len(known_members(series, name)),
        )  # fmt: skip
        return


def known_members(series: Series, name: str) -> list[str]:
    world = series.world
    return [m for m in world.groups[series.area, name] if m in world.kinds and m != series.area]


def members(series: Series, name: str) -> list[Series]:
    """The same measure of the members of a group that have any figure."""
    twins = (series.world.twin(series, member) for member in known_members(series, name))
    return [twin for twin in twins if twin]


def median(values: Iterable[Decimal]) -> Decimal:
    return statistics.median(values)


def _comparator(
    series: Series, name: str, other: Decimal, before: int | None, then: Decimal | None,
    **fields: Any,
) -> Fact:  # fmt: skip
    now = series[series.now]
    gap = series.shown(series.now) - series.show(other)
    return series.fact(
        "comparator", (name,), comparator_value=other, result=now - other,
        direction=word(gap), judgement=judged(gap, series.measure.sign), ratio=ratio(now, other),
        verdict=_verdict(series, other), **series.named(before),
        base_value=None if before is None else series[before],
        **_movement(series, gap, other, before, then), **fields,
    )  # fmt: skip


def _verdict(series: Series, other: Decimal) -> str:
    """By the figure's own interval where it declares one, else by tolerance."""
    now, counts = series[series.now], series.counts(series.now)
    if counts and series.measure.unit in ("percent", "rate"):
        low, high = interval(series, counts)
        alike = low <= other <= high
    else:
        alike = series.similar(now, other)
    return "similar" if alike else "higher" if now > other else "lower"


def _movement(
    series: Series, gap: Decimal, other: Decimal, before: int | None, then: Decimal | None
) -> dict[str, Any]:
    """How the two moved against each other since the figure before."""
    if before is None or then is None:
        return {"gap": "unknown", "crossing": "none", "relative": "unknown",
                "comparator_change": None}  # fmt: skip
    was = series.shown(before) - series.show(then)
    mine = series.shown(series.now) - series.shown(before)
    theirs = series.show(other) - series.show(then)
    crossed = gap * was < 0
    size = "widening" if abs(gap) > abs(was) else "narrowing"
    faster = abs(mine) - abs(theirs)
    return {
        "gap": "same" if gap == was else "unknown" if crossed or abs(gap) == abs(was) else size,
        "crossing": "none" if not crossed else "moved_above" if gap > 0 else "moved_below",
        "relative": "opposite" if mine * theirs < 0
        else "alike" if not faster else "faster" if faster > 0 else "slower",
        "comparator_change": other - then,
    }  # fmt: skip


def ranks(series: Series) -> Iterator[Fact]:
    """Among all authorities, those of the region, and each group of similar authorities."""
    world, area = series.world, series.area
    every = [name for name, kind in world.kinds.items() if kind == "authority"]
    groups: dict[str, Sequence[str]] = {}
    if area in every:
        groups[world.country] = every
        if region := world.regions.get(area):
            groups[region] = [name for name in every if world.regions.get(name) == region]
    for name, found in groups.items():
        yield from _rank(series, name, [other for other in found if other != area], wide=True)
    for name in world.against[area]:
        if (area, name) in world.groups:
            called = world.models.get(name, name)
            yield from _rank(series, called, known_members(series, name), wide=False)


def _rank(series: Series, group: str, among: Sequence[str], wide: bool) -> Iterator[Fact]:
    now, before, sign = series.now, series.before(series.now), series.measure.sign or 1
    rivals = [twin for name in among if (twin := _cells(series, name))]
    there = [other for other in rivals if other.has(now)]
    hidden = any(_hidden(other, now) for other in rivals)
    if hidden or series.small(now) or len(there) + 1 < FEWEST_RANKED:
        return
    position, of, ties = place(series[now], [other[now] for other in there], sign)
    earlier, base = before, None if before is None else series[before]
    if before is not None and any(_hidden(other, before) for other in rivals):
        before = None  # nobody knows the order then
    then = [other[before] for other in rivals if before is not None and other.has(before)]
    paired = [o for o in there if before is not None and o.has(before)
              and (not wide or o.before(now) == before)]  # fmt: skip
    step = None if before is None else less(series[now], series[before])
    change = (0, 0, 0)
    if step is not None and before is not None:
        steps = [less(other[now], other[before]) for other in paired]
        change = place(step, steps, sign)
    yield series.fact(
        "rank", (group,), position=position, of=of, ties=ties, result=position,
        result_unit="position", quartile=math.ceil(Decimal(4 * position) / of),
        excluded=len(among) + 1 - of, **series.named(earlier), base_value=base,
        previous_position=0 if before is None else place(series[before], then, sign)[0],
        position_of_change=change[0], of_change=change[1],
        funnel=_funnel(series, [series, *there]),
    )  # fmt: skip


def _cells(series: Series, name: str) -> Series | None:
    """The same measure of another area, even where it has only symbols for figures."""
    key = (name, *series.key[1:])
    return series.world.of_era(key, series.era) if key in series.world.cells else None


def _hidden(other: Series, year: int) -> bool:
    return year in other.cells and other.cells[year].missing == "suppressed"


def place(own: Decimal, others: Sequence[Decimal], sign: int) -> tuple[int, int, int]:
    """Position, of how many, and how many besides share it; the best first."""
    better = sum(sign * other > sign * own for other in others)
    return better + 1, len(others) + 1, sum(other == own for other in others)


def _funnel(series: Series, together: Sequence[Series]) -> str:
    """Where a figure lies in the funnel round all who are ranked, where their counts are known."""
    cells = [each.cells[series.now] for each in together]
    unit, (own, *_) = series.measure.unit, cells
    if unit not in ("percent", "rate") or any(c.x is None or c.n is None for c in cells):
        return "none"
    if own.x is None or not own.n or (unit == "percent" and own.x > own.n):
        return "none"
    centre = float(sum(c.x or 0 for c in cells) / sum(c.n or 0 for c in cells))
    found = "within"
    for z, name in ((Z95, "outside_95"), (Z998, "outside_998")):
        if unit == "percent":
            width = z * math.sqrt(centre * (1 - centre) / float(own.n))
            out = abs(float(own.x / own.n) - centre) > width
        else:
            low, high = interval(series, (float(own.x), float(own.n)), z)
            centred = centre * series.measure.get("per")
            out = high < centred or low > centred
        found = name if out else found
    return found
