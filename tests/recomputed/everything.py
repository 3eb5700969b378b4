"""All facts that a paper about an area must have: of each series, beside others, and counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.recomputed.courses import LOOKBACK, course
from tests.recomputed.others import beside
from tests.recomputed.parts import families, together
from tests.recomputed.world import Fact, World, year_of


def facts_about(world: World, area: str) -> list[Fact]:
    """Every fact that the raw figures of `area` allow."""
    found: list[Fact] = []
    for series in world.of_area(area):
        found += [*course(series), *beside(series)]
    found += together(world, area)
    found += caveats(world, area)
    return found + list(counts(world, area, found))


def caveats(world: World, area: str) -> Iterator[Fact]:
    """Figures that are missing now, rest on few, or follow a hole."""
    for key, series in world._series.items():
        if key[0] != area or not series.every:
            continue
        last = max(series.every)
        if not series.years or last > series.now:
            gone = ("period", "value", "numerator", "denominator")
            wanted = {"period": series.period(last), "value": None, "numerator": None,
                      "denominator": None}  # fmt: skip
            yield (
                ("caveat", *key, series.every[last].missing, "level", None),
                {name: wanted[name] for name in gone},
            )
        if not series.years:
            continue
        if series.cells[series.now].provisional:
            yield series.fact("caveat", ("provisional", "", None))
        if series.small(series.now):
            yield series.fact("caveat", ("small_numbers", "rank", None))
        before = series.before(series.now)
        hole = before is not None and not series.joined(series.now)
        if hole and series.years[0] != before and not series.over(series.now):
            yield series.fact("caveat", ("missing", "streak", None), **series.named(before),
                              base_value=series[before])  # fmt: skip
        yield from _not_comparable_over_time(world, series)
        yield from _without_colour(world, series)
        yield from _unreliable(world, series)
    for members in families(list(world.of_area(area))):
        first, now = members[0], members[0].now
        whole = world.series(area, first.code)
        total = sum(one[now] for one in members)
        if first.measure.unit == "count" and whole and whole.has(now) and total > whole[now]:
            (kind, *place), fields = whole.fact(
                "caveat", ("parts", "driver", None), comparator_value=total,
                result=total - whole[now], result_unit=None,
            )  # fmt: skip
            place[2] = first.breakdown
            yield (kind, *place), fields | {"value": whole[now], "period": whole.period(now)}


def _not_comparable_over_time(world: World, series: Any) -> Iterator[Fact]:
    """Since when the figures compare, and which of them compare with no others."""
    breaks = world.breaks.get(series.code, ())
    since = {year_of(each["since"]): each for each in breaks if "since" in each}
    begun = [since[year] for year in sorted(since)]
    if series.era > 0 and len(series.years) <= LOOKBACK:
        given, first = begun[series.era - 1], series.years[0]
        if any(year < first and world.era(series.code, year) >= 0 for year in series.others):
            own = ("break", "change", None, given["why"])
            yield series.fact("caveat", own, **series.named(first), base_value=series[first],
                              points=len(series.years), why=given["why"],
                              declared_by=given["source"])  # fmt: skip
    for given in breaks:
        if series.era < 0 and series.period(series.now) in given.get("apart", ()) and series.others:
            own = ("apart", "change", None, given["why"])
            yield series.fact("caveat", own, set_apart=[series.period(series.now)], points=1)
        amid = [year for year in series.others if series.years[0] < year < series.now
                and series.period(year) in given.get("apart", ())]  # fmt: skip
        since_then = [year for year in series.years if amid and year > amid[-1]]
        if series.era >= 0 and amid and len(since_then) <= LOOKBACK:
            own = ("apart", "change", None, given["why"])
            yield series.fact(
                "caveat", own, **series.named(amid[-1]),
                base_value=series.every[amid[-1]].value, points=len(since_then),
                set_apart=[series.period(year) for year in amid], declared_by=given["source"],
            )  # fmt: skip


def _without_colour(world: World, series: Any) -> Iterator[Fact]:
    """A figure between two bands, or in two."""
    held = {} if series.breakdown else world.targets.get((series.code, series.now), {})
    hits, bands = 0, 0
    for colour in ("red", "amber", "green"):
        low, high = held.get(f"{colour}_from"), held.get(f"{colour}_to")
        if low is not None or high is not None:
            bands += 1
            shown = series.shown(series.now)
            hits += (low is None or shown >= low) and (high is None or shown <= high)
    if bands and hits != 1:
        yield series.fact("caveat", ("bands", "target", None))


def _unreliable(world: World, series: Any) -> Iterator[Fact]:
    """Comparators whose figure of the same year is known to be wrong."""
    for name in world.against[series.area]:
        kind, key = world.kinds.get(name), (name, *series.key[1:])
        cell = world.cells.get(key, {}).get(series.now)
        total = series.measure.unit in ("count", "money", "tonnes") and kind != "authority"
        if kind and not total and cell and cell.missing == "unreliable":
            yield series.fact("caveat", ("unreliable", "comparator", name))


def counts(world: World, area: str, found: list[Fact]) -> Iterator[Fact]:
    """How many measures met their target, improved, lie above whom, are in which quarter."""
    lots: dict[tuple[str, str | None], tuple[list[Any], list[Any]]] = {}

    def tally(what: str, by: str | None, facts: list[Fact], held: Any) -> None:
        lots[what, by] = ([fact for fact in facts if held(fact[1])], facts)

    of = {kind: [fact for fact in found if fact[0][0] == kind]
          for kind in ("target", "change", "comparator", "rank")}  # fmt: skip
    goals: dict[Any, Fact] = {}
    for name in ("minimum", "upper", "target"):
        goals |= {fact[0][1:5]: fact for fact in of["target"] if fact[0][5] == name}
    judged = [fact for fact in goals.values() if fact[1]["comparator_value"] is not None
              and world.measures[fact[0][2]].sign]  # fmt: skip
    tally("met", None, judged, lambda fact: fact["met"])
    tally("missed", None, judged, lambda fact: not fact["met"])
    placed = [fact for fact in goals.values() if fact[1]["standing"] != "unknown"]
    for what in ("between", "below"):
        tally(what, None, placed, lambda fact, what=what: fact["standing"] == what)
    coloured = [fact for fact in goals.values() if fact[1]["band"] != "none"]
    for what in ("green", "amber", "red"):
        tally(what, None, coloured, lambda fact, what=what: fact["band"] == what)
    other = ("none", "red")
    tally("newly_red", None, coloured,
          lambda fact: fact["band"] == "red" and fact["previous_band"] not in other)  # fmt: skip
    steps = whole([fact for fact in of["change"] if fact[0][5] == "previous_period"])
    moved = [fact for fact in steps if fact[1]["judgement"] != "not_judged"]
    for what in ("better", "worse", "same"):
        tally(what, None, moved, lambda fact, what=what: fact["judgement"] == what)
    for by in dict.fromkeys(fact[0][5] for fact in of["comparator"]):
        mine = [fact for fact in of["comparator"] if fact[0][5] == by]
        for what, way in (("above_comparator", "up"), ("below_comparator", "down")):
            tally(what, by, mine, lambda fact, way=way: fact["direction"] == way)
    for by in dict.fromkeys(fact[0][5] for fact in of["rank"]):
        mine = [fact for fact in whole(of["rank"]) if fact[0][5] == by]
        mine = [fact for fact in mine if world.measures[fact[0][2]].sign]
        tally("best_quarter", by, mine,
              lambda fact: fact["quartile"] == 1 and fact["ties"] + 1 < fact["of"])  # fmt: skip
        tally("worst_quarter", by, mine, lambda fact: fact["quartile"] == 4)
    for scope, codes in {"": tuple(world.measures), **world.sections}.items():
        for (what, by), (held, among) in lots.items():
            inside = [fact for fact in held if fact[0][2] in codes]
            size = sum(fact[0][2] in codes for fact in among)
            if inside:
                was = None
                if what in ("green", "amber", "red") and any(
                    fact[1]["previous_band"] != "none" for fact in goals.values()
                ):
                    was = sum(f[1]["previous_band"] == what for f in among if f[0][2] in codes)
                names = sorted(f[0][2] + (f"|{f[0][4]}" if f[0][4] else "") for f in inside)
                key = ("count_summary", area, "", "section" if scope else "", scope, what, by)
                yield key, {"result": len(inside), "denominator": size, "members": names,
                            "base_count": was}  # fmt: skip


def whole(facts: list[Fact]) -> list[Fact]:
    """Of measures with a total that, else their members."""
    totals = {fact[0][2] for fact in facts if not fact[0][4]}
    return [fact for fact in facts if not fact[0][4] or fact[0][2] not in totals]
