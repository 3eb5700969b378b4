"""Facts of several series of one area: shares, gaps, ranges, make-ups, stages, relations."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tests.recomputed.courses import bases
from tests.recomputed.world import Fact, Series, World, percentage, word


def together(world: World, area: str) -> Iterator[Fact]:
    """Every fact of an area that rests on more than one of its series."""
    every = list(world.of_area(area))
    for series in every:
        for made in (conversions, drivers, linked, flows_beside):
            yield from made(series)
    yield from shares(every)
    for members in families(every):
        yield from gaps(members)
        yield from ranges(members)


def families(every: Sequence[Series]) -> list[list[Series]]:
    """The members of each breakdown of a measure whose latest figures are of one year."""
    found: dict[Any, list[Series]] = defaultdict(list)
    for series in every:
        if series.breakdown:
            found[series.code, series.breakdown, series.now].append(series)
    return [sorted(members, key=lambda one: one.category) for members in found.values()]


def own(series: Series, code: str | None, total: bool = False) -> Series | None:
    """Another measure of the same area, of the same member or the total."""
    return (
        series.world.series(series.area, code, *(() if total else series.key[2:])) if code else None
    )


def at(series: Series | None, year: int | None) -> Decimal | None:
    return series[year] if series and year is not None and series.has(year) else None


def conversions(series: Series) -> Iterator[Fact]:
    stage, now, unit = series.measure.get("conversion_from"), series.now, series.measure.unit
    if not stage or unit not in ("count", "percent"):
        return
    before = series.before(now)
    fields: dict[str, Any] = {
        "stage_from": stage,
        "stage_to": series.code,
        "result_unit": "percent",
    }
    if unit == "percent":
        then = None if before is None else series[before]
        moved = {"direction": "none"} if then is None else series.moved(series[now], then)
        rate, fields = series[now], fields | moved
    else:
        entry = own(series, stage)
        if not (whole := at(entry, now)):
            return
        if at(entry, before) is None:
            before = None
        rate = percentage(series[now], whole) or Decimal(0)
        then = None if before is None else percentage(series[before], at(entry, before))
        step = None if then is None else tenths(rate) - tenths(then)
        fields |= {"direction": "none" if step is None else word(step), "numerator": series[now],
                   "denominator": whole, "judgement": "not_judged"}  # fmt: skip
    yield series.fact(
        "conversion", **fields | {"result": rate}, rate=rate, base_rate=then,
        **series.named(before), base_value=None if before is None else series[before],
    )  # fmt: skip


def tenths(value: Decimal) -> Decimal:
    return math.floor(value * 10 + Decimal("0.5")) / Decimal(10)


def shares(every: Sequence[Series]) -> Iterator[Fact]:
    """Counts as part of their whole, and percentages that are shares as they stand."""
    found: list[tuple[Series, Decimal, Decimal | None, Decimal | None, int | None]] = []
    for series in every:
        now, before = series.now, series.before(series.now)
        if series.measure.unit == "count":
            whole = whole_of(series, now)
            if not whole or series[now] > whole:
                continue
            earlier = None if before is None else whole_of(series, before)
            before = before if earlier is not None else None
            then = None if before is None else percentage(series[before], earlier)
            found.append(
                (series, percentage(series[now], whole) or Decimal(0), whole, then, before)
            )
        elif series.measure.unit == "percent" and is_share(series, every):
            then = None if before is None else exact(series, before)
            found.append((series, exact(series, now), None, then, before))
    for counted in (True, False):
        lot = [each for each in found if (each[2] is not None) == counted]
        for series, share, whole, then, before in lot:
            alike = [s for s, *_ in lot if family(s) == family(series)]
            most = max(part for s, part, *_ in lot if family(s) == family(series))
            counts = {"numerator": series[series.now], "denominator": whole} if counted else {}
            yield series.fact(
                "share", result=share, result_unit="percent", share=share, whole=whole,
                largest=len(alike) > 1 and share == most, base_share=then,
                **series.named(before), base_value=None if before is None else series[before],
                representation="unknown", reference="", reference_share=None, ratio=None, **counts,
            )  # fmt: skip


def family(series: Series) -> tuple[str, str, int]:
    return series.code, series.breakdown, series.now


def whole_of(series: Series, year: int) -> Decimal | None:
    """The figure that a count is part of, of the same year."""
    of = series.measure.get("share_of")
    tried = [own(series, series.code, True)] if series.breakdown else []
    tried += [own(series, of), own(series, of, True)] if of else []
    return next((found for each in tried if (found := at(each, year)) is not None), None)


def is_share(series: Series, every: Sequence[Series]) -> bool:
    if series.measure.get("share_of") or series.measure.get("of"):
        return True
    alike = [other for other in every if family(other) == family(series)]
    return bool(series.breakdown) and abs(sum(s[s.now] for s in alike) - 100) <= 1


def exact(series: Series, year: int) -> Decimal:
    """A percentage by its counts, where both are known."""
    cell = series.cells[year]
    counted = percentage(cell.x, cell.n)
    return series[year] if counted is None else counted


def gaps(members: Sequence[Series]) -> Iterator[Fact]:
    """Between the only two members of a breakdown."""
    if len(members) != 2:
        return
    first, second = members
    now = first.now
    high, low = (second, first) if first[now] < second[now] else (first, second)
    before = high.before(now)
    if before != low.before(now):
        before = None
    was = None if before is None else high[before] - low[before]
    world = high.world
    rival = next((n for n in world.against[high.area] if n in world.kinds and n != high.area), None)
    theirs = [world.twin(each, rival) if rival else None for each in (high, low)]
    there = [at(each, now) for each in theirs]
    apart = None if None in there else there[0] - there[1]  # type: ignore[operator]
    lead, movement = high[now] - low[now], "unknown"
    if was is not None:
        size, old = high.show(abs(lead)), high.show(abs(was))
        movement = "same" if size == old else "widening" if size > old else "narrowing"
    yield high.fact(
        "gap", other=low.category, comparator_value=low[now], result=lead,
        direction=word(high.shown(now) - low.shown(now)), **high.named(before),
        base_difference=was, comparator=rival, comparator_difference=apart, movement=movement,
    )  # fmt: skip


def ranges(members: Sequence[Series]) -> Iterator[Fact]:
    """The spread over three members or more."""
    if len(members) < 3:
        return
    values = {one.category: one[one.now] for one in members}
    low, high = min(values.values()), max(values.values())
    # The lower of the members with the highest figure, by name, is the one that it is told of.
    one = next(each for each in members if each[each.now] == high)
    (kind, *key), fields = one.fact("range", result=high - low)
    fields |= {
        "numerator": None, "denominator": None, "base_value": low, "lowest_value": low,
        "highest_value": high, "units": len(values), "value": high,
        "lowest": [name for name, value in values.items() if value == low],
        "highest": [name for name, value in values.items() if value == high],
        "outliers": _outliers(values),
    }  # fmt: skip
    yield (kind, *key[:3], "", fields["period"]), fields


def _outliers(values: dict[str, Decimal]) -> list[str]:
    if len(values) < 5:
        return []
    ordered = sorted(values.values())

    def quartile(part: Decimal) -> Decimal:
        place = part * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    low, high = quartile(Decimal("0.25")), quartile(Decimal("0.75"))
    reach = Decimal("1.5") * (high - low)
    return [name for name, value in values.items() if value < low - reach or value > high + reach]


def drivers(series: Series) -> Iterator[Fact]:
    """What each change is made of: members, starts and ends, count and population."""
    seen: set[int] = set()
    order = {"baseline": 0, "first_of_series": 2}
    for label, _, year in sorted(bases(series), key=lambda base: order.get(base[0], 1)):
        if year not in seen:
            seen.add(year)
            for made in (_members, _flows, _rate_population):
                yield from made(series, label, year)


def _driver(series: Series, label: str, year: int, source: str, left: Decimal, **own: Any) -> Fact:
    (kind, *key), fields = series.fact(
        "driver", (source, label), **series.named(year), base_value=series[year],
        **series.moved(series[series.now], series[year]), residual=left,
        identity_holds=series.show(left) == 0,
        **{name: value for name, value in own.items() if name != "breakdown"},
    )  # fmt: skip
    key[2] = own.get("breakdown", key[2])
    return (kind, *key), fields


def _members(series: Series, label: str, year: int) -> Iterator[Fact]:
    if series.breakdown or series.measure.unit not in ("count", "money", "tonnes"):
        return
    lots: dict[str, list[Series]] = defaultdict(list)
    for other in series.world.of_area(series.area):
        if other.code == series.code and other.has(series.now) and other.has(year):
            lots[other.breakdown].append(other)
    for breakdown, members in lots.items():
        if not breakdown or len(members) < 2:
            continue
        limits = ((sum(m[y] for m in members), series[y]) for y in (series.now, year))
        if any(all_ >= 0 and part > Decimal("1.05") * all_ + Decimal("0.05")
               for part, all_ in limits):  # fmt: skip
            continue
        total = series[series.now] - series[year]
        parts = {m.category: m[series.now] - m[year] for m in members}
        with_it = [part if total > 0 else -part if total < 0 else Decimal(0)
                   for part in parts.values()]  # fmt: skip
        pattern = "mixed"
        if total and min(with_it) > 0 and max(with_it) <= Decimal("1.5") * min(with_it):
            pattern = "evenly_split"
        if total and 100 * max(with_it) >= 60 * abs(total):
            pattern = "mostly_one"
        told = [
            {"category": m.category, "indicator": series.code, "value": m[series.now],
             "base_value": m[year], "contribution": parts[m.category],
             "percent": 100 * parts[m.category] / total if total else None}
            for m in sorted(members, key=lambda m: (-abs(parts[m.category]), m.category))
        ]  # fmt: skip
        yield _driver(series, label, year, "members", total - sum(parts.values()),
                      pattern=pattern, parts=told, breakdown=breakdown)  # fmt: skip


def _flows(series: Series, label: str, year: int) -> Iterator[Fact]:
    flows = series.measure.get("flows")
    if not flows:
        return
    sums = []
    for name in ("starts", "ends"):
        flow = own(series, flows[name])
        each = [at(flow, y) for y in range(year + 1, series.now + 1)]
        if None in each:
            return
        sums.append(sum(each))  # type: ignore[arg-type]
    starts, ends = sums
    pattern = "level" if starts == ends else "starts_exceed" if starts > ends else "ends_exceed"
    parts = [
        {"category": "", "indicator": flows[name], "value": abs(part), "base_value": 0,
         "contribution": part, "percent": None}
        for name, part in (("starts", starts), ("ends", -ends))
    ]  # fmt: skip
    left = series[series.now] - series[year] - (starts - ends)
    fact = _driver(series, label, year, "flows", left, pattern=pattern, parts=parts)
    yield fact
    if not fact[1]["identity_holds"]:
        yield series.fact("caveat", ("identity", "driver", None, float(left)))


def _rate_population(series: Series, label: str, year: int) -> Iterator[Fact]:
    now, then = series.cells[series.now], series.cells[year]
    if series.measure.unit != "rate" or not now.n or not then.n:
        return
    if now.x is None or then.x is None:
        return
    per = series.measure.get("per")
    # Midpoints: each moves while the other stands half way between then and now.
    count = per * (now.x - then.x) * (1 / now.n + 1 / then.n) / 2
    people = per * (now.x + then.x) / 2 * (1 / now.n - 1 / then.n)
    size = abs(count) + abs(people)
    one = size and max(abs(count), abs(people)) / size >= Decimal("0.6")
    parts = [
        {"category": name, "indicator": series.code, "value": a, "base_value": b,
         "contribution": part, "percent": None}
        for name, a, b, part in (("numerator", now.x, then.x, count),
                                 ("denominator", now.n, then.n, people))
    ]  # fmt: skip
    left = series[series.now] - series[year] - count - people
    yield _driver(series, label, year, "rate_population", left, parts=parts,
                  pattern="mostly_one" if one else "mixed")  # fmt: skip


def linked(series: Series) -> Iterator[Fact]:
    before = series.before(series.now)
    for code in series.measure.get("linked") or ():
        other = own(series, code)
        if before is None or other is None or not (other.has(series.now) and other.has(before)):
            continue
        mine = series.shown(series.now) - series.shown(before)
        theirs = other.shown(series.now) - other.shown(before)
        if mine * theirs:
            yield _relation(series, before, other, before,
                            "together" if mine * theirs > 0 else "opposite")  # fmt: skip


def flows_beside(series: Series) -> Iterator[Fact]:
    """Starts beside ends of a stock, told of the starts."""
    for stock, measure in series.world.measures.items():
        flows = measure.get("flows")
        if not flows or flows["starts"] != series.code:
            continue
        ends, now = own(series, flows["ends"]), series.now
        if ends is None or not ends.has(now) or ends.shown(now) == series.shown(now):
            continue
        before = series.before(now)
        paired = before if before is not None and ends.before(now) == before else None
        gap = series.shown(now) - ends.shown(now)
        held = own(series, stock)
        moved = None
        if held and held.has(now) and held.has(now - 1):
            moved = held.shown(now) - held.shown(now - 1)
        agrees = moved is None or word(moved) == word(gap)
        yield _relation(
            series, paired, ends, paired,
            "inflow_above_outflow" if gap > 0 else "outflow_above_inflow",
            stock=stock, stock_direction=word(gap) if agrees else "none",
        )  # fmt: skip


def _relation(
    series: Series, base: int | None, other: Series, other_base: int | None, name: str, **own: Any
) -> Fact:
    moved: dict[str, Any] = {"direction": "none", "result": None}
    if base is not None:
        moved = series.moved(series[series.now], series[base])
        moved.pop("judgement")
    return series.fact(
        "relation", (other.code, name), **series.named(base), **moved,
        base_value=None if base is None else series[base], other_value=other[series.now],
        other_base_value=None if other_base is None else other[other_base], **own,
    )  # fmt: skip
